r"""Other people's ways to write directions, put into the words that the reader knows.

Each line says the same in other words; nothing is left out but what changes no dose (route, "with food"). A text
whose rewriting is not understood whole is read as it was written.

>>> plain("ONE TO BE TAKEN TWICE A DAY"), plain("Take 1/2 tab q8h x7d"), plain("2 (two) tablets nocte")
('ONE pill TWICE A DAY', 'Take 0.5 tab q8h for 7 days', '2 tablets at bedtime')
"""

from __future__ import annotations

import re
from collections.abc import Callable

from taper.exchange.sig.amounts import COUNT, MG, NOUN
from taper.exchange.sig.words import WORDS

_PART = {"1/2": ".5", "1/4": ".25", "3/4": ".75", "half": ".5", "quarter": ".25", "fourth": ".25"}
_PIECES = r"(?:tablet|capsule|cap|tab|film|piece|pill)(?:\(s\)|s?\b)"
_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_MORNING, _NOON = r"(?:breakfast)", r"(?:lunch|midday meal)"
_EVENING = r"(?:dinner|supper|evening meal)"
_WHEN_NEXT = (
    r"(?:at |in the |in am|in pm|every |each |once |twice |thrice |\d times|(?:two|three|four) times|daily|nightly"
    r"|nocte|mane|bd\b|bid\b|tds\b|tid\b|qds\b|qid\b|qhs\b|q\d|a day|when |if |as |prn\b|before bed|on alternate"
    r"|alternate)"
)


def _same_number(match: re.Match[str]) -> str:
    """Keep one of a number that stands twice, if both agree."""
    digits, word = match["digits"] or match["digits2"], (match["word"] or match["word2"]).lower()
    return digits if WORDS.get(word) == int(digits) else match[0]


def _mixed(match: re.Match[str]) -> str:
    whole = match["whole"].lower()
    return f"{WORDS.get(whole, whole)}{_PART[match['part'].lower()]}"


def _single(match: re.Match[str]) -> str:
    text = match["part"].lower().replace("one", "1").replace("three", "3")
    text = re.sub(r"[ -]", "/", text)
    for word, digits in (("half", "2"), ("quarters", "4"), ("quarter", "4"), ("fourths", "4"), ("fourth", "4")):
        text = text.replace(word, digits)
    return {"1/2": "0.5", "1/4": "0.25", "3/4": "0.75"}.get(text, match[0])


def _same_noun(match: re.Match[str]) -> str:
    """Name what is counted where only the first amount does: "1 tablet in the morning and 2 at night"."""
    return f"{match['before']}{match['noun']}{match['between']}{match['count']} {match['noun']}"


_Rewrite = str | Callable[[re.Match[str]], str]
_STYLES: tuple[tuple[str, _Rewrite], ...] = (
    # numbers
    (rf"\b(?:(?P<digits>\d+) \((?P<word>{_WORD})\)|(?P<word2>{_WORD}) \((?P<digits2>\d+)\))", _same_number),
    (r"(?<![\w.])(i{1,3})(?= ?(?:tab|cap))", lambda match: str(len(match[1]))),
    (rf"(?<![\d.,/-])(?P<whole>\d+|{_WORD}) ?½", r"\g<whole> 1/2"),
    ("½", "1/2"),
    ("¼", "1/4"),
    ("¾", "3/4"),
    (rf"(?<![\d.,/–-])\b(?P<whole>\d{{1,2}}) (?P<part>1/2|1/4|3/4)(?:(?: of)? an?)?(?= {_PIECES})", _mixed),
    (
        rf"(?<![\d.,/–-])\b(?P<whole>\d{{1,2}}|{_WORD}) and (?:(?:a|one)[- ])?(?P<part>1/2|1/4|3/4|half|quarter|fourth)"
        rf"(?:(?: of)? an?)?(?= {_PIECES})",
        _mixed,
    ),
    (
        rf"(?<![\d.,/–-])(?<!\d )\b(?P<part>1/2|1/4|3/4|one[- ](?:half|quarter|fourth)|three[- ](?:quarters|fourths))"
        rf"(?: of)?(?: an?)?(?= {_PIECES})",
        _single,
    ),
    (rf"\b(a|1|one) (half|quarter)(?=(?: of an?)? {_PIECES})", r"\2"),
    (rf"\bhalf of(?= {_PIECES})", "half"),
    (rf"\bquarter(?: of)?(?: an?)?(?= {_PIECES})", "a quarter of a"),
    (r"\ba a quarter", "a quarter"),
    # amounts
    (rf"\(({MG}) total\)", r"(\1)"),
    (rf"\b(\d+) ?[x×] ?({MG}) ({_PIECES})", r"\1 \3 of \2"),
    (rf"\b((?:{_WORD}|half an?|an?)) ({MG}) ({_PIECES})", r"\1 \3 of \2"),
    (rf"({MG}) \(({COUNT}{NOUN}(?: of {MG})?)\)", r"\2 (\1)"),
    (r" to be (?:taken|swallowed)\b", ""),
    (rf"\A((?:please )?(?:take )?(?:{_WORD}|1)) (?={_WHEN_NEXT})", r"\1 pill "),
    (
        rf"(?P<before>\A.*?{COUNT})(?P<noun>{_PIECES})(?P<between> [^,;.]{{1,40}}(?:,| and|, and) )"
        rf"(?P<count>\d|{_WORD})(?= (?:nocte|mane|at night|at bedtime|in the (?:morning|evening)|at noon)\b)",
        _same_noun,
    ),
    # times of day
    (r"\b(?:(?:in|every|each|q)(?: the)? ?a\.?m\b\.?|mane\b)", "in the morning"),
    (r"\b(?:(?:in|every|each|q)(?: the)? ?p\.?m\b\.?)", "in the evening"),
    (r"(?<=[a-z]) am\b(?=\Z|,| and)", " in the morning"),
    (r"(?<=[a-z]) pm\b(?=\Z|,| and)", " in the evening"),
    (r"\b(?:on|every|each) (?:other|alternate|second) (night|morning|evening)s?\b", r"every other day, every \1"),
    (r"\b(?:on )?alternate (night|morning|evening)s?\b", r"every other day, every \1"),
    (r"\b(?:on |every )?alternate days?\b", "every other day"),
    (r"\b(?:nocte|(?:a|per) night|(?:q|at) ?hs|at bed time|(?:before|on) (?:going to )?bed(?:time)?)\b", "at bedtime"),
    (rf"\b(?:with|before|after|at) {_MORNING}\b", "in the morning"),
    (rf"\b(?:with|before|after|at) {_NOON}\b", "at noon"),
    (rf"\b(?:with|before|after|at) {_EVENING}\b", "in the evening"),
    (r"\bonce (?=nightly|(?:every|each) (?:night|morning|evening)\b)", ""),
    (r"\b12 noon\b", "noon"),
    (r"\blast thing at night\b", "at bedtime"),
    (r"\bfirst thing in the morning\b", "in the morning"),
    (r"\b(\d) ?[x×] ?(?:daily|(?:a|per) day|/ ?day)\b", r"\1 times daily"),
    # lengths
    (r"\b(?:for|[x×]) ?(?:the )?(?:(?:first|next|another) )?(\d+) ?d\b", r"for \1 days"),
    (rf"[x×] ?(\d+|{_WORD}) ?(nights?|days?|weeks?|wks?|months?)\b", r"for \1 \2"),
    (rf"\bfor (?:the )?(?:first|next) ((?:\d+|{_WORD}) (?:nights?|days?|weeks?|months?))\b", r"for \1"),
    (r"\bfor a (?=(?:week|month)\b)", "for one "),
    # how it is taken, which changes no dose
    (
        r"(?:(?:\.|;|,)? ?(?:\b(?:take|to be taken) (?:it |them |(?:these|the) (?:tablets|capsules) )?)?)\b"
        r"(?:with or without|with or after|with|after) "
        r"(?:food|meals|a meal|(?:a (?:full )?glass of |plenty of )?water|milk)\b",
        "",
    ),
    (r"(?:\.|;|,) ?swallow (?:it |them |the (?:tablets|capsules) )?whole(?: with water)?\b", ""),
    (r"\bper os\b", " "),
    (r"[,.;:] ?followed by ", " then "),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), new) for pattern, new in _STYLES)


def plain(text: str) -> str:
    """Return a text with the common styles of others put into the reader's words."""
    for pattern, new in _COMPILED:
        text = pattern.sub(new, text)
    return " ".join(text.split()).strip(" .,;")
