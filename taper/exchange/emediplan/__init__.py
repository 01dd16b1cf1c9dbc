"""The Swiss medication plan (eMediplan, CHMED16A): write a schedule as one, and read those of others.

After the specification of IG eMediplan (github.com/ig-emediplan/specification: chmed16a and chtransmissionformat).
"""

SCHEMA = "taper"
"""Name of the private fields: identifier and revision of the plan, and the first day without the drug."""
PIECES, MILLILITERS, MILLIGRAMS = "STK", "ML", "MG"
"""Units that are written and read."""
STAYS = "The plan ends with this dose and does not say that it stops."
"""Instruction with a last dose that goes on."""
