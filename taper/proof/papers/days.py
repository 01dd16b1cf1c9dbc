"""The days of a calendar and of the sheet of weeks: each day of the plan once, with its date, its doses and marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from taper.proof.days import DAY
from taper.proof.papers.case import Case, measured
from taper.proof.papers.doses import prove_day, prove_drug, prove_items, prove_totals
from taper.proof.papers.patterns import prove_pattern
from taper.proof.papers.reading import low, plain, same
from taper.proof.papers.volumes import prove_source
from taper.proof.words import after

if TYPE_CHECKING:
    from taper.schedule.schedule import Step


class Calendar:
    """The days that a paper must show.

    Args:
        case: The paper.
        first: Its first day.
        last: Its last day.
        begin: First day of the plan, or of its last revision.
    """

    def __init__(self, case: Case, first: date, last: date, begin: date) -> None:
        self.case, self.first, self.last, self.begin = case, first, last, begin
        self._known: dict[date, Any] = {}
        self.reviews = reviews(case)
        self.new = frozenset(_new_days(case))
        self.marked = {*self.new, *self.reviews, begin}
        self.may_be_new = {step.start for step in case.asked.schedule.steps} | {step.start for step in case.steps}

    def prove_months(self, months: Sequence[Any], weekdays: Sequence[str], layout: str) -> None:
        """Hold the calendar against the plan, page by page."""
        day, case = self.first, self.case
        dated = case.read.first is None
        heads = [case.tongue.weekdays.index(low(name)) for name in weekdays] if dated else []
        if dated and (len(heads) != 7 or any((heads[0] + at) % 7 != head for at, head in enumerate(heads))):
            case.fail("the heads of the calendar are not the days of a week")
        shown_doses, shown_step, without, known = None, None, False, self._known
        for month in months:
            title, grid = low(month.title), dated and layout != "week"
            for week in month.weeks:
                for column, shown in enumerate(week):
                    if shown is None:
                        continue
                    if shown.day != day:
                        case.fail(f"the calendar shows {shown.day}, where {day} comes")
                    if grid and (column - day.weekday() + heads[0]) % 7:
                        case.fail(f"the calendar has {day} in the column of another day of the week")
                    step = case.by_day.get(day)
                    if shown.doses is not shown_doses or step is not shown_step or step is None:
                        self._prove_doses(shown, day)
                        shown_doses, shown_step = shown.doses, step
                        without = step is not None and not case.taken(step)
                    self._prove_named(shown, day, step, without=without)
                    if grid and (day.day == 1 or day == self.first):
                        self._prove_title(title, day)
                    known[day] = shown
                    day += DAY
        if day != self.last + DAY:
            case.fail(f"the calendar has lost {day}")

    def _prove_title(self, title: str, day: date) -> None:
        names = (*self.case.tongue.months[day.month - 1], *self.case.tongue.months_short[day.month - 1])
        if not title.startswith(names) or not title.endswith(str(day.year)):
            self.case.fail(f"the calendar has {day} under {title!r}")

    def _prove_doses(self, shown: Any, day: date) -> None:
        step = self.case.by_day.get(day)
        if step is None or shown.doses is None:
            if step is not None or shown.doses is not None:
                self.case.fail(f"the calendar and the plan do not both name a regimen for {day}")
            return
        taken = self.case.taken(step)
        if (id(shown.doses), id(taken)) not in self.case.proved:
            prove_day(self.case, shown.doses, taken, f"{day}")

    def prove_again(self, shown: Any, day: date) -> None:
        """Hold a day that stands in the calendar already against the plan: what is the same is not read twice."""
        known = self._known.get(day)
        if known is None or shown.name != known.name or shown.number != known.number or shown.none != known.none:
            self.prove_day(shown, day)
        elif shown.marks != known.marks:
            self._prove_marks(shown.marks, day, missing=day not in self.case.by_day)

    def prove_day(self, shown: Any, day: date) -> None:
        """Hold the number, the name, the words for no dose and the marks of a day against the plan."""
        step = self.case.by_day.get(day)
        self._prove_named(shown, day, step, without=step is not None and not self.case.taken(step))

    def _prove_named(self, shown: Any, day: date, step: Step | None, *, without: bool) -> None:
        read, case = self.case.read, self.case
        if read.first is None:
            if shown.number != str(day.day) or not read.is_long_date(shown.name, day):
                case.fail(f"{day} is called {plain(shown.name)!r}, number {shown.number!r}")
        else:
            number = str((day - read.first).days + 1)
            if shown.number != number or plain(shown.name).rpartition(" ")[2] != number:
                case.fail(f"day {number} is called {plain(shown.name)!r}, number {shown.number!r}")
        if bool(shown.none) != without or (without and low(shown.none) not in case.tongue.marks["none"]):
            case.fail(f"{day} says {shown.none!r}, and the plan has {'no dose' if without else 'a dose'} on it")
        if shown.marks or day in self.marked or step is None:
            self._prove_marks(shown.marks, day, missing=step is None)

    def _prove_marks(self, marks: Sequence[Any], day: date, *, missing: bool) -> None:
        case, kinds = self.case, [mark.kind for mark in marks]
        for mark in marks:
            if low(mark.text) not in case.tongue.marks[mark.kind]:
                case.fail(f"{day} has the mark {mark.kind!r} with the words {plain(mark.text)!r}")
        stops = day == case.stop
        wanted = {
            "start": day == self.begin,
            "stop": stops,
            "gap": missing and not stops,
            "review": day in self.reviews,
        }
        for kind, should in wanted.items():
            if kinds.count(kind) != int(should):
                case.fail(f"{day} has the mark {kind!r} wrongly, or has lost it")
        is_new, may_be = "new" in kinds, day in self.may_be_new and day != case.asked.schedule.steps[0].start
        if kinds.count("new") > 1 or (is_new and not may_be):
            case.fail(f"{day} has the mark of a new dose, and has none")
        if day in self.new and not is_new:
            case.fail(f"{day} has lost the mark of its new dose")
        before, now = case.by_day.get(day - DAY), case.by_day.get(day)
        if not is_new or day <= self.first or before is None or now is None:
            return
        if before.number == now.number and case.taken(before) == case.taken(now):
            case.fail(f"{day} has the mark of a new dose wrongly")


def _new_days(case: Case) -> Iterator[date]:
    """Yield days that must be marked: the first of a step of one regimen after another one of another."""
    groups = [list(runs) for _, runs in groupby(case.steps, key=lambda step: step.number)]
    for before, (first, *_) in pairwise(groups):
        old = {case.taken(step) for step in before}
        if case.taken(first) not in old and _shown(case, first) not in {_shown(case, step) for step in before}:
            yield first.start


def _shown(case: Case, step: Any) -> tuple[object, ...]:
    """Return what a paper can tell apart of a regimen."""
    return tuple(
        (one.time, one.drug, one.dose, tuple((item.product, item.count, item.volume) for item in one.items))
        for one in case.taken(step)
    )


def reviews(case: Case) -> frozenset[date]:
    """Return the days of review: from the first day on at the ordered interval, as the last revision that says so."""
    order, schedule = case.order, case.asked.schedule
    if order is None:
        return frozenset()
    first, last = schedule.steps[0].start, schedule.stopped_on or schedule.steps[-1].end
    held = [(order.start, order.review_every)]
    stack = [order.review_every]
    for event in order.history:
        if event.undo:
            if len(stack) > 1:
                stack.pop()
        else:
            stack.append(event.review_every or stack[-1])
        held.append((event.on, stack[-1]))
    found = set()
    for place, (on, every) in enumerate(held):
        end = held[place + 1][0] if place + 1 < len(held) else last + DAY
        if every is None:
            continue
        for times in range(1, (last - first).days + 1):
            day = after(every, first, times)
            if day >= end:
                break
            if day >= on:
                found.add(day)
    return frozenset(found)


def prove_weeks(calendar: Calendar, table: Any) -> None:
    """Hold the sheet of weeks against the plan: each day once, a box for each dose, and what is taken in words."""
    case, day = calendar.case, calendar.first
    dated = case.read.first is None
    heads = [case.tongue.weekdays.index(low(name)) for name in table.weekday_names] if dated else []
    before, number = None, 0
    for block in table.blocks:
        days = []
        for row in block.weeks:
            begins = True
            for column, shown in enumerate(row.days):
                if shown is None:
                    continue
                calendar.prove_again(shown, day)
                if dated and heads and heads[column] != day.weekday():
                    case.fail(f"the weeks have {day} in the column of another day of the week")
                if begins:
                    _prove_from(case, row, day)
                    begins = False
                step = case.by_day.get(day)
                if step is not before or step is None:
                    number, before = len(case.taken(step)) if step is not None else 0, step
                if sum(shown.boxes) != number:
                    case.fail(f"the weeks have {sum(shown.boxes)} boxes on {day}, and the plan has {number} doses")
                days.append(day)
                day += DAY
        prove_block(case, block, days)
    if day != calendar.last + DAY:
        case.fail(f"the weeks have lost {day}")


def _prove_from(case: Case, row: Any, day: date) -> None:
    """The first column of a row of weeks names its first day."""
    text = f"{row.start} {row.year}".strip()
    if case.read.dates(text)[:1] != (day,):
        case.fail(f"the row of weeks of {day} begins with {plain(text)!r}")


def prove_block(case: Case, block: Any, days: Sequence[date]) -> None:
    """What a block of weeks says is taken is what is taken on its days."""
    steps = list({id(step): step for day in days if (step := case.by_day.get(day)) is not None}.values())
    regimens = list({id(taken): taken for taken in map(case.taken, steps)}.values())
    where = f"the weeks from {days[0]}" if days else "a block of weeks"
    if not regimens:
        text = (*case.tongue.marks["stop"], *case.tongue.marks["gap"])
        if block.parts or low(block.total) not in text:
            case.fail(f"{where} say {plain(block.total)!r}")
        return
    for part in block.parts:
        if not part.when:
            if len(regimens) != 1 or len(block.parts) != 1:
                case.fail(f"{where} say one regimen for several")
            _prove_part(case, part, regimens[0], where)
    whole = [step for step in case.steps if step.number == steps[0].number]
    if any(part.when for part in block.parts):
        prove_pattern(case, [(part.when, part) for part in block.parts], whole, _prove_part, where)
    if len({case.taken(step) for step in whole}) > 1:  # also where only its first days are shown, which are alike
        return
    if block.total:
        prove_totals(case, block.total, case.totals(regimens[0]), where)
    elif len(case.drugs) == 1 and not all(measured(case, intake.items) for intake in regimens[0]):
        case.fail(f"{where} have lost the daily dose")


def _prove_part(case: Case, part: Any, taken: tuple[Any, ...], where: str) -> None:
    """The lines of a block are the doses of a regimen, one after the other."""
    if case.is_known(taken, part.lines):
        return
    lines = [line for line in part.lines if line.label]
    if len(lines) != len(taken):
        case.fail(f"{where} have {len(lines)} doses, and the plan has {len(taken)}")
    for line, intake in zip(lines, taken, strict=True):
        label, own = plain(line.label), f"{where} {plain(line.label)!r}"
        time = next((name for name in case.tongue.times[intake.time] if label.lower().startswith(name)), "")
        if not time:
            case.fail(f"{own} is not the {intake.time} of the plan")
        mg = case.read.mg(label)
        if len(mg) > 1 or not all(same(one, intake.dose.value) for one in mg):
            case.fail(f"{own} is not {intake.dose}")
        if not mg and not line.pieces:
            case.fail(f"{own} has lost its dose")
        if len(case.drugs) > 1 and mg:
            prove_drug(case, label[len(time) :].strip().rsplit(" ", 2)[0], intake.drug, own)
        if intake.items and line.pieces and not line.measure:
            text = " ".join(plain(one) for one in line.pieces)
            if len(intake.items) == 1 and intake.items[0].volume is not None:
                prove_source(case, text, intake.items, own)
            else:
                prove_items(case, text, intake.items, own)
    weight = [line for line in part.lines if not line.label]
    if len(weight) > 1:
        case.fail(f"{where} say a dose without its time")
    if part.when and not taken and not any(none in low(part.when) for none in case.tongue.none):
        case.fail(f"{where} do not say that there is no dose")
