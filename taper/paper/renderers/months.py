"""Which months share a page: one rule for the PDF and for HTML that is printed."""

from __future__ import annotations

from taper.paper.parts import DayDoses, Month

WEEKS_A_PAGE, LINES_A_DAY = 6, 4  # of two months on one page


def on_pages(months: tuple[Month, ...]) -> list[list[Month]]:
    """Put months on pages: a month of few weeks, and of few doses a day, shares the page of the month before it."""
    pages: list[list[Month]] = []
    for month in months:
        both = [*pages[-1], month] if pages else []
        weeks = [week for each in both for week in each.weeks]
        full = max((_lines(day.doses) for week in weeks for day in week if day and day.doses), default=0)
        if both and len(weeks) <= WEEKS_A_PAGE and full <= LINES_A_DAY:
            pages[-1].append(month)
        else:
            pages.append([month])
    return pages


def _lines(doses: DayDoses) -> int:
    """Return about how many lines a day takes in a month."""
    return len(doses.doses) + sum(len(dose.pictograms) > 2 or bool(dose.measure) for dose in doses.doses)
