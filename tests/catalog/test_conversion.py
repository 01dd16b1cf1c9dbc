"""Equivalence: every table's value with its source, the range and the disagreement; never a single number."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from taper import catalog
from taper.catalog.conversion import Conversion, convert
from taper.catalog.equivalence import tables
from taper.cli import app as cli
from taper.errors import OrderError, QuantityError
from taper.quantity import Mg, shown

DRUGS = sorted({row.drug for table in tables().values() for row in table.rows})


def test_each_table_speaks_for_itself_with_its_source() -> None:
    """Lorazepam 2 mg: the tables print 1 mg or 2 mg, or 1 to 4 mg, for 10 mg of diazepam."""
    found = convert("lorazepam 2 mg", "diazepam")
    values = {value.table.id: (str(value.low), str(value.high)) for value in found.values}
    assert values["asam-2025-ashton"] == values["nhs-scotland"] == ("20 mg", "20 mg")
    assert values["asam-2025-va-dod"] == values["etg-nsw"] == ("10 mg", "10 mg")
    assert values["clincalc"] == ("5 mg", "20 mg")
    for value in found.values:
        assert value.sources
        for source in value.sources:
            assert source.locator
            assert source.url
            assert source.status in ("READ", "READ_SECONDARY")
    assert (found.low, found.high, found.fold) == (Mg(5), Mg(20), 4)


def test_there_is_no_single_number() -> None:
    """Nothing on a conversion is one dose: values by table, the two ends, and the fold."""
    fields = set(Conversion.__dataclass_fields__) | {k for k, v in vars(Conversion).items() if isinstance(v, property)}
    assert fields == {"drug", "dose", "to", "values", "silent", "low", "high", "fold"}


def test_a_third_stays_a_third() -> None:
    """20 mg in place of 15 mg: 10 mg become 40/3 mg, not 13.33."""
    found = {value.table.id: value for value in convert("clorazepate 10 mg", "oxazepam").values}
    assert found["asam-2025-ashton"].low == Mg(Fraction(40, 3))
    assert shown(found["asam-2025-ashton"].low) == "~13.33 mg"


@pytest.mark.parametrize("drug", DRUGS)
def test_exact_from_the_printed_numbers(drug: str) -> None:
    """Worked again from what each table prints, as fractions; and every table either speaks or is named as silent."""
    for to in DRUGS:
        found = convert(f"{drug} 3 mg", to)
        said = {value.table.id: value for value in found.values}
        assert set(said) | set(found.silent) == set(tables())
        assert not set(said) & set(found.silent)
        for table in tables().values():
            one, other = table.row(drug), table.row(to)
            known = (one or drug == "diazepam") and (other or to == "diazepam") and (one or other)
            assert bool(known) == (table.id in said)
            if known:
                least = Fraction(3) / (one.high.value if one else 10) * (other.low.value if other else 10)
                most = Fraction(3) / (one.low.value if one else 10) * (other.high.value if other else 10)
                assert (said[table.id].low.value, said[table.id].high.value) == (least, most)


@given(st.sampled_from(DRUGS), st.sampled_from(DRUGS), st.integers(1, 10**6).map(lambda n: Mg(Fraction(n, 1000))))
def test_there_and_back_again(drug: str, to: str, dose: Mg) -> None:
    """A table with single values brings back the dose itself; one with ranges a range that holds it."""
    for value in convert(f"{drug} {dose}", to).values:
        rows = [row for row in (value.table.row(drug), value.table.row(to)) if row is not None]
        low, high = (
            next(back for back in _convert(to, end, drug) if back.table.id == value.table.id)
            for end in (value.low, value.high)
        )
        assert low.low <= dose <= high.high
        if all(row.low == row.high for row in rows):
            assert value.low == value.high
            assert low.low == low.high == dose


def _convert(drug: str, dose: Mg, to: str) -> tuple:  # type: ignore[type-arg]
    """Convert an amount that may be no plain decimal: by its whole multiple, divided again."""
    from dataclasses import replace

    whole = convert(f"{drug} {dose.value.numerator} mg", to)
    scale = dose.value.denominator
    return tuple(replace(value, low=value.low / scale, high=value.high / scale) for value in whole.values)


@given(st.sampled_from(DRUGS), st.sampled_from(DRUGS), st.integers(1, 1000))
def test_twice_the_dose_is_twice_the_equivalent_and_the_fold_stays(drug: str, to: str, dose: int) -> None:
    once, twice = convert(f"{drug} {dose} mg", to), convert(f"{drug} {2 * dose} mg", to)
    assert [value.high * 2 for value in once.values] == [value.high for value in twice.values]
    assert once.fold == twice.fold
    if once.low is not None and once.high is not None:
        assert once.fold == once.high / once.low >= 1
        assert once.low == min(value.low for value in once.values)


def test_no_value_is_none_and_not_zero() -> None:
    found = convert("tetrazepam 50 mg", "lorazepam")
    assert found.values == ()
    assert (found.low, found.high, found.fold) == (None, None, None)
    assert set(found.silent) == set(tables())


@pytest.mark.parametrize(
    ("dose", "to", "error", "words"),
    [
        ("lorazepan 2 mg", "diazepam", OrderError, "'lorazepam'"),
        ("lorazepam 2 mg", "diazpam", OrderError, "'diazepam'"),
        ("lorazepam", "diazepam", QuantityError, 'write for example "lorazepam 2 mg"'),
        ("", "diazepam", QuantityError, "not a drug and a dose"),
        ("2 mg lorazepam", "diazepam", QuantityError, "not a drug and a dose"),
        ("lorazepam 2", "diazepam", QuantityError, "no unit"),
        ("lorazepam .5 mg", "diazepam", QuantityError, "leading zero"),
        ("lorazepam 0.5 mL", "diazepam", QuantityError, "volume"),
        ("lorazepam 0 mg", "diazepam", QuantityError, "nothing to convert"),
    ],
)
def test_what_cannot_be_converted_is_refused(dose: str, to: str, error: type[Exception], words: str) -> None:
    with pytest.raises(error) as caught:
        convert(dose, to)
    assert words in str(caught.value)


def test_the_command_shows_every_table_the_range_and_no_preference(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    assert cli.main(["convert", "lorazepam 2 mg", "--to", "diazepam"]) == 0
    out = capsys.readouterr().out
    found = convert("lorazepam 2 mg", "diazepam")
    for value in found.values:
        assert f"{value.table.id}: {shown(value.low)}" in out
        for source in value.sources:
            assert f"{source} [{source.status}] {source.url}" in out
    for name in found.silent:
        assert f"{name}: no value was read" in out
    assert "range 5 mg to 20 mg: the tables disagree 4-fold" in out
    assert "No table is preferred. A converted dose is a matter of clinical judgment." in out


def test_the_command_says_so_where_no_table_has_a_value(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["convert", "tetrazepam 50 mg", "--to", "lorazepam"]) == 0
    assert "no conversion is possible" in capsys.readouterr().out


def test_the_command_refuses_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["convert", "lorazepam two", "--to", "diazepam"]) == 2
    assert "taper: error:" in capsys.readouterr().err


def test_guidelines_are_listed_and_each_limit_is_shown_with_its_page(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    assert cli.main(["guidelines"]) == 0
    listed = capsys.readouterr().out
    for name in catalog.guidelines():
        assert name in listed
        assert cli.main(["guidelines", name]) == 0
        out = capsys.readouterr().out
        for limit in catalog.guideline(name).limits:
            assert f"{limit.source} [{limit.source.status}]" in out
    assert cli.main(["guidelines", "asam-2052"]) == 2
    assert "asam-2025" in capsys.readouterr().err
