"""Check the records of many persons, one line each."""

from __future__ import annotations

import json as json_text
from collections.abc import Sequence
from pathlib import Path

from taper.checker import checking
from taper.cli import streams
from taper.cli.choices import Judgment
from taper.errors import ScheduleError, TaperError
from taper.exchange.conventions import Supplies
from taper.exchange.people import read_people
from taper.exchange.plan_document import report_data
from taper.exchange.reading import Reading
from taper.exchange.record_lines import Meaning
from taper.finding import Report, Severity
from taper.loading import MAX_TABLE_BYTES, read_bytes
from taper.schedule.schedule import Schedule

_NOT_READ = 2


def check_all(
    file: Path,
    meaning: Meaning | None,
    guideline: Sequence[str],
    supplied: Supplies,
    *,
    json: bool,
    judgment: Judgment,
) -> int:
    """Check every person of a file; each line is written at once, so that nothing is kept.

    Args:
        file: The file.
        meaning: What of it to check.
        guideline: Guidelines to check by.
        supplied: The conventions by which supplies are read.
        json: Whether each line is JSON.
        judgment: What decides the exit code.

    Returns:
        The highest exit code of all; 2 where the record of a person could not be read.
    """
    code = 0
    data = read_bytes(file, ScheduleError, MAX_TABLE_BYTES)
    for person, reading in read_people(data, name=str(file), supplied=supplied):
        try:
            if isinstance(reading, ScheduleError):
                raise reading
            chosen, schedule = _chosen(reading, meaning)
            report = checking.check(schedule, guidelines=guideline or None)
        except TaperError as problem:
            code = _NOT_READ
            streams.write(_line({"person": person, "error": problem.message}, f"not read: {problem.message}", json))
            continue
        code = max(code, judgment.exit_code(report))
        whole: dict[str, object] = {"person": person}
        if json:
            whole |= {"meaning": chosen, **report_data(report)}
        streams.write(_line(whole, _summary(chosen, schedule, report), json))
    return code


def _chosen(reading: Reading, meaning: Meaning | None) -> tuple[Meaning, Schedule]:
    schedule = reading.schedule(meaning)
    return meaning or reading.meanings[0], schedule


def _line(whole: dict[str, object], text: str, json: bool) -> str:
    if json:
        return f"{json_text.dumps(whole, ensure_ascii=False)}\n"
    person = " ".join(str(whole["person"]).split())[:80] or "(no person)"
    return f"{person}: {text}\n"


def _summary(meaning: Meaning, schedule: Schedule, report: Report) -> str:
    """Say in a few words what was read, and what was found."""
    steps = schedule.steps
    days = f"{steps[0].start} to {steps[-1].end}" if steps else "no dose was read"
    graver = [f.code for f in report.gravest_first if f.severity is not Severity.NOTE]
    counts = [
        f"{count} {severity.value}{'' if count == 1 else 's'}"
        for severity in (Severity.ALERT, Severity.WARNING, Severity.NOTE)
        if (count := report.count(severity))
    ]
    found = ", ".join(counts) or "nothing was found"
    codes = f" ({', '.join(dict.fromkeys(graver))})" if graver else ""
    return f"{meaning}, {days}: {found}{codes}"
