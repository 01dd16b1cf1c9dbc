"""The schedule: what is taken on which day, and what follows from that alone?

Steps and intakes, the pieces that make a dose, the supply of a plan, one day of it, the difference between two. A
schedule may come from an order or from another tool's file.

What may not enter: planning a schedule, judging it, and any word for people.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "comparison": ["Difference", "difference"],
        "day": ["Today", "today"],
        "regimen": ["Intake", "Item"],
        "schedule": ["Remark", "Schedule", "Step"],
        "supply": ["Fill", "Supply", "SupplyLine", "dispense"],
    },
)
