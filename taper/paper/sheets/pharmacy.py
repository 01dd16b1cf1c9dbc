"""The pharmacy order: what to hand out in each fill, and the text of each label.

The numbers come from `taper.schedule.supply`, which adds up the days of the calendar; nothing is computed here.
A label text that does not fit is an error, never cut short.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from taper.errors import ScheduleError
from taper.interval import Interval
from taper.order.product import OrderedProduct
from taper.paper.parts import Fact, Frame
from taper.paper.phrases import Phrases, tall_man, unbroken
from taper.paper.request import PrintRequest
from taper.paper.sections.figures import Table
from taper.paper.sheets.clinician import sign_labels
from taper.paper.sheets.frame import build_frame
from taper.paper.sigs import LONG, SHORT, Sig, write_sigs
from taper.paper.variant import Variant
from taper.schedule.schedule import ONE_DAY, Schedule
from taper.schedule.supply import ProductAmount, Supply, SupplyLine
from taper.values import dataclass


@dataclass(frozen=True, slots=True)
class LabelText:
    """The text of one label: the product, the text, and how long a label it fits."""

    product: str
    text: str
    fits: str


@dataclass(frozen=True, slots=True)
class FillSheet:
    """One fill: what to hand out, and the labels."""

    table: Table
    labels: tuple[LabelText, ...]


@dataclass(frozen=True, slots=True)
class PharmacyOrder:
    """The pharmacy's paper.

    Attributes:
        frame: What is on every page.
        variant: How it is laid out.
        notice: How to read the numbers.
        facts: For whom, by whom, drug, days, how often to fill.
        total: The whole plan.
        fills: Fill by fill; for a revised plan, the days before the revision come first, without labels.
        labels_title: Heading above the label texts.
        signature: Labels of the signature lines.
    """

    frame: Frame
    variant: Variant
    notice: tuple[str, ...]
    facts: tuple[Fact, ...]
    total: Table
    fills: tuple[FillSheet, ...]
    labels_title: str
    signature: tuple[str, ...]


def build_pharmacy_order(request: PrintRequest) -> PharmacyOrder:
    """Put the supply of a schedule into English words for the pharmacy; the labels are in the patient's language.

    Raises:
        ScheduleError: The plan names no products, or a label text is longer than 1,000 characters.
    """
    schedule, supply, phrases = request.schedule, request.dispensed, request.english
    say = phrases.words.clinician
    if not supply.lines:
        raise ScheduleError(say["pharmacy_no_products"], field="product")
    _amounts(schedule)
    title = say["pharmacy_title"].format(medicine=phrases.listed([tall_man(drug) for drug in schedule.drugs]))
    notice = [say["pharmacy_notice"]]
    handling = {one.name: one for one in (schedule.order.products if schedule.order is not None else ())}
    powders = {name for name, one in handling.items() if one.weight is not None}
    parted = [line for line in supply.lines if line.count is not None and line.count.value.denominator > 1]
    if any(line.product not in powders for line in parted):
        notice.append(say["pharmacy_halves"])
    notice += _handled([handling[line.product] for line in supply.lines if line.product in handling], say)
    if supply.past is not None:
        begin = phrases.dated(supply.past.end + ONE_DAY)
        notice.append(say["pharmacy_anew"].format(date=begin))
    return PharmacyOrder(
        frame=build_frame(request, phrases, title),
        variant=request.variant,
        notice=tuple(notice),
        facts=(*_facts(request), *_at_hand(supply, phrases)),
        total=_total(supply, phrases),
        fills=(*_past(supply, phrases), *_fills(schedule, supply, phrases, request.words.code)),
        labels_title=say["labels"],
        signature=sign_labels(phrases),
    )


def _handled(used: list[OrderedProduct], say: Mapping[str, str]) -> Iterator[str]:
    """Write what the pharmacy must know of how products are used: thrown away, weighed, shaken."""
    for ordered in used:
        told = {"discard": ordered.discard, "powder": ordered.weight is not None, "shake": ordered.shake}
        yield from (say[f"pharmacy_{key}"].format(name=unbroken(ordered.name)) for key, is_so in told.items() if is_so)


def _amounts(schedule: Schedule) -> None:
    """Reject a schedule from another tool that names a product without an amount."""
    for step in schedule.steps:
        for item in (item for intake in step.intakes for item in intake.items):
            if item.count is None and item.volume is None:
                raise ScheduleError(
                    f"step {step.number} names {item.product} without an amount, so it cannot be handed out; "
                    "give the pieces or the volume"
                )


def _facts(request: PrintRequest) -> Iterator[Fact]:
    schedule, phrases, order = request.schedule, request.english, request.schedule.order
    say = phrases.words.clinician
    yield Fact(say["fact_drug"], phrases.listed([tall_man(drug) for drug in schedule.drugs]))
    yield Fact(say["pharmacy_period"], phrases.span(schedule.steps[0].start, schedule.steps[-1].end))
    if order is None:
        return
    yield from (Fact("", phrases.say(name, name=text, phone=text)) for name, text in request.people if text)
    if order.supply is not None:
        if order.supply.every is not None:
            yield Fact(say["pharmacy_every"], str(order.supply.every))
        if order.supply.max_days is not None:
            yield Fact(say["pharmacy_max_days"], str(order.supply.max_days))
        if order.supply.end_with_step:
            yield Fact(say["pharmacy_ends"], say["pharmacy_ends_text"])


def _at_hand(supply: Supply, phrases: Phrases) -> Iterator[Fact]:
    """List the stock at the start, and what a count found beyond the record."""
    say = phrases.words.clinician
    for line in supply.stock:
        yield Fact(say["pharmacy_stock"], say["pharmacy_first"].format(stock=_named(line, phrases)))
    for line in supply.differences:
        more = line.amount.value > 0
        difference = _named(ProductAmount(line.product, line.amount * (1 if more else -1)), phrases)
        yield Fact(say["pharmacy_differs"], say["pharmacy_more" if more else "pharmacy_fewer"].format(found=difference))


def _named(line: ProductAmount, phrases: Phrases) -> str:
    return f"{unbroken(line.product)}: {phrases.amount(line.product, line.amount)}"


def _account(lines: Iterable[SupplyLine], phrases: Phrases, *, so_far: bool = False) -> tuple[tuple[str, ...], ...]:
    """Write the account of each product: at hand, handed out, needed, left, and handed out so far."""
    return tuple(
        (unbroken(line.product), *(phrases.amount(line.product, amount) for amount in amounts))
        for line in lines
        for amounts in ((line.carried, line.handed, line.needed, line.left, *((line.so_far,) if so_far else ())),)
    )


def _total(supply: Supply, phrases: Phrases) -> Table:
    say = phrases.words.clinician
    handed = "dispense" if supply.past is None else "in_all"  # what was handed out must not be handed out again
    columns = tuple(say[f"column_{name}"] for name in ("product", "stock", handed, "needed", "left"))
    return Table(say["pharmacy_total"], columns, _account((*supply.lines, *supply.unneeded), phrases), 0)


def _past(supply: Supply, phrases: Phrases) -> Iterator[FillSheet]:
    """Write what was handed out before the fills begin anew."""
    if supply.past is None:
        return
    say, past = phrases.words.clinician, supply.past
    columns = tuple(say[f"column_{name}"] for name in ("product", "stock", "handed", "needed", "left"))
    title = say["pharmacy_past"].format(dates=phrases.span(past.start, past.end))
    yield FillSheet(Table(title, columns, _account((*past.lines, *past.unneeded), phrases), 0), ())


def _fills(schedule: Schedule, supply: Supply, phrases: Phrases, language: str | None) -> Iterator[FillSheet]:
    say = phrases.words.clinician
    columns = tuple(say[f"column_{name}"] for name in ("product", "carried", "dispense", "needed", "left", "so_far"))
    texts = _texts(schedule, supply, language)
    for number, fill in enumerate(supply.fills, start=1):
        days = phrases.words.days((fill.end - fill.start).days + 1)
        title = say["fill"].format(number=number, dates=phrases.span(fill.start, fill.end), days=days)
        labels = tuple(
            LabelText(unbroken(sig.product), sig.text, say["label_fits" if len(sig.text) <= SHORT else "label_long"])
            for sig in texts.get(fill.start, ())
        )
        rows = _account((*fill.lines, *fill.unneeded), phrases, so_far=True)
        yield FillSheet(Table(title, columns, rows, 0), labels)


def _texts(schedule: Schedule, supply: Supply, language: str | None) -> dict[date, list[Sig]]:
    """Write the labels by first day of the fill: with dates where these fit a short label, else with days."""
    if not supply.fills:
        return {}
    days = (supply.fills[-1].end - supply.fills[0].start).days + 1
    every = supply.every or Interval(days=days)
    dated = write_sigs(schedule, every=every, by_product=True, limit=LONG, language=language)
    counted = write_sigs(schedule, every=every, by_product=True, spans="days", limit=LONG, language=language)
    labels: dict[date, list[Sig]] = {}
    for by_date, by_days in zip(dated, counted, strict=True):
        labels.setdefault(by_date.start, []).append(
            by_days if len(by_date.text) > SHORT >= len(by_days.text) else by_date
        )
    return labels
