"""The rules of safe and plain writing, as patterns that no text may match and a measure of reading grade."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from taper.paper.words.language import Language

LINT = (
    (r"[0-9]\.[0-9]*0(?![0-9])", "a trailing zero"),
    (r"(?<![0-9])\.[0-9]", "no leading zero"),
    (r"[0-9](?:mg|mL|mcg)", "no space before the unit"),
    (r"[0-9]/[0-9]", "a written fraction"),
    (r"\bmcg\b|µg|\bcc\b", "a dangerous unit"),
    (r"\b(?:QD|OD|HS|BT|QOD|BID|TID)\b", "a dangerous abbreviation"),
    (r"\. ,|,,|  |\.\Z|\N{NO-BREAK SPACE}", "a join that goes wrong"),
)
"""What no text for another program may hold, with what is wrong about it."""


def strings(value: object) -> Iterator[str]:
    """Every string of a frozen value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from strings(part)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in ("sources", "key", "kind", "product"):
                yield from strings(getattr(value, field.name))


def unsafe(language: Language) -> dict[str, re.Pattern[str]]:
    """What no string may hold, for the decimal sign of a language."""
    sign = re.escape(language.locale.decimal)
    other = "." if language.locale.decimal == "," else ","
    return {
        "a trailing zero": re.compile(rf"[0-9]{sign}[0-9]*0(?![0-9])"),
        "no leading zero": re.compile(rf"(?<![0-9]){sign}[0-9]"),
        "the decimal sign of another language": re.compile(rf"[0-9]{re.escape(other)}[0-9]"),
        "grouped digits": re.compile(r"[0-9][ \u00a0\u202f'][0-9]{3}(?![0-9])"),
        "no space before the unit": re.compile(r"[0-9](mg|mL|mcg)\b"),
        "a breakable space before the unit": re.compile(r"[0-9] (mg|mL)\b"),
        "a date of numbers": re.compile(r"\b[0-9]{1,4}[/-][0-9]{1,2}([/-][0-9]{1,4})?\b"),
        "a written fraction": re.compile("[½¼¾⅓⅔⅛]|[0-9]/[0-9]"),
        "digits that are not on the box": re.compile("[٠-٩۰-۹]"),
        "another unit": re.compile(r"[0-9][ \u00a0](ml|Mg|MG)\b"),
        "an unfilled blank": re.compile(r"\{(?!pages?\})"),
    }


def syllables(word: str) -> int:
    """About how many syllables an English word has."""
    word = re.sub(r"[^a-z]", "", word.lower())
    if len(word) > 3:
        word = re.sub(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$", "", word)
    return max(1, len(re.findall(r"[aeiouy]{1,2}", word.removeprefix("y"))))


def grade(text: str) -> float:
    """Reading grade by Flesch and Kincaid: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    sentences = [part for part in re.split(r"[.!?:]+(?:\s|$)", text) if part.strip()]
    words_of = re.findall(r"[A-Za-z0-9'-]+", text)
    return 0.39 * len(words_of) / len(sentences) + 11.8 * sum(map(syllables, words_of)) / len(words_of) - 15.59
