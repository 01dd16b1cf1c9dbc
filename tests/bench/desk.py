"""How long the desk takes for a change, its first page and other ways: ``python -m tests.bench.desk``.

Processor time of the server's own work, as the median of many changes to a plan of about twelve months; of the other
ways of the example that takes longest; and of the whole process from its start until the first page was sent, beside
the seconds by the clock.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from taper.alternatives import options
from taper.order.order import parse_order, read_order
from taper.planner.planning import plan
from taper.web.desk.answering import answer
from taper.web.desk.form import to_fields
from taper.web.desk.words import VIEWS
from tests.tools.readme import README

TODAY, ROUNDS, STARTS = date(2026, 1, 2), 30, 7
AIM_CHANGE, AIM_FIRST, AIM_WAYS = 100, 0.6, 1.0
YEAR = {
    "drug": "diazepam",
    "country": "US",
    "start": "2026-01-05",
    "review_every": "4 weeks",
    "current": {"morning": "10 mg", "bedtime": "10 mg"},
    "product": [
        {"name": "diazepam tablet 5 mg", "split": "halves"},
        {"name": "diazepam tablet 2 mg", "split": "halves"},
    ],
    "phase": [{"reduce": "10% of current, at least 1 mg", "every": "3 weeks", "until": "0 mg"}],
}


def spent(deed: Callable[[], object]) -> float:
    """Return the milliseconds of processor time of a deed."""
    began = time.process_time()
    deed()
    return (time.process_time() - began) * 1000


def changes(view: str, rounds: int = ROUNDS) -> float:
    """Return the median milliseconds of a change to a year's plan while a view is shown.

    Each change is another one, so nothing is found ready-made.
    """
    fields = to_fields(parse_order(YEAR).as_data()) | {"view": view}
    answer("live", fields, today=TODAY)  # templates and catalog are loaded once

    def change(number: int) -> Callable[[], object]:
        changed = fields | {"start": date(2026, 1, 5 + number % 27).isoformat(), "patient.age": str(20 + number)}
        return lambda: answer("live", changed, today=TODAY)

    return statistics.median(spent(change(number)) for number in range(rounds))


def ways_out() -> tuple[str, float]:
    """Return the example whose other ways (`taper.alternatives`) take longest, and the seconds of processor time."""
    orders = {path.stem: read_order(path) for path in sorted((README.parent / "examples").glob("*.toml"))}
    options(next(iter(orders.values())))  # the catalog is read once
    times = {name: spent(partial(options, order)) / 1000 for name, order in orders.items()}
    return max(times.items(), key=lambda found: found[1])


def first_page() -> tuple[float, float]:
    """Start the command, ask for its page, and return the seconds by the clock and of processor time until it came."""
    command = [sys.executable, "-m", "taper.cli", "desk", "--no-open"]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout is not None
        with urllib.request.urlopen(serving.stdout.readline().strip()) as reply:
            reply.read()
        waited, used = time.perf_counter() - began, worked(serving.pid)
        serving.terminate()
    return waited, used


def worked(process: int) -> float:
    """Return the seconds of processor time that a process has used so far."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print both with their aims."""
    schedule = plan(parse_order(YEAR))
    days = (schedule.steps[-1].end - schedule.steps[0].start).days
    print(f"a plan of {days} days, {len(schedule.steps)} steps; processor time of a change, median of {ROUNDS}")
    for view, _ in VIEWS:
        found = changes(view)
        print(f"  {view:<10}{found:>8.1f} ms   aim {AIM_CHANGE}: {'met' if found <= AIM_CHANGE else 'MISSED'}")
    name, longest = ways_out()
    verdict = "met" if longest <= AIM_WAYS else "MISSED"
    print(f"other ways, longest of the examples ({name}): {longest:.2f} s   aim {AIM_WAYS}: {verdict}")
    starts = [first_page() for _ in range(STARTS)]
    waited, used = (statistics.median(column) for column in zip(*starts, strict=True))
    verdict = "met" if used <= AIM_FIRST else "MISSED"
    print(
        f"first page after the command: {waited:.2f} s by the clock, {used:.2f} s of work   aim {AIM_FIRST}: {verdict}"
    )


if __name__ == "__main__":
    main()
