"""The folder: the page, its scripts, Python and its packages as files for any web server, the same from the same."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from taper import __version__
from taper.errors import OrderError
from taper.web.desk.answering import HEADERS
from taper.web.desk.browser.bridge import POLICY, first_page, own_files
from taper.web.desk.browser.compiling import PACKAGES, STANDARD
from taper.web.desk.browser.sources import Sources
from taper.web.desk.page import rendered
from taper.web.desk.words import SAY

_SCRIPTS = Path(__file__).parent / "scripts"
_TAPER = Path(__file__).parents[3]
_UNUSED = ("cli", "paper/renderers/fonts", "web/desk/static", "web/desk/browser/scripts")
"""Parts of this package that do nothing in a browser."""
COMPILE = "compile.mjs"
ENGINE, PAGE = "engine.js", "page.txt"  # a page under this name is no page when a server hands it out
ENGINE_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
"""What the worker may do: run the scripts and the WebAssembly of the folder, and read the folder."""
_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "mjs": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/html; charset=utf-8",
    "wasm": "application/wasm",
    "zip": "application/zip",
}


def build(sources: Sources, today: date, compiled: bytes | None = None) -> dict[str, bytes]:
    """Return the files of the folder.

    Args:
        sources: What it is made of.
        today: Any day: the empty page bears none.
        compiled: Modules as `taper.web.desk.browser.compiling.compiled` gives them; without them the page starts later.
    """
    scripts = {name: (_SCRIPTS / name).read_bytes() for name in ("home.js", ENGINE)}
    kept = own_files() | scripts | dict(sources.runtime)
    kept |= {PAGE: first_page(today), PACKAGES: packed(sources)}
    if compiled is not None:
        kept |= {name: _with_compiled(kept[name], name, compiled) for name in (PACKAGES, STANDARD)}
    listed = {
        name: {
            "type": _TYPES[name.rpartition(".")[2]],
            "sha256": hashlib.sha256(content).hexdigest(),
            "size": len(content),
        }
        for name, content in sorted(kept.items())
    }
    boot = (_SCRIPTS / "boot.js").read_bytes()
    return kept | {
        "boot.js": boot,
        "contents.txt": contents(sources).encode(),
        "htmx-LICENSE.txt": (_TAPER / "web/desk/static/htmx-LICENSE.txt").read_bytes(),
        "index.html": _boot_page(sum(len(content) for content in kept.values())),
        "keeper.js": _keeper(listed),
    }


def packed(sources: Sources) -> bytes:
    """Return this package and those that it needs as one archive, to the byte the same from the same files."""
    files = own_package()
    for package in sources.packages:
        files |= {path: content for path, content in package.files.items() if path.split("/")[1:2] != ["tests"]}
    return _archive(files)


def to_compile(sources: Sources) -> dict[str, bytes]:
    """Return the files with which Node compiles the modules: Pyodide, the packages, and the script that it runs."""
    return {**sources.runtime, PACKAGES: packed(sources), COMPILE: (_SCRIPTS / COMPILE).read_bytes()}


def _with_compiled(archive: bytes, name: str, compiled: bytes) -> bytes:
    """Return an archive with compiled modules in place of their sources.

    Raises:
        OrderError: A module is none of the archive.
    """
    with zipfile.ZipFile(io.BytesIO(archive)) as given:
        files = {path: given.read(path) for path in given.namelist() if not path.endswith("/")}
    with zipfile.ZipFile(io.BytesIO(compiled)) as made:
        for path in made.namelist():
            of, _, inside = path.partition("/")
            if of == name:
                if files.pop(inside.removesuffix("c"), None) is None:
                    raise OrderError(f"{inside} was compiled and is none of {name}; build the folder again")
                files[inside] = made.read(path)
    return _archive(files)


def _archive(files: Mapping[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(entry, files[path], compresslevel=9)
    return into.getvalue()


def own_package() -> dict[str, bytes]:
    """Return the files of this package that the page uses."""
    found: dict[str, bytes] = {}
    for path in sorted(_TAPER.rglob("*")):
        inside = path.relative_to(_TAPER).as_posix()
        is_used = not any(inside == part or inside.startswith(f"{part}/") for part in _UNUSED)
        if path.is_file() and is_used and "__pycache__" not in path.parts:
            found[f"taper/{inside}"] = path.read_bytes()
    return found


def contents(sources: Sources) -> str:
    """Return what the folder is made of, for those who host it."""
    lines = [
        "This folder is the desk of taper: a page that plans and checks benzodiazepine tapers in the browser.",
        "Any web server can hand it out over https, or to its own machine: nothing is asked of it but these files.",
        "",
        f"taper-planner {__version__} (MIT)",
        f"pyodide {sources.version} (MPL-2.0; its source: https://github.com/pyodide/pyodide), with CPython (PSF-2.0)",
        "htmx (0BSD; htmx-LICENSE.txt)",
        *(f"{package.name} {package.version} ({package.license})" for package in sources.packages),
        "",
        "Modules that the page loads may be compiled, by Pyodide's own Python; their sources are in the files below.",
        "Licenses of the packages stand in packages.zip. It was built of these files (SHA-256):",
        *(f"{digest}  {name}" for name, digest in sources.sums.items()),
    ]
    return "\n".join(lines) + "\n"


def _keeper(listed: Mapping[str, Mapping[str, object]]) -> bytes:
    """Return the service worker, with the hash of every file that it may keep."""
    script = (_SCRIPTS / "keeper.js").read_text(encoding="utf-8")
    known = {
        "files": listed,
        "page": PAGE,
        "policy": POLICY,
        "engine": ENGINE,
        "enginePolicy": ENGINE_POLICY,
        "headers": HEADERS,
        "words": {"nobody": SAY["browser_nobody"], "nothing": "There is nothing here."},
    }
    digest = hashlib.sha256((script + json.dumps(known, sort_keys=True)).encode()).hexdigest()[:16]
    return script.replace("/*BUILD*/ null", json.dumps({"id": digest} | known, sort_keys=True)).encode()


def _boot_page(size: int) -> bytes:
    return rendered("boot.html.j2", {"say": SAY, "size": f"{size / 1e6:.1f} MB", "bytes": size}).encode()
