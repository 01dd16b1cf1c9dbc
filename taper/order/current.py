"""What is taken at the start: the same every day, or a weekly pattern."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from taper.errors import OrderError
from taper.order.parts import TIMES, WEEKDAYS, DailyDoses, Part, TimeOfDay, Words
from taper.order.phase import Week, dose_total
from taper.quantity import NO_MG, Mg


class Current(DailyDoses):
    """Today's doses: by time of day, or by the day of the week where they are not the same every day.

    Attributes:
        morning: Dose in mg, likewise the others; a time of day that is not used is left out.
        weekly: Instead of times of day: the doses by the day of the week, as in a phase with `weekly`, each with its
            time of day, such as {bedtime = "2 mg"}; "0 mg" is a day without the drug.

    >>> on_two_days = {"usual": "0 mg", "Monday": {"bedtime": "2 mg"}, "Friday": {"bedtime": "2 mg"}}
    >>> Current(weekly=on_two_days).days_with_a_dose, Current(morning="5 mg", bedtime="5 mg").days_with_a_dose
    (2, 7)
    """

    weekly: Week | None = None

    @property
    def days(self) -> tuple[dict[TimeOfDay, Mg], ...]:
        """The doses by time of day: of every day, or of the seven days from Monday on."""
        if self.weekly is None:
            return (self.by_time(),)
        return tuple(day.by_time() if isinstance(day, DailyDoses) else {} for day in self.weekly.days)

    @property
    def is_daily(self) -> bool:
        """Whether every day has the same doses."""
        return self.weekly is None or all(day == self.days[0] for day in self.days)

    @property
    def days_with_a_dose(self) -> int:
        """On how many days of the week the drug is taken."""
        return len(WEEKDAYS) if self.weekly is None else sum(map(bool, self.days))

    def by_time(self) -> dict[TimeOfDay, Mg]:
        """Return the doses that are taken, in the order of the day; of a weekly pattern the largest at each time."""
        if self.weekly is None:
            return super().by_time()
        return {time: max(day[time] for day in self.days if time in day) for time in TIMES if self._has(time)}

    def _has(self, time: TimeOfDay) -> bool:
        return any(time in day for day in self.days)

    @property
    def total(self) -> Mg:
        """The daily dose; of a weekly pattern the largest."""
        return max(sum(day.values(), NO_MG) for day in self.days)

    @model_validator(mode="after")
    def _some(self) -> Self:
        if self.weekly is None:
            self._doses()
            return self
        times = [time for time in TIMES if getattr(self, time) is not None]
        if times:
            raise OrderError(f"weekly and {times[0]} both say what is taken; keep one", field="weekly")
        for name in ("usual", *WEEKDAYS):
            dose = getattr(self.weekly, name)
            if dose is not None and not isinstance(dose, DailyDoses) and dose_total(dose):
                raise OrderError(
                    f'{dose} at which time of day? Write {{bedtime = "{dose}"}}, or the times that it is taken at',
                    field=f"weekly.{name}",
                )
        if self.is_daily:
            raise OrderError("every day of the week has the same doses; write them by time of day", field="weekly")
        return self


class OtherDrug(Part):
    """Another drug that is taken at the start of the plan, held until a phase names it.

    Attributes:
        drug: The substance.
        current: Today's regimen of it.
    """

    drug: Words
    current: Current
