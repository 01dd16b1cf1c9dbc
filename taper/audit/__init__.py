r"""Who in a whole practice is reduced too fast?

This room reads the histories of many persons and judges each by the rules, and the code, of ``taper check``. There are
two stages, the same in every engine: a prefilter in SQL, in integers, which may look at too many persons and never at
too few, and the checker for those whom it flags. Rules of medicine may not enter: they stay in `taper.checker`. Files
and processes are allowed here, as in `taper.cli`; the network is not. Names of persons are not needed, identifiers pass
through untouched, and every table that may be shared has its small cells redacted.

**One machine** is the default: ``taper audit FILE… --end-of-data DAY --out DIR``. Memory does not grow with the rows:
partitions of whole persons are written to disk and worked on one by one; a run that was cut off goes on where it was.

**A cluster** runs the same function over the same partitions (`taper.audit.spark`; extra ``spark``: PySpark 4 and
Java 17)::

    pip install 'taper-planner[audit,spark]'                     # on the driver and on every worker
    spark-submit --master yarn --num-executors 20 --executor-cores 4 --executor-memory 8g \
        --conf spark.sql.execution.arrow.pyspark.enabled=true \
        examples/embedding/audit_on_spark.py hdfs:///dispensings/ file:///mnt/audit 2025-12-31

- Each task holds one partition: about 200,000 rows, 300 MB of Python beside Spark. Set
  ``spark.executor.memoryOverhead`` to the cores times 1 GB, and ``spark.task.cpus`` to 1.
- The rows go in as Parquet folders (also those of a Delta table after ``VACUUM``, or read as Delta by the session).
- The packages may travel with the job: ``venv-pack -o taper.tar.gz`` and ``--archives taper.tar.gz#env`` with
  ``PYSPARK_PYTHON=./env/bin/python``.
- Nothing leaves the cluster: the answer is Parquet in a folder that the driver sees (here a mounted one), from which
  `taper.audit.write_results` makes the shared tables.

**What it costs**, on paper: with r rows, p persons of whom a share f is flagged, and c cores, the time is about
``(r * 4 µs + p * 50 µs + p * f * 1.4 ms) / c``, and one shuffle of r rows (about 60 bytes each). The parts were
measured on one core (``python -m tests.bench.audit``); that they add up far beyond what was measured is an assumption.
10⁹ rows of 50 M persons, a tenth of them flagged, are then 13,500 s of CPU, 60 GB of shuffle, and some 5,000
partitions: three minutes and the start of the tasks on 80 cores. What breaks the sum is skew: a person with more than
20,000 rows is set aside, and said to be. Only f is a matter of the data: whoever is reduced, stopped or switched, or
has a row that is not plain, is read and checked one by one. Spark itself took 26 s of CPU more than the engine of one
machine, to start and to plan, for the same Parquet of 122,000 rows and of 488,000: what it takes for each row was too
little to be seen at these sizes. Below some tens of millions of rows one machine is the cheaper one.
"""

from taper.audit.auditing import Audit, audit, write_results
from taper.audit.conventions import Conventions
from taper.audit.ingest import Given
from taper.audit.local import Settings
from taper.audit.spark import audit_rows, collected, rows_of_table

__all__ = [
    "Audit",
    "Conventions",
    "Given",
    "Settings",
    "audit",
    "audit_rows",
    "collected",
    "rows_of_table",
    "write_results",
]
