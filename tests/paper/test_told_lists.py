"""How lists of names, codes and counted days are told in each language."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from taper import catalog
from taper.checker.checking import check
from taper.checker.texts import say
from taper.checker.wording import (
    days_text,
    guideline_text,
    listed,
    mg_text,
    percent_of,
    product_text,
    quoted,
    span_text,
)
from taper.finding import NotEvaluated, Report
from taper.message import Message
from taper.order.order import parse_order, read_order
from taper.paper.phrases import Phrases
from taper.paper.sections.findings import not_checked
from taper.paper.told import Told
from taper.paper.words import LANGUAGES, load
from taper.paper.words.findings import FINDINGS
from taper.planner.planning import plan
from tests.support.cases import ORDER, schedule_of

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
HALF = percent_of(Fraction(1, 2))
PHASE = [{"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"}]


def told_in(language: str, **order: object) -> Told:
    """Return what is told of one order in a language."""
    return Told(Phrases(plan(parse_order({**ORDER, "phase": PHASE, **order})), load(language)))


@pytest.mark.parametrize("language", FINDINGS)
def test_names_with_a_comma_are_not_listed_by_commas(language: str) -> None:
    """Not "diazépam 5 mg, comprimé, diazépam 2 mg, comprimé": where does one end?"""
    told = told_in(language)
    names = [product_text(f"diazepam tablet {size} mg") for size in (5, 2)]
    one, other = map(told.say, names)
    between = told.say(listed(names, ", ")).removeprefix(one).removesuffix(other)
    comma = load(language).phrase["comma"]
    assert between == (load(language).phrase["semicolon"] if comma in one else comma)


@pytest.mark.parametrize("language", FINDINGS)
def test_a_product_has_one_spelling_in_a_finding(language: str) -> None:
    """As the drug beside it, which has no tall-man letters there."""
    told = told_in(language, **TWO_DRUGS)
    name = told.say(product_text("lorazepam tablet 1 mg"))
    assert "LOR" not in name
    assert "tablet 1" not in name or language == "nl"


TWO_DRUGS = {
    "drug": "lorazepam",
    "current": {"bedtime": "2 mg"},
    "other": [{"drug": "diazepam", "current": {"bedtime": "10 mg"}}],
    "product": [
        {"name": "lorazepam tablet 1 mg", "split": "quarters"},
        {"name": "diazepam tablet 5 mg", "split": "halves"},
    ],
    "phase": [
        {"drug": "lorazepam", "reduce": "0.25 mg", "every": "2 weeks", "until": "0 mg"},
        {"drug": "diazepam", "reduce": "2.5 mg", "every": "2 weeks", "until": "0 mg"},
    ],
}


@pytest.mark.parametrize(
    ("language", "marks"), [("de", "„“"), ("fr", "«»"), ("es", "«»"), ("nl", "“”"), ("ar", "«»"), ("en", "''")]
)
def test_a_name_stands_in_the_quotation_marks_of_the_language(language: str, marks: str) -> None:
    told = told_in(language)
    written = told.say(quoted(product_text("my own")))
    assert written[0] == marks[0]
    assert written[-1] == marks[-1]


def test_codes_stand_one_behind_the_other_from_the_right_in_arabic() -> None:
    """A range of codes and a list of them: a row of Latin letters would be read from its wrong end."""
    codes = ("T301", "T302", "T303", "T310", "T312")
    lines = not_checked(Report((), tuple(NotEvaluated(code, "reason") for code in codes)), load("ar"))
    assert lines
    assert len(re.findall("\u2066T3[0-9][0-9]\u2069", lines[0])) == 4
    assert re.search("\u2069\\W+إلى", lines[0])
    assert "، \u2066T312" in lines[0]
    assert ", " not in lines[0]
    for language in set(LANGUAGES) - {"ar"}:
        assert "T310, T312" in not_checked(Report((), tuple(NotEvaluated(c, "x") for c in codes)), load(language))[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_day_is_no_days(language: str) -> None:
    """In what is said of a supply, and of the days of a ceiling."""
    told = told_in(language)
    plural = {"en": "1 days", "nl": "1 dagen", "de": "1 Tage", "fr": "1 jours", "es": "1 días", "ar": "1 "}[language]
    for text in (
        say("remark.for", amount="30", days=days_text(1)),
        say("remark.no supply.gap", gap=1) if language != "en" else say("remark.by supply.no dates", days=days_text(1)),
        say("T110.short", day="", measured=HALF, guideline="", limit=HALF, days=days_text(1)),
    ):
        assert plural not in told.say(text).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pattern_says_its_average_and_the_change_even_where_its_line_has_no_room(language: str) -> None:
    """One weekly pattern is told in the detail whole: how much less than before is what a clinician asks."""
    schedule = schedule_of({"name": "one", "doses": "20x28 20/10/10/10/10/10/20x28 stop"})
    found = [finding for finding in check(schedule).findings if finding.code == "T213"]
    assert found
    told = Told(Phrases(schedule, load(language)))
    percent = told.say(found[0].detail.split("% lower")[0].rpartition(" ")[2])
    assert percent.replace(".", load(language).locale.decimal) in told.say(found[0].detail)


def test_spanish_falls_a_part_with_its_article_and_milligrams_without() -> None:
    """Not "baja 10 %" or "aproximadamente 33,3 % menos", as no Spaniard says it."""
    told = told_in("es")
    for value, written in ((Fraction(1, 10), "un\N{NO-BREAK SPACE}10"), (Fraction(1, 3), "aproximadamente un")):
        assert written in told.say(say("change.lower", percent=percent_of(value), other=say("before")))
    assert "un\N{NO-BREAK SPACE}10" in load("es").clinician["reduce_current"].format(percent="10").replace(
        " ", "\N{NO-BREAK SPACE}"
    )
    size = mg_text(Fraction(2))
    line = told.say(say("T108.message", measured=size, day="", doses="", guideline="", limit=size))
    assert "un" not in line.split()


def test_a_name_that_ends_in_a_period_ends_its_sentence() -> None:
    """Not "Ficha técnica de EE. UU..": one period is for both."""
    line = told_in("es").say(say("no limit", guidelines=guideline_text(catalog.guideline("us-labels"))))
    assert line.endswith("EE. UU.")
    message = say("T117.message", why=say("no limit", guidelines=guideline_text(catalog.guideline("us-labels"))))
    assert ".." not in told_in("es").say(message)


def test_a_span_has_both_its_words_in_spanish() -> None:
    """Not "5 de enero de 2026 al 9 de enero": that lacks where it begins."""
    span = span_text(date(2026, 1, 5), date(2026, 1, 9))
    for text in (span, say("T116.times", count=2, span=span), say("T115.from", span=span)):
        assert told_in("es").say(text).count("del 5") == told_in("es").say(text).count("del ") == 1
    assert told_in("es").say(say("T213.days", span=span, days="")).startswith("Dosis del 5")


def test_a_stop_of_one_drug_is_never_told_as_a_number_of_drugs() -> None:
    """Not "from 1 drugs": where the line has no room, it leaves out the equivalent, which the detail has."""
    schedule = plan(read_order(EXAMPLES / "lorazepam_dilution.toml"))
    report = check(schedule, guidelines=tuple(catalog.guidelines()))
    found = [each for each in report.findings if each.code == "T105"]
    assert found
    for finding in found:
        assert isinstance(finding.message, Message)
        ways = finding.message.values["ways"]
        assert isinstance(ways, tuple)
        assert len(ways) > 1
        assert not any("drugs" in way for way in ways)
        assert len(finding.message) <= 140
