"""Compiling, in the browser's own Python, the modules that the page loads: it need not do so whenever it starts.

Run by `scripts/compile.mjs` while the folder is built. Modules that the page loads seldom, or never, stay as text,
which takes less room.
"""

from __future__ import annotations

import io
import json
import marshal
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from importlib.abc import FileLoader
from importlib.util import MAGIC_NUMBER, source_hash
from zipimport import zipimporter

from taper.web.desk.browser.bridge import first_page, respond
from taper.web.desk.words import VIEWS

DAY = "2026-01-05"
"""Any day: no module depends on it."""
PACKAGES, STANDARD = "packages.zip", "python_stdlib.zip"
_UNCHECKED = b"\x01\0\0\0"  # a hash of the source follows, and nobody compares it: the source is not there


def compiled(home: str) -> bytes:
    """Return the compiled modules as an archive, a folder for each archive that their sources are in.

    Args:
        home: The folder into which the packages were unpacked.
    """
    use()
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for path, name in sorted(_loaded(home)):
            archive.writestr(zipfile.ZipInfo(f"{path}c", (1980, 1, 1, 0, 0, 0)), compiled_module(name, path))
    return into.getvalue()


def use() -> None:
    """Do what a page does first: come, show the plan of an example, and each view of it."""
    first_page(date.fromisoformat(DAY))
    for view, _ in VIEWS:
        respond("", json.dumps([["do", "example:diazepam"], ["view", view]]), DAY)


def compiled_module(name: str, path: str) -> bytes:
    """Return a module as Python keeps it once it is compiled.

    Args:
        name: Its name.
        path: Archive, and path in it, which a traceback names.
    """
    spec = sys.modules[name].__spec__
    assert spec is not None
    assert isinstance(spec.loader, FileLoader | zipimporter)
    assert spec.origin is not None
    source = spec.loader.get_data(spec.origin)
    code = compile(source, path.partition("/")[2], "exec", dont_inherit=True, optimize=0)
    return MAGIC_NUMBER + _UNCHECKED + source_hash(source) + marshal.dumps(code)


def _loaded(home: str) -> Iterator[tuple[str, str]]:
    """Yield where the source of each module that was loaded is, and its name."""
    standard = next(place for place in sys.path if place.endswith(".zip"))
    for name, module in list(sys.modules.items()):
        spec = getattr(module, "__spec__", None)
        origin = (getattr(spec, "origin", None) or "") if getattr(spec, "name", "") == name else ""
        for place, archive in ((home, PACKAGES), (standard, STANDARD)):
            if origin.startswith(f"{place}/") and origin.endswith(".py"):
                yield f"{archive}/{origin.removeprefix(f'{place}/')}", name
