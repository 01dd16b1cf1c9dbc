"""A second planner, slow and plain, written without the library: what `plan` must agree with.

It reads an order as plain data and does its own arithmetic: it lists every combination of pieces,
every regimen, every shortest sequence, and compares whole sequences with each other.
"""

from __future__ import annotations

import calendar
import itertools
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, partial
from typing import Any, NamedTuple

TIMES = ("morning", "noon", "evening", "bedtime")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PARTS = {"whole": 1, "halves": 2, "quarters": 4}
Work = tuple[int, Fraction, int, int, int, int]
"""Quarters, mL of liquid, halves, units, products, measured volumes."""


class State(NamedTuple):
    """The phase that rules the next cut, how many of its typed doses are taken, the doses, whose turn it is."""

    phase: int
    typed: int
    doses: tuple[Fraction, ...]
    turn: int = 0


class Row(NamedTuple):
    """One step of a plan."""

    start: date
    end: date
    doses: tuple[Fraction, ...]


class TooLargeError(Exception):
    """The instance has more shortest sequences than a test should list."""


def number(text: str) -> Fraction:
    """The number in front of a unit."""
    return Fraction(text.split()[0].rstrip("%"))


def sizes(product: dict[str, Any]) -> tuple[Fraction, int]:
    """The mg in the smallest portion of a product, and the portions in a whole one (0 for a liquid)."""
    strength = number(product["strength"]) if "strength" in product else Fraction(product["name"].split()[-2])
    if "graduation" in product:
        return strength * number(product["graduation"]), 0
    parts = PARTS[product.get("split", "whole")]
    return strength / parts, parts


def work_of(portions: int, parts: int) -> tuple[int, int, int]:
    """Broken quarters, broken halves and units in a number of portions of one product."""
    if not parts:
        return 0, 0, int(portions > 0)
    whole, rest = divmod(portions, parts)
    left = Fraction(rest, parts)  # 3/4 is a half and a quarter
    halves = int(left >= Fraction(1, 2))
    quarters = int(left - Fraction(halves, 2) > 0)
    return quarters, halves, whole + halves + quarters


def volume_of(product: dict[str, Any], portions: int) -> Fraction:
    """The mL in a number of portions of a liquid; 0 for a tablet."""
    return number(product["graduation"]) * portions if "graduation" in product else Fraction(0)


def makeable(data: dict[str, Any], highest: Fraction) -> dict[Fraction, Work]:
    """Every dose up to the highest, with the least work that makes it."""
    most = data.get("max_units", 8)
    choices = []
    for product in data["product"]:
        portion, parts = sizes(product)
        rows = []
        for n in range(int(highest / portion) + 1):
            quarters, halves, units = work_of(n, parts)
            if units <= most:
                measured = int(n > 0 and not parts)
                rows.append((portion * n, quarters, volume_of(product, n), halves, units, int(n > 0), measured))
        choices.append(rows)
    found: dict[Fraction, Work] = {}
    for combination in itertools.product(*choices):
        dose, *parts = (sum(column) for column in zip(*combination, strict=True))
        quarters, volume, halves, units, products, measured = parts
        work = quarters, volume, halves, units, products, measured
        if dose <= highest and units <= most and (dose not in found or work < found[dose]):
            found[dose] = work
    return found


def effort_of(work: Work) -> tuple[int, int, int, int, int]:
    """What counts of a dose from day to day: a volume is measured or not, however much it is."""
    quarters, _, halves, units, products, measured = work
    return quarters, measured, halves, units, products


def after(day: date, interval: str, times: int = 1) -> date:
    """The day so many intervals later; months end where the calendar month does."""
    count, unit = int(interval.split()[0]) * times, interval.split()[1].rstrip("s")
    if unit != "month":
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Brute:
    """All shortest plans of an order, by listing."""

    def __init__(self, data: dict[str, Any], limit: int = 3000) -> None:
        self.data, self.limit = data, limit
        self.times = [time for time in TIMES if time in data["current"]]
        self.current = tuple(number(data["current"][time]) for time in self.times)
        self.first = [self.times.index(time) for time in data.get("reduce_first", ())]
        self.policy = data.get("spread", "even")
        self.merge_from, self.merge_into = Fraction(-1), 0
        if "merge" in data and len(self.times) > 1:
            self.merge_from = number(data["merge"]["from"])
            self.merge_into = self.times.index(data["merge"]["into"])
        made = makeable(data, max(*self.current, min(self.merge_from, sum(self.current))))
        self.work = {dose: effort_of(work) for dose, work in made.items()}
        self.doses = sorted(self.work)
        self.phases = data["phase"]
        self.to_go = cache(self._to_go)

    def allowed(self, phase: dict[str, Any], total: Fraction) -> Fraction:
        """The largest cut at a total."""
        rule, _, floor = phase["reduce"].partition(", at least ")
        if "%" in rule:
            basis = sum(self.current) if "of start" in rule else total
            cut = basis * Fraction(rule.partition("%")[0].strip()) / 100
        else:
            cut = number(rule)
        return max(cut, number(floor)) if floor else cut

    def target(self, state: State) -> Fraction:
        """What the next cut aims at."""
        phase, total = self.phases[state.phase], sum(state.doses, Fraction(0))
        if "doses" in phase:
            return number(phase["doses"][state.typed])
        return max(total - self.allowed(phase, total), number(phase["until"]))

    def may_stop(self, state: State) -> bool:
        """Whether the last dose may go at once."""
        phase = self.phases[state.phase]
        return (
            "doses" not in phase
            and number(phase["until"]) == 0
            and "stop_from" in self.data
            and sum(state.doses) <= number(self.data["stop_from"])
        )

    def regimens(
        self, doses: tuple[Fraction, ...], made: list[Fraction] | None = None
    ) -> dict[Fraction, tuple[Fraction, ...]]:
        """The policy's choice among all regimens in which nothing rises, for each total; of some doses, if given."""
        made = self.doses if made is None else made
        by_total: dict[Fraction, list[tuple[Fraction, ...]]] = {}
        for regimen in itertools.product(*([d for d in made if d <= most] for most in doses)):
            by_total.setdefault(sum(regimen, Fraction(0)), []).append(regimen)
        chosen = {
            total: min(choices, key=lambda choice: self.preference(choice, doses))
            for total, choices in by_total.items()
            if total > self.merge_from
        }
        # A merge leaves one time of day, which may rise.
        return chosen | {dose: self.merged(dose) for dose in made if dose <= min(self.merge_from, sum(doses))}

    def merged(self, dose: Fraction) -> tuple[Fraction, ...]:
        """All of a dose at the time of day that the merge names."""
        return tuple(dose if index == self.merge_into else Fraction(0) for index in range(len(self.times)))

    def goals(self) -> set[Fraction]:
        """Every total that the times of day can be taken at, whatever comes before."""
        top = max(dose for dose in self.doses if dose <= max(self.current))
        return set(self.regimens((top,) * len(self.times)))

    def turns(self, state: State) -> list[int]:
        """The times of day in turn."""
        count = len(self.times)
        return [*range(state.turn, count), *range(state.turn)]

    def in_turn(self, state: State, lowest: Fraction, made: list[Fraction]) -> list[tuple[tuple[Fraction, ...], int]]:
        """Alternate: what one cut may lead to, and whose turn it then is."""
        now = sum(state.doses)
        for index in self.turns(state):
            lower = [[*state.doses[:index], dose, *state.doses[index + 1 :]] for dose in made]
            given = [tuple(doses) for doses in lower if max(lowest, self.merge_from + Fraction(1, 10**9)) <= sum(doses)]
            given = [doses for doses in given if sum(doses) < now]
            if given:
                return [(doses, (index + 1) % len(self.times)) for doses in given]
        return []

    def typed_in_turn(self, state: State, total: Fraction) -> tuple[tuple[Fraction, ...], int] | None:
        """Alternate: the regimen of a typed total above the merge, and whose turn it then is."""
        ranges = [[dose for dose in self.doses if dose <= most] for most in state.doses]
        choices = [doses for doses in itertools.product(*ranges) if sum(doses) == total]
        turns = self.turns(state)

        def rank(doses: tuple[Fraction, ...]) -> Any:
            """One time alone comes first, the sooner in turn the better; else as much as can be from each in turn."""
            lowered = [place for place, index in enumerate(turns) if doses[index] < state.doses[index]]
            return len(lowered) > 1, lowered if len(lowered) == 1 else [], [doses[index] for index in turns]

        best = min(choices, key=rank, default=None)
        if best is None:
            return None
        given = [index for index in turns if best[index] < state.doses[index]]
        return best, (given[-1] + 1) % len(self.times) if given else state.turn

    def preference(self, regimen: tuple[Fraction, ...], before: tuple[Fraction, ...]) -> Any:
        """Smaller is better: level, the larger share late; or the night kept; or the named times emptied first."""
        if self.policy == "night":
            last = max((index for index, dose in enumerate(before) if dose), default=0)
            rest = [*regimen[:last], *regimen[last + 1 :]]
            return -regimen[last], sorted(rest, reverse=True), [-dose for dose in reversed(rest)]
        if self.first:
            return [regimen[i] for i in self.first] + [d for i, d in enumerate(regimen) if i not in self.first]
        return sorted(regimen, reverse=True), [-dose for dose in reversed(regimen)]

    def settle(self, state: State) -> State:
        """Go on to the next phase where one has ended."""
        phase, typed, doses, turn = state
        while phase < len(self.phases):
            rule = self.phases[phase]
            if "doses" in rule:
                if typed == 0 and number(rule["doses"][0]) == sum(doses):
                    typed = 1
                if typed < len(rule["doses"]):
                    break
            elif sum(doses) > number(rule["until"]):
                break
            phase, typed = phase + 1, 0
        return State(phase, typed, doses, turn)

    def following(self, state: State) -> list[State]:
        """Every state that one cut leads to."""
        target = self.target(state)
        if "doses" in self.phases[state.phase]:
            if target <= self.merge_from:
                merged = self.merged(target) if target in self.doses else None
                return [] if merged is None else [self.settle(State(state.phase, state.typed + 1, merged))]
            if self.policy == "alternate":
                found = self.typed_in_turn(state, target)
                return [] if found is None else [self.settle(State(state.phase, state.typed + 1, *found))]
            choice = self.regimens(state.doses).get(target)
            return [] if choice is None else [self.settle(State(state.phase, state.typed + 1, choice, state.turn))]
        if self.policy == "alternate":
            reached = self.preferred(state, self.taking_turns(state, self.doses), partial(self.taking_turns, state))
            if self.may_stop(state) and not any(sum(doses) == 0 for doses, _ in reached):
                reached.append(((Fraction(0),) * len(self.times), 0))
        else:
            reached = self.preferred(state, self.together(state, self.doses), partial(self.together, state))
            zero = (Fraction(0),) * len(self.times)
            if self.may_stop(state) and zero not in [regimen for regimen, _ in reached]:
                reached.append((zero, 0))
        return [self.settle(State(state.phase, 0, regimen, turn)) for regimen, turn in reached]

    def taking_turns(self, state: State, doses: list[Fraction]) -> list[tuple[tuple[Fraction, ...], int]]:
        """What the step allows where the times of day take turns, with some doses."""
        total, target = sum(state.doses), self.target(state)
        reached = self.in_turn(state, max(target, self.least_given(state)), doses)
        merged = [dose for dose in doses if target <= dose <= self.merge_from and dose < total]
        return reached + [(self.merged(dose), self.merge_into) for dose in merged]

    def together(self, state: State, doses: list[Fraction]) -> list[tuple[tuple[Fraction, ...], int]]:
        """What the step allows where no time of day waits for its turn, with some doses."""
        total, target = sum(state.doses), self.target(state)
        return [(r, 0) for new, r in self.regimens(state.doses, doses).items() if target <= new < total]

    def preferred(self, state: State, reached: list[tuple[Any, int]], of: Callable[[list[Fraction]], Any]) -> Any:
        """What the phase prefers of what the step allows: round doses at each time; else a round daily dose; else any.

        Args:
            state: Where the cut is made.
            reached: Regimens that the step allows, with whose turn it then is.
            of: The same with some doses only.
        """
        phase = self.phases[state.phase]
        if "round_to" not in phase:
            return reached
        to, _, above = phase["round_to"].partition(" above ")

        def is_round(dose: Fraction) -> bool:
            return (dose / number(to)).denominator == 1

        free = [
            r for r in reached if sum(r[0]) <= (number(above) if above else 0) or sum(r[0]) == number(phase["until"])
        ]
        totals = [sum(doses) for doses, _ in free]
        best = free + [r for r in of([d for d in self.doses if is_round(d)]) if sum(r[0]) not in totals]
        return best or [r for r in reached if is_round(sum(r[0]))] or reached

    def least_given(self, _state: State) -> Fraction:
        """The total below which no time of day whose turn it is may go."""
        return Fraction(0)

    def _to_go(self, state: State) -> float:
        """The fewest cuts from a state to the end."""
        if state.phase == len(self.phases):
            return 0
        return 1 + min((self.to_go(new) for new in self.following(state)), default=float("inf"))

    @property
    def root(self) -> State:
        """Today."""
        return self.settle(State(0, 0, self.current))

    @property
    def fewest(self) -> float:
        """The fewest cuts of any plan; infinite if there is none."""
        return self.to_go(self.root)

    def paths(self) -> list[list[State]]:
        """Every sequence with the fewest cuts."""
        found = [[self.root]]
        for left in range(int(self.fewest) - 1, -1, -1):
            found = [[*path, new] for path in found for new in self.following(path[-1]) if self.to_go(new) == left]
            if len(found) > self.limit:
                raise TooLargeError
        return found

    def dated(self, path: list[State]) -> list[Row]:
        """The rows of a sequence, with their days."""
        rows: list[Row] = []
        day = anchor = date.fromisoformat(self.data["start"])
        count = 0
        for index, state in enumerate(path):
            last = index + 1 == len(path)
            if last and not any(state.doses):
                break
            if index and state.phase != path[index - 1].phase:
                anchor, count = day, 0
            phase = self.phases[min(state.phase, len(self.phases) - 1)]
            count += 1
            plain = after(anchor, phase["every"], count)
            if index == 0 and "first_cut" in self.data:
                plain = date.fromisoformat(self.data["first_cut"])
                anchor, count = plain, 0
            change = self.weekday(plain)
            for hold in sorted(self.data.get("hold", ()), key=lambda h: h["on"]):
                if day <= date.fromisoformat(hold["on"]) < change:
                    change = self.weekday(after(change, hold["for"]))
            if change != plain:
                anchor, count = change, 0
            rows.append(Row(day, change - timedelta(days=1), state.doses))
            day = change
        return rows

    def weekday(self, day: date) -> date:
        """The ordered day of the week, on or after a day."""
        wanted = self.data.get("change_on")
        while wanted is not None and DAYS[day.weekday()] != wanted:
            day += timedelta(days=1)
        return day

    def cost(self, path: list[State]) -> Any:
        """What the planner promises to make least, for a whole sequence at once."""
        rows = self.dated(path)
        spent = [0] * 5
        for row in rows:
            for kind in range(5):
                spent[kind] += ((row.end - row.start).days + 1) * sum(self.work[dose][kind] for dose in row.doses)
        totals = [sum(state.doses, Fraction(0)) for state in path]
        worst = max(((a - b) / a for a, b in itertools.pairwise(totals) if b), default=Fraction(-1))
        return self.growing(path), spent, worst, totals

    def growing(self, path: list[State]) -> int:
        """How many cuts are larger in mg than the one before, made by the same phase."""
        cuts = [(a.phase, sum(a.doses) - sum(b.doses)) for a, b in itertools.pairwise(path)]
        return sum(a[0] == b[0] and b[1] > a[1] for a, b in itertools.pairwise(cuts))

    def best(self) -> list[Row]:
        """The one answer."""
        return self.dated(min(self.paths(), key=self.cost))
