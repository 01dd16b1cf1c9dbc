"""What was handed out, as a row gives it: quantity, days and directions, and what they say together."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from taper.checker.texts import say
from taper.checker.wording import days_number, days_text, plain_number
from taper.exchange.collector import MAX_DAYS_OF_SUPPLY, whole_days
from taper.exchange.medicine import Medicine, exact
from taper.exchange.tables.directions import Directions, Stretch
from taper.message import Message
from taper.quantity import exact_text
from taper.schedule.schedule import RemarkKind

BY_DAYS, BY_LABEL, BY_END = "days of supply", "quantity over the daily amount on the label", "recorded last day"
BY_PARTS = "days and amounts of the directions, which make up the quantity"


class Problem(NamedTuple):
    """What of a row cannot be read, or does not agree.

    Attributes:
        kind: Kind of the remark.
        text: What it is.
        quote: Which cell it quotes: product, quantity, days or sig.
        measured: What the words say, where it is a number.
        limit: What the rest of the row gives instead.
        open_days: Whether nothing but the days is missing.
    """

    kind: RemarkKind
    text: Message
    quote: str
    measured: str = ""
    limit: str = ""
    open_days: bool = False


class Supply(NamedTuple):
    """What a row says of doses.

    Attributes:
        stretches: So many pieces or mL a day over so many days, one after the other; empty if that is not known.
        days: The number of days it is meant for, if that is known.
        rule: How the days were found.
        stops: Whether the drug is stopped afterwards.
        problem: What does not agree, or why there are no stretches.
    """

    stretches: tuple[Stretch, ...]
    days: int | None
    rule: str
    stops: bool = False
    problem: Problem | None = None


def _none(kind: RemarkKind, text: Message, quote: str, days: int | None = None) -> Supply:
    return Supply((), days, "", False, Problem(kind, text, quote))


def _no_days(quote: str) -> Supply:
    text = say("remark.supply days", most=MAX_DAYS_OF_SUPPLY)
    return Supply((), None, "", False, Problem("period", text, quote, open_days=True))


def supply_of(medicine: Medicine, quantity: str, days: str, sig: str, said: Directions, recorded: int | None) -> Supply:
    """Work out how much a day, and for how long.

    Args:
        medicine: The product.
        quantity: Its quantity, as written.
        days: Days of supply, as written; empty if the row has none.
        sig: The directions, as written.
        said: The directions, as far as they were understood.
        recorded: Days from the first to the recorded last day, if one is recorded.
    """
    amount, whole = exact(quantity), whole_days(exact(days))
    if not medicine.drug:
        return _none("unread", say("remark.which drug"), "product", whole)
    if not amount:
        return _none("unread", say("remark.quantity no number"), "quantity", whole)
    if medicine.strength is None:
        return _none("unit", say("remark.no strength"), "product", whole)
    if days and whole is None:
        return _no_days("days")
    if len(said.stretches) > 1:
        return _one_after_the_other(amount, whole, said)
    length, rule = _length(amount, whole, said, recorded)
    if length is None:
        return _no_days("days or sig")
    return _even(amount, length, rule, sig, said)


def _length(amount: Fraction, whole: int | None, said: Directions, recorded: int | None) -> tuple[int | None, str]:
    """Return the days for which the quantity is meant."""
    if whole is not None:
        return whole, BY_DAYS
    if said.stretches:
        (stretch,) = said.stretches
        days = whole_days(amount / stretch.daily * stretch.every)
        if days is not None and stretch.days in (None, days):
            return days, BY_LABEL
        return (recorded, BY_END) if stretch.days is None else (None, "")
    return recorded, BY_END


def _even(amount: Fraction, days: int, rule: str, sig: str, said: Directions) -> Supply:
    """Return a supply that is taken evenly over its days; one for every other day keeps its days off."""
    average = Stretch(amount / days, days=days)
    if said.differs is not None:
        text, measured, limit = said.differs
        return Supply((average,), days, rule, problem=Problem("mismatch", text, "sig", measured, limit))
    if not said.stretches:
        words = Problem("text", say("remark.directions kept"), "sig") if sig else None
        return Supply((average,), days, rule, problem=words)
    (stretch,) = said.stretches
    if stretch.days is not None and stretch.days != days:
        return Supply(
            (average,),
            days,
            rule,
            problem=Problem(
                "mismatch",
                say("remark.directions.days", said=days_number(stretch.days), held=days),
                "sig",
                str(stretch.days),
                str(days),
            ),
        )
    as_said = stretch._replace(days=days, months=None)
    if as_said.amount == amount:
        return Supply((as_said,), days, rule, said.stops)
    per_day = stretch.daily / stretch.every
    if stretch.every > 1 and per_day * days == amount:
        return Supply((as_said,), days, rule, said.stops)
    text = say("remark.directions.daily", said=plain_number(per_day), held=plain_number(amount / days))
    problem = Problem("mismatch", text, "sig", exact_text(per_day), exact_text(amount / days))
    return Supply((average,), days, rule, problem=problem)


def _one_after_the_other(amount: Fraction, whole: int | None, said: Directions) -> Supply:
    """Return a supply of which so much is taken first, and then so much; only if it makes up quantity and days."""
    *before, last = said.stretches
    if any(stretch.days is None for stretch in before):
        return _none("period", say("remark.directions.no days"), "sig", whole)
    if last.days is None:
        left = amount - sum((stretch.amount for stretch in before), Fraction(0))
        last = last._replace(days=whole_days(left / last.daily * last.every) if left > 0 else None)
    parts = (*before, last)
    days = sum(stretch.days or 0 for stretch in parts)
    used = sum((stretch.amount for stretch in parts if stretch.days is not None), Fraction(0))
    if last.days is not None and used == amount and whole in (None, days) and days <= MAX_DAYS_OF_SUPPLY:
        return Supply(parts, days, BY_PARTS, said.stops)
    if whole is None:
        return _none("period", say("remark.directions.no sum"), "sig")
    return Supply(
        (Stretch(amount / whole, days=whole),),
        whole,
        BY_DAYS,
        problem=Problem(
            "mismatch",
            say(
                "remark.directions.parts",
                used=plain_number(used),
                days=days_text(days),
                amount=plain_number(amount),
                whole=whole,
            ),
            "sig",
            exact_text(used),
            exact_text(amount),
        ),
    )
