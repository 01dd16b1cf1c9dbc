"""The command that opens the page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from taper.cli import page
from taper.cli.option_groups import Flag


def desk(
    *,
    port: int = 0,
    no_open: Flag = False,
    static: Path | None = None,
    source: Annotated[Path | None, Parameter(name="--from")] = None,
) -> int:
    """Open a page in the browser on which a plan is made, checked and printed.

    It is served by this machine for this machine alone: nothing leaves it, and nothing is kept.

    With --static, the same page is a folder for any web server (https, or this machine's own): the browser makes the
    plan itself, also offline, and nothing that is typed is sent. What it is made of, about 10 MB, is downloaded with
    npm and pip as they are set up here, and said first; with --from, nothing is.

    Args:
        port: Port of this machine; any free one if not given.
        no_open: Open no browser, and serve until it is ended; else it ends when the page was closed for a while.
        static: Write the page as files into this folder instead, and end.
        source: Folder with Pyodide (.tgz) and the packages (.whl), in place of downloading them.
    """
    if static is not None or source is not None:
        from taper.cli import static_page  # with what builds the folder

        return static_page.write(static, source, is_served=bool(port) or no_open)
    return page.show(port, opened=not no_open)
