"""What the checker says, in the languages that have it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import pytest

from taper import catalog
from taper.checker.checking import check
from taper.checker.headline import every_text, headline, left_out
from taper.checker.texts import TEXTS, say
from taper.checker.texts.notes import notes
from taper.checker.wording import KINDS, code_text, day_text, days_text, joined, product_text
from taper.finding import Report
from taper.interval import parse_interval
from taper.message import Message
from taper.paper.phrases import Phrases
from taper.paper.told import MOST_CHARACTERS, Told
from taper.paper.words import LANGUAGES, load
from taper.paper.words.findings import COUNTED, FINDINGS
from taper.schedule.schedule import Schedule
from tests.support.cases import cases, schedule_of

BLANK = re.compile(r"\{(\w+)(?::(\w+))?\}")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
ALL = list(cases())
CASES = pytest.mark.parametrize("index", range(len(ALL)), ids=[f"{code}: {case['name']}" for code, case in ALL])
PLURALS = {"ar": {"zero", "one", "two", "few", "many", "other"}}
ENGLISH = {**TEXTS, **notes()}
IN_ORDER = (
    *(("before", "after"), ("least", "most"), ("low", "high"), ("first", "last"), ("start", "end")),
    *(("said", "held"), ("measured", "limit"), ("from", "to")),
)
"""Blanks that keep their order in every language: a rise would be read as a fall, a limit as what was measured."""
OPPOSITES = (
    *(("change.higher", "change.lower"), ("T113.higher", "T113.lower"), ("T113.highest", "T113.lowest")),
    *(("T113.sets.less", "T113.sets.more"), ("T115.more", "T115.less"), ("T112.early", "T112.late")),
    *(("T107.returns", "T107.above"), ("T107.allowed by", "T107.advised against by"), ("T115.cut", "T115.no cut")),
    *(
        ("T106.risk.rare", "T106.risk.stands"),
        ("T104.allows", "T104.allows none"),
        ("T111.weeks from", "T111.weeks below"),
    ),
)


NOUNS = {"day", "night", "week", "month", "step", "cut", "table", "tablet", "product", "more place", "row"}
EVERYTHING = tuple(catalog.guidelines())


NAME = "guideline."
"""Beginning of the keys of names of guidelines that are descriptions; all other names stay as they were published."""


def is_own(key: str) -> bool:
    """Return whether a key has no text in English: a case, a value such as "every.day", or the name of a guideline."""
    return key not in ENGLISH and (":" in key or key.partition(".")[0] in KINDS)


def blanks(text: str) -> set[str]:
    return {name for name, _ in BLANK.findall(text)}


def numbers(text: str) -> Counter[str]:
    """Return the numbers of a text, in the digits and with the decimal sign of English."""
    plain = "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in text)
    return Counter(number.replace(",", ".") for number in NUMBER.findall(plain.replace("٫", ".")))


def without_digits(language: str) -> set[str]:
    """Return the numbers that a language may write as a word or an ending of what is counted: one, and in some two."""
    forms = [form for noun in COUNTED[language].values() for form in noun.items()]
    return {number for number, category in (("1", "one"), ("2", "two")) if any(
        name == category and "{number}" not in text for name, text in forms
    )}  # fmt: skip


@pytest.mark.parametrize("language", FINDINGS)
def test_a_language_has_every_text_of_the_checker_and_none_of_its_own(language: str) -> None:
    """The notes of the catalog are among them: a finding is never half in another language, and none is left out."""
    own = {key for key in FINDINGS[language] if is_own(key)}
    assert FINDINGS[language].keys() - own == ENGLISH.keys()
    assert {key.partition(":")[0] for key in own if ":" in key} <= ENGLISH.keys()


@pytest.mark.parametrize("language", FINDINGS)
def test_only_a_name_that_describes_a_guideline_is_another_in_another_language(language: str) -> None:
    """A name stays as published: ASAM 2025 is that everywhere, and "US labels" is a description."""
    for key, text in FINDINGS[language].items():
        if key.startswith(NAME):
            short = catalog.guideline(key.removeprefix(NAME)).short
            assert numbers(text) == numbers(short), key
            assert text.strip(), key
            assert text != short, f"{key} says what is published; leave it out"


@pytest.mark.parametrize("language", FINDINGS)
def test_a_text_has_the_blanks_of_the_english_one(language: str) -> None:
    """A dose, a date or a limit is never lost, and never asked for in a case that the language does not have."""
    assert language in LANGUAGES
    texts = FINDINGS[language]
    for key, text in texts.items():
        if is_own(key) and ":" not in key:
            continue
        assert blanks(text) == blanks(ENGLISH[key.partition(":")[0]]), key
        for _, case in BLANK.findall(text):
            counted = any(noun.endswith(f" {case}") for noun in COUNTED[language])
            assert not case or counted or any(other.endswith(f":{case}") for other in texts), key


@pytest.mark.parametrize("language", FINDINGS)
def test_a_text_has_the_numbers_of_the_english_one_and_its_blanks_in_an_order_that_cannot_be_misread(
    language: str,
) -> None:
    """Beside the blanks: "at least every 3 months", "65 years", "25%"; a note of the catalog is a text as any other."""
    words = without_digits(language)
    for key, english in ENGLISH.items():
        text = FINDINGS[language][key]
        wanted, given = (numbers(BLANK.sub(" ", one)) for one in (english, text))
        assert {n: c for n, c in wanted.items() if n not in words} == {
            n: c for n, c in given.items() if n not in words
        }, key
        for one, other in IN_ORDER:
            if {one, other} <= blanks(english):
                places = [BLANK.sub(r"{\1}", each).index for each in (english, text)]
                assert len({place(f"{{{one}}}") < place(f"{{{other}}}") for place in places}) == 1, key


@pytest.mark.parametrize("language", FINDINGS)
def test_opposites_are_not_told_alike(language: str) -> None:
    """Higher and lower, more and less, early and late, allowed and not."""
    for one, other in OPPOSITES:
        assert FINDINGS[language][one] != FINDINGS[language][other]


@pytest.mark.parametrize("language", FINDINGS)
def test_a_note_has_as_many_sentences_as_in_english(language: str) -> None:
    """A headline says the first sentence of it: a period inside one would cut it short."""
    for key, note in notes().items():
        assert FINDINGS[language][key].count(". ") == note.count(". "), key
        assert FINDINGS[language][key].endswith(".") == note.endswith("."), key


@pytest.mark.parametrize("language", COUNTED)
def test_a_number_has_a_noun_in_every_plural_form(language: str) -> None:
    for noun, forms in COUNTED[language].items():
        assert set(forms) >= PLURALS.get(language, {"one", "other"}), noun
        assert all("{number}" in text or category in ("one", "two") for category, text in forms.items()), noun


@pytest.mark.parametrize("language", FINDINGS)
def test_every_language_counts_the_same_nouns(language: str) -> None:
    """A noun that one language lacks would leave its sentence English."""
    assert COUNTED[language].keys() >= NOUNS


def texts_of(report: Report) -> Iterator[str]:
    for finding in report.findings:
        for one in (finding, *finding.runs):
            yield from (one.message, one.detail, one.advice)
    for entry in report.not_evaluated:
        yield from (entry.reason, entry.about)
    yield report.judged_by


@lru_cache(maxsize=1)
def checked(index: int) -> tuple[Schedule, tuple[Message, ...]]:
    """Return the schedule of a case, and all that is said of it by its own guidelines and by all of them."""
    case = ALL[index][1]
    schedule = schedule_of(case)
    found: dict[str, None] = {}
    for guidelines in (case.get("guidelines"), EVERYTHING):
        found |= dict.fromkeys(texts_of(check(schedule, guidelines=guidelines, tables=case.get("tables"))))
    return schedule, tuple(text for text in found if isinstance(text, Message) and text)


def ways(text: Message) -> Iterator[Message]:
    """Yield the sentences of a message, and each way of a headline, of which a language may need another than English.

    What a headline left out is not among them: that depends on the way.
    """
    inside = {"headline": "ways", "joined": "parts"}
    if text.key in inside:
        for one in text.values[inside[text.key]]:  # type: ignore[attr-defined]
            yield from ways(one)
    elif text and text.key != "left out":
        yield text


def days(message: object) -> Iterator[Message]:
    """Yield the dates in a message, which every language writes in its own order."""
    if isinstance(message, Message):
        if message.key in ("day", "span"):
            yield message
        for value in message.values.values():
            for one in value if isinstance(value, tuple) else (value,):
                yield from days(one)


def without_days(text: str, dates: list[str]) -> str:
    for one in sorted(dates, key=len, reverse=True):
        text = text.replace(one, " ")
    return text


@CASES
def test_whatever_is_said_of_a_case_is_told_whole_with_its_own_numbers(index: int) -> None:
    """In each language that has findings: headline, advice, detail, reasons and by what it was judged.

    The numbers are those of English, dates aside, and with the decimal sign of the language: none lost, none other.
    """
    schedule, said = checked(index)
    for language in FINDINGS:
        told = Told(Phrases(schedule, load(language)))
        words = without_digits(language)
        for text in said:
            assert told.is_told(text), (language, text)
            for way in ways(text):
                written, dates = told.say(way), list(days(way))
                assert "{" not in written
                wanted = numbers(without_days(way, [str(day) for day in dates]))
                given = numbers(without_days(written, [told.say(day) for day in dates]))
                for number in wanted.keys() | given.keys():
                    assert number in words or wanted[number] == given[number], (language, number, way, written)


@CASES
def test_a_headline_is_a_short_line_in_every_language(index: int) -> None:
    """With the decimal sign of the language; whole in it or whole in English."""
    schedule = schedule_of(ALL[index][1])
    found = check(schedule, guidelines=ALL[index][1].get("guidelines"), tables=ALL[index][1].get("tables")).findings
    for language in LANGUAGES:
        told = Told(Phrases(schedule, load(language)))
        for finding in found:
            line = told.say(finding.message)
            assert isinstance(finding.message, Message)
            seen = re.sub("[\u2066-\u2069]", "", line)  # marks of direction take no room
            assert len(seen) <= MOST_CHARACTERS, line
            if language == "en" or not told.is_told(finding.message):
                assert line == finding.message
            elif load(language).locale.decimal == ",":
                assert not re.search(r"\d\.\d+\s?(mg|%)", line), line


@pytest.mark.parametrize("language", FINDINGS)
def test_how_often_something_comes_is_told_as_the_language_counts_it(language: str) -> None:
    """Its own words, not the English length of time behind them."""
    told = Told(Phrases(schedule_of(ALL[0][1]), load(language)))
    for span in ("1 week", "2 weeks", "3 days", "1 month"):
        line = every_text(parse_interval(span))
        assert told.is_told(line)
        assert not re.search("every|day|weeks|month", told.say(line)), line  # "week" is Dutch, too


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["10% of start", "0.5 mg", "1 mg = 10 mg", "T101", "max_days", "[supply]", "1-0-1-0"])
def test_code_is_the_same_in_every_language_and_reads_from_the_left(code: str, language: str) -> None:
    """How the order says something is copied back into it: no decimal sign, no word of it is another."""
    written = Told(Phrases(schedule_of(ALL[0][1]), load(language))).say(code_text(code))
    assert written == (f"\N{LEFT-TO-RIGHT ISOLATE}{code}\N{POP DIRECTIONAL ISOLATE}" if language == "ar" else code)


def test_what_a_headline_has_no_room_for_is_named_in_the_detail_of_that_language() -> None:
    """German takes more room: a name that English says in the line may be left out of the German one."""
    name = product_text("diazepam tablet 5 mg")
    ways = (say("T208.message", count=9, days=days_text(14), day=day_text(date(2026, 1, 5)), most=8), say("T207.none"))
    long = headline(joined(name, *ways, *ways[:1]), ways[1])
    assert left_out(headline(name), name) == ""
    told = Told(Phrases(schedule_of(ALL[0][1]), load("de")))
    for line in (long, headline(joined(name, ways[1]))):
        detail = joined(left_out(line, name), ways[1])
        in_line, in_detail = (told.say(name).lower() in told.say(text).lower() for text in (line, detail))
        assert in_line != in_detail
