"""Ctrl-C, SIGTERM and a closed terminal: what is written is finished or taken back before they are obeyed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Terminated(BaseException):
    """The process was asked to end; like `KeyboardInterrupt`, so that every `finally` runs.

    Args:
        number: Number of the signal.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _raise_terminated(number: int, _frame: FrameType | None) -> None:
    raise Terminated(number)


@contextmanager
def raised() -> Iterator[None]:
    """Within a block, SIGTERM and SIGHUP raise `Terminated` instead of ending the process on the spot."""
    if threading.current_thread() is not threading.main_thread():  # only that one may set handlers
        yield
        return
    ours = [number for number in _ENDING if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, _raise_terminated)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def held() -> Iterator[Callable[[], None]]:
    """Hold signals back within a block, so that none comes between two renames.

    Yields:
        A function to call where the block may be left: it raises `KeyboardInterrupt` if a signal has come. At the end
        of the block the signal itself is let through.
    """
    if threading.current_thread() is not threading.main_thread():  # Python delivers no signal to another thread
        yield lambda: None
        return
    came: list[int] = []

    def let_through() -> None:
        if came:
            raise KeyboardInterrupt

    handlers = {number: signal.getsignal(number) for number in _ENDING}
    handlers = {number: handler for number, handler in handlers.items() if handler not in (None, signal.SIG_IGN)}
    for number in handlers:
        signal.signal(number, lambda number, _frame: came.append(number))
    try:
        yield let_through
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])
