"""What the page of this plan tells: by its drugs, its times of day, its country and what the order asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from taper import catalog
from taper.order.order import Order
from taper.paper.phrases import NBSP, Phrases
from taper.paper.words.language import Passage
from taper.paper.words.telling import Block, Missed, Telling, told
from taper.schedule.curve import curve
from taper.schedule.regimen import Intake
from taper.schedule.schedule import Schedule
from taper.source import Source

FALLS_FROM = 65
"""The age from which falls and driving are told of unasked."""
WEEK = 7
_GROUPS = re.compile(r"(?<=\d) (?=\d)")
_ASKED: tuple[Block, ...] = ("lasting", "cramps")  # told only where the order asks for it
_UNASKED: tuple[Block, ...] = ("why", "bad_nights")  # told unless the order leaves it out


def build_advice(phrases: Phrases) -> tuple[Passage, ...]:
    """Return the what-to-do page."""
    schedule, order = phrases.schedule, phrases.schedule.order
    intakes = [intake for step in schedule.steps for intake in step.intakes if intake.dose or intake.items]
    kind, named = missed_kind(intakes)
    emergency, crisis = numbers(order)
    no_dose_days = _has_days_without(schedule)
    return told(
        phrases.words,
        Telling(
            sleeping_pills=_named(phrases, filter(_is_z_drug, schedule.drugs)),
            no_dose_days=no_dose_days,
            fewer=not no_dose_days and _has_fewer(schedule),
            missed=kind,
            night_only=_named(phrases, named),
            emergency=phrases.apart(emergency[0]),
            crisis=phrases.apart(crisis[0]),
            numbers=(*emergency[1], *crisis[1]),
            blocks=frozenset(_blocks(schedule)),
            several=len(schedule.drugs) > 1,
            note=phrases.apart((order and order.handout.note) or "", name=True),
        ),
    )


def missed_kind(intakes: Iterable[Intake]) -> tuple[Missed, tuple[str, ...]]:
    """Return what holds for a forgotten dose, and the drugs that are named because they are never taken by day.

    A sleeping pill, and whatever is taken at bedtime, is left out; all else is taken when remembered.
    """
    intakes = list(intakes)
    pills = tuple(dict.fromkeys(one.drug for one in intakes if is_hypnotic(one.drug)))
    night = [one for one in intakes if one.time == "bedtime" or one.drug in pills]
    if len(night) == len(intakes):
        return ("night" if night else "day"), ()
    if any(one.time != "bedtime" for one in night):
        return "named", pills
    return ("both" if night else "day"), ()


def is_hypnotic(drug: str) -> bool:
    """Return whether a drug is a sleeping pill by its class or its ATC code."""
    known = catalog.drugs().get(drug)
    return known is not None and (known.drug_class == "Z-drug" or known.code("ATC").startswith(("N05CD", "N05CF")))


def numbers(order: Order | None) -> tuple[tuple[str, tuple[Source, ...]], ...]:
    """Return the emergency number and the line against suicide, each with its source; empty where it is not known."""
    if order is None:
        return (("", ()), ("", ()))
    found = [catalog.call_number(order.country, kind) for kind in ("emergency", "crisis")]
    emergency, crisis = ((_unparted(one.text), (one.source,)) if one else ("", ()) for one in found)
    ordered = order.handout.emergency
    return (((_unparted(ordered), ()) if ordered else emergency), crisis)


def _unparted(text: str) -> str:
    """Keep the groups of a number on one line."""
    return _GROUPS.sub(NBSP, text)


def _blocks(schedule: Schedule) -> Iterator[Block]:
    order = schedule.order
    lines = order.handout if order else None
    yield from (name for name in _UNASKED if lines is None or getattr(lines, name) is not False)
    yield from (name for name in _ASKED if lines is not None and getattr(lines, name))
    if schedule.stopped_on is not None and (lines is None or lines.benefits is not False):
        yield "benefits"
    indication = lines.indication if lines else None
    if indication != "sleep":
        yield "anxiety"
    if indication != "anxiety":
        yield "sleep_course"
    age = order.patient.age if order and order.patient else None
    asked = lines.falls if lines else None
    if asked or (asked is None and age is not None and age >= FALLS_FROM):
        yield "falls"


def _is_z_drug(drug: str) -> bool:
    known = catalog.drugs().get(drug)
    return known is not None and known.drug_class == "Z-drug"


def _named(phrases: Phrases, drugs: Iterable[str]) -> str:
    return phrases.listed([phrases.medicine(drug) for drug in drugs])


def _has_days_without(schedule: Schedule) -> bool:
    """Return whether days without any dose follow a day with one, before the plan stops."""
    levels = curve(schedule)
    given = [level for level in levels if level.doses]
    end = schedule.steps[-1].end
    return any(not level.doses and given[0].end < level.start <= end for level in levels if given)


def _has_fewer(schedule: Schedule) -> bool:
    """Return whether what is taken at some time of day is left out on days between others, less than a week long."""
    taken: dict[tuple[str, str], date] = {}
    for day, step in schedule.days():
        for slot in {(one.time, one.drug) for one in step.intakes if one.dose or one.items}:
            if slot in taken and 1 < (day - taken[slot]).days <= WEEK:
                return True
            taken[slot] = day
    return False
