"""The history of a plan: what was changed, on which day, why and by whom, chained by hashes.

An order keeps every revision of its plan as an entry of `history`. Each entry carries a hash of itself and
of everything before it, the order included, so that a later change to the history is noticed and the
revision that was changed is named.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from taper.errors import OrderError
from taper.order.parts import (
    Day,
    Dose,
    Merge,
    Part,
    Reduce,
    Span,
    SpreadPolicy,
    Stock,
    TimeOfDay,
    TypedDose,
    Weekday,
    Words,
)
from taper.order.phase import Phase
from taper.order.product import ProductLine

_LONGEST = 3653  # days, of ten years: what comes later may not even be a date
_ABOUT = frozenset({"on", "reason", "by", "drug", "at_phase", "since", "handed", "hash"})


class Event(Part):
    """One revision: its first day, what changed, why, and by whom.

    Attributes:
        on: First day that may differ from the plan before.
        reason: Why.
        by: Who decided it.
        drug: The drug concerned, where the plan has several.
        hold: Keep the dose for this much longer.
        hold_until: Keep the dose until this day at least, such as the day of a review.
        back: Return to the dose of the step before.
        dose: Take this from now on: a daily dose, or a regimen by time of day.
        taken: What was really taken lately, if it differed from the plan: a daily dose or a regimen.
        since: With `taken`: first day on which it was; the day before `on` if not given.
        reduce: New largest cut.
        every: New time between cuts.
        until: New daily dose at which the taper ends: zero, or a dose to stay on.
        finish: New day by which the goal is to be reached.
        stop_from: New daily dose from which the last step to zero may be made.
        phase: New phases instead of all that is left.
        product: New list of products, which replaces the old one.
        max_units: New limit of pieces in one intake.
        spread: New policy of where cuts fall.
        reduce_first: Instead of `spread`: times of day to be emptied first.
        merge: The daily dose from which on everything is taken at one time of day.
        change_on: New day of the week on which doses change.
        review_every: New time between reviews.
        undo: Whether to take back the last revision that still counts.
        stock: What was counted at hand on that day.
        at_phase: Index of the phase in force among the phases of that day; filled in by `revise`.
        handed: What the pharmacy had handed out until then, in all; filled in by `revise`.
        hash: Of this entry and all before it; filled in by `revise`.
    """

    on: Day
    reason: Words | None = None
    by: Words | None = None
    drug: Words | None = None
    hold: Span | None = None
    hold_until: Day | None = None
    back: bool = False
    dose: TypedDose | None = None
    taken: TypedDose | None = None
    since: Day | None = None
    reduce: Reduce | None = None
    every: Span | None = None
    until: Dose | None = None
    finish: Day | None = None
    stop_from: Dose | None = None
    phase: Annotated[tuple[Phase, ...], Field(min_length=1, max_length=40, strict=False)] | None = None
    product: Annotated[tuple[ProductLine, ...], Field(min_length=1, max_length=24, strict=False)] | None = None
    max_units: Annotated[int, Field(ge=1, le=60)] | None = None
    spread: SpreadPolicy | None = None
    reduce_first: Annotated[tuple[TimeOfDay, ...], Field(min_length=1, max_length=4, strict=False)] | None = None
    merge: Merge | None = None
    change_on: Weekday | None = None
    review_every: Span | None = None
    undo: bool = False
    stock: Annotated[tuple[Stock, ...], Field(max_length=24, strict=False)] = ()
    at_phase: Annotated[int, Field(ge=0)] | None = None
    handed: Annotated[tuple[Stock, ...], Field(max_length=60, strict=False)] = ()
    hash: str = ""

    @property
    def changes(self) -> tuple[str, ...]:
        """Names of the attributes that it changes, in their order."""
        given = self.model_dump(exclude_defaults=True)
        return tuple(name for name in type(self).model_fields if name in given and name not in _ABOUT)

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if not self.changes:
            raise OrderError(
                'nothing is changed; say what, such as hold = "2 weeks", every = "4 weeks", back = true, '
                'dose = "7.5 mg", taken = "8 mg" or undo = true'
            )
        for key, other in (
            *(("hold", "hold_until"), ("back", "dose"), ("until", "finish")),
            *(("reduce", "finish"), ("phase", "reduce"), ("phase", "every"), ("phase", "until"), ("phase", "finish")),
            ("spread", "reduce_first"),
        ):
            if key in self.changes and other in self.changes:
                raise OrderError(f"{key} and {other} contradict each other; keep one, or make two revisions", field=key)
        if self.undo and set(self.changes) - {"undo", "stock"}:
            raise OrderError("undo takes the last revision back and changes nothing else", field="undo")
        if self.since is not None and (self.taken is None or self.since >= self.on):
            raise OrderError(
                "since is the first day of what was really taken, before the day of the revision", field="since"
            )
        if self.hold_until is not None and self.hold_until <= self.on:
            raise OrderError(f"{self.hold_until} is not after {self.on}; name a later day", field="hold_until")
        if self.hold_until is not None and (self.hold_until - self.on).days > _LONGEST:
            raise OrderError(
                f"{self.hold_until} is more than ten years after {self.on}, which no plan lasts; name an earlier day",
                field="hold_until",
            )
        return self

    def as_data(self) -> dict[str, Any]:
        """Return the entry as plain data: the same entry, the same data."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude_none=True)

    def hashed(self, before: str) -> str:
        """Return the hash of this entry, given the hash of the entry before it."""
        return _digest([before, {key: value for key, value in self.as_data().items() if key != "hash"}])


def first_hash(order: Mapping[str, Any]) -> str:
    """Return the first hash of the chain: that of the order as data, without its history."""
    return _digest({key: value for key, value in order.items() if key != "history"})


def verify(order: Mapping[str, Any], events: tuple[Event, ...]) -> None:
    """Reject a history that was changed after it was written.

    Args:
        order: The order as data.
        events: Its history.

    Raises:
        OrderError: A hash does not match its entry and everything before it; names the revision.
    """
    before = first_hash(order)
    for index, event in enumerate(events):
        if event.hash != event.hashed(before):
            earlier = "the order itself" if not index else f"revision {index}"
            raise OrderError(
                f"revision {index + 1} of {event.on} does not carry the hash of its content after {earlier}: one of "
                "the two was changed, or an entry taken out, after it was written; take the plan document from where "
                "it was last untouched and make the change with `taper revise`",
                field=f"history[{index}].hash",
            )
        before = event.hash


def _digest(data: object) -> str:
    import hashlib  # only plans with a history need it

    text = json.dumps(data, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
