"""The history of an order: its hashes, what each revision puts in force, what an undo brings back, a step back.

The hashes are computed anew from the order as data. What is in force after an undo is what was before the revision
that it takes back. An interval or a step that a revision names holds for the later phases of its drug where it is the
slower one, and changes nothing else of them. A step back goes to the last higher dose.

What is not proved: a step back of a drug that another one replaces, or on a day with several revisions.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from taper.proof.days import DAY, Track, total
from taper.proof.named import Differs
from taper.proof.words import StepRule, after, step_rule

if TYPE_CHECKING:
    from taper.order.history import Event
    from taper.order.order import Order
    from taper.order.phase import Phase
    from taper.order.terms import Terms

_TERMS = ("phase", "product", "stop_from", "max_units", "spread", "reduce_first", "merge", "change_on", "review_every")


def hold_history(order: Order, terms: Sequence[Terms]) -> None:
    """Hold a history against its own words.

    Args:
        order: The order.
        terms: What is in force: at first, then after each revision.

    Raises:
        Differs: It says something else.
    """
    _hold_hashes(order)
    counting = [0]
    for place, event in enumerate(order.history, 1):
        if event.undo:
            counting = counting[:-1] or counting
            before, now = terms[counting[-1]], terms[place]
            name = next((name for name in _TERMS if getattr(before, name) != getattr(now, name)), None)
            if name is not None:
                raise Differs(
                    f"the revision of {event.on} takes the one before back, and {name} is another than before"
                )
        else:
            _hold_later(order, event, terms[counting[-1]].phase, terms[place].phase)
            counting.append(place)


def _hold_hashes(order: Order) -> None:
    data = order.as_data()
    before = _digest({key: value for key, value in data.items() if key != "history"})
    for number, event in enumerate(order.history, 1):
        before = _digest([before, {key: value for key, value in event.as_data().items() if key != "hash"}])
        if event.hash != before:
            raise Differs(
                f"revision {number} of {event.on} does not carry the hash of what it says and what was before"
            )


def _digest(data: Any) -> str:
    text = json.dumps(data, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _hold_later(order: Order, event: Event, before: tuple[Phase, ...], now: tuple[Phase, ...]) -> None:
    """Hold the phases behind the one that a revision changes: slower where it says so, and else as they were."""
    here = event.at_phase or 0
    if event.phase is not None or len(before) != len(now) or here >= len(before):
        return
    drugs, dose = order.phase_drugs(before), before[here].goal.value
    for place in range(here + 1, len(before)):
        old, new, own = before[place], now[place], drugs[place] == drugs[here]
        every = old.every
        if own and event.every is not None and after(old.every, event.on) < after(event.every, event.on):
            every = event.every
        if new.every != every:
            raise Differs(f"the revision of {event.on} leads to a phase every {new.every}, which should be {every}")
        if own and event.reduce is not None:
            start = order.starting_dose(drugs[place])
            _hold_slower(event, (old, new), dose, None if start is None else start.value)
        dose = old.goal.value if own else dose


def _hold_slower(event: Event, phases: tuple[Phase, Phase], dose: Fraction, start: Fraction | None) -> None:
    """Hold a later phase to the smaller of its own step and that of a revision.

    Args:
        event: The revision.
        phases: The phase before the revision, and after it.
        dose: The daily dose with which it begins.
        start: That from which parts "of start" count; None if it is not known.
    """
    own, named, new = (_rule(reduce) for reduce in (phases[0].reduce, event.reduce, phases[1].reduce))
    if own is None or named is None or new is None or start is None or not dose:
        return
    lowest, other, found = (rule.lowest(dose, start, None) for rule in (own, named, new))
    if lowest is not None and other is not None and found != max(lowest, other):
        raise Differs(f"the revision of {event.on} names steps of {event.reduce}, and a later phase has larger ones")


def _rule(reduce: Any) -> StepRule | None:
    return None if reduce is None else step_rule(reduce.written or str(reduce))


def hold_step_back(event: Event, drug: str, track: Track) -> None:
    """Ask that a step back goes to the last dose that was higher.

    Args:
        event: The only revision of its day.
        drug: The drug that it concerns, which no other one replaces and which is taken every day alike.
        track: What is taken of it.

    Raises:
        Differs: It goes to another dose.
    """
    if not event.back:
        return
    before, taken = total(track.at(event.on - DAY)), total(track.at(event.on))
    earlier = [total(doses) for day, doses in zip(track.days, track.doses, strict=True) if day < event.on]
    higher: list[Fraction] = [dose for dose in earlier if dose > before]
    if higher and taken != higher[-1]:
        raise Differs(
            f"the step back of {event.on} leads to {taken} mg of {drug}, and the dose before was {higher[-1]} mg"
        )
