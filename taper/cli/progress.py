"""A sign of life on a terminal, while an answer takes longer than half a second."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

PATIENCE = 0.5
"""Seconds before anything is shown."""


@contextmanager
def shown(doing: str) -> Iterator[None]:
    """Show on a terminal's standard error what is being done and for how long, and wipe it away at the end.

    Args:
        doing: What is done, such as "planning".
    """
    if sys.stderr is None or not sys.stderr.isatty():  # None where it is closed
        yield
        return
    over = threading.Event()
    showing = threading.Thread(target=_show, args=(doing, over), daemon=True)
    showing.start()
    try:
        yield
    finally:
        over.set()
        showing.join()


def _show(doing: str, over: threading.Event) -> None:
    began, line = time.monotonic(), ""
    while not over.wait(PATIENCE):
        line = f"{doing}: {time.monotonic() - began:.0f} s, Ctrl-C to stop"
        _write(f"\r{line}")
    if line:
        _write(f"\r{' ' * len(line)}\r")


def _write(text: str) -> None:
    with suppress(OSError, ValueError):  # the terminal is gone: nobody waits any more
        sys.stderr.write(text)
        sys.stderr.flush()
