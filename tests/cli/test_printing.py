"""`taper render`: which format a file gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from taper.cli import main
from tests.tools.readme import README

DIAZEPAM = README.parent / "examples" / "diazepam.toml"


@pytest.mark.parametrize("sheet", ["patient", "record"])
@pytest.mark.parametrize(
    ("name", "start"), [("a.pdf", b"%PDF-"), ("a.html", b"<!DOCTYPE html>"), ("a.HTM", b"<!DOCTYPE")]
)
def test_the_name_of_a_file_says_its_format(sheet: str, name: str, start: bytes, tmp_path: Path) -> None:
    """Text never stands in a file that is called a PDF."""
    out = tmp_path / name
    assert main(["render", str(DIAZEPAM), "--sheet", sheet, "--out", str(out)]) == 0
    assert out.read_bytes().startswith(start)


def test_a_name_that_says_another_format_than_the_one_asked_for_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "record.pdf"
    assert main(["render", str(DIAZEPAM), "--sheet", "record", "--to", "text", "--out", str(out)]) == 2
    assert "record.pdf: is the name of a pdf file, but --to is text" in capsys.readouterr().err
    assert not out.exists()


def test_the_record_is_text_where_nobody_asks_for_another_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", str(DIAZEPAM), "--sheet", "record"]) == 0
    assert capsys.readouterr().out.startswith("Diazepam taper (plan ")
