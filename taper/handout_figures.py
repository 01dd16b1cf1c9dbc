"""The clinician's figures: each step with what was ordered, what is made of it, and what models say of it.

An equivalence is always a range across the tables that are used, and occupancy always carries its model:
neither is ever a single silent number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from taper import catalog
from taper.checker import tables_used
from taper.handout_drugs import drug_changes
from taper.handout_parts import Fact
from taper.handout_phrases import Phrases
from taper.occupancy import model
from taper.quantity import Mg
from taper.schedule import Schedule, Step

REFERENCE_DRUG = "diazepam"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of strings; `wide` is the column that takes the room that is left.

    Attributes:
        shares: Instead of `wide`: share of the room that each column takes, 0 for as much as it needs.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: int = 1
    shares: tuple[int, ...] = ()


def steps_table(schedule: Schedule, phrases: Phrases) -> Table:
    """Write every step: ordered, planned, cut, and the range of equivalents and the occupancy where they mean anything.

    Args:
        schedule: The schedule.
        phrases: Its words, in a language that has the clinician's.
    """
    say, one = phrases.words.clinician, len(schedule.drugs) == 1
    cut_names = ["cut", "current", "start"] if one else ["change"]  # the mg of several drugs make no one cut
    names = ["step", "dates", "days", "take", *["target"] * one, "total", *cut_names]
    converted = any(drug != REFERENCE_DRUG for drug in schedule.drugs)
    modeled = schedule.order is not None and schedule.order.half_saturation is not None and one
    names += ["equivalent"] * converted + ["occupancy"] * modeled
    rows: list[tuple[str, ...]] = []
    for index, step in enumerate(schedule.steps):
        doses = phrases.day(step)
        target = phrases.computed_dose(step.target) if step.target is not None else ""
        row = [
            str(step.number),
            phrases.span(step.start, step.end),
            str(step.days),
            "; ".join(f"{dose.line}: {dose.words}" if dose.words else dose.line for dose in doses.doses) or say["none"],
            *[target] * one,
            doses.total_words,
            *_cut(schedule, index, phrases),
        ]
        if converted:
            row.append(_equivalent(schedule, step, phrases))
        if modeled:
            row.append(_occupancy(schedule, step, phrases))
        rows.append(tuple(row))
    if schedule.stopped_on is not None:
        day = phrases.say("from", start=phrases.dated(schedule.stopped_on))
        rows.append((say["stop"], day, *[""] * (len(names) - 2)))
    shares = () if one else (0, 3, 0, 7, 4, 4, *[3] * (len(names) - 6))
    return Table(say["steps"], tuple(say[f"column_{name}"] for name in names), tuple(rows), 3, shares)


def _cut(schedule: Schedule, index: int, phrases: Phrases) -> tuple[str, ...]:
    """Write the cut in mg and as part of both doses; of several drugs the change of each."""
    if len(schedule.drugs) > 1:
        before, now = (schedule.steps[max(at, 0)].totals for at in (index - 1, index))
        return (drug_changes(before, now, phrases) if index else "",)
    cut = schedule.cuts[index] if index else None
    if cut is None:
        return "", "", ""
    return phrases.dose(cut.amount), phrases.percent(cut.of_current), phrases.percent(cut.of_start)


def _equivalent(schedule: Schedule, step: Step, phrases: Phrases) -> str:
    """Write the least and the most diazepam equivalent of a day, across the tables that have its drugs."""
    sums = []
    for table in tables_used(schedule):
        values = [table.diazepam_mg(drug, dose) for drug, dose in step.totals.items()]
        if all(value is not None for value in values):
            known = [value for value in values if value is not None]
            sums.append((sum((low for low, _ in known), Mg(0)), sum((high for _, high in known), Mg(0))))
    if not sums:
        return phrases.words.clinician["no_value"]
    low, high = min(low for low, _ in sums), max(high for _, high in sums)
    if low == high:
        return phrases.computed_dose(low)
    return phrases.words.clinician["range"].format(low=phrases.computed_dose(low), high=phrases.computed_dose(high))


def _occupancy(schedule: Schedule, step: Step, phrases: Phrases) -> str:
    assert schedule.order is not None
    half = schedule.order.half_saturation
    assert half is not None
    return phrases.percent(step.total / (step.total + half))


def model_facts(schedule: Schedule, phrases: Phrases) -> Iterator[Fact]:
    """Name every guideline, table and model that the figures and the findings rest on."""
    say, order = phrases.words.clinician, schedule.order
    if order is not None:
        for name in order.check.guidelines:
            yield Fact(say["model_guidelines"], catalog.guideline(name).title, name)
    titles = [table.title for table in tables_used(schedule)]
    if titles and any(drug != REFERENCE_DRUG for drug in schedule.drugs):
        yield Fact(say["model_tables"], say["model_tables_text"].format(tables="; ".join(titles)))
    if order is not None and order.occupancy is not None:
        used = model(order.occupancy.model)
        yield Fact(say["model_occupancy"], f"{used.title}: {used.disagreement}", order.occupancy.table or "")
