"""A plan from its first revision on: each change of dose is one that a revision names, or the terms then in force.

What a revision leaves of a phase depends on where the plan stood, so the days are not counted again. Asked is what
must hold wherever it stood: a dose falls no further than one of the drug's phases in force allows, below no goal that
they have, and rises only where a revision or a list says so; it stays through an ordered pause; it takes the dose
that a revision names; it does not change sooner after a change than the shortest interval in force; and what a
revision names is in force from its day on.

What is not proved: the doses of a drug that is taken by a weekly pattern or a cycle, the portions of a switch, the
day of a change that comes later than it must, how far a dose may fall on the day of a revision that names another
dose, and whether a plan with a switch, or one of whose revisions was taken back, comes to its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from taper.order.terms import Terms, terms_of
from taper.proof.days import Doses, Track, total
from taper.proof.history import hold_history, hold_step_back
from taper.proof.named import Differs, matches, said, size
from taper.proof.words import after, step_rule

if TYPE_CHECKING:
    from taper.order.history import Event
    from taper.order.order import Order
    from taper.order.phase import Phase

_DOSED = ("dose", "taken", "back", "undo")
_NAMED = ("stop_from", "max_units", "product", "change_on", "review_every", "merge", "spread", "reduce_first")


class Revised:
    """The part of a plan that its revisions rule.

    Args:
        order: The order.
        tracks: What the schedule says of each drug.
    """

    def __init__(self, order: Order, tracks: Mapping[str, Track]) -> None:
        self._order, self._tracks, self._terms = order, tracks, terms_of(order)
        self._drugs = [order.phase_drugs(terms.phase) for terms in self._terms]
        self._events = order.history

    def hold(self) -> None:
        """Hold the plan against its revisions.

        Raises:
            Differs: It says something else.
        """
        hold_history(self._order, self._terms)
        for event, terms in zip(self._events, self._terms[1:], strict=True):
            _in_force(event, terms)
        for drug, track in self._tracks.items():
            if self._varies(drug):
                continue
            self._named_doses(drug, track)
            self._steps_back(drug, track)
            for day, since, before, taken in track.falls():
                if day >= self._events[0].on:
                    self._change(drug, (before, taken), day, since)

    def stays(self) -> bool | None:
        """Return whether the last terms leave a drug to be taken; None where that is not computed."""
        phases, drugs = self._terms[-1].phase, self._drugs[-1]
        if any(event.undo for event in self._events):
            return None
        if any(phase.switch_to for terms in self._terms for phase in terms.phase):
            return None
        ends = {drug: bool(track.doses[-1]) for drug, track in self._tracks.items()}  # of what no phase reduces
        for phase, drug in zip(phases, drugs, strict=True):
            ends[drug] = bool(phase.goal)
        return any(ends.values())

    def _varies(self, drug: str) -> bool:
        """Return whether a drug is taken by patterns at any time."""
        current = self._order.current_of(drug)
        return (current is not None and current.weekly is not None) or any(
            of == drug and (phase.weekly is not None or phase.cycles is not None)
            for terms, drugs in zip(self._terms, self._drugs, strict=True)
            for phase, of in zip(terms.phase, drugs, strict=True)
        )

    def _switched(self, drug: str) -> tuple[bool, bool]:
        """Return whether another drug replaces this one, and whether it replaces another one, at any time."""
        old = new = False
        for terms, drugs in zip(self._terms, self._drugs, strict=True):
            for phase, of in zip(terms.phase, drugs, strict=True):
                if phase.switch_to is not None:
                    old, new = old or of == drug, new or of != drug
        return old, new

    def _terms_on(self, day: date) -> int:
        """Return the place of the terms in force on a day."""
        return max(place for place, terms in enumerate(self._terms) if terms.on <= day or not place)

    def _phases(self, drug: str, first: int, last: int) -> list[Phase]:
        """Return the phases of a drug in some terms."""
        places = range(first, last + 1)
        return [p for n in places for p, of in zip(self._terms[n].phase, self._drugs[n], strict=True) if of == drug]

    def _named_doses(self, drug: str, track: Track) -> None:
        """Ask that a dose which a revision orders is taken from its day on."""
        for place, event in enumerate(self._events):
            last_of_day = place + 1 == len(self._events) or self._events[place + 1].on > event.on
            if event.dose is None or not last_of_day or drug != self._drug_of(place):
                continue
            taken = track.at(event.on)
            if not matches(said(event.dose), taken):
                raise Differs(
                    f"{total(taken)} mg of {drug} is taken on {event.on}, and the revision of that day says "
                    f"{size(said(event.dose))} mg"
                )

    def _steps_back(self, drug: str, track: Track) -> None:
        """Hold the steps back of a drug, each the only revision of its day."""
        days = [event.on for event in self._events]
        if not any(self._switched(drug)):
            for place, event in enumerate(self._events):
                if days.count(event.on) == 1 and drug == self._drug_of(place):
                    hold_step_back(event, drug, track)

    def _drug_of(self, place: int) -> str:
        """Return the drug that a revision concerns."""
        event, drugs = self._events[place], self._drugs[place]
        if event.drug is not None:
            return next((drug for drug in self._order.drugs if drug.lower() == event.drug.lower()), event.drug)
        return drugs[min(event.at_phase or 0, len(drugs) - 1)]

    def _concerns(self, place: int, drug: str) -> bool:
        """Return whether a revision may move a drug: it names it, or none."""
        return self._events[place].drug is None or self._drug_of(place) == drug

    def _change(self, drug: str, change: tuple[Doses, Doses], day: date, since: date) -> None:
        """Hold one change of dose."""
        today = [event for place, event in enumerate(self._events) if event.on == day and self._concerns(place, drug)]
        if any(_names(event, name) for event in today for name in _DOSED):
            return
        (before, taken), place = map(total, change), self._terms_on(day)
        phases = self._phases(drug, place, place)
        what = f"{drug} goes from {before} mg to {taken} mg on {day}"
        listed = any(matches(said(dose), change[1]) for phase in phases for dose in phase.doses or ())
        old, new = self._switched(drug)
        if taken >= before and not listed and not new:
            raise Differs(f"{what}, and no revision of that day raises or moves it")
        if taken < before and not listed and not old:
            allowed = [self._allows(drug, phase, (before, taken), place) for phase in phases]
            if not any(allowed):
                raise Differs(f"{what}, which none of the phases in force allows")
        self._pauses(drug, day, what)
        if not old and not new:
            self._interval(drug, day, since, what)

    def _allows(self, drug: str, phase: Phase, change: tuple[Fraction, Fraction], place: int) -> bool:
        """Return whether a phase allows a fall."""
        before, taken = change
        goal, stop = phase.goal.value, self._terms[place].stop_from
        if taken < goal or before <= goal:
            return False
        if not taken and stop is not None and before <= stop.value:
            return True
        if phase.finish is not None:
            return bool(taken)
        rule = step_rule(phase.reduce.written or str(phase.reduce)) if phase.reduce is not None else None
        if phase.reduce is None:
            return False
        half = self._order.half_saturation if drug == self._order.drugs[0] else None
        lowest = rule and rule.lowest(before, self._start(drug), None if half is None else half.value)
        return lowest is None or taken >= lowest

    def _start(self, drug: str) -> Fraction:
        """Return the daily dose from which parts "of start" count, or one above it where that is not known."""
        first = self._order.starting_dose(drug)
        return first.value if first is not None else max(map(total, self._tracks[drug].doses))

    def _pauses(self, drug: str, day: date, what: str) -> None:
        """Ask that no pause is cut short by a change."""
        for place, event in enumerate(self._events):
            until = event.hold_until if event.hold is None else after(event.hold, event.on)
            later = any(event.on <= other.on <= day for other in self._events[place + 1 :])
            if until is not None and self._concerns(place, drug) and not later and event.on <= day < until:
                raise Differs(f"{what}, and the revision of {event.on} holds it until {until}")

    def _interval(self, drug: str, day: date, since: date, what: str) -> None:
        """Ask that no step is shorter than the shortest interval in force."""
        between = [event for event in self._events if since <= event.on <= day]
        if any(event.taken is not None or event.undo for event in between):
            return
        if since == self._order.start and self._order.first_cut is not None:
            return
        if any(event.on == since and event.dose is not None for event in between):
            return
        phases = self._phases(drug, self._terms_on(since), self._terms_on(day))
        before = self._terms_on(since) - 1
        phases += self._phases(drug, before, before) if before >= 0 and between and between[0].on == since else []
        soonest = min((after(phase.every, since) for phase in phases), default=None)
        if soonest is None:
            return
        if day < soonest:
            raise Differs(f"{what}, sooner after {since} than {soonest}, the shortest interval in force")
        if len(between) == 1 and since < between[0].on:
            moved = self._moved(drug, between[0], since, soonest)
            if day < moved:
                raise Differs(f"{what}, and the revision of {between[0].on} moves it to {moved} or later")

    def _moved(self, drug: str, event: Event, since: date, soonest: date) -> date:
        """Return the first day to which the only revision since the last change lets the next one come.

        Args:
            drug: The drug.
            event: The revision: one that only pauses, or only names an interval, moves what was due.
            since: Day of the last change.
            soonest: First day on which the next one could be due without it.
        """
        place, changes = self._events.index(event), set(event.changes)
        if not self._concerns(place, drug):
            return soonest
        if event.hold is not None and changes == {"hold"}:
            return after(event.hold, soonest)
        if event.every is not None and changes == {"every"} and drug == self._drug_of(place):
            phase = self._terms[place + 1].phase[event.at_phase or 0]
            if total(self._tracks[drug].at(since)) > phase.goal.value:  # the next change is one of its own
                return max(soonest, after(event.every, since))
        return soonest


def _names(event: Event, change: str) -> bool:
    """Return whether a revision names a change; a dose of nothing is one too."""
    named = getattr(event, change)
    return named is not None and named is not False


def _in_force(event: Event, terms: Terms) -> None:
    """Ask that what a revision names is in force from its day on."""
    if event.undo:
        return
    named = {name: getattr(event, name) for name in _NAMED}
    place = event.at_phase or 0
    phase = terms.phase[place] if place < len(terms.phase) else None
    pairs = [(name, value, getattr(terms, name)) for name, value in named.items() if value is not None]
    if phase is not None and event.phase is None:
        pairs += [(name, getattr(event, name), getattr(phase, name)) for name in ("reduce", "every", "finish")]
    for name, wanted, found in pairs:
        if wanted is not None and wanted != found:
            raise Differs(f"the revision of {event.on} names {name} {wanted}, and in force is {found}")
