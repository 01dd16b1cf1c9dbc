"""The planner: how is the order carried out exactly?

It turns an order into a schedule, and a schedule with a revision into the next one. The same order always gives the
same schedule.

What may not enter: a guideline or a finding (the planner never judges), a dose that the products cannot make, a cut
larger than ordered.
"""

from taper.planner.planning import plan
from taper.planner.reviser import revise

__all__ = ["plan", "revise"]
