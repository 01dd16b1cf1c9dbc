"""The chart of a plan: one line of steps, a band where the dose depends on the day, labels that a phone can show."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date, timedelta
from fractions import Fraction

import lxml.etree
import lxml.html
import pytest
from hypothesis import given, strategies as st

from taper.order.order import parse_order, read_order
from taper.paper.parts import Chart
from taper.paper.phrases import Phrases
from taper.paper.renderers import render, svg_chart
from taper.paper.request import PrintRequest
from taper.paper.sections.chart import LARGE, NARROW, WIDE, days_axis
from taper.paper.sheets.patient import build_handout
from taper.paper.words import LANGUAGES, load
from taper.planner.planning import plan
from taper.quantity import Mg
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import shown_steps
from tests.oracles.pdf import pdf_texts
from tests.strategies import printed_schedules, weekly_schedules
from tests.support.orders import GOLDEN
from tests.tools.readme import README

PRINTED = date(2026, 1, 2)
PHONE = 320 - 2 * 16  # pixels of the smallest phone, without the page's edges


def charts(schedule: Schedule, language: str = "en") -> tuple[Chart, ...]:
    return build_handout(PrintRequest(schedule, printed_on=PRINTED, language=language)).charts


def top(chart: Chart) -> Fraction:
    """The dose at the top of a chart: the highest tick is the highest dose or just above it."""
    return Fraction(re.sub(r"[^0-9.]", "", chart.y_ticks[-1].label))


@given(schedule=weekly_schedules())
def test_each_step_is_one_line_and_a_week_of_other_doses_a_band_around_it(schedule: Schedule) -> None:
    """As high as the average; from the lowest to the highest dose of a day; no band where every day is the same."""
    for drug, chart in zip(schedule.drugs, charts(schedule), strict=True):
        shown, unit = shown_steps(schedule.steps), top(chart)
        assert [height * unit for _, _, height in chart.steps] == [
            step.averages.get(drug, Mg(0)).value for step in shown
        ]
        bands = {start: (end, low * unit, high * unit) for start, end, low, high in chart.bands}
        for step, (start, end, _) in zip(shown, chart.steps, strict=True):
            doses = {run.totals.get(drug, Mg(0)).value for run in step.runs}
            assert bands.pop(start, (end, *doses)) == (end, *sorted({min(doses), max(doses)}))
        assert not bands
        assert bool(chart.note) == bool(chart.bands)


@given(schedule=printed_schedules())
def test_a_band_holds_its_line(schedule: Schedule) -> None:
    for chart in charts(schedule):
        heights = {start: height for start, _, height in chart.steps}
        assert all(0 <= low <= heights[start] <= high <= 1 for start, _, low, high in chart.bands)
        for size in (svg_chart.WIDE, svg_chart.NARROW):
            lxml.etree.fromstring(svg_chart.draw(chart, size).encode())


def test_what_a_band_means_stands_below_the_chart_on_paper_and_on_screen() -> None:
    schedule = plan(read_order(README.parent / "examples" / "weekly.toml"))
    (chart,) = charts(schedule)
    assert chart.note
    page = render(schedule, to="html", printed_on=PRINTED).decode()
    assert page.count(chart.note) == 1
    assert chart.note.replace(" ", "") in "".join("".join(pdf_texts(render(schedule, printed_on=PRINTED))).split())
    assert not charts(plan(parse_order(deepcopy(GOLDEN))))[0].note


@pytest.mark.parametrize("start", ["2026-12-25", "2026-12-02", "2026-01-31", "2026-07-15"])
@pytest.mark.parametrize("every", ["2 days", "3 days", "10 days", "20 days", "8 weeks"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_the_labels_are_large_do_not_touch_and_are_not_cut_off(
    language: str, every: str, start: str
) -> None:
    """A letter is at most six tenths as wide as high."""
    size = svg_chart.NARROW
    assert size.width <= PHONE
    assert size.font >= 16
    order = deepcopy(GOLDEN) | {"start": start}
    order["phase"][0]["every"] = every
    (chart,) = charts(plan(parse_order(order)), language)
    letter = Fraction(6, 10) * size.font
    drawing = lxml.etree.fromstring(svg_chart.draw(chart, size).encode())
    labels = [one for one in drawing.iter("{*}text") if one.get("y") == str(size.height - 8)]
    assert labels
    reached = Fraction(0)
    for one in labels:
        wide, x = len(one.text or "") * letter, Fraction(one.get("x") or "")
        begin = x if one.get("text-anchor") == "start" else x - wide / 2
        assert begin >= reached, [label.text for label in labels]
        reached = begin + wide
    assert reached <= size.width
    assert all(len(tick.label) * letter <= size.doses for tick in chart.y_ticks)


@pytest.mark.parametrize("years", [1, 2, 4, 8, 9])
def test_a_plan_of_any_length_has_a_chart_with_days_below_it(years: int) -> None:
    """Ten years is the longest plan; its narrow chart has room for a few labels only."""
    months = f"{years * 12 // 9} months"
    data = deepcopy(GOLDEN) | {"phase": [{"doses": [f"{mg} mg" for mg in range(18, 0, -2)], "every": months}]}
    for chart in charts(plan(parse_order(data))):
        assert chart.x_ticks


@given(days=st.integers(1, 40_000), start=st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_record_of_any_length_has_a_label_below_its_chart_on_every_paper(days: int, start: date) -> None:
    phrases = Phrases(plan(parse_order(deepcopy(GOLDEN))), load("en"))
    for axis in (WIDE, NARROW, LARGE):
        ticks = days_axis(start, start + timedelta(days=days), phrases, axis)
        assert ticks or days < 62
        assert len(ticks) <= axis.most + 1
