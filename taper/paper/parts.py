"""The values of the handout model: every string in its final form, and what to draw beside it.

Renderers lay these out and add no text. The few numbers left (fractions of a chart, days) are positions, never text.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from taper.paper.chart_parts import Chart as Chart, Tick as Tick
from taper.paper.variant import Paper as Paper, Variant
from taper.paper.week_parts import Mark as Mark, MarkKind as MarkKind, WeekTable
from taper.paper.words.language import Passage
from taper.paper.words.locale import Direction
from taper.values import dataclass

Size = Literal["a4", "letter", "a6"]
Part = Literal["whole", "half", "quarter", "three-quarters"]
Kind = Literal["solid", "syringe", "drop"]


@dataclass(frozen=True, slots=True)
class Pictogram:
    """One drawing: a tablet or part of one, a syringe, a drop.

    Attributes:
        product: Key of the product, which decides shape and color.
        part: How much of it.
        times: How often it is meant; above 1 the drawing carries a number and a multiplication sign.
        mark: The mg in a part of a tablet, which is drawn on it; empty for whole ones, which carry their strength.
    """

    product: str
    part: Part = "whole"
    times: int = 1
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ProductKey:
    """A product in the legend.

    Attributes:
        key: Key of the product in the drawings.
        index: Its place in the order, which decides shape and color; with several drugs its place among
            the products of its drug.
        kind: What is drawn.
        mark: Number drawn on it; empty for a liquid.
        name: Its name.
        note: How it is measured; empty for tablets and capsules.
        drug: Heading over the products of its drug; empty in a plan with one drug.
        family: With several drugs: place of its drug, which decides the outline of all its drawings, so that
            no other drug has the same; else None.
    """

    key: str
    index: int
    kind: Kind
    mark: str
    name: str
    note: str
    drug: str = ""
    family: int | None = None


@dataclass(frozen=True, slots=True)
class Dose:
    """One drug at one time of day.

    Attributes:
        time: Name of the time of day.
        amount: The dose, such as "8.5 mg".
        line: Time of day, drug if there are several, and dose, as the calendar prints them.
        words: The pieces or the volume in words; empty if the plan names none.
        measure: Volume, drops or weight of powder, which stands before the mg; else empty.
        pictograms: What to draw.
        alt: All of it for those who cannot see the drawing.
        pieces: What stands below the line, a product a line: the words, or where a volume is from and how it is drawn.
        short: The same for the box of a day, in few words.
        colon: What stands between the line and the pieces behind it.
    """

    time: str
    amount: str
    line: str
    words: str
    measure: str
    pictograms: tuple[Pictogram, ...]
    alt: str
    pieces: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    colon: str = ": "

    @property
    def said(self) -> str:
        """All of it in one line."""
        return f"{self.line}{self.colon}{' '.join(self.pieces)}" if self.pieces else self.line


@dataclass(frozen=True, slots=True)
class DayDoses:
    """All doses of a day.

    Attributes:
        doses: In the order of the day.
        total: The daily dose; empty where several drugs make one sum meaningless.
        total_words: The daily dose of each drug.
        devices: What liquids are measured with, where it is one for all of them; else empty.
        source: The same with the liquid, said once below the doses; empty where each says its own.
        corner: The daily dose for the corner of a day's box; empty for liquids, where it would be taken for a dose.
    """

    doses: tuple[Dose, ...]
    total: str
    total_words: str
    devices: str
    corner: str = ""
    source: str = ""

    @property
    def portioned(self) -> bool:
        """Whether a liquid is taken at several times: the volume of the whole day would be taken for one dose."""
        return len(self.doses) > 1 and not self.corner and all(dose.measure for dose in self.doses)


@dataclass(frozen=True, slots=True)
class WeekPart:
    """A regimen of a weekly pattern.

    Attributes:
        when: On which days of the week.
        doses: What is taken on them; without a dose on days without the drug.
    """

    when: str
    doses: DayDoses


@dataclass(frozen=True, slots=True)
class StepRow:
    """A row of the table of steps.

    Attributes:
        kind: Whether the plan starts, goes on or stops here.
        label: Number or name of the step.
        dates: First and last day.
        length: Number of days; empty for the stop.
        doses: What to take; None for the stop, and where it depends on the day of the week.
        total: The daily dose of each drug.
        change: The cut in mg and as part of the dose before and of the first dose; empty for the patient.
        week: What to take on which days of the week; empty where every day is the same.
    """

    kind: Literal["start", "step", "stop"]
    label: str
    dates: str
    length: str
    doses: DayDoses | None
    total: str
    change: str
    week: tuple[WeekPart, ...] = ()

    @property
    def regimens(self) -> tuple[DayDoses, ...]:
        """All that is taken in the step, weekday by weekday."""
        return (self.doses,) if self.doses is not None else tuple(part.doses for part in self.week)

    @property
    def lines(self) -> tuple[str, ...]:
        """What to take, in words: a line for each dose, after one for the days of the week."""
        lines: list[str] = []
        for when, day in (("", self.doses), *((part.when, part.doses) for part in self.week)):
            doses = [*(dose.said for dose in day.doses), *([day.source] if day.source else [])] if day else []
            if when:
                lines += [f"{when}:", *doses] if doses else [f"{when}: {day.total_words if day else ''}"]
            else:
                lines += doses
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar.

    Attributes:
        day: The day.
        number: Day of the month.
        name: The whole date with its weekday.
        doses: What to take; None on the day of the stop and where the plan has a gap.
        none: Words for a day without a dose; else empty.
        marks: What is special.
    """

    day: date
    number: str
    name: str
    doses: DayDoses | None
    none: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A page of the calendar: whole weeks, None for days outside the month or the plan."""

    title: str
    weeks: tuple[tuple[Day | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A labeled line, such as a key date of the plan."""

    label: str
    text: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What is on every page: title, language, paper and footer.

    Attributes:
        language: Code of the language.
        paper: Size of the paper.
        title: Title of the document.
        running: The title at the foot of each page, which names a medicine in one script.
        medicine: Name of the medicine, or of all of them.
        foot: Plan, revision and day of printing.
        page: Template with {page} and {pages}: the numbers that only the renderer knows.
        printed: Day of printing, for the file's own data.
        direction: Whether the language is written from the left or from the right.
        unreviewed: That no clinician checked the translation, in its language and in English; empty if one did,
            or if there is no translation.
        colon: What stands between a label and its text.
        semicolon: What stands between the parts of a list.
    """

    language: str
    paper: Size
    title: str
    running: str
    medicine: str
    foot: tuple[str, ...]
    page: str
    printed: date
    direction: Direction = "ltr"
    unreviewed: tuple[str, ...] = ()
    colon: str = ": "
    semicolon: str = "; "


@dataclass(frozen=True, slots=True)
class Notice:
    """A box that must be read before the first dose.

    Attributes:
        kind: ``revised``: this plan replaces another; ``changed``: what differs from that; ``drugs``: the plan
            has several drugs; ``handling``: to shake, to weigh, to throw a part away.
        title: Its heading.
        lines: Its sentences.
    """

    kind: Literal["revised", "changed", "drugs", "handling"]
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diary:
    """A page to write down sleep and symptoms.

    Attributes:
        title: Its heading.
        note: How to fill it in.
        columns: Headings.
        rows: Number of empty rows.
    """

    title: str
    note: str
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class DiarySheet:
    """The diary alone."""

    frame: Frame
    variant: Variant
    diary: Diary


@dataclass(frozen=True, slots=True)
class Handout:
    """The patient's paper.

    Attributes:
        frame: What is on every page.
        variant: How it is laid out.
        summary: The whole plan in a line.
        sentence: The whole plan in a sentence or two.
        only: That only some weeks are shown; else empty.
        earlier: Where the days before a revision are found; empty for a plan as first written.
        start_line: A line to write the first day on, in a plan without dates; else empty.
        people: For whom, by whom, whom to call.
        facts: The key dates.
        never: The one sentence that must be seen.
        stay: What comes after the last day of a plan without a stop; else empty.
        steps_title: Heading of the table.
        columns: Headings of its columns.
        steps: Its rows.
        charts: One chart a drug.
        chart_title: Heading above the charts.
        products_title: Heading of the legend.
        products: The legend; empty for a plan that gives doses only.
        products_notes: How to read the drawings, or that there are none.
        weekdays: Names of the days, first day of the week first.
        list_columns: Headings of a list of days: day, what to take, daily dose, notes.
        months: The calendar.
        calendar_note: Line above the calendar.
        calendar_keys: What its marks mean.
        advice_title: Heading of the last page.
        advice: Its passages.
        contacts_title: Heading above whom to call.
        contacts: Whom to call; an empty text is a line to write on.
        days_title: Heading of the list of days, in text.
        diary: Rows for sleep and symptoms.
        by_week: The whole plan on one sheet, a row a week.
        notices: What must be read first, where there is something.
        calendar_revised: Revision and its first day, for the head of each page of the calendar; else empty.
    """

    frame: Frame
    variant: Variant
    summary: str
    sentence: str
    only: str
    earlier: str
    start_line: str
    people: tuple[str, ...]
    facts: tuple[Fact, ...]
    never: str
    stay: str
    steps_title: str
    columns: tuple[str, ...]
    steps: tuple[StepRow, ...]
    charts: tuple[Chart, ...]
    chart_title: str
    products_title: str
    products: tuple[ProductKey, ...]
    products_notes: tuple[str, ...]
    weekdays: tuple[str, ...]
    list_columns: tuple[str, ...]
    months: tuple[Month, ...]
    calendar_note: str
    calendar_keys: tuple[Mark, ...]
    advice_title: str
    advice: tuple[Passage, ...]
    contacts_title: str
    contacts: tuple[Fact, ...]
    days_title: str
    diary: Diary
    by_week: WeekTable
    notices: tuple[Notice, ...] = ()
    calendar_revised: str = ""

    @property
    def days(self) -> tuple[Day, ...]:
        """The days of the calendar, in order."""
        return tuple(day for month in self.months for week in month.weeks for day in week if day)
