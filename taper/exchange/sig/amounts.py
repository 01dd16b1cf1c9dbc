"""Amounts in a label text: pieces, volumes and doses, and whether what is said twice agrees."""

from __future__ import annotations

import re
from fractions import Fraction

from taper.errors import TaperError
from taper.exchange.sig.values import SigAmount
from taper.exchange.sig.words import PARTS, WORDS, value
from taper.quantity import Mg, Pieces, parse_mg, parse_ml, parse_strength

NUMBER = rf"(?:\d+(?:\.\d+)?|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
COUNT = (
    r"(?:(?:half|a quarter|three quarters|\d+\.\d+)(?: of)? an? |half |(?:[a-z-]+ )?\(\d+\) |"
    rf"{NUMBER}(?: and (?:a half|half|a quarter|three quarters))? |an? )"
)
NOUN = r"(?:tablet|capsule|cap|tab|film|piece|drop|pill)(?:\(s\)|s?\b)"
MG = r"(?:\d+(?:\.\d+)?) ?(?:mg|mcg|micrograms?|milligrams?)\b"
_ML = r"(?:\d+(?:\.\d+)?) ?ml\b"
_OF_ONE = rf"(?:half|a quarter|three quarters) of one {MG} {NOUN}"
_END = rf"(?=\Z|(?:,| and|, and| \+) (?:{COUNT}{NOUN}|{_OF_ONE}|{_ML}))"  # where the next amount begins
_ITEM = re.compile(
    rf"(?P<count>{COUNT})(?P<noun>{NOUN})"
    rf"(?: of (?P<strength>{MG})(?: each\b)?| \((?!{MG}(?: total)?\))(?P<named>[^()]+)\)| of (?P<other>.+?){_END}"
    rf"| \((?P<dose>{MG})\), counted with: (?P<device>.+?){_END})?",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"(?P<count>half|a quarter|three quarters) of one (?P<strength>{MG}) (?P<noun>{NOUN})", re.IGNORECASE
)
_VOLUME = re.compile(
    rf"(?P<volume>{_ML})(?: \((?P<about>about )?(?P<dose>{MG})\))?"
    rf"(?:(?: of the (?P<strength>{MG}/(?:\d+(?:\.\d+)? )?mL) liquid"
    rf"| of the liquid with (?P<former>{MG}/(?:\d+(?:\.\d+)? )?mL))?, measured with: (?P<device>.+?){_END}"
    rf"| of (?P<other>.+?){_END})?",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?P<dose>{MG})", re.IGNORECASE)
_TOTAL = re.compile(rf" \((?P<dose>{MG})\)\Z", re.IGNORECASE)
_PAIR = re.compile(rf"{_ML} \({MG}\)", re.IGNORECASE)
_NEXT = re.compile(r"\A(?:, and |,? and |, | \+ )")
_NO_NAME = re.compile(
    r"\b(?:every|each|daily|days?|weeks?|times?|hours?|unless|if|as|for|until|till|with|without|when|or|then|not|no|do|"
    r"reduce|increase|decrease|by|to|before|after|needed|stop|per|max|maximum|may|take|half|halves|quarters?|once|twice|"
    r"thrice|am|pm|at|on|in|alternate|skip|omit|extra|plus|nights?|nightly|mornings?|noon|evenings?|bedtime|weekends?|"
    r"weekdays|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b"
    rf"|\d+ (?:{NOUN})|[;:]|\A ?(?:\d|{COUNT}|\Z)",
    re.IGNORECASE,
)  # words that belong to an instruction, never to the name of a product
_NOUNS = {"tab": "tablet", "cap": "capsule", "pill": "piece"}


def amounts_of(text: str) -> tuple[tuple[SigAmount, ...], Mg | None, str]:
    """Read amounts that are taken together, and their dose; return the rest of the text.

    Nothing is read of a text that gives one dose in two ways that disagree, or one amount twice.
    """
    whole, dose = text, None
    if (total := _TOTAL.search(text)) and not _PAIR.fullmatch(text):
        dose, text = _mg(total["dose"]), text[: total.start()]
    amounts: list[SigAmount] = []
    while text:
        amount, used = _amount(text)
        if amount is None:
            break
        amounts.append(amount)
        text = _NEXT.sub("", text[used:])
    if len(amounts) == 1 and not amounts[0].noun and amounts[0].volume is None and dose is None:
        dose, amounts = amounts[0].dose, []  # "10 mg" is a dose, not a product
    if len(amounts) == 1 and dose is None:
        dose = amounts[0].dose
    if _said_twice(amounts) or not _adds_up(amounts, dose):
        return (), None, whole
    return tuple(amounts), dose, text


def _said_twice(amounts: list[SigAmount]) -> bool:
    """Return whether the same is counted twice ("1 tablet and 1 tablet"), or a bare dose stands beside an amount."""
    kinds = [(one.noun, one.strength, one.name, one.volume is None) for one in amounts]
    return len(set(kinds)) < len(kinds) or (len(kinds) > 1 and any(not noun and bare for noun, _, _, bare in kinds))


def _adds_up(amounts: list[SigAmount], dose: Mg | None) -> bool:
    """Return whether amounts of known strength give the dose that the text names."""
    if dose is None or not amounts or any(one.strength is None for one in amounts):
        return True
    found = Mg(0)
    for one in amounts:
        counted = one.count if one.count is not None else one.volume
        assert one.strength is not None
        assert counted is not None  # what names a strength is counted or measured
        found += one.strength * counted.value
    return found == dose


def _amount(text: str) -> tuple[SigAmount | None, int]:
    """Read one amount at the start of a text; return it and its length."""
    if (match := _VOLUME.match(text)) and not (match["other"] and _NO_NAME.search(match["other"])):
        volume, strength = parse_ml(match["volume"]), _per_ml(match["strength"] or match["former"])
        exact = None if strength is None or match["about"] is None else strength * volume.value
        if match["about"] and exact is None:
            return None, 0
        return (
            SigAmount(
                volume=volume,
                strength=strength,
                dose=exact or _mg(match["dose"]),
                name=match["other"] or "",
                device=match["device"] or "",
            ),
            match.end(),
        )
    if match := _PART.match(text):
        noun, part = re.sub(r"(?:s|\(s\))\Z", "", match["noun"].lower()), PARTS[match["count"].lower()]
        return SigAmount(_NOUNS.get(noun, noun), Pieces(part), strength=_mg(match["strength"])), match.end()
    if match := _ITEM.match(text):
        name, count = match["named"] or match["other"], _count(match["count"])
        noun = re.sub(r"(?:s|\(s\))\Z", "", match["noun"].lower())
        if count is None or (name is not None and _NO_NAME.search(name)):
            return None, 0
        return (
            SigAmount(
                _NOUNS.get(noun, noun),
                Pieces(count),
                strength=_mg(match["strength"]),
                dose=_mg(match["dose"]),
                name=name or "",
                device=match["device"] or "",
            ),
            match.end(),
        )
    if match := _BARE.match(text):
        return SigAmount(dose=_mg(match["dose"])), match.end()
    return None, 0


def _count(text: str) -> Fraction | None:
    """Return a count of pieces; None for one that is no count, such as zero."""
    return value(text) or None


def _per_ml(text: str | None) -> Mg | None:
    try:
        return None if text is None else parse_strength(text)[0]
    except TaperError:
        return None


def _mg(text: str | None) -> Mg | None:
    if text is None:
        return None
    try:
        return parse_mg(text)
    except TaperError:
        return None
