"""Sources into partitions: the rows of each person in one Parquet file, in their order, cells as they are written."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from taper.audit.sources import OMOP, SCHEMA, Source, quoted, recognized
from taper.errors import OrderError, ScheduleError

if TYPE_CHECKING:
    import duckdb

ROWS_A_PARTITION = 200_000
_BYTES_A_ROW = 50
_ROWS_HELD = 1_000_000  # in memory, of all partitions together, by each thread that writes them
SHIFTS = ".shifts.parquet"
"""Ends the name of the file that says by how much the lines of a source are shifted by lines that are no rows."""


class Given(NamedTuple):
    """What is to be audited.

    Attributes:
        files: CSV, Parquet, DuckDB, SQLite, FHIR NDJSON, or folders of Parquet.
        table: Name of the table, where a database has several.
        concepts: OMOP's concept table, from which names of concepts are taken.
    """

    files: tuple[Path, ...]
    table: str = ""
    concepts: Path | None = None


def partitions_for(files: Sequence[Path]) -> int:
    """Return into how many partitions the sources are parted, by their size."""
    size = sum(
        part.stat().st_size
        for file in files
        for part in (file.rglob("*.parquet") if file.is_dir() else (file,))
        if part.exists()
    )
    return max(1, math.ceil(size / (_BYTES_A_ROW * ROWS_A_PARTITION)))


def parted(
    connection: duckdb.DuckDBPyConnection, given: Given, target: Path, parts: int
) -> list[tuple[str, str, int, str]]:
    """Write the rows of all sources into ``target/from-N/part=N/``, every person into one part.

    Args:
        connection: A database.
        given: The sources.
        target: Folder for the partitions; it is empty or not there.
        parts: How many partitions.

    Returns:
        What of the sources is no row at all: source, place, count and reason.

    Raises:
        ScheduleError: A source cannot be read; names it.
        OrderError: The disk is full, or the memory too small.
    """
    import duckdb

    target.mkdir(parents=True, exist_ok=True)
    connection.execute(f"SET partitioned_write_flush_threshold = {max(2048, _ROWS_HELD // parts)}")
    files = given.files
    sources = [recognized(connection, file, given.table, target.parent) for file in files]
    named = len(sources) > 1
    broken: list[tuple[str, str, int, str]] = []
    for place, source in enumerate(sources):
        folder = target / f"from-{place}"
        query = _numbered(source, named=named)
        if source.kind == OMOP:
            query = _with_concepts(connection, query, given.concepts)
        left_out = source.empty - {"product"} if source.kind == OMOP else source.empty  # a concept may name the product
        columns = ", ".join(f'"{name}"' for name in SCHEMA if name not in left_out)
        try:
            connection.execute(
                f"COPY (SELECT {columns}, CAST(hash(person) % {parts} AS INTEGER) AS part FROM ({query})) "
                f"TO {quoted(folder)} (FORMAT parquet, COMPRESSION lz4_raw, PARTITION_BY (part), OVERWRITE_OR_IGNORE)"
            )
        except duckdb.Error as problem:
            text = str(problem).splitlines()[0][:200]
            if isinstance(problem, duckdb.OutOfMemoryException):
                raise OrderError(
                    f"needs more memory to be read ({text}); give more with --memory", file=str(files[place])
                ) from None
            if isinstance(problem, duckdb.IOException) and "space" in str(problem).lower():
                raise OrderError(
                    f"cannot be written ({text}); make room or name another folder", file=str(target)
                ) from None
            raise ScheduleError(f"cannot be read to its end ({text}); check the file", file=str(files[place])) from None
        if source.csv:
            broken += _rejected(connection, source.name if named else "", target / f"from-{place}{SHIFTS}")
    return broken


def _numbered(source: Source, *, named: bool) -> str:
    """Return the SQL of a source with the number of each row; that of a CSV's first is 2, below its header."""
    name = quoted(source.name if named else "")
    return f"SELECT *, {name} AS source, row_number() OVER () + {source.lines_from} AS number FROM ({source.query})"


def _rejected(connection: duckdb.DuckDBPyConnection, name: str, kept: Path) -> list[tuple[str, str, int, str]]:
    """Return the lines of a CSV that are no rows, with the reason; from which row on they shift the lines is kept."""
    connection.execute(
        "CREATE OR REPLACE TABLE rejected AS SELECT line, min(error_type::VARCHAR) AS reason, "
        "row_number() OVER (ORDER BY line) AS k FROM reject_errors GROUP BY line"
    )
    connection.execute("DELETE FROM reject_errors; DELETE FROM reject_scans")
    rows = connection.execute("SELECT line, reason FROM rejected ORDER BY line").fetchall()
    if rows:
        shifts = "SELECT CAST(line - k + 1 AS BIGINT) AS since, k AS shift FROM rejected ORDER BY line"
        connection.execute(f"COPY ({shifts}) TO {quoted(kept)} (FORMAT parquet)")
    return [(name, f"line {line}", 1, f"this line is no row of the table ({kind.lower()})") for line, kind in rows]


def _with_concepts(connection: duckdb.DuckDBPyConnection, query: str, concepts: Path | None) -> str:
    """Give rows of OMOP the name of their concept: from the vocabulary, else by the RxNorm codes of the catalog."""
    import duckdb

    if concepts is not None:
        read = (
            f"read_parquet({quoted(concepts)})"
            if concepts.suffix == ".parquet" or concepts.is_dir()
            else (f"read_csv({quoted(concepts)}, all_varchar=true, quote='', delim='\t')")
        )
        try:
            connection.execute(
                "CREATE OR REPLACE TABLE codes AS SELECT CAST(concept_id AS VARCHAR) AS code, "
                f"any_value(concept_name) AS name FROM {read} GROUP BY 1"
            )
        except duckdb.Error as problem:
            text = str(problem).splitlines()[0][:200]
            raise ScheduleError(
                f"this is no concept table with concept_id and concept_name, separated by tabs ({text})",
                file=str(concepts),
            ) from None
        key = "concept"
    else:
        connection.execute("CREATE OR REPLACE TABLE codes (code VARCHAR, name VARCHAR)")
        connection.executemany("INSERT INTO codes VALUES (?, ?)", rxnorm_names())
        key = "source_value"
    return (
        "SELECT given.* REPLACE (CASE WHEN product = '' AND codes.name IS NOT NULL THEN codes.name ELSE product END "
        f"AS product) FROM ({query}) AS given LEFT JOIN codes ON codes.code = given.{key}"
    )


def rxnorm_names() -> list[tuple[str, str]]:
    """Return the RxNorm codes of the catalog's products that are one product each, with a name that can be read."""
    from taper import catalog

    found: dict[str, set[str]] = {}
    for country in catalog.countries():
        for product in catalog.products(country):
            if product.code.startswith("RxCUI ") and product.code[6:].isdigit():
                found.setdefault(product.code[6:], set()).add(product.name)
    return sorted((code, min(names)) for code, names in found.items() if len(names) == 1)
