"""The supplies of one drug to one person, one after the other: what carries over, and what replaces what."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from taper.checker.texts import say
from taper.checker.wording import days_text, drug_text, exact_strength, file_day, ml_text, plain_number
from taper.exchange.collector import Collector, last_day
from taper.exchange.conventions import USUAL_GAP
from taper.exchange.record_lines import Line
from taper.exchange.supplies.fill import Fill, Product, Row, average
from taper.quantity import Mg
from taper.schedule.schedule import ONE_DAY
from taper.values import dataclass


@dataclass
class _Running:
    """A supply of a product that is running.

    Attributes:
        line: The product.
        fetched: The day on which it was last handed out.
        end: Its last day.
        daily: Pieces or mL of its last days.
        at: Where its lines are.
    """

    line: Product
    fetched: date
    end: date
    daily: Fraction
    at: list[int]


class LaidOut:
    """The supplies of one drug to one person, laid out one after the other.

    Args:
        collector: Where remarks go.
        rows: The supplies, in the order of their days.
    """

    def __init__(self, collector: Collector, rows: list[Row]) -> None:
        self._collector, self._rows, self.early = collector, rows, 0
        self._carry = collector.supplied.carry_over
        self._found: list[tuple[date, Line, Fill] | None] = []
        self._running: dict[Product, _Running] = {}
        self._fetches: dict[Product, list[date]] = {}
        for row in rows:
            self._fetches.setdefault(row.line, []).append(row.first.day)

    def lines(self) -> list[tuple[date, Line]]:
        """Return the lines, each with the day on which it was handed out."""
        days: dict[date, list[Row]] = {}
        for row in self._rows:
            if row.first.end is not None:  # a recorded last day is the truth, whatever else is there
                for fill in row.fills:
                    self._put(fill, fill.day, fill.end or last_day(fill.day, fill.days), early=False)
            else:
                days.setdefault(row.first.day, []).append(row)
        for day, rows in days.items():
            self._hand_out(day, rows)
        return [(entry[0], entry[1]) for entry in self._found if entry is not None]

    def _hand_out(self, day: date, rows: list[Row]) -> None:
        """Lay out what was handed out on one day."""
        by_product: dict[Product, list[Row]] = {}
        for row in rows:
            by_product.setdefault(row.line, []).append(row)
        running = {line: run for line, run in self._running.items() if run.end >= day}
        dropped = [
            run for line, run in running.items() if line not in by_product and self._is_over(run, day, [*by_product])
        ]
        taken_over = [*dropped, *(run for line, run in running.items() if line in by_product)]
        switched = None
        if dropped and self._carry and _mg(taken_over) == sum(map(_mg_of_day, rows), Fraction(0)):
            switched = max(run.end for run in taken_over) + ONE_DAY  # another strength, and the same daily dose
        for run in dropped if switched is None else ():
            self._cut_off(run, day)
        self._remark_short_use(by_product, rows)
        for line, own in by_product.items():
            before = running.get(line)
            start = switched or day
            if before is not None and switched is None:
                daily = own[0].daily if len(own) == 1 else sum((row.daily for row in _packs(own)[0]), Fraction(0))
                if self._carry and daily == before.daily:
                    start = before.end + ONE_DAY
                else:
                    self._cut_off(before, day)
            self._lay(line, day, start, own)

    def _remark_short_use(self, by_product: dict[Product, list[Row]], rows: list[Row]) -> None:
        """Mark a short supply beside a longer one that is never fetched again: it may be for use as needed."""
        if len(by_product) < 2:
            return
        longest = max(row.days for row in rows)
        for line, own in by_product.items():
            if len(self._fetches[line]) == 1 and own[0].days < longest:
                self._collector.note(
                    "supply",
                    say(
                        "remark.once",
                        drug=drug_text(line.drug),
                        strength=exact_strength(line.strength),
                        days=days_text(own[0].days),
                        longest=longest,
                    ),
                    own[0].first.place,
                    own[0].first.meaning,
                    own[0].first.person,
                )

    def _is_over(self, run: _Running, day: date, others: list[Product]) -> bool:
        """Return whether a product that is not handed out again on a day is replaced by what is.

        Not where it is fetched again in time, nor where the two are fetched in turns.
        """
        fetches = self._fetches[run.line]
        after = fetches[bisect_right(fetches, day) :][:1]
        if after and after[0] <= run.end + timedelta(days=1 + USUAL_GAP):
            return False
        before = [self._running[line].fetched for line in others if line in self._running]
        return not before or run.fetched <= max(before)

    def _lay(self, line: Product, day: date, start: date, rows: list[Row]) -> None:
        """Lay out the rows of one product and day: together, or one after the other if they say the same amount."""
        if len(rows) == 1 and len(rows[0].fills) == 1:  # as most are
            (row,), (fill,) = rows, rows[0].fills
            end, early = last_day(start, fill.days), start != day
            self.early += early
            self._running[line] = _Running(line, day, end, row.last, [self._put(fill, start, end, early=early)])
            return
        together, further = _packs(rows) if len(rows) > 1 else (rows, [])
        run = _Running(line, day, start - ONE_DAY, Fraction(0), [])
        for row in (*together, *further):
            begin = start if row in together else run.end + ONE_DAY
            early = begin != day
            self.early += early
            for fill in row.fills:
                end = last_day(begin, fill.days)
                run.at.append(self._put(fill, begin, end, early=early))
                begin = end + ONE_DAY
            if begin - ONE_DAY > run.end:
                run.end, run.daily = begin - ONE_DAY, row.last
            elif begin - ONE_DAY == run.end:
                run.daily += row.last
        self._running[line] = run

    def _put(self, fill: Fill, start: date, end: date, *, early: bool) -> int:
        rule = f"{fill.rule}; counted from the day after the supply before" if early else fill.rule
        intakes = fill.intakes if fill.intakes is not None else average(fill.medicine, fill.amount, fill.days)
        line = Line(
            fill.meaning,
            fill.place,
            fill.medicine.drug,
            fill.medicine.product,
            start,
            end,
            fill.days,
            intakes,
            fill.every,
            text=fill.text,
            rule=rule,
            person=fill.person,
            stops=fill.stops,
        )
        self._found.append((fill.day, line, fill))
        return len(self._found) - 1

    def _cut_off(self, run: _Running, day: date) -> None:
        """End a supply on the day before another one replaces it, and say what is left over."""
        left = Fraction(0)
        place = ""
        for at in run.at:
            entry = self._found[at]
            if entry is None:
                continue
            handed, line, fill = entry
            assert line.start is not None
            assert line.end is not None
            if line.end < day:
                continue
            place = fill.place
            over = (line.end - max(line.start, day)).days + 1
            left += fill.daily * over
            if line.start >= day:
                self._found[at] = None
            else:
                rule = f"{line.rule}; replaced by the next supply"
                cut = replace(line, end=day - ONE_DAY, days=(day - line.start).days, rule=rule, stops=False)
                self._found[at] = (handed, cut, fill)
        fill = self._rows[0].first
        amount = ml_text(left) if run.line.liquid else say("remark.pieces", number=plain_number(left))
        self._collector.note(
            "supply",
            say(
                "remark.left over",
                amount=amount,
                drug=drug_text(run.line.drug),
                strength=exact_strength(run.line.strength),
                day=file_day(day),
            ),
            place,
            fill.meaning,
            fill.person,
        )
        del self._running[run.line]


def _packs(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Part the rows of one product and day that count together from those that are a further pack of another.

    Of two that give the same daily amount for different times the second is a further pack of the first.
    """
    days: dict[Fraction, int] = {}
    together: list[Row] = []
    further: list[Row] = []
    for row in rows:
        (together if days.setdefault(row.daily, row.days) == row.days else further).append(row)
    return together, further


def _mg(running: list[_Running]) -> Fraction:
    return sum(((run.line.strength or Mg(0)).value * run.daily for run in running), Fraction(0))


def _mg_of_day(row: Row) -> Fraction:
    return (row.first.medicine.strength or Mg(0)).value * row.daily
