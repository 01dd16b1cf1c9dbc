"""Compare a schedule with published guidance: `check(schedule)` gives a `Report`.

The checker plans nothing and forbids nothing. It takes any schedule, wherever it came from, and
lets each rule look at it once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from taper import catalog
from taper.catalog import EquivalenceTable, Guideline
from taper.checker.case import Case
from taper.checker.definition import Rule
from taper.checker.falls import REFERENCE_DRUG, FirstPass
from taper.checker.rules import RULES
from taper.checker.texts import say
from taper.checker.wording import guideline_text, names_text, place_text
from taper.errors import OrderError, nearest
from taper.finding import Acknowledged, Finding, NotEvaluated, Report, one_a_rule
from taper.message import Message
from taper.order.order import Order
from taper.order.parts import Check
from taper.schedule.schedule import Schedule, as_schedule

MOST_NAMES = 6
_BY_NUMBER = {"asked", "ordered"}


def check(
    schedule: Schedule,
    rules: Iterable[Rule] = RULES,
    *,
    guidelines: Sequence[str] | None = None,
    tables: Sequence[str] | None = None,
) -> Report:
    """Compare a schedule with published guidance.

    Args:
        schedule: Any schedule: planned, or read from another tool's file.
        rules: The rules to apply; add your own with ``rules=(*RULES, my_rule)``.
        guidelines: Ids of guidelines; those of the order if not given, else those of its country.
        tables: Ids of equivalence tables; those of the order if not given, else those that the
            guidelines print themselves, else all that have the drugs.

    Returns:
        The findings in the order of the days, the rules that could not be evaluated, the acknowledgments.

    Raises:
        OrderError: Unknown id of a guideline or table, or an acknowledgment of a rule that does not exist.
    """
    schedule, applied = as_schedule(schedule), tuple(rules)
    for name, ids in (("guidelines", guidelines), ("tables", tables)):
        if isinstance(ids, str):  # else each of its letters would be taken for an id
            raise OrderError(f"this is one text; write a list of ids, such as [{ids!r}]", field=name)
    marks = schedule.order.acknowledge if schedule.order is not None else ()
    codes = {rule.code for rule in (*RULES, *applied)} if marks else set[str]()
    for index, mark in enumerate(marks):
        if mark.code.startswith("T") and mark.code not in codes:  # other letters are the caller's own rules
            hint = nearest(mark.code, codes)
            raise OrderError(f"there is no rule {mark.code}; {hint}", field=f"acknowledge[{index}].code")
    settings = schedule.order.check if schedule.order is not None else Check()
    chosen, why = _choose(schedule, guidelines)
    named = settings.tables if tables is None else tuple(tables)
    case = Case(schedule, chosen, _tables(schedule, chosen, named), settings.tail_allowance)
    outcomes = [outcome for rule in applied if not rule.second_pass for outcome in rule(case)]
    first = tuple(rule.code for rule in applied if not rule.second_pass)
    case = case.after(FirstPass(first, frozenset(o.code for o in outcomes if isinstance(o, Finding))))
    outcomes += [outcome for rule in applied if rule.second_pass for outcome in rule(case)]
    findings = one_a_rule(outcome for outcome in outcomes if isinstance(outcome, Finding))
    missing = [outcome for outcome in outcomes if isinstance(outcome, NotEvaluated)]
    reported = {finding.code for finding in findings}
    return Report(
        findings=tuple(sorted(findings, key=_place)),
        not_evaluated=tuple(sorted(dict.fromkeys(missing), key=lambda entry: (entry.code, entry.reason, entry.about))),
        acknowledged=tuple(Acknowledged(m.code, m.reason, m.by) for m in marks if m.code in reported),
        judged_by=_judged_by(chosen, why, schedule.order),
    )


def _choose(schedule: Schedule, asked: Sequence[str] | None) -> tuple[tuple[Guideline, ...], str]:
    """Choose the guidelines that judge the pace, and say why: the end of the key of a text."""
    order = schedule.order
    if asked is not None:
        names, why = tuple(asked), "asked"
    elif order is not None and order.check.guidelines is not None:
        names, why = order.check.guidelines, "ordered"
    else:
        country = order.country if order is not None else None
        names, why = catalog.default_guidelines(country, schedule.drugs)
    return tuple(catalog.guideline(name) for name in dict.fromkeys(names)), why


def _judged_by(chosen: tuple[Guideline, ...], why: str, order: Order | None) -> Message:
    if not chosen:
        return say("judged.none")
    who = names_text([guideline_text(guideline) for guideline in chosen])
    if len(chosen) > MOST_NAMES:
        who = say("judged.count", count=len(chosen))
    if why in _BY_NUMBER:
        return say(f"judged.{why}.one" if len(chosen) == 1 else f"judged.{why}", guidelines=who)
    if order is None:
        return say("judged.no country", guidelines=who)
    return say(f"judged.{why}", guidelines=who, country=place_text(order.country))


def tables_used(schedule: Schedule) -> tuple[EquivalenceTable, ...]:
    """Return the equivalence tables with which a check of a schedule converts doses.

    Raises:
        OrderError: Unknown id of a guideline or table.
    """
    settings = schedule.order.check if schedule.order is not None else Check()
    return _tables(schedule, _choose(schedule, None)[0], settings.tables)


def guidelines_used(schedule: Schedule) -> tuple[Guideline, ...]:
    """Return the guidelines by which a check of a schedule judges the pace: the order's, or its country's."""
    return _choose(schedule, None)[0]


def _tables(
    schedule: Schedule, guidelines: tuple[Guideline, ...], named: tuple[str, ...] | None
) -> tuple[EquivalenceTable, ...]:
    """Choose the equivalence tables; a guideline's own is skipped if it lacks one of the drugs, a weak one too."""
    if named is not None:
        return tuple(catalog.table(i) for i in dict.fromkeys(named))
    drugs = [drug for drug in schedule.drugs if drug != REFERENCE_DRUG]

    def complete(tables: Iterable[EquivalenceTable]) -> tuple[EquivalenceTable, ...]:
        return tuple(table for table in tables if all(table.row(drug) is not None for drug in drugs))

    printed = dict.fromkeys(i for guideline in guidelines for i in guideline.tables)
    return complete(catalog.table(i) for i in printed) or complete(catalog.judging_tables())


def _place(finding: Finding) -> tuple[date, str, int, str]:
    """Return the sort key: by day, then by code; findings about the whole schedule come first."""
    step = -1 if finding.step is None else finding.step
    return finding.on or date.min, finding.code, step, finding.message
