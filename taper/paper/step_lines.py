"""A step as lines of text: in the text of a paper, and on a terminal too narrow for a table."""

from __future__ import annotations

from collections.abc import Iterator

from taper.paper.parts import DayDoses, StepRow, WeekPart
from taper.paper.wrapping import wrapped

WIDTH = 100


def step_lines(row: StepRow, width: int = WIDTH, colon: str = ": ") -> Iterator[str]:
    """Write a step as a block: its days and its dose, what to take, what changes.

    Args:
        row: The step.
        width: Most characters of a line.
        colon: What stands between a label and its text in the language.
    """
    length = f" ({row.length})" if row.length else ""
    yield from wrapped(f"{row.label}{colon}{row.dates}{length}{colon}{row.total}", width, "    ", "")
    if row.doses is not None:
        yield from dose_lines(row.doses, width=width)
    yield from week_lines(row.week, width, colon)
    yield from wrapped(row.change, width, "      ", "    ")


def dose_lines(doses: DayDoses, indent: str = "    ", width: int = WIDTH) -> Iterator[str]:
    """Write what to take, a line for each dose."""
    for dose in doses.doses:
        yield from wrapped(dose.said, width, f"{indent}  ", indent)
    if doses.source:
        yield from wrapped(doses.source, width, f"{indent}  ", indent)


def week_lines(parts: tuple[WeekPart, ...], width: int = WIDTH, colon: str = ": ") -> Iterator[str]:
    """Write what to take on which days of the week."""
    for part in parts:
        nothing = "" if part.doses.doses else f" {part.doses.total_words}"
        yield from wrapped(f"{part.when}{colon.rstrip()}{nothing}", width, "      ", "    ")
        yield from dose_lines(part.doses, "      ", width)
