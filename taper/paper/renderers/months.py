"""Which months share a page: one rule for the PDF and for HTML that is printed."""

from __future__ import annotations

from fractions import Fraction

from taper.paper.parts import Day, DayDoses, Month

WEEKS_A_PAGE, LINES_A_DAY = 6, 6  # of two months on one page
HIGH, PADDING = 450, 6  # points: of the rows of a printed page, and within a week
LINE = Fraction(5, 4)  # of the size of type, words that need two lines included
WIDE, BOX, LETTER = 104, 2, Fraction(2, 3)  # points of a column; letters that a box takes; their width, in a wide font
SMALLEST, LARGEST = 8, 11


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
    """Return about how many lines a day takes in a month: those of its doses, of their words and of its devices."""
    return sum(1 + max(len(dose.short), len(dose.pictograms) > 2) for dose in doses.doses) + bool(doses.devices)


def type_size(months: list[Month]) -> int:
    """Return the size of type, in points, at which months stay on one printed page of HTML, which cannot measure it."""
    weeks = [[day for day in week if day] for month in months for week in month.weeks]
    room = HIGH - 45 * (len(months) - 1) - PADDING * len(weeks)
    return next(
        (
            size
            for size in range(LARGEST, SMALLEST, -1)
            if sum(max(_of_day(day, size) for day in week) for week in weeks) * size * LINE <= room
        ),
        SMALLEST,
    )


def _of_day(day: Day, size: int) -> int:
    crowded = len(day.doses.doses) if day.doses and not day.doses.corner and not day.doses.devices else 0
    broken = sum((len(dose.line) + BOX) * size * LETTER > WIDE for dose in day.doses.doses) if day.doses else 0
    return 1 + bool(day.marks) + (_lines(day.doses) if day.doses else 1) + crowded // 2 + broken
