"""The course of a plan: what is taken of each drug from which day on, and which phase rules what comes next.

A course also says where the plan stands on a day: what is taken, which phases are under way, and the step before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby, pairwise
from operator import attrgetter

from taper import catalog
from taper.errors import OrderError
from taper.order.history import Event
from taper.order.order import Order
from taper.order.parts import TIMES, TimeOfDay
from taper.order.phase import Phase
from taper.order.terms import Terms
from taper.quantity import Mg
from taper.schedule.regimen import Intake
from taper.schedule.schedule import ONE_DAY, Step
from taper.schedule.weekly import cycle_place
from taper.values import dataclass

DosesByTime = Mapping[TimeOfDay, Mg]
"""Doses of one drug by time of day; times at which nothing is taken are absent."""
Pattern = tuple[DosesByTime, ...]
"""Doses of every day, or of each day of a cycle: of the days of the week from Monday on, or see `cycle_place`."""
Taken = tuple[tuple[Intake, ...], ...]
"""Intakes of one drug: of every day, or of each day of a cycle, in the same order."""


@dataclass(frozen=True, slots=True)
class Point:
    """What is taken of one drug from a day on.

    Attributes:
        day: First day.
        taken: The intakes, of every day or of each day of a cycle; empty from the stop on.
        phase: Place of the phase that rules what comes next, among all phases in force.
        done: Number of entries done in its list of doses, patterns or stages.
        next: Day of the next change, or None if the phases leave this drug as it is.
        target: Daily dose that the ordered step leads to, before it is made makeable.
        origin: In a switch: the doses of the old drug before it began.
        beside: In a switch: the doses of the new drug that were taken before it began, and to which it adds.
        turn: Where times of day take turns: the one that is cut next.
        ruled: First day on which the phase rules, where the dose was held before; its first day if None.
        rule: The phase itself, by which its place is known again after a revision.
        anchor: Day from which the next change was counted, and how many intervals; None where nothing comes.
        ordered: Whether a revision ordered this dose on this very day.
        cut: The cut that led to it, if the phase that rules what comes next made it.
    """

    day: date
    taken: Taken
    phase: int = 0
    done: int = 0
    next: date | None = None
    target: Mg | None = None
    origin: tuple[tuple[TimeOfDay, Mg], ...] = ()
    turn: TimeOfDay | None = None
    ruled: date | None = None
    rule: Phase | None = None
    anchor: tuple[date, int] | None = None
    ordered: bool = False
    beside: tuple[tuple[TimeOfDay, Mg], ...] = ()
    cut: Mg | None = None

    @property
    def pattern(self) -> Pattern:
        """The doses by time of day, for every day or for each day of a cycle."""
        return tuple({intake.time: intake.dose for intake in day} for day in self.taken)

    @property
    def average(self) -> Mg:
        """The daily dose; for a weekly pattern or a cycle, the average."""
        return sum((intake.dose for day in self.taken for intake in day), Mg(0)) / len(self.taken)

    @property
    def ruled_from(self) -> date:
        """First day on which its phase rules."""
        return self.ruled or self.day


@dataclass(frozen=True, slots=True)
class Start:
    """Where a phase is taken up.

    Attributes:
        phase: Its place.
        done: How many entries of its list are done.
        next: Day of the next change; one interval after the first day if None.
        origin: In a switch: the doses of the old drug before it began.
        beside: In a switch: the doses of the new drug that were taken before it began.
        held: Pauses of the order before this day are over, or counted already.
        turn: Where times of day take turns: the one that is cut next.
        anchor: Day from which the next change was counted, and how many intervals; from that change itself if None.
        cut: The last cut that the phase made by the step that it has now; None if it made none.
    """

    phase: int
    done: int = 0
    next: date | None = None
    origin: tuple[tuple[TimeOfDay, Mg], ...] = ()
    held: date = date.min
    turn: TimeOfDay | None = None
    anchor: tuple[date, int] | None = None
    beside: tuple[tuple[TimeOfDay, Mg], ...] = ()
    cut: Mg | None = None


_day = attrgetter("day")


@dataclass(frozen=True, slots=True)
class Course:
    """What is taken of each drug, from the first day of a plan to its end.

    Attributes:
        tracks: The points of each drug, in order of days.
        end: Day after the last one.
        terms: What is in force at the end of the history.
        first: Daily dose of each drug from which its percentages "of start" count.
        before: The course before the last revision that still counts; None if there is none.
    """

    tracks: Mapping[str, tuple[Point, ...]]
    end: date
    terms: Terms
    first: Mapping[str, Mg]
    before: Course | None = None

    def at(self, drug: str, day: date) -> Point | None:
        """Return what is taken of a drug on a day; None before it was ever taken."""
        points = self.tracks.get(drug, ())
        place = bisect_right(points, day, key=_day)
        return points[place - 1] if place else None

    def taken_on(self, on: date) -> dict[str, Point]:
        """Return what is taken of each drug before a day, or what a revision of that very day ordered."""
        first = min(points[0].day for points in self.tracks.values())
        taken = {}
        for drug in self.tracks:
            today, before = self.at(drug, on), self.at(drug, max(first, on - ONE_DAY))
            point = today if today is not None and today.ordered and today.day == on else before
            if point is not None:
                taken[drug] = point
        return taken

    def under_way(self, on: date) -> dict[int, dict[str, Point]]:
        """Return the phases whose next change is due on a day or later: for the place of each its drugs' points."""
        phases: dict[int, dict[str, Point]] = {}
        for drug, point in self.taken_on(on).items():
            day = on if point.ordered and point.day == on else on - ONE_DAY
            if point.next is not None and point.next >= on and point.ruled_from <= max(day, point.day):
                phases.setdefault(point.phase, {})[drug] = point
        return phases

    def ended(self, order: Order, on: date, active: Collection[int]) -> frozenset[int]:
        """Return the phases that began together with others, and have ended before a day.

        Args:
            order: The order.
            on: The day.
            active: Places of the phases that are under way on it.
        """
        begun = {
            point.phase
            for points in self.tracks.values()
            for point in points
            if point.ruled_from < on and point.next is not None
        }
        phases, drugs = self.terms.phase, order.phase_drugs(self.terms.phase)
        later = range(max(active, default=len(phases)) + 1, len(phases))
        together = {drugs[place] for place in later if phases[place].together}
        return frozenset(place for place in later if drugs[place] in together and place in begun) - set(active)

    def before_cut(self, drug: str, on: date) -> tuple[date, date] | None:
        """Return the last day of the step before the present one of a drug, and the day on which that was left.

        That is the latest higher dose; for a drug that was switched to, the stage before.
        """
        now = self.taken_on(on).get(drug)
        points = [point for point in self.tracks.get(drug, ()) if point.day <= on and (point.day < on or point is now)]
        if now is None or len(points) < 2:
            return None
        pairs = list(pairwise(points))
        left = next((after for before, after in reversed(pairs) if before.average > now.average), None)
        if left is None:
            new_drugs = (phase.switch_to for phase in self.terms.phase if phase.switch_to is not None)
            stages = (after for before, after in reversed(pairs) if before.pattern != after.pattern)
            left = next(stages, None) if drug in {catalog.drug(name).name for name in new_drugs} else None
        return None if left is None else (left.day - ONE_DAY, left.day)

    @property
    def stopped_on(self) -> date | None:
        """The first day without any drug, or None if the course stays on a dose."""
        if self.stays:
            return None
        return max(points[-1].day for points in self.tracks.values())

    @property
    def stays(self) -> bool:
        """Whether something is taken to the end."""
        return any(any(points[-1].taken) for points in self.tracks.values())


def place_of(order: Order, course: Course, event: Event) -> int | None:
    """Return the place of the phase that a revision concerns: the one under way, else the next, else the last.

    Returns:
        None for another dose of a drug that no phase reduces.

    Raises:
        OrderError: Several drugs are reduced and it names none, or one that is not taken.
    """
    phases, drugs = course.terms.phase, order.phase_drugs(course.terms.phase)
    active = sorted(course.under_way(event.on))
    if event.drug is not None:
        wanted, last = named_drug(order, event.drug), max(active, default=-1)
        now = course.taken_on(event.on).get(wanted)
        if now is None or not any(now.taken):
            raise OrderError(f"{wanted} is not taken on this day, so there is nothing to change", field="drug")
        own = [place for place, drug in enumerate(drugs) if drug == wanted]
        active = [place for place in active if drugs[place] == wanted]
        if not active and not own:
            if set(event.changes) <= {"dose", "taken", "product", "stock", "max_units"}:
                return None
            raise OrderError(f"no phase of the plan reduces {wanted}; name phases for it with phase", field="drug")
        if not active:
            return next((place for place in own if place > last and last >= 0), own[-1])
    if len(active) > 1 and set(event.changes) & {"back", "dose", "taken", "reduce", "every", "until", "finish"}:
        named = " and ".join(drugs[place] for place in active)
        raise OrderError(f"{named} are reduced at this time; name the one with drug", field="drug")
    return active[0] if active else len(phases) - 1


def refuse_day(order: Order, course: Course, on: date) -> None:
    """Refuse a revision on a day outside the plan.

    Raises:
        OrderError: The plan has not begun on it, or is over.
    """
    if not order.start <= on <= course.end:
        outside = f"before the plan begins, {order.start}" if on < order.start else f"after its end, {course.end}"
        raise OrderError(f"{on} is {outside}; nothing is left to change", field="on")


def named_drug(order: Order, name: str) -> str:
    """Return a drug of the plan by its name in the catalog.

    Raises:
        OrderError: The plan has no such drug.
    """
    drug = next((drug for drug in order.drugs if drug.lower() == name.lower()), None)
    if drug is None:
        raise OrderError(f"'{name}' is not a drug of this plan; it has {', '.join(order.drugs)}", field="drug")
    return drug


def steps(order: Order, course: Course) -> tuple[Step, ...]:
    """Turn a course into steps: one per change, and one per run of days in a weekly pattern or a cycle."""
    days = sorted({point.day for points in course.tracks.values() for point in points if point.day < course.end})
    planned: list[Step] = []
    drugs = order.drugs
    for number, (start, after) in enumerate(pairwise([*days, course.end])):
        here = {drug: point for drug in drugs if (point := course.at(drug, start)) is not None}
        taken = [point for point in here.values() if any(point.taken)]
        only = taken[0] if len(taken) == 1 else None
        target = only.target if only is not None and only.day == start else None
        if not taken:
            break  # the stop: no step of its own
        patterned = any(len(point.taken) > 1 for point in taken)
        for first, end, intakes in _runs(start, after - ONE_DAY, taken):
            if patterned:
                target = sum((intake.dose for intake in intakes), Mg(0)) if only is not None else None
            planned.append(Step(number, first, end, intakes, target))
    return tuple(planned)


def _runs(first: date, last: date, points: list[Point]) -> Iterator[tuple[date, date, tuple[Intake, ...]]]:
    """Split a step into runs of days with the same intakes: one, unless a weekly pattern or a cycle rules it."""

    def on(day: date) -> tuple[Intake, ...]:
        intakes = [intake for point in points for intake in point.taken[cycle_place(day, len(point.taken))]]
        return tuple(sorted(intakes, key=lambda intake: TIMES.index(intake.time)))

    if all(len(point.taken) == 1 for point in points):
        yield first, last, on(first)
        return
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    for intakes, run in groupby(days, on):
        run_days = list(run)
        yield run_days[0], run_days[-1], intakes
