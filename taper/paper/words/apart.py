"""Numbers with a unit within texts that run from the right: in an order of their own, as the phrases write them."""

from __future__ import annotations

NBSP = "\N{NO-BREAK SPACE}"
_LTR, _END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def apart(text: str) -> str:
    r"""Isolate what runs from the left: without it "1 mg" would be shown as "mg 1".

    >>> [sign.encode("ascii", "namereplace") for sign in apart("1 mg")][:2]
    [b'\\N{LEFT-TO-RIGHT ISOLATE}', b'1']
    """
    return f"{_LTR}{text.replace(' ', NBSP)}{_END}"
