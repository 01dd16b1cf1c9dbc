"""Run the service: listen, and end gracefully."""

from __future__ import annotations

import socket

from taper.errors import MissingExtraError, TaperError
from taper.web.service.settings import Settings

GRACE_SECONDS = 15
_CONNECTIONS = 512


def serve(settings: Settings, host: str, port: int) -> None:
    """Listen until a signal comes; then requests that are under way are answered first.

    Args:
        settings: How the service runs.
        host: Where to listen.
        port: Where to listen; 0 for any that is free.

    Raises:
        TaperError: It cannot listen there.
        MissingExtraError: A package of the extra ``web`` is not installed.
    """
    try:
        import uvicorn
    except ImportError:
        raise MissingExtraError("uvicorn", "web", "the service") from None
    from taper.web.patience import patient
    from taper.web.service.app import service_app
    from taper.web.service.observing import log, write_logs

    write_logs()
    config = uvicorn.Config(
        service_app(settings),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        http=patient(settings.limits.body_seconds),
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=20,
        h11_max_incomplete_event_size=32_768,
        lifespan="on",
        proxy_headers=False,
    )
    server = uvicorn.Server(config)
    try:
        listening = config.bind_socket()
    except SystemExit:
        raise TaperError(f"cannot listen on {host}, port {port}; name another port with --port") from None
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or each answer waits 40 ms for its second part
    try:
        log("listening", host=host, port=listening.getsockname()[1])
        server.run(sockets=[listening])
    except SystemExit:
        if server.started:
            raise
    finally:
        listening.close()
    if not server.started:  # older versions return, newer ones leave
        raise TaperError("the processes that work cannot be started; the lines above say why")
