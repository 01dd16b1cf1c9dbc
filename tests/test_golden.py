"""What leaves the house is what was agreed, byte by byte: `contract` for other programs, `look` for people."""

from __future__ import annotations

import difflib

import pytest

from tests.tools import golden

FILES = golden.files()


def difference(name: str, agreed: bytes, now: bytes) -> str:
    """Return the first lines that differ, and what to do."""
    old, new = (content.decode().splitlines() for content in (agreed, now))
    lines = difflib.unified_diff(old, new, f"agreed {name}", f"now {name}", lineterm="", n=1)
    shown = "\n".join(line[:200] for line, _ in zip(lines, range(40), strict=False))
    return (
        f"{shown}\n\nIf this is meant: python -m tests.tools.golden, then read all of `git diff tests/golden`. "
        "A change in contract/ may break programs that read it; CONTRIBUTING says what counts as breaking."
    )


@pytest.mark.parametrize("name", FILES)
def test_each_golden_file_is_what_is_written_today(name: str) -> None:
    agreed = (golden.FOLDER / name).read_bytes()
    now = FILES[name]()
    if now != agreed:
        pytest.fail(difference(name, agreed, now), pytrace=False)


def test_no_golden_file_is_left_over() -> None:
    """Each file has something that writes it."""
    assert {path.relative_to(golden.FOLDER).as_posix() for path in golden.FOLDER.rglob("*.*")} == set(FILES)


def test_golden_files_stay_small_enough_to_be_read() -> None:
    assert sum((golden.FOLDER / name).stat().st_size for name in FILES) < 1_650_000


def test_a_difference_is_shown_with_its_line() -> None:
    said = difference("look/x.txt", b"5 mg\n10 mg\n", b"5 mg\n1 mg\n")
    assert "-10 mg\n+1 mg" in said
    assert "python -m tests.tools.golden" in said
