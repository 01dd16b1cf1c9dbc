"""What tests of the audit share: the rows of a table, as every engine gets them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from taper.audit.ingest import Given, parted
from taper.audit.local import rows_of_part
from taper.audit.sources import connect


def rows_of(text: str | bytes, name: str = "practice.csv") -> Any:
    """Return the rows of a table as an Arrow table."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        with connect(1, "500MB", None) as connection:
            parted(connection, Given((file,)), Path(folder) / "rows", 1)
            return connection.sql(rows_of_part(Path(folder), 0)).to_arrow_table()


def by_person(rows: Any) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each person, in their order."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(rows.to_pylist(), key=lambda row: (row["source"], row["number"])):
        found.setdefault(row["person"], []).append(row)
    return found
