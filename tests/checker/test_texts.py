"""Every sentence of a finding has a key, and nothing in it is English that another language could not write."""

from __future__ import annotations

import ast
import copy
import pickle
import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import taper
from taper import catalog
from taper.catalog.fill_limits import supply_limits
from taper.checker.checking import check
from taper.checker.texts import TEXTS, say
from taper.checker.texts.notes import PRINTED, key_of, notes
from taper.checker.wording import KINDS, address_text, day_text, days_number
from taper.finding import Report
from taper.message import Message
from tests.support.cases import cases, schedule_of

ROOMS = [Path(taper.__file__).parent / room for room in ("checker", "exchange", "audit")]
"""Where findings and remarks are said: readers remark, and the checker prints what they remarked."""
CALLS = {path: ast.parse(path.read_text(encoding="utf-8")) for room in ROOMS for path in sorted(room.rglob("*.py"))}
BLANK = re.compile(r"\{(\w+)\}")
EVERYTHING = tuple(catalog.guidelines())
ALL = list(cases())


def keys_in(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield the keys that each call of `say` in a module can have; of a key that is put together, its beginning."""
    for node in ast.walk(CALLS[path]):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
            yield tuple(written(node.args[0]))


def written(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*written(node.body), *written(node.orelse))
    elif isinstance(node, ast.JoinedStr):
        first = node.values[0]
        yield (str(first.value) if isinstance(first, ast.Constant) else "") + "*"
    elif isinstance(node, ast.Constant):
        yield str(node.value)
    else:
        yield "*"


def test_every_key_that_is_said_has_a_text_and_every_text_is_said() -> None:
    """A key is written where it is said, or begins there."""
    said = {key for path in CALLS for keys in keys_in(path) for key in keys}
    begins = tuple(key[:-1] for key in said if key.endswith("*") and key != "*")
    # a rule names the kind of its remarks or splits, and a text of it is asked for by its end
    begins += tuple(f"T4{number:02}." for number in range(4, 16))
    whole = {key for key in said if not key.endswith("*")} | {"T107.allowed by", "T107.advised against by"}
    assert whole <= TEXTS.keys(), whole - TEXTS.keys()
    unsaid = {key for key in TEXTS if key not in whole and not key.startswith(begins)} - HANDED_ON
    assert not unsaid


HANDED_ON = {"T213.nights without", "T213.days without", "remark.tablets", "remark.capsules"}
"""Keys that stand in a variable before they are said."""


def leaves(value: object) -> Iterator[tuple[str, object]]:
    """Yield every value that stands in a message, in the end: its kind, and the message or number itself."""
    if not isinstance(value, Message):
        yield "", value
    elif value.key in KINDS:
        yield value.key, value
        if value.key in ("list", "joined"):
            for part in value.values["parts"]:  # type: ignore[attr-defined]
                yield from leaves(part)
        elif value.key == "headline":
            for way in value.values["ways"]:  # type: ignore[attr-defined]
                yield from leaves(way)
        elif "of" in value.values:
            yield from leaves(value.values["of"])
    else:
        assert value.key in TEXTS, value.key
        assert set(value.values) == set(BLANK.findall(TEXTS[value.key])), value.key
        for one in value.values.values():
            yield from leaves(one)


def texts_of(report: Report) -> Iterator[tuple[str, str]]:
    for finding in report.findings:
        for one in (finding, *finding.runs):
            yield from ((one.code, text) for text in (one.message, one.detail, one.advice))
    for entry in report.not_evaluated:
        yield from ((entry.code, text) for text in (entry.reason, entry.about))
    yield "judged by", report.judged_by


@pytest.mark.parametrize("case", [case for _, case in ALL], ids=[f"{code}: {case['name']}" for code, case in ALL])
def test_whatever_a_rule_says_is_made_of_keys_and_values(case: dict[str, Any]) -> None:
    """No bare English stands in a blank: a number, or a message of a key or of a kind of value."""
    schedule = schedule_of(case)
    for guidelines in (case.get("guidelines"), EVERYTHING):
        for code, text in texts_of(check(schedule, guidelines=guidelines, tables=case.get("tables"))):
            if text:
                assert isinstance(text, Message), (code, text)
            for kind, value in leaves(text) if text else ():
                assert kind or type(value) is int, (code, text, value)


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_a_text_with_a_whole_sentence_ends_as_one(key: str) -> None:
    """What could be done is a sentence; no text begins or ends with blank space but one that follows another."""
    text = TEXTS[key]
    assert "  " not in text
    assert not text.endswith(" ")
    if key.endswith("advice"):
        assert text.endswith(".")


def test_a_message_is_its_english_text_and_can_be_copied() -> None:
    one = say("T101.advice", day=day_text(date(2026, 1, 5)))
    assert one == TEXTS["T101.advice"].format(day="5 January 2026")
    for other in (copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert (other, other.key, dict(other.values)) == (one, one.key, dict(one.values))


@pytest.mark.parametrize("case", [case for _, case in ALL], ids=[f"{code}: {case['name']}" for code, case in ALL])
def test_what_a_reader_remarks_and_what_the_catalog_says_has_a_key(case: dict[str, Any]) -> None:
    """Another language knows both by it; a text without one would leave the whole sentence English."""
    schedule = schedule_of(case)
    for remark in schedule.remarks:
        assert isinstance(remark.text, Message)
        assert remark.text.key in TEXTS, remark.text
    for _, text in texts_of(check(schedule, guidelines=case.get("guidelines"), tables=case.get("tables"))):
        for kind, value in leaves(text) if text else ():
            if kind in ("note", "gist"):
                assert isinstance(value, Message)
                assert value.values["key"] in notes(), value


def test_every_note_that_a_finding_can_print_has_a_key_of_its_own_and_keeps_its_words() -> None:
    """By guideline and topic, country or drug; two of the same words share one, since they are told alike."""
    texts = notes()
    assert len(set(texts.values())) == len(texts)
    assert all(key_of(text) == key for key, text in texts.items())
    rows = [row for guideline in map(catalog.guideline, EVERYTHING) for row in guideline.limits if row.kind in PRINTED]
    assert {row.note for row in rows if row.note} <= set(texts.values())
    assert {row.says for row in supply_limits()} <= set(texts.values())


def test_an_address_in_a_file_is_read_whole_or_kept() -> None:
    for place, key in (("line 12", "place.line"), ("event 3", "place.event"), ("step 4", "place.step")):
        assert (address_text(place), address_text(place).key) == (place, key)
    for place in ("", "Pos[2]", "line x", "line", "rows 1", "MedicationRequest 2", ", dosage x", "line ²"):
        assert (address_text(place), address_text(place).key) == (place, "code")
    assert address_text("MedicationRequest 2, dosage 11").key == "place.dosage"


def test_days_that_are_no_whole_number_are_told_with_their_part() -> None:
    assert [days_number(days) for days in (14, 1, Fraction(5, 2))] == ["14 days", "1 days", "2.5 days"]
    assert [days_number(days).key for days in (14, Fraction(5, 2))] == ["days", "days.part"]
