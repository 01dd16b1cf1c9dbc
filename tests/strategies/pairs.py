"""Two schedules to be compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from taper.schedule.regimen import Item
from taper.schedule.schedule import Schedule
from tests.strategies.printed import printed_schedules, weekly_runs
from tests.strategies.revisions import real_plans
from tests.strategies.schedules import foreign_schedules
from tests.support.histories import with_history


@st.composite
def next_revisions(draw: st.DrawFn, old: Schedule) -> Schedule:
    """A later revision of a plan: held, ended early, with a changed dose; the order says so in its history."""
    assert old.order is not None
    at = draw(st.integers(0, len(old.steps) - 1))
    held = timedelta(days=draw(st.integers(0, 20)))
    here, later = old.steps[at], old.steps[at + 1 :]
    if draw(st.booleans()):
        later = later[: draw(st.integers(0, 2))]
    deed = draw(st.sampled_from(["hold", "double", "less", "nothing"]))
    if deed == "double":
        doubled = tuple(
            replace(one, dose=one.dose * 2, items=tuple(_twice(item) for item in one.items)) for one in here.intakes
        )
        here = replace(here, intakes=doubled)
    elif deed == "less":
        here = replace(here, intakes=here.intakes[1:])
    moved = (replace(step, start=step.start + held, end=step.end + held) for step in later)
    steps = (*old.steps[:at], replace(here, end=here.end + held), *moved)
    stop = steps[-1].end + timedelta(days=1) if old.stopped_on else None
    on = max(here.start, old.order.start)
    order = with_history(old.order, {"on": on.isoformat(), "hold": "2 weeks", "by": "Dr. Ada"})
    return replace(old, steps=steps, stopped_on=stop, order=order, revision=old.revision + 1)


def _twice(item: Item) -> Item:
    return replace(item, count=item.count and item.count * 2, volume=item.volume and item.volume * 2)


@st.composite
def schedule_pairs(draw: st.DrawFn) -> tuple[Schedule, Schedule]:
    """Two schedules whose days lie near each other: revisions of one plan, other plans, weekly patterns, records."""
    kind = draw(st.sampled_from(["revision", "weekly", "plans", "foreign"]))
    if kind == "revision":
        old = draw(printed_schedules() | weekly_runs())
        return old, draw(next_revisions(old))
    if kind == "weekly":
        return draw(weekly_runs()), draw(weekly_runs() | weekly_runs(date(2026, 1, 14)))
    one: st.SearchStrategy[Schedule] = real_plans() if kind == "plans" else foreign_schedules()
    old, new = draw(one), draw(one)
    if old.steps and new.steps and draw(st.booleans()):  # near each other, so that some days are in both
        shift = old.steps[0].start - new.steps[0].start + timedelta(days=draw(st.integers(-9, 9)))
        steps = (replace(step, start=step.start + shift, end=step.end + shift) for step in new.steps)
        new = replace(new, steps=tuple(steps), stopped_on=new.stopped_on and new.stopped_on + shift)
    return old, new
