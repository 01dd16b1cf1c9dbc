"""T490: acknowledgments in the order that match no finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.headline import NO_ORDER
from taper.checker.texts import say
from taper.checker.wording import NOTHING, code_text, listed, quoted
from taper.errors import MOST_KNOWN, closest
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.message import Message


@rule("T490", "acknowledgment of nothing", since="0.1.0", second_pass=True)
def unmatched(case: Case) -> Iterator[Outcome]:
    """The order acknowledges a finding that is not there.

    What: Each acknowledgment of the order against the findings of all other rules that were applied.
    Why: The code may be a slip, or the finding was mended since; an acknowledgment that stays would
        hide the next finding of that code from an eye that trusts it.
    What to do: Remove the acknowledgment, or correct its code.
    """
    first = case.first_pass
    if case.order is None or first is None:
        missing = NO_ORDER if case.order is None else say("T490.no other")
        yield NotEvaluated("T490", missing, say("T490.about"))
        return
    for code in dict.fromkeys(mark.code for mark in case.order.acknowledge):
        if code in first.found or code == unmatched.code:
            continue
        known = code in first.applied
        yield Finding(
            code="T490",
            severity=Severity.NOTE,
            message=say("T490.message" if known else "T490.unknown", code=code_text(code)),
            measured=code,
            advice=say("T490.advice"),
            detail=NOTHING if known else _hint(code, sorted(first.applied)),
        )


def _hint(code: str, applied: Sequence[str]) -> Message:
    """Name the codes that are like an unknown one; where none is, those there are."""
    if close := [quoted(code_text(one)) for one in closest(code, applied)]:
        return say("T490.meant", codes=reduce(lambda one, other: say("T490.or", one=one, other=other), close))
    if not applied:
        return say("T490.none known")
    shown = listed([code_text(one) for one in applied[:MOST_KNOWN]], ", ")
    if len(applied) > MOST_KNOWN:
        return say("T490.known.more", codes=shown, count=len(applied) - MOST_KNOWN)
    return say("T490.known", codes=shown)
