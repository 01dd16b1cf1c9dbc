"""Choose the proof of a format, and say of what cannot be read at all that it cannot."""

from __future__ import annotations

import csv
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from taper.errors import ProofError

if TYPE_CHECKING:
    from taper.proof.files.days import Plan
    from taper.schedule.schedule import Schedule

_UNREADABLE = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, StopIteration, TypeError, ValueError),
    *(EOFError, OSError, csv.Error, zlib.error),
)
"""What reading something broken raises."""
Document = TypeVar("Document", str, dict[str, Any])
Prove = Callable[["Plan", bytes, Mapping[str, Any], str], None]


@contextmanager
def _readable(what: str) -> Iterator[None]:
    """Say of what cannot be read back that it cannot."""
    try:
        yield
    except ProofError:
        raise
    except _UNREADABLE as problem:
        raise ProofError(what, f"it cannot be read back: {str(problem)[:300] or type(problem).__name__}") from problem


def _facts(schedule: Schedule) -> Plan:
    """Return what a file is held against; a command that proves none does without the import."""
    from taper.proof.files.days import Plan

    return Plan(schedule)


def _prover(to: str) -> Prove:
    """Return the proof of a format; only the reader of that one is imported."""
    if to in ("csv", "days", "steps"):
        from taper.proof.files import tables

        return {"csv": tables.prove_table, "days": tables.prove_days, "steps": tables.prove_steps}[to]
    if to == "ics":
        from taper.proof.files.calendar import prove_calendar

        return prove_calendar
    if to == "fhir":
        from taper.proof.files.fhir import prove_bundle

        return prove_bundle
    if to == "markdown":
        from taper.proof.files.markdown import prove_markdown

        return prove_markdown
    if to == "sig":
        from taper.proof.files.sigs import prove_sigs

        return prove_sigs
    if to == "medtimer":
        from taper.proof.files.medtimer import prove_backup

        return prove_backup
    if to == "emediplan":
        from taper.proof.files.emediplan import prove_emediplan

        return prove_emediplan
    raise ValueError(f"there is no proof of {to}")


def prove_file(
    schedule: Schedule,
    to: str,
    content: bytes,
    settings: Mapping[str, Any] | None = None,
    written_on: date | None = None,
) -> bytes:
    """Prove a file for another tool, and return it.

    Args:
        schedule: The schedule.
        to: Its format, as `taper.exchange.export` calls it.
        content: What is about to be given out.
        settings: How it was to be written.
        written_on: Day of writing, for a format that leaves out what lies before it.

    Raises:
        ProofError: It says something else than what is planned, or cannot be read back.
    """
    what = f"the file for {to}"
    with _readable(what):
        prove = _prover(to)
        prove(_facts(schedule), content, {**(settings or {}), "written_on": written_on}, what)
    return content


def prove_document(schedule: Schedule, document: Document) -> Document:
    """Prove a plan document, as text or as plain data, and return it.

    Raises:
        ProofError: It says something else than what is planned.
    """
    what = "the plan document"
    with _readable(what):
        data = json.loads(document) if isinstance(document, str) else document
        from taper.proof.files.plan_document import prove_data

        prove_data(_facts(schedule), data, what)
    return document


def prove_today(schedule: Schedule, data: dict[str, Any]) -> dict[str, Any]:
    """Prove what is said of one day, and return it.

    Raises:
        ProofError: It says something else than what is planned.
    """
    what = "the document of a day"
    with _readable(what):
        from taper.proof.files.of_days import prove_day

        prove_day(_facts(schedule), data, what)
    return data


def prove_difference(old: Schedule, new: Schedule, data: dict[str, Any]) -> dict[str, Any]:
    """Prove what is said of two plans side by side, and return it.

    Raises:
        ProofError: It says something else than how they differ.
    """
    what = "the difference of two plans"
    with _readable(what):
        from taper.proof.files.of_days import prove_changes

        prove_changes(_facts(old), _facts(new), data, what)
    return data
