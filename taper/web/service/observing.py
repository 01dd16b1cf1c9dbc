"""What is told of the work: figures for Prometheus, and one line of log for each request. Never any content."""

from __future__ import annotations

import json
import logging
import time
from typing import Any

from taper.errors import MissingExtraError

try:
    from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
except ImportError:
    raise MissingExtraError("prometheus-client", "web", "the service") from None

LOG = logging.getLogger("taper.web")
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)


class Figures:
    """The figures of one service."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "taper_requests", "Requests answered.", ("route", "method", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "taper_request_seconds", "Time to the answer.", ("route",), buckets=_SECONDS, registry=self.registry
        )
        self.running = Gauge("taper_requests_running", "Requests that are being answered.", registry=self.registry)
        self._cards = Counter("taper_cards", "Cards given.", ("service", "indicator"), registry=self.registry)
        self._feedback = Counter(
            "taper_feedback", "Cards of which feedback came.", ("service", "outcome", "reason"), registry=self.registry
        )
        self._troubles = Counter(
            "taper_worker_troubles", "Calls that got no answer.", ("trouble",), registry=self.registry
        )

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def gave(self, service: str, indicators: tuple[str, ...]) -> None:
        """Count cards."""
        for indicator in indicators:
            self._cards.labels(service, indicator).inc()

    def told(self, service: str, outcome: str, reason: str) -> None:
        """Count the feedback on a card."""
        self._feedback.labels(service, outcome, reason).inc()

    def failed(self, trouble: str) -> None:
        """Count a call that got no answer."""
        self._troubles.labels(trouble).inc()

    def text(self) -> bytes:
        """Return all figures as Prometheus reads them."""
        return generate_latest(self.registry)


def log(event: str, level: int = logging.INFO, **facts: Any) -> None:
    """Write one line of log: an event and plain facts about it."""
    if LOG.isEnabledFor(level):
        LOG.log(level, json.dumps({"event": event, **facts}, ensure_ascii=True))


class Lines(logging.Formatter):
    """Formats a line of log as JSON with its time; what a library logs is told by its kind alone, without arguments."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        head = {"at": at, "level": record.levelname.lower()}
        if record.name == LOG.name:
            return json.dumps(head | json.loads(record.getMessage()))
        kind = type(record.exc_info[1]).__name__ if record.exc_info and record.exc_info[1] else ""
        said = {"event": "library", "name": record.name, "message": str(record.msg)[:200]}
        return json.dumps(head | said | ({"error": kind} if kind else {}))


def write_logs(level: int = logging.INFO) -> None:
    """Let all logs go to standard error, as lines of JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    LOG.setLevel(level)
