"""How long an audit takes: ``python -m tests.bench.audit [PERSONS …]`` (20,000 and 80,000 if none is given).

Processor time of all processes, beside what plain DuckDB takes to read the same file in the same run, and the most
memory of any of them. The practice is `tests.support.synthetic`: 50,000 persons of it, again and again under other
names, so that a large one is made quickly. Aim: a million persons and 20 million rows in 120 seconds on two cores and
2 GB.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.support.synthetic import END_OF_DATA, HEAD, practice

if sys.platform != "win32":
    import resource

BLOCK = 50_000
USUAL = (20_000, 80_000)
AIM = 120 / 20_000_000
_CODE = """
import sys, duckdb
from datetime import date
from pathlib import Path
from taper.audit import Conventions, Settings, audit
audit([Path(sys.argv[1])], Path(sys.argv[2]), Conventions(date.fromisoformat(sys.argv[3])), Settings(2, 2000))
"""
_PLAIN = """
import sys, duckdb
connection = duckdb.connect(config={'threads': 2})
connection.execute("SET enable_progress_bar = false")
print(connection.execute(
    f"SELECT count(*), count(DISTINCT person), sum(quantity) FROM read_csv('{sys.argv[1]}')").fetchall()[0][0])
"""


def made(people: int, target: Path) -> None:
    """Write a practice of so many persons as CSV."""
    with tempfile.TemporaryDirectory() as folder, target.open("w", encoding="utf-8") as out:
        block = Path(folder) / "block.csv"
        text = "".join(person.text() for person in practice(min(people, BLOCK), 1))
        block.write_text(text, encoding="utf-8")
        out.write(HEAD)
        for copy in range(max(people // BLOCK, 1)):
            out.write(text if not copy else text.replace("\np", f"\np{copy}x").replace("p0000000", f"p{copy}x0000000"))


def run(code: str, *arguments: str) -> tuple[float, float, str]:
    """Run Python code and return its processor time with that of its children, the wall time, and what it prints."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True, env=os.environ
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)
    return used, time.perf_counter() - began, done.stdout


def main() -> None:
    """Print it for each size."""
    for people in [int(argument) for argument in sys.argv[1:]] or USUAL:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "practice.csv"
            made(people, file)
            plain, _, printed = run(_PLAIN, str(file))
            rows = int(printed)
            used, wall, _ = run(_CODE, str(file), f"{folder}/out", END_OF_DATA.isoformat())
            memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            cost = f"{used:.1f} s of CPU ({wall:.0f} s), plain DuckDB {plain:.1f} s, {used / plain:.0f} times"
            each = f"{1e6 * used / rows:.2f} µs a row (aim {1e6 * AIM:.0f})"
            print(f"{people:,} persons, {rows:,} rows: {cost}; {each}; most memory of a process {memory:.0f} MB")


if __name__ == "__main__":
    main()
