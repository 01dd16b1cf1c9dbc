"""Words of a country, one phrase for whole and part, and doses that no date covers: in every language."""

from __future__ import annotations

import importlib.util
import io
import re
from datetime import date
from fractions import Fraction
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings, strategies as st

from taper import catalog
from taper.order.order import parse_order
from taper.paper.renderers import render
from taper.paper.request import PrintRequest
from taper.paper.sheets.card import build_card
from taper.paper.sheets.patient import build_handout
from taper.paper.words import BY_COUNTRY, LANGUAGES, code_for, load, load_for
from taper.planner.planning import plan
from taper.quantity import exact_text
from taper.schedule.schedule import Schedule
from tests.oracles.tongues import clean
from tests.oracles.writing import strings, unsafe
from tests.tools import make_locales

PRINTED = date(2026, 1, 2)
needs_babel = pytest.mark.skipif(importlib.util.find_spec("babel") is None, reason="pip install babel")
WAYS = (*LANGUAGES, *BY_COUNTRY)

PARTS = {
    "drug": "clonazepam",
    "country": "US",
    "start": "2026-08-23",
    "current": {"morning": "1 mg", "noon": "0.5 mg", "evening": "0.75 mg", "bedtime": "1.25 mg"},
    "product": [{"name": "clonazepam tablet 0.5 mg", "split": "quarters"}],
    "phase": [{"reduce": "0.25 mg", "every": "2 weeks", "until": "2 mg"}],
}
"""Long names of months beside doses with decimals: twenty-something of September, November, December."""


def _planned(**changes: Any) -> Schedule:
    return plan(parse_order(PARTS | changes))


# ---- country -------------------------------------------------------------------------------------


@needs_babel
@pytest.mark.parametrize("code", BY_COUNTRY)
def test_numbers_and_weeks_of_a_country_are_those_of_cldr(code: str) -> None:
    """All but the long date, which has no comma where the language has none."""
    found = make_locales.read_apart(code.replace("-", "_"))
    for name in set(found) - {"plurals", "long_date"}:
        value = found[name]
        assert getattr(load(code).locale, name) == (tuple(value) if isinstance(value, list) else value), name


@needs_babel
@pytest.mark.parametrize("country", catalog.countries())
def test_the_week_begins_as_in_the_country_whatever_the_language(country: str) -> None:
    """The calendar on the wall of the kitchen begins with the same day."""
    wanted = make_locales.read_apart(f"en_{country}")["first_weekday"]
    assert {load_for(code, country).locale.first_weekday for code in LANGUAGES} == {wanted}


def test_the_country_of_the_order_chooses_how_its_language_is_written() -> None:
    """A bottle in the United States says 0.5 mg and tableta; one in Spain 0,5 mg and comprimido."""
    spanish = build_handout(PrintRequest(_planned(), printed_on=PRINTED, language="es"))
    text = clean(" ".join(strings(spanish)))
    assert spanish.frame.language == "es-US"
    assert spanish.weekdays[0] == "Domingo"
    assert "tabletas de 0.5 mg" in text
    assert "comprimido" not in text
    assert not re.search(r"[0-9],[0-9]", text)
    assert code_for("es", None) == "es"
    assert load("fr-CA").nouns["capsule"] == "capsule"
    assert "noodnummer" in load("nl-BE").what_to_do[1].title
    assert "geneesmiddel" in load("nl-BE").phrase["never"]


@pytest.mark.parametrize("code", BY_COUNTRY)
def test_no_blank_and_no_key_is_lost_abroad(code: str) -> None:
    """Another country changes words, never what is filled in."""
    home, away = load(code.partition("-")[0]), load(code)
    assert set(home.phrase) == set(away.phrase)
    for name, text in home.phrase.items():
        named = [re.findall(r"\{.*?\}", each) for each in (text, away.phrase[name])]
        if name in {"axis_day", "product_name"}:  # "January 5", "tableta de 5 mg"
            named = [sorted(blanks) for blanks in named]
        assert named[0] == named[1], name
    patterns = unsafe(away)
    for text in away.phrase.values():
        for what, pattern in patterns.items():
            assert what == "an unfilled blank" or not pattern.search(text), text


# ---- whole and part ------------------------------------------------------------------------------


@pytest.mark.parametrize("code", WAYS)
@given(quarters=st.integers(1, 400))
def test_a_part_names_what_it_is_a_part_of(code: str, quarters: int) -> None:
    """Else a strength behind it belongs to the part alone: "2 and three quarters of 0.5 mg"."""
    words, pieces = load(code), Fraction(quarters, 4)
    if pieces.denominator == 1 or pieces < 1:
        return
    said = words.count(pieces, "tablet")
    root = {"fr": "comprimé", "es": "tableta|comprimido", "nl": "tablet", "de": "Tablette", "en": "tablet", "ar": "قرص"}
    last = re.split("et demi|y medi[oa]", said)[-1]
    assert not last or re.search(rf"(?:{root[code[:2]]})s?$", last), said
    assert "hele" not in said
    assert "ganze" not in said


TWO = {
    "drug": "diazepam",
    "country": "GB",
    "start": "2026-01-05",
    "current": {"bedtime": "5.5 mg"},
    "product": [
        {"name": "diazepam tablet 5 mg", "split": "halves"},
        {"name": "diazepam tablet 2 mg", "split": "halves"},
    ],
    "phase": [{"doses": ["5 mg", "0 mg"], "every": "2 weeks"}],
}


@pytest.mark.parametrize("code", WAYS)
def test_products_of_one_dose_are_joined_by_a_plus(code: str) -> None:
    """Half of a 5 mg and one and a half of a 2 mg are 5.5 mg; with "and" between them they may read as 8.5 mg."""
    doses = [
        day.doses for day in build_handout(PrintRequest(plan(parse_order(TWO)), printed_on=PRINTED, language=code)).days
    ]
    words = {dose.words for day in doses if day for dose in day.doses if "+" in dose.words}
    assert words
    for text in map(clean, words):
        before, after = text.split(" + ")
        assert before.count("mg") == after.count("mg") == 1


# ---- what stays on one line ----------------------------------------------------------------------


@pytest.mark.parametrize("code", WAYS)
def test_no_line_ends_within_a_count_a_strength_or_a_day_and_its_month(code: str) -> None:
    """In all that the handout and the card say: "4 / tablets" and "6. / April" are each read as something else."""
    words = load(code)
    months = "|".join(re.escape(name) for name in words.locale.months_in_date)
    parted = re.compile(rf"[0-9](?:er|\.)? (?:de )?(?:{months})|(?:{months}) [0-9]{{1,2}}(?![0-9])")
    for schedule in (_planned(), plan(parse_order(TWO))):
        request = PrintRequest(schedule, printed_on=PRINTED, language=code)
        page, card = build_handout(request), build_card(request)
        for text in (*strings(page), *strings(card)):
            assert not parted.search(text), text
        pieces = [part for row in page.steps if row.doses for dose in row.doses.doses for part in dose.pieces]
        assert pieces
        for text in pieces:
            assert not re.search(r"[0-9] (?![+])", text.removesuffix(" each")), text
            assert not re.search(r" [0-9][0-9.,]*\N{NO-BREAK SPACE}mg", text), text


# ---- no date covers a dose -----------------------------------------------------------------------


@pytest.mark.parametrize(("code", "paper"), [(code, ("letter", "a4")[place % 2]) for place, code in enumerate(WAYS)])
def test_every_dose_of_the_table_of_steps_is_read_back(code: str, paper: str) -> None:
    """Whatever the names of months: by places on the page, no figure of a dose is under a date."""
    schedule = _planned(country="US" if paper == "letter" else "GB")
    words = load(code_for(code, schedule.order.country if schedule.order else None))
    content = render(schedule, printed_on=PRINTED, language=code)
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    text = " ".join(clean(" ".join(page.extract_text() for page in pages)).split())
    for step in schedule.steps:
        total = sum((intake.dose.value for intake in step.intakes), Fraction(0))
        wanted = exact_text(total).replace(".", words.locale.decimal)
        assert re.search(rf"(?<![0-9.,]){re.escape(wanted)} ?mg|mg ?{re.escape(wanted)}(?![0-9.,])", text), wanted
    assert not re.search(r"20[0-9]{2}[0-9]?[.,][0-9]", text)


# ---- numbers agree with what they count ------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "ones"),
    [("en", "1"), ("fr", "0 1 0.5 1.5"), ("nl", "1 0.5"), ("de", "1"), ("es", "1"), ("fr-CA", "0 1 0.5 1.5")],
)
def test_a_unit_is_singular_where_the_language_has_it_so(code: str, ones: str) -> None:
    """0,5 milligramme, 1,5 goutte and 2,3 comprimés; 1 milligram, never 1 milligrams."""
    numbers = ["0", "1", "2", "3", "11", "100", "0.5", "1.5", "2.3"]
    assert {number for number in numbers if load(code).is_one(Fraction(number))} == set(ones.split())


NUMBERS = tuple(map(Fraction, ("0", "1", "2", "3", "11", "100", "1/4", "1/2", "3/4", "5/4", "3/2", "11/4")))
TABLETS = {
    "en": "0 tablets, 1 tablet, 2 tablets, 3 tablets, 11 tablets, 100 tablets, a quarter of a tablet, half a tablet, "
    "three quarters of a tablet, one and a quarter tablets, one and a half tablets, two and three quarters tablets",
    "fr": "0 comprimé, 1 comprimé, 2 comprimés, 3 comprimés, 11 comprimés, 100 comprimés, un quart de comprimé, "
    "la moitié d’un comprimé, trois quarts de comprimé, 1 comprimé et un quart de comprimé, 1 comprimé et demi, "
    "2 comprimés et trois quarts de comprimé",
    "nl": "0 tabletten, 1 tablet, 2 tabletten, 3 tabletten, 11 tabletten, 100 tabletten, een kwart tablet, "
    "een halve tablet, driekwart tablet, 1 en een kwart tablet, 1 en een halve tablet, 2 en driekwart tablet",
    "de": "0 Tabletten, 1 Tablette, 2 Tabletten, 3 Tabletten, 11 Tabletten, 100 Tabletten, eine viertel Tablette, "
    "eine halbe Tablette, eine dreiviertel Tablette, 1 und eine viertel Tablette, 1 und eine halbe Tablette, "
    "2 und eine dreiviertel Tablette",
    "es": "0 comprimidos, 1 comprimido, 2 comprimidos, 3 comprimidos, 11 comprimidos, 100 comprimidos, "
    "un cuarto de comprimido, medio comprimido, tres cuartos de comprimido, 1 comprimido y un cuarto de comprimido, "
    "1 comprimido y medio, 2 comprimidos y tres cuartos de comprimido",
    "ar": "0 قرص, قرص واحد, قرصان, 3 أقراص, 11 قرصًا, 100 قرص, ربع قرص, نصف قرص, ثلاثة أرباع قرص, "
    "قرص واحد وربع قرص, قرص واحد ونصف قرص, قرصان وثلاثة أرباع قرص",
    "es-US": "0 tabletas, 1 tableta, 2 tabletas, 3 tabletas, 11 tabletas, 100 tabletas, un cuarto de tableta, "
    "media tableta, tres cuartos de tableta, 1 tableta y un cuarto de tableta, 1 tableta y media, "
    "2 tabletas y tres cuartos de tableta",
}
COUNTED = {
    "en": {"day": "0 days, 1 day, 2 days, 3 days, 11 days, 100 days", "step": "0 steps, 1 step, 2 steps"},
    "fr": {"day": "0 jour, 1 jour, 2 jours, 3 jours, 11 jours, 100 jours", "step": "0 étape, 1 étape, 2 étapes"},
    "nl": {"day": "0 dagen, 1 dag, 2 dagen, 3 dagen, 11 dagen, 100 dagen", "step": "0 stappen, 1 stap, 2 stappen"},
    "de": {"day": "0 Tage, 1 Tag, 2 Tage, 3 Tage, 11 Tage, 100 Tage", "step": "0 Schritten, 1 Schritt, 2 Schritten"},
    "es": {"day": "0 días, 1 día, 2 días, 3 días, 11 días, 100 días", "step": "0 pasos, 1 paso, 2 pasos"},
    "ar": {"day": "0 يوم, يوم واحد, يومان, 3 أيام, 11 يومًا, 100 يوم", "step": "0 خطوة, خطوة واحدة, خطوتين"},
}


@pytest.mark.parametrize("code", TABLETS)
def test_pieces_agree_with_their_number(code: str) -> None:
    """None, one, two, few, many, a hundred, quarters and halves, each written out by hand."""
    assert [load(code).count(number, "tablet") for number in NUMBERS] == TABLETS[code].split(", ")


@pytest.mark.parametrize("code", COUNTED)
def test_days_and_steps_agree_with_their_number(code: str) -> None:
    """Steps as in "in 2 steps"."""
    for what, said in COUNTED[code].items():
        wanted = said.split(", ")
        numbers = [int(number) for number in NUMBERS[: len(wanted)]]
        assert [load(code).counted(what, number) for number in numbers] == wanted  # type: ignore[arg-type]


@pytest.mark.parametrize("code", WAYS)
@settings(max_examples=12)
@given(quarters=st.integers(1, 36))
def test_a_strength_is_never_taken_for_the_dose_of_a_half(code: str, quarters: int) -> None:
    """Each product of a dose names a strength once, and what it is a part of; in English the whole piece has it."""
    pieces = Fraction(quarters, 4)
    one = {
        "drug": "diazepam",
        "country": "GB",
        "start": "2026-01-05",
        "current": {"bedtime": f"{exact_text(pieces * 5)} mg"},
        "product": [{"name": "diazepam tablet 5 mg", "split": "quarters"}],
        "phase": [{"doses": ["0 mg"], "every": "2 weeks"}],
        "max_units": 10,
    }
    page = build_handout(PrintRequest(plan(parse_order(one)), printed_on=PRINTED, language=code))
    doses = page.steps[0].doses
    assert doses is not None
    said = clean(doses.doses[0].words)
    assert said.count("mg") == 1
    if code.startswith("en"):
        tail = {True: "of one 5 mg tablet", False: "of 5 mg" if pieces == 1 else "of 5 mg each"}[pieces < 1]
        assert said.endswith(tail), said


def test_decimal_pieces_agree_with_their_number() -> None:
    """As French, Spanish and Dutch count what is neither whole nor a quarter."""
    third, more = Fraction(3, 10), Fraction(23, 10)
    said = [load(code).count(pieces, "tablet") for code in ("fr", "es", "nl", "de") for pieces in (third, more)]
    assert said[:4] == ["0,3 comprimé", "2,3 comprimés", "0,3 comprimidos", "2,3 comprimidos"]
    assert said[4:] == ["0,3 tablet", "2,3 tabletten", "0,3 Tabletten", "2,3 Tabletten"]


def test_speech_says_one_milligram() -> None:
    """A label that is heard."""
    one = _planned(
        country="GB",
        product=[
            {
                "name": "clonazepam tablet 1 mg",
                "source": "clinician",
                "form": "tablet",
                "strength": "1 mg",
                "split": "quarters",
            }
        ],
    )
    for code, wrong, right in (("en", "1 milligrams", "1 milligram"), ("fr", "1 milligrammes", "1 milligramme")):
        handout = build_handout(PrintRequest(one, printed_on=PRINTED, language=code))
        heard = " ".join(dose.alt for day in handout.days if day.doses for dose in day.doses.doses)
        assert right in heard
        assert f" {wrong}" not in heard
