"""What the folder is made of: Pyodide and wheels, each checked before anything is built of it.

A file is known by its name and held to what it says of itself: a wheel to the hashes of its own record, all of them to
the requirements of this package and of each other, Pyodide to its own list. The files that the page was tested with are
held to their SHA-256.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import tarfile
import tomllib
import zipfile
from collections.abc import Mapping
from email.parser import HeaderParser
from importlib import metadata
from pathlib import Path

from taper.errors import MissingExtraError, OrderError
from taper.values import dataclass

try:
    from packaging.requirements import Requirement
    from packaging.specifiers import SpecifierSet
    from packaging.utils import canonicalize_name
except ImportError:
    raise MissingExtraError("packaging", "web", "the desk as a folder") from None

PYODIDE = ">=314,<315"
"""The versions of Pyodide that fit."""
EXTRAS = ("html", "ics", "read-pdf")
"""What of this package the page can use in a browser."""
NATIVE_LEFT_OUT = "markupsafe"
"""The one package of which the part in C is left out: it does the same without."""
_NEEDS_NATIVE = ("jinja2",)
MOST_BYTES = 200_000_000
"""The most that all the files may hold, unpacked."""
_RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
_WHEEL = re.compile(r"(?P<name>[^-]+)-(?P<version>[^-]+)(-\d[^-]*)?-(?P<tag>[^-]+-[^-]+-[^-]+)\.whl\Z")
_NATIVE = (".so", ".pyd", ".dll", ".dylib", ".c")
_HOW = "`taper desk --static DIR` without --from gets the files that fit"


@dataclass(frozen=True)
class Target:
    """The Python that Pyodide is.

    Attributes:
        python: Its version, such as `3.14.2`.
        platform: The platform of wheels with compiled parts.
    """

    python: str
    platform: str

    @property
    def abi(self) -> str:
        """Its application binary interface, such as `cp314`."""
        return "cp" + "".join(self.python.split(".")[:2])

    @property
    def tag(self) -> str:
        """The end of the name of wheels with compiled parts."""
        return f"{self.abi}-{self.abi}-{self.platform}"


@dataclass(frozen=True)
class Package:
    """A wheel that was checked.

    Attributes:
        name: Its name, normalized.
        version: Its version.
        license: What it says of its license.
        requires: What it needs, as it writes it.
        files: Path and content of each of its files that is used.
    """

    name: str
    version: str
    license: str
    requires: tuple[str, ...]
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class Sources:
    """All that the folder is made of beside this package.

    Attributes:
        runtime: Name and content of each file of Pyodide that is used.
        version: Version of Pyodide.
        packages: The wheels, by name.
        sums: SHA-256 of each file that was given, by its name.
        untested: Names of those that the page was not tested with, though they fit.
    """

    runtime: Mapping[str, bytes]
    version: str
    packages: tuple[Package, ...]
    sums: Mapping[str, str]
    untested: tuple[str, ...]


def wanted() -> tuple[str, ...]:
    """Return what this package needs in a browser, as it writes it itself.

    Raises:
        OrderError: It is not installed, so that nothing says what it needs.
    """
    try:
        listed = metadata.requires("taper-planner") or []
    except metadata.PackageNotFoundError:
        raise OrderError("taper-planner is not installed; run: pip install 'taper-planner[web]'") from None
    needs = [Requirement(line) for line in listed]
    chosen = [need for need in needs if any(_applies(need, {"extra": extra}) for extra in ("", *EXTRAS))]
    return tuple(sorted({f"{need.name}{need.specifier}" for need in chosen if need.name != "taper-planner"}))


def check_sources(given: Mapping[str, bytes]) -> Sources:
    """Check all that the folder is made of.

    Args:
        given: Name and content of each file: one `pyodide-….tgz`, and wheels.

    Raises:
        OrderError: One is missing, too many, damaged, not one of the versions that fit, or not the one that was tested.
    """
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(given.items())}
    tested = _tested()
    for name, digest in sums.items():
        if tested.get(name, digest) != digest:
            raise OrderError(f"is not the file of this name that is known (SHA-256 {digest}); get it anew", file=name)
    archives = [name for name in sums if name.endswith(".tgz")]
    if len(archives) != 1:
        raise OrderError(f"one file pyodide-….tgz is needed, and there are {len(archives)}; {_HOW}")
    runtime, version, target = read_runtime(archives[0], given[archives[0]])
    packages = tuple(_wheel(name, given[name], target.tag) for name in sums if name.endswith(".whl"))
    _complete(packages, target.python)
    known = (name for name in sums if name not in tested and name.partition("-")[0] != NATIVE_LEFT_OUT)
    return Sources(runtime, version, packages, sums, tuple(known))


def _tested() -> dict[str, str]:
    listed: dict[str, str] = tomllib.loads((Path(__file__).parent / "tested.toml").read_text(encoding="utf-8"))
    return listed


def downloads(target: Target) -> tuple[tuple[str, ...], ...]:
    """Return the arguments of `pip download` that bring the wheels, each time without the folder to put them in.

    What the package without its part in C needs is not asked for: no wheel of it is made for a browser.
    """
    asked = wanted()
    lone = tuple(need for need in asked if canonicalize_name(Requirement(need).name) in _NEEDS_NATIVE)
    wheels = ("--only-binary", ":all:")
    python = (*wheels, "--python-version", ".".join(target.python.split(".")[:2]))
    browser = (*python, "--implementation", "cp", "--abi", target.abi, "--platform", target.platform)
    return (
        (*browser, *(need for need in asked if need not in lone)),
        (*python, "--no-deps", *lone),
        (*wheels, "--no-deps", NATIVE_LEFT_OUT),
    )


def read_runtime(name: str, data: bytes) -> tuple[dict[str, bytes], str, Target]:
    """Return the files of Pyodide that are used, its version, and what Python it is.

    Raises:
        OrderError: It is not Pyodide, or not a version that fits.
    """
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
            held = {member.name: member for member in archive.getmembers() if member.isfile()}
            if sum(member.size for member in held.values()) > MOST_BYTES:
                raise OrderError("is larger than Pyodide can be; get it anew", file=name)
            read = {one: archive.extractfile(held[f"package/{one}"]) for one in (*_RUNTIME, "package.json")}
            files = {one: stream.read() for one, stream in read.items() if stream is not None}
        described, lock = json.loads(files.pop("package.json")), json.loads(files["pyodide-lock.json"])["info"]
        version, python, abi = str(described["version"]), str(lock["python"]), str(lock["abi_version"])
        is_it = described["name"] == "pyodide"
    except (tarfile.TarError, EOFError, OSError, KeyError, TypeError, ValueError) as problem:
        raise OrderError(f"is not the npm package of Pyodide ({problem}); get it anew", file=name) from None
    if not is_it or not SpecifierSet(PYODIDE).contains(version):
        raise OrderError(f"is {described['name']} {version}, and pyodide{PYODIDE} is needed; {_HOW}", file=name)
    files["pyodide-lock.json"] = json.dumps({"info": lock, "packages": {}}).encode()  # all packages come from here
    return files, version, Target(python, f"pyemscripten_{abi}_wasm32")


def _wheel(name: str, data: bytes, native: str) -> Package:
    """Return a wheel, each file held to the hash of its record."""
    parts = _WHEEL.match(name)
    if parts is None:
        raise OrderError("is not named as a wheel is; get it anew", file=name)
    called, tag = canonicalize_name(parts["name"]), parts["tag"]
    if not tag.endswith("-none-any") and tag != native and called != NATIVE_LEFT_OUT:
        raise OrderError(f"runs elsewhere ({tag}); {native} is needed, or a wheel for any platform; {_HOW}", file=name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > MOST_BYTES:
                raise OrderError("is larger than a package can be; get it anew", file=name)
            files = {one: archive.read(one) for one in archive.namelist() if not one.endswith("/")}
        (info,) = {one.partition("/")[0] for one in files if one.partition("/")[0].endswith(".dist-info")}
        record, described = files[f"{info}/RECORD"].decode(), files[f"{info}/METADATA"].decode()
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, EOFError) as problem:
        raise OrderError(f"is not a wheel ({problem}); get it anew", file=name) from None
    _hold(name, files, record, f"{info}/RECORD")
    about = HeaderParser().parsestr(described)
    if (canonicalize_name(about["Name"] or ""), about["Version"]) != (called, parts["version"]):
        raise OrderError(f"says that it is {about['Name']} {about['Version']}; get it anew", file=name)
    if called == NATIVE_LEFT_OUT:
        files = {one: content for one, content in files.items() if not one.endswith(_NATIVE)}
    license_line = about["License-Expression"] or about["License"] or "see its own files"
    return Package(
        called, parts["version"], license_line.splitlines()[0], tuple(about.get_all("Requires-Dist") or ()), files
    )


def _hold(name: str, files: Mapping[str, bytes], record: str, itself: str) -> None:
    listed: dict[str, str] = {}
    for line in record.splitlines():
        path, _, digest = line.rpartition(",")[0].rpartition(",")
        listed[path.strip('"')] = digest
    for path, content in files.items():
        said = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        unsafe = path.startswith("/") or "\\" in path or ".." in path.split("/")
        if path != itself and (unsafe or listed.get(path) != f"sha256={said}"):
            raise OrderError(f"is damaged: {path} is not what its record says; get it anew", file=name)


def _complete(packages: tuple[Package, ...], python: str) -> None:
    """Refuse if a package is missing, does not fit another, or comes twice."""
    versions: dict[str, str] = {}
    for package in packages:
        if package.name in versions:
            raise OrderError(f"{package.name} is there twice: {versions[package.name]} and {package.version}; keep one")
        versions[package.name] = package.version
    requires = {package.name: package.requires for package in packages}
    pending, seen = [(line, "this version of taper") for line in wanted()], set()
    while pending:
        line, needed_by = pending.pop()
        need = Requirement(line)
        called = canonicalize_name(need.name)
        if not _applies(need, _environment(python)):
            continue
        if called not in versions:
            raise OrderError(f"{need.name}{need.specifier} is missing, which {needed_by} needs; {_HOW}")
        if not need.specifier.contains(versions[called], prereleases=True):
            raise OrderError(f"{called} {versions[called]} does not fit: {needed_by} needs {need.specifier}; {_HOW}")
        if called not in seen:
            seen.add(called)
            pending += [(one, called) for one in requires[called]]
    if spare := sorted(set(versions) - seen):
        raise OrderError(f"nothing needs {', '.join(spare)}; take it out of the folder")


def _environment(python: str) -> dict[str, str]:
    return {
        "extra": "",
        "implementation_name": "cpython",
        "os_name": "posix",
        "platform_machine": "wasm32",
        "platform_python_implementation": "CPython",
        "platform_system": "Emscripten",
        "python_full_version": python,
        "python_version": ".".join(python.split(".")[:2]),
        "sys_platform": "emscripten",
    }


def _applies(need: Requirement, environment: dict[str, str]) -> bool:
    return need.marker is None or need.marker.evaluate(environment)
