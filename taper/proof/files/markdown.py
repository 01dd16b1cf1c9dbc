"""Markdown read back: the table of steps row by row, the days that stand above it, and the table of the supply."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from taper.errors import ProofError
from taper.proof.facts import Run, Taken
from taper.proof.files import vocabulary
from taper.proof.files.days import ONE_DAY, Plan, clipped
from taper.proof.files.document import needs
from taper.proof.files.figures import amounts, seen
from taper.proof.files.words import Words

_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>|~&#$:.)=+-])")
_ZERO = Fraction(0)


def prove_markdown(plan: Plan, content: bytes, settings: Mapping[str, Any], what: str) -> None:
    """Prove a text in Markdown: every step with its days, doses, pieces and totals, the stop, and the supply."""
    words, lines = Words(plan, settings.get("language")), content.decode().split("\n")
    tables = _tables(lines)
    if not tables or not lines[0].startswith("# ") or len(tables) > 2:
        raise ValueError("it has no table of steps")
    summary = next(line for line in lines[1:] if line)
    named = vocabulary.dates(summary, words.language)
    stop = plan.schedule.stopped_on
    if plan.first not in named or (stop is not None and stop not in named):
        raise ProofError(what, f"its first lines do not name {plan.first} and {stop or 'no stop'}")
    rows = tables[0]
    if stop is not None:
        *rows, last = rows
        words.prove_dates(last[1], (stop,), f"{what}, last row")
        if any(map(amounts, last[2:4])):
            raise ProofError(what, "the row of the stop has a dose")
    _prove_rows(plan, rows, words, what)
    if len(tables) == 2:
        _prove_supply(plan, tables[1], words, what)


def _tables(lines: list[str]) -> list[list[list[str]]]:
    """Return the rows of each table, without its head."""
    found: list[list[list[str]]] = []
    before = ""
    for line in lines:
        if line.startswith("|"):
            if not before.startswith("|"):
                found.append([])
            cells = re.split(r"(?<!\\) ?\| ?", line)[1:-1]
            found[-1].append([_ESCAPED.sub(r"\1", cell) for cell in cells])
        before = line
    return [rows[2:] for rows in found]


def _prove_rows(plan: Plan, rows: list[list[str]], words: Words, what: str) -> None:
    """Prove the rows of the steps: together they are all days of the plan, each once."""
    day, before = plan.first, None
    for place, (label, dates, total, take, change) in enumerate(rows, 1):
        where = f"{what}, row {place}"
        runs = _days_of(plan, dates, day, words, where)
        number = str(plan.number_on(runs[0].start))
        if place > 1 and number not in re.findall("[0-9]+", label):
            raise ProofError(where, f"it is step {number}, and it is called {label!r}")
        alike = all(run.taken == runs[0].taken for run in runs)
        if alike:
            _prove_daily(plan, runs[0].taken, total, take, words, where)
            if before is not None and len(plan.drugs) == 1:
                words.prove_named(change, _change(before, runs[0].taken), where)
        else:
            every = tuple(dict.fromkeys(one for run in runs for one in run.taken))
            words.prove_amounts(take, (), every, where)
            words.prove_named(take, {one.mg or _ZERO for one in every}, where)
        before = runs[0].taken if alike else None
        day = runs[-1].end + ONE_DAY
    if not rows or day != plan.last + ONE_DAY:
        raise ProofError(what, f"its last step does not end on {plan.last}")


def _days_of(plan: Plan, text: str, due: date, words: Words, where: str) -> tuple[Run, ...]:
    """Return the days of a row: those that follow the row before, or a gap of the plan."""
    named = vocabulary.dates(text, words.language)
    if len(named) not in (1, 2):
        raise ProofError(where, f"{seen(text)!r} names {len(named)} days")
    start, end = named[0], named[-1]
    begins = next((run.start for run in plan.runs if run.end >= due), None)
    if start != (max(begins, due) if begins is not None else None):
        raise ProofError(where, f"it begins on {start}, and the step there begins on {begins or due}")
    words.prove_span(text, start, end, where)
    runs = clipped(plan.runs, start, end)
    if not runs or runs[-1].end != end or not any(run.end == end for run in plan.runs):
        raise ProofError(where, f"it ends on {end}, on which no step ends")
    return runs


def _prove_daily(plan: Plan, taken: tuple[Taken, ...], total: str, take: str, words: Words, where: str) -> None:
    """Prove a step that is the same on each of its days."""
    words.prove_intakes(take, taken, where, "row")
    sums: dict[str, Fraction] = {}
    volumes: dict[tuple[str, str, str], Fraction] = {}
    for one in taken:
        sums[one.drug] = sums.get(one.drug, _ZERO) + (one.mg or _ZERO)
        for name, unit, amount in one.items or ():
            known = plan.products.get(name)
            if unit == "pieces" and known is not None and known.weight is not None:
                amount, unit = amount * known.weight.value / 1000, "g"
            key = one.drug, name, unit
            volumes[key] = volumes.get(key, _ZERO) + amount
    words.prove_named(total, filter(None, sums.values()), where)
    may = [(value, "mg") for value in sums.values()]
    may += [(value, unit) for (_, _, unit), value in volumes.items()]
    for one_amount in amounts(total):
        if not any(one_amount.means(*some) for some in may):
            raise ProofError(where, f"{seen(total)!r} is not the dose of the day")


def _change(before: tuple[Taken, ...], after: tuple[Taken, ...]) -> list[Fraction]:
    """Return by how many mg a daily dose changes; nothing where it does not."""
    fall = sum((one.mg or _ZERO for one in before), _ZERO) - sum((one.mg or _ZERO for one in after), _ZERO)
    return [abs(fall)] if fall else []


def _prove_supply(plan: Plan, rows: list[list[str]], words: Words, what: str) -> None:
    """Prove what is needed of each product: all that is taken of it, and what is thrown away with it."""
    needed = needs(plan, date.min, date.max)
    if len(rows) < len(needed):
        raise ProofError(what, "a product is not in the table of what is needed")
    for ((name, unit), amount), (shown, said, handed, *_) in zip(needed.items(), rows, strict=False):
        where = f"{what}, supply of {shown}"
        known = plan.products.get(name)
        if words.language == "en" and known is not None and not known.described and seen(shown).lower() != name.lower():
            strengths = amounts(known.on_bottle)
            if amounts(shown) != strengths:
                raise ProofError(where, f"it is not {name}")
        if known is not None and (known.in_drops or known.weight is not None):
            continue
        found = [one.value for one in amounts(said) if one.unit == "mL"]
        pieces = vocabulary.pieces(said, words.language)
        liquid = unit == "mL"
        if not amount:
            continue
        if liquid and found != [amount]:
            raise ProofError(where, f"{amount} mL are needed, and it says {seen(said)!r}")
        if not liquid and known is not None and (amount * 4).denominator == 1 and pieces not in (None, (amount,)):
            raise ProofError(where, f"{amount} are needed, and it says {seen(said)!r}")
        if handed and not handed.isdigit():
            raise ValueError(f"{handed!r} is no number of pieces")
