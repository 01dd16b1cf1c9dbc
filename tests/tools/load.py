"""Very many random orders through the whole house: ``python -m tests.tools.load --orders 1000000 --folder DIR``.

Each order is read, planned, checked, supplied, proved and written as text, and every law is checked in plain
arithmetic (`tests.oracles.laws`); the text, most often a table of all intakes, is read back by a reader that knows
nothing of how it was made. What
cannot be carried out must be refused with one of the documented errors. A run is cut into blocks; each that is done is
a line of ``blocks.jsonl`` with its memory, so that a run that was ended goes on where it was.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from taper import check, dispense, export, parse_order, plan, proof, render
from taper.errors import ProofError, ScheduleError, TaperError
from taper.exchange.formats import Format
from taper.finding import Report
from taper.paper.renderers import Sheet
from taper.schedule.schedule import Schedule
from taper.schedule.supply import Supply
from tests.bench.paper import memory
from tests.oracles import laws, papers
from tests.strategies.drawn import drawn, kind_of
from tests.support.planning import dead_ends_unexplained

BLOCK = 2000
"""Orders in a block."""
WHOLE = 50
"""Of how many orders one is printed whole, one as another paper, one as a file."""
LABELED = 8
"""Of how many of the others one is written as its labels; the rest as the table of their intakes."""
TABLE = b"start,end,time,drug,dose_mg"
Stretch = tuple[str, str, date, date, Fraction]
"""A drug, a time of day, a first and a last day, and the dose in mg."""
LARGEST_CUT = "T104"
PRINTED = "2026-01-05"
LANGUAGES = ("en", "de", "fr", "es", "nl", "ar")
SHEETS: tuple[Sheet, ...] = ("patient", "plan", "clinician", "pharmacy", "card", "diary", "record")
FILES: tuple[Format, ...] = ("csv", "days", "steps", "markdown", "ics", "fhir", "emediplan")


def carried_out(number: int) -> tuple[str, list[str]]:
    """Carry out the order of a number.

    Returns:
        What became of it ("planned", "nothing to write", or the name of the error), and the laws that were broken.
    """
    data = drawn(number)
    if data is None:
        return "nothing to write", []
    try:
        with dead_ends_unexplained():
            schedule = plan(parse_order(data))
    except ProofError as problem:
        return "planned", [str(problem)]
    except TaperError as problem:
        return type(problem).__name__, []
    try:
        return "planned", list(_broken(number, data, schedule))
    except TaperError as problem:
        if isinstance(problem, ScheduleError) and " end as a decimal" in str(problem):
            return "planned", []  # a third of a milligram that no label and no file can carry is refused by its name
        return "planned", [f"{type(problem).__name__}: {problem}"]


def _broken(number: int, data: dict[str, Any], schedule: Schedule) -> Iterator[str]:
    yield from laws.broken(data, schedule)
    supply, report = dispense(schedule), check(schedule)
    yield from laws.unsupplied(data, schedule, supply)
    if any(finding.code == LARGEST_CUT for finding in report.findings):
        yield f"the checker finds {LARGEST_CUT}"
    proof.prove_supply(schedule, supply, "the supply")
    text = _text(number, schedule, report, supply)  # the plan and the text are proved as they leave
    if number % WHOLE == 0:
        stop = {schedule.stopped_on: ()} if schedule.stopped_on else {}
        if _decimal(schedule) and papers.from_text(text) != papers.of_patient(schedule) | stop:
            yield "the text has other doses than the plan"
    elif text.startswith(TABLE) and _in_table(text) != _in_all(schedule):
        yield "the table has other doses than the plan"
    if number % 100 == 0 and zlib.crc32(text) != zlib.crc32(_again(number, data)):
        yield "the same order has other bytes the second time"


def _decimal(schedule: Schedule) -> bool:
    """Whether each dose ends as a decimal: the reader of texts knows no other."""
    doses = (intake.dose.value for step in schedule.steps for intake in step.intakes)
    return all((dose * 10**9).denominator == 1 for dose in doses)


def _text(number: int, schedule: Schedule, report: Report, supply: Supply) -> bytes:
    """Write a plan: its labels, or a whole paper, or another paper in another language; each is proved as it leaves."""
    if number % WHOLE == 0:
        return render(schedule, report, "text", printed_on=PRINTED, supply=supply, language="en")
    if number % WHOLE == 1:
        draw = random.Random(f"paper {number}")
        sheet, to, language = draw.choice(SHEETS), draw.choice(("text", "text", "html")), draw.choice(LANGUAGES)
        day = schedule.steps[0].start
        return render(schedule, report, to, sheet=sheet, printed_on=day, supply=supply, language=language)
    if number % WHOLE == 2:
        to = random.Random(f"file {number}").choice(FILES)
        return export(schedule, to, written_on=PRINTED, author="Dr. Test" if to == "emediplan" else None)
    return export(schedule, "csv" if number % LABELED else "sig")


def _in_table(text: bytes) -> list[Stretch]:
    """Read a table of intakes back."""
    rows = csv.DictReader(io.StringIO(text.decode("utf-8")))
    days = date.fromisoformat
    return _stretches((r["drug"], r["time"], days(r["start"]), days(r["end"]), Fraction(r["dose_mg"])) for r in rows)


def _in_all(schedule: Schedule) -> list[Stretch]:
    return _stretches(
        (intake.drug, str(intake.time), step.start, step.end, intake.dose.value)
        for step in schedule.steps
        for intake in step.intakes
    )


def _stretches(rows: Iterable[Stretch]) -> list[Stretch]:
    """Return doses as the longest stretches of days on which each is taken, drug by drug and time by time."""
    found: list[Stretch] = []
    for drug, at, start, end, dose in sorted(row for row in rows if row[4]):
        if found and found[-1][:2] == (drug, at) and found[-1][4] == dose and (start - found[-1][3]).days == 1:
            start = found.pop()[2]
        found.append((drug, at, start, end, dose))
    return found


def _again(number: int, data: dict[str, Any]) -> bytes:
    schedule = plan(parse_order(data))
    return _text(number, schedule, check(schedule), dispense(schedule))


def run_block(block: int) -> dict[str, Any]:
    """Carry out the orders of a block, and say what became of them."""
    began, ends, kinds = time.process_time(), Counter[str](), Counter[str]()
    broken: list[tuple[int, str]] = []
    for number in range(block * BLOCK, (block + 1) * BLOCK):
        try:
            end, problems = carried_out(number)
        except Exception as problem:  # a traceback is what is looked for
            end, problems = "traceback", [f"{type(problem).__name__}: {problem}"]
        ends[end] += 1
        kinds[f"{kind_of(number)} {'planned' if end == 'planned' else 'refused'}"] += 1
        broken += [(number, problem[:300]) for problem in problems[:3]]
    seconds = round(time.process_time() - began, 1)
    return {
        "block": block,
        "orders": BLOCK,
        "ends": dict(sorted(ends.items())),
        "kinds": dict(sorted(kinds.items())),
        "broken": broken[:20],
        "seconds": seconds,
        "megabytes": round(memory() / 1024),
        "process": os.getpid(),
    }


def done(folder: Path) -> list[dict[str, Any]]:
    """Return the blocks that a folder has."""
    path = folder / "blocks.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def left(orders: int, folder: Path) -> list[int]:
    """Return the blocks of so many orders that are not done yet."""
    known = {block["block"] for block in done(folder)}
    return [block for block in range(-(-orders // BLOCK)) if block not in known]


def as_line(result: dict[str, Any]) -> str:
    """Return what a block says as a line of the record."""
    return json.dumps(result | {"commit": version()})


@cache
def version() -> str:
    """Return the commit that is run."""
    root = Path(__file__).parents[2]
    return subprocess.run(
        ["git", "rev-parse", "--short=9", "HEAD"], cwd=root, capture_output=True, text=True, check=False
    ).stdout.strip()


def summed(blocks: Iterable[dict[str, Any]]) -> str:
    """Return what some blocks say together."""
    blocks = sorted(blocks, key=lambda block: int(block["block"]))
    ends, kinds = Counter[str](), Counter[str]()
    for block in blocks:
        ends.update(block["ends"])
        kinds.update(block["kinds"])
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for block in blocks:
        first.setdefault(block["process"], block["megabytes"])
        last[block["process"]] = block["megabytes"]
    broken = [problem for block in blocks for problem in block["broken"]]
    grown = ", ".join(f"{first[one]} to {last[one]} MB" for one in first)
    return "\n".join(
        (
            f"{sum(block['orders'] for block in blocks):,} orders in {len(blocks)} blocks, "
            f"{sum(block['seconds'] for block in blocks) / 3600:.1f} hours of processor time",
            *(f"  {end}: {count:,}" for end, count in ends.most_common()),
            *(f"    {kind}: {count:,}" for kind, count in sorted(kinds.items())),
            f"memory, first block to last of each process: {grown}",
            f"laws broken: {len(broken)}",
            *(f"  order {number}: {problem}" for number, problem in broken),
        )
    )


def main() -> int:
    """Run the blocks that are not done yet; the exit code is 1 where a law was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=BLOCK)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--folder", type=Path, required=True)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # else the workers would go on alone
    with (
        multiprocessing.get_context("spawn").Pool(asked.workers) as pool,
        (asked.folder / "blocks.jsonl").open("a", encoding="utf-8") as record,
    ):
        for result in pool.imap_unordered(run_block, left(asked.orders, asked.folder)):
            record.write(f"{as_line(result)}\n")
            record.flush()
            if result["broken"]:
                print(f"block {result['block']}: {result['broken'][:3]}", flush=True)
    blocks = done(asked.folder)
    print(summed(blocks))
    return int(any(block["broken"] for block in blocks))


if __name__ == "__main__":
    sys.exit(main())
