"""Read FHIR: MedicationRequest (intended), MedicationDispense (supplied), MedicationStatement (taken).

One resource, a bundle, or one resource a line; the shapes of STU3, R4 and R5. Files of other tools are
read leniently and reported strictly: what is not clear is kept as text with a remark, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

from taper.checker.texts import say
from taper.checker.wording import as_written, code_text, days_number
from taper.errors import ScheduleError
from taper.exchange.collector import Collector, day_of, whole_days
from taper.exchange.conventions import AS_RECORDED, Supplies
from taper.exchange.fhir.bounds import Chain, Span, chain_of, length_of, span_of_period
from taper.exchange.fhir.dosage import WHOLE_ENTRY, Dosage, read_dosage
from taper.exchange.fhir.history import Stopped, place_stopped, place_supplies
from taper.exchange.fhir.left_out import STOPPED, left_out
from taper.exchange.fhir.medicines import medicine_of
from taper.exchange.fhir.rendered import hold_against, rendered_text, scheme_in
from taper.exchange.fhir.route import by_mouth
from taper.exchange.fhir.sequence import Entry, days_taken, days_together, place_in_time
from taper.exchange.fhir.shape import amount, many, one, text_of
from taper.exchange.fhir.units import mg_of, quantity_text, shown
from taper.exchange.fhir.used_up import of_one_fill, supply_days, used_up
from taper.exchange.record_lines import Line, Meaning
from taper.exchange.supplies import Fill, Open, add_fills
from taper.loading import load_json
from taper.message import Message
from taper.quantity import Mg, Ml, Pieces, exact_text
from taper.schedule.regimen import Item
from taper.schedule.schedule import RemarkKind

MEANING: dict[str, Meaning] = {
    "MedicationRequest": "intended",
    "MedicationOrder": "intended",
    "MedicationDispense": "supplied",
    "MedicationStatement": "taken",
    "MedicationUsage": "taken",
}
MAX_RESOURCES = 50_000
Resource = dict[str, Any]


def load_resources(text: str) -> list[Resource]:
    """Return the resources of a JSON text: one, a bundle, a list, or one a line.

    Raises:
        ScheduleError: Not JSON, or no FHIR resource.
    """
    lines = text.strip().splitlines()
    if len(lines) > 1 and lines[0].rstrip().endswith("}"):
        loaded = [load_json(line, ScheduleError) for line in lines if line.strip()]
    else:
        loaded = [load_json(text, ScheduleError)]
    resources = [resource for value in loaded for resource in _unpacked(value)]
    if not resources:
        raise ScheduleError(
            "this JSON holds no FHIR resource; write a MedicationRequest, MedicationDispense or "
            "MedicationStatement, alone, in a Bundle, or one a line",
            field="resourceType",
        )
    if len(resources) > MAX_RESOURCES:
        raise ScheduleError(f"more than {MAX_RESOURCES:,} resources; split the file")
    return resources


def _unpacked(value: object, depth: int = 0) -> Iterator[Resource]:
    """Yield the resources of a value, those of bundles inside bundles too."""
    if isinstance(value, list):
        for element in value:
            yield from _unpacked(element, depth + 1) if depth < 8 else ()
    elif isinstance(value, dict) and value.get("resourceType") == "Bundle":
        for entry in many(value, "entry"):
            if isinstance(entry, dict) and depth < 8:
                inner = entry.get("resource")
                if isinstance(inner, dict) and isinstance(entry.get("fullUrl"), str):
                    inner = inner | {"_fullUrl": entry["fullUrl"]}
                yield from _unpacked(inner, depth + 1)
    elif isinstance(value, dict) and isinstance(value.get("resourceType"), str):
        yield value


def read_fhir(
    resources: list[Resource],
    first_day: date | None = None,
    supplied: Supplies = AS_RECORDED,
    places: Sequence[str] = (),
) -> Collector:
    """Read resources.

    Args:
        resources: The resources.
        first_day: First day of steps that have lengths but no dates, if the caller knows it.
        supplied: The conventions by which supplies are read.
        places: Where each of the resources stands, if they are not the whole of a file.
    """
    collector, fills, opened, stopped = Collector(supplied=supplied), list[Fill](), list[Open](), list[Stopped]()
    medicines, chain = medicines_by_name(resources), chain_of(resources)
    counts: dict[str, int] = {}
    known = 0
    for index, resource in enumerate(resources):
        kind = resource["resourceType"]
        number = counts[kind] = counts.get(kind, 0) + 1
        if kind not in MEANING:
            if kind.startswith("Medication") and kind != "Medication":
                collector.note("unread", say("remark.not read", kind=code_text(kind[:40])), f"{kind[:40]} {number}")
            continue
        known += 1
        context = _Context(collector, fills, opened, stopped, medicines, chain, first_day)
        _Reader(context, resource, places[index] if places else f"{kind} {number}").read()
    if not known:
        raise ScheduleError(
            "no MedicationRequest, MedicationDispense or MedicationStatement is among the resources",
            field="resourceType",
        )
    place_supplies(collector)
    place_stopped(collector, stopped)
    add_fills(collector, fills, opened)
    return collector


def medicines_by_name(resources: list[Resource]) -> dict[str, Resource]:
    """Return the Medication resources by every name that a reference can use."""
    by_name = {}
    for resource in resources:
        if resource.get("resourceType") == "Medication":
            for name in (resource.get("_fullUrl"), f"Medication/{resource.get('id')}"):
                if isinstance(name, str):
                    by_name[name] = resource
    return by_name


class _Context(NamedTuple):
    """What all resources of a file share."""

    collector: Collector
    fills: list[Fill]
    opened: list[Open]
    stopped: list[Stopped]
    medicines: dict[str, Resource]
    chain: Chain
    first_day: date | None


class _Reader:
    """Reads one resource into a collector."""

    def __init__(self, context: _Context, resource: Resource, place: str) -> None:
        self.context, self.collector, self.resource, self.place = context, context.collector, resource, place
        self.meaning = MEANING[resource["resourceType"]]
        subject = one(resource, "subject") or one(resource, "patient")
        self.person = text_of(subject, "reference") or text_of(one(subject, "identifier"), "value")
        self.kept: list[tuple[RemarkKind, Message, str, dict[str, Any]]] = []
        self.medicine, self.sources = medicine_of(resource, context.medicines, self.keep)

    def note(self, kind: RemarkKind, text: Message, place: str = "", **more: Any) -> None:
        """Keep a remark about this resource."""
        where = f"{self.place}, {place}" if place else self.place
        self.collector.note(kind, text, where, self.meaning, self.person, **more)

    def keep(self, kind: RemarkKind, text: Message, place: str = "", **more: Any) -> None:
        """Keep a remark until it is known whether the resource is read at all."""
        self.kept.append((kind, text, place, more))

    def _report(self) -> None:
        """Report the remarks that were kept."""
        for kind, text, place, more in self.kept:
            self.note(kind, text, place, **more)

    def read(self) -> None:
        """Read the resource."""
        reason = left_out(self.resource, *self.sources)
        if reason in ("", STOPPED) and self._is_elsewhere():
            self.note("text", say("remark.other route"), quote=self.medicine.product)
            return
        if reason == STOPPED and self.meaning == "intended":
            lines = self._lines(self.keep)
            self.context.stopped.append(
                Stopped(
                    tuple(self._line(line) for line in lines),
                    day_of(self.resource.get("statusChanged")),
                    self._report,
                    lambda: self.note("unread", say("remark.left out", reason=reason), quote=self._words()),
                    self.note,
                )
            )
            return
        if reason:
            self.note("unread", say("remark.left out", reason=reason), quote=self._words())
            return
        self._report()
        if not self.medicine.drug:
            self.note("unread", say("remark.which drug"), quote=self.medicine.product or self._words())
        if self.meaning == "supplied":
            self._supplied()
            return
        self._ours()
        dosages = self._lines(self.note)
        hold_against(self.resource, dosages, self.note)
        for line in dosages:
            self.collector.add(self._line(line))
        if self.meaning == "intended" and dosages:
            self._quantity(dosages)

    def _is_elsewhere(self) -> bool:
        """Return whether all of it is given by another route than the mouth: it is not even a day without a record."""
        routes = [by_mouth(dosage) for dosage in self._dosages()]
        return not self.medicine.by_mouth or (bool(routes) and not any(routes))

    def _lines(self, note: Callable[..., None]) -> list[Dosage]:
        """Read the dosages and place them in time."""
        resource, written = self.resource, self._dosages()
        whole = rendered_text(resource)
        if len(written) == 1 and whole and scheme_in(whole) is None:
            written = [written[0] | {WHOLE_ENTRY: whole}]
        dosages = [
            dosage
            for index, each in enumerate(written)
            for dosage in read_dosage(
                each,
                self.medicine,
                partial(note, place=f"dosage {index + 1}"),
                self.context.chain,
                alone=len(written) == 1,
            )
        ]
        if not dosages:
            note("text", say("remark.no dosage"), quote=self._words())
        period = one(resource, "effectivePeriod") or one(resource, "effectiveDosePeriod")
        span = span_of_period(period, note, self.context.chain) if isinstance(period, dict) else Span()
        start = span.start or day_of(resource.get("effectiveDateTime"))
        written_on = day_of(resource.get("authoredOn")) or day_of(resource.get("dateWritten"))
        request = one(resource, "dispenseRequest")
        supply = supply_days(request, dosages, self.medicine) if self.meaning == "intended" and dosages else None
        entry = Entry(start, span.end, written_on, supply)
        return place_in_time(dosages, note, entry, self.context.first_day)

    def _line(self, dosage: Dosage) -> Line:
        return Line(
            self.meaning,
            self.place,
            self.medicine.drug,
            self.medicine.product,
            dosage.start,
            dosage.end,
            dosage.days,
            dosage.intakes if self.medicine.drug else None,
            dosage.every,
            dosage.weekdays,
            dosage.sequence,
            dosage.text,
            dosage.rule,
            self.person,
            dosage.stops,
            dosage.clocks,
        )

    def _dosages(self) -> list[Resource]:
        dosages = many(self.resource, "dosageInstruction") or many(self.resource, "dosage")
        return [dosage for dosage in dosages if isinstance(dosage, dict)]

    def _words(self) -> str:
        rendered = rendered_text(self.resource)
        return rendered or "; ".join(text for dosage in self._dosages() if (text := text_of(dosage, "text")))

    def _ours(self) -> None:
        """Read what only our own files contain."""
        group = one(self.resource, "groupIdentifier")
        if text_of(group, "system") == "urn:taper:plan":
            self.collector.plan_id, self.collector.numbered = text_of(group, "value")[:200], True
        for extension in many(self.resource, "extension"):
            if isinstance(extension, dict) and extension.get("url") == "urn:taper:revision":
                revision = amount(extension, "valueUnsignedInt")
                self.collector.revision = int(revision) if revision is not None and revision < 10**6 else 0
            elif isinstance(extension, dict) and extension.get("url") == "urn:taper:stopped-on":
                self.collector.stopped_on = day_of(extension.get("valueDate"))

    def _supplied(self) -> None:
        resource, quantity, supply = self.resource, one(self.resource, "quantity"), one(self.resource, "daysSupply")
        day = day_of(resource.get("whenHandedOver")) or day_of(resource.get("whenPrepared"))
        value = amount(quantity, "value")
        named = any(text_of(supply, key) for key in ("code", "unit"))
        days = whole_days(Fraction(length_of(supply)[0] or 0) if named else amount(supply, "value"))
        rule = "days of supply"
        converted = mg_of(quantity, self.medicine)
        if day is None:
            self.note("period", say("remark.no day of supply"), quote=self._words())
        if value is None or not value:
            self.note("unread", say("remark.no quantity of supply"), quote=self._words())
        elif converted is None or converted[1] is None:
            self.note(
                "unit",
                say("remark.quantity unit"),
                quote=say("remark.of", amount=as_written(shown(quantity)), product=as_written(self.medicine.product)),
            )
        elif days is None:
            days, rule = self._days_by_label(converted[1]), "quantity over the daily amount on the label"
            missing = say("remark.no days of supply")
            if days is None and day and self.medicine.drug:
                what = (self.medicine, converted[1], self._words(), missing, self._words())
                self.context.opened.append(Open(self.place, self.person, self.meaning, day, *what))
                return
            if days is None:
                self.note("period", missing, quote=self._words())
        if day and converted and converted[1] is not None and value and days and self.medicine.drug:
            self.context.fills.append(
                Fill(self.place, self.person, day, self.medicine, converted[1], days, rule, self._words())
            )
            return
        self.collector.add(
            Line(
                "supplied",
                self.place,
                self.medicine.drug,
                self.medicine.product,
                day,
                days=days,
                text=self._words(),
                person=self.person,
            )
        )

    def _days_by_label(self, handed: Pieces | Ml) -> int | None:
        """Return how many days the quantity lasts by the dosage on its label, if that is clear and a whole number."""
        written = self._dosages()
        dosages = [each for one in written for each in read_dosage(one, self.medicine, lambda *_, **__: None)]
        if len(dosages) != 1 or dosages[0].daily is None or dosages[0].every != 1 or dosages[0].weekdays:
            return None
        strength = self.medicine.strength
        assert strength is not None
        daily = dosages[0].daily.value
        return whole_days(strength.value * handed.value / daily) if daily else None

    def _quantity(self, dosages: list[Dosage]) -> None:
        """Compare what is to be dispensed with what the steps need."""
        request = one(self.resource, "dispenseRequest")
        dosages = of_one_fill(dosages, request)
        quantity, lasting = one(request, "quantity"), one(request, "expectedSupplyDuration")
        if any(dosage.daily is None or dosage.days is None or dosage.every != 1 for dosage in dosages) or any(
            dosage.weekdays and dosage.start is None for dosage in dosages
        ):
            return  # reported already, and nothing can be added up
        days = days_together(dosages)
        value = amount(lasting, "value")
        factor = {"d": 1, "day": 1, "days": 1, "wk": 7, "week": 7, "weeks": 7}.get(
            (text_of(lasting, "code") or text_of(lasting, "unit")).lower()
        )
        if value is not None and factor and value * factor != days:
            self.note(
                "quantity",
                say("remark.quantity days", said=days_number(value * factor), held=days_number(days)),
                measured=exact_text(value * factor),
                limit=str(days),
            )
        value = amount(quantity, "value")
        if value is None:
            self.note("quantity", say("remark.quantity none"), unknown=True)
            return
        needed = sum((used_up(dosage, request) * days_taken(dosage) for dosage in dosages if dosage.daily), Fraction(0))
        converted = mg_of(quantity, self.medicine) or self._by_items(value, dosages)
        if converted is None:
            self.note("quantity", say("remark.quantity no mg"), unknown=True)
        elif converted[0].value != needed:
            pieces = isinstance(converted[1], Pieces) and self.medicine.strength is not None
            limit = needed / self.medicine.strength.value if pieces and self.medicine.strength else needed
            shown = value if pieces else converted[0].value
            noun = text_of(quantity, "unit").lower().rstrip("s") if pieces else "mg"
            self.note(
                "quantity",
                say("remark.quantity", said=quantity_text(shown, noun), held=quantity_text(limit, noun)),
                measured=exact_text(shown),
                limit=exact_text(limit),
            )

    def _by_items(self, value: Fraction, dosages: list[Dosage]) -> tuple[Mg, None] | None:
        """Return a quantity in mg, if the dosages name the pieces of exactly one product."""
        items: list[tuple[Item, Fraction]] = [
            (intake.items[0], intake.dose.value)
            for d in dosages
            for intake in d.intakes or ()
            if len(intake.items) == 1
        ]
        names = {item.product for item, _ in items}
        each = {
            dose / amount.value
            for item, dose in items
            if (amount := item.count if item.count is not None else item.volume)
        }
        if len(names) != 1 or len(each) != 1 or sum(len(d.intakes or ()) for d in dosages) != len(items):
            return None
        return Mg(value * each.pop()), None
