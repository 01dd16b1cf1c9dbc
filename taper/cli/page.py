"""What `taper desk` does, once it is known what was typed."""

from __future__ import annotations

import webbrowser

from taper.cli import streams


def show(port: int, *, opened: bool) -> int:
    """Serve the page on this machine, and say where.

    Args:
        port: Port of this machine; 0 for any free one.
        opened: Whether the browser is opened; then it ends when the page was closed for a while.
    """
    from taper.web.desk.serving import open_desk, serve  # with the server

    desk = open_desk(port)

    def ready() -> None:
        streams.write(f"{desk.address}\n".encode())
        if opened:
            webbrowser.open(desk.address)

    with desk.listening:
        serve(desk, ends_alone=opened, ready=ready)
    return 0
