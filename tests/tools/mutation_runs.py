"""Running tests against one mutant after another: pytest, imports and collection are paid for once.

Two servers are forked. The warm one has collected all tests of a group and serves changes inside functions: for each
mutant it forks again, puts the changed code into the functions that are loaded, and runs the tests that pass through
the changed lines, fastest first, until one fails. The cold one has imported what others wrote, and nothing of the
package: there a mutant is imported as if it stood in the file. It serves what runs at import, and looks once more at
what survived in the warm one, where a value may have been worked out before the change was put in.

POSIX only, because of fork. A test gets five times its own time, and some seconds, of the processor.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import gc
import importlib
import importlib.machinery
import importlib.util
import json
import os
import select
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, NamedTuple

if sys.platform != "win32":
    import resource

EXAMPLES = 20
"""Most examples that Hypothesis takes of one test: always the same ones, the first of those that a usual run takes."""
_SPARE_MEMORY = 3 * 1024**3
_SPARE_SECONDS = 5
_OPTIONS = (
    *("-p", "no:cacheprovider", "-p", "no:terminal", "--capture=sys", "-o", "addopts=--doctest-modules"),
    "--assert=plain",  # else pytest itself loads a module whose doctests it runs, and not the mutant
)


class Known(NamedTuple):
    """A test as it is without any change: how long it takes, and the lines of the group that it runs."""

    seconds: float
    lines: frozenset[tuple[str, int]]


class Verdict(NamedTuple):
    """What became of a mutant: killed, survived or timeout, and by which test."""

    outcome: str
    by: str = ""


class Change(NamedTuple):
    """A file, its module and the text that it shall have."""

    file: str
    module: str
    text: str


def forked(deed: Callable[[Callable[[object], None]], None], patience: float) -> list[Any]:
    """Do something in a fork of this process and return what it said, and at last how it ended if it did not say so."""
    out, into = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads are idle pools of libraries
        child = os.fork()
    if not child:
        os.close(out)
        _deed(deed, into)
    os.close(into)
    said, in_time = _read(out, patience)
    if not in_time:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    ended = -os.waitstatus_to_exitcode(status)
    if not in_time or ended in (signal.SIGXCPU, signal.SIGVTALRM, signal.SIGKILL):
        return [*said, "timeout"]
    return said if ended == 0 else [*said, "died"]


def _deed(deed: Callable[[Callable[[object], None]], None], into: int) -> None:
    code = 1
    try:
        os.setsid()
        held = Path("/proc/self/statm")
        pages = int(held.read_text(encoding="utf-8").split()[0]) if held.exists() else 0
        most = pages * resource.getpagesize() + _SPARE_MEMORY
        with contextlib.suppress(ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            if not (os.environ.get("TAPER_MUTATION_SHOWS") and stream):
                os.dup2(nowhere, stream)

        def say(value: object) -> None:
            os.write(into, (json.dumps(value) + "\n").encode())

        deed(say)
        code = 0
    finally:
        os._exit(code)


def _read(out: int, patience: float) -> tuple[list[Any], bool]:
    end, parts = time.monotonic() + patience, list[bytes]()
    with open(out, "rb", buffering=0) as pipe:
        while True:
            ready, _, _ = select.select([pipe], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                break
            part = pipe.read(1 << 20)
            if not part:
                break
            parts.append(part)
    lines = b"".join(parts).split(b"\n")
    return [json.loads(line) for line in lines[:-1]], bool(ready)


class _Loop:
    """A pytest plugin that takes the place of the loop over all tests."""

    def __init__(self, deed: Callable[[list[Any]], None]) -> None:
        self._deed = deed
        self.reached = False

    def pytest_runtestloop(self, session: Any) -> bool:
        if not session.testsfailed:  # else something could not be collected
            self.reached = True
            for item in session.items:
                _shortened(item)
            self._deed(session.items)
        return True


def _shortened(item: Any) -> None:
    """Let Hypothesis take few examples, and look for no smaller one: a failure is enough."""
    from hypothesis import Phase, settings

    test = getattr(item, "obj", None)
    own = getattr(test, "_hypothesis_internal_use_settings", None)
    if own is not None:
        test = getattr(test, "__func__", test)
        fewer = settings(own, phases=[Phase.explicit, Phase.generate], max_examples=min(own.max_examples, EXAMPLES))
        test._hypothesis_internal_use_settings = fewer


def collected(paths: Sequence[str], deed: Callable[[list[Any]], None]) -> bool:
    """Collect tests and hand them on; say whether they could be collected."""
    import pytest

    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    loop = _Loop(deed)
    with contextlib.suppress(SystemExit):
        pytest.main([*_OPTIONS, *paths], plugins=[loop])
    return loop.reached


def run(items: Sequence[Any], known: dict[str, Known] | None, each: Callable[[Any, list[Any], float], bool]) -> None:
    """Run tests one by one until `each`, called with the reports and seconds of one, returns False."""
    from _pytest.runner import runtestprotocol

    for item, following in zip(items, [*items[1:], None], strict=True):
        if known is not None:
            most = _SPARE_SECONDS + 5 * known[item.nodeid].seconds
            signal.setitimer(signal.ITIMER_VIRTUAL, most)
        begin = time.perf_counter()
        reports = runtestprotocol(item, nextitem=following, log=False)
        if not each(item, reports, time.perf_counter() - begin):
            item.session._setupstate.teardown_exact(None)
            return


def until_failure(items: Sequence[Any], known: dict[str, Known], say: Callable[[object], None]) -> None:
    """Run tests until one fails, and say which one."""
    ordered = sorted(items, key=lambda item: known[item.nodeid].seconds)
    failed = list[str]()

    def each(item: Any, reports: list[Any], _: float) -> bool:
        failed.extend(item.nodeid for report in reports if report.failed)
        return not failed

    signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
    say("running")
    run(ordered, known, each)
    say(failed[0] if failed else "survived")


def learned(items: Sequence[Any], files: dict[str, str], say: Callable[[object], None]) -> None:
    """Run each test on its own terms, and say how long it takes and which lines of the files it runs.

    Args:
        items: The tests.
        files: The names of the files by their whole paths.
        say: Where to say it.
    """
    lines = set[tuple[str, int]]()

    def trace(frame: FrameType, _: str, __: object) -> Any:
        file = files.get(frame.f_code.co_filename)
        if file is None:
            return None
        lines.add((file, frame.f_lineno))
        return trace

    remembered = _remembering(("tests", "test_"))
    shared = dict[int, set[tuple[str, int]]]()

    class Fixtures:
        def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
            before = set(lines)
            yield
            shared[id(fixturedef)] = lines - before

    import pytest

    setattr(Fixtures, "pytest_fixture_setup", pytest.hookimpl(hookwrapper=True)(Fixtures.pytest_fixture_setup))  # noqa: B010

    def each(item: Any, reports: list[Any], seconds: float) -> bool:
        fixtures = getattr(item, "_fixtureinfo", None)
        for used in fixtures.name2fixturedefs.values() if fixtures else ():
            lines.update(*(shared.get(id(one), ()) for one in used))
        state = "failed" if any(report.failed for report in reports) else "passed"
        state = "skipped" if any(report.skipped for report in reports) else state
        why = next((str(report.longrepr) for report in reports if report.failed), "")
        say([item.nodeid, state, seconds, sorted(lines), why])
        lines.clear()
        for one in remembered:
            one.cache_clear()
        return True

    if items:
        items[0].config.pluginmanager.register(Fixtures())
    threading.settrace(trace)
    sys.settrace(trace)
    run(items, None, each)
    sys.settrace(None)


def _remembering(rooms: tuple[str, ...]) -> list[Any]:
    kind = type(functools.lru_cache(len))
    return [
        one
        for one in gc.get_objects()
        if isinstance(one, kind) and str(getattr(one, "__module__", "")).startswith(rooms)
    ]


class Warm:
    """What the warm server knows: the tests that are collected and the functions that are loaded."""

    def __init__(self, items: list[Any], modules: dict[str, str]) -> None:
        self.items = items
        for module in modules.values():
            importlib.import_module(module)
        paths = {str(Path(sys.modules[module].__file__ or "")) for module in modules.values()}
        self._loaded: dict[CodeType, list[FunctionType]] = {}
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and one.__code__.co_filename in paths:
                self._loaded.setdefault(one.__code__, []).append(one)
        self._remembered = _remembering(("tests", *modules.values()))
        gc.collect()
        gc.freeze()

    def put_in(self, change: Change) -> bool:
        """Put the changed code into the functions that are loaded; say whether that was possible."""
        path = str(Path(sys.modules[change.module].__file__ or ""))
        before = compile(Path(path).read_text(encoding="utf-8"), path, "exec", dont_inherit=True)
        after = compile(change.text, path, "exec", dont_inherit=True)
        pairs = _pairs(before, after)
        changed = [(old, new) for old, new in pairs or () if old != new and old in self._loaded]
        if not changed:
            return False
        for old, new in changed:
            for function in self._loaded[old]:
                try:
                    function.__code__ = new
                except ValueError:  # it closes over other variables now
                    return False
        for one in self._remembered:
            one.cache_clear()
        return True


def _pairs(before: CodeType, after: CodeType) -> list[tuple[CodeType, CodeType]] | None:
    """Return the codes inside two codes, each with its counterpart; None if they are not built alike."""
    inner, outer = ([one for one in code.co_consts if isinstance(one, CodeType)] for code in (before, after))
    if [one.co_name for one in inner] != [one.co_name for one in outer]:
        inner, outer = [], []
        if not before.co_flags & 0x2:  # a function may lose what is inside it, a module or a class may not
            return None
    pairs = [(before, after)]
    for old, new in zip(inner, outer, strict=True):
        below = _pairs(old, new)
        if below is None:
            return None
        pairs += below
    return pairs


class _Finder:
    """Finds one module with another text than its file has."""

    def __init__(self, change: Change, path: str) -> None:
        self._change, self._path = change, path

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        """Return the module's spec, or nothing for any other module."""
        if name != self._change.module:
            return None
        folder = [str(Path(self._path).parent)] if Path(self._path).name == "__init__.py" else None
        loader = _Loader(name, self._path, self._change.text)
        return importlib.util.spec_from_file_location(
            name, self._path, loader=loader, submodule_search_locations=folder
        )


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, text: str) -> None:
        super().__init__(name, path)
        self._text = text

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002
        return compile(self._text, self.path, "exec", dont_inherit=True)


def cold(
    change: Change, root: Path, tests: Sequence[str], known: dict[str, Known], say: Callable[[object], None]
) -> None:
    """Import a mutant as if it stood in the file, and run tests until one fails."""
    sys.meta_path.insert(0, _Finder(change, str(root / change.file)))  # type: ignore[arg-type]
    signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_VIRTUAL, 60)
    wanted = set(tests)
    paths = list(dict.fromkeys(name.partition("::")[0] for name in tests))
    loop = collected(paths, lambda items: until_failure([i for i in items if i.nodeid in wanted], known, say))
    if not loop:
        say("not collected")


def preload(modules: Sequence[str], changing: set[str], root: Path) -> None:
    """Import what the tests import, but nothing that leads to a module that is going to be changed."""
    known, needs = set(modules), dict[str, set[str]]()
    for name in modules:
        path = root / name.replace(".", "/")
        file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if file.exists():
            needs[name] = _imported(name, file, known)
    affected = {*changing, *(name for name, used in needs.items() if _ANY in used)}
    while more := {name for name, used in needs.items() if used & affected} - affected:
        affected |= more
    for name in modules:
        test = name.partition(".")[0] in ("conftest", "__main__", "mutmut") or name.rpartition(".")[2].startswith(
            "test_"
        )
        if not test and name not in affected and name not in sys.modules:
            with contextlib.suppress(Exception), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                importlib.import_module(name)
    loaded = changing & set(sys.modules)
    assert not loaded, loaded


_ANY = "any"
"""A name that the root of the package hands on may lead to each of its modules."""


def _imported(name: str, file: Path, known: set[str]) -> set[str]:
    """Return the modules that a file may import, and the packages that a module is in."""
    parents = name.split(".")
    found = {".".join(parents[:length]) for length in range(1, len(parents))}
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
            found |= {_ANY for alias in node.names if alias.name == "taper"}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            found |= {_ANY for alias in node.names if node.module == "taper" and f"taper.{alias.name}" not in known}
    return {".".join(one.split(".")[:length]) for one in found for length in range(1, one.count(".") + 2)} & {
        *known,
        _ANY,
    }
