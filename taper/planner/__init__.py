"""The planner: how is the order carried out exactly?

It turns an order into a schedule, and a schedule with a revision into the next one. It never judges: no guideline and
no finding enters here.
"""

from taper.planner.planning import plan
from taper.planner.reviser import revise

__all__ = ["plan", "revise"]
