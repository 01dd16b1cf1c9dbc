"""The order: what did the clinician decide, and what is in force?

An order is read, checked for what can be known without planning, and followed through its history of revisions.
No dose is worked out here, and nothing is judged.
"""

from taper.order.order import Order, parse_order, read_order

__all__ = ["Order", "parse_order", "read_order"]
