"""What a rule looks at: the schedule, the limits to compare it with, and the dose curve.

Doses of one drug are compared in mg, exactly. Where the drugs differ they are converted first, by
each of the chosen tables. Within a table that prints a range the lenient end counts (a change between doses
that the table itself calls equal is not a cut); between tables that disagree, the stricter one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

from taper import catalog
from taper.catalog import EquivalenceTable, Guideline, Limit
from taper.catalog.guidance import Kind
from taper.checker.alternation import alternations
from taper.checker.falls import (
    REFERENCE_DRUG,
    Change,
    Fall,
    FirstPass,
    Stop,
    convert,
    ends_on_a_day_off,
    exceeds,
    one_drug_fall,
    stated_stop,
)
from taper.checker.near_zero import allowance, cautious
from taper.checker.replacements import Replacement, replacements
from taper.checker.short_use import Statement, stop_allowed
from taper.checker.takings import Takings, takings
from taper.checker.texts import say
from taper.checker.wording import day_text, drug_text, guideline_text, listed
from taper.finding import NotEvaluated
from taper.message import Message
from taper.order.order import Order
from taper.order.product import OrderedProduct
from taper.order.terms import Terms, stops, terms_of
from taper.quantity import NO_MG, Mg
from taper.schedule.curve import Doses, Level, curve
from taper.schedule.patterns import Pattern, leveled, patterns
from taper.schedule.schedule import ONE_DAY, Schedule, Step
from taper.values import dataclass


@dataclass(frozen=True)
class Case:
    """A schedule, and everything that the rules compare it with.

    Attributes:
        schedule: The schedule.
        guidelines: The chosen guidelines.
        tables: The equivalence tables to convert by; may be empty.
        asked: Diazepam equivalent that may always go near zero, as the order sets it; None if it does not.
        first_pass: What the rules of the first pass found; None while they are applied.
    """

    schedule: Schedule
    guidelines: tuple[Guideline, ...]
    tables: tuple[EquivalenceTable, ...]
    asked: Mg | None = None
    first_pass: FirstPass | None = None

    def after(self, first_pass: FirstPass) -> Case:
        """Return the case for the rules of the second pass, with all that was worked out already."""
        later = replace(self, first_pass=first_pass)
        later.__dict__.update({name: value for name, value in self.__dict__.items() if name not in later.__dict__})
        return later

    @property
    def order(self) -> Order | None:
        """The order, if the schedule has one."""
        return self.schedule.order

    @cached_property
    def daily_levels(self) -> tuple[Level, ...]:
        """The dose curve, with explicit zeros, without days that no step covers."""
        return curve(self.schedule)

    @cached_property
    def products(self) -> dict[str, OrderedProduct]:
        """The products of the order, by name; empty without an order."""
        return {} if self.order is None else {ordered.name: ordered for ordered in self.order.products}

    @cached_property
    def takings(self) -> Takings:
        """What is taken of the products."""
        return takings(self.schedule)

    @cached_property
    def taken(self) -> tuple[Level, ...]:
        """The levels on which something is taken."""
        return tuple(level for level in self.daily_levels if level.doses)

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """The weekly patterns."""
        return patterns(self.schedule, self.daily_levels)

    def pattern(self, level: Level) -> Pattern | None:
        """Return the weekly pattern in which a level begins, if any."""
        return next((pattern for pattern in self.patterns if pattern.start <= level.start <= pattern.end), None)

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """The doses taken, in order; each weekly pattern counts once, as its average over the week."""
        if not self.patterns:
            return self.taken
        return tuple(level for level in leveled(self.daily_levels, self.patterns) if level.doses)

    def level_before(self, pattern: Pattern) -> Level | None:
        """Return the dose held before a weekly pattern, if any."""
        index = self.levels.index(pattern.level)
        return self.levels[index - 1] if index else None

    def highest(self, level: Level) -> Level:
        """Return a level at its highest daily dose: for a weekly pattern, that of its largest day."""
        days = [s for s in self.taken if s.start <= level.end and s.end >= level.start] if level.average else [level]
        spans = [(self.equivalent(s), s) for s in days]
        if any(span is None for span, _ in spans):
            return max(days, key=lambda s: sum(dose.value for _, dose in s.doses))
        return max(spans, key=lambda entry: entry[0][1] if entry[0] else Mg(0))[1]

    @cached_property
    def replacements(self) -> tuple[Replacement, ...]:
        """The drugs that another drug replaces."""
        return replacements(self.taken) if len(self.schedule.drugs) > 1 else ()

    def exchange(self, change: Change) -> bool:
        """Return whether a change replaces part of one drug by another, on one day of a replacement."""
        return any(replacement.exchanges(change.before, change.after) for replacement in self.replacements)

    @cached_property
    def all_terms(self) -> tuple[Terms, ...]:
        """The terms of the order, each from its first day on; empty without an order."""
        return () if self.order is None else terms_of(self.order)

    def terms(self, day: date) -> Terms:
        """Return the terms in force on a day; requires a schedule with an order."""
        return next((terms for terms in reversed(self.all_terms) if terms.on <= day), self.all_terms[0])

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """All changes between neighboring levels, without the stop."""
        return tuple(Change(a, b, self.fall(a, b)) for a, b in pairwise(self.levels) if a.doses != b.doses)

    @cached_property
    def cuts(self) -> tuple[Change, ...]:
        """The changes to a lower dose."""
        return tuple(change for change in self.changes if change.fall and change.fall.fraction > 0)

    @cached_property
    def alternating(self) -> tuple[tuple[Level, ...], ...]:
        """Runs of at least four days on which two doses, neither of them zero, alternate daily.

        Days of a weekly pattern are not among them.
        """
        days = self.daily_levels if not self.patterns else [None if self.pattern(s) else s for s in self.daily_levels]
        return alternations(days)

    def alternation(self, level: Level) -> tuple[Level, ...] | None:
        """Return the run of alternating days that a level is part of, if any."""
        return next((run for run in self.alternating if level in run), None)

    @cached_property
    def stop(self) -> Stop | None:
        """The stop, if the schedule has one."""
        if not self.taken:
            return None
        last = self.taken[-1]
        pattern = self.pattern(last)
        # a day without the drug in the last week of a pattern is not the stop yet
        over = last.end if pattern is None else max(last.end, pattern.end)
        stated = stated_stop(self.schedule, last.end)
        if stated is not None and self.order is None:
            return Stop(self.levels[-1], stated)
        zeros = [level for level in self.daily_levels if level.end > over]
        of_record = self.order is None and pattern is None
        if zeros and of_record and ends_on_a_day_off(self.daily_levels, last, zeros):
            return None
        if zeros:
            return Stop(self.levels[-1], max(zeros[0].start, over + ONE_DAY))
        if self.schedule.stopped_on is not None and not (pattern is not None and self.order is None):
            return Stop(self.levels[-1], max(self.schedule.stopped_on, over + ONE_DAY))
        return None

    def near_zero(self, level: Level) -> Mg:
        """Return what may always go from a level, in mg of diazepam equivalent (see `taper.checker.near_zero`)."""
        drugs = level.drugs
        if drugs not in self._allowances:
            self._allowances[drugs] = allowance(self.order, self.asked, level)
        return self._allowances[drugs]

    def is_small(self, before: Level, after: Level | None) -> bool:
        """Return whether a fall stays within the allowance near zero; without a level after, the stop."""
        if len(before.doses) == 1 and (after is None or after.drugs == before.drugs):  # as below, in half the time
            drug, dose = before.doses[0]
            factor = catalog.most_cautious(drug)
            fall = dose.value if after is None else dose.value - after.doses[0][1].value
            return factor is not None and not exceeds(fall * factor.value, self.near_zero(before).value)
        high, low = cautious(before.doses), cautious(after.doses if after is not None else ())
        return (
            high is not None and low is not None and not exceeds(high.value - low.value, self.near_zero(before).value)
        )

    @cached_property
    def paced(self) -> tuple[Level, ...]:
        """The doses by which the pace is judged: a weekly pattern counts as its average if its days differ little.

        Its days count one by one if the largest is more than twice the smallest that is not zero.
        """
        even = tuple(pattern for pattern in self.patterns if not self._is_uneven(pattern))
        if not even:
            return self.taken
        return tuple(level for level in leveled(self.daily_levels, even) if level.doses)

    def _is_uneven(self, pattern: Pattern) -> bool:
        days = [Level(pattern.start, pattern.end, pattern.step, doses) for doses in pattern.cycle if doses]
        falls = [self.fall(a, b) for a in days for b in days if a.doses != b.doses]
        return any(fall is None or fall.fraction > Fraction(1, 2) for fall in falls)

    @cached_property
    def stop_allowed(self) -> tuple[Statement, ...]:
        """The statements that allow a stop at once after so short a use (see `taper.checker.short_use`)."""
        return stop_allowed(self.order, self.taken, self.limits("abrupt_stop")) if self.taken else ()

    @cached_property
    def is_short_use(self) -> bool:
        """Whether a source lets a Z-drug be stopped at once after so short a use: then no pace is a danger."""
        return bool(self.stop_allowed) and catalog.are_z_drugs(self.schedule.drugs)

    def following(self, index: int, days: int) -> Iterator[Level]:
        """Yield the levels of `paced` that begin within some days after one of them ends."""
        paced, end = self.paced, self.paced[index].end
        for place in range(index + 1, len(paced)):
            if (paced[place].start - end).days > days:
                return
            yield paced[place]

    @cached_property
    def peak(self) -> Level | None:
        """The highest level; None if the drugs cannot be compared."""
        falls = [(self.fall(self.levels[0], level), level) for level in self.levels]
        known = [(fall.fraction, level) for fall, level in falls if fall is not None]
        return min(known, key=lambda entry: entry[0])[1] if len(known) == len(falls) else None

    @cached_property
    def is_never_cut(self) -> bool:
        """Whether the stop takes away the highest dose that there was."""
        if self.stop is None or self.peak is None:
            return False
        fall = self.fall(self.peak, self.stop.last)
        return fall is not None and fall.fraction <= 0

    def limits(self, kind: Kind) -> tuple[tuple[Guideline, Limit], ...]:
        """Return the limits of one kind that apply to these drugs, with their guidelines, in the order chosen."""
        return applying(self.guidelines, self.schedule.drugs).get(kind, ())

    def without_limit(self, code: str, what: Message) -> NotEvaluated:
        """Say that no chosen guideline prints a limit."""
        if not self.guidelines:
            return NotEvaluated(code, say("no guideline"), what)
        who = listed([guideline_text(guideline) for guideline in self.guidelines], ", ")
        if len(self.guidelines) > 3:
            who = say("chosen guidelines", count=len(self.guidelines))
        return NotEvaluated(code, say("no limit", guidelines=who), what)

    def unknown_stop(self, code: str) -> NotEvaluated | None:
        """Say that it is not known whether the drug stops; None if it is known."""
        if self.stop is not None or not self.taken:
            return None
        if self.order is not None and not stops(self.order, self.schedule.last_drugs):
            return None  # a dose to stay on
        last = day_text(self.taken[-1].end)
        return NotEvaluated(code, say("unclear stop", day=last), say("about.stop"))

    def incomparable(self, code: str) -> NotEvaluated:
        """Say that doses of different drugs cannot be compared."""
        drugs = listed([drug_text(drug) for drug in self.schedule.drugs], ", ")
        return NotEvaluated(code, say("incomparable", drugs=drugs), say("about.changes of drug"))

    def equivalent(self, level: Level) -> tuple[Mg, Mg] | None:
        """Return the lowest and highest diazepam equivalent of a daily dose across the chosen tables."""
        if level.doses not in self._equivalents:
            self._equivalents[level.doses] = self._equivalent(level.doses)
        return self._equivalents[level.doses]

    def _equivalent(self, doses: Doses) -> tuple[Mg, Mg] | None:
        if len(doses) == 1 and doses[0][0] == REFERENCE_DRUG:
            return doses[0][1], doses[0][1]
        spans = [value for table in self.tables if (value := convert(table, doses)) is not None]
        return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else None

    def fall(self, before: Level, after: Level) -> Fall | None:
        """Compare two levels of the dose.

        Args:
            before: A level with a dose.
            after: A later level.

        Returns:
            The fall, or None if the drugs differ and no table has them all.
        """
        if len(before.doses) == 1 and len(after.doses) <= 1:
            drug, dose = before.doses[0]
            other, rest = after.doses[0] if after.doses else (drug, NO_MG)
            if other == drug:
                return one_drug_fall(dose, rest, self._factors[drug])
        key = before.doses, after.doses
        if key not in self._falls:
            self._falls[key] = self._fall(before, after)
        return self._falls[key]

    def _fall(self, before: Level, after: Level) -> Fall | None:
        """Compare levels of several drugs, or of different ones."""
        readings = []
        for table in self.tables:
            a, b = convert(table, before.doses), convert(table, after.doses)
            if a is None or b is None:
                continue
            ends = [(x.value - y.value, x.value) for x, y in zip(a, b, strict=True)]
            readings.append(Fall(min(d / x for d, x in ends), min(d for d, _ in ends), table.title))
        if not readings:
            return None
        strictest = max(readings, key=lambda reading: reading.fraction)
        return strictest._replace(diazepam=max(r.diazepam for r in readings if r.diazepam is not None))

    def part_of_start(self, level: Level) -> Fraction | None:
        """Return the daily dose of a level as a fraction of the first; None if the drugs cannot be compared."""
        key = level.start, level.end, level.average
        if key not in self._parts:
            fall = self.fall(self.levels[0], level)
            self._parts[key] = None if fall is None else 1 - fall.fraction
        return self._parts[key]

    def fall_of_start(self, before: Level, fall: Fall) -> Fraction | None:
        """Return a fall from a level as a fraction of the first dose; None if the drugs cannot be compared."""
        part = self.part_of_start(before)
        return None if part is None else fall.fraction * part

    @cached_property
    def _allowances(self) -> dict[tuple[str, ...], Mg]:
        return {}

    # Every rule and every guideline asks for the same few falls; they follow from the doses alone.
    @cached_property
    def _falls(self) -> dict[tuple[Doses, Doses], Fall | None]:
        return {}

    @cached_property
    def windows(self) -> dict[tuple[int, str], Any]:
        """The falls within each window by their basis, as `taper.checker.measure` works them out."""
        return {}

    @cached_property
    def sizes(self) -> dict[str, tuple[Fraction | None, ...]]:
        """The sizes of all cuts by their basis, as `taper.checker.measure` works them out."""
        return {}

    @cached_property
    def parts(self) -> dict[str, dict[str, tuple[set[int], dict[int, Step]]]]:
        """What each rule about splitting is about, as `taper.checker.rules.splitting` finds it."""
        return {}

    @cached_property
    def _parts(self) -> dict[tuple[date, date, bool], Fraction | None]:
        return {}

    @cached_property
    def _equivalents(self) -> dict[Doses, tuple[Mg, Mg] | None]:
        return {}

    @cached_property
    def _factors(self) -> dict[str, Fraction | None]:
        """For each drug, the most mg of diazepam that any chosen table equates with 1 mg of it."""
        spans = {drug: self._equivalent(((drug, Mg(1)),)) for drug in self.schedule.drugs}
        return {drug: None if span is None else span[1].value for drug, span in spans.items()}


@lru_cache(maxsize=256)
def applying(
    guidelines: tuple[Guideline, ...], drugs: tuple[str, ...]
) -> dict[str, tuple[tuple[Guideline, Limit], ...]]:
    """Return the limits of some guidelines that apply to some drugs, by kind."""
    codes = [catalog.drugs()[drug].code("ATC") for drug in drugs if drug in catalog.drugs()]
    by_kind: dict[str, tuple[tuple[Guideline, Limit], ...]] = {}
    for source in guidelines:
        for limit in source.limits:
            of_drug = not limit.drug or limit.drug in drugs
            if of_drug and (not limit.atc or any(code.startswith(limit.atc) for code in codes[:1])):
                by_kind[limit.kind] = (*by_kind.get(limit.kind, ()), (source, limit))
    return by_kind
