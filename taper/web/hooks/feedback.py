"""Feedback: what was done with cards. It is counted by outcome and reason, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from taper.errors import ScheduleError
from taper.exchange.fhir.shape import many, one, text_of
from taper.loading import decode, load_json
from taper.web.hooks.cards import OVERRIDE_REASONS

OUTCOMES = ("accepted", "overridden")
OTHER, NONE = "other", "none"
MOST = 1_000


class Outcome(NamedTuple):
    """What was done with one card: the outcome, and the reason for an override if it is one of ours."""

    outcome: str
    reason: str


def read_feedback(body: bytes) -> tuple[Outcome, ...]:
    """Read the outcomes of some cards; the same card may come several times.

    Args:
        body: JSON text.

    Raises:
        ScheduleError: Not feedback; names the field.
    """
    data = load_json(decode(body, ScheduleError), ScheduleError)
    written = data.get("feedback") if isinstance(data, dict) else None
    if not isinstance(written, list) or not written:
        raise ScheduleError("is missing; send a list with an object for each card", field="feedback")
    if len(written) > MOST:
        raise ScheduleError(f"more than {MOST:,} cards; send them in parts", field="feedback")
    return tuple(_outcomes(written))


def _outcomes(written: list[object]) -> Iterator[Outcome]:
    known = {code for code, _ in OVERRIDE_REASONS}
    for index, each in enumerate(written):
        place = f"feedback[{index}]"
        if not isinstance(each, dict):
            raise ScheduleError("must be an object with card, outcome and outcomeTimestamp", field=place)
        _uuid(each.get("card"), f"{place}.card")
        outcome = each.get("outcome")
        if outcome not in OUTCOMES:
            raise ScheduleError("must be accepted or overridden", field=f"{place}.outcome")
        if not text_of(each, "outcomeTimestamp"):
            raise ScheduleError("is missing; send the time in UTC", field=f"{place}.outcomeTimestamp")
        if outcome == "accepted":
            chosen = many(each, "acceptedSuggestions")
            if not chosen or not all(text_of(one, "id") for one in chosen):
                field = f"{place}.acceptedSuggestions"
                raise ScheduleError("is missing; send the id of each suggestion that was accepted", field=field)
            yield Outcome("accepted", NONE)
            continue
        code = text_of(one(one(each, "overrideReason"), "reason"), "code")
        yield Outcome("overridden", code if code in known else OTHER if code else NONE)


def _uuid(value: object, field: str) -> None:
    try:
        UUID(value if isinstance(value, str) else "")
    except ValueError:
        raise ScheduleError("must be the uuid of the card", field=field) from None
