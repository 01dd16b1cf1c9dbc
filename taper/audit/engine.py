"""One set of whole persons: prefilter, then the checker for those whom it flags. Every engine runs exactly this."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taper import catalog
from taper.audit.conventions import MOST_ROWS, Conventions
from taper.audit.person import (
    Judged,
    findings_of,
    judge,
    of_person,
    statuses_without_carry_over,
    unread_of,
)
from taper.audit.plain import Span, dose_of, of_plain
from taper.audit.prefilter import prefilter
from taper.audit.shareable import OTHER, reason_of
from taper.audit.sources import SCHEMA, connect
from taper.audit.tables import Parts, as_table

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_AT_ONCE = 5_000
_TEXT = tuple(name for name in SCHEMA if name != "number")
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


_KNOWN: dict[tuple[object, ...], dict[str, Any]] = {}
"""What the checker found for a signature, kept for the next partition of this process."""
_MOST_KNOWN = 100_000
_TEXTS = """
SELECT signature, min(p), any_value(meaning), any_value(refilled), any_value(gap), any_value(changed),
    any_value(unseen > 0),
    any_value((SELECT string_agg(concat_ws('\x1f', k, product, strength, quantity, days, sig), '\x1e' ORDER BY id)
    FROM meant WHERE list_contains(ids, meant.id)))
FROM signed GROUP BY signature ORDER BY signature"""
_SIGNED = """
CREATE OR REPLACE TABLE signed AS
SELECT *, dense_rank() OVER (ORDER BY signature, until, until_other, supply_days, n, spans) AS key
FROM (SELECT *, dense_rank() OVER (ORDER BY meaning, ids, refilled, gap, changed, unseen > 0) AS signature
    FROM plain JOIN spans USING (p))"""


def _joined(connection: duckdb.DuckDBPyConnection, kinds: pa.Table) -> pa.Table:
    """Give every person who needs no checker what was worked out for the history, whose key stands as the name."""
    connection.register("kinds", kinds)
    own = ("person", "practice", "prescriber", "sex", "age_band")
    columns = ", ".join(f'kinds."{name}"' for name in kinds.column_names if name not in own)
    last = (
        "(source, number)"
        if connection.execute("SELECT min(source) <> max(source) FROM rows").fetchall()[0][0]
        else "number"
    )
    strata = ", ".join(f"{name} := {name}" for name in own[1:])
    return (
        connection.sql(
            f"""WITH last AS (SELECT person, arg_max(struct_pack({strata}), {last}) AS strata FROM rows GROUP BY person)
        SELECT people.person, strata.practice, strata.prescriber, strata.sex, strata.age_band, {columns}
        FROM signed JOIN people USING (p) JOIN last USING (person)
        JOIN kinds ON kinds.person = CAST(signed.key AS VARCHAR)
        ORDER BY people.person"""
        )
        .to_arrow_table()
        .cast(kinds.schema)
    )


class _Found:
    """What is found, person by person."""

    def __init__(self, conventions: Conventions) -> None:
        self._conventions = conventions
        self._persons: list[dict[str, Any]] = []
        self._plain = as_table((), "persons")
        self._findings: list[dict[str, Any]] = []
        self._unread: list[dict[str, Any]] = []

    def of_plain(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Count the persons who need no checker, each kind of history once.

        Of each signature one person is checked, for what everybody has: persons with the same one have the same report,
        but for its dates.
        """
        connection.execute(_SIGNED)
        codes = self._of_signatures(connection)
        query = connection.execute(
            "SELECT key, any_value(signature) AS signature, any_value(n) AS n, any_value(meaning) AS meaning, "
            "any_value(drug) AS drug, any_value(until) AS until, any_value(until_other) AS until_other, "
            "any_value(supply_days) AS supply_days, any_value(spans) AS spans FROM signed GROUP BY key ORDER BY key"
        )
        names = [column[0] for column in query.description]
        found: list[dict[str, Any]] = []
        while batch := query.fetchmany(_AT_ONCE):
            for values in batch:
                record = dict(zip(names, values, strict=True))
                drug, tables = record["drug"], self._conventions.tables
                spans = [
                    Span(start, end, dose_of(drug, tuple(map(tuple, amounts)), tables))
                    for start, end, amounts in record["spans"]
                ]
                found.append(of_plain(record, spans, codes[record["signature"]], self._conventions))
        self._plain = _joined(connection, as_table(found, "persons"))

    def _of_signatures(self, connection: duckdb.DuckDBPyConnection) -> dict[int, dict[str, Any]]:
        """Check one person of each signature, unless a partition before had the same one."""
        if len(_KNOWN) > _MOST_KNOWN:
            _KNOWN.clear()
        signed = connection.execute(_TEXTS).fetchall()
        keys = {signature: (self._conventions, *texts) for signature, _, *texts in signed}
        new = [(p,) for signature, p, *_ in signed if keys[signature] not in _KNOWN]
        connection.execute("CREATE OR REPLACE TABLE chosen (p INTEGER)")
        if new:
            connection.executemany("INSERT INTO chosen VALUES (?)", new)
        by_p = {p: keys[signature] for signature, p, *_ in signed}
        numbers = dict(connection.execute("SELECT person, p FROM people JOIN chosen USING (p)").fetchall())
        for person, rows in _people(connection, "chosen"):
            whole = of_person(person, rows, judge(rows, self._conventions), self._conventions)
            _KNOWN[by_p[numbers[person]]] = {name: whole.get(name) for name in _OF_REPORT}
        return {signature: _KNOWN[key] for signature, key in keys.items()}

    def of_flagged(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read and check the others."""
        connection.execute("CREATE OR REPLACE TABLE flagged AS SELECT p FROM people ANTI JOIN plain USING (p)")
        crowds = connection.execute(
            f"SELECT person, n FROM (SELECT p, count(*) AS n FROM fills GROUP BY p HAVING n > {MOST_ROWS}) "
            "JOIN people USING (p) ORDER BY person"
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
            f"DELETE FROM flagged WHERE p IN (SELECT p FROM fills GROUP BY p HAVING count(*) > {MOST_ROWS})"
        )
        for person, rows in _people(connection, "flagged"):
            judged = judge(rows, self._conventions)
            whole = of_person(person, rows, judged, self._conventions)
            self._persons.append(whole | statuses_without_carry_over(rows, judged, self._conventions))
            self._findings += findings_of(person, judged)
            self._unread += _unread(person, rows, judged)

    def parts(self, connection: duckdb.DuckDBPyConnection) -> Parts:
        """Return the tables, each in an order of its own that no engine changes."""
        import pyarrow as pa

        coverage = connection.execute(
            "SELECT coalesce(nullif(m.drug, ''), 'not clear') AS drug, "
            "CASE WHEN m.id IS NULL THEN 'FHIR, read one by one' "
            "WHEN f.d IS NULL THEN 'The date is not written as year-month-day' ELSE m.reason END AS reason, "
            "count(*) AS rows FROM fills f LEFT JOIN meant m ON f.id = m.id GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        named = {*catalog.drugs(), "not clear"}
        return {
            "persons": pa.concat_tables([self._plain, as_table(self._persons, "persons")]).sort_by("person"),
            "findings": as_table(sorted(self._findings, key=lambda row: row["person"]), "findings"),
            "unread": as_table(sorted(self._unread, key=lambda row: row["person"]), "unread"),
            "coverage": as_table(
                (
                    {"drug": drug if drug in named else OTHER, "reason": reason_of(reason), "rows": rows}
                    for drug, reason, rows in coverage
                ),
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
    chosen = f"FROM rows JOIN people USING (person) SEMI JOIN {table} USING (p)"
    lengths = ", ".join(f'max(length("{name}"))' for name in _TEXT)
    longest = cursor.execute(f"SELECT {lengths} {chosen}").fetchall()[0]
    named = [f'"{name}"' for name, length in zip(_TEXT, longest, strict=True) if length]  # most columns are empty
    query = cursor.execute(f"SELECT {', '.join(('number', *named))} {chosen} ORDER BY p, source, number")
    names, empty = [column[0] for column in query.description], dict.fromkeys(SCHEMA, "")

    def records() -> Iterator[dict[str, Any]]:
        while batch := query.fetchmany(_AT_ONCE):
            for values in batch:
                yield empty | dict(zip(names, values, strict=True))

    for person, rows in groupby(records(), key=itemgetter("person")):
        yield person, list(rows)
