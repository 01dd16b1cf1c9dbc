"""All Hypothesis strategies, by subject; `seeded` are orders of real size, which are made without Hypothesis."""

from tests.oracles.brute import DAYS, TIMES
from tests.strategies.amounts import decimal_text, decimals, fractions
from tests.strategies.orders import (
    INTERVALS,
    cycle_orders,
    dated_order_data,
    joint_orders,
    moved_dates,
    order_data,
    start_days,
    switch_data,
    weekly_orders,
)
from tests.strategies.pairs import next_revisions, schedule_pairs
from tests.strategies.printed import (
    mixed_schedules,
    printed_schedules,
    weekly_runs,
    weekly_schedules,
    zopiclone_weeks,
)
from tests.strategies.products import liquids, product_lists, tablets
from tests.strategies.revisions import changes, joint_plans, living_plans, real_plans, revised_plans
from tests.strategies.schedules import curves, foreign_schedules, intakes, schedule_of_curve
from tests.strategies.supplies import amounts_at_hand, supplied_schedules

__all__ = [
    "DAYS",
    "INTERVALS",
    "TIMES",
    "amounts_at_hand",
    "changes",
    "curves",
    "cycle_orders",
    "dated_order_data",
    "decimal_text",
    "decimals",
    "foreign_schedules",
    "fractions",
    "intakes",
    "joint_orders",
    "joint_plans",
    "liquids",
    "living_plans",
    "mixed_schedules",
    "moved_dates",
    "next_revisions",
    "order_data",
    "printed_schedules",
    "product_lists",
    "real_plans",
    "revised_plans",
    "schedule_of_curve",
    "schedule_pairs",
    "start_days",
    "supplied_schedules",
    "switch_data",
    "tablets",
    "weekly_orders",
    "weekly_runs",
    "weekly_schedules",
    "zopiclone_weeks",
]
