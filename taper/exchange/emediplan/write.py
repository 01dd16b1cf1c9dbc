"""Write a schedule as a Swiss medication plan (CHMED16A): a line of text, as its QR code has it.

Each product is a medicament with the pieces of it that are taken in the morning, at noon, in the evening and at night,
from day to day: bedtime is night. Products are named in words (IdType 1), because no article numbers were read; a name
that does not tell drug and strength gets both behind it. Days without any dose are days of 0, and the first day
without the drug is a private field.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from taper.errors import ScheduleError
from taper.exchange.emediplan import MILLIGRAMS, MILLILITERS, PIECES, SCHEMA, STAYS
from taper.exchange.medicine import medicine
from taper.interval import DayLike, parse_day
from taper.order.parts import TIMES, TimeOfDay
from taper.paper.label import Labels, identifier, plan_key
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.regimen import Intake
from taper.schedule.schedule import ONE_DAY, Schedule

_NUMBER = re.compile(r'"\\u0000([0-9]+(?:\.[0-9]+)?)"')
Key = tuple[str, str]
"""Name of a product, and its unit."""


def write_emediplan(
    schedule: Schedule,
    *,
    written_on: DayLike,
    author: str | None = None,
    language: str | None = None,
    compress: bool = True,
) -> str:
    """Write a schedule as an eMediplan.

    Args:
        schedule: The schedule.
        written_on: Day on which it is written.
        author: Who made it: a GLN or a name; the prescriber of the order if not given.
        language: Code of the language; the order's, or English, if not given.
        compress: Whether it is compressed, as a QR code needs it.

    Raises:
        ScheduleError: Nobody is named as its author, an amount is no decimal, or a schedule that cannot be shown day
            by day.
        QuantityError: `written_on` is not a date.
    """
    day = parse_day(written_on, "written_on")
    labels = Labels(schedule, language)
    handout = labels.schedule.order.handout if labels.schedule.order is not None else None
    name = author or (handout.prescriber if handout is not None else None)
    if not name:
        raise ScheduleError(
            "an eMediplan names its author; write [handout] prescriber in the order, or give a GLN or a name",
            field="author",
        )
    patient = {"LName": handout.patient} if handout is not None and handout.patient else {}
    code = labels.phrases.words.code.upper()
    plan = {
        "Patient": patient | {"Lng": code},
        "Medicaments": _medicaments(labels.schedule),
        "MedType": 1,
        "Id": identifier(labels.schedule, "emediplan", labels.schedule.revision),
        "Auth": name,
        "Dt": f"{day.isoformat()}T00:00:00+00:00",
        "PSchema": SCHEMA,
        "PFields": _own_fields(labels.schedule),
    }
    text = _NUMBER.sub(r"\1", json.dumps(plan, ensure_ascii=False, separators=(",", ":")))
    if not compress:
        return f"CHMED16A0{text}"
    return f"CHMED16A1{base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()}"


def _own_fields(schedule: Schedule) -> list[dict[str, str]]:
    fields = {"plan": plan_key(schedule), "revision": str(schedule.revision)}
    if schedule.stopped_on is not None:
        fields["stopped_on"] = schedule.stopped_on.isoformat()
    return [{"Nm": name, "Val": value} for name, value in fields.items()]


def _medicaments(schedule: Schedule) -> list[dict[str, Any]]:
    """Return each product with its runs of days; neighbors with the same amounts are one."""
    names = _names(schedule)
    runs: dict[Key, list[tuple[date, date, tuple[str, ...]]]] = {}
    amounts_of = [_amounts(step.intakes, names) for step in schedule.steps]
    first = next((key for amounts in amounts_of for key in amounts), None)
    if first is None:
        raise ScheduleError("nothing is ever taken, so there is no medication to list; check the input")
    for step, taken in zip(schedule.steps, amounts_of, strict=True):
        for key, at in (taken or {first: dict[TimeOfDay, Any]()}).items():  # a day without any dose is one of 0
            amounts = tuple(_number(at.get(time)) for time in TIMES)
            own = runs.setdefault(key, [])
            if own and own[-1][1] + ONE_DAY == step.start and own[-1][2] == amounts:
                own[-1] = own[-1][0], step.end, amounts
            else:
                own.append((step.start, step.end, amounts))
    stays = schedule.stopped_on is None
    return [
        {
            "Id": name,
            "IdType": 1,
            "Pos": [
                {"DtFrom": start.isoformat(), "DtTo": end.isoformat(), "D": [f"\0{number}" for number in amounts]}
                for start, end, amounts in own
            ],
            "Unit": unit,
            "AutoMed": 0,
        }
        | ({"AppInstr": STAYS} if stays and own[-1][1] == schedule.steps[-1].end else {})
        for (name, unit), own in runs.items()
    ]


def _names(schedule: Schedule) -> dict[str, str]:
    """Return each ordered product as it is named here, so that drug and strength can be read; others are left out."""
    found = {}
    for ordered in schedule.order.products if schedule.order is not None else ():
        product = ordered.product
        wanted = product.drug, product.strength, product.is_liquid
        for name in (ordered.name, f"{ordered.name}: {product.drug} {product.strength_text}"):
            read = medicine(name)
            if (read.drug, read.strength, read.liquid) == wanted:
                found[ordered.name] = name
                break
    return found


def _amounts(intakes: Iterable[Intake], names: Mapping[str, str]) -> dict[Key, dict[TimeOfDay, Pieces | Ml | Mg]]:
    """Return how much of each product is taken when; the mg of the drug where no name tells what a piece is."""
    found: dict[Key, dict[TimeOfDay, Any]] = {}
    for intake in intakes:
        if not intake.dose:
            continue
        parts: list[tuple[Key, Pieces | Ml | Mg]] = []
        for item in intake.items:
            if item.product not in names:
                continue
            if item.volume is not None:
                parts.append(((names[item.product], MILLILITERS), item.volume))
            elif item.count is not None:
                parts.append(((names[item.product], PIECES), item.count))
        if len(parts) != len(intake.items) or not parts:
            parts = [((intake.drug, MILLIGRAMS), intake.dose)]
        for key, amount in parts:
            at = found.setdefault(key, {})
            before = at.get(intake.time)
            at[intake.time] = amount if before is None else before + amount
    return found


def _number(amount: Pieces | Ml | Mg | None) -> str:
    if amount is None:
        return "0"
    if "/" in amount.number:
        raise ScheduleError(
            f"{amount!r} does not end as a decimal, so no eMediplan can carry it exactly; use amounts that do"
        )
    return amount.number
