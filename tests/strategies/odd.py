"""Odd orders that are made from a seed: dilutions, powder, thrown away halves, phases with products of their own."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.oracles.brute import PARTS, TIMES, number
from tests.strategies.amounts import decimal_text

_TABLETS = ("0.25 mg", "0.5 mg", "1 mg", "2 mg", "3.75 mg", "5 mg")
_LIQUIDS = ("1 mg/mL", "0.4 mg/mL", "2 mg/5 mL", "10 mg/mL")
_DILUTIONS = ("2 mg/300 mL", "1 mg/30 mL", "1 mg/7 mL", "5 mg/90 mL")


def odd_order(seed: int) -> dict[str, Any] | None:
    """Return an order as plain data, the same for the same seed; None where no dose of it can be written."""
    rng = random.Random(seed)
    products = [_product(rng, letter) for letter in "ABC"[: rng.choice([1, 2, 2, 3])]]
    times = sorted(rng.sample(TIMES, rng.choice([1, 1, 2])), key=TIMES.index)
    doses = [_written(rng, products) for _ in times]
    if any(dose is None for dose in doses):
        return None
    total = sum(map(Fraction, filter(None, doses)), Fraction(0))
    data: dict[str, Any] = {
        "drug": rng.choice(["diazepam", "lorazepam", "zopiclone"]),
        "country": rng.choice(["US", "GB", "DE"]),
        "start": (date(2024, 1, 1) + timedelta(days=rng.randrange(1500))).isoformat(),
        "review_every": "4 weeks",
        "current": {time: f"{dose} mg" for time, dose in zip(times, doses, strict=True)},
        "product": products,
        "phase": list(_phases(rng, products, total)),
    }
    if rng.random() < 0.5:
        data["stop_from"] = f"{rng.choice(['0.25', '0.5', '1'])} mg"
    if len(times) > 1:
        data["spread"] = rng.choice(["even", "night"])
    return data


def portion(product: dict[str, Any]) -> Fraction:
    """The mg in the smallest part of a product that can be taken."""
    if "weight" in product:
        return strength(product) * number(product["graduation"]) / number(product["weight"])
    if "graduation" in product:
        return strength(product) * number(product["graduation"])
    return strength(product) / PARTS[product["split"]]


def strength(product: dict[str, Any]) -> Fraction:
    """The mg in one tablet, or in one mL."""
    mass, _, volume = product["strength"].partition("/")
    per = volume.removesuffix("mL").strip()
    return number(mass) / Fraction(per or 1)


def _product(rng: random.Random, letter: str) -> dict[str, Any]:
    kind = rng.choice(["tablet", "tablet", "liquid", "dilution", "powder"])
    made: dict[str, Any] = {"name": f"{kind} {letter}", "source": "clinician", "form": "tablet"}
    if kind == "tablet":
        made |= {"strength": rng.choice(_TABLETS), "split": rng.choice(list(PARTS))}
        return made | ({"discard": True} if made["split"] != "whole" and rng.random() < 0.4 else {})
    if kind == "powder":
        made |= {"strength": rng.choice(_TABLETS[2:4]), "weight": rng.choice(["170 mg", "150 mg"])}
        return made | {"graduation": rng.choice(["2 mg", "5 mg", "10 mg"]), "device": "pocket scale"}
    made["form"] = rng.choice(["oral solution", "oral suspension"])
    if kind == "dilution":
        made |= {"strength": rng.choice(_DILUTIONS), "graduation": rng.choice(["5 mL", "10 mL"])}
        return made | {"device": "measuring cylinder", "capacity": rng.choice(["50 mL", "100 mL"])}
    made |= {"strength": rng.choice(_LIQUIDS), "graduation": rng.choice(["0.1 mL", "0.25 mL", "0.5 mL"])}
    return made | {"device": "oral syringe", "capacity": rng.choice(["1 mL", "1.7 mL", "5 mL"])}


def _written(rng: random.Random, products: list[dict[str, Any]], most: Fraction = Fraction(6)) -> str | None:
    """Return a dose that one of the products makes, if its decimal ends."""
    for _ in range(40):
        dose = portion(rng.choice(products)) * rng.randrange(1, 13)
        if dose <= most and (dose * 10**6).denominator == 1:
            return decimal_text(dose)
    return None


def _phases(rng: random.Random, products: list[dict[str, Any]], total: Fraction) -> Iterable[dict[str, Any]]:
    """Yield phases with a step, each down to its goal, and at last perhaps a cycle."""
    goals = {dose for _ in range(rng.choice([0, 0, 1])) if (dose := _written(rng, products, total / 2))}
    for goal in [*goals, "0"]:
        room = decimal_text(Fraction(math.ceil(max(map(portion, products)) * rng.choice([1, 2]) * 1000), 1000))
        rule = rng.choice(["10% of current", "25% of current", "10% of start", "20% of start"])
        phase = {"reduce": f"{rule}, at least {room} mg", "every": rng.choice(["1 week", "10 days", "1 month"])}
        phase["until"] = f"{goal} mg"
        own = rng.sample(products, rng.randrange(1, len(products) + 1)) if rng.random() < 0.35 else []
        yield phase | ({"products": [product["name"] for product in own]} if own else {})
