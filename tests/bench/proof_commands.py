"""What the proof has of a whole command: ``python -m tests.bench.proof_commands``.

Each line: a command as it is typed, CPU time of all it does (the start of Python included), and of its proof, with all
its modules; the median of some runs, after one that compiles the modules.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.faults import ROOT

SHARE = 0.05
"""Of what a command takes without its proof."""
ROUNDS = 5
ORDER = "examples/diazepam.toml"
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("render", ORDER, "--printed-on", "2026-01-01", "--out", "a.pdf"),
    ("render", ORDER, "--printed-on", "2026-01-01", "--out", "a.html"),
    ("render", ORDER, "--printed-on", "2026-01-01", "--out", "a.txt"),
    *(
        ("render", ORDER, "--printed-on", "2026-01-01", "--sheet", sheet, "--out", f"{sheet}.pdf")
        for sheet in ("plan", "clinician", "pharmacy", "card", "diary", "record")
    ),
    ("plan", ORDER, "--out", "all"),
)
WATCH = '''
import importlib, json, sys, time
from importlib.machinery import SourceFileLoader

PROOF = ("taper.proof", "taper.paper.claims", "taper.paper.renderers.proving", "taper.paper.renderers.shown")
ENTRIES = {
    "taper.proof.sums": ("prove",),
    "taper.proof.supplied": ("prove_supply",),
    "taper.proof.files.prove": ("prove_file", "prove_document"),
    "taper.proof.papers.screens": ("prove_rows", "prove_told_day", "prove_side_by_side"),
    "taper.paper.claims": ("proved_sheet", "proved_text"),
    "taper.paper.renderers.proving": ("proved",),
}
running, spent = [], {True: 0.0, False: 0.0}


def watched(ours, job, *given, **named):
    """Run a job, and count its time to the proof or to the rest; what it calls of the other kind counts to that."""
    now = time.process_time()
    if running:
        spent[running[-1][0]] += now - running[-1][1]
    running.append([ours, now])
    try:
        return job(*given, **named)
    finally:
        now = time.process_time()
        ours, begin = running.pop()
        spent[ours] += now - begin
        if running:
            running[-1][1] = now


def loaded(self, module, load=SourceFileLoader.exec_module):
    watched(module.__name__.startswith(PROOF), load, self, module)
    for name in ENTRIES.get(module.__name__, ()):
        job = getattr(module, name)
        setattr(module, name, lambda *given, job=job, **named: watched(True, job, *given, **named))


SourceFileLoader.exec_module = loaded


def command():
    from taper.cli import main

    return main(sys.argv[1:])


started = time.process_time()
watched(False, command)
print(json.dumps([spent[True], spent[False] + started]), file=sys.stderr)
'''


def measured(arguments: tuple[str, ...], folder: Path) -> tuple[float, float]:
    """Run a command, and return the seconds of its proof, and those of all else."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    *words, out = arguments
    words = [str(ROOT / word) if word == ORDER else word for word in words]
    run = subprocess.run(
        [sys.executable, "-c", WATCH, *words, out], cwd=folder, env=environment, capture_output=True, text=True
    )
    if run.returncode not in (0, 1):
        raise RuntimeError(run.stderr)
    proof, rest = json.loads(run.stderr.splitlines()[-1])
    return float(proof), float(rest)


def main() -> int:
    """Measure, print, and return 1 if a limit is not kept."""
    failed = False
    with tempfile.TemporaryDirectory() as made:
        for arguments in COMMANDS:
            measured(arguments, Path(made))
            runs = [measured(arguments, Path(made)) for _ in range(ROUNDS)]
            proof, rest = sorted(runs, key=lambda run: run[0] / run[1])[ROUNDS // 2]
            too_slow = proof > SHARE * rest
            failed |= too_slow
            name = " ".join(word for word in arguments if word not in ("--printed-on", "2026-01-01", ORDER))
            sign = " TOO SLOW" if too_slow else ""
            print(f"{name:45} {rest * 1000:7.0f} ms  proof {proof * 1000:6.1f} ms  {proof / rest:6.1%}{sign}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
