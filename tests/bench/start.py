"""How much work it is to start: `python -m tests.bench.start`.

Processor time of whole processes (`os.wait4`), so that a busy machine matters less, in turn, as ratios to importing
pydantic. Compiled modules are kept in a folder of their own: where Python may not write them, the compiler is measured.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 15
ANCHOR = "from pydantic import BaseModel"
ORDER = str(Path(__file__).parents[2] / "examples" / "diazepam.toml")
AIMS = {"taper plan ORDER": 2.2, "taper plan ORDER --out FOLDER": 5.0}


def processor_time(command: list[str], environment: dict[str, str]) -> float:
    """Return the milliseconds of processor time that a process took, its own and the system's."""
    run = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode not in (0, 1):  # 1: it ran, and found something
        raise SystemExit(f"{' '.join(command)} ended with {run.returncode}")
    return (used.ru_utime + used.ru_stime) * 1000


def measured(rounds: int = ROUNDS) -> dict[str, float]:
    """Return the median milliseconds of each process, all measured in turn."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = f"{folder}/compiled"
        cli = [sys.executable, "-m", "taper.cli"]
        commands = {
            "bare Python": [sys.executable, "-c", ""],
            ANCHOR: [sys.executable, "-c", ANCHOR],
            "from taper import plan, check": [sys.executable, "-c", "from taper import plan, check, read_order"],
            "taper --version": [*cli, "--version"],
            "taper plan ORDER": [*cli, "plan", ORDER],
            "taper plan ORDER --json": [*cli, "plan", ORDER, "--json"],
            "taper check ORDER": [*cli, "check", ORDER],
            "taper plan ORDER --out FOLDER": [*cli, "plan", ORDER, "--out", f"{folder}/out"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for number in range(rounds + 1):
            for name, command in commands.items():
                time = processor_time(command, environment)
                if number:  # the first round compiles
                    times[name].append(time)
    return {name: statistics.median(values) for name, values in times.items()}


def main() -> None:
    """Print each process with its ratio, and the aim where there is one."""
    found = measured()
    for name, time in found.items():
        ratio = time / found[ANCHOR]
        aim = AIMS.get(name)
        verdict = "" if aim is None else f"   aim {aim:g}: {'met' if ratio <= aim else 'MISSED'}"
        print(f"{name:<34}{time:>8.0f} ms {ratio:>7.2f} x{verdict}")


if __name__ == "__main__":
    main()
