"""The print request: what to print, for whom and how, and what follows from that."""

from __future__ import annotations

from dataclasses import KW_ONLY
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from taper.errors import TaperError
from taper.paper.dateless import DatelessPhrases
from taper.paper.parts import Paper
from taper.paper.phrases import Phrases, words_for
from taper.paper.variant import Variant
from taper.paper.words.language import Language
from taper.paper.words.pharmacy import is_read
from taper.schedule.calendar import from_day, printable, revised_on
from taper.schedule.schedule import Schedule
from taper.schedule.supply import Supply, dispense
from taper.values import dataclass

if TYPE_CHECKING:
    from taper.finding import Report

LETTER_COUNTRIES = frozenset({"US", "CA"})
"""Countries whose offices print on Letter paper unless the order says otherwise."""
AS_ORDERED = Variant()


@dataclass(frozen=True)
class PrintRequest:
    """A request for one paper.

    Attributes:
        schedule: The schedule, as a calendar can show it, all of it.
        report: What the checker found; None if nothing was checked.
        printed_on: Day of printing, for the foot of each page.
        language: Code of the language of what the patient reads; the order's, or English, if None.
        variant: How to lay it out, and how much of it.
        supply: What the pharmacy hands out, if it was worked out.
        previous: The schedule that it replaces.
        document: Plan document to put inside a PDF.
        own: Code of the language that a paper of clinicians or pharmacies was itself asked for in; if None, sheet and
            record are in English, and the pharmacy order as its country reads it.
        whole: Whether to begin with the first day of the plan also after a revision, as a clinician's screen does.

    Raises:
        ScheduleError: The schedule is empty, names a day twice, or goes on after its stop.
    """

    schedule: Schedule
    report: Report | None = None
    _: KW_ONLY
    printed_on: date
    language: str | None = None
    variant: Variant = AS_ORDERED
    supply: Supply | None = None
    previous: Schedule | None = None
    document: str | None = None
    own: str | None = None
    whole: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "schedule", printable(self.schedule))

    @cached_property
    def words(self) -> Language:
        """The language of what the patient reads: the one asked for, else the order's, else English."""
        return words_for(self.schedule, self.language)

    @cached_property
    def phrases(self) -> Phrases:
        """What the patient's paper shows in the patient's language, with days counted from 1 where it has no dates."""
        return self.phrases_of(self.ahead)

    def phrases_of(self, schedule: Schedule) -> Phrases:
        """Return a part of the schedule in the patient's language."""
        return (DatelessPhrases if self.variant.dateless else Phrases)(schedule, self.words)

    @cached_property
    def days(self) -> tuple[date, date]:
        """First and last day that the patient may see: those of the plan, from its last revision on."""
        first, last = self.schedule.steps[0].start, self.schedule.stopped_on or self.schedule.steps[-1].end
        return (first if self.revised_on is None else min(max(first, self.revised_on), last)), last

    @cached_property
    def revised_on(self) -> date | None:
        """Day of the last revision; None for a plan as first written, or where all of it is asked for."""
        return None if self.whole else revised_on(self.schedule)

    @cached_property
    def first(self) -> date:
        """First day on the patient's paper; it may lie behind the end of the plan."""
        variant, first = self.variant, self.days[0]
        if variant.dateless or (variant.weeks is None and variant.on is None):
            return first
        return max(first, variant.on or self.printed_on)

    @cached_property
    def window(self) -> tuple[date, date]:
        """First and last day on the patient's paper: what is left of the plan, or some weeks of it.

        Raises:
            TaperError: No day of the plan is left to print.
        """
        start, last, weeks = self.first, self.days[1], self.variant.weeks
        if start > last:
            raise TaperError(
                f"the plan ends on {last}, before {start}, so no day of it is left to print; name an earlier day",
                field="variant",
            )
        return start, last if weeks is None else min(last, start + timedelta(days=7 * weeks - 1))

    @cached_property
    def ahead(self) -> Schedule:
        """What lies ahead on the first day of the patient's paper; the whole schedule where no dose does."""
        return self.left_on(self.first)

    @cached_property
    def over(self) -> bool:
        """Whether no dose lies ahead on that day."""
        return not from_day(self.schedule, self.first).drugs

    def left_on(self, day: date) -> Schedule:
        """Return what lies ahead on a day; the whole schedule where no dose does, so that there is a drug to name."""
        left = from_day(self.schedule, day)
        return left if left.drugs else self.schedule

    @cached_property
    def english(self) -> Phrases:
        """The schedule in the English of its country."""
        return Phrases(self.schedule, words_for(self.schedule, "en"))

    @cached_property
    def clinicians(self) -> Phrases:
        """The schedule for clinician and record: in the language they were asked for in, else in English.

        The language of the patient's paper, which the order names, may be one that the clinician does not read.
        """
        if self.own is None:
            return self.english
        words = words_for(self.schedule, self.own)
        return Phrases(self.schedule, words) if words.has_sheet else self.english

    @cached_property
    def pharmacys(self) -> Phrases:
        """The schedule for the pharmacy: in the language asked for, else the patient's if it is read in the country."""
        order, asked = self.schedule.order, self.own is not None
        words = words_for(self.schedule, self.own) if asked else self.words
        read = order is not None and is_read(words.code, order.country)
        known = "pharmacy_title" in words.clinician
        return Phrases(self.schedule, words) if known and (asked or read) else self.english

    @cached_property
    def paper(self) -> Paper:
        """Size of the paper: the one asked for, else the order's, else that of the order's country."""
        order, paper = self.schedule.order, self.variant.paper
        if paper is None and order is not None:
            paper = order.handout.paper or ("letter" if order.country in LETTER_COUNTRIES else "a4")
        return paper or "a4"

    @cached_property
    def dispensed(self) -> Supply:
        """What the pharmacy hands out, worked out here if it was not given."""
        return self.supply or dispense(self.schedule)

    @cached_property
    def replaced(self) -> Schedule | None:
        """The schedule that it replaces, as a calendar can show it."""
        return None if self.previous is None else printable(self.previous)

    @property
    def people(self) -> tuple[tuple[str, str | None], ...]:
        """For whom, by whom and whom to call, each with the name of its phrase; None where the order does not say."""
        lines = self.schedule.order.handout if self.schedule.order else None
        return (
            ("for_patient", lines.patient if lines else None),
            ("prescriber", lines.prescriber if lines else None),
            ("phone", lines.phone if lines else None),
        )
