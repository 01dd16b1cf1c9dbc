"""Days on which a drug is left out: what the packaged guidelines say of them, and how much they weigh.

Sources disagree. Some plan nights without a sleeping pill at the end of a taper, ASAM's patient guide advises against
skipped doses. So such nights are a note, and days without any other drug a warning, whatever guideline is chosen:
this grading is this project's own.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from taper import catalog
from taper.catalog import Guideline, Limit
from taper.checker.case import Case
from taper.checker.texts import say
from taper.checker.wording import guideline_text, listed, names_text, note_text
from taper.finding import Severity
from taper.message import Message
from taper.schedule.curve import Level
from taper.source import Source

HYPNOTICS = ("N05CD", "N05CF")
"""Beginnings of the ATC codes of benzodiazepines and Z-drugs that are taken to sleep."""
NIGHT = ("evening", "bedtime")
GRADING = say("grading")
SHORTEST_BREAK = 2  # days
CALENDAR = "empower"
"""The guideline that prints on which nights nothing is taken; named first where none is chosen."""

Stance = tuple[Guideline, Limit]


@lru_cache(maxsize=1)
def stances() -> tuple[Stance, ...]:
    """Return what the packaged guidelines say of drug-free days."""
    sources = catalog.guidelines_on("drug_free_days")
    return tuple((source, limit) for source in sources for limit in source.limits_of("drug_free_days"))


def is_chosen(case: Case, stance: Stance) -> bool:
    """Return whether a guideline is one of those that the schedule is compared with."""
    return any(stance[0].id == guideline.id for guideline in case.guidelines)


def views(case: Case, side: str) -> tuple[Stance, ...]:
    """Return who is for such days ("allowed") or against them ("avoid"), chosen guidelines first."""
    found = [stance for stance in stances() if stance[1].stance == side]
    return tuple(sorted(found, key=lambda stance: (not is_chosen(case, stance), stance[0].id != CALENDAR)))


def sources(case: Case) -> tuple[Source, ...]:
    """Return the sources of all of them."""
    return tuple(limit.source for side in ("avoid", "allowed") for _, limit in views(case, side))


def at_night(case: Case, drug: str, start: date, end: date) -> bool:
    """Return whether a drug is a sleeping pill, and taken in the evening or at bedtime only, on these days."""
    known = catalog.drugs().get(drug)
    if known is None or not known.code("ATC").startswith(HYPNOTICS):
        return False
    if any(remark.kind == "time" for remark in case.schedule.remarks):
        return True  # what the record does not say is no daytime intake
    steps = [step for step in case.schedule.steps if step.start <= end and step.end >= start]
    return all(i.time in NIGHT for step in steps for i in step.intakes if i.drug == drug and i.dose)


def weight(*, night: bool) -> Severity:
    """Return how much days without a drug weigh."""
    return Severity.NOTE if night else Severity.WARNING


def guidance(case: Case, *, night: bool) -> Message:
    """Say in a few words who is for days without the drug and who is against them."""
    accepted, against = views(case, "allowed")[0], views(case, "avoid")[0]
    if night:
        return say("days without.accepted", accepted=guideline_text(accepted[0]), against=guideline_text(against[0]))
    return say("days without.against", guideline=_marked(case, against))


def disagreement(case: Case) -> Message:
    """Name every source that speaks of days without the drug, once; of the chosen ones also what it says."""
    told = []
    for side in ("avoid", "allowed"):
        found = views(case, side)
        parts = [_with_note(*stance) for stance in _chosen(case, found)]
        others = [guideline_text(source) for source, limit in found if not is_chosen(case, (source, limit))]
        if others:
            parts.append(say("not chosen", guideline=names_text(others)))
        told.append(listed(parts, "; "))
    return say("days without", against=told[0], accepted=told[1])


def _with_note(source: Guideline, limit: Limit) -> Message:
    short = guideline_text(source)
    return say("guideline with note", guideline=short, note=note_text(limit.note)) if limit.note else short


def _chosen(case: Case, found: tuple[Stance, ...]) -> list[Stance]:
    return [stance for stance in found if is_chosen(case, stance)]


def _marked(case: Case, stance: Stance) -> Message:
    short = guideline_text(stance[0])
    return short if is_chosen(case, stance) else say("not chosen", guideline=short)


def is_interruption(case: Case, before: Level, free: Level) -> bool:
    """Return whether days without any drug are an interruption of the treatment, of which T106 speaks.

    These are two days or more, after a dose above the allowance near zero or one whose equivalent is not known.

    Args:
        case: The case.
        before: The dose before.
        free: Days on which nothing at all is taken.
    """
    return not free.doses and free.days >= SHORTEST_BREAK and not case.is_small(before, None)
