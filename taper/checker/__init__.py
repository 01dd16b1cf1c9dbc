"""The checker: how does a schedule stand against published guidance?

It takes any schedule, wherever it came from, lets each rule look at it once, and reports what they found and what they
could not evaluate.

What may not enter: the planner, an exception for a schedule that goes against guidance, a limit without its source.
"""

from taper.checker.checking import check
from taper.checker.rules import RULES

__all__ = ["RULES", "check"]
