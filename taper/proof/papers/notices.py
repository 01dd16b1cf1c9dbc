"""The notices that must be read first: a revision, what it changed, several drugs, how products are handled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from taper.proof.days import DAY
from taper.proof.papers.case import Case
from taper.proof.papers.doses import likeness
from taper.proof.papers.reading import low, plain, same

if TYPE_CHECKING:
    from taper.schedule.schedule import Schedule

_OLD_FIRST = frozenset({"en", "de", "ar"})
"""Languages that name the drug that ends before the one that replaces it step by step."""


def prove_notices(case: Case, notices: Sequence[Any], *, over: bool, full: bool) -> None:
    """What must be read first is there: a revision, several drugs, how products are handled; and nothing empty."""
    by_kind = {notice.kind: notice for notice in notices}
    case.hold(len(by_kind) == len(notices), "a notice stands twice")
    for notice in notices:
        case.hold(plain(notice.title) and notice.lines and all(notice.lines), f"the notice {notice.kind!r} is empty")
    schedule = case.asked.schedule
    event = case.order.history[-1] if case.order is not None and schedule.revision and case.order.history else None
    shown = event is not None and not case.asked.whole
    case.hold((event is not None) == ("revised" in by_kind), "that the plan was revised is not told, or told wrongly")
    if event is not None:
        text = "\n".join((by_kind["revised"].title, *by_kind["revised"].lines))
        case.hold(event.on in case.read.dates(text), f"the notice of the revision does not say {event.on}")
        case.hold(str(schedule.revision) in plain(by_kind["revised"].title).split(), "the notice has another revision")
        lines = by_kind["revised"].lines
        case.hold(
            len(set(lines)) == len(lines) > 2, "the notice of the revision does not say what to do with the old one"
        )
    if not full:
        return
    case.hold(("drugs" in by_kind) == (len(case.drugs) > 1 and not over), "that there are several drugs is not told")
    used = [case.products[name] for name in case.used]
    handled = sum(bool(one.shake) + (one.weight is not None) + bool(one.discard) for one in used)
    lines = by_kind["handling"].lines if "handling" in by_kind else ()
    case.hold(len(lines) >= handled, "how a product is handled is not told whole")
    if "drugs" in by_kind:
        _prove_drugs(case, by_kind["drugs"].lines)
    if shown and case.asked.previous is not None and case.asked.first is None and case.asked.weeks is None:
        case.hold("changed" in by_kind, "what the revision changed is not told")
    if "changed" in by_kind and case.asked.previous is not None:
        _prove_changed(case, by_kind["changed"].lines)


def _prove_drugs(case: Case, lines: Sequence[str]) -> None:
    """The doses and days in what is said of several drugs are those of the plan."""
    doses = _known_doses(case.steps)
    spans = [_span(case, drug) for drug in case.drugs]
    begins, ends = {first for first, _ in spans}, {last for _, last in spans}
    kept = {day - DAY for drug in case.drugs for day in _first_change(case, drug)}
    days = begins | ends | kept
    missing = {day for day in ends if day < max(ends)} - set(case.read.dates("\n".join(lines)))
    case.hold(not missing, f"what is said of the drugs does not say that one ends on {sorted(map(str, missing))}")
    for line in lines:
        _prove_replaced(case, line)
        wrong = [one for one in case.read.mg(line) if not any(same(one, value) for value in doses)]
        case.hold(not wrong, f"what is said of the drugs has no such dose: {plain(line)!r}")
        case.hold(set(case.read.dates(line)) <= days, f"what is said of the drugs has no such day: {plain(line)!r}")


def _prove_replaced(case: Case, line: str) -> None:
    """A line with two drugs and no dose says which replaces which: one ends as it says, the other begins."""
    dates, places = case.read.dates(line), _named_in(case, line)
    if not dates or len(places) != 2 or case.read.mg(line):
        return
    old, new = sorted(places, key=places.__getitem__, reverse=len(dates) == 1 or case.read.base not in _OLD_FIRST)
    begins = _span(case, new)[0] == dates[0]
    ends = len(dates) == 1 or _span(case, old)[1] == dates[-1]
    case.hold(begins and ends, f"{plain(line)!r} is not how one drug replaces the other")


def _named_in(case: Case, line: str) -> dict[str, int]:
    """Return the drugs that a line surely names, each with the place of its first word; in Latin letters only."""
    found: dict[str, int] = {}
    words = re.findall(r"[^\W\d_]+", low(line))
    for drug in case.drugs:
        near = [at for at, word in enumerate(words) if likeness(word, drug) >= max(len(drug) - 2, 4)]
        if near:
            found[drug] = near[0]
    return found if len(set(found.values())) == len(found) else {}


def _span(case: Case, drug: str) -> tuple[date, date]:
    own = [step for step in case.steps if any(one.drug == drug and one.dose for one in step.intakes)]
    return (own[0].start, own[-1].end) if own else (case.steps[0].start, case.steps[-1].end)


def _first_change(case: Case, drug: str) -> tuple[date, ...]:
    """Return the first day with another dose of a drug than on the first day; the stop, if there is none before."""
    sums = [sum((one.dose.value for one in step.intakes if one.drug == drug), Fraction(0)) for step in case.steps]
    changed = [step.start for step, total in zip(case.steps, sums, strict=True) if total != sums[0]]
    return tuple(changed[:1]) or tuple(day for day in (case.stop,) if day is not None)


def _prove_changed(case: Case, lines: Sequence[str]) -> None:
    """The doses and days in what is said of a revision are those of one of the two plans."""
    previous = case.asked.previous
    assert previous is not None
    steps = (*case.steps, *case.asked.schedule.steps, *previous.steps)
    doses = _known_doses(steps)
    for line in lines:
        wrong = [one for one in case.read.mg(line) if not any(same(one, value) for value in doses)]
        case.hold(not wrong, f"what is said to be new has a dose of neither plan: {plain(line)!r}")
    _prove_moved(case, previous, lines)
    _prove_side(case, previous, lines)


def _prove_side(case: Case, previous: Schedule, lines: Sequence[str]) -> None:
    """Of one drug later steps are said to come later where its stop does, and sooner where that comes sooner."""
    before, after = previous.stopped_on, case.stop
    drugs = {intake.drug for one in (*previous.steps, *case.steps) for intake in one.intakes}
    if len(drugs) != 1 or before is None or after is None or before == after:
        return
    wrong = case.tongue.sooner if after > before else case.tongue.later
    said = [line for line in lines if any(re.search(one, low(line)) for one in wrong)]
    case.hold(not said, f"{said} is said of a plan whose stop moves from {before} to {after}")


def _prove_moved(case: Case, previous: Schedule, lines: Sequence[str]) -> None:
    """A stop that moved is told with its days, where both plans have one drug and a dose yet to come."""
    both = previous, case.asked.schedule
    plans = [(one, [step for step in one.steps if step.end >= case.steps[0].start]) for one in both]
    drugs = {intake.drug for one, _ in plans for step in one.steps for intake in step.intakes}
    ahead = all(left and left[-1].intakes and left[-1] is one.steps[-1] for one, left in plans)
    stops = {one.stopped_on for one, _ in plans}
    if len(drugs) == 1 and ahead and len(stops) == 2 and case.read.first is None:
        missing = stops - {None, *case.read.dates("\n".join(lines))}
        case.hold(not missing, f"what is said to be new does not say that the stop moves: {sorted(map(str, missing))}")


def _known_doses(steps: Iterable[Any]) -> set[Fraction]:
    found = {Fraction(0)}
    for step in steps:
        sums: dict[str, Fraction] = {}
        at: dict[tuple[str, str], Fraction] = {}
        for intake in step.intakes:
            found.add(intake.dose.value)
            sums[intake.drug] = sums.get(intake.drug, Fraction(0)) + intake.dose.value
            at[intake.drug, intake.time] = at.get((intake.drug, intake.time), Fraction(0)) + intake.dose.value
        found.update(sums.values(), at.values())
    return found
