"""What the browser calls: a request in the types of JavaScript, answered as a server would."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from taper.web.desk.answering import PAGE_POLICY, Reply, Upload, answer, asset, warm_up
from taper.web.desk.words import SAY

if TYPE_CHECKING:
    from typing_extensions import Buffer

POLICY = f"{PAGE_POLICY}; worker-src 'self'"
"""What the page may do: as everywhere, and start the worker that answers it."""


def respond(
    path: str, fields: str | None, today: str, name: str | None = None, data: Buffer | None = None
) -> tuple[int, str, bytes]:
    """Answer a request.

    Args:
        path: What follows the page's own address.
        fields: Pairs of names and texts as JSON; None if nothing was posted.
        today: The day where the browser is, in ISO 8601.
        name: Name of a file that was opened.
        data: Its content, as bytes or a view of them.

    Returns:
        Status, headers as JSON, and body.

    >>> status, headers, body = respond("nowhere", "[]", "2026-01-05")
    >>> status, body.decode().strip()
    (404, 'There is nothing here.')
    """
    posted = None if fields is None else {str(key): str(text) for key, text in json.loads(fields)}
    upload = Upload(name or "", bytes(data)) if data is not None else None
    try:
        reply = answer(path, posted, today=date.fromisoformat(today), upload=upload, in_browser=True)
    except Exception as fault:  # told by its kind alone, as the server does
        reply = Reply("text/plain; charset=utf-8", f"{SAY['fault'].format(kind=type(fault).__name__)}\n".encode(), 500)
    headers = reply.headers
    if reply.policy == PAGE_POLICY:
        headers |= {"content-security-policy": POLICY}
    return reply.status, json.dumps(headers), reply.body


def first_page(today: date) -> bytes:
    """Return the empty page."""
    return answer("", None, today=today, in_browser=True).body


def own_files() -> dict[str, bytes]:
    """Return the files that the page loads, by name."""
    return {name: asset(name).body for name in ("desk.css", "desk.js", "htmx.min.js", "icon.svg")}


def warm_up_on(today: str) -> None:
    """Load what plans, checks and prints.

    Args:
        today: The day where the browser is, in ISO 8601.
    """
    warm_up(date.fromisoformat(today))
