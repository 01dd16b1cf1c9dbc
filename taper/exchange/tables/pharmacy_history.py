"""Read pharmacy histories: a plain CSV of fills, and the drug_exposure table of OMOP.

A fill lasts from its day for its days of supply, both ends counted (the convention of OHDSI's Themis group); where
the days are missing, as long as the daily amount on its label makes the quantity last. A recorded last day is the
truth, whatever the supply was for. Days are never assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from datetime import date, timedelta
from typing import NamedTuple

from taper.checker.texts import say
from taper.checker.wording import as_written, count_text, file_day
from taper.exchange.collector import Collector, day_of, last_day
from taper.exchange.conventions import AS_RECORDED, Supplies
from taper.exchange.medicine import exact
from taper.exchange.record_lines import Line, Meaning
from taper.exchange.supplies import Fill, Open, Reversal, add_fills
from taper.exchange.tables.csv_rows import header_of, rows
from taper.exchange.tables.meaning import Meant, meant_by
from taper.exchange.tables.supply import BY_END, Problem
from taper.quantity import Ml, Pieces
from taper.values import dataclass

COLUMNS: dict[str, tuple[str, ...]] = {
    "date": ("date", "fill_date", "date_filled", "dispensed_on", "dispense_date", "date_dispensed"),
    "product": ("product", "drug", "drug_name", "medication", "medicine"),
    "strength": ("strength",),
    "quantity": ("quantity", "qty", "quantity_dispensed"),
    "days": ("days_of_supply", "days_supply", "day_supply", "supply_days"),
    "sig": ("sig", "directions", "instructions"),
    "person": ("patient", "patient_id", "person", "person_id"),
    "refills": ("refills", "number_of_refills", "refills_authorized"),
}
"""Accepted names for the columns of a pharmacy history."""

OMOP_TYPES: dict[str, Meaning] = {
    "32838": "intended",
    "32839": "intended",
    "32833": "intended",
    "38000177": "intended",
    "32825": "supplied",
    "32857": "supplied",
    "32869": "supplied",
    "38000175": "supplied",
    "38000176": "supplied",
    "32818": "taken",
    "32865": "taken",
}
"""OMOP's drug types: orders and prescriptions; dispensings, mail orders and pharmacy claims; administrations and
what patients report themselves."""


_CELLS = ("person", "date", "product", "strength", "quantity", "days", "sig", "refills")
"""The cells of a row that a pharmacy history has."""
MAX_RECORDED_DAYS = 3660
_MINUS = ("-", "−", "–")


class HistoryRow(NamedTuple):
    """A row, whichever table it came from: cells without blanks around them, empty where there is none."""

    place: str
    meaning: Meaning
    person: str
    day: str
    product: str
    strength: str
    quantity: str
    days: str
    sig: str
    refills: str = ""
    recorded_end: str = ""
    end: str = ""


@dataclass
class _Table:
    """What is collected from a table.

    Attributes:
        collector: Its lines and remarks.
        fills: What was handed out.
        opened: What was handed out for days that are not known.
        reversals: What was taken back.
        refills: By meaning and person, how many rows name refills, and where the first is.
    """

    collector: Collector = field(default_factory=Collector)
    fills: list[Fill] = field(default_factory=list)
    opened: list[Open] = field(default_factory=list)
    reversals: list[Reversal] = field(default_factory=list)
    refills: dict[tuple[Meaning, str], tuple[int, str]] = field(default_factory=dict)

    def whole(self) -> Collector:
        """Turn the fills into lines, and return all that was collected."""
        add_fills(self.collector, self.fills, self.opened, self.reversals)
        for (meaning, person), (count, place) in self.refills.items():
            self.collector.note(
                "supply",
                say("remark.refills", rows=count_text(count, "row")),
                place,
                meaning,
                person,
            )
        return self.collector


def is_history(header: tuple[str, ...]) -> bool:
    """Return whether a header is that of a pharmacy history."""
    return all(set(COLUMNS[name]) & set(header) for name in ("date", "product", "quantity"))


def is_omop(header: tuple[str, ...]) -> bool:
    """Return whether a header is that of OMOP's drug_exposure."""
    return {"drug_exposure_start_date", "drug_concept_id"} <= set(header)


class Table(NamedTuple):
    """One of the tables of this module.

    Attributes:
        kind: What it is called.
        origin: What its schedules say they come from.
        people: Accepted names for the column of the person.
        collect: Collects some of its rows.
    """

    kind: str
    origin: str
    people: tuple[str, ...]
    collect: Callable[[tuple[str, ...], Iterable[tuple[int | str, Mapping[str, str]]], Supplies], Collector]

    def person_column(self, header: tuple[str, ...]) -> str:
        """Return the name of the column of the person; empty if there is none."""
        return next((name for name in self.people if name in header), "")


def table_of(header: tuple[str, ...]) -> Table | None:
    """Return which of the tables of this module a header is that of."""
    if is_omop(header):
        return Table("OMOP drug_exposure", "omop", ("person_id",), collect_omop)
    if is_history(header) and not {"start", "end"} <= set(header) and "step" not in header:
        return Table("pharmacy history", "history", COLUMNS["person"], collect_history)
    return None


def read_history(text: str, supplied: Supplies = AS_RECORDED) -> Collector:
    """Read a pharmacy history: date, product, strength, quantity, days of supply, sig.

    Raises:
        ScheduleError: Not a table; names the line. A row that is not understood is a remark instead.
    """
    return collect_history(header_of(text), rows(text), supplied)


def collect_history(
    header: tuple[str, ...], lines: Iterable[tuple[int | str, Mapping[str, str]]], supplied: Supplies = AS_RECORDED
) -> Collector:
    """Collect the rows of a pharmacy history, each with its line: a number, or number and file."""
    named = [next((name for name in COLUMNS[key] if name in header), "") for key in _CELLS]
    return collect_rows(
        (HistoryRow(f"line {line}", "supplied", *(cells.get(name, "") for name in named)) for line, cells in lines),
        supplied,
    )


def collect_rows(lines: Iterable[HistoryRow], supplied: Supplies = AS_RECORDED) -> Collector:
    """Collect rows of a pharmacy history that are told apart already."""
    table = _Table(Collector(supplied=supplied))
    for row in lines:
        _read(table, row)
    return table.whole()


def read_omop(text: str, supplied: Supplies = AS_RECORDED) -> Collector:
    """Read OMOP's drug_exposure. Concepts need a vocabulary: the drug is read from `drug_source_value`, or a name.

    Raises:
        ScheduleError: Not a table; names the line.
    """
    return collect_omop(header_of(text), rows(text), supplied)


def collect_omop(
    _header: tuple[str, ...], lines: Iterable[tuple[int | str, Mapping[str, str]]], supplied: Supplies = AS_RECORDED
) -> Collector:
    """Collect the rows of OMOP's drug_exposure."""
    table = _Table(Collector(supplied=supplied))
    for line, cells in lines:
        place, get = f"line {line}", cells.get
        person = get("person_id", "")
        meaning = OMOP_TYPES.get(get("drug_type_concept_id", ""))
        if meaning is None:
            table.collector.note(
                "unread",
                say("remark.drug type"),
                place,
                person=person,
                quote=get("drug_type_concept_id", "")[:40],
            )
            continue
        _read(
            table,
            HistoryRow(
                place,
                meaning,
                person,
                get("drug_exposure_start_date", ""),
                get("drug_concept_name", "") or get("drug_source_value", ""),
                get("drug_source_value", "") if get("drug_concept_name", "") else "",
                get("quantity", ""),
                get("days_supply", ""),
                get("sig", ""),
                get("refills", ""),
                get("verbatim_end_date", ""),
                get("drug_exposure_end_date", ""),
            ),
        )
    return table.whole()


def _read(table: _Table, row: HistoryRow) -> None:
    """Turn a row into fills, or into a line that keeps its text with a remark on what is missing."""
    day = day_of(row.day)
    end, problem = _recorded_end(row, day)
    recorded = (end - day).days + 1 if end is not None and day is not None else None
    key = (row.product, row.strength, row.quantity, row.days, row.sig, recorded)
    meant = meant_by(*key, None)
    if meant.by_months and day is not None:
        meant = meant_by(*key, day)
    supply = meant.supply
    if day is None:
        problem = Problem("period", say("remark.date not written"), row.day)
    if problem is None and not supply.stretches:
        assert supply.problem is not None
        cells = {"product": row.product, "quantity": row.quantity, "days": row.days, "sig": row.sig}
        problem = supply.problem._replace(quote=cells.get(supply.problem.quote, row.days or row.sig))
    if row.refills and exact(row.refills):
        count, place = table.refills.get((row.meaning, row.person), (0, row.place))
        table.refills[row.meaning, row.person] = count + 1, place
    if problem is not None or day is None:
        assert problem is not None
        if not meant.medicine.by_mouth:  # no part of what is taken, and no day of which nothing is known
            table.collector.note(
                problem.kind, problem.text, row.place, row.meaning, row.person, quote=problem.quote[:200]
            )
            return
        if _set_aside(table, row, meant, day, problem):
            return
        _keep_words(table.collector, row, meant, day, problem)
        return
    if supply.problem is not None:
        table.collector.note(
            supply.problem.kind,
            supply.problem.text,
            row.place,
            row.meaning,
            row.person,
            quote=row.sig[:200],
            on=day if supply.problem.kind == "mismatch" else None,
            measured=supply.problem.measured,
            limit=supply.problem.limit,
        )
    _add_fills_of(table, row, meant, day, end)


def _set_aside(table: _Table, row: HistoryRow, meant: Meant, day: date | None, problem: Problem) -> bool:
    """Keep a reversal, and a supply of which only the days are not known; return whether the row is one of these."""
    medicine, written = meant.medicine, row.quantity.strip()
    if day is None or not medicine.drug or medicine.strength is None:
        return False
    if written[:1] in _MINUS:
        taken_back = exact(written[1:])
        if taken_back and problem.kind == "unread":
            table.reversals.append(Reversal(row.place, row.person, row.meaning, day, medicine, taken_back))
        return bool(taken_back) and problem.kind == "unread"
    amount = exact(row.quantity)
    if not amount or meant.supply.problem is None or not meant.supply.problem.open_days:
        return False
    handed = Ml(amount) if medicine.liquid else Pieces(amount)
    what = (day, medicine, handed, row.sig, problem.text, problem.quote)
    table.opened.append(Open(row.place, row.person, row.meaning, *what))
    return True


def _keep_words(collector: Collector, row: HistoryRow, meant: Meant, day: date | None, problem: Problem) -> None:
    """Keep a row without a dose, with a remark on why."""
    collector.note(problem.kind, problem.text, row.place, row.meaning, row.person, quote=problem.quote[:200], on=day)
    drug, product = meant.medicine.drug, meant.medicine.product
    days = meant.supply.days
    collector.add(Line(row.meaning, row.place, drug, product, day, text=row.sig, person=row.person, days=days))


def _recorded_end(row: HistoryRow, day: date | None) -> tuple[date | None, Problem | None]:
    """Return the recorded last day, and what is wrong with it."""
    written = row.recorded_end or row.end
    if not written or day is None:
        return None, None
    end = day_of(written)
    if end is None:
        return None, Problem("period", say("remark.last not written"), written)
    if not row.recorded_end and exact(row.days) == (end - day).days + 1:
        return None, None  # it follows from the days of supply, and says nothing of its own
    if not 0 <= (end - day).days < MAX_RECORDED_DAYS:
        return None, Problem("period", say("remark.last before or late", end=file_day(end)), written)
    if end == day and not row.recorded_end and row.days not in ("", "0", "1"):
        text = say("remark.last is first", days=as_written(row.days[:20]))
        return None, Problem("period", text, written)
    return end, None


def _add_fills_of(table: _Table, row: HistoryRow, meant: Meant, day: date, end: date | None) -> None:
    """Add a fill for each stretch of a supply; the recorded last day is its last, whatever was supplied."""
    supply, stretches = meant.supply, meant.supply.stretches
    start = day
    for index, (stretch, intakes, amount) in enumerate(zip(stretches, meant.intakes, meant.handed, strict=True)):
        assert stretch.days is not None
        assert amount is not None
        last = index == len(stretches) - 1
        until = None if end is None else (end if last else min(end, last_day(start, stretch.days)))
        if until is not None and until < start:
            break
        days = stretch.days if until is None else (until - start).days + 1
        rule = supply.rule if until is None or until == last_day(start, stretch.days) else BY_END
        table.fills.append(
            Fill(
                row.place,
                row.person,
                start,
                meant.medicine,
                amount,
                days,
                rule,
                row.sig,
                row.meaning,
                intakes,
                stretch.every,
                until,
                last and supply.stops,
            )
        )
        start += timedelta(stretch.days)
