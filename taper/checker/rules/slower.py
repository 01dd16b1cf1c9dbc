"""Whether a plan takes longer than its order says, because the products cannot make the steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.headline import NO_ORDER, headline
from taper.checker.texts import say
from taper.checker.wording import NOTHING, code_text, count_text, days_text, dose_text, drug_text, joined
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.order.order import Order
from taper.order.phase import Phase
from taper.order.terms import Terms
from taper.quantity import Mg
from taper.values import dataclass

_FEW = 2  # cuts more than ordered that are always said
_PART = 10  # and a tenth of them


@dataclass(frozen=True, slots=True)
class _Dose:
    """A daily dose of one drug, its first day and the number of its step."""

    dose: Mg
    day: date
    step: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The doses of one phase, from the one that it begins with to the first at its goal or below."""

    phase: Phase
    doses: tuple[_Dose, ...]
    ordered: int

    @property
    def cuts(self) -> int:
        """How often the dose falls."""
        return len(self.doses) - 1

    def days(self, cuts: int) -> int:
        """Return how many days so many cuts take at the ordered interval, pauses left aside."""
        start = self.doses[0].day
        return (self.phase.every.after(start, cuts) - start).days


@rule("T118", "slower than ordered", since="0.2.0")
def slower_than_ordered(case: Case) -> Iterator[Outcome]:
    """A phase needs more cuts than its step, because the products do not make the doses in between.

    What: The number of cuts that each phase with `reduce` makes, as the last revision has it, against the number
        that its step makes if no dose had to be made from products; both at the ordered interval, pauses left aside.
        A note where at least two cuts, or a tenth of them, are added.
    Why: No dose is rounded and no cut is larger than ordered, so a step that cannot be made becomes a smaller one.
        The taper then lasts longer than the order says: 0.02 mg a day instead of 0.025 mg is 250 days instead of 200.
    What to do: Nothing, if the time is no matter; else name a product, a split or a measuring device that makes the
        step (`taper options` lists them), or order the step that can be made.
    """
    if case.order is None:
        yield NotEvaluated("T118", NO_ORDER, say("T118.about"))
        return
    for drug in case.order.drugs:
        for stretch in _stretches(case, case.order, drug):
            more = stretch.cuts - stretch.ordered
            if more >= _FEW or (more > 0 and more * _PART >= stretch.ordered):
                yield _finding(case, drug, stretch)


def _stretches(case: Case, order: Order, drug: str) -> Iterator[_Stretch]:
    """Yield the phases of a drug that have a step, each with its doses; none where a dose rises again."""
    terms = case.all_terms[-1]
    doses = _doses(case, order, terms, drug)
    drugs, begin = order.phase_drugs(terms.phase), _first_phase(order, terms, drug)
    start = order.starting_dose(drug) or (doses[0].dose if doses else Mg(0))
    for phase in (phase for place, phase in enumerate(terms.phase) if drugs[place] == drug and place >= begin):
        if phase.switch_to is not None or phase.weekly is not None:
            return
        goal = phase.goal
        end = next((place for place, each in enumerate(doses) if each.dose <= goal), None)
        if end is None or any(other.dose > one.dose for one, other in pairwise(doses[: end + 1])):
            return
        ordered = _ordered_cuts(terms, phase, (doses[0].dose, start), end) if phase.reduce is not None else None
        if ordered is not None:
            yield _Stretch(phase, doses[: end + 1], ordered)
        doses = doses[end:]


def _first_phase(order: Order, terms: Terms, drug: str) -> int:
    """Return the place of the first phase that still rules a drug."""
    drugs = order.phase_drugs(terms.phase)
    at_phase = terms.event.at_phase if terms.event is not None else None
    return at_phase if at_phase is not None and at_phase < len(drugs) and drugs[at_phase] == drug else 0


def _doses(case: Case, order: Order, terms: Terms, drug: str) -> tuple[_Dose, ...]:
    """Return the doses of a drug, one for each change, from the day of the terms on; a stop is among them."""
    found: list[_Dose] = []
    for level in case.daily_levels:
        dose = level.dose(drug)
        if not found or found[-1].dose != dose:
            found.append(_Dose(dose, level.start, level.step))
    if found and found[-1].dose and case.stop is not None:
        found.append(_Dose(Mg(0), case.stop.on, found[-1].step + 1))
    if drug not in order.drugs[: 1 + len(order.other)]:  # its dose rises until all of the other drug is replaced
        highest = max((each.dose for each in found), default=Mg(0))
        return tuple(found[next((place for place, each in enumerate(found) if each.dose == highest), 0) :])
    past = [place for place, each in enumerate(found) if each.day <= terms.on]
    return tuple(found[max(past, default=0) :])


def _ordered_cuts(terms: Terms, phase: Phase, doses: tuple[Mg, Mg], most: int) -> int | None:
    """Return how many cuts a phase makes if every dose could be made; None if that is not known or not fewer.

    Args:
        terms: The terms in force.
        phase: A phase with `reduce`.
        doses: The dose with which the phase begins, and the one from which percentages "of start" count.
        most: The cuts that were planned.
    """
    assert phase.reduce is not None
    if phase.reduce.points is not None:
        return None  # a step of the model is no number of mg that could be ordered instead
    (dose, start), goal = doses, phase.goal
    stop_from = None if goal else terms.stop_from
    for cuts in range(most):
        if dose <= goal:
            return cuts
        allowed = phase.reduce.allowed(dose, start)
        may_stop = stop_from is not None and dose <= stop_from
        dose = goal if may_stop else max(dose - allowed, goal)
    return None


def _finding(case: Case, drug: str, stretch: _Stretch) -> Finding:
    reduce, first, last = stretch.phase.reduce, stretch.doses[0], stretch.doses[-1]
    planned, ordered = stretch.days(stretch.cuts), stretch.days(stretch.ordered)
    time: dict[str, object] = {"cuts": count_text(stretch.cuts, "cut"), "days": days_text(planned)}
    time |= {"ordered": stretch.ordered, "in_days": ordered}
    cuts = {one.dose - other.dose for one, other in pairwise(stretch.doses[:-1])}
    who = say("T118.of drug", drug=drug_text(drug)) if len(case.schedule.drugs) > 1 else NOTHING
    assert reduce is not None
    step = code_text(str(reduce))
    why = say("T118.products", of=who, step=step)
    if reduce.amount is not None and len(cuts) == 1 and max(cuts) < reduce.amount:
        why = say("T118.cut", cut=dose_text(reduce.amount), of=who, possible=dose_text(max(cuts)))
    if stretch.phase.round_to is not None:
        why = say("T118.round", of=who, to=code_text(str(stretch.phase.round_to)), step=step)
    whole = say("T118.message", why=why, **time)
    line = headline(whole, say("T118.short", **time))
    return Finding(
        code="T118",
        severity=Severity.NOTE,
        message=line,
        step=first.step,
        on=first.day,
        until=last.day,
        measured=str(planned),
        limit=str(ordered),
        advice=say("T118.advice"),
        detail=joined(
            say("T118.detail", before=dose_text(first.dose), after=dose_text(last.dose)),
            NOTHING if line == whole else whole,
        ),
    )
