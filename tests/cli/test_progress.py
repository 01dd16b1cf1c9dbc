"""Work that takes long shows on a terminal that it goes on, and leaves nothing behind; anywhere else it is silent."""

from __future__ import annotations

import io
import sys
import time

import pytest

from taper.cli import progress


class Terminal(io.StringIO):
    """Standard error that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def wait_for(text: str, error: io.StringIO) -> None:
    until = time.monotonic() + 20
    while text not in error.getvalue():
        assert time.monotonic() < until, "nothing was shown"
        time.sleep(0.005)


def test_long_work_is_shown_and_wiped_away(monkeypatch: pytest.MonkeyPatch) -> None:
    error = Terminal()
    monkeypatch.setattr(sys, "stderr", error)
    monkeypatch.setattr(progress, "PATIENCE", 0.01)
    with progress.shown("planning"):
        wait_for("planning: 0 s", error)
    lines = error.getvalue().split("\r")
    assert lines[-1] == ""
    assert lines[-2].strip() == ""
    assert len(lines[-2]) == len(lines[-3])


def test_an_error_wipes_it_away_too(monkeypatch: pytest.MonkeyPatch) -> None:
    error = Terminal()
    monkeypatch.setattr(sys, "stderr", error)
    monkeypatch.setattr(progress, "PATIENCE", 0.01)
    with pytest.raises(KeyboardInterrupt), progress.shown("planning"):  # noqa: PT012 - the wait is part of it
        wait_for("planning", error)
        raise KeyboardInterrupt
    assert error.getvalue().endswith(" \r")


@pytest.mark.parametrize("error", [io.StringIO(), None])
def test_without_a_terminal_nothing_is_written(monkeypatch: pytest.MonkeyPatch, error: io.StringIO | None) -> None:
    monkeypatch.setattr(sys, "stderr", error)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    with progress.shown("planning"):
        time.sleep(0.02)
    assert error is None or not error.getvalue()


def test_quick_work_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    error = Terminal()
    monkeypatch.setattr(sys, "stderr", error)
    monkeypatch.setattr(progress, "PATIENCE", 60.0)
    with progress.shown("planning"):
        pass
    assert not error.getvalue()
