"""Read pharmacy histories: a plain CSV of fills, and the drug_exposure table of OMOP.

A fill lasts from its day for its days of supply, both ends counted (the convention of OHDSI's Themis group); where
the days are missing, as long as the daily amount on its label makes the quantity last. Days are never assumed.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from taper.exchange.collector import Collector, Fill, add_fills, day_of, whole_days
from taper.exchange.dosage_text import plain_facts
from taper.exchange.medicine import Medicine, exact, medicine
from taper.exchange.record_lines import Line, Meaning
from taper.exchange.tables.csv_rows import rows
from taper.quantity import Ml, Pieces, exact_text, plain_text
from taper.schedule.schedule import RemarkKind

COLUMNS: dict[str, tuple[str, ...]] = {
    "date": ("date", "fill_date", "date_filled", "dispensed_on", "dispense_date", "date_dispensed"),
    "product": ("product", "drug", "drug_name", "medication", "medicine"),
    "strength": ("strength",),
    "quantity": ("quantity", "qty", "quantity_dispensed"),
    "days": ("days_of_supply", "days_supply", "day_supply", "supply_days"),
    "sig": ("sig", "directions", "instructions"),
    "person": ("patient", "patient_id", "person", "person_id"),
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


class _Row(NamedTuple):
    """A row, whichever table it came from."""

    place: str
    meaning: Meaning
    person: str
    day: str
    end: str
    product: str
    strength: str
    quantity: str
    days: str
    sig: str


def is_history(header: tuple[str, ...]) -> bool:
    """Return whether a header is that of a pharmacy history."""
    return all(set(COLUMNS[name]) & set(header) for name in ("date", "product", "quantity"))


def is_omop(header: tuple[str, ...]) -> bool:
    """Return whether a header is that of OMOP's drug_exposure."""
    return {"drug_exposure_start_date", "drug_concept_id"} <= set(header)


def read_history(text: str) -> Collector:
    """Read a pharmacy history: date, product, strength, quantity, days of supply, sig.

    Raises:
        ScheduleError: Not a table; names the line. A row that is not understood is a remark instead.
    """
    collector, fills = Collector(), list[Fill]()
    for line, cells in rows(text):
        values = {key: next((cells[name] for name in names if name in cells), "") for key, names in COLUMNS.items()}
        _read(
            collector,
            fills,
            _Row(
                f"line {line}",
                "supplied",
                values["person"],
                values["date"],
                "",
                values["product"],
                values["strength"],
                values["quantity"],
                values["days"],
                values["sig"],
            ),
        )
    add_fills(collector, fills)
    return collector


def read_omop(text: str) -> Collector:
    """Read OMOP's drug_exposure. Concepts need a vocabulary: the drug is read from `drug_source_value`, or a name.

    Raises:
        ScheduleError: Not a table; names the line.
    """
    collector, fills = Collector(), list[Fill]()
    for line, cells in rows(text):
        place, get = f"line {line}", cells.get
        person = get("person_id", "")
        meaning = OMOP_TYPES.get(get("drug_type_concept_id", ""))
        name = get("drug_concept_name", "") or get("drug_source_value", "")
        if meaning is None:
            collector.note(
                "unread",
                "The drug type does not say whether this was prescribed, handed out or taken",
                place,
                person=person,
                quote=get("drug_type_concept_id", "")[:40],
            )
            continue
        days, end = get("days_supply", ""), get("drug_exposure_end_date", "")
        _read(
            collector,
            fills,
            _Row(
                place,
                meaning,
                person,
                get("drug_exposure_start_date", ""),
                end,
                name,
                "",
                get("quantity", ""),
                days,
                get("sig", ""),
            ),
        )
    add_fills(collector, fills)
    return collector


def _read(collector: Collector, fills: list[Fill], row: _Row) -> None:
    """Turn a row into a fill, or into a line that keeps its text with a remark on what is missing."""
    medicine = _medicine(row.product, row.strength)
    day, quantity = day_of(row.day), exact(row.quantity)
    daily = _daily(row.sig)
    problem: tuple[RemarkKind, str, str] | None = None
    days, rule = whole_days(exact(row.days)), "days of supply"
    if days is None and row.end and day is not None and not row.days:
        end = day_of(row.end)
        days, rule = (whole_days(Fraction((end - day).days + 1)) if end else None), "recorded last day"
    if days is None and not row.days and daily and quantity:
        days, rule = whole_days(quantity / daily), "quantity over the daily amount on the label"
    if day is None:
        problem = "period", "The date is not written as year-month-day", row.day
    elif not medicine.drug:
        problem = "unread", "It is not clear which drug is meant", row.product
    elif quantity is None or not quantity:
        problem = "unread", "The quantity is not a number", row.quantity
    elif medicine.strength is None:
        problem = (
            "unit",
            "The strength of the product is not recorded, so the quantity does not lead to mg",
            row.product,
        )
    elif days is None:
        problem = "period", "The days of supply are not a whole number from 1 to 400", row.days or row.sig
    if problem is not None:
        kind, text, quote = problem
        collector.note(kind, text, row.place, row.meaning, row.person, quote=quote[:200], on=day)
        collector.add(
            Line(
                row.meaning, row.place, medicine.drug, medicine.product, day, text=row.sig, person=row.person, days=days
            )
        )
        return
    assert day is not None
    assert quantity is not None
    assert days is not None
    if row.sig and daily is None:
        collector.note(
            "text", "The directions were kept as words", row.place, row.meaning, row.person, quote=row.sig[:200]
        )
    elif daily is not None and daily * days != quantity:
        collector.note(
            "mismatch",
            f"The directions say {plain_text(daily)} a day, but the quantity over its days gives "
            f"{plain_text(quantity / days)}",
            row.place,
            row.meaning,
            row.person,
            quote=row.sig[:200],
            on=day,
            measured=exact_text(daily),
            limit=exact_text(quantity / days),
        )
    amount = Ml(quantity) if medicine.liquid else Pieces(quantity)
    fills.append(Fill(row.place, row.person, day, medicine, amount, days, rule, row.sig, row.meaning))


@lru_cache(maxsize=4096)
def _medicine(product: str, strength: str) -> Medicine:
    by_name = medicine(product)
    return by_name if by_name.strength is not None or not strength else medicine(f"{product} {strength}")


@lru_cache(maxsize=4096)
def _daily(sig: str) -> Fraction | None:
    """Return the pieces a day if the directions give them clearly, else None."""
    facts = plain_facts(sig)
    if not facts.whole or facts.if_needed or facts.count is None or facts.often is None:
        return None
    return facts.count * facts.often
