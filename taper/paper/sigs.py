"""Write label texts (sigs): what the pharmacy prints on the bottle, for each step or each fill.

A text that does not fit is an error, never cut short: half a taper on a label is a wrong label. Read them back, and
those of others, with `taper.exchange.sig.read`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from taper.errors import ScheduleError
from taper.interval import Interval, parse_interval
from taper.paper.label import Labels
from taper.schedule.regimen import Regimen
from taper.schedule.schedule import Schedule, Step
from taper.schedule.supply import dispense
from taper.schedule.weekly import OrderedStep, shown_steps
from taper.values import dataclass

SHORT = 140
"""Characters that older prescription messages (SCRIPT 10.6) carry."""
LONG = 1000
"""Characters that newer ones (SCRIPT 2017071) carry."""

Spans = Literal["dates", "days"]


@dataclass(frozen=True, slots=True)
class Sig:
    """The text of one label.

    Attributes:
        start: First day.
        end: Last day.
        drug: The drug, in the language of the label.
        product: Product on whose bottle it is printed, in that language; empty if it speaks of all products.
        text: The text.
    """

    start: date
    end: date
    drug: str
    product: str
    text: str

    def __str__(self) -> str:
        return self.text


def write_sigs(
    schedule: Schedule,
    *,
    every: str | Interval | None = None,
    by_product: bool = False,
    spans: Spans = "dates",
    limit: int = LONG,
    language: str | None = None,
) -> tuple[Sig, ...]:
    """Write the label texts of a schedule.

    Args:
        schedule: The schedule.
        every: Time from one fill to the next, such as ``"4 weeks"``: one text per fill. If None, one text per step.
        by_product: Whether each product gets its own text, for its bottle; else one text speaks of all.
        spans: Whether a text names its first and last day, or only the number of days.
        limit: Most characters of a text, such as 140 or 1,000.
        language: Code of the language; the order's, or English, if not given.

    Raises:
        ScheduleError: A text is longer than the limit: it is never cut.
        QuantityError: `every` is not an interval.
    """
    if spans not in ("dates", "days"):
        raise ScheduleError(f"{spans!r} is not one of dates, days", field="spans")
    labels = Labels(schedule, language)
    schedule, sigs = labels.schedule, []
    for start, end, steps in _fills_of_steps(schedule, every):
        for drug in schedule.drugs:
            used = [i.items for step in steps for i in step.intakes if i.drug == drug and i.dose]
            if not used:
                continue
            products = dict.fromkeys(item.product for items in used for item in items) if by_product else {"": None}
            for product in products:
                text = _text(labels, steps, drug, product, spans)
                where = f"fill from {start}" if every is not None else f"step {steps[0].number}"
                if len(text) > limit:
                    raise ScheduleError(
                        f"the text has {len(text)} characters, {len(text) - limit} more than the {limit} that fit, "
                        "and a label is never cut; choose shorter fills (every), one text for each product "
                        "(by_product), days instead of dates (spans), or a larger limit",
                        field=where,
                    )
                named = labels.product(product) if product else ""
                sigs.append(Sig(start, end, labels.phrases.plain_name(drug), named, text))
    return tuple(sigs)


def _fills_of_steps(schedule: Schedule, every: str | Interval | None) -> Iterator[tuple[date, date, list[Step]]]:
    """Yield first day, last day and the steps between them, cut to these days."""
    if every is None:
        yield from ((step.start, step.end, list(step.runs)) for step in shown_steps(schedule.steps))
        return
    interval = parse_interval(every) if isinstance(every, str) else every
    for fill in dispense(schedule, interval).fills:
        steps = [
            Step(step.number, max(step.start, fill.start), min(step.end, fill.end), step.intakes)
            for step in schedule.steps
            if step.start <= fill.end and step.end >= fill.start
        ]
        if steps:
            yield fill.start, fill.end, steps


def _last_day(step: OrderedStep, drug: str) -> date:
    return max(run.end for run in step.of_drug(drug).runs if run.intakes)


def _text(labels: Labels, steps: list[Step], drug: str, product: str, spans: Spans) -> str:
    """Write the sentence for consecutive steps."""
    none = labels.take(())

    def say(sentence: str, start: date, end: date) -> str:
        """Add days or dates; nothing is taken only between dates: "none for 14 days" could be counted from any day."""
        return (labels.dated if spans == "dates" or sentence == none else labels.lasting)(sentence, start, end)

    def taken(regimen: Regimen) -> tuple[str, ...]:
        if product:
            return labels.of_product(regimen, product)
        return tuple(text for _, text in labels.intakes(regimen, drug))

    parts = []
    for stretch in shown_steps(steps):
        week = [(part.weekdays, taken(part.regimen)) for part in stretch.parts]
        cycle = stretch if stretch.varies and not stretch.weekly else None
        parts.append((labels.of_week(week, cycle), stretch.start, stretch.end))
    merged = [parts[0]]
    for sentence, start, end in parts[1:]:
        before = merged[-1]
        if before[0] == sentence and (start - before[2]).days == 1:
            merged[-1] = sentence, before[1], end
        else:
            merged.append((sentence, start, end))
    text = labels.joined(say(*part) for part in merged)
    last = labels.ending(drug)
    # by the number: of a cycle each night stands for itself, and a night off behind the last dose is one of its step
    if last is not None and last.number == steps[-1].number and _last_day(last, drug) <= steps[-1].end:
        text = labels.say("label_stop", first=text)
    return text[:1].upper() + text[1:]
