"""What a language must say: one frozen value, so that a language with a sentence missing cannot load."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from taper.order_parts import TimeOfDay
from taper.source import Source

Noun = Literal["tablet", "capsule", "film", "piece"]


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
        months: Names of the twelve months.
        months_short: The same, short enough for the axis of a chart.
        weekdays: Names of the days, Monday first.
        times: Names of the times of day.
        date: Template of a date.
        long_date: Template of a date with its weekday.
        count: Writes a number of tablets or capsules in words.
        days: Writes a length in days.
        phrase: Templates by name.
        what_to_do: The passages of the what-to-do page.
        clinician: Templates by name, for the clinician's sheet.
    """

    code: str
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    weekdays: tuple[str, ...]
    times: Mapping[TimeOfDay, str]
    date: str
    long_date: str
    count: Callable[[Fraction, Noun], str]
    days: Callable[[int], str]
    phrase: Mapping[str, str]
    what_to_do: tuple[Passage, ...]
    clinician: Mapping[str, str]
