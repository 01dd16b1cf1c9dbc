"""The labels of boxes in a pharmacy order: right ones are given out, and one changed line stops the paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

import taper
from taper.errors import ProofError, TaperError
from taper.paper.claims import proved_sheet
from taper.paper.renderers import page_of
from taper.paper.request import PrintRequest
from taper.schedule.schedule import Schedule
from tests.strategies.printed import mixed_schedules, printed_schedules, weekly_runs, weekly_schedules
from tests.strategies.revisions import revised_plans

EXAMPLES = Path(__file__).parents[2] / "examples"
LANGUAGES = ("en", "de", "fr", "es", "nl", "ar")
EVERY = ("5 days", "1 week", "2 weeks", "4 weeks")


def asked(schedule: Schedule, language: str, every: str) -> PrintRequest:
    supply = taper.dispense(schedule, every=every)
    return PrintRequest(schedule, printed_on=schedule.steps[0].start, language=language, supply=supply)


def prove_labels(schedule: Schedule, language: str, every: str) -> None:
    try:
        request = asked(schedule, language, every)
        page = page_of(request, "pharmacy")
    except TaperError:  # a schedule that names no products, or an amount that cannot be written
        return
    assert proved_sheet(page, request, "pharmacy") is page


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.toml")))
def test_no_label_of_an_example_is_refused(name: str) -> None:
    """In every language, with fills of every length."""
    schedule = taper.plan(taper.read_order(EXAMPLES / name))
    for at, language in enumerate(LANGUAGES):
        prove_labels(schedule, language, EVERY[at % len(EVERY)])


@settings(max_examples=40, deadline=None)
@given(
    st.one_of(
        printed_schedules(),
        mixed_schedules(),
        weekly_schedules(),
        weekly_runs(),
        revised_plans().map(lambda plans: plans[-1]),
    ),
    st.sampled_from(LANGUAGES),
    st.sampled_from(EVERY),
)
def test_no_right_label_is_refused(schedule: Schedule, language: str, every: str) -> None:
    """Of pieces, volumes and drops, several drugs, weeks and cycles, and after revisions."""
    prove_labels(schedule, language, every)


@cache
def made(name: str) -> tuple[PrintRequest, Any]:
    request = asked(taper.plan(taper.read_order(EXAMPLES / f"{name}.toml")), "en", "4 weeks")
    return request, page_of(request, "pharmacy")


def labels_changed(page: Any, fill: int, change: Callable[[Any], Any]) -> Any:
    """Return the order with other labels of a fill."""
    sheet = page.fills[fill]
    changed = replace(sheet, labels=change(sheet.labels))
    return replace(page, fills=(*page.fills[:fill], changed, *page.fills[fill + 1 :]))


def lines(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return what changes the lines of the first label."""
    return lambda labels: (replace(labels[0], lines=change(labels[0].lines)), *labels[1:])


def text(old: str, new: str) -> Callable[[Any], Any]:
    """Return what changes some words of the first line, whatever its spaces."""

    def changed(found: tuple[str, ...]) -> tuple[str, ...]:
        first = found[0].replace("\N{NO-BREAK SPACE}", " ")
        assert old in first
        return (first.replace(old, new, 1), *found[1:])

    return lines(changed)


FAULTS: dict[str, Callable[[Any], Any]] = {
    "pieces": text("2 tablets", "3 tablets"),
    "pieces by a half": text("2 tablets", "two and a half tablets"),
    "mg": text("(10 mg)", "(1 mg)"),
    "time of day": text("at bedtime", "at noon"),
    "a time lost": text(" in the morning and 2 tablets (10 mg)", ""),
    "last day": text("January 18", "January 17"),
    "first day": text("January 5", "January 6"),
    "year": text("2026", "2027"),
    "first line lost": lines(lambda found: found[1:]),
    "last line lost": lines(lambda found: found[:-1]),
    "lines exchanged": lines(lambda found: (found[1], found[0], *found[2:])),
    "a line twice": lines(lambda found: (found[0], *found)),
    "a label lost": lambda labels: labels[:-1],
    "labels exchanged": lambda labels: (
        replace(labels[0], lines=labels[1].lines),
        replace(labels[1], lines=labels[0].lines),
    ),
    "products exchanged": lambda labels: (
        replace(labels[0], product=labels[1].product),
        replace(labels[1], product=labels[0].product),
    ),
    "a dose on a small one": lambda labels: (replace(labels[0], short=f"{labels[0].short} 5 mg"), *labels[1:]),
    "a day of another fill on a small one": lambda labels: (replace(labels[0], short="March 5, 2026"), *labels[1:]),
}


def test_the_labels_that_are_changed_are_those_that_were_made() -> None:
    """Each change of the faults changes something, and the order without one is given out."""
    request, page = made("diazepam")
    assert proved_sheet(page, request, "pharmacy") is page
    assert all(labels_changed(page, 0, change) != page for change in FAULTS.values())


@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_of_a_label_is_believed(fault: str) -> None:
    """One change of a label, as a fault of its writer would make it."""
    request, page = made("diazepam")
    with pytest.raises(ProofError):
        proved_sheet(labels_changed(page, 0, FAULTS[fault]), request, "pharmacy")


def test_a_box_that_is_begun_later_must_say_so() -> None:
    """The first line names the day from which on it is needed."""
    request, page = made("diazepam")
    fill = next(
        place
        for place, sheet in enumerate(page.fills)
        if any(label.lines[0].startswith("Start on ") for label in sheet.labels)
    )

    def without(labels: Any) -> Any:
        return tuple(replace(one, lines=[line for line in one.lines if "Start on " not in line]) for one in labels)

    with pytest.raises(ProofError, match="begun on"):
        proved_sheet(labels_changed(page, fill, without), request, "pharmacy")
