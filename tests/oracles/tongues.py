"""Reading doses back out of the paper in any language, from the names of its months and times of day alone."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from itertools import pairwise

import lxml.html

from taper.order.parts import TimeOfDay
from taper.paper.words import BY_COUNTRY, code_for, load
from taper.paper.words.language import Language
from taper.schedule.schedule import Schedule
from tests.oracles.papers import MONTHS, Doses, planned
from tests.oracles.pdf import pdf_pages, text_by_columns

_MARKS = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\u2066": None, "\u2067": None, "\u2069": None, "\u2060": None})


def clean(text: str) -> str:
    """Return a text with plain spaces and without marks of direction."""
    return text.translate(_MARKS)


_AMERICAN = re.compile(rf"\b({'|'.join(MONTHS)}) ([0-9]{{1,2}}), ([0-9]{{4}})\b")


def day_first(text: str) -> str:
    """Return a clean text with American dates in the order of the rest of the world: one test for all countries."""
    return _AMERICAN.sub(r"\2 \1 \3", re.sub(r"(day), (?=[A-Z][a-z]+ [0-9]{1,2}, )", r"\1 ", clean(text)))


def _either_way(name: str) -> str:
    """A name as it is written, or with its words from the left, as readers of PDF give text from the right."""
    return "|".join(re.escape(each) for each in dict.fromkeys((name, " ".join(reversed(name.split())))))


def _names_of(time: TimeOfDay, words: Language) -> str:
    """A time of day as a language has it, in every country."""
    names = [words.times[time], *([load(code).times[time] for code in BY_COUNTRY[:2]] if words.code == "en" else [])]
    return "|".join(_either_way(name) for name in dict.fromkeys(names))


def doses_in(text: str, words: Language) -> Doses:
    """Return each time of day and dose."""
    names = "|".join(f"(?P<{time}>{_names_of(time, words)})" for time in words.times)
    number = rf"(?P<dose>[0-9]+(?:{re.escape(words.locale.decimal)}[0-9]+)?)"
    amount = r"(?:[0-9.,]+\s*[^\s(]+|[^\W0-9]+(?: [^\W0-9]+)?)\s*\(\s*"  # "2 mL (", and a drop or two in words
    found = re.finditer(rf"(?:{names})\s*(?:{amount})?{number} mg", " ".join(clean(text).split()))
    return tuple(
        (next(t for t in words.times if one[t]), "", Fraction(one["dose"].replace(words.locale.decimal, ".")))
        for one in found
    )


def _letters(name: str) -> list[str]:
    return sorted(filter(str.isalpha, name.lower()))


def _month_of(line: str, words: Language) -> tuple[int, int] | None:
    """Read a heading; readers of PDF give joined letters in pieces, so names are told apart by their letters."""
    found = re.match(r"\s*([^\W\d]+(?: ?[()][^\d]*?)?)(?: de)? ?([0-9]{4})", clean(line))
    names = [_letters(name) for name in words.months]
    letters = _letters(found[1]) if found else []
    return (int(found[2]), names.index(letters) + 1) if found and letters in names else None


def from_pdf(content: bytes, schedule: Schedule, code: str) -> dict[date, Doses]:
    """Read the calendar: under the name of a month, the line with the next day's number begins that day."""
    words, known = load(code), {*planned(schedule), *({schedule.stopped_on} - {None})}
    found: dict[date, str] = {}
    for page in pdf_pages(content):
        if page.mediabox.width < page.mediabox.height:
            continue
        month, day = None, None
        lines = clean(text_by_columns(page, 7)).splitlines()
        for line, after in pairwise([*lines, ""]):
            heading = _month_of(f"{line} {after}", words)
            if heading is not None:
                month = heading  # which may go over two pages
                day = max((d for d in found if (d.year, d.month) == month), default=None)
                continue
            if month is None:
                continue
            following = min((d for d in known if (d.year, d.month) == month and (day is None or d > day)), default=None)
            total = rf"(?: ?[0-9]+(?:{re.escape(words.locale.decimal)}[0-9]+)? mg| ?{re.escape(words.phrase['none'])})?"
            names = "|".join(_names_of(time, words) for time in words.times)
            broken = day is not None and re.search(rf"(?:{names})\s*$", found[day])  # its dose is on this line
            if (
                following is not None
                and not broken
                and re.fullmatch(rf"{following.day}{total}(?:\s*[▸◂●■].*|[^0-9]*[◂●■])?", line.strip())
            ):
                assert following not in found, f"{following} stands twice"
                day = following
                found[day] = ""
            elif day is not None:
                found[day] += f" {line}"
    return {day: doses_in(text, words) for day, text in found.items()}


def from_html(content: bytes, code: str) -> dict[date, Doses]:
    """Read the calendar: each cell with a number is a day."""
    words, found = load(code), {}
    for section in lxml.html.fromstring(content.decode()).xpath("//section[contains(@class,'month')]"):
        month = _month_of(section.xpath(".//h2")[0].text_content(), words)
        assert month is not None
        for cell in section.xpath(".//td[div]"):
            day = date(*month, int(cell.xpath("./div/span")[0].text_content()))
            assert day not in found, f"{day} stands twice"
            found[day] = doses_in(cell.text_content(), words)
    return found


def from_text(content: bytes, code: str) -> dict[date, Doses]:
    """Read the list of days."""
    words = load(code)
    names = "|".join(map(re.escape, words.locale.months_in_date))
    template = re.escape(words.locale.long_date).replace(r"\{", "{").replace(r"\}", "}")
    line = re.compile(
        template.format(
            weekday=r"\w+", day=r"(?P<day>[0-9]{1,2})(?:er)?", month=f"(?P<month>{names})", year=r"(?P<year>[0-9]{4})"
        )
        + r"\s?: (?P<doses>.*)"
    )
    found = {}
    for match in filter(None, map(line.match, clean(content.decode()).splitlines())):
        day = date(int(match["year"]), words.locale.months_in_date.index(match["month"]) + 1, int(match["day"]))
        assert day not in found, f"{day} stands twice"
        found[day] = doses_in(match["doses"], words)
    return found


def read(kind: str, content: bytes, schedule: Schedule, code: str) -> dict[date, Doses]:
    """Read a file of any format; in PDF the days that a schedule has tell where a number begins a day."""
    if code != "en" and schedule.order is not None:
        code = code_for(code, schedule.order.country)
    if kind == "pdf":
        return from_pdf(content, schedule, code)
    return from_html(content, code) if kind == "html" else from_text(content, code)
