"""What runs in a worker: one call after the other, until the pipe is closed."""

from __future__ import annotations

import gc
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

READY = "ready"


def serve_calls(pipe: Connection, memory: int) -> None:
    """Do the calls that come through a pipe, each the name of a deed and its arguments.

    Args:
        pipe: Where calls come from and answers go to.
        memory: Most bytes of memory.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which lets us finish
    _bound(memory)
    from taper.web.service.deeds import DEEDS, warm_up

    warm_up()
    gc.freeze()
    pipe.send(READY)
    with suppress(EOFError, OSError):
        while True:
            name, *arguments = pipe.recv()
            pipe.send(_done(DEEDS[name], arguments))


def _done(deed: Any, arguments: list[Any]) -> Any:
    """Do a call; what goes wrong in it is a fault of ours, of which only the place is told."""
    try:
        return deed(*arguments)
    except MemoryError:
        return "memory"
    except Exception as problem:
        return fault_of(problem)


class Fault(str):
    """Where something of ours went wrong: kind of error, file and line, and nothing of what was asked."""

    __slots__ = ()


def fault_of(problem: BaseException) -> Fault:
    """Return the place of an error, without its message, which may quote what was sent."""
    import traceback

    frames = traceback.extract_tb(problem.__traceback__)
    last = frames[-1] if frames else None
    place = f" at {last.filename.rpartition('/')[2]}:{last.lineno}" if last is not None else ""
    return Fault(f"{type(problem).__name__}{place}")


def _bound(memory: int) -> None:
    """Bound the memory of this process, where the system can."""
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
