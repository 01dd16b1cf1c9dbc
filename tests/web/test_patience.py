"""A client that trickles holds no connection: not with its head, not with its body, and not with silence."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import uvicorn

from taper.web.desk import serving as desk_serving
from taper.web.patience import patient
from taper.web.service import serving as service_serving
from taper.web.service.settings import Limits, Settings

SHORT, LONGER, WAIT = 0.3, 2.0, 30.0  # seconds: to be cut off by, to be answered within on a busy machine, to give up
HEAD = b"GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n"
Client = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[bytes]]


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answers as soon as the request is whole, and says 408 as the applications do if it is not in time."""
    status, more = 200, True
    try:
        async with asyncio.timeout(LONGER if dict(scope["headers"]).get(b"x-patience") else SHORT):
            while more:
                more = (await receive()).get("more_body", False)
    except TimeoutError:
        status = 408
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


def asked(client: Client, seconds: float = SHORT) -> tuple[bytes, float]:
    """Return what a client got, and the seconds until the server was done with it."""

    async def run() -> tuple[bytes, float]:
        config = uvicorn.Config(
            app, port=0, http=patient(seconds), log_config=None, lifespan="off", timeout_keep_alive=60
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        reader, writer = await asyncio.open_connection(*server.servers[0].sockets[0].getsockname())
        began = time.monotonic()
        async with asyncio.timeout(WAIT):
            got = await client(reader, writer)
        writer.close()
        server.should_exit = True
        await serving
        return got, time.monotonic() - began

    return asyncio.run(run())


async def whole(reader: asyncio.StreamReader) -> bytes:
    """Return what came until the connection ended, which may be in the middle of what the client still sends."""
    got = b""
    try:
        while part := await reader.read(1000):
            got += part
    except ConnectionError:
        pass
    return got


def trickling(start: bytes, drop: bytes) -> Client:
    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        """Send a little again and again, until the server has closed the connection."""
        writer.write(start)
        got = asyncio.create_task(whole(reader))
        while not got.done():
            writer.write(drop)
            await asyncio.sleep(SHORT / 10)
        return await got

    return client


@pytest.mark.parametrize("drop", [b"a", b"x-a: b\r\n", b""], ids=["a byte", "a line", "nothing"])
@pytest.mark.parametrize("start", [b"", HEAD], ids=["from the beginning", "after a line"])
def test_a_head_that_trickles_is_cut_off(start: bytes, drop: bytes) -> None:
    got, seconds = asked(trickling(start, drop))
    assert seconds >= SHORT
    assert not got.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("drop", [b"a", b""], ids=["a byte", "nothing"])
def test_a_body_that_trickles_is_told_so_and_then_cut_off(drop: bytes) -> None:
    got, _ = asked(trickling(HEAD.replace(b"GET", b"POST") + b"content-length: 100000\r\n\r\n", drop))
    assert got.startswith(b"HTTP/1.1 408")


def test_the_second_request_of_a_connection_is_held_to_the_same_limit() -> None:
    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(HEAD + b"\r\n")
        first = await reader.readuntil(b"\r\n\r\n")
        return first + await trickling(b"", b"a")(reader, writer)

    got, _ = asked(client)
    assert got.startswith(b"HTTP/1.1 200")


def test_whoever_sends_whole_requests_is_answered_however_long_the_connection_lasts() -> None:
    """Also with pauses longer than the limit between two requests, a body in parts, and two requests at once."""

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        got = b""
        for pause in (0.0, LONGER * 1.2):
            await asyncio.sleep(pause)
            writer.write(HEAD.replace(b"GET", b"POST") + b"x-patience: 1\r\ncontent-length: 4\r\n\r\nab")
            await asyncio.sleep(SHORT / 30)
            writer.write(b"cd" + (HEAD + b"\r\n") * 2)
            for _ in range(3):
                got += await reader.readuntil(b"\r\n\r\n")
        return got

    got, _ = asked(client, LONGER)
    assert got.count(b"HTTP/1.1 200") == 6


def test_both_servers_have_the_limit_of_ten_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[float] = []

    class StopError(Exception):
        pass

    def config(*_: Any, http: Any, **__: Any) -> None:
        found.append(http.seconds)
        raise StopError

    monkeypatch.setattr(uvicorn, "Config", config)
    desk = desk_serving.open_desk()
    with desk.listening, pytest.raises(StopError):
        desk_serving.serve(desk, ends_alone=False)
    with pytest.raises(StopError):
        service_serving.serve(Settings(limits=Limits(workers=1)), "127.0.0.1", 0)
    assert found == [10, 10]
