"""`taper keys` has every key of every model, each with its meaning and an example that the order reader takes."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import Annotated, Any

import pytest
from hypothesis import given, settings
from pydantic import BaseModel, TypeAdapter

from taper.cli import main
from taper.order.keys import _EXAMPLES, Table, tables
from taper.order.order import Order, parse_order, read_order
from taper.order.parts import Part
from taper.order.written import commented
from tests.strategies import joint_orders, order_data, switch_data, weekly_orders
from tests.tools.readme import README

TABLES = {table.path: table for table in tables()}
EXAMPLES = sorted((README.parent / "examples").glob("*.toml"))


def keys_of(model: type[BaseModel]) -> list[str]:
    also: tuple[str, ...] = getattr(model, "also_keys", ())
    return [*(field.alias or name for name, field in model.model_fields.items()), *also]


def parts(model: type[Part]) -> set[type[Part]]:
    return set(model.__subclasses__()).union(*map(parts, model.__subclasses__()))


def used(table: Table, data: Any) -> set[str]:
    """Return the keys of a table that some data has there, as "phase.reduce"."""
    return {f"{table.path}.{key}" for key in data}


def test_every_model_of_an_order_has_its_table() -> None:
    """All of them: a model that an order reads is a subclass of `Part`; the last one, if it has more keys."""
    models = {model for model in parts(Part) if model.__module__.startswith("taper.order")}
    assert {table.model for table in TABLES.values()} == {model for model in models if not model.__subclasses__()}
    assert Order in models


@pytest.mark.parametrize("path", TABLES)
def test_every_key_of_a_model_is_there_once_with_meaning_and_example(path: str) -> None:
    table = TABLES[path]
    assert [name for key in table.keys for name in key.names] == keys_of(table.model)
    assert table.meaning
    for key in table.keys:
        assert key.meaning.endswith("."), f"{path}.{key.names[0]} needs its line under Attributes in the docstring"
        assert key.example, f"{path}.{key.names[0]} needs an example in taper/order/keys.py"


@pytest.mark.parametrize("path", TABLES)
def test_every_example_is_one_that_the_order_reader_takes(path: str) -> None:
    """Each word that may be chosen, too."""
    model = TABLES[path].model
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    for key in TABLES[path].keys:
        if key.example.startswith(("[[", f"[{key.names[0]}]")) or key.names[0] not in fields:
            continue  # the heading of a table; a preset is no field
        field = fields[key.names[0]]
        of_field: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
        adapter = TypeAdapter[Any](of_field)
        for word in key.example.split(" | "):
            value = tomllib.loads(f"x = {word}", parse_float=Decimal)["x"]
            assert adapter.validate_python(value) is not None, key


def test_no_example_is_left_of_a_key_that_is_gone() -> None:
    known = {f"{path}.{name}" for path, table in TABLES.items() for key in table.keys for name in key.names}
    assert set(_EXAMPLES) <= known


def test_the_screen_shows_every_key(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys"]) == 0
    words = {line.split()[0] for line in capsys.readouterr().out.splitlines() if line.strip()}
    assert {name for table in TABLES.values() for name in keys_of(table.model)} <= words
    assert {table.heading for table in TABLES.values() if table.heading} <= words


@pytest.mark.parametrize("name", ["phase", "[[phase]]", "[phase]"])
def test_one_table_is_shown_with_those_inside_it(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", name]) == 0
    shown = capsys.readouterr().out
    assert "switch_to" in shown
    assert "Wednesday" in shown
    assert "drops_per_ml" not in shown


def test_a_table_that_no_order_has_is_one_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "phas"]) == 2
    assert capsys.readouterr().err == "taper: error: an order has no table 'phas'; did you mean 'phase'?\n"


@settings(max_examples=60)
@given(order_data() | order_data(times=3) | weekly_orders() | switch_data() | joint_orders())
def test_an_order_written_with_comments_reads_as_the_same_order(data: dict[str, Any]) -> None:
    order = parse_order(data)
    assert parse_order(commented(order.as_data())) == order


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_written_with_comments_reads_as_the_same_order(path: Any) -> None:
    order = read_order(path)
    text = commented(order.as_data())
    assert parse_order(text) == order
    assert "# " + TABLES["phase"].meaning in text


def test_a_brand_that_is_kept_is_written_and_read_back() -> None:
    """Also one whose name is no bare key of TOML."""
    data = {
        "drug": "diazepam",
        "country": "US",
        "start": "2026-01-05",
        "current": {"bedtime": "10 mg"},
        "product": [{"name": "diazepam tablet 5 mg"}],
        "phase": [{"doses": ["5 mg", "0 mg"], "every": "1 week"}],
        "brands": {"Valium": "diazepam"},
    }
    assert parse_order(commented(data)) == parse_order(data)
    assert tomllib.loads(commented(data | {"brands": {"Two Words": "x"}}))["brands"] == {"Two Words": "x"}
