"""The columns of what an audit gives, one schema for every engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from taper.audit.conventions import GAPS

_TEXT, _COUNT, _DAY, _FLAG = pa.string(), pa.int64(), pa.date32(), pa.bool_()
PERSONS = pa.schema(
    [
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
    ]
)
FINDINGS = pa.schema(
    [
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
    ]
)
UNREAD = pa.schema([("person", _TEXT), ("place", _TEXT), ("reason", _TEXT), ("message", _TEXT), ("quote", _TEXT)])
COVERAGE = pa.schema([("drug", _TEXT), ("reason", _TEXT), ("rows", _COUNT)])
SCHEMAS: dict[str, pa.Schema] = {"persons": PERSONS, "findings": FINDINGS, "unread": UNREAD, "coverage": COVERAGE}
Parts = dict[str, pa.Table]


def as_table(records: Iterable[Mapping[str, Any]], name: str) -> pa.Table:
    """Return records as a table; a column that a record lacks is empty there."""
    schema = SCHEMAS[name]
    rows = list(records)
    return pa.table(
        {field.name: pa.array([row.get(field.name) for row in rows], field.type) for field in schema}, schema
    )


def flat_schema() -> pa.Schema:
    """Return one schema for all tables, whose first column names the table: what a row of Spark's answer is."""
    fields: dict[str, pa.Field] = {}
    for name, schema in SCHEMAS.items():
        for field in schema:
            fields[f"{name}_{field.name}"] = pa.field(f"{name}_{field.name}", field.type)
    return pa.schema([pa.field("kind", _TEXT), *fields.values()])


def flattened(parts: Parts) -> pa.Table:
    """Return all tables as one, by `flat_schema`."""
    schema = flat_schema()
    pieces = []
    for name, table in parts.items():
        own = {f"{name}_{column}": table.column(column) for column in table.column_names}
        columns = [
            pa.array([name] * table.num_rows, _TEXT)
            if field.name == "kind"
            else own.get(field.name, pa.nulls(table.num_rows, field.type))
            for field in schema
        ]
        pieces.append(pa.table(columns, schema=schema))
    return pa.concat_tables(pieces)


def unflattened(flat: pa.Table) -> Parts:
    """Return the tables that `flattened` put together."""
    import pyarrow.compute as pc

    found: Parts = {}
    for name, schema in SCHEMAS.items():
        own = flat.filter(pc.equal(flat.column("kind"), name))
        found[name] = pa.table({f.name: own.column(f"{name}_{f.name}").cast(f.type) for f in schema}, schema=schema)
    return found
