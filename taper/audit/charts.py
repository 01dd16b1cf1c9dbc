"""Charts as SVG: bars, and the steps of a survival curve with the numbers at risk."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_INK, _BAR, _GRID, _FAINT = "#1f2933", "#2f6690", "#d9dee3", "#66727f"
_STYLE = 'font-family="system-ui, sans-serif" font-size="14"'


def bars(title: str, rows: Sequence[tuple[str, int | None]]) -> str:
    """Return horizontal bars as a table that a narrow screen can show too; a redacted count has none, and says so.

    Args:
        title: What they show, for those who do not see them.
        rows: Label and count.
    """
    most = max((count for _, count in rows if count is not None), default=0) or 1
    parts = [f'<table class=bars aria-label="{escape(title)}"><tbody>']
    for label, count in rows:
        shown = "redacted" if count is None else f"{count:,}"
        kind = "n redacted" if count is None else "n"
        width = max(100 * count // most, 1) if count else 0
        bar = f'<div style="width:{width}%"></div>' if width else ""
        parts.append(f'<tr><td>{escape(label)}</td><td class="{kind}">{shown}</td><td class=bar>{bar}</td></tr>')
    return "".join([*parts, "</tbody></table>"])


def survival(title: str, rows: Sequence[tuple[int, int | None, int | None]]) -> str:
    """Return the steps of a survival curve in percent, with the numbers at risk below.

    Args:
        title: What it shows, for those who do not see it.
        rows: Month, number at risk, and percent that have not had the event after it.
    """
    left, top, wide, high = 60, 12, 820, 260
    last = max((month for month, _, _ in rows), default=0) + 1

    def at(month: int, percent: int) -> tuple[int, int]:
        return left + wide * month // last, top + high * (100 - percent) // 100

    parts = [
        f'<svg viewBox="0 0 {left + wide + 30} {top + high + 84}" role="img" aria-label="{escape(title)}" {_STYLE}>'
    ]
    for percent in (0, 25, 50, 75, 100):
        _, y = at(0, percent)
        parts.append(f'<line x1="{left}" y1="{y}" x2="{left + wide}" y2="{y}" stroke="{_GRID}"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 5}" text-anchor="end" fill="{_FAINT}">{percent} %</text>')
    points, before = [at(0, 100)], 100
    for month, _, left_over in rows:
        points.append(at(month, before))
        before = left_over if left_over is not None else before
        points.append(at(month, before))
    points.append(at(last, before))
    path = " ".join(f"{x},{y}" for x, y in points)
    parts.append(f'<polyline points="{path}" fill="none" stroke="{_BAR}" stroke-width="3"/>')
    every = max(1, -(-last // 10))
    known = {month: at_risk for month, at_risk, _ in rows}
    parts.append(f'<text x="{left}" y="{top + high + 44}" fill="{_FAINT}">at risk at the beginning of the month</text>')
    for month in range(0, last + 1, every):
        x, y = at(month, 0)
        parts.append(f'<text x="{x}" y="{y + 20}" text-anchor="middle" fill="{_INK}">{month}</text>')
        if known.get(month) is not None:
            parts.append(f'<text x="{x}" y="{y + 66}" text-anchor="middle" fill="{_INK}">{known[month]:,}</text>')
    parts.append(f'<text x="{left + wide}" y="{top + high + 44}" text-anchor="end" fill="{_FAINT}">months</text>')
    return "".join([*parts, "</svg>"])
