"""The command that opens the page."""

from __future__ import annotations

import webbrowser
from typing import Annotated

from cyclopts import Parameter

from taper.cli import streams


def desk(*, port: int = 0, open: Annotated[bool, Parameter(negative="--no-open", show_default=False)] = True) -> int:
    """Open a page in the browser on which a plan is made, checked and printed; nothing leaves this machine.

    Args:
        port: Port of this machine; any free one if not given.
        open: Open the browser, and end when the page was closed; with --no-open it serves until it is ended.
    """
    from taper.web.desk.serving import open_desk, serve  # with the server

    ready = open_desk(port)

    def show() -> None:
        streams.write(f"{ready.address}\n".encode())
        if open:
            webbrowser.open(ready.address)

    serve(ready, ends_alone=open, ready=show)
    return 0
