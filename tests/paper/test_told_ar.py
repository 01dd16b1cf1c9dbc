"""What the checker says, in Arabic: numbers with their nouns, and nothing that a line from the right would turn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest

from taper.checker.checking import check
from taper.checker.texts import say
from taper.checker.wording import count_text, days_text, listed, number_text, span_text, weekday_text
from taper.finding import Report
from taper.message import Message
from taper.paper.phrases import Phrases
from taper.paper.told import Told
from taper.paper.words import load
from taper.paper.words.apart import NBSP
from taper.schedule.schedule import Schedule
from tests.support.cases import cases, schedule_of

OPEN, CLOSE = "\N{LEFT-TO-RIGHT ISOLATE}\N{RIGHT-TO-LEFT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
BEHIND_LATIN = re.compile(
    r"[A-Za-z][0-9]*[^A-Za-z0-9\N{OBJECT REPLACEMENT CHARACTER}\N{ARABIC COMMA}-\N{ARABIC LETTER YEH}]+[0-9]"
)
WITH_UNIT = re.compile(r"[0-9]\s?(?:mg|mL|mcg|%)|(?:mg|mL)\s?[0-9]")


@pytest.fixture
def told() -> Told:
    return Told(Phrases(Schedule(steps=(), stopped_on=None), load("ar")))


def outside_isolates(text: str) -> str:
    """Return what has no direction of its own; fails where an isolate is not closed."""
    depth, left = 0, ""
    for sign in text:
        depth += (sign in OPEN) - (sign == CLOSE)
        assert depth >= 0
        left += sign if not depth else "\N{OBJECT REPLACEMENT CHARACTER}"
    assert not depth
    return left


def sentences(report: Report) -> Iterator[str]:
    for finding in (one for whole in report.findings for one in (whole, *whole.runs)):
        yield from (finding.message, finding.advice, finding.detail)
    yield from (text for entry in report.not_evaluated for text in (entry.reason, entry.about))


def test_no_dose_stands_outside_an_isolate_and_no_arrow_points_back() -> None:
    """From the right, "2 mg" would be read as "mg 2", "20 → 18 mg" as a rise, and "GB: 30" as "30: GB"."""
    seen: set[str] = set()
    for _, case in cases():
        schedule = schedule_of(case)
        words = Told(Phrases(schedule, load("ar")))
        report = check(schedule, guidelines=case.get("guidelines"), tables=case.get("tables"))
        for text in set(sentences(report)) - seen:
            assert words.is_told(text), text
            written = words.say(text)
            assert not WITH_UNIT.search(outside_isolates(written)), written
            assert not BEHIND_LATIN.search(outside_isolates(written)), written
            assert "→" not in written
        seen.update(sentences(report))


@pytest.mark.parametrize(
    ("number", "after", "alone"),
    [
        (0, f"0{NBSP}يوم", f"0{NBSP}يوم"),
        (1, f"يوم{NBSP}واحد", f"يوم{NBSP}واحد"),
        (2, "يومين", "يومان"),
        (3, f"3{NBSP}أيام", f"3{NBSP}أيام"),
        (10, f"10{NBSP}أيام", f"10{NBSP}أيام"),
        (11, f"11{NBSP}يومًا", f"11{NBSP}يومًا"),
        (99, f"99{NBSP}يومًا", f"99{NBSP}يومًا"),
        (100, f"100{NBSP}يوم", f"100{NBSP}يوم"),
        (103, f"103{NBSP}أيام", f"103{NBSP}أيام"),
    ],
)
def test_days_are_counted_in_the_case_of_the_sentence(told: Told, number: int, after: str, alone: str) -> None:
    """The dual has another form behind a preposition."""
    assert after in told.say(say("T103.advice", days=days_text(number)))
    assert told.say(days_text(number)) == alone


def test_a_number_that_english_leaves_bare_has_its_noun(told: Told) -> None:
    assert told.say(say("T111.weeks from", weeks=2)) == " بعد استعمال أسبوعين أو أكثر"
    assert told.say(say("T111.weeks from", weeks=8)) == f" بعد استعمال 8{NBSP}أسابيع أو أكثر"
    assert told.say(say("T111.weeks from", weeks=12)) == f" بعد استعمال 12{NBSP}أسبوعًا أو أكثر"
    half = say("T214.message", drug="", day="", days=days_text(3), hours=number_text(Fraction(5, 2)))
    assert f"2.5{CLOSE}{NBSP}ساعة" in told.say(half)


def test_cuts_are_counted_whether_their_number_has_a_noun_in_english_or_not(told: Told) -> None:
    assert told.say(count_text(2, "cut")) == "تخفيضان"
    line = say("T103.message", count=11, first="", last="", days=days_text(2), guideline="", limit=days_text(7))
    assert told.say(line).startswith(f"11{NBSP}تخفيضًا من")


def test_days_have_from_in_front_and_one_day_stands_alone(told: Told) -> None:
    first, last = date(2026, 1, 5), date(2026, 1, 9)
    one, several = (told.say(span_text(first, end)) for end in (first, last))
    assert one.startswith(f"5{NBSP}")
    assert several.startswith(f"من 5{NBSP}")
    assert f" إلى 9{NBSP}" in several


def test_a_day_of_the_week_is_a_word_in_a_sentence(told: Told) -> None:
    """One letter stands for it in a column only."""
    assert told.say(weekday_text("Monday")) == "الاثنين"


def test_a_list_is_divided_by_arabic_signs(told: Told) -> None:
    parts: list[Message] = [say("T302.fact"), say("T305.fact")]
    assert told.say(listed(parts, "; ")) == "حمل؛ مرض في الكبد"
    assert told.say(listed(parts, ", ")) == "حمل، مرض في الكبد"
