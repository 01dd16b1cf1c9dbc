"""The engine of a cluster: the same function over the same kind of partitions, by Spark's `mapInArrow`.

Whole persons go into one partition by the hash of their name. A group function of Spark would call Python once a
person, which is slow; here it is called once a partition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taper.audit.conventions import Conventions
from taper.audit.engine import audited
from taper.audit.local import Work
from taper.audit.sources import SCHEMA, cells_of, connect, kind_of, plain_names, quoted
from taper.audit.tables import COLUMNS, flat_schema, flattened
from taper.errors import MissingExtraError, ScheduleError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["audit_rows", "collected", "rows_of_table"]


def audit_rows(rows: Any, conventions: Conventions, partitions: int) -> Any:
    """Audit rows on a cluster.

    Args:
        rows: A Spark data frame with the columns of `taper.audit.sources.SCHEMA`, for example from `rows_of_table`.
        conventions: The conventions.
        partitions: Into how many tasks the persons are parted: about one for each 200,000 rows.

    Returns:
        A data frame with one row for each row of any table (`taper.audit.tables.flat_schema`); nothing is done until it
        is written, for example with ``.write.parquet(folder)``.

    Raises:
        MissingExtraError: PySpark is not installed.
    """
    try:
        from pyspark.sql.pandas.types import from_arrow_schema
    except ImportError:
        raise MissingExtraError("pyspark", "spark", "taper audit on a cluster") from None
    work = partial(_of_partition, conventions=conventions)
    return rows.select(*SCHEMA).repartition(partitions, "person").mapInArrow(work, from_arrow_schema(flat_schema()))


def _of_partition(batches: Iterable[pa.RecordBatch], conventions: Conventions) -> Iterator[pa.RecordBatch]:
    """Audit one partition, in a Python process of Spark."""
    import pyarrow as arrow

    given = [batch for batch in batches if batch.num_rows]
    if given:
        yield from flattened(audited(arrow.Table.from_batches(given), conventions)).to_batches()


def rows_of_table(frame: Any) -> Any:
    """Return the rows of a table as an audit reads them: a pharmacy history, or OMOP's drug_exposure.

    The number of a row is that in its Parquet file. Give the frame as it was read, so that Spark knows the files.

    Args:
        frame: A Spark data frame, as ``spark.read.parquet(folder)`` gives it.

    Raises:
        ScheduleError: Its columns are not those of a table that can be read.
    """
    from pyspark.sql import functions as f

    types = dict(frame.dtypes)
    plain = plain_names(types)
    kind = kind_of(tuple(plain), "the data frame")

    def cell(name: str) -> Any:
        if name not in plain:
            return f.lit("")
        column = f.col(f"`{plain[name]}`")
        if types[plain[name]].startswith("timestamp"):
            column = column.cast("date")
        return f.coalesce(column.cast("string"), f.lit(""))

    files = frame.select("_metadata.file_path").distinct().limit(2).count()
    source = f.element_at(f.split(f.col("_metadata.file_path"), "/"), -1) if files > 1 else f.lit("")
    columns = {own: cell(name) for own, name in cells_of(kind, plain).items()}
    columns |= {
        "source": source,
        "number": f.col("_metadata.row_index") + 1,
        "kind": f.lit(kind),
        "resource": f.lit(""),
    }
    # what protects a cell from being run as a formula, and blanks around it, do not belong to a name
    columns["person"] = f.regexp_replace(f.trim(columns["person"]), r"^' *(?=[=+\-@＝＋－＠])", "")
    return frame.select(*(columns[name].alias(name) for name in SCHEMA))


def collected(folder: Path, work: Path) -> Work:
    """Take what a cluster wrote to a folder, for `taper.audit.write_results`.

    Args:
        folder: The folder with the Parquet files of `audit_rows`.
        work: Folder for the unfinished work of the output.

    Raises:
        ScheduleError: There is nothing in it.
    """
    if not any(folder.glob("*.parquet")):
        raise ScheduleError(
            "there are no Parquet files of an audit in it; name the folder that was written", file=str(folder)
        )
    target = work / "results" / "part-00000"
    target.mkdir(parents=True, exist_ok=True)
    with connect(1, "1GB", work / "spill") as connection:
        for name, fields in COLUMNS.items():
            columns = ", ".join(f'"{name}_{field}" AS "{field}"' for field, _ in fields)
            order = ", ".join(f'"{name}_{field}"' for field, _ in fields)
            connection.execute(
                f"COPY (SELECT {columns} FROM read_parquet({quoted(folder / '*.parquet')}) WHERE kind = {quoted(name)} "
                f"ORDER BY {order}) TO {quoted(target / f'{name}.parquet')} (FORMAT parquet)"
            )
    return Work(work, 1, ())
