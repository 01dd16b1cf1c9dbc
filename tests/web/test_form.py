"""Order → fields → order is the equal order, and every key of an order and of a revision has a field."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings, strategies as st
from pydantic import BaseModel

from taper.order.history import Event
from taper.order.keys import tables
from taper.order.order import Order, parse_order, read_order
from taper.web.desk.fields import FIELDS, ORDER, REVISION, RULES, Shape, field_of, kind_of
from taper.web.desk.form import from_fields, to_fields
from taper.web.desk.page import Home, whole_page
from taper.web.desk.page_form import PageForm
from taper.web.desk.work import Work
from tests.strategies import cycle_orders, joint_orders, living_plans, order_data, switch_data, weekly_orders
from tests.tools.readme import README

EXAMPLES = sorted((README.parent / "examples").glob("*.toml"))
FILLED_IN = {"hash", "at_phase", "handed"}


def through(order: Order) -> Order:
    """Return an order after its data went through the fields of the form."""
    fields = to_fields(order.as_data())
    assert all(isinstance(text, str) for text in fields.values())
    return parse_order(from_fields(fields).data)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_example_is_equal_after_the_form(path: Path) -> None:
    order = read_order(path)
    assert through(order) == order


@given(st.one_of(order_data(), order_data(times=2), weekly_orders(), cycle_orders(), joint_orders(), switch_data()))
def test_any_order_is_equal_after_the_form(data: dict[str, Any]) -> None:
    order = parse_order(data)
    assert through(order) == order


@settings(max_examples=20)
@given(living_plans())
def test_a_plan_that_was_revised_is_equal_after_the_form(living: Any) -> None:
    """Its history is kept to the last hash, so that the same plan can be revised again."""
    schedule = living if hasattr(living, "order") else living[0]
    order = schedule.order
    assert order is not None
    assert through(order) == order


def test_orders_that_say_everything_are_equal_after_the_form() -> None:
    """Regimens in lists, patterns by time of day, named doses of a switch, brands, stock, each fact and each line."""
    data = json.loads(
        """{"drug": "Valium", "country": "US", "start": "2026-01-05", "max_units": 6, "change_on": "Monday",
        "current": {"weekly": {"usual": {"morning": "5 mg", "bedtime": "5 mg"}, "Friday": {"bedtime": "5 mg"}}},
        "product": [{"name": "Valium tablet 5 mg", "split": "halves"}, {"name": "lorazepam, \\"odd\\" = tablet 1 mg",
         "source": "clinician", "form": "tablet", "strength": "1 mg", "drug": "lorazepam", "score": "line",
         "label_claim": "unstated", "split": "quarters", "discard": true}],
        "phase": [{"weekly": [{"usual": "5 mg", "Monday": "2.5 mg"},
          {"usual": "5 mg", "Monday": {"bedtime": "2.5 mg"}}],
          "every": "2 weeks", "products": ["diazepam tablet 5 mg"]},
         {"cycles": [["5 mg", {"bedtime": "2.5 mg"}], ["5 mg", "0 mg"]], "every": "8 days"},
         {"doses": ["5 mg", {"bedtime": "2.5 mg"}, "0 mg"], "every": "1 week"}],
        "other": [{"drug": "Ativan", "current": {"bedtime": "1 mg"}}],
        "supply": {"max_days": 28, "end_with_step": true,
          "stock": [{"product": "diazepam tablet 5 mg", "count": "2.5"}]},
        "patient": {"age": 0, "opioid": false, "liver": true}, "handout": {"why": false, "note": "A; b, c = d"},
        "acknowledge": [{"code": "T202", "reason": "a, b", "by": "c"}], "check": {"tables": ["ashton-2002"]}}"""
    )
    order = parse_order(data)
    assert order.brands == {"Valium": "diazepam", "Ativan": "lorazepam"}
    assert through(order) == order


def test_another_drug_typed_over_a_brand_does_not_keep_the_brand() -> None:
    golden = read_order(README.parent / "examples" / "diazepam.toml").as_data()
    fields = to_fields(parse_order(golden | {"drug": "Valium"}).as_data())
    assert fields["drug"] == "Valium"
    assert "brands" not in from_fields(fields | {"drug": "diazepam"}).data


def keys_of(model: type[BaseModel]) -> set[str]:
    also: tuple[str, ...] = getattr(model, "also_keys", ())
    return {*(field.alias or name for name, field in model.model_fields.items()), *also}


def inner(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := inner(part)) is not None), None)


def compare(model: type[BaseModel], shape: Shape, place: str, left: set[str] = frozenset()) -> None:  # type: ignore[assignment]
    """Hold a shape to the model that reads it, down to the last table."""
    table = shape[0] if isinstance(shape, tuple) else shape
    assert not isinstance(table, str), place
    assert set(table) == keys_of(model) - left, place
    for name, field in model.model_fields.items():
        key = field.alias or name
        if key in left or isinstance(table[key], str):
            continue
        part = inner(field.annotation)
        assert part is not None, f"{place}.{key}"
        compare(part, table[key], f"{place}.{key}")


def test_the_fields_are_the_keys_of_the_models_and_no_others() -> None:
    compare(Order, ORDER, "order")
    compare(Event, REVISION, "revision", FILLED_IN)


def test_every_key_of_taper_keys_is_on_the_page_or_kept() -> None:
    """With a row in each list, each key of each table is the name of a box; the history alone is only kept."""
    fields = {
        "product.0.name": "",
        "phase.0.every": "",
        "phase.0.weekly.0.usual": "",
        "hold.0.on": "",
        "other.0.drug": "",
        "acknowledge.0.code": "",
        "supply.stock.0.product": "",
        "revise.product.0.name": "",
        "revise.phase.0.every": "",
        "revise.stock.0.product": "",
    }
    page = whole_page(Work(fields), Home(date(2026, 1, 2)))
    page += whole_page(Work({"history": "[]"}), Home(date(2026, 1, 2)))  # only a plan that was revised can be undone
    names = {re.sub(r"\.\d+", "", name) for name in re.findall(r'name="([^"]+)"', page)}
    missing = []
    for table in tables():
        for key in [name for known in table.keys for name in known.names]:
            place = key if table.path == "order" else f"{table.path}.{key}"
            if (place.startswith("history.") and place.split(".")[1] in FILLED_IN) or place == "history":
                continue
            place = place.replace("history.", "revise.")
            inside = any(name == place or name.startswith(f"{place}.") for name in names)
            if not inside:
                missing.append(place)
    assert not missing
    kept = PageForm(Work({"history": "[]", "drug": "diazepam", "current.bedtime": "5 mg", "revise.on": "x"})).kept
    assert dict(kept) == {"history": "[]", "drug": "diazepam", "current.bedtime": "5 mg"}


def test_each_rule_of_a_phase_is_a_choice_of_the_form() -> None:
    assert set(RULES.values()) <= set(ORDER["phase"][0])  # type: ignore[index, arg-type]
    for rule, key in RULES.items():
        typed = {"phase.0.rule": rule, "phase.0.every": "1 week"}
        typed |= {f"phase.0.{other}": "1 mg" for other in RULES.values() if other != "weekly"}
        typed["phase.0.weekly.0.usual"] = "1 mg"
        said = from_fields(typed).data["phase"][0]
        assert set(said) == {key, "every"}, "what was typed for another rule stays on the page only"


def test_an_empty_field_says_nothing_and_an_empty_row_is_none() -> None:
    empty = {"drug": " ", "product.0.name": "", "product.1.name": "diazepam tablet 5 mg", "patient.opioid": ""}
    said = from_fields(empty)
    assert said.data == {"product": [{"name": "diazepam tablet 5 mg"}]}
    assert field_of("product[0].split", said.rows) == "product.1.split"


def leaves(shape: Shape, place: str) -> list[str]:
    if isinstance(shape, str):
        return [place]
    table, row = (shape[0], ".0") if isinstance(shape, tuple) else (shape, "")
    return [leaf for key, part in table.items() for leaf in leaves(part, f"{place}{row}.{key}")]


ALL = [leaf for key, shape in FIELDS.items() for leaf in leaves(shape, key)]


def test_what_is_no_value_of_a_number_goes_to_the_order_reader_as_it_was_typed() -> None:
    assert from_fields({"patient.age": "seventy", "max_units": "4"}).data == {
        "patient": {"age": "seventy"},
        "max_units": 4,
    }
    assert from_fields({"patient.opioid": "maybe"}).data == {"patient": {"opioid": "maybe"}}


@given(st.dictionaries(st.sampled_from(ALL), st.text(max_size=12), max_size=8))
def test_whatever_is_typed_is_read_as_said_or_as_a_problem(fields: dict[str, str]) -> None:
    """No text in any field makes the form, or the work behind it, fall over; nothing typed is left out silently."""
    said = from_fields(fields)
    work = Work(fields)
    assert work.problems or work.missing or work.planned is not None
    for name, text in fields.items():
        if text.strip() and kind_of(name) == "text" and "rule" not in name:
            here: Any = {**said.data, "revise": said.revision}
            for part in re.sub(r"\.(\d+)", r".#\1", name).split("."):
                here = here[0] if part.startswith("#") else here[part]
            assert here == text.replace("\r\n", "\n").strip()
