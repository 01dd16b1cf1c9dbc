"""Read a Swiss medication plan (CHMED16A), compressed or not.

A product is known by its name in words; article numbers (GTIN, Pharmacode) are of no list that was read here, so they
are kept with a remark. Simple doses (morning, noon, evening, night) are read; a reserve, complex taking times and
doses of nothing without an end are kept as words: they have more than one meaning.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from datetime import date
from typing import Any

from taper.checker.texts import say
from taper.checker.wording import code_text
from taper.errors import ScheduleError
from taper.exchange.collector import Collector, day_of
from taper.exchange.emediplan import MILLIGRAMS, MILLILITERS, PIECES, SCHEMA, STAYS
from taper.exchange.medicine import Medicine, exact, medicine
from taper.exchange.record_lines import Line
from taper.loading import MAX_BYTES, load_json
from taper.message import Message
from taper.order.parts import TIMES
from taper.quantity import Ml, Pieces
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import ONE_DAY
from taper.values import dataclass

MAX_POSOLOGIES = 20_000
_HEAD = re.compile(r"CHMED([0-9]{2})([A-Z]+)", re.IGNORECASE)
_CODED = {2: "GTIN", 3: "Pharmacode", 4: ""}
"""The register of a number by its kind; 4 is a product number of the eMediplan itself."""
_UNITS = {PIECES: "tablet", MILLILITERS: "ml", MILLIGRAMS: "mg"}


def read_emediplan(text: str) -> Collector:
    """Read an eMediplan.

    Raises:
        ScheduleError: Another release than CHMED16A, or not as the specification has it.
    """
    plan = load_json(_content(text.strip()), ScheduleError)
    if not isinstance(plan, dict) or not isinstance(plan.get("Medicaments"), list):
        raise ScheduleError("this eMediplan has no list of medicaments; check the file", field="Medicaments")
    kind = plan.get("MedType")
    if kind not in (1, 3):
        raise ScheduleError(
            f"says {json.dumps(kind, default=str)[:20]}; only a medication plan (1) and a prescription (3) say what is "
            "to be taken",
            field="MedType",
        )
    collector = Collector()
    if plan.get("PSchema") == SCHEMA:
        _own_fields(collector, plan.get("PFields"))
    for number, entry in enumerate(plan["Medicaments"], 1):
        place = f"Medicaments[{number}]"
        if not isinstance(entry, dict):
            raise ScheduleError("is not a medicament", field=place)
        _medicament(collector, entry, place)
    return collector


def _content(text: str) -> str:
    """Return the JSON inside: what follows the release, decompressed where it says so."""
    head = _HEAD.match(text)
    if head is None:
        raise ScheduleError("this is no eMediplan: it begins with CHMED16A")
    if (head[1], head[2].upper()) != ("16", "A"):
        raise ScheduleError(
            f"this is {head[0].upper()}, and only CHMED16A is read; export it from the other program as CHMED16A"
        )
    compression, data = text[head.end() : head.end() + 1], text[head.end() + 1 :]
    if compression == "0":
        return data
    if compression != "1":
        raise ScheduleError("CHMED16A is followed by 0 or 1, which says whether it is compressed; check the text")
    try:
        packed = base64.b64decode(re.sub(r"\s+", "", data).encode("ascii"), validate=True)
        unpacker = zlib.decompressobj(wbits=31)
        content = unpacker.decompress(packed, MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise ScheduleError(f"holds more than {MAX_BYTES:,} bytes; check the text")
        if not unpacker.eof:
            raise ScheduleError("this eMediplan is not complete; read the whole code again")
        return content.decode()
    except (binascii.Error, zlib.error, UnicodeError):
        raise ScheduleError("this eMediplan cannot be decompressed; read the whole code again") from None


def _own_fields(collector: Collector, fields: Any) -> None:
    """Take the plan's identifier, revision and stop out of private fields of ours."""
    entries = fields if isinstance(fields, list) else []
    own = {
        entry.get("Nm"): entry.get("Val")
        for entry in entries
        if isinstance(entry, dict) and isinstance(entry.get("Nm"), str)
    }
    plan_id, revision = own.get("plan"), own.get("revision")
    collector.plan_id = plan_id[:200] if isinstance(plan_id, str) else ""
    if isinstance(revision, str) and revision.isascii() and revision.isdigit() and len(revision) < 7:
        collector.revision = int(revision)
    collector.stopped_on = day_of(own.get("stopped_on"))


@dataclass(frozen=True, slots=True)
class _Posology:
    """One posology of a medicament: its days, and what is taken on each of them."""

    start: date
    end: date | None
    intakes: tuple[Intake, ...] | None
    words: str


def _medicament(collector: Collector, entry: dict[str, Any], place: str) -> None:
    name, kind = entry.get("Id"), entry.get("IdType")
    if not isinstance(name, str) or not name.strip() or kind not in (1, *_CODED):
        collector.note("unread", say("remark.medicament.no name"), place, "intended", quote=_shown(entry.get("Id")))
        return
    if kind != 1:
        text = say("remark.medicament.number")
        if code := _CODED[int(kind)]:
            text = say("remark.medicament.code", code=code_text(code))
        collector.note("unread", text, place, "intended", quote=name[:200])
        return
    product, posologies = medicine(name), entry.get("Pos")
    if not isinstance(posologies, list) or not posologies:
        collector.note("period", say("remark.medicament.none"), place, "intended", quote=name[:200])
        return
    if entry.get("AppInstr") not in (None, "", STAYS):
        collector.note("text", say("remark.medicament.instruction"), place, "intended", quote=_shown(entry["AppInstr"]))
    read: list[_Posology] = []
    for number, one in enumerate(posologies[:MAX_POSOLOGIES], 1):
        found = _posology(collector, one, product, entry.get("Unit"), f"{place}.Pos[{number}]")
        if found is not None:
            read.append(found)
    read.sort(key=lambda one: one.start)
    for index, one in enumerate(read):
        end = one.end
        if end is None:
            follows = index + 1 < len(read) and read[index + 1].start > one.start
            end = read[index + 1].start - ONE_DAY if follows else one.start
            collector.note(
                "open",
                say("remark.open.next" if follows else "remark.open.none follows"),
                place,
                "intended",
                on=one.start,
            )
        collector.add(
            Line("intended", place, product.drug, product.product, one.start, end, intakes=one.intakes, text=one.words)
        )


def _posology(collector: Collector, one: Any, product: Medicine, unit: Any, place: str) -> _Posology | None:
    """Read one posology; None if its days are not known."""
    if not isinstance(one, dict):
        raise ScheduleError("is not a posology", field=place)
    words, start, end = _shown(one), _day(one.get("DtFrom")), _day(one.get("DtTo"))
    if start is None or (one.get("DtTo") is not None and (end is None or end < start)):
        collector.note("period", say("remark.posology.days"), place, "intended", quote=words)
        return None

    def unclear(text: Message) -> _Posology:
        collector.note("text", text, place, "intended", quote=words, on=start)
        return _Posology(start, end, None, words)

    if one.get("InRes") not in (None, 0):
        return unclear(say("remark.posology.reserve"))
    if one.get("CyDu") not in (None, 0, 1):
        return unclear(say("remark.posology.cycles"))
    if one.get("TT"):
        return unclear(say("remark.posology.complex"))
    doses = one.get("D")
    numbers = [exact(number) for number in doses] if isinstance(doses, list) else []
    if len(numbers) != len(TIMES) or None in numbers:
        return unclear(say("remark.posology.numbers"))
    if not any(numbers):
        return unclear(say("remark.posology.zero")) if end is None else _Posology(start, end, (), words)
    intakes = []
    for time, number in zip(TIMES, numbers, strict=True):
        if number:
            made = product.mg_of(number, _UNITS[unit]) if isinstance(unit, str) and unit in _UNITS else None
            if made is None or not product.drug:
                text = say("remark.posology.unit")
                collector.note("unit", text, place, "intended", quote=f"{product.product}: {_shown(unit)}", on=start)
                return _Posology(start, end, None, words)
            intakes.append(Intake(time, product.drug, made[0], _items(product, made[1])))
    return _Posology(start, end, tuple(intakes), words)


def _items(product: Medicine, amount: Pieces | Ml | None) -> tuple[Item, ...]:
    if amount is None:
        return ()
    return (Item(product.product, volume=amount) if isinstance(amount, Ml) else Item(product.product, count=amount),)


def _day(value: Any) -> date | None:
    return day_of(value) if isinstance(value, str) and len(value) == 10 else None


def _shown(value: Any) -> str:
    """Write a part of the plan for a remark."""
    return json.dumps(value, ensure_ascii=False, default=str)[:200]
