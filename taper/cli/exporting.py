"""The command that writes a schedule for another tool."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from taper.cli.files import load, refuse_file, write_file
from taper.cli.option_groups import Flag, Several
from taper.cli.streams import tell
from taper.errors import ScheduleError
from taper.exchange import formats
from taper.exchange.formats import Format, parse_times
from taper.loading import read_bytes
from taper.order.parts import LanguageCode


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Target:
    """What to write, and where.

    Attributes:
        to: Format; csv is the plain table that `taper check` reads back.
        out: File to write; standard output if not given.
        written_on: Day of writing; today if not given.
        style: Calendar: day or intake. FHIR: sequence, per-step, or german-plan (dgMP).
        language: Language of what people read; the order's, or English, if not given.
        dated: Old name of `written_on`.
    """

    to: Format
    out: Path | None = None
    written_on: date | None = None
    style: Literal["day", "intake", "sequence", "per-step", "german-plan"] | None = None
    language: LanguageCode | None = None
    dated: Annotated[date | None, Parameter(show=False)] = None

    @property
    def day(self) -> date:
        """Day of writing.

        Raises:
            ScheduleError: It is given under both of its names.
        """
        if self.dated is None:
            return self.written_on or date.today()
        if self.written_on is not None:
            raise ScheduleError("--written-on and --dated are the same option; keep --written-on")
        tell("warning: --dated is now called --written-on; the old name will go")
        return self.dated


@Parameter(name="*", group="Calendar, MedTimer")
@dataclass(frozen=True)
class Calendar:
    """Options of iCalendar, and of the backup file of MedTimer.

    Attributes:
        at: Clock time for timed events and reminders, such as morning=08:00; may be given several times.
        alarm: Minutes before a timed event.
        zone: Time zone of the clock times, such as Europe/Berlin; local wherever it is read if not given.
        discreet: Titles name neither medicine nor dose.
        weeks: Write only this many weeks.
        previous: Plan document of the revision whose calendar was sent before; its vanished days are canceled.
        into: MedTimer: a backup made on the phone, into which the plan is put; else restoring replaces all there.
    """

    at: Several = ()
    alarm: int | None = None
    zone: str | None = None
    discreet: Flag = False
    weeks: int | None = None
    previous: Path | None = None
    into: Path | None = None


@Parameter(name="*", group="FHIR, eMediplan")
@dataclass(frozen=True)
class Fhir:
    """Options of FHIR, and who is the author of an eMediplan.

    Attributes:
        subject: Reference to the patient, such as Patient/123.
        requester: Reference to the prescriber.
        author: eMediplan: GLN or name of its author; the order's prescriber if not given.
        transaction: Bundle ready to be posted.
    """

    subject: str | None = None
    requester: str | None = None
    author: str | None = None
    transaction: Flag = False


@Parameter(name="*", group="Label texts")
@dataclass(frozen=True)
class Labels:
    """Options of label texts.

    Attributes:
        every: Time from one fill to the next; one text per step if not given.
        by_product: One text for each product.
        spans: Whether a text names its first and last day, or the number of days.
        limit: Most characters, 1000 if not given; a longer text is refused, never cut.
    """

    every: str | None = None
    by_product: Flag = False
    spans: Literal["dates", "days"] | None = None
    limit: int | None = None


@Parameter(name="*", group="Tables")
@dataclass(frozen=True)
class Tables:
    """Options of the CSV formats, for spreadsheets that write numbers otherwise.

    Attributes:
        separator: What stands between two cells.
        decimal: Decimal sign of the columns of numbers; with a comma the separator is ; if not given.
        bom: Begin with a byte order mark, by which Excel knows UTF-8.
    """

    separator: Literal[",", ";", "tab"] | None = None
    decimal: Literal[".", ","] | None = None
    bom: Flag = False

    @property
    def between(self) -> Literal[",", ";", "tab"] | None:
        """What stands between two cells."""
        return self.separator or (";" if self.decimal == "," else None)


def export(
    file: Path,
    /,
    *,
    target: Target,
    calendar: Calendar = Calendar(),
    fhir: Fhir = Fhir(),
    labels: Labels = Labels(),
    tables: Tables = Tables(),
) -> int:
    """Write a schedule for another tool: calendar, FHIR, CSV, Markdown, label texts, reminder app.

    Args:
        file: TOML or JSON order, plan document, or CSV table.
        target: What to write, and where.
        calendar: Options of iCalendar and MedTimer.
        fhir: Options of FHIR and eMediplan.
        labels: Options of label texts.
        tables: Options of the CSV formats.
    """
    refuse_file(target.out)
    day = target.day
    content = formats.export(
        load(file),
        target.to,
        written_on=day,
        style=target.style,
        language=target.language,
        times=dict(parse_times(calendar.at, field="at")) or None,
        alarm=calendar.alarm,
        zone=calendar.zone,
        discreet=calendar.discreet or None,
        weeks=calendar.weeks,
        previous=None if calendar.previous is None else load(calendar.previous),
        subject=fhir.subject,
        requester=fhir.requester,
        author=fhir.author,
        kind="transaction" if fhir.transaction else None,
        every=labels.every,
        by_product=labels.by_product or None,
        spans=labels.spans,
        limit=labels.limit,
        into=None if calendar.into is None else read_bytes(calendar.into, ScheduleError),
        separator=tables.between if target.to in ("csv", "days", "steps") else tables.separator,
        decimal=tables.decimal,
        bom=tables.bom or None,
    )
    write_file(target.out, content)
    if target.to == "medtimer" and calendar.into is None:
        tell(
            "restoring this file replaces all medicines and reminders in MedTimer; if there are others, make a backup "
            "in the app first and give it with --into"
        )
    return 0
