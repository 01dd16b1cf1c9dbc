"""Small counts: redacted in every shared table, and with them whatever would give them away.

A count from 1 up to the threshold is redacted. So is one whose rest of its whole is that small; and where only one
count of a family (counts that add up to a sum that may be known) is redacted, the smallest other one too. Zero is
shown. What is left is rounded; sums and percentages are made of rounded counts only, and are redacted with their parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

REDACTED = None


class Rule(NamedTuple):
    """How small counts are treated.

    Attributes:
        most: Counts from 1 up to this one are redacted.
        round_to: Others are rounded to this.
    """

    most: int
    round_to: int

    def rounded(self, count: int) -> int:
        """Return a count rounded half up; zero stays zero.

        >>> [Rule(7, 5).rounded(count) for count in (0, 8, 12, 13)]
        [0, 10, 10, 15]
        """
        return (2 * count + self.round_to) // (2 * self.round_to) * self.round_to

    def is_small(self, count: int) -> bool:
        """Return whether a count is redacted for itself."""
        return 0 < count <= self.most


def family(counts: Sequence[int], rule: Rule) -> list[int | None]:
    """Return counts that add up to a sum, redacted and rounded.

    >>> family([12, 3, 0], Rule(10, 1))
    [None, None, 0]
    >>> family([12, 13, 0], Rule(7, 5))
    [10, 15, 0]
    """
    return [
        rule.rounded(count) if shown else REDACTED for count, shown in zip(counts, _shown(counts, rule), strict=True)
    ]


def _shown(counts: Sequence[int], rule: Rule) -> list[bool]:
    shown = [not rule.is_small(count) for count in counts]
    _complete(counts, shown, rule)
    return shown


def stages(counts: Sequence[int], rule: Rule) -> list[int | None]:
    """Return counts of which each is a part of the one before, redacted and rounded.

    A stage is redacted too where it differs from the one before by a small count that rounding does not hide.

    >>> stages([40, 38, 12, 3], Rule(7, 5)), stages([40, 38, 12, 3], Rule(7, 1))
    ([40, 40, 10, None], [40, None, 12, None])
    """
    shown: list[int | None] = []
    before = None
    for count in counts:
        given_away = rule.round_to <= 2 and before is not None and rule.is_small(before - count)
        shown.append(REDACTED if rule.is_small(count) or given_away else rule.rounded(count))
        before = count if shown[-1] is not None else before
    return shown


def table(rows: Sequence[Mapping[str, int]], wholes: Mapping[str, str], rule: Rule) -> list[dict[str, int | None]]:
    """Return a table of counts, redacted and rounded: its columns are families, and some counts are parts of others.

    Args:
        rows: The counts of each row, by column.
        wholes: For a column, the column of which it is a part.
        rule: How small counts are treated.

    >>> rows = [{"people": 40, "abrupt": 12}, {"people": 20, "abrupt": 3}, {"people": 25, "abrupt": 0}]
    >>> [row["abrupt"] for row in table(rows, {"abrupt": "people"}, Rule(10, 1))]
    [None, None, 0]
    """
    columns = list(rows[0]) if rows else []
    shown = {column: _shown([row[column] for row in rows], rule) for column in columns}
    changed = True
    while changed:
        changed = False
        for column, whole in wholes.items():
            for place, row in enumerate(rows):
                rest = row[whole] - row[column]
                if shown[column][place] and row[column] and (rule.is_small(rest) or not shown[whole][place]):
                    shown[column][place] = False
                    changed = True
        for column in columns:
            changed |= _complete([row[column] for row in rows], shown[column], rule)
    return [
        {column: rule.rounded(row[column]) if shown[column][place] else REDACTED for column in columns}
        for place, row in enumerate(rows)
    ]


def _complete(counts: Sequence[int], shown: list[bool], rule: Rule) -> bool:
    """Redact further counts of a column until what is redacted cannot be told from its sum; return whether any was."""
    changed = False
    while not all(shown):
        hidden = sum(count for count, visible in zip(counts, shown, strict=True) if not visible)
        others = [place for place, count in enumerate(counts) if shown[place] and count]
        if (shown.count(False) > 1 and hidden > rule.most) or not others:
            break
        shown[min(others, key=lambda place: counts[place])] = False
        changed = True
    return changed


def total(counts: Sequence[int | None]) -> int | None:
    """Return the sum of what is shown; redacted where a part is."""
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else REDACTED


def percent(part: int | None, whole: int | None) -> int | None:
    """Return a percentage of rounded counts, rounded half up; redacted with either.

    >>> percent(15, 85), percent(None, 85), percent(0, 0)
    (18, None, None)
    """
    if part is None or not whole:
        return REDACTED
    return (200 * part + whole) // (2 * whole)
