"""The few words that the proof knows of each language: times of day, months, days, and pieces of tablets."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from functools import lru_cache

from taper.proof.files.figures import seen

_TIMES = {
    "en": ("morning", "noon|midday", "evening", "bedtime"),
    "de": ("morgens", "mittags", "abends", "zur Nacht"),
    "fr": ("matin", "midi", "soir", "coucher"),
    "es": ("mañana", "mediodía", "cena", "acostarse"),
    "nl": ("ochtends?", "middags?", "avonds?", "slapen"),
    "ar": ("صباحا", "ظهرا", "مساء", "عند النوم"),
}
_NAMES = ("morning", "noon", "evening", "bedtime")
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
_DAYS = {
    "en": r"([0-9]+) days?\b",
    "de": r"([0-9]+) Tage?\b",
    "fr": r"([0-9]+) jours?\b",
    "es": r"([0-9]+) días?\b",
    "nl": r"([0-9]+) dag(?:en)?\b",
    "ar": r"([0-9]+) (?:أيام|يوم)|(?P<two>يومان)|(?P<one>يوم واحد)",
}
_WEEKDAYS = {
    "en": "Mondays? Tuesdays? Wednesdays? Thursdays? Fridays? Saturdays? Sundays?",
    "de": "montags dienstags mittwochs donnerstags freitags samstags sonntags",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábados? domingos?",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "ar": "و?الاثنين و?الثلاثاء و?الأربعاء و?الخميس و?الجمعة و?السبت و?الأحد",
}
STOPS = {
    "en": "then stop taking it",
    "de": "danach nicht mehr einnehmen",
    "fr": "puis arrêter",
    "es": "dejar de tomarlo",
    "nl": "daarna stoppen",
}
"""How a text says that a drug stops; that of Arabic has forms."""
CYCLES = {
    "en": r"every [0-9]+ days?$",
    "de": r"alle [0-9]+ Tage?$",
    "fr": r"tous les [0-9]+ jours?$",
    "es": r"cada [0-9]+ días?$",
    "nl": r"elke [0-9]+ dag(?:en)?$",
    "ar": r"طول الدورة: (?:[0-9]+ (?:أيام|يوم)|يومان|يوم واحد)$",
}
"""How a text ends that names the length of a cycle."""
_SMALL = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_IN_WORDS = {word: place for place, word in enumerate(_SMALL, 1)} | {
    f"{ten}{f'-{one}' if one else ''}": 10 * tens + ones
    for tens, ten in enumerate(_TENS, 2)
    for ones, one in enumerate(("", *_SMALL[:9]))
}
_QUARTER, _HALF, _THREE = Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)
_PIECES = {
    # a noun; a part alone: a quarter, a half, three quarters; the same behind a whole number
    "en": (
        "tablets?|capsules?|films?|pieces?",
        ("a quarter of (?:a|one)", "half (?:a|of one)", "three quarters of (?:a|one)"),
        ("and a quarter", "and a half", "and three quarters"),
    ),
    "de": (
        "Tabletten?|Kapseln?|Schmelzfilme?|Stück",
        ("eine? viertel", "eine? halbe[rs]?", "eine? dreiviertel"),
        ("und eine? viertel", "und eine? halbe[rs]?", "und eine? dreiviertel"),
    ),
    "fr": (
        "comprimés?|gélules?|capsules?|films?|unités?",
        ("un quart d", "la moitié d", "trois quarts d"),
        ("et un quart", "et demie?", "et trois quarts"),
    ),
    "es": (
        "comprimidos?|tabletas?|cápsulas?|películas?|unidad(?:es)?",
        ("un cuarto de", "medi[oa] (?:comprimido|tableta|cápsula|película|unidad)", "tres cuartos de"),
        ("y un cuarto", "y medi[oa]", "y tres cuartos"),
    ),
    "nl": (
        "tablet(?:ten)?|capsules?|films?|stuk(?:s|ken)?",
        ("een kwart", "een halve|een half", "driekwart"),
        ("en een kwart", "en een halve|en een half", "en driekwart"),
    ),
}
"""Arabic is left out: its numbers up to ten are forms of the noun, so no count can be read soundly without grammar."""


@lru_cache(maxsize=64)
def _time_words(language: str) -> re.Pattern[str]:
    words = zip(_NAMES, _TIMES[language], strict=True)
    return re.compile(
        r"(?<!\w)(?:" + "|".join(f"(?P<{name}>{word})" for name, word in words) + r")(?!\w)", re.IGNORECASE
    )


@lru_cache(maxsize=1024)
def times(text: str, language: str) -> tuple[str, ...]:
    """Return the times of day that a sentence names, in its order.

    >>> times("take 1 tablet in the morning and half a tablet at bedtime", "en")
    ('morning', 'bedtime')
    """
    return tuple(str(match.lastgroup) for match in _time_words(language).finditer(seen(text)))


@lru_cache(maxsize=64)
def _weekday_words(language: str) -> re.Pattern[str]:
    words = enumerate(_WEEKDAYS[language].split())
    return re.compile(
        r"(?<!\w)(?:" + "|".join(f"(?P<d{day}>{word})" for day, word in words) + r")(?!\w)", re.IGNORECASE
    )


@lru_cache(maxsize=1024)
def weekdays(text: str, language: str) -> tuple[int, ...]:
    """Return the days of the week that a sentence names, Monday is 0, in its order.

    >>> weekdays("On Mondays and Fridays, take half a tablet", "en")
    (0, 4)
    """
    return tuple(int(str(match.lastgroup)[1:]) for match in _weekday_words(language).finditer(seen(text)))


@lru_cache(maxsize=64)
def _date_words(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    months = {name.lower(): place for place, name in enumerate(_MONTHS[language].split(), 1)}
    if language == "de":
        months["jänner"] = 1
    name = "|".join(sorted(months, key=len, reverse=True))
    return re.compile(
        rf"(?P<day>[0-9]{{1,2}})(?:er|\.)? (?:de )?(?P<month>{name})(?: \([^)]*\))? (?:de )?(?P<year>[0-9]{{4}})"
        rf"|(?P<first>{name}) (?P<number>[0-9]{{1,2}}), (?P<behind>[0-9]{{4}})",
        re.IGNORECASE,
    ), months


@lru_cache(maxsize=1024)
def dates(text: str, language: str) -> tuple[date, ...]:
    """Return the days that a sentence names with month and year, in its order.

    >>> dates("du 1er mars 2026 au 2 mars 2026 (2 jours)", "fr")
    (datetime.date(2026, 3, 1), datetime.date(2026, 3, 2))
    """
    pattern, months = _date_words(language)
    return tuple(
        date(
            int(match["year"] or match["behind"]),
            months[(match["month"] or match["first"]).lower()],
            int(match["day"] or match["number"]),
        )
        for match in pattern.finditer(seen(text))
    )


@lru_cache(maxsize=64)
def length_pattern(language: str) -> re.Pattern[str]:
    """Return what a length in days looks like."""
    return re.compile(_DAYS[language])


@lru_cache(maxsize=1024)
def lengths(text: str, language: str) -> tuple[int, ...]:
    """Return the numbers of days that a sentence names.

    >>> lengths("von morgens bis abends, 14 Tage lang", "de")
    (14,)
    """
    found = []
    for match in length_pattern(language).finditer(seen(text)):
        words = match.groupdict()
        found.append(2 if words.get("two") else 1 if words.get("one") else int(match[1]))
    return tuple(found)


@lru_cache(maxsize=64)
def _piece_words(language: str) -> re.Pattern[str] | None:
    known = _PIECES.get(language)
    if known is None:
        return None
    noun, alone, behind = known
    count = r"[0-9]+(?:[.,][0-9]+)?" + (f"|{'|'.join(sorted(_IN_WORDS, key=len, reverse=True))}" * (language == "en"))

    def parts(words: tuple[str, str, str], prefix: str) -> str:
        return "|".join(f"(?P<{prefix}{place}>{word})" for place, word in enumerate(words))

    return re.compile(
        rf"(?<![\w.,])(?:(?P<count>{count})(?: (?:de )?(?:{noun}))? (?:{parts(behind, 'b')})"
        rf"|(?:{parts(alone, 'a')})|(?P<whole>[0-9]+(?:[.,][0-9]+)?) (?:de )?(?:{noun})(?!\w))",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1024)
def pieces(text: str, language: str) -> tuple[Fraction, ...] | None:
    """Return the numbers of tablets or capsules in a sentence, in its order; None in a language without their words.

    >>> pieces("take one and a half tablets of 2 mg each + half of one 5 mg tablet", "en")
    (Fraction(3, 2), Fraction(1, 2))
    """
    pattern = _piece_words(language)
    if pattern is None:
        return None
    found = []
    for match in pattern.finditer(seen(text)):
        part = next(
            (
                value
                for place, value in enumerate((_QUARTER, _HALF, _THREE))
                if match[f"a{place}"] is not None or match[f"b{place}"] is not None
            ),
            Fraction(0),
        )
        written = (match["count"] or match["whole"] or "0").lower()
        whole = Fraction(_IN_WORDS[written]) if written in _IN_WORDS else Fraction(written.replace(",", "."))
        found.append(whole + part)
    return tuple(found)
