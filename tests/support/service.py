"""A service that listens on this machine for the tests, with one worker of each kind."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import httpx2 as httpx
import uvicorn

from taper.web.service.app import service_app
from taper.web.service.settings import Limits, Settings
from tests.support.hooks import DAY, POLICY

ORIGIN = "https://ehr.example.org"
_START_SECONDS = 120


@contextmanager
def running(**more: Any) -> Iterator[httpx.Client]:
    """Run a service on the day of the made-up requests, and yield a client of it.

    Args:
        more: Other settings.
    """
    given = {"limits": Limits(workers=1), "origins": (ORIGIN,), "policy": POLICY, "today": _day} | more
    config = uvicorn.Config(service_app(Settings(**given)), port=0, log_config=None, access_log=False, lifespan="on")
    listening = config.bind_socket()
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    until = time.monotonic() + _START_SECONDS
    while not server.started:
        assert thread.is_alive()
        assert time.monotonic() < until, "the service does not start"
        time.sleep(0.05)
    try:
        with httpx.Client(base_url=address, timeout=60) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(30)
        listening.close()


def _day() -> date:
    return DAY
