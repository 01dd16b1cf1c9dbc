"""Schedules that the planner made, and their revisions."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import reject, strategies as st

from taper.quantity import Mg
from taper.schedule.schedule import Schedule
from tests.oracles.brute import DAYS
from tests.strategies.orders import cycle_orders, joint_orders, order_data, weekly_orders
from tests.support.planning import plan_or_none, revision_or_none


@st.composite
def real_plans(draw: st.DrawFn, times: int = 2) -> Schedule:
    """A schedule that the planner made from an order, one or several times a day."""
    schedule = plan_or_none(draw(order_data(times=draw(st.integers(1, times)), highest=8)))
    return reject() if schedule is None else schedule


@st.composite
def joint_plans(draw: st.DrawFn) -> Schedule:
    """A plan of several legs: a switch, a second drug before, behind or beside the first, or weekly patterns."""
    data = draw(draw(st.sampled_from([weekly_orders, cycle_orders, joint_orders, joint_orders]))())
    schedule = plan_or_none(data)
    return reject() if schedule is None else schedule


@st.composite
def dated_plans(draw: st.DrawFn) -> Schedule:
    """A plan to a finish date, behind a phase with a step or not."""
    split = draw(st.sampled_from(["whole", "halves"]))
    finish = date(2026, 1, 5) + timedelta(weeks=draw(st.integers(6, 40)))
    every = draw(st.sampled_from(["1 week", "2 weeks", "1 month"]))
    phases = [{"finish": finish.isoformat(), "every": every, "until": draw(st.sampled_from(["0 mg", "0 mg", "2 mg"]))}]
    if draw(st.integers(0, 3)) == 0:
        phases.insert(0, {"reduce": "2 mg", "every": every, "until": "8 mg"})
    data = {
        "drug": "diazepam",
        "country": "US",
        "start": "2026-01-05",
        "stop_from": draw(st.sampled_from(["2 mg", "4 mg"])),
        "current": {"morning": "4 mg", "bedtime": "6 mg"} if draw(st.booleans()) else {"bedtime": "12 mg"},
        "product": [{"name": "diazepam tablet 2 mg", "split": split}],
        "phase": phases,
    }
    schedule = plan_or_none(data)
    return reject() if schedule is None else schedule


@st.composite
def changes(draw: st.DrawFn, schedule: Schedule) -> dict[str, Any]:
    """What a revision of a plan may say: a day of it, and one or two changes; not all can be carried out."""
    order = schedule.order
    assert order is not None
    first = order.history[-1].on if order.history else order.start
    last = schedule.stopped_on or schedule.steps[-1].end + timedelta(days=1)
    day = first + timedelta(days=draw(st.integers(0, (last - first).days)))
    times = sorted({i.time for s in schedule.steps for i in s.intakes}) or ["morning"]
    unit = min(product.smallest for product in order.products)

    def doses(most: int) -> dict[str, str]:
        return {
            time: str(unit * draw(st.integers(1, most))) for time in draw(st.sets(st.sampled_from(times), min_size=1))
        }

    def odd() -> dict[str, str]:
        return {time: str(Mg(Fraction(draw(st.integers(1, 4000)), 100))) for time in times}

    kinds: dict[str, Any] = {
        "hold": lambda: {"hold": draw(st.sampled_from(["3 days", "2 weeks", "1 month"]))},
        "until review": lambda: {"hold_until": (day + timedelta(days=draw(st.integers(1, 60)))).isoformat()},
        "slow": lambda: {"every": draw(st.sampled_from(["1 week", "3 weeks", "1 month"]))},
        "step": lambda: {"reduce": f"{draw(st.sampled_from([5, 10, 50]))}% of current, at least {unit}"},
        "both": lambda: {"hold": "1 week", "every": "4 weeks"},
        "back": lambda: {"back": True},
        "dose": lambda: {"dose": doses(12)},
        "taken": lambda: {"taken": doses(12)},
        "odd": lambda: {"taken": odd()},
        "goal": lambda: {"until": str(unit * draw(st.integers(0, 3)))},
        "weekday": lambda: {"change_on": draw(st.sampled_from(DAYS))},
        "units": lambda: {"max_units": draw(st.sampled_from([8, 12]))},
        "undo": lambda: {"undo": True},
        "phases": lambda: {
            "phase": [{"reduce": f"20% of current, at least {unit}", "every": "10 days", "until": "0 mg"}]
        },
    }
    if any(phase.finish for phase in order.phase):
        kinds["date"] = lambda: {"finish": (day + timedelta(weeks=draw(st.integers(4, 40)))).isoformat()}
    kind = draw(st.sampled_from(sorted(kinds)))
    said = {"on": day, "reason": draw(st.none() | st.just("sleep is worse")), "by": "Dr A", **kinds[kind]()}
    if len(order.drugs) > 1 and draw(st.booleans()):
        said["drug"] = draw(st.sampled_from(order.drugs))
    return said


@st.composite
def revised_plans(
    draw: st.DrawFn, most: int = 4, times: int = 2, joint: bool = True, dated: bool = False
) -> list[Schedule]:
    """A plan and its revisions, each made from the one before; changes that cannot be carried out are left out."""
    if dated:
        found = [draw(dated_plans())]
    else:
        found = [draw(joint_plans() if joint and draw(st.integers(0, 1)) else real_plans(times=times))]
    for _ in range(draw(st.integers(1, most))):
        if (revised := revision_or_none(found[-1], **draw(changes(found[-1])))) is not None:
            found.append(revised)
    return found


@st.composite
def living_plans(draw: st.DrawFn) -> Schedule:
    """A planned schedule of any kind: of several drugs, with weekly patterns, after some revisions."""
    return draw(revised_plans(most=2))[-1]
