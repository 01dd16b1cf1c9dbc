"""The checker: how does a schedule stand against published guidance?

Rules, and what they look at. The checker plans nothing and forbids nothing; it takes any schedule, wherever it came
from, and lets each rule look at it once.
"""

from taper.checker.checking import check
from taper.checker.rules import RULES

__all__ = ["RULES", "check"]
