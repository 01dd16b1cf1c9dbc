"""The command line: what does a person at a terminal type?

The only room that writes files, and that knows the clock and the terminal. Every command is a call of the library.

What may not enter: arithmetic on doses, a sentence of the papers, a decision that the library does not offer too.
"""

from __future__ import annotations

import gc
import sys
from types import ModuleType

from taper.cli.guard import answer

__all__ = ["main"]

_ALLOCATIONS = 200_000  # a long search for a plan is still cleaned up after


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code; whatever goes wrong is one line on standard error.

    Args:
        arguments: What was typed after `taper`; that of the process if not given.
    """
    if arguments is None:  # a process of its own, which ends soon: looking for garbage would cost a tenth of its time
        gc.set_threshold(_ALLOCATIONS)
        _without_plugins()

    def run() -> int:
        # Loaded here, so that Ctrl-C while libraries load, or a library that is missing, gets its one line too.
        from taper.cli.shortcut import shortcut

        if (command := shortcut(arguments)) is not None:
            return command()
        from taper.cli import app

        return app.run(arguments)

    return answer(run)


def _without_plugins() -> None:
    """Spare the run pydantic's search of all installed packages for plugins, which takes longer than planning.

    No plugin has a say in how an order is read. A pydantic that looks for them elsewhere is slower, and works as well.
    """
    none = ModuleType("pydantic.plugin._loader")
    none.__dict__["get_plugins"] = tuple
    sys.modules.setdefault(none.__name__, none)
