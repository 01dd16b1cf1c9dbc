"""The one sheet, as a paper of its own: the whole plan week by week, for the door of the fridge."""

from __future__ import annotations

from taper.paper.parts import Fact, Frame, Handout, Notice
from taper.paper.request import PrintRequest
from taper.paper.sheets.patient import build_handout
from taper.paper.variant import Variant
from taper.paper.week_parts import WeekTable
from taper.values import dataclass


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """The whole plan on one sheet.

    Attributes:
        frame: What is on every page.
        variant: How it is laid out.
        facts: The dose of the first day, where the sheet replaces another; it comes first.
        people: For whom, by whom, whom to call.
        notices: That it replaces another plan.
        only: That only some weeks are shown; else empty.
        start_line: A line to write the first day on, in a plan without dates; else empty.
        by_week: The plan.
        stay: What comes after the last day of a plan without a stop; else empty.
        never: The one sentence that must be seen.
    """

    frame: Frame
    variant: Variant
    facts: tuple[Fact, ...]
    people: tuple[str, ...]
    notices: tuple[Notice, ...]
    only: str
    start_line: str
    by_week: WeekTable
    stay: str
    never: str


def build_plan_sheet(request: PrintRequest) -> PlanSheet:
    """Write the sheet: a part of the handout, in the same words.

    Raises:
        ScheduleError: The schedule has a dose that cannot be written.
        TaperError: No such language, or no day of the plan is left to print.
    """
    return plan_of(build_handout(request))


def plan_of(page: Handout) -> PlanSheet:
    """Take the sheet out of a handout."""
    revised = tuple(notice for notice in page.notices if notice.kind == "revised")
    return PlanSheet(
        frame=page.frame,
        variant=page.variant,
        facts=page.facts[:1] if revised else (),
        people=page.people,
        notices=revised,
        only=page.only,
        start_line=page.start_line,
        by_week=page.by_week,
        stay=page.stay,
        never=page.never,
    )
