"""Standard output and standard error: what a command says arrives whole, or one line says why it does not."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress

from taper.errors import TaperError

STANDARD_OUTPUT = "standard output"


def tell(message: str) -> None:
    """Say a line on standard error; where there is none, nobody can be told."""
    if sys.stderr is not None:  # print would take standard output instead
        with suppress(OSError, ValueError):
            print(f"taper: {message}", file=sys.stderr, flush=True)


def is_terminal() -> bool:
    """Return whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def fitted(text: str) -> str:
    """Return a text as standard output can show it: as it is, or with ordinary spaces in place of no-break spaces.

    A mark in place of a letter is never written, whatever Python is set to: it might stand for the half of "½".

    Raises:
        TaperError: Standard output is closed, or knows too few letters.
    """
    if sys.stdout is None or sys.stdout.closed or not sys.stdout.writable():
        raise TaperError("is closed; leave it open or send it to a file", file=STANDARD_OUTPUT)
    encoding = sys.stdout.encoding or "utf-8"
    try:
        text.encode(encoding)
        return text
    except UnicodeEncodeError:
        text = text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    try:
        text.encode(encoding)
        return text
    except UnicodeEncodeError as problem:
        raise TaperError(
            f"cannot show '{text[problem.start]}' because it is set to {encoding}; set PYTHONUTF8=1 and run this again",
            file=STANDARD_OUTPUT,
        ) from None


def write(content: str | bytes) -> None:
    """Write to standard output, all at once.

    Raises:
        TaperError: It is closed, full, has lost its reader, or cannot show a letter.
    """
    text = fitted(content if isinstance(content, str) else "")
    try:
        if isinstance(content, str):
            sys.stdout.write(text)
        else:
            sys.stdout.buffer.write(content)
        sys.stdout.flush()
    except (OSError, ValueError) as problem:
        abandon()
        raise TaperError(f"cannot be written ({reason(problem)})", file=STANDARD_OUTPUT) from None


def reason(problem: OSError | ValueError) -> str:
    """Say why a stream cannot be written."""
    if isinstance(problem, BrokenPipeError):
        return "the program that reads it has ended"
    return getattr(problem, "strerror", None) or str(problem)


class Closed(io.TextIOBase):
    """Stands for a standard output that was closed before Python began, where all would vanish without a word."""

    encoding = "utf-8"

    def write(self, _text: str) -> int:
        """Refuse."""
        raise OSError(errno.EBADF, "it is closed")


def abandon() -> None:
    """Give up what is left in the buffer, or Python would try again at its end and complain in many lines."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
