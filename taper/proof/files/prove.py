"""Choose the proof of a format, and say of what cannot be read at all that it cannot."""

from __future__ import annotations

import csv
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from taper.errors import ProofError
from taper.proof.files.days import Plan

if TYPE_CHECKING:
    from taper.schedule.schedule import Schedule

_FORMATS = {
    "csv": ("tables", "prove_table"),
    "days": ("tables", "prove_days"),
    "steps": ("tables", "prove_steps"),
    "fhir": ("fhir", "prove_bundle"),
    "sig": ("sigs", "prove_sigs"),
    "markdown": ("markdown", "prove_markdown"),
    "ics": ("calendar", "prove_calendar"),
    "medtimer": ("medtimer", "prove_backup"),
    "emediplan": ("emediplan", "prove_emediplan"),
}
_UNREADABLE = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, StopIteration, TypeError, ValueError),
    *(EOFError, OSError, csv.Error, zlib.error),
)
"""What reading something broken raises."""
Document = TypeVar("Document", str, dict[str, Any])
Prove = Callable[[Plan, bytes, Mapping[str, Any], str], None]


@contextmanager
def _readable(what: str) -> Iterator[None]:
    """Say of what cannot be read back that it cannot."""
    try:
        yield
    except ProofError:
        raise
    except _UNREADABLE as problem:
        raise ProofError(what, f"it cannot be read back: {str(problem)[:300] or type(problem).__name__}") from problem


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
        module, name = _FORMATS[to]
        prove: Prove = getattr(import_module(f"taper.proof.files.{module}"), name)
        prove(Plan(schedule), content, {**(settings or {}), "written_on": written_on}, what)
    return content


def prove_document(schedule: Schedule, document: Document) -> Document:
    """Prove a plan document, as text or as plain data, and return it.

    Raises:
        ProofError: It says something else than what is planned.
    """
    what = "the plan document"
    with _readable(what):
        data = json.loads(document) if isinstance(document, str) else document
        import_module("taper.proof.files.document").prove_data(Plan(schedule), data, what)
    return document


def prove_today(schedule: Schedule, data: dict[str, Any]) -> dict[str, Any]:
    """Prove what is said of one day, and return it.

    Raises:
        ProofError: It says something else than what is planned.
    """
    what = "the document of a day"
    with _readable(what):
        import_module("taper.proof.files.of_days").prove_day(Plan(schedule), data, what)
    return data


def prove_difference(old: Schedule, new: Schedule, data: dict[str, Any]) -> dict[str, Any]:
    """Prove what is said of two plans side by side, and return it.

    Raises:
        ProofError: It says something else than how they differ.
    """
    what = "the difference of two plans"
    with _readable(what):
        import_module("taper.proof.files.of_days").prove_changes(Plan(old), Plan(new), data, what)
    return data
