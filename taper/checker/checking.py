"""Holding a schedule against published guidance: `check(schedule)` gives a `Report`.

The checker plans nothing and forbids nothing. It takes any schedule, wherever it came from, and
lets each rule look at it once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from taper import catalog
from taper.catalog import EquivalenceTable, Guideline
from taper.checker.case import REFERENCE_DRUG, Case
from taper.checker.definition import Rule
from taper.checker.rules import RULES
from taper.checker.rules.acknowledged import unmatched
from taper.errors import OrderError, nearest
from taper.finding import Acknowledged, Finding, NotEvaluated, Report
from taper.order.parts import Check
from taper.schedule.schedule import Schedule, as_schedule


def check(
    schedule: Schedule,
    rules: Iterable[Rule] = RULES,
    *,
    guidelines: Sequence[str] | None = None,
    tables: Sequence[str] | None = None,
) -> Report:
    """Hold a schedule against published guidance.

    Args:
        schedule: Any schedule: planned, or read from somebody else's file.
        rules: The rules to apply; add your own with ``rules=(*RULES, my_rule)``.
        guidelines: Ids of guidelines; those of the order if not said, else ASAM 2025.
        tables: Ids of equivalence tables; those of the order if not said, else those that the
            guidelines print themselves, else all that have the drugs.

    Returns:
        What was found, in the order of the days; what could not be evaluated; what was acknowledged.

    Raises:
        OrderError: Unknown id of a guideline or table, or an acknowledgment of a rule that does not exist.
    """
    schedule, applied = as_schedule(schedule), tuple(rules)
    marks = schedule.order.acknowledge if schedule.order is not None else ()
    codes = {rule.code for rule in (*RULES, *applied)}
    for index, mark in enumerate(marks):
        if mark.code.startswith("T") and mark.code not in codes:  # other letters are rules of one's own
            hint = nearest(mark.code, codes)
            raise OrderError(f"there is no rule {mark.code}; {hint}", field=f"acknowledge[{index}].code")
    settings = schedule.order.check if schedule.order is not None else Check()
    chosen = tuple(
        catalog.guideline(i) for i in dict.fromkeys(settings.guidelines if guidelines is None else guidelines)
    )
    named = settings.tables if tables is None else tuple(tables)
    case = Case(schedule, chosen, _tables(schedule, chosen, named), settings.tail_allowance)
    findings: list[Finding] = []
    missing: list[NotEvaluated] = []
    for rule in sorted(applied, key=lambda rule: rule is unmatched):  # it looks at what the others found
        if rule is unmatched:
            others = tuple(other.code for other in applied if other is not unmatched)
            case = replace(case, applied=others, found=frozenset(finding.code for finding in findings))
        for outcome in rule(case):
            if isinstance(outcome, Finding):
                findings.append(outcome)
            else:
                missing.append(outcome)
    found = {finding.code for finding in findings}
    return Report(
        findings=tuple(sorted(findings, key=_place)),
        not_evaluated=tuple(sorted(dict.fromkeys(missing), key=lambda entry: (entry.code, entry.reason))),
        acknowledged=tuple(Acknowledged(m.code, m.reason, m.by) for m in marks if m.code in found),
    )


def tables_used(schedule: Schedule) -> tuple[EquivalenceTable, ...]:
    """Return the equivalence tables by which a check of a schedule converts doses.

    Raises:
        OrderError: Unknown id of a guideline or table.
    """
    settings = schedule.order.check if schedule.order is not None else Check()
    return _tables(schedule, tuple(catalog.guideline(i) for i in settings.guidelines), settings.tables)


def _tables(
    schedule: Schedule, guidelines: tuple[Guideline, ...], named: tuple[str, ...] | None
) -> tuple[EquivalenceTable, ...]:
    """Choose the equivalence tables; those of the guidelines are left where they lack one of the drugs."""
    if named is not None:
        return tuple(catalog.table(i) for i in dict.fromkeys(named))
    drugs = [drug for drug in schedule.drugs if drug != REFERENCE_DRUG]

    def complete(tables: Iterable[EquivalenceTable]) -> tuple[EquivalenceTable, ...]:
        return tuple(table for table in tables if all(table.row(drug) is not None for drug in drugs))

    printed = dict.fromkeys(i for guideline in guidelines for i in guideline.tables)
    return complete(catalog.table(i) for i in printed) or complete(catalog.tables().values())


def _place(finding: Finding) -> tuple[date, str, int, str]:
    """Sort by day, then by code; findings about the whole schedule come first."""
    step = -1 if finding.step is None else finding.step
    return finding.on or date.min, finding.code, step, finding.message
