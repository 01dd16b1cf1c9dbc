"""`taper desk --static DIR`: says what it downloads and from where, or takes what is there; all files or none."""

from __future__ import annotations

import hashlib
import sys
import zipfile
from pathlib import Path

import pytest

from taper.cli import main, static_page
from taper.web.desk.browser import sources
from tests.support import wheels

STAND_IN = """#!{python}
import json, pathlib, shutil, sys
files = pathlib.Path({files!r})
with open({log!r}, "a", encoding="utf-8") as log:
    log.write(json.dumps(sys.argv[1:]) + "\\n")
if sys.argv[1] == "config":
    print("https://user:secret@npm.example/registry")
elif {works!r}:
    for one in files.glob("*.tgz"):
        shutil.copy(one, sys.argv[sys.argv.index("--pack-destination") + 1])
else:
    sys.exit("npm: no route to the registry")
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, data in wheels.sources().items():
        (folder / name).write_bytes(data)
    return folder


def npm(tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch, *, works: bool = True) -> Path:
    """Put a stand-in for npm on the path."""
    log = tmp_path / "npm.log"
    program = tmp_path / "bin" / "npm"
    program.parent.mkdir()
    program.write_text(
        STAND_IN.format(python=sys.executable, files=str(files), log=str(log), works=works), encoding="utf-8"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return log


def test_a_folder_is_written_from_files_and_nothing_is_run(
    files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*_: object, **__: object) -> None:
        raise AssertionError("a program was run")

    monkeypatch.setattr(static_page.subprocess, "run", run)
    page = tmp_path / "page"
    assert main(["desk", "--static", str(page), "--from", str(files)]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"{page}: 18 files, ")
    assert len(list(page.iterdir())) == 18
    assert "pyodide-314.0.9.tgz fits, but the page was not tested with this version" in said.err


@pytest.mark.posix
def test_where_node_is_and_all_files_are_known_the_modules_are_compiled_else_a_line_says_why(
    files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing that is not known by its hash is run, and a page whose modules could not be compiled is a page."""
    made = tmp_path / "made.zip"
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("packages.zip/taper/quantity.pyc", b"compiled")
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    node = bin_folder / "node"
    page = ["desk", "--static", str(tmp_path / "page"), "--from", str(files)]
    monkeypatch.setenv("PATH", str(bin_folder))
    assert main(page) == 0
    assert "node is not installed" in capsys.readouterr().err
    node.write_text(f"#!/bin/sh\n/bin/cp {made} $2/compiled.zip\n", encoding="utf-8")
    node.chmod(0o755)
    assert main(page) == 0
    assert "only files that the page was tested with are run here" in capsys.readouterr().err
    monkeypatch.setattr(
        sources, "_tested", lambda: {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in files.iterdir()}
    )
    assert main(page) == 0
    assert "compile" not in capsys.readouterr().err
    with zipfile.ZipFile(tmp_path / "page" / "packages.zip") as archive:
        assert archive.read("taper/quantity.pyc") == b"compiled"
        assert "taper/quantity.py" not in archive.namelist()
    node.write_text("#!/bin/sh\necho too old >&2\nexit 1\n", encoding="utf-8")
    assert main(page) == 0
    assert "node did not compile the modules of the page (too old)" in capsys.readouterr().err


@pytest.mark.posix
def test_what_is_downloaded_is_said_first_with_where_and_without_secrets(
    files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = npm(tmp_path, files, monkeypatch)
    monkeypatch.setenv("PIP_INDEX_URL", "https://user:secret@pip.example/simple")
    run = static_page._run
    asked: list[str] = []

    def stand_in(command: list[str], room: Path) -> None:
        """Npm is asked; in place of pip the wheels are laid into its folder."""
        if "pip" not in command:
            return run(command, room)
        asked.append(" ".join(command))
        for one in files.glob("*.whl"):
            (room / one.name).write_bytes(one.read_bytes())
        return None

    monkeypatch.setattr(static_page, "_run", stand_in)
    assert main(["desk", "--static", str(tmp_path / "page")]) == 0
    said = capsys.readouterr()
    lines = said.err.splitlines()
    assert "pyodide>=314,<315, about 6.5 MB, from npm.example" in lines[0]
    assert lines[1].endswith(f"got pyodide-314.0.9.tgz, {len(wheels.pyodide()):,} bytes")
    assert "about 4 MB, from pip.example" in lines[2]
    assert "secret" not in said.err + said.out
    assert '"pyodide@>=314 <315", "--ignore-scripts"' in log.read_text(encoding="utf-8")
    assert len(asked) == 3
    assert all("--only-binary :all:" in one for one in asked)


@pytest.mark.posix
@pytest.mark.parametrize("works", [True, False])
def test_what_cannot_be_downloaded_is_one_error_and_leaves_nothing(
    works: bool, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    npm(tmp_path, files, monkeypatch, works=works)
    monkeypatch.setattr(static_page.sys, "executable", str(tmp_path / "no python"))
    assert main(["desk", "--static", str(tmp_path / "page")]) == 2
    error = capsys.readouterr().err.splitlines()[-1]
    assert "could not get the files" in error
    assert "--from FOLDER" in error
    assert not (tmp_path / "page").exists()


def test_without_npm_the_error_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["desk", "--static", str(tmp_path / "page")]) == 2
    assert "npm is not installed" in capsys.readouterr().err


def test_a_file_that_does_not_fit_leaves_the_old_folder_as_it_was(
    files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page"
    assert main(["desk", "--static", str(page), "--from", str(files)]) == 0
    before = {one.name: one.read_bytes() for one in page.iterdir()}
    (files / "pypdf-7.9-py3-none-any.whl").write_bytes(b"PK")
    assert main(["desk", "--static", str(page), "--from", str(files)]) == 2
    assert "pypdf-7.9-py3-none-any.whl: is not a wheel" in capsys.readouterr().err
    assert {one.name: one.read_bytes() for one in page.iterdir()} == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "."), "belongs to --static DIR"),
        (("--static", "page", "--port", "8000"), "leave --port and --no-open away"),
        (("--static", "page", "--no-open"), "leave --port and --no-open away"),
        (("--static", "page", "--from", "nowhere"), "cannot be read"),
        (("--static", "page", "--from", "."), "one file pyodide"),
    ],
)
def test_what_does_not_go_together_is_refused(
    arguments: tuple[str, ...],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["desk", *arguments]) == 2
    assert words in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
