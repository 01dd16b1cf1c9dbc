"""Records from other tools: what is wrong with the record itself, whatever its doses.

Reading happens elsewhere and guesses nothing; what the reader noticed is in the schedule's remarks. Here the
remarks become findings: one finding for all places with the same problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.headline import headline
from taper.checker.texts import say
from taper.checker.wording import (
    NO_STEPS,
    NOTHING,
    address_text,
    as_written,
    count_text,
    joined,
    listed,
    lowered,
    remark_text,
)
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.message import Message
from taper.schedule.schedule import Remark, RemarkKind
from taper.values import dataclass

_HELD_AGAINST: dict[RemarkKind, Message] = {"mismatch": say("about.mismatch"), "quantity": say("about.quantity")}
_MOST_QUOTE = 300
_MOST_FINDINGS = 20  # of one kind; the others are counted in one more


@dataclass(frozen=True, slots=True)
class _Kind:
    """How remarks of one kind are reported."""

    code: str
    severity: Severity

    @property
    def what(self) -> Message:
        """What is wrong, without a period."""
        return say(f"{self.code}.message")


_KINDS: dict[RemarkKind, _Kind] = {
    "mismatch": _Kind("T404", Severity.ALERT),
    "duration": _Kind("T405", Severity.WARNING),
    "quantity": _Kind("T406", Severity.WARNING),
    "sequence": _Kind("T407", Severity.WARNING),
    "period": _Kind("T408", Severity.WARNING),
    "open": _Kind("T409", Severity.WARNING),
    "unit": _Kind("T410", Severity.WARNING),
    "text": _Kind("T411", Severity.WARNING),
    "unread": _Kind("T412", Severity.WARNING),
    "time": _Kind("T413", Severity.NOTE),
    "supply": _Kind("T414", Severity.NOTE),
    "altered": _Kind("T415", Severity.ALERT),
}


def _report(case: Case, kind: RemarkKind) -> Iterator[Outcome]:
    """Yield the remarks of one kind as findings: the same text once, with the number of places."""
    how = _KINDS[kind]
    if not case.schedule.steps and not case.schedule.remarks:
        yield NotEvaluated(how.code, NO_STEPS, say("about.record"))
    same: dict[tuple[str, str, str], list[Remark]] = {}
    for remark in case.schedule.remarks:
        if remark.kind != kind:
            continue
        if remark.unknown:
            yield NotEvaluated(how.code, remark_text(remark.text), _HELD_AGAINST.get(kind, NOTHING))
        else:
            same.setdefault((remark.text, remark.quote, remark.measured), []).append(remark)
    groups = list(same.values())
    for group in groups[:_MOST_FINDINGS]:
        yield _finding(case, how, group)
    if rest := [remark for group in groups[_MOST_FINDINGS:] for remark in group]:
        yield _finding(case, how, rest)


def _finding(case: Case, how: _Kind, remarks: list[Remark]) -> Finding:
    first = remarks[0]
    days = [remark.on for remark in remarks if remark.on is not None]
    ends = [remark.until for remark in remarks if remark.until is not None]
    on = min(days, default=None)
    step = next((s.number for s in case.schedule.steps if on is not None and s.start <= on <= s.end), None)
    line = _line(how, remarks)
    what, where = remark_text(first.text), address_text(first.place)
    said = [say("sentence", text=text) for text in (what, where) if text and text not in line]
    if first.quote:
        said.append(say("record.says", quote=_short(first.quote)))
    return Finding(
        code=how.code,
        severity=how.severity,
        message=line,
        step=step,
        on=on,
        until=max(ends, default=None),
        measured=first.measured,
        limit=first.limit,
        advice=say(f"{how.code}.advice"),
        detail=joined(*said),
    )


def _line(how: _Kind, remarks: list[Remark]) -> Message:
    """Say what kind of problem it is, in how many places, and where first."""
    first, more = remarks[0], len(remarks) - 1
    what = remark_text(first.text)
    if len({remark.text for remark in remarks}) > 1:
        what = say("record.more", what=lowered(how.what))
    others = count_text(more, "more place") if more else NOTHING
    where = listed([part for part in (address_text(first.place), others) if part], " and ")
    short = say("sentence", text=how.what)
    ways = [say("sentence", text=what), short]
    if where:
        ways = [say("record.where", what=text, where=where) for text in (what, how.what)]
    return headline(*ways, say("record.places", what=how.what, count=more + 1) if more else short)


def _short(quote: str) -> Message:
    words = " ".join(quote.split())
    if len(words) > _MOST_QUOTE:
        return as_written(words[:_MOST_QUOTE] + "…")
    return as_written(quote if words == quote else words)


@rule("T404", "text and structure disagree", since="0.1.0")
def mismatch(case: Case) -> Iterable[Outcome]:
    """A dosage says one thing in words and another in its fields.

    What: Number of days, first day, amount, how often a day, as far as the words say them plainly,
        against the structured fields of the same dosage. Both are kept; the fields are checked.
    Why: The patient follows the words and software follows the fields.
    What to do: Ask the author which of the two is meant, and correct the other.
    """
    return _report(case, "mismatch")


@rule("T405", "length of one intake used for a step", since="0.1.0")
def duration(case: Case) -> Iterable[Outcome]:
    """The length of a step stands in the field for the length of one intake.

    What: In FHIR, `repeat.duration` of a day or more without bounds. It was read as the step's length.
    Why: Other software reads it as it is defined, and sees a step that never ends.
    What to do: Write the length of the step as its bounds, with first and last day.
    """
    return _report(case, "duration")


@rule("T406", "quantity that does not match", since="0.1.0")
def quantity(case: Case) -> Iterable[Outcome]:
    """What is to be handed out is not what the steps need.

    What: The quantity of a prescription, and the days it is said to last, against the sum of its steps.
    Why: Too little ends the taper early, on some day in the middle; too much is left in the house.
    What to do: Correct the quantity or the steps, so that they agree exactly.
    """
    return _report(case, "quantity")


@rule("T407", "order of the steps not recorded", since="0.1.0")
def sequence(case: Case) -> Iterable[Outcome]:
    """Several dosages do not say whether they follow each other.

    What: Dosages of one prescription that have different days, of which at least one has no sequence.
    Why: Without it they are taken at the same time, and the doses add up.
    What to do: Number the dosages, or give each its first and last day.
    """
    return _report(case, "sequence")


@rule("T408", "step without dates", since="0.1.0")
def period(case: Case) -> Iterable[Outcome]:
    """A step has no first and last day.

    What: A dose with neither days nor a length, or with a length but no first day. Where a length and
        the day of writing are known, the steps were laid out from that day; else they were left out.
    Why: Nobody can tell from the record which dose is to be taken today.
    What to do: Give each step its first and last day.
    """
    return _report(case, "period")


@rule("T409", "step without an end", since="0.1.0")
def open_end(case: Case) -> Iterable[Outcome]:
    """A step has a first day and no last one.

    What: It was read as ending when the next one begins; if none does, only its first day is known.
    Why: A taper that does not say when it ends becomes a dose for years.
    What to do: Give the step its last day, or say that it is the dose to stay on.
    """
    return _report(case, "open")


@rule("T410", "unit that cannot be converted", since="0.1.0")
def unit(case: Case) -> Iterable[Outcome]:
    """A dose is in a unit that does not lead to mg.

    What: Tablets or mL of a product whose strength the record does not give, or an unknown unit. The
        dose was left out; nothing was assumed.
    Why: The same number of tablets can be a fifth or five times the dose.
    What to do: Write the dose in mg, or name the strength of the product.
    """
    return _report(case, "unit")


@rule("T411", "dosage in words only", since="0.1.0")
def unstructured(case: Case) -> Iterable[Outcome]:
    """A dosage stands in words only, or in a form that has more than one meaning.

    What: Free text, a range of doses, or a dose to be taken when needed. The words were kept, and
        no dose was made of them.
    Why: No rule can look at it, and silence would look like approval.
    What to do: Read the words, and enter dose, time of day and days by hand.
    """
    return _report(case, "text")


@rule("T412", "part of the record not read", since="0.1.0")
def unread(case: Case) -> Iterable[Outcome]:
    """Something in the record was left out.

    What: A row that is not complete, a canceled order, another medicine, a field that was not understood.
    Why: What was left out may be the dose that matters.
    What to do: Look at this part of the record yourself; no rule has seen it.
    """
    return _report(case, "unread")


@rule("T413", "time of day not recorded", since="0.1.0")
def untimed(case: Case) -> Iterable[Outcome]:
    """A dose has no time of day.

    What: The dose of the day is known, but not when it is taken. It was put down in the morning.
    Why: The daily dose is right; what a rule or a paper says about the time of day is not known.
    What to do: Ask at what time of day the dose is taken, where it matters.
    """
    return _report(case, "time")


@rule("T414", "supply is not intake", since="0.1.0")
def supply(case: Case) -> Iterable[Outcome]:
    """The doses are averages of what a pharmacy handed out.

    What: Quantity times strength, over the days that the supply was meant for. A refill that was fetched
        early was counted from the day on which the one before ran out.
    Why: It bounds what can have been taken on average, and says nothing about any single day.
    What to do: Ask what was really taken; a pharmacy only knows what it handed out.
    """
    return _report(case, "supply")


@rule("T415", "plan that its order does not lead to", since="0.2.0")
def altered(case: Case) -> Iterable[Outcome]:
    """The steps of a plan document are not those that its order and history lead to.

    What: The order inside the document, with its revisions, is planned again, and compared with the steps:
        days, doses, times of day, pieces, the stop, and the identifier of the plan. Such a plan is checked as it
        stands; it is neither printed nor exported nor revised.
    Why: Somebody changed doses, tablets or days so that all sums still add up, or another version of this
        program made the plan. The patient's paper would say what nobody ordered.
    What to do: Plan the order again. If the doses are meant, begin a new order with the dose that is taken now.
    """
    return _report(case, "altered")
