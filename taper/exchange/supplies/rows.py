"""Which rows count: not what was taken back, nor what stands twice, nor days that cannot be meant."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import zip_longest

from taper.checker.texts import say
from taper.checker.wording import NOTHING, address_text, days_text, plain_number
from taper.exchange.collector import Collector, whole_days
from taper.exchange.conventions import MISTYPED, MOST_PIECES
from taper.exchange.supplies.fill import Fill, Open, Product, Reversal, Row, product_of
from taper.message import Message
from taper.quantity import Ml, Pieces, plain_text

BY_REFILL = "days up to the next fill, as declared"


def without_reversed(
    collector: Collector, rows: list[Row], opened: list[Open], reversals: list[Reversal]
) -> tuple[list[Row], list[Open]]:
    """Take out each fill that an equal row of its day takes back; a reversal without one is remarked."""
    if not reversals:
        return rows, opened
    by_key: dict[tuple[date, Product, Fraction], list[Row | Open]] = {}
    for entry in opened:
        by_key.setdefault((entry.day, product_of(entry.medicine), entry.amount.value), []).append(entry)
    for row in rows:
        by_key.setdefault((row.first.day, row.line, row.amount), []).append(row)
    gone: set[int] = set()
    for back in reversals:
        equal = by_key.get((back.day, product_of(back.medicine), back.amount))
        if not equal:
            collector.note(
                "unread",
                say("remark.taken back"),
                back.place,
                back.meaning,
                back.person,
                quote=f"-{plain_text(back.amount)}",
                on=back.day,
            )
            continue
        taken_back = equal.pop()
        gone.add(id(taken_back))
        where = taken_back.first.place if isinstance(taken_back, Row) else taken_back.place
        collector.note(
            "supply",
            say("remark.reversal", place=address_text(where)),
            back.place,
            back.meaning,
            back.person,
        )
    return [row for row in rows if id(row) not in gone], [entry for entry in opened if id(entry) not in gone]


def without_doubles(collector: Collector, rows: list[Row]) -> list[Row]:
    """Take out the rows that say the same as another one in every respect."""
    days = Counter(row.first.day for row in rows)
    if len(days) == len(rows):
        return rows
    kept: dict[tuple[object, ...], Row] = {}
    found: list[Row] = []
    for row in rows:
        same = row if days[row.first.day] == 1 else kept.setdefault(row.said, row)
        if same is row:
            found.append(row)
            continue
        collector.note(
            "unread",
            say("remark.same row", place=address_text(same.first.place)),
            row.first.place,
            row.first.meaning,
            row.first.person,
        )
    return found


def believed(rows: list[Row]) -> tuple[list[Row], list[Open]]:
    """Part the rows, in the order of their days, from those whose days of supply cannot be meant."""
    rows = sorted(rows, key=lambda row: row.first.day)
    by_product: dict[Product, list[Row]] = {}
    for row in rows:
        by_product.setdefault(row.line, []).append(row)
    mistyped: dict[int, Open] = {}
    for own in by_product.values():
        before = None
        for row, after in zip_longest(own, own[1:]):
            problem = _too_much(row) or _too_short(row, before, after)
            if not problem:
                before = row
            else:
                fill = row.first
                amount = Ml(row.amount) if fill.medicine.liquid else Pieces(row.amount)
                mistyped[id(row)] = Open(
                    fill.place,
                    fill.person,
                    fill.meaning,
                    fill.day,
                    fill.medicine,
                    amount,
                    fill.text,
                    problem,
                    say("remark.for", amount=plain_number(row.amount), days=days_text(row.days)),
                    row.days,
                )
    return [row for row in rows if id(row) not in mistyped], list(mistyped.values())


def _too_much(row: Row) -> Message:
    """Say that a row gives more pieces a day than can be meant; empty if it does not."""
    most = row.most
    believable = most.numerator <= MOST_PIECES * most.denominator
    if believable or row.first.medicine.liquid or row.first.end is not None:
        return NOTHING
    return say("remark.too many", number=plain_number(most), most=MOST_PIECES)


def _too_short(row: Row, before: Row | None, after: Row | None) -> Message:
    """Say that the days of a row are far shorter than those of the same quantity beside it; empty if they are not."""
    beside = [other for other in (before, after) if other is not None]
    fill = row.first
    if after is not None and (after.first.day - fill.day).days < MISTYPED * fill.days:
        return NOTHING
    if not beside or any(row.daily < MISTYPED * other.most for other in beside):
        return NOTHING
    if len(row.fills) > 1 or fill.end is not None or not any(other.amount == row.amount for other in beside):
        return NOTHING
    return say("remark.too short", number=plain_number(row.daily), beside=plain_number(beside[0].most))


def up_to_the_next(rows: list[Row], opened: list[Open]) -> tuple[list[Row], list[Open]]:
    """Give a supply whose days are not known those up to the next fill of the product, if that can be meant."""
    found: list[Row] = []
    left: list[Open] = []
    known: dict[Product, set[date]] = {}
    for row in rows:
        known.setdefault(row.line, set()).add(row.first.day)
    for entry in opened:
        known.setdefault(product_of(entry.medicine), set()).add(entry.day)
    sorted_days = {product: sorted(days) for product, days in known.items()}
    for entry in opened:
        all_days = sorted_days[product_of(entry.medicine)]
        later = all_days[bisect_right(all_days, entry.day) :][:1]
        days = whole_days(Fraction((later[0] - entry.day).days)) if later else None
        if days is None:
            left.append(entry)
            continue
        row = Row(
            (
                Fill(
                    entry.place,
                    entry.person,
                    entry.day,
                    entry.medicine,
                    entry.amount,
                    days,
                    BY_REFILL,
                    entry.text,
                    entry.meaning,
                ),
            )
        )
        if _too_much(row):
            left.append(entry)
        else:
            found.append(row)
    return found, left
