"""The order behind the # of a link: all of it is shown, or it is refused with the words of the command line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import lxml.html
import pytest
from hypothesis import given, strategies as st

from taper.errors import OrderError, TaperError
from taper.order.draft import STAND_INS
from taper.order.order import parse_order, read_order
from taper.web.desk.answering import LINK, answer
from taper.web.desk.form import from_fields, to_fields
from taper.web.desk.opening import linked
from taper.web.desk.words import SAY
from taper.web.hooks.cards import desk_link
from tests.strategies import joint_orders, order_data
from tests.tools.readme import README

EXAMPLES = sorted((README.parent / "examples").glob("*.toml"))
KNOWN = {
    "drug": "diazepam",
    "country": "US",
    "start": "2026-01-05",
    "current": {"morning": "10 mg", "bedtime": "10 mg"},
}


def encoded(data: Any) -> str:
    """Return an order as the link of a card carries it, without what comes before it."""
    return quote(json.dumps(data, ensure_ascii=False), safe="")


def page(text: str, **more: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(answer("linked", {LINK: text, **more}, today=date(2026, 1, 2)).body)


@pytest.mark.parametrize("known", [("drug",), ("drug", "country"), ("drug", "start"), tuple(KNOWN)])
def test_what_the_link_of_a_card_says_stands_in_the_form_and_a_sentence_where_it_comes_from(known: Any) -> None:
    order = {key: KNOWN[key] for key in known}
    (link,) = desk_link("https://desk.example/page/", order)
    address, _, text = link["url"].partition("#order=")
    assert address == "https://desk.example/page/"
    shown = page(text)
    for name, value in to_fields(order).items():
        (box,) = shown.cssselect(f'[name="{name}"]')
        chosen = box.cssselect("option[selected]")
        assert (chosen[0] if chosen else box).get("value") == value
    notice = shown.cssselect(".notice")[0]
    assert SAY["linked_from"] in notice.text_content()
    assert notice.get("role") == "status"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_whole_order_of_a_link_is_the_equal_order(path: Path) -> None:
    order = read_order(path)
    assert parse_order(from_fields(linked(encoded(order.as_data()))).data) == order


@given(st.one_of(order_data(), order_data(times=2), joint_orders()), st.data())
def test_of_an_unfinished_order_each_key_is_shown_or_the_link_is_refused(data: dict[str, Any], draw: Any) -> None:
    whole = json.loads(json.dumps(data, default=str))
    some = draw.draw(st.sets(st.sampled_from(sorted(whole)), min_size=1))
    part = {key: value for key, value in whole.items() if key in some}
    try:
        fields = linked(encoded(part))
    except OrderError:
        return
    back = from_fields(fields).data
    if STAND_INS.keys() <= part.keys():
        assert parse_order(back) == parse_order(part)
    else:
        assert set(back) == set(part)


@pytest.mark.parametrize(
    "data",
    [
        {"drug": "diazpam"},
        {"drug": "diazepam", "dose": "5 mg"},
        {"drug": ["diazepam"]},
        {"drug": "diazepam", "country": "US", "start": "2026-02-30"},
        {"drug": "diazepam", "hold": {"on": "2026-01-05"}},
        {"drug": "diazepam", "phase": [{"reduce": 5}]},
        {"drug": "diazepam", "current": {"night": "5 mg"}},
        {"drug": "diazepam", "product": ["x"]},
        {"drug": "diazepam", "patient": {"name": "x"}},
        KNOWN | {"product": [{"name": "diazepam tablet 5 mg"}], "phase": [{"reduce": "lots", "every": "2 weeks"}]},
        [],
        "diazepam",
        {},
        None,
    ],
    ids=str,
)
def test_what_is_no_order_is_refused_in_words_and_nothing_of_it_is_shown(data: Any) -> None:
    with pytest.raises(TaperError) as refused:
        linked(encoded(data))
    shown = page(encoded(data), drug="lorazepam")
    assert str(refused.value) in shown.cssselect(".notice[role=alert]")[0].text_content()
    assert shown.cssselect("#drug")[0].get("value") == "lorazepam", "the page is as it was"


@pytest.mark.parametrize(
    "text", ["", "%", "%7B", "%FF%FE", "{", "a" * 9, "%00", "[" * 100_000, '{"a":1,"a":2}', "\ud800"]
)
def test_a_link_that_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(TaperError):
        linked(text)


def test_the_words_are_those_of_the_order_reader() -> None:
    order = {**KNOWN, "product": [{"name": "diazepam tablet 5 mg"}], "phase": [{"reduce": "x", "until": "0 mg"}]}
    with pytest.raises(OrderError) as by_reader:
        parse_order(order)
    with pytest.raises(OrderError) as by_link:
        linked(encoded(order))
    assert str(by_link.value) == str(by_reader.value)
