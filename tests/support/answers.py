"""Answers to the questions of `taper new`."""

from __future__ import annotations

NO_MORE = ""
DIAZEPAM = ["diazepam", "US", "2026-01-05", "10 mg", "", "", "10 mg", "4", "halves", "3", "halves", NO_MORE]
STEP = ["step", "10% of current, at least 1 mg", "2 weeks", "0 mg"]
REST = ["", "", "4 weeks", ""]
"""No day of the week, no last dose; reviews; no facts about the person."""
FIRST_ORDER = [*DIAZEPAM, *STEP, *REST]
