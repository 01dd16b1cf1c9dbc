"""Orders that were stopped because another replaced them: a history, order by order.

When an order was stopped is rarely recorded. What is recorded is the day on which the next order of the drug begins;
so a stopped order counts up to the day before that, if its own days reach there and the next is for one of its own
times of day. Otherwise it is left out: the next order may have stood beside it.

An order whose days are those of its supply alone is followed likewise: the same doses again are a refill, and count
from the day after the supply before; other doses at one of its times of day begin in their place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from taper.checker.texts import say
from taper.checker.wording import file_day
from taper.exchange.collector import Collector
from taper.exchange.fhir.used_up import BY_SUPPLY
from taper.exchange.record_lines import Line
from taper.schedule.schedule import ONE_DAY

_OPEN = ("open", BY_SUPPLY)
"""The rules of a step whose last day is not recorded."""


class Stopped(NamedTuple):
    """A stopped order: its lines, the day on which it was stopped if recorded, and how it is reported."""

    lines: tuple[Line, ...]
    changed: date | None
    report_remarks: Callable[[], Any]
    leave_out: Callable[[], Any]
    note: Callable[..., None]


def place_stopped(collector: Collector, stopped: list[Stopped]) -> None:
    """Add the stopped orders that another order of the same drug and person follows at once."""
    starts: dict[tuple[str, str, str], list[Line]] = {}
    for line in (*collector.lines, *(line for order in stopped for line in order.lines)):
        if line.start is not None and line.intakes is not None and line.drug:
            starts.setdefault((line.meaning, line.person, line.drug), []).append(line)
    for order in stopped:
        lines = _until_the_next(order, starts)
        if not lines:
            order.leave_out()
            continue
        order.report_remarks()
        last = max(line.end for line in lines if line.end is not None)
        order.note("open", say("remark.stopped", day=file_day(last)))
        for line in lines:
            collector.add(line)


def place_supplies(collector: Collector) -> None:
    """Place the orders that last as long as their supply one after the other, where they follow each other."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    for index, line in enumerate(collector.lines):
        if line.rule == BY_SUPPLY and line.intakes is not None and line.drug:
            groups.setdefault((line.meaning, line.person, line.drug), []).append(index)
    for indexes in groups.values():
        placed: list[int] = []
        for index in sorted(indexes, key=lambda index: collector.lines[index].start or date.min):
            for before in placed:
                _follow(collector, before, index)
            placed.append(index)


def _follow(collector: Collector, before: int, after: int) -> None:
    """Let one order follow another that would last into it, unless they stand beside each other."""
    old, new = collector.lines[before], collector.lines[after]
    if old.start is None or old.end is None or new.start is None or new.end is None:
        return
    if old.end < new.start or old.start >= new.start or _times([old]).isdisjoint(_times([new])):
        return
    if old.intakes == new.intakes:
        moved = old.end + ONE_DAY - new.start
        collector.lines[after] = replace(new, start=new.start + moved, end=new.end + moved)
        text = say("remark.refill")
    else:
        end = new.start - ONE_DAY
        collector.lines[before] = replace(old, end=end, days=(end - old.start).days + 1)
        text = say("remark.other doses")
    collector.note("open", text, new.place, new.meaning, new.person, on=collector.lines[after].start)


def _until_the_next(order: Stopped, starts: dict[tuple[str, str, str], list[Line]]) -> list[Line]:
    """Return the lines of a stopped order up to the next order; none if that is not clear."""
    known = [line for line in order.lines if line.start is not None and line.intakes is not None]
    if not known or len(known) != len(order.lines):
        return []
    first = min(line.start for line in known if line.start is not None)
    reached = max((line.end or line.start or first) for line in known)
    endless = any(line.rule in _OPEN or line.end is None for line in known)
    own = {line.start for line in known}
    key = (known[0].meaning, known[0].person, known[0].drug)
    later = [line for line in starts.get(key, ()) if line.start and line.start > first and line.start not in own]
    following = min((line.start for line in later if line.start), default=None)
    beside = _times(known).isdisjoint(_times([line for line in later if line.start == following]))
    last = order.changed or (following - ONE_DAY if following is not None and not beside else None)
    if last is None or last < first or not (endless or reached >= last):
        return []
    cut = []
    for line in known:
        if line.start is None or line.start > last:
            continue
        end = last if line.rule in _OPEN or line.end is None else min(line.end, last)
        cut.append(replace(line, end=end, days=(end - line.start).days + 1, stops=False))
    return cut


def _times(lines: list[Line]) -> set[str]:
    return {intake.time for line in lines for intake in line.intakes or ()}
