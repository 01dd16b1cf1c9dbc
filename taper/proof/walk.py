"""An order as it was first written, walked through day by day: phase after phase, each on its days.

The walk knows no plan. It counts the days on which each phase changes the dose (its interval, calendar months, the
ordered weekday, pauses), reads from the schedule what is taken from that day on, and asks whether the words of the
phase allow it; between two such days nothing may change. It ends where nothing is left to reduce, or on the day of
the first revision.

What is not proved: which of the doses that a step allows was chosen; points of occupancy of another drug than the
order's own, whose model is not in the order; a switch to a drug that the order calls by another name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from taper.catalog.equivalence import tables
from taper.proof.days import DAY, NOTHING, Doses, Track, total
from taper.proof.named import TIMES, WEEK, Differs, Leg, Said, Unproved, legs, matches, patterns_of, said, size
from taper.proof.words import after, equivalence, step_rule
from taper.quantity import Mg

if TYPE_CHECKING:
    from taper.interval import Interval
    from taper.order.current import Current
    from taper.order.order import Order
    from taper.order.phase import Phase

_DIAZEPAM = Fraction(10)
"""The mg of diazepam that every table equates with its doses."""


class _Later(Exception):  # noqa: N818
    """The day of the first revision is reached."""


class _Moment(NamedTuple):
    """The day of a change, from which day its phase counts, and how many intervals from there to the day."""

    day: date
    anchor: date
    times: int = 0


class _Now(NamedTuple):
    """What the order lets be taken: the same every day, by the day of the week (no first day), or in a cycle."""

    days: tuple[Said, ...]
    first: date | None = None

    def on(self, day: date) -> Said:
        """Return what is to be taken on a day."""
        place = day.weekday() if self.first is None else (day - self.first).days
        return self.days[place % len(self.days)]

    @property
    def same(self) -> bool:
        """Whether every day is alike."""
        return all(day == self.days[0] for day in self.days)


class Walk:
    """A walk through an order.

    Args:
        order: The order; its revisions are left aside.
        tracks: What the schedule says of each drug.
        targets: The doses that are called targets, by the day and the only drug of that day.
        horizon: A day from which on nothing is asked, that of the first revision; None to go to the end.
    """

    def __init__(
        self,
        order: Order,
        tracks: Mapping[str, Track],
        targets: Mapping[tuple[date, str], Fraction],
        horizon: date | None,
    ) -> None:
        self._order, self._tracks, self._targets = order, tracks, targets
        self._horizon = horizon or date.max
        self._holds = sorted(order.hold, key=lambda hold: hold.on)
        self._first_cut = order.first_cut
        half = order.half_saturation
        self._half = {} if half is None else {order.drugs[0]: half.value}  # the model is that of the order's own drug
        self._now: dict[str, _Now] = {drug: _Now((NOTHING,)) for drug in order.drugs}
        for drug, current in zip(order.drugs, (order.current, *(one.current for one in order.other)), strict=False):
            self._now[drug] = _today(current)
        self._since = dict.fromkeys(order.drugs, order.start)
        self._base = {drug: max(map(size, now.days)) for drug, now in self._now.items() if any(map(size, now.days))}

    def go(self, end: date) -> date | None:
        """Walk to the end.

        Args:
            end: Last day of the schedule.

        Returns:
            The first day without any drug, if the walk came to one.

        Raises:
            Differs: The schedule says something else.
            Unproved: The order says something that is not computed here.
        """
        begin: date | None = self._order.start
        reached: date | None = begin
        for position, leg in enumerate(legs(self._order)):
            if position:
                self._first_cut = None
                begin = begin if leg.phases[0].together else reached
            if begin is None:
                break
            try:
                last = self._leg(leg, begin)
            except _Later:
                reached = None
            else:
                reached = None if reached is None else max(reached, last)
        until = min(self._horizon, end + DAY)
        for drug in self._tracks:
            self._keeps(drug, until)
        over = all(now.days == (NOTHING,) for now in self._now.values())
        return max(self._since.values()) if over and reached is not None else None

    def _leg(self, leg: Leg, begin: date) -> date:
        """Walk through phases of one drug and return the day of their last change."""
        if leg.phases[0].switch_to is not None:
            return self._switch(leg.drug, leg.phases[0], _Moment(begin, begin))
        self._base.setdefault(leg.drug, max(map(size, self._now[leg.drug].days)))
        here = _Moment(begin, begin)
        for phase in leg.phases:
            if phase.doses is not None:
                here = self._typed(leg.drug, phase, here)
            elif phase.weekly is not None or phase.cycles is not None:
                here = self._patterns(leg.drug, phase, here, is_first=phase is self._order.phase[0])
            else:
                here = self._falls(leg.drug, phase, here)
            here = _Moment(here.day, here.day)
        return here.day

    def _next(self, here: _Moment, every: Interval) -> _Moment:
        """Return when the next change is due."""
        ordered = self._first_cut if here.day == self._order.start else None
        nominal = ordered or after(every, here.anchor, here.times + 1)
        day = self._on_weekday(nominal)
        for hold in self._holds:
            if here.day <= hold.on < day:
                day = self._on_weekday(after(hold.length, day))
        return _Moment(day, day) if ordered or day != nominal else _Moment(day, here.anchor, here.times + 1)

    def _on_weekday(self, day: date) -> date:
        if self._order.change_on is None:
            return day
        return day + timedelta(days=(WEEK.index(self._order.change_on) - day.weekday()) % 7)

    def _keeps(self, drug: str, until: date) -> None:
        """Ask that nothing changes but as a pattern says, from the last change up to a day, itself left out."""
        track, now, since = self._tracks[drug], self._now[drug], self._since[drug]
        if now.same:
            wrong = next(iter(track.changes(since + DAY, until - DAY)), None)
            if wrong is None and since < until and not matches(now.days[0], track.at(since)):
                wrong = since
        else:
            days = (since + timedelta(days=offset) for offset in range((until - since).days))
            wrong = next((day for day in days if not matches(now.on(day), track.at(day))), None)
        if wrong is not None:
            is_taken = f"{total(track.at(wrong))} mg of {drug} is taken on {wrong}"
            raise Differs(f"{is_taken}, where the order leads to {size(now.on(wrong))} mg")
        self._since[drug] = max(since, until)

    def _change(self, drug: str, here: _Moment, every: Interval, also: str = "") -> _Moment:
        """Go to the next change, and ask that nothing changes before."""
        moment = self._next(here, every)
        for one in (drug, also) if also else (drug,):
            self._keeps(one, min(moment.day, self._horizon))
        if moment.day >= self._horizon:
            raise _Later
        return moment

    def _falls(self, drug: str, phase: Phase, here: _Moment) -> _Moment:
        """Walk through a phase with a step, or with a finish date."""
        assert phase.until is not None
        while size(self._now[drug].days[0]) > phase.until.value:
            before = self._daily(drug)
            here = self._change(drug, here, phase.every)
            taken = self._tracks[drug].at(here.day)
            problem = self._fall_problem(drug, phase, (before, taken), here.day)
            if problem:
                raise Differs(f"{drug} goes from {total(before)} mg to {total(taken)} mg on {here.day}, {problem}")
            self._now[drug] = _Now((taken,))
        return here

    def _daily(self, drug: str) -> Doses:
        """Return what is taken every day alike, by time of day."""
        if not self._now[drug].same:
            raise Unproved
        return self._tracks[drug].at(self._since[drug])

    def _fall_problem(self, drug: str, phase: Phase, change: tuple[Doses, Doses], day: date) -> str:
        """Say why a phase does not allow a change; nothing if it does."""
        before, taken = change
        now, then = map(total, change)
        goal, stop = phase.until.value if phase.until is not None else Fraction(0), self._order.stop_from
        stops = not then and not goal and stop is not None and now <= stop.value
        if not then < now:
            return "which is no reduction, where one is due"
        if then < goal:
            return f"below the {goal} mg at which the phase ends"
        if self._up(before, taken):
            return "and rises at one time of day"
        if phase.finish is not None:
            if day > phase.finish:
                return f"after the finish date {phase.finish}"
            return "" if then or stops else "and no such stop is ordered"
        rule = step_rule(phase.reduce.written or str(phase.reduce)) if phase.reduce is not None else None
        lowest = rule and rule.lowest(now, self._base[drug], self._half.get(drug))
        if lowest is None:
            return ""
        if then < lowest and not stops:
            return f"and '{phase.reduce}' allows no less than {lowest} mg"
        return self._target_problem(drug, day, max(lowest, goal))

    def _up(self, before: Doses, taken: Doses) -> bool:
        """Return whether a dose rises at a time of day, where all is not merged into it."""
        merge = self._order.merge
        if merge is not None and total(taken) <= merge.at_most.value and not taken.keys() - {merge.into}:
            return False
        return any(dose is not before.get(time) and dose > before.get(time, 0) for time, dose in taken.items())

    def _target_problem(self, drug: str, day: date, target: Fraction) -> str:
        found = self._targets.get((day, drug))
        return f"and its target is said to be {found} mg, not {target} mg" if found not in (None, target) else ""

    def _typed(self, drug: str, phase: Phase, here: _Moment) -> _Moment:
        """Walk through doses that were typed."""
        doses = [said(dose) for dose in phase.doses or ()]
        if self._now[drug].same and matches(doses[0], self._daily(drug)):
            del doses[0]  # the list may begin with the dose of today
        for dose in doses:
            before = self._daily(drug) if self._now[drug].same else None
            here = self._change(drug, here, phase.every)
            taken = self._tracks[drug].at(here.day)
            if before is not None and isinstance(dose, Fraction) and dose <= total(before) and self._up(before, taken):
                raise Differs(f"{drug} rises at one time of day on {here.day}, and the order names no time")
            if not matches(dose, taken):
                raise Differs(
                    f"{total(taken)} mg of {drug} is taken from {here.day} on, where the order says {size(dose)} mg"
                )
            problem = self._target_problem(drug, here.day, size(dose))
            if problem:
                raise Differs(f"{drug} is {total(taken)} mg from {here.day} on, {problem}")
            self._now[drug] = _Now((taken,))
        return here

    def _patterns(self, drug: str, phase: Phase, here: _Moment, *, is_first: bool) -> _Moment:
        """Walk through weekly patterns or cycles."""
        listed, now = patterns_of(phase), self._now[drug]
        if now.same:
            today = self._tracks[drug].at(here.day)
            begins = all(matches(day, today) for day in listed[0])
        else:
            pairs = zip(listed[0], now.days, strict=False)
            begins = is_first and phase.weekly is not None
            begins = begins and all(not isinstance(b, Fraction) and matches(a, b) for a, b in pairs)
        for pattern in listed[int(begins) :]:
            here = self._change(drug, here, phase.every)
            self._now[drug] = _Now(pattern, here.day if phase.weekly is None else None)
        if phase.until is not None:
            here = self._change(drug, here, phase.every)
            self._now[drug] = _Now((NOTHING,))
        return here

    def _switch(self, old: str, phase: Phase, here: _Moment) -> date:
        """Walk through a switch, portion by portion."""
        new = next((drug for drug in self._order.drugs if drug.lower() == (phase.switch_to or "").lower()), None)
        if new is None:
            raise Unproved
        left, beside = dict(self._daily(old)), dict(self._daily(new))
        worth, given = self._worth(old, new, phase, left), dict(beside)
        first = phase.switch_first or ()
        for time in (*first, *(time for time in TIMES if time in left and time not in first)):
            origin = left[time]
            while left.get(time):
                here = self._change(old, here, phase.every, also=new)
                remains = self._tracks[old].at(here.day).get(time, Fraction(0))
                portion = left[time] if phase.portion is None else phase.portion.value
                if not 0 < left[time] - remains <= portion or (phase.portion is None and remains):
                    raise Differs(f"{remains} mg of {old} is left at {time} on {here.day}, of {left[time]} mg")
                left[time] = remains
                given[time] = beside.get(time, Fraction(0)) + worth[time] * (1 - remains / origin)
                self._now[old] = _Now(({at: dose for at, dose in left.items() if dose},))
                self._now[new] = _Now(({at: dose for at, dose in given.items() if dose},))
        if beside:
            self._base.pop(new, None)  # parts "of start" count from the dose at the end of the switches
        return here.day

    def _worth(self, old: str, new: str, phase: Phase, doses: Doses) -> Doses:
        """Return what stands for each intake of the old drug."""
        if phase.to is not None:
            named = said(phase.to)
            if isinstance(named, Fraction) or named.keys() != doses.keys():
                raise Differs(f"the switch to {new} names doses at other times than those of {old}")
            return named
        ratio = equivalence(phase.equivalence or "") or by_table(phase.equivalence or "", old, new)
        if ratio is None:
            raise Unproved
        return {time: dose * ratio for time, dose in doses.items()}


def _today(current: Current) -> _Now:
    if current.weekly is None:
        return _Now((said(current),))
    week = current.weekly
    named = [getattr(week, day) if getattr(week, day) is not None else week.usual for day in WEEK]
    return _Now(tuple(NOTHING if isinstance(dose, Mg) else said(dose) for dose in named))


def by_table(table: str, old: str, new: str) -> Fraction | None:
    """Return the mg of one drug for each mg of another by a published table."""
    found = tables().get(table)
    if found is None:
        return None
    per = []
    for drug in (new, old):
        row = found.row(drug)
        if (row is None and drug != "diazepam") or (row is not None and row.low != row.high):
            return None
        per.append(_DIAZEPAM if row is None else row.low.value)
    return per[0] / per[1]
