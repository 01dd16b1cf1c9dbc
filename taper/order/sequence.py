"""The phases of an order, one after the other: what each begins with, and what cannot follow it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from taper import catalog
from taper.catalog.conversion import factor
from taper.errors import OrderError, located, nearest
from taper.order.parts import DailyDoses
from taper.order.phase import Phase
from taper.quantity import Mg


class Taken(NamedTuple):
    """What is taken of a drug when the first of some phases begins.

    Attributes:
        dose: The daily dose; None if it is not known.
        what: What it is, for an error.
        is_daily: Whether it is taken every day alike.
    """

    dose: Mg | None
    what: str = "the current daily dose"
    is_daily: bool = True


def refuse_sequence(phases: Sequence[Phase], drugs: Sequence[str], taken: Mapping[str, Taken], first: int = 0) -> None:
    """Refuse phases that cannot follow one another.

    Args:
        phases: The phases.
        drugs: The drug that each of them reduces.
        taken: What is taken of each drug when the first of them begins.
        first: Place of the first one that is new; those before it were held against this rule when they were new.

    Raises:
        OrderError: A phase that has nothing to reduce, or that contradicts itself or the one before it.
    """
    above = dict(taken)
    for index, (phase, drug) in enumerate(zip(phases, drugs, strict=True)):
        now = above.get(drug, Taken(None))
        if index >= first:
            _refuse(phase, drug, now, index - first)
            if phase.switch_to is not None:
                _refuse_switch(phase, drug, above, f"phase[{index - first}]")
            if phase.together and (not index or drugs[index - 1] == drug or phases[index - 1].switch_to is not None):
                raise OrderError(
                    "together says that two drugs are reduced at the same time, so the phase before must be of another "
                    "drug and no switch",
                    field=f"phase[{index - first}].together",
                )
        above[drug] = Taken(phase.goal, "this phase" if not phase.goal else "the end of the phase before it")
        if phase.switch_to is not None:
            above[catalog.drug(phase.switch_to).name] = Taken(None, "the end of the switch")


def _refuse(phase: Phase, drug: str, now: Taken, place: int) -> None:
    """Refuse a phase that cannot follow what is taken when it begins."""
    if not now.is_daily:
        _refuse_not_daily(phase, drug, f"phase[{place}]")
    if now.dose is not None and not now.dose:
        raise OrderError(
            f"{now.what} stops the drug, so no phase can follow", field=f"phase[{max(place - 1, 0)}].until"
        )
    _refuse_end(place, phase, now.dose, now.what)


def _refuse_switch(phase: Phase, drug: str, above: Mapping[str, Taken], field: str) -> None:
    """Refuse a switch that has no other drug, or cannot be added to what is taken of it."""
    new = catalog.drug(phase.switch_to or "").name
    if new == drug:
        raise OrderError(f"{new} is the drug that is replaced; name another", field=f"{field}.switch_to")
    if new in above and not above[new].is_daily:
        raise OrderError(
            f"{new} is taken by a weekly pattern, so what replaces {drug} cannot be added to it; begin with a "
            f'phase that gives {new} every day, such as drug = "{new}", doses = ["{above[new].dose}"]',
            field=f"{field}.switch_to",
        )
    with located(f"{field}.equivalence"):
        factor(phase.equivalence or "", drug, new)


def _refuse_not_daily(phase: Phase, drug: str, field: str) -> None:
    """Refuse to reduce or replace a dose that is not the same every day."""
    rule = next((name for name in ("reduce", "finish", "switch_to") if getattr(phase, name) is not None), None)
    if rule is not None:
        raise OrderError(
            f"{rule} counts from a daily dose, and {drug} is not taken every day alike; begin with a phase that says "
            'what comes next: weekly = [{usual = "… mg", Monday = "0 mg"}], cycles = [["… mg", "0 mg"]], or '
            'doses = ["… mg"] for a dose of every day, from which the next phase can reduce',
            field=f"{field}.{rule}",
        )


def _refuse_end(index: int, phase: Phase, above: Mg | None, what: str) -> None:
    """Refuse a phase with an impossible end."""
    if phase.doses is not None:
        if phase.until is not None and phase.until != phase.goal:
            raise OrderError(
                f"the typed doses end at {phase.goal}, but until says {phase.until}; leave until out",
                field=f"phase[{index}].until",
            )
        if not all(d.total if isinstance(d, DailyDoses) else d for d in phase.doses[:-1]):
            raise OrderError(
                "a dose of zero before the last one; end the list there, or write days without a dose as "
                'cycles = [["… mg", "0 mg"]]',
                field=f"phase[{index}].doses",
            )
    elif phase.patterns is None and phase.switch_to is None and above is not None and phase.goal >= above:
        raise OrderError(
            f"{phase.goal} is not below {what}, {above}; there is nothing to reduce", field=f"phase[{index}].until"
        )


def refuse_products(phases: Sequence[Phase], products: Collection[str], place: str) -> None:
    """Refuse phases that name a product which the order does not have.

    Args:
        phases: The phases.
        products: Names of the products of the order.
        place: Where the phases stand in the order.
    """
    for index, phase in enumerate(phases):
        for number, name in enumerate(phase.products or ()):
            if name not in products:
                raise OrderError(
                    f"'{name}' is not a product of the order; {nearest(name, products)}",
                    field=f"{place}[{index}].products[{number}]",
                )
