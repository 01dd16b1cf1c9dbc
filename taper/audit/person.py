"""One person: the rows, read and checked by the code of `taper check`, and what is counted of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any

from taper import catalog
from taper.audit.conventions import GAPS, Conventions
from taper.audit.measures import End, band, measures_of
from taper.audit.shareable import OTHER
from taper.audit.sources import FHIR, OMOP
from taper.catalog import EquivalenceTable
from taper.checker import checking
from taper.checker.falls import REFERENCE_DRUG, convert
from taper.checker.rules import RULES_OF_RECORDS
from taper.checker.texts import say
from taper.errors import ScheduleError, TaperError
from taper.exchange.collector import Collector, day_of
from taper.exchange.conventions import Supplies
from taper.exchange.fhir.read import read_fhir
from taper.exchange.no_supply import ending_of
from taper.exchange.reading import Reading, laid_out, one_subject
from taper.exchange.record_lines import Line
from taper.exchange.tables.csv_rows import plain_cell
from taper.exchange.tables.pharmacy_history import HistoryRow, collect_omop, collect_rows
from taper.finding import Finding, Report
from taper.loading import load_json
from taper.quantity import Mg
from taper.schedule.curve import Doses, Level, curve
from taper.schedule.schedule import Remark, Schedule
from taper.values import dataclass

Row = Mapping[str, Any]
_HISTORY_CELLS = itemgetter("product", "strength", "quantity", "days", "sig", "refills")
_OMOP_CELLS = {
    "person_id": "person",
    "drug_exposure_start_date": "day",
    "drug_concept_name": "product",
    "drug_source_value": "source_value",
    "quantity": "quantity",
    "days_supply": "days",
    "sig": "sig",
    "refills": "refills",
    "drug_type_concept_id": "type",
    "verbatim_end_date": "verbatim_end",
    "drug_exposure_end_date": "end",
}
_OVERLAPS = re.compile("counted from the day after|replaced by the next")
_LEFT_OVER = "are left over"
MOST_PLACES = 20
_READ = ("supply", "text", "time", "quantity")
"""Kinds of remarks on rows that were read."""


@dataclass(frozen=True)
class Judged:
    """A person, judged.

    Attributes:
        reading: What the rows hold; None if they cannot be laid out.
        schedule: What was supplied; None likewise.
        report: What the checker found; None likewise.
        error: Why they cannot be laid out; else empty.
    """

    reading: Reading | None
    schedule: Schedule | None
    report: Report | None
    error: str = ""

    @cached_property
    def meaning(self) -> str:
        """What was checked: intended, supplied or taken."""
        return self.reading.meanings[0] if self.reading is not None else ""

    @property
    def is_of_fills(self) -> bool:
        """Whether it is a history of what was handed out or prescribed, fill by fill; an order of FHIR is none."""
        return self.reading is None or self.reading.format != FHIR or self.meaning == "supplied"

    @cached_property
    def remarks(self) -> str:
        """All remarks, one after the other."""
        return "\n".join(remark.text for remark in self.reading.remarks) if self.reading is not None else ""

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of the schedule."""
        if self.reading is None:
            return []
        meaning = self.meaning
        return one_subject([line for line in self.reading.lines if line.meaning == meaning])[0]


def judge(rows: Sequence[Row], conventions: Conventions) -> Judged:
    """Read and check the rows of one person: the findings are those of ``taper check --person``.

    Rules that need an order are left out: they would only say that they were not evaluated.

    Args:
        rows: The rows of one person, in the order of their source.
        conventions: The conventions.
    """
    try:
        conventions = conventions_of(rows, conventions)
        reading = reading_of(rows, conventions.supplies)
        schedule = reading.schedule()
        named, tables = conventions.guidelines or None, conventions.tables or None
        report = checking.check(schedule, RULES_OF_RECORDS, guidelines=named, tables=tables)
    except TaperError as problem:
        return Judged(None, None, None, problem.message)
    return Judged(reading, schedule, report)


def conventions_of(rows: Sequence[Row], conventions: Conventions) -> Conventions:
    """Return the conventions for one person, about whom the data may end sooner: by death, or by leaving.

    Raises:
        ScheduleError: The rows do not say so as one day.
    """
    said = {plain_cell(row["known_until"]) for row in rows} - {""}
    if not said:
        return conventions
    days = {day_of(text) for text in said}
    if len(days) > 1 or None in days:
        raise ScheduleError("until when this person is known is not one day, written as year-month-day")
    return replace(conventions, end_of_data=min(conventions.end_of_data, *(day for day in days if day is not None)))


def reading_of(rows: Sequence[Row], supplied: Supplies) -> Reading:
    """Read the rows of one person, whichever tables they come from.

    Raises:
        ScheduleError: They cannot be laid out.
    """
    by_kind: dict[str, list[Row]] = {}
    for row in rows:
        by_kind.setdefault(str(row["kind"]), []).append(row)
    collectors = [(kind, _collected(kind, own, supplied)) for kind, own in by_kind.items()]
    kind, collector = collectors[0]
    for _, other in collectors[1:]:
        collector.lines += other.lines
        collector.notes += other.notes
    origin = {OMOP: "omop", FHIR: "fhir"}.get(kind, "history")
    return laid_out(kind, origin, collector)


def _collected(kind: str, rows: Sequence[Row], supplied: Supplies) -> Collector:
    if kind == OMOP:
        cells = ((_line(row), {name: plain_cell(row[own]) for name, own in _OMOP_CELLS.items()}) for row in rows)
        return collect_omop(tuple(_OMOP_CELLS), cells, supplied)
    if kind == FHIR:
        return _of_fhir(rows, supplied)
    named = (
        HistoryRow(
            f"line {_line(row)}",
            "supplied",
            plain_cell(row["person"]),
            plain_cell(row["day"]),
            *_plain_cells(*_HISTORY_CELLS(row)),
        )
        for row in rows
    )
    return collect_rows(named, supplied)


@lru_cache(maxsize=16384)
def _plain_cells(*cells: str) -> tuple[str, ...]:
    """Return cells without blanks around them: most rows say the same few things."""
    return tuple(map(plain_cell, cells))


def _line(row: Row) -> int | str:
    """Return where a row stands: its line, and its file where there are several."""
    return f"{row['number']} of {row['source']}" if row["source"] else int(row["number"])


def _of_fhir(rows: Sequence[Row], supplied: Supplies) -> Collector:
    resources: list[dict[str, Any]] = []
    places: list[str] = []
    broken = 0
    for row in rows:
        kept = json.loads(row["resource"])
        try:
            value = load_json(kept["text"], ScheduleError)
        except ScheduleError:
            value = None
        if not isinstance(value, dict) or not isinstance(value.get("resourceType"), str):
            broken += 1
            continue
        resources.append(value)
        places.append(kept["place"])
    if not resources:
        raise ScheduleError(f"{broken} lines are no FHIR resource; write one a line")
    collector = read_fhir(resources, None, supplied, places)
    if broken:
        collector.note("unread", say("remark.no resource", count=broken))
    return collector


@lru_cache(maxsize=65536)
def span_of(drugs: tuple[str, ...], named: tuple[str, ...], doses: Doses) -> tuple[Mg, Mg] | None:
    """Return the lowest and highest diazepam equivalent of daily doses across all tables that have the drugs.

    Args:
        drugs: All drugs of the person.
        named: Tables to compare by instead.
        doses: The daily doses.
    """
    tables = _tables(drugs, named)
    found = [value for table in tables if (value := convert(table, doses)) is not None]
    return (min(low for low, _ in found), max(high for _, high in found)) if found else None


def of_person(person: str, rows: Sequence[Row], judged: Judged, conventions: Conventions) -> dict[str, Any]:
    """Return what is counted of a person, as columns of the table of persons."""
    last_row = rows[-1]
    if judged.schedule is not None:
        conventions = conventions_of(rows, conventions)
    found: dict[str, Any] = {
        "person": person,
        **{name: last_row[name] for name in ("practice", "prescriber", "sex", "age_band")},
        "rows": sum(1 for row in rows if row["kind"] != FHIR or '"place": ""' not in row["resource"]),
        "checked": True,
        "error": judged.error,
        "meaning": judged.meaning,
    }
    if judged.schedule is None or judged.report is None:
        return found | {"status": "not read"}
    levels, lines = curve(judged.schedule), judged.lines
    ending = _of_ending(lines, conventions) if judged.is_of_fills else _as_recorded(judged.schedule, conventions)
    return (
        found
        | ending
        | _of_levels(levels, judged.schedule, lines, ending["status"], conventions)
        | _of_report(judged.report)
        | {"unread": sum(1 for _ in unread_of(judged)), "known_until": conventions.end_of_data}
    )


def _as_recorded(schedule: Schedule, conventions: Conventions) -> dict[str, Any]:
    """Return how an order ends: what it says itself, for no convention makes a stop of the end of an order."""
    taken = [step.end for step in schedule.steps if step.intakes]
    if not taken:
        return {"status": "not read"}
    last = max(taken)
    status = "on treatment" if last >= conventions.end_of_data else "unknown"
    if schedule.stopped_on is not None and schedule.stopped_on <= conventions.end_of_data:
        status = "stopped"
    same = {f"{prefix}_{gap}": status for prefix in ("status", "other") for gap in GAPS}
    return {"status": status, "last_day": last, "breaks": 0, **same}


def _of_ending(lines: list[Line], conventions: Conventions) -> dict[str, Any]:
    ending = ending_of(lines, conventions.supplies)
    if ending is None:
        return {"status": "not read"}
    whole = {"status": ending.status, "last_day": ending.last, "breaks": len(ending.gaps)}
    return whole | {f"status_{gap}": ending.status_by(gap) for gap in GAPS}


def statuses_without_carry_over(rows: Sequence[Row], judged: Judged, conventions: Conventions) -> dict[str, str]:
    """Return how the supplies of a person end by the other convention on early refills, for each gap.

    Args:
        rows: The rows.
        judged: The person, judged by the conventions; where nothing was fetched early both conventions say the same.
        conventions: The conventions.
    """
    lines = judged.lines
    if judged.reading is None or not judged.is_of_fills:
        return {}
    other = replace(conventions_of(rows, conventions), carry_over=not conventions.carry_over).supplies
    if any(_OVERLAPS.search(line.rule) for line in lines) or _LEFT_OVER in judged.remarks:
        reading = reading_of(rows, replace(other, gap=None))
        meaning = reading.meanings[0]
        lines = one_subject([line for line in reading.lines if line.meaning == meaning])[0]
    ending = ending_of(lines, other)
    return {f"other_{gap}": ending.status_by(gap) if ending is not None else "not read" for gap in GAPS}


def _of_levels(
    levels: tuple[Level, ...], schedule: Schedule, lines: list[Line], status: str, conventions: Conventions
) -> dict[str, Any]:
    taken = [level for level in levels if level.doses]
    if not taken:
        return {}
    spans = [span_of(schedule.drugs, conventions.tables, level.doses) for level in taken]
    highs = [span[1] for span in spans if span is not None]
    first, last = taken[0].start, max(level.end for level in taken)
    data = conventions.end_of_data.toordinal()
    seen = data if status in ("stopped", "on treatment") else last.toordinal()
    end = End(data, max(seen, last.toordinal()), all(line.intakes is not None for line in lines))
    doses = [span[1] if span else None for span in spans]
    days = [(level.start.toordinal(), level.end.toordinal() + 1) for level in taken]
    supplied = sum(line.days or 0 for line in lines if line.intakes)
    measured = measures_of(days, doses, supplied, end, conventions)
    return {
        "drugs": "+".join(dict.fromkeys(drug if drug in catalog.drugs() else OTHER for drug in schedule.drugs)),
        "first_day": first,
        "covered": sum(level.days for level in taken),
        "span": (last - first).days + 1,
        "first_low": _number(spans[0][0] if spans[0] else None),
        "first_high": _number(spans[0][1] if spans[0] else None),
        "last_low": _number(spans[-1][0] if spans[-1] else None),
        "last_high": _number(spans[-1][1] if spans[-1] else None),
        "peak_high": _number(max(highs) if len(highs) == len(taken) else None),
        "last_band": band(spans[-1][1] if spans[-1] else None),
        **measured._asdict(),
    }


@lru_cache(maxsize=1024)
def _tables(drugs: tuple[str, ...], named: tuple[str, ...]) -> tuple[EquivalenceTable, ...]:
    """Return the tables whose range is shown: those that are named, else all that have the drugs."""
    if named:
        return tuple(catalog.table(name) for name in named)
    return tuple(
        table
        for table in catalog.judging_tables()
        if all(drug == REFERENCE_DRUG or table.row(drug) is not None for drug in drugs)
    )


def _number(dose: Mg | None) -> str:
    return "" if dose is None else dose.number


def _of_report(report: Report) -> dict[str, Any]:
    pace = [finding for finding in report.findings if finding.code.startswith("T1")]
    worst = max((finding.severity for finding in pace), default=None)
    return {
        "codes": " ".join(f"{finding.code}:{finding.severity.value}" for finding in report.findings),
        "worst": str(report.worst or ""),
        "pace_worst": str(worst or ""),
    }


def findings_of(person: str, judged: Judged) -> Iterable[dict[str, Any]]:
    """Yield the findings of a person, each run of days for itself, with the rows from which it follows."""
    if judged.report is None or judged.schedule is None:
        return
    drugs = "+".join(judged.schedule.drugs)
    for finding in judged.report.findings:
        for run in finding.runs or (finding,):
            yield {
                "person": person,
                "drug": drugs,
                "code": run.code,
                "severity": run.severity.value,
                "on": run.on,
                "until": run.until,
                "measured": run.measured,
                "limit": run.limit,
                "message": run.message,
                "source": "; ".join(f"{source.title}, {source.locator}" for source in run.sources),
                "rows": _places(run, judged.lines),
            }


def _places(finding: Finding, lines: list[Line]) -> str:
    """Return the rows that cover the days of a finding and the day before."""
    if finding.on is None:
        return ""
    first, last = finding.on.toordinal() - 1, (finding.until or finding.on).toordinal()
    places = dict.fromkeys(
        line.place
        for line in lines
        if line.start and line.end and line.start.toordinal() <= last and line.end.toordinal() >= first
    )
    shown = list(places)[:MOST_PLACES]
    return ", ".join(shown) + (f" and {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else "")


def unread_of(judged: Judged) -> Iterable[Remark]:
    """Yield the remarks on rows that do not count: set aside, not understood, taken back, or there twice."""
    if judged.reading is None:
        return
    without_dose = {line.place for line in judged.reading.lines if line.intakes is None}
    for remark in judged.reading.remarks:
        if (
            remark.kind in ("unread", "period", "unit")
            or (remark.kind == "mismatch" and remark.place in without_dose)
            or (remark.kind == "supply" and "cancel each other out" in remark.text)
        ):
            yield remark
