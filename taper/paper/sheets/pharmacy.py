"""The pharmacy order: what to dispense in each fill, and the label of each box.

The numbers come from `taper.schedule.supply`, which adds up the days of the calendar, and the labels from
`taper.paper.box_labels`; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from taper.catalog import supply_limits_of
from taper.errors import ScheduleError
from taper.interval import Interval
from taper.order.product import OrderedProduct
from taper.paper.box_labels import box_labels
from taper.paper.figures_in_words import in_words
from taper.paper.packs import packed
from taper.paper.parts import Fact, Frame
from taper.paper.phrases import Phrases, bare, words_for
from taper.paper.request import PrintRequest
from taper.paper.sections.figures import Table
from taper.paper.sheets.clinician import sign_labels
from taper.paper.sheets.frame import build_frame
from taper.paper.variant import Variant
from taper.paper.words.locale import Direction
from taper.quantity import Ml, Pieces
from taper.schedule.calendar import review_days
from taper.schedule.schedule import ONE_DAY, Schedule
from taper.schedule.supply import ProductAmount, Supply, SupplyLine
from taper.values import dataclass


@dataclass(frozen=True, slots=True)
class LabelText:
    """The label of one box.

    Attributes:
        product: The product in it.
        lines: The text, a line for each dose.
        short: The text of a small label; empty where `lines` fit it.
    """

    product: str
    lines: tuple[str, ...]
    short: str


@dataclass(frozen=True, slots=True)
class FillSheet:
    """One fill: what to dispense, and the labels."""

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
        short_title: What the text of a small label is called.
        label_language: Code of the language of the labels, which is the patient's.
        label_direction: Whether they are written from the left or from the right.
        signature: Labels of the signature lines.
    """

    frame: Frame
    variant: Variant
    notice: tuple[str, ...]
    facts: tuple[Fact, ...]
    total: Table
    fills: tuple[FillSheet, ...]
    labels_title: str
    short_title: str
    label_language: str
    label_direction: Direction
    signature: tuple[str, ...]


def build_pharmacy_order(request: PrintRequest) -> PharmacyOrder:
    """Put the supply of a schedule into words for the pharmacy; the labels are in the patient's language.

    Raises:
        ScheduleError: The plan names no products.
    """
    schedule, supply, phrases = request.schedule, request.dispensed, request.pharmacys
    say = phrases.words.clinician
    if not supply.lines:
        raise ScheduleError(say["pharmacy_no_products"], field="product")
    _amounts(schedule)
    title = say["pharmacy_title"].format(medicine=phrases.listed([phrases.tall_name(drug) for drug in schedule.drugs]))
    notice = [say["pharmacy_notice"]]
    handling = {one.name: one for one in (schedule.order.products if schedule.order is not None else ())}
    powders = {name for name, one in handling.items() if one.weight is not None}
    parted = [line for line in supply.lines if line.count is not None and line.count.value.denominator > 1]
    if any(line.product not in powders for line in parted):
        notice.append(say["pharmacy_halves"])
    notice += _handled([handling[line.product] for line in supply.lines if line.product in handling], phrases)
    if supply.past is not None:
        begin = phrases.dated(supply.past.end + ONE_DAY)
        notice.append(say["pharmacy_anew"].format(date=begin))
    accounts = _Accounts(schedule, supply, phrases)
    frame = build_frame(request, phrases, title)
    if phrases.words.code.startswith("en"):  # of labels in another language, the line in English
        translated = Phrases(schedule, request.words).unreviewed[-1:]
        frame = replace(frame, unreviewed=tuple(map(bare, translated)))
    return PharmacyOrder(
        frame=frame,
        variant=request.variant,
        notice=tuple(notice),
        facts=(*_facts(request), *_at_hand(supply, phrases)),
        total=accounts.total(),
        fills=(*accounts.past(), *accounts.fills(schedule, request.words.code)),
        labels_title=say["labels"],
        short_title=say["label_short"],
        label_language=request.words.code,
        label_direction=request.words.direction,
        signature=sign_labels(phrases),
    )


def _handled(used: list[OrderedProduct], phrases: Phrases) -> Iterator[str]:
    """Write what the pharmacy must know of how products are used: thrown away, weighed, shaken."""
    for ordered in used:
        told = {"discard": ordered.discard, "powder": ordered.weight is not None, "shake": ordered.shake}
        name, say = phrases.product(ordered.name), phrases.words.clinician
        yield from (say[f"pharmacy_{key}"].format(name=name) for key, is_so in told.items() if is_so)


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
    schedule, phrases, order = request.schedule, request.pharmacys, request.schedule.order
    say = phrases.words.clinician
    yield Fact(say["fact_drug"], phrases.listed([phrases.tall_name(drug) for drug in schedule.drugs]))
    yield Fact(say["pharmacy_period"], phrases.span(schedule.steps[0].start, schedule.steps[-1].end))
    if order is None:
        yield Fact(say["pharmacy_length"], _length(request.dispensed, schedule, phrases))
        return
    for name, text in request.people:
        if text:
            yield Fact(say[f"pharmacy_{name}"], text)
    if order.handout.pharmacy:
        yield Fact(say["pharmacy_name"], order.handout.pharmacy)
    yield Fact(say["pharmacy_length"], _length(request.dispensed, schedule, phrases))
    if order.supply is not None:
        if order.supply.max_days is not None and request.dispensed.basis != "max_days":
            days = phrases.words.days(order.supply.max_days)
            yield Fact(say["pharmacy_most"], say["pharmacy_most_text"].format(days=days))
        if order.supply.end_with_step:
            yield Fact(say["pharmacy_ends"], say["pharmacy_ends_text"])


def _length(supply: Supply, schedule: Schedule, phrases: Phrases) -> str:
    """Write how long a fill is, and why."""
    apart = supply.basis == "default" and review_days(schedule)
    said = phrases.words.clinician[f"pharmacy_{'apart' if apart else supply.basis}"]
    return said.format(every=_interval(supply.every, phrases) if supply.every is not None else "")


def _interval(every: Interval, phrases: Phrases) -> str:
    """Write a length: whole weeks in weeks, as the order would."""
    if every.months:
        name = "month_one" if every.months == 1 else "month_other"
        return phrases.words.clinician[name].format(number=every.months)
    weeks, days = divmod(every.days, 7)
    return phrases.words.days(days) if days else phrases.words.counted("week", weeks)


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
    return f"{phrases.product(line.product)}{phrases.say('colon')}{phrases.amount(line.product, line.amount)}"


class _Accounts:
    """The tables of the sheet: each with the products in the same order, that of the order."""

    def __init__(self, schedule: Schedule, supply: Supply, phrases: Phrases) -> None:
        self._supply, self._phrases = supply, phrases
        self._ordered = {one.name: one for one in (schedule.order.products if schedule.order is not None else ())}
        self._country = schedule.order.country if schedule.order is not None else None
        used = [*supply.lines, *supply.unneeded]
        for fill in supply.fills:
            used += [*fill.lines, *fill.unneeded]
        self.products = tuple(dict.fromkeys([*self._ordered, *(line.product for line in used)]))

    def table(self, title: str, columns: Iterable[str], lines: Iterable[SupplyLine], *, so_far: bool = False) -> Table:
        """Write the account of each product: at hand, dispensed, needed, left, and dispensed so far."""
        say, amount = self._phrases.words.clinician, self._amount
        rows = tuple(
            (
                self._phrases.product(line.product),
                amount(line.product, line.carried),
                self._dispensed(line),
                amount(line.product, line.needed),
                amount(line.product, line.left),
                *((amount(line.product, line.so_far),) if so_far else ()),
            )
            for line in sorted(lines, key=lambda line: self.products.index(line.product))
        )
        return Table(title, tuple(say[f"column_{name}"] for name in columns), rows, 0)

    def _amount(self, product: str, some: Pieces | Ml) -> str:
        """Write some of a product; nothing of it is not "no dose"."""
        return self._phrases.amount(product, some) if some else self._phrases.words.clinician["none"]

    def _dispensed(self, line: SupplyLine) -> str:
        """Write what is dispensed, in words too where the country asks for it, and in packs where they are known."""
        ordered, say = self._ordered.get(line.product), self._phrases.words.clinician
        amount = self._amount(line.product, line.handed)
        words = in_words(line.handed.value) if line.handed.value and self._spelled(ordered) else ""
        if words:
            amount = say["pharmacy_in_words"].format(amount=amount, words=words)
        return packed(ordered, line.handed, amount, say)

    def _spelled(self, ordered: OrderedProduct | None) -> bool:
        if ordered is None or self._country is None:
            return False
        return any(limit.in_words for limit in supply_limits_of(self._country, ordered.product.drug))

    def total(self) -> Table:
        """Write the account of the whole plan."""
        supply, title = self._supply, self._phrases.words.clinician["pharmacy_total"]
        dispense = "dispense" if supply.past is None else "in_all"  # what was dispensed must not be dispensed again
        return self.table(title, ("product", "stock", dispense, "needed", "left"), (*supply.lines, *supply.unneeded))

    def past(self) -> Iterator[FillSheet]:
        """Write what was dispensed before the fills begin anew."""
        past = self._supply.past
        if past is None:
            return
        title = self._phrases.words.clinician["pharmacy_past"].format(dates=self._phrases.span(past.start, past.end))
        columns = ("product", "stock", "handed", "needed", "left")
        yield FillSheet(self.table(title, columns, (*past.lines, *past.unneeded)), ())

    def fills(self, schedule: Schedule, language: str | None) -> Iterator[FillSheet]:
        """Write each fill with the labels of its boxes."""
        phrases, fills = self._phrases, self._supply.fills
        columns = ("product", "carried", "dispense", "needed", "left", "so_far")
        labels = box_labels(schedule, fills, self.products, language)
        patients = Phrases(schedule, words_for(schedule, language))  # what is stuck on a box names it as the plan does
        for number, (fill, boxes) in enumerate(zip(fills, labels, strict=True), start=1):
            days = phrases.words.days((fill.end - fill.start).days + 1)
            title = phrases.words.clinician["fill"].format(
                number=number, dates=phrases.span(fill.start, fill.end), days=days
            )
            yield FillSheet(
                self.table(title, columns, (*fill.lines, *fill.unneeded), so_far=True),
                tuple(LabelText(patients.product(box.product), box.lines, box.short) for box in boxes),
            )
