"""The clinician's sheet, the record and the pharmacy order in every language that has them."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from taper.checker.checking import check
from taper.checker.texts import say
from taper.checker.wording import as_written
from taper.cli import main
from taper.errors import TaperError
from taper.finding import Finding, Report, Severity
from taper.order.order import parse_order, read_order
from taper.paper.numbers import bare
from taper.paper.renderers import Format, render
from taper.paper.report_told import leaves_english, report_in, words_of_report
from taper.paper.request import PrintRequest
from taper.paper.sheets.clinician import ClinicianSheet, build_clinician_sheet
from taper.paper.sheets.patient import build_handout
from taper.paper.sheets.pharmacy import build_pharmacy_order
from taper.paper.sheets.record import build_record
from taper.paper.words import LANGUAGES, load
from taper.paper.words.language import Language
from taper.paper.words.pharmacy import PHARMACY
from taper.paper.words.sheets import SHEETS, words_of
from taper.paper.words.sheets.counts import COUNTS
from taper.paper.words.sheets.terms import TERMS
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.schedule.schedule import Schedule
from taper.schedule.supply import dispense
from tests.oracles.pdf import pdf_pages, pdf_texts
from tests.support.orders import GOLDEN

PRINTED = date(2026, 1, 2)
FOLDER = Path(__file__).parents[2] / "examples"
EXAMPLES = sorted(path.stem for path in FOLDER.glob("*.toml"))
TOLD = [code for code in LANGUAGES if code != "en" and load(code).has_sheet]
"""The languages with a sheet of their own."""
ENGLISH_WORDS = re.compile(
    r"\b(the|every|morning|noon|bedtime|evening|days|weeks|months|until|halves|quarters|yes|about|each|cut|least|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|October|December|"
    r"tablets|oral tablet|by country|taken|stays|from|with|handout|as ordered|rows?)\b"
)
"""Words that no other of these languages has; "solution" and "dose" are French too."""


@cache
def planned(name: str) -> Schedule:
    schedule = plan(read_order(FOLDER / f"{name}.toml"))
    if name == "diazepam":  # a history is on the sheet too
        changes: dict[str, Any] = {"hold": "2 weeks", "every": "4 weeks", "reason": "travel", "by": "Dr A"}
        schedule = revise(schedule, on="2026-03-02", **changes)
    return schedule


@cache
def sheet_of(name: str, language: str) -> ClinicianSheet:
    schedule = planned(name)
    supply = dispense(schedule)
    request = PrintRequest(
        schedule, check(schedule), printed_on=PRINTED, language=language, own=language, supply=supply
    )
    return build_clinician_sheet(request)


def texts(value: object) -> Iterator[str]:
    """Yield every text of a sheet in its order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


# ---- whole or not at all --------------------------------------------------------------------------


def test_german_has_a_sheet() -> None:
    assert "de" in TOLD


@pytest.mark.parametrize("code", TOLD)
def test_a_sheet_has_the_keys_and_blanks_of_the_english_one(code: str) -> None:
    english, own = load("en").clinician, load(code).clinician
    assert own.keys() == english.keys()
    for key, text in english.items():
        assert blanks(own[key]) == blanks(text), key
        assert bool(own[key].strip()) == bool(text.strip()), key


def test_a_language_has_the_sheet_whole_or_the_pharmacy_alone() -> None:
    for code in LANGUAGES:
        if code != "en" and code not in SHEETS:
            assert words_of(code).keys() == PHARMACY.get(code, {}).keys()


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_counted_and_said_of_an_order_is_there_in_every_language(code: str) -> None:
    assert COUNTS[code].keys() == COUNTS["en"].keys()
    assert TERMS[code].keys() == TERMS["en"].keys()
    for key, text in TERMS["en"].items():
        assert blanks(TERMS[code][key]) == blanks(text), key


def test_a_language_without_a_sheet_gets_it_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole, without the mark of a translation: never half."""
    german = load("de")
    without = replace(german, clinician=PHARMACY["de"])
    monkeypatch.setattr("taper.paper.words.load", lambda code: without if code == "de" else load(code))
    schedule = planned("christmas")
    request = PrintRequest(schedule, check(schedule), printed_on=PRINTED, language="de", own="de")
    assert request.clinicians.words.code.startswith("en")
    assert request.clinicians.unreviewed == ()
    assert words_of_report(schedule, "de").words.code.startswith("en")


# ---- numbers and dates ----------------------------------------------------------------------------


def numbers(page: str, words: Language) -> Counter[str]:
    """Count the amounts of a text, each with a point."""
    text = bare(page).replace("\N{NO-BREAK SPACE}", " ")
    sign = re.escape(words.locale.decimal)
    unit = r"mg/mL|mg|mL|g\b|%|٪"
    found = re.findall(rf"(?<![A-Za-z\d.,])(\d+(?:{sign}\d+)?) ?({unit})", text)
    return Counter(f"{number.replace(words.locale.decimal, '.')} {unit.replace('٪', '%')}" for number, unit in found)


def dates(page: str, words: Language) -> Counter[tuple[int, int]]:
    """Count the days of a text, as month and day."""
    locale, months = words.locale, dict[str, int]()
    for names in (locale.months_short, locale.months_in_date, locale.months):
        months |= {name.replace("\N{NO-BREAK SPACE}", " ").lower(): at for at, name in enumerate(names, 1)}
    text = bare(page).replace("\N{NO-BREAK SPACE}", " ").lower()
    named = "|".join(map(re.escape, sorted(months, key=len, reverse=True)))
    found = [(months[name], int(day)) for day, name in re.findall(rf"(\d+)(?:er|º|\.)? (?:de )?({named})", text)]
    if locale.date.startswith("{month}"):
        found = [(months[name], int(day)) for name, day in re.findall(rf"({named}) (\d+)\b(?!\d)", text)]
    return Counter(found)


def compared(page: ClinicianSheet, schedule: Schedule) -> str:
    """Return what must say the same in each language: all but findings, sources, models and the days of an axis."""
    charts = [(figure.chart.title, figure.chart.alt, figure.note) for figure in page.charts]
    kept = (page.person, page.drug, charts, page.tables, page.facts, page.supply)
    return as_told("\n".join(text for part in kept for text in texts(part)), schedule)


def as_told(text: str, schedule: Schedule) -> str:
    """Return a text without the names of products that the order describes, which have the signs of the order."""
    ordered = schedule.order.products if schedule.order is not None else ()
    plain = bare(text).replace("\N{NO-BREAK SPACE}", " ")
    for name in (one.name for one in ordered if one.described):
        plain = plain.replace(name, "")
    return plain


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("code", TOLD)
def test_doses_percentages_and_dates_are_those_of_the_english_sheet(code: str, name: str) -> None:
    english, own, schedule = sheet_of(name, "en-GB"), sheet_of(name, code), planned(name)
    first, second = compared(own, schedule), compared(english, schedule)
    ours, theirs = words_of_report(planned(name), code).words, words_of_report(planned(name), "en-GB").words
    assert numbers(first, ours) == numbers(second, theirs)
    assert dates(first, ours) == dates(second, theirs)
    assert len(own.headlines) == len(english.headlines)
    assert [line.severity for line in own.headlines] == [line.severity for line in english.headlines]


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("code", TOLD)
def test_a_record_and_a_pharmacy_order_have_the_numbers_of_the_english_ones(code: str, name: str) -> None:
    schedule = planned(name)

    def asked(language: str) -> PrintRequest:
        return PrintRequest(schedule, check(schedule), printed_on=PRINTED, language=language, own=language)

    english, own = asked("en-GB"), asked(code)
    ours, theirs = own.clinicians.words, english.clinicians.words
    first, second = (as_told(build_record(request), schedule) for request in (own, english))
    assert numbers(first, ours) == numbers(second, theirs)
    assert dates(first, ours) == dates(second, theirs)
    if not any(step.intakes and step.intakes[0].items for step in schedule.steps):
        return
    pages = [build_pharmacy_order(request) for request in (own, english)]
    shown = ("\n".join(texts((page.facts, page.total, [one.table for one in page.fills]))) for page in pages)
    first, second = (as_told(text, schedule) for text in shown)
    assert pages[0].frame.language.startswith(code)
    assert numbers(first, ours) == numbers(second, theirs)
    assert dates(first, ours) == dates(second, theirs)


# ---- one language ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("code", TOLD)
def test_no_english_word_and_no_brace_is_left(code: str, name: str) -> None:
    """Beside titles of sources, what the order itself says, and sentences that are said to be in English."""
    page, schedule = sheet_of(name, code), planned(name)
    order = schedule.order
    assert order is not None
    own_words = {ordered.name for ordered in order.products if ordered.described or ordered.device}
    own_words |= {ordered.device for ordered in order.products} | {ordered.brand for ordered in order.products}
    own_words |= {str(hold.reason) for hold in order.hold} | {event.reason or "" for event in order.history}
    kept = (page.frame.title, page.notice, page.person, page.drug, page.findings_title, page.summary, page.tables)
    rest = (page.chart_notes, page.signature, page.order_title, page.supply, page.sources_note)
    facts = [(fact.label, fact.text, fact.more) for fact in page.facts if order.check.tables is None or fact.label]
    for text in texts((kept, rest, facts, [figure.chart.alt for figure in page.charts])):
        plain = bare(text).replace("\N{NO-BREAK SPACE}", " ")
        for words in filter(None, own_words):
            plain = plain.replace(words, "")
        assert not ENGLISH_WORDS.search(plain), plain
    assert not any("{" in text or "}" in text for text in texts(page) if text != page.frame.page)


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("code", [code for code in TOLD if load(code).direction == "rtl"])
def test_doses_keep_their_direction_in_text_from_the_right(code: str, name: str) -> None:
    """Each isolate ends, and no amount with a unit stands outside of one."""
    page = sheet_of(name, code)
    shown = (page.person, page.drug, page.tables, page.facts, page.supply)
    for text in texts(shown):
        opened = len(re.findall("[\u2066\u2067]", text))
        assert opened == text.count("\u2069"), text
        outside = re.sub("[\u2066\u2067][^\u2069]*\u2069", "", text)
        assert not re.search(r"\d[\s\u00a0]?(mg|mL)", outside), text


@pytest.mark.parametrize("code", TOLD)
def test_what_is_not_told_whole_stays_a_whole_english_sentence_and_the_sheet_says_so_once(code: str) -> None:
    schedule = planned("christmas")
    own, foreign = say("T207.none"), as_written("Of a rule of the practice.")
    for found, left in ((own, False), (str(foreign), True)):
        report = Report((Finding("T207", Severity.NOTE, found),))
        page = build_clinician_sheet(PrintRequest(schedule, report, printed_on=PRINTED, language=code, own=code))
        assert bool(page.left_english) is left
        assert leaves_english(report, words_of_report(schedule, code)) is left
        if left:
            assert page.headlines[0].text == found
            assert list(texts(page)).count(load(code).clinician["left_english"]) == 1


@pytest.mark.parametrize("kind", ["text", "html", "pdf"])
@pytest.mark.parametrize("code", TOLD)
@pytest.mark.parametrize("sheet", ["clinician", "record", "pharmacy"])
def test_a_translation_that_no_clinician_checked_says_so(sheet: Any, code: str, kind: Format) -> None:
    schedule = planned("christmas")
    report = check(schedule)
    content = render(schedule, report, kind, printed_on=PRINTED, sheet=sheet, language=code)
    pages = list(pdf_texts(content)) if kind == "pdf" else [content.decode()]
    for page in pages:
        assert "".join(f"The {load(code).name} text is a translation".split()) in "".join(page.split())


# ---- which language -------------------------------------------------------------------------------


def order_in(country: str, **more: Any) -> Schedule:
    order: Mapping[str, Any] = GOLDEN | {"country": country, **more}
    described = [
        {"name": f"tablet {n}", "source": "clinician", "form": "tablet", "strength": f"{n} mg", "split": "halves"}
        for n in (5, 2)
    ]
    return plan(parse_order({**order, "product": described}))


def test_the_sheet_is_english_until_it_is_asked_for_in_another_language() -> None:
    """The order names the language of the patient, which the clinician may not read."""
    schedule = order_in("DE", handout={"language": "de"})
    for request in (
        PrintRequest(schedule, printed_on=PRINTED),
        PrintRequest(schedule, printed_on=PRINTED, language="de"),
    ):
        page = build_clinician_sheet(request)
        assert page.frame.language == "en-GB"
        assert "German (translation not checked by a clinician)" in [fact.text for fact in page.facts]
    asked = PrintRequest(schedule, printed_on=PRINTED, language="de", own="de")
    assert build_clinician_sheet(asked).frame.language == "de"
    assert 'lang="de"' in render(schedule, None, "html", printed_on=PRINTED, sheet="clinician", language="de").decode()


@pytest.mark.parametrize(
    ("country", "named", "asked", "told"),
    [
        ("DE", "de", None, "de"),
        ("US", "de", None, "en-US"),
        ("DE", "ar", None, "en-GB"),
        ("US", None, "de", "de"),
        ("CH", None, "de", "de-CH"),
    ],
)
def test_the_pharmacy_reads_the_language_of_its_country_unless_another_is_asked_for(
    country: str, named: str | None, asked: str | None, told: str
) -> None:
    schedule = order_in(country, handout={"language": named} if named else {})
    content = render(schedule, None, "html", printed_on=PRINTED, sheet="pharmacy", language=asked)
    assert f'<html lang="{told}"' in content.decode()


@pytest.mark.parametrize(("country", "told"), [("DE", "de"), ("US", "en-US")])
def test_the_papers_of_a_plan_are_for_a_patient_and_the_sheet_for_a_clinician_of_the_country(
    country: str, told: str
) -> None:
    """`taper plan --language de` of a clinician in the United States is for a patient who reads German."""
    from taper.cli.choices import Printing
    from taper.cli.files import papers

    schedule = order_in(country)
    made = papers(schedule, check(schedule), dispense(schedule), Printing(language="de", printed_on=PRINTED), None)
    assert "Dosisplan" in made["handout.html"].decode()
    first = pdf_pages(made["clinician.pdf"])[0].extract_text()
    assert ("Prüfergebnisse" in first) == (told == "de")
    if told != "de":
        assert "German (translation not checked" in "".join(p.extract_text() for p in pdf_pages(made["clinician.pdf"]))


def test_american_dates_begin_with_the_month_on_sheet_record_and_findings() -> None:
    schedule = plan(parse_order(GOLDEN | {"check": {"guidelines": ["asam-2025"]}}))
    report = check(schedule)
    for sheet in ("clinician", "record"):
        text = render(schedule, report, "text", printed_on=PRINTED, sheet=sheet).decode()
        plain = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split()).partition("Sources for the patient")[0]
        assert "January 5, 2026" in plain
        assert not re.search(r"\d (January|February|March|April|May|June|July|August|September) 2026", plain)
    british = order_in("GB")
    assert "5 January 2026" in render(british, None, "text", printed_on=PRINTED, sheet="record").decode()


# ---- a report in a language -----------------------------------------------------------------------


def test_a_report_in_a_language_keeps_codes_values_and_sources() -> None:
    schedule = planned("two_drugs")
    report = check(schedule)
    told = report_in(report, schedule, "de")
    for one, other in zip(report.findings, told.findings, strict=True):
        assert replace(other, message=one.message, advice=one.advice, detail=one.detail, runs=one.runs) == one
        assert (other.others, len(other.runs)) == (one.others, len(one.runs))
    assert [entry.code for entry in told.not_evaluated] == [entry.code for entry in report.not_evaluated]
    assert told.judged_by.startswith("Beurteilt nach")
    assert report_in(report, schedule, "en-GB") == report
    with pytest.raises(TaperError, match="known: en, fr"):
        report_in(report, schedule, "it")


def test_an_interval_is_told_in_the_language() -> None:
    """Not "alle 4 weeks": the template of an interval is not filled with English."""
    schedule = planned("diazepam")
    told = [finding.message for finding in report_in(check(schedule), schedule, "de").findings]
    assert not any("weeks" in text for text in told)
    assert any("Wochen" in text for text in told)


def test_a_product_that_the_order_has_not_is_named_in_the_language_too() -> None:
    """A liquid of the catalog that would make smaller steps."""
    schedule = plan(read_order(FOLDER / "diazepam.toml"))
    told = " ".join(finding.advice for finding in report_in(check(schedule), schedule, "de").findings)
    assert "Diazepam 1\N{NO-BREAK SPACE}mg/mL, Lösung" in told
    assert "oral solution" not in told


def test_check_tells_its_findings_in_a_language(capsys: pytest.CaptureFixture[str]) -> None:
    file = str(FOLDER / "two_drugs.toml")
    assert main(["check", file, "--language", "de", "--fail-on", "never"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    for part in ("Hinweise", "HINWEIS T102: Erste Reduktion", "Nicht geprüft:", "no clinician has checked"):
        assert part in out
    assert main(["check", file, "--language", "de", "--verbose", "--fail-on", "never"]) == 0
    assert "Was möglich wäre: " in capsys.readouterr().out
    assert main(["check", file, "--fail-on", "never"]) == 0
    assert "no clinician" not in capsys.readouterr().out


def test_check_refuses_a_language_that_is_not_there_and_one_for_data(capsys: pytest.CaptureFixture[str]) -> None:
    file = str(FOLDER / "two_drugs.toml")
    assert main(["check", file, "--language", "it"]) == 2
    assert '"de"' in capsys.readouterr().err
    assert main(["check", file, "--language", "de", "--json"]) == 2
    assert "--json is data" in capsys.readouterr().err


def test_a_line_for_each_person_is_told_in_a_language(capsys: pytest.CaptureFixture[str]) -> None:
    history = FOLDER / "audit" / "practice.csv"
    outs = {}
    for language in ("en", "de"):
        main(["check", str(history), "--all", "--language", language, "--fail-on", "never"])
        outs[language] = capsys.readouterr()
    english, german = (outs[code].out.splitlines() for code in ("en", "de"))
    assert len(english) == len(german) > 1
    assert any("abgegeben, " in line and "Hinweis" in line for line in german)
    assert not any(re.search(r"\b(supplied|notes?|alerts?|warnings?)\b", line) for line in german)
    assert "no clinician has checked" in outs["de"].err
    assert "no clinician" not in outs["en"].err


# ---- several medicines ----------------------------------------------------------------------------


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_plan_of_several_medicines_says_that_none_is_stopped_suddenly(code: str) -> None:
    """Not "this medicine" alone; and of one medicine, it stays one."""
    requests = [PrintRequest(planned(name), printed_on=PRINTED, language=code) for name in ("two_drugs", "christmas")]
    several, one = map(build_handout, requests)
    here, there = (request.words for request in requests)
    assert (several.never, one.never) == (here.phrase["never_all"], there.phrase["never"])
    assert several.advice[0].lead[0].text == here.phrase["stop_all"]
    assert one.advice[0].lead[0] == there.what_to_do[0].lead[0]
    said = [sentence.text for part in several.advice for sentence in (*part.lead, *part.points)]
    assert here.phrase["why_all"] in said
    assert here.phrase["why"] not in said
