"""The laws that every plan keeps, checked in plain arithmetic from the order as it was written, without the library."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from taper.schedule.schedule import Schedule, Step
from taper.schedule.supply import Supply
from tests.oracles.brute import PARTS, after, number

_DAY = timedelta(days=1)


def broken(data: dict[str, Any], schedule: Schedule) -> Iterator[str]:
    """Yield each law that a plan breaks.

    Args:
        data: The order as plain data, whose products are described.
        schedule: What was planned.
    """
    steps = schedule.steps
    if steps[0].start != date.fromisoformat(data["start"]):
        yield f"it begins on {steps[0].start}"
    for one, two in itertools.pairwise(steps):
        if two.start != one.end + _DAY:
            yield f"{two.start} does not follow {one.end}"
    for step in steps:
        if step.end < step.start:
            yield f"the step of {step.start} ends before it begins"
        yield from _unmade(data, step)
    yield from _falls(data, steps)
    phase = data["phase"][-1]
    idle = 6 if "weekly" in phase or "cycles" in phase else 0  # the last days of a pattern may be without a dose
    if schedule.stopped_on is not None and not 1 <= (schedule.stopped_on - _last_dose(steps)).days <= idle + 1:
        yield f"it stops on {schedule.stopped_on}"
    if phase.get("until") == "0 mg" and schedule.stopped_on is None:
        yield "it does not stop"


def _last_dose(steps: tuple[Step, ...]) -> date:
    return max(step.end for step in steps if any(intake.dose.value for intake in step.intakes))


def strength(product: dict[str, Any]) -> Fraction:
    """The mg in one tablet, or in one mL."""
    mass, _, volume = product["strength"].partition("/")
    return number(mass) / Fraction(volume.removesuffix("mL").strip() or 1)


def _unmade(data: dict[str, Any], step: Step) -> Iterator[str]:
    """Yield doses that their pieces do not make, and pieces that cannot be had."""
    products = {product["name"]: product for product in data["product"]}
    for intake in step.intakes:
        made, pieces = Fraction(0), Fraction(0)
        for item in intake.items:
            product = products[item.product]
            if item.volume is not None:
                made += item.volume.value * strength(product)
                portions = item.volume.value / number(product["graduation"])
            else:
                assert item.count is not None
                made += item.count.value * strength(product)
                if "weight" in product:
                    pieces += 1  # powder is weighed at once, of however many tablets
                    portions = item.count.value * number(product["weight"]) / number(product["graduation"])
                else:
                    pieces += item.count.value
                    portions = item.count.value * PARTS[product.get("split", "whole")]
            if portions.denominator != 1 or portions < 0:
                yield f"{step.start}: {item} cannot be had"
            if product.get("drug", data["drug"]) != intake.drug:
                yield f"{step.start}: {item} is not {intake.drug}"
        if made != intake.dose.value:
            yield f"{step.start}: {intake.dose} is not made of {intake.items}"
        if pieces > data.get("max_units", 8):
            yield f"{step.start}: {pieces} pieces at once"


def _falls(data: dict[str, Any], steps: tuple[Step, ...]) -> Iterator[str]:
    """Yield doses that rise, cuts that are larger than ordered, and steps that are shorter."""
    phases = data["phase"]
    if any("switch_to" in phase or "weekly" in phase or "cycles" in phase for phase in phases):
        return
    totals = [sum((intake.dose.value for intake in step.intakes), Fraction(0)) for step in steps]
    for step, before, now in zip(steps[1:], totals, totals[1:], strict=False):
        if now > before:
            yield f"{step.start}: the dose rises from {before} to {now}"
        phase = next((phase for phase in phases if "until" in phase and number(phase["until"]) < before), phases[-1])
        if "reduce" not in phase:
            continue
        final = now == 0 and before <= number(data.get("stop_from", "0 mg"))
        if before - now > _allowed(phase["reduce"], before, totals[0]) and not final:
            yield f"{step.start}: a cut of {before - now} from {before} with {phase['reduce']}"
    if len(phases) == 1 and "first_cut" not in data:
        for step, before, now in zip(steps[:-1], totals, totals[1:], strict=False):
            if now < before and step.end + _DAY < after(step.start, phases[0]["every"]):
                yield f"{step.start}: a step of {step.days} days with {phases[0]['every']}"


def _allowed(reduce: str, before: Fraction, first: Fraction) -> Fraction:
    step, _, least = reduce.partition(", at least ")
    amount, _, basis = step.partition(" of ")
    cut = number(amount) / 100 * (first if basis == "start" else before) if "%" in amount else number(amount)
    return max(cut, number(least)) if least else cut


def unsupplied(data: dict[str, Any], schedule: Schedule, supply: Supply) -> Iterator[str]:
    """Yield each product whose account does not close, over the plan and fill by fill."""
    needs: dict[str, Fraction] = {}
    for step in schedule.steps:
        for intake in step.intakes:
            for item in intake.items:
                one = item.volume.value if item.volume is not None else item.count.value if item.count else Fraction(0)
                needs[item.product] = needs.get(item.product, Fraction(0)) + one * step.days
    found: dict[str, Fraction] = {}
    for fill in supply.fills:
        for line in fill.lines:
            found[line.product] = found.get(line.product, Fraction(0)) + line.needed.value
            if line.carried.value + line.handed.value != line.needed.value + line.left.value:
                yield f"{fill.start}: the account of {line.product} does not close"
            if line.count is not None and line.handed.value.denominator != 1:
                yield f"{fill.start}: {line.handed} of {line.product}"
            if line.left.value < 0:
                yield f"{fill.start}: {line.product} does not last"
    if needs != found and not any("discard" in product for product in data["product"]):
        yield f"{needs} is needed and {found} counted"
