"""The clinician's charts: the dose of each drug, beside it a modeled level, and the sum in diazepam equivalents.

A level is drawn only where a half-life was read, between the shortest and the longest that is published; an equivalent
always as the range of the tables in use. Both say that they are models, or by how many tables they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from taper.catalog.elimination import HalfLives, half_lives_of, levels
from taper.checker.checking import tables_used
from taper.paper.parts import Chart
from taper.paper.phrases import Phrases, bare
from taper.paper.sections.chart import LARGE, NARROW, WIDE, Axis, build_chart, days_axis, doses_axis
from taper.paper.sections.figures import REFERENCE_DRUG, equivalents
from taper.quantity import Mg
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import shown_steps
from taper.values import dataclass

Points = tuple[tuple[Fraction, Fraction], ...]
MOST_POINTS = 180
"""Points of a modeled line: more could not be told apart on paper."""


@dataclass(frozen=True, slots=True)
class ClinicalChart:
    """A chart of the clinician's sheet.

    Attributes:
        chart: Its places and labels.
        levels: Modeled lines, drawn with dashes: the shortest half-life, then the longest.
        edges: Edges of a range, drawn as lines.
        note: What the lines mean, and by which model.
    """

    chart: Chart
    levels: tuple[Points, ...] = ()
    edges: tuple[Points, ...] = ()
    note: str = ""


def clinical_charts(schedule: Schedule, phrases: Phrases) -> tuple[ClinicalChart, ...]:
    """Build a chart for each drug, and one of the equivalents where there is anything to convert."""
    converted = any(drug != REFERENCE_DRUG for drug in schedule.drugs)
    several = len(schedule.drugs) + converted > 1
    axis = LARGE if several else WIDE  # several stand side by side
    charts = [_of_drug(schedule, drug, phrases, axis) for drug in schedule.drugs]
    sum_of_all = _of_equivalents(schedule, phrases, axis) if converted else None
    return (*charts, *([sum_of_all] if sum_of_all is not None else []))


def chart_notes(charts: tuple[ClinicalChart, ...], phrases: Phrases) -> tuple[str, ...]:
    """Say how to read the charts: what is the dose, what is a model."""
    say, notes = phrases.words.clinician, ["chart_dose"]
    notes += ["chart_average"] if any(figure.chart.note for figure in charts) else []
    notes += ["chart_level"] if any(figure.levels for figure in charts) else []
    return tuple(say[name] for name in notes)


def modeled(schedule: Schedule) -> Iterator[tuple[str, HalfLives]]:
    """Yield each drug of a schedule whose level is modeled, with its half-lives."""
    for drug in schedule.drugs:
        found = half_lives_of(drug)
        if found is not None:
            yield drug, found


def half_life_text(found: HalfLives, phrases: Phrases) -> str:
    """Write the half-lives of a drug, and those of its metabolites where they were read."""
    say = phrases.words.clinician
    hours = _hours(found.low, found.high, phrases)
    if not found.metabolites:
        return say["half_life"].format(hours=hours)
    return say["half_life_metabolites"].format(
        hours=hours, others=_hours(min(found.metabolites), max(found.metabolites), phrases)
    )


def _hours(low: Fraction, high: Fraction, phrases: Phrases) -> str:
    least, most = (phrases.number(value) for value in (low, high))
    return least if low == high else phrases.words.clinician["range"].format(low=least, high=most)


def _of_drug(schedule: Schedule, drug: str, phrases: Phrases, axis: Axis) -> ClinicalChart:
    chart, found, say = build_chart(schedule, drug, phrases, axis), half_lives_of(drug), phrases.words.clinician
    if found is None:
        return ClinicalChart(chart, note=say["chart_no_level"])
    top, _ = doses_axis(max(step.totals.get(drug, Mg(0)) for step in schedule.steps), phrases)
    lines = tuple(_level(schedule, drug, hours, top) for hours in dict.fromkeys((found.low, found.high)))
    return ClinicalChart(chart, lines, note=say["chart_half_life"].format(half_life=half_life_text(found, phrases)))


def _level(schedule: Schedule, drug: str, half_life: Fraction, top: Mg) -> Points:
    """Place a modeled level on the axes of the dose; a weekly pattern counts with its average, as its line does."""
    first, last = schedule.steps[0].start, schedule.steps[-1].end
    taken = {
        step.start + timedelta(days=offset): step.averages.get(drug, Mg(0))
        for step in shown_steps(schedule.steps)
        for offset in range(step.days)
    }
    days = (last - first).days + 1
    doses = [taken.get(first + timedelta(days=offset), Mg(0)) for offset in range(days)]
    apart = -(-days // MOST_POINTS)
    # the axis ends with the stop, or with the last day of the plan
    length = (schedule.stopped_on - first).days if schedule.stopped_on else days
    found = enumerate(levels(doses, half_life))
    return tuple(
        (Fraction(day, length), level / top.value)
        for day, level in found
        if day <= length and (day % apart == 0 or day == days)
    )


def _of_equivalents(schedule: Schedule, phrases: Phrases, axis: Axis) -> ClinicalChart | None:
    """Build the chart of the range of equivalents; None where no table has all the drugs of a step."""
    first, last = schedule.steps[0].start, schedule.stopped_on or schedule.steps[-1].end + timedelta(days=1)
    days, say = max((last - first).days, 1), phrases.words.clinician
    spans = [(step, found) for step in shown_steps(schedule.steps) if (found := equivalents(schedule, step))]
    highest = max((high for _, (_, high) in spans), default=Mg(0))
    if not highest:
        return None
    top, y_ticks = doses_axis(highest, phrases)
    bands = tuple(
        (
            Fraction((step.start - first).days, days),
            Fraction((step.end - first).days + 1, days),
            low / top,
            high / top,
        )
        for step, (low, high) in spans
    )
    tables = tables_used(schedule)
    number = len(tables)
    alt = say["chart_equivalent_alt"].format(
        tables=phrases.words.counted("table", number),
        first=_span(spans[0][1], phrases),
        start=phrases.dated(spans[0][0].start),
        last=_span(spans[-1][1], phrases),
        end=phrases.dated(spans[-1][0].start),
    )
    note = say["chart_equivalent_note" if number > 1 else "chart_equivalent_one"].format(
        tables=phrases.words.counted("table", number), title=phrases.apart(tables[0].title, name=True)
    )
    chart = Chart(
        say["chart_equivalent"],
        bare(alt),
        (),
        days_axis(first, last, phrases, axis),
        y_ticks,
        ends=False,
        few_ticks=days_axis(first, last, phrases, NARROW),
        bands=bands,
    )
    edges = tuple(edge for side in (2, 3) for edge in _edges(bands, side))
    return ClinicalChart(chart, edges=edges, note=note)


def _edges(bands: tuple[tuple[Fraction, Fraction, Fraction, Fraction], ...], side: int) -> Iterator[Points]:
    """Yield one side of the bands as lines, a new one after days that no table or no step speaks of."""
    run: list[tuple[Fraction, Fraction]] = []
    for band in bands:
        if run and run[-1][0] != band[0]:
            yield tuple(run)
            run = []
        run += [(place, band[side]) for place in band[:2]]
    yield tuple(run)


def _span(found: tuple[Mg, Mg], phrases: Phrases) -> str:
    low, high = map(phrases.computed_dose, found)
    return low if low == high else phrases.words.clinician["range"].format(low=low, high=high)
