"""Cards: what a record system shows, made of strings that stand for what was found; never an empty or a null value."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import UUID, uuid5

from taper import __version__
from taper.finding import Severity
from taper.source import Source
from taper.web.hooks.words import MOST_SUMMARY, is_address, plain

Card = dict[str, Any]
INDICATOR = {Severity.ALERT: "critical", Severity.WARNING: "warning", Severity.NOTE: "info"}
TOPICS = "urn:taper:topic"
REASONS = "urn:taper:override-reason"
OVERRIDE_REASONS = (
    ("recordwrong", "The dose shown is not the dose that is taken"),
    ("agreed", "Agreed with the patient, who knows what withdrawal can mean"),
    ("supervised", "Withdrawal is supervised, or a specialist was asked"),
    ("otherreason", "Another reason, written in the record"),
)
"""Reasons that a clinician may give for going on; only their codes come back, and only their number is kept."""
TOPIC_NAMES = {
    "taperpace": "Pace of a benzodiazepine or Z-drug taper",
    "taperunread": "Benzodiazepine or Z-drug order that could not be judged",
    "tapertoday": "Benzodiazepine or Z-drug that is taken",
}
"""Topics of cards: static, because an override is remembered by them, and without other signs than letters."""
_NAMESPACE = UUID("0e0a4c1a-2f2b-5f0e-9d53-6f1f7a0c8d11")


def identifier(*parts: str) -> str:
    """Return the UUID of something that is said: the same words, the same UUID."""
    return str(uuid5(_NAMESPACE, "\x1f".join(parts)))


class Said(NamedTuple):
    """What a card says.

    Attributes:
        summary: One line of at most 139 characters.
        detail: Markdown.
        topic: Key of `TOPIC_NAMES`.
        severity: Severity of the gravest finding.
        source: Where its limit stands; this project if there is none.
        suggestions: Of which at most one can be chosen.
        links: To other pages.
    """

    summary: str
    detail: str
    topic: str
    severity: Severity = Severity.NOTE
    source: Source | None = None
    suggestions: Sequence[dict[str, Any]] = ()
    links: Sequence[dict[str, Any]] = ()


def card(said: Said, instance: str) -> Card:
    """Return a card.

    Args:
        said: What it says.
        instance: Identifier of the call, so that each call has cards of its own.
    """
    assert len(said.summary) <= MOST_SUMMARY
    made: Card = {
        "uuid": identifier("card", instance, said.topic, said.summary, said.detail),
        "summary": said.summary,
        "detail": said.detail,
        "indicator": INDICATOR[said.severity],
        "source": _source(said.source, said.topic),
    }
    if said.suggestions:
        made |= {"suggestions": list(said.suggestions), "selectionBehavior": "at-most-one"}
    made["overrideReasons"] = [
        {"code": code, "system": REASONS, "display": display} for code, display in OVERRIDE_REASONS
    ]
    if said.links:
        made["links"] = list(said.links)
    return made


def _source(source: Source | None, topic: str) -> dict[str, Any]:
    said: dict[str, Any] = {"label": f"taper {__version__}"}
    if source is not None:
        said["label"] = plain(f"{source.title}, {source.locator}")
        if is_address(source.url):
            said["url"] = source.url
    said["topic"] = {"system": TOPICS, "code": topic, "display": TOPIC_NAMES[topic]}
    return said


def desk_link(desk: str, order: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the link to the desk with what is known of an order behind the `#`, which no browser sends to a server.

    Args:
        desk: Address of the desk; no link if it is empty.
        order: Keys of an order.
    """
    if not desk or not order:
        return []
    address = f"{desk.partition('#')[0]}#order={quote(json.dumps(order, ensure_ascii=False), safe='')}"
    return [{"label": "Plan the steps at the desk", "url": address, "type": "absolute"}]
