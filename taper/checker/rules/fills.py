"""How much is handed out at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from taper.catalog import SupplyLimit, supply_limits_of
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.headline import NO_ORDER, headline
from taper.checker.texts import say
from taper.checker.wording import (
    code_text,
    day_text,
    days_text,
    drug_text,
    interval_text,
    listed,
    note_text,
    place_text,
)
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.interval import Interval
from taper.message import Message
from taper.schedule.supply import Fill, dispense

_TOPIC = say("T218.about")
_SHORTER = say("T218.advice", every=code_text("every"), most=code_text("max_days"), where=code_text("[supply]"))


@rule("T218", "length of a fill", since="0.2.0")
def long_fill(case: Case) -> Iterator[Outcome]:
    """One fill is longer than the law or the guidance of the country allows.

    What: Each fill, where the order says how long one is, against what was read of its country for each of its drugs.
        Beyond a rule of law it is a warning. It is a note beyond good practice or the rule of an insurer, beyond a
        rule of a part of the country, and where the law allows a longer fill on a condition.
    Why: Countries limit how much of a controlled drug is at home at once. A fill that the pharmacy may not dispense
        comes late, and the days without it are not in the plan.
    What to do: Order shorter fills (`every` or `max_days` under [supply]), or write on the prescription what the law
        asks for.
    """
    order = case.order
    if order is None:
        yield NotEvaluated("T218", NO_ORDER, _TOPIC)
        return
    if order.supply is None or (order.supply.every is None and order.supply.max_days is None):
        yield NotEvaluated("T218", say("T218.not ordered"), _TOPIC)
        return
    fills = dispense(case.schedule).fills
    judged: dict[SupplyLimit, None] = {}
    for drug in case.schedule.drugs:
        limits = supply_limits_of(order.country, drug)
        if not any(limit.length for limit in limits):
            country, read = place_text(order.country), listed([note_text(one.says, one.says) for one in limits], "; ")
            reason = say("T218.not read", country=country)
            if read:
                reason = say("T218.read", country=country, read=read)
            yield NotEvaluated("T218", reason, say("T218.about drug", drug=drug_text(drug)))
        judged |= dict.fromkeys(limits)
    for limit in judged:
        yield from _beyond(case, limit, fills)


def _beyond(case: Case, limit: SupplyLimit, fills: tuple[Fill, ...]) -> Iterator[Finding]:
    """Yield the longest fill beyond a limit, if there is one."""
    if limit.length is None:
        return
    longer = [fill for fill in fills if _is_beyond(fill, limit.length) and any(map(limit.covers, _drugs(case, fill)))]
    if not longer:
        return
    fill = max(longer, key=_days)
    severity = _severity(limit, any(limit.longer is None or _is_beyond(one, limit.longer) for one in longer))
    said = {"days": days_text(_days(fill)), "day": day_text(fill.start), "where": place_text(limit.where)}
    length = interval_text(limit.length)
    whole = say("T218.message", limit=_kind(limit), **said)
    if len(longer) > 1:
        whole = say("T218.several", count=len(longer), length=length, limit=_kind(limit), **said)
    line = headline(whole, say("T218.message", limit=length, **said))
    yield Finding(
        code="T218",
        severity=severity,
        message=line,
        step=next((step.number for step in case.schedule.steps if step.start <= fill.start <= step.end), None),
        on=fill.start,
        until=fill.end,
        measured=str(_days(fill)),
        limit=str((limit.length.after(fill.start) - fill.start).days),
        sources=(limit.source,),
        advice=say("T218.advice.longer") if limit.unless else _SHORTER,
        detail=say("T218.detail", where=said["where"], says=note_text(limit.says, limit.says)),
    )


def _kind(limit: SupplyLimit) -> Message:
    """Write the limit in a few words; the detail has those of the source."""
    assert limit.length is not None
    kind = say("T218.by law" if limit.is_law else "T218.by guidance", length=interval_text(limit.length))
    if not limit.unless:
        return kind
    if limit.longer is None:
        return say("T218.longer", limit=kind)
    return say("T218.condition", limit=kind, longer=interval_text(limit.longer))


def _severity(limit: SupplyLimit, without_condition: bool) -> Severity:
    """Grade by whether it is law in all of the country, and whether a condition would allow it."""
    return Severity.WARNING if limit.is_law and not limit.region and without_condition else Severity.NOTE


def _days(fill: Fill) -> int:
    return (fill.end - fill.start).days + 1


def _is_beyond(fill: Fill, length: Interval) -> bool:
    return fill.end >= length.after(fill.start)


def _drugs(case: Case, fill: Fill) -> set[str]:
    """Return the drugs that are taken in the days of a fill."""

    def overlaps(start: date, end: date) -> bool:
        return start <= fill.end and end >= fill.start

    return {intake.drug for step in case.schedule.steps if overlaps(step.start, step.end) for intake in step.intakes}
