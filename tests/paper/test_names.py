"""Names on paper: drugs, products, forms and devices in its language only; brands and descriptions as written."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from taper import catalog
from taper.catalog.formulary import Form
from taper.errors import TaperError
from taper.exchange.calendar.write import write_ics
from taper.exchange.medicine import medicine
from taper.order.order import parse_order, read_order
from taper.paper.drug_names import DrugNames
from taper.paper.phrases import Phrases
from taper.paper.renderers import render
from taper.paper.request import PrintRequest
from taper.paper.sheets.card import build_card
from taper.paper.sheets.one_sheet import build_plan_sheet
from taper.paper.sheets.patient import build_handout
from taper.paper.sheets.pharmacy import build_pharmacy_order
from taper.paper.sigs import write_sigs
from taper.paper.words import BY_COUNTRY, LANGUAGES, load, load_for
from taper.paper.words.pharmacy import READ_IN
from taper.paper.words.product_names import DEVICE_KEYS, FORM_KEYS
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule
from tests.oracles.tongues import clean
from tests.oracles.writing import strings

PRINTED = date(2026, 1, 2)
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))
ABROAD = tuple(code for code in LANGUAGES if code != "en")
ENGLISH = (
    "tablets?|capsules?|films?|extended-release|ER|ODT|SL|orally|oral (?:solution|suspension|drops|syringe)"
    "|effervescent|solution|suspension|drops|syringes?|droppers?|scales?|cylinders?|bottles?|liquid|powder"
)
"""Words for what a pharmacy hands out, and for what measures it."""
OWN = {
    "nl": {"tablet", "capsule", "capsules", "film", "films"},
    "fr": {"capsule", "capsules", "film", "films", "solution", "suspension"},
    "de": {"suspension"},
    "es": set[str](),
    "ar": set[str](),
}
"""Those among them that are words of the language too."""


@cache
def planned(path: Path) -> Schedule:
    return plan(read_order(path))


def written_by_clinicians(schedule: Schedule) -> list[str]:
    """Return what an order says in words of its own, which no paper may change."""
    order = schedule.order
    assert order is not None
    own = [ordered.name for ordered in order.products if ordered.described]
    own += [text for ordered in order.products for text in (ordered.brand, ordered.maker) if text]
    own += [
        ordered.device for ordered in order.products if not Phrases(schedule, load("fr")).instrument(ordered.device)
    ]
    handout = order.handout
    own += [text for text in (handout.note, handout.patient, handout.prescriber, handout.pharmacy) if text]
    return sorted(own, key=len, reverse=True)


def papers(schedule: Schedule, code: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each paper of the patient with its strings, without the English line about the translation."""
    request = PrintRequest(schedule, printed_on=PRINTED, language=code)
    english = clean(load("en").phrase["unreviewed"].format(language=load(code).name))
    for name, build in (("handout", build_handout), ("plan", build_plan_sheet), ("card", build_card)):
        yield name, [text for text in map(clean, strings(build(request))) if text != english]  # type: ignore[operator]
    yield "label", [clean(text) for sig in write_sigs(schedule, language=code, limit=100_000) for text in strings(sig)]
    try:
        fills = build_pharmacy_order(request).fills
    except TaperError:  # no products
        return
    yield "box", [clean(text) for fill in fills for label in fill.labels for text in strings(label)]


def english_in(text: str, code: str, schedule: Schedule) -> list[str]:
    """Return the English names of forms, devices and drugs in a text of another language."""
    found = [word for word in re.findall(rf"\b(?:{ENGLISH})\b", text) if word.lower() not in OWN[code]]
    if code == "ar":  # which names drugs as the box does
        return found
    names = DrugNames(code, None)
    foreign = [drug for drug in schedule.drugs if names.plain(drug).lower() != drug]
    return found + [drug for drug in foreign if re.search(rf"\b{re.escape(drug)}\b", text, re.IGNORECASE)]


@pytest.mark.parametrize("code", ABROAD)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_paper_names_anything_in_english(path: Path, code: str) -> None:
    """Every paper of every example, but for what the clinician wrote, and that in its own words."""
    schedule = planned(path)
    own = written_by_clinicians(schedule)
    for name, texts in papers(schedule, code):
        for text in texts:
            for words in own:
                text = re.sub(re.escape(words), "", text, flags=re.IGNORECASE)  # a sentence begins with a capital
            assert english_in(text, code, schedule) == [], f"{name}: {text}"


# ---- products ------------------------------------------------------------------------------------

ORDER: dict[str, Any] = {
    "drug": "diazepam",
    "country": "US",
    "start": "2026-01-05",
    "current": {"bedtime": "10 mg"},
    "product": [{"name": "diazepam tablet 5 mg", "split": "halves"}],
    "phase": [{"reduce": "2.5 mg", "every": "2 weeks", "until": "0 mg"}],
}


def ordered(**changes: Any) -> Schedule:
    return plan(parse_order(ORDER | changes))


def legend(schedule: Schedule, code: str) -> list[str]:
    """The names and devices below the drawings."""
    keys = build_handout(PrintRequest(schedule, printed_on=PRINTED, language=code)).products
    return [clean(text) for key in keys for text in (key.name, key.note) if text]


@pytest.mark.parametrize(
    ("code", "country", "name"),
    [
        ("en", "US", "diazepam tablet 5 mg"),
        ("fr", "FR", "diazépam 5 mg, comprimé"),
        ("fr", "CA", "diazépam, comprimé de 5 mg"),
        ("es", "GB", "diazepam 5 mg comprimidos"),
        ("es", "US", "diazepam, tabletas de 5 mg"),
        ("nl", "NL", "diazepam tablet 5 mg"),
        ("nl", "BE", "diazepam 5 mg tablet"),
        ("de", "DE", "Diazepam 5 mg, Tablette"),
        ("ar", "US", "diazepam أقراص 5 mg"),
        ("ar", "DE", "Diazepam أقراص 5 mg"),
    ],
)
def test_a_product_is_named_as_labels_name_it(code: str, country: str, name: str) -> None:
    assert legend(ordered(country=country), code) == [name]


@pytest.mark.parametrize("code", [*LANGUAGES, *BY_COUNTRY])
def test_every_form_and_device_has_its_words(code: str) -> None:
    """No form is missing, and no two read alike."""
    phrase = load(code).phrase
    assert set(FORM_KEYS) == set(get_args(Form))
    for keys in (FORM_KEYS, DEVICE_KEYS):
        assert len({phrase[key] for key in keys.values()}) == len(keys)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_product_of_the_catalog_can_be_read_back_from_its_name(code: str) -> None:
    """Drug and strength, from the one table of names; also in the language as the country writes it."""
    for country in catalog.countries():
        words = load_for(code, country)
        names = DrugNames(words.code, country)
        for product in catalog.products(country):
            strength = product.strength_text.replace(".", words.locale.decimal)
            form = words.phrase[FORM_KEYS[product.form]]
            name = words.phrase["product_name"].format(drug=names.plain(product.drug), form=form, strength=strength)
            read = medicine(name)
            assert (read.drug, read.strength, read.liquid) == (product.drug, product.strength, product.is_liquid), name


@pytest.mark.parametrize("code", ABROAD)
def test_a_brand_and_a_maker_are_never_translated(code: str) -> None:
    product = {"name": "clonazepam tablet 0.5 mg", "maker": "Klonopin", "split": "halves"}
    drug = {"drug": "clonazepam", "current": {"bedtime": "1 mg"}, "phase": [ORDER["phase"][0] | {"reduce": "0.25 mg"}]}
    [name] = legend(ordered(product=[product], **drug), code)
    assert name.endswith(" (Klonopin)")
    assert not re.search(r"\btablet\b", name) or code == "nl"
    [branded] = legend(ordered(product=[{"name": "Valium tablet 5 mg", "split": "halves"}]), code)
    assert branded.endswith(" (Valium)")


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_the_order_describes_keeps_its_name(code: str) -> None:
    """Also where it is written as the catalog would write it, which is English."""
    own = {"source": "clinician", "form": "tablet", "strength": "5 mg", "split": "halves"}
    for name in ("diazepam tablet 5 mg", "Diazepam-Kapseln der Apotheke 5 mg"):
        assert legend(ordered(product=[{"name": name, **own}]), code) == [name]


@pytest.mark.parametrize(
    ("code", "device", "said"),
    [
        ("fr", "5 mL oral syringe", "seringue orale de 5 mL"),
        ("de", "5 mL oral syringe", "Oralspritze (fasst 5 mL)"),
        ("nl", "2.5 mL oral syringe", "orale spuit van 2,5 mL"),
        ("es", "Oral Syringe", "jeringa oral"),
        ("ar", "dropper", "قطّارة"),
        ("fr", "10 mL oral syringe, then 1 mL oral syringe", "seringue orale de 10 mL, puis seringue orale de 1 mL"),
        ("fr", "the blue syringe", "the blue syringe"),
        ("de", "Einmalspritze 5 ml", "Einmalspritze 5 ml"),
        ("en", "10 mL oral syringe, then 1 mL oral syringe", "10 mL oral syringe, then 1 mL oral syringe"),
    ],
)
def test_a_device_is_named_in_the_language_if_it_is_understood_whole(code: str, device: str, said: str) -> None:
    """What says more than a known device and its size stays in the clinician's words."""
    drops = {"graduation": "1 drop", "drops_per_ml": 20} if "drop" in device else {"graduation": "0.1 mL"}
    form = "oral drops" if "drop" in device else "oral solution"
    product = {"name": "D", "source": "clinician", "form": form, "strength": "10 mg/mL", "device": device, **drops}
    phase = [ORDER["phase"][0] | {"reduce": "1 mg"}]
    assert legend(ordered(product=[product], phase=phase, country="DE"), code)[1] == said


# ---- drugs ---------------------------------------------------------------------------------------


def test_tall_man_letters_stand_in_the_name_of_the_language() -> None:
    """They tell LORazépam from clonazéPAM; a name with other letters has none."""
    french, german = DrugNames("fr", "FR"), DrugNames("de", "DE")
    assert [french.tall(drug) for drug in ("lorazepam", "clonazepam", "diazepam")] == [
        "LORazépam",
        "clonazéPAM",
        "diazépam",
    ]
    assert german.tall("lorazepam") == "LORazepam"
    assert DrugNames("de", None).tall("chlordiazepoxide") == "Chlordiazepoxid"


def test_arabic_names_the_drug_in_both_scripts_once_and_then_as_the_box_does() -> None:
    """A reader without Latin letters finds the medicine; the doses name what stands on the box."""
    for country, box in (("DE", "Diazepam"), ("US", "diazepam"), ("FR", "diazépam")):
        page = build_handout(PrintRequest(ordered(country=country), printed_on=PRINTED, language="ar"))
        assert f"ديازيبام ({box})" in clean(page.frame.title)
        assert clean(page.frame.medicine) == box


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_name_that_was_not_read_stays_english_and_the_paper_says_so(code: str) -> None:
    product = {"name": "eszopiclone tablet 1 mg"}
    schedule = ordered(
        drug="eszopiclone",
        product=[product],
        current={"bedtime": "3 mg"},
        phase=[ORDER["phase"][0] | {"reduce": "1 mg"}],
    )
    texts = [clean(text) for text in strings(build_handout(PrintRequest(schedule, printed_on=PRINTED, language=code)))]
    said = clean(load_for(code, "US").phrase["name_unread"].format(names="eszopiclone"))
    known = catalog.drug_name("eszopiclone", code) is not None
    assert any(said.lower() == text.lower() for text in texts) is (code != "en" and not known)
    assert any("eszopiclone" in text.lower() for text in texts) is (code != "de" and code != "es")


def test_a_drug_that_the_catalog_does_not_have_keeps_its_name() -> None:
    names = DrugNames("fr", "FR")
    assert (names.plain("prégabaline"), names.unread(["prégabaline"])) == ("prégabaline", ())


@pytest.mark.parametrize("code", ABROAD)
def test_calendars_and_label_texts_name_the_drug_in_the_language(code: str) -> None:
    schedule = ordered(
        drug="zopiclone",
        country="DE",
        current={"bedtime": "7.5 mg"},
        product=[{"name": "zopiclone tablet 3.75 mg"}],
        phase=[ORDER["phase"][0] | {"reduce": "3.75 mg"}],
    )
    name = DrugNames(code, "DE").plain("zopiclone")
    calendar = write_ics(schedule, written_on=PRINTED, language=code).decode().replace("\r\n ", "")
    assert f"{name}" in clean(next(line for line in calendar.splitlines() if line.startswith("SUMMARY")))
    [sig, *_] = write_sigs(schedule, language=code, by_product=True)
    assert sig.drug == name
    assert clean(sig.product).startswith(name)


@pytest.mark.parametrize("code", ABROAD)
def test_the_page_prints_the_names_that_the_sheet_has(code: str) -> None:
    schedule = ordered()
    [name] = legend(schedule, code)
    page = clean(render(schedule, None, "html", printed_on=PRINTED, language=code).decode())
    assert name in " ".join(re.sub(r"<[^>]+>", "", page).split())


# ---- the pharmacy order --------------------------------------------------------------------------


READABLE = {code: sorted(READ_IN[code] & set(catalog.countries())) for code in READ_IN}
"""Countries of orders whose pharmacies read a language; no order is for Spain or Mexico yet."""
OWN_TABLET = {"name": "P 5", "source": "clinician", "form": "tablet", "strength": "5 mg", "split": "halves"}


def pharmacy_text(code: str, country: str, **changes: Any) -> str:
    request = PrintRequest(ordered(country=country, product=[OWN_TABLET], **changes), printed_on=PRINTED, language=code)
    sheet = build_pharmacy_order(request)
    names = [label.product for fill in sheet.fills for label in fill.labels]
    english = load("en").phrase["unreviewed"].format(language=load(code).name)
    return clean("\n".join((*strings(replace(sheet, variant="")), *names)).replace(english, ""))  # type: ignore[arg-type]


@pytest.mark.parametrize("code", list(READ_IN))
def test_the_pharmacy_order_is_in_a_language_that_the_pharmacies_of_the_country_read(code: str) -> None:
    """A German plan for Germany is dispensed by a German order; the same plan for the US by an English one."""
    for country in READABLE[code]:
        text, phrase = pharmacy_text(code, country), load_for(code, country).clinician
        assert phrase["pharmacy_notice"].replace("\N{NO-BREAK SPACE}", " ") in text
        assert load("en").clinician["pharmacy_notice"] not in text
    assert load("en").clinician["pharmacy_notice"] in pharmacy_text(code, "US")


@pytest.mark.parametrize("country", ["DE", "US"])
def test_an_arabic_plan_has_an_english_pharmacy_order_with_labels_in_arabic(country: str) -> None:
    text = pharmacy_text("ar", country)
    assert load("en").clinician["pharmacy_notice"] in text
    assert "قرصين" in text or "قرصان" in text


@pytest.mark.parametrize("code", list(READ_IN))
def test_the_pharmacy_order_says_in_each_language_what_it_says_in_english(code: str) -> None:
    """The same sentences and blanks; what a country asks for in words is asked for in English-speaking ones alone."""
    english, own = load("en").clinician, load(code).clinician
    wanted = {key for key in english if key.startswith("pharmacy_")} - {"pharmacy_in_words", "pharmacy_no_products"}
    assert wanted <= set(own) <= set(english)
    for key, text in own.items():
        assert sorted(re.findall(r"\{([a-z]+)", text)) == sorted(re.findall(r"\{([a-z]+)", english[key])), key
        assert text != english[key] or len(re.sub(r"\{[^}]*\}", "", text)) < 20, key


@pytest.mark.parametrize("code", list(READ_IN))
def test_no_pharmacy_order_is_half_in_english(code: str) -> None:
    """Fills with halves, a stock at home, lengths in weeks and months: no English word among its own."""
    for country, every in itertools.product(READABLE[code], ("4 weeks", "1 month", "10 days")):
        text = pharmacy_text(code, country, supply={"every": every})
        assert english_in(text, code, ordered(country=country, product=[OWN_TABLET])) == []
        assert not re.search(r"\b(?:week|month|day|fill|none|plan for|of the|the|and)s?\b", text, re.IGNORECASE), text


def test_french_writes_its_spaces_in_the_pharmacy_order_too() -> None:
    for key, text in load("fr").clinician.items():
        said = re.sub(r"\{[^}]*\}", "", text)  # a blank may ask for a form with a colon
        assert not re.search(r"[^\N{NO-BREAK SPACE}][:;]", said), key
