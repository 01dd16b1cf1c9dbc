"""Completion of commands and options by the shell."""

from __future__ import annotations

from typing import Literal

from cyclopts.completion.detect import ShellDetectionError

from taper.cli.app import app
from taper.cli.console import Console
from taper.errors import TaperError

Shell = Literal["bash", "zsh", "fish", "powershell"]


def install(*, shell: Shell | None = None) -> int:
    """Let the shell complete commands and options.

    Args:
        shell: Which shell; found out if not given.
    """
    try:
        path = app.install_completion(shell=shell)
    except ShellDetectionError:
        raise TaperError("it cannot be told which shell this is; add --shell bash, zsh, fish or powershell") from None
    with Console() as console:
        console.line(f"Written to {path}. Open a new shell to use it.")
    return 0
