r"""Read label texts (sigs): our own exactly, and the common English patterns of others.

Nothing is guessed. What a text says beyond what was understood is returned word for word, and a part with
such a remainder must be read by a person. So is a text that says a time or a dose twice in ways that disagree.

>>> reading = read_sig("Take 1 tablet by mouth twice daily for 14 days, then 1 tablet at bedtime as directed")
>>> [(str(part.doses[0].amounts[0].count), part.days) for part in reading.parts]
[('1', 14), ('1', None)]
>>> reading.not_understood
('as directed',)
>>> read_sig("Take 1 tablet by mouth every night at bedtime").parts[0].doses[0].per_day
1
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

from taper.exchange.sig.amounts import NUMBER, amounts_of
from taper.exchange.sig.styles import plain
from taper.exchange.sig.times import Time, how_often, times_in, together
from taper.exchange.sig.values import SigAmount, SigDose, SigPart, SigReading
from taper.exchange.sig.words import read_scheme, split_week, value
from taper.order.parts import TIMES
from taper.paper.words.en import ENGLISH
from taper.quantity import Pieces

__all__ = ["SigAmount", "SigDose", "SigPart", "SigReading", "read_sig"]

MAX_LENGTH = 4_000
_MONTHS = {name.lower(): number for number, name in enumerate(ENGLISH.months, 1)}
_NEEDED = re.compile(r"\b(?:(?:only )?(?:as|if|when) (?:needed|required|necessary)|prn|p\.r\.n\.)(?!\w)", re.IGNORECASE)
_VERB = re.compile(r"^(?:please )?(?:take|give|swallow|use)\b ?", re.IGNORECASE)
_ROUTE = re.compile(r"\b(?:by mouth|orally|po|p\.o\.)(?!\w)", re.IGNORECASE)
_REASONS = (
    r"(?:anxiety|sleep|insomnia|seizures?|epilepsy|(?:muscle )?spasms?|muscle spasticity|spasticity|agitation|"
    r"restless legs?|alcohol withdrawal|withdrawal|tremors?|nerves|panic disorder|panic attacks?)"
)
_REASON = re.compile(
    rf"\b(?:for |(?<=prn ))(?P<reason>{_REASONS}(?:(?:,| and| or|/|, and) ?{_REASONS})*)\b", re.IGNORECASE
)
_DATE = rf"(?:\d{{1,2}} (?:{'|'.join(_MONTHS)})|(?:{'|'.join(_MONTHS)}) \d{{1,2}},) \d{{4}}"
_SPAN = re.compile(
    rf"\b(?:from (?P<start>{_DATE})(?: to (?P<end>{_DATE}))?|on (?P<only>{_DATE}))(?: \((?P<days>\d+) days?\))?",
    re.IGNORECASE,
)
_LASTING = re.compile(
    rf"\b(?:for|x|×) ?(?P<number>{NUMBER}) (?P<unit>days?|nights?|weeks?|wks?|months?)\b"
    r"(?! ?(?:/|(?:of|a|per|each|every|out|on|off|in|weekly|monthly|once|twice)\b))",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?:(?P<what>.+?) )?on days? (?P<first>\d{1,3})(?: ?(?:-|–|to|through) ?(?P<last>\d{1,3}))?"
    r"(?:[:,]? (?P<after>.+))?",
    re.IGNORECASE,
)
_THEN = re.compile(r"(?:[,;.]\s*|\s+)(?:and )?then\s+", re.IGNORECASE)
_OUR_THEN = re.compile(r", then (?=take |do not take any |on |every \d+ days |stop(?: taking it)?\Z)")
_NOT_PLAIN = re.compile(r"(?<![\w)])[.,]\d|\b\d+\.000 ?(?:mg|m?cg|µg|ug|micro|milli)", re.IGNORECASE)
"""A decimal sign without a digit before it, which is easily lost; or a point that can be one of thousands."""
_NEXT_PART = re.compile(r"\s*(?:[,;]|\.(?!\d))\s*")
_NOTHING = ("none", "no dose", "nothing", "no tablets", "do not take any")
_STOP = re.compile(r"\A(?:stop|discontinue)(?: (?:taking it|it))?\Z", re.IGNORECASE)
_CYCLE = re.compile(r"\bevery \d+ days beginning\b", re.IGNORECASE)
_LATE = {"evening", "bedtime"}


def read_sig(text: str) -> SigReading:
    """Read a label text.

    Args:
        text: The text, in English; or a scheme of the four times of day, such as "1-0-1-0".

    Returns:
        What was understood, and what was not.
    """
    if len(text) > MAX_LENGTH:
        return SigReading(not_understood=(text,))
    clean = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split()).rstrip(".")
    reading = _understood(clean)
    return SigReading(not_understood=(clean,)) if reading.complete and _NOT_PLAIN.search(clean) else reading


def _understood(clean: str) -> SigReading:
    """Read a label text without needless blanks."""
    if (counts := read_scheme(clean)) is not None:
        return _scheme(counts)
    if "measured with: " in clean or "counted with: " in clean:
        ours = _read(_OUR_THEN.split(clean))  # a device may be "a 10 mL syringe, then a 1 mL syringe"
        if ours.complete:
            return ours
    as_written = _read(_THEN.split(clean))
    if as_written.complete:
        return as_written
    rewritten = _read(_THEN.split(plain(clean)))
    return rewritten if rewritten.complete else as_written


def _scheme(counts: tuple[Fraction, ...]) -> SigReading:
    doses = [
        SigDose((SigAmount("piece", Pieces(count)),), times=(time,), per_day=1)
        for time, count in zip(TIMES, counts, strict=True)
        if count
    ]
    return SigReading((SigPart(tuple(doses)),))


def _read(split: list[str]) -> SigReading:
    """Read the parts between two "then"."""
    segments = [segment.strip(" ,;.") for segment in split]
    stops = len(segments) > 1 and bool(_STOP.match(segments[-1]))
    said = [segment for segment in segments[: -1 if stops else None] if segment]
    parts: list[SigPart] = []
    for segment in said:
        in_a_row = _in_a_row(segment) or _day_by_day(segment)
        parts += in_a_row or [_part(segment)]
        if in_a_row is None:
            parts[-1] = _with_amount(parts[-1], parts[-2] if len(parts) > 1 else None, segment)
    parts = [
        replace(part, not_understood=("then",)) if part.not_understood == () and not _has_length(part) else part
        for part in parts[:-1]
    ] + parts[-1:]
    left = tuple(rest for part in parts for rest in part.not_understood)
    return SigReading(tuple(parts), stops, left)


def _has_length(part: SigPart) -> bool:
    return part.days is not None or part.months is not None


def _with_amount(part: SigPart, before: SigPart | None, segment: str) -> SigPart:
    """Return a part that names its amount, or takes the one of the part before ("then every other night")."""
    if part.not_understood or not any(not dose.amounts and dose.dose is None for dose in part.doses):
        return part
    if before is None or before.not_understood or len(before.doses) != 1 or len(part.doses) != 1:
        return replace(part, doses=(), not_understood=(segment,))
    (known,), (dose,) = before.doses, part.doses
    return replace(part, doses=(replace(dose, amounts=known.amounts, dose=known.dose),))


def _in_a_row(segment: str) -> list[SigPart] | None:
    """Read parts with a length each and no "then" between them, taken at the same times: they follow each other."""
    lengths = list(_LASTING.finditer(segment))
    if len(lengths) < 2:
        return None
    texts, at = [], 0
    for length in lengths:
        texts.append(_NEXT_PART.sub("", segment[at : length.end()], count=1) if at else segment[: length.end()])
        if at and not _NEXT_PART.match(segment, at):
            return None
        at = length.end()
    parts = [_part(text) for text in texts]
    if segment[at:].strip(" ."):
        return None
    patterns = {tuple(_pattern(dose) for dose in part.doses) for part in parts}
    plain_parts = all(
        len(p.doses) == 1 and not p.not_understood and _has_length(p) and _taken(p.doses[0]) for p in parts
    )
    return parts if plain_parts and len(patterns) == 1 else None


def _pattern(dose: SigDose) -> tuple[object, ...]:
    """Return all of a dose but how much it is."""
    kinds = tuple((amount.noun, amount.strength, amount.name) for amount in dose.amounts)
    return kinds, dose.times, dose.per_day, dose.every_days, dose.as_needed, dose.clock


def _taken(dose: SigDose) -> bool:
    """Return whether a dose says how much and how often."""
    return bool(dose.amounts or dose.dose is not None) and dose.per_intake_day is not None


def _day_by_day(segment: str) -> list[SigPart] | None:
    """Read "4 tablets on day 1, 3 tablets on day 2": days that are counted from the first, without a hole."""
    parts: list[SigPart] = []
    expected = 1
    for text in _NEXT_PART.split(segment):
        match = _DAY.fullmatch(text.removeprefix("and ").strip())
        if match is None or bool(match["what"]) == bool(match["after"]):
            return None
        first, last = int(match["first"]), int(match["last"] or match["first"])
        if first != expected or not first <= last <= first + 400:
            return None
        part = _part(match["what"] or match["after"])
        if part.not_understood or _has_length(part) or len(part.doses) != 1:
            return None
        (dose,) = part.doses
        if first == last and dose.per_intake_day is None:
            dose = replace(dose, per_day=1)
        if not _taken(dose):
            return None
        parts.append(replace(part, doses=(dose,), days=last - first + 1))
        expected = last + 1
    return parts if len(parts) > 1 else None


def _part(segment: str) -> SigPart:
    """Read what lies between two "then"."""
    rest, lasting = _days(segment)
    if rest is None:
        return SigPart(not_understood=(segment,))
    rest = _VERB.sub("", rest.strip(" ,"))
    if rest.lower() in _NOTHING:
        return lasting
    if _CYCLE.search(rest):
        return replace(lasting, not_understood=(rest,))  # its parts belong together, and none of them is every day
    week = split_week(rest)
    doses, left = _doses(rest) if week is None else _weekly(week, rest)
    if not doses and not left and week is None:
        left = (segment,)  # such as "as needed" alone, which is not "nothing"
    return replace(lasting, doses=doses, not_understood=left)


def _weekly(week: list[tuple[tuple[int, ...], str]], whole: str) -> tuple[tuple[SigDose, ...], tuple[str, ...]]:
    """Read what is taken on which weekdays: all or nothing, because the parts belong together."""
    of_week: list[SigDose] = []
    for weekdays, text in week:
        doses, left = _doses(text) if text.lower() not in _NOTHING else ((), ())
        plain_doses = all(dose.every_days == 1 and not dose.as_needed and dose.times and _taken(dose) for dose in doses)
        if left or not plain_doses:
            return (), (whole,)
        of_week += [replace(dose, weekdays=weekdays) for dose in doses]
    return tuple(of_week), ()


def _days(text: str) -> tuple[str | None, SigPart]:
    """Remove dates and length from a text; the text is None if they contradict each other."""
    if match := _SPAN.search(text):
        start, length = _date(match["start"] or match["only"]), match["days"]
        if match["start"] and not match["end"]:
            only_start = start is not None and not length and not _LASTING.search(text)
            rest = text[: match.start()] + text[match.end() :]
            return (rest, SigPart((), start)) if only_start else (None, SigPart())
        end = _date(match["end"] or match["only"])
        if start is None or end is None or end < start or (length and int(length) != (end - start).days + 1):
            return None, SigPart()
        rest = text[: match.start()] + text[match.end() :]
        return rest, SigPart((), start, end, (end - start).days + 1)
    if match := _LASTING.search(text):
        number, unit = value(match["number"]), match["unit"].lower()
        if number is not None and number.denominator == 1 and 0 < number <= 3660:
            rest = text[: match.start()] + text[match.end() :]
            if unit.startswith("m"):
                return rest, SigPart(months=int(number)) if number <= 120 else SigPart()
            return rest, SigPart(days=int(number) * (7 if unit.startswith("w") else 1))
    return text, SigPart()


def _date(text: str) -> date | None:
    first, second, year = text.replace(",", "").split()
    day, month = (first, second) if first.isdigit() else (second, first)  # "5 January" or "January 5"
    try:
        return date(int(year), _MONTHS[month.lower()], int(day))
    except ValueError:
        return None


def _doses(text: str) -> tuple[tuple[SigDose, ...], tuple[str, ...]]:
    """Read the doses of a day, each with its time or times."""
    reason = match["reason"] if (match := _REASON.search(text)) else ""
    needed = bool(_NEEDED.search(text))
    text = _ROUTE.sub(" ", _NEEDED.sub(" ", _REASON.sub(" ", text, count=1)))
    found = times_in(text)
    if found is None:
        return (), (text,)
    doses: list[SigDose] = []
    left: list[str] = []
    at, last = 0, None
    for time in found:
        raw = text[at : time.start]
        before, at = _connector(raw), time.end
        if doses and before in ("", "and", "and again"):
            assert last is not None
            joined, last = _another_time(doses[-1], last, time, raw)
            if joined is None:
                return (), (text,)
            doses[-1] = joined
            continue
        dose, rest = _dose(before.removeprefix("and ").strip(" ,"))
        left += rest
        last = time
        doses.append(replace(dose, times=(time.time,), clock=(time.clock,) if time.clock else ()))
    doses, rest = _with_tail(doses, _connector(text[at:]))
    left += rest
    if any(each.times and each.per_day not in (None, len(each.times)) for each in doses):
        left.append(text)  # such as "twice daily at bedtime", which says two things
    if _same_time_twice(doses) or (needed and len(doses) > 1):
        left.append(text)  # the dose said twice, or one regular and one only when needed
    if any(each.every_days != 1 for each in doses) and sum(len(each.times) or 1 for each in doses) > 1:
        left.append(text)  # "every other morning and every night" does not say what is not taken on the days between
    whole = tuple(replace(_counted(each), as_needed=needed, reason=reason) for each in doses)
    return whole, tuple(left)


def _with_tail(doses: list[SigDose], tail: str) -> tuple[list[SigDose], tuple[str, ...]]:
    """Read what stands after the last time of day: how often, or one more dose."""
    if not doses:
        dose, rest = _dose(tail)
        return [dose] if dose != SigDose() else [], rest
    if not tail:
        return doses, ()
    dose, rest = _dose(tail)
    if dose.amounts or dose.dose is not None:
        if dose.per_intake_day is None:
            return doses, (*rest, tail)  # the same dose said twice, or another one that is taken nobody knows when
        return [*doses, dose], rest  # another dose, without a time
    if dose.per_day is not None or dose.every_days != 1:
        if any(each.every_days != 1 or each.per_day is not None for each in doses):
            return doses, (*rest, tail)  # how often, said twice
        doses = [replace(each, every_days=dose.every_days) for each in doses]
        doses[-1] = replace(doses[-1], per_day=dose.per_day)
    return doses, rest


def _another_time(dose: SigDose, last: Time, time: Time, raw: str) -> tuple[SigDose | None, Time]:
    """Add a time to a dose, or take it as the time that was just named said once more; None if that is unclear."""
    if "," not in raw and "and" not in raw.lower():
        one = together(last, time)
        if one is None:
            return None, time
        clock = (*dose.clock, one.clock) if one.clock and not last.clock else dose.clock
        return replace(dose, times=(*dose.times[:-1], one.time), clock=clock), one
    if time.time in dose.times and not (time.clock and last.clock and time.clock not in dose.clock):
        return None, time
    if "and" not in raw.lower() and {last.time, time.time} <= _LATE:
        return None, time
    clock = (*dose.clock, time.clock) if time.clock else dose.clock
    return replace(dose, times=(*dose.times, time.time), clock=clock), time


def _same_time_twice(doses: list[SigDose]) -> bool:
    """Return whether two doses share a time and are not clearly of different products."""
    for index, one in enumerate(doses):
        for other in doses[index + 1 :]:
            if not set(one.times) & set(other.times) or (one.clock and other.clock and one.clock != other.clock):
                continue
            kinds = [{(amount.noun, amount.strength, amount.name) for amount in dose.amounts} for dose in (one, other)]
            if not kinds[0] or not kinds[1] or kinds[0] & kinds[1]:
                return True
    return False


def _counted(dose: SigDose) -> SigDose:
    return replace(dose, per_day=len(dose.times)) if dose.times and dose.per_day is None else dose


def _connector(text: str) -> str:
    return " ".join(text.split()).strip(" ,;")


def _dose(text: str) -> tuple[SigDose, tuple[str, ...]]:
    """Read amounts that are taken together, and how often; return the rest of the text."""
    per_day, every_days = None, 1
    if (often := how_often(text)) is not None:
        per_day, every_days, text = often
    amounts, dose, rest = amounts_of(_VERB.sub("", _connector(text)))
    rest = _connector(rest)
    return SigDose(amounts, dose, (), per_day, every_days), (rest,) if rest else ()
