"""The total of several drugs while one replaces another, or several are consolidated into one."""

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
from taper.checker.falls import rows_of
from taper.checker.headline import headline
from taper.checker.texts import say
from taper.checker.wording import (
    NOTHING,
    change_text,
    code_text,
    count_text,
    day_text,
    dose_text,
    drug_dose,
    drug_text,
    drugs_text,
    joined,
    listed,
    mg_text,
    names_text,
    percent_of,
    title_text,
    without_unit,
)
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.message import Message
from taper.quantity import exact_text
from taper.schedule.curve import Level


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

    What: For each drug that ends while a new one begins or more of another is taken, the total in diazepam
        equivalents on each day of the change against the day before it, by every shipped table that has all the
        drugs of these days, at both ends of a printed range: by which it rises most, by which it falls most.
        Drugs that the same one replaces one after the other are one change, with one total. No source prints a
        limit, so it is a note; a warning where the total is higher by every reading of every table, and where
        some table makes twice the dose taken or more of it, so that the change hides a cut of half. An
        equivalence of the order's own that lies outside all tables is a warning too, and an alert where it is more
        than twice the highest of them or less than half the lowest.
    Why: Published equivalents differ by a factor of two and more. Too much of the new drug sedates, too
        little is a cut; which of the two a change is depends on the table.
    What to do: Watch for sedation and for withdrawal during the change, replace one intake at a time, and
        correct the dose of the new drug by how the person is.
    """
    for group in _consolidated(case):
        yield from _one_change(case, group)
    yield from _own_equivalence(case)


class Exchange(NamedTuple):
    """One drug that takes the place of one or of several others.

    Attributes:
        olds: The drugs that end, in the order in which they are replaced.
        new: The drug that replaces them.
        first: First day with the new drug, or with more of it.
        after: First day without the last of the old ones.
    """

    olds: tuple[str, ...]
    new: str
    first: date
    after: date


def _consolidated(case: Case) -> list[Exchange]:
    """Return the replacements, those of several drugs by the same one as one unless it is reduced in between."""
    found: list[Exchange] = []
    for one in sorted(case.replacements, key=lambda replacement: (replacement.new, replacement.first)):
        last = found[-1] if found else None
        if last is not None and last.new == one.new and not _falls_between(case, one.new, last.after, one.first):
            found[-1] = Exchange((*last.olds, one.old), one.new, last.first, max(last.after, one.after))
        else:
            found.append(Exchange((one.old,), one.new, one.first, one.after))
    return sorted(found, key=lambda exchange: exchange.first)


def _falls_between(case: Case, drug: str, first: date, last: date) -> bool:
    pairs = pairwise(case.taken)
    return any(first < b.start <= last and b.dose(drug) < a.dose(drug) for a, b in pairs)


def _one_change(case: Case, replaced: Exchange) -> Iterator[Outcome]:
    before = next(s for s in reversed(case.taken) if s.end < replaced.first)
    days = [s for s in case.taken if replaced.first <= s.end and s.start <= replaced.after]
    drugs = tuple(dict.fromkeys(drug for s in (before, *days) for drug in s.drugs))
    by_table = [choices for table in catalog.judging_tables() if (choices := _readings(table, drugs, before, days))]
    if not by_table:
        yield NotEvaluated("T113", say("no table", drugs=drugs_text(drugs)), say("T113.about"))
        return
    readings = [reading for choices in by_table for choice in choices for reading in choice]
    most = max(readings, key=lambda reading: reading.ratio)
    least = min(readings, key=lambda reading: reading.ratio)
    surely = any(
        all(choice[index].ratio > 1 for choices in by_table for choice in choices)
        for index in range(len(by_table[0][0]))
    )
    half = least.ratio <= Fraction(1, 2)
    when = say("T113.from to", first=day_text(replaced.first), last=day_text(replaced.after))
    if replaced.first == replaced.after:
        when = say("cut.on", day=day_text(replaced.first))
    said = {"new": drug_text(replaced.new), "olds": drugs_text(replaced.olds), "when": when}
    detail = [
        say(
            "T113.detail",
            day=day_text(before.end),
            most=say("T113.highest", **_told(most)),
            least=say("T113.lowest", **_told(least)),
            **said,
        ),
        *_by_the_order(case, replaced, before, days),
        say("T113.surely") if surely else NOTHING,
        say("T113.half") if half else NOTHING,
    ]
    tables = count_text(len(by_table), "table")
    yield Finding(
        code="T113",
        severity=Severity.WARNING if surely or half else Severity.NOTE,
        message=headline(
            *_line(replaced, before, days, by_table),
            say("T113.tables", tables=tables, least=_change(least), most=_change(most), **said),
            say("T113.short", **said),
        ),
        step=next((s.step for s in days if s.start >= replaced.first), None),
        on=replaced.first,
        until=replaced.after,
        measured=exact_text(most.ratio),
        sources=rows_of((most.table, least.table), drugs),
        advice=say("T113.advice"),
        detail=joined(*detail),
    )


def _change(reading: Reading) -> Message:
    if reading.ratio == 1:
        return say("T113.no change")
    return say("T113.higher" if reading.ratio > 1 else "T113.lower", percent=percent_of(abs(reading.ratio - 1)))


def _line(
    replaced: Exchange, before: Level, days: Sequence[Level], by_table: list[list[list[Reading]]]
) -> Iterator[Message]:
    """Write a whole change to one drug: the doses before and after, and what the tables make of those before."""
    after = days[-1]
    if not set(before.drugs) <= {*replaced.olds, replaced.new} or after.drugs != (replaced.new,):
        return
    new = after.dose(replaced.new)
    ratios = [choice[-1].ratio for choices in by_table for choice in choices]
    low, high = (new.value / ratio for ratio in (max(ratios), min(ratios)))
    said = {"now": drug_dose(replaced.new, dose_text(new)), "range": _span(low, high), "new": drug_text(replaced.new)}
    doses = names_text([drug_dose(drug, dose_text(dose)) for drug, dose in before.doses])
    yield say("T113.doses on", doses=doses, day=day_text(after.start), **said)
    yield say("T113.doses", doses=doses, **said)
    yield say("T113.replaces", olds=drugs_text(replaced.olds), now=said["now"], range=said["range"])


def _span(low: Fraction, high: Fraction) -> Message:
    return mg_text(low) if low == high else say("dose.to", before=without_unit(mg_text(low)), after=mg_text(high))


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


def _told(reading: Reading) -> dict[str, Message]:
    return {
        "title": title_text(reading.table.title),
        "change": change_text(reading.ratio - 1),
        "day": day_text(reading.on),
        "before": mg_text(reading.before),
        "total": mg_text(reading.total),
    }


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


def _by_the_order(case: Case, replaced: Exchange, before: Level, days: Sequence[Level]) -> Iterator[Message]:
    """Describe the total by the equivalences that the order names for this change."""
    if len(replaced.olds) > 1:
        yield from _by_all_equivalences(case, replaced, before, days)
        return
    for old, new, equivalence in _switches(case):
        if ((old,), new) != (replaced.olds, replaced.new):
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
            span = _between(min(ratios), max(ratios))
            yield say("T113.own", equivalence=code_text(equivalence), span=span)


def _between(low: Fraction, high: Fraction) -> Message:
    first, last = percent_of(low), percent_of(high)
    return first if first == last else say("T113.between", low=first, high=last)


def _by_all_equivalences(case: Case, replaced: Exchange, before: Level, days: Sequence[Level]) -> Iterator[Message]:
    """Describe the total of several replaced drugs by the equivalence that the order names for each."""
    named = {old: text for old, new, text in _switches(case) if new == replaced.new}
    parts = {old: factor(text, old, replaced.new) for old, text in named.items()} | {replaced.new: Fraction(1)}
    if any(drug not in parts for s in (before, *days) for drug in s.drugs):
        return
    totals = [sum((parts[drug] * dose.value for drug, dose in s.doses), Fraction(0)) for s in (before, *days)]
    span = _between(min(totals[1:]) / totals[0], max(totals[1:]) / totals[0])
    how = [say("T113.of drug", drug=drug_text(old), equivalence=code_text(named[old])) for old in replaced.olds]
    yield say("T113.own several", equivalences=listed(how, "; "), span=span)


def _own_equivalence(case: Case) -> Iterator[Outcome]:
    for old, new, equivalence in _switches(case):
        ratio = own_ratio(equivalence, old, new)
        if ratio is None:
            continue
        published = convert_between(f"{old} 1 mg", new)
        values = [value for value in published.values if not value.table.is_weak]
        if not values:
            reason = say("T113.no table", old=drug_text(old), new=drug_text(new))
            yield NotEvaluated("T113", reason, say("T113.about own"))
            continue
        low, high = min(value.low for value in values), max(value.high for value in values)
        if low.value <= ratio <= high.value:
            continue
        replaced = next((r for r in case.replacements if (r.old, r.new) == (old, new)), None)
        ends = [value for value in values if value.low == low or value.high == high]
        yield Finding(
            code="T113",
            severity=Severity.ALERT if ratio > 2 * high.value or 2 * ratio < low.value else Severity.WARNING,
            message=say(
                "T113.sets.less" if ratio > high.value else "T113.sets.more",
                old=drug_text(old),
                dose=mg_text(ratio),
                new=drug_text(new),
                range=_span(low.value, high.value),
            ),
            detail=say("T113.sets.detail", equivalence=code_text(equivalence)),
            on=replaced.first if replaced is not None else None,
            until=replaced.after if replaced is not None else None,
            measured=exact_text(ratio),
            limit=exact_text(high.value if ratio > high.value else low.value),
            sources=tuple(dict.fromkeys(source for value in ends for source in value.sources)),
            advice=say("T113.sets.advice"),
        )
