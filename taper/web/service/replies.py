"""Answers: what a call gives back, and problems as RFC 9457 has them, with the place in the request."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from taper.errors import MissingExtraError, NotMakeableError, ProofError, StuckError, TaperError

JSON, PROBLEM = "application/json", "application/problem+json"
_MOST = 4_000
TITLES = {
    "request": "The request cannot be read",
    "order": "This cannot be carried out as it is written",
    "makeable": "The products cannot make this",
    "not-found": "There is nothing at this address",
    "method": "This address does not take this method",
    "media-type": "The body must be JSON",
    "host": "The service is not known by this name",
    "trust": "The sender is not trusted",
    "size": "The body is too large",
    "slow-body": "The body did not arrive in time",
    "busy": "All workers are busy",
    "time": "The answer took too long",
    "memory": "The answer needs too much memory",
    "extra": "A package is not installed",
    "proof": "What was made does not add up, so it is not given out",
    "fault": "This is a fault of the service",
}
"""Kinds of problems: the last part of their type, and their title."""


class Reply(NamedTuple):
    """What a call gives back.

    Attributes:
        status: Status of HTTP.
        media: Media type of the content.
        content: The content.
        marks: What is counted of it: labels, never content.
    """

    status: int
    media: str
    content: bytes
    marks: tuple[str, ...] = ()


def data_reply(data: Any, status: int = 200) -> Reply:
    """Return plain data as JSON."""
    return Reply(status, JSON, json.dumps(data, ensure_ascii=False).encode())


def problem_data(kind: str, status: int, detail: str = "", **more: Any) -> dict[str, Any]:
    """Return a problem.

    Args:
        kind: Key of `TITLES`.
        status: Status of HTTP.
        detail: What is wrong, and what to do.
        more: Other members, such as ``field``; those without a value are left out.
    """
    said = {"detail": detail[:_MOST], **more}
    return {
        "type": f"urn:taper:problem:{kind}",
        "title": TITLES[kind],
        "status": status,
        **{name: value for name, value in said.items() if value not in ("", None, (), [])},
    }


def problem_reply(kind: str, status: int, detail: str = "", **more: Any) -> Reply:
    """Return a problem as a reply."""
    return Reply(status, PROBLEM, json.dumps(problem_data(kind, status, detail, **more), ensure_ascii=False).encode())


def refusal(problem: TaperError, status: int = 422) -> Reply:
    """Return an error of the library as a reply: its field, what is wrong, and what would work."""
    if isinstance(problem, MissingExtraError):
        return problem_reply("extra", 501, problem.message)
    if isinstance(problem, ProofError):
        return problem_reply("proof", 500, problem.message)
    if isinstance(problem, StuckError):
        more = {"field": problem.field[:400], "step": problem.step, "ways_out": list(problem.ways_out)}
        return problem_reply("makeable", status, problem.message, **more)
    kind = "makeable" if isinstance(problem, NotMakeableError) else "order" if status == 422 else "request"
    return problem_reply(kind, status, problem.message, field=problem.field[:400])
