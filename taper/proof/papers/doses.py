"""The doses of a day: each time, drug, mg, volume, piece and drawing is that of the regimen, and so are their sums."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from taper.proof.papers.case import Case, measured
from taper.proof.papers.reading import amounts, is_exact, low, plain, same
from taper.proof.papers.tongues import tongue
from taper.proof.papers.volumes import measures, prove_filled, prove_source

_PARTS = {"whole": 4, "half": 2, "quarter": 1, "three-quarters": 3}  # in quarters
_HALVES = {Fraction(1, 4): 0, Fraction(1, 2): 1, Fraction(3, 4): 2}


def prove_day(case: Case, doses: Any, taken: tuple[Any, ...], where: str) -> None:
    """Hold all doses of a day against a regimen; the same two are looked at once.

    Args:
        case: The paper.
        doses: What it says of a day.
        taken: What the plan has.
        where: Where it says so.
    """
    key = id(doses), id(taken)
    if key in case.proved:
        return
    if len(doses.doses) != len(taken):
        case.fail(f"{where} has {len(doses.doses)} doses, and the plan has {len(taken)} there")
    for dose, intake in zip(doses.doses, taken, strict=True):
        if case.doses.get(dose) != intake:
            _prove_dose(case, dose, intake, f"{where}, {plain(dose.time)!r},")
            case.doses[dose] = intake
    _prove_sums(case, doses, taken, where)
    case.proved[key] = True
    case.days[id(taken)] = doses
    case.kept += [doses, taken]


def _prove_dose(case: Case, dose: Any, intake: Any, where: str) -> None:
    time, amount, line = plain(dose.time), plain(dose.amount), plain(dose.line)
    if time.lower() not in case.tongue.times[intake.time]:
        case.fail(f"{where} is not the {intake.time} of the plan")
    is_measured = measured(case, intake.items)
    prove_amount(case, amount, intake, where)
    if bool(dose.measure) != is_measured:
        case.fail(f"{where} has a volume or weight where the plan has none, or has none")
    if dose.measure:
        measure = plain(dose.measure)
        if low(measure) not in measures(case, intake.items[0]):
            case.fail(f"{where} says {measure!r} for {_told(intake)}")
        if not amount.startswith(f"{measure} ("):
            case.fail(f"{where} says {amount!r}, not first {measure!r}")
    if len(case.drugs) > 1:
        if not (line.startswith(f"{time} ") and line.endswith(f" {amount}")):
            case.fail(f"{where} says {line!r}, not {amount!r}")
        prove_drug(case, line[len(time) : -len(amount)].strip(), intake.drug, where)
    elif line != f"{time} {amount}":
        case.fail(f"{where} says {line!r}, not {amount!r}")
    if intake.items:
        prove_items(case, dose.words, intake.items, where)
    elif dose.words:
        case.fail(f"{where} says {plain(dose.words)!r}, and the plan names no product")
    prove_lines(case, dose.pieces, intake, where)
    _prove_short(case, dose.short, intake, where)
    _prove_speech(case, dose, time, amount, where)
    prove_drawings(case, dose.pictograms, intake.items, where)


def prove_drug(case: Case, written: str, drug: str, where: str) -> None:
    """A drug is named by its name: no other drug of the plan has a name that is more like it."""
    if likeness(written, drug) == len(drug):
        return
    best = max(case.drugs, key=lambda one: likeness(written, one))
    wrong = best != drug and likeness(written, best) > likeness(written, drug)
    if wrong or not written or (case.read.base == "en" and drug not in low(written)):
        case.fail(f"{where} names {written!r} where the plan has {drug}")


def likeness(written: str, drug: str) -> int:
    """How many letters of a name are those of a drug, from both its ends."""
    one, other = _letters(written), _letters(drug)
    if one == other:
        return len(drug)
    begin = next(
        (n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(min(one, other))
    )
    one, other = one[:begin:-1], other[:begin:-1]
    return begin + next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)


_ACCENTS = str.maketrans("áàâäéèêëíìîïóòôöúùûü", "aaaaeeeeiiiioooouuuu")


def _letters(name: str) -> str:
    return low(name).translate(_ACCENTS)


def _told(intake: Any) -> str:
    items = " and ".join(f"{item.count or item.volume} of {item.product}" for item in intake.items)
    return f"{intake.dose} of {intake.drug}{f', {items}' if items else ''}"


def prove_amount(case: Case, text: str, intake: Any, where: str) -> None:
    """A dose says one number of mg, and that is the one of the plan."""
    found = case.read.mg(text)
    if not (len(found) == 1 and same(found[0], intake.dose.value)):
        case.fail(f"{where} says {plain(text)!r} for {_told(intake)}")
    value = intake.dose.value
    if found[0].value == value:
        if f"{case.read.number(value)} mg" not in plain(text):
            case.fail(f"{where} writes {plain(text)!r} with another sign")
    elif case.tongue.about not in low(text):
        case.fail(f"{where} does not say that {plain(text)!r} is rounded")


def prove_items(case: Case, text: str, items: Sequence[Any], where: str) -> None:
    """A text says some of each product one after the other, with a sign between two of them."""
    rest, parts = plain(text), list[str]()
    for place, item in enumerate(items):
        if place + 1 == len(items):
            parts.append(rest)
            break
        at, found = rest.find(" + "), False
        while at >= 0 and not found:
            found = _begins(case, rest[at + 3 :], items[place + 1]) and _says(case, rest[:at], item)
            if not found:
                at = rest.find(" + ", at + 3)
        if at < 0:
            case.fail(f"{where} says {plain(text)!r}, not {_named(items)}")
        parts.append(rest[:at])
        rest = rest[at + 3 :]
    for part, item in zip(parts, items, strict=True):
        if not _says(case, part, item):
            case.fail(f"{where} says {part!r} for {_named([item])}")


def _named(items: Iterable[Any]) -> str:
    return " and ".join(f"{item.count or item.volume} of {item.product}" for item in items)


def _begins(case: Case, text: str, item: Any) -> bool:
    """Whether a text begins with the number of pieces, or the volume or weight, of an item."""
    return bool(_count_end(case, low(text), item))


def _count_end(case: Case, text: str, item: Any) -> int:
    ordered = case.products.get(item.product)
    if item.volume is not None or (item.count is not None and ordered is not None and ordered.weight is not None):
        return next((len(one) for one in measures(case, item) if text.startswith(one)), 0)
    if item.count is None:
        return len(text)
    return case.read.starts_with_count(text, item.count.value, case.kind(item.product))


def _says(case: Case, text: str, item: Any) -> bool:
    """Whether a text says an item: how much, of which product or strength, and its mg where they stand there."""
    key = text, item
    found = case.said.get(key)
    if found is None:
        found = case.said[key] = _reads(case, text, item)
    return found


def _reads(case: Case, text: str, item: Any) -> bool:
    if item.count is None and item.volume is None:
        return True
    small, ordered = low(text), case.products.get(item.product)
    end = _count_end(case, small, item)
    if not end:
        return False
    if ordered is None:
        return _has_name(text, item.product)
    mg, strength = case.read.mg(text), ordered.product.strength.value
    if item.volume is not None or ordered.weight is not None:
        value = item.volume.value if item.volume is not None else item.count.value
        return bool(mg) and same(mg[0], strength * value)
    is_named = any(same(one, strength) for one in mg[:1]) or _has_name(text, item.product)
    return is_named and not _has_part(case, small[end:], item)


def _has_part(case: Case, rest: str, item: Any) -> bool:
    """Whether a text goes on with a part of a piece, behind the number that was read."""
    if not any(part in rest for part in case.tongue.parts):
        return False
    name = item.product.lower() if item is not None else "\0"
    words = rest.replace(name, " ").replace("(", " ").split()
    return any(word in case.tongue.parts for word in words) and not any(part in name for part in case.tongue.parts)


def _has_name(text: str, product: str) -> bool:
    return "".join(product.lower().split()) in "".join(low(text).split())


def prove_lines(case: Case, lines: Sequence[str], intake: Any, where: str) -> None:
    """What stands below a dose: each product of it, or where its volume is from and how it is measured."""
    items = intake.items
    if not items or (measured(case, items) and items[0].volume is not None):
        prove_source(case, " ".join(lines), items, where)
        return
    if len(lines) != len(items):
        case.fail(f"{where} has {len(lines)} lines for {_told(intake)}")
    for place, (line, item) in enumerate(zip(lines, items, strict=True)):
        text = plain(line)
        if place and not text.startswith("+ "):
            case.fail(f"{where} says {text!r} without the sign before it")
        text = text.removeprefix("+ ")
        if not _says(case, text, item):
            case.fail(f"{where} says {text!r} for {_named([item])}")


def _prove_short(case: Case, lines: Sequence[str], intake: Any, where: str) -> None:
    """The same in the box of a day, where a whole and a part of a piece may be two lines."""
    items = intake.items
    if not items or measured(case, items):
        if items and items[0].volume is not None:
            prove_source(case, " ".join(lines), items, where)
        return
    left = [plain(line) for line in lines]
    for item in items:
        brief = _brief(case, left, item)
        if not brief and not (left and _says(case, left[0].removeprefix("+ "), item)):
            case.fail(f"{where} says {lines!r} in its box for {_told(intake)}")
        left = left[brief or 1 :]
    if left:
        case.fail(f"{where} says {lines!r} in its box for {_told(intake)}")


def _brief(case: Case, lines: list[str], item: Any) -> int:
    """Return how many lines say an item in the few words of a box, whole pieces and a part apart; 0 if none do."""
    ordered = case.products.get(item.product)
    if ordered is None or item.count is None:
        return 0
    (whole, part), strength = divmod(item.count.value, 1), ordered.product.strength.value
    number = 0
    if whole:
        number += _is_brief(case, lines, (f"{whole} ",), strength)
    if part in _HALVES:
        number += _is_brief(case, lines[number:], case.tongue.halves[_HALVES[part]], strength)
    return number if number == bool(whole) + bool(part) else 0


def _is_brief(case: Case, lines: list[str], begins: Sequence[str], strength: Fraction) -> int:
    """Return 1 if a line begins as it should and names one strength, the right one; else 0."""
    if not lines:
        return 0
    text = lines[0].removeprefix("+ ")
    mg = case.read.mg(text)
    right = low(text).startswith(tuple(begins)) and len(mg) == 1 and same(mg[0], strength)
    return int(right and not _has_part(case, low(text).removeprefix(next(iter(begins))), None))


def _prove_speech(case: Case, dose: Any, time: str, amount: str, where: str) -> None:
    """What is spoken has the numbers and the parts of what is written."""
    small = low(dose.alt)
    if not small.startswith(time.lower()):
        case.fail(f"{where} is spoken as {plain(dose.alt)!r}")
    words = low(dose.words)
    written = f"{amount} {words}" if words and len(case.drugs) > 1 else words or amount
    said = small[len(time) :]
    if _tokens(case, said) != _tokens(case, written.lower()):
        case.fail(f"{where} is spoken as {plain(dose.alt)!r}")


def _tokens(case: Case, text: str) -> list[str]:
    """Return the numbers and the words for parts of a text, in their order; but for 1, which speech adds."""
    return [word for word in _numbers_and_parts(case.read.base).findall(text) if word != "1"]


@cache
def _numbers_and_parts(base: str) -> re.Pattern[str]:
    parts = "|".join(tongue(base).parts)
    return re.compile(rf"[0-9]+(?:[.,][0-9]+)?|(?<!\w)(?:{parts})(?!\w)")


def prove_drawings(case: Case, drawings: Sequence[Any], items: Sequence[Any], where: str) -> None:
    """The drawings of each product make as much of it as the dose has, and their marks are its mg."""
    sums: dict[str, int] = {}
    for drawn in drawings:
        sums[drawn.product] = sums.get(drawn.product, 0) + _PARTS[drawn.part] * drawn.times
    planned: dict[str, int] = {}
    for item in items:
        ordered = case.products.get(item.product)
        if ordered is None or ordered.weight is not None or not case.drawn:
            continue
        amount = 1 if item.volume is not None else item.count.value if item.count is not None else 0
        if amount and 4 % amount.denominator == 0:
            quarters = amount.numerator * (4 // amount.denominator)
            planned[case.keys[item.product]] = planned.get(case.keys[item.product], 0) + quarters
    if sums != planned:
        case.fail(f"{where} draws {sums} quarters, and the plan has {_named(items)}")
    named = {key: name for name, key in case.keys.items()} if sums else {}
    for drawn in drawings:
        if drawn.part == "whole" and not drawn.mark:
            continue
        mg = case.products[named[drawn.product]].product.strength.value * _PARTS[drawn.part] / 4
        mark = case.read.number(mg) if drawn.part != "whole" and is_exact(mg) else ""
        if drawn.mark != mark:
            case.fail(f"{where} marks a drawing of {mg} mg with {drawn.mark!r}")


def _prove_sums(case: Case, doses: Any, taken: tuple[Any, ...], where: str) -> None:
    """The daily doses are the sums of the doses, drug by drug; none is said where none is taken."""
    totals = case.totals(taken)
    prove_totals(case, doses.total_words, totals, where)
    if doses.total not in ("", doses.total_words):
        case.fail(f"{where} says {plain(doses.total)!r} for its daily dose")
    if doses.corner not in ("", doses.total_words):
        case.fail(f"{where} says {plain(doses.corner)!r} for its daily dose")
    all_measured = all(measured(case, intake.items) for intake in taken)
    if len(case.drugs) == 1 and taken:
        if not doses.total:
            case.fail(f"{where} has lost its daily dose")
        if not doses.corner and not all_measured:
            case.fail(f"{where} has lost the daily dose in its corner")
        _prove_volume(case, doses.total_words, taken, where)
    if doses.source and taken:
        prove_source(case, doses.source, taken[0].items, where)
    for dose, intake in zip(doses.doses, taken, strict=True):
        if measured(case, intake.items):
            prove_filled(case, " ".join((*dose.pieces, doses.source)), intake, where)


def prove_totals(case: Case, text: str, totals: Sequence[Fraction], where: str) -> None:
    """A text says these mg, in this order; or that there is no dose."""
    found = case.read.mg(text)
    right = len(found) == len(totals) and all(map(same, found, totals))
    if not totals:
        right = not found and any(none in low(text) for none in case.tongue.none)
    if not right:
        case.fail(f"{where} says {plain(text)!r}, and the plan has {_mg(totals)} a day")


def _mg(totals: Sequence[Fraction]) -> str:
    return " and ".join(f"{one} mg" for one in totals) or "no dose"


def _prove_volume(case: Case, text: str, taken: Sequence[Any], where: str) -> None:
    """A volume beside a daily dose is the sum of the volumes of the day."""
    said = [one.value for one in amounts(text) if one.unit == "mL"]
    volumes = [item.volume.value for intake in taken for item in intake.items if item.volume is not None]
    if said and said != [sum(volumes)]:
        case.fail(f"{where} says {plain(text)!r}, and the plan has {sum(volumes)} mL")
