"""Sources that DuckDB does not read by itself, copied into Parquet row by row: SQLite, and FHIR one resource a line."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taper.audit.sources import FHIR, chosen_table
from taper.errors import ScheduleError

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 50_000
_MEDICATION = "Medication"


def copied_from_sqlite(file: Path, table: str, work: Path) -> Path:
    """Copy a table of an SQLite file into Parquet, every cell as text.

    Raises:
        ScheduleError: It cannot be read, or it is not clear which table is meant.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    target = work / f"{file.name}.parquet"
    try:
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
            found = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
            chosen = chosen_table([str(name) for (name,) in found], table, file)
            cursor = connection.execute('SELECT * FROM "' + chosen.replace('"', '""') + '"')
            names = [column[0] for column in cursor.description]
            schema = pa.schema([(name, pa.string()) for name in names])
            with pq.ParquetWriter(target, schema) as writer:
                while rows := cursor.fetchmany(_BATCH):
                    columns = zip(*rows, strict=True)
                    cells = [[None if cell is None else str(cell) for cell in column] for column in columns]
                    writer.write_table(pa.table(cells, schema=schema))
    except sqlite3.Error as problem:
        raise ScheduleError(f"this database cannot be read ({problem}); check it", file=str(file)) from None
    finally:
        connection.close()
    return target


def copied_from_ndjson(file: Path, work: Path) -> Path:
    """Copy FHIR resources into Parquet, each with the person it is about and its place in the file.

    A Medication that a resource refers to goes with it. A line that is no resource is kept, to be counted as unread.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    target = work / f"{file.name}.parquet"
    schema = pa.schema([("person", pa.string()), ("kind", pa.string()), ("resource", pa.string())])
    medications = dict(_medications(file))
    with pq.ParquetWriter(target, schema) as writer:
        batch: list[tuple[str, str, str]] = []
        for entry in _resources(file, medications):
            batch.append(entry)
            if len(batch) == _BATCH:
                writer.write_table(_as_table(batch, schema))
                batch = []
        writer.write_table(_as_table(batch, schema))
    return target


def _as_table(batch: list[tuple[str, str, str]], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    return pa.table([list(column) for column in zip(*batch, strict=True)] or [[], [], []], schema=schema)


def _lines(file: Path) -> Iterator[tuple[str, dict[str, Any] | None]]:
    with file.open("rb") as stream:
        for raw in stream:
            text = raw.decode("utf-8", "replace").strip()
            if not text:
                continue
            try:
                value = json.loads(text)
            except (ValueError, RecursionError):
                value = None
            yield text, value if isinstance(value, dict) else None


def _medications(file: Path) -> Iterator[tuple[str, str]]:
    for text, value in _lines(file):
        if value is not None and value.get("resourceType") == _MEDICATION and isinstance(value.get("id"), str):
            yield f"{_MEDICATION}/{value['id']}", text


def _resources(file: Path, medications: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    counts: dict[str, int] = {}
    sent: set[tuple[str, str]] = set()
    for text, value in _lines(file):
        kind = value.get("resourceType") if value is not None else None
        if value is None or not isinstance(kind, str):
            yield "", FHIR, json.dumps({"place": "a line", "text": text[:200]})
            continue
        counts[kind] = counts.get(kind, 0) + 1
        if not kind.startswith(_MEDICATION) or kind == _MEDICATION:
            continue
        subject = value.get("subject") or value.get("patient")
        person = ""
        if isinstance(subject, dict):
            identifier = subject.get("identifier")
            written = subject.get("reference") or (identifier.get("value") if isinstance(identifier, dict) else "")
            person = written if isinstance(written, str) else ""
        named = value.get("medicationReference")
        reference = named.get("reference") if isinstance(named, dict) else None
        if isinstance(reference, str) and reference in medications and (person, reference) not in sent:
            sent.add((person, reference))
            yield person, FHIR, json.dumps({"place": "", "text": medications[reference]})
        yield person, FHIR, json.dumps({"place": f"{kind} {counts[kind]}", "text": text})
