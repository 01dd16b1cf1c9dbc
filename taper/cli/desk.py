"""The command that opens the page."""

from __future__ import annotations

import webbrowser

from taper.cli import streams
from taper.cli.option_groups import Flag


def desk(*, port: int = 0, no_open: Flag = False) -> int:
    """Open a page in the browser on which a plan is made, checked and printed.

    It is served by this machine for this machine alone: nothing leaves it, and nothing is kept.

    Args:
        port: Port of this machine; any free one if not given.
        no_open: Open no browser, and serve until it is ended; else it ends when the page was closed for a while.
    """
    from taper.web.desk.serving import open_desk, serve  # with the server

    ready = open_desk(port)

    def show() -> None:
        streams.write(f"{ready.address}\n".encode())
        if not no_open:
            webbrowser.open(ready.address)

    with ready.listening:
        serve(ready, ends_alone=not no_open, ready=show)
    return 0
