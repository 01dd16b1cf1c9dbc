"""All rules, on one screen.

Codes are never used again for anything else. T1xx pace, T2xx practice, T3xx the person, T4xx
records that came from outside. T490 (an acknowledgment that matches nothing) belongs to the
checker itself, because it looks at the other findings.
"""

from taper.finding import Rule
from taper.rules.ending import abrupt_stop, last_dose, stop_beyond_ceiling
from taper.rules.ordered import larger_than_ordered
from taper.rules.pace import crossover, first_cut, increase, interval, step_size
from taper.rules.person import opioid, pregnancy, seizures
from taper.rules.practice import (
    skipped_days,
    split_against_label,
    split_extended_release,
    split_never,
    split_unknown,
    split_without_score,
)
from taper.rules.record import gap, overlap, pieces
from taper.rules.window import window_ceiling

RULES: tuple[Rule, ...] = (
    window_ceiling,  # T101  fall within a window of days
    first_cut,  # T102  size of the first cut
    interval,  # T103  time between two cuts
    larger_than_ordered,  # T104  cut larger than ordered
    last_dose,  # T105  dose that the drug is stopped from
    abrupt_stop,  # T106  stop without a taper
    increase,  # T107  the dose rises
    step_size,  # T108  size of a single cut
    crossover,  # T109  time for changing drugs
    stop_beyond_ceiling,  # T110  stop larger than the ceiling
    skipped_days,  # T201  days left out or alternating
    split_without_score,  # T202  split without a score
    split_against_label,  # T203  split that the label forbids
    split_unknown,  # T204  split of a tablet with an unknown score
    split_extended_release,  # T205  split of an extended-release form
    split_never,  # T206  split of a form that is never split
    opioid,  # T301  opioid taken too
    pregnancy,  # T302  pregnancy
    seizures,  # T303  seizures
    gap,  # T401  days without a record
    overlap,  # T402  a dose recorded twice
    pieces,  # T403  pieces that do not add up
)
"""The rules that `taper.check` applies unless told otherwise."""

__all__ = ["RULES"]
