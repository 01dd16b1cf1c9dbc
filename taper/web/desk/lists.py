"""What the page offers to choose from, and what follows from a drug or a product: all of it as the catalog has it."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from fractions import Fraction
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taper import catalog
from taper.errors import OrderError, TaperError
from taper.loading import validate
from taper.order.order import parse_order
from taper.order.presets import presets
from taper.order.product import SPLITS, OrderedProduct, ProductLine, resolve_products
from taper.quantity import exact_text
from taper.values import dataclass
from taper.web.desk.form import to_fields
from taper.web.desk.words import COUNTRY_NAMES, SAY

if TYPE_CHECKING:
    from taper.paper.parts import Part

EXAMPLES = Path(__file__).parent / "examples"
_PARTS: dict[str, tuple[Part, ...]] = {
    "whole": ("whole",),
    "halves": ("whole", "half"),
    "quarters": ("whole", "half", "quarter"),
}
_DESCRIPTION = ("name", "maker", "source", "form", "strength", "drug", "score", "label_claim", "drops_per_ml")
_OF_PART = {"half": Fraction(1, 2), "quarter": Fraction(1, 4)}
Choices = tuple[tuple[str, str], ...]


@functools.lru_cache(maxsize=1)
def examples() -> Choices:
    """Return the names of the packaged examples, each with the line that it begins with."""
    files = sorted(EXAMPLES.glob("*.toml"), key=lambda path: path.name)
    return tuple((path.stem, _title(path.read_text(encoding="utf-8"))) for path in files)


def _title(text: str) -> str:
    comment = text.split("\n\n")[0].split("\n")
    lead = " ".join(line.removeprefix("# ") for line in comment if line.startswith("# "))
    return lead.split(". ")[0].rstrip(".") + "."


def example(name: str) -> dict[str, str]:
    """Return the fields of an example.

    Raises:
        OrderError: There is none of this name.
    """
    if name not in dict(examples()):
        raise OrderError(f"there is no example {name[:40]!r}")
    return to_fields(parse_order((EXAMPLES / f"{name}.toml").read_text(encoding="utf-8")).as_data())


@functools.lru_cache(maxsize=1)
def countries() -> Choices:
    """Return the countries whose products were read."""
    return tuple(sorted(((code, COUNTRY_NAMES.get(code, code)) for code in catalog.countries()), key=lambda c: c[1]))


@functools.lru_cache(maxsize=1)
def drug_names() -> tuple[str, ...]:
    """Return the names of all drugs."""
    return tuple(catalog.drugs())


def drug_of(name: str, country: str) -> str | None:
    """Return the drug that is meant by what was typed; None if that is not known yet."""
    if not name or (catalog.is_brand(name) and not country):
        return None
    try:
        return (catalog.drug_of(name, country) if country else catalog.drug(name)).name
    except TaperError:
        return None


def products_of(drugs: Sequence[str | None], country: str) -> Choices:
    """Return the names of the products that the catalog has for some drugs of a country."""
    if country not in catalog.countries():
        return ()
    names = (product.name for drug in drugs if drug for product in catalog.products(country, drug))
    return tuple((name, name) for name in dict.fromkeys(names))


@functools.lru_cache(maxsize=64)
def presets_for(drug: str | None) -> Choices:
    """Return the published tapers for a drug, or all while none is known."""
    return tuple((one.id, f"{one.id}: {one.title}") for one in presets().values() if drug in (None, one.drug or drug))


@functools.lru_cache(maxsize=1)
def occupancy_models() -> Choices:
    """Return the ids of the occupancy models."""
    from taper.catalog.occupancy import models

    return tuple((name, name) for name in models())


@functools.lru_cache(maxsize=1)
def tables() -> Choices:
    """Return the equivalence tables."""
    return tuple((one.id, one.title) for one in catalog.tables().values())


@functools.lru_cache(maxsize=1)
def guidelines() -> Choices:
    """Return the guidelines."""
    return tuple((name, catalog.guideline(name).title) for name in catalog.guidelines())


@functools.lru_cache(maxsize=128)
def drug_facts(drug: str | None) -> str:
    """Return what is known of a drug, as HTML: half-life and metabolites, and where that stands."""
    if drug is None:
        return ""
    from taper.catalog.elimination import half_lives_of
    from taper.paper.sections.findings import source_text

    found = half_lives_of(drug)
    if found is None:
        return ""
    said = SAY["half_life"].format(hours=_span(found.low, found.high))
    if found.metabolites:
        said += f" · {SAY['metabolites'].format(hours=_span(*found.metabolites))}"
    sources = "".join(f"<li>{escape(source_text(source))}</li>" for source in found.sources)
    return (
        f"{escape(str(drug))} · {escape(said)}"
        f'<details class="sources" id="drug-sources"><summary>{SAY["sources"]}</summary><ul>{sources}</ul></details>'
    )


def _span(low: Fraction, high: Fraction) -> str:
    return exact_text(low) if low == high else f"{exact_text(low)}–{exact_text(high)}"


@dataclass(frozen=True)
class KnownProduct:
    """What follows from the row of a product.

    Attributes:
        measured: Whether it is a liquid.
        said: Its score and label claim, or how it is taken.
        drawing: It and the parts that it may be split into, as SVG.
    """

    measured: bool
    said: str
    drawing: str

    @property
    def more(self) -> tuple[str, ...]:
        """The keys of the row that stand folded away."""
        names = ("maker", "discard", "capacity", "shake", "weight", "source")
        return (*names, "split") if self.measured else (*names, "device", "graduation")


def known_product(row: Mapping[str, Any], drug: str | None, country: str, place: int) -> KnownProduct:
    """Return what follows from the row of a product, as far as it can be known.

    Args:
        row: Its keys, as an order has them.
        drug: The drug of the order; None if it is not known.
        country: Two-letter code; empty if it is not known.
        place: Its place in the order, which decides how it is drawn.
    """
    ordered = _ordered(row, drug, country)
    if ordered is None:
        return KnownProduct(False, "", "")
    from taper.paper.parts import ProductKey
    from taper.paper.renderers import pictogram

    product, split = ordered.product, next((name for name, part in SPLITS.items() if part == ordered.split), "whole")
    kind = "solid" if not product.is_liquid else "drop" if ordered.in_drops else "syringe"
    mark = "" if product.is_liquid else exact_text(product.strength.value)
    if "/" in mark:
        mark = ""
    key = ProductKey(f"p{place}", place, kind, mark, ordered.name, "")  # type: ignore[arg-type]  # one of three
    shapes = [(part, _mark(product.strength.value, part, mark)) for part in _PARTS[split]]
    drawn = "".join(
        f'<svg viewBox="-2 -2 104 104" aria-hidden="true">{pictogram.shape(key, part, number)}</svg>'
        for part, number in shapes
    )
    if product.is_liquid:
        return KnownProduct(True, product.strength_text, drawn)
    return KnownProduct(False, _score(product, country), drawn)


def _mark(strength: Fraction, part: Part, mark: str) -> str:
    if part == "whole" or not mark:
        return ""
    taken = exact_text(strength * _OF_PART[part])
    return "" if "/" in taken else taken


def _score(product: catalog.Product, country: str) -> str:
    if product.splittable == "never":
        return SAY["forms_never"]
    said = [
        SAY["score"].format(score=SAY.get(f"score_{product.score}", product.score)),
        SAY["label"].format(claim=SAY[f"claim_{product.label_claim}"]),
    ]
    if product.maker is None and country in catalog.countries():
        number = sum(row.name == product.name for row in catalog.products(country, product.drug))
        said += [SAY["makers"].format(number=number)] if number > 1 else []
    return " · ".join(said)


def _ordered(row: Mapping[str, Any], drug: str | None, country: str) -> OrderedProduct | None:
    """Look a row up as an order would; a liquid without its device, and a wrong split, as if they were not said."""
    if not row.get("name") and "source" not in row:
        return None
    whole = {"name": "product", **row}
    bare = {key: value for key, value in whole.items() if key in _DESCRIPTION}
    for given in (whole, bare, bare | {"device": "device", "graduation": "1 mL"}):
        try:
            line = validate(ProductLine, given, OrderError)
            named = drug if line.source is not None else catalog.find_branded(country, line.name)[1][0].drug
            if named is None:
                return None
            return resolve_products((line,), (named,), country)[0]
        except TaperError:
            continue
    return None
