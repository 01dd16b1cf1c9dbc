"""How long it takes to read and audit a pharmacy's rows: ``python -m tests.bench.reading``. Aim: below 10 s.

The rows are those of 2,000 people with 50 fills each, slowly less, in one file; every person is audited. The
time for a tenth of the people stands beside it, and so do the most bytes that were held at once: both say whether
more people cost more than their share.
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from datetime import date, timedelta

from taper.checker.checking import check
from taper.errors import ScheduleError
from taper.exchange.people import read_people
from taper.exchange.reading import read_schedule

PEOPLE, FILLS, AIM = 2_000, 50, 10.0


def history(people: int = PEOPLE) -> str:
    """Return the file."""
    lines = ["patient,date,product,strength,quantity,days_of_supply,sig"]
    for person in range(people):
        day = date(2020, 1, 1) + timedelta(days=person % 2000)
        for fill in range(FILLS):
            amount = 4 * (FILLS + 10 - fill)
            lines.append(f"{person},{day},diazepam tablets,2 mg,{amount},28,Take 1 tablet by mouth twice daily")
            day += timedelta(days=28)
    return "\r\n".join(lines)


def at_once(data: bytes) -> tuple[float, float, int]:
    """Read the whole file, then audit every person: seconds of the processor for both, and how much was found."""
    begin = time.process_time()
    reading = read_schedule(data)
    read = time.process_time() - begin
    found = sum(len(check(schedule).findings) for _, _, schedule in reading.schedules)
    return read, time.process_time() - begin, found


def one_by_one(data: bytes) -> int:
    """Read and audit one person after the other, as ``taper check --all`` does: how much was found."""
    found = 0
    for _, reading in read_people(data):
        if isinstance(reading, ScheduleError):
            raise reading
        found += len(check(reading.schedule()).findings)
    return found


def main() -> int:
    """Measure and print."""
    check(read_schedule(b"date,product,quantity,days_of_supply\n2026-01-05,diazepam 5 mg tablets,28,14\n").schedule())
    whole = 0.0
    for people in (PEOPLE // 10, PEOPLE):
        data = history(people).encode()
        read, whole, found = at_once(data)
        begin = time.process_time()
        assert one_by_one(data) == found
        streamed = time.process_time() - begin
        print(
            f"{people * FILLS:,} rows of {people:,} people: read in {read:.2f} s, audited in {whole:.2f} s, "
            f"one by one in {streamed:.2f} s; {found:,} findings"
        )
    for people in (PEOPLE // 10, PEOPLE // 2):
        data = history(people).encode()
        tracemalloc.start()
        one_by_one(data)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(f"{people:,} people one by one: {most / 1e6:.1f} MB at most, for {len(data) / 1e6:.1f} MB of text")
    return 0 if whole < AIM else 1


if __name__ == "__main__":
    sys.exit(main())
