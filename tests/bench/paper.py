"""How long paper takes, and how large it is: python -m tests.bench.paper. Fails where a limit is not kept.

Where WeasyPrint is installed (it is no dependency), the same handout is printed by it from our HTML, as a yardstick.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path

from taper.checker.checking import check
from taper.exchange.plan_document import write_document
from taper.order.order import parse_order
from taper.paper.renderers import Format, Sheet, render
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule
from tests.support.orders import GOLDEN
from tests.support.systems import most_memory

PRINTED = date(2026, 1, 2)
PDF_SECONDS, HTML_SECONDS = 0.4, 0.03
HANDOUTS, GROWTH_KB = 100, 20_000
LARGEST_YEAR = 300_000  # bytes, with the plan inside
YARDSTICK = 20  # how many times faster than WeasyPrint we aim to be


def year() -> Schedule:
    """Twelve months, twice a day, a new dose every two weeks."""
    data = deepcopy(GOLDEN) | {"current": {"morning": "20 mg", "bedtime": "20 mg"}, "supply": {"every": "4 weeks"}}
    data["phase"] = [{"doses": [f"{40 - n} mg" for n in range(1, 26)], "every": "2 weeks"}]
    return plan(parse_order(data))


def median(work: Callable[[int], object], times: int = 7) -> float:
    """Median seconds of one run, after two that warm up; each run is given another number."""
    taken = []
    for number in range(times + 2):
        start = time.perf_counter()
        work(number)
        taken.append(time.perf_counter() - start)
    return sorted(taken[2:])[times // 2]


def memory() -> int:
    """Resident memory now, in kB, where the system tells it; else the most so far."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(
            next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmRSS")).split()[
                1
            ]
        )
    return most_memory() // 1024


def yardstick(page: bytes, ours: float) -> str:
    """Say how long WeasyPrint takes for the same page, as PDF/UA too."""
    try:
        from weasyprint import HTML
    except ImportError:
        return "WeasyPrint is not installed, so there is no yardstick"
    seconds = median(lambda _: HTML(string=page.decode()).write_pdf(pdf_variant="pdf/ua-1"), times=3)
    return (
        f"WeasyPrint, the same page: {seconds * 1000:.0f} ms, {seconds / ours:.1f} times ours   aim {YARDSTICK} times"
    )


def main() -> int:
    """Measure, print, and return 1 if a limit is not kept."""
    schedule, failed = year(), False
    report = check(schedule)
    document = write_document(schedule, report)
    cases: list[tuple[str, Sheet, Format, str, float]] = [
        ("handout, PDF", "patient", "pdf", "", PDF_SECONDS),
        ("handout, HTML", "patient", "html", "", HTML_SECONDS),
        ("handout, text", "patient", "text", "", 1),
        ("large print, PDF", "patient", "pdf", "large", 1),
        ("one week a page, PDF", "patient", "pdf", "week", 1),
        ("clinician's sheet, PDF", "clinician", "pdf", "", 1),
        ("pharmacy order, PDF", "pharmacy", "pdf", "", 1),
        ("pocket card, PDF", "card", "pdf", "", 1),
    ]
    taken = {}
    for name, sheet, kind, variant, limit in cases:

        def work(number: int, sheet: Sheet = sheet, kind: Format = kind, variant: str = variant) -> None:
            # another day each time, or typst would give what it has made before
            day = date(2026, 1, 3 + number)
            render(schedule, report, kind, printed_on=day, sheet=sheet, variant=variant, document=document)

        seconds = taken[name] = median(work)
        failed |= seconds > limit
        print(f"{name:28} {seconds * 1000:8.1f} ms   limit {limit * 1000:6.0f} ms")
    size = len(render(schedule, printed_on=PRINTED, document=document))
    failed |= size > LARGEST_YEAR
    print(f"handout of a year, PDF: {size / 1000:.0f} kB   limit {LARGEST_YEAR / 1000:.0f} kB")
    print(yardstick(render(schedule, to="html", printed_on=PRINTED), taken["handout, PDF"]))
    small = plan(parse_order(deepcopy(GOLDEN)))
    for number in range(20):
        render(small, printed_on=date(2026, 2, 1 + number))
    before = memory()
    for number in range(HANDOUTS):
        render(small, printed_on=date(2026, 3, 1).replace(day=1 + number % 28, month=3 + number // 28))
    grown = memory() - before
    failed |= grown > GROWTH_KB
    print(f"{HANDOUTS} handouts in one process: {grown} kB more   limit {GROWTH_KB} kB")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
