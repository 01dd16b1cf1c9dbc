"""The orders and the fills of a request, each by itself: which drug, which days, and what of it was understood."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from taper import catalog
from taper.checker.wording import remark_text
from taper.errors import ScheduleError
from taper.exchange.collector import Collector, day_of
from taper.exchange.fhir.medicines import medicine_of
from taper.exchange.fhir.read import MEANING, medicines_by_name, read_fhir
from taper.exchange.fhir.shape import many, one, text_of
from taper.exchange.product_name import drugs_in
from taper.exchange.record_lines import Line
from taper.message import Message
from taper.schedule.schedule import Remark

Resource = dict[str, Any]
ORDERS = ("MedicationRequest", "MedicationOrder")
ENDED = ("stopped", "cancelled", "completed", "on-hold")
"""States in which an order that is signed ends what was taken by it."""
SIGNED = ("", "draft", "active", *ENDED)
"""States of an order that can be judged as it is signed."""
NOT_ORDERED = ("plan", "proposal", "option")


class Entry(NamedTuple):
    """One order or fill.

    Attributes:
        resource: As it was sent.
        drug: The drug of the catalog; empty if several are meant, or none for certain.
        named: The drugs of the catalog that it names.
        lines: What is taken on which days; only lines that were understood.
        understood: Whether all of its dosages were, with their days.
        remarks: What the reader has to say about it.
        elsewhere: Whether all of it is given by another route than the mouth, and so is no part of what is taken.
    """

    resource: Resource
    drug: str
    named: tuple[str, ...]
    lines: tuple[Line, ...]
    understood: bool
    remarks: tuple[Remark, ...]
    elsewhere: bool = False

    @property
    def id(self) -> str:
        """The id of the resource; may be empty."""
        return text_of(self.resource, "id")

    @property
    def about(self) -> str:
        """The drug that a card about it is of: several, where it does not say which of them is meant."""
        return self.drug or " / ".join(sorted(self.named))

    @property
    def status(self) -> str:
        """The state of the resource; may be empty."""
        return text_of(self.resource, "status")

    @property
    def unread(self) -> bool:
        """Whether it may change what is taken, and was not understood."""
        return not self.understood and not self.elsewhere

    @property
    def is_order(self) -> bool:
        """Whether it is an order, and not what was handed out."""
        return self.resource["resourceType"] in ORDERS

    @property
    def written(self) -> date | None:
        """Day on which it was written."""
        return day_of(self.resource.get("authoredOn")) or day_of(self.resource.get("dateWritten"))

    @property
    def start(self) -> date | None:
        """First day of its lines."""
        return min((line.start for line in self.lines if line.start is not None), default=None)

    @property
    def end(self) -> date | None:
        """Last day of its lines, by its own dates or its supply."""
        return max((line.end for line in self.lines if line.end is not None), default=None)

    @property
    def timed(self) -> bool:
        """Whether the times of day are recorded."""
        return not any(remark.kind == "time" for remark in self.remarks)

    @property
    def times(self) -> frozenset[str]:
        """The times of day at which it is taken."""
        return frozenset(intake.time for line in self.lines for intake in line.intakes or ())

    @property
    def medicine(self) -> str:
        """The medicine in the words of the record."""
        return next((line.product for line in self.lines if line.product), "") or medicine_words(self.resource)


def drafts_of(resources: Iterable[Resource], also: Iterable[Resource], today: date) -> tuple[Entry, ...]:
    """Return the orders of our drugs that are being written; one without a date, or put by earlier, begins today.

    Args:
        resources: The orders, and the medications that they refer to.
        also: More resources that may be such medications.
        today: The day.
    """
    as_sent: dict[int, Resource] = {}
    dated = []
    for resource in resources:
        made = resource
        if resource.get("resourceType") in ORDERS and text_of(resource, "status") not in ("active", *ENDED):
            written = resource.get("authoredOn") or resource.get("dateWritten")
            day = day_of(written)
            if not written or (day is not None and day < today):
                made = resource | {"authoredOn": today.isoformat()}
        as_sent[id(made)] = resource
        dated.append(made)
    return tuple(entry._replace(resource=as_sent[id(entry.resource)]) for entry in entries_of(dated, also))


def record_of(resources: Iterable[Resource]) -> tuple[Entry, ...]:
    """Return the orders and fills of our drugs in a record: an active one by itself, as if there were no other.

    Which of several active orders are in force is not for their reader to say.
    """
    resources = list(resources)
    return tuple(
        entries_of([entry.resource], resources)[0] if entry.is_order and entry.status == "active" else entry
        for entry in entries_of(resources)
    )


def nameless_in(resources: Iterable[Resource]) -> int:
    """Return how many active orders name no medicine at all, so that any of them may be of our drugs."""
    resources = list(resources)
    return sum(text_of(resource, "status") == "active" for resource in _nameless(resources, resources))


def hidden_in(resources: Iterable[Resource], also: Iterable[Resource]) -> tuple[Resource, ...]:
    """Return the orders that say which medicine they mean, but only by a code or a reference that leads nowhere.

    Args:
        resources: The orders, and the medications that they refer to.
        also: More resources that may be such medications.
    """
    resources = list(resources)
    return tuple(resource for resource in _nameless(resources, (*resources, *also)) if _points(resource))


def _nameless(resources: Iterable[Resource], also: Iterable[Resource]) -> list[Resource]:
    by_name = medicines_by_name([one for one in also if one.get("resourceType") == "Medication"])
    return [
        resource
        for resource in resources
        if resource.get("resourceType") in ORDERS
        and not medicine_words(resource)
        and not medicine_of(resource, by_name, lambda *_, **__: None).medicine.product
    ]


def _points(resource: Resource) -> bool:
    both = one(resource, "medication")
    links = (one(resource, "medicationReference"), one(both, "reference"))
    concepts = (one(resource, "medicationCodeableConcept"), one(both, "concept"))
    codings = [coding for concept in concepts for coding in many(concept, "coding")]
    return any(text_of(link, "reference") for link in links) or any(text_of(coding, "code") for coding in codings)


def entries_of(resources: Iterable[Resource], also: Iterable[Resource] = ()) -> tuple[Entry, ...]:
    """Return the orders and fills of our drugs among some resources, in their order.

    Args:
        resources: Orders, fills, and the medications that they refer to.
        also: More resources that may be such medications.
    """
    resources = list(resources)
    medicines = [one for one in (*resources, *also) if one.get("resourceType") == "Medication"]
    by_name = medicines_by_name(medicines)
    ours = [
        (resource, named)
        for resource in resources
        if resource.get("resourceType") in MEANING and (named := _named(resource, by_name))
    ]
    return tuple(_read([resource for resource, _ in ours], [named for _, named in ours], medicines))


def medicine_words(resource: Resource) -> str:
    """Return what a resource calls its medicine; empty if it names none."""
    both = one(resource, "medication")
    concept = one(resource, "medicationCodeableConcept") or one(both, "concept")
    link = one(resource, "medicationReference") or one(both, "reference")
    codings = many(concept, "coding")
    names = [text_of(concept, "text"), text_of(link, "display"), *(text_of(coding, "display") for coding in codings)]
    return next((" ".join(name.split())[:200] for name in names if name), "")


def _named(resource: Resource, medicines: dict[str, Resource]) -> tuple[str, ...]:
    """Return the drugs of the catalog that the medicine of a resource names, whether it is clear which is meant."""
    found = medicine_of(resource, medicines, lambda *_, **__: None)
    if found.medicine.known:
        return (found.medicine.drug,)
    return drugs_in(f"{found.medicine.product} {medicine_words(resource)}")


def _read(resources: list[Resource], named: list[tuple[str, ...]], medicines: list[Resource]) -> list[Entry]:
    """Read resources together, and give each what is its own of the result."""
    if not resources:
        return []
    try:
        collector = read_fhir(resources + medicines)
    except ScheduleError as problem:
        if len(resources) > 1:  # one broken entry must not hide the others
            alone = zip(resources, named, strict=True)
            return [entry for resource, drugs in alone for entry in _read([resource], [drugs], medicines)]
        collector = Collector()
        collector.note("unread", remark_text(problem.message))
    counts: dict[str, int] = {}
    entries = []
    for resource, drugs in zip(resources, named, strict=True):
        kind = resource["resourceType"]
        number = counts[kind] = counts.get(kind, 0) + 1
        entries.append(_entry(resource, drugs, f"{kind} {number}", collector))
    return entries


def _entry(resource: Resource, drugs: tuple[str, ...], place: str, collector: Collector) -> Entry:
    known = catalog.drugs()
    lines = [line for line in collector.lines if line.place == place]
    remarks = tuple(
        note.remark
        for note in collector.notes
        if note.remark.place in ("", place) or note.remark.place.startswith(f"{place}, ")
    )
    drug = next((line.drug for line in lines if line.drug in known), drugs[0] if len(drugs) == 1 else "")
    read = [line for line in lines if line.intakes is not None and line.start is not None and line.end is not None]
    understood = bool(read) and len(read) == len(lines) and all(line.drug == drug for line in read)
    routes = [remark.text for remark in remarks if isinstance(remark.text, Message)]
    elsewhere = not lines and any(text.key == "remark.other route" for text in routes)
    return Entry(resource, drug, drugs, tuple(read) if understood else (), understood, remarks, elsewhere)
