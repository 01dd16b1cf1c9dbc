"""Languages: the same doses on the same days, written as the language writes them, and marked where nobody checked."""

from __future__ import annotations

import importlib.util
import io
import re
import string
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any, get_args

import lxml.html
import pikepdf
import pypdf
import pytest
from hypothesis import given, settings, strategies as st

from taper.checker.wording import MONTHS
from taper.errors import OrderError, TaperError
from taper.order.order import parse_order
from taper.order.parts import LanguageCode
from taper.paper import words
from taper.paper.phrases import END, LTR
from taper.paper.renderers import FORMATS, render
from taper.paper.request import PrintRequest
from taper.paper.sheets.clinician import build_clinician_sheet
from taper.paper.sheets.patient import build_handout
from taper.paper.words import ENGLISHES, LANGUAGES, load
from taper.paper.words.locale import plural
from taper.paper.words.locales import LOCALES
from taper.paper.words.telling import SKIPPED_DOSE
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule
from tests.oracles import papers
from tests.oracles.pdf import pdf_pages
from tests.oracles.tongues import clean, read
from tests.oracles.writing import strings, unsafe
from tests.strategies import printed_schedules, weekly_schedules
from tests.support.orders import FRENCH
from tests.support.proofs import proof
from tests.tools import make_locales

PRINTED = date(2026, 1, 2)
OTHERS = tuple(code for code in LANGUAGES if code != "en")
needs_babel = pytest.mark.skipif(importlib.util.find_spec("babel") is None, reason="pip install babel")


MAY_DIFFER = {"dateless_on_days": {"days", "numbers"}} | {
    f"take_{part}": {"count", "noun", "strength"} for part in ("quarter", "half", "three_quarters")
}
"""Blanks that a language may leave out: "day 3 of each week" names what "column 3" names."""


def blanks(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


# ---- nothing is missing --------------------------------------------------------------------------


@pytest.mark.parametrize("code", OTHERS)
def test_every_language_says_what_english_says(code: str) -> None:
    """The same keys, the same blanks, the same passages with the same sources, and nothing left empty."""
    english, other = load("en"), load(code)
    assert set(other.phrase) == set(english.phrase)
    for name, template in english.phrase.items():
        named = blanks(other.phrase[name])
        assert named == blanks(template) or (named and named <= MAY_DIFFER.get(name, set())), name
        assert bool(other.phrase[name].strip()) == bool(template.strip()), name
    for field in ("times", "nouns", "forms"):
        assert set(getattr(other, field)) == set(getattr(english, field)), field
    assert len(other.what_to_do) == len(english.what_to_do)
    for ours, theirs in zip(english.what_to_do, other.what_to_do, strict=True):
        assert ours.tone == theirs.tone
        assert theirs.title.strip()
        for part in ("lead", "points"):
            pairs = list(zip(getattr(ours, part), getattr(theirs, part), strict=True))
            assert all(a.sources == b.sources and b.text.strip() for a, b in pairs)


@pytest.mark.parametrize("code", OTHERS)
def test_no_sentence_was_left_in_english(code: str) -> None:
    """A sentence of three words or more that is the same in both was not translated."""
    english, other = load("en"), load(code)
    same = [
        n
        for n, text in english.phrase.items()
        if len(re.findall("[A-Za-z]{2,}", re.sub(r"\{.*?\}", "", text))) > 2 and other.phrase[n] == text
    ]
    assert same == []
    ours = {one.text for part in english.what_to_do for one in (*part.lead, *part.points)}
    assert not ours & {one.text for part in other.what_to_do for one in (*part.lead, *part.points)}


def _said(schedule: Schedule, code: str) -> list[str]:
    handout = build_handout(PrintRequest(schedule, printed_on=PRINTED, language=code))
    return [sentence.text for passage in handout.advice for sentence in (*passage.lead, *passage.points)]


WEEKLY = {
    "drug": "zopiclone",
    "country": "CA",
    "start": "2026-01-05",
    "current": {"bedtime": "7.5 mg"},
    "product": [{"name": "zopiclone tablet 7.5 mg", "split": "halves"}],
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_plan_with_days_without_a_dose_does_not_say_that_none_is_skipped(code: str) -> None:
    """On marked days no dose is taken, and no other is skipped: once, in place of "do not skip a dose"."""
    language = load(code)
    free = [{"usual": "3.75 mg", "Monday": "0 mg", "Friday": "0 mg"}]
    schedule = plan(parse_order(WEEKLY | {"phase": [{"weekly": free, "every": "2 weeks", "until": "0 mg"}]}))
    passage, place = SKIPPED_DOSE
    plain, instead = language.what_to_do[passage].points[place], language.no_dose_days
    said = _said(schedule, code)
    told = instead.text.format(none=language.phrase["none_day"])
    assert said.count(told) == 1
    assert plain.text not in said
    assert language.phrase["none_day"] in told
    marks = {day.none for day in build_handout(PrintRequest(schedule, printed_on=PRINTED, language=code)).days}
    assert language.phrase["none_day"] in marks
    assert instead.sources == plain.sources == load("en").no_dose_days.sources
    assert blanks(instead.text) == {"none"}
    assert code == "en" or instead.text != load("en").no_dose_days.text


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_other_plan_says_that_no_dose_is_skipped(code: str) -> None:
    """Also one whose doses differ by weekday, and one that ends: its days after the stop are no days without."""
    language = load(code)
    passage, place = SKIPPED_DOSE
    less = [{"usual": "7.5 mg", "Monday": "3.75 mg"}]
    weekly = plan(parse_order(WEEKLY | {"phase": [{"weekly": less, "every": "2 weeks", "until": "0 mg"}]}))
    for schedule in (_planned(), weekly):
        said = _said(schedule, code)
        assert said.count(language.what_to_do[passage].points[place].text) == 1
        assert not any(language.phrase["none_day"] in text for text in said)


def test_the_sentence_that_is_replaced_is_the_one_about_skipping() -> None:
    """Its place holds for every language, because translations keep the order of the original."""
    passage, place = SKIPPED_DOSE
    assert load("en").what_to_do[passage].points[place].text.startswith("Do not skip doses")


def test_a_missing_sentence_stops_the_language_from_loading() -> None:
    """Sentences are never taken from another language, and a source never slips to the next sentence."""
    from taper.paper.words.translation import translated

    english = load("en").what_to_do
    texts = tuple((p.title, tuple(s.text for s in p.lead), tuple(s.text for s in p.points)) for p in english)
    assert translated(english, texts) == english
    with pytest.raises(ValueError, match="zip"):
        translated(english, texts[:-1])
    first = (texts[0][0], texts[0][1][:-1], texts[0][2])
    with pytest.raises(ValueError, match="zip"):
        translated(english, (first, *texts[1:]))


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_refers_to_a_heading_names_it(code: str) -> None:
    """The warning on the first page sends the reader to a heading that is there."""
    assert load(code).phrase["what_to_do"] in load(code).phrase["never"]


def test_orders_know_every_language_and_no_other() -> None:
    """The key of an order and the words agree; the command line reads the key's type."""
    assert set(get_args(LanguageCode)) == {*LANGUAGES, *ENGLISHES}


# ---- the table of locales ------------------------------------------------------------------------


@needs_babel
@pytest.mark.parametrize("code", LANGUAGES)
def test_names_patterns_and_plurals_are_those_of_cldr(code: str) -> None:
    """Compared with Babel in a process of its own for each locale."""
    from taper.paper.words.locales import LOCALES

    found = make_locales.read_apart(make_locales.REGIONS[code])
    for number in range(201):
        assert plural(code, number) == found["plurals"][str(number)], number
    del found["plurals"]
    for name, value in found.items():
        assert getattr(LOCALES[code], name) == (tuple(value) if isinstance(value, list) else value), name


@needs_babel
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_plural_form_is_there(code: str) -> None:
    """Each category that whole numbers can have, in days, drops, steps and pieces."""
    language = load(code)
    numbers = [*range(201), 1_000_000]
    for what in language.forms:
        for number in numbers:
            assert language.counted(what, number)
    for noun in language.nouns:
        for quarters in (*range(1, 60), 4 * 101, 4 * 1_000_000):
            assert "{" not in language.count(Fraction(quarters, 4), noun)


def test_english_months_and_weekdays_stay_what_they_were() -> None:
    """The table is the one that the paper uses."""
    english = load("en")
    assert (english.months[0], english.weekdays[0], english.locale.first_weekday) == ("January", "Monday", 0)
    assert load("ar").locale.first_weekday == 5
    arabic = build_handout(PrintRequest(_planned(), printed_on=PRINTED, language="ar"))
    # an Arabic paper has the week of its country, here France
    assert (arabic.months[0].title, arabic.weekdays[0]) == ("يناير 2026", "الاثنين")


# ---- doses -----------------------------------------------------------------------------------------


def _planned(**changes: Any) -> Schedule:
    return plan(parse_order(FRENCH | changes))


@pytest.mark.parametrize("code", LANGUAGES)
@proof(8)
@given(schedule=printed_schedules() | weekly_schedules())
def test_every_days_doses_can_be_read_back_in_every_language(schedule: Schedule, code: str) -> None:
    """Out of PDF, HTML and text: the schedule's doses on the schedule's days, and no others."""
    wanted = papers.planned(schedule)
    for kind in FORMATS:
        found = read(kind, render(schedule, to=kind, printed_on=PRINTED, language=code), schedule, code)
        assert {day: doses for day, doses in found.items() if doses} == {d: w for d, w in wanted.items() if w}, kind
        assert set(found) == set(wanted) | ({schedule.stopped_on} - {None}), kind


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_fullest_day_fits_in_every_language(code: str) -> None:
    """Four times a day with three products each, in languages with long words: a month on two pages at most."""
    products = [
        {
            "name": f"diazepam tablet {n} mg",
            "source": "clinician",
            "form": "tablet",
            "strength": f"{n} mg",
            "split": "halves",
        }
        for n in (10, 5, 2)
    ]
    times = dict.fromkeys(("morning", "noon", "evening", "bedtime"), "18 mg")
    schedule = _planned(
        start="2026-08-01",
        review_every="1 week",
        current=times,
        product=products,
        phase=[{"reduce": "10% of start", "every": "1 week", "until": "0 mg"}],
    )
    content = render(schedule, printed_on=PRINTED, language=code)
    assert read("pdf", content, schedule, code) == papers.planned(schedule) | {schedule.stopped_on: ()}
    wide = [page for page in pypdf.PdfReader(io.BytesIO(content)).pages if page.mediabox.width > page.mediabox.height]
    months = len(build_handout(PrintRequest(schedule, printed_on=PRINTED, language=code)).months)
    assert months <= len(wide) <= 2 * months


@pytest.mark.parametrize("code", LANGUAGES)
@given(one=st.integers(1, 4 * 60), other=st.integers(1, 4 * 60))
def test_two_counts_never_read_alike_in_any_language(code: str, one: int, other: int) -> None:
    """Different numbers of quarters have different words."""
    count = load(code).count
    assert (count(Fraction(one, 4), "tablet") == count(Fraction(other, 4), "tablet")) == (one == other)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("fr", ["un quart de comprimé", "la moitié d’un comprimé", "1 comprimé", "1 comprimé et demi", "3 comprimés"]),
        ("nl", ["een kwart tablet", "een halve tablet", "1 tablet", "1 en een halve tablet", "3 tabletten"]),
        (
            "de",
            [
                "eine viertel Tablette",
                "eine halbe Tablette",
                "1 Tablette",
                "1 und eine halbe Tablette",
                "3 Tabletten",
            ],
        ),
        (
            "es",
            ["un cuarto de comprimido", "medio comprimido", "1 comprimido", "1 comprimido y medio", "3 comprimidos"],
        ),
        ("ar", ["ربع قرص", "نصف قرص", "قرص واحد", "قرص واحد ونصف قرص", "3 أقراص"]),
    ],
)
def test_parts_of_tablets_are_words(code: str, said: list[str]) -> None:
    """As the language counts them."""
    assert [load(code).count(Fraction(n, 4), "tablet") for n in (1, 2, 4, 6, 12)] == said


@pytest.mark.parametrize("code", LANGUAGES)
@settings(max_examples=25)
@given(schedule=printed_schedules() | weekly_schedules())
def test_no_string_breaks_safe_writing_in_any_language(code: str, schedule: Schedule) -> None:
    """One decimal sign, no grouping, a space that does not break, months by name, halves in words."""
    patterns = unsafe(load(code))
    for text in strings(build_handout(PrintRequest(schedule, printed_on=PRINTED, language=code))):
        for what, pattern in patterns.items():
            assert not pattern.search(text), f"{what}: {text!r}"


def test_the_decimal_comma_is_drawn_on_the_tablet_too() -> None:
    """The number in the drawing is the number in the words."""
    product = {"name": "tablet A", "source": "clinician", "form": "tablet", "strength": "2.5 mg", "split": "halves"}
    schedule = _planned(product=[product], current={"bedtime": "5 mg"})
    marks = {
        code: build_handout(PrintRequest(schedule, printed_on=PRINTED, language=code)).products[0].mark
        for code in LANGUAGES
    }
    assert marks == {"en": "2.5", "fr": "2,5", "nl": "2,5", "de": "2,5", "es": "2,5", "ar": "2.5"}
    assert render(schedule, to="html", printed_on=PRINTED, language="de")


# ---- which language --------------------------------------------------------------------------------


def test_the_order_or_the_caller_names_the_language_never_the_country() -> None:
    """A French country prints English, as Europe writes it, until someone asks for French."""
    assert build_handout(PrintRequest(_planned(), printed_on=PRINTED)).frame.language == "en-GB"
    asked = _planned(handout={"language": "fr"})
    assert build_handout(PrintRequest(asked, printed_on=PRINTED)).frame.language == "fr"
    assert build_handout(PrintRequest(asked, printed_on=PRINTED, language="de")).frame.language == "de"


def test_a_language_that_is_not_there_is_refused_with_those_that_are() -> None:
    """Never another language instead."""
    with pytest.raises(TaperError, match="known: en, fr, nl, de, es, ar"):
        build_handout(PrintRequest(_planned(), printed_on=PRINTED, language="it"))
    with pytest.raises(OrderError, match="language"):
        _planned(handout={"language": "it"})


# ---- what nobody checked ---------------------------------------------------------------------------


def squeezed(text: str) -> str:
    return "".join(clean(text).split())


@pytest.mark.parametrize("code", OTHERS)
def test_every_page_says_that_no_clinician_checked_the_translation(code: str) -> None:
    """In the language and in English: in each page of PDF, at both ends of text and HTML, and in HTML's print."""
    language, schedule = load(code), _planned()
    own, english = build_handout(PrintRequest(schedule, printed_on=PRINTED, language=code)).frame.unreviewed
    assert language.own_name in own
    assert language.name in english
    for sheet in ("patient", "card", "diary"):
        content = render(schedule, printed_on=PRINTED, language=code, sheet=sheet)  # type: ignore[arg-type]
        for page in pdf_pages(content):
            text = squeezed(page.extract_text())
            assert squeezed(english) in text
            if language.direction == "ltr":
                assert squeezed(own) in text
        plain = " ".join(clean(render(schedule, None, "text", printed_on=PRINTED, language=code).decode()).split())
        assert plain.startswith(clean(own))
        assert plain.endswith(clean(english))
        html = render(schedule, None, "html", printed_on=PRINTED, language=code, sheet=sheet).decode()  # type: ignore[arg-type]
        assert squeezed(lxml.html.fromstring(html).text_content()).count(squeezed(own)) == 2
        assert "@top-center" in html


@pytest.mark.parametrize("kind", FORMATS)
def test_the_english_original_and_a_checked_translation_carry_no_mark(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """The mark means what it says."""
    schedule = _planned()
    assert build_handout(PrintRequest(schedule, printed_on=PRINTED)).frame.unreviewed == ()
    checked = replace(load("fr"), reviewed_by="Dr A. Exemple, May 2026")
    monkeypatch.setattr(words, "load", lambda code: checked if code == "fr" else load(code))
    assert build_handout(PrintRequest(schedule, printed_on=PRINTED, language="fr")).frame.unreviewed == ()
    content = render(schedule, to=kind, printed_on=PRINTED, language="fr")  # type: ignore[arg-type]
    if kind != "pdf":
        assert "aucun professionnel" not in content.decode()
    facts = build_clinician_sheet(PrintRequest(schedule, printed_on=PRINTED, language="fr")).facts
    assert [fact.text for fact in facts if "French" in fact.text] == [
        "French (translation checked by Dr A. Exemple, May 2026)"
    ]


def test_the_clinicians_sheet_is_in_english_and_names_the_patients_language() -> None:
    """Unless it is asked for in another language itself: the clinician may not read that of the patient."""
    sheet = build_clinician_sheet(PrintRequest(_planned(), printed_on=PRINTED, language="de"))
    assert sheet.frame.language == "en-GB"
    assert "German (translation not checked by a clinician)" in [fact.text for fact in sheet.facts]
    assert not any(
        "German" in text for text in strings(build_clinician_sheet(PrintRequest(_planned(), printed_on=PRINTED)))
    )


# ---- from the right --------------------------------------------------------------------------------


def outside(text: str) -> str:
    """What stands outside of every isolate."""
    return re.sub(f"{LTR}[^{LTR}{END}]*{END}", " ", text)


@given(printed_schedules() | weekly_schedules())
def test_each_dose_in_arabic_is_isolated(schedule: Schedule) -> None:
    """Without its marks "2.5 mg" would be shown as "mg 2.5"."""
    handout = build_handout(PrintRequest(schedule, printed_on=PRINTED, language="ar"))
    spoken = {dose.alt for day in handout.days if day.doses for dose in day.doses.doses}
    spoken |= {chart.alt for chart in handout.charts}
    for text in strings(handout):
        assert text.count(LTR) == text.count(END)
        if text not in spoken:
            assert not re.search(r"[0-9][ \u00a0](mg|mL)", outside(text)), text
    assert not any(
        LTR in text for text in strings(build_handout(PrintRequest(schedule, printed_on=PRINTED, language="fr")))
    )


def test_arabic_html_runs_from_the_right_with_each_dose_from_the_left() -> None:
    """`dir` on the page, `bdi` around each dose, no mark left in the text, none lost."""
    content = render(_planned(), to="html", printed_on=PRINTED, language="ar").decode()
    page = lxml.html.fromstring(content)
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    isolated_doses = [one.text_content() for one in page.xpath("//bdi[@dir='ltr']")]
    assert "7.5\u00a0mg" in isolated_doses
    for cell in page.xpath("//td | //dd | //p"):
        alone = "".join(text for text in cell.xpath(".//text()[not(ancestor::bdi) and not(ancestor::svg)]"))
        assert not re.search(r"[0-9]\u00a0m[gL]", alone), alone
        assert LTR not in alone
    assert lxml.html.fromstring(render(_planned(), to="html", printed_on=PRINTED)).get("dir") is None


def test_the_arabic_pdf_shows_doses_in_their_order() -> None:
    """Number before unit, and the number of tablets not swapped with the dose before it: by places on the paper."""
    content = render(_planned(), printed_on=PRINTED, language="ar")
    with pikepdf.open(io.BytesIO(content)) as document:
        assert str(document.Root.Lang) == "ar"
        assert "text(" not in str(document.docinfo.Title)
    lines: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for number, page in enumerate(pdf_pages(content)):

        def keep(text: str, now: list[float], place: list[float], *_: Any, on: int = number) -> None:
            across = place[4] * now[0] + place[5] * now[2] + now[4]
            down = place[4] * now[1] + place[5] * now[3] + now[5]
            lines.setdefault((on, round(down)), []).append((-round(across), clean(text).strip()))

        page.extract_text(visitor_text=keep)
    shown = [
        " ".join(" ".join(text for _, text in sorted(line, key=lambda at: at[0])).split()) for line in lines.values()
    ]
    # from the right: a unit before its number stands at the number's right
    assert any(re.match("عند النوم 4 أقراص .* mg 2", line) for line in shown), shown  # the sheet of weeks
    assert any(re.match("صباحا قرص واحد ونصف .* mg 5", line) for line in shown), shown
    assert any(re.search("عند النوم mg 8$", line) for line in shown), shown
    assert any(re.search("صباحا mg 7.5$", line) for line in shown), shown


def test_the_arabic_chart_falls_in_the_direction_of_reading() -> None:
    """Time runs from the right: a fall must not be read as a rise."""

    def heights(code: str) -> list[float]:
        content = render(_planned(), to="html", printed_on=PRINTED, language=code).decode()
        line = re.findall(r'<path d="M([^"Z]*)" fill="none" stroke="#2f7fc1"', content)[0]
        points = sorted((float(x), float(y)) for x, y in (point.split(" ") for point in line.split("L")))
        return [y for _, y in points]

    english, arabic = heights("en"), heights("ar")
    assert english[0] < english[-1]  # in SVG, down is more
    assert arabic[0] > arabic[-1]


def test_the_checker_names_months_as_the_paper_does() -> None:
    """The checker stands below the paper and keeps names of its own; both are read on one page."""
    assert LOCALES["en"].months == LOCALES["en"].months_in_date == MONTHS


SUDDENLY = {
    "en": ("Never stop … suddenly", "Do not stop suddenly"),
    "de": ("nie plötzlich", "Nicht plötzlich absetzen"),
    "fr": ("N’arrêtez jamais … d’un coup", "N’arrêtez pas d’un coup"),
    "nl": ("Stop nooit ineens", "Stop niet ineens"),
    "es": ("Nunca deje … de golpe", "No deje el medicamento de golpe"),
    "ar": ("لا تتوقف فجأة أبدًا", "لا تتوقف فجأة"),
}
"""What each language says of stopping suddenly: on the handout, and on the card."""


@pytest.mark.parametrize("code", SUDDENLY)
def test_every_language_says_that_nobody_stops_suddenly(code: str) -> None:
    """For one medicine and for several, and on the card with and without the number to call."""
    words = load(code).phrase
    for keys, said in zip((("never", "never_all"), ("card_never", "card_call")), SUDDENLY[code], strict=True):
        for key in keys:
            first, _, last = said.partition(" … ")
            assert first in words[key]
            assert last in words[key].partition(first)[2]
    assert set(SUDDENLY) == set(LANGUAGES)
