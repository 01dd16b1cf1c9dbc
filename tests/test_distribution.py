"""What is released holds what it should: what is missing, too much or changed in a wheel or a source is found."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import pytest

from tests.support.pages import ROOT
from tests.tools import distribution

TREE = dict.fromkeys(distribution.NEEDED, b"x") | {
    "LICENSE": b"MIT",
    "README.md": b"read",
    "tests/test_x.py": b"test",
    "tests/golden/out.txt": b"gold",
}
INFO = "taper_planner-0.2.0.dist-info"
LICENSES = ("LICENSE", *(path for path in distribution.NEEDED if "OFL" in path or "-LICENSE" in path))
WHEEL = (
    {path: content for path, content in TREE.items() if path.startswith("taper/")}
    | {f"{INFO}/{name}": b"" for name in distribution.METADATA}
    | {f"{INFO}/licenses/{path}": b"" for path in LICENSES}
)


def test_a_wheel_that_holds_the_package_and_its_licenses_has_no_fault() -> None:
    assert distribution.faults_of_wheel(TREE, WHEEL) == []


@pytest.mark.parametrize(
    ("gone", "more", "fault"),
    [
        ("taper/py.typed", {}, "lacks taper/py.typed"),
        ("taper/paper/renderers/fonts/OFL.txt", {}, "no taper/paper/renderers/fonts/OFL.txt"),
        (f"{INFO}/licenses/taper/paper/renderers/fonts/OFL.txt", {}, "no license text"),
        (f"{INFO}/entry_points.txt", {}, "metadata: entry_points.txt"),
        ("", {"tests/test_x.py": b"test"}, "should not hold tests/test_x.py"),
        ("", {"taper/notes.txt": b""}, "should not hold taper/notes.txt"),
        ("", {"taper/catalog/data/drugs.toml": b"other"}, "changes taper/catalog/data/drugs.toml"),
    ],
)
def test_what_a_wheel_lacks_has_too_much_or_changes_is_named(gone: str, more: dict[str, bytes], fault: str) -> None:
    wheel = {path: content for path, content in WHEEL.items() if path != gone} | more
    assert any(fault in found for found in distribution.faults_of_wheel(TREE, wheel))


def test_a_file_that_the_commit_itself_lost_is_named_too() -> None:
    tree = {path: content for path, content in TREE.items() if path != "taper/catalog/data/catalog.json"}
    wheel = {path: content for path, content in WHEEL.items() if path != "taper/catalog/data/catalog.json"}
    assert distribution.faults_of_wheel(tree, wheel) == ["no taper/catalog/data/catalog.json"]


def test_a_source_distribution_holds_package_tests_and_pages_as_they_are() -> None:
    source = TREE | {"PKG-INFO": b""}
    assert distribution.faults_of_source(TREE, source) == []
    del source["tests/golden/out.txt"]
    assert distribution.faults_of_source(TREE, source) == ["lacks tests/golden/out.txt"]
    source |= {"tests/golden/out.txt": b"tin", "out/plan.json": b""}
    assert distribution.faults_of_source(TREE, source) == [
        "should not hold out/plan.json",
        "changes tests/golden/out.txt",
    ]


def test_what_is_bundled_stands_in_the_bill_of_materials_once_with_its_version() -> None:
    bill: dict[str, Any] = {"components": [{"name": "pydantic", "bom-ref": "pydantic==2"}]}
    made = distribution.with_bundled(distribution.with_bundled(bill))
    assert [part["name"] for part in made["components"]] == ["pydantic", *(name for name, *_ in distribution.BUNDLED)]
    for _, _, _, path in distribution.BUNDLED:
        assert (ROOT / path).exists()
    script = (ROOT / "taper/web/desk/static/htmx.min.js").read_text(encoding="utf-8")
    said = re.search(r'version:"([0-9.]+)"', script)
    assert said is not None
    assert said[1] == {name: version for name, version, *_ in distribution.BUNDLED}["htmx"]


def test_every_font_and_script_of_others_that_is_packaged_is_in_the_bill() -> None:
    """Fonts of one family stand once."""
    families = {path.partition("-")[0] for _, _, _, path in distribution.BUNDLED}
    packaged = [*(ROOT / "taper").rglob("*.ttf"), *(ROOT / "taper").rglob("*.min.js")]
    assert len(packaged) >= 4
    for path in packaged:
        assert path.relative_to(ROOT).as_posix().partition("-")[0] in families


@pytest.mark.posix
@pytest.mark.parametrize("script", ["run", "release", "oldest"])
def test_a_script_of_continuous_integration_parses(script: str) -> None:
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / script)], check=True)
