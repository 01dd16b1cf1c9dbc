"""Broken inputs that are led by what they reach: ``python -m tests.tools.coverage_fuzz READER --minutes 5``.

atheris (``pip install atheris``, Linux) changes valid inputs and keeps what reaches new branches of the package. Each
must be answered or refused with one clear error, within seconds. A run ends after so many minutes of processor
time, or at the first fault, whose input is kept. READER is a name of `tests.tools.fuzz.seeds`, or ``words``, ``desk``,
``hooks`` or ``audited``; ``all`` runs one after the other, each in a process of its own. What was run is added up in
`RECORD`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time as clock
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

RECORD = Path(__file__).parents[1] / "data" / "fuzz.toml"
"""For each reader, how many minutes and inputs it was tried with."""
SLOWEST = 2.0
SEARCHING = {"desk": 20.0}
"""The page looks for every way out of an order that leads nowhere; instrumented, that takes four times as long."""
LONGEST = 20_000
DAY = date(2026, 1, 5)
ORDER = ("drug", "country", "start", "current.morning", "product.0.name", "product.0.split", "phase.0.rule")


def _desk() -> tuple[Callable[[bytes], object], list[bytes]]:
    """The page: fields that are posted to it, as JSON."""
    from taper.web.desk.answering import answer
    from taper.web.desk.form import to_fields
    from tests.support.orders import GOLDEN

    def post(data: bytes) -> object:
        try:
            fields = json.loads(data)
        except ValueError:
            return None
        if not isinstance(fields, dict):
            return None
        reply = answer("live", {str(key): str(text) for key, text in fields.items()}, today=DAY)
        assert reply.status < 500, reply.body[:300]
        return reply

    return post, [json.dumps(to_fields(GOLDEN)).encode(), json.dumps(dict.fromkeys(ORDER, "2 mg")).encode()]


def _hooks() -> tuple[Callable[[bytes], object], list[bytes]]:
    """CDS Hooks: the body of a request."""
    from taper.web.hooks.services import PACE
    from taper.web.service.deeds import answer_hook
    from tests.support.hooks import DAY, active, order, request
    from tests.tools.fuzz_hooks import FAIR, POLICY

    def ask(data: bytes) -> object:
        reply = answer_hook(PACE, data, POLICY, DAY)
        assert reply.status in FAIR, reply
        return reply

    bodies = (request(order(), record=[active()]), request(record=[active()], hook="patient-view"))
    return ask, [json.dumps(body, default=str).encode() for body in bodies]


def _words() -> tuple[Callable[[bytes], object], list[bytes]]:
    """The table that translators send back."""
    from taper.paper.words.table import changes, written

    lines = written().splitlines(keepends=True)
    return lambda data: changes(data.decode("utf-8", "replace")), ["".join(lines[:40]).encode()]


def _audited() -> tuple[Callable[[bytes], object], list[bytes]]:
    """A practice's history, as the audit reads it."""
    from tests.support.audit import rows_of
    from tests.tools.fuzz import HISTORY, OMOP

    return rows_of, [HISTORY.encode(), OMOP.encode()]


OWN: dict[str, Callable[[], tuple[Callable[[bytes], object], list[bytes]]]] = {
    "desk": _desk,
    "hooks": _hooks,
    "words": _words,
    "audited": _audited,
}


def names() -> list[str]:
    """Return the names of all readers."""
    from tests.tools.fuzz import seeds

    return sorted([*seeds(), *OWN])


def reader_of(name: str) -> tuple[Callable[[bytes], object], list[bytes]]:
    """Return a reader and some valid inputs."""
    from tests.tools.fuzz import seeds

    return OWN[name]() if name in OWN else seeds()[name]


def told(read: Callable[[bytes], object], data: bytes, slowest: float = SLOWEST) -> str:
    """Return what must not have happened; empty where an input was answered or refused as it should be."""
    from taper.errors import TaperError

    begin = clock.process_time()
    try:
        read(data)
    except TaperError as refused:
        if not 0 < len(str(refused).strip()) < 4500:
            return "an error that is empty or endless"
    except Exception as problem:
        return f"{type(problem).__name__}: {str(problem)[:300]}"
    took = clock.process_time() - begin
    return f"{took:.1f} s for {len(data):,} bytes" if took > slowest else ""


def added(record: Path, name: str, minutes: float, inputs: int) -> None:
    """Add a run to the record."""
    text = record.read_text(encoding="utf-8") if record.exists() else ""
    known: dict[str, dict[str, Any]] = tomllib.loads(text)
    before = known.get(name, {"minutes": 0, "inputs": 0})
    known[name] = {"minutes": round(before["minutes"] + minutes, 2), "inputs": before["inputs"] + inputs}
    head = "# Minutes of processor time and inputs of `python -m tests.tools.coverage_fuzz`, reader by reader.\n"
    rows = (f"{one} = {{ minutes = {of['minutes']}, inputs = {of['inputs']} }}" for one, of in sorted(known.items()))
    record.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")


def fuzz(name: str, minutes: float, kept: Path) -> None:
    """Try a reader until the time is over, and end the process."""
    import atheris

    with atheris.instrument_imports(include=["taper"]):
        read, files = reader_of(name)
    folder = Path(tempfile.mkdtemp())
    for number, data in enumerate(files):
        (folder / f"{number}").write_bytes(data)
    begin, tried = clock.process_time(), 0

    def one(data: bytes) -> None:
        nonlocal tried
        tried += 1
        problem = told(read, data, SEARCHING.get(name, SLOWEST))
        if problem:
            (kept / f"{name}-{tried}").write_bytes(data)
            print(f"PROBLEM {name}: {problem}; the input is {kept / f'{name}-{tried}'}", flush=True)
        if clock.process_time() - begin > minutes * 60 or problem:
            added(RECORD, name, (clock.process_time() - begin) / 60, tried)
            print(f"{name}: {tried:,} inputs in {(clock.process_time() - begin) / 60:.1f} minutes", flush=True)
            os._exit(1 if problem else 0)

    kept.mkdir(parents=True, exist_ok=True)
    options = (f"-max_len={LONGEST}", "-verbosity=0", "-rss_limit_mb=2000", f"-artifact_prefix={kept}/")
    atheris.Setup([sys.argv[0], *options, str(folder)], one)
    atheris.Fuzz()


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reader")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--kept", type=Path, default=Path(tempfile.gettempdir()) / "taper-faults")
    asked = parser.parse_args()
    if asked.reader != "all":
        fuzz(asked.reader, asked.minutes, asked.kept)
    failed = 0
    for name in names():
        command = [sys.executable, "-m", "tests.tools.coverage_fuzz", name, "--minutes", str(asked.minutes)]
        failed |= subprocess.run([*command, "--kept", str(asked.kept)], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
