"""Names of drugs in other languages: each has its source, and is read back as the drug that it was written for."""

from __future__ import annotations

import pytest

from taper import catalog
from taper.catalog.names import (
    LANGUAGES,
    DrugName,
    form_names,
    load_forms,
    load_names,
    spellings,
    without_accents,
)
from taper.errors import CatalogError
from taper.exchange.medicine import medicine
from taper.exchange.product_name import name_in
from taper.paper.words import LANGUAGES as PRINTED
from taper.paper.words.product_names import FORM_KEYS, OWN

NAMES = tuple(catalog.drug_names().values())
SOURCE = '[source.a]\ntitle = "A"\nedition = ""\nurl = ""\nstatus = "READ"\n[names]\n'


def named(row: str) -> str:
    return f"{SOURCE}diazepam = [ {{ {row} }} ]"


def test_every_language_of_the_papers_has_names() -> None:
    assert set(PRINTED) - {"en"} <= set(LANGUAGES)
    assert {name.language for name in NAMES} == set(LANGUAGES)


@pytest.mark.parametrize("name", NAMES, ids=lambda name: f"{name.drug}-{name.language}")
def test_a_name_says_where_it_was_read(name: DrugName) -> None:
    """A text of low standing is good enough for a spelling that stands beside the Latin name, or is the English one."""
    assert name.source.status in ("READ", "READ_SECONDARY")
    assert name.source.locator != "whole document"
    assert name.source.standing != "low" or name.language == "ar" or name.text == name.drug


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('language = "fr", name = "diazépam"', "no source"),
        ('language = "fr", name = "diazépam", source = "a"', "no locator"),
        ('language = "fr", name = "diazépam", source = "b", locator = "1"', "unknown source"),
        ('language = "xx", name = "diazépam", source = "a", locator = "1"', "is not one of"),
        ('language = "fr", name = " diazépam", source = "a", locator = "1"', "is not a name"),
        ('language = "fr", name = "", source = "a", locator = "1"', "is not a name"),
        ('language = "fr", nom = "diazépam", source = "a", locator = "1"', "unknown key"),
    ],
)
def test_a_row_that_cannot_be_traced_does_not_load(row: str, why: str) -> None:
    with pytest.raises(CatalogError, match=why):
        load_names(named(row), "names.toml")


def test_a_document_that_was_not_read_does_not_load() -> None:
    row = named('language = "fr", name = "diazépam", source = "a", locator = "1"').replace('"READ"', '"MISSING"')
    with pytest.raises(CatalogError):
        load_names(row, "names.toml")


def test_a_drug_has_one_name_in_a_language_and_is_in_the_catalog() -> None:
    row = '{ language = "fr", name = "diazépam", source = "a", locator = "1" }'
    assert load_names(f"{SOURCE}diazepam = [ {row} ]", "a")["diazepam", "fr"].text == "diazépam"
    with pytest.raises(CatalogError, match="has a name already"):
        load_names(f"{SOURCE}diazepam = [ {row}, {row} ]", "a")
    with pytest.raises(CatalogError, match="not a drug of the catalog"):
        load_names(f"{SOURCE}nothing = [ {row} ]", "a")


@pytest.mark.parametrize("name", NAMES, ids=lambda name: f"{name.drug}-{name.language}")
def test_what_is_written_is_read_as_the_same_drug(name: DrugName) -> None:
    """One table serves both: alone, in capitals, without accents, and within the name of a product."""
    for written in (name.text, name.text.upper(), without_accents(name.text)):
        assert name_in(written) == name.drug
    product = medicine(f"{name.text} 7,5 mg")
    assert (product.drug, product.known) == (name.drug, True)


def test_no_spelling_means_two_drugs() -> None:
    said: dict[str, set[str]] = {}
    for name in NAMES:
        said.setdefault(without_accents(name.text), set()).add(name.drug)
    assert {text: drugs for text, drugs in said.items() if len(drugs) > 1} == {}
    assert set(spellings().values()) == set(catalog.drugs())


def test_a_name_within_a_longer_word_is_not_read() -> None:
    """Letters of any script join on to a word."""
    for word in ("xdiazepam", "diazepamx", "بديازيبام", "éloprazolam"):
        assert name_in(word) == ""
        assert medicine(f"{word} 5 mg").known is False


def test_a_language_without_a_row_has_no_name() -> None:
    assert catalog.drug_name("cloxazolam", "fr") is None
    assert catalog.drug_name("nothing", "fr") is None


def test_every_form_has_one_word_in_a_language_sourced_or_ours() -> None:
    """Where a source was read, the word of ours is gone: two of them could differ."""
    for language, own in OWN.items():
        read = {FORM_KEYS[form] for form, of in form_names() if of == language}
        kept = {key for key in own if key.startswith("form_")}
        assert not read & kept, language
        assert read | kept == set(FORM_KEYS.values()), language


def test_the_forms_of_most_products_were_read_in_a_source() -> None:
    for language in ("de", "fr", "es", "nl"):
        assert sum(of == language for _, of in form_names()) >= 8
    assert all(name.source.locator for name in form_names().values())


def test_a_form_without_a_source_or_outside_the_catalog_does_not_load() -> None:
    row = '{ language = "fr", name = "comprimé", source = "a", locator = "1" }'
    head = SOURCE.replace("[names]", "[forms]")
    assert load_forms(f"{head}tablet = [ {row} ]", "a")["tablet", "fr"].text == "comprimé"
    for rows, why in (
        (f"tablet = [ {row}, {row} ]", "has a name already"),
        (f"pill = [ {row} ]", "not a form of the catalog"),
        ('tablet = [ { language = "fr", name = "comprimé" } ]', "source"),
    ):
        with pytest.raises(CatalogError, match=why):
            load_forms(head + rows, "a")
