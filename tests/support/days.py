"""A schedule seen day by day."""

from __future__ import annotations

from datetime import date

from taper.quantity import Mg
from taper.schedule.regimen import Intake
from taper.schedule.schedule import Schedule


def doses(schedule: Schedule) -> dict[date, Mg]:
    return {day: step.total for day, step in schedule.days()}


def days(schedule: Schedule) -> dict[date, tuple[int, tuple[Intake, ...]]]:
    """Number and intakes of every day."""
    return {day: (step.number, step.intakes) for day, step in schedule.days()}
