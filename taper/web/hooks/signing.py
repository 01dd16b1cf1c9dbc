"""Answer an order that is being written: one card for each drug, for what it adds to what is taken, or what is missing.

An order of our drugs that was not understood gets a card too, which says why: silence would look like approval.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from taper.checker.wording import count_text, day_text, dose_text
from taper.errors import ScheduleError
from taper.exchange.record_lines import Line
from taper.quantity import Mg
from taper.schedule.schedule import ONE_DAY
from taper.web.hooks import words
from taper.web.hooks.cards import Card, Said, card, desk_link
from taper.web.hooks.entries import ENDED, SIGNED, Entry, hidden_in, nameless_in, record_of
from taper.web.hooks.judging import Judgment, judged, report_on, shared
from taper.web.hooks.picture import Picture, day_of_orders, doses_on, ends_named, not_counted, picture, unclear
from taper.web.hooks.policy import Policy
from taper.web.hooks.request import HookRequest, is_about, key_of
from taper.web.hooks.suggestions import Asked, suggestions


class Signing:
    """Answers the orders of one request."""

    def __init__(self, asked: HookRequest, drafts: Sequence[Entry], policy: Policy, today: date) -> None:
        taken = {draft.about for draft in drafts if not draft.elsewhere}
        beside = tuple(draft for draft in drafts if draft.elsewhere and draft.about in taken)  # said, and not judged
        self.asked, self.policy = asked, policy
        self.drafts = [draft for draft in drafts if draft not in beside]
        self.record = (*record_of(asked.record.resources), *beside)
        self.lacking = lacking_of_record(asked)
        self.today, self.day = today, day_of_orders(self.drafts, today)

    def cards(self) -> list[Card]:
        """Return at most one card for each drug."""
        drugs = list(dict.fromkeys(draft.about for draft in self.drafts))
        unread = {drug: why for drug in drugs if (why := self._unread(drug))}
        readable = [draft for draft in self.drafts if draft.about not in unread]
        cards = [self._info(drug, why) for drug, why in unread.items()] + self._hidden()
        rest = [drug for drug in drugs if drug not in unread]
        if not rest:
            return cards
        try:
            seen = picture(readable, self.record, self.day)
        except ScheduleError as problem:
            return cards + [self._info(drug, f"the record cannot be laid out: {problem.message}") for drug in rest]
        reports = [report_on(one, self.policy.guidelines, self.policy.country) for one in (seen.before, seen.after)]
        shares = shared(judged(*reports), rest)
        return cards + [made for drug in rest if (made := self._card(drug, seen, shares[drug])) is not None]

    def _unread(self, drug: str) -> str:
        """Return why the orders of a drug cannot be judged; empty if they can."""
        mine = [draft for draft in self.drafts if draft.about == drug]
        if len({key_of(draft.resource) for draft in mine if draft.id}) < sum(bool(draft.id) for draft in mine):
            return "two orders with the same id were sent, so it is not clear which of them counts"
        for draft in mine:
            if not is_about(draft.resource, self.asked.patient):
                return "it names another patient than the one whose record is open"
            if draft.status in ENDED:
                if self.asked.record.failed or not ends_named(draft, self.record):
                    return f"its state is {draft.status}, and no active order of the record has its id"
            elif not draft.understood:
                return words.why_not_read(draft)
            elif draft.status not in SIGNED:
                return f"its state is {words.plain(draft.status)[:40]}, which no order that is signed has"
            elif draft.end is not None and draft.end < self.today:
                return f"its days ended on {day_text(draft.end)}, before today"
        if self.asked.record.failed:
            return "the earlier orders of the patient could not be had, so the step from the dose before is not known"
        active = [entry for entry in self.record if entry.status == "active" and entry.is_order]
        for entry in active:
            if drug in entry.named and entry.unread:
                return f"of the active order {words.plain(entry.medicine)[:40]} {words.why_not_read(entry)}"
        return ""

    def _hidden(self) -> list[Card]:
        """Return the card of orders whose medicine was not sent: one of them may be of our drugs."""
        count = len(hidden_in(self.asked.drafts, self.asked.record.resources))
        if not count:
            return []
        what = "its medicine is only a code or a reference that is not known here, so it may be a benzodiazepine."
        detail = (
            f"**Not judged:** {count_text(count, 'order')}. Send the name of the medicine, or the Medication itself."
        )
        said = Said(words.summary("order", "not judged", what), detail, "taperunread")
        return [card(said, self.asked.instance)]

    def _info(self, drug: str, why: str) -> Card:
        """Return the card of an order of our drugs that could not be judged."""
        mine = [draft for draft in self.drafts if draft.about == drug]
        lines = [f"**Not judged:** {words.escaped(why)}. No rule has looked at this order."]
        for entry in mine:
            said = "; ".join(words.escaped(remark.text) for remark in entry.remarks if not remark.unknown)
            lines.append(f"- {words.order_words(entry)}{f': {said}' if said else ''}")
        lines.append("Write dose, how often a day, and first day or supply into the fields of the order.")
        short = words.summary(drug, "order not judged", f"{why}.")
        return card(Said(short, "\n\n".join(lines), "taperunread"), self.asked.instance)

    def _card(self, drug: str, seen: Picture, judgment: Judgment) -> Card | None:
        """Return the card of a drug whose orders were judged; None if there is nothing to say."""
        now = doses_on(seen.before, seen.day - ONE_DAY).get(drug)
        then: Mg | None = doses_on(seen.after, seen.day).get(drug, Mg(0))
        signed = [draft for draft in self.drafts if draft.drug == drug and draft.status not in ENDED]
        if not then and any(_dose(line) for draft in signed for line in draft.lines):
            then = None  # a first day without a dose is no stop
        lacking = self._lacking_of(drug, now)
        others = [f"{name} {dose_text(dose)}" for name, dose in doses_on(seen.after, seen.day).items() if name != drug]
        doses = words.change(now, then)
        if others and then:
            doses = f"{doses.removesuffix(' a day')} beside {words.names_words(others)} a day"
        if not judgment.is_worth_a_card:
            if lacking:
                detail = self._detail(drug, seen, judgment)
                said = Said(words.summary(drug, doses, f"{lacking[0]}."), detail, "taperunread")
                return card(said, self.asked.instance)
            return None
        gravest = judgment.found[0].gravest
        mine = [draft for draft in self.drafts if draft.drug == drug]
        offered = []
        if len(mine) == 1:
            asked = Asked(mine[0], self.record, seen, judgment, self.policy, self.asked.record.resources)
            offered = suggestions(asked)
        sources = gravest.sources or judgment.found[0].finding.sources
        said = Said(
            words.summary(drug, doses, gravest.message),
            self._detail(drug, seen, judgment),
            "taperpace",
            gravest.severity,
            sources[0] if sources else None,
            offered,
            desk_link(self.policy.desk, self._order(drug, seen, now)),
        )
        return card(said, self.asked.instance)

    def _lacking_of(self, drug: str, now: Mg | None) -> list[str]:
        """Return what of the record is not known or was not counted, so that a change of the drug may be missed."""
        lacking = self.lacking + not_counted(drug, self.record, self.drafts, self.day)
        lacking += [
            f"the active order {entry.medicine} cannot be read, so what is taken beside it is not known"
            for entry in self.record
            if entry.status == "active" and entry.is_order and entry.unread and drug not in entry.named
        ]
        if now is None:
            lacking += unclear(drug, self.record, self.day)
            if self.asked.record.fills_failed:
                lacking.append("what was handed out could not be had, so the dose before is not known")
        return list(dict.fromkeys(lacking))

    def _order(self, drug: str, seen: Picture, now: Mg | None) -> dict[str, Any]:
        """Return what is known of an order for the desk: drug, country, first day, and the doses before it."""
        step = next((one for one in seen.before.steps if one.start <= seen.day - ONE_DAY <= one.end), None)
        order: dict[str, Any] = {"drug": drug, "start": seen.day.isoformat()}
        if self.policy.country:
            order["country"] = self.policy.country
        force = (*seen.replaced.get(drug, ()), *seen.beside.get(drug, ()))
        if step is not None and now and all(entry.timed for entry in force):  # no time of day is filled in
            order["current"] = {
                intake.time: str(intake.dose) for intake in step.intakes if intake.drug == drug and intake.dose
            }
        return order

    def _detail(self, drug: str, seen: Picture, judgment: Judgment) -> str:
        """Return the Markdown below the summary: what is taken, what the order makes of it, findings, reading."""
        now = doses_on(seen.before, seen.day - ONE_DAY)
        then = doses_on(seen.after, seen.day)
        mine = [draft for draft in self.drafts if draft.drug == drug]
        ordered = f"**With this order**, {words.on_day(seen.day)}: {words.doses_words(then) if then else 'nothing'}"
        return words.paragraphs(
            f"**Before:** {words.doses_words(now)}{self._by(seen)}.",
            ordered + self._in_place(drug, seen, mine),
            words.listed([words.finding_words(*found) for found in judgment.found]),
            self._already(judgment),
            self._read_as(mine, seen, self._lacking_of(drug, now.get(drug))),
            words.not_evaluated_words(judgment.report),
            words.judged_words(judgment.report),
        )

    def _by(self, seen: Picture) -> str:
        force = [entry for some in (seen.replaced, seen.beside) for entries in some.values() for entry in entries]
        return f", by {words.orders_words(force)}" if force else ""

    def _in_place(self, drug: str, seen: Picture, mine: Sequence[Entry]) -> str:
        drafted = {draft.drug for draft in self.drafts}
        switched = [entry for other, entries in seen.replaced.items() if other not in drafted for entry in entries]
        replaced, beside = (*seen.replaced.get(drug, ()), *switched), seen.beside.get(drug, ())
        if not replaced:
            return f", beside {words.orders_words(beside)}." if beside else "."
        text = f", read in place of {words.orders_words(replaced)}"
        text += f" and beside {words.orders_words(beside)}." if beside else "."
        if drug in seen.unsure:
            text += " Which of these it replaces is not recorded; all of them was read, which is the largest change."
        ordered = [draft for draft in mine if draft.status not in ENDED]
        before, after = (doses_on(one, seen.day).get(drug, Mg(0)) for one in (seen.before, seen.after))
        if ordered and before and after and not switched:
            kept = sum((_dose_of(entry, drug) for entry in beside), Mg(0))
            text += f" Taken beside instead of in place, it would be {dose_text(before + after - kept)} a day."
        return text

    def _already(self, judgment: Judgment) -> str:
        lines = [words.finding_words(finding, finding) for finding in judgment.before]
        return f"**Already so without this order:**\n\n{words.listed(lines)}" if lines else ""

    def _read_as(self, mine: Sequence[Entry], seen: Picture, lacking: Sequence[str]) -> str:
        """Say how orders were read, so that nothing is assumed silently."""
        notes = [words.escaped(note) for note in seen.notes]
        for entry in (*mine, *(one for some in (seen.replaced, seen.beside) for each in some.values() for one in each)):
            if text := words.reading_words(entry):
                notes.append(f"{words.order_words(entry)}: {text}")
        notes += [words.escaped(f"{lack[:1].upper()}{lack[1:]}") for lack in lacking]
        return f"**How the record was read:**\n\n{words.listed(list(dict.fromkeys(notes)))}" if notes else ""


def _dose(line: Line) -> bool:
    return any(intake.dose for intake in line.intakes or ())


def _dose_of(entry: Entry, drug: str) -> Mg:
    """Return the daily dose of an order on its last day."""
    last = [line for line in entry.lines if line.end == entry.end]
    return sum((intake.dose for line in last for intake in line.intakes or () if intake.drug == drug), Mg(0))


def lacking_of_record(asked: HookRequest) -> list[str]:
    """Return what of the record is not known, so that a change of dose may be missed."""
    nameless = nameless_in(asked.record.resources)
    said = [
        (asked.record.paged, "only a part of the earlier orders was sent, so a change of dose may not be known"),
        (asked.record.foreign > 0, "entries of another patient were sent and left out; look at the record"),
        (asked.record.versions > 0, "an order was sent in two versions, of which the first was read"),
        (nameless > 0, f"{count_text(nameless, 'active order')} of the record without any name of a medicine"),
    ]
    return [text for true, text in said if true]
