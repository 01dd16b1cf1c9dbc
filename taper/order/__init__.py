"""The order: what did the clinician decide, and what is in force?

An order is read, checked for everything that can be known without planning, and followed through its history of
revisions to the terms in force on each day.

What may not enter: computing a dose of the plan, comparing with guidance, silently correcting what was written.
"""

from taper.order.order import Order, parse_order, read_order

__all__ = ["Order", "parse_order", "read_order"]
