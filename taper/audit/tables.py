"""The columns of what an audit gives, one schema for every engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from taper.audit.conventions import GAPS

if TYPE_CHECKING:
    import pyarrow as pa

_TEXT, _COUNT, _DAY, _FLAG = "string", "int64", "date32", "bool"
Columns = tuple[tuple[str, str], ...]
PERSONS: Columns = (
    ("person", _TEXT),
    ("practice", _TEXT),
    ("prescriber", _TEXT),
    ("sex", _TEXT),
    ("age_band", _TEXT),
    ("rows", _COUNT),
    ("checked", _FLAG),
    ("error", _TEXT),
    ("meaning", _TEXT),
    ("drugs", _TEXT),
    ("known_until", _DAY),
    ("first_day", _DAY),
    ("last_day", _DAY),
    ("covered", _COUNT),
    ("span", _COUNT),
    ("breaks", _COUNT),
    ("status", _TEXT),
    *((f"status_{gap}", _TEXT) for gap in GAPS),
    *((f"other_{gap}", _TEXT) for gap in GAPS),
    ("first_low", _TEXT),
    ("first_high", _TEXT),
    ("last_low", _TEXT),
    ("last_high", _TEXT),
    ("peak_high", _TEXT),
    ("last_band", _TEXT),
    ("fenton", _TEXT),
    ("monthly", _TEXT),
    ("largest_cut", _TEXT),
    ("cuts", _COUNT),
    ("first_cut", _DAY),
    ("by_days_supply", _TEXT),
    ("by_days_covered", _TEXT),
    ("by_window", _TEXT),
    ("highest_day", _TEXT),
    ("band_days_supply", _TEXT),
    ("band_days_covered", _TEXT),
    ("band_window", _TEXT),
    ("band_highest", _TEXT),
    ("unread", _COUNT),
    ("codes", _TEXT),
    ("worst", _TEXT),
    ("pace_worst", _TEXT),
)
FINDINGS: Columns = (
    ("person", _TEXT),
    ("drug", _TEXT),
    ("code", _TEXT),
    ("severity", _TEXT),
    ("on", _DAY),
    ("until", _DAY),
    ("measured", _TEXT),
    ("limit", _TEXT),
    ("message", _TEXT),
    ("source", _TEXT),
    ("rows", _TEXT),
)
UNREAD: Columns = (("person", _TEXT), ("place", _TEXT), ("reason", _TEXT), ("message", _TEXT), ("quote", _TEXT))
COVERAGE: Columns = (("drug", _TEXT), ("reason", _TEXT), ("rows", _COUNT))
COLUMNS: dict[str, Columns] = {"persons": PERSONS, "findings": FINDINGS, "unread": UNREAD, "coverage": COVERAGE}
"""The tables, with the names of their columns and of their types."""
Parts = dict[str, "pa.Table"]


@lru_cache(maxsize=8)
def schema_of(name: str) -> pa.Schema:
    """Return the schema of a table."""
    import pyarrow as pa

    return pa.schema([(column, pa.type_for_alias(kind)) for column, kind in COLUMNS[name]])


def as_table(records: Iterable[Mapping[str, Any]], name: str) -> pa.Table:
    """Return records as a table; a column that a record lacks is empty there."""
    import pyarrow as pa

    schema, rows = schema_of(name), list(records)
    columns = {field.name: pa.array([row.get(field.name) for row in rows], field.type) for field in schema}
    return pa.table(columns, schema)


@lru_cache(maxsize=1)
def flat_schema() -> pa.Schema:
    """Return one schema for all tables, whose first column names the table: what a row of Spark's answer is."""
    import pyarrow as pa

    fields = [pa.field(f"{name}_{field.name}", field.type) for name in COLUMNS for field in schema_of(name)]
    return pa.schema([pa.field("kind", pa.string()), *fields])


def flattened(parts: Parts) -> pa.Table:
    """Return all tables as one, by `flat_schema`."""
    import pyarrow as pa

    schema = flat_schema()
    pieces = []
    for name, table in parts.items():
        own = {f"{name}_{column}": table.column(column) for column in table.column_names}
        own["kind"] = pa.array([name] * table.num_rows, pa.string())
        columns = [own.get(field.name, pa.nulls(table.num_rows, field.type)) for field in schema]
        pieces.append(pa.table(columns, schema=schema))
    return pa.concat_tables(pieces)
