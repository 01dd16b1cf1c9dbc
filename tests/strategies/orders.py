"""Small orders as plain data: makeable doses, phases, policies, dates, weekly patterns, several drugs."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import reject, strategies as st

from tests.oracles.brute import DAYS, TIMES, makeable
from tests.strategies.amounts import decimal_text
from tests.strategies.products import STRENGTHS, liquids, product_lists

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
        if draw(st.integers(0, 4)) == 0:
            above = draw(st.sampled_from(["", f" above {decimal_text(draw(st.sampled_from(usable)))} mg"]))
            to = draw(st.sampled_from(usable[: len(usable) // 2 + 1]))
            data["phase"][-1]["round_to"] = f"{decimal_text(to)} mg{above}"
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


@st.composite
def dated_order_data(draw: st.DrawFn, times: int = 1, highest: int = 10) -> dict[str, Any]:
    """A small order in which one phase has, instead of a step, the number of `cuts` to be made, and days of `slack`.

    The test turns these two into the finish date that allows just as many cuts.
    """
    data = draw(order_data(times=times, highest=highest))
    chosen = draw(st.integers(0, len(data["phase"]) - 1))
    phase = data["phase"][chosen]
    del phase["reduce"]
    phase.pop("round_to", None)
    most = 8 if times == 1 else 5
    phase |= {"cuts": draw(st.integers(2, most) | st.integers(0, 2)), "slack": draw(st.sampled_from([0, 0, 1, 5]))}
    if "stop_from" not in data and draw(st.integers(0, 4)):
        data["stop_from"] = draw(st.sampled_from(list(data["current"].values())))
    return data


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


@st.composite
def cycle_orders(draw: st.DrawFn) -> dict[str, Any]:
    """An order of one phase of cycles, once or twice a day; or one that begins with a weekly pattern."""
    data = draw(weekly_orders())
    first, *_ = weeks = data["phase"][0]["weekly"]
    days = [[week.get(day, week["usual"]) for day in DAYS][: draw(st.integers(2, 7))] for week in weeks]
    cycles = [cycle for cycle in days if any(dose != cycle[0] for dose in cycle)]
    if not cycles or draw(st.booleans()):
        bare = {day for day, dose in first.items() if isinstance(dose, str) and dose != "0 mg"}
        timed = {day: {"bedtime": dose} if day in bare else dose for day, dose in first.items()}
        if len({str(timed.get(day, timed["usual"])) for day in DAYS}) > 1:
            data["current"] = {"weekly": timed}
        return data
    data["phase"][0] |= {"cycles": cycles, "every": draw(st.sampled_from(["14 days", "17 days", "1 month"]))}
    del data["phase"][0]["weekly"]
    return data


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


@st.composite
def joint_orders(draw: st.DrawFn) -> dict[str, Any]:
    """An order of several drugs: a switch, also to a drug that is taken already, or a second drug near the first."""
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
        if draw(st.booleans()):  # consolidated into diazepam that is taken already
            data["other"] = [{"drug": "diazepam", "current": {draw(st.sampled_from(["morning", "noon"])): "8 mg"}}]
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
