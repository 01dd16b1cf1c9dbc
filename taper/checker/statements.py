"""What published guidance says of a fact about the person, whichever guidelines were chosen.

Choosing guidelines chooses limits on pace. A fact that is recorded true is spoken of all the same: the
strictest statement that was read leads, and each one from a guideline that was not chosen is marked so.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from taper import catalog
from taper.catalog import Guideline, Limit
from taper.catalog.guidance import Kind
from taper.checker.case import Case
from taper.checker.texts import say
from taper.checker.wording import as_written, gist_text, guideline_text, joined, note_text, title_text
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.message import Message

NOT_RECORDED = say("not recorded")
_RANKS = {str(severity): severity.rank for severity in Severity}


class Statement(NamedTuple):
    """What one guideline says on one topic.

    Attributes:
        guideline: The guideline.
        limit: The row.
        chosen: Whether the guideline was chosen.
    """

    guideline: Guideline
    limit: Limit
    chosen: bool

    @property
    def gist(self) -> Message:
        """The statement in one short sentence without its period, to follow a colon."""
        first = self.limit.note.partition(". ")[0].removesuffix(".")
        if not first:
            return as_written(f'"{self.limit.wording}"')
        begins = first[0].lower() + first[1:] if first[1:2].islower() or first[1:2] == " " else first
        return gist_text(self.limit.note, begins)

    @property
    def text(self) -> Message:
        """The statement in full, with the title of the guideline and whether it was chosen."""
        title = title_text(self.guideline.title)
        who = title if self.chosen else say("not chosen", guideline=title)
        quoted = as_written(f'"{self.limit.wording}".' if self.limit.wording else "")
        return say("statement", guideline=who, says=joined(note_text(self.limit.note, self.limit.note), quoted))


class Fact(NamedTuple):
    """A fact that an order records as true or false, and how a finding speaks of it.

    Attributes:
        code: Code of the rule.
        key: Name in `taper.order.parts.Patient`.
        about: The fact in a few words, for a list of what is not recorded.
        says: The fact as the first sentence of the finding.
        topics: Topics of the statements.
        advice: What could be done.
    """

    code: str
    key: str
    about: Message
    says: Message
    topics: tuple[str, ...]
    advice: Message


@lru_cache(maxsize=64)
def packaged(kind: Kind, topics: tuple[str, ...] = ()) -> tuple[tuple[Guideline, Limit], ...]:
    """Return the rows of one kind from every packaged guideline; sources of low standing have none."""
    found = [(source, limit) for source in catalog.guidelines_on(kind) for limit in source.limits_of(kind)]
    return tuple((source, limit) for source, limit in found if not topics or limit.topic in topics)


def rows(case: Case, kind: Kind, topics: tuple[str, ...] = ()) -> list[Statement]:
    """Return the rows of one kind that apply to these drugs: the chosen ones, then the others that are packaged."""
    chosen = case.limits(kind)
    found = [Statement(source, limit, True) for source, limit in chosen if not topics or limit.topic in topics]
    ids = {source.id for source in case.guidelines}
    return found + [
        Statement(source, limit, False)
        for source, limit in packaged(kind, topics)
        if source.id not in ids and (not limit.drug or limit.drug in case.schedule.drugs)
    ]


def statements(case: Case, *topics: str) -> tuple[Statement, ...]:
    """Return what is said on these topics about these drugs, the strictest first; among equals the chosen ones."""
    found = rows(case, "person", topics)
    return tuple(sorted(found, key=lambda entry: -_RANKS[entry.limit.severity]))


def recorded(case: Case, key: str) -> int | bool | None:
    """Return a fact of the order, or None if it is not recorded."""
    value: int | bool | None = getattr(case.order.patient, key) if case.order is not None else None
    return value


def of_age(case: Case, found: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Leave out what holds from an age on that is not recorded to be reached."""
    age = recorded(case, "age")
    return tuple(e for e in found if e.limit.age_from is None or (age is not None and age >= e.limit.age_from))


def judged(case: Case, fact: Fact) -> Iterator[Outcome]:
    """Yield the one finding of a fact that is true, or that it is not recorded."""
    value = recorded(case, fact.key)
    if value is None:
        yield NotEvaluated(fact.code, NOT_RECORDED, fact.about)
    elif value:
        yield spoken(case, fact, of_age(case, statements(case, *fact.topics)))


def spoken(case: Case, fact: Fact, found: tuple[Statement, ...], *, measured: str = "true", limit: str = "") -> Finding:
    """Return the finding of a fact: the first of the statements, with all of them in its detail."""
    line = say("fact.no advice", fact=fact.says)
    if found:
        line = say("fact", fact=fact.says, guideline=guideline_text(found[0].guideline), says=found[0].gist)
    return Finding(
        code=fact.code,
        severity=Severity(found[0].limit.severity) if found else Severity.NOTE,
        message=line,
        on=case.taken[0].start if case.taken else None,
        measured=measured,
        limit=limit,
        sources=tuple(dict.fromkeys(entry.limit.source for entry in found)),
        advice=fact.advice,
        detail=joined(*(entry.text for entry in found)),
    )
