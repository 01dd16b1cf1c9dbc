"""Many orders, one query: DuckDB reads the frames where they are."""

from pathlib import Path

import duckdb
import pyarrow as pa

import taper


def findings(orders: list[Path]) -> pa.Table:
    """Return what the checker finds in the plans of some orders, with the name of each."""
    tables = []
    for path in orders:
        found = taper.check(taper.plan(taper.read_order(path))).to_frame().to_arrow()
        tables.append(found.append_column("order", pa.array([path.stem] * len(found), pa.string())))
    return pa.concat_tables(tables)


if __name__ == "__main__":
    folder = Path(__file__).parent.parent
    found = findings([folder / f"{name}.toml" for name in ("diazepam", "clonazepam", "weekly")])
    query = """
        select "order", severity, count(*) as runs
        from found group by all order by all
    """
    for row in duckdb.connect().execute(query).fetchall():
        print(*row)
