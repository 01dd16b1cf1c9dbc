"""Products that a clinician describes."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

STRENGTHS = ("0.5", "1", "2", "2.5", "5", "10")


@st.composite
def tablets(draw: st.DrawFn, letter: str = "A") -> dict[str, Any]:
    """A tablet described by the clinician, with any strength and split."""
    return {
        "name": f"tablet {letter}",
        "source": "clinician",
        "form": "tablet",
        "strength": f"{draw(st.sampled_from(STRENGTHS))} mg",
        "split": draw(st.sampled_from(["whole", "halves", "quarters"])),
    }


@st.composite
def liquids(draw: st.DrawFn, letter: str = "L") -> dict[str, Any]:
    """A liquid described by the clinician, with a device."""
    return {
        "name": f"liquid {letter}",
        "source": "clinician",
        "form": "oral solution",
        "strength": f"{draw(st.sampled_from(['0.5', '1', '2']))} mg/mL",
        "device": "oral syringe",
        "graduation": f"{draw(st.sampled_from(['0.25', '0.5', '1']))} mL",
    }


@st.composite
def product_lists(draw: st.DrawFn, most: int = 3, liquid: bool = True) -> list[dict[str, Any]]:
    """One to a few products, tablets first."""
    lines = [draw(tablets(letter)) for letter in "ABC"[: draw(st.integers(1, most))]]
    if liquid and draw(st.integers(0, 5)) == 0:
        lines[-1] = draw(liquids())
    return lines
