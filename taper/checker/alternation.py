"""Runs of days on which two doses alternate."""

from __future__ import annotations

from collections.abc import Iterable

from taper.schedule.curve import Level
from taper.schedule.schedule import ONE_DAY

SHORTEST = 4


def alternations(levels: Iterable[Level | None]) -> tuple[tuple[Level, ...], ...]:
    """Return the runs of at least four days on which two doses, neither of them zero, alternate daily.

    Args:
        levels: The levels in order; None in place of days that are not to be looked at.
    """
    runs: list[tuple[Level, ...]] = []
    run: list[Level] = []
    for level in (*levels, None):
        if level is not None and _goes_on(run, level):
            run.append(level)
            continue
        if len(run) >= SHORTEST:
            runs.append(tuple(run))
        run = run[-1:] if level is not None and _goes_on(run[-1:], level) else []
        if level is not None and level.doses:
            run.append(level)
    return tuple(runs)


def _goes_on(run: list[Level], level: Level) -> bool:
    """Return whether a level continues a run of days that alternate between two doses."""
    if not run:
        return bool(level.doses)
    if not level.doses or run[-1].end + ONE_DAY != level.start:
        return False
    if len(run) == 1:
        return True
    return run[-1].days == 1 and run[-2].doses == level.doses
