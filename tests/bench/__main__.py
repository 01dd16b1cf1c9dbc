"""How long things take, as medians on this computer, with the aim beside each.

Ratios are taken within one run, so they can be compared between computers; the milliseconds cannot.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from typing import Any

ROUNDS = 7
PRODUCTS = [
    {"name": "diazepam tablet 10 mg", "split": "halves"},
    {"name": "diazepam tablet 5 mg", "split": "halves"},
    {"name": "diazepam tablet 2 mg", "split": "quarters"},
]
LIQUID = {"name": "diazepam oral solution 1 mg/mL", "device": "oral syringe", "graduation": "0.1 mL"}


def order(current: dict[str, str], products: list[dict[str, str]], reduce: str, every: str) -> dict[str, Any]:
    """An order of one phase to zero."""
    return {
        "drug": "diazepam",
        "country": "US",
        "start": "2026-01-05",
        "current": current,
        "product": deepcopy(products),
        "phase": [{"reduce": reduce, "every": every, "until": "0 mg"}],
    }


TABLETS = order({"bedtime": "20 mg"}, PRODUCTS, "10% of current, at least 0.5 mg", "2 weeks")
TWICE = order({"morning": "10 mg", "bedtime": "10 mg"}, PRODUCTS, "10% of current, at least 0.5 mg", "2 weeks")
DROPS = order({"bedtime": "20 mg"}, [LIQUID], "3.3% of current, at least 0.1 mg", "1 week")
DROPS_TWICE = order({"morning": "10 mg", "bedtime": "10 mg"}, [LIQUID], "3.3% of current, at least 0.1 mg", "1 week")


def median(deed: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median time of a deed, in milliseconds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        deed()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def row(what: str, milliseconds: float, more: str = "", aim: float | None = None) -> None:
    """Print one line."""
    verdict = "" if aim is None else f"   aim {aim:g}: {'met' if milliseconds < aim else 'MISSED'}"
    print(f"{what:<58}{milliseconds:>9.1f} ms   {more}{verdict}")


def imports() -> None:
    """A bare interpreter, pydantic, the package, and all that planning needs; in turn, so that load is shared."""
    codes = {
        "bare Python": "",
        "import taper": "import taper",
        "a pydantic model": "import pydantic\nclass M(pydantic.BaseModel):\n    a: int",
        "from taper import plan, parse_order": "from taper import plan, parse_order",
        "from taper import plan, parse_order, check": "from taper import plan, parse_order, check",
    }
    times: dict[str, list[float]] = {name: [] for name in codes}
    for _ in range(ROUNDS):
        for name, code in codes.items():
            times[name].append(median(lambda code=code: subprocess.run([sys.executable, "-c", code], check=True), 1))
    found = {name: statistics.median(values) for name, values in times.items()}
    bare, model = found["bare Python"], found["a pydantic model"]
    for name, value in found.items():
        above = f"{value - bare:+.0f} on bare Python, {value - model:+.0f} on a pydantic model"
        row(name, value, above, model + 40 if name.startswith("from") else None)


def commands() -> None:
    """Whole processes of the command line, from the shell's point of view."""
    program = shutil.which("taper", path=str(Path(sys.executable).parent)) or shutil.which("taper")
    if program is None:
        print("taper is not on the path: the command line is not measured")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "order.json"
        path.write_text(json.dumps(TABLETS), encoding="utf-8")
        for what, arguments, aim in [
            ("taper --version", ["--version"], None),
            ("taper plan ORDER (text)", ["plan", str(path)], 400.0),
            ("taper plan ORDER --json", ["plan", str(path), "--json"], None),
            (
                "taper plan ORDER --out FOLDER (PDFs and HTML), 12 months",
                ["plan", str(path), "--out", f"{folder}/out", "--printed-on", "2026-01-05"],
                1000.0,
            ),
        ]:
            ran = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
            if ran.returncode not in (0, 1):  # 1: it ran, and found something
                print(f"{what:<58}  cannot run: {(ran.stderr or ran.stdout).strip().splitlines()[:1]}")
                continue
            row(
                what,
                median(lambda a=arguments: subprocess.run([program, *a], capture_output=True, check=False)),
                "",
                aim,
            )


def warm() -> None:
    """Calls in a process that has run before."""
    from taper import check, dispense, parse_order, plan, write_document
    from taper.exchange.plan_document import read_document

    for name, data, aim in [
        ("tablets, once a day", TABLETS, 5.0),
        ("tablets, twice a day", TWICE, 5.0),
        ("liquid at 0.1 mg, once a day", DROPS, 100.0),
        ("liquid at 0.1 mg, twice a day", DROPS_TWICE, 100.0),
    ]:
        order = parse_order(data)
        schedule = plan(order)
        report = check(schedule)
        months = (schedule.steps[-1].end - schedule.steps[0].start).days / 30.44
        row(
            f"plan(): {name}", median(lambda o=order: plan(o)), f"{len(schedule.steps)} steps, {months:.0f} months", aim
        )
        row(f"check(): {name}", median(lambda s=schedule: check(s)))
        row(f"dispense(): {name}", median(lambda s=schedule: dispense(s, "4 weeks")))
        text = write_document(schedule, report)
        row(f"read_document(): {name}", median(lambda t=text: read_document(t)), f"{len(text) // 1024} KiB")
    row("parse_order()", median(lambda: parse_order(TABLETS)))


def growth() -> None:
    """How the time of plan() grows with makeable doses, with months, and with times of day."""
    from taper import parse_order, plan

    print("\ngrowth of plan() with makeable doses (liquid, 10 mg by 0.5 mg), with months, with times of day")
    for graduation in ("0.5", "0.2", "0.1", "0.05", "0.02"):
        data = order({"bedtime": "10 mg"}, [LIQUID | {"graduation": f"{graduation} mL"}], "0.5 mg", "2 weeks")
        made = parse_order(data)
        row(
            f"  steps of {graduation} mL",
            median(lambda m=made: plan(m), 5),
            f"{Fraction(10) / Fraction(graduation)} doses",
        )
    for percent in ("20", "10", "5", "2"):
        made = parse_order(order({"bedtime": "20 mg"}, [LIQUID], f"{percent}% of current, at least 0.1 mg", "1 week"))
        steps = len(plan(made).steps)
        row(
            f"  {percent} % of current",
            median(lambda m=made: plan(m), 5),
            f"{steps} steps, {steps * 7 / 30.44:.0f} months",
        )
    for times in (
        ["noon"],
        ["morning", "bedtime"],
        ["morning", "noon", "bedtime"],
        ["morning", "noon", "evening", "bedtime"],
    ):
        made = parse_order(
            order(
                dict.fromkeys(times, "5 mg"),
                [PRODUCTS[1], {"name": "diazepam tablet 2 mg", "split": "halves"}],
                "10% of current, at least 1 mg",
                "2 weeks",
            )
        )
        row(f"  {len(times)} times a day", median(lambda m=made: plan(m), 5))


def memory() -> None:
    """The most memory that a plan takes beyond what is loaded."""
    from taper import parse_order, plan

    for name, data in (("tablets", TABLETS), ("liquid, twice a day", DROPS_TWICE)):
        made = parse_order(data)
        tracemalloc.start()
        plan(made)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        print(f"peak memory of plan(): {name:<35}{peak / 2**20:>9.2f} MiB")


if __name__ == "__main__":
    for part in (imports, commands, warm, growth, memory):
        part()
        print()
