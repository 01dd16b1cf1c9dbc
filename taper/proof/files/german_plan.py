"""A bundle for the German medication plan read back: pieces, mL or drops of each product at four times of day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from html import unescape
from typing import Any

from taper.errors import ProofError
from taper.proof.claims import Claim
from taper.proof.facts import Taken
from taper.proof.files.days import Plan, hold, laid, on_weekdays, summed, together
from taper.proof.files.fhir import RENDERED, WHEN, Resource, bounds_of, prove_header
from taper.proof.named import TIMES

KBV = "https://fhir.kbv.de/CodeSystem/KBV_CS_SFHIR_BMP_DOSIEREINHEIT"
_UNITS = {("1", "Stück"): "pieces", ("s", "ml"): "mL", ("6", "Tropfen"): "drops"}
_TEXT = re.compile(r"Vom (\d\d)\.(\d\d)\.(\d{4}) bis zum (\d\d)\.(\d\d)\.(\d{4}): (.*)\Z", re.ASCII)
_SCHEME = re.compile(r"(?:(?P<day>[a-z]+tags|mittwochs) )?(?P<counts>[0-9,-]+) (?P<unit>Stück|ml|Tropfen)\Z")
_ON = ("montags", "dienstags", "mittwochs", "donnerstags", "freitags", "samstags", "sonntags")
_Given = tuple[date, date, tuple[int, ...], tuple[str, ...], Fraction]
"""First and last day, days of the week, times of day, and how much at each."""


def prove_german_plan(plan: Plan, resources: list[Resource], settings: Mapping[str, Any], what: str) -> None:
    """Prove a bundle: what is taken of each product on every day, its strength, and the words made of it."""
    urls: dict[str, str] = {}
    medicines = [one for one in resources if one["resourceType"] == "Medication"]
    requests = [one for one in resources if one["resourceType"] == "MedicationRequest"]
    names = _names(plan, medicines, what)
    placed: list[Claim] = []
    for place, request in enumerate(requests, 1):
        where = f"{what}, draft {place}"
        prove_header(plan, request, settings, where)
        name = _product(request, names)
        if urls.setdefault(request["medicationReference"]["reference"], name) != name:
            raise ProofError(where, "one product is referred to as two")
        unit, given = _given(request)
        _prove_text(request, name, given, unit, where)
        each = plan.products[name].graduation if unit == "drops" else None
        factor = Fraction(1) if each is None else each.value
        drug = plan.products[name].product.drug
        for start, end, weekdays, times, amount in given:
            items = ((name, "pieces" if unit == "pieces" else "mL", amount * factor),)
            taken = tuple(Taken(time, drug, None, items) for time in times)
            placed += on_weekdays(Claim(start, end, taken, f"draft {place}"), weekdays)
    if len(set(urls.values())) != len(urls) or set(urls.values()) != set(names):
        raise ProofError(what, "its products are not each referred to by one address")
    runs = (run._replace(taken=tuple(map(_bare, together(run.taken)))) for run in plan.doses())
    hold(runs, (claim._replace(taken=together(claim.taken)) for claim in laid(placed)), what)


def _bare(one: Taken) -> Taken:
    """Return a dose as the German plan has it: by its pieces alone."""
    return one._replace(items=summed(one.items))


def _names(plan: Plan, medicines: list[Resource], what: str) -> list[str]:
    """Return the products in the bundle; each with the drug and the strength that it has."""
    names = []
    for medicine in medicines:
        name = medicine["code"]["text"]
        (ingredient,) = medicine["ingredient"]
        known, strength = plan.products[name], ingredient["strength"]
        mass, of = strength["numerator"], strength["denominator"]
        liquid = known.graduation is not None
        if ingredient["itemCodeableConcept"]["text"] != known.product.drug:
            raise ProofError(what, f"{name} is said to be {ingredient['itemCodeableConcept']['text']}")
        if (mass["value"], mass["code"]) != (known.product.strength.value, "mg"):
            raise ProofError(what, f"{name} is said to have {mass['value']} {mass['code']}")
        if (of["value"], of["code"], of["unit"]) != ((1, "s", "ml") if liquid else (1, "1", "Stück")):
            raise ProofError(what, f"the strength of {name} is that of {of['value']} {of['unit']}")
        names.append(name)
    return names


def _product(request: Resource, names: list[str]) -> str:
    """Return the product of a draft, which its narrative names in front."""
    text = request["text"]["div"].partition(">")[2]
    found = [name for name in names if unescape(text).startswith(f"{name}: Vom ")]
    (name,) = found
    return name


def _given(request: Resource) -> tuple[str, list[_Given]]:
    units, given = set[str](), list[_Given]()
    for dosage in request["dosageInstruction"]:
        (rate,) = dosage["doseAndRate"]
        dose, repeat = rate["doseQuantity"], dosage["timing"]["repeat"]
        if dose["system"] != KBV:
            raise ValueError(f"{dose['system']} is not the German list of units")
        units.add(_UNITS[dose["code"], dose["unit"]])
        start, end, weekdays = bounds_of(repeat)
        given.append((start, end, weekdays, tuple(WHEN[when] for when in repeat["when"]), Fraction(dose["value"])))
    (unit,) = units
    if len({(start, end) for start, end, *_ in given}) != 1:
        raise ValueError("its dosages are not of the same days")
    return unit, given


def _prove_text(request: Resource, name: str, given: list[_Given], unit: str, where: str) -> None:
    """Prove the words of a draft: first and last day, and the amounts of the four times of day."""
    (text,) = (one["valueMarkdown"] for one in request["extension"] if one["url"] == RENDERED)
    if f">{name}: {text}</div>" not in unescape(request["text"]["div"]):
        raise ProofError(where, "its narrative is not its product and its sentence")
    match = _TEXT.match(text)
    if match is None:
        raise ValueError(f"{text!r} does not say from when to when")
    day, month, year, until, until_month, until_year = map(int, match.groups()[:6])
    if (date(year, month, day), date(until_year, until_month, until)) != given[0][:2]:
        raise ProofError(where, f"{text!r} is not from {given[0][0]} to {given[0][1]}")
    wanted = dict(_wanted(given))
    if _schemes(match[7], unit) != ({None: wanted[0]} if len(given[0][2]) == 7 else wanted):
        raise ProofError(where, f"{text!r} is not what its fields say")


def _schemes(text: str, unit: str) -> dict[int | None, tuple[Fraction, ...]]:
    found: dict[int | None, tuple[Fraction, ...]] = {}
    for part in text.split("; "):
        match = _SCHEME.match(part)
        if match is None or match["unit"] != next(name for (_, name), known in _UNITS.items() if known == unit):
            raise ValueError(f"{part!r} is no scheme of amounts")
        on = None if match["day"] is None else _ON.index(match["day"])
        found[on] = tuple(Fraction(count.replace(",", ".")) for count in match["counts"].split("-"))
    return found


def _wanted(given: Iterable[_Given]) -> Iterator[tuple[int, tuple[Fraction, ...]]]:
    """Yield each day of the week that has a dose, with the amounts of its four times of day."""
    by_day: dict[int, dict[str, Fraction]] = {}
    for _, _, weekdays, times, amount in given:
        for weekday in weekdays:
            for time in times:
                by_day.setdefault(weekday, {})[time] = amount
    for weekday, taken in by_day.items():
        yield weekday, tuple(taken.get(time, Fraction(0)) for time in TIMES)
