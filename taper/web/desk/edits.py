"""What the buttons of the page do to its fields: rows come and go, a way out is taken, a revision is accepted."""

from __future__ import annotations

import re
from collections.abc import Mapping

from taper.errors import OrderError
from taper.web.desk import lists
from taper.web.desk.form import to_fields
from taper.web.desk.work import Work

_FIRST_KEY = {
    "product": "name",
    "phase": "every",
    "weekly": "usual",
    "hold": "on",
    "other": "drug",
    "acknowledge": "code",
    "stock": "product",
}
"""The field of a new row by which it stands on the page while it is empty."""
_MOST_ROWS = 60
_LIST = re.compile(r"(?:revise\.)?(?:product|phase|hold|other|acknowledge|stock|supply\.stock|phase\.\d+\.weekly)\Z")
_ROW = re.compile(r"(.+)\.(\d+)\Z")
_OF_PAGE = ("view", "print.")
"""Fields that are about the page, not the order, and so stay when another order is opened."""


def edited(deed: str, fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields after a button was pressed.

    Args:
        deed: What the button does, such as `add:phase`, `drop:product.1`, `way:0`, `example:finish`, `accept`.
        fields: The fields before.

    Raises:
        OrderError: There is no such deed, or it cannot be done.
    """
    verb, _, what = deed.partition(":")
    if verb in ("", "update"):
        return dict(fields)
    if verb == "add":
        return _added(fields, what)
    if verb == "describe" and what == "product":
        row = _next_row(fields, "product")
        return {**fields, f"product.{row}.name": "", f"product.{row}.source": "clinician"}
    if verb == "drop":
        return _dropped(fields, what)
    if verb == "acknowledge":
        row = _next_row(fields, "acknowledge")
        return {**fields, f"acknowledge.{row}.code": what[:4]}
    if verb == "new":
        return of_page(fields)
    if verb == "example":
        return of_page(fields) | lists.example(what)
    if verb == "begin":
        return of_page(fields) | _begun(fields)
    if verb == "way":
        return of_page(fields) | _way_taken(fields, what)
    if verb == "accept":
        return of_page(fields) | _accepted(fields)
    raise OrderError(f"the page has no button {deed[:40]!r}; reload it")


def focus_after(deed: str, fields: Mapping[str, str]) -> str:
    """Return where the keyboard goes after a button was pressed: to the new row, to the plan, or to what adds a row.

    Args:
        deed: What the button did.
        fields: The fields after it.
    """
    verb, _, what = deed.partition(":")
    if verb in ("add", "describe", "acknowledge"):
        table = "acknowledge" if verb == "acknowledge" else what
        row, last = _next_row(fields, table) - 1, table.rpartition(".")[2]
        key = "reason" if verb == "acknowledge" else "rule" if last == "phase" else _FIRST_KEY[last]
        return f"{table}.{row}.{key}"
    if verb == "drop":
        return f"do:add:{what.rpartition('.')[0]}"
    if verb == "begin":
        return "country"  # the first thing that the file does not say
    return "answer" if verb in ("way", "accept", "example") else "drug" if verb == "new" else ""


def of_page(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that stay when another order is opened."""
    return {name: text for name, text in fields.items() if name.startswith(_OF_PAGE)}


def _next_row(fields: Mapping[str, str], table: str) -> int:
    start = f"{table}."
    heads = {name[len(start) :].partition(".")[0] for name in fields if name.startswith(start)}
    row = max((int(head) for head in heads if head.isdigit()), default=-1) + 1
    if row >= _MOST_ROWS:
        raise OrderError(f"a page has {_MOST_ROWS} rows of a kind at most; write the order as a file instead")
    return row


def _added(fields: Mapping[str, str], table: str) -> dict[str, str]:
    if not _LIST.match(table):
        raise OrderError(f"nothing can be added to {table[:40]!r}; reload the page")
    row = _next_row(fields, table)
    last = table.rpartition(".")[2]
    if (table == "phase" and row == 0) or (last == "weekly" and row == 0):
        row = 1  # the first row stands on the page from the beginning
        fields = {**fields, f"{table}.0.{_FIRST_KEY[last]}": ""}
    chosen = fields.get("new.product", "") if table == "product" else ""
    rest = {name: text for name, text in fields.items() if name != "new.product"}
    return {**rest, f"{table}.{row}.{_FIRST_KEY[last]}": chosen}


def _dropped(fields: Mapping[str, str], row: str) -> dict[str, str]:
    """Take a row away and move those after it up."""
    match = _ROW.match(row)
    if match is None or not _LIST.match(match[1]):
        raise OrderError(f"{row[:40]!r} cannot be removed; reload the page")
    table, number = match[1], int(match[2])
    kept: dict[str, str] = {}
    start = f"{table}."
    for name, text in fields.items():
        head, dot, rest = name.removeprefix(start).partition(".")
        if not name.startswith(start) or not head.isdigit():
            kept[name] = text
        elif int(head) != number:
            kept[f"{start}{int(head) - (int(head) > number)}{dot}{rest}"] = text
    return kept


def _way_taken(fields: Mapping[str, str], number: str) -> dict[str, str]:
    ways = Work(fields).ways_out
    if not number.isdigit() or int(number) >= len(ways):
        raise OrderError("this change is no longer offered, because the order is another one; look again")
    return to_fields(ways[int(number)].data)


def _accepted(fields: Mapping[str, str]) -> dict[str, str]:
    revised = Work(fields).revised
    if revised is None or revised.order is None:
        raise OrderError("there is no revision to accept: say what changes, and from which day")
    return to_fields(revised.order.as_data())


def _begun(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of an order that begins with the last doses of a file: drugs and doses, and no more."""
    from taper.quantity import NO_MG, Mg
    from taper.schedule.weekly import shown_steps

    record = Work(fields).record
    schedule = record.schedule if record is not None else None
    if record is None or record.reading is None or schedule is None:
        raise OrderError("there is no file to begin with; open one")
    meaning = fields.get("record.meaning") or record.reading.meanings[0]
    if meaning != "intended" or schedule.remarks:  # an average, or a time of day that is not recorded, is no dose
        raise OrderError("the file does not say exactly what is to be taken when; type what is taken now")
    last = next((step for step in reversed(shown_steps(schedule.steps)) if any(step.averages.values())), None)
    if last is None or last.varies:
        raise OrderError("the file does not end with doses that are the same every day; type what is taken now")
    taken: dict[str, dict[str, Mg]] = {}
    for intake in last.usual:
        of_drug = taken.setdefault(intake.drug, {})
        of_drug[intake.time] = of_drug.get(intake.time, NO_MG) + intake.dose
    doses = {drug: {time: str(dose) for time, dose in of.items() if dose} for drug, of in taken.items()}
    (drug, current), *others = ((drug, of) for drug, of in doses.items() if of)
    return to_fields(
        {"drug": drug, "current": current, "other": [{"drug": name, "current": of} for name, of in others]}
    )
