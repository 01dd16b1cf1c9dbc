"""How long it takes to read and audit a pharmacy's 10,000 rows: ``python -m tests.bench.reading``. Aim: below 2 s.

The rows are those of 200 people with 50 fills each, slowly less, in one file; every person is audited.
"""

from __future__ import annotations

import sys
import time
from datetime import date, timedelta

from taper.checker.checking import check
from taper.exchange.reading import read_schedule

PEOPLE, FILLS, AIM = 200, 50, 2.0


def history() -> str:
    """Return the file."""
    lines = ["patient,date,product,strength,quantity,days_of_supply,sig"]
    for person in range(PEOPLE):
        day = date(2020, 1, 1) + timedelta(days=person)
        for fill in range(FILLS):
            amount = 4 * (FILLS + 10 - fill)
            lines.append(f"{person},{day},diazepam tablets,2 mg,{amount},28,Take 1 tablet by mouth twice daily")
            day += timedelta(days=28)
    return "\r\n".join(lines)


def main() -> int:
    """Measure and print."""
    data = history().encode()
    check(read_schedule(b"date,product,quantity,days_of_supply\n2026-01-05,diazepam 5 mg tablets,28,14\n").schedule())
    begin = time.perf_counter()
    reading = read_schedule(data)
    read = time.perf_counter() - begin
    found = sum(len(check(schedule).findings) for _, _, schedule in reading.schedules)
    whole = time.perf_counter() - begin
    print(
        f"read {len(reading.lines):,} rows in {read:.2f} s; audited {PEOPLE} people, {found:,} findings: {whole:.2f} s"
    )
    return 0 if whole < AIM else 1


if __name__ == "__main__":
    sys.exit(main())
