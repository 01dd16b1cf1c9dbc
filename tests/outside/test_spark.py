"""The audit on a real Spark on this machine gives what the engine of one machine gives, row by row."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from taper.audit.conventions import Conventions
from tests.support.synthetic import END_OF_DATA, HEAD, practice

ROOT = Path(__file__).parents[2]
CONVENTIONS = Conventions(END_OF_DATA)


def missing(what: str) -> None:
    """Skip with a reason; where nothing may be skipped, fail with it."""
    reason = f"{what} is missing: install Java 17 and pip install 'taper-planner[spark]'"
    if os.environ.get("TAPER_NO_SKIP") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        missing("Java")
    try:
        import duckdb  # noqa: F401
        import pyarrow  # noqa: F401
        from pyspark.sql import SparkSession
    except ImportError as problem:
        missing(problem.name or "pyspark")
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "PYTHONPATH": path}
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "3")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of Parquet files, as a table of a lake has them."""
    import duckdb

    place = tmp_path_factory.mktemp("lake")
    csv = place / "practice.csv"
    csv.write_text(HEAD + "".join(person.text() for person in practice(300, 3)), encoding="utf-8")
    (place / "table").mkdir()
    read = f"read_csv('{csv}', types={{'date': 'DATE', 'quantity': 'DECIMAL(9, 2)', 'days_supply': 'INTEGER'}})"
    duckdb.sql(f"COPY (SELECT * FROM {read}) TO '{place}/table/one.parquet' (FORMAT parquet)")
    return place


@pytest.mark.filterwarnings("ignore")
def test_spark_says_what_one_machine_says_row_by_row(spark: Any, folder: Path, tmp_path: Path) -> None:
    from taper.audit import Settings, audit, write_results
    from taper.audit.spark import audit_rows, collected, rows_of_table

    frame = spark.read.parquet(str(folder / "table"))
    audit_rows(rows_of_table(frame), CONVENTIONS, 3).write.parquet(str(tmp_path / "found"))
    there = tmp_path / "there"
    there.mkdir()
    work = collected(tmp_path / "found", tmp_path / "work")
    write_results(work, there, CONVENTIONS, ["table"], person_level=True)
    here = tmp_path / "here"
    audit([folder / "table"], here, CONVENTIONS, Settings(1, 700), person_level=True)
    assert {path.name for path in here.iterdir()} == {path.name for path in there.iterdir()}
    for path in (path for path in here.rglob("*") if path.is_file()):
        assert path.read_bytes() == (there / path.relative_to(here)).read_bytes(), path.name


@pytest.mark.filterwarnings("ignore")
def test_the_columns_of_a_lake_are_recognized(spark: Any) -> None:
    from taper.audit.spark import rows_of_table
    from taper.errors import ScheduleError

    with pytest.raises(ScheduleError, match="not the columns of a table"):
        rows_of_table(spark.createDataFrame([("a", 1)], ["name", "number"]))


@pytest.mark.filterwarnings("ignore")
def test_the_example_for_a_cluster_runs(spark: Any, folder: Path, tmp_path: Path) -> None:
    assert spark
    example = ROOT / "examples" / "embedding" / "audit_on_spark.py"
    done = subprocess.run(
        [sys.executable, str(example), str(folder / "table"), str(tmp_path / "out"), END_OF_DATA.isoformat()],
        capture_output=True,
        text=True,
        timeout=600,
        env=os.environ,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert (tmp_path / "out" / "summary.html").exists()
