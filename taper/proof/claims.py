"""Claims: what a file says is taken on some days, read from the very text that is given out."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from taper.proof.facts import Taken


class Claim(NamedTuple):
    """What is said of some days.

    Attributes:
        start: First day.
        end: Last day.
        taken: All that is said to be taken on each of them.
        where: Where it stands, such as "row 7" or "the box of 5 January 2026".
    """

    start: date
    end: date
    taken: tuple[Taken, ...]
    where: str


def difference(planned: tuple[Taken, ...], said: tuple[Taken, ...]) -> str:
    """Return what is wrong about what is said, in words; empty where all of it is what is planned.

    >>> from fractions import Fraction
    >>> one = Taken("morning", "diazepam", Fraction(5), (("diazepam tablet 5 mg", "pieces", Fraction(1)),))
    >>> difference((one,), (one._replace(items=None, drug=""),))
    ''
    >>> difference((one,), (one._replace(mg=Fraction(10), items=None),))
    '10 mg of diazepam in the morning, and the plan has 5 mg of diazepam (1 pieces of diazepam tablet 5 mg)'
    """
    left = list(planned)
    for claim in said:
        found = next((one for one in left if _agree(one, claim)), None)
        if found is None:
            near = [one for one in left if one.time == claim.time and claim.drug in ("", one.drug)]
            return f"{_words(claim)}, and the plan has {_told(near[0]) if near else 'nothing there'}"
        left.remove(found)
    return f"nothing {_when(left[0].time)}, where the plan has {_told(left[0])}" if left else ""


def _agree(planned: Taken, said: Taken) -> bool:
    return (
        planned.time == said.time
        and said.drug in ("", planned.drug)
        and said.mg in (None, planned.mg)
        and (said.items is None or sorted(said.items) == sorted(planned.items or ()))
    )


def _when(time: str) -> str:
    return {"morning": "in the morning", "noon": "at noon", "evening": "in the evening"}.get(time, f"at {time}")


def _told(one: Taken) -> str:
    items = ", ".join(f"{number} {unit} of {product}" for product, unit, number in one.items or ())
    return f"{one.mg} mg of {one.drug}{f' ({items})' if items else ''}"


def _words(claim: Taken) -> str:
    items = ", ".join(f"{number} {unit} of {product}" for product, unit, number in claim.items or ())
    mg = "" if claim.mg is None else f"{claim.mg} mg "
    return f"{mg}{f'of {claim.drug} ' if claim.drug else ''}{f'({items}) ' if items else ''}{_when(claim.time)}"
