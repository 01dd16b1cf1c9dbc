"""The engine of one machine: partitions, several at a time, each kept when it is done.

Everything that is not finished lies in the folder ``taper-audit-unfinished`` of the output. A run that was cut off, in
whatever way, is taken up again by the same command: partitions that are done are kept, none is counted twice. The files
of an earlier audit stay as they were until all new ones are there.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import multiprocessing
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from taper.audit.conventions import Conventions
from taper.audit.engine import audited
from taper.audit.ingest import SHIFTS, Given, parted, partitions_for
from taper.audit.sources import SCHEMA, connect, quoted
from taper.audit.tables import COLUMNS
from taper.errors import OrderError, ScheduleError
from taper.values import dataclass

UNFINISHED = "taper-audit-unfinished"
_LEAST_READING, _LEAST_CHECKING, _OF_PYTHON = 400, 200, 400
"""MB that the database needs at least to read all sources or to check a partition; MB that Python takes beside it."""
_MOST_PROCESSES = 61
"""The most that Windows can wait for."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Settings:
    """How an audit is run; none of it changes its result.

    Attributes:
        processes: How many partitions are worked on at a time.
        memory: Memory of all of them together, in MB. However little is given, reading takes up to 400 MB, and each
            process up to 600 MB.
        partitions: Into how many partitions the persons are parted; by the size of the sources if not given.

    Raises:
        OrderError: A number is not positive.
    """

    processes: int = 2
    memory: int = 2000
    partitions: int | None = None

    def __post_init__(self) -> None:
        for name in ("processes", "memory", "partitions"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise OrderError(f"{value} is not a positive number; write another number, or leave it out", field=name)


class Work(NamedTuple):
    """The unfinished work of an audit.

    Attributes:
        folder: Where it lies.
        parts: How many partitions there are.
        broken: What of the sources is no row: source, place, count and reason.
    """

    folder: Path
    parts: int
    broken: tuple[tuple[str, str, int, str], ...]

    @property
    def results(self) -> Path:
        """Where what is found lies, partition by partition."""
        return self.folder / "results"


def work_out(
    given: Given,
    out: Path,
    conventions: Conventions,
    settings: Settings,
    progress: Progress = lambda _doing, _done, _of: None,
) -> Work:
    """Audit sources partition by partition; what is found is left in the folder of unfinished work.

    Args:
        given: The sources.
        out: Folder of the output.
        conventions: The conventions.
        settings: How it is run.
        progress: Told what is done, and how much of it.

    Raises:
        ScheduleError: A source cannot be read.
        OrderError: The output cannot be written.
    """
    folder = out / UNFINISHED
    parts = settings.partitions or partitions_for(given.files)
    with _plain_errors(out):
        broken = _rows(given, folder, _identity(given, conventions, parts), settings, parts, progress)
        done = [number for number in range(parts) if (folder / "results" / f"part-{number:05}").is_dir()]
        left = [number for number in range(parts) if number not in set(done)]
        progress("checking", len(done), parts)
        _check(folder, left, conventions, settings, lambda count: progress("checking", len(done) + count, parts))
    return Work(folder, parts, tuple(broken))


@contextlib.contextmanager
def alone(out: Path) -> Iterator[None]:
    """Hold the right to write into a folder of output; the system gives it back however the process ends.

    Raises:
        OrderError: The folder cannot be written, or another run writes there.
    """
    folder = out / UNFINISHED
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as problem:
        raise OrderError(f"cannot be written ({problem.strerror}); name another folder", file=str(out)) from None
    try:
        if not _lock(handle):
            raise OrderError("another audit is writing here; wait until it ends", file=str(out))
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    """Lock a file, and say whether that could be done."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def _plain_errors(out: Path) -> Iterator[None]:
    """Turn what the disk and the database say into one clear error."""
    import duckdb

    try:
        yield
    except OSError as problem:
        raise OrderError(
            f"cannot be written ({problem.strerror or problem}); what is done is kept", file=str(out)
        ) from None
    except duckdb.Error as problem:
        text = str(problem).splitlines()[0][:200]
        raise OrderError(f"cannot be worked on ({text}); what is done is kept", file=str(out)) from None


def _identity(given: Given, conventions: Conventions, parts: int) -> str:
    """Return a text that is the same only for the same audit of the same files."""
    import duckdb

    from taper import __version__

    looked_at = [
        (str(part.resolve()), status.st_size, status.st_mtime_ns)
        for file in (*given.files, *([given.concepts] if given.concepts is not None else []))
        for part in (sorted(file.rglob("*")) if file.is_dir() else [file])
        if part.exists()
        for status in [part.stat()]
    ]
    whole = [__version__, duckdb.__version__, looked_at, asdict(conventions), parts, given.table, SCHEMA]
    return hashlib.sha256(json.dumps(whole, default=str).encode()).hexdigest()


def _rows(
    given: Given, folder: Path, identity: str, settings: Settings, parts: int, progress: Progress
) -> list[tuple[str, str, int, str]]:
    """Part the rows of the sources, unless a run before has done so for the same audit."""
    plan = folder / "plan.json"
    with contextlib.suppress(OSError, ValueError):
        kept = json.loads(plan.read_bytes())
        if kept.get("identity") == identity:
            return [tuple(entry) for entry in kept["broken"]]
    for name in ("rows", "results", "spill", "new"):
        shutil.rmtree(folder / name, ignore_errors=True)
    plan.unlink(missing_ok=True)
    progress("reading", 0, 1)
    with connect(settings.processes, f"{max(settings.memory // 4, _LEAST_READING)}MB", folder / "spill") as connection:
        broken = parted(connection, given, folder / "rows", parts)
    _write(plan, json.dumps({"identity": identity, "broken": broken}).encode())
    progress("reading", 1, 1)
    return broken


def _check(
    folder: Path, left: Sequence[int], conventions: Conventions, settings: Settings, told: Callable[[int], None]
) -> None:
    memory = f"{max(settings.memory // settings.processes - _OF_PYTHON, _LEAST_CHECKING)}MB"
    if settings.processes == 1 or len(left) < 2:
        for count, number in enumerate(left, 1):
            check_part(folder, number, conventions, memory)
            told(count)
        return
    # a fork would copy the threads of the database half alive
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        min(settings.processes, len(left), _MOST_PROCESSES), mp_context=context, initializer=_deaf
    ) as pool:
        tasks = [pool.submit(check_part, str(folder), number, conventions, memory) for number in left]
        try:
            for count, task in enumerate(as_completed(tasks), 1):
                task.result()
                told(count)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _deaf() -> None:
    """Leave Ctrl-C to the process that waits: a partition that is begun is finished, and kept."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def check_part(folder: Path | str, number: int, conventions: Conventions, memory: str) -> None:
    """Audit one partition and keep what is found; it is there whole, or not at all."""
    import pyarrow.parquet as pq

    folder = Path(folder)
    results = folder / "results"
    results.mkdir(exist_ok=True)
    target, unfinished = results / f"part-{number:05}", results / f"unfinished-{number:05}"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    with _seldom_collected():
        found = audited(rows_of_part(folder, number), conventions, memory=memory, spill=folder / "spill" / str(number))
    for name, table in found.items():
        pq.write_table(table, unfinished / f"{name}.parquet", compression="zstd")
    os.replace(unfinished, target)


@contextlib.contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for cycles less often: next to nothing that a checker makes is part of one, and looking takes an eighth."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def rows_of_part(folder: Path, number: int) -> str:
    """Return the SQL that gives the rows of a partition, from every source."""
    parts = [_of_source(place, number) for place in sorted((folder / "rows").glob("from-*")) if place.is_dir()]
    found = [part for part in parts if part]
    if found:
        return " UNION ALL ".join(found)
    empty = ", ".join(f'CAST(NULL AS {"BIGINT" if name == "number" else "VARCHAR"}) AS "{name}"' for name in SCHEMA)
    return f"SELECT {empty} WHERE false"


def _of_source(place: Path, number: int) -> str:
    """Return the SQL that gives the rows of one source, each with its line; empty if it has none in this partition."""
    files = sorted(place.glob(f"part={number}/*.parquet"))
    if not files:
        return ""
    import pyarrow.parquet as pq

    there = set(pq.read_schema(files[0]).names)
    columns = ", ".join(f'"{name}"' if name in there else f"'' AS \"{name}\"" for name in SCHEMA)
    read = f"SELECT {columns} FROM read_parquet([{', '.join(map(quoted, files))}], hive_partitioning=false)"
    shifts = place.with_name(f"{place.name}{SHIFTS}")
    if not shifts.exists():
        return read
    named = [f'given."{name}"' for name in SCHEMA]
    named[SCHEMA.index("number")] = "given.number + coalesce(shifts.shift, 0) AS number"
    return (
        f"SELECT {', '.join(named)} FROM ({read}) AS given "
        f"ASOF LEFT JOIN read_parquet({quoted(shifts)}) AS shifts ON given.number >= shifts.since"
    )


def _write(path: Path, content: bytes) -> None:
    temporary = path.with_suffix(".part")
    temporary.write_bytes(content)
    os.replace(temporary, path)


def result_views(connection: Any, results: Path) -> None:
    """Make the tables of all partitions known to a database, by their names.

    Raises:
        ScheduleError: There are none.
    """
    if not any(results.glob("part-*/persons.parquet")):
        raise ScheduleError("nothing was read; check the sources")
    for name in COLUMNS:
        connection.execute(
            f"CREATE VIEW {name} AS SELECT * FROM read_parquet({quoted(results / f'part-*/{name}.parquet')})"
        )
