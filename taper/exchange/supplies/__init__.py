"""What a pharmacy handed out, fill by fill, laid out as days.

A supply lasts from the day on which it was handed out for its days, both ends counted. What of one drug is handed out
on one day is one regimen. If the daily amount of a product is unchanged, a refill that was fetched early counts from
the day after the supply before; a changed one replaces what was running, and what is left over is remarked. A fill and
its reversal cancel each other out; a row that stands twice counts once. A row whose days cannot be meant is never used:
the days after it are unknown, unless the caller has declared that days are taken from the next fill.
"""

from taper.exchange.supplies.fill import Fill, Open, Reversal, average
from taper.exchange.supplies.person import add_fills

__all__ = ["Fill", "Open", "Reversal", "add_fills", "average"]
