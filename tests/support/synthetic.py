"""A synthetic practice with its truth: what each person was really given, and what a checker must find.

Made-up people, seeded, the same on every machine. Cuts are well within or well beyond the limits, so that the truth
needs no checker.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
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
RARE = {
    "stop after few cuts": 1,
    "stop from a quarter": 1,
    "one large step": 1,
    "cuts within days": 1,
    "rise": 1,
    "switch to too little": 1,
    "second drug": 1,
}
"""Kinds for the rules that the others do not meet; in a practice where they are asked for."""
ALL = KINDS | RARE
MUST: dict[str, tuple[str, ...]] = {
    "fast taper": ("T101", "T102"),
    "abrupt stop": ("T106",),
    "stop and restart": ("T106",),
    "stop after few cuts": ("T105", "T110"),
    "stop from a quarter": ("T105",),
    "one large step": ("T108",),
    "cuts within days": ("T101", "T103"),
    "rise": ("T107",),
    "switch to too little": ("T101", "T102", "T113"),
    "second drug": ("T101", "T102", "T105"),
}
"""The rules that must find a kind, with a warning or an alert; no rule of pace or stop may find another kind so."""
STOPPED = frozenset({"abrupt stop", "slow taper to zero", "stop after few cuts", "stop from a quarter"})
"""Kinds of those who are stopped when the data end."""
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


def practice(people: int, seed: int, shares: Mapping[str, int] = KINDS) -> Iterator[Person]:
    """Yield the persons of a practice, by the shares of the kinds."""
    draw = random.Random(seed)
    kinds, weights = tuple(shares), tuple(shares.values())
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
    elif kind in RARE:
        yield from _rare(kind, day, draw)
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


def _monthly(
    day: date, drug: str, strength: str, daily: Iterable[int], days: int = 30
) -> Iterator[tuple[date, str, str, str, str]]:
    """So many pieces a day, a fill after the other."""
    for pieces in daily:
        if day > END_OF_DATA:
            return
        yield day, drug, strength, str(pieces * days), str(days)
        day += timedelta(days=days)


def _rare(kind: str, day: date, draw: random.Random) -> Iterator[tuple[date, str, str, str, str]]:
    first, months = draw.randint(2, 5), 40  # more than the data have
    if kind == "stop after few cuts":  # 20, 18, 16 mg, and nothing
        yield from _monthly(day, "diazepam", "2 mg", (10,) * first + (9, 8))
    elif kind == "stop from a quarter":  # 20 mg, a tenth less each month, and nothing after 5 mg
        halves = 600
        while halves > 150:
            yield day, "diazepam", "2 mg", f"{halves // 2}{'.5' * (halves % 2)}", "30"
            day, halves = day + timedelta(days=30), halves - halves // 10
        yield day, "diazepam", "2 mg", "75", "30"
    elif kind == "one large step":  # half at once, where the guideline's step is a quarter
        yield from _monthly(day, "zopiclone", "7.5 mg", (2,) * first + (1,) * (months - first))
    elif kind == "cuts within days":  # a tenth less every five days
        yield from _monthly(day, "diazepam", "2 mg", (10,) * first)
        day += timedelta(days=30 * first)
        yield from _monthly(day, "diazepam", "2 mg", (9, 8, 7, 6), 5)
        yield from _monthly(day + timedelta(days=20), "diazepam", "2 mg", (6,) * (months - first))
    elif kind == "rise":
        yield from _monthly(day, "diazepam", "5 mg", (2,) * first + (4,) * (months - first))
    elif kind == "switch to too little":  # by every table less than half
        yield from _monthly(day, "alprazolam", "1 mg", (4,) * first)
        yield from _monthly(day + timedelta(days=30 * first), "diazepam", "5 mg", (1,) * (months - first))
    else:  # a second drug for some months, which ends from a high dose
        yield from _monthly(day, "diazepam", "5 mg", (2,) * months)
        yield from _monthly(day, "lorazepam", "1 mg", (3,) * (first + 3))


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
