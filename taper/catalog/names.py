"""Names of drugs and of forms in other languages, for writing and for reading: one table, each name with its source.

Of a language that has no row for a drug no source was read: whoever writes keeps the English name, and says so.

>>> str(drug_name("zopiclone", "de")), drug_name("cloxazolam", "es") is None
('Zopiclon', True)
>>> str(form_name("ER tablet", "fr"))
'comprimé à libération prolongée'
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import get_args

from taper.catalog.formulary import Form
from taper.catalog.rows import Document, Row, Tables, read_data
from taper.catalog.substances import drugs
from taper.source import Source
from taper.values import dataclass

LANGUAGES = ("de", "fr", "es", "nl", "ar", "it")
"""Languages of the table; in Italian nothing is written yet, and records are read."""


@dataclass(frozen=True, slots=True)
class DrugName:
    """What a drug is called in one language.

    Attributes:
        drug: Name in the catalog.
        language: Code of the language.
        text: The name; in small letters, but for the capital of a German noun.
        source: Where it was read.
    """

    drug: str
    language: str
    text: str
    source: Source

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class FormName:
    """What a form is called in one language, as labels name it: in Spanish they count the tablets, elsewhere one.

    Attributes:
        form: Form in the catalog.
        language: Code of the language.
        text: The name.
        source: Where it was read.
    """

    form: Form
    language: str
    text: str
    source: Source

    def __str__(self) -> str:
        return self.text


def _text(row: Row) -> str:
    text = row.text("name")
    if not text.strip() or text != " ".join(text.split()):
        row.refuse("name", f"{text!r} is not a name; write it with single spaces")
    return text


def load_names(content: str | Tables, file: str) -> dict[tuple[str, str], DrugName]:
    """Read the names of drugs by drug and language, from tables or TOML text.

    Args:
        content: The tables, or their text.
        file: Name of the file, for messages.

    Raises:
        CatalogError: A name without a source, of a drug or language that is not known, or two in one language.
    """
    document = Document(content, file)
    found: dict[tuple[str, str], DrugName] = {}
    for drug, listed in document.tables("names"):
        for row in document.rows(listed, f"names.{drug}", frozenset({"language", "name"})):
            name = DrugName(drug, row.choice("language", LANGUAGES), _text(row), row.source)
            if drug not in drugs():
                row.refuse("", f"'{drug}' is not a drug of the catalog; add it there first")
            if (drug, name.language) in found:
                row.refuse("language", f"'{name.language}' has a name already; keep one")
            found[drug, name.language] = name
    return found


def load_forms(content: str | Tables, file: str) -> dict[tuple[Form, str], FormName]:
    """Read the names of forms by form and language, from tables or TOML text.

    Args:
        content: The tables, or their text.
        file: Name of the file, for messages.

    Raises:
        CatalogError: A name without a source, of a form or language that is not known, or two in one language.
    """
    document = Document(content, file)
    known: dict[str, Form] = {form: form for form in get_args(Form)}
    found: dict[tuple[Form, str], FormName] = {}
    for form, listed in document.tables("forms"):
        for row in document.rows(listed, f"forms.{form}", frozenset({"language", "name"})):
            if form not in known:
                row.refuse("", f"'{form}' is not a form of the catalog; known: {', '.join(known)}")
            name = FormName(known[form], row.choice("language", LANGUAGES), _text(row), row.source)
            if (name.form, name.language) in found:
                row.refuse("language", f"'{name.language}' has a name already; keep one")
            found[name.form, name.language] = name
    return found


@lru_cache(maxsize=1)
def drug_names() -> Mapping[tuple[str, str], DrugName]:
    """Return all names of drugs, by drug and language."""
    return MappingProxyType(load_names(read_data("names.toml"), "names.toml"))


def drug_name(drug: str, language: str) -> DrugName | None:
    """Return what a drug is called in a language; None if no source of it was read.

    Args:
        drug: Name in the catalog.
        language: Code of the language, such as ``"fr"``, or of one as a country writes it, such as ``"fr-CA"``.

    >>> str(drug_name("chlordiazepoxide", "fr-CA"))
    'chlordiazépoxide'
    """
    return drug_names().get((drug, language.partition("-")[0]))


@lru_cache(maxsize=1)
def form_names() -> Mapping[tuple[Form, str], FormName]:
    """Return all names of forms, by form and language."""
    return MappingProxyType(load_forms(read_data("names.toml"), "names.toml"))


def form_name(form: Form, language: str) -> FormName | None:
    """Return what a form is called in a language; None if no source of it was read.

    Args:
        form: Form in the catalog.
        language: Code of the language, such as ``"fr"``, or of one as a country writes it, such as ``"fr-CA"``.
    """
    return form_names().get((form, language.partition("-")[0]))


def without_accents(text: str) -> str:
    """Return a text in small letters without accents, and with one kind of apostrophe.

    >>> without_accents("Loflazépate d’éthyle")
    "loflazepate d'ethyle"
    """
    plain = unicodedata.normalize("NFKD", text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


@lru_cache(maxsize=1)
def spellings() -> Mapping[str, str]:
    """Return every name by which a drug is understood, without accents, and the drug.

    >>> spellings()["zopiclona"], spellings()["nordiazepam"]
    ('zopiclone', 'nordazepam')
    """
    listed: dict[str, list[str]] = read_data("names.toml")["understood"]
    understood = {without_accents(text): drug for drug, texts in listed.items() for text in texts}
    written = {without_accents(name.text): name.drug for name in drug_names().values()}
    return MappingProxyType({name: name for name in drugs()} | understood | written)
