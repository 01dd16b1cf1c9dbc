"""Faults put into a copy of the tree, one at a time: tests must fail, and the program should refuse by itself.

`python -m tests.tools.seeded_faults` tries those of `tests/data/faults/`; `--only D3 V7` some of them, `--room paper`
those of a room, `--tests` or `--probes` only half of the work, `--jobs 2` two at a time. What is found goes into the
table `tests/data/faults.md`.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

from tests.support.faults import ROOT, Fault, Probe, changed, faults, orders, probes, wider
from tests.support.faults_table import PROVED, Row, read_table, write_table

_LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".hypothesis", ".*_cache", "*.egg-info")
_LONGEST = 300
"""Seconds that a run of tests may take; what takes longer counts as found: the fault made it endless."""


class Copy:
    """A copy of the tree, and what the probes give there without a fault.

    Args:
        folder: Where it lies.
    """

    def __init__(self, folder: Path) -> None:
        self.root = folder / "tree"
        shutil.copytree(ROOT, self.root, ignore=_LEFT_OUT)
        subprocess.run([sys.executable, "-m", "compileall", "-q", "taper"], cwd=self.root, check=True)
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(self.root),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HYPOTHESIS_PROFILE": "first",
        }
        self._whole: dict[str, tuple[int, str, dict[str, bytes]]] = {}

    @contextmanager
    def with_fault(self, fault: Fault) -> Iterator[None]:
        """Change its files, and restore them with their times, by which Python knows what it has compiled."""
        texts = changed(fault, self.root)
        before = {name: ((self.root / name).read_bytes(), (self.root / name).stat()) for name in texts}
        try:
            for name, text in texts.items():
                (self.root / name).write_text(text, encoding="utf-8", newline="")
            yield
        finally:
            for name, (content, status) in before.items():
                (self.root / name).write_bytes(content)
                os.utime(self.root / name, ns=(status.st_atime_ns, status.st_mtime_ns))

    def failing(self, tests: tuple[str, ...]) -> str:
        """Return the first test that fails; empty if none does.

        Raises:
            ValueError: The tests could not be run.
        """
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:schemathesis"]
        try:
            done = subprocess.run(
                [*command, "--no-header", "--tb=line", *tests],
                cwd=self.root,
                env=self._environment,
                capture_output=True,
                text=True,
                check=False,
                timeout=_LONGEST,
            )
        except subprocess.TimeoutExpired:
            return f"{tests[0]} (does not end)"
        lines = [line for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
        if lines:
            return lines[0].split(" ", 1)[1].split(" - ", 1)[0]
        if done.returncode not in (0, 5):
            raise ValueError(f"{' '.join(tests)}: {(done.stderr or done.stdout)[-400:]}")
        return ""

    def _given(self, probe: Probe) -> tuple[int, str, dict[str, bytes]]:
        """Return the exit code of the first command that could not run, its error, and all that was given out."""
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            for name, text in orders().items():
                (folder / name).write_text(text, encoding="utf-8")
            given: dict[str, bytes] = {}
            for number, run in enumerate(probe.runs):
                if run[0] == "edit":
                    _edit(folder / run[1], *run[2:])
                    continue
                kept = run[-1].removeprefix(">") if run[-1].startswith(">") else ""
                arguments = [part.replace("{root}", str(self.root)) for part in (run[:-1] if kept else run)]
                done = subprocess.run(
                    [sys.executable, "-m", "taper.cli", *arguments],
                    cwd=folder,
                    env=self._environment,
                    capture_output=True,
                    check=False,
                    timeout=_LONGEST,
                )
                given[f"{number}"] = done.stdout.replace(str(self.root).encode(), b"")
                if kept:
                    (folder / kept).write_bytes(done.stdout)
                if done.returncode not in (0, 1) or b"Traceback" in done.stderr:
                    return max(done.returncode, 2), done.stderr.decode(errors="replace"), given
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                given[path.relative_to(folder).as_posix()] = path.read_bytes()
            return 0, "", given

    def probed(self, probe: Probe) -> str:
        """Return what the commands of a probe do with a fault: refuse, or give out something else or the same."""
        code, error, given = self._given(probe)
        if code and probe.refused and error == self._whole[probe.name][1]:
            return "refused as without it"
        if code:
            return "refused by the proof" if PROVED.search(error) else f"refused: {' '.join(error.split())[:120]}"
        return "unchanged" if given == self._whole[probe.name][2] else "changed"

    def prepare(self, probe: Probe) -> None:
        """Run the commands of a probe without a fault.

        Raises:
            ValueError: They cannot run.
        """
        if probe.name not in self._whole:
            code, error, given = self._given(probe)
            if bool(code) != probe.refused:
                raise ValueError(f"probe {probe.name}: {error or 'is not refused'}")
            self._whole[probe.name] = code, error, given


def _edit(path: Path, old: str, new: str) -> None:
    text, count = re.subn(old, new, path.read_text(encoding="utf-8"))
    if not count:
        raise ValueError(f"{path.name} has nothing like {old}")
    path.write_text(text, encoding="utf-8")


def _with_examples(fault: Fault) -> tuple[str, ...]:
    """Return the changed modules whose docstrings have examples, which are tests too."""
    files = dict.fromkeys(edit.file for edit in fault.edits if edit.file.endswith(".py"))
    return tuple(name for name in files if "    >>> " in (ROOT / name).read_text(encoding="utf-8"))


def _tried(fault: Fault, copy: Copy, parts: set[str]) -> Row:
    """Return what becomes of a fault."""
    row = Row(fault.id)
    probe = probes()[fault.probe] if fault.probe and "probes" in parts else None
    try:
        if probe is not None:
            copy.prepare(probe)
        with copy.with_fault(fault):
            if "tests" in parts:
                caught = copy.failing((*_with_examples(fault), *fault.tests))
                if not caught and "narrow" not in parts and (more := wider().get(fault.room)):
                    caught = copy.failing(more)
                    caught = f"{caught} (of the wider ones)" if caught else ""
                row = replace(row, caught=caught or "NOTHING")
            if probe is not None:
                row = replace(row, stopped=copy.probed(probe))
    except ValueError as problem:
        return replace(row, caught=f"CANNOT BE TRIED: {' '.join(str(problem).split())}")
    return row


def main(arguments: list[str]) -> int:
    """Try the faults, write the table, and return how many no test found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", nargs="+", default=[], metavar="ID")
    parser.add_argument("--room", default="")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--tests", action="store_true", help="only the tests")
    parser.add_argument("--narrow", action="store_true", help="only the tests that each fault names")
    parser.add_argument("--probes", action="store_true", help="only the probes")
    given = parser.parse_args(arguments)
    parts = {part for part in ("tests", "probes") if getattr(given, part)} or {"tests", "probes"}
    parts |= {"narrow"} if given.narrow else set()
    chosen = [
        fault for fault in faults() if (not given.only or fault.id in given.only) and given.room in ("", fault.room)
    ]
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(given.jobs) as pool:
        copies: SimpleQueue[Copy] = SimpleQueue()
        for number in range(given.jobs):
            copies.put(Copy(Path(temporary, str(number))))

        def one(fault: Fault) -> Row:
            copy = copies.get()
            try:
                return _tried(fault, copy, parts)
            finally:
                copies.put(copy)

        missed = 0
        for fault, row in zip(chosen, pool.map(one, chosen), strict=True):
            missed += row.missed
            known = read_table()  # anew: another run may have written others
            write_table(known | {fault.id: row.over(known.get(fault.id))})
            print(f"{fault.id:5} {fault.what:6} {fault.harm}: {row.caught}; {row.stopped}", flush=True)
    return missed


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 125))
