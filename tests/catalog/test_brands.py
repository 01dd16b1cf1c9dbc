"""Brands: each is in the rows of its drug, and none is guessed."""

from __future__ import annotations

import pytest

from taper.catalog import brands, drug_of, drugs, drugs_named, find_branded, formulary, substances
from taper.catalog.formulary import countries, products
from taper.errors import OrderError


def test_every_brand_is_the_maker_of_a_row_of_its_drug() -> None:
    """So that a brand has a source: that of its product."""
    for drug, names in brands.brands().items():
        assert drug in drugs()
        for name in names:
            rows = [row for country in countries() for row in products(country, drug) if brands.is_of_brand(row, name)]
            assert rows, name
            assert all(row.source.title for row in rows)


def test_no_brand_is_the_name_of_a_drug_or_stands_twice() -> None:
    names = [name.lower() for of in brands.brands().values() for name in of]
    assert len(names) == len(set(names))
    assert not set(names) & set(drugs())


def test_a_name_that_only_begins_like_a_brand_is_none() -> None:
    """Lexotan is no Lexotanil, and Alpraz no alprazolam."""
    assert drug_of("Lexotanil", "NL").name == "bromazepam"
    with pytest.raises(OrderError, match="in BE, but no product of this brand was read for NL"):
        drug_of("Lexotan", "NL")
    assert drugs_named("alprazolam tablet", "BE") == {"alprazolam": "alprazolam"}


def test_a_brand_of_two_drugs_is_refused_with_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brands, "brands_of", lambda _: {"valium": ("diazepam", "lorazepam")})
    with pytest.raises(OrderError, match="is a brand of diazepam and lorazepam in US; write which of them is meant"):
        drug_of("Valium", "US")


def test_an_unknown_name_is_refused_as_before() -> None:
    with pytest.raises(OrderError, match="did you mean 'diazepam'"):
        drug_of("diazpam", "US")


def test_a_product_is_found_by_its_brand_and_only_where_it_is_of_that_brand() -> None:
    brand, rows = find_branded("US", "valium tablet 5 mg")
    assert brand == "Valium"
    assert {row.maker for row in rows} == {"Valium"}
    assert find_branded("US", "diazepam tablet 5 mg") == ("", formulary.find_products("US", "diazepam tablet 5 mg"))
    with pytest.raises(OrderError, match="not of this brand"):
        find_branded("US", "Valium oral solution 1 mg/mL")
    with pytest.raises(OrderError, match="'Valium' is diazepam"):
        find_branded("US", "Valium tablet 4 mg")


def test_a_brand_where_no_country_is_said_is_answered_with_its_drug() -> None:
    """It may be another drug elsewhere, so it is not taken for the drug, but whoever asks learns which it is."""
    with pytest.raises(OrderError, match="'Valium' is a brand of diazepam; write diazepam if that is meant"):
        substances.drug("Valium")
    with pytest.raises(OrderError, match="no drug 'aspirin' in the catalog"):
        substances.drug("aspirin")
