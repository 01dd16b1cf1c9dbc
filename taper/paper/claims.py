"""What a proof is told of a paper: the paper itself, and what was asked for; nothing is worked out here."""

from __future__ import annotations

from typing import TypeVar

from taper.paper.request import PrintRequest
from taper.proof.papers import Asked, prove_paper, prove_text

Page = TypeVar("Page")


def proved_sheet(page: Page, request: PrintRequest, sheet: str) -> Page:
    """Return a paper that says what is planned.

    Args:
        page: The paper.
        request: What was asked for.
        sheet: Which paper it is.

    Raises:
        ProofError: It says something else.
    """
    prove_paper(sheet, page, _asked(request, sheet))
    return page


def proved_text(text: str, request: PrintRequest) -> str:
    """Return a text for the record that says what is planned.

    Raises:
        ProofError: It says something else.
    """
    prove_text(text, request.clinicians.words.code, _asked(request, "record"))
    return text


def _asked(request: PrintRequest, sheet: str) -> Asked:
    variant = request.variant
    return Asked(
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
