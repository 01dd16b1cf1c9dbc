"""The colors of all papers, and their grays: shapes and words carry the meaning, colors only help.

>>> without_color("#ffffff #174a7c")
'#ffffff #404040'
"""

from __future__ import annotations

import re

COLORS = {
    "ink": "#1c2733",
    "quiet": "#4a5b6c",
    "blue": "#174a7c",
    "pale": "#e9f2fb",
    "line": "#c3ced9",
    "out": "#f5f7f9",
    "amber": "#fff3d6",
    "amber-ink": "#7a4b00",
    "red": "#9a1b1b",
    "red-pale": "#fdecea",
}
_HEX = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\b")


def without_color(text: str) -> str:
    """Return a text with each color written in it as the gray that is equally light."""
    return _HEX.sub(_gray, text)


def palette(gray: bool) -> dict[str, str]:
    """Return the colors of a paper by name."""
    return {name: without_color(color) if gray else color for name, color in COLORS.items()}


def _gray(color: re.Match[str]) -> str:
    red, green, blue = (int(part, 16) for part in color.groups())
    level = (299 * red + 587 * green + 114 * blue + 500) // 1000
    return f"#{level:02x}{level:02x}{level:02x}"
