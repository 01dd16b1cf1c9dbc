"""Markdown read back: the table of steps row by row, the days that stand above it, and the table of the supply."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from taper.errors import ProofError
from taper.proof.days import DAY
from taper.proof.facts import Run, Taken
from taper.proof.files import vocabulary
from taper.proof.files.days import Plan, by_weekday, clipped
from taper.proof.files.figures import amounts, seen
from taper.proof.files.plan_document import needs
from taper.proof.files.words import Words
from taper.proof.supplied import listed

_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>|~&#$:.)=+-])")
_PERCENT = re.compile(r"([0-9]+(?:[.,][0-9]+)?) ?%")
_ZERO = Fraction(0)


def prove_markdown(plan: Plan, content: bytes, settings: Mapping[str, Any], what: str) -> None:
    """Prove a text in Markdown: every step with its days, doses, pieces and totals, the stop, and the supply."""
    words, lines = Words(plan, settings.get("language")), content.decode().split("\n")
    tables = _tables(lines)
    if not tables or not lines[0].startswith("# ") or len(tables) > 2:
        raise ValueError("it has no table of steps")
    title = seen(lines[0]).lower()
    if words.language == "en" and any(drug.lower() not in _ESCAPED.sub(r"\1", title) for drug in plan.drugs):
        raise ProofError(what, f"its title, {lines[0]!r}, does not name the drugs")
    summary = next(line for line in lines[1:] if line)
    named = vocabulary.dates(summary, words.language)
    stop = plan.schedule.stopped_on
    if plan.first not in named or (stop is not None and stop not in named):
        raise ProofError(what, f"its first lines do not name {plan.first} and {stop or 'no stop'}")
    _prove_summary(plan, summary, what)
    if settings["written_on"] not in vocabulary.dates(lines[-2], words.language):
        raise ProofError(what, f"its last line does not say that it was written on {settings['written_on']}")
    rows = tables[0]
    if stop is not None:
        *rows, last = rows
        words.prove_dates(last[1], (stop,), f"{what}, last row")
        if any(map(amounts, last[2:4])):
            raise ProofError(what, "the row of the stop has a dose")
    _prove_rows(plan, rows, words, what)
    if len(tables) == 2:
        _prove_supply(plan, tables[1], words, what, given=settings.get("supply") is not None)


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
            if before is not None:
                _prove_change(plan, before, runs[0].taken, change, where)
        elif len({plan.number_on(run.start) for run in runs}) > 1:
            raise ProofError(where, f"it says one thing of {runs[0].start} to {runs[-1].end}, and the plan has several")
        else:
            _prove_pattern(runs, total, take, words, where)
        before = runs[0].taken if alike else None
        day = runs[-1].end + DAY
    if not rows or day != plan.last + DAY:
        raise ProofError(what, f"its last step does not end on {plan.last}")


def _prove_pattern(runs: tuple[Run, ...], total: str, take: str, words: Words, where: str) -> None:
    """Prove a step with a weekly pattern; of a cycle the doses alone."""
    take, total = words.bare(take), words.bare(total)
    if not vocabulary.dates(take, words.language):
        week = by_weekday(runs, lambda run: run.taken)
        words.prove_week(take, week, where, "row")
        if vocabulary.weekdays(total, words.language) != vocabulary.weekdays(take, words.language):
            raise ProofError(where, f"{seen(total)!r} does not name the days of the week of its doses")
        return
    every = tuple(dict.fromkeys(one for run in runs for one in run.taken))
    words.prove_amounts(take, (), every, where)
    words.prove_named(take, {one.mg or _ZERO for one in every}, where)


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


def _sums(plan: Plan, taken: tuple[Taken, ...]) -> dict[str, Fraction]:
    """Return the mg of each drug in a day."""
    sums: dict[str, Fraction] = dict.fromkeys((drug for drug in plan.drugs), _ZERO)
    for one in taken:
        sums[one.drug] += one.mg or _ZERO
    return sums


def _totals(plan: Plan, taken: tuple[Taken, ...]) -> list[tuple[Fraction, str]]:
    """Return the amounts by which the dose of a day may be named: in mg, and of a product in mL or g."""
    volumes: dict[tuple[str, str, str], Fraction] = {}
    for one in taken:
        for name, unit, amount in one.items or ():
            known = plan.products.get(name)
            value, of = amount, unit
            if unit == "pieces" and known is not None and known.weight is not None:
                value, of = amount * known.weight.value / 1000, "g"
            volumes[one.drug, name, of] = volumes.get((one.drug, name, of), _ZERO) + value
    found = [(value, "mg") for value in _sums(plan, taken).values()]
    return found + [(value, unit) for (_, _, unit), value in volumes.items()]


def _prove_summary(plan: Plan, text: str, what: str) -> None:
    """Prove that what stands above the table names no dose but those of the first, the second and the last step."""
    numbers = list(dict.fromkeys(plan.numbers))
    near = {*numbers[:2], numbers[-1]}
    runs = [run for run, number in plan.numbered if number in near]
    may = [some for run in runs for some in _totals(plan, run.taken)]
    may += [some for run in runs for one in run.taken for some in _totals(plan, (one,))]
    strange = [one for one in amounts(text) if not any(one.means(*some) for some in may)]
    if strange and not _is_odd(plan):
        raise ProofError(what, f"{seen(text)!r} says {strange[0].value} {strange[0].unit}, which is no dose of a day")


def _is_odd(plan: Plan) -> bool:
    """Return whether a record from elsewhere gives tablets as a volume, or nothing of a product."""
    items = (
        (plan.products.get(name), unit, n)
        for run in plan.runs
        for one in run.taken
        for name, unit, n in one.items or ()
    )
    return any(
        not n or (known is not None and (unit == "mL") is (known.graduation is None)) for known, unit, n in items
    )


def _prove_daily(plan: Plan, taken: tuple[Taken, ...], total: str, take: str, words: Words, where: str) -> None:
    """Prove a step that is the same on each of its days."""
    words.prove_intakes(take, taken, where, "row")
    words.prove_named(total, filter(None, _sums(plan, taken).values()), where)
    may = _totals(plan, taken)
    if not all(any(one.means(*some) for some in may) for one in amounts(total)):
        raise ProofError(where, f"{seen(total)!r} is not the dose of the day")


def _prove_change(plan: Plan, before: tuple[Taken, ...], after: tuple[Taken, ...], text: str, where: str) -> None:
    """Prove by how many mg each drug changes from one step to the next; of one drug also by which part of its dose."""
    old, new = _sums(plan, before), _sums(plan, after)
    changes = [abs(old[drug] - new[drug]) for drug in old if old[drug] != new[drug]]
    found = amounts(text)
    wrong = [one for one in found if not any(one.means(change, "mg") for change in changes)]
    missing = [change for change in changes if not any(one.means(change, "mg") for one in found)]
    if found and (wrong or missing):
        raise ProofError(where, f"{seen(text)!r} is not the change from the step before")
    parts = [Fraction(part.replace(",", ".")) for part in _PERCENT.findall(seen(text))]
    first = _sums(plan, plan.runs[0].taken)
    if len(changes) != 1 or len(old) != 1 or len(parts) != 2:
        return
    (drug,) = old
    bases = old[drug], first[drug]
    if all(bases) and any(
        abs(part - changes[0] / base * 100) * 20 > 1 for part, base in zip(parts, bases, strict=True)
    ):
        raise ProofError(where, f"{seen(text)!r} is not the part of the dose by which it changes")


def _prove_supply(plan: Plan, rows: list[list[str]], words: Words, what: str, *, given: bool) -> None:
    """Prove what is needed of each product: all that is taken of it, and what is thrown away with it.

    What is handed out and what is left are proved where no revision counted anything, and no other supply was given.
    """
    needed = needs(plan, date.min, date.max)
    order = plan.schedule.order
    counted = given or (order is not None and any(event.handed or event.stock for event in order.history))
    stock = _stock(plan)
    shown_once = len({row[0] for row in rows}) - len(rows) + len(needed) - len({name for name, _ in needed})
    if len(rows) < len(needed) or shown_once < 0:
        raise ProofError(what, "a product is not in the table of what is needed, or stands in it twice")
    for (key, amount), (shown, said, handed, *others) in zip(needed.items(), rows, strict=False):
        where, known = f"{what}, supply of {shown}", plan.products.get(key[0])
        if handed and not handed.isdigit():
            raise ValueError(f"{handed!r} is no number of pieces")
        if known is None or known.in_drops or known.weight is not None or not amount:
            continue
        if words.language == "en" and not known.described and _strengths(shown) != _strengths(key[0]):
            raise ProofError(where, f"it is not {key[0]}")
        carried = stock.get(key, _ZERO)
        lacking = max(_ZERO, amount - carried)
        out = lacking if key[1] == "mL" else Fraction(-(-lacking // 1))
        if handed and not counted and Fraction(handed) != out:
            raise ProofError(where, f"{out} are to be handed out, and it says {handed}")
        due = [amount] if counted else [amount, carried, carried + out - amount]
        for text, value in zip((said, *others), due, strict=False):
            _prove_amount(text, value, key[1], words, where)


def _strengths(name: str) -> list[tuple[Fraction, str]]:
    """Return the amounts in the name of a product, however it writes them: 2 mg/5 mL is 0.4 mg/mL."""
    return [(one.value, one.unit) for one in amounts(name)]


def _stock(plan: Plan) -> dict[tuple[str, str], Fraction]:
    """Return what is at hand at the start of the order."""
    order = plan.schedule.order
    stock = order.supply.stock if order is not None and order.supply is not None else ()
    return {(name, "mL" if liquid else "pieces"): amount for (name, liquid), amount in listed(stock).items()}


def _prove_amount(text: str, value: Fraction, unit: str, words: Words, where: str) -> None:
    """Prove an amount of a product; nothing is a word of which no language here is known."""
    if unit == "mL":
        found: tuple[Fraction, ...] | None = tuple(one.value for one in amounts(text) if one.unit == "mL")
    else:
        found = vocabulary.pieces(text, words.language) if (value * 4).denominator == 1 else None
    if found is not None and found != ((value,) if value else ()):
        raise ProofError(where, f"{value} {unit} are right, and it says {seen(text)!r}")
