r"""Read label texts (sigs): our own exactly, and the common English patterns of others.

Nothing is guessed. What a text says beyond what was understood is returned word for word, and a part with
such a remainder must be read by a person.

>>> reading = read_sig("Take 1 tablet by mouth twice daily for 14 days, then 1 tablet at bedtime as directed")
>>> [(str(part.doses[0].amounts[0].count), part.days) for part in reading.parts]
[('1', 14), ('1', None)]
>>> reading.not_understood
('as directed',)
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from taper.errors import TaperError
from taper.exchange.sig.words import WORDS, split_week, value
from taper.order.parts import TimeOfDay
from taper.paper.words.en import ENGLISH
from taper.quantity import Mg, Ml, Pieces, parse_mg, parse_ml, parse_strength
from taper.values import dataclass

MAX_LENGTH = 4_000


@dataclass(frozen=True, slots=True)
class SigAmount:
    """Some of one product, as a label names it.

    Attributes:
        noun: What is counted: tablet, capsule, film, piece, drop; empty for a volume or a bare dose.
        count: How many.
        volume: Volume of a liquid.
        strength: Strength of one piece, or of 1 mL, where the text names it.
        dose: Dose of this amount, where the text names it.
        name: Name of the product, where the text names it.
        device: What it is measured with, where the text names it.
    """

    noun: str = ""
    count: Pieces | None = None
    volume: Ml | None = None
    strength: Mg | None = None
    dose: Mg | None = None
    name: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class SigDose:
    """What is taken at some times of a day.

    Attributes:
        amounts: The amounts that are taken together.
        dose: The dose, where the text names one.
        times: Times of day; empty where the text names none.
        per_day: How often a day; None where the text does not say.
        every_days: 1 for every day, 2 for every other day.
        as_needed: Whether it is taken only when needed.
        weekdays: Days of the week on which it is taken, Monday is 0; empty for all.
    """

    amounts: tuple[SigAmount, ...] = ()
    dose: Mg | None = None
    times: tuple[TimeOfDay, ...] = ()
    per_day: int | None = None
    every_days: int = 1
    as_needed: bool = False
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SigPart:
    """What is taken over some days.

    Attributes:
        doses: The doses of a day; empty for none.
        start: First day, where the text names it.
        end: Last day, where the text names it.
        days: Number of days, where the text names it.
        not_understood: What the text says beyond this, word for word.
    """

    doses: tuple[SigDose, ...] = ()
    start: date | None = None
    end: date | None = None
    days: int | None = None
    not_understood: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SigReading:
    """The parts of a text that were understood.

    Attributes:
        parts: The parts, in the order of the text.
        stops: Whether the text says that the drug is stopped afterwards.
        not_understood: What was not understood, word for word.
    """

    parts: tuple[SigPart, ...] = ()
    stops: bool = False
    not_understood: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether all of the text was understood."""
        return not self.not_understood and bool(self.parts)


_MONTHS = {name.lower(): number for number, name in enumerate(ENGLISH.months, 1)}

_NUMBER = rf"(?:\d+(?:\.\d+)?|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
_COUNT = (
    r"(?:(?:half|a quarter|three quarters|\d+\.\d+)(?: of)? an? |half |(?:[a-z-]+ )?\(\d+\) |"
    rf"{_NUMBER}(?: and (?:a half|half|a quarter|three quarters))? |an? )"
)
_NOUN = r"(?:tablet|capsule|cap|tab|film|piece|drop|pill)(?:s|\(s\))?\b"
_MG = r"(?:\d+(?:\.\d+)?) ?(?:mg|mcg|micrograms?|milligrams?)\b"
_ML = r"(?:\d+(?:\.\d+)?) ?ml\b"
_END = rf"(?=\Z|(?:,| and|, and| \+) (?:{_COUNT}{_NOUN}|{_ML}))"  # where the next amount begins
_ITEM = re.compile(
    rf"(?P<count>{_COUNT})(?P<noun>{_NOUN})"
    rf"(?: of (?P<strength>{_MG})| \((?!{_MG}\))(?P<named>[^()]+)\)| of (?P<other>.+?){_END}"
    rf"| \((?P<dose>{_MG})\), counted with: (?P<device>.+?){_END})?",
    re.IGNORECASE,
)
_VOLUME = re.compile(
    rf"(?P<volume>{_ML})(?: \((?P<about>about )?(?P<dose>{_MG})\))?"
    rf"(?:(?: of the liquid with (?P<strength>{_MG}/(?:\d+(?:\.\d+)? )?mL))?, measured with: (?P<device>.+?){_END}"
    rf"| of (?P<other>.+?){_END})?",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?P<dose>{_MG})", re.IGNORECASE)
_TOTAL = re.compile(rf" \((?P<dose>{_MG})\)\Z", re.IGNORECASE)
_PAIR = re.compile(rf"{_ML} \({_MG}\)", re.IGNORECASE)
_NO_NAME = re.compile(
    r"\b(?:every|each|daily|days?|weeks?|times?|hours?|unless|if|as|for|until|till|with|without|when|or|then|not|no|do|"
    r"reduce|increase|decrease|by|to|before|after|needed|stop|per|max|maximum)\b"
    rf"|\d+ (?:{_NOUN})|[;:]",
    re.IGNORECASE,
)  # words that belong to an instruction, never to the name of a product
_NOUNS = {"tab": "tablet", "cap": "capsule", "pill": "piece"}

_WHEN: tuple[tuple[str, tuple[TimeOfDay, ...]], ...] = (
    (r"(?:in the morning|every morning|each morning|qam)", ("morning",)),
    (r"(?:at noon|at midday|at lunchtime)", ("noon",)),
    (r"(?:in the evening|every evening|each evening|qpm)", ("evening",)),
    (r"(?:at bedtime|before bed|nightly|every night|each night|at night|qhs)", ("bedtime",)),
)
_TIME = "|".join(f"(?P<t{index}>{pattern})" for index, (pattern, _) in enumerate(_WHEN))
_TIMES = re.compile(rf"(?:{_TIME})", re.IGNORECASE)
_OFTEN = (
    (re.compile(r"\b(?:(?:once|one time|1 time) (?:daily|a day|per day|every day)|once daily)\b", re.IGNORECASE), 1, 1),
    (
        re.compile(
            r"\b(?:(?:twice|two times|2 times) (?:daily|a day|per day|every day)|bid|b\.i\.d\.)(?!\w)", re.IGNORECASE
        ),
        2,
        1,
    ),
    (re.compile(r"\b(?:(?:three|3) times (?:daily|a day|per day|every day)|tid|t\.i\.d\.)(?!\w)", re.IGNORECASE), 3, 1),
    (re.compile(r"\b(?:(?:four|4) times (?:daily|a day|per day|every day)|qid|q\.i\.d\.)(?!\w)", re.IGNORECASE), 4, 1),
    (re.compile(r"\b(?:every other day|every second day|every 2 days|every two days)\b", re.IGNORECASE), None, 2),
    (re.compile(r"\b(?:daily|every day|each day|a day)\b", re.IGNORECASE), 1, 1),
)
_NEEDED = re.compile(r"\b(?:(?:only )?(?:as|if|when) (?:needed|required|necessary)|prn|p\.r\.n\.)(?!\w)", re.IGNORECASE)
_VERB = re.compile(r"^(?:please )?(?:take|give|swallow|use)\b ?", re.IGNORECASE)
_ROUTE = re.compile(r"\b(?:by mouth|orally|po|p\.o\.)(?!\w)", re.IGNORECASE)
_DATE = rf"(?:\d{{1,2}} (?:{'|'.join(_MONTHS)})|(?:{'|'.join(_MONTHS)}) \d{{1,2}},) \d{{4}}"
_SPAN = re.compile(
    rf"\b(?:from (?P<start>{_DATE}) to (?P<end>{_DATE})|on (?P<only>{_DATE}))(?: \((?P<days>\d+) days?\))?",
    re.IGNORECASE,
)
_LASTING = re.compile(rf"\b(?:for|x|×) ?(?P<number>{_NUMBER}) (?P<unit>days?|weeks?)\b(?! of)", re.IGNORECASE)
_THEN = re.compile(r"(?:[,;.]\s*|\s+)(?:and )?then\s+", re.IGNORECASE)
_OUR_THEN = re.compile(r", then (?=take |stop\Z)")
_NOTHING = ("none", "nothing", "no tablets")
_STOP = re.compile(r"\A(?:stop|discontinue)(?: (?:taking it|it))?\Z", re.IGNORECASE)


_CYCLE = re.compile(r"\bevery \d+ days beginning\b", re.IGNORECASE)


def read_sig(text: str) -> SigReading:
    """Read a label text.

    Args:
        text: The text, in English.

    Returns:
        What was understood, and what was not.
    """
    if len(text) > MAX_LENGTH:
        return SigReading(not_understood=(text,))
    clean = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split()).rstrip(".")
    if "measured with: " in clean or "counted with: " in clean:
        ours = _read(_OUR_THEN.split(clean))  # a device may be "a 10 mL syringe, then a 1 mL syringe"
        if ours.complete:
            return ours
    return _read(_THEN.split(clean))


def _read(split: list[str]) -> SigReading:
    """Read the parts between two "then"."""
    segments = [segment.strip(" ,;") for segment in split]
    stops = len(segments) > 1 and bool(_STOP.match(segments[-1]))
    parts = [_part(segment) for segment in segments[: -1 if stops else None] if segment]
    left = tuple(rest for part in parts for rest in part.not_understood)
    return SigReading(tuple(parts), stops, left)


def _part(segment: str) -> SigPart:
    """Read what lies between two "then"."""
    rest, start, end, days = _days(segment)
    if rest is None:
        return SigPart(not_understood=(segment,))
    rest = _VERB.sub("", rest.strip(" ,"))
    if rest.lower() in _NOTHING:
        return SigPart((), start, end, days)
    if _CYCLE.search(rest):
        return SigPart((), start, end, days, (rest,))  # its parts belong together, and none of them is every day
    week = split_week(rest)
    doses, left = _doses(rest) if week is None else _weekly(week, rest)
    return SigPart(doses, start, end, days, left)


def _weekly(week: list[tuple[tuple[int, ...], str]], whole: str) -> tuple[tuple[SigDose, ...], tuple[str, ...]]:
    """Read what is taken on which weekdays: all or nothing, because the parts belong together."""
    of_week: list[SigDose] = []
    for weekdays, text in week:
        doses, left = _doses(text) if text.lower() not in _NOTHING else ((), ())
        if left or any(dose.every_days != 1 or dose.as_needed or not dose.times for dose in doses):
            return (), (whole,)
        of_week += [replace(dose, weekdays=weekdays) for dose in doses]
    return tuple(of_week), ()


def _days(text: str) -> tuple[str | None, date | None, date | None, int | None]:
    """Remove dates and length from a text; the text is None if they contradict each other."""
    if match := _SPAN.search(text):
        start, end = _date(match["start"] or match["only"]), _date(match["end"] or match["only"])
        length = match["days"]
        if start is None or end is None or end < start or (length and int(length) != (end - start).days + 1):
            return None, None, None, None
        return text[: match.start()] + text[match.end() :], start, end, (end - start).days + 1
    if match := _LASTING.search(text):
        number = value(match["number"])
        if number is not None and number.denominator == 1 and 0 < number <= 3660:
            days = int(number) * (7 if match["unit"].lower().startswith("w") else 1)
            return text[: match.start()] + text[match.end() :], None, None, days
    return text, None, None, None


def _date(text: str) -> date | None:
    first, second, year = text.replace(",", "").split()
    day, month = (first, second) if first.isdigit() else (second, first)  # "5 January" or "January 5"
    try:
        return date(int(year), _MONTHS[month.lower()], int(day))
    except ValueError:
        return None


def _doses(text: str) -> tuple[tuple[SigDose, ...], tuple[str, ...]]:
    """Read the doses of a day, each with its time or times."""
    needed = bool(_NEEDED.search(text))
    text = _ROUTE.sub(" ", _NEEDED.sub(" ", text))
    doses: list[SigDose] = []
    left: list[str] = []
    at = 0
    for match in _TIMES.finditer(text):
        before = _connector(text[at : match.start()])
        index = next(i for i in range(len(_WHEN)) if match[f"t{i}"])
        at = match.end()
        if doses and before in ("", "and", "and again"):
            doses[-1] = replace(doses[-1], times=(*doses[-1].times, *_WHEN[index][1]))
            continue
        dose, rest = _dose(before.removeprefix("and ").strip(" ,"))
        left += rest
        doses.append(replace(dose, times=_WHEN[index][1]))
    tail = _connector(text[at:])
    if not doses:
        dose, rest = _dose(tail)
        left += rest
        doses = [dose] if dose != SigDose() else []
    elif tail:
        dose, rest = _dose(tail)
        if dose.amounts or dose.dose is not None:
            doses.append(dose)  # another dose, without a time
        elif dose.per_day is not None or dose.every_days != 1:
            doses = [replace(each, every_days=dose.every_days) for each in doses]
            doses[-1] = replace(doses[-1], per_day=dose.per_day)
        left += rest
    for each in doses:
        if each.times and each.per_day not in (None, len(each.times)):
            left.append(text)  # such as "twice daily at bedtime", which says two things
    whole = tuple(replace(_counted(each), as_needed=needed) for each in doses)
    return whole, tuple(left)


def _counted(dose: SigDose) -> SigDose:
    return replace(dose, per_day=len(dose.times)) if dose.times and dose.per_day is None else dose


def _connector(text: str) -> str:
    return " ".join(text.split()).strip(" ,;")


def _dose(text: str) -> tuple[SigDose, tuple[str, ...]]:
    """Read amounts that are taken together, and how often; return the rest of the text."""
    per_day, every_days = None, 1
    for pattern, often, every in _OFTEN:
        if match := pattern.search(text):
            per_day, every_days = often, every
            text = _connector(text[: match.start()] + " " + text[match.end() :])
            break
    dose = None
    text = _VERB.sub("", _connector(text))
    if (total := _TOTAL.search(text)) and not _PAIR.fullmatch(text):
        dose, text = _mg(total["dose"]), text[: total.start()]
    amounts: list[SigAmount] = []
    while text:
        amount, used = _amount(text)
        if amount is None:
            break
        amounts.append(amount)
        text = re.sub(r"\A(?:, and |,? and |, | \+ )", "", text[used:])
    if len(amounts) == 1 and not amounts[0].noun and amounts[0].volume is None and dose is None:
        dose, amounts = amounts[0].dose, []  # "10 mg" is a dose, not a product
    if len(amounts) == 1 and dose is None:
        dose = amounts[0].dose
    rest = _connector(text)
    return SigDose(tuple(amounts), dose, (), per_day, every_days), (rest,) if rest else ()


def _amount(text: str) -> tuple[SigAmount | None, int]:
    """Read one amount at the start of a text; return it and its length."""
    if (match := _VOLUME.match(text)) and not _NO_NAME.search(match["other"] or ""):
        volume, strength = parse_ml(_spaced(match["volume"])), _per_ml(match["strength"])
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
    if match := _ITEM.match(text):
        name, count = match["named"] or match["other"] or "", value(match["count"])
        noun = re.sub(r"(?:s|\(s\))\Z", "", match["noun"].lower())
        if count is None or _NO_NAME.search(name):
            return None, 0
        return (
            SigAmount(
                _NOUNS.get(noun, noun),
                Pieces(count),
                strength=_mg(match["strength"]),
                dose=_mg(match["dose"]),
                name=name,
                device=match["device"] or "",
            ),
            match.end(),
        )
    if match := _BARE.match(text):
        return SigAmount(dose=_mg(match["dose"])), match.end()
    return None, 0


def _spaced(text: str) -> str:
    return re.sub(r"(?<=\d)(?=[A-Za-z])", " ", text)


def _per_ml(text: str | None) -> Mg | None:
    try:
        return None if text is None else parse_strength(_spaced(text))[0]
    except TaperError:
        return None


def _mg(text: str | None) -> Mg | None:
    if text is None:
        return None
    try:
        return parse_mg(_spaced(text))
    except TaperError:
        return None
