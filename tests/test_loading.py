"""Whatever a file holds, reading it ends in an order or in one clear error of ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from taper.errors import OrderError, ScheduleError, TaperError
from taper.exchange.plan_document import read_document
from taper.loading import MAX_BYTES
from taper.order.order import parse_order, read_order
from tests.support.toml import toml

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe\x00d", "not UTF-8"),
        (b'drug = "diazep\xe4m"', "byte 14"),
        (b"drug = \x00\x01", "binary"),
        (b"%PDF-1.7", "not TOML"),
        (b"drug = ", "not TOML"),
        (b"drug = 'a'\ndrug = 'b'", "not TOML"),
        (b"start = 2026-02-30", "not TOML"),
        (b"{", "not JSON"),
        (b"[]", "table of keys"),
        (b'{"drug": "diazepam", "drug": "lorazepam"}', "written twice"),
        (b'{"current": {"noon": "1 mg", "noon": "2 mg"}}', "'noon' is written twice"),
        (b'{"max_units": ' + b"9" * 5000 + b"}", "too large"),
        (b"max_units = " + b"9" * 5000, "not TOML"),
        (b"[" * 100_000, "nested too deeply"),
        (b"a = " + b"[" * 100_000, "nested too deeply"),
        (b"x" * (MAX_BYTES + 1), "larger than 5,000,000 bytes"),
    ],
)
def test_a_file_that_is_no_order_is_one_error_with_the_name_of_the_file(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "order.toml"
    path.write_bytes(content)
    with pytest.raises(OrderError) as caught:
        read_order(path)
    assert words in caught.value.message
    assert caught.value.file == str(path)
    assert str(caught.value).startswith(f"{path}: ")


@pytest.mark.parametrize("name", ["order.toml", "order.json"])
def test_a_file_of_very_many_keys_is_refused_before_they_are_read(tmp_path: Path, name: str) -> None:
    """Five megabytes of keys, which no order has, would take many seconds and half a gigabyte to name one by one."""
    keys = [f"k{number}" for number in range(120_000)]
    content = "".join(f"{key} = 1\n" for key in keys) if name == "order.toml" else json.dumps(dict.fromkeys(keys, 1))
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(OrderError, match=r"keys, more than|more than 100,000 equals signs"):
        read_order(tmp_path / name)


def test_too_many_parts_are_told_with_their_number(golden: dict[str, Any]) -> None:
    """Not in the words of the library that counted them."""
    with pytest.raises(OrderError) as refused:
        parse_order(golden | {"product": golden["product"] * 30})
    assert refused.value.message == f"has {30 * len(golden['product'])} entries, and may have 24; leave some out"
    assert refused.value.field == "product"


def test_missing_files_folders_and_impossible_names_are_errors_of_ours(tmp_path: Path) -> None:
    for path, words in [
        (tmp_path / "none.toml", "no such file"),
        (tmp_path, "folder"),
        ("a\x00b", "cannot be read"),
        ("x" * 5000, "cannot be read"),
    ]:
        with pytest.raises(OrderError, match=words):
            read_order(path)


@pytest.mark.parametrize("before", ["", "\ufeff", "\ufeff# saved by an editor\r\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("write", [toml, lambda data: json.dumps(data, indent=1)])
def test_byte_order_mark_and_line_ends_do_not_matter(
    tmp_path: Path, golden: dict[str, Any], before: str, end: str, write: Any
) -> None:
    text = write(golden)
    if text.startswith("{") and "#" in before:
        before = "\ufeff"
    path = tmp_path / "order"
    path.write_bytes((before + text.replace("\n", end)).encode())
    assert read_order(path) == parse_order(golden)
    assert parse_order(before + text) == parse_order(golden)


@pytest.mark.parametrize("depth", [5, 100, 400, 800, 900, 950, 980, 1500])
def test_no_depth_of_nesting_breaks_the_error(golden: dict[str, Any], depth: int) -> None:
    deep = "[" * depth + "]" * depth
    for key in ("drug", "start", "phase", "current", "unheard_of", "max_units"):
        text = json.dumps({k: v for k, v in golden.items() if k != key})[:-1] + f', "{key}": {deep}}}'
        with pytest.raises(TaperError):
            parse_order(text)


@pytest.mark.parametrize(
    "number", ["1e999999999", "-1e999999999", "1e-999999999", "NaN", "Infinity", "9" * 4000, "1.5"]
)
@pytest.mark.parametrize("key", ["max_units", "drug", "start", "stop_from", "reduce_first"])
def test_no_number_breaks_the_error(golden: dict[str, Any], key: str, number: str) -> None:
    text = json.dumps({k: v for k, v in golden.items() if k != key})[:-1] + f', "{key}": {number}}}'
    with pytest.raises(OrderError) as caught:
        parse_order(text)
    assert caught.value.field.startswith(key)
    assert len(caught.value.message) < 600


@given(
    JUNK, st.sampled_from(["", "drug", "start", "current", "product", "phase", "hold", "check", "patient", "handout"])
)
def test_junk_is_refused_by_an_order_error(junk: Any, key: str) -> None:
    good = {
        "drug": "diazepam",
        "country": "US",
        "start": "2026-01-05",
        "current": {"noon": "5 mg"},
        "product": [{"name": "diazepam tablet 5 mg"}],
        "phase": [{"reduce": "5 mg", "every": "1 week", "until": "0 mg"}],
    }
    data = good | {key: junk} if key else junk
    if (key, junk) in [("check", {}), ("patient", {}), ("handout", {}), ("hold", [])]:
        assert parse_order(data)
        return
    with pytest.raises(OrderError):
        parse_order(data)


@given(st.text(max_size=60))
def test_any_text_is_an_error_of_ours(text: str) -> None:
    with pytest.raises(OrderError):
        parse_order(text)
    with pytest.raises(ScheduleError):
        read_document(text)


def test_the_first_error_names_where_else_to_look(golden: dict[str, Any]) -> None:
    golden |= {"start": "soon", "stop_from": "1"}
    with pytest.raises(OrderError, match=r"then look at stop_from"):
        parse_order(golden)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"stop_form": "1 mg"}, "stop_form", "did you mean 'stop_from'"),
        ({"until": "0 mg"}, "until", "belongs under phase"),
        ({"morning": "1 mg"}, "morning", "belongs under current"),
        ({"patient": {"stop_from": "1 mg"}}, "patient.stop_from", "top of the file"),
        ({"patient": {"agee": 70}}, "patient.agee", "did you mean 'age'"),
        ({"phase": [{"evry": "1 week", "reduce": "1 mg", "until": "0 mg"}]}, "phase[0].evry", "'every'"),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest_or_with_its_place(
    golden: dict[str, Any], change: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(OrderError) as caught:
        parse_order(golden | change)
    assert caught.value.field == field
    assert words in caught.value.message
