"""The app: which address is answered by which deed, who is trusted, and how it starts and ends."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager

from taper import __version__
from taper.errors import MissingExtraError, OrderError, TaperError

try:
    from starlette.applications import Starlette
    from starlette.datastructures import Headers
    from starlette.exceptions import HTTPException
    from starlette.middleware import Middleware
    from starlette.middleware.cors import CORSMiddleware
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route
except ImportError:
    raise MissingExtraError("starlette", "web", "the service") from None

from taper.web.hooks.feedback import read_feedback
from taper.web.hooks.services import HOOKS, discovery
from taper.web.hooks.trust import Trust
from taper.web.service.endpoints import ENDPOINTS, Endpoint
from taper.web.service.gate import Gate, body_of
from taper.web.service.observing import Figures, log
from taper.web.service.openapi import openapi
from taper.web.service.pool import Done, Pool
from taper.web.service.replies import Reply, data_reply, problem_reply, refusal
from taper.web.service.settings import Settings
from taper.web.service.worker import Fault

Answerer = Callable[[Request], Awaitable[Response]]
_COME_AGAIN = {"retry-after": "2"}


def service_app(settings: Settings | None = None) -> Starlette:
    """Return the service as an ASGI app.

    Args:
        settings: How it runs; on this machine alone, with all limits at their defaults, if not given.

    Raises:
        OrderError: In production mode, no trusted client is named, or its address is not one of HTTPS.
        MissingExtraError: A package of the extra ``web`` is not installed.
    """
    settings = settings or Settings()
    if settings.production:
        if not settings.clients:
            raise OrderError("in production only trusted record systems are answered; name them with --clients")
        if not settings.base_url.startswith("https://"):
            raise OrderError("in production the service is called over HTTPS; name its address with --base-url")
    return _Service(settings).app()


class _Service:
    """The parts of one app."""

    def __init__(self, settings: Settings) -> None:
        limits = settings.limits
        self.settings, self.figures = settings, Figures()
        self.trust = Trust(settings.clients) if settings.clients else None
        size = (limits.waiting, limits.memory_bytes, limits.lifetime)
        self.calls = Pool(limits.workers, limits.seconds, *size)
        self.hooks = Pool(limits.workers, limits.hook_seconds, *size)
        self.known: dict[tuple[str, str], Reply] = {}

    def app(self) -> Starlette:
        """Return the app."""
        cors = Middleware(
            CORSMiddleware,
            allow_origins=self.settings.origins,
            allow_methods=("GET", "POST"),
            allow_headers=("authorization", "content-type", "x-request-id"),
            expose_headers=("x-request-id",),
        )
        made = Starlette(
            routes=list(self._routes()),
            lifespan=self._lifespan,
            middleware=[Middleware(Gate, settings=self.settings, figures=self.figures), cors],
            exception_handlers={HTTPException: self._refused},
        )
        made.router.redirect_slashes = False  # it would lead to the address behind the proxy
        return made

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        try:
            await self.hooks.start()
            await self.calls.start()
        except OSError as problem:
            log("start", logging.ERROR, fault=str(problem))
            raise
        log("ready", version=__version__, workers=self.settings.limits.workers)
        try:
            yield
        finally:
            self.calls.end()
            self.hooks.end()
            log("ended")

    def _routes(self) -> Iterator[Route]:
        for endpoint in ENDPOINTS:
            made = self._asked(endpoint) if endpoint.takes is not None else self._read(endpoint)
            yield Route(endpoint.path, made, methods=[endpoint.method])
        yield from self._hooks("", None)
        for hook in dict.fromkeys(hook for hooks in HOOKS.values() for hook in hooks):
            yield from self._hooks(f"/{hook}", hook)
        for prefix in ("", "/v1"):
            yield Route(f"{prefix}/health", self._health, methods=["GET"])
            yield Route(f"{prefix}/ready", self._ready, methods=["GET"])
        yield Route("/metrics", self._metrics, methods=["GET"])
        yield Route("/openapi.json", self._openapi, methods=["GET"])

    def _hooks(self, base: str, only: str | None) -> Iterator[Route]:
        """Yield the addresses of CDS Hooks: all of them, or those of one hook, for clients that know one a service."""

        async def found(_: Request) -> Response:
            return _response(data_reply(discovery(only)))

        for end in ("", "/"):  # some clients end it with a slash
            yield Route(f"{base}/cds-services{end}", found, methods=["GET"])
        for service, hooks in HOOKS.items():
            if only is None or only in hooks:
                yield Route(f"{base}/cds-services/{service}", self._hook(service), methods=["POST"])
                yield Route(f"{base}/cds-services/{service}/feedback", self._feedback(service), methods=["POST"])

    def _asked(self, endpoint: Endpoint) -> Answerer:
        """Return what answers an address with a body."""

        async def asked(request: Request) -> Response:
            body = await self._body(request)
            if isinstance(body, Reply):
                return _response(body)
            return self._done(await self.calls.run(endpoint.deed, body))

        return asked

    def _read(self, endpoint: Endpoint) -> Answerer:
        """Return what answers an address that is only read; what it says never changes while the service runs."""
        names = [name for name, _ in endpoint.query]

        async def read(request: Request) -> Response:
            for name in request.query_params:
                if name not in names:
                    return _response(problem_reply("request", 400, "There is no such parameter.", field=name[:40]))
            query = {name: request.query_params[name][:80] for name in names if name in request.query_params}
            key = (endpoint.deed, repr(sorted(query.items())))
            if key in self.known:
                return _response(self.known[key])
            done = await self.calls.run(endpoint.deed, query)
            if isinstance(done.content, Reply) and done.content.status == 200 and len(self.known) < 1_000:
                self.known[key] = done.content
            return self._done(done)

        return read

    def _hook(self, service: str) -> Answerer:
        """Return what answers a service of CDS Hooks."""

        async def asked(request: Request) -> Response:
            body = await self._body(request)
            if isinstance(body, Reply):
                return _response(body)
            policy, today = self.settings.policy, self.settings.today()
            done = await self.hooks.run("hook", service, body, policy, today)
            if isinstance(done.content, Reply):
                self.figures.gave(service, done.content.marks)
            return self._done(done)

        return asked

    def _feedback(self, service: str) -> Answerer:
        """Return what takes the feedback on the cards of a service."""

        async def told(request: Request) -> Response:
            body = await self._body(request)
            if isinstance(body, Reply):
                return _response(body)
            try:
                outcomes = read_feedback(body)
            except TaperError as problem:
                return _response(refusal(problem, 400))
            for outcome in outcomes:
                self.figures.told(service, outcome.outcome, outcome.reason)
            return Response(status_code=200)

        return told

    async def _body(self, request: Request) -> bytes | Reply:
        """Return the body of a request whose sender is trusted, or the problem with it."""
        if self.settings.production and not await self._trusted(request):
            return problem_reply("trust", 401)
        return await body_of(request.receive, Headers(scope=request.scope), self.settings)

    async def _trusted(self, request: Request) -> bool:
        if self.trust is None:
            return False
        authorization = request.headers.get("authorization", "")
        path = request.url.path
        base = self.settings.base_url.rstrip("/")
        address = f"{base}{path}" if base else str(request.url.replace(query=None))
        if self.trust.verify(authorization, address, time.time()):
            return True
        again = await asyncio.to_thread(self.trust.read_again, authorization, time.time())
        return again and bool(self.trust.verify(authorization, address, time.time()))

    def _done(self, done: Done) -> Response:
        """Return the answer of a worker, or say why there is none."""
        content = done.content
        if done.trouble is None and isinstance(content, Reply):
            return _response(content)
        trouble = done.trouble or ("memory" if content == "memory" else "fault")
        self.figures.failed(trouble)
        if isinstance(content, Fault):
            log("fault", fault=str(content))
            return _response(problem_reply("fault", 500, f"Please report it: {content}"))
        kind = {"busy": "busy", "slow": "time"}.get(trouble, "memory")
        return _response(problem_reply(kind, 503), _COME_AGAIN)

    async def _health(self, _: Request) -> Response:
        return _response(data_reply({"status": "ok", "version": __version__}))

    async def _ready(self, _: Request) -> Response:
        ready = self.calls.ready and self.hooks.ready
        said = {"status": "ok" if ready else "starting", "version": __version__}
        return _response(data_reply(said, 200 if ready else 503))

    async def _metrics(self, _: Request) -> Response:
        return Response(self.figures.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    async def _openapi(self, _: Request) -> Response:
        return _response(data_reply(openapi(self.settings.base_url)))

    async def _refused(self, _: Request, problem: Exception) -> Response:
        """Answer an address or a method that there is not."""
        assert isinstance(problem, HTTPException)
        kind = {404: "not-found", 405: "method"}.get(problem.status_code, "request")
        return _response(problem_reply(kind, problem.status_code), dict(problem.headers or {}))


def _response(reply: Reply, headers: dict[str, str] | None = None) -> Response:
    return Response(reply.content, reply.status, headers, reply.media)
