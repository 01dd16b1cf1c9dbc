"""What a person may choose beside a command, as values; `taper.cli.option_groups` says how each is typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from taper.finding import Report
from taper.order.parts import LanguageCode
from taper.paper.variant import Paper
from taper.values import dataclass

FailOn = Literal["note", "warning", "alert", "never"]


@dataclass(frozen=True)
class Printing:
    """How the papers are printed.

    Attributes:
        paper: Size of the paper; the order's, or the country's, if not given.
        language: Language; if not given, the order's or English for what the patient reads, and English for the
            clinician's sheet and the record. With plan and revise, that sheet follows only where the
            language is read in the order's country.
        printed_on: Day printed on the paper; today if not given.
    """

    paper: Paper | None = None
    language: LanguageCode | None = None
    printed_on: date | None = None

    @property
    def day(self) -> date:
        """Day printed on the paper."""
        return self.printed_on or date.today()


@dataclass(frozen=True)
class Judgment:
    """What decides the exit code.

    Attributes:
        fail_on: Lowest severity of a finding that makes the exit code 1.
    """

    fail_on: FailOn = "alert"

    def exit_code(self, report: Report) -> int:
        """Return 1 if a finding is at or above the severity, else 0."""
        return 0 if self.fail_on == "never" or not report.at_or_above(self.fail_on) else 1


@dataclass(frozen=True)
class Output:
    """Where the result of planning goes.

    Attributes:
        out: Folder for handout.pdf, handout.html, clinician.pdf and plan.json.
        json: Print the plan document (JSON) instead.
        verbose: Print reasons, sources and what could be done with each finding.
    """

    out: Path | None = None
    json: bool = False
    verbose: bool = False


@dataclass(frozen=True)
class Screen:
    """How a result is shown.

    Attributes:
        json: Print it as JSON.
        verbose: Print reasons, sources and what could be done with each finding.
    """

    json: bool = False
    verbose: bool = False
