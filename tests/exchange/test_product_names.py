"""Names of products: the drug in several languages and as a brand, and one strength or none."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from taper import catalog
from taper.exchange.medicine import medicine
from taper.quantity import Mg


@pytest.mark.parametrize(
    ("name", "drug", "strength", "liquid"),
    [
        ("Diazépam 5 mg comprimé", "diazepam", "5", False),
        ("Zopiclon 7,5 mg", "zopiclone", "7.5", False),
        ("zopiclona 7,5 mg comprimidos", "zopiclone", "7.5", False),
        ("Chlordiazepoxid 25 mg", "chlordiazepoxide", "25", False),
        ("clordiazepossido 10 mg", "chlordiazepoxide", "10", False),
        ("Alprazolam 0,125 mg Tabletten", "alprazolam", "0.125", False),
        ("Valium 5 mg tablet", "diazepam", "5", False),
        ("Xanax XR 0.5 mg", "alprazolam", "0.5", False),
        ("Valium (diazepam) 5 mg", "diazepam", "5", False),
        ("Diazepam-maker 5 mg", "diazepam", "5", False),
        ("Diazepam 2mg in 5ml oral solution", "diazepam", "0.4", True),
        ("Rivotril 2,5 mg/ml Tropfen", "clonazepam", "2.5", True),
        ("diazepam 10 mg/2 mL injection", "diazepam", "5", True),
        ("temazepam 15mg/capsule", "temazepam", "15", False),
        ("diazepam 28 x 5 mg tablets", "diazepam", "5", False),
    ],
)
def test_a_plain_name_is_read(name: str, drug: str, strength: str, liquid: bool) -> None:
    found = medicine(name)
    assert (found.drug, found.known, found.strength, found.liquid) == (drug, True, Mg(strength), liquid)


@pytest.mark.parametrize(
    "name",
    [
        "chlordiazePOXIDE-clidinium 5-2.5 mg capsule",
        "lorazepam 1·5 mg tablets",  # a decimal point of British print: three times the dose
        "lorazepam 1'500 mg",
        "diazepam 2 mg, 5 mg",
        "Valium 5 mg (diazepam 10 mg)",
        # hyphens, slashes, signs and blanks of word processors, by their numbers: none of them ends a number
        *(
            f"lorazepam 1{chr(sign)}5 mg"
            for sign in (0x2011, 0x2212, 0x2044, 0x2215, 0x200B, 0xAD, 0xFF0E, 0xFF0C, 0xD7)
        ),
        "lorazepam 0.5 \N{NON-BREAKING HYPHEN} 1 mg",
        "lorazepam 1e1 mg",
        "lorazepam <1 mg",
        "diazepam 10 mg 1/2 tablet",
        "diazepam ½ x 10 mg",
        "diazepam 10 mg half tablets",
        "placebo to diazepam 5 mg",
        "chlordiazepoxide-amitriptyline 10-25 mg",
        "chlordiazepoxide-clidinium 5 mg capsule",
        "amitriptyline/chlordiazepoxide 12.5 mg/5 mg",
        "alprazolam + propranolol 0.25 mg",
        "alprazolam and propranolol 0.25 mg",
        "clonazepam 1/2 mg tablet",
        "clonazepam ½ mg tablet",
        "clonazepam 1 1/2 mg tablet",
        "Lorazepam 0.5-1 mg",
        "Lorazepam 0.5 – 1 mg",
        "Lorazepam 0.5 to 1 mg",
        "Lorazepam 0.5 mg or 1 mg",
        "Diazepam 5-7.5-10 MG Rectal Kit",
        "Diazepam 5 mg kit",
        "diazepam titration pack 2 mg",
        "Diazepam 10 drops = 5 mg",
        "diazepam 5 mg per 10 drops",
        "diazepam 5 mg/24 h",
        "diazepam oral solution 5 mg",
        "lorazepam 1,000 mg",
        "lorazepam 1.000 mg",
        "lorazepam .5 mg",
        "lorazepam 0 mg",
        "lorazepam 10 5 mg",
    ],
)
def test_a_name_that_gives_no_one_strength_gives_none(name: str) -> None:
    assert medicine(name).strength is None


def test_a_brand_that_is_another_drug_elsewhere_is_not_taken() -> None:
    assert not medicine("Serenase 2 mg").known
    assert not medicine("Tavor 150 mg").known
    assert medicine("Tavor 1 mg").drug == "lorazepam"


def test_a_drug_that_is_not_in_the_catalog_keeps_its_letters() -> None:
    assert medicine("Prégabaline 75 mg").drug == "pregabaline"


@given(
    st.sampled_from(sorted(catalog.drugs())),
    st.sampled_from(["0.5", "1", "2.5", "7.5", "10", "12.5", "30"]),
    st.sampled_from(["-", "/", " - ", " to ", "–", " or ", "+", " & "]),
    st.sampled_from(["1", "2.5", "5", "25"]),
)
def test_two_numbers_before_one_unit_are_never_a_strength(drug: str, first: str, between: str, second: str) -> None:
    assert medicine(f"{drug} {first}{between}{second} mg tablets").strength is None
    assert medicine(f"{drug} {first} mg tablets").strength == Mg(first)
