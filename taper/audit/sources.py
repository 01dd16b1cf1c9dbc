"""What there is to read: each source as SQL that gives the same columns of text, one row a supply.

Nothing is interpreted here. Cells stay as they are written, so that the reader of `taper check` sees what it would
see in the file itself.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from taper.errors import MissingExtraError, ScheduleError, nearest
from taper.exchange.kinds import seems
from taper.exchange.tables.csv_rows import header_of
from taper.exchange.tables.pharmacy_history import COLUMNS, is_history, is_omop

if TYPE_CHECKING:
    import duckdb

HISTORY, OMOP, FHIR = "pharmacy history", "OMOP drug_exposure", "FHIR"
CELLS = (
    "day",
    "product",
    "strength",
    "quantity",
    "days",
    "sig",
    "refills",
    "type",
    "verbatim_end",
    "end",
    "source_value",
    "concept",
)
STRATA: dict[str, tuple[str, ...]] = {
    "practice": ("practice", "practice_id", "site", "care_site_id", "clinic"),
    "prescriber": ("prescriber", "prescriber_id", "provider_id", "npi"),
    "sex": ("sex", "gender"),
    "age_band": ("age_band", "age_group"),
}
"""Accepted names for the columns by which tables are divided."""
KNOWN_UNTIL = ("known_until", "end_of_follow_up", "death_date", "date_of_death", "deregistered_on", "left_on")
"""Accepted names for the column of the last day of which the data know everything about a person."""
OF_PERSONS: dict[str, tuple[str, ...]] = STRATA | {"known_until": KNOWN_UNTIL}
"""Columns that say something of the person, and not of the supply."""
SCHEMA = ("person", "source", "number", "kind", *CELLS, "resource", *OF_PERSONS)
"""Columns of every row, all text but the number of the row in its source."""
_OMOP = {
    "day": "drug_exposure_start_date",
    "product": "drug_concept_name",
    "quantity": "quantity",
    "days": "days_supply",
    "sig": "sig",
    "refills": "refills",
    "type": "drug_type_concept_id",
    "verbatim_end": "verbatim_end_date",
    "end": "drug_exposure_end_date",
    "source_value": "drug_source_value",
    "concept": "drug_concept_id",
}
_HISTORY = {
    "day": "date",
    "product": "product",
    "strength": "strength",
    "quantity": "quantity",
    "days": "days",
    "sig": "sig",
    "refills": "refills",
}
_HEAD = 1 << 16


class Source(NamedTuple):
    """A source that is recognized.

    Attributes:
        name: Its name, for people.
        kind: What it is.
        query: SQL that gives the columns of `SCHEMA`, in the order of the source, without source and number.
        lines_from: What is added to the number of a row to give its line.
        empty: The columns that it does not have.
        csv: Whether rows that are broken are found while it is read.
    """

    name: str
    kind: str
    query: str
    lines_from: int
    empty: frozenset[str] = frozenset()
    csv: bool = False


def connect(threads: int, memory: str, spill: Path | None) -> duckdb.DuckDBPyConnection:
    """Open a database in memory that spills into a folder and never looks at the network.

    Raises:
        MissingExtraError: DuckDB or pyarrow is not installed.
    """
    try:
        import duckdb
        import pyarrow  # noqa: F401  # which every step from here on needs
    except ImportError as missing:
        raise MissingExtraError(missing.name or "duckdb", "audit", "taper audit") from None
    settings: dict[str, Any] = {"threads": threads, "memory_limit": memory, "autoinstall_known_extensions": False}
    if spill is not None:
        settings["temp_directory"] = str(spill)
    connection = duckdb.connect(config=settings)
    connection.execute("SET enable_progress_bar = false")
    return connection


def quoted(text: str | Path) -> str:
    """Return a text as SQL writes it."""
    return "'" + str(text).replace("'", "''") + "'"


def recognized(connection: duckdb.DuckDBPyConnection, file: Path, table: str, work: Path) -> Source:
    """Return what a file or folder is.

    Args:
        connection: Where it is looked at.
        file: A CSV, Parquet, DuckDB or SQLite file, FHIR NDJSON, or a folder of Parquet files.
        table: Name of the table, where a database has several.
        work: Folder for what must be copied to be read.

    Raises:
        ScheduleError: It cannot be read; says what it seems to be.
    """
    if file.is_dir():
        return _of_table(connection, file, f"read_parquet({quoted(file / '**/*.parquet')}, hive_partitioning=false)")
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as problem:
        raise ScheduleError(f"cannot be read ({problem.strerror}); check the name", file=str(file)) from None
    if head[:4] == b"PAR1":
        return _of_table(connection, file, f"read_parquet({quoted(file)})")
    if head[8:12] == b"DUCK":
        return _of_database(connection, file, table)
    if head.startswith(b"SQLite format 3\x00"):
        from taper.audit.copied import copied_from_sqlite

        return _of_table(connection, file, f"read_parquet({quoted(copied_from_sqlite(file, table, work))})")
    if head.lstrip()[:1] == b"{":
        from taper.audit.copied import copied_from_ndjson

        copied = copied_from_ndjson(file, work)
        columns = ", ".join(
            name if name in ("person", "kind", "resource") else f"'' AS \"{name}\""
            for name in SCHEMA
            if name not in ("source", "number")
        )
        query = f"SELECT {columns} FROM read_parquet({quoted(copied)})"
        return Source(file.name, FHIR, query, 0, frozenset((*CELLS, *OF_PERSONS)))
    return _of_csv(file, head)


def _of_csv(file: Path, head: bytes) -> Source:
    known = seems(head)
    if known is not None:
        what, advice = known
        raise ScheduleError(f"this seems to be {what}, which cannot be read; {advice}", file=str(file))
    text = head.decode("utf-8", "replace")
    header = header_of(text)
    kind = kind_of(header, file)
    twice = next((name for name in header if name and header.count(name) > 1), None)
    if twice is not None:
        raise ScheduleError(f"the column '{twice[:40]}' stands twice; keep one", field="line 1", file=str(file))
    first = next((line for line in text.lstrip("\ufeff \r\n").split("\n", 1)[:1]), "")
    separator = max(",;\t", key=first.count)
    named = {name or f"_{place}": "VARCHAR" for place, name in enumerate(header)}
    columns = "{" + ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in named) + "}"
    read = (
        f"read_csv({quoted(file)}, delim={quoted(separator)}, quote='\"', escape='\"', header=true, auto_detect=false, "
        f"columns={columns}, ignore_errors=true, store_rejects=true, rejects_limit=0, max_line_size=10000000)"
    )
    return Source(
        file.name, kind, _select(kind, dict.fromkeys(named, "VARCHAR"), read), 1, _empty(kind, named), csv=True
    )


def _of_database(connection: duckdb.DuckDBPyConnection, file: Path, table: str) -> Source:
    import duckdb

    try:
        connection.execute(f"ATTACH {quoted(file)} AS source_{abs(hash(str(file)))} (READ_ONLY)")
    except duckdb.Error as problem:
        raise ScheduleError(f"this database cannot be read ({_first(problem)}); check it", file=str(file)) from None
    base = f"source_{abs(hash(str(file)))}"
    names = [
        row[0]
        for row in connection.execute(
            f"SELECT table_name FROM duckdb_tables() WHERE database_name = '{base}'"
        ).fetchall()
    ]
    names += [
        row[0]
        for row in connection.execute(
            f"SELECT view_name FROM duckdb_views() WHERE database_name = '{base}' AND NOT internal"
        ).fetchall()
    ]
    chosen = chosen_table(names, table, file)
    quoted_name = '"' + chosen.replace('"', '""') + '"'
    return _of_table(connection, file, f"{base}.{quoted_name}")


def chosen_table(names: Sequence[str], table: str, file: Path) -> str:
    """Return the table of a database that is meant.

    Raises:
        ScheduleError: None or several may be meant; names them.
    """
    if table:
        if table not in names:
            raise ScheduleError(f"there is no table {table!r}; {nearest(table, names)}", file=str(file))
        return table
    likely = [name for name in names if name.lower() in ("drug_exposure", "dispensing", "dispensings", "fills")]
    usable = likely or list(names)
    if len(usable) != 1:
        shown = ", ".join(sorted(usable)[:8]) or "none"
        raise ScheduleError(f"it is not clear which table is meant ({shown}); name it with --table", file=str(file))
    return usable[0]


def _of_table(connection: duckdb.DuckDBPyConnection, file: Path, relation: str) -> Source:
    import duckdb

    try:
        rows = connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
    except duckdb.Error as problem:
        raise ScheduleError(f"this table cannot be read ({_first(problem)}); check the file", file=str(file)) from None
    types = {str(row[0]): str(row[1]) for row in rows}
    plain = plain_names(types)
    if len(plain) < len(types):
        raise ScheduleError("two columns have the same name; rename one", file=str(file))
    kind = kind_of(tuple(plain), file)
    named = ", ".join('"' + own.replace('"', '""') + f'" AS "{name or "_"}"' for name, own in plain.items())
    query = f"(SELECT {named} FROM {relation})"
    by_name = {name: types[own] for name, own in plain.items()}
    return Source(file.name, kind, _select(kind, by_name, query), 0, _empty(kind, plain))


def kind_of(header: tuple[str, ...], file: Path | str) -> str:
    """Return which table a header is that of.

    Raises:
        ScheduleError: None that can be read.
    """
    ends = [name for name in KNOWN_UNTIL if name in header]
    if len(ends) > 1:
        raise ScheduleError(
            f"the columns {' and '.join(ends)} both say until when a person is known; keep the earlier day in one",
            file=str(file),
        )
    if is_omop(header):
        return OMOP
    if is_history(header):
        return HISTORY
    shown = ",".join(header)[:80]
    raise ScheduleError(
        f"{shown!r} are not the columns of a table that can be read; a pharmacy history has date, product, quantity "
        "and days_of_supply, OMOP's drug_exposure drug_exposure_start_date and drug_concept_id",
        file=str(file),
    )


def plain_names(names: Iterable[str]) -> dict[str, str]:
    """Return names of columns in small letters with underscores, each with the name that it has."""
    return {re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_"): name for name in names}


def cells_of(kind: str, known: Container[str]) -> dict[str, str]:
    """Return the column of a table that each column of `SCHEMA` is taken from; empty where there is none."""
    found = dict.fromkeys(("person", *CELLS, *OF_PERSONS), "")
    people: tuple[str, ...] = COLUMNS["person"]
    if kind == OMOP:
        people = ("person_id",)
        found |= {own: name for own, name in _OMOP.items() if name in known}
        if not found["product"] and "concept_name" in known:
            found["product"] = "concept_name"
    else:
        found |= {own: next((name for name in COLUMNS[key] if name in known), "") for own, key in _HISTORY.items()}
    found["person"] = next((name for name in people if name in known), "")
    return found | {own: next((name for name in names if name in known), "") for own, names in OF_PERSONS.items()}


def _empty(kind: str, known: Container[str]) -> frozenset[str]:
    """Return the columns of `SCHEMA` that a table does not have."""
    return frozenset(own for own, name in cells_of(kind, known).items() if not name and own != "person") | {"resource"}


def _select(kind: str, types: dict[str, str], relation: str) -> str:
    """Return the SQL that gives the columns of `SCHEMA` of a table."""
    # Other cells are stripped where they are read: most rows say the same few things.
    trimmed = ("drug_concept_name", "drug_source_value", "concept_name", *COLUMNS["person"])

    def cell(name: str) -> str:
        if not name or name not in types:
            return "''"
        column = f'"{name}"'
        if types[name].startswith("TIMESTAMP"):
            column = f"CAST({column} AS DATE)"
        text = f"coalesce(CAST({column} AS VARCHAR), '')"
        if name not in trimmed:
            return text
        text = f"trim({text}, ' \t\r\n')"
        # An apostrophe that protects a cell from being run as a formula is taken off, as everywhere.
        return (
            f"CASE WHEN {text}[1] = '''' AND regexp_matches({text}, '^'' *[=+\\-@＝＋－＠]') THEN {text}[2:] "
            f"ELSE {text} END"
        )

    named = cells_of(kind, types)
    parts = [cell(named["person"]), quoted(kind), *(cell(named[name]) for name in CELLS), "''"]
    parts += [cell(named[name]) for name in OF_PERSONS]
    columns = [name for name in SCHEMA if name not in ("source", "number")]
    return (
        "SELECT "
        + ", ".join(f"{part} AS {own}" for part, own in zip(parts, columns, strict=True))
        + f" FROM {relation}"
    )


def _first(problem: Exception) -> str:
    return str(problem).splitlines()[0][:200]
