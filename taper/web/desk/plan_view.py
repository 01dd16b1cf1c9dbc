"""The right side of the page as a value: every dose, date and sentence comes from the sections of the papers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from taper.finding import Finding, Report
from taper.order.order import Order
from taper.paper.claims import proved_sheet, proved_text
from taper.paper.parts import DayDoses, Dose, StepRow
from taper.paper.phrases import Phrases, bare, capitalized, words_for
from taper.paper.renderers.html import charts_of, clinical_chart, drawings
from taper.paper.report_told import told_findings, told_report
from taper.paper.request import PrintRequest
from taper.paper.sections import findings, steps
from taper.paper.sections.chart import build_chart
from taper.paper.sections.clinical_charts import chart_notes, clinical_charts
from taper.paper.sections.figures import Table, model_facts, single_cuts, steps_table
from taper.paper.sections.order import brands_text, history_table
from taper.paper.sections.revision import changed_table
from taper.paper.sections.supply_table import supply_table
from taper.paper.sheets.patient import build_handout
from taper.paper.sheets.record import build_record
from taper.planner.leg_ways import products_in_force
from taper.planner.stuck import consequence
from taper.proof.papers.screens import prove_rows
from taper.quantity import percent_text
from taper.schedule.calendar import printable
from taper.schedule.cuts import largest_cut, number_of_cuts
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import shown_steps
from taper.values import dataclass
from taper.web.desk.form import to_fields
from taper.web.desk.page_form import PageForm
from taper.web.desk.words import SAY
from taper.web.desk.work import Work

NOT_RECORDED = "not recorded"
"""In the reason of what was not checked because the order does not say it: the page can ask."""


@dataclass(frozen=True)
class FindingView:
    """A finding on the page: one line, and what opens below it.

    Attributes:
        code: Code of its rule.
        severity: ``alert``, ``warning`` or ``note``.
        headline: The line.
        when: First and last day; empty if it is about none.
        detail: What the line leaves out.
        runs: What else the rule found, a line each.
        advice: What could be done.
        acknowledged: Who has seen it, and why it is gone against.
        sources: Where the limit stands, a line each.
    """

    code: str
    severity: str
    headline: str
    when: str
    detail: str
    runs: tuple[str, ...]
    advice: str
    acknowledged: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class RowView:
    """A row of the table of steps.

    Attributes:
        kind: Whether the plan starts, goes on or stops here.
        label: Number or name of the step.
        dates: First and last day.
        length: Number of days; empty for the stop.
        total: The daily dose.
        cells: What is taken: the doses of each time of day in a cell, or all in one.
        named: Whether a dose says its time of day, because no column does.
        week: What is taken on which days, where they differ.
        numbers: The cut in mg and as a part of the dose before it, or the change in words.
    """

    kind: str
    label: str
    dates: str
    length: str
    total: str
    cells: tuple[tuple[Dose, ...], ...]
    named: bool
    week: tuple[Any, ...]
    numbers: tuple[str, ...]


def plan_head(work: Work, phrases: Phrases) -> dict[str, Any]:
    """Return what always stands at the top: the plan in a sentence, its chart, its findings."""
    schedule, report = phrases.schedule, work.report
    order = schedule.order
    figures = [build_chart(schedule, drug, phrases) for drug in schedule.drugs]
    return {
        "title": steps.summary(schedule, phrases),
        "called": capitalized(brands_text(order)),
        "facts": tuple(_facts(schedule, phrases)),
        "charts": [charts_of(figure) for figure in figures],
        "chart_titles": [figure.title for figure in figures],
        **findings_view(report, order, phrases),
    }


def findings_view(report: Report, order: Order | None, phrases: Phrases) -> dict[str, Any]:
    """Return what the checker says, gravest first, and what it could not look at."""
    report = told_report(report, phrases)
    return {
        "summary": findings.summary(report),
        "findings": [finding_view(one, report, order, phrases) for one in report.gravest_first],
        "not_checked": findings.not_checked(report),
        "not_asked": tuple(str(skipped) for skipped in report.skipped if NOT_RECORDED in skipped.reason),
        "judged_by": report.judged_by,
    }


def _facts(schedule: Schedule, phrases: Phrases) -> Iterator[str]:
    number = number_of_cuts(schedule)
    ends = SAY["cuts"] if schedule.stopped_on is None else f"{SAY['cuts']}, {SAY['cuts_stop']}"
    yield f"{number} {SAY['cut'] if number == 1 and schedule.stopped_on is None else ends}"
    last = schedule.steps[-1]
    if schedule.stopped_on is not None:
        days = (schedule.stopped_on - schedule.steps[0].start).days
        weeks, rest = divmod(days, 7)
        whole = SAY["week_1"] if weeks == 1 else SAY["weeks"].format(number=weeks)
        yield SAY["days"].format(number=days) if rest else whole
        yield SAY["last_day"].format(date=phrases.long_date(schedule.stopped_on - timedelta(days=1)))
    elif schedule.order is None:  # a record ends with its last line, and nothing says what comes then
        yield SAY["until_day"].format(date=phrases.long_date(last.end))
    elif len(schedule.drugs) == 1 and last.total:
        yield SAY["stays"].format(dose=phrases.dose(last.total), date=phrases.long_date(last.start))
    largest = largest_cut(schedule)
    if largest is not None:
        yield SAY["largest"].format(percent=percent_text(largest))


def finding_view(finding: Finding, report: Report, order: Order | None, phrases: Phrases) -> FindingView:
    """Return a finding in the words of the command line and the clinician's sheet."""
    when = "" if finding.on is None else phrases.span(finding.on, finding.until or finding.on)
    seen = report.acknowledgments(finding.code)
    return FindingView(
        finding.code,
        str(finding.severity),
        findings.headline(finding),
        bare(when),
        finding.detail,
        findings.other_runs(finding),
        finding.advice,
        tuple(SAY["seen_by"].format(by=one.by, reason=one.reason) for one in seen),
        findings.source_lines(finding, order),
    )


def steps_view(phrases: Phrases) -> dict[str, Any]:
    """Return the table of steps with its drawings."""
    schedule = phrases.schedule
    rows = list(steps.rows(schedule, phrases))
    prove_rows(schedule, phrases.words.code, rows)
    legend = phrases.products()
    heads = steps.columns(phrases)
    # the doses of one drug by time of day stand in columns; several drugs, or a liquid that says more, in one
    times = [] if _mixed(schedule, rows) else list(dict.fromkeys(d.time for row in rows for d in _doses(row)))
    in_numbers = len(schedule.drugs) == 1 and not any(row.week for row in rows)
    take = _in_order(times, phrases) or [heads[3]]
    numbers = [SAY["cut_column"], SAY["of_current"]] if in_numbers else [heads[4]]
    cuts = _cuts(schedule, phrases, rows) if in_numbers else [(row.change,) for row in rows]
    return {
        "columns": (*heads[:3], *take, *numbers),
        "numbers": len(numbers),
        "rows": [
            RowView(
                row.kind,
                row.label,
                dates,
                row.length,
                row.total,
                _cells(row, take if times else []),
                not times,
                row.week,
                tuple(cut),
            )
            for row, dates, cut in zip(rows, _dates(schedule, phrases, rows), cuts, strict=True)
        ],
        "legend": legend,
        "unused": _unused(schedule),
        **drawings(legend, [regimen for row in rows for regimen in row.regimens]),
    }


def _dates(schedule: Schedule, phrases: Phrases, rows: list[StepRow]) -> list[str]:
    """Write the days of each row in short."""
    found = [bare(phrases.short_span(step.start, step.end)) for step in shown_steps(schedule.steps)]
    return [*found, *(row.dates for row in rows[len(found) :])]


def _doses(row: StepRow) -> tuple[Dose, ...]:
    return row.doses.doses if row.doses is not None else ()


def _mixed(schedule: Schedule, rows: list[StepRow]) -> bool:
    return len(schedule.drugs) > 1 or any(row.week for row in rows)


def _in_order(times: list[str], phrases: Phrases) -> list[str]:
    """Put the names of times of day in the order of the day."""
    return sorted(times, key=list(phrases.words.times.values()).index)


def _cells(row: StepRow, times: list[str]) -> tuple[tuple[Dose, ...], ...]:
    if row.week:
        return ()
    if not times:
        return (_doses(row),)
    return tuple(tuple(dose for dose in _doses(row) if dose.time == time) for time in times)


def _cuts(schedule: Schedule, phrases: Phrases, rows: list[StepRow]) -> list[tuple[str, str]]:
    """Write the cut that leads to each row, in mg and as a part of the dose before it."""
    found = [
        (phrases.computed_dose(cut.amount), percent_text(cut.of_current) if cut.before else "")
        if cut is not None and cut.amount
        else ("", "")
        for cut in single_cuts(schedule)
    ]
    if len(rows) > len(found):  # the row of the stop
        last = schedule.steps[-1].total
        found.append((phrases.computed_dose(last), percent_text(last / last)) if last else ("", ""))
    return found


def _unused(schedule: Schedule) -> str:
    if schedule.order is None:
        return ""
    used = {item.product for step in schedule.steps for intake in step.intakes for item in intake.items}
    names = [ordered.name for ordered in schedule.order.products if ordered.name not in used]
    return SAY["unused"].format(products=", ".join(names)) if names else ""


def calendar_view(request: PrintRequest) -> dict[str, Any]:
    """Return the months of the handout."""
    handout = proved_sheet(build_handout(request), request, "patient")
    regimens: list[DayDoses] = [day.doses for day in handout.days if day.doses is not None]
    return {"handout": handout, **drawings(handout.products, regimens)}


def view(name: str, work: Work, request: PrintRequest) -> dict[str, Any]:
    """Return what stands in the lower part of the page.

    Args:
        name: One of `VIEWS`.
        work: What follows from the page.
        request: The schedule as a clinician's screen shows it, all of it.
    """
    schedule, phrases = request.schedule, request.english
    if name == "calendar":
        return calendar_view(request)
    if name == "supply":
        part = supply_table(work.supply, phrases)
        return {"tables": [part] if part.rows else [], "symbols": ""}
    if name == "levels":
        figures = clinical_charts(schedule, phrases)
        return {
            "figures": figures,
            "levels": [clinical_chart(figure, len(figures) > 1) for figure in figures],
            "notes": chart_notes(figures, phrases),
            "tables": [steps_table(schedule, phrases)],
            "models": model_facts(schedule, phrases),
            "symbols": "",
        }
    if name == "paper":
        said = SAY["preview_note"].format(date=phrases.long_date(request.printed_on))
        return {"printed": said, "symbols": ""}
    if name == "record":
        return {"record_text": proved_text(build_record(request), request), "symbols": ""}
    return steps_view(phrases)


def difference_view(work: Work) -> dict[str, Any] | None:
    """Return how a proposed revision differs from the plan; None if none is proposed."""
    old, new, found = work.planned, work.revised, work.difference
    if old is None or new is None or found is None:
        return None
    before, after = printable(old), printable(new)
    phrases = Phrases(after, words_for(after, "en"))
    table: Table = changed_table(before, after, phrases)
    supply = []
    for line in found.supply:
        amount, words = (line.gained, "more_of") if line.gained else (line.lost, "less_of")
        supply.append(SAY[words].format(amount=phrases.amount(line.product, amount), product=line.product))
    return {
        "table": table,
        "supply": supply,
        "gone": [f"{one.severity} {one.code}: {one.message}" for one in told_findings(found.findings_gone, phrases)],
        "new": [f"{one.severity} {one.code}: {one.message}" for one in told_findings(found.findings_new, phrases)],
    }


def ways_view(work: Work) -> list[dict[str, Any]]:
    """Return the ways out of an order that cannot be carried out: which fields change, and what that leads to."""
    if work.order is None:
        return []
    revised = work.said.revision
    products = {"product": products_in_force(work.order)} if revised else {}
    before = to_fields(work.order.as_data() | {"revise": products | revised})
    return [
        {
            "changes": _changes(before, to_fields(way.data)),
            "leads_to": consequence(way.schedule),
            "findings": findings.summary(way.report),
        }
        for way in work.ways_out
    ]


def _changes(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, str]]:
    """Name the fields that differ, each with the product or the phase that it is of."""
    rows = []
    for name, text in after.items():
        if before.get(name) == text:
            continue
        label = PageForm.label(name)
        table, _, number = name.rpartition(".")[0].rpartition(".")
        if table.endswith("product") and not name.endswith(".name") and f"{table}.{number}.name" in before:
            label = f"{label}, {after[f'{table}.{number}.name']}"
        elif table == "phase" and "phase.1.every" in after:
            label = f"{label}, {SAY['phase']} {int(number) + 1}"
        rows.append((label, text.replace("\n", ", ")))
    return rows


def history_view(order: Order | None, phrases: Phrases) -> Table | None:
    """Return the revisions of an order; None without any."""
    return None if order is None else history_table(order, phrases)


def request_of(schedule: Schedule, work: Work, today: date) -> PrintRequest:
    """Return the schedule as a clinician's screen shows it: all of it, in English as findings are."""
    return PrintRequest(schedule, work.report, printed_on=today, language="en", supply=work.supply, whole=True)
