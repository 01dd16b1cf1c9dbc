"""How much is handed out at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from taper.catalog import SupplyLimit, supply_limits_of
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.headline import NO_ORDER, headline
from taper.checker.wording import day_text, days_text
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.interval import Interval
from taper.schedule.supply import Fill, dispense

_TOPIC = "length of a fill"


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
        yield NotEvaluated("T218", "the order gives no length of a fill", _TOPIC)
        return
    fills = dispense(case.schedule).fills
    judged: dict[SupplyLimit, None] = {}
    for drug in case.schedule.drugs:
        limits = supply_limits_of(order.country, drug)
        if not any(limit.length for limit in limits):
            read = "; ".join(limit.says for limit in limits)
            reason = f"no longest fill was read for {order.country}{f' (read: {read})' if read else ''}"
            yield NotEvaluated("T218", reason, f"{_TOPIC}: {drug}")
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
    fills_text = "One fill is" if len(longer) == 1 else f"{len(longer)} fills are longer than {limit.length}, one"
    line = headline(
        f"{fills_text} for {days_text(_days(fill))}, from {day_text(fill.start)}; {limit.where}: {_kind(limit)}.",
        f"One fill is for {days_text(_days(fill))}, from {day_text(fill.start)}; {limit.where}: {limit.length}.",
    )
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
        advice="Order shorter fills, or write on the prescription what a longer one needs."
        if limit.unless
        else "Order shorter fills: every or max_days under [supply].",
        detail=f"{limit.where}: {limit.says}.",
    )


def _kind(limit: SupplyLimit) -> str:
    """Write the limit in a few words; the detail has those of the source."""
    kind = f"{limit.length} {'by law' if limit.is_law else 'by guidance'}"
    if not limit.unless:
        return kind
    return f"{kind}, {limit.longer or 'longer'} on a condition"


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
