"""`finish`: the gentlest sequence by a date, against the listing of every sequence; and what is refused."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, event, given, settings

from taper.errors import NotMakeableError, OrderError, StuckError
from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule
from tests.oracles.brute import Brute, Row, State, TooLargeError, number
from tests.strategies import dated_order_data
from tests.support.proofs import proof


class Stage(Brute):
    """One phase with a finish date, or neighboring phases without, begun with any regimen on any day.

    Args:
        data: The whole order; each phase with a finish date says instead how many `cuts` are made.
        first: The first phase.
        end: The phase after the last one.
        begin: State with whose doses and turn the stage begins.
        day: The day on which it begins.
    """

    def __init__(self, data: dict[str, Any], first: int, end: int, begin: State, day: date) -> None:
        super().__init__(data)
        self.start_basis = sum(self.current)
        self.known: dict[State, list[State]] = {}
        self.final = end == len(data["phase"])
        self.phases = data["phase"][first:end]
        self.current, self.begin = begin.doses, begin
        self.data = data | {"start": day.isoformat()}
        if day.isoformat() != data["start"]:
            self.data.pop("first_cut", None)

    @property
    def root(self) -> State:
        """The first day of the stage."""
        return self.settle(State(0, 0, self.begin.doses, self.begin.turn))

    def least_given(self, state: State) -> Fraction:
        """By a date a time of day may give anything but the whole daily dose, which only the stop does."""
        return Fraction(int("cuts" in self.phases[state.phase]), 10**9)

    def allowed(self, phase: dict[str, Any], total: Fraction) -> Fraction:
        """As in an order of its own, but a percentage of the start is of the whole order's start."""
        if "cuts" in phase:
            return total
        stage, self.current = self.current, (self.start_basis,)
        try:
            return super().allowed(phase, total)
        finally:
            self.current = stage

    def following(self, state: State) -> list[State]:
        """By a date every lower dose may follow, but zero only from `stop_from` or less."""
        if state in self.known:
            return self.known[state]
        found = super().following(state)
        if "cuts" in self.phases[state.phase]:
            found = [new for new in found if any(new.doses) or self.may_stop(state)]
        self.known[state] = found
        return found

    def dated(self, path: list[State]) -> list[Row]:
        """The days of the last dose belong to the phase that follows, if one does."""
        rows = super().dated(path)
        return rows if self.final else rows[: len(path) - 1]

    def changes(self, count: int) -> list[date]:
        """The days on which the first so many cuts of a dated phase are made."""
        path = [State(0, 0, (Fraction(1),))] * (count + 1)
        rows = super().dated([*path, State(0, 0, (Fraction(0),))])
        return [row.start for row in rows]

    def sequences(self, state: State, cuts: int) -> Iterator[list[State]]:
        """Every sequence of at most so many cuts that reaches the end."""
        if state.phase == len(self.phases):
            yield [state]
        elif cuts:
            for new in self.following(state):
                for rest in self.sequences(new, cuts - 1):
                    yield [state, *rest]

    def gentlest(self) -> list[State] | None:
        """The sequence whose largest cut is smallest, then its second largest, ...; None if there is none."""
        found = list(itertools.islice(self.sequences(self.root, self.phases[0]["cuts"]), 4_001))
        if len(found) > 4_000:
            raise TooLargeError
        sizes = [self.sizes(path) for path in found]  # a missing cut is a cut of nothing
        least = min(sizes, default=[])
        equal = [path for path, size in zip(found, sizes, strict=True) if size == least]
        event(f"{len(found) > 1=}, {len(equal) > 1=}")
        return min(equal, key=self.rest_of_cost, default=None)

    def sizes(self, path: list[State]) -> list[Fraction]:
        """The cuts as fractions of the dose before, largest first, without the final stop."""
        totals = [sum(state.doses, Fraction(0)) for state in path]
        return sorted(((a - b) / a for a, b in itertools.pairwise(totals) if b), reverse=True)

    def rest_of_cost(self, path: list[State]) -> Any:
        """Days of handling, then the doses."""
        _, spent, _, totals = self.cost(path)
        return spent, totals


def reference(data: dict[str, Any]) -> tuple[dict[str, Any], list[Row] | OrderError | None]:
    """The order with its finish date, and the plan: or the refusal of a date, or None if another phase is stuck."""
    phases = data["phase"]
    real = data | {"phase": [dict(phase) for phase in phases]}
    dated = next(i for i, phase in enumerate(phases) if "cuts" in phase)
    cuts, slack = real["phase"][dated].pop("cuts"), real["phase"][dated].pop("slack")
    real["phase"][dated]["finish"] = "2099-01-01"
    rows: list[Row] = []
    begin, day = State(0, 0, Brute(data).current), date.fromisoformat(data["start"])
    for first, end in ((0, dated), (dated, dated + 1), (dated + 1, len(phases))):
        stage = Stage(data, first, end, begin, day)
        if first == end or stage.root.phase == end - first:
            continue
        if first != dated:
            if stage.fewest == float("inf"):
                return real, None
            path = min(stage.paths(), key=stage.cost)
        else:
            days = stage.changes(cuts + 1)
            finish = min(days[cuts] + timedelta(days=slack), days[cuts + 1] - timedelta(days=1))
            real["phase"][dated]["finish"] = finish.isoformat()
            if number(phases[dated]["until"]) == 0 and "stop_from" not in data:
                return real, OrderError("stop_from")
            best = stage.gentlest()
            if best is None:
                fewest = stage.fewest
                return real, OrderError(str(fewest if fewest == float("inf") else stage.changes(int(fewest))[-1]))
            path = best
        made = stage.dated(path)
        rows += made
        begin, day = path[-1], made[-1].end + timedelta(days=1)
    return real, rows


def rows_of(schedule: Schedule, times: list[str]) -> list[Row]:
    return [
        Row(step.start, step.end, tuple(step.at(time).value for time in times))  # type: ignore[arg-type]
        for step in schedule.steps
    ]


def refused_as_expected(refused: OrderError, expected: object) -> None:
    assert isinstance(expected, OrderError)
    if expected.message == "stop_from":
        assert "add stop_from" in refused.message
        assert refused.field.endswith(".finish")
    elif expected.message == "inf":
        assert refused.field == "stop_from"
    else:
        assert f"the nearest date that works is {expected.message}" in refused.message
        assert refused.field.endswith(".finish")


def agrees(data: dict[str, Any]) -> None:
    """Plan and reference are the same sequence of regimens on the same days, or refuse for the same reason."""
    try:
        real, expected = reference(data)
    except TooLargeError:
        assume(False)
        raise AssertionError from None
    order = parse_order(real)
    try:
        schedule = plan(order)
    except StuckError:
        assert expected is None
        event("stuck")
    except NotMakeableError:
        brute = Brute(data)
        goals = {number(phase["until"]) for phase in data["phase"]}
        assert not goals <= brute.goals()
        event("no such goal")
    except OrderError as refused:
        if refused.field.startswith("hold") or "ten years" in refused.message:
            event("refused for its dates")
            return
        event("refused")
        refused_as_expected(refused, expected)
    else:
        assert isinstance(expected, list)
        assert rows_of(schedule, Brute(data).times) == expected
        event(f"planned, {len(data['phase'])} phases")


@proof(900)
@given(dated_order_data())
def test_one_time_of_day_equals_brute_force(data: dict[str, Any]) -> None:
    """All cuts from the largest down, then days-weighted splits, units, products, then lower doses; and the dates."""
    agrees(data)


@proof(250)
@given(dated_order_data(times=2, highest=6))
def test_two_times_of_day_equal_brute_force(data: dict[str, Any]) -> None:
    agrees(data)


@settings(max_examples=80)
@given(dated_order_data(times=3, highest=4))
def test_three_times_of_day_equal_brute_force(data: dict[str, Any]) -> None:
    agrees(data)


@settings(max_examples=40)
@given(dated_order_data(times=4, highest=3))
def test_four_times_of_day_equal_brute_force(data: dict[str, Any]) -> None:
    agrees(data)


def order(finish: str = "2026-12-31", **changed: Any) -> dict[str, Any]:
    """Diazepam 20 mg to nothing from 2 mg and 5 mg tablets in halves."""
    data: dict[str, Any] = {
        "drug": "diazepam",
        "country": "US",
        "start": "2026-01-05",
        "stop_from": "1 mg",
        "current": {"bedtime": "20 mg"},
        "product": [
            {"name": "diazepam tablet 5 mg", "split": "halves"},
            {"name": "diazepam tablet 2 mg", "split": "halves"},
        ],
        "phase": [{"finish": finish, "every": "2 weeks", "until": "0 mg"}],
    }
    return data | changed


def test_the_largest_cut_is_the_smallest_possible() -> None:
    """By hand: 4 mg to nothing by 1 mg steps is 25%, 33%, 50%; with a cut less, 4, 2, 1: 50% twice."""
    small = order(
        "2026-03-02", current={"bedtime": "4 mg"}, product=[{"name": "diazepam tablet 2 mg", "split": "halves"}]
    )
    assert [step.total.number for step in plan(parse_order(small)).steps] == ["4", "3", "2", "1"]
    sooner = small | {"phase": [small["phase"][0] | {"finish": "2026-03-01"}]}
    assert [step.total.number for step in plan(parse_order(sooner)).steps] == ["4", "2", "1"]


def test_the_stop_may_fall_on_the_finish_date_itself() -> None:
    schedule = plan(parse_order(order("2026-12-21")))
    assert schedule.stopped_on == date(2026, 12, 21)
    assert plan(parse_order(order("2026-12-20"))).stopped_on == date(2026, 12, 7)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"change_on": "Thursday"},
        {"first_cut": "2026-02-02"},
        {"hold": [{"on": "2026-01-20", "for": "1 month"}]},
        {"current": {"morning": "10 mg", "bedtime": "10 mg"}},
        {"stop_from": "20 mg"},
        {"phase": [{"reduce": "5 mg", "every": "1 month", "until": "10 mg"}, *order("2026-01-06")["phase"]]},
    ],
)
def test_the_nearest_date_works_and_a_day_less_does_not(changed: dict[str, Any]) -> None:
    """Also with weekdays, a later first cut, a pause, several times of day, and a phase before."""
    near = order("2026-01-06") | changed
    with pytest.raises(OrderError, match="too near") as caught:
        plan(parse_order(near))
    assert caught.value.field == f"phase[{len(near['phase']) - 1}].finish"
    nearest = date.fromisoformat(caught.value.message.split()[-1])

    def until(day: date) -> dict[str, Any]:
        return near | {"phase": [*near["phase"][:-1], near["phase"][-1] | {"finish": day.isoformat()}]}

    assert plan(parse_order(until(nearest))).stopped_on == nearest
    with pytest.raises(OrderError, match=f"works is {nearest}"):
        plan(parse_order(until(nearest - timedelta(days=1))))


@pytest.mark.parametrize("finish", ["2025-01-01", "2026-01-05", "2026-01-18"])
def test_a_date_before_the_first_cut_is_too_near(finish: str) -> None:
    with pytest.raises(OrderError, match="none can be made by then"):
        plan(parse_order(order(finish)))


def test_a_date_beyond_ten_years_is_refused() -> None:
    assert plan(parse_order(order("2036-01-05"))).stopped_on is not None
    with pytest.raises(OrderError, match="more than ten years") as caught:
        plan(parse_order(order("2036-01-06")))
    assert caught.value.field == "phase[0].finish"


def test_without_stop_from_nothing_is_guessed() -> None:
    data = order()
    del data["stop_from"]
    with pytest.raises(OrderError, match=r"add stop_from .*lowest makeable daily dose is 1 mg") as caught:
        plan(parse_order(data))
    assert caught.value.field == "phase[0].finish"


def test_a_stop_from_below_every_dose_is_refused() -> None:
    with pytest.raises(OrderError, match=r"0\.5 mg or less leads to the stop") as caught:
        plan(parse_order(order(stop_from="0.5 mg")))
    assert caught.value.field == "stop_from"


def test_a_maintenance_goal_needs_no_stop_from() -> None:
    data = order(phase=[{"finish": "2026-12-31", "every": "2 weeks", "until": "10 mg"}])
    del data["stop_from"]
    schedule = plan(parse_order(data))
    assert schedule.stopped_on is None
    assert schedule.steps[-1].total.number == "10"
    assert schedule.steps[-1].start <= date(2026, 12, 31)


@pytest.mark.parametrize("rules", [{"reduce": "1 mg"}, {"doses": ["10 mg"]}])
def test_a_phase_with_two_rules_is_contradictory(rules: dict[str, Any]) -> None:
    with pytest.raises(OrderError, match="say different things"):
        parse_order(order(phase=[order()["phase"][0] | rules]))


def test_more_time_is_never_less_gentle() -> None:
    """A law: a later date allows every plan of an earlier one."""
    sizes = []
    for month in range(4, 13):
        schedule = plan(parse_order(order(f"2026-{month:02}-28")))
        sizes.append(sorted((cut.of_current for cut in schedule.cuts), reverse=True))
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]


def test_every_step_is_exact_on_a_liquid_grid() -> None:
    """400 doses of 0.1 mg and 26 cuts: with every cut less than the largest of the plan, the stop is not reached."""
    liquid = {"name": "diazepam oral solution 1 mg/mL", "device": "oral syringe", "graduation": "0.1 mL"}
    data = order("2027-01-04", current={"bedtime": "40 mg"}, product=[liquid])
    totals = [step.total.value for step in plan(parse_order(data)).steps]
    worst = max((a - b) / a for a, b in itertools.pairwise(totals))

    def lowest_after(cuts: int, strictly: bool) -> int:
        """The lowest dose, in tenths of a mg, by so many cuts of at most (or of less than) the worst one."""
        reached = {400}
        for _ in range(cuts):
            reached |= {
                dose - cut
                for dose in reached
                for cut in range(1, dose)
                if cut * worst.denominator + strictly <= worst.numerator * dose
            }
        return min(reached)

    assert totals[-1] == 1
    assert lowest_after(25, strictly=False) <= 10 < lowest_after(25, strictly=True)
