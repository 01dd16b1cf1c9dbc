"""What the words of a FHIR dosage say, to be held against its fields: all of it, or nothing."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from taper.exchange.dosage_text import DosageFacts, plain_facts
from taper.exchange.sig.read import read_sig
from taper.paper.words.en import ENGLISH

_ASIDE = re.compile(
    r"(?<=[.;,])\s*(?:(?:please )?take (?:it |them |(?:these|the) (?:tablets|capsules) )?"
    r"(?:with|after|with or after) (?:food|a meal|water)|"
    r"swallow (?:it |them |the (?:tablets|capsules) )?whole(?: with water)?|with or after food|with food)\s*(?:\.|\Z)",
    re.IGNORECASE,
)
"""Sentences that say how a dose is taken, and nothing of how much or when."""
_UNDER_THE_TONGUE = re.compile(r"\s*\b(?:under the tongue|sublingually)\b", re.IGNORECASE)
"""Not swallowed, so a person reads it where only words say it; its numbers are held against the fields all the same."""
_TO_BE_TAKEN = re.compile(r"(?<=\w) to be taken\b", re.IGNORECASE)
_STARTING = re.compile(
    rf",? (?:starting|beginning)(?: on)? (?P<month>{'|'.join(ENGLISH.months)}) "
    r"(?P<day>\d{1,2}),? (?P<year>\d{4})\b",
    re.IGNORECASE,
)
_NEEDED = re.compile(
    r"\b(?:(?:as|if|when|where) (?:needed|required|necessary)|prn|bei bedarf|si besoin|zo nodig|indien nodig|"
    r"si (?:es )?(?:preciso|necesario)|si precisa|al bisogno|se necessario)(?!\w)|\bp\.r\.n\.",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;.](?=\s|\Z)\s*|\s+(?=may take\b)")
_EXTRA = re.compile(r"\b(?:extra|additional|another|further)\b", re.IGNORECASE)


class Said(NamedTuple):
    """What a text says.

    Attributes:
        facts: The facts of a text with one dose; none if it was not understood whole.
        parts: How many doses it gives one after the other; 0 if it was not understood whole.
        start: The first day that it names.
        stops: Whether it says that the drug is stopped afterwards.
        if_needed: Whether a dose in it is, or may be, only for when it is needed.
    """

    facts: DosageFacts = DosageFacts()
    parts: int = 0
    start: date | None = None
    stops: bool = False
    if_needed: bool = False


@lru_cache(maxsize=4096)
def said(text: str) -> Said:
    """Return what a text says.

    >>> found = said("EIGHT (8) tablets to be taken DAILY for two days. Take with food.")
    >>> found.facts.count, found.facts.often, found.facts.days, found.parts
    (Fraction(8, 1), 1, 2, 1)
    >>> said("Take 2 tablets 2 times a day under water").parts
    0
    """
    plainly = _UNDER_THE_TONGUE.sub("", _ASIDE.sub("", text[:2000]))
    words, start = _start(_TO_BE_TAKEN.sub("", plainly.strip()))
    reading = read_sig(words)
    needed = any(dose.as_needed for part in reading.parts for dose in part.doses) or _NEEDED.search(text) is not None
    if not reading.complete:
        return Said(if_needed=needed)
    facts = plain_facts(words) if len(reading.parts) == 1 else DosageFacts()
    start = start if start is not None else reading.parts[0].start
    return Said(facts if facts.whole else DosageFacts(), len(reading.parts), start, reading.stops, needed)


def _start(text: str) -> tuple[str, date | None]:
    """Remove the first day that a text names from it."""
    matches = list(_STARTING.finditer(text))
    if len(matches) != 1:
        return text, None
    (match,) = matches
    month = [name.lower() for name in ENGLISH.months].index(match["month"].lower()) + 1
    try:
        start = date(int(match["year"]), month, int(match["day"]))
    except ValueError:
        return text, None
    return text[: match.start()] + text[match.end() :], start


@lru_cache(maxsize=4096)
def without_extra(text: str) -> str | None:
    """Return a text without the extra dose that it allows when needed; None if it allows none.

    The rest must be understood whole, and be no dose for when it is needed itself.

    >>> without_extra("Take 1 tablet nightly, may take 1 extra tablet a day if needed")
    'Take 1 tablet nightly'
    >>> without_extra("Take 1 tablet at night if needed") is None
    True
    """
    clauses = _CLAUSE.split(text[:2000])
    extra = [clause for clause in clauses if _NEEDED.search(clause) and _EXTRA.search(clause)]
    rest = ", ".join(clause.strip() for clause in clauses if clause not in extra and clause.strip())
    found = said(rest) if extra else Said()
    return rest if found.parts == 1 and found.facts.whole and not found.if_needed else None
