"""What a paper or a file says is taken, held against the schedule day by day.

Whoever gives something out says what stands in it as claims, read from the very text that is given out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from taper.errors import ProofError
from taper.proof.facts import Run, Taken as Taken, runs_of

if TYPE_CHECKING:
    from taper.schedule.schedule import Schedule

_DAY = timedelta(days=1)


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


def prove_claims(schedule: Schedule, claims: Iterable[Claim], what: str, span: tuple[date, date] | None = None) -> None:
    """Hold what is said against what is planned.

    Args:
        schedule: The schedule.
        claims: What is said; days of which nothing is said are not looked at, unless there is a `span`.
        what: What is about to be given out, for the error.
        span: First and last day of which something must be said, each once.

    Raises:
        ProofError: Something else is said of a day than what is planned, or nothing, or two things.
    """
    runs = runs_of(schedule)
    claims = tuple(claims)
    for claim in claims:
        for run in _over(runs, claim, what):
            problem = difference(run.taken, claim.taken)
            if problem:
                day = max(run.start, claim.start)
                raise ProofError(what, f"{claim.where} says of {day} {problem}")
    if span is not None:
        _prove_each_day_once(claims, span, what)


def _over(runs: tuple[Run, ...], claim: Claim, what: str) -> Iterator[Run]:
    """Yield the runs that a claim speaks of; all its days must be days of the plan."""
    if claim.end < claim.start:
        raise ProofError(what, f"{claim.where} ends on {claim.end}, before it begins on {claim.start}")
    place, day = bisect_right([run.start for run in runs], claim.start) - 1, claim.start
    while day <= claim.end:
        if not 0 <= place < len(runs) or not runs[place].start <= day <= runs[place].end:
            raise ProofError(what, f"{claim.where} speaks of {day}, which is no day of the plan")
        yield runs[place]
        day, place = runs[place].end + _DAY, place + 1


def _prove_each_day_once(claims: tuple[Claim, ...], span: tuple[date, date], what: str) -> None:
    day = span[0]
    for claim in sorted(claims, key=lambda one: (one.start, one.end)):
        if claim.start != day:
            said = "is said twice" if claim.start < day else "is left out"
            raise ProofError(what, f"{min(claim.start, day)} {said}")
        day = claim.end + _DAY
    if day != span[1] + _DAY:
        raise ProofError(what, f"{day} is left out")


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
