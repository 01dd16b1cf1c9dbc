"""The published schedules of tests/data/published/*.toml, restated as facts, and a count of their days.

``stages`` is the schedule as printed: for each stage the days that it lasts (the shortest and the longest printed
pace; empty where the source prints none for the starting dose) and what is taken at each time of day, in mg, or in
percent of the starting dose. ``findings`` is what the check must say, ``order`` plans the schedule again, ``dossier``
is an earlier audit by another program. `Figures` counts day by day and takes nothing from the library.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from taper.order.parts import TIMES, TimeOfDay
from taper.quantity import Mg, exact_text
from taper.schedule.regimen import Intake
from taper.schedule.schedule import Schedule, Step

FOLDER = Path(__file__).parent.parent / "data" / "published"
START = date(2026, 1, 5)
WINDOW = 14
CEILING = Fraction(1, 4)
DIAZEPAM = {"diazepam": Fraction(1), "lorazepam": Fraction(10), "alprazolam": Fraction(20)}
"""Milligrams of diazepam for 1 mg, by the Ashton column: the stricter of the two that ASAM 2025 prints."""

LEFT_OUT = {
    "de_holzbach_diazepam": "prints no interval, so no window of days can be counted",
    "hus_short_skip": "skips evenings, and prints neither which nor, at the end, how many",
    "maudsley_a, maudsley_b, maudsley_c": "only their number of steps, largest fall and last dose are restated",
    "ashton tables 1 to 12": "were not read",
    "va lorazepam and alprazolam examples": "were not read",
    "belgian steps of 2023": "their percentages were not read",
    "empower calendar": "goes by the day of the week: tests/order/test_empower.py has it, day by day",
}
"""Schedules that cannot be audited here, and why."""

Doses = dict[tuple[TimeOfDay, str], Fraction]
"""Milligrams by time of day and drug."""


@dataclass(frozen=True)
class Stage:
    """A stage as printed: its days at the shortest and the longest pace, and its doses."""

    days: tuple[int, int] | None
    doses: Doses


@dataclass(frozen=True)
class Published:
    """A published schedule with its expected audit."""

    name: str
    data: dict[str, Any]

    @property
    def stops(self) -> bool:
        return not self.data.get("end_not_printed", False)

    @property
    def paces(self) -> tuple[int, ...]:
        """0 for the shortest printed pace, and 1 for the longest where they differ."""
        return (0, 1) if any(s.days is not None and s.days[0] < s.days[1] for s in self.stages) else (0,)

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        return tuple(self._stage(entry) for entry in self.data["stages"])

    def _stage(self, entry: dict[str, Any]) -> Stage:
        part = Fraction(self.data["chosen_start"]) / 100 if self.data["unit"] == "% of start" else Fraction(1)
        doses: Doses = {}
        for time in TIMES:
            if time in entry:
                number, _, drug = entry[time].partition(" ")
                doses[time, drug or self.data["drug"]] = Fraction(number) * part
        days = entry["days"]
        return Stage((days[0], days[-1]) if days else None, doses)

    def lengths(self, pace: int) -> list[tuple[int, Stage]]:
        """Return the stages with their days; a starting dose without printed days is kept for a window."""
        return [(WINDOW if stage.days is None else stage.days[pace], stage) for stage in self.stages]

    def schedule(self, pace: int) -> Schedule:
        """Return the schedule as the library's value."""
        steps, day = [], START
        for number, (days, stage) in enumerate(self.lengths(pace)):
            intakes = tuple(Intake(time, drug, Mg(dose)) for (time, drug), dose in stage.doses.items())
            steps.append(Step(number, day, day + timedelta(days=days - 1), intakes))
            day += timedelta(days=days)
        return Schedule(tuple(steps), stopped_on=day if self.stops else None, origin="published")

    def order(self, pace: int) -> dict[str, Any]:
        """Return the order that plans the schedule again; each phase has its intervals, shortest first."""
        wanted = self.data["order"]
        phases = [phase | {"every": phase["every"][min(pace, len(phase["every"]) - 1)]} for phase in wanted["phase"]]
        keys = ("drug", "country", "current", "product", "reduce_first")
        return {key: wanted[key] for key in keys if key in wanted} | {"start": START.isoformat(), "phase": phases}

    def figures(self, pace: int) -> Figures:
        return Figures(self, tuple(self.lengths(pace)))


@dataclass(frozen=True)
class Figures:
    """What the days of a schedule add up to."""

    published: Published
    lengths: tuple[tuple[int, Stage], ...]

    @property
    def _drugs(self) -> set[str]:
        return {drug for _, stage in self.lengths for _, drug in stage.doses}

    @property
    def scale(self) -> Fraction:
        """Milligrams of diazepam in one unit of `doses`; 1 where the source names no drug."""
        return DIAZEPAM.get(next(iter(self._drugs)), Fraction(1)) if len(self._drugs) == 1 else Fraction(1)

    @cached_property
    def doses(self) -> list[Fraction]:
        """The daily dose of each stage: in mg of the drug, or of diazepam where there are several."""
        factors = {drug: Fraction(1) if len(self._drugs) == 1 else DIAZEPAM[drug] for drug in self._drugs}
        return [
            sum((dose * factors[drug] for (_, drug), dose in stage.doses.items()), Fraction(0))
            for _, stage in self.lengths
        ]

    @cached_property
    def falls(self) -> list[tuple[Fraction, Fraction, int]]:
        """For each day its dose, the lowest dose of the window after it, and the first stage that has it."""
        daily = [(self.doses[stage], stage) for stage, (days, _) in enumerate(self.lengths) for _ in range(days)]
        found = []
        for day, (dose, stage) in enumerate(daily):
            low, when = min(daily[day + 1 : day + WINDOW + 1], default=(dose, stage))
            found.append((dose, low, when))
        return found

    @property
    def beyond(self) -> list[tuple[Fraction, Fraction, int]]:
        """The falls of more than 25% of the day's dose."""
        return [fall for fall in self.falls if 1 - fall[1] / fall[0] > CEILING]

    def warned(self, allowance: Fraction) -> dict[int, Fraction]:
        """The deepest fall to each stage that is beyond the ceiling and, in diazepam, beyond the allowance."""
        found: dict[int, Fraction] = {}
        for dose, low, when in self.beyond:
            if (dose - low) * self.scale > allowance:
                found[when] = max(found.get(when, Fraction(0)), 1 - low / dose)
        return found

    def _shown(self, dose: Fraction) -> str:
        """Write a dose as the dossier does: in percent of the start, or in mg of diazepam."""
        percent = self.published.data["unit"] == "% of start"
        return exact_text(dose / self.doses[0] * 100 if percent else dose * self.scale)

    def dossier(self) -> dict[str, Any]:
        """Return the figures of one pace in the words of the dossier."""
        cuts = list(pairwise(self.doses))
        relative = max(cuts, key=lambda cut: 1 - cut[1] / cut[0])
        largest = max(cuts, key=lambda cut: cut[0] - cut[1])
        first = 0 if self.published.data.get("no_start_row") else 1
        days = [days for days, _ in self.lengths[first:]]
        deepest = max(1 - low / dose for dose, low, _ in self.beyond)
        return {
            "stages": len(self.lengths) + 1,
            "days": sum(days),
            "shortest_step": min(days),
            "worst_cut": f"{_percent(1 - relative[1] / relative[0])} ({self._between(*relative)})",
            "window": f"{_percent(deepest)} (from {self._shown(self.beyond[0][0])})",
            "largest_cut": f"{self._shown(largest[0] - largest[1])} ({self._between(*largest)})",
            "last_dose": self._shown(self.doses[-1]),
            "of_start": _percent(max((dose - low) / self.doses[0] for dose, low, _ in self.falls)),
            "floor": exact_text(max((dose - low) * self.scale for dose, low, _ in self.beyond)),
        }

    def _between(self, before: Fraction, after: Fraction) -> str:
        return f"{self._shown(before)} to {self._shown(after)}"


def _percent(value: Fraction) -> str:
    return f"{round(value * 100)} %"  # a half goes to the even side, as in the dossier


@lru_cache
def published() -> dict[str, Published]:
    """Return every published schedule by name."""
    return {
        path.stem: Published(path.stem, tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal))
        for path in sorted(FOLDER.glob("*.toml"))
    }


def paces() -> Iterator[tuple[str, int]]:
    """Yield the name of each published schedule with each of its paces."""
    for name, entry in published().items():
        for pace in entry.paces:
            yield name, pace
