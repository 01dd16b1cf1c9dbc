"""Serving the page on this machine: its address, and when it ends."""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import Callable
from datetime import date

from taper.errors import MissingExtraError, OrderError
from taper.values import dataclass
from taper.web.desk.answering import warm_up
from taper.web.desk.app import PATIENCE, Signs, desk_app

try:
    import uvicorn

    from taper.web.patience import patient
except ImportError:
    raise MissingExtraError("uvicorn", "web", "the desk") from None

HERE = "127.0.0.1"
AFTER_CLOSED = 120.0
"""Seconds without a word after a page said that it was closed; another page that is open speaks every minute."""
AFTER_SILENCE = 12 * 3600.0
"""Seconds without a word from any page: a machine that was left, or a browser that was ended at once."""
_LOOK, _GLANCE = 2.0, 0.1


@dataclass(frozen=True)
class Desk:
    """A page that is ready to be served.

    Attributes:
        address: Where a browser finds it, its token included.
        listening: The socket.
        token: The secret of its address.
    """

    address: str
    listening: socket.socket
    token: str


def open_desk(port: int = 0) -> Desk:
    """Take a port of this machine, any free one if none is named.

    Raises:
        OrderError: The port is taken, or may not be used.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # On Windows the usual option would let two programs have one port, and one read what is meant for the other.
    listening.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR), 1)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or each answer waits 40 ms for its second part
    try:
        listening.bind((HERE, port))
    except (OSError, OverflowError) as problem:
        listening.close()
        reason = getattr(problem, "strerror", None) or str(problem)
        raise OrderError(f"port {port} cannot be used ({reason}); name another one, or none", field="port") from None
    listening.listen(128)
    token = secrets.token_urlsafe(24)
    return Desk(f"http://{HERE}:{listening.getsockname()[1]}/{token}/", listening, token)


def serve(desk: Desk, *, ends_alone: bool, ready: Callable[[], object] = lambda: None) -> None:
    """Serve a page until it is ended, or until it was closed for a while.

    Args:
        desk: The page.
        ends_alone: Whether it ends when the page was closed.
        ready: Called once it answers.
    """
    port, signs = desk.listening.getsockname()[1], Signs()
    app = desk_app(desk.token, frozenset({f"{HERE}:{port}", f"localhost:{port}"}), signs)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            lifespan="off",
            ws="none",
            http=patient(PATIENCE),
            timeout_keep_alive=20,
            timeout_graceful_shutdown=2,
            limit_concurrency=400,
            h11_max_incomplete_event_size=32_768,
        )
    )
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]  # the command line has its own

    async def run() -> None:
        serving = asyncio.create_task(server.serve(sockets=[desk.listening]))
        while not server.started and not serving.done():
            await asyncio.sleep(0.005)
        if not serving.done():
            ready()
        warm = False
        while not serving.done():
            await asyncio.wait([serving], timeout=_LOOK if warm else _GLANCE)
            if signs.shown and not warm:  # the first page came; before it, this would only hold it up
                warm = True
                await asyncio.to_thread(warm_up, date.today())
            if ends_alone and is_over(signs.silent_for(), closed=signs.closed):
                server.should_exit = True
        await serving

    asyncio.run(run())


def is_over(silent: float, *, closed: bool) -> bool:
    """Return whether the page was closed for so long, or not heard of for so long, that the server may end.

    >>> is_over(200, closed=True), is_over(200, closed=False)
    (True, False)
    """
    return silent > (AFTER_CLOSED if closed else AFTER_SILENCE)
