"""A synthetic practice with its truth: what each person was really given, and what a checker must find.

Made-up people, seeded, the same on every machine. Cuts are well within or well beyond the limits, so that the truth
needs no checker.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

HEAD = "person,date,drug,strength,quantity,days_supply,prescriber,practice\n"
START = date(2024, 1, 1)
END_OF_DATA = date(2025, 12, 31)
KINDS = {
    "maintenance": 62,
    "early refills": 12,
    "short gaps": 8,
    "slow taper": 5,
    "slow taper to zero": 2,
    "fast taper": 2,
    "abrupt stop": 2,
    "stop and restart": 1,
    "switch": 1,
    "two strengths": 2,
    "duplicate rows": 1,
    "reversal": 1,
    "wrong days": 1,
}
"""Kinds of histories, and how many of a hundred persons have one."""
MUST = {
    "fast taper": "T101",
    "abrupt stop": "T106",
    "stop and restart": "T106",
}
"""The rule that must find a kind, with a warning or an alert; no rule of pace or stop may find another kind so."""
_STRENGTHS = {
    "diazepam": ("5 mg", 5),
    "clonazepam": ("0.5 mg", 10),
    "zopiclone": ("7.5 mg", 8),
    "lorazepam": ("1 mg", 10),
}


class Person(NamedTuple):
    """A person of the practice.

    Attributes:
        name: Identifier.
        kind: What happens.
        rows: Day, drug, strength, quantity and days of supply of each row.
        prescriber: Who prescribes.
    """

    name: str
    kind: str
    rows: tuple[tuple[date, str, str, str, str], ...]
    prescriber: str

    def text(self) -> str:
        """Return the rows as a pharmacy's table has them."""
        practice = f"practice {int(self.prescriber[1:]) % 5}"
        return "".join(
            f"{self.name},{day},{drug},{strength},{quantity},{days},{self.prescriber},{practice}\n"
            for day, drug, strength, quantity, days in self.rows
        )


def practice(people: int, seed: int) -> Iterator[Person]:
    """Yield the persons of a practice."""
    draw = random.Random(seed)
    kinds, weights = tuple(KINDS), tuple(KINDS.values())
    for number in range(people):
        (kind,) = draw.choices(kinds, weights)
        yield Person(f"p{number:07}", kind, tuple(_rows(kind, draw)), f"d{draw.randrange(max(people // 60, 2)):04}")


def _rows(kind: str, draw: random.Random) -> Iterator[tuple[date, str, str, str, str]]:
    day = START + timedelta(days=draw.randrange(28))
    drug = draw.choice(["diazepam", "diazepam", "clonazepam", "zopiclone", "lorazepam"])
    strength, _ = _STRENGTHS[drug]
    if kind in (
        "maintenance",
        "early refills",
        "short gaps",
        "two strengths",
        "duplicate rows",
        "reversal",
        "wrong days",
    ):
        yield from _constant(kind, day, drug, strength, draw)
    elif kind == "abrupt stop":
        daily = draw.randint(3, 6)
        for _ in range(draw.randint(6, 18)):
            yield day, drug, strength, str(daily * 30), "30"
            day += timedelta(days=30)
    elif kind == "stop and restart":
        daily, gone = draw.randint(3, 6), draw.randint(4, 10)
        while day <= END_OF_DATA:
            yield day, drug, strength, str(daily * 30), "30"
            gone -= 1
            day += timedelta(days=30 if gone else 110)
    elif kind == "switch":
        yield from _switched(day)
    else:
        yield from _taper(kind, day, draw)


def _constant(
    kind: str, day: date, drug: str, strength: str, draw: random.Random
) -> Iterator[tuple[date, str, str, str, str]]:
    daily, place = draw.randint(1, 6), 0
    odd = draw.randint(3, 12)
    since = day
    while (day if kind != "early refills" else since) <= END_OF_DATA:
        place += 1
        quantity, days = str(daily * 30), "30"
        if kind == "wrong days" and place == odd:
            days = draw.choice(["3", "", "0"])
        yield day, drug, strength, quantity, days
        if kind == "two strengths":
            yield (
                day,
                drug,
                "10 mg"
                if drug == "diazepam"
                else strength.replace("0.5", "2").replace("1 mg", "2 mg").replace("7.5", "3.75"),
                "30",
                "30",
            )
        if kind == "duplicate rows" and place == odd:
            yield day, drug, strength, quantity, days
        if kind == "reversal" and place == odd:
            yield day, drug, strength, f"-{quantity}", "-30"
            yield day + timedelta(days=1), drug, strength, quantity, days
            day += timedelta(days=1)
        since += timedelta(days=30)
        step = {"early refills": draw.randint(23, 30), "short gaps": draw.choice([30, 30, 33, 38])}.get(kind, 30)
        day += timedelta(days=step)


def _switched(day: date) -> Iterator[tuple[date, str, str, str, str]]:
    """Alprazolam, a tablet less a month, and as much diazepam as the table of ASAM 2025 makes of it."""
    for tablets in (3, 2, 1, 0):
        if tablets:
            yield day, "alprazolam", "0.5 mg", str(tablets * 30), "30"
        if tablets < 3:
            yield day, "diazepam", "5 mg", str((3 - tablets) * 2 * 30), "30"
        day += timedelta(days=30)
    while day <= END_OF_DATA:
        yield day, "diazepam", "5 mg", str(6 * 30), "30"
        day += timedelta(days=30)


def _taper(kind: str, day: date, draw: random.Random) -> Iterator[tuple[date, str, str, str, str]]:
    """A taper of diazepam: slow by a tenth of the dose at most each month, or fast by a half every two weeks."""
    if kind == "fast taper":
        for _ in range(draw.randint(3, 6)):
            yield day, "diazepam", "5 mg", str(8 * 30), "30"
            day += timedelta(days=30)
        for daily in (4, 2):
            yield day, "diazepam", "5 mg", str(daily * 14), "14"
            day += timedelta(days=14)
        while day <= END_OF_DATA:
            yield day, "diazepam", "5 mg", "60", "30"
            day += timedelta(days=30)
        return
    halves = 600 if kind == "slow taper" else 150  # half tablets of 2 mg in 30 days: 20 mg, or 5 mg, a day
    while day <= END_OF_DATA and halves:
        yield day, "diazepam", "2 mg", f"{halves // 2}{'.5' * (halves % 2)}", "30"
        day += timedelta(days=30)
        if halves > 300 or kind == "slow taper to zero":
            halves = halves - halves // 10 if halves > 30 else 0
