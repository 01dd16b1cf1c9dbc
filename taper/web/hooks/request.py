"""Read what a record system sends with a hook: leniently in its shape, and never more than it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from taper.errors import ScheduleError
from taper.exchange.fhir.shape import amount, many, one, text_of
from taper.loading import decode, load_json

Resource = dict[str, Any]
REQUESTS, DISPENSES = "meds", "dispenses"
"""Keys of the data that the services ask for."""
MOST_RESOURCES = 2_000
_DEEPEST = 8
_ORDERS = ("MedicationRequest", "MedicationOrder")
_LOCAL = re.compile(r"(?:#|urn:)")


class Record(NamedTuple):
    """What was sent of the record of the patient.

    Attributes:
        resources: Requests, dispenses and medications, each once; those of other patients are not among them.
        missing: Whether the orders of the record were not sent at all, so that nothing is known of them.
        failed: Whether the record system could not find them.
        paged: Whether only a part of them was sent.
        foreign: How many entries are about another patient.
        versions: How many orders came a second time with another content; the first was read.
        fills_failed: Whether the record system could not find what was handed out.
    """

    resources: tuple[Resource, ...] = ()
    missing: bool = True
    failed: bool = False
    paged: bool = False
    foreign: int = 0
    versions: int = 0
    fills_failed: bool = False


class HookRequest(NamedTuple):
    """A request of a record system.

    Attributes:
        hook: Which hook.
        instance: Identifier of this call.
        patient: Identifier of the patient.
        drafts: The orders that are being written, and what they refer to; two with one id if they differ.
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
    patient = patient.rpartition("/")[2] or patient  # some write it as a reference
    drafts, _ = _distinct(_unpacked(context.get("draftOrders")))
    selected = frozenset(_id_in(ref) for ref in many(context, "selections") if isinstance(ref, str) and ref)
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
    return _id_in(reference) == patient


def _id_in(reference: str) -> str:
    """Return the id that a reference ends with, whichever version of it is meant.

    >>> _id_in("https://ehr.example.org/fhir/MedicationRequest/m1/_history/2")
    'm1'
    """
    path = reference.partition("?")[0].partition("/_history/")[0].rstrip("/")
    return path.rpartition("/")[2]


def _record(prefetch: object, patient: str) -> Record:
    """Return what was sent of the record, by its state: missing, failed, null or empty, a part, or whole."""
    if not isinstance(prefetch, dict):
        return Record()
    sent, versions = _distinct(resource for value in prefetch.values() for resource in _unpacked(value))
    found = _first_of_each(sent)
    orders = [one for one in found if str(one.get("resourceType")) in _ORDERS]
    of_patient = [resource for resource in found if is_about(resource, patient)]
    value = prefetch.get(REQUESTS)
    return Record(
        tuple(of_patient),
        missing=REQUESTS not in prefetch and not orders,
        failed=_has_failed(value) and not orders,
        paged=any(_is_part(value) for value in prefetch.values()) or (_holds_fatal(value) and bool(orders)),
        foreign=len(found) - len(of_patient),
        versions=versions,
        fills_failed=_has_failed(prefetch.get(DISPENSES)),
    )


def _has_failed(value: object) -> bool:
    """Return whether a search went wrong, or its answer is no data."""
    return _is_outcome(value) or _holds_fatal(value) or not _is_data(value)


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
    """Return whether a bundle is one page of several: by its links, or by the number of all that were found."""
    total = amount(value, "total")
    fewer = total is not None and isinstance(value, dict) and "entry" in value and total > len(many(value, "entry"))
    return fewer or any(text_of(link, "relation") in ("next", "previous", "prev") for link in many(value, "link"))


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


def _distinct(resources: Iterator[Resource]) -> tuple[tuple[Resource, ...], int]:
    """Return each resource once, and how many orders had the type and id of another one but another content.

    Raises:
        ScheduleError: They are more than a record has.
    """
    kept: list[Resource] = []
    seen: dict[tuple[str, str], list[Resource]] = {}
    for count, resource in enumerate(resources):
        if count >= MOST_RESOURCES:
            raise ScheduleError(f"more than {MOST_RESOURCES:,} resources; send those of one patient", field="prefetch")
        content = {name: value for name, value in resource.items() if name not in ("_fullUrl", "meta", "text")}
        same = seen.setdefault(key_of(resource), []) if text_of(resource, "id") else []
        if content not in same:
            same.append(content)
            kept.append(resource)
    return tuple(kept), sum(len(each) - 1 for key, each in seen.items() if key[0] in _ORDERS)


def key_of(resource: Resource) -> tuple[str, str]:
    """Return the type and the id of a resource."""
    return str(resource["resourceType"]), text_of(resource, "id")


def _first_of_each(resources: tuple[Resource, ...]) -> list[Resource]:
    """Return the first of those with the same type and id, and all without an id."""
    seen: set[tuple[str, str]] = set()
    first = []
    for resource in resources:
        key = key_of(resource)
        if not key[1] or key not in seen:
            first.append(resource)
        seen.add(key)
    return first
