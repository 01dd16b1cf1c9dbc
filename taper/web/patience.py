"""Connections on which a request does not come: closed after some seconds, which the server's library has no limit for.

A client that sends a byte now and then would otherwise hold a connection for ever, and some hundred of them the server.
"""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

GRACE = 2.0
"""Seconds more for a request whose head has come, so that the application can say itself that the body is late."""


class _PatientProtocol(H11Protocol):
    """HTTP on one connection, with a limit on the time from the first byte of a request to its last.

    Attributes:
        seconds: The limit. A connection that sends nothing at first has as long.
    """

    seconds: float
    _limit: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]  # a stream, whatever the base class may allow
        self._limit = self.loop.call_later(self.seconds, self._late)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self._is_under_way:
            self._unset()
        elif self._limit is None:
            self._limit = self.loop.call_later(self.seconds, self._late)

    def connection_lost(self, exc: Exception | None) -> None:
        self._unset()
        super().connection_lost(exc)

    @property
    def _is_under_way(self) -> bool:
        """Whether a request has begun to come and is not whole."""
        head = self.conn.their_state is h11.IDLE and bool(self.conn.trailing_data[0])
        return head or self.conn.their_state is h11.SEND_BODY

    def _late(self) -> None:
        self._limit = None
        if self.conn.their_state is h11.SEND_BODY and not self.cycle.response_complete:
            self._limit = self.loop.call_later(GRACE, self.transport.close)
        else:
            self.transport.close()

    def _unset(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None


def patient(seconds: float) -> Any:
    """Return the protocol for `uvicorn.Config(http=…)` that closes a connection on which no whole request comes.

    Args:
        seconds: How long a request may take to come; must be more than 0.
    """
    return type("PatientProtocol", (_PatientProtocol,), {"seconds": seconds})
