"""Products as published: what a pharmacy can supply, each fact with its source to the page.

Products are read one country at a time, and only when asked for. A score belongs to a maker:
several makers' rows become one product only through `agree`, which keeps a fact only if all rows
have it (that parts are thrown away: if any has it).

>>> agree(find_products("US", "alprazolam tablet 2 mg", maker="Xanax")).splittable
'label'
>>> agree(find_products("US", "alprazolam tablet 2 mg")).splittable
'unknown'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeVar, get_args

from taper.catalog.rows import Document, Row, Tables, data_names, read_data
from taper.errors import CatalogError, OrderError, nearest
from taper.quantity import Mg, Ml, parse_strength
from taper.source import Source
from taper.values import dataclass

Form = Literal[
    "tablet",
    "capsule",
    "ER tablet",
    "ER capsule",
    "ODT",
    "SL tablet",
    "oral film",
    "effervescent tablet",
    "oral solution",
    "oral suspension",
    "oral drops",
]
Score = Literal["none", "halves", "quarters", "line", "unknown", "not applicable"]
Claim = Literal["equal_doses", "not_for_dosing", "label_doses_part", "unstated"]
Splittable = Literal["never", "measured", "label", "unknown", "unscored", "forbidden"]

V = TypeVar("V")

LIQUIDS: frozenset[str] = frozenset({"oral solution", "oral suspension", "oral drops"})
"""Forms that are measured by volume."""

_OTHER_WORDS: dict[str, str] = {
    "tab": "tablet",
    "tabs": "tablet",
    "film-coated tablet": "tablet",
    "cap": "capsule",
    "caps": "capsule",
    "orally disintegrating tablet": "ODT",
    "extended-release tablet": "ER tablet",
    "extended-release capsule": "ER capsule",
    "sublingual tablet": "SL tablet",
    "solution": "oral solution",
    "oral liquid": "oral solution",
    "oral suspension": "oral solution",  # the catalog's rows; a described product has its own form
    "syrup": "oral solution",
    "drops": "oral drops",
}


def _form_words() -> dict[str, str]:
    words = {form.lower(): form for form in get_args(Form)} | _OTHER_WORDS
    plural = {f"{word}s": form for word, form in words.items() if not word.endswith("s")}
    return plural | words


_FORM_WORDS = _form_words()
_ANY_FORM = "|".join(re.escape(word) for word in sorted(_FORM_WORDS, key=len, reverse=True))
_WRITTEN = (
    re.compile(rf"(?P<drug>.+?) (?P<form>{_ANY_FORM}) (?P<strength>[\d.].*)\Z"),
    re.compile(rf"(?P<drug>.+?) (?P<strength>[\d.].*?) (?P<form>{_ANY_FORM})\Z"),
)

_PRODUCT_KEYS = frozenset(
    {"form", "form_as_printed", "strength_mg", "mg_per_ml", "maker", "score", "label_claim"}
    | {"drops_per_ml", "code", "marketing", "note", "also", "discard", "pack"}
)


_ONE_ML = Ml(1)


@dataclass(frozen=True, slots=True)
class Product:
    """Something that a pharmacy hands out.

    Attributes:
        drug: Name of the drug.
        form: Dosage form.
        strength: mg in one tablet or capsule; mg in 1 mL of a liquid.
        pack: Tablets or capsules in one pack, mL in one bottle, where the source prints one size.
        per: Volume that the strength of a liquid is written in, such as 300 mL of a dilution.
        country: Two-letter code of the market.
        source: Where the product is described.
        maker: Brand or maker as printed; None where several makers were taken together.
        score: The line on the tablet; a fact about its looks.
        label_claim: What its label says about taking a part of it.
        discard: Whether the source says that the unused part of a split piece is thrown away.
        drops_per_ml: Drops in 1 mL, where the source prints it.
        code: Code in a product register; may be empty.
        marketing: What the source says about supply, as printed; may be empty.
        note: What else the source says; may be empty.
        form_as_printed: The form in the source's words, where they differ; may be empty.
        further: More sources, where one is not enough.
    """

    drug: str
    form: Form
    strength: Mg
    country: str
    source: Source
    maker: str | None = None
    score: Score = "unknown"
    label_claim: Claim = "unstated"
    drops_per_ml: int | None = None
    code: str = ""
    marketing: str = ""
    note: str = ""
    form_as_printed: str = ""
    further: tuple[Source, ...] = ()
    discard: bool = False
    per: Ml = _ONE_ML
    pack: Fraction | None = None

    @property
    def is_liquid(self) -> bool:
        """Whether the product is measured by volume, so that `strength` is per mL."""
        return self.form in LIQUIDS

    @property
    def name(self) -> str:
        """Display name, such as ``diazepam tablet 5 mg`` or ``diazepam oral solution 1 mg/mL``."""
        return f"{self.drug} {self.form} {self.strength_text}"

    @property
    def strength_text(self) -> str:
        """The strength as it is written: ``5 mg``, ``1 mg/mL``, ``2 mg/300 mL``."""
        if not self.is_liquid:
            return str(self.strength)
        return f"{self.strength * self.per.value}/{'mL' if self.per == _ONE_ML else self.per}"

    @property
    def is_suspension(self) -> bool:
        """Whether the form is a suspension, as named here or in the words of the source."""
        return self.form == "oral suspension" or "suspension" in self.form_as_printed

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sources, the main one first."""
        return (self.source, *self.further)

    @property
    def splittable(self) -> Splittable:
        """Whether a part can be taken: by its form, then by its label, then by its score.

        ``never``: the form does not allow it. ``measured``: a liquid. ``label``: the label says
        so. ``forbidden``: the label says no, whatever the line. ``unscored``: no line.
        ``unknown``: a line or none, and nothing said about the parts. An orally disintegrating tablet
        can be split only where its source calls it scored, or its label doses a part.
        """
        if self.is_liquid:
            return "measured"
        scored = self.score in ("halves", "quarters", "line") or self.label_claim in ("equal_doses", "label_doses_part")
        if self.form != "tablet" and not (self.form == "ODT" and scored):
            return "never"
        if self.label_claim in ("equal_doses", "label_doses_part"):
            return "label"
        if self.label_claim == "not_for_dosing":
            return "forbidden"
        return "unscored" if self.score == "none" else "unknown"


def _product(row: Row, drug_name: str, country: str) -> Product:
    form: Form = row.choice("form", get_args(Form))
    liquid = form in LIQUIDS
    strength = row.required_mg("mg_per_ml" if liquid else "strength_mg")
    if row.get("strength_mg" if liquid else "mg_per_ml") is not None:
        row.refuse("", "has two strengths, in mg and in mg per mL; keep the one that fits the form")
    score: Score = row.choice("score", get_args(Score), "not applicable" if liquid else None)
    drops = row.count("drops_per_ml")
    if liquid != (score == "not applicable") or (drops is not None and form != "oral drops"):
        row.refuse("score", "a line belongs to a solid form and drops to oral drops; correct the row")
    if row.get("discard") not in (None, True) or (row.get("discard") and liquid):
        row.refuse("discard", "is not true; write discard = true where the source says that parts are thrown away")
    also = row.get("also")
    pairs = also if isinstance(also, list) else []
    if also is not None and not (pairs and all(isinstance(p, list) and len(p) == 2 for p in pairs)):
        row.refuse("also", "is not a list of pairs; write [[SOURCE, LOCATOR]]")
    return Product(
        drug=drug_name,
        form=form,
        strength=strength,
        country=country,
        source=row.source,
        maker=row.text("maker"),
        score=score,
        label_claim=row.choice("label_claim", get_args(Claim), "unstated"),
        drops_per_ml=drops,
        code=row.text("code", ""),
        marketing=row.text("marketing", ""),
        note=row.text("note", ""),
        form_as_printed=row.text("form_as_printed", ""),
        further=tuple(row.document.source(key, locator, f"{row.place}.also") for key, locator in pairs),
        discard=row.get("discard") is True,
        pack=row.number("pack"),
    )


def load_products(content: str | Tables, country: str, file: str) -> tuple[Product, ...]:
    """Read the products of one country from tables or TOML text.

    Raises:
        CatalogError: A row without source, with an unknown key, or with a number that is not exact.
    """
    document = Document(content, file)
    return tuple(product for drug, _ in document.tables("products") for product in _products(document, drug, country))


def _products(document: Document, drug: str, country: str) -> tuple[Product, ...]:
    content = dict(document.tables("products")).get(drug, [])
    return tuple(_product(row, drug, country) for row in document.rows(content, f"products.{drug}", _PRODUCT_KEYS))


@lru_cache(maxsize=1)
def countries() -> tuple[str, ...]:
    """Return the two-letter codes of the countries whose products are packaged."""
    return data_names("products")


@lru_cache(maxsize=32)
def _document(country: str) -> Document:
    name = f"products/{country}.toml"
    return Document(read_data(name), name)


@lru_cache(maxsize=1024)
def _of_drug(country: str, drug: str) -> tuple[Product, ...]:
    """Read the products of one drug alone: an order needs no others."""
    return _products(_document(country), drug, country)


@lru_cache(maxsize=32)
def _read_products(country: str) -> tuple[Product, ...]:
    drugs = (drug for drug, _ in _document(country).tables("products"))
    return tuple(product for drug in drugs for product in _of_drug(country, drug))


def products(country: str, drug: str | None = None) -> tuple[Product, ...]:
    """Return the products of a country, or those of one drug.

    Raises:
        OrderError: No products are packaged for this country.
    """
    code = country.upper()
    if code not in countries():
        hint = "write GB" if code == "UK" else nearest(code, countries())
        raise OrderError(f"no products for the country '{country}'; {hint}")
    return _read_products(code) if drug is None else _of_drug(code, drug.lower())


def _canonical(name: str) -> tuple[str, str]:
    """Return the drug and the display name meant by a written product name; both may be empty."""
    written = " ".join(name.split()).lower()
    for pattern in _WRITTEN:
        if match := pattern.match(written):
            strength, per_ml = parse_strength(match["strength"])
            form = _FORM_WORDS[match["form"]]
            return match["drug"], f"{match['drug']} {form} {strength}{'/mL' if per_ml else ''}"
    return written.partition(" ")[0], ""


def _unknown_drug(drug_name: str, rows: Sequence[Product]) -> str:
    """Return a hint for a product name whose drug is unknown, such as a brand."""
    hint = nearest(drug_name, {p.drug for p in rows})
    if hint.startswith("did you mean"):
        return hint
    return f'write drug, form and strength, as "diazepam tablet 5 mg", and a brand as maker; drugs {hint}'


@lru_cache(maxsize=1024)
def _by_name(country: str, drug: str) -> dict[str, tuple[Product, ...]]:
    """Return the products of a drug by their names in lower case."""
    found: dict[str, list[Product]] = {}
    for product in products(country, drug):
        found.setdefault(product.name.lower(), []).append(product)
    return {name: tuple(rows) for name, rows in found.items()}


def find_products(country: str, name: str, maker: str | None = None) -> tuple[Product, ...]:
    """Return every maker's product with a name, or one maker's.

    Args:
        country: Two-letter code.
        name: Drug, form and strength; case, plurals and ``10 mg/5 mL`` are understood.
        maker: Part of the maker's name.

    Raises:
        OrderError: None found; the message names the closest products of this drug and country.
        QuantityError: The strength is not written safely.

    >>> [p.maker for p in find_products("GB", "Clobazam tablets 10 mg", maker="accord")]
    ['Clobazam Accord (CB 10)']
    """
    drug_name, wanted = _canonical(name)
    matches = _by_name(country.upper(), drug_name).get(wanted.lower(), ())
    if not matches:
        same_drug = {p.name for p in products(country, drug_name)}
        hint = nearest(wanted or name, same_drug) if same_drug else _unknown_drug(drug_name, products(country))
        raise OrderError(f"no product '{name}' in the catalog for {country.upper()}; {hint}")
    if maker is None:
        return matches
    chosen = tuple(p for p in matches if p.maker and maker.lower().strip() in p.maker.lower())
    if not chosen or not maker.strip():
        known = nearest(maker, [p.maker for p in matches if p.maker])
        raise OrderError(f"no maker '{maker}' of '{matches[0].name}' in {country.upper()}; {known}")
    return chosen


def _shared(rows: Sequence[Product], fact: Callable[[Product], V], unsaid: V) -> V:
    """Return the fact if all rows agree on it, else the word for unknown."""
    values = {fact(p) for p in rows}
    return values.pop() if len(values) == 1 else unsaid


def agree(rows: Sequence[Product]) -> Product:
    """Return one product from the rows of several makers; a fact is kept only if all rows have it.

    Its source is that of the first row; `Product.sources` has all.

    Raises:
        CatalogError: No row, or rows of different products.
    """
    if not rows:
        raise CatalogError("no rows to agree; find at least one product first")
    first, *others = rows
    if not others:
        return first
    if len({(p.country, p.name) for p in rows}) > 1:
        raise CatalogError(f"'{first.name}' and others are different products; agree on rows of one product")
    return replace(
        first,
        maker=None,
        score=_shared(rows, lambda p: p.score, "unknown"),
        label_claim=_shared(rows, lambda p: p.label_claim, "unstated"),
        discard=any(p.discard for p in rows),
        drops_per_ml=_shared(rows, lambda p: p.drops_per_ml, None),
        pack=_shared(rows, lambda p: p.pack, None),
        form_as_printed=_shared(rows, lambda p: p.form_as_printed, ""),
        code=_shared(rows, lambda p: p.code, ""),
        marketing=_shared(rows, lambda p: p.marketing, ""),
        note=_shared(rows, lambda p: p.note, ""),
        further=tuple(dict.fromkeys(s for p in rows for s in p.sources if s != first.source)),
    )
