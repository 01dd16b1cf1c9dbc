"""One set of whole persons: prefilter, then the checker for those whom it flags. Every engine runs exactly this."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taper.audit.conventions import MOST_ROWS, Conventions
from taper.audit.person import (
    Judged,
    findings_of,
    judge,
    of_person,
    reason_of,
    statuses_without_carry_over,
    unread_of,
)
from taper.audit.plain import Span, dose_of, of_plain
from taper.audit.prefilter import prefilter
from taper.audit.sources import SCHEMA, connect
from taper.audit.tables import Parts, as_table

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_AT_ONCE = 5_000
_OF_REPORT = ("codes", "worst", "pace_worst", "unread")


def audited(rows: pa.Table | str, conventions: Conventions, *, memory: str = "1GB", spill: Path | None = None) -> Parts:
    """Audit the rows of some persons, each of them whole.

    Args:
        rows: A table with the columns of `taper.audit.sources.SCHEMA`, or the SQL that gives them.
        conventions: The conventions.
        memory: Most memory of the database.
        spill: Folder to which it may spill.
    """
    with connect(1, memory, spill) as connection:
        if isinstance(rows, str):
            connection.execute(f"CREATE VIEW given AS {rows}")
        else:
            connection.register("given", rows)
        columns = ", ".join(f'"{name}"' for name in SCHEMA)
        connection.execute(f"CREATE TABLE rows AS SELECT {columns} FROM given")
        prefilter(connection, conventions)
        found = _Found(conventions)
        found.of_plain(connection)
        found.of_flagged(connection)
        return found.parts(connection)


class _Found:
    """What is found, person by person."""

    def __init__(self, conventions: Conventions) -> None:
        self._conventions = conventions
        self._persons: list[dict[str, Any]] = []
        self._findings: list[dict[str, Any]] = []
        self._unread: list[dict[str, Any]] = []

    def of_plain(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Count the persons who need no checker; one of each signature is checked, for what everybody has."""
        other = "until_own" if self._conventions.carry_over else "until_carry"
        connection.execute(
            "CREATE OR REPLACE TABLE signed AS SELECT *, dense_rank() OVER (ORDER BY meaning, ids, refilled, gap, changed, "
            "unseen > 0) AS signature FROM plain"
        )
        chosen = connection.execute(
            "SELECT signature, min(person) FROM signed GROUP BY signature ORDER BY signature"
        ).fetchall()
        by_person = {person: signature for signature, person in chosen}
        connection.execute(
            "CREATE OR REPLACE TABLE chosen AS SELECT min(person) AS person FROM signed GROUP BY signature"
        )
        codes: dict[int, dict[str, Any]] = {}
        for person, rows in _people(connection, "chosen"):
            judged = judge(rows, self._conventions)
            whole = of_person(person, rows, judged, self._conventions)
            codes[by_person[person]] = {name: whole.get(name) for name in _OF_REPORT}
        starts, supplied = "greatest(d, coalesce(e_carry_before, d)), e_carry", "length"
        if not self._conventions.carry_over:
            starts, supplied = (
                "d, least(e_own, coalesce(d_after, e_own))",
                "least(length, coalesce(d_after - d, length))",
            )
        query = connection.execute(
            f"""SELECT person, signature, n, meaning, drug, practice, prescriber, sex, age_band, until, {other} AS until_other, supply_days, spans
            FROM signed JOIN (
                SELECT person, min(drug) AS drug, CAST(sum({supplied} * fills) AS BIGINT) AS supply_days,
                    list(({starts}, amounts) ORDER BY d) AS spans
                FROM (SELECT *, lead(d) OVER (PARTITION BY person ORDER BY d) AS d_after FROM sequence)
                GROUP BY person) USING (person) ORDER BY person"""
        )
        names = [column[0] for column in query.description]
        while batch := query.fetchmany(_AT_ONCE):
            for values in batch:
                record = dict(zip(names, values, strict=True))
                drug, tables = record["drug"], self._conventions.tables
                spans = [
                    Span(start, end, dose_of(drug, tuple(map(tuple, amounts)), tables))
                    for start, end, amounts in record["spans"]
                ]
                self._persons.append(of_plain(record, spans, codes[record["signature"]], self._conventions))

    def of_flagged(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read and check the others."""
        connection.execute(
            "CREATE OR REPLACE TABLE flagged AS SELECT DISTINCT person FROM rows ANTI JOIN plain USING (person)"
        )
        crowds = connection.execute(
            f"SELECT person, count(*) FROM rows GROUP BY person HAVING count(*) > {MOST_ROWS} ORDER BY person"
        ).fetchall()
        for person, count in crowds:
            text = f"{count} rows are more than {MOST_ROWS:,} of one person; they are no person's history"
            self._persons.append(
                {"person": person, "rows": count, "checked": False, "error": text, "status": "not read"}
            )
            self._unread.append(
                {"person": person, "place": "", "reason": reason_of(text), "message": text, "quote": ""}
            )
        connection.execute(
            f"DELETE FROM flagged WHERE person IN (SELECT person FROM rows GROUP BY person HAVING count(*) > {MOST_ROWS})"
        )
        for person, rows in _people(connection, "flagged"):
            judged = judge(rows, self._conventions)
            whole = of_person(person, rows, judged, self._conventions)
            self._persons.append(whole | statuses_without_carry_over(rows, self._conventions))
            self._findings += findings_of(person, judged)
            self._unread += _unread(person, rows, judged)

    def parts(self, connection: duckdb.DuckDBPyConnection) -> Parts:
        """Return the tables, each in an order of its own that no engine changes."""
        coverage = connection.execute(
            "SELECT coalesce(nullif(m.drug, ''), 'not clear') AS drug, coalesce(m.reason, 'no date') AS reason, count(*) AS rows "
            "FROM fills f LEFT JOIN meant m ON f.id = m.id GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        return {
            "persons": as_table(sorted(self._persons, key=lambda row: row["person"]), "persons"),
            "findings": as_table(sorted(self._findings, key=lambda row: row["person"]), "findings"),
            "unread": as_table(sorted(self._unread, key=lambda row: row["person"]), "unread"),
            "coverage": as_table(
                ({"drug": drug, "reason": reason_of(reason), "rows": rows} for drug, reason, rows in coverage),
                "coverage",
            ),
        }


def _unread(person: str, rows: Sequence[dict[str, Any]], judged: Judged) -> Iterator[dict[str, Any]]:
    if judged.error:
        yield {
            "person": person,
            "place": "",
            "reason": reason_of(judged.error),
            "message": judged.error,
            "quote": f"{len(rows)} rows",
        }
    for remark in unread_of(judged):
        yield {
            "person": person,
            "place": remark.place,
            "reason": reason_of(remark.text),
            "message": remark.text,
            "quote": remark.quote,
        }


def _people(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the rows of each person of a table, in the order of their source."""
    cursor = connection.cursor()
    query = cursor.execute(f"SELECT rows.* FROM rows SEMI JOIN {table} USING (person) ORDER BY person, source, number")
    names = [column[0] for column in query.description]

    def records() -> Iterator[dict[str, Any]]:
        while batch := query.fetchmany(_AT_ONCE):
            for values in batch:
                yield dict(zip(names, values, strict=True))

    for person, rows in groupby(records(), key=lambda row: row["person"]):
        yield person, list(rows)
