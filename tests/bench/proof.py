"""What the proof of a file costs: ``python -m tests.bench.proof``.

Each line: a format, CPU time of writing it, of proving it, and the share that the proof has of all that an export does
(reading the order, planning, writing, proving), each the best of some runs after one that is not counted. The aim for a
whole command is 5 %, start of the program included; the last column is that share, with a start that is measured too.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, time as clock
from typing import Any

from taper.exchange import formats, plan_document
from taper.finding import Report
from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.proof.files import prove_document, prove_file
from taper.schedule.schedule import Schedule
from tests.bench.exchange import twelve_months

ROUNDS = 12
DAY = date(2026, 1, 2)
CLOCKS: Any = {"morning": clock(8), "bedtime": clock(22)}
JOBS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("csv", {}),
    ("days", {}),
    ("steps", {}),
    ("ics", {}),
    ("ics", {"style": "intake", "times": CLOCKS}),
    ("fhir", {}),
    ("fhir", {"style": "per-step"}),
    ("fhir", {"style": "german-plan"}),
    ("markdown", {}),
    ("sig", {}),
    ("sig", {"by_product": True, "every": "4 weeks"}),
    ("medtimer", {"times": CLOCKS}),
    ("emediplan", {"author": "Dr A"}),
)


def best(job: Callable[[], object]) -> float:
    """The least CPU time of a job, in seconds, after one run that is not counted."""
    job()
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        job()
        taken.append(time.process_time() - began)
    return min(taken)


def start() -> float:
    """CPU time of a program that plans one order and exports it as the plain table, in seconds."""
    code = (
        "import time; from taper.cli import main; import taper; from tests.bench.exchange import twelve_months; "
        "taper.export(twelve_months(), 'csv'); print(time.process_time())"
    )
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True) for _ in range(3)]
    return min(float(run.stdout) for run in runs)


def files(schedule: Schedule) -> Iterator[tuple[str, float, float]]:
    """Yield each format with the time of writing it and that of proving it."""
    for to, chosen in JOBS:
        dated = to in formats._DATED

        def written(to: Any = to, chosen: dict[str, Any] = chosen, dated: bool = dated) -> bytes:
            return formats._dated(schedule, to, DAY, chosen) if dated else formats._undated(schedule, to, chosen)

        content = written()

        def proved(to: Any = to, chosen: dict[str, Any] = chosen, content: bytes = content) -> bytes:
            return prove_file(schedule, to, content, chosen, DAY)

        yield (
            " ".join((to, *(str(value) for value in chosen.values() if isinstance(value, str)))),
            best(written),
            best(proved),
        )


def documents(schedule: Schedule) -> Iterator[tuple[str, float, float]]:
    """Yield the same of the plan document."""
    data = plan_document.document(schedule, Report())
    yield (
        "plan document",
        best(lambda: plan_document.document(schedule, Report())),
        best(lambda: prove_document(schedule, data)),
    )


def table(rows: Iterator[tuple[str, float, float]], planning: float, started: float) -> None:
    """Print the rows, in milliseconds, with the shares of the proof."""
    for name, writing, proving in rows:
        warm, cold = (proving / (base + writing + proving) for base in (planning, started))
        print(f"{name:24} {writing * 1e3:8.2f} ms {proving * 1e3:8.2f} ms {warm:7.1%} {cold:7.1%}")


def main() -> int:
    """Print the table."""
    schedule = twelve_months()
    assert schedule.order is not None
    data = schedule.order.as_data()
    planning, started = best(lambda: plan(parse_order(data))), start()
    print(f"planning {planning * 1e3:.2f} ms; a whole program {started * 1e3:.0f} ms")
    print(f"{'':24} {'writing':>11} {'proof':>11} {'warm':>7} {'whole':>7}")
    table(files(schedule), planning, started)
    table(documents(schedule), planning, started)
    return 0


if __name__ == "__main__":
    sys.exit(main())
