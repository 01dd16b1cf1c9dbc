"""Label texts read back: each says of its days what is taken of one drug, or of one product, on them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from taper.errors import ProofError
from taper.proof.days import DAY
from taper.proof.facts import Run, Taken
from taper.proof.files import vocabulary
from taper.proof.files.days import Plan, by_weekday, clipped
from taper.proof.files.words import Style, Words


class _Of(NamedTuple):
    """Of what a label is: a drug, or one product of it."""

    drug: str
    product: str


class _Labels(NamedTuple):
    """All labels of one drug or product: the plan, of what they are, their first day, and the words."""

    plan: Plan
    one: _Of
    begins: date
    words: Words


class _Part(NamedTuple):
    """Some days of a label, and what it says of them."""

    start: date
    end: date
    text: str


def prove_sigs(plan: Plan, content: bytes, settings: Mapping[str, Any], what: str) -> None:
    """Prove label texts: each day with a dose has its label, with its amounts, pieces, times, dates and lengths."""
    words, by_product = Words(plan, settings.get("language")), bool(settings.get("by_product"))
    begins = _begins(plan, fills=settings.get("every") is not None)
    ahead = {one.drug for run in clipped(plan.doses(), begins, plan.last) for one in run.taken}
    covered: dict[_Of, list[_Part]] = {one: [] for one in _all(plan, by_product=by_product)}
    if by_product and len({one.product for one in covered}) < len(covered):
        return  # one product is said to make two drugs, as only records from elsewhere have it
    for place, text in enumerate(content.decode().split("\n")[:-1], 1):
        problem: ProofError | None = None
        for one in _meant(text, covered, words, several=len(ahead) > 1):
            try:
                covered[one] += _parts(_Labels(plan, one, begins, words), text, covered[one], f"{what}, text {place}")
                break
            except ProofError as found:
                problem = problem or found
        else:
            raise problem or ProofError(what, f"text {place} is of no drug and no product of the plan: {text[:200]!r}")
    for one, parts in covered.items():
        days = clipped(_dosed(plan, one), begins, plan.last)
        missing = next((day for run in days for day in _uncovered(run, parts)), None)
        if missing is not None:
            raise ProofError(what, f"no text says what to take of {one.product or one.drug} on {missing}")


def _begins(plan: Plan, *, fills: bool) -> date:
    """Return the first day of the labels: fills begin anew where a revision recorded what was at hand."""
    order = plan.schedule.order
    recorded = [event.on for event in (order.history if order is not None else ()) if event.handed or event.stock]
    return max(plan.first, *recorded[-1:]) if fills and recorded else plan.first


def _all(plan: Plan, *, by_product: bool) -> list[_Of]:
    """Return all of which there is a label."""
    doses = [one for run in plan.doses() for one in run.taken]
    if not by_product:
        return list(dict.fromkeys(_Of(one.drug, "") for one in doses))
    return list(dict.fromkeys(_Of(one.drug, name) for one in doses for name, _, _ in one.items or ()))


def _meant(text: str, of: Mapping[_Of, object], words: Words, *, several: bool) -> Sequence[_Of]:
    """Return of what a text may be: in English what it names in front."""
    if words.language != "en":
        return list(of)
    named = [
        one
        for one in of
        if text.lower().startswith((f"{one.product or one.drug}: ".lower(), f"{one.drug}: {one.product}".lower()))
    ]
    return named if several or any(one.product for one in of) else list(of)


def _own(plan: Plan, run: Run, one: _Of) -> tuple[Taken, ...]:
    """Return what a label says of a day: the doses of its drug, or the part of them that its product makes."""
    doses = tuple(taken for taken in run.taken if taken.drug == one.drug)
    if not one.product:
        return doses
    known, found = plan.products.get(one.product), []
    for taken in doses:
        for item in taken.items or ():
            if item[0] == one.product:
                mg = taken.mg if known is None else known.product.strength.value * item[2]
                found.append(taken._replace(mg=mg, items=(item,)))
    return tuple(found)


def _dosed(plan: Plan, one: _Of) -> list[Run]:
    """Return the runs of days on which there is a dose of it."""
    due = (run._replace(taken=tuple(taken for taken in run.taken if taken.mg)) for run in plan.runs)
    return [run for run in due if _own(plan, run, one)]


def _uncovered(run: Run, parts: list[_Part]) -> list[date]:
    """Return the first day of a run of which no part speaks; none if there is none."""
    day = run.start
    for part in sorted(parts):
        if part.start <= day <= part.end:
            day = part.end + DAY
    return [day] if day <= run.end else []


def _parts(labels: _Labels, text: str, before: list[_Part], where: str) -> list[_Part]:
    """Return the days of a text, each proved.

    Raises:
        ProofError: It is not what is taken of this drug or product on its days.
    """
    plan, one, begins, words = labels
    text = words.bare(text)
    found: list[_Part] = []
    for clause, cycle in clauses_of(text, words.language, where):
        days = vocabulary.dates(clause, words.language)
        length = vocabulary.lengths(clause, words.language)[-1]
        if cycle:  # it names the first days of the cycle too
            days = next((pair for pair in pairwise(days) if (pair[1] - pair[0]).days + 1 == length), ())
        if days:
            start, end = days[0], days[-1]
        else:
            start = _next(plan, one, [*before, *found], begins)
            end = start + timedelta(days=length - 1)
        if (end - start).days + 1 != length:
            raise ProofError(where, f"{clause!r} says {length} days from {start} to {end}")
        if any(part.start <= end and start <= part.end for part in (*before, *found)):
            raise ProofError(where, f"{start} to {end} is said twice")
        _prove(labels, _Part(start, end, clause), where, cycle=cycle)
        found.append(_Part(start, end, clause))
    _prove_stop(labels, text, found[-1], where)
    return found


def clauses_of(text: str, language: str, where: str) -> list[tuple[str, bool]]:
    """Split a text behind each length, and say where there is a cycle: its length is none of days."""
    pattern = vocabulary.length_pattern(language)
    ends = [match.end() for match in pattern.finditer(text)]
    if not ends:
        raise ProofError(where, f"{text[:200]!r} does not say for how long")
    clauses = [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    joined, cycle = list[tuple[str, bool]](), ""
    for clause in clauses:
        if re.search(vocabulary.CYCLES[language], clause, re.IGNORECASE):
            cycle += clause
        else:
            joined.append((cycle + clause, bool(cycle)))
            cycle = ""
    return joined


def _next(plan: Plan, one: _Of, parts: list[_Part], begins: date) -> date:
    """Return the first day of the next step with a dose of which no text speaks yet."""
    after = max((part.end + DAY for part in parts), default=begins)
    for run, number in plan.numbered:
        group = [other for other, its in plan.numbered if its == number and other.end >= run.start]
        if run.end >= after and any(_own(plan, other, one) for other in group):
            return max(run.start, after)
    return after


def _prove(labels: _Labels, part: _Part, where: str, *, cycle: bool) -> None:
    """Prove what a text says of some days."""
    plan, one, _, words = labels
    runs = clipped(plan.runs, part.start, part.end)
    gap = any(after.start > before.end + DAY for before, after in pairwise(runs))
    if not runs or gap or runs[0].start != part.start or runs[-1].end != part.end:
        raise ProofError(where, f"{part.start} to {part.end} are not all days of the plan")
    doses = [_own(plan, run, one) for run in runs]
    style: Style = "bottle" if one.product else "label"
    if not any(doses):
        named = (Taken("", one.drug, None, ((one.product, "pieces", Fraction(0)),)),) if one.product else ()
        words.prove_amounts(part.text, (), named, where)
        words.prove_times(part.text, (), where)
        return
    if all(other == doses[0] for other in doses):
        words.prove_intakes(part.text, doses[0], where, style)
        return
    if len({plan.number_on(run.start) for run in runs}) > 1:
        raise ProofError(where, f"{part.text!r} says one thing of {part.start} to {part.end}, and the plan has several")
    if not cycle:
        words.prove_week(part.text, by_weekday(runs, lambda run: _own(plan, run, one)), where, style)
        return
    every = tuple(dict.fromkeys(taken for own in doses for taken in own))
    words.prove_amounts(part.text, (), every, where)
    words.prove_named(part.text, {taken.mg or Fraction(0) for taken in every}, where)


def _prove_stop(labels: _Labels, text: str, part: _Part, where: str) -> None:
    """Prove that a text says that the drug stops where it does, and nowhere else."""
    plan, one, _, words = labels
    sentence = vocabulary.STOPS.get(words.language)
    if sentence is None:
        return
    last = max(run.end for run in plan.doses(one.drug))
    told, stops = sentence in text, plan.stops(one.drug)
    must = stops and part.start <= last <= part.end
    if (told and not (stops and part.end >= last)) or (must and not told):
        raise ProofError(where, f"{text[-200:]!r} {'says' if told else 'does not say'} that {one.drug} stops on {last}")
