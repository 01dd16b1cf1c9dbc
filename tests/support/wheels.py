"""Small stand-ins for what the desk in the browser is made of: wheels and an npm package, true to their formats."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import tarfile
import zipfile
from collections.abc import Iterable, Mapping

NATIVE = "cp314-cp314-pyemscripten_2026_0_wasm32"
LIKE = {  # what each needs
    "pydantic-2.14.9": ("pydantic-core==2.60.0", 'email-validator>=2; extra == "email"'),
    "python_dateutil-4.0.9": ("six>=1; sys_platform == 'win32'",),
    "lazy_loader-0.9": (),
    "icalendar-7.9": ("tzdata",),
    "jinja2-3.9": ("MarkupSafe>=2.0",),
    "pypdf-7.9": (),
    "tzdata-2030.1": (),
}


def wheel(called: str, requires: Iterable[str] = (), files: Mapping[str, bytes] | None = None) -> bytes:
    """Return a wheel of a name and version such as `six-1.17`."""
    name, _, version = called.partition("-")
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nLicense-Expression: MIT\n"
    about += "".join(f"Requires-Dist: {need}\n" for need in requires)
    held = {f"{name}/__init__.py": f"NAME = {name!r}\n".encode(), **(files or {})}
    held[f"{name}-{version}.dist-info/METADATA"] = about.encode()
    record = "".join(
        f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()},{len(data)}\n"
        for path, data in held.items()
    )
    held[f"{name}-{version}.dist-info/RECORD"] = f"{record}{name}-{version}.dist-info/RECORD,,\n".encode()
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for path, data in held.items():
            archive.writestr(zipfile.ZipInfo(path), data)  # of no day: the same bytes at each call
    return into.getvalue()


def _standard() -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr(zipfile.ZipInfo("json/__init__.py"), b"")
    return into.getvalue()


def pyodide(version: str = "314.0.9", python: str = "3.14.2", name: str = "pyodide") -> bytes:
    """Return an npm package of Pyodide, with a few bytes for each of its files."""
    lock = {"info": {"python": python, "abi_version": "2026_0", "arch": "wasm32"}, "packages": {"much": {}}}
    files = {one: f"// {one}\n".encode() for one in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")}
    files |= {"python_stdlib.zip": _standard(), "pyodide-lock.json": json.dumps(lock).encode(), "README.md": b"unused"}
    files["package.json"] = json.dumps({"name": name, "version": version}).encode()
    into = io.BytesIO()
    with gzip.GzipFile(fileobj=into, mode="wb", mtime=0) as packed, tarfile.open(fileobj=packed, mode="w") as archive:
        for path, data in files.items():
            member = tarfile.TarInfo(f"package/{path}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return into.getvalue()


def sources() -> dict[str, bytes]:
    """Return files of which the desk in the browser can be built."""
    given = {f"{called}-py3-none-any.whl": wheel(called, requires) for called, requires in LIKE.items()}
    compiled = {"pydantic_core/core.so": b"\0asm", "pydantic_core/tests/test_core.py": b""}
    given[f"pydantic_core-2.60.0-{NATIVE}.whl"] = wheel("pydantic_core-2.60.0", files=compiled)
    given["markupsafe-3.9-cp311-cp311-manylinux_2_28_x86_64.whl"] = wheel(
        "markupsafe-3.9", files={"markupsafe/_speedups.so": b"\x7fELF", "markupsafe/_native.py": b"# the same\n"}
    )
    given["pyodide-314.0.9.tgz"] = pyodide()
    return given
