"""An audit from sources to files: partitions, shared tables, the page, and what is asked for about persons."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from taper.audit.conventions import Conventions
from taper.audit.ingest import Given
from taper.audit.local import UNFINISHED, Progress, Settings, Work, alone, result_views, work_out
from taper.audit.page import page
from taper.audit.shared import Shared, as_csv, shared_tables
from taper.audit.sources import connect, quoted
from taper.errors import OrderError

if TYPE_CHECKING:
    import duckdb

MOST_GRAVEST = 50
PERSON_LEVEL = ("findings.parquet", "findings.csv", "persons.parquet", "unread.csv")


class Audit(NamedTuple):
    """The result of an audit.

    Attributes:
        tables: The shared tables.
        worst: The highest severity of any finding; empty if there is none.
        counts: How many persons there are of each highest severity; not for sharing.
        unread: How many persons could not be read at all.
        files: The files that were written, in the folder of the output.
    """

    tables: tuple[Shared, ...]
    worst: str
    counts: dict[str, int]
    unread: int
    files: tuple[str, ...]


def audit(
    sources: Given | Sequence[Path],
    out: Path,
    conventions: Conventions,
    settings: Settings,
    *,
    person_level: bool = False,
    progress: Progress = lambda _doing, _done, _of: None,
) -> Audit:
    """Audit the histories of a practice on this machine, and write what was found.

    A script that uses several processes calls it under ``if __name__ == "__main__"``.

    Args:
        sources: The files, or with the name of a table or OMOP's concepts `taper.audit.Given`.
        out: Folder of the output.
        conventions: The conventions.
        settings: How it is run.
        person_level: Whether files about persons are written too.
        progress: Told what is done, and how much of it.

    Raises:
        ScheduleError: A source cannot be read.
        OrderError: The output cannot be written.
        MissingExtraError: DuckDB or pyarrow is not installed.
    """
    with connect(1, "200MB", None):
        pass  # says at once if DuckDB is missing
    given = sources if isinstance(sources, Given) else Given(tuple(sources))
    with alone(out):
        work = work_out(given, out, conventions, settings, progress)
        names = [file.name for file in given.files]
        found = write_results(work, out, conventions, names, person_level=person_level)
        for name in ("rows", "results", "spill", "new"):
            shutil.rmtree(work.folder / name, ignore_errors=True)
        (work.folder / "plan.json").unlink(missing_ok=True)
    shutil.rmtree(work.folder, ignore_errors=True)
    return found


def write_results(
    work: Work, out: Path, conventions: Conventions, sources: Sequence[str], *, person_level: bool
) -> Audit:
    """Write the files of an audit from what was found partition by partition.

    All new files are written first, and then take the place of the old ones.
    """
    new = work.folder / "new"
    shutil.rmtree(new, ignore_errors=True)
    try:
        (new / "tables").mkdir(parents=True)
        with connect(1, "500MB", work.folder / "spill") as connection:
            result_views(connection, work.results)
            tables = shared_tables(connection, conventions, sum(count for _, _, count, _ in work.broken))
            if work.broken:
                tables.append(_broken(work, conventions))
            gravest = _gravest(connection) if person_level else []
            if person_level:
                _persons(connection, new, work)
            counts, unread = _counts(connection)
        (new / "summary.html").write_bytes(page(tables, conventions, sources, gravest).encode())
        (new / "tables" / "all.csv").write_bytes(as_csv(tables).encode())
        for table in tables:
            (new / "tables" / f"{table.name}.csv").write_bytes(as_csv([table]).encode())
        (new / "conventions.csv").write_bytes(_conventions(conventions).encode())
        files = _put(new, out, person_level=person_level)
    except OSError as problem:
        raise OrderError(
            f"cannot be written ({problem.strerror or problem}); what is done is kept", file=str(out)
        ) from None
    worst = next((severity for severity in ("alert", "warning", "note") if counts.get(severity)), "")
    return Audit(tuple(tables), worst, counts, unread, files)


def _counts(connection: duckdb.DuckDBPyConnection) -> tuple[dict[str, int], int]:
    counts = dict(connection.execute("SELECT worst, count(*) FROM persons WHERE worst <> '' GROUP BY 1").fetchall())
    (unread,) = connection.execute("SELECT count(*) FROM persons WHERE status = 'not read'").fetchall()[0]
    return counts, int(unread)


def _broken(work: Work, conventions: Conventions) -> Shared:
    from taper.audit.small_cells import Rule, family

    counts: dict[str, int] = {}
    for _, _, count, reason in work.broken:
        counts[reason] = counts.get(reason, 0) + count
    shown = family(list(counts.values()), Rule(conventions.small_cells, conventions.round_to))
    rows = tuple(((reason,), (count,)) for reason, count in zip(counts, shown, strict=True))
    return Shared("broken", "Lines that are no rows", "listed with --person-level", ("reason",), ("lines",), rows)


def _gravest(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, ...]]:
    rows = connection.execute(
        "SELECT person, min(drug), max(severity), string_agg(message, ' ' ORDER BY \"on\", code, message) "
        "FROM findings WHERE severity = 'alert' AND code LIKE 'T1%' GROUP BY person ORDER BY count(*) DESC, person "
        f"LIMIT {MOST_GRAVEST}"
    ).fetchall()
    return [tuple(map(str, row)) for row in rows]


def _persons(connection: duckdb.DuckDBPyConnection, new: Path, work: Work) -> None:
    """Write what is known of each person."""
    findings = 'SELECT * FROM findings ORDER BY person, code, "on", "until", message, "rows"'
    connection.execute(f"COPY ({findings}) TO {quoted(new / 'findings.parquet')} (FORMAT parquet, COMPRESSION zstd)")
    disarmed = ", ".join(
        f"CASE WHEN \"{name}\"[1] IN ('=', '+', '-', '@') THEN '''' || \"{name}\" ELSE \"{name}\" END AS \"{name}\""
        for name in ("person", "message", "rows")
    )
    connection.execute(
        f"COPY (SELECT * REPLACE ({disarmed}) FROM ({findings})) TO {quoted(new / 'findings.csv')} (FORMAT csv, HEADER)"
    )
    everybody = quoted(new / "persons.parquet")
    connection.execute(
        f"COPY (SELECT * FROM persons ORDER BY person) TO {everybody} (FORMAT parquet, COMPRESSION zstd)"
    )
    connection.execute("CREATE TABLE broken (source VARCHAR, place VARCHAR, count BIGINT, reason VARCHAR)")
    if work.broken:
        connection.executemany("INSERT INTO broken VALUES (?, ?, ?, ?)", [list(entry) for entry in work.broken])
    connection.execute(
        "COPY (SELECT person, place, reason, message, quote FROM unread UNION ALL "
        "SELECT '', concat_ws(' of ', place, nullif(source, '')), reason, reason, '' FROM broken ORDER BY ALL) "
        f"TO {quoted(new / 'unread.csv')} (FORMAT csv, HEADER)"
    )


def _conventions(conventions: Conventions) -> str:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("convention", "value", "option"))
    writer.writerows(conventions.said())
    return out.getvalue()


def _put(new: Path, out: Path, *, person_level: bool) -> tuple[str, ...]:
    """Let the new files take the place of the old ones; those about persons go if they were not asked for again."""
    names = sorted(path.relative_to(new).as_posix() for path in new.rglob("*") if path.is_file())
    (out / "tables").mkdir(exist_ok=True)
    for name in names:
        os.replace(new / name, out / name)
    stale = {f"tables/{path.name}" for path in (out / "tables").glob("*.csv")} - set(names)
    for name in (*stale, *(() if person_level else PERSON_LEVEL)):
        (out / name).unlink(missing_ok=True)
    return tuple(names)


__all__ = ["UNFINISHED", "Audit", "audit", "write_results"]
