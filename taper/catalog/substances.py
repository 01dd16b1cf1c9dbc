"""Drugs as published: half-lives, defined daily dose, active metabolites, codes.

Published values contradict each other; all of them are kept, each with its source. Of what is
empty no value was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from taper.catalog.rows import Document, Row, Tables, read_data
from taper.errors import OrderError, nearest
from taper.quantity import Mg
from taper.source import Source
from taper.values import dataclass

_KEYS = frozenset({"class", "tall_man", "ddd", "half_lives", "metabolites", "identifiers"})


@dataclass(frozen=True, slots=True)
class Fact:
    """A text with its source."""

    text: str
    source: Source

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class HalfLife:
    """A published elimination half-life; sources disagree, so a drug has several.

    Attributes:
        of: The drug itself (``parent``), its active metabolites (``metabolite``), or ``unsaid``.
        low: Hours, or None where the source prints no number.
        high: Hours; the same as `low` for a single number.
        as_printed: The source's own writing.
        source: Where it is printed.
    """

    of: Literal["parent", "metabolite", "unsaid"]
    low: Fraction | None
    high: Fraction | None
    as_printed: str
    source: Source


@dataclass(frozen=True, slots=True)
class DailyDose:
    """The oral defined daily dose of the WHO: a statistic, not a recommended dose."""

    mg: Mg
    as_printed: str
    source: Source


@dataclass(frozen=True, slots=True)
class Identifier:
    """A code of the drug in one system: ATC, UNII, CAS, RxCUI or SNOMED CT."""

    system: str
    value: str
    source: Source


@dataclass(frozen=True, slots=True)
class Drug:
    """A substance. Of what is empty no value was read.

    Attributes:
        name: International name, lower case.
        drug_class: ``benzodiazepine``, ``thienodiazepine`` or ``Z-drug``; may be empty.
        source: Where name and class are printed.
        tall_man: Spelling that tells it from look-alike names, or None.
        ddd: Defined daily dose, or None.
        half_lives: Published half-lives, which may contradict each other.
        metabolites: Active metabolites, as published.
        identifiers: Codes.
    """

    name: str
    drug_class: str
    source: Source
    tall_man: Fact | None = None
    ddd: DailyDose | None = None
    half_lives: tuple[HalfLife, ...] = ()
    metabolites: tuple[Fact, ...] = ()
    identifiers: tuple[Identifier, ...] = ()

    def code(self, system: str) -> str:
        """Return the drug's code in a system, or an empty text.

        >>> drug("diazepam").code("ATC")
        'N05BA01'
        """
        return next((i.value for i in self.identifiers if i.system == system), "")


def _children(row: Row, key: str, known: frozenset[str]) -> Iterable[Row]:
    content = row.get(key)
    return () if content is None else row.document.rows(content, f"{row.place}.{key}", known)


def _fact(row: Row) -> Fact:
    return Fact(row.text("text"), row.source)


def _half_life(row: Row) -> HalfLife:
    low, high = row.number("low"), row.number("high")
    if (low is None) != (high is None) or (low and high and low > high):
        row.refuse("low", "low and high do not make a range; give both, the lower first, or neither")
    return HalfLife(
        row.choice("of", ("parent", "metabolite", "unsaid")),
        low,
        high,
        row.text("as_printed"),
        row.source,
    )


def _drug(row: Row, name: str) -> Drug:
    texts = frozenset({"text"})
    tall_man, ddd = row.get("tall_man"), row.get("ddd")
    dose = row.document.row(ddd, f"{row.place}.ddd", frozenset({"mg", "as_printed"})) if ddd else None
    return Drug(
        name=name,
        drug_class=row.text("class", ""),
        source=row.source,
        tall_man=_fact(row.document.row(tall_man, f"{row.place}.tall_man", texts)) if tall_man else None,
        ddd=DailyDose(dose.required_mg("mg"), dose.text("as_printed"), dose.source) if dose else None,
        half_lives=tuple(
            _half_life(r) for r in _children(row, "half_lives", frozenset({"of", "low", "high", "as_printed"}))
        ),
        metabolites=tuple(_fact(r) for r in _children(row, "metabolites", texts)),
        identifiers=tuple(
            Identifier(r.text("system"), r.text("value"), r.source)
            for r in _children(row, "identifiers", frozenset({"system", "value"}))
        ),
    )


class _Drugs(Mapping[str, Drug]):
    """The packaged drugs by name, each read when it is first asked for: a plan needs one of them."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._given = dict(document.tables("drug"))
        self._read: dict[str, Drug] = {}

    def __getitem__(self, name: str) -> Drug:
        if name not in self._read:
            self._read[name] = _drug(self._document.row(self._given[name], f"drug.{name}", _KEYS), name)
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._given

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)


def load_drugs(content: str | Tables, file: str) -> dict[str, Drug]:
    """Read drugs from tables or TOML text.

    Raises:
        CatalogError: A row or a value without source, or an unknown key.
    """
    document = Document(content, file)
    return dict(_Drugs(document))


@lru_cache(maxsize=1)
def drugs() -> Mapping[str, Drug]:
    """Return all drugs by name."""
    return _Drugs(Document(read_data("drugs.toml"), "drugs.toml"))


def drug(name: str) -> Drug:
    """Return one drug; case does not matter, so tall man spelling is understood.

    Raises:
        OrderError: No such drug; the message names the closest, or the drug of a brand.

    >>> drug("LORazepam").name
    'lorazepam'
    """
    match = drugs().get(" ".join(name.split()).lower())
    if match is None:
        from taper.catalog.brands import drugs_of_brand

        if of := " or ".join(drugs_of_brand(name)):
            raise OrderError(f"'{name}' is a brand of {of}; write {of} if that is meant")
        raise OrderError(f"no drug '{name}' in the catalog; {nearest(name, drugs())}")
    return match
