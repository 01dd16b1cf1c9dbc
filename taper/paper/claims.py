"""What a proof is told of a paper: the paper itself, and what was asked for; nothing is worked out here."""

from __future__ import annotations

from typing import TypeVar

from taper.paper.request import PrintRequest
from taper.proof.papers import Asked, prove_paper

Page = TypeVar("Page")


def proved(page: Page, request: PrintRequest, sheet: str) -> Page:
    """Return a paper that says what is planned.

    Args:
        page: The paper.
        request: What was asked for.
        sheet: Which paper it is.

    Raises:
        ProofError: It says something else.
    """
    variant = request.variant
    asked = Asked(
        request.schedule,
        request.printed_on,
        first=variant.on,
        weeks=variant.weeks,
        dateless=variant.dateless,
        whole=request.whole,
        report=request.report,
        supply=request.dispensed if sheet == "pharmacy" else request.supply,
        previous=request.replaced,
    )
    prove_paper(sheet, page, asked)
    return page
