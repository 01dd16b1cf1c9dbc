"""The server of the page: a thin shell that lets through only what comes from the page itself.

It listens on this machine alone, knows the page by a token in its address, refuses other hosts and origins, takes no
more than a page can hold, waits no longer than a person would, keeps no log and writes nothing.
"""

from __future__ import annotations

import asyncio
import hmac
import io
import time
from collections.abc import AsyncGenerator, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from taper.errors import MissingExtraError
from taper.web.desk.answering import HEADERS, PAGE_POLICY, Reply, Upload, answer
from taper.web.desk.words import SAY

try:
    from python_multipart.exceptions import MultipartParseError
    from starlette.applications import Starlette
    from starlette.datastructures import FormData, UploadFile
    from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
    from starlette.requests import ClientDisconnect, Request
    from starlette.responses import Response
    from starlette.routing import Route
except ImportError:
    raise MissingExtraError("starlette", "web", "the desk") from None

if TYPE_CHECKING:
    pass

MOST_BYTES = 8_000_000
"""The largest request: a file of five million bytes, or a page that carries one of two million."""
MOST_FIELDS = 8000
PATIENCE = 10.0
"""Seconds in which a request must have come whole, its head, and then its body."""
WORK_SECONDS = 25.0
"""Seconds after which an answer is given up."""
_AT_ONCE = 4
_ALIVE, _CLOSED = "alive", "closed"


class _InMemory(MultiPartParser):
    """Reads a form without a file on the disk, however large it is: the request is not larger than memory allows."""

    spool_max_size = MOST_BYTES + 1


class _RefusedError(Exception):
    """A request that is not answered.

    Args:
        status: Status of HTTP.
        text: Why, for the person at the page.
    """

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


class Signs:
    """When the page was last heard of, so that the server can end when it was closed for a while.

    Attributes:
        last: When that was.
        closed: Whether a page has said that it was closed, and none has spoken since.
        shown: Whether the page was asked for.
    """

    def __init__(self) -> None:
        self.last = time.monotonic()
        self.closed = False
        self.shown = False

    def seen(self, *, closed: bool = False) -> None:
        """Note that a page asked for something, or said that it was closed."""
        self.last, self.closed = time.monotonic(), closed

    def silent_for(self) -> float:
        """Return the seconds since a page was heard of."""
        return time.monotonic() - self.last


def desk_app(token: str, hosts: frozenset[str], signs: Signs | None = None) -> Starlette:
    """Return the application of the page.

    Args:
        token: The secret in its address.
        hosts: The names and ports under which it is reached, such as `127.0.0.1:8123`; every other is refused.
        signs: Where it is noted that a page was heard of.
    """
    heard, room = signs or Signs(), asyncio.Semaphore(_AT_ONCE)

    async def serve(request: Request) -> Response:
        try:
            return await _served(request, token, hosts, heard, room)
        except _RefusedError as refused:
            return _plain(refused.status, refused.text)
        except ClientDisconnect:
            return _plain(400, "")
        except Exception as fault:  # told by its kind alone: a message could hold what was typed, and nothing is logged
            return _plain(500, SAY["fault"].format(kind=type(fault).__name__))

    routes = [Route("/{path:path}", serve, methods=["GET", "HEAD", "POST"])]
    return Starlette(routes=routes, middleware=[], debug=False)


async def _served(
    request: Request, token: str, hosts: frozenset[str], heard: Signs, room: asyncio.Semaphore
) -> Response:
    _refuse_strangers(request, hosts)
    given, slash, path = request.path_params["path"].partition("/")
    if not (slash and hmac.compare_digest(given.encode(), token.encode())):
        return _plain(404, "There is nothing here.")
    if request.method == "POST" and path in (_ALIVE, _CLOSED):
        heard.seen(closed=path == _CLOSED)
        return Response(status_code=204, headers=HEADERS)
    heard.seen()
    heard.shown = heard.shown or path == ""
    fields: Mapping[str, str] | None = None
    upload: Upload | None = None
    if request.method == "POST":
        fields, upload = await _form(request)
    call = partial(answer, path, fields, today=date.today(), upload=upload)
    try:
        async with room:  # waiting for others is no work
            async with asyncio.timeout(WORK_SECONDS):
                reply = await asyncio.to_thread(call)
    except TimeoutError:
        raise _RefusedError(503, SAY["too_long"].format(seconds=int(WORK_SECONDS))) from None
    return _sent(reply)


def _refuse_strangers(request: Request, hosts: frozenset[str]) -> None:
    """Refuse a name that another site has made to lead here, and a request that another site has made."""
    if request.headers.get("host", "") not in hosts:
        raise _RefusedError(421, SAY["refused"])
    origin = request.headers.get("origin")
    own = {f"http://{host}" for host in hosts}
    if origin is not None and origin not in own:
        raise _RefusedError(403, SAY["refused"])
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none") and not _is_link(request):
        raise _RefusedError(403, SAY["refused"])
    if request.method == "POST" and origin is None:
        raise _RefusedError(403, SAY["refused"])


def _is_link(request: Request) -> bool:
    """Return whether a link of another site opens the page itself: empty, in a tab of its own, and with the token."""
    asked = (request.method, request.headers.get("sec-fetch-mode"), request.headers.get("sec-fetch-dest"))
    return asked == ("GET", "navigate", "document") and request.path_params["path"].rpartition("/")[2] == ""


async def _form(request: Request) -> tuple[dict[str, str], Upload | None]:
    """Read the form of a request, in memory, with a limit on its size and on the time that it takes to come."""
    try:
        async with asyncio.timeout(PATIENCE):
            body = await _body(request)
    except TimeoutError:
        raise _RefusedError(408, SAY["refused"]) from None
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()

    async def whole() -> AsyncGenerator[bytes, None]:
        yield body
        yield b""

    try:
        if kind == "application/x-www-form-urlencoded":
            form = await FormParser(request.headers, whole()).parse()
        elif kind == "multipart/form-data":
            form = await _InMemory(request.headers, whole(), max_files=1, max_fields=MOST_FIELDS).parse()
        else:
            raise _RefusedError(415, SAY["refused"])
    except (MultiPartException, MultipartParseError, KeyError, ValueError):
        raise _RefusedError(400, SAY["refused"]) from None
    return await _read(form)


async def _body(request: Request) -> bytes:
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > MOST_BYTES:
        raise _RefusedError(413, SAY["too_large"].format(bytes=f"{MOST_BYTES:,}"))
    body = io.BytesIO()
    async for part in request.stream():
        body.write(part)
        if body.tell() > MOST_BYTES:
            raise _RefusedError(413, SAY["too_large"].format(bytes=f"{MOST_BYTES:,}"))
    return body.getvalue()


async def _read(form: FormData) -> tuple[dict[str, str], Upload | None]:
    if len(form.multi_items()) > MOST_FIELDS:
        raise _RefusedError(413, SAY["too_large"].format(bytes=f"{MOST_BYTES:,}"))
    fields: dict[str, str] = {}
    upload: Upload | None = None
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            upload = Upload(value.filename or "", await value.read())
            await value.close()
        else:
            fields[name] = value
    return fields, upload


def _plain(status: int, text: str) -> Response:
    return Response(
        f"{text}\n",
        status,
        headers=HEADERS | {"content-security-policy": PAGE_POLICY, "content-type": "text/plain; charset=utf-8"},
    )


def _sent(reply: Reply) -> Response:
    return Response(reply.body, reply.status, headers=reply.headers)
