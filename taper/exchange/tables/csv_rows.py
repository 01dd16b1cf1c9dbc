"""The rows of a CSV file by column name, with any separator; shared by all readers of tables."""

from __future__ import annotations

import csv
import io
import re
from array import array
from collections.abc import Iterator, Mapping, Sequence

from taper.errors import ScheduleError

MAX_ROWS = 5_000_000
_COMMA = re.compile(r"\A\s*(-?[0-9]+),([0-9]+)\s*\Z")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2},[0-9]{3}")
_BEFORE = "\ufeff \r\n"
_PROTECTED = re.compile(r"' *[=+\-@＝＋－＠]")


def header_of(text: str) -> tuple[str, ...]:
    """Return the column names in lower case, with underscores for blanks; empty if the first line has none.

    >>> header_of("Date;Product Name")
    ('date', 'product_name')
    """
    first = _first_line(text, _start(text))[:10_000]
    try:
        fields = next(csv.reader([first.rstrip("\r")], delimiter=_separator(first)), [])
    except csv.Error:
        return ()
    return tuple(re.sub(r"[^a-z0-9]+", "_", field.strip().lower()).strip("_") for field in fields)


def _start(text: str) -> int:
    """Return where a table begins. Nothing is cut off: a copy for each person would make many persons slow."""
    return next((place for place, letter in enumerate(text) if letter not in _BEFORE), len(text))


def _first_line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _separator(line: str) -> str:
    return max(",;\t", key=line.count)


def rows(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the line number and the cells of each row.

    An apostrophe that protects a cell from being run as a formula is taken off.

    Raises:
        ScheduleError: Not a table, a column named twice, or too many rows; names the line.
    """
    names = header_of(text)
    for line, fields, _, _ in _records(text, names):
        yield line, dict(zip(names, map(plain_cell, fields), strict=True))


def with_points(text: str) -> str:
    r"""Return a table between whose cells stand semicolons or tabs with commas there, and points in its numbers.

    A decimal comma becomes a point where it cannot be one of thousands: some number of the table shows which it is,
    and none has a point. Else the numbers stay as they are, for the reader to refuse.

    >>> with_points("start;dose_mg\n2026-01-05;8,5\n2026-01-06;1,125")
    'start,dose_mg\n2026-01-05,8.5\n2026-01-06,1.125\n'
    """
    lines = _Lines(text, _start(text))
    separator = _separator(lines.first)
    if separator == ",":
        return text
    try:
        cells = list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        return text
    amounts = [place for place, name in enumerate(header_of(text)) if name.endswith("_mg")]
    numbers = [row[place].strip() for row in cells[1:] for place in amounts if place < len(row)]
    plain = any(_COMMA.fullmatch(number) and not _THOUSANDS.fullmatch(number) for number in numbers)
    if plain and not any("." in number for number in numbers):
        cells = cells[:1] + [
            [_COMMA.sub(r"\1.\2", c) if i in amounts else c for i, c in enumerate(r)] for r in cells[1:]
        ]
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(cells)
    return written.getvalue()


def rows_by(text: str, column: str) -> dict[str, array[int]]:
    """Return where the rows of each value of a column are, for `rows_at`.

    Args:
        text: The table.
        column: Name of the column; one that there is not puts all rows together.

    Raises:
        ScheduleError: As `rows`.
    """
    names = header_of(text)
    place = names.index(column) if column in names else None
    found: dict[str, array[int]] = {}
    for line, fields, start, end in _records(text, names):
        value = "" if place is None else plain_cell(fields[place])
        found.setdefault(value, array("Q")).extend((line, start, end))
    return found


def rows_at(text: str, places: Sequence[int]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the rows at some places, as `rows` does."""
    names, separator = header_of(text), _separator(_first_line(text, _start(text)))
    for index in range(0, len(places), 3):
        line, start, end = places[index : index + 3]
        fields = next(csv.reader([text[start:end]], delimiter=separator, strict=True))
        yield line, dict(zip(names, map(plain_cell, fields), strict=True))


def _records(text: str, names: tuple[str, ...]) -> Iterator[tuple[int, list[str], int, int]]:
    """Yield line number, fields, beginning and end of each row below the header."""
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice is not None:
        raise ScheduleError(f"the column '{twice[:40]}' stands twice; keep one", field="line 1")
    lines = _Lines(text, _start(text))
    reader = csv.reader(lines, delimiter=_separator(lines.first), strict=True)
    count = 0
    try:
        next(reader, None)
        start = lines.at
        for fields in reader:
            end = lines.at
            if any(fields) and any(field.strip() for field in fields):
                count += 1
                if count > MAX_ROWS:
                    raise ScheduleError(
                        f"more than {MAX_ROWS:,} rows; split the table", field=f"line {reader.line_num}"
                    )
                if len(fields) != len(names):
                    raise ScheduleError(
                        f"{len(fields)} fields, but the header has {len(names)}; a decimal comma needs to be a point",
                        field=f"line {reader.line_num}",
                    )
                yield reader.line_num, fields, start, end
            start = end
    except csv.Error as problem:
        raise ScheduleError(
            f"this is not a CSV table ({problem}); check the quotes", field=f"line {reader.line_num}"
        ) from None


class _Lines:
    """The lines of a text for the CSV reader, and how far it has read."""

    def __init__(self, text: str, start: int) -> None:
        self.first = _first_line(text, start)
        self.at = start
        self._text = text

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        start = self.at
        if start == len(self._text):
            raise StopIteration
        self.at = self._text.find("\n", start) + 1 or len(self._text)
        return self._text[start : self.at]


def plain_cell(field: str) -> str:
    """Return a cell without blanks around it, and without the apostrophe that keeps it from being run as a formula."""
    stripped = field.strip()
    return stripped[1:] if stripped[:1] == "'" and _PROTECTED.match(stripped) else stripped
