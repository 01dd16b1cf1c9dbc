"""A finish date that stays in force when a plan is revised: no cut behind the revision may grow because of it.

A pause, a step back or a longer interval leaves fewer cuts until the date, so each would be larger, for a person who
needed it slower. Such a revision is refused with the choices, unless it names the date: then it is what was ordered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from taper.errors import OrderError, TaperError
from taper.order.history import Event
from taper.order.reduction import Reduction
from taper.planner.course import Course, Point
from taper.quantity import Mg, ended, percent_text, shown
from taper.schedule.schedule import ONE_DAY

Attempt = Callable[[Event], Course]
"""Plans the revision with another event in the place of the one that was given."""

_TRIES = 3  # later dates that are planned, to name one
_FINENESS = 1000  # a step of a dilution is written as a decimal that is larger by less than this part of it
_NAMED = {"finish", "phase"}
_ALONE = {"until", "reduce"}  # a finish date beside them is a contradiction


class _Cut(NamedTuple):
    """A cut: the daily dose before it and after it, and the phase's finish date, if it has one."""

    before: Mg
    after: Mg
    finish: date | None

    @property
    def part(self) -> Fraction:
        """The cut as a fraction of the dose before it."""
        return (self.before - self.after) / self.before


class _Fall(NamedTuple):
    """How a drug comes down: in the plan before, from the same dose on, in the revised plan, and in all before."""

    before: list[_Cut]
    after: list[_Cut]
    whole: list[_Cut]

    def dated(self) -> _Fall:
        """Return only what phases with a finish date rule."""
        return self._replace(
            before=[cut for cut in self.before if cut.finish], after=[cut for cut in self.after if cut.finish]
        )

    @property
    def steeper(self) -> bool:
        """Whether its largest cut, else its second largest, and so on, is larger than before; stops left aside."""
        old, new = _sizes(self.before) or _sizes(self.whole)[:1], _sizes(self.after)
        different = next(((a, b) for a, b in zip(old, new, strict=False) if a != b), None)
        return different is not None and different[1] > different[0]


def refuse_larger_cuts(course: Course, after: Course, event: Event, attempt: Attempt) -> None:
    """Refuse a revision whose cuts grow because a finish date stays in force that it does not name.

    Args:
        course: The course before the revision.
        after: The course after it.
        event: The revision.
        attempt: Plans other revisions instead, to name one that lets no cut grow.

    Raises:
        OrderError: A cut would grow; names the date, the cut, and what to write instead.
    """
    if _NAMED & set(event.changes):
        return
    earlier = course.before if event.undo and course.before is not None else course
    for drug in after.tracks:
        fall = _fall(earlier, after, drug, event)
        if fall.dated().steeper:
            raise OrderError(_message(course, after, drug, event, attempt), field="finish")


def _fall(course: Course, after: Course, drug: str, event: Event) -> _Fall:
    """Compare how a drug comes down before and after a revision, from the dose of the revision's day on."""
    set_that_day = event.back or event.undo or event.dose is not None or event.taken is not None
    points = after.tracks[drug]
    day = event.on if set_that_day else max(points[0].day, event.on - ONE_DAY)
    now, earlier = after.at(drug, day), course.tracks.get(drug, ())
    if now is None:
        return _Fall([], [], [])
    rest = [now, *(point for point in points if point.day > now.day)]
    return _Fall(_cuts(_left(earlier, now.average)), _cuts(rest), _cuts(earlier))


def _left(points: Sequence[Point], dose: Mg) -> list[Point]:
    """Return the end of a track from the first dose on behind which all is at or below a dose; all of it if none is."""
    left: list[Point] = []
    for point in reversed(points):
        if point.average > dose:
            break
        left.insert(0, point)
    return left if any(point.average for point in left) else list(points)


def _cuts(points: Sequence[Point]) -> list[_Cut]:
    return [
        _Cut(one.average, other.average, None if one.rule is None else one.rule.finish)
        for one, other in pairwise(points)
        if other.average < one.average
    ]


def _sizes(cuts: list[_Cut]) -> list[Fraction]:
    return sorted((cut.part for cut in cuts if cut.after), reverse=True)


def _message(course: Course, after: Course, drug: str, event: Event, attempt: Attempt) -> str:
    fall = _fall(course, after, drug, event).dated()
    cut, most = _grown(fall)
    assert cut.finish is not None
    grows = (
        f"the finish date {cut.finish} stays in force, so the cuts until then would grow: {shown(cut.before)} a day "
        f"would fall to {shown(cut.after)} at once, by {percent_text(cut.part)}, where the plan before comes down by "
        f"at most {percent_text(most)} at a time"
    )
    if _ALONE & set(event.changes):
        return (
            f"{grows}; name the phases from now on with phase, their finish date among them, or first make a revision "
            f'that names a later date, or this one with finish = "{cut.finish}"'
        )
    later, step = _later_date(course, after, drug, event, attempt), _step(course, drug, event, attempt, fall)
    dates = [(later, "a later date, with no cut larger than before")] if later else []
    dates += [(cut.finish, "this date all the same")]
    choices = [f'finish = "{day}" ({why})' for day, why in dates]
    typed = [f"--finish {day}" for day, _ in dates]
    choices.insert(-1, f'reduce = "{step}" (a step, and no date)' if step else "reduce (a step, and no date)")
    typed.insert(-1, f'--reduce "{step or "…"}"')
    how = "instead of undo write one of these" if event.undo else "add one of these"
    return f"{grows}; {how}: {', '.join(choices)}; on the command line: {' or '.join(typed)}"


def _grown(fall: _Fall) -> tuple[_Cut, Fraction]:
    """Return the cut that grows most, and the largest one of the plan before on the way between the same doses."""

    def usual(cut: _Cut) -> Fraction:
        between = [old.part for old in fall.before if old.after and old.before > cut.after and old.after < cut.before]
        return max(between or _sizes(fall.before) or _sizes(fall.whole), default=Fraction(0))

    falls = [cut for cut in fall.after if cut.after]
    grown = max(falls, key=lambda cut: (cut.part - usual(cut), cut.before))
    return grown, usual(grown)


def _planned(attempt: Attempt, event: Event) -> Course | None:
    try:
        return attempt(event)
    except TaperError:
        return None


def _later_date(course: Course, after: Course, drug: str, event: Event, attempt: Attempt) -> date | None:
    """Return a finish date with which no cut grows: as many more cuts from the next one on as the plan before had."""
    now, following = after.at(drug, event.on), [point for point in after.tracks[drug] if point.day > event.on]
    if now is None or now.rule is None or not following:
        return None
    left = _left(course.tracks[drug], now.average)
    cuts = len(left) - (left[0].average == now.average)
    every = event.every or now.rule.every
    for more in range(_TRIES):
        day = every.after(following[0].day, cuts - 1 + more)
        other = event.changed(finish=day) if not event.undo else Event(on=event.on, drug=event.drug, finish=day)
        planned = _planned(attempt, other)
        if planned is not None and not _fall(course, planned, drug, other).dated().steeper:
            return day
    return None


def _step(course: Course, drug: str, event: Event, attempt: Attempt, fall: _Fall) -> Mg | None:
    """Return a step of the plan before, the largest that lets no cut grow without a finish date."""
    for cut in sorted({cut.before - cut.after for cut in fall.before if cut.after}, reverse=True)[:_TRIES]:
        amount = Mg(ended(cut.value, cut.value / _FINENESS))  # what is typed ends as a decimal
        rule = Reduction(amount=amount)
        other = event.changed(reduce=rule) if not event.undo else Event(on=event.on, drug=event.drug, reduce=rule)
        planned = _planned(attempt, other)
        if planned is not None and not _fall(course, planned, drug, other).steeper:
            return amount
    return None
