"""Several drugs in one plan: their total, days with two drugs, and cuts of two drugs at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise, product
from typing import NamedTuple

from taper import catalog
from taper.catalog import EquivalenceTable
from taper.catalog.conversion import convert as convert_between, factor
from taper.catalog.equivalence import REFERENCE
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.falls import NO_VALUE, convert
from taper.checker.headline import headline
from taper.checker.replacements import Replacement
from taper.checker.wording import change_text, count_text, day_text, days_text, dose_text, mg_text, names_text
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.order.phase import Phase
from taper.quantity import exact_text, percent_text
from taper.schedule.curve import Level
from taper.schedule.schedule import ONE_DAY
from taper.source import Source


class Reading(NamedTuple):
    """The total of a day by one reading of one table.

    Attributes:
        ratio: Total of the day as a part of the total before.
        table: The table.
        on: First day with these doses.
        before: Total before, in mg of diazepam.
        total: Total of the day.
    """

    ratio: Fraction
    table: EquivalenceTable
    on: date
    before: Fraction
    total: Fraction


@rule("T113", "total equivalents while drugs change", since="0.1.0")
def change_of_total(case: Case) -> Iterator[Outcome]:
    """While one drug replaces another, tables disagree about whether the total rises or falls.

    What: For each drug that ends while a new one begins, the total in diazepam equivalents on each day of
        the change against the day before it, by every shipped table that has all the drugs of these days,
        at both ends of a printed range: by which it rises most, by which it falls most. No source prints a
        limit, so it is a note; a warning where the total is higher by every reading of every table, and where
        some table makes twice the dose taken or more of it, so that the change hides a cut of half. An
        equivalence of the order's own that lies outside all tables is a warning too, and an alert where it is more
        than twice the highest of them or less than half the lowest.
    Why: Published equivalents differ by a factor of two and more. Too much of the new drug sedates, too
        little is a cut; which of the two a change is depends on the table.
    What to do: Watch for sedation and for withdrawal during the change, replace one intake at a time, and
        correct the dose of the new drug by how the person is.
    """
    for replaced in case.replacements:
        yield from _one_change(case, replaced)
    yield from _own_equivalence(case)


def _one_change(case: Case, replaced: Replacement) -> Iterator[Outcome]:
    before = next(s for s in reversed(case.taken) if s.end < replaced.first)
    days = [s for s in case.taken if replaced.first <= s.end and s.start <= replaced.after]
    drugs = tuple(dict.fromkeys(drug for s in (before, *days) for drug in s.drugs))
    by_table = [choices for table in catalog.judging_tables() if (choices := _readings(table, drugs, before, days))]
    if not by_table:
        yield NotEvaluated("T113", f"{NO_VALUE}: no shipped equivalence table has all of {', '.join(drugs)}", "total")
        return
    readings = [reading for choices in by_table for choice in choices for reading in choice]
    most = max(readings, key=lambda reading: reading.ratio)
    least = min(readings, key=lambda reading: reading.ratio)
    surely = any(
        all(choice[index].ratio > 1 for choices in by_table for choice in choices)
        for index in range(len(by_table[0][0]))
    )
    half = least.ratio <= Fraction(1, 2)
    when = f"from {day_text(replaced.first)} to {day_text(replaced.after)}"
    if replaced.first == replaced.after:
        when = f"on {day_text(replaced.first)}"
    detail = (
        f"{replaced.new} replaces {replaced.old} {when}. Total in diazepam equivalents against {day_text(before.end)}: "
        f"{_told(most, 'highest')}; {_told(least, 'lowest')}.{_by_the_order(case, replaced, before, days)}"
    )
    if surely:
        detail += " There are days on which the total is higher by every table."
    if half:
        detail += " By that table the total falls to half or less: a hidden cut."
    yield Finding(
        code="T113",
        severity=Severity.WARNING if surely or half else Severity.NOTE,
        message=_line(replaced, before, days, by_table)
        or f"{replaced.new} replaces {replaced.old} {when}; by "
        f"{count_text(len(by_table), 'table')} the total goes from {_change(least)} to {_change(most)}.",
        step=next((s.step for s in days if s.start >= replaced.first), None),
        on=replaced.first,
        until=replaced.after,
        measured=exact_text(most.ratio),
        sources=_rows((most.table, least.table), drugs),
        advice="Watch for sedation and for withdrawal during the change; correct the dose of the new drug by how the "
        "person is, not by the table alone.",
        detail=detail,
    )


def _change(reading: Reading) -> str:
    return f"{change_text(reading.ratio - 1).removesuffix(' than')}".replace("as much as", "no change")


def _line(replaced: Replacement, before: Level, days: Sequence[Level], by_table: list[list[list[Reading]]]) -> str:
    """Write a whole change from one drug to one other: both doses, and what the tables make of the first."""
    after = days[-1]
    if before.drugs != (replaced.old,) or after.drugs != (replaced.new,):
        return ""
    new = after.dose(replaced.new)
    ratios = [choice[-1].ratio for choices in by_table for choice in choices]
    low, high = (new.value / ratio for ratio in (max(ratios), min(ratios)))
    return headline(
        f"{replaced.old} {dose_text(before.dose(replaced.old))} → {replaced.new} {dose_text(new)} on "
        f"{day_text(after.start)}; tables put it at {_span(low, high)} of {replaced.new}.",
        f"{replaced.new} {dose_text(new)} replaces {replaced.old}; tables put it at {_span(low, high)}.",
    )


def _span(low: Fraction, high: Fraction) -> str:
    return mg_text(low) if low == high else f"{mg_text(low).removesuffix(' mg')} to {mg_text(high)}"


def _readings(
    table: EquivalenceTable, drugs: tuple[str, ...], before: Level, days: Sequence[Level]
) -> list[list[Reading]]:
    """Return the total of each level by a table, once for each choice of the ends of its ranges."""
    rows = [table.row(drug) for drug in drugs]
    if any(row is None and drug != "diazepam" for row, drug in zip(rows, drugs, strict=True)):
        return []
    ends = [{REFERENCE / row.high, REFERENCE / row.low} if row is not None else {Fraction(1)} for row in rows]
    readings = []
    for choice in product(*(sorted(each) for each in ends)):
        totals = [
            sum(
                (factor * s.dose(drug).value for drug, factor in zip(drugs, choice, strict=True) if s.dose(drug)),
                Fraction(0),
            )
            for s in (before, *days)
        ]
        readings.append(
            [
                Reading(total / totals[0], table, s.start, totals[0], total)
                for s, total in zip(days, totals[1:], strict=True)
            ]
        )
    return readings


def _told(reading: Reading, end: str) -> str:
    return (
        f"{end} by {reading.table.title}, {change_text(reading.ratio - 1)} before, on {day_text(reading.on)} "
        f"({mg_text(reading.before)} to {mg_text(reading.total)})"
    )


def _rows(tables: Sequence[EquivalenceTable], drugs: Sequence[str]) -> tuple[Source, ...]:
    rows = [table.row(drug) for table in tables for drug in drugs]
    return tuple(dict.fromkeys(row.source for row in rows if row is not None))


def _switches(case: Case) -> dict[tuple[str, str, str], None]:
    """Return old drug, new drug and equivalence of each ordered change of drug, as written."""
    switches: dict[tuple[str, str, str], None] = {}
    for terms in case.all_terms:
        assert case.order is not None
        for phase, drug in zip(terms.phase, case.order.phase_drugs(terms.phase), strict=True):
            if phase.switch_to is not None and phase.equivalence is not None:
                switches[drug, catalog.drug(phase.switch_to).name, phase.equivalence] = None
    return switches


def own_ratio(equivalence: str, old: str, new: str) -> Fraction | None:
    """Return the clinician's own mg of the new drug for 1 mg of the old one; None for a table.

    >>> own_ratio("0.5 mg = 10 mg", "lorazepam", "diazepam"), own_ratio("nhs-scotland", "lorazepam", "diazepam")
    (Fraction(20, 1), None)
    """
    return factor(equivalence, old, new) if "=" in equivalence else None


def _by_the_order(case: Case, replaced: Replacement, before: Level, days: Sequence[Level]) -> str:
    """Describe the total by the equivalence that the order names for this change."""
    text = ""
    for old, new, equivalence in _switches(case):
        if (old, new) != (replaced.old, replaced.new):
            continue
        ratio = own_ratio(equivalence, old, new)
        if ratio is not None and set(before.drugs) | {d for s in days for d in s.drugs} == {old, new}:
            totals = [s.dose(old).value * ratio + s.dose(new).value for s in (before, *days)]
            ratios = [total / totals[0] for total in totals[1:]]
        elif equivalence in catalog.tables():
            drugs = tuple(dict.fromkeys(drug for s in (before, *days) for drug in s.drugs))
            choices = _readings(catalog.table(equivalence), drugs, before, days)
            ratios = [reading.ratio for choice in choices for reading in choice]
        else:
            continue
        if ratios:
            low, high = percent_text(min(ratios)), percent_text(max(ratios))
            span = low if low == high else f"between {low} and {high}"
            text += f" By the order's own equivalence ({equivalence}) it is {span} of the total before."
    return text


def _own_equivalence(case: Case) -> Iterator[Outcome]:
    for old, new, equivalence in _switches(case):
        ratio = own_ratio(equivalence, old, new)
        if ratio is None:
            continue
        published = convert_between(f"{old} 1 mg", new)
        values = [value for value in published.values if not value.table.is_weak]
        if not values:
            yield NotEvaluated(
                "T113", f"{NO_VALUE}: no shipped equivalence table has both {old} and {new}", "the order's equivalence"
            )
            continue
        low, high = min(value.low for value in values), max(value.high for value in values)
        if low.value <= ratio <= high.value:
            continue
        replaced = next((r for r in case.replacements if (r.old, r.new) == (old, new)), None)
        ends = [value for value in values if value.low == low or value.high == high]
        yield Finding(
            code="T113",
            severity=Severity.ALERT if ratio > 2 * high.value or 2 * ratio < low.value else Severity.WARNING,
            message=f"The order takes 1 mg of {old} as {mg_text(ratio)} of {new}; every table that was read says "
            f"{'less' if ratio > high.value else 'more'}: {_span(low.value, high.value)}.",
            detail=f"The order says {equivalence}.",
            on=replaced.first if replaced is not None else None,
            until=replaced.after if replaced is not None else None,
            measured=exact_text(ratio),
            limit=exact_text(high.value if ratio > high.value else low.value),
            sources=tuple(dict.fromkeys(source for value in ends for source in value.sources)),
            advice="Check the equivalence for a typing error; if it is meant, record why.",
        )


@rule("T114", "two drugs on one day", since="0.1.0")
def two_drugs(case: Case) -> Iterator[Outcome]:
    """Two or more of the drugs are taken on the same day.

    What: The days in a row on which the same two or more benzodiazepines or Z-drugs are taken, with the
        total in diazepam equivalents by the most cautious shipped table, the one that makes most of it.
    Why: Effects of the drugs add up, and two packs can be mixed up. Such days are meant during a change of
        drug, or where one is held while the other goes; they should be as many as were meant.
    What to do: Check that the days are those that were meant, and that the two products look different.
    """
    if len(case.schedule.drugs) < 2:
        return
    unknown = [drug for drug in case.schedule.drugs if drug not in catalog.drugs()]
    run: list[Level] = []
    for level in (*case.taken, None):
        drugs = _known(level) if level is not None else ()
        goes_on = level is not None and run and run[-1].end + ONE_DAY == level.start and _known(run[0]) == drugs
        if run and not goes_on:
            yield from _meeting(run)
            run = []
        if level is not None and len(drugs) > 1:
            run.append(level)
    if unknown:
        yield NotEvaluated("T114", f"not known to be of the drugs meant here: {', '.join(unknown)}", "two drugs a day")


def _names(drugs: tuple[str, ...]) -> str:
    """Name two or three drugs; more are counted."""
    return names_text(drugs) if len(drugs) < 4 else f"{len(drugs)} drugs"


def _known(level: Level) -> tuple[str, ...]:
    return tuple(drug for drug in level.drugs if drug in catalog.drugs())


def _meeting(run: list[Level]) -> Iterator[Outcome]:
    drugs = _known(run[0])
    days = [Level(s.start, s.end, s.step, tuple(d for d in s.doses if d[0] in drugs)) for s in run]
    spans = []
    for table in catalog.judging_tables():
        totals = [convert(table, day.doses) for day in days]
        known = [total for total in totals if total is not None]
        if len(known) == len(days):
            spans.append((max(high for _, high in known), min(low for low, _ in known), table))
    if not spans:
        yield NotEvaluated(
            "T114", f"{NO_VALUE}: no shipped equivalence table has all of {', '.join(drugs)}", "total of two drugs"
        )
    most = max(spans, key=lambda span: span[:2], default=None)
    total = ""
    if most is not None:
        total = f" Total, by the table that makes most of it ({most[2].title}): "
        total += (
            mg_text(most[0].value) if most[0] == most[1] else f"{mg_text(most[1].value)} to {mg_text(most[0].value)}"
        )
        total += " of diazepam equivalent a day."
    first, last = run[0].start, run[-1].end
    count = (last - first).days + 1
    yield Finding(
        code="T114",
        severity=Severity.NOTE,
        message=f"{_names(drugs)} are taken on the same day, on {days_text(count)}, first on {day_text(first)}.",
        detail=f"{names_text(drugs)}, until {day_text(last)}.{total}",
        step=run[0].step,
        on=first,
        until=last,
        measured=str(count),
        sources=_rows([most[2]], drugs) if most is not None else (),
        advice="Check that these are the days that were meant, and that the products cannot be mixed up.",
    )


@rule("T116", "two drugs reduced at once", since="0.1.0")
def two_cuts(case: Case) -> Iterator[Outcome]:
    """Two drugs are reduced on the same day.

    What: Every change at which two or more drugs go down, the stop included; a weekly pattern counts as its
        average. A drug that another replaces on that day is not counted. A note where the order says
        `together`, else a warning, one for the whole schedule. Across days without a record nothing is said.
    Why: If withdrawal follows, nobody can tell which of the two cuts to take back, and the two add up.
    What to do: Reduce one drug and hold the other; if both are meant to go at once, say so in the order
        with `together`.
    """
    if len(case.schedule.drugs) < 2:
        return
    by_drugs: dict[tuple[tuple[str, ...], bool], list[Level]] = {}
    levels = list(case.levels)
    if case.stop is not None:
        levels.append(Level(case.stop.on, case.stop.on, case.stop.last.step, ()))
    gap = False
    for before, after in pairwise(levels):
        down = [drug for drug in before.drugs if after.dose(drug) < before.dose(drug)]
        replaced = {r.old for r in case.replacements if r.exchanges(before, after)}
        cut = tuple(drug for drug in down if drug not in replaced)
        if len(cut) < 2:
            continue
        if before.end + ONE_DAY < after.start and not _recorded(case, before.end + ONE_DAY, after.start):
            gap = True
            continue
        by_drugs.setdefault((cut, _ordered_together(case, cut, after.start)), []).append(after)
    for (drugs, ordered), changes in by_drugs.items():
        yield _two_cuts_finding(drugs, changes, ordered=ordered, known=case.order is not None)
    if gap:
        yield NotEvaluated(
            "T116", "days without a record lie between two doses, so nobody knows which drug fell first", "two cuts"
        )


def _recorded(case: Case, first: date, after: date) -> bool:
    """Return whether every day from the first to the one before `after` is recorded, if only as a zero."""
    days = sum(
        (min(s.end, after - ONE_DAY) - max(s.start, first)).days + 1
        for s in case.daily_levels
        if s.end >= first and s.start < after
    )
    return days >= (after - first).days


def _ordered_together(case: Case, drugs: tuple[str, ...], day: date) -> bool:
    if case.order is None:
        return False
    phases: tuple[Phase, ...] = case.terms(day).phase
    group: set[str] = set()
    for phase, drug in zip(phases, case.order.phase_drugs(phases), strict=True):
        group = group | {drug} if phase.together else {drug}
        if group >= set(drugs):
            return True
    return False


def _two_cuts_finding(drugs: tuple[str, ...], changes: list[Level], *, ordered: bool, known: bool) -> Finding:
    when = f"on {day_text(changes[0].start)}"
    if len(changes) > 1:
        when = f"on {days_text(len(changes))}, first {when}"
    why = "The order says so (together)." if ordered else "The order does not say so."
    if not known:
        why = "There is no order that says so."
    return Finding(
        code="T116",
        severity=Severity.NOTE if ordered else Severity.WARNING,
        message=headline(
            *(f"{who} are reduced at once {when}. {why}" for who in (_names(drugs), f"{len(drugs)} drugs"))
        ),
        step=changes[0].step,
        on=changes[0].start,
        until=changes[-1].end,
        measured=str(len(changes)),
        limit="" if ordered else "0",
        advice="Ask about symptoms after each of these days; nobody can tell which of the two cuts they come from."
        if ordered
        else "Reduce one drug and hold the other, or say together in the order.",
    )
