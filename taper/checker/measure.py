"""Compare a fall with a limit, in the unit and on the basis that the guideline prints."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from taper.catalog import Limit
from taper.checker.case import Case
from taper.checker.falls import Fall
from taper.checker.texts import say
from taper.checker.wording import drug_text, listed, mg_beside, mg_text, percent_beside, percent_of
from taper.finding import NotEvaluated
from taper.message import Message
from taper.quantity import Mg
from taper.schedule.curve import Level


def basis_text(limit: Limit) -> Message:
    """Name the dose that a limit is a percentage of."""
    if limit.mg is not None:
        return say("basis.drug", drug=drug_text(limit.drug))
    if limit.fraction is None:
        return say("basis.equivalent")
    if limit.basis == "start":
        return say("basis.start")
    return say("basis.unspecified") if limit.basis == "unspecified" else say("basis.current")


def size(case: Case, limit: Limit, before: Level, fall: Fall) -> tuple[Fraction, Fraction] | None:
    """Return a fall and a limit in the unit and on the basis of the limit.

    Returns:
        Both, or None if the limit is in diazepam equivalents and no table has the drug. A limit in mg
        of one drug measures its own fall only: nothing where drugs change or are taken together.
    """
    if limit.mg is not None:
        alone = before.drugs == (limit.drug,) and not fall.table
        return (fall.fraction * before.dose(limit.drug).value if alone else Fraction(0)), limit.mg.value
    if limit.fraction is None:
        assert limit.diazepam_mg is not None
        return None if fall.diazepam is None else (fall.diazepam, limit.diazepam_mg.value)
    if limit.basis != "start":
        return fall.fraction, limit.fraction
    of_start = case.fall_of_start(before, fall)
    return None if of_start is None else (of_start, limit.fraction)


def sizes_of_cuts(case: Case, limit: Limit) -> tuple[tuple[Fraction | None, ...], Fraction]:
    """Return the sizes of all cuts, and the limit, in the unit and on the basis of the limit (see `size`)."""
    basis = basis_key(limit)
    if basis not in case.sizes:
        found = [size(case, limit, cut.before, cut.fall) if cut.fall else None for cut in case.cuts]
        case.sizes[basis] = tuple(None if each is None else each[0] for each in found)
    return case.sizes[basis], ceiling_of(limit)


def basis_key(limit: Limit) -> str:
    """Return the same text for limits that measure a fall alike."""
    if limit.fraction is not None:
        return "of the start" if limit.basis == "start" else "of the dose before"
    return limit.drug if limit.mg is not None else "in diazepam"


def ceiling_of(limit: Limit) -> Fraction:
    """Return the number of a limit."""
    return limit.fraction if limit.fraction is not None else (limit.mg or limit.diazepam_mg or Mg(0)).value


class Measured(NamedTuple):
    """A fall, and its size in the unit and on the basis of some limits.

    Attributes:
        after: The level after.
        fall: The fall; None if the drugs cannot be compared.
        size: Its size; None if no table has the drug, or the drugs cannot be compared.
    """

    after: Level
    fall: Fall | None
    size: Fraction | None


def measured_within(case: Case, limit: Limit) -> tuple[tuple[Level, tuple[Measured, ...]], ...]:
    """Return each level with the falls to those that begin within the window of a limit, measured as the limit does."""
    assert limit.window_days is not None
    key = limit.window_days, basis_key(limit)
    if key not in case.windows:
        case.windows[key] = tuple(
            (before, tuple(_measured(case, limit, before, after) for after in case.following(index, limit.window_days)))
            for index, before in enumerate(case.paced)
        )
    found: tuple[tuple[Level, tuple[Measured, ...]], ...] = case.windows[key]
    return found


def _measured(case: Case, limit: Limit, before: Level, after: Level) -> Measured:
    fall = case.fall(before, after)
    found = None if fall is None else size(case, limit, before, fall)
    return Measured(after, fall, None if found is None else found[0])


def in_band(case: Case, limit: Limit, level: Level) -> bool:
    """Return whether a limit covers the dose of a level."""
    if limit.above_part is not None or limit.to_part is not None:
        part = case.part_of_start(level)
        if part is None:
            return False
        if (limit.above_part is not None and part <= limit.above_part) or (
            limit.to_part is not None and part > limit.to_part
        ):
            return False
    if limit.above_mg is None and limit.below_mg is None:
        return True
    span = case.equivalent(level)
    return span is not None and limit.applies_to(span[1])


def amount_texts(limit: Limit, measured: Fraction, ceiling: Fraction) -> tuple[Message, Message]:
    """Write a measured value and its limit."""
    if limit.fraction is None:
        return mg_beside(measured, ceiling), mg_text(ceiling)
    return percent_beside(measured, ceiling), percent_of(ceiling, 2)


def no_equivalent(code: str, drugs: tuple[str, ...]) -> NotEvaluated:
    """Say that a limit in diazepam equivalents cannot be applied."""
    names = listed([drug_text(drug) for drug in drugs], " and ")
    return NotEvaluated(code, say("no equivalent", drugs=names), say("about.limits in mg"))
