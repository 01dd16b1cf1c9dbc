"""A second opinion by a constraint solver (CP-SAT), on orders of real size, written without the library's search.

The solver gets the order as plain data and the plan that is to be doubted. It must find the plan
possible, and prove that none is better: first in what comes first, then in each next thing with all
before it equal. Doses are whole numbers of the finest portion; cuts are compared by multiplying out.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from ortools.sat.python import cp_model

from tests.oracles.brute import Brute, State, effort_of, makeable, number, sizes

LIMIT_SECONDS = 240.0
"""The slowest of the proofs takes 15 seconds; whoever needs more than this fails."""


class Doubt:
    """An order of one phase, as integers, and a model of so many cuts.

    Args:
        data: The order.
        regimens: The regimens of the plan that is doubted, step by step; all zero for the stop.
        days: Days of each step, the stop excluded.
    """

    def __init__(self, data: dict[str, Any], regimens: Sequence[tuple[Fraction, ...]], days: Sequence[int]) -> None:
        self.data, self.phase = data, data["phase"][0]
        portions = [sizes(product)[0] for product in data["product"]]
        self.unit = Fraction(1, math.lcm(*(portion.denominator for portion in portions)))
        self.times = list(data["current"])
        self.current = tuple(self._grid(number(dose)) for dose in data["current"].values())
        known = makeable(data, max(number(dose) for dose in data["current"].values()))
        self.work = {self._grid(dose): effort_of(work) for dose, work in known.items()}
        self.doses = sorted(self.work)
        self.first = [self.times.index(time) for time in data.get("reduce_first", ())]
        self.goal = self._grid(number(self.phase["until"]))
        self.stop_from = math.floor(number(data["stop_from"]) / self.unit) if "stop_from" in data else -1
        self.plan = [tuple(self._grid(dose) for dose in regimen) for regimen in regimens]
        self.days = list(days)

    def _grid(self, dose: Fraction) -> int:
        place = dose / self.unit
        assert place.denominator == 1
        return place.numerator

    # ---- several times of day: every regimen that the policy can lead to ---------------------------

    def choices(self, regimen: tuple[int, ...], made: list[int] | None = None) -> dict[int, tuple[int, ...]]:
        """For each lower total the regimen that the policy prefers among all in which nothing rises."""
        made = self.doses if made is None else made
        best: dict[int, tuple[Any, tuple[int, ...]]] = {}
        for lower in itertools.product(*([dose for dose in made if dose <= most] for most in regimen)):
            total = sum(lower)
            if self.first:
                key: Any = [lower[i] for i in self.first] + [d for i, d in enumerate(lower) if i not in self.first]
            else:
                key = sorted(lower, reverse=True), [-dose for dose in reversed(lower)]
            if total not in best or key < best[total][0]:
                best[total] = key, lower
        return {total: choice for total, (_, choice) in best.items() if total < sum(regimen)}

    def graph(self, smallest: Fraction | None) -> dict[tuple[int, ...], list[tuple[int, ...]]]:
        """Every regimen within reach, with those that one cut leads to."""
        found: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
        waiting = [self.current]
        while waiting:
            here = waiting.pop()
            if here in found:
                continue
            now = sum(here)
            if now == self.goal:
                found[here] = []
                continue
            floor = max(now - self.allowed(now), self.goal) if smallest is None else now - smallest * now
            found[here] = [
                lower
                for total, lower in self.choices(here).items()
                if total >= self.goal
                and (
                    (total and total >= floor)
                    or (not total and (now <= self.stop_from or (smallest is None and not floor)))
                )
            ]
            found[here] = self.preferred(here, found[here])
            waiting.extend(found[here])
        return found

    def preferred(self, here: tuple[int, ...], lower: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
        """What the order prefers of what one cut leads to: round doses, else a round daily dose; and the stop."""
        to, _, above = self.phase.get("round_to", "").partition(" above ")
        if not to:
            return lower
        now, step, free = sum(here), number(to) / self.unit, number(above) / self.unit if above else 0
        least = max(now - self.allowed(now), self.goal)
        within = [r for r in lower if sum(r) >= least]
        found = {sum(r): r for r in within if sum(r) <= free or sum(r) == self.goal}
        multiples = [dose for dose in self.doses if (dose / step).denominator == 1]
        found = {t: r for t, r in self.choices(here, multiples).items() if t >= least} | found
        chosen = list(found.values()) or [r for r in within if (sum(r) / step).denominator == 1] or within
        return chosen + [r for r in lower if r not in within]

    def allowed(self, total: int) -> Fraction:
        """The largest cut at a total, on the grid."""
        rule, _, floor = self.phase["reduce"].partition(", at least ")
        if "%" in rule:
            basis = sum(self.current) if "of start" in rule else total
            cut = Fraction(basis) * Fraction(rule.partition("%")[0].strip()) / 100
        else:
            cut = number(rule) / self.unit
        return max(cut, number(floor) / self.unit) if floor else cut

    def spent(self) -> list[int]:
        """Days of quarters, measured volumes, halves, units, products, of the plan's steps above the goal."""
        steps = [regimen for regimen in self.plan if sum(regimen) > self.goal]
        return [
            sum(self.days[t] * self.work[dose][kind] for t, regimen in enumerate(steps) for dose in regimen)
            for kind in range(5)
        ]

    def growing(self) -> int:
        """How many cuts of the plan are larger than the one before."""
        totals = [sum(regimen) for regimen in self.plan]
        falls = [a - b for a, b in itertools.pairwise(totals)]
        return sum(b > a for a, b in itertools.pairwise(falls))

    # ---- the model ---------------------------------------------------------------------------------

    def model(self, cuts: int, limit: Fraction | None = None) -> Model:
        """Begin a model of just so many cuts, or, with a finish date, of at most so many.

        Args:
            cuts: Number of cuts.
            limit: With a finish date: no cut above this need be looked at.
        """
        return Model(self, cuts, limit)


class Model:
    """Variables of a sequence: its totals, their work, and how large the cuts are."""

    def __init__(self, doubt: Doubt, cuts: int, limit: Fraction | None) -> None:
        self.doubt, self.cuts, self.dated = doubt, cuts, "finish" in doubt.phase
        self.cp = cp_model.CpModel()
        self._works: list[list[cp_model.IntVar]] = []
        self._zero = [self.cp.new_bool_var("") for _ in range(cuts + 1)]
        if len(doubt.times) == 1:
            self._line()
        else:
            self._regimens(limit)
        top, bottom = self.totals[0], self.totals[-1]
        self.cp.add(top == sum(doubt.current))
        self.cp.add(bottom == doubt.goal)
        self.going = [self.cp.new_bool_var("") for _ in range(cuts)]
        for t, (now, then) in enumerate(itertools.pairwise(self.totals)):
            self.cp.add(now > doubt.goal).only_enforce_if(self.going[t])
            self.cp.add(now > then).only_enforce_if(self.going[t])
            if self.dated:  # the goal may be reached sooner, and then it stays
                self.cp.add(now == doubt.goal).only_enforce_if(~self.going[t])
                self.cp.add(then == doubt.goal).only_enforce_if(~self.going[t])
            else:
                self.cp.add(self.going[t] == 1)
            if limit is not None:
                self.cp.add(limit.denominator * (now - then) <= limit.numerator * now).only_enforce_if(
                    ~self._zero[t + 1]
                )

    def _line(self) -> None:
        """One time of day: the total is the dose."""
        doubt, cp = self.doubt, self.cp
        domain = cp_model.Domain.from_values([dose for dose in doubt.doses if dose >= doubt.goal])
        self.totals = [cp.new_int_var_from_domain(domain, f"x{t}") for t in range(self.cuts + 1)]
        for total, zero in zip(self.totals, self._zero, strict=True):
            cp.add(total == 0).only_enforce_if(zero)
            cp.add(total > 0).only_enforce_if(~zero)
        pairs = []
        if "round_to" in doubt.phase:
            pairs = [(here[0], lower[0]) for here, afters in doubt.graph(None).items() for lower in afters]
        for t, (now, then) in enumerate(itertools.pairwise(self.totals)):
            by_stop = cp.new_bool_var("")
            cp.add(then == 0).only_enforce_if(by_stop)
            cp.add(now <= doubt.stop_from).only_enforce_if(by_stop)
            if self.dated:
                cp.add_bool_or([by_stop, ~self._zero[t + 1], self._zero[t]])
            elif pairs:
                cp.add_allowed_assignments([now, then], pairs)
            else:
                self._step(now, then, by_stop)

    def _step(self, now: cp_model.IntVar, then: cp_model.IntVar, by_stop: cp_model.IntVar) -> None:
        """A cut is allowed by the rule's share, by its floor, or as the stop."""
        doubt, cp = self.doubt, self.cp
        rule, _, floor = doubt.phase["reduce"].partition(", at least ")
        ways = [by_stop]
        if "%" in rule:
            part = Fraction(rule.partition("%")[0].strip()) / 100
            share = cp.new_bool_var("")
            if "of start" in rule:
                cp.add(now - then <= math.floor(sum(doubt.current) * part)).only_enforce_if(share)
            else:
                cp.add(part.denominator * (now - then) <= part.numerator * now).only_enforce_if(share)
            ways.append(share)
        else:
            floor = floor or rule
        for text in {floor, rule if "%" not in rule else ""} - {""}:
            least = cp.new_bool_var("")
            cp.add(now - then <= math.floor(number(text) / doubt.unit)).only_enforce_if(least)
            ways.append(least)
        cp.add_bool_or(ways)

    def _regimens(self, limit: Fraction | None) -> None:
        """Several times of day: a table of the regimens that may follow each other."""
        doubt, cp = self.doubt, self.cp
        graph = doubt.graph(limit if self.dated else None)
        self.places = {regimen: place for place, regimen in enumerate(graph)}
        self.states = [cp.new_int_var(0, len(graph) - 1, "") for _ in range(self.cuts + 1)]
        cp.add(self.states[0] == self.places[doubt.current])
        pairs = [(self.places[a], self.places[b]) for a, afters in graph.items() for b in afters]
        ends = [place for regimen, place in self.places.items() if sum(regimen) == doubt.goal]
        for now, then in itertools.pairwise(self.states):
            cp.add_allowed_assignments([now, then], pairs + [(end, end) for end in ends if self.dated])
        self.totals = [cp.new_int_var(0, sum(doubt.current), "") for _ in self.states]
        sums = [sum(regimen) for regimen in graph]
        for state, total, zero in zip(self.states, self.totals, self._zero, strict=True):
            cp.add_element(state, sums, total)
            cp.add(total == 0).only_enforce_if(zero)
            cp.add(total > 0).only_enforce_if(~zero)

    def handling(self) -> list[cp_model.LinearExprT]:
        """Days of quarters, measured volumes, halves, units, products, of the steps before the goal."""
        doubt, cp = self.doubt, self.cp
        spent: list[cp_model.LinearExprT] = []
        for kind in range(5):
            terms: list[cp_model.LinearExprT] = []
            for t in range(self.cuts):
                if len(doubt.times) == 1:
                    rows = [(dose, self._work((dose,))[kind]) for dose in doubt.doses if dose >= doubt.goal]
                    if len({work for dose, work in rows if dose > doubt.goal}) == 1:
                        terms.append(doubt.days[t] * rows[-1][1] * self.going[t] if t < len(doubt.days) else 0)
                        continue
                    work = cp.new_int_var(0, max(work for _, work in rows), "")
                    cp.add_allowed_assignments([self.totals[t], work], rows)
                else:
                    column = [self._work(regimen)[kind] for regimen in self.places]
                    work = cp.new_int_var(0, max(column), "")
                    cp.add_element(self.states[t], column, work)
                terms.append(doubt.days[t] * work)
            spent.append(sum(terms))
        return spent

    def _work(self, regimen: tuple[int, ...]) -> tuple[int, ...]:
        """Work of a regimen above the goal; the goal's own days are the same in every plan."""
        if sum(regimen) == self.doubt.goal:
            return (0,) * 5
        return tuple(sum(self.doubt.work[dose][kind] for dose in regimen) for kind in range(5))

    def count(self, size: Fraction, *, above: bool) -> cp_model.LinearExprT:
        """The number of cuts, the final stop not counted, that are at least a size, or above it."""
        marks = []
        for t, (now, then) in enumerate(itertools.pairwise(self.totals)):
            large = self.cp.new_bool_var("")
            counted = size.denominator * (now - then) - size.numerator * now
            self.cp.add(counted >= int(above)).only_enforce_if(large)
            self.cp.add(counted <= int(above) - 1).only_enforce_if([~large, ~self._zero[t + 1]])
            self.cp.add_implication(self._zero[t + 1], ~large)
            marks.append(large)
        return sum(marks)

    def growing(self) -> cp_model.LinearExprT:
        """The number of cuts, the stop among them, that are larger than the one before."""
        marks = []
        for before, now, then in zip(self.totals, self.totals[1:], self.totals[2:], strict=False):
            larger = self.cp.new_bool_var("")
            self.cp.add(now - then >= before - now + 1).only_enforce_if(larger)
            self.cp.add(now - then <= before - now).only_enforce_if(~larger)
            marks.append(larger)
        return sum(marks)

    def better(self, ours: Sequence[int], theirs: Sequence[cp_model.LinearExprT]) -> None:
        """Demand a list of numbers that is lower than ours at the first place where the two differ."""
        places = [self.cp.new_bool_var("") for _ in ours]
        self.cp.add_exactly_one(places)
        for place, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
            self.cp.add(other <= mine - 1).only_enforce_if(places[place])
            later = self.cp.new_bool_var("")
            self.cp.add(sum(places[place + 1 :]) == later)
            self.cp.add(other == mine).only_enforce_if(later)

    def fix(self) -> None:
        """Demand the doubted plan itself."""
        steps = self.doubt.plan + [self.doubt.plan[-1]] * (self.cuts + 1 - len(self.doubt.plan))
        for t, regimen in enumerate(steps):
            self.cp.add(self.totals[t] == sum(regimen))
            if len(self.doubt.times) > 1:
                self.cp.add(self.states[t] == self.places[regimen])

    def possible(self) -> bool:
        """Solve; no answer within the time is a failure, never a pass."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_time_in_seconds = LIMIT_SECONDS
        status = solver.solve(self.cp)
        assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE), solver.status_name(status)
        return status != cp_model.INFEASIBLE


def step_days(data: dict[str, Any], cuts: int) -> list[int]:
    """Days of the steps of an order of one phase: they depend on the number of the cut only."""
    brute = Brute(data | {"current": dict.fromkeys(data["current"], "1 mg"), "product": [{"name": "t 1 mg"}]})
    rows = brute.dated([State(0, 0, (Fraction(1),))] * (cuts + 1) + [State(0, 0, (Fraction(0),))])
    return [(row.end - row.start).days + 1 for row in rows]


def cuts_by(data: dict[str, Any], finish: date) -> int:
    """How many cuts can be made by a date."""
    day = date.fromisoformat(data["start"]).toordinal()
    for made, length in enumerate(step_days(data, 400)):
        day += length
        if day > finish.toordinal():
            return made
    raise AssertionError("too many cuts for a test")


def doubt_fewest(data: dict[str, Any], regimens: Sequence[tuple[Fraction, ...]]) -> None:
    """Prove a plan with `reduce`: possible; none with fewer cuts, fewer growing ones, less work, or worst cut."""
    cuts = len(regimens) - 1
    doubt = Doubt(data, regimens, step_days(data, cuts))
    itself = doubt.model(cuts)
    itself.fix()
    assert itself.possible(), "the plan breaks a rule of the order"
    if cuts > 1:
        assert not doubt.model(cuts - 1).possible(), "fewer cuts would do"
    growing = doubt.growing()
    steadier = doubt.model(cuts)
    steadier.cp.add(steadier.growing() <= growing - 1)
    assert not growing or not steadier.possible(), "fewer growing cuts would do"
    spent = doubt.spent()
    less = doubt.model(cuts)
    less.cp.add(less.growing() == growing)
    less.better(spent, less.handling())
    assert not less.possible(), "less handling would do"
    worst = max(_sizes(doubt.plan), default=Fraction(0))
    if worst:
        milder = doubt.model(cuts)
        milder.cp.add(milder.growing() == growing)
        for mine, other in zip(spent, milder.handling(), strict=True):
            milder.cp.add(other == mine)
        milder.cp.add(milder.count(worst, above=False) == 0)
        assert not milder.possible(), "a smaller worst cut would do"


def doubt_gentlest(data: dict[str, Any], regimens: Sequence[tuple[Fraction, ...]]) -> None:
    """Prove a plan with `finish`: possible; none gentler cut by cut; none as gentle with less work."""
    cuts = cuts_by(data, date.fromisoformat(data["phase"][0]["finish"]))
    doubt = Doubt(data, regimens, step_days(data, cuts))
    ours = sorted(_sizes(doubt.plan), reverse=True)
    worst = ours[0] if ours else Fraction(1)
    itself = doubt.model(cuts, worst)
    itself.fix()
    assert itself.possible(), "the plan breaks a rule of the order"

    def levels(model: Model) -> tuple[list[int], list[cp_model.LinearExprT]]:
        """How many cuts are above, and are at least, each size that the plan has, largest first."""
        mine, other = [], []
        for size in dict.fromkeys(ours):
            for above in (True, False):
                if above and size == worst:
                    continue
                mine.append(sum(cut > size if above else cut >= size for cut in ours))
                other.append(model.count(size, above=above))
        return mine, other

    if ours:
        gentler = doubt.model(cuts, worst)
        gentler.better(*levels(gentler))
        assert not gentler.possible(), "gentler would do"
    spent = doubt.spent()
    less = doubt.model(cuts, worst)
    for mine, other in zip(*levels(less), strict=True):
        less.cp.add(other == mine)
    less.better(spent, less.handling())
    assert not less.possible(), "less handling would do"


def _sizes(plan: Sequence[tuple[int, ...]]) -> list[Fraction]:
    totals = [sum(regimen) for regimen in plan]
    return [Fraction(a - b, a) for a, b in itertools.pairwise(totals) if b]
