"""Markdown: somebody else's parser finds the tables, cell by cell, and nothing that a person typed becomes markup."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st
from markdown_it import MarkdownIt

from taper.exchange.markdown import escape, write_markdown
from taper.order.order import parse_order, read_order
from taper.paper.phrases import Phrases
from taper.paper.request import PrintRequest
from taper.paper.sections.steps import rows as step_rows
from taper.paper.sheets.patient import build_handout
from taper.paper.words import LANGUAGES, load
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule
from taper.schedule.supply import dispense
from tests.strategies import living_plans, printed_schedules, real_plans, weekly_schedules

DAY = date(2026, 1, 2)
PARSER = MarkdownIt("gfm-like", {"linkify": False})


def tables(text: str) -> list[list[list[str]]]:
    """Return the cells of each table as text, by an independent parser."""
    found: list[list[list[str]]] = []
    inside = False
    for token in PARSER.parse(text):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in ("th_open", "td_open"):
            inside = True
        elif token.type == "inline" and inside:
            found[-1][-1].append("".join(child.content for child in token.children or []))
            inside = False
    return found


@given(real_plans() | printed_schedules() | weekly_schedules() | living_plans())
def test_the_table_of_steps_says_what_the_paper_says(schedule: Schedule) -> None:
    """One row a step, with the same words: label, dates, total, what to take, change."""
    steps, *_ = tables(write_markdown(schedule, written_on=DAY))
    paper = build_handout(PrintRequest(schedule, printed_on=DAY, whole=True))
    assert len(steps) == 1 + len(paper.steps)
    changes = (row.change for row in step_rows(schedule, Phrases(schedule, load("en"))))
    for read, row, change in zip(steps[1:], paper.steps, changes, strict=True):
        plain = [part.replace("\N{NO-BREAK SPACE}", " ") for part in (row.label, row.total, change)]
        assert [read[0], read[2], read[4]] == plain
        for dose in (dose for regimen in row.regimens for dose in regimen.doses):
            for text in (dose.line, *dose.pieces):
                assert text.replace("\N{NO-BREAK SPACE}", " ") in read[3]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_supply_is_the_same_account_in_every_language(code: str) -> None:
    """In the words of the page; in English where the language has none for a pharmacy."""
    schedule = plan(read_order(Path(__file__).parents[2] / "examples" / "diazepam.toml"))
    steps, supply = tables(write_markdown(schedule, written_on=DAY, language=code))
    assert len(steps) == 1 + len(build_handout(PrintRequest(schedule, printed_on=DAY)).steps)
    (english,) = tables(write_markdown(schedule, written_on=DAY))[1:]
    assert [row[2] for row in supply[1:]] == [row[2] for row in english[1:]]
    assert (supply == english) is (code == "en")
    assert all("tablet" not in cell.split() for row in supply for cell in row) or code in ("en", "ar", "nl")


@given(real_plans() | printed_schedules())
def test_the_supply_names_every_product_once(schedule: Schedule) -> None:
    found = tables(write_markdown(schedule, written_on=DAY))
    lines = dispense(schedule).lines
    assert len(found) == (2 if lines else 1)
    if lines:
        assert [row[0] for row in found[1][1:]] == [line.product for line in lines]
        assert [row[2] for row in found[1][1:]] == ["" if li.dispense is None else str(li.dispense) for li in lines]


@given(real_plans() | printed_schedules())
def test_what_is_needed_of_a_product_stands_before_what_is_left_of_it(schedule: Schedule) -> None:
    phrases = Phrases(schedule, load("en"))
    lines = dispense(schedule).lines
    rows = tables(write_markdown(schedule, written_on=DAY))[1][1:] if lines else []
    for row, line in zip(rows, lines, strict=True):
        said = [
            phrases.amount(line.product, amount).replace("\N{NO-BREAK SPACE}", " ")
            for amount in (line.needed, line.left)
        ]
        assert [row[1], row[4]] == said


@given(real_plans())
def test_the_same_plan_gives_the_same_text_with_a_title_and_a_paragraph(schedule: Schedule) -> None:
    text = write_markdown(schedule, written_on=DAY)
    assert text == write_markdown(schedule, written_on=DAY)
    kinds = [token.type for token in PARSER.parse(text)]
    assert kinds[:1] == ["heading_open"]
    assert kinds.count("heading_open") == 3
    assert "paragraph_open" in kinds
    assert not re.search(r"[0-9]\.[0-9]*0(?![0-9])|[0-9](?:mg|mL)|\N{NO-BREAK SPACE}", text)


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1))
def test_whatever_is_typed_stays_text(text: str) -> None:
    """No emphasis, link, code, HTML, list or heading out of a name; the words are kept."""
    words = " ".join(text.split())
    for before, after in (("", ""), ("| a |\n| - |\n| ", " |")):
        tokens = PARSER.parse(before + escape(text) + after)
        kinds = {token.type for token in tokens} | {c.type for t in tokens for c in t.children or []}
        assert kinds <= {
            *("paragraph_open", "paragraph_close", "inline", "text", "text_special"),
            *(f"{part}_{end}" for part in ("table", "thead", "tbody", "tr", "th", "td") for end in ("open", "close")),
        }
        read = "".join(c.content for t in tokens if t.type == "inline" for c in t.children or [])
        assert read.endswith(words)


def test_a_name_with_markup_in_an_order_stays_a_name(golden: dict[str, Any]) -> None:
    name = "<script>alert(1)</script> | **tablet** [x](http://y)"
    golden["product"] = [{"name": name, "source": "clinician", "form": "tablet", "strength": "2.5 mg"}]
    golden["phase"][0]["reduce"] = "2.5 mg"
    text = write_markdown(plan(parse_order(golden)), written_on=DAY)
    html = PARSER.render(text)
    assert "<script" not in html
    assert "<strong>tablet" not in html
    assert "<a " not in html
    assert tables(text)[1][1][0] == name
