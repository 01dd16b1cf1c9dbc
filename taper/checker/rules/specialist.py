"""High doses: a starting dose that is left to a specialist, and a switch to much diazepam."""

from __future__ import annotations

from collections.abc import Iterator

from taper import catalog
from taper.catalog import Limit
from taper.catalog.guidance import Kind
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.falls import NO_VALUE, REFERENCE_DRUG
from taper.checker.near_zero import cautious
from taper.checker.replacements import Replacement
from taper.checker.statements import Statement, recorded, rows
from taper.checker.texts import say
from taper.checker.wording import (
    NOTHING,
    capitalized,
    day_text,
    dose_text,
    drug_dose,
    drugs_text,
    exact_dose,
    guideline_text,
    joined,
    mg_beside,
    names_text,
)
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.message import Message
from taper.quantity import Mg, exact_text
from taper.schedule.curve import Level
from taper.schedule.schedule import ONE_DAY

_OLD_AGE = 65
_GRAVER = {
    "opioid": say("T301.about"),
    "alcohol": say("T307.about"),
    "liver": say("T305.about"),
    "sedative": say("T310.about"),
    "lung": say("T311.about"),
}


@rule("T309", "dose for a specialist", since="0.1.0", kinds=("specialist", "switch_dose"))
def specialist(case: Case) -> Iterator[Outcome]:
    """The highest dose, or the dose of diazepam after a switch, is above what sources leave to a specialist.

    What: The highest daily dose, in diazepam equivalents, against the lowest dose above which a guideline asks for a
        specialist; and the daily dose of diazepam that replaces another drug, up to the first day after the switch,
        against the lowest dose above which a guideline would not begin. Each is judged whatever guideline is chosen.
        A dose is converted by the most cautious table; of a range that a table prints, the lower end counts. A warning;
        an alert from 65 years on, or with an opioid, alcohol, another sedative, liver or lung disease. This
        grading is the project's own.
    Why: Withdrawal from high doses is more often severe, and much diazepam at once can stop the breathing.
    What to do: Ask a specialist, or begin with less; acknowledge the finding once this is done.
    """
    if not case.taken:
        return
    yield from _start(case)
    limits = _lowest_first(case, "switch_dose")
    for replacement in case.replacements:
        if replacement.new == REFERENCE_DRUG and limits:
            yield from _switch(case, replacement, limits)


def _start(case: Case) -> Iterator[Outcome]:
    known = [(dose, level) for level in case.taken if (dose := cautious(level.doses)) is not None]
    if len(known) < len(case.taken):
        missing = dict.fromkeys(d for level in case.taken for d in level.drugs if catalog.most_cautious(d) is None)
        yield NotEvaluated("T309", NO_VALUE, say("T309.about", drugs=drugs_text(tuple(missing))))
    if not known:
        return
    equivalent, first = max(known, key=lambda entry: entry[0])
    what = say("T309.starting") if first is case.taken[0] else say("T309.highest")
    limits = _lowest_first(case, "specialist")
    if not limits or equivalent <= _most(limits[0].limit):
        return
    most = _most(limits[0].limit)
    # as firmly as the source says it
    asked = say("T309.may be consulted") if limits[0].limit.severity == "note" else say("T309.is consulted")
    graver = _graver(case)
    yield Finding(
        code="T309",
        severity=Severity.ALERT if graver else Severity.WARNING,
        message=say(
            "T309.message",
            what=what,
            dose=mg_beside(equivalent.value, most.value),
            guideline=guideline_text(limits[0].guideline),
            most=exact_dose(most),
            asked=asked,
        ),
        step=first.step,
        on=first.start,
        measured=exact_text(equivalent.value),
        limit=exact_text(most.value),
        sources=tuple(entry.limit.source for entry in limits),
        advice=say("T309.advice"),
        detail=joined(say("T309.detail", what=what, doses=_with_names(first)), *_texts(limits), _why(graver)),
    )


def _switch(case: Case, replacement: Replacement, limits: tuple[Statement, ...]) -> Iterator[Finding]:
    days = [s for s in case.taken if s.end >= replacement.first and s.start <= replacement.after]
    highest = max(days, key=lambda level: level.dose(REFERENCE_DRUG))
    dose, most = highest.dose(REFERENCE_DRUG), _most(limits[0].limit)
    if dose <= most:
        return
    before = next(s for s in case.taken if s.end + ONE_DAY >= replacement.first and s.dose(replacement.old))
    graver, old = _graver(case), drug_dose(replacement.old, dose_text(before.dose(replacement.old)))
    dose_most = {"dose": mg_beside(dose.value, most.value), "most": exact_dose(most)}
    short = guideline_text(limits[0].guideline)
    line = say("T309.switch", old=capitalized(old), guideline=short, **dose_most)
    if before.dose(REFERENCE_DRUG):
        line = say("T309.switch.more", old=old, guideline=short, **dose_most)
    yield Finding(
        code="T309",
        severity=Severity.ALERT if graver else Severity.WARNING,
        message=line,
        step=highest.step,
        on=highest.start,
        measured=exact_text(dose.value),
        limit=exact_text(most.value),
        sources=tuple(entry.limit.source for entry in limits),
        advice=say("T309.switch.advice"),
        detail=joined(say("T309.switch.detail", day=day_text(highest.start)), *_texts(limits), _why(graver)),
    )


def _lowest_first(case: Case, kind: Kind) -> tuple[Statement, ...]:
    """Return the rows of one kind, the lowest dose first; among equals the chosen ones, then the firmest."""
    found = sorted(rows(case, kind), key=lambda entry: entry.limit.severity != "note", reverse=True)
    return tuple(sorted(found, key=lambda entry: (_most(entry.limit), not entry.chosen)))


def _most(limit: Limit) -> Mg:
    assert limit.diazepam_mg is not None
    return limit.diazepam_mg


def _graver(case: Case) -> list[Message]:
    """Return what makes a high dose more dangerous for this person."""
    age = recorded(case, "age")
    old = [say("T309.age", age=age)] if age is not None and age >= _OLD_AGE else []
    return old + [text for key, text in _GRAVER.items() if recorded(case, key)]


def _why(graver: list[Message]) -> Message:
    return say("T309.why", facts=names_text(graver)) if graver else NOTHING


def _texts(limits: tuple[Statement, ...]) -> list[Message]:
    return [entry.text for entry in limits]


def _with_names(level: Level) -> Message:
    return names_text([drug_dose(drug, dose_text(dose)) for drug, dose in level.doses])
