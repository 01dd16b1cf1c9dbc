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
from taper.paper.phrases import Phrases
from taper.paper.sections.findings import summary
from taper.paper.words import load
from taper.paper.words.language import Language
from taper.schedule.schedule import Schedule
from taper.values import dataclass

_NOT_READ = 2


@dataclass(frozen=True)
class Lines:
    """How the line of each person is written.

    Attributes:
        language: Code of the language; English if None, and where it has no words for findings.
        json: Whether each line is JSON, which is in English.
    """

    language: str | None = None
    json: bool = False

    @property
    def words(self) -> Language:
        """The language."""
        words = load(self.language or "en")
        return words if words.has_sheet else load("en")

    @property
    def notice(self) -> tuple[str, ...]:
        """That no clinician checked a translation, once for all lines."""
        return Phrases(Schedule(steps=(), stopped_on=None), self.words).unreviewed


def check_all(
    file: Path,
    meaning: Meaning | None,
    guideline: Sequence[str],
    supplied: Supplies,
    *,
    shown: Lines,
    judgment: Judgment,
) -> int:
    """Check every person of a file; each line is written at once, so that nothing is kept.

    Args:
        file: The file.
        meaning: What of it to check.
        guideline: Guidelines to check by.
        supplied: The conventions by which supplies are read.
        shown: How each line is written.
        judgment: What decides the exit code.

    Returns:
        The highest exit code of all; 2 where the record of a person could not be read.
    """
    code = 0
    for line in shown.notice:
        streams.tell(line)
    data = read_bytes(file, ScheduleError, MAX_TABLE_BYTES)
    for person, reading in read_people(data, name=str(file), supplied=supplied):
        try:
            if isinstance(reading, ScheduleError):
                raise reading
            chosen, schedule = _chosen(reading, meaning)
            report = checking.check(schedule, guidelines=guideline or None)
        except TaperError as problem:
            code = _NOT_READ
            streams.write(
                _line({"person": person, "error": problem.message}, f"not read: {problem.message}", shown.json)
            )
            continue
        code = max(code, judgment.exit_code(report))
        whole: dict[str, object] = {"person": person}
        if shown.json:
            whole |= {"meaning": chosen, **report_data(report)}
        streams.write(_line(whole, _summary(chosen, schedule, report, shown.words), shown.json))
    return code


def _chosen(reading: Reading, meaning: Meaning | None) -> tuple[Meaning, Schedule]:
    schedule = reading.schedule(meaning)
    return meaning or reading.meanings[0], schedule


def _line(whole: dict[str, object], text: str, json: bool) -> str:
    if json:
        return f"{json_text.dumps(whole, ensure_ascii=False)}\n"
    person = " ".join(str(whole["person"]).split())[:80] or "(no person)"
    return f"{person}: {text}\n"


def _summary(meaning: Meaning, schedule: Schedule, report: Report, words: Language) -> str:
    """Say in a few words what was read, and what was found."""
    say, steps = words.clinician, schedule.steps
    graver = [f.code for f in report.gravest_first if f.severity is not Severity.NOTE]
    codes = f" ({', '.join(dict.fromkeys(graver))})" if graver else ""
    found = f"{summary(report, words) if report.findings else say['person_clean']}{codes}"
    read = say[f"meaning_{meaning}"]
    if not steps:
        return say["person_no_dose"].format(meaning=read, found=found)
    return say["person_line"].format(meaning=read, start=steps[0].start, end=steps[-1].end, found=found)
