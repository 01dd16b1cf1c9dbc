"""What a command answers when something goes wrong: one line on standard error and an exit code, never a traceback.

Exit codes: 0 clean, 1 findings at or above ``--fail-on``, 2 could not run, 130 interrupted by Ctrl-C, 143 terminated
(128 and the number of the signal, as shells count).
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

from taper.cli.signals import Terminated, raised
from taper.cli.streams import STANDARD_OUTPUT, Closed, abandon, reason, tell
from taper.errors import TaperError

COULD_NOT_RUN = 2
_SIGNALLED = 128


def answer(command: Callable[[], int]) -> int:
    """Run a command and return its exit code.

    Args:
        command: What to run; it returns an exit code.
    """
    if sys.stdout is None:
        sys.stdout = Closed()
    try:
        with raised():
            return command()
    except KeyboardInterrupt:
        tell("interrupted")
        return _SIGNALLED + signal.SIGINT
    except Terminated as ended:
        tell("terminated")
        return _SIGNALLED + ended.number
    except SystemExit as left:
        # How the library that prints help pages ends when nobody reads on, as after `taper | head -5`.
        return COULD_NOT_RUN if left.code else 0
    except BrokenPipeError:
        # The same for the last lines of a help page; what commands print raises a TaperError.
        abandon()
        return COULD_NOT_RUN
    except Exception as problem:
        return _failed(_message(problem))


def _failed(message: str) -> int:
    tell(f"error: {message}")
    return COULD_NOT_RUN


def _message(problem: Exception) -> str:
    """Say what went wrong, where, and what to do."""
    if isinstance(problem, TaperError):
        return str(problem)
    if isinstance(problem, RecursionError):
        return "the input is nested too deeply to be one of ours; check the file"
    if isinstance(problem, MemoryError):
        return "there is not enough memory; check that the file is the right one"
    if isinstance(problem, OSError):
        if problem.filename is None:  # pages of help are written by a library
            abandon()
        return f"{problem.filename or STANDARD_OUTPUT}: {reason(problem)}"
    if isinstance(problem, UnicodeEncodeError):
        abandon()
        return f"{STANDARD_OUTPUT}: cannot show a letter because it is set to {problem.encoding}; set PYTHONUTF8=1"
    import traceback  # for a fault

    if os.environ.get("TAPER_TRACEBACK"):
        traceback.print_exception(problem)
    last = traceback.extract_tb(problem.__traceback__)[-1]
    return (
        f"this is a fault of taper itself ({type(problem).__name__}: {str(problem)[:200]!r} at "
        f"{os.path.basename(last.filename)}:{last.lineno}); please report it, with what TAPER_TRACEBACK=1 shows"
    )
