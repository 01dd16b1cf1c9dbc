"""Days without supply: when they are a stop, by the conventions that the caller declared.

More days than the gap between two supplies are days without the drug. After the last supply they are a stop if the
data reach far enough to show it; else it is too early to say. A row whose days are not known leaves the days after it
unknown: nobody has stopped there.
"""

from __future__ import annotations

from datetime import date, timedelta

from taper.exchange.conventions import Supplies
from taper.exchange.record_lines import Line
from taper.schedule.schedule import ONE_DAY, Remark


def without_supply(lines: list[Line], supplied: Supplies) -> tuple[list[Line], date | None, tuple[Remark, ...]]:
    """Return the lines with those of days without the drug, the day of the stop, and what is said of both.

    Args:
        lines: The lines of one person, of all drugs: a switch is no stop.
        supplied: The conventions; their gap is given.
    """
    assert supplied.gap is not None
    known = sorted((line.start, line.end) for line in lines if line.intakes and line.start and line.end)
    unclear = sorted(line.start for line in lines if line.intakes is None and line.start is not None)
    if not known:
        return lines, None, ()
    found: list[Line] = []
    remarks: list[Remark] = []
    since, until = known[0]
    for start, end in known:
        days = (start - until).days - 1
        if days > supplied.gap and not any(since <= day < start for day in unclear):
            found.append(_zero(lines[0], until + ONE_DAY, start - ONE_DAY))
            remarks.append(_remark(days, until + ONE_DAY, f"more than {supplied.gap} are a stop, by the gap declared"))
        if end >= until:
            since, until = start, end
    stop = None
    if supplied.end_of_data is not None and supplied.end_of_data > until:
        days = (supplied.end_of_data - until).days
        if any(day >= since for day in unclear):
            said = "a row that is not understood may be for these days, so that it is not known whether it was stopped"
        elif days > supplied.gap:
            stop = until + ONE_DAY
            said = f"more than {supplied.gap} up to the end of the data are a stop, by the gap declared"
        else:
            said = f"not more than {supplied.gap} up to the end of the data: too early to say whether it was stopped"
        remarks.append(_remark(days, until + ONE_DAY, said))
    return [*lines, *found], stop, tuple(remarks)


def _zero(like: Line, start: date, end: date) -> Line:
    days = (end - start) + timedelta(days=1)
    return Line(like.meaning, "", start=start, end=end, days=days.days, intakes=(), person=like.person)


def _remark(days: int, start: date, said: str) -> Remark:
    return Remark("supply", f"No supply for {days} {'day' if days == 1 else 'days'} from {start}; {said}")
