"""What `taper desk --static DIR` does: get what the folder is made of, check it, and write all files or none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from taper.cli import streams
from taper.cli.writing import refuse, write_all
from taper.errors import OrderError, TaperError
from taper.web.desk.browser.building import COMPILE, build, to_compile
from taper.web.desk.browser.sources import MOST_BYTES, PYODIDE, Sources, check_sources, downloads, read_runtime

_PATIENCE = 900
"""Seconds in which a download must end."""


def write(folder: Path | None, source: Path | None, *, is_served: bool = False) -> int:
    """Write the page as a folder of files.

    Args:
        folder: Where to.
        source: Where the files that it is made of are; None to download them.
        is_served: Whether an option of the served page was given too.

    Raises:
        TaperError: Something cannot be had, does not fit, or cannot be written. The folder is then as it was.
    """
    if folder is None:
        raise OrderError("belongs to --static DIR, the folder to write; give both", field="from")
    if is_served:
        raise OrderError("writes files and serves nothing: leave --port and --no-open away", field="static")
    refuse(folder, ("index.html",))
    given = _read(source) if source is not None else _downloaded()
    try:
        sources = check_sources(given)
    except TaperError as problem:
        raise problem.at(file=str(source or "")) from None
    for name in sources.untested:
        streams.tell(f"{name} fits, but the page was not tested with this version")
    files = build(sources, date.today(), _compiled(sources))
    write_all(folder, files)
    size = sum(len(content) for content in files.values())
    streams.write(
        f"{folder}: {len(files)} files, {size / 1e6:.1f} MB; what they are made of is in contents.txt.\n"
        "Put the folder on a web server (https), or try it here:\n"
        f"python3 -m http.server --bind 127.0.0.1 --directory {folder}\n"
    )
    return 0


def _read(source: Path) -> dict[str, bytes]:
    try:
        found = sorted(one for one in source.iterdir() if one.suffix in (".tgz", ".whl"))
        if sum(one.stat().st_size for one in found) > MOST_BYTES:
            raise OrderError("holds more than the page can be made of; name a folder of its own", file=str(source))
        return {one.name: one.read_bytes() for one in found}
    except OSError as problem:
        raise OrderError(f"cannot be read ({problem.strerror}); name another folder", file=str(source)) from None


def _downloaded() -> dict[str, bytes]:
    """Get the files with npm and pip as they are set up here; each says first what, and from where."""
    npm = shutil.which("npm")
    if npm is None:
        raise OrderError(
            f"npm is not installed, which gets Pyodide; install it, or name a folder with the npm package "
            f"pyodide{PYODIDE} and the wheels: --from FOLDER",
            field="static",
        )
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        where = _host(_asked([npm, "config", "get", "registry"])) or "the registry that npm uses"
        streams.tell(f"downloading pyodide{PYODIDE}, about 6.5 MB, from {where}")
        wanted = PYODIDE.replace(",", " ")
        _run([npm, "pack", f"pyodide@{wanted}", "--ignore-scripts", "--silent", "--pack-destination", name], room)
        got = _read(room)
        _tell_new(got)
        if len(got) != 1:
            raise OrderError("npm brought no package of Pyodide; name a folder with it: --from FOLDER", field="static")
        _, _, target = read_runtime(*next(iter(got.items())))
        pip = [sys.executable, "-m", "pip"]
        index = os.environ.get("PIP_INDEX_URL") or _asked([*pip, "config", "get", "global.index-url"])
        where = _host(index) or "the package index that pip uses"
        streams.tell(f"downloading the packages that the page needs, about 4 MB, from {where}")
        for arguments in downloads(target):
            _run([*pip, "download", "-q", "--disable-pip-version-check", "-d", name, *arguments], room)
            _tell_new({one: data for one, data in _read(room).items() if one not in got})
            got = _read(room)
        return got


def _compiled(sources: Sources) -> bytes | None:
    """Compile with Node the modules that the page loads; None, and a word, where that is not possible.

    Only files that are known are run.
    """
    node = shutil.which("node")
    if node is None or sources.untested:
        why = "node is not installed" if node is None else "only files that the page was tested with are run here"
        streams.tell(f"the modules of the page are not compiled ({why}): it starts some seconds later")
        return None
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        for file, content in to_compile(sources).items():
            (room / file).write_bytes(content)
        try:
            subprocess.run(
                [node, COMPILE, name], capture_output=True, text=True, check=True, timeout=_PATIENCE, cwd=room
            )
            return (room / "compiled.zip").read_bytes()
        except (OSError, subprocess.SubprocessError) as problem:
            said = (getattr(problem, "stderr", "") or str(problem)).strip().splitlines()
            streams.tell(
                f"node did not compile the modules of the page ({said[-1][:300]}): it starts some seconds later"
            )
            return None


def _tell_new(files: dict[str, bytes]) -> None:
    for name, data in files.items():
        streams.tell(f"got {name}, {len(data):,} bytes")


def _asked(command: Sequence[str]) -> str:
    """Return what a program says of its settings; nothing where it says none."""
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return ran.stdout.strip() if ran.returncode == 0 else ""


def _host(address: str) -> str:
    """Return the machine of an address, without what may be a secret in it.

    >>> _host("https://user:secret@packages.example/simple")
    'packages.example'
    """
    return urlsplit(address).hostname or ""


def _run(command: Sequence[str], room: Path) -> None:
    what = Path(command[0]).name if command[1:2] != ["-m"] else command[2]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_PATIENCE, cwd=room)
        said = ran.stderr.strip().splitlines() or [f"exit code {ran.returncode}"]
        failed = ran.returncode != 0
    except (OSError, subprocess.TimeoutExpired) as problem:
        said, failed = [str(problem)], True
    if failed:
        raise OrderError(
            f"{what} could not get the files ({said[-1][:300]}); get them another way and name their folder: --from "
            "FOLDER",
            field="static",
        )
