"""Records from other tools: days without a record, doses recorded twice, pieces that do not add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise

from taper import catalog
from taper.catalog import Product
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.headline import NO_ORDER, NO_PIECES, NOT_ORDERED, headline, left_out
from taper.checker.texts import say
from taper.checker.wording import (
    NO_STEPS,
    NOTHING,
    day_text,
    days_text,
    dose_text,
    doses_text,
    drug_text,
    drugs_text,
    joined,
    ml_text,
    names_text,
    number_text,
    plain_number,
    product_text,
    quoted,
    span_text,
    time_text,
)
from taper.errors import TaperError
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.message import Message
from taper.order.order import Order
from taper.quantity import NO_MG, Mg, exact_text
from taper.schedule.curve import sweep
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import ONE_DAY, Step

_TOPIC = say("T403.about")


@rule("T401", "days without a record", since="0.1.0")
def gap(case: Case) -> Iterator[Outcome]:
    """No dose is recorded for some days between the first and the last.

    What: Days that no step covers. A recorded dose of zero is a record. An entry of such a day that could not be
        read is named: the dose is then unknown, not missing.
    Why: Nothing is known about these days, and no rule says anything about them.
    What to do: Fill in what was taken, zero if nothing was.
    """
    levels = case.daily_levels
    if not levels:
        yield NotEvaluated("T401", NO_STEPS, say("about.record"))
    for before, after in pairwise(levels):
        days = (after.start - before.end).days - 1
        if days > 0:
            unknown = _is_unknown(case, before.end, after.start)
            detail = say("T401.detail", before=doses_text(before), after=doses_text(after))
            yield Finding(
                code="T401",
                severity=Severity.WARNING,
                message=say(
                    "T401.unknown" if unknown else "T401.message",
                    days=days_text(days),
                    span=span_text(before.end + ONE_DAY, after.start - ONE_DAY),
                ),
                step=after.step,
                on=before.end + ONE_DAY,
                until=after.start - ONE_DAY,
                measured=str(days),
                limit="0",
                advice=say("T401.advice"),
                detail=detail if before.doses and after.doses and not unknown else NOTHING,
            )


def _is_unknown(case: Case, before: date, after: date) -> bool:
    """Return whether an entry between two days could not be read."""
    remarks = case.schedule.remarks
    return any(r.on is not None and before < r.on < after and r.kind not in ("mismatch", "supply") for r in remarks)


@rule("T402", "a dose recorded twice", since="0.1.0")
def overlap(case: Case) -> Iterator[Outcome]:
    """The same drug is recorded twice for the same time of the same day.

    What: Two intakes of one drug at one time of day on one day, whether in one step or in two that
        overlap. The doses are added for all other rules.
    Why: It may be one dose made of two records, or a row that was never deleted.
    What to do: Correct the record so that each time of day has one dose.
    """
    if not case.schedule.steps:
        yield NotEvaluated("T402", NO_STEPS, say("about.record"))
    runs: dict[tuple[str, str], tuple[int, date, date, int, int]] = {}
    for start, end, covering in sweep(case.schedule.steps):
        counts: dict[tuple[str, str], int] = {}
        for intake in (intake for step in covering for intake in step.intakes):
            counts[intake.drug, intake.time] = counts.get((intake.drug, intake.time), 0) + 1
        for key, count in counts.items():
            if count > 1:
                step, first, _, days, most = runs.get(key, (covering[0].number, start, end, 0, 0))
                runs[key] = step, first, end, days + (end - start).days + 1, max(most, count)
    for (drug, time), (step, first, last, days, most) in sorted(runs.items()):
        said = {"time": time_text(time), "days": days_text(days), "day": day_text(first)}
        said["often"] = say("twice") if most == 2 else say("times", number=number_text(Fraction(most)))
        line = headline(say("T402.message", drug=drug_text(drug), **said), say("T402.short", **said))
        yield Finding(
            code="T402",
            severity=Severity.ALERT,
            message=line,
            step=step,
            on=first,
            until=last,
            measured=str(most),
            limit="1",
            advice=say("T402.advice"),
            detail=joined(left_out(line, drug_text(drug)), say("T402.detail")),
        )


@rule("T403", "pieces that do not add up", since="0.1.0")
def pieces(case: Case) -> Iterator[Outcome]:
    """The pieces or volumes of an intake do not add up to its dose, or are of another drug.

    What: For each intake that names its pieces, their number times the strength of the product, in
        the order, against the dose. Exactly. Where the name of a product is that of another drug than the
        intake's, that is said first; so is a product of the catalog that is not in the order.
    Why: The paper tells the patient the pieces; the clinician reads the dose.
    What to do: Correct the pieces or the dose, or plan again.
    """
    yield from _wrong_products(case)
    if case.order is None:
        yield NotEvaluated("T403", NO_ORDER, _TOPIC)
        return
    items, strengths = case.takings.items, _strengths(case.order, case.schedule.steps)
    doses = [_dose_of(item, strengths[item.product]) if item.product in strengths else None for item in items]
    run: list[tuple[Step, Intake, Mg]] = []
    for step, intakes in case.takings.steps:
        wrong = None
        for intake, places in zip(step.intakes, intakes, strict=True):
            known = [dose for place in places if (dose := doses[place]) is not None]
            if places and len(known) == len(places):
                total = sum(known[1:], known[0])
                wrong = wrong or ((step, intake, total) if total != intake.dose else None)
        if wrong is not None and (not run or run[-1][0].end + ONE_DAY == step.start):
            run.append(wrong)
            continue
        if run:
            yield _mismatch(run)
        run = [wrong] if wrong is not None else []
    if run:
        yield _mismatch(run)
    for name in sorted(case.takings.products - strengths.keys()):
        yield NotEvaluated("T403", NOT_ORDERED, quoted(product_text(name)))
    if not items:
        yield NotEvaluated("T403", NO_PIECES, _TOPIC)


def _wrong_products(case: Case) -> Iterator[Finding]:
    """Yield a finding for each product whose name is another drug's, or that the catalog has and the order has not."""
    order = case.order
    country = order.country if order is not None else ""
    ordered = {one.name: one.product.drug for one in (order.products if order is not None else ())}
    pairs: dict[tuple[str, str], list[Step]] = {}
    for step in case.schedule.steps:
        for intake in step.intakes:
            for name in dict.fromkeys(item.product for item in intake.items):
                pairs.setdefault((name, intake.drug), []).append(step)
    for (name, drug), steps in pairs.items():
        drugs = {ordered[name]} if name in ordered else set(catalog.drugs_named(name, country).values())
        if drugs and drug not in drugs and drug in catalog.drugs():
            what = {"drugs": drugs_text(sorted(drugs)), "drug": drug_text(drug)}
            yield _wrong(steps, quoted(product_text(name)), what, Severity.ALERT)
        elif order is not None and name not in ordered and _published(country, name):
            yield _wrong(steps, quoted(product_text(name)), {}, Severity.WARNING)


def _published(country: str, name: str) -> Product | None:
    """Return the product of exactly this name in the catalog: other tools' words for one are no product."""
    try:
        return next((product for product in catalog.find_products(country, name) if product.name == name), None)
    except TaperError:
        return None


def _strengths(order: Order, steps: Iterable[Step]) -> dict[str, Mg]:
    """Return the strength of each product of the order, and of those of the catalog that the steps name beside it."""
    strengths = {ordered.name: ordered.product.strength for ordered in order.products}
    for name in {item.product for step in steps for intake in step.intakes for item in intake.items}:
        product = None if name in strengths else _published(order.country, name)
        if product is not None:
            strengths[name] = product.strength
    return strengths


def _wrong(steps: list[Step], name: Message, what: Mapping[str, Message], severity: Severity) -> Finding:
    """Report a product whose name is another drug's, as `what` says, or that is not in the order."""
    said = {"days": days_text(sum(step.days for step in steps)), "day": day_text(steps[0].start)} | dict(what)
    ways = (say("T403.not ordered", product=name, **said), say("T403.not ordered.short", **said))
    if what:
        ways = (say("T403.stands for", product=name, **said), say("T403.stands for.short", **said))
    line = headline(*ways, say("T403.other drug", days=said["days"], day=said["day"]))
    return Finding(
        code="T403",
        severity=severity,
        message=line,
        step=steps[0].number,
        on=steps[0].start,
        until=steps[-1].end,
        advice=say("T403.product.advice"),
        detail=left_out(line, name),
    )


def _dose_of(item: Item, strength: Mg) -> Mg:
    """Return the drug in some of a product, by its strength."""
    amounts = (amount.value for amount in (item.count, item.volume) if amount is not None)
    return sum((strength * amount for amount in amounts), NO_MG)


def _mismatch(run: list[tuple[Step, Intake, Mg]]) -> Finding:
    step, intake, total = run[0]
    days = sum(entry[0].days for entry in run)
    said = {"dose": dose_text(intake.dose), "day": day_text(step.start)}
    made = {"total": dose_text(total), "days": days_text(days)}
    drug, items = drug_text(intake.drug), names_text([_item_text(item) for item in intake.items])
    return Finding(
        code="T403",
        severity=Severity.ALERT,
        message=headline(
            say("T403.message", drug=drug, at=say(f"at.{intake.time}"), **said, **made),
            say("T403.shorter", **said, **made),
            say("T403.short", day=said["day"], days=made["days"]),
        ),
        step=step.number,
        on=step.start,
        until=run[-1][0].end,
        measured=exact_text(total.value),
        limit=exact_text(intake.dose.value),
        advice=say("T403.advice"),
        detail=say("T403.detail", time=time_text(intake.time), drug=drug, items=items, total=made["total"], **said),
    )


def _item_text(item: Item) -> Message:
    written = [] if item.count is None else [say("item.pieces", count=plain_number(item.count.value))]
    written += [] if item.volume is None else [say("item.volume", volume=ml_text(item.volume.value))]
    return joined(names_text(written) if written else say("item.nothing"), product_text(item.product))
