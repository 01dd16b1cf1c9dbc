"""Read what a record system sends with a hook: leniently in its shape, and never more than it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from taper.errors import ScheduleError
from taper.exchange.fhir.shape import many, one, text_of
from taper.loading import decode, load_json

Resource = dict[str, Any]
REQUESTS, DISPENSES = "meds", "dispenses"
"""Keys of the data that the services ask for."""
MOST_RESOURCES = 2_000
_DEEPEST = 8
_LOCAL = re.compile(r"(?:#|urn:)")


class Record(NamedTuple):
    """What was sent of the record of the patient.

    Attributes:
        resources: Requests, dispenses and medications, each once; those of other patients are not among them.
        missing: Whether the orders of the record were not sent at all, so that nothing is known of them.
        failed: Whether the record system could not find them.
        paged: Whether only a part of them was sent.
        foreign: How many entries are about another patient.
    """

    resources: tuple[Resource, ...] = ()
    missing: bool = True
    failed: bool = False
    paged: bool = False
    foreign: int = 0


class HookRequest(NamedTuple):
    """A request of a record system.

    Attributes:
        hook: Which hook.
        instance: Identifier of this call.
        patient: Identifier of the patient.
        drafts: The orders that are being written, and what they refer to.
        selected: Identifiers of those that were chosen just now; empty if that is not said.
        record: What was sent of the record.
    """

    hook: str
    instance: str
    patient: str
    drafts: tuple[Resource, ...]
    selected: frozenset[str]
    record: Record


def read_request(body: bytes, hooks: tuple[str, ...]) -> HookRequest:
    """Read a request.

    Args:
        body: JSON text.
        hooks: The hooks that the service answers.

    Raises:
        ScheduleError: Not a request of one of these hooks; names the field.
    """
    data = load_json(decode(body, ScheduleError), ScheduleError)
    if not isinstance(data, dict):
        raise ScheduleError("this is not a CDS Hooks request; send a JSON object with hook, hookInstance and context")
    hook, instance, context = (data.get(name) for name in ("hook", "hookInstance", "context"))
    if hook not in hooks:
        known = " and ".join(hooks)
        raise ScheduleError(f"{str(hook)[:40]!r} is not a hook of this service; it answers {known}", field="hook")
    if not isinstance(instance, str) or not instance:
        raise ScheduleError("is missing; send the identifier of this call, a UUID", field="hookInstance")
    if not isinstance(context, dict):
        raise ScheduleError("is missing; send the context of the hook, with patientId", field="context")
    patient = context.get("patientId")
    if not isinstance(patient, str) or not patient:
        raise ScheduleError("is missing; send the id of the patient as text", field="context.patientId")
    drafts = tuple(_distinct(_unpacked(context.get("draftOrders"))))
    selected = frozenset(ref.rpartition("/")[2] for ref in many(context, "selections") if isinstance(ref, str) and ref)
    return HookRequest(str(hook), instance, patient, drafts, selected, _record(data.get("prefetch"), patient))


def is_about(resource: Resource, patient: str) -> bool:
    """Return whether a resource is about the patient, as far as its reference says.

    >>> [is_about({"subject": {"reference": name}}, "p1") for name in ("Patient/p1", "Patient/p2", "#p")]
    [True, False, True]
    """
    subject = one(resource, "subject") or one(resource, "patient")
    reference = text_of(subject, "reference")
    if not reference or _LOCAL.match(reference):
        return True
    path = reference.partition("?")[0].partition("/_history/")[0].rstrip("/")
    return path.rpartition("/")[2] == patient


def _record(prefetch: object, patient: str) -> Record:
    """Return what was sent of the record, by its state: missing, failed, null or empty, a part, or whole."""
    if not isinstance(prefetch, dict):
        return Record()
    found = list(_distinct(resource for value in prefetch.values() for resource in _unpacked(value)))
    orders = [one for one in found if str(one.get("resourceType")) in ("MedicationRequest", "MedicationOrder")]
    of_patient = [resource for resource in found if is_about(resource, patient)]
    value = prefetch.get(REQUESTS)
    failed = _is_outcome(value) or _holds_fatal(value) or not _is_data(value)
    return Record(
        tuple(of_patient),
        missing=REQUESTS not in prefetch and not orders,
        failed=failed and not orders,
        paged=any(_is_part(value) for value in prefetch.values()),
        foreign=len(found) - len(of_patient),
    )


def _is_outcome(value: object) -> bool:
    return isinstance(value, dict) and value.get("resourceType") == "OperationOutcome"


def _is_data(value: object) -> bool:
    """Return whether a value can be a record: null, a bundle, resources; anything else was not understood."""
    if isinstance(value, dict):
        return "entry" in value or isinstance(value.get("resourceType"), str)
    return value is None or (isinstance(value, list) and bool(value))


def _holds_fatal(value: object) -> bool:
    """Return whether a bundle says that its search went wrong."""
    outcomes = [one(entry, "resource") for entry in many(value, "entry") if _is_outcome(one(entry, "resource"))]
    return any(
        text_of(issue, "severity") in ("error", "fatal") for outcome in outcomes for issue in many(outcome, "issue")
    )


def _is_part(value: object) -> bool:
    """Return whether a bundle is one page of several."""
    return any(text_of(link, "relation") == "next" for link in many(value, "link"))


def _unpacked(value: object, depth: int = 0) -> Iterator[Resource]:
    """Yield the resources of a bundle with or without its type, of a list, or a resource alone."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for element in value:
            yield from _unpacked(element, depth + 1)
    elif isinstance(value, dict) and "entry" in value:
        for entry in many(value, "entry"):
            inner = one(entry, "resource")
            if isinstance(inner, dict) and isinstance(entry.get("fullUrl"), str):
                inner = inner | {"_fullUrl": entry["fullUrl"]}
            yield from _unpacked(inner, depth + 1)
    elif isinstance(value, dict) and isinstance(value.get("resourceType"), str):
        yield value


def _distinct(resources: Iterator[Resource]) -> Iterator[Resource]:
    """Yield each resource once, by type and id; those without an id are all kept.

    Raises:
        ScheduleError: They are more than a record has.
    """
    seen: set[tuple[str, str]] = set()
    for count, resource in enumerate(resources):
        if count >= MOST_RESOURCES:
            raise ScheduleError(f"more than {MOST_RESOURCES:,} resources; send those of one patient", field="prefetch")
        key = (str(resource["resourceType"]), text_of(resource, "id"))
        if key[1] and key in seen:
            continue
        seen.add(key)
        yield resource
