"""An order as TOML with a comment beside each key, for a person to read and to go on with."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

from taper.order.keys import Table, tables

_COMMENT_AT = 38
_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
_HEAD = "# An order for `taper plan`. What every key means, and which others there are: `taper keys`."


def commented(data: Mapping[str, object]) -> str:
    """Return order data as TOML text; what each key means stands beside its first use.

    Args:
        data: As `parse_order` takes it: text, whole numbers, dates, lists, and tables that hold such.
    """
    known = {table.path: table for table in tables()}
    seen: set[tuple[str, str]] = set()
    top = {key: value for key, value in data.items() if key not in known or not _parts(value)}
    lines = [_HEAD, *_lines(known["order"], top, seen)]
    for key, value in data.items():
        for part in _parts(value) if key in known else ():
            table = known[key]
            heading = (key, "")
            lines += ["", _line(table.heading, "" if heading in seen else table.meaning)]
            seen.add(heading)
            lines += _lines(table, part, seen)
    return "\n".join(lines) + "\n"


def _parts(value: object) -> Sequence[Mapping[str, object]]:
    """Return a table, or the tables of a list, as a list; nothing for what stands beside its key."""
    if isinstance(value, Mapping):
        return [value]
    is_list_of_tables = isinstance(value, (list, tuple)) and bool(value) and isinstance(value[0], Mapping)
    return value if is_list_of_tables else []  # type: ignore[return-value]  # just looked at


def _lines(table: Table, data: Mapping[str, object], seen: set[tuple[str, str]]) -> list[str]:
    meanings = {name: key.meaning for key in table.keys for name in key.names[:1]}
    width = max(map(len, data), default=0)
    lines = []
    for key, value in data.items():
        place = (table.path, key)
        lines.append(_line(f"{key:<{width}} = {toml_value(value)}", "" if place in seen else meanings.get(key, "")))
        seen.add(place)
    return lines


def _line(text: str, comment: str) -> str:
    return f"{text:<{_COMMENT_AT}} # {comment}" if comment else text


def toml_value(value: object) -> str:
    """Return a value as TOML writes it on one line.

    >>> toml_value(["5 mg", 3, date(2026, 1, 5), {"bedtime": "5 mg"}, True])
    '["5 mg", 3, 2026-01-05, { bedtime = "5 mg" }, true]'
    """
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {toml_value(part)}" for key, part in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(toml_value, value))}]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    """Return a key as TOML writes it: bare where that can be, such as `Valium`, else in quotes."""
    return name if _BARE.match(name) else json.dumps(name, ensure_ascii=False)
