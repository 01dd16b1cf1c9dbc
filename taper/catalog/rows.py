"""Read packaged data: every row has known keys only, exact amounts, and a source to the page.

A file names its documents once, as ``[source.KEY]`` with title, edition, url and status; a forum, a
question site or a shop is marked with ``standing = "low"``. Every
row names one of them and the place in it: ``source = "KEY"`` and ``locator = "..."``. A row that
does not, or whose document was not read, does not load.

People read and correct the TOML files. The program reads ``catalog.json``, which holds the same tables and loads in a
fraction of the time; `tests.tools.ready_catalog` writes it, and a test holds the two equal.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from taper.errors import CatalogError, QuantityError, nearest
from taper.quantity import Mg, as_fraction
from taper.source import Source

DATA = Path(__file__).parent / "data"
READY = DATA / "catalog.json"

Tables = Mapping[str, Any]
"""What a data file holds."""

T = TypeVar("T", bound=str)

_SOURCE_KEYS = frozenset({"title", "edition", "url", "status"})
_STANDING = "standing"
_PLACE_KEYS = frozenset({"source", "locator"})


@lru_cache(maxsize=1)
def _ready() -> dict[str, Tables]:
    files: dict[str, Tables] = json.loads(READY.read_bytes())
    return files


def read_data(name: str) -> Tables:
    """Return what a packaged data file holds, such as ``"drugs.toml"``; whoever gets it must not change it."""
    return _ready()[name]


def data_names(folder: str) -> tuple[str, ...]:
    """Return the names of the data files in a folder, without their ending.

    >>> "asam-2025" in data_names("guidelines")
    True
    """
    names = (name.removeprefix(f"{folder}/") for name in _ready() if name.startswith(f"{folder}/"))
    return tuple(sorted(name.removesuffix(".toml") for name in names))


class Document:
    r"""One data file: its tables, and the documents that its rows cite.

    Args:
        content: Its tables, or its TOML text.
        file: Name of the file, for messages.

    Raises:
        CatalogError: Not TOML, or a cited document without title, or one that may not ship.

    >>> Document('[source.a]\ntitle = "A"\nedition = ""\nurl = ""\nstatus = "READ"', "a.toml").file
    'a.toml'
    """

    __slots__ = ("_cited", "data", "file")

    def __init__(self, content: str | Tables, file: str) -> None:
        self.file = file
        data = _parsed(content, file) if isinstance(content, str) else dict(content)
        sources = self._mapping(data.pop("source", {}), "source")
        self.data: dict[str, object] = data
        self._cited = {key: self._document(key, entry, f"source.{key}") for key, entry in sources.items()}

    def _mapping(self, value: object, place: str) -> dict[str, object]:
        if not isinstance(value, dict):
            raise CatalogError("is not a table; write it as a table", field=place, file=self.file)
        return value

    def _document(self, key: str, entry: object, place: str) -> Source:
        fields = self._mapping(entry, place)
        for name in _SOURCE_KEYS ^ (fields.keys() - {_STANDING}):
            raise CatalogError(
                f"the key '{name}' is {'unknown' if name in fields else 'missing'}; a document has "
                f"{', '.join(sorted(_SOURCE_KEYS))}, perhaps {_STANDING}, and nothing else",
                field=place,
                file=self.file,
            )
        title, edition, url, status = (str(fields[name]) for name in ("title", "edition", "url", "status"))
        try:
            standing = str(fields.get(_STANDING, ""))
            return Source(title, edition, "whole document", url, status, standing)
        except CatalogError as error:
            if error.field == _STANDING:
                raise CatalogError(error.message, field=f"{place}.{_STANDING}", file=self.file) from None
            raise CatalogError(
                f"{error.message}; read the source and say so, or remove the rows that cite '{key}'",
                field=place,
                file=self.file,
            ) from None

    def source(self, key: object, locator: object, place: str) -> Source:
        """Return the source that a row cites; raise if the source or the place in it is missing."""
        if not isinstance(key, str) or not key:
            problem = "has no source; name one of the file's documents, source = KEY"
        elif key not in self._cited:
            problem = f"cites the unknown source '{key}'; {nearest(key, self._cited)}"
        elif not isinstance(locator, str) or not locator.strip():
            problem = "has no locator; add the page, section or table, locator = TEXT"
        else:
            return replace(self._cited[key], locator=locator)
        raise CatalogError(f"the row {problem}", field=place, file=self.file)

    def tables(self, key: str) -> Iterator[tuple[str, object]]:
        """Yield the name and content of each table below `key`, such as ``[drug.diazepam]``."""
        yield from self._mapping(self.data.get(key, {}), key).items()

    def rows(self, content: object, place: str, known: frozenset[str]) -> Iterator[Row]:
        """Yield the rows of a list of tables; `known` are the keys allowed beside source and locator."""
        if not isinstance(content, list):
            raise CatalogError("is not a list of rows; write [ { ... }, ]", field=place, file=self.file)
        for number, entry in enumerate(content, start=1):
            yield self.row(entry, f"{place}[{number}]", known)

    def row(self, content: object, place: str, known: frozenset[str]) -> Row:
        """Return one table as a row, with its source."""
        return Row(self, self._mapping(content, place), place, known)


class Row:
    """One row with a source: unknown keys are refused, numbers are text and exact."""

    __slots__ = ("_data", "document", "place", "source")

    def __init__(self, document: Document, data: Mapping[str, object], place: str, known: frozenset[str]) -> None:
        self.document = document
        self.place = place
        self._data = data
        for key in data.keys() - known - _PLACE_KEYS:
            self.refuse(key, f"unknown key; {nearest(key, known | _PLACE_KEYS)}")
        self.source: Source = document.source(data.get("source"), data.get("locator"), place)

    def refuse(self, key: str, problem: str) -> NoReturn:
        """Raise the error that names this row, the key and what to do."""
        raise CatalogError(problem, field=f"{self.place}.{key}" if key else self.place, file=self.document.file)

    def get(self, key: str) -> object:
        """Return the raw value, or None."""
        return self._data.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default the key is required."""
        value = self._data.get(key, default)
        if not isinstance(value, str):
            self.refuse(key, f"{value!r} is not a text; write {key} = TEXT")
        return value

    def choice(self, key: str, allowed: Collection[T], default: T | None = None) -> T:
        """Return one of the allowed words; without a default the key is required."""
        value = self.text(key, default)
        match = next((word for word in allowed if word == value), None)
        if match is not None:
            return match
        return self.refuse(key, f"{value!r} is not one of {', '.join(allowed)}; {nearest(value, allowed)}")

    def number(self, key: str, unit: str = "") -> Fraction | None:
        """Return an exact number above zero, written as text with or without its unit, or None."""
        value = self._data.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self.refuse(key, f'{value!r} is not exact text; write the number in quotes, {key} = "{value}"')
        try:
            number = as_fraction(value.removesuffix(f" {unit}"))
        except QuantityError as error:
            self.refuse(key, error.message)
        if number <= 0:
            self.refuse(key, f"{value!r} is not above zero; correct the row")
        return number

    def mg(self, key: str) -> Mg | None:
        """Return an exact amount of mg above zero, or None."""
        number = self.number(key, "mg")
        return None if number is None else Mg(number)

    def required_mg(self, key: str) -> Mg:
        """Return an exact, positive amount of mg, or raise if the row has none."""
        amount = self.mg(key)
        if amount is None:
            self.refuse(key, f"the row has no {key}; add it as printed, or remove the row")
        return amount

    def count(self, key: str) -> int | None:
        """Return a whole positive number, or None."""
        value = self._data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            self.refuse(key, f"{value!r} is not a whole number above zero; write {key} = 14")
        return value


def _parsed(text: str, file: str) -> dict[str, Any]:
    import tomllib  # the packaged files are ready

    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise CatalogError(f"not readable as TOML, {error}; correct the file", file=file) from None
