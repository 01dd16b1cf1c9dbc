"""Answer the opening of a record: what is taken today, and how the dose was changed lately."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from taper.checker.wording import dose_text
from taper.errors import TaperError
from taper.finding import Report, Severity
from taper.quantity import Mg
from taper.schedule.schedule import ONE_DAY
from taper.web.hooks import words
from taper.web.hooks.cards import Card, Said, card, desk_link
from taper.web.hooks.entries import Entry, record_of
from taper.web.hooks.judging import Judgment, judged, report_on, shared
from taper.web.hooks.picture import Picture, doses_on, picture, unclear
from taper.web.hooks.policy import Policy
from taper.web.hooks.request import HookRequest
from taper.web.hooks.signing import lacking_of_record


def cards_of_today(asked: HookRequest, policy: Policy, today: date) -> Iterator[Card]:
    """Yield one card for each drug that is taken today by the record, or whose active order cannot be read.

    Where there is none, but not all of the record is known, one card says so: silence would look like "nothing taken".

    Args:
        asked: The request.
        policy: What whoever runs the service chose.
        today: The day.
    """
    record = record_of(asked.record.resources)
    cards = list(_cards(asked, record, policy, today))
    yield from cards
    why = _why_none(asked, record, today)
    if why and not cards:
        summary = words.summary("benzodiazepines and Z-drugs", "of today not known", f"{why[0]}.")
        detail = words.paragraphs("**Not known**", words.listed([words.escaped(each) for each in why]))
        yield card(Said(summary, detail, "taperunread"), asked.instance)


def _why_none(asked: HookRequest, record: Sequence[Entry], today: date) -> list[str]:
    """Return why it is not certain that nothing is taken."""
    why = ["the orders of the record could not be had"] if asked.record.failed else []
    why += lacking_of_record(asked)
    open_ones = [entry for entry in record if not entry.is_order or entry.status not in ("completed", "stopped")]
    for drug in dict.fromkeys(name for entry in open_ones for name in entry.named):
        why += [f"{drug}: {text}" for text in unclear(drug, open_ones, today + ONE_DAY)]
    return list(dict.fromkeys(why))


def _cards(asked: HookRequest, record: Sequence[Entry], policy: Policy, today: date) -> Iterator[Card]:
    active = [entry for entry in record if entry.status == "active" and entry.is_order]
    unread = {entry.about: entry for entry in active if entry.unread}
    for drug, entry in unread.items():
        why = words.why_not_read(entry)
        detail = f"{words.order_words(entry)} is active, and {words.escaped(why)}. No rule has looked at it."
        summary = words.summary(drug, "active order not read", f"{why}.")
        yield card(Said(summary, detail, "taperunread"), asked.instance)
    try:
        seen = picture((), record, today + ONE_DAY)
        report = report_on(seen.before, policy.guidelines, policy.country)
    except TaperError as problem:
        for drug in dict.fromkeys(entry.about for entry in active if entry.about not in unread):
            why = f"the record cannot be laid out: {problem.message}"
            said = Said(words.summary(drug, "not judged", why), words.escaped(why), "taperunread")
            yield card(said, asked.instance)
        return
    doses = doses_on(seen.before, today)
    taken = [drug for drug, dose in doses.items() if dose and drug not in unread]
    shares = shared(judged(Report(), report), taken) if taken else {}
    for drug in taken:
        yield _taken(drug, doses[drug], seen, shares[drug], asked, policy)


def _taken(drug: str, dose: Mg, seen: Picture, judgment: Judgment, asked: HookRequest, policy: Policy) -> Card:
    """Return the card of a drug that is taken today."""
    by = seen.beside.get(drug, ())
    gravest = judgment.found[0] if judgment.is_worth_a_card else None
    what = gravest.gravest.message if gravest is not None else f"the dose of today by {_counted(by)}."
    sources = (gravest.gravest.sources or gravest.finding.sources) if gravest is not None else ()
    order = {"drug": drug} | ({"country": policy.country} if policy.country else {})
    said = Said(
        words.summary(drug, words.change(dose, dose), what),
        _detail(drug, dose, seen, judgment, asked),
        "tapertoday",
        gravest.severity if gravest is not None else Severity.NOTE,
        sources[0] if sources else None,
        links=desk_link(policy.desk, order),
    )
    return card(said, asked.instance)


def _counted(entries: tuple[Entry, ...]) -> str:
    if not entries:
        return "what was handed out"
    return "one active order" if len(entries) == 1 else f"{len(entries)} active orders"


def _detail(drug: str, dose: Mg, seen: Picture, judgment: Judgment, asked: HookRequest) -> str:
    by = seen.beside.get(drug, ())
    notes = [words.escaped(note) for note in seen.notes]
    notes += [f"{words.order_words(entry)}: {text}" for entry in by if (text := words.reading_words(entry))]
    notes += [words.escaped(f"{lack[:1].upper()}{lack[1:]}") for lack in lacking_of_record(asked)]
    notes += [] if by else ["No active order of the record says it; it is the average of what was handed out"]
    return words.paragraphs(
        f"**Today:** {drug} {dose_text(dose)} a day{f', by {words.orders_words(by)}' if by else ''}.",
        words.listed([words.finding_words(*found) for found in judgment.found]),
        f"**How the record was read:**\n\n{words.listed(notes)}" if notes else "",
        words.not_evaluated_words(judgment.report),
        words.judged_words(judgment.report),
    )
