"""Laws of the French of findings that no sentence shows alone: only with the values in its blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from taper import catalog
from taper.checker.checking import check
from taper.paper.phrases import Phrases
from taper.paper.told import Told
from taper.paper.words import load
from tests.support.cases import cases, schedule_of

ALL = list(cases())
EVERYTHING = tuple(catalog.guidelines())
UNELIDED = re.compile(r"\b(?:de|que|le|la|ne|se|je|ce|jusque|lorsque|puisque) (?=[aeiouyàâéèêëîïôùûœ])", re.IGNORECASE)
"""A word that loses its vowel before another: "de oxazépam", "que environ"."""


def told(case: dict[str, Any]) -> Iterator[str]:
    """Yield all that is said of a case, by its own guidelines and by all of them."""
    schedule = schedule_of(case)
    words = Told(Phrases(schedule, load("fr")))
    for guidelines in (case.get("guidelines"), EVERYTHING):
        report = check(schedule, guidelines=guidelines, tables=case.get("tables"))
        for finding in report.findings:
            for one in (finding, *finding.runs):
                yield from map(words.say, (one.message, one.detail, one.advice))
        for entry in report.not_evaluated:
            yield from map(words.say, (entry.reason, entry.about))
        yield words.say(report.judged_by)


@pytest.mark.parametrize("case", [case for _, case in ALL], ids=[f"{code}: {case['name']}" for code, case in ALL])
def test_no_vowel_stands_unelided_and_no_double_sign_without_its_space(case: dict[str, Any]) -> None:
    """Names of drugs and rounded numbers begin with a vowel or not: no "de" or "que" may stand before their blank."""
    for text in told(case):
        assert not UNELIDED.search(text), text
        assert not re.search(r"(?<!\N{NO-BREAK SPACE})[;»]| [:?!]|« ", text), text
