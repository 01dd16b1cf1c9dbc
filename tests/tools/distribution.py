"""What a wheel, a source distribution and a bill of materials must hold, and what must not be in them.

`.ci/release` runs it: ``python -m tests.tools.distribution files TREE DIST`` compares the two files that were built
with the tree they were built from, byte by byte; ``… bill SBOM`` adds what is bundled and no package to a bill.
"""

from __future__ import annotations

import json
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

NEEDED = {
    "taper/py.typed",
    "taper/__init__.pyi",
    "taper/catalog/data/catalog.json",
    "taper/catalog/data/drugs.toml",
    "taper/catalog/data/products/US.toml",
    "taper/catalog/data/guidelines/asam-2025.toml",
    "taper/paper/renderers/fonts/SourceSans3-VF.ttf",
    "taper/paper/renderers/fonts/OFL.txt",
    "taper/paper/renderers/fonts/TaperSansArabic-Regular.ttf",
    "taper/paper/renderers/fonts/OFL-TaperSansArabic.txt",
    "taper/paper/renderers/templates/base.html.j2",
    "taper/web/desk/words.toml",
    "taper/web/desk/static/htmx.min.js",
    "taper/web/desk/static/htmx-LICENSE.txt",
    "taper/web/desk/static/desk.css",
    "taper/web/desk/static/desk.js",
    "taper/web/desk/templates/order.html.j2",
    "taper/web/desk/browser/tested.toml",
}
"""Files without which the program starts and then fails, or may not be handed on: one of each kind."""
IN_SOURCE = ("taper/", "tests/", "examples/", ".ci/", ".github/")
PAGES = {"README.md", "LICENSE", "CHANGELOG.md", "SAFETY.md", "CONTRIBUTING.md", "pyproject.toml"}
METADATA = {"METADATA", "WHEEL", "RECORD", "entry_points.txt"}
BUNDLED = (
    ("htmx", "2.0.11", "0BSD", "taper/web/desk/static/htmx.min.js"),
    ("Source Sans 3", "3.052", "OFL-1.1", "taper/paper/renderers/fonts/SourceSans3-VF.ttf"),
    ("Taper Sans Arabic", "1.0", "OFL-1.1", "taper/paper/renderers/fonts/TaperSansArabic-Regular.ttf"),
)
"""What is bundled and no package: name, version, license, file."""


def faults_of_wheel(tree: dict[str, bytes], wheel: dict[str, bytes]) -> list[str]:
    """Return what a wheel lacks, has too much or has otherwise than the tree; nothing but `taper` belongs in it.

    Args:
        tree: The files of the commit, by path.
        wheel: The files of the wheel, by path.
    """
    wanted = {path: content for path, content in tree.items() if path.startswith("taper/")}
    info = {path for path in wheel if path.partition("/")[0].endswith(".dist-info")}
    licenses = {path.partition("/licenses/")[2] for path in info if "/licenses/" in path}
    texts = {path for path in tree if path == "LICENSE" or Path(path).name.startswith("OFL") or "-LICENSE" in path}
    plain = {path.partition("/")[2] for path in info if "/licenses/" not in path}
    faults = _differences(wanted, {path: content for path, content in wheel.items() if path not in info})
    faults += [f"no {path}" for path in sorted(NEEDED - set(wheel))]
    faults += [f"no license text {path}" for path in sorted(texts - licenses)]
    faults += [f"metadata: {path}" for path in sorted(plain ^ METADATA)]
    return faults


def faults_of_source(tree: dict[str, bytes], source: dict[str, bytes]) -> list[str]:
    """Return what a source distribution lacks, has too much or has otherwise than the tree."""
    wanted = {path: content for path, content in tree.items() if path.startswith(IN_SOURCE) or path in PAGES}
    made = {"PKG-INFO", ".gitignore"}
    return _differences(wanted, {path: content for path, content in source.items() if path not in made})


def _differences(wanted: dict[str, bytes], there: dict[str, bytes]) -> list[str]:
    faults = [f"lacks {path}" for path in sorted(wanted.keys() - there.keys())]
    faults += [f"should not hold {path}" for path in sorted(there.keys() - wanted.keys())]
    return faults + [f"changes {path}" for path in sorted(wanted.keys() & there.keys()) if wanted[path] != there[path]]


def files_of(place: Path) -> dict[str, bytes]:
    """Return the files of a folder, a wheel or a source distribution, by their paths in it."""
    if place.is_dir():
        return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}
    if place.suffix == ".whl":
        with zipfile.ZipFile(place) as archive:
            return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    found: dict[str, bytes] = {}
    with tarfile.open(place) as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is not None:
                found[member.name.partition("/")[2]] = content.read()
    return found


def with_bundled(bill: dict[str, Any]) -> dict[str, Any]:
    """Return a CycloneDX bill of materials with what is bundled."""
    more = [
        {
            "type": "library" if path.endswith(".js") else "data",
            "bom-ref": f"bundled-{name.lower().replace(' ', '-')}",
            "name": name,
            "version": version,
            "description": f"bundled as {path}",
            "licenses": [{"license": {"id": license_id}}],
        }
        for name, version, license_id, path in BUNDLED
    ]
    parts = [part for part in bill["components"] if not str(part.get("bom-ref", "")).startswith("bundled-")]
    return bill | {"components": [*parts, *more]}


def main(arguments: list[str]) -> int:
    """Compare what was built with its tree, or complete a bill of materials."""
    if len(arguments) == 2 and arguments[0] == "bill":
        path = Path(arguments[1])
        bill = with_bundled(json.loads(path.read_text(encoding="utf-8")))
        path.write_text(json.dumps(bill, indent=2) + "\n", encoding="utf-8", newline="\n")
        print(f"{path.name}: {len(bill['components'])} components")
        return 0
    if len(arguments) != 3 or arguments[0] != "files":
        print(__doc__, file=sys.stderr)
        return 2
    tree, dist = files_of(Path(arguments[1])), Path(arguments[2])
    (wheel,), (source,) = dist.glob("*.whl"), dist.glob("*.tar.gz")
    faults = [f"{wheel.name}: {fault}" for fault in faults_of_wheel(tree, files_of(wheel))]
    faults += [f"{source.name}: {fault}" for fault in faults_of_source(tree, files_of(source))]
    print("\n".join(faults) or f"{wheel.name} and {source.name} hold what they should, and nothing else")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
