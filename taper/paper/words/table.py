"""All words in one table for translators: a key a row, English, each language, and who has checked the row.

The table reads back: `read_table` understands it whole or refuses it, `with_texts` makes a language of its column.

>>> [row for row in rows() if row[0] == "times.morning"][0][1]
'Morning'
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar

from taper.checker.texts import TEXTS
from taper.checker.texts.notes import notes
from taper.errors import TaperError
from taper.paper.words import LANGUAGES, load
from taper.paper.words.findings import COUNTED, FINDINGS
from taper.paper.words.language import Language, Passage, Sentence

REVIEWER = "reviewer"
HEADER = ("key", *LANGUAGES, REVIEWER)
_BLANK = re.compile(r"\{[^{}]*\}")
_CASE = re.compile(r":(\w+)\}")
"""The case of a noun that a blank of a finding asks for; every language has its own."""
_ISOLATES, _END = "\u2066\u2067\u2068", "\u2069"
_FINDING = "finding."
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_Key = TypeVar("_Key", bound=str)


def texts_of(language: Language) -> dict[str, str]:
    """Return every text of a language by its key, in the order of the table.

    Args:
        language: The language; the name of the clinician who checked it is not a text.
    """
    found = {f"phrase.{name}": text for name, text in language.phrase.items()}
    for name, text in _passages(language):
        found[name] = text
    found |= {"no_dose_days": language.no_dose_days.text, "asleep": language.asleep.text}
    found |= {f"times.{name}": text for name, text in language.times.items()}
    found |= {f"nouns.{name}": text for name, text in language.nouns.items()}
    for what, forms in language.forms.items():
        found |= {f"forms.{what}.{category}": text for category, text in forms.items()}
    found |= {f"clinician.{name}": text for name, text in language.clinician.items()}
    found |= {f"{_FINDING}{name}": text for name, text in findings_of(language.code).items()}
    return {key: text for key, text in found.items() if text}  # what is left empty has no words to translate


def findings_of(code: str) -> Mapping[str, str]:
    """Return what a language says of findings, by key: English as the checker does, the others as far as translated."""
    return {**TEXTS, **notes()} if code == "en" else FINDINGS.get(code, {})


def _passages(language: Language) -> Iterator[tuple[str, str]]:
    for place, passage in enumerate(language.what_to_do):
        yield f"what_to_do.{place}.title", passage.title
        for part, sentences in (("lead", passage.lead), ("points", passage.points)):
            yield from ((f"what_to_do.{place}.{part}.{at}", one.text) for at, one in enumerate(sentences))


def rows() -> tuple[tuple[str, ...], ...]:
    """Return the rows of the table without its header; a text that a language does not have is empty."""
    by_language = {code: texts_of(load(code)) for code in LANGUAGES}
    keys = dict.fromkeys(key for texts in by_language.values() for key in texts)
    return tuple((key, *(by_language[code].get(key, "") for code in LANGUAGES), "") for key in keys)


def written() -> str:
    """Write the table as CSV; an apostrophe keeps a text from being run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows([_protected(cell) for cell in row] for row in rows())
    return out.getvalue()


def _protected(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def read_table(text: str) -> dict[str, dict[str, str]]:
    """Read a table back: the texts of each language by key. Who checked a row is read and not kept.

    Args:
        text: The table, as CSV.

    Raises:
        TaperError: A column, a key or a text is missing, unknown or there twice, or the blanks of a text are not
            those of the text it replaces; names the line and the column.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    known = {row[0]: row for row in rows()}
    found: dict[str, dict[str, str]] = {code: {} for code in LANGUAGES}
    seen: set[str] = set()
    try:
        if tuple(next(reader, ())) != HEADER:
            raise TaperError(f"these are not the columns of the words; write {', '.join(HEADER)}", field="line 1")
        for cells in reader:
            where = f"line {reader.line_num}"
            if len(cells) != len(HEADER):
                raise TaperError(
                    f"{len(cells)} fields, but the header has {len(HEADER)}; check the quotes", field=where
                )
            key = cells[0]
            if key not in known or key in seen:
                what = "stands twice" if key in seen else "is not a key of the words"
                raise TaperError(f"'{key[:40]}' {what}; keep one row for each key of the export", field=where)
            seen.add(key)
            for place, code in enumerate(LANGUAGES, 1):
                cell = _plain(cells[place])
                original = known[key][place]
                if not original and cell and key.startswith(_FINDING):
                    original = known[key][1]  # findings are translated one by one: the blanks are those of English
                _compare(cell, original, f"{where}, {code}")
                _check_cases(cell, original, code, f"{where}, {code}")
                if cell:
                    found[code][key] = cell
    except csv.Error as problem:
        raise TaperError(f"this is not a CSV table ({problem}); check the quotes", field="words") from None
    if missing := [key for key in known if key not in seen]:
        raise TaperError(f"'{missing[0]}' is missing, {len(missing)} in all; keep every row", field="key")
    return found


def _compare(cell: str, original: str, where: str) -> None:
    """Reject a text whose blanks are not those of the one it replaces: a dose or a date would be lost."""
    if bool(cell.strip()) != bool(original.strip()):
        what = "is missing" if original else "is one too many"
        raise TaperError(f"a text {what}; fill exactly the cells that the export fills", field=where)
    wanted, given = (sorted(_CASE.sub("}", blank) for blank in _BLANK.findall(one)) for one in (original, cell))
    if set(wanted) != set(given) or _BLANK.sub("", cell).count("{") or _BLANK.sub("", cell).count("}"):
        names = " ".join(dict.fromkeys(wanted)) or "none"
        raise TaperError(f"the blanks of the text have to be these and no others: {names}", field=where)


def _check_cases(cell: str, original: str, code: str, where: str) -> None:
    """Reject a case that the language does not have, and a mark of direction without its other half."""
    known = {name.rpartition(" ")[2] for name in COUNTED.get(code, {})}
    known |= {name.rpartition(":")[2] for name in FINDINGS.get(code, {}) if ":" in name} | {*_CASE.findall(original)}
    if unknown := [case for case in _CASE.findall(cell) if case not in known]:
        names = ", ".join(sorted({*_CASE.findall(original)})) or "none here"
        raise TaperError(f"':{unknown[0]}' is not a case of this language; it has {names}", field=where)
    opened, closed = (sum(map(cell.count, signs)) for signs in (_ISOLATES, _END))
    if opened != closed:
        what = "a mark of direction has lost its other half; copy the cell of the export and write within its marks"
        raise TaperError(what, field=where)


def with_texts(language: Language, texts: Mapping[str, str]) -> Language:
    """Return a language with the texts of a table in the place of its own; sources, numbers and dates stay.

    Args:
        language: The language.
        texts: Its column of the table, by key, as `read_table` gives it.
    """

    def under(prefix: str, own: Mapping[_Key, Any]) -> Mapping[_Key, str]:
        return MappingProxyType({name: texts.get(f"{prefix}.{name}", "") for name in own})

    def sentences(prefix: str, own: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
        return tuple(replace(one, text=texts[f"{prefix}.{at}"]) for at, one in enumerate(own))

    def passage(place: int, own: Passage) -> Passage:
        key = f"what_to_do.{place}"
        lead, points = sentences(f"{key}.lead", own.lead), sentences(f"{key}.points", own.points)
        return replace(own, title=texts[f"{key}.title"], lead=lead, points=points)

    return replace(
        language,
        phrase=under("phrase", language.phrase),
        what_to_do=tuple(passage(place, own) for place, own in enumerate(language.what_to_do)),
        no_dose_days=replace(language.no_dose_days, text=texts["no_dose_days"]),
        asleep=replace(language.asleep, text=texts["asleep"]),
        times=under("times", language.times),
        nouns=under("nouns", language.nouns),
        forms=MappingProxyType({what: under(f"forms.{what}", own) for what, own in language.forms.items()}),
        clinician=under("clinician", language.clinician),
    )


def changes(text: str) -> tuple[tuple[str, str, str, str], ...]:
    """Return what a table changes: language, key, the text of today and that of the table.

    Raises:
        TaperError: The table is not understood whole.
    """
    found = read_table(text)
    return tuple(
        (code, key, now, found[code][key])
        for code in LANGUAGES
        for key, now in {**dict.fromkeys(found[code], ""), **texts_of(load(code))}.items()
        if found[code].get(key, "") != now
    )
