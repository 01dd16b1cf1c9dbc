"""T490: acknowledgments in the order that match no finding."""

from __future__ import annotations

from collections.abc import Iterator

from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.headline import NO_ORDER
from taper.checker.texts import say
from taper.checker.wording import as_written
from taper.errors import nearest
from taper.finding import Finding, NotEvaluated, Outcome, Severity


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
        hint = "" if known else nearest(code, first.applied)
        yield Finding(
            code="T490",
            severity=Severity.NOTE,
            message=say("T490.message" if known else "T490.unknown", code=as_written(code)),
            measured=code,
            advice=say("T490.advice"),
            detail=as_written(f"{hint[:1].upper()}{hint[1:]}"),
        )
