"""The gate around all addresses: names by which it may be called, identifiers, limits on a body, and faults."""

from __future__ import annotations

import asyncio
import logging
import time
from uuid import UUID, uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from taper.web.service.observing import Figures, log
from taper.web.service.replies import Reply, problem_reply
from taper.web.service.settings import Settings
from taper.web.service.worker import fault_of

REQUEST_ID = "x-request-id"
_ALWAYS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "cross-origin",
}
_QUIET = frozenset(("/health", "/ready", "/v1/health", "/v1/ready", "/metrics"))
"""Addresses that are asked all the time, and not worth a line."""


class Gate:
    """The outermost layer of the service."""

    def __init__(self, app: ASGIApp, settings: Settings, figures: Figures) -> None:
        """Wrap an app.

        Args:
            app: What answers.
            settings: How the service runs.
            figures: Where requests are counted.
        """
        self._app, self._settings, self._figures = app, settings, figures
        known = [name.lower() for name in settings.hosts]  # a header writes an address of version 6 in brackets
        self._hosts = frozenset(f"[{name}]" if ":" in name.strip("[]") and name[0] != "[" else name for name in known)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        headers = Headers(scope=scope)
        scope.setdefault("state", {})["request_id"] = identifier = _identifier(headers.get(REQUEST_ID, ""))
        started: list[int] = []

        async def out(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message["status"])
                given = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    given.setdefault(name, value)
                given[REQUEST_ID] = identifier
            await send(message)

        with self._figures.running.track_inprogress():
            try:
                if _name_of(headers.get("host", "")) in self._hosts:
                    await self._app(scope, receive, out)
                else:
                    await answer(problem_reply("host", 421), out)
            except ClientDisconnect:
                started.append(499)
            except Exception as problem:  # of which only the place is told: its words may quote what was sent
                log("fault", logging.ERROR, id=identifier, fault=fault_of(problem))
                if not started:
                    await answer(problem_reply("fault", 500, f"Please report it, with the id {identifier}."), out)
        self._tell(scope, started[0] if started else 499, time.perf_counter() - begun)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "(none)")
        method = scope["method"] if scope["method"] in ("GET", "POST", "OPTIONS", "HEAD") else "(other)"
        self._figures.answered(route, method, status, seconds)
        if route not in _QUIET:
            identifier = scope["state"]["request_id"]
            log("request", id=identifier, route=route, method=method, status=status, ms=round(seconds * 1000, 1))


def _identifier(given: str) -> str:
    """Return the identifier of a request: the client's if it is a UUID, and so can hold nothing else, or a new one."""
    try:
        return str(UUID(given))
    except ValueError:
        return str(uuid4())


def _name_of(host: str) -> str:
    """Return the name in a header ``Host``, without the port.

    >>> _name_of("localhost:8080"), _name_of("[::1]:8080"), _name_of("EXAMPLE.org")
    ('localhost', '[::1]', 'example.org')
    """
    name, bracket, _ = host.partition("]")
    return f"{name}]".lower() if bracket else host.partition(":")[0].lower()


async def answer(reply: Reply, send: Send, headers: dict[str, str] | None = None) -> None:
    """Send a reply."""
    fields = {"content-type": reply.media, "content-length": str(len(reply.content)), **(headers or {})}
    start = [(name.encode(), value.encode()) for name, value in fields.items()]
    await send({"type": "http.response.start", "status": reply.status, "headers": start})
    await send({"type": "http.response.body", "body": reply.content})


async def body_of(receive: Receive, headers: Headers, settings: Settings) -> bytes | Reply:
    """Return the body of a request, or the problem with it: another kind, too large, or too slow."""
    limits = settings.limits
    media, _, rest = headers.get("content-type", "").partition(";")
    if media.strip().lower() != "application/json" or "utf-16" in rest.lower():
        return problem_reply("media-type", 415, "Send the body as application/json, in UTF-8.")
    too_large = problem_reply("size", 413, f"The most is {limits.body_bytes:,} bytes.")
    length = headers.get("content-length", "")
    if length.isdigit() and int(length[:20]) > limits.body_bytes:
        return too_large
    parts, size = [], 0
    try:
        async with asyncio.timeout(limits.body_seconds):
            more = True
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientDisconnect
                parts.append(message.get("body", b""))
                size += len(parts[-1])
                if size > limits.body_bytes:
                    return too_large
                more = message.get("more_body", False)
    except TimeoutError:
        return problem_reply("slow-body", 408, f"It must arrive within {limits.body_seconds:g} seconds.")
    return b"".join(parts)
