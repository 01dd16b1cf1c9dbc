"""What a language must say: one frozen value, so that a language with a sentence missing cannot load."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from taper.order.parts import TimeOfDay
from taper.paper.words.locale import Direction, Locale, Plural, part_plural, plural
from taper.source import Source
from taper.values import dataclass

Noun = Literal["tablet", "capsule", "film", "piece"]
Counted = Literal[
    "day", "drop", "step", "time", "week", "month", "each day", "each week", "each month",
    "alert", "warning", "note", "rule", "table", "product row",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the patient's text.

    Attributes:
        text: The sentence.
        sources: Where its medical content comes from; empty for plain instructions.
    """

    text: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A headed part of the what-to-do page.

    Attributes:
        title: Its heading.
        tone: ``urgent`` (call for help now), ``firm`` (a rule) or ``plain``.
        lead: Sentences that are set as a paragraph.
        points: Sentences that are set as a list.
    """

    title: str
    tone: Literal["urgent", "firm", "plain"]
    lead: tuple[Sentence, ...] = ()
    points: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Language:
    """All words of one language. Braces in a template are filled by name.

    Attributes:
        code: Code of the language, as HTML and PDF write it.
        name: Its name in English.
        own_name: Its name in itself.
        reviewed_by: The clinician who checked the translation, and when; empty if none did,
            which every page then says. The English text is the original and no translation.
        locale: How it writes numbers and dates.
        times: Names of the times of day.
        nouns: A single piece of each kind, as the legend names it.
        count: Writes a number of tablets or capsules in words.
        forms: What is counted, with its number, by plural category: days, drops and steps, as in "in 3 steps", and what
            the clinician's sheet counts.
        phrase: Templates by name.
        what_to_do: The passages of the what-to-do page.
        no_dose_days: The sentence that stands for "do not skip a dose" where a plan has days without one, a template.
        asleep: The sentence for Z-drugs that follows "never stop suddenly", a template.
        clinician: Templates by name, for the clinician's sheet, the record and the pharmacy order; those of the
            pharmacy order alone, or none, in a language that has not all: half a sheet is read less surely than none.
        between: What stands between the members of a list, where it is no comma.
        on_few_days: How so many days of the week stand inside a sentence, where their number changes the words.
        first_of_month: How the first day of a month is written in a date.
    """

    code: str
    name: str
    own_name: str
    reviewed_by: str
    locale: Locale
    times: Mapping[TimeOfDay, str]
    nouns: Mapping[Noun, str]
    count: Callable[[Fraction, Noun], str]
    forms: Mapping[Counted, Mapping[Plural, str]]
    phrase: Mapping[str, str]
    what_to_do: tuple[Passage, ...]
    no_dose_days: Sentence
    asleep: Sentence
    clinician: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    between: str = ""
    on_few_days: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    first_of_month: str = "1"

    def counted(self, what: Counted, number: int) -> str:
        """Write a whole number of days, drops or steps, in the form that goes with the number."""
        return self.forms[what][plural(self.code.partition("-")[0], number)].format(number=number)

    def is_one(self, number: Fraction) -> bool:
        """Return whether what a number counts stands in the singular: 1 milligram, 1.5 milligrams."""
        code = self.code.partition("-")[0]
        return (plural(code, number.numerator) if number.denominator == 1 else part_plural(code, number)) == "one"

    def days(self, number: int) -> str:
        """Write a length in days."""
        return self.counted("day", number)

    @property
    def has_sheet(self) -> bool:
        """Whether it has the words of the clinician's sheet and the record, all of them."""
        return "findings" in self.clinician

    @property
    def direction(self) -> Direction:
        """Whether it is written from the left or from the right."""
        return self.locale.direction

    @property
    def months(self) -> tuple[str, ...]:
        """Names of the twelve months, standing alone."""
        return self.locale.months

    @property
    def months_short(self) -> tuple[str, ...]:
        """The same, short enough for the axis of a chart."""
        return self.locale.months_short

    @property
    def weekdays(self) -> tuple[str, ...]:
        """Names of the days, Monday first."""
        return self.locale.weekdays
