"""The command that opens the page."""

from __future__ import annotations

from taper.cli import page
from taper.cli.option_groups import Flag


def desk(*, port: int = 0, no_open: Flag = False) -> int:
    """Open a page in the browser on which a plan is made, checked and printed.

    It is served by this machine for this machine alone: nothing leaves it, and nothing is kept.

    Args:
        port: Port of this machine; any free one if not given.
        no_open: Open no browser, and serve until it is ended; else it ends when the page was closed for a while.
    """
    return page.show(port, opened=not no_open)
