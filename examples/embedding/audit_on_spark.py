"""Audit a table of dispensings on Spark: ``spark-submit audit_on_spark.py TABLE OUT END_OF_DATA``.

TABLE is a folder of Parquet files with the columns of a pharmacy history or of OMOP's drug_exposure; OUT is a folder
that the driver and the workers share. What `taper.audit` says at its door is how to submit it to a cluster.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from pyspark.sql import SparkSession

from taper.audit import Conventions, audit_rows, collected, rows_of_table, write_results

ROWS_A_TASK = 200_000


def main(table: str, out: str, end_of_data: str) -> None:
    """Read a table, audit it on the cluster, and write the shared tables on the driver."""
    session = SparkSession.builder.appName("taper audit").getOrCreate()
    conventions = Conventions(date.fromisoformat(end_of_data))
    frame = session.read.parquet(table)
    partitions = max(1, -(-frame.count() // ROWS_A_TASK))
    folder = Path(out.removeprefix("file://")).absolute()
    found = folder / "found"
    audit_rows(rows_of_table(frame), conventions, partitions).write.mode("overwrite").parquet(found.as_uri())
    work = collected(found, folder / "work")
    write_results(work, folder, conventions, [Path(table).name], person_level=False)
    session.stop()


if __name__ == "__main__":
    main(*sys.argv[1:4])
