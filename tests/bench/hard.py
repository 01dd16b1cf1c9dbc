"""CPU time and memory of `plan` on the finest orders that are accepted, each in a process of its own.

Run: ``python -m tests.bench.hard [SEEDS]``. With a number, that many random orders are planned after the listed ones,
and the slowest of them are shown. Aim: each is planned, or refused with what to change, within 1 s and 300 MB.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from datetime import date, timedelta
from typing import Any

from tests.support.systems import most_memory

AIM = "1 s, 300 MB"
TIMES = ["morning", "noon", "evening", "bedtime"]
GRADUATIONS = ["0.01", "0.02", "0.05", "0.1"]
LIQUID = {"name": "diazepam oral solution 1 mg/mL", "device": "oral syringe"}
TABLETS = [{"name": f"diazepam tablet {strength} mg", "split": "quarters"} for strength in (2, 5, 10)]


def order(times: int, dose: str, products: list[dict[str, str]], phase: dict[str, str], **more: Any) -> dict[str, Any]:
    """A diazepam order."""
    return {
        "drug": "diazepam",
        "country": "US",
        "start": "2026-01-05",
        "current": dict.fromkeys(TIMES[-times:], dose),
        "product": products,
        "phase": [{"every": "2 weeks", "until": "0 mg"} | phase],
        **more,
    }


def listed() -> dict[str, dict[str, Any]]:
    """The kinds that were slow once."""
    finish = {"finish": "2027-01-04"}
    reduce = {"reduce": "5% of current, at least 0.1 mg"}
    found = {}
    for graduation in GRADUATIONS:
        liquid = [LIQUID | {"graduation": f"{graduation} mL"}]
        for times, dose in ((1, "20 mg"), (2, "10 mg"), (4, "10 mg")):
            name = f"{times}x {graduation} mL"
            found[f"finish {name}"] = order(times, dose, liquid, finish, stop_from="0.5 mg")
            found[f"reduce {name}"] = order(times, dose, liquid, reduce)
            found[f"dead end {name}"] = order(times, dose, liquid, {"reduce": "1% of current"})
            if times > 1:
                found[f"in turn, finish {name}"] = order(
                    times, dose, liquid, finish, stop_from="0.5 mg", spread="alternate"
                )
                found[f"in turn, reduce {name}"] = order(times, dose, liquid, reduce, spread="alternate")
    both = [*TABLETS, LIQUID | {"graduation": "0.01 mL"}]
    found["tablets and liquid"] = order(1, "40 mg", both, reduce)
    found["tablets in turn"] = order(4, "10 mg", TABLETS, finish, stop_from="0.5 mg", spread="alternate")
    return found


def drawn(seed: int) -> dict[str, Any]:
    """A random order, as fine as they come."""
    rng = random.Random(seed)
    products: list[dict[str, str]] = rng.sample(TABLETS, rng.randint(0, 3))
    if not products or rng.random() < 0.8:
        products = [*products, LIQUID | {"graduation": f"{rng.choice(GRADUATIONS)} mL"}]
    times = rng.randint(1, 4)
    spread = rng.choice(["even", "night", "alternate"])
    if rng.random() < 0.4:
        phase = {"finish": (date(2026, 1, 5) + timedelta(days=rng.randint(60, 1100))).isoformat()}
    else:
        part = rng.choice(["1", "2", "5", "10", "15", "16.7", "20", "25", "30", "40"])
        floor = rng.choice(["", ", at least 0.01 mg", ", at least 0.1 mg", ", at least 1 mg"])
        phase = {"reduce": f"{part}% of {rng.choice(['current', 'current', 'start'])}{floor}"}
    more = {"spread": spread} if times > 1 else {}
    return order(times, f"{rng.choice([5, 10, 20, 40])} mg", products, phase, stop_from="0.5 mg", **more)


def measured(data: dict[str, Any]) -> tuple[float, float, str]:
    """Plan an order in a process of its own; return CPU seconds of `plan`, MB, and what came of it."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench.hard", "-"],
        input=json.dumps(data),
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        return 60.0, 0.0, f"killed after a minute: {run.stderr.strip()[-60:]}"
    seconds, megabytes, result = json.loads(run.stdout)
    return seconds, megabytes, result


def one(text: str) -> tuple[float, float, str]:
    """Plan the order in a text."""
    from taper import parse_order, plan
    from taper.errors import TaperError

    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    begun = time.process_time()
    try:
        result = f"{len(plan(parse_order(text)).steps)} steps"
    except TaperError as refused:
        result = f"{type(refused).__name__}: {str(refused)[:60]}"
    return time.process_time() - begun, most_memory() / 1024**2, result


def row(name: str, found: tuple[float, float, str]) -> None:
    """Print one line."""
    print(f"{name:<28}{found[0]:>8.2f} s{found[1]:>7.0f} MB   {found[2]}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["-"]:
        print(json.dumps(one(sys.stdin.read())))
        sys.exit()
    print(f"aim: {AIM}")
    for label, data in listed().items():
        row(label, measured(data))
    seeds = range(int(sys.argv[1]) if sys.argv[1:] else 0)
    for found, seed in sorted(((measured(drawn(seed)), seed) for seed in seeds), reverse=True)[:12]:
        row(f"seed {seed}", found)
