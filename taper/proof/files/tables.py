"""The tables read back: the plain one, every day, every step. Their cells are numbers, dates and names alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from taper.errors import ProofError
from taper.proof.claims import Claim
from taper.proof.days import DAY
from taper.proof.facts import Taken
from taper.proof.files.days import Items, Plan, hold
from taper.proof.files.figures import day, number
from taper.proof.files.words import Words
from taper.proof.named import TIMES, WEEK

_TABLE = ["start", "end", "time", "drug", "dose_mg"]
_DAYS = ["date", "weekday", "step", "time", "drug", "dose_mg", "take", "products", "day_total_mg"]
_STEPS = [
    *("step", "start", "end", "days", "drug", "total_mg", "morning_mg", "noon_mg", "evening_mg", "bedtime_mg"),
    *("take", "cut_mg", "cut_of_current", "cut_of_start", "cut_of_current_text", "cut_of_start_text"),
]
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MILLIONTH = Fraction(1, 10**6)
_ZERO = Fraction(0)
Row = Sequence[str]


def _rows(content: bytes, header: list[str], settings: Mapping[str, Any]) -> list[list[str]]:
    """Return the rows below the header, numbers with a point whatever the decimal sign is."""
    text = content.decode()
    if bool(settings.get("bom")) != text.startswith("\ufeff"):
        raise ValueError("the byte order mark is not as asked for")
    between = settings.get("separator") or ","
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    rows = list(csv.reader(lines, delimiter="\t" if between == "tab" else between))
    if not rows or rows[0] != header or any(len(row) != len(header) for row in rows):
        raise ValueError("its columns are not those of this table")
    decimal = settings.get("decimal") or "."
    if decimal != ".":
        numbers = [at for at, name in enumerate(header) if name.endswith("_mg") or name.startswith("cut_of_")]
        for row in rows[1:]:
            for at in numbers:
                if not header[at].endswith("_text"):
                    if "." in row[at]:
                        raise ValueError(f"{row[at]!r} has a point, not {decimal}")
                    row[at] = row[at].replace(decimal, ".")
    return rows[1:]


class _Names:
    """Names as a table has them: one that a spreadsheet would run has an apostrophe in front."""

    def __init__(self, plan: Plan) -> None:
        self.products = plan.product_names
        self._drugs = {_safe(name): name for name in plan.drugs}

    def drug(self, cell: str) -> str:
        return self._drugs.get(cell, f"{cell} (no drug of the plan)")

    def items(self, cell: str, plan: Plan) -> Items:
        """Read the products of an intake: ``1.5 x NAME + 2 mL x NAME``."""
        found: list[tuple[str, str, Fraction]] = []
        rest = cell[1:] if cell.startswith("'") and cell[1:].lstrip(" ").startswith(_RUNS) else cell
        while rest:
            amount, times, behind = rest.partition(" x ")
            unit = "pieces"
            if times and (read := _amount(amount)) is not None:
                value, unit, rest = *read, behind
            else:
                value = None
            name = next((name for name in self.products if _begins(rest, name)), None)
            if name is None:
                raise ValueError(f"{rest[:80]!r} is no product of the plan")
            if unit == "drops":
                each = plan.products[name].graduation
                value, unit = (value or _ZERO) * (each.value if each is not None else _ZERO), "mL"
            found.append((name, unit, value or _ZERO))
            rest = rest[len(name) :].removeprefix(" + ")
        return tuple(found)


def _begins(text: str, name: str) -> bool:
    return text.startswith(name) and text[len(name) : len(name) + 3] in ("", " + ")


def _amount(text: str) -> tuple[Fraction, str] | None:
    value, _, unit = text.partition(" ")
    known = {"": "pieces", "mL": "mL", "drop": "drops", "drops": "drops"}.get(unit)
    try:
        return None if known is None else (number(value), known)
    except ValueError:
        return None


def _safe(text: str) -> str:
    if not text.lstrip(" ").startswith(_RUNS):
        return text
    try:
        number(text)
    except ValueError:
        return f"'{text}"
    return text


def _without_stop(rows: list[list[str]], plan: Plan, what: str, at: tuple[int, ...], total: int) -> list[list[str]]:
    """Return the rows before that of the first day without the drug, which must be the last one and say 0."""
    stop = plan.schedule.stopped_on
    if stop is None:
        return rows
    last = rows[-1] if rows else []
    if not last or any(last[place] != stop.isoformat() for place in at) or number(last[total]) != 0:
        raise ProofError(what, f"the last row is not that of {stop}, the first day without the drug")
    return rows[:-1]


def prove_table(plan: Plan, content: bytes, settings: Mapping[str, Any], what: str) -> None:
    """Prove the plain table."""
    names = _Names(plan)
    rows = _without_stop(_rows(content, _TABLE, settings), plan, what, (0, 1), 4)
    claims: list[Claim] = []
    for place, (start, end, time, drug, dose) in enumerate(rows, 2):
        mg = number(dose)
        taken = (Taken(time, names.drug(drug), mg),) if mg else ()
        before = claims[-1] if claims else None
        if before is not None and (before.start, before.end) == (day(start), day(end)) and taken and before.taken:
            claims[-1] = before._replace(taken=before.taken + taken)
        else:
            claims.append(Claim(day(start), day(end), taken, f"row {place}"))
    dosed = (run._replace(taken=tuple(one for one in run.taken if one.mg)) for run in plan.runs)
    hold(dosed, claims, what)


def prove_days(plan: Plan, content: bytes, settings: Mapping[str, Any], what: str) -> None:
    """Prove the table of every day: its days, weekdays, steps, doses, pieces and totals."""
    names, words = _Names(plan), Words(plan, settings.get("language"))
    rows = _without_stop(_rows(content, _DAYS, settings), plan, what, (0,), 5)
    known: dict[tuple[tuple[str, ...], ...], tuple[Taken, ...]] = {}
    spans: list[tuple[date, date, tuple[tuple[str, ...], ...], str]] = []
    for on, cells, place in _by_day(rows):
        before = spans[-1] if spans else None
        if before is not None and before[2] == cells and before[1] + DAY == on:
            spans[-1] = before[0], on, cells, before[3]
        else:
            spans.append((on, on, cells, f"row {place}"))
    claims = []
    for start, end, cells, where in spans:
        if cells not in known:
            known[cells] = _taken(plan, names, words, cells, f"{what}, {where}")
        claims.append(Claim(start, end, known[cells], where))
    hold(plan.runs, claims, what)
    _hold_numbers(plan, ((start, end, int(cells[0][0])) for start, end, cells, _ in spans), what)


def _by_day(rows: list[list[str]]) -> Iterator[tuple[date, tuple[tuple[str, ...], ...], int]]:
    """Yield each day with the rows of it, without date and weekday, and the place of the first."""
    at = 0
    while at < len(rows):
        written, begin = rows[at][0], at
        while at < len(rows) and rows[at][0] == written:
            at += 1
        on = day(written)
        weekday = WEEK[on.weekday()]
        if any(row[1] != weekday for row in rows[begin:at]):
            raise ValueError(f"{written} is no {rows[begin][1]}")
        yield on, tuple(tuple(row[2:]) for row in rows[begin:at]), begin + 2


def _taken(plan: Plan, names: _Names, words: Words, rows: tuple[tuple[str, ...], ...], where: str) -> tuple[Taken, ...]:
    """Return what the rows of a day say is taken; their totals must be its sums."""
    if len({row[0] for row in rows}) > 1:
        raise ValueError("one day is said to be of two steps")
    if len(rows) == 1 and not rows[0][1]:
        if number(rows[0][3]) or number(rows[0][6]) or rows[0][2] or rows[0][5]:
            raise ValueError("a dose without a time of day")
        return ()
    taken, totals = [], dict[str, Fraction]()
    for _, time, drug, dose, take, products, _ in rows:
        one = Taken(time, names.drug(drug), number(dose), names.items(products, plan))
        words.prove_intakes(take, (one,), where)
        taken.append(one)
        totals[one.drug] = totals.get(one.drug, _ZERO) + number(dose)
    for row, one in zip(rows, taken, strict=True):
        if number(row[6]) != totals[one.drug]:
            raise ProofError(where, f"the doses of the day are {totals[one.drug]} mg in all, and it says {row[6]}")
    return tuple(taken)


def _hold_numbers(plan: Plan, said: Iterator[tuple[date, date, int]], what: str) -> None:
    """Hold numbers of steps against the plan."""
    place = 0
    for start, end, step in said:
        while plan.runs[place].end < start:
            place += 1
        at = place
        while at < len(plan.runs) and plan.runs[at].start <= end:
            if plan.numbers[at] != step:
                raise ProofError(what, f"{start} is said to be of step {step}, and it is of step {plan.numbers[at]}")
            at += 1


def prove_steps(plan: Plan, content: bytes, settings: Mapping[str, Any], what: str) -> None:
    """Prove the table of steps: days, doses by time of day, totals and cuts."""
    names, words = _Names(plan), Words(plan, settings.get("language"))
    every = _rows(content, _STEPS, settings)
    rows = _without_stop(every, plan, what, (1, 2), 5)
    if len(rows) < len(every) and any(map(number, every[-1][5:10])):
        raise ProofError(what, "the row of the first day without the drug has a dose")
    wanted = [(at, drug) for at, drugs in enumerate(plan.listed) for drug in _ordered(plan, drugs)]
    if len(wanted) != len(rows):
        raise ProofError(what, f"there are {len(rows)} rows, and the plan has {len(wanted)}")
    cuts = list(_cuts(plan)) if len(plan.drugs) == 1 else [None] * len(plan.runs)
    for place, ((at, drug), row) in enumerate(zip(wanted, rows, strict=True), 2):
        where, run = f"{what}, row {place}", plan.runs[at]
        length = (run.end - run.start).days + 1
        found = (int(row[0]), day(row[1]), day(row[2]), int(row[3]), names.drug(row[4]))
        if found != (plan.numbers[at], run.start, run.end, length, drug):
            raise ProofError(where, f"step, days or drug are not those of step {plan.numbers[at]}, from {run.start}")
        own = [one for one in run.taken if one.drug == drug]
        doses = [sum((one.mg or _ZERO for one in own if one.time == time), _ZERO) for time in TIMES]
        if [number(cell) for cell in row[5:10]] != [sum(doses, _ZERO), *doses]:
            raise ProofError(where, f"its doses are not those of step {plan.numbers[at]}, from {run.start}")
        words.prove_intakes(row[10], tuple(own), where)
        _prove_cut(row[11:], cuts[at] if at else None, words, where)


def _ordered(plan: Plan, drugs: Iterable[str]) -> Sequence[str]:
    """Return the drugs of a run as a table has them: in the order of the plan, its first one where none is listed."""
    return [drug for drug in plan.drugs if drug in drugs] or plan.drugs[:1]


def _cuts(plan: Plan) -> Iterator[tuple[Fraction, Fraction, Fraction | None]]:
    """Yield the first dose, the one before and the one after of each run; no first one before the drug is listed."""
    totals = [sum((one.mg or _ZERO for one in run.taken), _ZERO) for run in plan.runs]
    first = next((total for total, drugs in zip(totals, plan.listed, strict=True) if drugs), _ZERO)
    before = totals[0] if totals else _ZERO
    for total in totals:
        yield before, total, first
        before = total


def _prove_cut(cells: Row, cut: tuple[Fraction, Fraction, Fraction | None] | None, words: Words, where: str) -> None:
    if cut is None:
        if any(cells):
            raise ProofError(where, "it names a cut where there is none")
        return
    before, after, first = cut
    fall = before - after
    of_current = fall / before if before else None if after else _ZERO
    of_start = fall / first if first else _ZERO
    if number(cells[0]) != fall:
        raise ProofError(where, f"the cut is {fall} mg, and it says {cells[0]}")
    for cell, text, part in ((cells[1], cells[3], of_current), (cells[2], cells[4], of_start)):
        if part is None:
            if cell or text:
                raise ProofError(where, "it names a part of a dose where there was none")
            continue
        said = number(cell)
        if said != part and (abs(said - part) * 2 > _MILLIONTH or len(cell.partition(".")[2]) != 6):
            raise ProofError(where, f"the cut is {part} of the dose, and it says {cell}")
        words.prove_percent(text, part, where)
