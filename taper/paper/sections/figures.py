"""The clinician's figures: each step as ordered and as planned, with its modeled values.

An equivalence is always a range across the tables in use, and occupancy always names its model: neither is
ever a single number without its origin.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from taper.catalog.occupancy import model
from taper.checker.checking import guidelines_used, tables_used
from taper.paper.parts import DayDoses, Fact
from taper.paper.phrases import Phrases
from taper.paper.sections.step_changes import drug_changes, weekly_change
from taper.quantity import Mg
from taper.schedule.cuts import cuts
from taper.schedule.schedule import NO_CUT, Cut, Schedule
from taper.schedule.weekly import OrderedStep, shown_steps
from taper.values import dataclass

REFERENCE_DRUG = "diazepam"
_LONG_DATES = 26  # characters: first and last day of a step, in languages with long months


@dataclass(frozen=True, slots=True)
class Table:
    """A table of strings; `wide` is the column that takes the remaining width.

    Attributes:
        shares: Instead of `wide`: the share of the width that each column takes, 0 for as much as it needs.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: int = 1
    shares: tuple[int, ...] = ()


def steps_table(schedule: Schedule, phrases: Phrases, revised_on: date | None = None) -> Table:
    """Build the step table: ordered and planned dose, cut and, where defined, equivalent range and occupancy.

    Args:
        schedule: The schedule.
        phrases: Its words, in a language that has the clinician's.
        revised_on: First day of the patient's paper after a revision, which counts its steps anew.
    """
    say, single_drug = phrases.words.clinician, len(schedule.drugs) == 1
    cut_names = ["cut", "current", "start"] if single_drug else ["change"]  # the mg of several drugs make no one cut
    names = ["step", "dates", "days", "take", *["target"] * single_drug, "total", *cut_names]
    converted = any(drug != REFERENCE_DRUG for drug in schedule.drugs)
    modeled = schedule.order is not None and schedule.order.half_saturation is not None and single_drug
    names += ["equivalent"] * converted + ["occupancy"] * modeled
    rows: list[tuple[str, ...]] = []
    steps = shown_steps(schedule.steps)
    # a plan as first written, or one revised on its first day, has one name for each step
    anew = revised_on is not None and revised_on > schedule.steps[0].start
    left = [runs[0].number for runs in schedule.groups if anew and revised_on and runs[-1].end >= revised_on]
    for before, step, cut in zip((None, *steps), steps, single_cuts(schedule), strict=False):
        row = [
            _numbered(step, schedule, left if revised_on and step.end >= revised_on else [], phrases),
            phrases.short_span(step.start, step.end),
            str(step.days),
            _regimen(step, phrases) or say["none"],
            *[_target(step, phrases)] * single_drug,
            _daily(step, phrases),
            *_cut(schedule, before, step, cut, phrases),
        ]
        if converted:
            row.append(_equivalent(schedule, step, phrases))
        if modeled:
            row.append(_occupancy(schedule, step, phrases))
        rows.append(tuple(row))
    if schedule.stopped_on is not None:
        day = phrases.say("from", start=phrases.short_span(schedule.stopped_on, schedule.stopped_on))
        rows.append((phrases.say("step_stop").replace(" ", "\n"), day, *[""] * (len(names) - 2)))
    dated = 4 if any(len(row[1]) > _LONG_DATES for row in rows) else 3
    shares: tuple[int, ...] = () if single_drug else (0, dated, 0, 7, 4, 4, *[3] * (len(names) - 6))
    if single_drug and any(step.varies for step in steps):  # what is taken on which days needs more room than numbers
        shares = (0, 3, 0, 5, 0, 5, *[0] * (len(names) - 6))
    return Table(say["steps"], tuple(say[f"column_{name}"] for name in names), tuple(rows), 3, shares)


def step_name(number: int, schedule: Schedule, phrases: Phrases) -> str:
    """Name a step as the patient's sheet of a plan as first written does: Start, then 1."""
    return phrases.say("step_now") if number == schedule.steps[0].number else str(number)


def _numbered(step: OrderedStep, schedule: Schedule, left: list[int], phrases: Phrases) -> str:
    """Name a step, and beside it what a revised patient's sheet, which counts those that are left, calls it."""
    name = step_name(step.number, schedule, phrases)
    if not left:
        return name
    anew = str(left.index(step.number)) if step.number != left[0] else phrases.say("step_now")
    return name if anew == name else phrases.words.clinician["step_anew"].format(step=name, anew=anew)


def _cut(
    schedule: Schedule, before: OrderedStep | None, step: OrderedStep, cut: Cut | None, phrases: Phrases
) -> tuple[str, ...]:
    """Write the cut in mg and as a fraction of both doses; for several drugs, the change of each."""
    if len(schedule.drugs) > 1:
        if before is None:
            return ("",)
        if before.varies or step.varies:
            return (weekly_change(before, step, phrases),)
        return (drug_changes(before.usual.totals, step.usual.totals, phrases),)
    if cut is None or before is None:
        return "", "", ""
    return (
        phrases.computed_dose(cut.amount),
        "" if cut.amount and not cut.before else phrases.narrow_percent(cut.of_current),
        phrases.narrow_percent(cut.of_start),
    )


def single_cuts(schedule: Schedule) -> tuple[Cut | None, ...]:
    """Return the cut before each step; None if several drugs change at once."""
    return tuple(None if len(drugs) > 1 else drugs[0] if drugs else NO_CUT for drugs in cuts(schedule))


def average(step: OrderedStep, phrases: Phrases) -> str:
    """Write the average daily dose of a weekly pattern, for clinicians; a rounded value is marked."""
    doses = [(drug, phrases.computed_dose(dose)) for drug, dose in step.averages.items() if dose]
    written = [dose if len(phrases.schedule.drugs) == 1 else f"{phrases.medicine(drug)} {dose}" for drug, dose in doses]
    return phrases.words.clinician["on_average"].format(dose=phrases.listed(written))


def _daily(step: OrderedStep, phrases: Phrases) -> str:
    return (
        f"{phrases.daily(step, in_mg=True)}{phrases.say('semicolon')}{average(step, phrases)}"
        if step.varies
        else phrases.daily(step, in_mg=True)
    )


def _regimen(step: OrderedStep, phrases: Phrases) -> str:
    """Write what is taken, an intake a line: a count must not be parted from what it counts."""

    def of_day(doses: DayDoses) -> str:
        return f"{phrases.say('semicolon').rstrip(' ')}\n".join(dose.said for dose in doses.doses)

    if not step.varies:
        return of_day(phrases.day(step.usual))
    colon = phrases.say("colon").rstrip(" ")
    return ".\n".join(
        f"{part.when}{colon}\n{of_day(part.doses) or part.doses.total_words}" for part in phrases.week(step)
    )


def _target(step: OrderedStep, phrases: Phrases) -> str:
    """Write the ordered daily dose, if it is the same on all days."""
    targets = {run.target for run in step.runs}
    target = targets.pop() if len(targets) == 1 else None
    return "" if target is None else phrases.computed_dose(target)


def equivalents(schedule: Schedule, step: OrderedStep) -> tuple[Mg, Mg] | None:
    """Return the lowest and highest diazepam equivalent of an average day, across the tables that have its drugs."""
    sums = []
    for table in tables_used(schedule):
        values = [table.diazepam_mg(drug, dose) for drug, dose in step.averages.items()]
        if all(value is not None for value in values):
            known = [value for value in values if value is not None]
            sums.append((sum((low for low, _ in known), Mg(0)), sum((high for _, high in known), Mg(0))))
    return (min(low for low, _ in sums), max(high for _, high in sums)) if sums else None


def _equivalent(schedule: Schedule, step: OrderedStep, phrases: Phrases) -> str:
    """Write that range; or that no value was read."""
    found = equivalents(schedule, step)
    if found is None:
        return phrases.words.clinician["no_value"]
    low, high = found
    if low == high:
        return phrases.computed_dose(low)
    return phrases.words.clinician["range"].format(low=phrases.computed_dose(low), high=phrases.computed_dose(high))


def _occupancy(schedule: Schedule, step: OrderedStep, phrases: Phrases) -> str:
    """Write the modeled occupancy; for a weekly pattern, that of its lowest and highest day."""
    assert schedule.order is not None
    half = schedule.order.half_saturation
    assert half is not None
    days = sorted({part.regimen.total.value for part in step.parts})
    texts = [phrases.narrow_percent(dose / (dose + half.value)) for dose in (days[0], days[-1])]
    if texts[0] == texts[1]:
        return texts[0]
    return phrases.words.clinician["range"].format(low=texts[0], high=texts[1])


def model_facts(schedule: Schedule, phrases: Phrases) -> Iterator[Fact]:
    """Name every guideline, table and model that the figures and the findings rest on."""
    say, order = phrases.words.clinician, schedule.order
    if order is not None:
        for guideline in guidelines_used(schedule):
            yield Fact(say["model_guidelines"], phrases.apart(guideline.title, name=True), guideline.id)
    titles = [table.title for table in tables_used(schedule)]
    if titles and any(drug != REFERENCE_DRUG for drug in schedule.drugs):
        yield Fact(say["model_tables"], say["model_tables_text"].format(tables=phrases.say("semicolon").join(titles)))
    if order is not None and order.occupancy is not None:
        used = model(order.occupancy.model)
        yield Fact(
            say["model_occupancy"],
            f"{used.title}{phrases.say('colon')}{used.disagreement}",
            order.occupancy.table or "",
        )
