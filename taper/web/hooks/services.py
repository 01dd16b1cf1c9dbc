"""The services: what discovery says of them, and what each answers to a request."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from taper.exchange.fhir.shape import text_of
from taper.web.hooks.cards import Card
from taper.web.hooks.entries import Entry, drafts_of
from taper.web.hooks.policy import Policy
from taper.web.hooks.request import DISPENSES, REQUESTS, HookRequest, read_request
from taper.web.hooks.signing import Signing
from taper.web.hooks.today_view import cards_of_today

PACE, TODAY = "taper-pace", "taper-today"
HOOKS = {PACE: ("order-select", "order-sign"), TODAY: ("patient-view",)}
"""Hooks of each service; one id on two hooks says that a new answer takes the place of the old one."""
_STATES = "active,completed,stopped"
_PREFETCH = {
    REQUESTS: f"MedicationRequest?patient={{{{context.patientId}}}}&status={_STATES}",
    DISPENSES: "MedicationDispense?patient={{context.patientId}}",
}
_DESCRIPTIONS = {
    PACE: "Says where an order of a benzodiazepine or Z-drug changes the dose faster than published guidance, with the "
    "page. It computes and warns; it chooses no dose, step or drug.",
    TODAY: "Shows which benzodiazepines and Z-drugs are taken by the orders of the record, and where the dose of the "
    "last three months was changed faster than published guidance.",
}
_TITLES = {PACE: "Pace of benzodiazepine tapers", TODAY: "Benzodiazepines and Z-drugs today"}


class Answer(NamedTuple):
    """What a service answers: the cards, or that the data which it needs cannot be had."""

    cards: tuple[Card, ...] = ()
    lacks: str = ""


def discovery(only: str | None = None) -> dict[str, Any]:
    """Return what the discovery endpoint says.

    Args:
        only: The one hook whose services are told: some clients know a service by its address, and one hook for it.

    >>> [(one["id"], one["hook"]) for one in discovery()["services"]]
    [('taper-pace', 'order-select'), ('taper-pace', 'order-sign'), ('taper-today', 'patient-view')]
    """
    return {
        "services": [
            {
                "hook": hook,
                "title": _TITLES[service],
                "description": _DESCRIPTIONS[service],
                "id": service,
                "prefetch": dict(_PREFETCH),
            }
            for service, hooks in HOOKS.items()
            for hook in hooks
            if only in (None, hook)
        ]
    }


def answer(service: str, body: bytes, policy: Policy, today: date) -> Answer:
    """Answer a request to a service.

    Args:
        service: Id of the service.
        body: The request, JSON text.
        policy: What whoever runs the service chose.
        today: The day on which orders without any date begin, and of which `taper-today` speaks.

    Raises:
        ScheduleError: Not a request of this service; names the field.
    """
    asked = read_request(body, HOOKS[service])
    if asked.record.missing and (service == TODAY or _ours(asked, today)):
        return Answer(lacks=f"the medication requests of the patient (prefetch key '{REQUESTS}')")
    if service == TODAY:
        return Answer(tuple(cards_of_today(asked, policy, today)))
    return Answer(tuple(Signing(asked, _ours(asked, today), policy, today).cards()))


def _ours(asked: HookRequest, today: date) -> tuple[Entry, ...]:
    """Return the orders of our drugs; on order-select those of which one was chosen just now."""
    drafts = drafts_of(asked.drafts, asked.record.resources, today)
    chosen = {draft.about for draft in drafts if _chosen(draft, asked)}
    return tuple(draft for draft in drafts if draft.about in chosen)


def _chosen(draft: Entry, asked: HookRequest) -> bool:
    """Return whether an order is among those that were chosen just now; all are where that is not said."""
    known = asked.selected & {text_of(resource, "id") for resource in asked.drafts}  # what names none says nothing
    return asked.hook != "order-select" or not known or not draft.id or draft.id in known
