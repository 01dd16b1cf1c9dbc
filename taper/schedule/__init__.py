"""The schedule: what is taken on which day, and what follows from that alone?

Steps and intakes, the pieces that make a dose, the supply of a plan, one day of it, the difference between two. A
schedule may come from an order or from another tool's file.

What may not enter: planning a schedule, judging it, and any word for people.
"""

from taper.schedule.comparison import Difference, difference
from taper.schedule.day import Today, today
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import Remark, Schedule, Step
from taper.schedule.supply import Fill, Supply, SupplyLine, dispense

__all__ = [
    "Difference",
    "Fill",
    "Intake",
    "Item",
    "Remark",
    "Schedule",
    "Step",
    "Supply",
    "SupplyLine",
    "Today",
    "difference",
    "dispense",
    "today",
]
