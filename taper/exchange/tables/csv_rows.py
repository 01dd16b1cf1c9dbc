"""The rows of a CSV file by column name, with any separator; shared by all readers of tables."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping

from taper.errors import ScheduleError

MAX_ROWS = 50_000
_PROTECTED = re.compile(r"' *[=+\-@＝＋－＠]")


def header_of(text: str) -> tuple[str, ...]:
    """Return the column names in lower case, with underscores for blanks; empty if the first line has none.

    >>> header_of("Date;Product Name")
    ('date', 'product_name')
    """
    first = text.lstrip("\ufeff \r\n").partition("\n")[0][:10_000]
    try:
        fields = next(csv.reader([first.rstrip("\r")], delimiter=_separator(first)), [])
    except csv.Error:
        return ()
    return tuple(re.sub(r"[^a-z0-9]+", "_", field.strip().lower()).strip("_") for field in fields)


def _separator(line: str) -> str:
    return max(",;\t", key=line.count)


def rows(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the line number and the cells of each row.

    An apostrophe that protects a cell from being run as a formula is taken off.

    Raises:
        ScheduleError: Not a table, a column named twice, or too many rows; names the line.
    """
    names = header_of(text)
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice is not None:
        raise ScheduleError(f"the column '{twice[:40]}' stands twice; keep one", field="line 1")
    body = text.lstrip("\ufeff \r\n")
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=_separator(body.partition("\n")[0]), strict=True)
    count = 0
    try:
        next(reader, None)
        for fields in reader:
            if not any(field.strip() for field in fields):
                continue
            count += 1
            if count > MAX_ROWS:
                raise ScheduleError(f"more than {MAX_ROWS:,} rows; split the table", field=f"line {reader.line_num}")
            if len(fields) != len(names):
                raise ScheduleError(
                    f"{len(fields)} fields, but the header has {len(names)}; a decimal comma needs to be a point",
                    field=f"line {reader.line_num}",
                )
            yield reader.line_num, dict(zip(names, (_plain(field) for field in fields), strict=True))
    except csv.Error as problem:
        raise ScheduleError(
            f"this is not a CSV table ({problem}); check the quotes", field=f"line {reader.line_num}"
        ) from None


def _plain(field: str) -> str:
    stripped = field.strip()
    return stripped[1:] if _PROTECTED.match(stripped) else stripped
