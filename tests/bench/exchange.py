"""How long it takes to write a plan of twelve months for other tools: ``python -m tests.bench.exchange``.

Each line: format, median and worst of fifty warm runs, size. Calendar and FHIR must stay below 50 ms.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, time as clock
from typing import Any

from taper.exchange.calendar.write import write_ics
from taper.exchange.fhir.write import fhir_json, write_fhir
from taper.exchange.markdown import write_markdown
from taper.exchange.tables.write import write_days, write_steps, write_table
from taper.order.order import parse_order
from taper.paper.sigs import write_sigs
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule

LIMIT = 0.050
DAY = date(2026, 1, 2)
TIMES: Any = {"morning": clock(8), "bedtime": clock(22)}


def twelve_months() -> Schedule:
    """Diazepam from 30 mg in two doses, fortnightly, for a year."""
    return plan(
        parse_order(
            {
                "drug": "diazepam",
                "country": "US",
                "start": "2026-01-05",
                "current": {"morning": "15 mg", "bedtime": "15 mg"},
                "product": [
                    {"name": "diazepam tablet 5 mg", "split": "halves"},
                    {"name": "diazepam tablet 2 mg", "split": "halves"},
                ],
                "phase": [{"reduce": "8% of current, at least 1 mg", "every": "2 weeks", "until": "0 mg"}],
            }
        )
    )


def main() -> int:
    """Print the table; 1 if a calendar or FHIR took too long."""
    schedule = twelve_months()
    days = (schedule.steps[-1].end - schedule.steps[0].start).days + 1
    print(f"{days} days, {len(schedule.steps)} steps")
    jobs: dict[str, Callable[[], str | bytes]] = {
        "ics day": lambda: write_ics(schedule, written_on=DAY),
        "ics intake": lambda: write_ics(schedule, written_on=DAY, style="intake", times=TIMES, alarm=0),
        "fhir sequence": lambda: fhir_json(write_fhir(schedule, written_on=DAY)),
        "fhir per-step": lambda: fhir_json(write_fhir(schedule, written_on=DAY, style="per-step")),
        "csv": lambda: write_table(schedule),
        "days": lambda: write_days(schedule),
        "steps": lambda: write_steps(schedule),
        "markdown": lambda: write_markdown(schedule, written_on=DAY),
        "sig": lambda: "\n".join(map(str, write_sigs(schedule))),
    }
    slow = False
    for name, job in jobs.items():
        size, taken = len(job()), []
        for _ in range(50):
            began = time.perf_counter()
            job()
            taken.append(time.perf_counter() - began)
        middle = statistics.median(taken)
        slow |= name.startswith(("ics", "fhir")) and middle > LIMIT
        print(f"{name:15} {middle * 1000:7.1f} ms {max(taken) * 1000:7.1f} ms {size:9,} characters")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
