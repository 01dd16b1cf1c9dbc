"""The pharmacy order and the card: what is handed out when, for whom, and what is taken now and next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from taper.proof.papers.case import Case
from taper.proof.papers.clinic import prove_account
from taper.proof.papers.doses import prove_day, prove_totals
from taper.proof.papers.labels import Labels
from taper.proof.papers.patterns import prove_pattern
from taper.proof.papers.reading import plain, same
from taper.proof.papers.steps import prove_daily
from taper.proof.papers.telling import digits, emergency, number_of, within


def prove_order(case: Case, page: Any) -> None:
    """Hold the pharmacy order against the supply and the order: each fill with its days, products and amounts."""
    supply = case.asked.supply
    if supply is None:
        case.fail("it was printed without a supply")
    whole = (*supply.lines, *supply.unneeded)
    _prove_table(case, page.total, whole, ("carried", "handed", "needed", "left"))
    fills = list(page.fills)
    if supply.past is not None:
        past = fills.pop(0)
        case.hold(case.read.dates(past.table.title)[:1] == (supply.past.start,), "the days before are other ones")
        lines = (*supply.past.lines, *supply.past.unneeded)
        _prove_table(case, past.table, lines, ("carried", "handed", "needed", "left"))
    case.hold(len(fills) == len(supply.fills), f"it has {len(fills)} fills, and there are {len(supply.fills)}")
    labels = Labels(case, page.label_language)
    for number, (shown, fill) in enumerate(zip(fills, supply.fills, strict=True), 1):
        title, days = plain(shown.table.title), (fill.end - fill.start).days + 1
        dates = (fill.start,) if fill.start == fill.end else (fill.start, fill.end)
        case.hold(case.read.dates(title) == dates, f"fill {number} is called {title!r}, and is for {dates}")
        words = "".join(sign if sign.isdigit() else " " for sign in title).split()
        case.hold(words[:1] == [str(number)], f"fill {number} is called {title!r}")
        told = words[-1] == str(days) or (case.read.base == "ar" and days < 3)
        case.hold(told, f"fill {number} is called {title!r}, and is for {days} days")
        columns = ("carried", "handed", "needed", "left", "so_far")
        _prove_table(case, shown.table, (*fill.lines, *fill.unneeded), columns)
        for label in shown.labels:
            case.hold(label.product and label.lines and all(label.lines), f"a label of fill {number} is empty")
        labels.prove(shown.labels, fill, number)
    _prove_whom(case, page.facts)


def _prove_table(case: Case, table: Any, lines: Sequence[Any], columns: Sequence[str]) -> None:
    """Each product has a row, in the order of the order, with all its amounts."""
    order = list(case.products)
    known = {name: place for place, name in enumerate(order)}
    rows = list(table.rows)
    where = plain(table.title)
    case.hold(len(rows) == len(lines), f"{where!r} has {len(rows)} products, and {len(lines)} are handed out")
    own = sorted(lines, key=lambda line: known.get(line.product, len(order)))
    if any(line.product not in known for line in own):
        return
    for row, line in zip(rows, own, strict=True):
        prove_account(case, line.product, row[0], row[1:], [getattr(line, column) for column in columns])


def _prove_whom(case: Case, facts: Sequence[Any]) -> None:
    text = "\n".join(fact.text for fact in facts)
    lines = case.order.handout if case.order is not None else None
    if lines is not None:
        for name in (lines.patient, lines.prescriber, lines.phone, lines.pharmacy):
            case.hold(not name or within(name, text), f"{name!r} is not named")
    days = {case.steps[0].start, case.steps[-1].end}
    case.hold(days <= set(case.read.dates(text)), "the days of the plan are lost")


def prove_card(case: Case, page: Any, day: date) -> None:
    """Hold the card against the plan: what is taken on its day, until when, and what comes next.

    Args:
        case: The paper.
        page: The card.
        day: Its day.
    """
    step = case.by_day.get(day)
    if step is None:
        case.fail(f"it is for {day}, which is no day of the plan")
    dates = case.read.dates(page.dates)
    case.hold(dates and dates[0] <= day <= dates[-1], f"it is for {plain(page.dates)!r}, and was asked for {day}")
    own = [one for one in case.steps if one.start <= dates[-1] and one.end >= dates[0]]
    right = own[0].start == dates[0] and own[-1].end == dates[-1]
    case.hold(right, f"its days are {plain(page.dates)!r}, which are not those of its dose")
    taken = case.taken(step)
    if page.doses is not None:
        prove_day(case, page.doses, taken, "the dose of the card")
        alike = all(case.taken(one) == taken for one in own)
        case.hold(alike, f"its days are {plain(page.dates)!r}, and the dose changes in them")
        if page.total:
            prove_totals(case, page.total, case.totals(taken), "the sum of the card")
    else:
        group = [one for one in own if one.number == step.number]
        prove_pattern(case, [(part.when, part.doses) for part in page.week], group, prove_day, "the card")
        prove_daily(case, page.total, group, "the card")
    _prove_next(case, page.next, dates[-1])
    told = case.read.dates(page.next)
    soonest = min((one.start for one in case.steps if one.start > dates[-1]), default=case.stop)
    case.hold(
        case.read.first is not None or not told or told[0] == soonest,
        f"{plain(page.next)!r} is said to come next, and on {soonest} something else does",
    )
    if page.later:
        _prove_next(case, page.later, dates[-1])
        later = case.read.dates(page.later)
        behind = case.read.first is not None or not later or (told and told[0] < later[0])
        case.hold(behind, f"{plain(page.later)!r} is said to come later than {plain(page.next)!r}")
    number = emergency(case)
    case.hold(within(number, page.never), f"it does not name the number {number}")
    crisis = number_of(case, "crisis")
    case.hold(digits(crisis) in digits(page.never), f"it does not name the number {crisis}")
    schedule = case.asked.schedule
    if page.revised:
        event = case.order.history[-1] if case.order is not None else None
        case.hold(event is not None and event.on in case.read.dates(page.revised), "it names another revision")
        case.hold(str(schedule.revision) in plain(page.revised), "it names another revision")
    else:
        history = case.order.history if case.order is not None else ()
        case.hold(not (schedule.revision and history), "it does not say that the plan was revised")


def _prove_next(case: Case, text: str, after: date) -> None:
    """What comes next has its day, and the doses of that day; or it is the stop, or says to stay."""
    dates, said = case.read.dates(text), case.read.mg(text)
    changes = [step for step in case.steps if step.start > after]
    if not dates:
        case.hold(not said and not changes and case.stop is None, f"what comes next is lost: {plain(text)!r}")
        return
    day = dates[0]
    if case.read.first is not None:
        return
    if day == case.stop:
        case.hold(not said, f"{plain(text)!r} is said of the stop")
        return
    step = case.by_day.get(day)
    begins = step is not None and step.start == day and day > after
    case.hold(begins, f"{plain(text)!r} is said to come next, and no step begins then")
    known = [one for one in case.steps if step is not None and one.number == step.number]
    values = [
        value for one in known for value in (*case.totals(case.taken(one)), *(i.dose.value for i in case.taken(one)))
    ]
    right = all(any(same(one, value) for value in values) for one in said) and (said or not values)
    case.hold(right, f"{plain(text)!r} is said to come next, and the plan has other doses then")
