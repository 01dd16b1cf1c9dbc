"""Persons who need no checker: the same columns as `taper.audit.person` gives, from what the prefilter worked out.

A law of the tests says that they are the same as if the person had been read and checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from taper.audit.conventions import GAPS, Conventions
from taper.audit.measures import End, band, measures_of
from taper.audit.person import span_of
from taper.quantity import Mg


class Span(NamedTuple):
    """Days with one daily dose.

    Attributes:
        start: First day, as an ordinal.
        end: The day after the last.
        dose: Diazepam equivalent by the lowest and highest of the tables, in mg; None where no table has the drug.
    """

    start: int
    end: int
    dose: tuple[Mg, Mg] | None


@lru_cache(maxsize=65536)
def dose_of(drug: str, amounts: tuple[tuple[int, ...], ...], named: tuple[str, ...]) -> tuple[Mg, Mg] | None:
    """Return the diazepam equivalents of so many micrograms a day, each as numerator and denominator."""
    total = sum((Fraction(num, den * 1000) for num, den in amounts), Fraction(0))
    return span_of((drug,), named, ((drug, Mg(total)),))


def levels_of(spans: Sequence[Span]) -> list[Span]:
    """Return the longest runs of days with the same dose."""
    found: list[Span] = []
    for span in spans:
        if found and found[-1].end == span.start and found[-1].dose == span.dose:
            found[-1] = Span(found[-1].start, span.end, span.dose)
        else:
            found.append(span)
    return found


def of_plain(
    record: dict[str, Any], spans: Sequence[Span], codes: dict[str, Any], conventions: Conventions
) -> dict[str, Any]:
    """Return what is counted of persons who need no checker and have the same history; its key stands as the name.

    Args:
        record: What the prefilter worked out.
        spans: The supplies, in order.
        codes: What the checker found for a person of the same signature.
        conventions: The conventions.
    """
    levels = levels_of(spans)
    until = record["until"]
    ends = status(until, conventions.gap, conventions)
    data = conventions.end_of_data.toordinal()
    end = End(data, max(until - 1, data) if ends == "on treatment" else until - 1)
    highs = [level.dose[1] if level.dose is not None else None for level in levels]
    first, last, known = levels[0].dose, levels[-1].dose, [dose for dose in highs if dose is not None]
    measured = measures_of(
        [(level.start, level.end) for level in levels], highs, record["supply_days"], end, conventions
    )
    return {
        "person": str(record["key"]),
        "rows": record["n"],
        "checked": False,
        "error": "",
        "meaning": record["meaning"],
        "status": ends,
        "known_until": conventions.end_of_data,
        "last_day": date.fromordinal(until - 1),
        "breaks": 0,
        **{f"status_{gap}": status(until, gap, conventions) for gap in GAPS},
        **{f"other_{gap}": status(record["until_other"], gap, conventions) for gap in GAPS},
        "drugs": record["drug"],
        "first_day": date.fromordinal(levels[0].start),
        "covered": sum(level.end - level.start for level in levels),
        "span": until - levels[0].start,
        "first_low": first[0].number if first is not None else "",
        "first_high": first[1].number if first is not None else "",
        "last_low": last[0].number if last is not None else "",
        "last_high": last[1].number if last is not None else "",
        "peak_high": max(known).number if len(known) == len(levels) else "",
        "last_band": band(last[1] if last is not None else None),
        **measured._asdict(),
        **codes,
    }


def status(until: int, gap: int, conventions: Conventions) -> str:
    """Return how supplies end that reach up to a day, not including it."""
    unseen = conventions.end_of_data.toordinal() - (until - 1)
    if unseen <= 0:
        return "on treatment"
    return "stopped" if unseen > gap else "too early to say"
