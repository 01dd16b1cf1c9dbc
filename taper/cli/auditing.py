"""The command that audits a whole practice."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from taper.cli.console import Console
from taper.cli.option_groups import Flag, Judgment, Several
from taper.errors import OrderError
from taper.exchange.conventions import USUAL_GAP
from taper.finding import Severity

if TYPE_CHECKING:
    from taper.audit import Audit, Conventions


@Parameter(name="*")
@dataclass(frozen=True)
class Choices:
    """What is counted, and how; all of it is printed beside the numbers.

    Attributes:
        gap: Most days without supply that are no stop; one day more is one (Maust 2023).
        without_carry_over: Refills fetched early count from their own day, as in OMOP's eras.
        days_from_refills: Days of supply that are missing or cannot be meant are those up to the next fill.
        guideline: Guideline to judge by; may be given several times.
        equivalence: Equivalence table to compare drugs by; may be given several times.
        window: Days of the windows of the measure after Fenton 2019.
        small_cells: Counts up to this one are redacted in every shared table (0: none).
        round_to: Other counts are rounded to this (1: not at all).
    """

    gap: int = USUAL_GAP
    without_carry_over: Flag = False
    days_from_refills: Flag = False
    guideline: Several = ()
    equivalence: Several = ()
    window: int = 60
    small_cells: int = 7
    round_to: int = 5


@Parameter(name="*")
@dataclass(frozen=True)
class Running:
    """How it is run; none of it changes the result.

    Attributes:
        processes: Partitions worked on at a time; as many as there are cores if not given.
        memory: MB of memory of all of them; reading takes up to 400 and each process 600, however little is given.
        table: Name of the table, where a database has several.
        concepts: OMOP's CONCEPT table, where the drugs are only known by their concepts.
        person_level: Write files about persons too: findings, persons, rows that do not count.
    """

    processes: int | None = None
    memory: int = 2000
    table: str = ""
    concepts: Path | None = None
    person_level: Flag = False


def audit(
    files: Annotated[tuple[Path, ...], Parameter(negative=())],
    /,
    *,
    out: Path,
    end_of_data: date,
    choices: Choices = Choices(),
    running: Running = Running(),
    judgment: Judgment = Judgment(),
) -> int:
    """Audit the histories of a whole practice: who is reduced too fast, or was stopped abruptly.

    Args:
        files: CSV, Parquet, DuckDB or SQLite, FHIR NDJSON, or folders of Parquet; pharmacy histories or OMOP. Of
            benzodiazepines and Z-drugs alone: a person who gets only other medicines is judged as well.
        out: Folder for summary.html and tables/, and for findings with --person-level.
        end_of_data: Last day of which the files know everything: only it tells a stop from missing data.
        choices: What is counted, and how.
        running: How it is run.
        judgment: What decides the exit code.
    """
    from taper.audit import Conventions, Given, Settings, audit as carry_out

    if not files:
        raise OrderError("no file is named; name a pharmacy history, such as dispensings.csv")
    conventions = Conventions(
        end_of_data,
        choices.gap,
        not choices.without_carry_over,
        choices.days_from_refills,
        choices.guideline,
        choices.equivalence,
        choices.window,
        choices.small_cells,
        choices.round_to,
    )
    _refuse_unknown(conventions)
    settings = Settings(os.cpu_count() or 1 if running.processes is None else running.processes, running.memory)
    found = carry_out(
        Given(files, running.table, running.concepts),
        out,
        conventions,
        settings,
        person_level=running.person_level,
        progress=_Bar().show,
    )
    with Console() as console:
        _print(console, found, conventions, out)
    worst = found.worst
    return int(judgment.fail_on != "never" and bool(worst) and Severity(worst) >= Severity(judgment.fail_on))


def _refuse_unknown(conventions: Conventions) -> None:
    """Refuse early a guideline or a table that there is not."""
    from taper import catalog

    for name in conventions.guidelines:
        catalog.guideline(name)
    for name in conventions.tables:
        catalog.table(name)


def _print(console: Console, found: Audit, conventions: Conventions, out: Path) -> None:
    """Print the headline, with redacted counts only."""
    for name in ("flow", "status"):
        table = next((table for table in found.tables if table.name == name), None)
        if table is None:
            continue
        console.line(f"{table.title}" + (f" ({table.note})" if table.note else ""))
        for labels, counts in table.rows:
            shown = "redacted" if counts[0] is None else f"{counts[0]:,}"
            console.line(f"  {shown:>12}  {labels[0]}")
    console.line(
        f"Counts up to {conventions.small_cells} are redacted, others rounded to {conventions.round_to}. For your own "
        "eyes, --small-cells 0 --round-to 1 shows all, and --person-level lists who it is."
    )
    console.line(f"\nWritten to {out}: {', '.join(name for name in found.files if '/' not in name)}, tables/")


class _Bar:
    """A bar on a terminal's standard error; nothing elsewhere."""

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._began = time.monotonic()

    def show(self, doing: str, done: int, of: int) -> None:
        """Show what is done."""
        if not self._shown:
            return
        filled = 30 * done // max(of, 1)
        bar = "#" * filled + "." * (30 - filled)
        seconds = time.monotonic() - self._began
        text = f"\r{doing:9} [{bar}] {done} of {of}, {seconds:.0f} s; Ctrl-C keeps what is done"
        sys.stderr.write(text + ("\n" if doing == "checking" and done == of else ""))
        sys.stderr.flush()
