"""Lay out what is taken before an order and what the order makes of it, as two schedules for the checker.

What is taken now is what the orders of the record give that are in force; the order that is being written takes the
place of one of them, and the others go on. Nothing is assumed silently: each reading is a sentence of `notes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from taper.checker.wording import day_text
from taper.exchange.collector import day_of
from taper.exchange.fhir.shape import many, text_of, true
from taper.exchange.fhir.used_up import BY_SUPPLY
from taper.exchange.record_lines import Line, lay_out
from taper.quantity import Mg
from taper.schedule.schedule import ONE_DAY, Remark, Schedule
from taper.web.hooks.entries import ENDED, NOT_ORDERED, Entry

HISTORY_DAYS = 92
"""How far back the record is laid out: further than any window of a limit reaches."""
HORIZON_DAYS = 366
"""How far ahead an order is laid out."""
GAP_DAYS = 28
"""After so many days without any order, one that is written begins anew, and is no change of the one before."""
QUIET = frozenset(("period", "open", "time", "sequence", "supply", "text"))
"""Remarks on an order that was understood, which are said in its reading and are no findings of their own."""
_OPEN = (BY_SUPPLY, "open")
_NEVER = ("cancelled", "entered-in-error", "draft", "declined", "not-taken", "not-done", "abandoned", "preparation")
"""States in which nothing was taken."""
_TAKEN = ("MedicationStatement", "MedicationUsage")


class Force(NamedTuple):
    """The entries of one drug: those in force on the day before, and those of the past."""

    active: tuple[Entry, ...]
    past: tuple[Entry, ...]


class Picture(NamedTuple):
    """What is taken before and with the orders of a request.

    Attributes:
        day: First day of the orders.
        before: What would be taken without them.
        after: What is taken with them.
        replaced: Orders of the record in whose place they were read, by drug.
        beside: Orders of the record that go on, by drug.
        unsure: Drugs of which the record does not say what is replaced.
        notes: How the record was read, in sentences.
    """

    day: date
    before: Schedule
    after: Schedule
    replaced: dict[str, tuple[Entry, ...]]
    beside: dict[str, tuple[Entry, ...]]
    unsure: frozenset[str]
    notes: tuple[str, ...]


def doses_on(schedule: Schedule, day: date) -> dict[str, Mg]:
    """Return the daily dose of each drug on a day; empty where nothing is laid out."""
    return next((step.totals for step in schedule.steps if step.start <= day <= step.end), {})


def day_of_orders(drafts: Sequence[Entry], today: date) -> date:
    """Return the first day of orders: by their dates, and never before today: nobody takes yesterday what is new."""
    days = [max(day, today) for entry in drafts if (day := entry.start or entry.written) is not None]
    return min(days, default=today)


def picture(drafts: Sequence[Entry], record: Sequence[Entry], day: date) -> Picture:
    """Lay out the record with and without the orders that are being written.

    Args:
        drafts: The orders, understood or ending another.
        record: What was sent of the record.
        day: First day of the orders.

    Raises:
        ScheduleError: The entries cannot be laid out.
    """
    notes = [f"{_first(one.medicine)} is not taken by mouth, and was not counted" for one in record if one.elsewhere]
    drugs = dict.fromkeys(entry.drug for entry in (*record, *drafts) if entry.drug)
    last = min(max((entry.end for entry in drafts if entry.end), default=day), day + timedelta(days=HORIZON_DAYS))
    last = max(last, day)
    before: list[Line] = []
    after: list[Line] = []
    replaced: dict[str, tuple[Entry, ...]] = {}
    beside: dict[str, tuple[Entry, ...]] = {}
    unsure: set[str] = set()
    named = {name for entry in drafts for name in _names(entry)}
    for drug in drugs:
        force = in_force(drug, record, day, notes)
        mine = [entry for entry in drafts if entry.drug == drug]
        gone, clear = _replaced(mine, force.active, named)
        past = _past_lines(force, day)
        going = [entry for entry in force.active if entry not in gone]
        before += past + [line for entry in force.active for line in _held(entry, last)]
        after += past + [line for entry in going for line in _held(entry, last)]
        after += [line for entry in gone for line in _cut(entry, day - ONE_DAY)]
        after += _ordered(mine, day, going, drug)
        replaced[drug], beside[drug] = tuple(gone), tuple(going)
        unsure |= set() if clear else {drug}
    signed = [entry for entry in drafts if entry.status not in ENDED]
    loud = [remark for entry in signed for remark in entry.remarks if remark.kind not in QUIET]
    return Picture(
        day, _laid(before, day, last), _laid(after, day, last, loud), replaced, beside, frozenset(unsure), tuple(notes)
    )


def in_force(drug: str, record: Sequence[Entry], day: date, notes: list[str]) -> Force:
    """Return the entries of a drug that are in force on the day before, and those of the past."""
    mine = [entry for entry in record if entry.drug == drug and entry.understood and entry.start is not None]
    orders = [entry for entry in mine if entry.is_order and text_of(entry.resource, "intent") not in NOT_ORDERED]
    if not orders:  # no order of the record: what was handed out is all that is known
        return Force((), tuple(entry for entry in mine if not entry.is_order))
    active = [entry for entry in orders if entry.status in ("active", "") and (entry.start or day) < day]
    over = [entry for entry in active if any(_follows(other, entry) for other in active)]
    for entry in over:
        notes.append(f"{_first(entry.medicine)} is still an active order, and one that was written later followed it")
    for entry in (entry for entry in active if entry not in over):
        if entry.end is not None and entry.end < day - ONE_DAY:
            what = "its supply ran out" if any(line.rule == BY_SUPPLY for line in entry.lines) else "its days ended"
            notes.append(f"{_first(entry.medicine)} is still an active order, though {what} on {day_text(entry.end)}")
    past = [entry for entry in orders if entry.status in ("completed", "stopped")] + over
    last = max((entry.end for entry in past if entry.end), default=day)
    if len(over) == len(active) and last < day - timedelta(days=GAP_DAYS):
        notes.append(f"The last order of {drug} ended on {day_text(last)}, so this one was read as a new beginning")
        return Force((), ())
    return Force(tuple(entry for entry in active if entry not in over), tuple(past))


def not_counted(drug: str, record: Sequence[Entry], drafts: Sequence[Entry], day: date) -> list[str]:
    """Say which active orders of a drug begin with the orders or later, and so are neither before nor replaced."""
    ids = {name for draft in drafts for name in _names(draft)}
    return [
        f"the active order {entry.medicine} begins on {day_text(entry.start)} and was not counted"
        for entry in record
        if entry.drug == drug and entry.is_order and entry.status in ("active", "") and entry.id not in ids
        if text_of(entry.resource, "intent") not in NOT_ORDERED
        if entry.understood and entry.start is not None and entry.start >= day
    ]


def unclear(drug: str, record: Sequence[Entry], day: date) -> list[str]:
    """Say which entries of the last months may give the dose before, but cannot be laid out."""
    first = day - timedelta(days=HISTORY_DAYS)
    said = []
    for entry in record:
        when = entry.written or day_of(entry.resource.get("whenHandedOver"))
        if drug not in (entry.drug, *entry.named) or entry.status in _NEVER:
            continue
        if when is not None and not first <= when <= day:
            continue
        if text_of(entry.resource, "intent") in NOT_ORDERED or true(entry.resource, "doNotPerform"):
            continue
        what = "order" if entry.is_order else "fill"
        if entry.status not in ("active", "completed", "stopped", ""):
            said.append(f"an earlier {what} is in the state {entry.status}, so the dose before is not known")
        elif entry.unread:
            said.append(f"an earlier {what} cannot be laid out, so the dose before is not known")
    return said


def _follows(later: Entry, entry: Entry) -> bool:
    """Return whether an active order follows another: after the end of its supply, or with the same product."""
    if later.start is None or entry.start is None or later.start <= entry.start:
        return False
    apart = later.timed and entry.timed and later.times.isdisjoint(entry.times)
    same = later.medicine.lower() == entry.medicine.lower() and not apart
    return same or (entry.end is not None and entry.end < later.start)


def _replaced(drafts: Sequence[Entry], active: Sequence[Entry], names: set[str]) -> tuple[list[Entry], bool]:
    """Return the orders of a drug in whose place others are, and whether the record makes that clear.

    Args:
        drafts: The orders of the drug that are being written.
        active: Those of the drug that are in force.
        names: Ids that any order names, also one of another drug.
    """
    gone = [entry for entry in active if entry.id and entry.id in names]
    clear = True
    for draft in drafts:
        if draft.status in ENDED or any(entry.id in _names(draft) for entry in gone):
            continue
        apart = [entry for entry in active if draft.timed and entry.timed and draft.times.isdisjoint(entry.times)]
        rest = [entry for entry in active if entry not in apart]
        alike = [entry for entry in rest if entry.medicine.lower() == draft.medicine.lower()]
        chosen = rest if len(rest) == 1 else alike if len(alike) == 1 else rest
        clear = clear and len(chosen) < 2
        gone += chosen
    return list({id(entry): entry for entry in gone}.values()), clear


def _names(draft: Entry) -> set[str]:
    """Return the ids of the orders that an order names as those it replaces, its own among them."""
    links = [*many(draft.resource, "priorPrescription"), *many(draft.resource, "basedOn")]
    return {draft.id, *(text_of(link, "reference").rpartition("/")[2] for link in links)} - {""}


def ends_named(draft: Entry, record: Iterable[Entry]) -> bool:
    """Return whether an order that ends another says which."""
    return any(entry.id in _names(draft) and entry.status in ("active", "") for entry in record)


def _past_lines(force: Force, day: date) -> list[Line]:
    """Return what was taken by orders of the past: each up to the day before the next of its drug begins."""
    starts = sorted({entry.start for entry in (*force.active, *force.past) if entry.start is not None})
    lines = []
    for entry in force.past:
        following = next((start for start in starts if entry.start is not None and start > entry.start), day)
        if not entry.is_order:
            following = day  # early refills were counted one after the other already
        lines += _cut(entry, min(following, day) - ONE_DAY)
    return lines


def _cut(entry: Entry, last: date) -> list[Line]:
    """Return the lines of an entry up to a day, the last of them held until it where the order is active."""
    lines = _until(entry.lines, last)
    goes_on = entry.is_order or (entry.resource["resourceType"] in _TAKEN and entry.lines[-1].rule == "open")
    return _stretched(lines, entry, last) if entry.status in ("active", "") and goes_on else lines


def _held(entry: Entry, last: date) -> list[Line]:
    """Return the lines of an order that goes on: for as long as the new one lasts, if no last day of it is recorded."""
    own = entry.end or last
    without_end = any(line.rule in _OPEN for line in entry.lines)
    return _stretched(_until(entry.lines, last), entry, last if without_end else min(last, own))


def _until(lines: Iterable[Line], last: date) -> list[Line]:
    cut = []
    for line in lines:
        if line.start is not None and line.end is not None and line.start <= last:
            cut.append(replace(line, end=min(line.end, last)))
    return cut


def _stretched(lines: list[Line], entry: Entry, last: date) -> list[Line]:
    """Hold the last lines of an order until a day."""
    if entry.end is None or entry.end >= last:
        return lines
    return [replace(line, end=last) if line.end == entry.end else line for line in lines]


def _ordered(drafts: Sequence[Entry], day: date, going: Sequence[Entry], drug: str) -> list[Line]:
    """Return the lines of the orders, and a day without the drug where they end it and nothing else goes on."""
    lines = [
        replace(line, start=max(line.start, day)) if line.every == 1 and line.start else line
        for draft in drafts
        if draft.status not in ENDED
        for line in draft.lines
        if line.end is not None and line.end >= day
    ]
    ends = any(draft.status in ENDED for draft in drafts)
    if ends and not lines and not going:
        lines.append(Line("intended", "the order", drug, start=day, end=day, intakes=()))
    return lines


def _laid(lines: list[Line], day: date, last: date, remarks: Sequence[Remark] = ()) -> Schedule:
    """Lay out lines of the last months and the days of the orders."""
    first = day - timedelta(days=HISTORY_DAYS)
    near = [
        replace(line, start=max(line.start, first) if line.every == 1 else line.start, end=min(line.end, last))
        for line in lines
        if line.start is not None and line.end is not None and line.end >= first and line.start <= last
    ]
    return lay_out(near, Schedule((), origin="fhir", remarks=tuple(remarks)))


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]
