"""All rules, on one screen.

The code of a rule is never reused. T1xx pace, T2xx practice, T3xx the person, T4xx
records that came from outside. T490 looks at the findings of the others, so the checker applies it last.
As-needed doses have no rule: a schedule says what is taken on each day and cannot hold them.
"""

from taper.checker.definition import Rule
from taper.checker.rules.abrupt import abrupt_stop
from taper.checker.rules.acknowledged import unmatched
from taper.checker.rules.conditions import (
    breastfeeding,
    complicated_withdrawal,
    epilepsy,
    kidney,
    lung,
    sedatives,
    suicidality,
)
from taper.checker.rules.consolidation import change_of_total
from taper.checker.rules.cuts import first_cut, step_size
from taper.checker.rules.duration import review, total_time
from taper.checker.rules.ending import last_dose, stop_beyond_ceiling
from taper.checker.rules.fills import long_fill
from taper.checker.rules.handling import drops_in_ml, look_alikes, many_pieces, quarters, unmeasurable
from taper.checker.rules.imported import (
    altered,
    duration,
    mismatch,
    open_end,
    period,
    quantity,
    sequence,
    supply,
    unit,
    unread,
    unstructured,
    untimed,
)
from taper.checker.rules.intervals import interval
from taper.checker.rules.measuring import fillings, weighed_powder
from taper.checker.rules.once_daily import once_a_day
from taper.checker.rules.ordered import finish_date, larger_than_ordered, taken_otherwise
from taper.checker.rules.pace import crossover, increase, unchecked
from taper.checker.rules.person import (
    alcohol,
    liver,
    metabolites,
    older,
    opioid,
    pregnancy,
    seizures,
    short_use,
)
from taper.checker.rules.practice import skipped_days
from taper.checker.rules.record import gap, overlap, pieces
from taper.checker.rules.rhythm import weekly_pattern
from taper.checker.rules.slower import slower_than_ordered
from taper.checker.rules.specialist import specialist
from taper.checker.rules.splitting import (
    split_against_label,
    split_extended_release,
    split_never,
    split_unknown,
    split_without_score,
)
from taper.checker.rules.together import two_cuts, two_drugs
from taper.checker.rules.window import window_ceiling

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
    total_time,  # T111  total time of the taper
    finish_date,  # T112  finish date of the order
    change_of_total,  # T113  total equivalents while drugs change
    two_drugs,  # T114  two drugs on one day
    taken_otherwise,  # T115  dose taken differs from the plan
    two_cuts,  # T116  two drugs reduced at once
    unchecked,  # T117  pace not checked
    slower_than_ordered,  # T118  slower than ordered
    skipped_days,  # T201  days left out or alternating
    split_without_score,  # T202  split without a score
    split_against_label,  # T203  split that the label forbids
    split_unknown,  # T204  split of a tablet with an unknown score
    split_extended_release,  # T205  split of an extended-release form
    split_never,  # T206  split of a form that is never split
    review,  # T207  review dates
    many_pieces,  # T208  pieces in one intake
    quarters,  # T209  quarters
    look_alikes,  # T210  products that can be taken for each other
    unmeasurable,  # T211  volume that cannot be measured
    drops_in_ml,  # T212  drops measured in mL
    weekly_pattern,  # T213  weekly pattern
    once_a_day,  # T214  short-acting drug once a day
    fillings,  # T215  more than one filling
    weighed_powder,  # T216  weighed powder
    long_fill,  # T218  length of a fill
    opioid,  # T301  opioid taken too
    pregnancy,  # T302  pregnancy
    seizures,  # T303  seizures
    older,  # T304  older people
    liver,  # T305  liver disease
    metabolites,  # T306  active metabolites
    alcohol,  # T307  alcohol
    short_use,  # T308  short use
    specialist,  # T309  dose for a specialist
    sedatives,  # T310  other sedatives
    lung,  # T311  lung disease or sleep apnea
    kidney,  # T312  kidney disease
    breastfeeding,  # T313  breastfeeding
    complicated_withdrawal,  # T314  earlier complicated withdrawal
    epilepsy,  # T315  epilepsy treated with the drug
    suicidality,  # T316  suicidality
    gap,  # T401  days without a record
    overlap,  # T402  a dose recorded twice
    pieces,  # T403  pieces that do not add up
    mismatch,  # T404  text and structure disagree
    duration,  # T405  length of one intake used for a step
    quantity,  # T406  quantity that does not match
    sequence,  # T407  order of the steps not recorded
    period,  # T408  step without dates
    open_end,  # T409  step without an end
    unit,  # T410  unit that cannot be converted
    unstructured,  # T411  dosage in words only
    unread,  # T412  part of the record not read
    untimed,  # T413  time of day not recorded
    supply,  # T414  supply is not intake
    altered,  # T415  plan that its order does not lead to
    unmatched,  # T490  acknowledgment of nothing
)
"""The rules that `taper.check` applies unless told otherwise."""

_OF_ORDERS = frozenset(
    rule.code
    for rule in (
        *(larger_than_ordered, finish_date, taken_otherwise, slower_than_ordered, split_without_score),
        *(split_against_label, split_unknown, split_extended_release, split_never, review, many_pieces, quarters),
        *(look_alikes, unmeasurable, drops_in_ml, fillings, weighed_powder, long_fill, opioid, pregnancy, seizures),
        *(older, liver, alcohol, short_use, sedatives, lung, kidney, breastfeeding, complicated_withdrawal, epilepsy),
        *(suicidality, unmatched),
    )
)
RULES_OF_RECORDS: tuple[Rule, ...] = tuple(rule for rule in RULES if rule.code not in _OF_ORDERS)
"""Those that can find something in a schedule without an order; the others only say that they were not evaluated."""

__all__ = ["RULES", "RULES_OF_RECORDS"]
