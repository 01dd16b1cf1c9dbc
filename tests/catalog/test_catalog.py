"""The catalog ships nothing without a source, nothing rounded, and nothing that makers disagree on."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import taper
from taper.catalog import (
    Product,
    agree,
    countries,
    drug,
    drugs,
    find_products,
    formulary,
    guideline,
    guidelines,
    load_products,
    products,
    span,
    table,
    tables,
)
from taper.catalog.by_country import default_guidelines
from taper.catalog.equivalence import load_tables
from taper.catalog.formulary import LIQUIDS
from taper.catalog.guidance import load_guideline
from taper.catalog.last_doses import highest_last_dose, last_doses
from taper.catalog.rows import Tables, read_data
from taper.catalog.substances import load_drugs
from taper.errors import CatalogError, OrderError, QuantityError
from taper.quantity import Mg, Ml, parse_strength
from taper.source import STATUSES, Source

DATA = Path(taper.__file__).parent / "catalog" / "data"
CHOICES = DATA / "default_guidelines.toml"
"""Which guidelines judge by default: it names other files of the data and holds no fact of its own."""
BRANDS = DATA / "brands.toml"
"""Names of brands: whose they are, and the source of that, is in the rows of the products."""
FILES = sorted(path for path in DATA.rglob("*.toml") if path not in (CHOICES, BRANDS))
ALL_PRODUCTS = [p for country in countries() for p in products(country)]
SAME_NAME = {
    key: tuple(group)
    for key, group in itertools.groupby(
        sorted(ALL_PRODUCTS, key=lambda p: (p.country, p.name)), key=lambda p: (p.country, p.name)
    )
}

HEAD = '[source.a]\ntitle = "A label"\nedition = "2024"\nurl = ""\nstatus = "READ"\n'
GOOD = {
    "form": '"tablet"',
    "strength_mg": '"5"',
    "maker": '"M"',
    "score": '"halves"',
    "source": '"a"',
    "locator": '"p. 1"',
}


def product_text(changes: dict[str, str | None] | None = None, head: str = HEAD) -> str:
    """One product row in TOML, with keys replaced, added or (None) left out."""
    row = {key: value for key, value in (GOOD | (changes or {})).items() if value is not None}
    return f"{head}[products]\ndiazepam = [\n  {{ {', '.join(f'{k} = {v}' for k, v in row.items())} }},\n]\n"


def refused(text: str) -> CatalogError:
    """The error with which a product file does not load."""
    with pytest.raises(CatalogError) as caught:
        load_products(text, "US", "products/US.toml")
    return caught.value


def sources_in(value: object) -> Iterator[Source]:
    """Every source anywhere inside a value."""
    if isinstance(value, Source):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from sources_in(getattr(value, field.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from sources_in(part)


def only(country: str, name: str, maker: str) -> Product:
    """The one product of a maker."""
    (found,) = find_products(country, name, maker)
    return found


# every row has a source


@pytest.mark.parametrize(
    "facts",
    [
        *(drugs().items()),
        *((t.id, row) for t in tables().values() for row in t.rows),
        *((g, limit) for g in guidelines() for limit in (*guideline(g).limits, *guideline(g).information)),
    ],
    ids=lambda facts: str(facts[0]),
)
def test_each_fact_says_where_it_stands(facts: tuple[str, object]) -> None:
    """Every drug, equivalence and limit names at least one document and a place in it."""
    found = list(sources_in(facts[1]))
    assert found
    assert all(s.title.strip() and s.locator.strip() and s.status in STATUSES for s in found)


def test_every_product_says_where_it_is_described() -> None:
    """No product of any country is without document, place and reading status."""
    assert len(ALL_PRODUCTS) > 500
    for product in ALL_PRODUCTS:
        assert all(s.title.strip() and s.locator.strip() and s.status in STATUSES for s in product.sources)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_number_in_the_data_is_a_decimal_or_a_float(file: Path) -> None:
    """Amounts are written as text: TOML holds only text, whole numbers, true, lists and tables."""

    def walk(value: object) -> Iterator[object]:
        if isinstance(value, dict):
            yield from itertools.chain.from_iterable(walk(v) for v in value.values())
        elif isinstance(value, list):
            yield from itertools.chain.from_iterable(walk(v) for v in value)
        else:
            yield value

    data = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    assert {type(leaf) for leaf in walk(data)} <= {str, int, bool}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_document_in_a_file_is_cited(file: Path) -> None:
    """A document that no row cites is not named as a source."""
    text = file.read_text(encoding="utf-8")
    for key in tomllib.loads(text)["source"]:
        rest = text.replace(f"[source.{key}]", "")
        assert f'"{key}"' in rest, key


# what may not load


def test_a_good_row_loads() -> None:
    """The row that the refusals below start from is accepted."""
    (product,) = load_products(product_text(), "US", "products/US.toml")
    assert product.name == "diazepam tablet 5 mg"
    assert str(product.source) == "A label (2024), p. 1"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"source": None}, "no source"),
        ({"locator": None}, "no locator"),
        ({"locator": '" "'}, "no locator"),
        ({"source": '"b"'}, "unknown source 'b'"),
        ({"strenght": '"5"'}, "did you mean 'strength_mg'"),
        ({"strength_mg": "0.5"}, "in quotes"),
        ({"strength_mg": "5"}, "in quotes"),
        ({"strength_mg": '"0"'}, "not above zero"),
        ({"strength_mg": '"-5"'}, "strength_mg"),
        ({"strength_mg": None}, "no strength_mg"),
        ({"mg_per_ml": '"1"'}, "two strengths"),
        ({"form": '"pill"'}, "not one of"),
        ({"score": None}, "score"),
        ({"score": '"not applicable"'}, "solid form"),
        ({"drops_per_ml": "20"}, "oral drops"),
        ({"label_claim": '"yes"'}, "not one of"),
        ({"also": '"a"'}, "list of pairs"),
        ({"also": '[["a", ""]]'}, "no locator"),
    ],
)
def test_a_bad_row_does_not_load(changes: dict[str, str | None], says: str) -> None:
    """A row with a fault is refused, and the message names file, row and fault."""
    error = refused(product_text(changes))
    assert error.file == "products/US.toml"
    assert error.field.startswith("products.diazepam[1]")
    assert says in str(error)


@pytest.mark.parametrize("status", ["UNVERIFIED", "MISSING", "READ_PARTIAL", "RULE_EXPANDED", ""])
def test_a_document_that_was_not_read_does_not_load(status: str) -> None:
    """Only the two reading statuses that may ship are accepted."""
    error = refused(product_text(head=HEAD.replace('"READ"', f'"{status}"')))
    assert error.field == "source.a"
    assert "status" in str(error)


@pytest.mark.parametrize(
    "head", [HEAD.replace('title = "A label"\n', ""), HEAD + 'page = "3"\n', HEAD.replace("A label", "")]
)
def test_a_document_needs_exactly_title_edition_url_and_status(head: str) -> None:
    """A missing, unknown or empty field of a document is refused."""
    assert refused(product_text(head=head)).field == "source.a"


@pytest.mark.parametrize("standing", ["LOW", "high", " "])
def test_a_document_has_an_ordinary_or_a_low_standing(standing: str) -> None:
    """No other mark is known; the one that is known is shown with the source."""
    (product,) = load_products(product_text(head=HEAD + 'standing = "low"\n'), "US", "products/US.toml")
    assert str(product.source) == "A label (2024), p. 1 (source of low standing)"
    error = refused(product_text(head=HEAD + f'standing = "{standing}"\n'))
    assert (error.field, "write 'low'" in str(error)) == ("source.a.standing", True)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_forum_or_a_shop_is_marked_as_of_low_standing(file: Path) -> None:
    """Each document whose title or address names a forum, a shop or a page of questions is marked."""
    for key, document in tomllib.loads(file.read_text(encoding="utf-8"))["source"].items():
        words = f"{document['title']} {document['url']}".lower()
        if any(word in words for word in ("forum", ".shop", "crazymeds", "question", "howuk", "how-uk")):
            assert document.get("standing") == "low", key


def test_a_source_of_low_standing_gives_information_and_no_limit() -> None:
    """Its row is no limit that a rule could read, and may claim to be no more than a note."""
    head = 'title = "T"\nshort = "T"\nedition = ""\ncountry = "US"\ndocument = "a"\nnot_read = ""\ntables = []\n' + HEAD
    row = '[[limit]]\nkind = "interval"\ndays = 14\nseverity = "note"\nsource = "a"\nlocator = "p. 1"\n'
    assert len(load_guideline(head + row, "g", "g.toml").limits) == 1
    low = load_guideline(head + 'standing = "low"\n' + row, "g", "g.toml")
    assert (low.limits, len(low.information)) == ((), 1)
    with pytest.raises(CatalogError, match="decides nothing; write note"):
        load_guideline(head + 'standing = "low"\n' + row.replace('"note"', '"warning"'), "g", "g.toml")


@pytest.mark.parametrize("guideline_id", guidelines())
def test_no_limit_rests_on_a_source_of_low_standing(guideline_id: str) -> None:
    """What decides was printed by a source of ordinary standing, and the rest is information."""
    assert not any(limit.source.standing for limit in guideline(guideline_id).limits)
    assert all(limit.source.standing for limit in guideline(guideline_id).information)


@pytest.mark.parametrize(
    "load",
    [
        lambda text: load_drugs(text, "x.toml"),
        lambda text: load_tables(text, "x.toml"),
        lambda text: load_products(text, "US", "x.toml"),
        lambda text: load_guideline(text, "x", "x.toml"),
    ],
)
def test_a_file_that_is_not_toml_does_not_load(load: Callable[[str], object]) -> None:
    """Each loader names the file that is not TOML."""
    with pytest.raises(CatalogError, match="not readable as TOML"):
        load("[")


def test_a_value_of_a_drug_needs_its_own_source() -> None:
    """A half-life, a code and a daily dose without source do not load, although the drug has one."""
    drug_text = HEAD + '[drug.x]\nsource = "a"\nlocator = "p. 1"\n'
    assert load_drugs(drug_text, "d.toml")["x"].drug_class == ""
    for value in (
        'half_lives = [{ of = "parent", low = "6", high = "12", as_printed = "6-12" }]',
        'identifiers = [{ system = "ATC", value = "X" }]',
        'ddd = { mg = "1", as_printed = "1 mg" }',
        'metabolites = [{ text = "none" }]',
        'tall_man = { text = "X" }',
    ):
        with pytest.raises(CatalogError, match="no source"):
            load_drugs(drug_text + value, "d.toml")


@pytest.mark.parametrize("half_life", ['low = "6"', 'low = "12", high = "6"', "low = 6.5, high = 7.5"])
def test_a_half_life_is_a_range_or_no_number(half_life: str) -> None:
    """Half a range, a range upside down and a number that is not text do not load."""
    text = HEAD + '[drug.x]\nsource = "a"\nlocator = "p. 1"\nhalf_lives = [{ of = "parent", as_printed = "?", '
    with pytest.raises(CatalogError):
        load_drugs(f'{text}{half_life}, source = "a", locator = "p. 1" }}]', "d.toml")


@pytest.mark.parametrize(
    ("limit", "says"),
    [
        ('kind = "interval"\ndays = 14', None),
        ('kind = "interval"', "exactly one of days"),
        ('kind = "step"\nfraction = "10%"\ndiazepam_mg = "1 mg"', "exactly one of"),
        ('kind = "step"\ndays = 3', "exactly one of"),
        ('kind = "step"\nfraction = "10"', "percent"),
        ('kind = "step"\nfraction = 0.1', "fraction"),
        ('kind = "interval"\ndays = 0', "whole number above zero"),
        ('kind = "interval"\ndays = 14\nwindow_days = 14', "window_ceiling"),
        ('kind = "window_ceiling"\nfraction = "25%"', "window_ceiling"),
        ('kind = "abrupt_stop"', "stance"),
        ('kind = "abrupt_stop"\nstance = "allowed"', "allows every abrupt stop"),
        ('kind = "interval"\ndays = 14\nstance = "avoid"', "stance"),
        ('kind = "person"', "topic"),
        ('kind = "total_time"', "exactly one of days"),
        ('kind = "specialist"\nfraction = "10%"', "exactly one of diazepam_mg"),
        ('kind = "window_ceiling"\nmg = "1 mg"\nwindow_days = 3', "add drug"),
        ('kind = "interval"\ndays = 14\nweeks_from = 4', "belongs to total_time"),
        ('kind = "step"\nfraction = "10%"\nage_from = 65', "belongs to person"),
        ('kind = "step"\nfraction = "10%"\nabove_part = "20"', "percent"),
        ('kind = "speed"\ndays = 14', "not one of"),
        ('kind = "interval"\ndays = 14\nwording = "' + "word " * 16 + '"', "15 words"),
        ('kind = "interval"\ndays = 14\npage = 3', "unknown key"),
    ],
)
def test_a_limit_has_one_amount_that_fits_its_kind(limit: str, says: str | None) -> None:
    """A limit with no amount, two amounts, or the wrong one does not load."""
    head = 'title = "T"\nshort = "T"\nedition = ""\ncountry = "US"\ndocument = "a"\nnot_read = ""\ntables = []\n' + HEAD
    text = f'{head}[[limit]]\nseverity = "note"\nsource = "a"\nlocator = "p. 1"\n{limit}\n'
    if says is None:
        assert load_guideline(text, "g", "g.toml").limits[0].days == 14
        return
    with pytest.raises(CatalogError, match=says):
        load_guideline(text, "g", "g.toml")


@pytest.mark.parametrize("missing", ["title", "not_read", "tables", "document"])
def test_a_guideline_says_what_of_it_was_not_read(missing: str) -> None:
    """The head of a guideline file is complete or does not load."""
    head = 'title = "T"\nshort = "T"\nedition = ""\ncountry = "US"\ndocument = "a"\nnot_read = ""\n'
    head += "tables = []\nlimit = []\n"
    assert load_guideline(head + HEAD, "g", "g.toml").limits == ()
    with pytest.raises(CatalogError, match=missing):
        load_guideline(re.sub(rf"{missing} = .*\n", "", head) + HEAD, "g", "g.toml")


def test_a_drug_stands_once_in_an_equivalence_table_and_low_is_not_above_high() -> None:
    """A second row for a drug, and a range upside down, do not load."""
    numbers = 'drug = "x", as_printed = "1-2", low = "1", high = "2", diazepam = "5"'
    row = f'{{ {numbers}, source = "a", locator = "p. 1" }}'

    def text(*rows: str) -> str:
        return f'{HEAD}[table.t]\ntitle = "T"\nrows = [{", ".join(rows)}]\n'

    (loaded,) = load_tables(text(row), "e.toml")["t"].rows
    assert (loaded.low, loaded.high) == (Mg(2), Mg(4))
    with pytest.raises(CatalogError, match="twice"):
        load_tables(text(row, row), "e.toml")
    with pytest.raises(CatalogError, match="low is above high"):
        load_tables(text(row.replace('low = "1"', 'low = "3"')), "e.toml")


# the whole catalog hangs together


def test_all_drugs_asked_for_are_there() -> None:
    """The short-acting drugs, diazepam and the Z-drugs are in the catalog."""
    asked = (
        "alprazolam bromazepam brotizolam clotiazepam loprazolam lorazepam lormetazepam oxazepam "
        "temazepam diazepam zolpidem zopiclone zaleplon"
    )
    assert set(asked.split()) <= drugs().keys()


def test_every_file_speaks_of_known_drugs_and_tables() -> None:
    """Products, equivalences and guidelines name no drug and no table that the catalog lacks."""
    assert {p.drug for p in ALL_PRODUCTS} <= drugs().keys()
    assert {row.drug for t in tables().values() for row in t.rows} <= drugs().keys()
    assert {name for g in guidelines() for name in guideline(g).tables} <= tables().keys()
    limits = [limit for g in guidelines() for limit in guideline(g).limits]
    assert {limit.drug for limit in limits if limit.drug} <= drugs().keys()
    codes = [drug.code("ATC") for drug in drugs().values()]
    assert all(any(code.startswith(limit.atc) for code in codes) for limit in limits)


def test_a_review_may_lack_its_days() -> None:
    """ASAM 2025 asks for a review with each cut, not after some days, and for one every 3 months whatever happens."""
    assert [limit.days for limit in guideline("asam-2025").limits_of("review")] == [None, 92]
    assert [limit.days for limit in guideline("canada-casn").limits_of("review")] == [28]


def test_a_maker_has_one_row_for_one_product() -> None:
    """Country, name and maker tell every row from every other."""
    keys = [(p.country, p.name, p.maker) for p in ALL_PRODUCTS]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("country", countries())
def test_a_name_is_written_safely_and_means_its_own_product(country: str) -> None:
    """No trailing zero, a leading zero, a space before the unit; and the name finds the product again."""
    for product in products(country):
        strength = product.name.removeprefix(f"{product.drug} {product.form} ")
        assert re.fullmatch(r"(0|[1-9]\d*)(\.\d*[1-9])? mg(/mL)?", strength), product.name
        mg, per = parse_strength(strength)
        assert mg == product.strength
        assert mg > Mg(0)
        assert per == (Ml(1) if product.is_liquid else None)
        assert product in find_products(country, product.name)
        assert product in find_products(country, product.name.upper(), product.maker)


def test_drops_and_scores_belong_to_the_forms_that_have_them() -> None:
    """Drops per mL only on oral drops; a liquid has no score; only tablets can be split, and an ODT that is scored."""
    for product in ALL_PRODUCTS:
        assert product.drops_per_ml is None or product.form == "oral drops"
        assert (product.score == "not applicable") == product.is_liquid == (product.form in LIQUIDS)
        if product.form == "ODT" and product.score == "halves":
            assert product.splittable == "unknown"
        elif product.form != "tablet":
            assert product.splittable == ("measured" if product.is_liquid else "never")


def test_a_label_that_forbids_dosing_is_never_overruled_by_a_line() -> None:
    """Wherever a label says not for dosing, the tablet is forbidden, whatever its score."""
    forbidden = [p for p in ALL_PRODUCTS if p.label_claim == "not_for_dosing"]
    assert len(forbidden) == 7
    assert {p.splittable for p in forbidden} == {"forbidden"}


def test_a_score_alone_is_no_permission() -> None:
    """A line about whose halves the label is silent is unknown; no line is unscored."""
    for product in ALL_PRODUCTS:
        if product.form == "tablet" and product.label_claim == "unstated":
            assert product.splittable == ("unscored" if product.score == "none" else "unknown")


def test_a_score_from_a_listing_field_says_that_it_is_weak() -> None:
    """Scores that come from the SPL data field alone carry a note, and no permission."""
    weak = [p for p in ALL_PRODUCTS if "SPL SCORE" in p.note or "SPL field only" in p.note]
    assert len(weak) >= 9
    assert all("not label text" in p.note and p.splittable == "unknown" for p in weak)


# single facts, restated from their sources


@pytest.mark.parametrize(
    ("country", "name", "maker", "splittable", "score"),
    [
        # emc SmPC 11748 s3: "The score line is not intended for breaking the tablet"
        ("GB", "oxazepam tablet 15 mg", "Tillomed", "forbidden", "line"),
        # Xanax label: "2 mg, are multi-scored and may be divided"
        ("US", "alprazolam tablet 2 mg", "Xanax", "label", "quarters"),
        # ANSM register: "HAVLANE, comprimé sécable"; "LEXOMIL 6 mg, comprimé quadrisécable"
        ("FR", "loprazolam tablet 1 mg", "HAVLANE", "label", "halves"),
        ("FR", "bromazepam tablet 6 mg", "LEXOMIL", "label", "quarters"),
        # UK leaflet: "round, flat, white tablet ... embossed 2mg/DDSA"
        ("GB", "diazepam tablet 2 mg", "Chelonia", "unscored", "none"),
        # Tavor Fachinformation s3: "nicht zum Teilen in gleiche Dosen"
        ("DE", "lorazepam tablet 1 mg", "Tavor", "forbidden", "line"),
        # Doral label: "Split the 15 mg tablet along the score line"
        ("US", "quazepam tablet 15 mg", "Galt", "label", "halves"),
        # emc SmPC 4192 s4.2: "A starting dose of a half tablet may be appropriate"
        ("GB", "loprazolam tablet 1 mg", "Zentiva", "label", "halves"),
        # Klonopin label: "scored tablets", with no word on equal halves
        ("US", "clonazepam tablet 0.5 mg", "Klonopin", "unknown", "halves"),
        ("US", "clonazepam tablet 1 mg", "Klonopin", "unscored", "none"),
        # the listing prints a score for MYLAN 271, 2 mg, only
        ("US", "diazepam tablet 5 mg", "MYLAN 345", "unknown", "unknown"),
        # Lendormin SmPC s3, NL and BE: "De tablet kan worden verdeeld in gelijke doses"
        ("NL", "brotizolam tablet 0.25 mg", "Lendormin", "label", "halves"),
        ("BE", "brotizolam tablet 0.25 mg", "Lendormin", "label", "halves"),
        # zopiclone SmPC s3: "The tablet can be divided into equal doses"
        ("GB", "zopiclone tablet 7.5 mg", "10590", "label", "halves"),
        # Ambien CR label: "Tablets not scored", extended release
        ("US", "zolpidem ER tablet 12.5 mg", "Ambien CR", "never", "none"),
        # MPR: scored tablets, but "Discard unused portions"
        ("US", "alprazolam ODT 1 mg", "MPR", "unknown", "halves"),
    ],
)
def test_splitting_is_as_the_label_says(country: str, name: str, maker: str, splittable: str, score: str) -> None:
    """What labels say about parts of a tablet, one case for each kind of wording."""
    product = only(country, name, maker)
    assert (product.splittable, product.score) == (splittable, score)


@pytest.mark.parametrize(
    ("country", "name", "maker", "drops"),
    [
        # "1 ml Lösung (20 Tropfen) enthält 10 mg Diazepam"
        ("DE", "diazepam oral drops 10 mg/mL", "AbZ", 20),
        # "2,5 mg Clonazepam/ml (entspr. 25 Tropfen)"; "one drop contains 0.1 mg"
        ("CH", "clonazepam oral drops 2.5 mg/mL", "Rivotril", 25),
        ("AU", "clonazepam oral drops 2.5 mg/mL", "Rivotril", 25),
        # pack names disagree (15 and 30 drops), or no number was read
        ("BE", "prazepam oral drops 15 mg/mL", "Prazepam", None),
        ("FR", "clonazepam oral drops 2.5 mg/mL", "RIVOTRIL", None),
    ],
)
def test_drops_per_ml_are_the_printed_ones(country: str, name: str, maker: str, drops: int | None) -> None:
    """Drops per mL are given only where the product's own text prints them."""
    assert only(country, name, maker).drops_per_ml == drops


@pytest.mark.parametrize(
    ("table_id", "name", "low", "high"),
    [
        # ASAM 2025 Table 7, both columns
        ("asam-2025-ashton", "alprazolam", "0.5", "0.5"),
        ("asam-2025-va-dod", "alprazolam", "1", "1"),
        ("asam-2025-va-dod", "lorazepam", "2", "2"),
        ("asam-2025-ashton", "estazolam", "1", "2"),
        # NHS Scotland prints 0.5-1 mg for diazepam 5 mg
        ("nhs-scotland", "loprazolam", "1", "2"),
        # eTG prints oxazepam 15 mg for diazepam 5 mg
        ("etg-nsw", "oxazepam", "30", "30"),
        # ClinCalc prints 1.3 (1-4)
        ("clincalc", "lorazepam", "1", "4"),
        # Clinical Handbook, 4th edition: quazepam 7.5 mg for diazepam 5 mg
        ("chpd-4", "quazepam", "15", "15"),
        # Ashton Table 1: zopiclone 15
        ("ashton-2002", "zopiclone", "15", "15"),
    ],
)
def test_equivalences_are_the_printed_ones(table_id: str, name: str, low: str, high: str) -> None:
    """Mg equal to 10 mg of diazepam, scaled exactly from what is printed."""
    row = table(table_id).row(name)
    assert row is not None
    assert (row.low, row.high) == (Mg(low), Mg(high))


def test_the_ends_of_a_row_are_the_numbers_that_its_source_prints() -> None:
    """One number twice, or the two of a range; a best value stands before its range."""
    tables_as_written = tomllib.loads((DATA / "equivalence.toml").read_text(encoding="utf-8"))["table"]
    rows = [row for each in tables_as_written.values() for row in each["rows"]]
    told = [row for row in rows if "for diazepam" not in row["as_printed"]]  # two copies that differ
    assert len(told) > 100
    for row in told:
        numbers = re.findall(r"[0-9.]+", row["as_printed"])
        ranged = re.search(r"([0-9.]+)-([0-9.]+)", row["as_printed"])
        printed = ranged.groups() if ranged else (numbers[0], numbers[0])
        assert (row["low"], row["high"]) == printed, row


def test_tables_that_were_read_in_part_or_print_a_range_against_a_range_are_left_out() -> None:
    """No Pharmacist Letter or Medscape; of Novadic no row after lormetazepam, so it says nothing of oxazepam."""
    assert {"trc-pl", "medscape"}.isdisjoint(tables())
    assert table("novadic").row("oxazepam") is None
    assert "lormetazepam" in table("novadic").title


def test_a_conversion_is_exact_linear_and_a_range() -> None:
    """Each row gives 10 mg for its own numbers, twice the dose is twice the equivalent, low <= high."""
    for t in tables().values():
        for row in t.rows:
            at_low, at_high = t.diazepam_mg(row.drug, row.low), t.diazepam_mg(row.drug, row.high)
            assert at_low
            assert at_high
            assert at_low[1] == at_high[0] == Mg(10)
            assert not at_low[1] < at_low[0]
            doubled = t.diazepam_mg(row.drug, row.low * 2)
            assert doubled == (at_low[0] * 2, at_low[1] * 2)
            assert t.diazepam_mg(row.drug, Mg(0)) == (Mg(0), Mg(0))
        assert t.diazepam_mg("diazepam", Mg(7)) == (Mg(7), Mg(7))
        assert t.diazepam_mg("no such drug", Mg(1)) is None


def test_a_span_holds_every_table_in_it() -> None:
    """The span across all tables is no narrower than any one of them."""
    for name in drugs():
        whole = span(tuple(tables()), name, Mg(3))
        for t in tables().values():
            if (one := t.diazepam_mg(name, Mg(3))) is not None:
                assert whole is not None
                assert not one[0] < whole[0]
                assert not whole[1] < one[1]


def test_asam_2025_says_what_its_pocket_guide_says() -> None:
    """25% in 2 weeks, first cut 5-10%, 2-4 weeks between cuts, both columns of Table 7."""
    asam = guideline("asam-2025")
    (ceiling,) = asam.limits_of("window_ceiling")
    assert (ceiling.fraction, ceiling.window_days, ceiling.basis) == (Fraction(1, 4), 14, "unspecified")
    assert "no basis" in ceiling.note
    assert ceiling.severity == "warning"
    (first,) = asam.limits_of("first_cut")
    assert (first.fraction, first.basis) == (Fraction(1, 10), "current")
    assert [limit.days for limit in asam.limits_of("interval")] == [14]
    assert asam.limits_of("abrupt_stop")[0].severity == "alert"
    assert asam.tables == ("asam-2025-ashton", "asam-2025-va-dod")
    assert "Tables 4 to 6" in asam.not_read


def test_the_canadian_limits_meet_at_20_mg_without_gap_or_overlap() -> None:
    """5 mg a week from 20 mg up, 2 mg a week below: each dose has exactly one of the two."""
    limits = guideline("canada-casn").limits_of("window_ceiling")
    for daily in ("0.5", "19.9", "20", "20.1", "40"):
        (one,) = (limit for limit in limits if limit.applies_to(Mg(daily)))
        assert one.diazepam_mg == (Mg(2) if Mg(daily) < Mg(20) else Mg(5))
        assert one.window_days == 7


@pytest.mark.parametrize(
    ("guideline_id", "days"),
    [
        ("asam-2025", 14),
        ("bcfi-2002", 7),
        ("nsw", 10),
        ("bnf", 14),
        ("maudsley-2024", 7),
        ("nhs-scotland", 14),
        ("canada-casn", 7),
    ],
)
def test_the_shortest_usual_interval_is_the_printed_one(guideline_id: str, days: int) -> None:
    """The lower end of the printed interval, in days."""
    assert [limit.days for limit in guideline(guideline_id).limits_of("interval")] == [days]


def test_maudsley_stops_from_1_or_half_or_a_fifth_of_a_mg() -> None:
    """Last doses of the regimens A, B and C."""
    last = guideline("maudsley-2024").limits_of("last_dose")
    assert [(limit.variant[0], limit.diazepam_mg) for limit in last] == [
        ("A", Mg(1)),
        ("B", Mg("0.5")),
        ("C", Mg("0.2")),
    ]


def test_diazepam_is_as_published() -> None:
    """Codes, daily dose, and three half-lives that do not agree."""
    diazepam = drug("diazepam")
    codes = {i.system: i.value for i in diazepam.identifiers}
    assert codes == {
        "ATC": "N05BA01",
        "UNII": "Q3JTX2Q7TU",
        "CAS": "439-14-5",
        "RxCUI": "3322",
        "SNOMED CT": "387264003",
    }
    assert diazepam.ddd is not None
    assert diazepam.ddd.mg == Mg(10)
    parents = [(h.low, h.high) for h in diazepam.half_lives if h.of == "parent"]
    assert parents == [(Fraction(20), Fraction(high)) for high in (100, 50, 48)]


ASHTON_HALF_LIVES = {
    "alprazolam": "6-12",
    "bromazepam": "10-20",
    "chlordiazepoxide": "5-30 [36-200]",
    "clobazam": "12-60",
    "clonazepam": "18-50",
    "clorazepate": "[36-200]",
    "diazepam": "20-100 [36-200]",
    "estazolam": "10-24",
    "flunitrazepam": "18-26 [36-200]",
    "flurazepam": "[40-250]",
    "halazepam": "[30-100]",
    "ketazolam": "30-100 [36-200]",
    "loprazolam": "6-12",
    "lorazepam": "10-20",
    "lormetazepam": "10-12",
    "medazepam": "36-200",
    "nitrazepam": "15-38",
    "nordazepam": "36-200",
    "oxazepam": "4-15",
    "prazepam": "[36-200]",
    "quazepam": "25-100",
    "temazepam": "8-22",
    "triazolam": "2",
    "zaleplon": "2",
    "zolpidem": "2",
    "zopiclone": "5-6",
}
"""The cells of the half-life column of Ashton's Table 1, active metabolites in square brackets."""


def test_ashton_half_lives_are_the_printed_cells() -> None:
    """Put together again, the rows of a drug are its cell; what stands in brackets is the metabolite's."""
    cells: dict[str, list[str]] = {}
    for name, entry in drugs().items():
        for life in entry.half_lives:
            if life.source.title.startswith("Ashton Manual, Table 1"):
                cells.setdefault(name, []).append(life.as_printed)
                assert (life.of == "metabolite") == life.as_printed.startswith("["), name
                ends = dict.fromkeys(str(end) for end in (life.low, life.high))
                assert "-".join(ends) == life.as_printed.strip("[]"), name
    assert {name: " ".join(cell) for name, cell in cells.items()} == ASHTON_HALF_LIVES


def test_loprazolam_in_parentheses_is_its_metabolite() -> None:
    """The Dutch table prints 8(6-8) and says that parentheses are active metabolites."""
    lives = [life for life in drug("loprazolam").half_lives if life.as_printed == "8(6-8)"]
    assert [(life.of, life.low, life.high) for life in lives] == [("parent", 8, 8), ("metabolite", 6, 8)]


def test_what_was_not_read_is_empty() -> None:
    """No unread code, no slipped half-life, no daily dose where WHO has none, tall man only where listed."""
    assert [name for name in drugs() if drug(name).code("SNOMED CT")] == ["diazepam"]
    assert drug("brotizolam").code("RxCUI") == ""
    assert drug("tetrazepam").half_lives == ()
    assert drug("clotiazepam").ddd is None
    assert {str(d.tall_man) for d in drugs().values() if d.tall_man} == {
        "ALPRAZolam",
        "LORazepam",
        "clonazePAM",
        "chlordiazePOXIDE",
    }
    prodrug = drug("clorazepate").half_lives[1]
    assert (prodrug.low, prodrug.as_printed) == (None, "prodrug")


# finding


@pytest.mark.parametrize(
    "written",
    ["LORazepam", "lorazepam", "  LORAZEPAM ", drug("lorazepam").tall_man.text],  # type: ignore[union-attr]
)
def test_a_drug_is_found_however_it_is_capitalized(written: str) -> None:
    """Case, tall man letters and spaces around do not matter."""
    assert drug(written).name == "lorazepam"


@pytest.mark.parametrize(
    "written",
    [
        "diazepam tablet 5 mg",
        "Diazepam tablets 5 mg",
        "diazepam  tabs 5mg",
        "diazepam 5 mg tablets",
        "diazepam tablet 5000 mcg",
    ],
)
def test_a_product_is_found_in_several_writings(written: str) -> None:
    """Plural, order, spaces and micrograms lead to the same rows."""
    assert find_products("US", written) == find_products("us", "diazepam tablet 5 mg")


def test_a_liquid_is_found_by_its_printed_strength() -> None:
    """10 mg/5 mL is 2 mg/mL."""
    found = find_products("GB", "clobazam oral suspension 10 mg/5 mL")
    assert {p.strength for p in found} == {Mg(2)}
    assert all(p.is_liquid for p in found)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: drug("diazpam"), "did you mean 'diazepam'"),
        (lambda: table("asam-2025"), "asam-2025-ashton"),
        (lambda: guideline("asam2025"), "did you mean 'asam-2025'"),
        (lambda: products("UK"), "write GB"),
        (lambda: products("XX"), "known: AU, BE"),
        (lambda: find_products("US", "diazepam tablet 4 mg"), "'diazepam tablet 5 mg'"),
        (lambda: find_products("US", "diazpam tablet 5 mg"), "did you mean 'diazepam'"),
        (lambda: find_products("US", "something else"), "known: alprazolam"),
        (lambda: find_products("US", "diazepam tablet 5 mg", "Milan"), "Mylan"),
        (lambda: find_products("US", "diazepam tablet 5 mg", " "), "no maker"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(call: Callable[[], object], says: str) -> None:
    """The error says what exists and is near."""
    with pytest.raises(OrderError) as caught:
        call()
    assert says in str(caught.value)


def test_an_unsafe_strength_is_refused_not_guessed() -> None:
    """A decimal comma in a product name is an error that says how to write it."""
    with pytest.raises(QuantityError, match="comma"):
        find_products("DE", "diazepam tablet 2,5 mg")


# agreeing


@pytest.mark.parametrize("key", SAME_NAME, ids="-".join)
def test_an_agreed_product_claims_only_what_every_maker_says(key: tuple[str, str]) -> None:
    """Score, claim and drops are those of all rows, or unknown; and the order of rows does not matter."""
    rows = SAME_NAME[key]
    agreed = agree(rows)
    assert (agreed.country, agreed.name) == key
    for field, unsaid in (("score", "unknown"), ("label_claim", "unstated"), ("drops_per_ml", None)):
        said = {getattr(p, field) for p in rows}
        assert getattr(agreed, field) == (said.pop() if len(said) == 1 else unsaid)
    assert set(agreed.sources) == {s for p in rows for s in p.sources}
    assert len(agreed.sources) == len(set(agreed.sources))
    assert agreed.source == rows[0].source
    if agreed.splittable == "label":
        assert all(p.splittable == "label" for p in rows)
    backwards = agree(rows[::-1])
    assert replace(agreed, source=backwards.source, further=()) == replace(backwards, further=())
    assert agree([agreed]) == agreed
    assert (agreed.maker is None) == (len(rows) > 1)


def test_makers_that_differ_leave_the_score_unknown() -> None:
    """Oxazepam 15 mg of Tillomed is forbidden; clonazepam 2 mg in the US is scored by some, not by others."""
    scores = {p.score for p in find_products("US", "clonazepam tablet 2 mg")}
    assert len(scores) > 1
    assert agree(find_products("US", "clonazepam tablet 2 mg")).score == "unknown"


def test_different_products_and_no_products_do_not_agree() -> None:
    """Two strengths, and an empty list, are errors."""
    with pytest.raises(CatalogError, match="different products"):
        agree(products("US", "diazepam"))
    with pytest.raises(CatalogError, match="no rows"):
        agree([])


# reading


def test_one_country_reads_one_file_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking for a country's products reads that file only, and only the first time."""
    seen: list[str] = []

    def reading(name: str) -> Tables:
        seen.append(name)
        return read_data(name)

    monkeypatch.setattr(formulary, "read_data", reading)
    formulary._document.cache_clear()
    formulary._read_products.cache_clear()
    first = products("NZ")
    assert products("nz") is first
    assert seen == ["products/NZ.toml"]


def test_what_the_catalog_hands_out_cannot_be_changed() -> None:
    """Facts are frozen, and the mappings are read-only."""
    with pytest.raises(AttributeError):
        products("US")[0].score = "halves"  # type: ignore[misc]
    with pytest.raises(TypeError):
        drugs()["x"] = drug("diazepam")  # type: ignore[index]
    with pytest.raises(TypeError):
        tables()["x"] = table("clincalc")  # type: ignore[index]


def test_no_text_claims_that_nothing_is_published() -> None:
    """What was not read may well be published: the program says that no value was read."""
    root = Path(taper.__file__).parents[1]
    files = [p for p in (root / "taper").rglob("*") if p.suffix in (".py", ".toml")] + sorted(root.glob("*.md"))
    claims = [
        p.name for p in files if re.search(r"(no|without an?y?) published value", p.read_text(encoding="utf-8"), re.I)
    ]
    assert (len(files) > 100, [name for name in claims if name != "CHANGELOG.md"]) == (True, [])


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(DATA)))
def test_every_text_of_the_data_can_be_printed(file: Path) -> None:
    """A source is printed on the clinician's sheet, whose font has no Japanese, and on terminals that may have less."""
    lines = file.read_text(encoding="utf-8").splitlines()
    # an Arabic name is printed on Arabic papers alone, whose font has its letters
    signs = {sign for line in lines if 'language = "ar"' not in line for sign in line if ord(sign) > 0x24F}
    assert signs <= set("‑–—‘’“”…≤≥≈×→")


# by which guidelines an order is judged that names none

COUNTRIES = tomllib.loads(CHOICES.read_text(encoding="utf-8"))["country"]


@pytest.mark.parametrize(
    "country", ["GB", "NL", "BE", "FR", "DE", "NO", "FI", "DK", "AU", "NZ", "CA", "PL", "US", "CH"]
)
@pytest.mark.parametrize("drug", ["diazepam", "zopiclone"])
def test_every_order_has_a_guideline_with_a_pace(country: str, drug: str) -> None:
    """By default the size of the cuts of any drug is judged in every country."""
    names, _ = default_guidelines(country, (drug,))
    kinds = {limit.kind for name in names for limit in guideline(name).limits}
    assert kinds & {"window_ceiling", "step", "first_cut"}
    assert ("asam-2025" in names) is (drug == "diazepam")


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_guidelines_of_a_country_are_its_own(country: str) -> None:
    """Or it is said that the copy that was read is carried elsewhere."""
    elsewhere = {("CA", "unc-deprescribing")}
    for name in COUNTRIES[country]:
        assert guideline(name).country == country or (country, name) in elsewhere


def test_the_reason_says_what_decided() -> None:
    """The country, that none is recorded, or that nothing of it was read."""
    assert default_guidelines("NL", ("oxazepam",))[1] == "country"
    assert default_guidelines(None, ("oxazepam",))[1] == "no country"
    assert default_guidelines("CH", ("oxazepam",))[1] == "not read"


def test_what_published_schedules_stop_from_is_worked_out_from_the_data() -> None:
    """Slow outpatient ones from 1.25 mg of diazepam or less, faster ones from 2 to 5, the alprazolam label from 10."""
    highest = [str(highest_last_dose(pace).diazepam) for pace in ("slow", "fast", "label")]
    assert highest == ["1.25 mg", "5 mg", "10 mg"]
    assert {str(entry.diazepam) for entry in last_doses() if entry.pace == "fast"} == {"2 mg", "2.5 mg", "5 mg"}
