"""All Hypothesis strategies, by section: amounts, products, orders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import assume, reject, strategies as st

from taper.order.history import Event, first_hash
from taper.order.order import Order, parse_order
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import Schedule, Step
from tests.oracles.brute import DAYS, TIMES, makeable

# ---- amounts -------------------------------------------------------------------------------------

fractions = st.builds(Fraction, st.integers(0, 10**6), st.integers(1, 10**4))
"""Exact numbers of zero or more, many of which do not end as decimals."""

decimals = st.builds(lambda digits, places: Fraction(digits, 10**places), st.integers(0, 10**9), st.integers(0, 9))
"""Exact numbers of zero or more that can be written as plain decimals."""


def decimal_text(value: Fraction) -> str:
    """Write a decimal fraction in plain digits, without the library."""
    places = next(n for n in range(40) if (value * 10**n).denominator == 1)
    digits = str(abs((value * 10**places).numerator)).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


# ---- products ------------------------------------------------------------------------------------

STRENGTHS = ("0.5", "1", "2", "2.5", "5", "10")


@st.composite
def tablets(draw: st.DrawFn, letter: str = "A") -> dict[str, Any]:
    """A tablet described by the clinician, with any strength and split."""
    return {
        "name": f"tablet {letter}",
        "source": "clinician",
        "form": "tablet",
        "strength": f"{draw(st.sampled_from(STRENGTHS))} mg",
        "split": draw(st.sampled_from(["whole", "halves", "quarters"])),
    }


@st.composite
def liquids(draw: st.DrawFn, letter: str = "L") -> dict[str, Any]:
    """A liquid described by the clinician, with a device."""
    return {
        "name": f"liquid {letter}",
        "source": "clinician",
        "form": "oral solution",
        "strength": f"{draw(st.sampled_from(['0.5', '1', '2']))} mg/mL",
        "device": "oral syringe",
        "graduation": f"{draw(st.sampled_from(['0.25', '0.5', '1']))} mL",
    }


@st.composite
def product_lists(draw: st.DrawFn, most: int = 3, liquid: bool = True) -> list[dict[str, Any]]:
    """One to a few products, tablets first."""
    lines = [draw(tablets(letter)) for letter in "ABC"[: draw(st.integers(1, most))]]
    if liquid and draw(st.integers(0, 5)) == 0:
        lines[-1] = draw(liquids())
    return lines


# ---- orders --------------------------------------------------------------------------------------

INTERVALS = ("1 day", "3 days", "10 days", "1 week", "2 weeks", "1 month", "2 months")
RULES = (
    "10% of current",
    "25% of current",
    "40% of current",
    "60% of current",
    "10% of start",
    "25% of start",
    "1 mg",
    "2.5 mg",
)


@st.composite
def start_days(draw: st.DrawFn) -> str:
    """Any first day, often the end of a month."""
    day = draw(st.dates(date(2024, 1, 1), date(2028, 12, 31)))
    return draw(st.sampled_from([day.isoformat(), f"{day.year}-01-31", f"{day.year}-08-31", "2028-02-29"]))


@st.composite
def rules(draw: st.DrawFn, unit: str) -> str:
    """How far one cut may go; mostly with a floor, so that most orders have a plan."""
    rule = draw(st.sampled_from(RULES))
    if draw(st.integers(0, 3)):
        rule += f", at least {unit} mg"
    return rule


@st.composite
def order_data(draw: st.DrawFn, times: int = 1, dates: bool = True, highest: int = 14) -> dict[str, Any]:
    """A small order as plain data: described products, makeable doses, one to three phases.

    Args:
        draw: Draws.
        times: Times of day.
        dates: Whether to add a first cut, a weekday and pauses.
        highest: Most steps of the grid in one intake.
    """
    products = draw(product_lists())
    most_units = draw(st.sampled_from([2, 4, 8]))
    data: dict[str, Any] = {
        "drug": "diazepam",
        "country": "US",
        "start": draw(start_days()),
        "max_units": most_units,
        "current": {},
        "product": products,
        "phase": [],
    }
    known = sorted(makeable(data, Fraction(10)))
    usable = known[1 : highest + 1]
    chosen = sorted(
        draw(st.lists(st.sampled_from(TIMES), min_size=times, max_size=times, unique=True)), key=TIMES.index
    )
    doses = [draw(st.sampled_from(usable[len(usable) // 2 :])) for _ in chosen]
    data["current"] = {time: f"{decimal_text(dose)} mg" for time, dose in zip(chosen, doses, strict=True)}
    unit = decimal_text(draw(st.integers(1, 3)) * max(b - a for a, b in zip(known, usable, strict=False)))
    total = sum(doses)
    goals = sorted(
        draw(st.lists(st.sampled_from(usable), max_size=2, unique=True)) if draw(st.integers(0, 2)) == 0 else [],
        reverse=True,
    )
    goals = [goal for goal in goals if goal < total]
    if not goals or draw(st.integers(0, 3)):
        goals.append(Fraction(0))
    for goal in goals:
        data["phase"].append(
            {
                "reduce": draw(rules(unit)),
                "every": draw(st.sampled_from(INTERVALS)),
                "until": f"{decimal_text(goal)} mg",
            }
        )
    if draw(st.booleans()):
        data["stop_from"] = f"{decimal_text(draw(st.sampled_from(usable)))} mg"
    if times > 1:
        draw(policies(data))
    if dates:
        draw(moved_dates(data))
    return data


@st.composite
def policies(draw: st.DrawFn, data: dict[str, Any]) -> None:
    """Say where the cuts of several times of day fall, and perhaps from which dose on all is taken at one of them."""
    chosen = list(data["current"])
    policy = draw(st.sampled_from(["", "even", "alternate", "alternate", "night", "reduce_first"]))
    if policy == "reduce_first":
        data["reduce_first"] = draw(st.lists(st.sampled_from(chosen), min_size=1, unique=True))
    elif policy:
        data["spread"] = policy
    if draw(st.integers(0, 2)) == 0:
        # Above the starting dose too: then the first cut merges.
        half = sum(Fraction(dose.split()[0]) for dose in data["current"].values()) / 2
        dose = draw(st.sampled_from([half / 2, half, half * 3 / 2, half * 3]))
        data["merge"] = {"from": f"{decimal_text(dose)} mg", "into": draw(st.sampled_from(chosen))}


@st.composite
def moved_dates(draw: st.DrawFn, data: dict[str, Any]) -> None:
    """Add a first cut, a weekday on which doses change, and pauses, or none of them."""
    start = date.fromisoformat(data["start"])
    if draw(st.integers(0, 2)) == 0:
        data["change_on"] = draw(st.sampled_from(DAYS))
    if draw(st.integers(0, 3)) == 0:
        first = date.fromordinal(start.toordinal() + draw(st.integers(1, 40)))
        while data.get("change_on", DAYS[first.weekday()]) != DAYS[first.weekday()]:
            first = date.fromordinal(first.toordinal() + 1)
        data["first_cut"] = first.isoformat()
    if draw(st.integers(0, 2)) == 0:
        offsets = draw(st.lists(st.integers(0, 60), min_size=1, max_size=3))
        data["hold"] = [
            {
                "on": date.fromordinal(start.toordinal() + offset).isoformat(),
                "for": draw(st.sampled_from(["2 days", "1 week", "1 month"])),
            }
            for offset in offsets
        ]


# ---- schedules -----------------------------------------------------------------------------------

DRUGS = ("diazepam", "lorazepam", "tetrazepam")
"""The reference drug, one on which the tables disagree, and one for which no value was read."""


@st.composite
def intakes(draw: st.DrawFn) -> Intake:
    """One drug at one time of day, also of 0 mg, with pieces or without, right or wrong."""
    items = draw(
        st.lists(
            st.builds(
                Item,
                st.sampled_from(["tablet A", "tablet B", "diazepam tablet 5 mg"]),
                st.none() | st.builds(Pieces, st.fractions(0, 5, max_denominator=5)),
                st.none() | st.builds(Ml, st.fractions(0, 5, max_denominator=5)),
            ),
            max_size=2,
        )
    )
    dose = Mg(draw(st.sampled_from([Fraction(n, 4) for n in range(81)])))
    return Intake(draw(st.sampled_from(TIMES)), draw(st.sampled_from(DRUGS)), dose, tuple(items))  # type: ignore[arg-type]


@st.composite
def foreign_schedules(draw: st.DrawFn) -> Schedule:
    """Any schedule: gaps, overlaps, zeros, several drugs, with or without an order or an end."""
    day = draw(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
    steps = []
    for number in range(draw(st.integers(0, 8))):
        day += timedelta(days=draw(st.sampled_from([0, 0, 0, 0, 3, -2])))
        end = day + timedelta(days=draw(st.sampled_from([0, 0, 1, 6, 13])))
        steps.append(Step(number, day, end, tuple(draw(st.lists(intakes(), max_size=3)))))
        day = end + timedelta(days=1)
    order = parse_order(draw(order_data())) if draw(st.integers(0, 3)) == 0 else None
    stopped_on = draw(st.none() | st.just(day))
    return Schedule(tuple(steps), stopped_on, order, origin=draw(st.sampled_from(["plan", "csv"])))


@st.composite
def curves(draw: st.DrawFn) -> list[tuple[Fraction, int]]:
    """Daily doses of one drug and the days that each is kept, often falling, some of them zero."""
    found = []
    dose = draw(st.integers(1, 80))
    for _ in range(draw(st.integers(1, 9))):
        found.append((Fraction(dose, 4), draw(st.sampled_from([1, 1, 2, 5, 7, 13, 14, 15]))))
        dose = max(0, dose + draw(st.integers(-12, 3)))
    return found


def schedule_of_curve(curve: list[tuple[Fraction, int]], drug: str = "diazepam") -> Schedule:
    """Lay a curve out as a schedule, one step for each dose."""
    steps, day = [], date(2026, 1, 5)
    for number, (dose, days) in enumerate(curve):
        end = day + timedelta(days=days - 1)
        steps.append(Step(number, day, end, (Intake("bedtime", drug, Mg(dose)),) if dose else ()))
        day = end + timedelta(days=1)
    return Schedule(tuple(steps), origin="csv")


# ---- paper ---------------------------------------------------------------------------------------

_PRINTED: dict[str, Any] = {
    "drug": "diazepam",
    "country": "GB",
    "start": "2026-01-05",
    "review_every": "4 weeks",
    "current": {"morning": "10 mg", "bedtime": "10 mg"},
    "product": [
        {"name": "diazepam tablet 10 mg", "split": "whole"},
        {"name": "diazepam tablet 5 mg", "split": "halves"},
        {"name": "diazepam tablet 2 mg", "split": "quarters"},
        {
            "name": "diazepam drops",
            "source": "clinician",
            "form": "oral drops",
            "strength": "10 mg/mL",
            "drops_per_ml": 20,
            "device": "dropper of the bottle",
            "graduation": "1 drop",
        },
        {
            "name": "diazepam liquid",
            "source": "clinician",
            "form": "oral solution",
            "strength": "0.4 mg/mL",
            "device": "5 mL oral syringe",
            "graduation": "0.2 mL",
        },
    ],
    "phase": [{"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"}],
}


@st.composite
def printed_schedules(draw: st.DrawFn, most_steps: int = 5) -> Schedule:
    """A schedule of exact pieces, volumes and drops, up to four times a day, with or without a stop."""
    order = parse_order(_PRINTED)
    day, steps = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 800))), []
    for number in range(draw(st.integers(1, most_steps))):
        taken = draw(_printed_regimens(order, least=0 if number else 1))
        end = day + timedelta(days=draw(st.integers(0, 20)))
        steps.append(Step(number, day, end, taken))
        day = end + timedelta(days=1)
    return Schedule(tuple(steps), draw(st.none() | st.just(day)), order, plan_id="0f3c2a9e-plan")


_MIXED: dict[str, Any] = {
    "drug": "diazepam",
    "country": "GB",
    "start": "2026-01-05",
    "current": {"bedtime": "10 mg"},
    "other": [
        {"drug": "lorazepam", "current": {"morning": "1 mg"}},
        {"drug": "chlordiazepoxide", "current": {"noon": "10 mg"}},
    ],
    "product": [
        {"name": "diazepam tablet 5 mg", "split": "halves"},
        {"name": "lorazepam tablet 1 mg", "split": "quarters"},
        {
            "name": "lorazepam drops",
            "drug": "lorazepam",
            "source": "clinician",
            "form": "oral drops",
            "strength": "2 mg/mL",
            "drops_per_ml": 20,
            "device": "dropper of the bottle",
            "graduation": "1 drop",
        },
        {"name": "diazepam tablet 2 mg", "split": "quarters"},
        {
            "name": "diazepam liquid",
            "source": "clinician",
            "form": "oral solution",
            "strength": "0.4 mg/mL",
            "device": "5 mL oral syringe",
            "graduation": "0.2 mL",
        },
        {
            "name": "capsule C",
            "drug": "chlordiazepoxide",
            "source": "clinician",
            "form": "capsule",
            "strength": "5 mg",
        },
    ],
    "phase": [{"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"}],
}


@st.composite
def mixed_schedules(draw: st.DrawFn, most_steps: int = 4, fewest: int = 1) -> Schedule:
    """A schedule of one to three drugs, each from pieces, volumes or drops, all of them on some day or none."""
    order = parse_order(_MIXED)
    drugs = draw(st.lists(st.sampled_from(order.drugs), min_size=fewest, max_size=3, unique=True))
    day, steps = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 800))), []
    for number in range(draw(st.integers(1, most_steps))):
        taken = []
        for drug in drugs:
            least = 1 if not number else 0
            for time in draw(st.lists(st.sampled_from(TIMES), min_size=least, max_size=2, unique=True)):
                items, dose = [], Mg(0)
                own = [one for one in order.products if one.product.drug == drug]
                for one in draw(st.lists(st.sampled_from(own), min_size=1, max_size=2, unique=True)):
                    parts = draw(st.integers(1, 9))
                    if one.graduation is not None:
                        items.append(Item(one.name, volume=one.graduation * parts))
                    else:
                        items.append(Item(one.name, Pieces(one.split or 1) * parts))
                    dose += one.smallest * parts
                taken.append(Intake(time, drug, dose, tuple(items)))  # type: ignore[arg-type]
        taken.sort(key=lambda intake: TIMES.index(intake.time))
        end = day + timedelta(days=draw(st.integers(0, 20)))
        steps.append(Step(number, day, end, tuple(taken)))
        day = end + timedelta(days=1)
    return Schedule(tuple(steps), draw(st.none() | st.just(day)), order, plan_id="0f3c2a9e-plan")


@st.composite
def _printed_regimens(draw: st.DrawFn, order: Order, least: int = 0) -> tuple[Intake, ...]:
    taken = []
    for time in draw(st.lists(st.sampled_from(TIMES), min_size=least, max_size=4, unique=True)):
        items, dose = [], Mg(0)
        for one in draw(st.lists(st.sampled_from(order.products), min_size=1, max_size=3, unique=True)):
            parts = draw(st.integers(1, 14))
            if one.graduation is not None:
                items.append(Item(one.name, volume=one.graduation * parts))
            else:
                items.append(Item(one.name, Pieces(one.split or 1) * parts))
            dose += one.smallest * parts
        taken.append(Intake(time, "diazepam", dose, tuple(items)))  # type: ignore[arg-type]
    return tuple(sorted(taken, key=lambda intake: TIMES.index(intake.time)))


@st.composite
def weekly_schedules(draw: st.DrawFn, most_steps: int = 4) -> Schedule:
    """As `printed_schedules`, with weekly patterns of two or three regimens, some of them without a dose.

    The patterns begin on any day of the week, and need not last whole weeks.
    """
    order = parse_order(_PRINTED)
    day, steps = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 800))), list[Step]()
    for number in range(draw(st.integers(1, most_steps))):
        week = [draw(_printed_regimens(order, least=1))] * 7
        if number == 0 or draw(st.integers(0, 2)):
            others = [draw(_printed_regimens(order)) for _ in range(draw(st.integers(1, 2)))]
            for weekday in draw(st.lists(st.integers(0, 6), min_size=1, max_size=5, unique=True)):
                week[weekday] = draw(st.sampled_from(others))
        for _ in range(draw(st.sampled_from([1, 5, 7, 10, 14, 21]))):
            taken = week[day.weekday()]
            if steps and steps[-1].number == number and steps[-1].intakes == taken:
                steps[-1] = Step(number, steps[-1].start, day, taken)
            else:
                steps.append(Step(number, day, day, taken))
            day += timedelta(days=1)
    assume(any(step.intakes for step in steps))
    return Schedule(tuple(steps), draw(st.none() | st.just(day)), order, plan_id="0f3c2a9e-plan")


ZOPICLONE = "zopiclone tablet 7.5 mg"
ONE = (Intake("bedtime", "zopiclone", Mg("7.5"), (Item(ZOPICLONE, Pieces(1)),)),)
HALF = (Intake("bedtime", "zopiclone", Mg("3.75"), (Item(ZOPICLONE, Pieces("1/2")),)),)
NONE: tuple[Intake, ...] = ()


def zopiclone_weeks(*weeks: str, stop: bool = True, start: date = date(2026, 1, 5)) -> Schedule:
    """A plan of zopiclone at bedtime, two weeks a step: each day of the week is 1, 2 (half a tablet) or 0, or all are.

    >>> [step.days for step in zopiclone_weeks("1", "2111211").steps][:4]
    [14, 1, 3, 1]
    """
    order = parse_order(
        {
            "drug": "zopiclone",
            "country": "GB",
            "start": start.isoformat(),
            "current": {"bedtime": "7.5 mg"},
            "product": [{"name": ZOPICLONE, "split": "halves"}],
            "phase": [{"reduce": "3.75 mg", "every": "2 weeks", "until": "0 mg" if stop else "3.75 mg"}],
        }
    )
    day, steps = start, list[Step]()
    for number, week in enumerate(weeks):
        for _ in range(14):
            taken = {"1": ONE, "2": HALF, "0": NONE}[(week * 7)[day.weekday()]]
            if steps and (steps[-1].number, steps[-1].intakes) == (number, taken):
                steps[-1] = Step(number, steps[-1].start, day, taken)
            else:
                steps.append(Step(number, day, day, taken))
            day += timedelta(days=1)
    return Schedule(tuple(steps), day if stop else None, order, plan_id="0f3c2a9e-plan")


# ---- orders with a finish date -------------------------------------------------------------------


@st.composite
def dated_order_data(draw: st.DrawFn, times: int = 1, highest: int = 10) -> dict[str, Any]:
    """A small order in which one phase has, instead of a step, the number of `cuts` to be made, and days of `slack`.

    The test turns these two into the finish date that allows just as many cuts.
    """
    data = draw(order_data(times=times, highest=highest))
    chosen = draw(st.integers(0, len(data["phase"]) - 1))
    phase = data["phase"][chosen]
    del phase["reduce"]
    most = 8 if times == 1 else 5
    phase |= {"cuts": draw(st.integers(2, most) | st.integers(0, 2)), "slack": draw(st.sampled_from([0, 0, 1, 5]))}
    if "stop_from" not in data and draw(st.integers(0, 4)):
        data["stop_from"] = draw(st.sampled_from(list(data["current"].values())))
    return data


# ---- plans for other tools -----------------------------------------------------------------------


@st.composite
def real_plans(draw: st.DrawFn, times: int = 2) -> Schedule:
    """A schedule that the planner made from an order, one or several times a day."""
    from taper.errors import TaperError
    from taper.planner.planning import plan

    try:
        return plan(parse_order(draw(order_data(times=draw(st.integers(1, times)), highest=8))))
    except TaperError:
        reject()


# ---- switches ------------------------------------------------------------------------------------

EQUIVALENCES = ("1 mg = 10 mg", "1 mg = 5 mg", "lorazepam 2 mg = diazepam 5 mg", "2 mg = 3 mg", "3 mg = 20 mg")


@st.composite
def switch_data(draw: st.DrawFn) -> dict[str, Any]:
    """An order whose only phase replaces lorazepam by diazepam; often one of the doses cannot be made."""
    old = draw(product_lists(most=2))
    new = [
        line | {"name": f"new {line['name']}", "drug": "diazepam", "strength": f"{draw(st.sampled_from([1, 2, 5]))} mg"}
        for line in draw(product_lists(most=2, liquid=False))
    ]
    if draw(st.booleans()):
        new[-1] = draw(liquids()) | {"name": "new liquid", "drug": "diazepam"}
    data: dict[str, Any] = {
        "drug": "lorazepam",
        "country": "US",
        "start": draw(start_days()),
        "max_units": draw(st.sampled_from([3, 4, 8])),
        "product": [*old, *new],
    }
    usable = sorted(makeable(data | {"product": old}, Fraction(5)))[1:]
    times = sorted(draw(st.lists(st.sampled_from(TIMES), min_size=1, unique=True)), key=TIMES.index)
    doses = {time: draw(st.sampled_from(usable)) for time in times} if usable else reject()
    data["current"] = {time: f"{decimal_text(dose)} mg" for time, dose in doses.items()}
    phase: dict[str, Any] = {
        "switch_to": "diazepam",
        "every": draw(st.sampled_from(INTERVALS)),
        "equivalence": draw(st.sampled_from(EQUIVALENCES)),
    }
    if draw(st.booleans()):
        phase["switch_first"] = draw(st.lists(st.sampled_from(times), min_size=1, unique=True))
    if draw(st.booleans()):
        phase["portion"] = f"{draw(st.sampled_from(STRENGTHS))} mg"
    if draw(st.integers(0, 2)) == 0:
        named = sorted(makeable(data | {"product": new}, Fraction(12)))[1:]
        phase["to"] = {time: f"{decimal_text(draw(st.sampled_from(named)))} mg" for time in times}
    data["phase"] = [phase]
    return data


# ---- revisions -----------------------------------------------------------------------------------


@st.composite
def changes(draw: st.DrawFn, schedule: Schedule) -> dict[str, Any]:
    """What a revision of a plan may say: a day of it, and one or two changes; not all can be carried out."""
    order = schedule.order
    assert order is not None
    first = order.history[-1].on if order.history else order.start
    last = schedule.stopped_on or schedule.steps[-1].end + timedelta(days=1)
    day = first + timedelta(days=draw(st.integers(0, (last - first).days)))
    times = list(schedule.steps[0].totals and {i.time: None for s in schedule.steps for i in s.intakes})
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
    kind = draw(st.sampled_from(sorted(kinds)))
    said = {"on": day, "reason": draw(st.none() | st.just("sleep is worse")), "by": "Dr A", **kinds[kind]()}
    if len(order.drugs) > 1 and draw(st.booleans()):
        said["drug"] = draw(st.sampled_from(order.drugs))
    return said


@st.composite
def joint_plans(draw: st.DrawFn) -> Schedule:
    """A plan of several legs: a switch, a second drug before, behind or beside the first, or weekly patterns."""
    from taper.errors import TaperError
    from taper.planner.planning import plan

    data = draw(weekly_orders() if draw(st.integers(0, 2)) == 0 else joint_orders())
    try:
        return plan(parse_order(data))
    except TaperError:
        reject()


@st.composite
def joint_orders(draw: st.DrawFn) -> dict[str, Any]:
    """An order of several drugs: a switch, or a second drug before, behind or beside the first."""
    tablet = {"source": "clinician", "form": "tablet", "split": "halves"}
    interval = st.sampled_from(INTERVALS)
    fall = {"reduce": draw(st.sampled_from(["2 mg", "20% of start, at least 1 mg", "4 mg"])), "until": "0 mg"}
    data: dict[str, Any] = {
        "drug": "lorazepam",
        "country": "GB",
        "start": draw(start_days()),
        "product": [
            {"name": "lorazepam A", "strength": "1 mg", **tablet},
            {"name": "diazepam B", "strength": "2 mg", "drug": "diazepam", **tablet},
            {"name": "diazepam C", "strength": "10 mg", "drug": "diazepam", **tablet},
        ],
        "current": {"morning": "1 mg", "bedtime": f"{draw(st.integers(1, 3))} mg"},
    }
    if draw(st.booleans()):
        switch = {"switch_to": "diazepam", "equivalence": "1 mg = 10 mg", "every": draw(interval)}
        if draw(st.booleans()):
            switch["portion"] = "0.5 mg"
        data["phase"] = [switch, {**fall, "every": draw(interval)}]
    else:
        data["other"] = [{"drug": "diazepam", "current": {"bedtime": "8 mg"}}]
        data["phase"] = [
            {"reduce": "0.5 mg", "until": draw(st.sampled_from(["0 mg", "1 mg"])), "every": draw(interval)},
            {**fall, "drug": "diazepam", "every": draw(interval), "together": draw(st.booleans())},
        ]
        if draw(st.booleans()):
            data["phase"].reverse()
            data["phase"][0]["together"] = False
            data["phase"][1]["drug"] = "lorazepam"
    return data


@st.composite
def revised_plans(draw: st.DrawFn, most: int = 4, times: int = 2, joint: bool = True) -> list[Schedule]:
    """A plan and its revisions, each made from the one before; changes that cannot be carried out are left out."""
    from taper.errors import TaperError
    from taper.planner.reviser import revise

    found = [draw(joint_plans() if joint and draw(st.integers(0, 1)) else real_plans(times=times))]
    for _ in range(draw(st.integers(1, most))):
        said = draw(changes(found[-1]))
        try:
            found.append(revise(found[-1], **said))
        except TaperError:
            continue
    return found


# ---- two schedules to be compared ----------------------------------------------------------------


@st.composite
def weekly_runs(draw: st.DrawFn, start: date = date(2026, 1, 5)) -> Schedule:
    """Steps with a weekly pattern, stored as runs of days that share a number, some of them without the drug."""
    day, steps = start, list[Step]()
    for number in range(draw(st.integers(1, 3))):
        last = day + timedelta(days=draw(st.integers(1, 27)))
        halves = draw(st.sets(st.integers(0, 6), max_size=4))
        usual, other = draw(st.sampled_from([(2, 1), (1, 0), (3, 3), (1, 2)]))
        while day <= last:
            count = Pieces(Fraction(other if day.weekday() in halves else usual, 2))
            items = (Item("diazepam tablet 5 mg", count),)
            taken = (Intake("bedtime", "diazepam", Mg(5) * count.value, items),) if count else ()
            if steps and steps[-1].number == number and steps[-1].intakes == taken:
                steps[-1] = replace(steps[-1], end=day)
            else:
                steps.append(Step(number, day, day, taken))
            day += timedelta(days=1)
    return Schedule(tuple(steps), draw(st.none() | st.just(day)), parse_order(_PRINTED), plan_id="0f3c2a9e-plan")


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
    order = with_history(old.order, [{"on": on.isoformat(), "hold": "2 weeks", "by": "Dr. Ada"}])
    return replace(old, steps=steps, stopped_on=stop, order=order, revision=old.revision + 1)


def _twice(item: Item) -> Item:
    return replace(item, count=item.count and item.count * 2, volume=item.volume and item.volume * 2)


def with_history(order: Order, entries: list[dict[str, Any]]) -> Order:
    """Add entries to the history of an order, chained by their hashes."""
    data = order.as_data()
    written = data.pop("history", [])
    last = written[-1]["hash"] if written else first_hash(data)
    for entry in entries:
        event = Event.model_validate(entry)
        last = event.hashed(last)
        written.append(event.as_data() | {"hash": last})
    return parse_order(data | {"history": written})


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


# ---- weekly patterns as ordered ------------------------------------------------------------------


@st.composite
def weekly_orders(draw: st.DrawFn) -> dict[str, Any]:
    """An order of one phase of weekly patterns, once or twice a day, from any weekday on."""
    times = draw(st.sampled_from([("bedtime",), ("morning", "bedtime")]))

    def dose(least: int) -> Any:
        halves = [draw(st.integers(least, 4)) for _ in times]
        if len(times) == 1:
            return f"{decimal_text(halves[0] * Fraction(15, 4))} mg"
        written = {t: f"{decimal_text(n * Fraction(15, 4))} mg" for t, n in zip(times, halves, strict=True) if n}
        return written or "0 mg"

    patterns = []
    for _ in range(draw(st.integers(1, 4))):
        pattern = {"usual": dose(1)}
        for day in draw(st.sets(st.sampled_from(DAYS), max_size=6)):
            pattern[day] = dose(0)
        patterns.append(pattern)
    phase: dict[str, Any] = {"weekly": patterns, "every": draw(st.sampled_from(["1 week", "2 weeks", "28 days"]))}
    if draw(st.booleans()):
        phase["until"] = "0 mg"
    return {
        "drug": "zopiclone",
        "country": "GB",
        "start": draw(start_days()),
        "current": dict.fromkeys(times, "7.5 mg"),
        "product": [
            {
                "name": "tablet A",
                "source": "clinician",
                "form": "tablet",
                "strength": "7.5 mg",
                "split": "halves",
            }
        ],
        "phase": [phase],
    }


# ---- supply --------------------------------------------------------------------------------------


@st.composite
def amounts_at_hand(draw: st.DrawFn, most: int = 40) -> list[dict[str, str]]:
    """What is at hand of some products of a printed schedule, nothing among it."""
    found = []
    for one in draw(st.lists(st.sampled_from(parse_order(_PRINTED).products), unique=True, max_size=4)):
        parts = draw(st.integers(0, 4 * most))
        if one.graduation is not None:
            found.append({"product": one.name, "volume": f"{decimal_text((one.graduation * parts).value)} mL"})
        else:
            found.append({"product": one.name, "count": decimal_text(Fraction(parts, 4))})
    return found


@st.composite
def supplied_schedules(draw: st.DrawFn, records: int = 0) -> Schedule:
    """A printed schedule whose order says how to fill and what is at hand, with records of revisions.

    Args:
        draw: Draws.
        records: Most revisions; each says what was handed out, what was counted, or both.
    """
    from taper.order.history import Event, first_hash

    made = draw(printed_schedules(most_steps=6))
    first, last = made.steps[0].start, made.steps[-1].end
    supply: dict[str, Any] = {"stock": draw(amounts_at_hand()), "end_with_step": draw(st.booleans())}
    if draw(st.booleans()):
        supply["every"] = draw(st.sampled_from(INTERVALS))
    elif draw(st.booleans()):
        supply["max_days"] = draw(st.integers(1, 40))
    data = _PRINTED | {"start": first.isoformat(), "supply": supply}
    before, events = first_hash(parse_order(data).as_data()), []
    offsets = draw(st.lists(st.integers(0, (last - first).days + 3), max_size=records))
    for offset in sorted(offsets):
        event = Event.model_validate(
            {
                "on": (first + timedelta(days=offset)).isoformat(),
                "hold": "1 week",
                "handed": draw(amounts_at_hand(most=200)),
                "stock": draw(amounts_at_hand() | st.just([])),
            }
        )
        before = event.hashed(before)
        events.append({**event.as_data(), "hash": before})
    order = parse_order(data | ({"history": events} if events else {}))
    return Schedule(made.steps, made.stopped_on, order, made.plan_id, len(events))


@st.composite
def living_plans(draw: st.DrawFn) -> Schedule:
    """A planned schedule of any kind: of several drugs, with weekly patterns, after some revisions."""
    return draw(revised_plans(most=2))[-1]
