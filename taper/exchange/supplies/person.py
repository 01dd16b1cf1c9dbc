"""The supplies of each person: which rows count, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from taper.checker.texts import say
from taper.exchange.collector import Collector
from taper.exchange.record_lines import Line
from taper.exchange.supplies.fill import Fill, Open, Reversal, Row, Whose
from taper.exchange.supplies.laid_out import LaidOut
from taper.exchange.supplies.rows import BY_REFILL, believed, up_to_the_next, without_doubles, without_reversed


def add_fills(
    collector: Collector, fills: Iterable[Fill], opened: Iterable[Open] = (), reversals: Iterable[Reversal] = ()
) -> None:
    """Turn what was handed out into lines of average daily doses, person by person."""
    rows: dict[Whose, list[Row]] = {}
    for fill in fills:
        known = rows.setdefault((fill.meaning, fill.person), [])
        if known and known[-1].first.place == fill.place:
            known[-1] = Row((*known[-1].fills, fill))
        else:
            known.append(Row((fill,)))
    unclear: dict[Whose, list[Open]] = {}
    for entry in opened:
        unclear.setdefault((entry.meaning, entry.person), []).append(entry)
    back: dict[Whose, list[Reversal]] = {}
    for entry_back in reversals:
        back.setdefault((entry_back.meaning, entry_back.person), []).append(entry_back)
    found: list[tuple[date, Line]] = []
    for whose in dict.fromkeys([*rows, *unclear, *back]):
        own = Collector(supplied=collector.supplied)
        kept, left = without_reversed(own, rows.get(whose, []), unclear.get(whose, []), back.get(whose, []))
        found += _of_one(own, whose, without_doubles(own, kept), left)
        collector.notes += own.notes
    collector.note_limit()
    for _, line in sorted(found, key=lambda entry: entry[0]):
        collector.add(line)


def _of_one(collector: Collector, whose: Whose, rows: list[Row], opened: list[Open]) -> list[tuple[date, Line]]:
    """Return the lines of one person, each with the day on which it was handed out."""
    rows, mistyped = believed(rows)
    opened = sorted([*opened, *mistyped], key=lambda entry: entry.day)
    if collector.supplied.days_from_refills:
        dated, opened = up_to_the_next(rows, opened)
        rows = sorted([*rows, *dated], key=lambda row: row.first.day)
    found = [_unclear(collector, entry) for entry in opened]
    if not rows:
        return found
    by_drug: dict[str, list[Row]] = {}
    for row in rows:
        by_drug.setdefault(row.first.medicine.drug, []).append(row)
    early = 0
    for own in by_drug.values():
        laid = LaidOut(collector, own)
        found += laid.lines()
        early += laid.early
    for row in rows:
        if row.first.rule == BY_REFILL:
            text = say("remark.up to the next", days=row.days)
            collector.note("supply", text, row.first.place, *whose)
    others, collector.notes = collector.notes, []
    collector.note(
        "supply",
        say("remark.averages.early", count=early) if early else say("remark.averages"),
        rows[0].first.place,
        *whose,
    )
    collector.notes += others
    return found


def _unclear(collector: Collector, entry: Open) -> tuple[date, Line]:
    """Keep a row without a dose, with a remark on why."""
    collector.note(
        "period", entry.problem, entry.place, entry.meaning, entry.person, quote=entry.quote[:200], on=entry.day
    )
    return entry.day, Line(
        entry.meaning,
        entry.place,
        entry.medicine.drug,
        entry.medicine.product,
        entry.day,
        text=entry.text,
        person=entry.person,
        days=entry.days,
    )
