"""The papers of clinicians: steps, findings, acknowledgments and supply of the sheet, and the text for the record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from taper.errors import ProofError
from taper.proof.papers.case import Case, measured
from taper.proof.papers.doses import prove_items, prove_totals
from taper.proof.papers.reading import amounts, low, plain, same
from taper.proof.papers.steps import prove_daily, runs_of
from taper.proof.papers.telling import within
from taper.quantity import Ml

if TYPE_CHECKING:
    from taper.schedule.schedule import Step

_CODE = re.compile(r"[A-Z][0-9]{3}")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_SAID_HOW_LONG = ("asked", "ordered", "max_days")  # else the fills go unsaid: nobody asked for any
_STEP_COLUMNS = 6  # or more: no other table of the sheet has as many


def prove_step_table(case: Case, tables: Sequence[Any]) -> None:
    """Hold the clinician's table of steps against the plan: each run of days once, with doses, sums and cuts."""
    tables = [table for table in tables if len(table.columns) >= _STEP_COLUMNS]
    case.hold(len(tables) == 1, "the table of steps is lost")
    left, before = list(case.steps), None
    rows = list(tables[0].rows)
    if case.stop is not None:
        stop = rows.pop()
        case.hold(case.read.dates(stop[1]) == (case.stop,), f"the stop is said to be {plain(stop[1])!r}")
    for row in rows:
        where = f"the step {plain(row[0])!r}"
        case.hold(left, f"{where} is not in the plan")
        own = runs_of(case, row[1], left, where)
        left = left[len(own) :]
        days = (own[-1].end - own[0].start).days + 1
        case.hold(row[2] == str(days), f"{where} is called {row[2]!r} days long, not {days}")
        _prove_regimen(case, row, own, where)
        if len(case.drugs) == 1:
            _prove_cut(case, row[6], before, own, where)
        before = own
    case.hold(not left, f"the table of steps has lost the step from {left[0].start if left else ''}")


def _prove_regimen(case: Case, row: Sequence[str], own: list[Step], where: str) -> None:
    total = row[5] if len(case.drugs) == 1 else row[4]
    regimens = list(dict.fromkeys(case.taken(step) for step in own))
    if len(regimens) > 1:
        parts = re.split("[;؛]", total)
        said = next((cut for at in range(len(parts), 0, -1) if (cut := _is_daily(case, parts[:at], own))), "")
        case.hold(said, f"{where} says {plain(total)!r} a day, which is not planned")
        return
    taken = regimens[0]
    prove_totals(case, total, case.totals(taken), where)
    lines = re.split("[;؛]\n", row[3]) if taken else []
    case.hold(len(lines) == len(taken), f"{where} says {plain(row[3])!r}")
    for line, intake in zip(lines, taken, strict=True):
        prove_said(case, line, intake, where)


def _is_daily(case: Case, parts: Sequence[str], own: list[Step]) -> str:
    """Return what is said before the average, if it is right."""
    text = ";".join(parts)
    try:
        prove_daily(case, text, own, "")
    except ProofError:
        return ""
    return text


def prove_said(case: Case, line: str, intake: Any, where: str) -> None:
    """Hold a dose in one line against the plan: its time, mg and pieces."""
    text, own = plain(line), f"{where} says {plain(line)!r}"
    case.hold(low(text).startswith(case.tongue.times[intake.time]), f"{own}, not the {intake.time} of the plan")
    mg = case.read.mg(text)
    case.hold(mg and same(mg[0], intake.dose.value), f"{own} for {intake.dose} of {intake.drug}")
    items = intake.items
    if items and not (measured(case, items) and items[0].volume is not None):
        rest = text[mg[0].start :].partition(":")[2].strip()
        prove_items(case, rest, items, where)


def _prove_cut(case: Case, text: str, before: list[Step] | None, own: list[Step], where: str) -> None:
    """A cut in mg is the difference of two sums."""
    if before is None or len(before) > 1 or len(own) > 1:
        return
    old, new = (sum(case.totals(case.taken(runs[0])), Fraction(0)) for runs in (before, own))
    found = case.read.mg(text)
    right = not found or (len(found) == 1 and same(found[0], abs(old - new)))
    case.hold(right and (found or not text or old == new), f"{where} says a cut of {plain(text)!r}, not {old - new} mg")


def prove_findings(case: Case, page: Any) -> None:
    """Each finding of the report is there, in a line and whole, with all who acknowledged it."""
    report = case.asked.report
    if report is None:
        case.hold(not page.findings and not page.headlines and page.summary, "it has findings, and nothing was checked")
        return
    found = [finding.code for finding in report.findings]
    for name, shown in (("line", page.headlines), ("detail", page.findings)):
        codes = [plain(one.label).rpartition(" ")[2] for one in shown]
        case.hold(sorted(codes) == sorted(found), f"the findings in {name} are {codes}, and the report has {found}")
    severities = {finding.code: finding.severity.value for finding in report.findings}
    for line, whole in zip(page.headlines, page.findings, strict=True):
        code = plain(line.label).rpartition(" ")[2]
        right = line.severity == whole.severity == severities[code] and whole.label == line.label
        case.hold(right, f"{code} is called {line.severity!r} and {whole.severity!r}")
        case.hold(line.text and whole.message, f"{code} says nothing")
        marks = [mark for mark in report.acknowledged if mark.code == code]
        case.hold(len(marks) == len(whole.acknowledged), f"{code} has lost an acknowledgment, or has one too many")
        for mark, text in zip(marks, whole.acknowledged, strict=True):
            case.hold(within(mark.by, text) and within(mark.reason, text), f"{code} is acknowledged by {plain(text)!r}")
            case.hold(within(mark.by, line.text), f"the line of {code} does not say that {mark.by} acknowledged it")
    case.hold(page.summary, "how many findings there are is lost")
    missing = {entry.code for entry in report.not_evaluated} - codes_in(page.not_evaluated)
    case.hold(not missing, f"that {', '.join(sorted(missing))} could not be evaluated is lost")


def codes_in(lines: Iterable[str]) -> set[str]:
    """Read the codes of rules, also those between the first and the last of a run."""
    found: set[str] = set()
    for line in lines:
        text = plain(line).rpartition("(")[2]
        placed = [(one[0], one.start(), one.end()) for one in _CODE.finditer(text)]
        found |= {code for code, _, _ in placed}
        for (low_code, _, end), (high, start, _) in pairwise(placed):
            if not set(text[end:start]) & set(",،;؛") and low_code[0] == high[0]:
                found |= {f"{high[0]}{number:03}" for number in range(int(low_code[1:]), int(high[1:]))}
    return found


def prove_person(case: Case, facts: Sequence[Any]) -> None:
    """The person and the prescriber whom the order names are named."""
    text = "\n".join(f"{fact.text} {fact.more}" for fact in facts)
    lines = case.order.handout if case.order is not None else None
    if lines is not None:
        case.hold(not lines.patient or within(lines.patient, text), f"{lines.patient} is not named")


def prove_supply_table(case: Case, tables: Sequence[Any]) -> None:
    """The account of what is handed out has the dates and amounts of the supply, row by row."""
    supply = case.asked.supply
    if supply is None or not supply.lines:
        case.hold(not tables, "it has a supply, and none was worked out")
        return
    case.hold(len(tables) == 1, "the supply is lost")
    expected: list[tuple[Any, Any]] = []
    if supply.past is not None:
        expected += [(supply.past, line) for line in (*supply.past.lines, *supply.past.unneeded)]
    fills = supply.fills if supply.basis in _SAID_HOW_LONG else ()
    expected += [(fill, line) for fill in fills for line in (*fill.lines, *fill.unneeded)]
    if len(fills) != 1 or supply.past is not None:
        expected += [(None, line) for line in (*supply.lines, *supply.unneeded)]
    rows = tables[0].rows
    case.hold(len(rows) == len(expected), f"the supply has {len(rows)} rows, and {len(expected)} are handed out")
    for (stretch, line), row in zip(expected, rows, strict=True):
        if stretch is not None:
            span = (stretch.start,) if stretch.start == stretch.end else (stretch.start, stretch.end)
            case.hold(case.read.dates(row[0]) == span, f"a fill is from {plain(row[0])!r}, not {span}")
        account = (line.carried, line.handed, line.needed, line.left, line.so_far)
        prove_account(case, line.product, row[1], row[2:], account)


def prove_account(case: Case, product: str, name: str, texts: Sequence[str], account: Sequence[Any]) -> None:
    """A row of an account names its product and says each of its amounts."""
    case.hold(is_called(case, product, name), f"the account of {product} is called {plain(name)!r}")
    for text, amount in zip(texts, account, strict=True):
        case.hold(says_amount(case, product, text, amount), f"the account of {product} says {plain(text)!r}: {amount}")


def is_called(case: Case, product: str, name: str) -> bool:
    """Whether a text names a product: by its name, or by its strength."""
    ordered = case.products.get(product)
    if within(product, name) or ordered is None:
        return within(product, name)
    text, strength = "".join(low(name).split()), ordered.product.strength.value
    per = strength * (ordered.product.per.value if ordered.product.is_liquid else 1)
    return any(f"{case.read.number(one)}mg" in text for one in (strength, per))


def _packs_make(case: Case, text: str, value: Fraction) -> bool:
    """Whether the packs behind an amount make it: their number, how much one holds, and the rest."""
    _, colon, packs = text.rpartition(":")
    numbers = [Fraction(one.replace(",", ".")) for one in _NUMBER.findall(packs)]
    if not colon or not numbers or "/" in packs:
        return True
    if case.read.base == "ar" and len(numbers) < 3 and sum(numbers) == value:
        return True  # one pack, and what is dispensed beside it: that it is one is said in letters
    return len(numbers) in (2, 3) and numbers[0] * numbers[1] + sum(numbers[2:]) == value


def says_amount(case: Case, product: str, text: str, amount: Any) -> bool:
    """Whether a text says an amount of a product: pieces, or a volume; or that there is none."""
    small, ordered, value = low(text), case.products.get(product), amount.value
    if ordered is not None and ordered.product.pack is not None and not _packs_make(case, small, value):
        return False
    if not value:
        return small.startswith(case.tongue.nothing) and not amounts(text)
    if isinstance(amount, Ml):
        if ordered is not None and ordered.in_drops and ordered.graduation is not None:
            return small.startswith(case.read.drops(value / ordered.graduation.value))
        return small.startswith(f"{case.read.number(value)} ml")
    if ordered is not None and ordered.weight is not None and value.denominator != 1:
        whole, part = divmod(value, 1)
        grams = ordered.weight.value * part / 1000
        return f"{case.read.number(grams)} g" in small and (not whole or str(whole) in small or case.read.base == "ar")
    return bool(case.read.starts_with_count(small, value, case.kind(product)))


def _prove_first_cut(case: Case, text: str, dates: Sequence[date]) -> None:
    """Of one drug without patterns the first cut stands behind the ends of the plan, with the dose that it leads to."""
    if len(case.drugs) != 1 or len({step.number for step in case.steps}) < len(case.steps):
        return
    sums = [sum(case.totals(case.taken(step)), Fraction(0)) for step in case.steps]
    cut = next((at for at in range(1, len(sums)) if sums[at] < sums[at - 1]), None)
    if cut is None:
        return
    day, dose = case.steps[cut].start, sums[cut]
    said = case.read.mg(text)[1:3]
    right = dates[2:3] == (day,) and (not dose or any(same(one, dose) for one in said))
    case.hold(right, f"it does not say that the first cut is on {day}, to {dose} mg")


def prove_record(case: Case, text: str) -> None:
    """The text for the record has the ends of the plan, its products, what was checked, and the day of printing."""
    schedule, report = case.asked.schedule, case.asked.report
    dates = case.read.dates(text)
    case.hold(case.steps[0].start in dates, f"it does not say that the plan begins on {case.steps[0].start}")
    if case.stop is not None:
        ends = dates[:2] == (case.steps[0].start, case.stop)  # the first sentence names both, and nothing before them
        case.hold(ends, f"it does not say that the plan stops on {case.stop}")
    case.hold(case.asked.printed_on in dates[-1:], "it does not end with the day of printing")
    case.hold(schedule.plan_id[:8] in text, f"it does not name the plan {schedule.plan_id[:8]}")
    first = case.totals(case.taken(case.steps[0]))
    number = case.steps[0].number
    if len([step for step in case.steps if step.number == number]) == 1:
        said = case.read.mg(text)[: len(first)]
        case.hold(len(said) == len(first) and all(map(same, said, first)), f"it begins with {said}, not {first} mg")
    _prove_first_cut(case, text, dates)
    for name in case.used:
        case.hold(is_called(case, name, text), f"it does not name {name}")
    if report is not None:
        codes = set(_CODE.findall(plain(text)))
        missing = {finding.code for finding in report.findings} - codes
        case.hold(not missing, f"it does not name the findings {', '.join(sorted(missing))}")
        for mark in report.acknowledged:
            named = within(mark.by, text) and within(mark.reason, text)
            case.hold(named, f"it does not say that {mark.by} acknowledged {mark.code}")
