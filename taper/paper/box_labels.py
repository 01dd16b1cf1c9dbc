"""The label of each box that a fill hands out: what to take of it, and from which day to which.

All boxes of one drug in one fill carry the same dates, those on which a dose of the drug begins or ends, so that they
can be read side by side. A box that is not needed yet says on which day to start it; none ever says "take none"
without a date. A text that is too long for a small label stands beside a short one, which points to the calendar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from taper.paper.label import Labels
from taper.paper.phrases import NBSP, capitalized
from taper.schedule.regimen import Intake, Item, Regimen
from taper.schedule.schedule import Schedule, Step
from taper.schedule.supply import Fill
from taper.schedule.weekly import OrderedStep, shown_steps
from taper.values import dataclass

SMALL = 140
"""Characters of a small label, as older prescription messages (SCRIPT 10.6) carry them."""


@dataclass(frozen=True, slots=True)
class BoxLabel:
    """The label of one box.

    Attributes:
        product: The product in the box.
        lines: Its text, a line for each dose.
        short: What to print where that is too long: the days, and that the calendar says the rest; empty if all boxes
            of the drug have a short text anyway.
    """

    product: str
    lines: tuple[str, ...]
    short: str = ""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days on which one drug is taken alike: of each of its products what to take, or None."""

    start: date
    end: date
    taken: tuple[str | None, ...]


class BoxLabels(Labels):
    """The labels of all boxes of a schedule, in the patient's language, as they stand on paper."""

    _devices: Mapping[str, str] = MappingProxyType({})
    """What measures all doses of a box, by product: said once on its label."""

    def say(self, phrase: str, /, **values: str) -> str:
        """Return a phrase with its blanks filled; on paper a number keeps its unit on the line."""
        return self.phrases.say(phrase, **values)

    def _item(self, intake: Intake, item: Item) -> str:
        ordered = self._ordered.get(item.product)
        if ordered is None or item.volume is None or item.product not in self._devices:
            return super()._item(intake, item)
        dose = self.phrases.dose(ordered.product.strength * item.volume.value)
        amount = self.say("measured_first", measure=self.phrases.measure(item.product, item.volume), dose=dose)
        return self.say("label_amount", amount=amount, time=self.say(f"label_{intake.time}"))

    def _one_device(self, items: list[Item]) -> Mapping[str, str]:
        """Return what measures all volumes of a product, where it is one and each takes no more than one filling."""
        found: dict[str, set[str]] = {}
        for item in items:
            ordered = self._ordered.get(item.product)
            if item.volume is not None and ordered is not None:
                alone = not ordered.in_drops and not self.phrases.filled(item)
                found.setdefault(item.product, set()).add(self.phrases.device(item) if alone else "")
        return {product: named.pop() for product, named in found.items() if len(named) == 1 and "" not in named}

    def of_fill(self, fill: Fill, products: tuple[str, ...]) -> tuple[BoxLabel, ...]:
        """Return the labels of the boxes that some days need.

        Args:
            fill: The days.
            products: The products in the order in which their labels are printed.
        """
        steps = [
            Step(step.number, max(step.start, fill.start), min(step.end, fill.end), step.intakes)
            for step in self.schedule.steps
            if step.start <= fill.end and step.end >= fill.start
        ]
        labels = [label for drug in self.schedule.drugs for label in self._of_drug(drug, steps, products)]
        return tuple(sorted(labels, key=lambda label: products.index(label.product)))

    def _of_drug(self, drug: str, steps: list[Step], products: tuple[str, ...]) -> tuple[BoxLabel, ...]:
        items = [item for step in steps for intake in step.intakes if intake.drug == drug for item in intake.items]
        used = {item.product for item in items}
        boxes = tuple(product for product in products if product in used)
        if not boxes:
            return ()
        self._devices = self._one_device(items)
        stretches = self._stretches(steps, drug, boxes)
        stop = self._stop(drug, stretches)
        texts = [self._lines(stretches, boxes, number, stop) for number in range(len(boxes))]
        if all(len(" ".join(lines)) <= SMALL for lines in texts):
            return tuple(BoxLabel(box, lines) for box, lines in zip(boxes, texts, strict=True))
        return tuple(
            BoxLabel(box, lines, self._short(stretches, number))
            for number, (box, lines) in enumerate(zip(boxes, texts, strict=True))
        )

    def _stretches(self, steps: list[Step], drug: str, boxes: tuple[str, ...]) -> list[_Stretch]:
        found: list[_Stretch] = []
        for step in shown_steps(steps):
            taken = tuple(self._sentence(step, drug, box) for box in boxes)
            before = found[-1] if found else None
            if before is not None and before.taken == taken and (step.start - before.end).days == 1:
                found[-1] = _Stretch(before.start, step.end, taken)
            else:
                found.append(_Stretch(step.start, step.end, taken))
        return found

    def _sentence(self, step: OrderedStep, drug: str, box: str) -> str | None:
        def taken(regimen: Regimen) -> tuple[str, ...]:
            return self.of_product(Regimen(tuple(one for one in regimen if one.drug == drug)), box)

        week = [(part.weekdays, taken(part.regimen)) for part in step.parts]
        if not any(doses for _, doses in week):
            return None
        text = self.of_week(week, step if step.varies and not step.weekly else None)
        return text.rstrip(
            " ,،"
        )  # a sentence about a week ends with the comma before its dates, which stand first here

    def _stop(self, drug: str, stretches: list[_Stretch]) -> date | None:
        """Return the last day of a drug, if it is among these days and the drug stops after it."""
        last = self.ending(drug)
        day = None if last is None else max(run.end for run in last.of_drug(drug).runs if run.intakes)
        return day if day is not None and stretches[0].start <= day <= stretches[-1].end else None

    def _lines(self, stretches: list[_Stretch], boxes: tuple[str, ...], box: int, stop: date | None) -> tuple[str, ...]:
        """Write a line for each dose; that nothing is taken only between doses and after them."""
        needed = [stretch for stretch in stretches if stretch.taken[box] is not None]
        lines = [self._start(needed[0])] if needed[0] is not stretches[0] else []
        for stretch in stretches[stretches.index(needed[0]) :]:
            text, stops = stretch.taken[box], stop is not None and stretch.start <= stop <= stretch.end
            if text is None and stop is not None and stretch.start > stop:
                break  # the line before has said that the drug is stopped
            doses = text or self.say("box_none")
            if stops and text is not None:
                doses = self.say("box_stop", first=doses)
            lines.append(self.say("box_line", dates=self._days(stretch.start, stretch.end), doses=doses))
        device = self._devices.get(boxes[box])
        if device is not None:
            lines.append(f"{self.say('device_with', device=device)}.")
        return tuple(map(capitalized, lines))

    def _short(self, stretches: list[_Stretch], box: int) -> str:
        """Write the days and "see the calendar", and where they fit, the days of new doses."""
        first = next(stretch for stretch in stretches if stretch.taken[box] is not None)
        dates = self._days(first.start, stretches[-1].end)
        parts = [self._start(first)] if first is not stretches[0] else []
        parts.append(self.say("box_line", dates=dates, doses=self.say("box_calendar")))
        later = [self._day(stretch.start) for stretch in stretches[stretches.index(first) + 1 :]]
        whole = " ".join([*parts, self.say("box_new", days=self.phrases.listed(later))]) if later else " ".join(parts)
        return capitalized(whole if len(whole) <= SMALL else " ".join(parts))

    def _start(self, stretch: _Stretch) -> str:
        return self.say("box_start", date=self._day(stretch.start))

    def _day(self, day: date) -> str:
        return self.phrases.dated(day).replace(" ", NBSP)

    def _days(self, start: date, end: date) -> str:
        """Write first and last day, the year of the first only where it is another."""
        if start.year != end.year or start == end:
            return self.phrases.span(start, end)
        first = self.phrases.day_and_month(start).replace(" ", NBSP)
        return self.phrases.say("from_to", start=first, end=self._day(end))


def box_labels(
    schedule: Schedule, fills: tuple[Fill, ...], products: tuple[str, ...], language: str | None
) -> Iterator[tuple[BoxLabel, ...]]:
    """Yield the labels of each fill.

    Args:
        schedule: The schedule.
        fills: What is handed out.
        products: The products in the order in which they are printed.
        language: Code of the language; the order's, or English, if not given.
    """
    labels = BoxLabels(schedule, language)
    yield from (labels.of_fill(fill, products) for fill in fills)
