"""Sentences held against what is taken: their amounts in mg, mL and g, their pieces, times of day, dates and lengths.

Of a sentence only what can be read soundly is held against the plan; the rest of its words are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from taper.errors import ProofError
from taper.proof.facts import Taken
from taper.proof.files import vocabulary
from taper.proof.files.days import Plan
from taper.proof.files.figures import Amount, amounts, seen, without

if TYPE_CHECKING:
    from taper.order.product_line import OrderedProduct

Needed = tuple[Fraction, str]
"""A value and its unit."""
_Key = tuple[int, int, str]
Style = Literal["label", "line", "makes", "detail", "row", "bottle"]
"""A label: what makes a dose, then the dose; a line: the dose alone; what makes it alone; a detail: a line, then what
makes it; a row: the same, but of a volume not once more; the label of one bottle: its pieces, then their dose."""
_PERCENT = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


class Words:
    """The sentences of one plan in one language.

    Args:
        plan: The plan.
        language: Code of the language; the order's, or English, if not given.
    """

    def __init__(self, plan: Plan, language: str | None) -> None:
        order = plan.schedule.order
        code = language or (order.handout.language if order is not None else None) or "en"
        self.language = code.partition("-")[0]
        self.plan = plan
        known = plan.products.values()
        strengths = [(one.product.drug, one.product.strength.value, one.graduation is None) for one in known]
        self._alone = {name: strengths.count(key) == 1 for name, key in zip(plan.products, strengths, strict=True)}
        self._known: set[tuple[str, tuple[Taken, ...], Style]] = set()
        self._allowed: dict[tuple[str, int, int, str], frozenset[_Key]] = {}
        self._names: dict[str, tuple[Needed, ...]] = {}
        names = {text for name, one in plan.products.items() for text in (name, *_named(one))}
        self._telling = tuple(name for name in map(seen, sorted(names)) if self._tells(name))

    def _tells(self, name: str) -> bool:
        """Return whether a name of several words says a time of day, a day or a length, as a sentence does."""
        said = (vocabulary.times, vocabulary.weekdays, vocabulary.dates, vocabulary.lengths)
        return " " in name.strip() and any(one(name, self.language) for one in said)

    def bare(self, text: str) -> str:
        """Return a sentence without names of products and devices that tell a time of day, a day or a length.

        Amounts and pieces are held against the sentence with its names.
        """
        return without(seen(text), self._telling) if self._telling else text

    def prove_intakes(self, text: str, taken: tuple[Taken, ...], where: str, style: Style = "label") -> None:
        """Hold a sentence that says what is taken at some times of a day against what is.

        Args:
            text: The sentence.
            taken: What it speaks of, in its order.
            where: Where it stands, for the error.
            style: How it says it.

        Raises:
            ProofError: An amount, a number of pieces or a time of day is not that of the plan.
        """
        key = text, taken, style
        if key in self._known:
            return
        self.prove_figures(text, taken, where, style)
        if style in ("line", "detail", "row"):
            self._prove_drugs(text, taken, where)
        self.prove_times(text, [one.time for one in taken], where)
        self._known.add(key)

    def prove_week(self, text: str, week: Mapping[int, tuple[Taken, ...]], where: str, style: Style = "label") -> None:
        """Hold a sentence of a weekly pattern against it: days of the week with their doses, then all other days.

        Args:
            text: The sentence.
            week: What is taken on each day of the week, Monday is 0.
            where: Where it stands, for the error.
            style: How it says what is taken.
        """
        named = vocabulary.weekdays(self.bare(text), self.language)
        usual = [week[day] for day in week if day not in named]
        parts: dict[tuple[Taken, ...], list[int]] = {}
        for day in sorted(set(named)):
            parts.setdefault(week.get(day, ()), []).append(day)
        ordered = sorted(parts.items(), key=lambda part: part[1])
        wrong = not usual or any(one != usual[0] for one in usual) or usual[0] in parts
        at = 0
        for _, days in ordered:
            wrong = wrong or sorted(named[at : at + len(days)]) != days
            at += len(days)
        if wrong or at != len(named):
            raise ProofError(where, f"{seen(text)!r} does not name the days of the week of its doses")
        taken = tuple(one for part in (*(of_days for of_days, _ in ordered), usual[0]) for one in part)
        self.prove_intakes(text, taken, where, style)

    def names_weekdays(self, text: str, days: tuple[int, ...]) -> bool:
        """Return whether a sentence names some days of the week and no others; none where they are all."""
        return set(vocabulary.weekdays(self.bare(text), self.language)) == (set(days) if len(days) < 7 else set())

    def prove_weekdays(self, text: str, days: tuple[int, ...], where: str) -> None:
        """Hold the days of the week that a sentence names against those that it must."""
        if not self.names_weekdays(text, days):
            raise ProofError(where, f"{seen(text)!r} does not name the days of the week of its dose")

    def _prove_drugs(self, text: str, taken: tuple[Taken, ...], where: str) -> None:
        """Hold the drugs of a sentence against those of the plan, where it has several and names them in English."""
        if self.language != "en" or len(self.plan.drugs) < 2:
            return
        at, lower = 0, seen(text).lower()
        for one in taken:
            at = lower.find(one.drug.lower(), at)
            if at < 0:
                raise ProofError(where, f"{seen(text)!r} does not name {one.drug} where it is due")
            at += len(one.drug)

    def prove_figures(self, text: str, taken: tuple[Taken, ...], where: str, style: Style) -> None:
        """Hold amounts and pieces of a sentence against the plan; it names no time of day."""
        self.prove_amounts(text, [needed for one in taken for needed in self._said(one, style)], taken, where)
        self.prove_pieces(text, taken, where, style)

    def prove_amounts(self, text: str, needed: Iterable[Needed], taken: Iterable[Taken], where: str) -> None:
        """Hold the amounts of a sentence against those that it must name, in that order, and those that it may."""
        if any(map(self._is_odd, taken := tuple(taken))):
            return
        found, at = amounts(text), 0
        needed = list(needed)
        for value, unit in needed:
            at = next((place + 1 for place in range(at, len(found)) if found[place].means(value, unit)), -1)
            if at < 0:
                raise ProofError(where, f"{seen(text)!r} does not say {value} {unit} where it is due")
        may: set[_Key] = {_key(*some) for some in needed}
        for one in taken:
            may |= self._may(one)
        strange = next((one for one in found if _key(one.value, one.unit) not in may and not _is_about(one, may)), None)
        if strange is not None:
            raise ProofError(where, f"{seen(text)!r} says {strange.value} {strange.unit}, and no such amount is taken")

    def prove_named(self, text: str, doses: Iterable[Fraction], where: str) -> None:
        """Hold a sentence against doses that it must name, wherever in it."""
        found = amounts(text)
        missing = next((dose for dose in doses if not any(one.means(dose, "mg") for one in found)), None)
        if missing is not None:
            raise ProofError(where, f"{seen(text)!r} does not say {missing} mg")

    def prove_pieces(self, text: str, taken: tuple[Taken, ...], where: str, style: Style) -> None:
        """Hold the numbers of pieces in a sentence against those of the plan, where all of them have words."""
        wanted: list[Fraction] = []
        for one in taken:
            if self._is_odd(one):
                return
            for name, unit, amount in one.items or ():
                known = self.plan.products.get(name)
                plain = known is not None and known.weight is None and not known.described and unit == "pieces"
                if not plain or (amount * 4).denominator != 1:
                    return
                wanted.append(amount)
        if style == "line":
            wanted = []
        found = vocabulary.pieces(text, self.language)
        if found is not None and list(found) != wanted:
            said, due = (", ".join(map(str, some)) or "no" for some in (found, wanted))
            raise ProofError(where, f"{seen(text)!r} says {said} pieces, and the plan has {due}")

    def prove_times(self, text: str, wanted: Iterable[str], where: str) -> None:
        """Hold the times of day in a sentence against those of the plan."""
        found, due = vocabulary.times(self.bare(text), self.language), tuple(wanted)
        if found != due:
            said, right = (", ".join(some) or "no time" for some in (found, due))
            raise ProofError(where, f"{seen(text)!r} says {said}, and the plan has {right}")

    def prove_stop(self, text: str, stops: bool, where: str) -> None:
        """Hold a sentence against whether the drug stops after its days."""
        sentence = vocabulary.STOPS.get(self.language)
        if sentence is not None and (sentence in self.bare(text)) is not stops:
            raise ProofError(where, f"{seen(text)[-200:]!r} {'does not say' if stops else 'says'} that the drug stops")

    def prove_dates(self, text: str, days: tuple[date, ...], where: str) -> None:
        """Hold the days that a sentence names against those that it must."""
        if vocabulary.dates(self.bare(text), self.language) != days:
            raise ProofError(where, f"{seen(text)!r} does not say {', '.join(map(str, days))}")

    def prove_span(self, text: str, start: date, end: date, where: str) -> None:
        """Hold the days of a sentence that names its first and last day against them."""
        found = vocabulary.dates(self.bare(text), self.language)
        if found != ((start, end) if start != end else (start,)):
            days = ", ".join(map(str, found)) or "no day"
            raise ProofError(where, f"{seen(text)!r} says {days}, and it is from {start} to {end}")
        self.prove_length(text, (end - start).days + 1, where)

    def prove_spans(self, text: str, spans: list[tuple[date, date]], where: str) -> None:
        """Hold the days of a sentence of several steps against theirs, one after the other."""
        wanted = [day for start, end in spans for day in ((start, end) if start != end else (start,))]
        text = self.bare(text)
        if list(vocabulary.dates(text, self.language)) != wanted:
            raise ProofError(where, f"{seen(text)[:200]!r} does not name the days of its steps")
        if list(vocabulary.lengths(text, self.language)) != [(end - start).days + 1 for start, end in spans]:
            raise ProofError(where, f"{seen(text)[:200]!r} does not name the lengths of its steps")

    def prove_length(self, text: str, days: int, where: str) -> None:
        """Hold the number of days of a sentence against theirs."""
        if vocabulary.lengths(self.bare(text), self.language) != (days,):
            raise ProofError(where, f"{seen(text)!r} does not say that it is {days} days")

    def prove_percent(self, text: str, part: Fraction, where: str) -> None:
        """Hold a percentage, rounded to a tenth where it does not end before, against what it is."""
        found = _PERCENT.findall(seen(text))
        rises = "-" in text or "\N{MINUS SIGN}" in text
        wrong = len(found) != 1 or rises is not (part < 0)
        if wrong or abs(Fraction(found[0].replace(",", ".")) - abs(part * 100)) * 20 > 1:
            raise ProofError(where, f"{seen(text)!r} is not {part * 100} percent")

    def _is_odd(self, one: Taken) -> bool:
        """Return whether pieces are missing, or given as a volume: no words of records from elsewhere tell how many."""
        for name, unit, amount in () if one.mg is None else one.items or ():
            known = self.plan.products.get(name)
            if not amount or (known is not None and (unit == "mL") is not (known.graduation is not None)):
                return True
        return False

    def _said(self, one: Taken, style: Style) -> Iterator[Needed]:
        """Yield the amounts that a sentence must name of a dose, in its order."""
        items = one.items or ()
        dose = (one.mg if one.mg is not None else Fraction(0)), "mg"
        measured = list(self._measure(*items[0])) if len(items) == 1 else []
        if style in ("line", "detail", "row"):
            yield from measured
            yield dose
        elif not items and style != "makes":
            yield dose
        if style == "line" or (style == "row" and len(items) == 1 and (measured or items[0][1] == "mL")):
            return
        for name, unit, amount in items:
            known, measure = self.plan.products.get(name), list(self._measure(name, unit, amount))
            yield from measure
            if known is None:
                continue
            if measure or unit == "mL":
                yield known.product.strength.value * amount, "mg"
            elif self._alone[name] and style != "bottle":
                yield known.product.strength.value, "mg"
        single = len(items) == 1 and (bool(measured) or items[0][1] == "mL")
        strange = style == "bottle" and any(name not in self.plan.products for name, _, _ in items)
        if items and style in ("label", "bottle") and not single and not strange:
            yield dose

    def _measure(self, name: str, unit: str, amount: Fraction) -> Iterator[Needed]:
        """Yield the volume or the weight of powder that an item is; drops have neither."""
        known = self.plan.products.get(name)
        if unit == "mL":
            if known is None or not known.in_drops:
                yield amount, "mL"
        elif known is not None and known.weight is not None:
            yield known.weight.value * amount / 1000, "g"

    def _may(self, one: Taken) -> set[_Key]:
        """Return the amounts that a sentence may name of a dose."""
        found = {_key(one.mg if one.mg is not None else Fraction(0), "mg")}
        for item in one.items or ():
            key = item[0], *_key(item[2], item[1])
            if key not in self._allowed:
                self._allowed[key] = frozenset(_key(*some) for some in self._of_item(*item))
            found |= self._allowed[key]
        return found

    def _of_item(self, name: str, unit: str, amount: Fraction) -> Iterator[Needed]:
        """Yield the amounts that a sentence may name of some of a product: those in its names and devices too."""
        yield from ((some.value, some.unit) for some in amounts(name))
        yield amount, "mL"
        known = self.plan.products.get(name)
        if known is not None:
            strength = known.product.strength.value
            yield from ((strength, "mg"), (strength, "mg/mL"), (strength * amount, "mg"))
            yield from self._measure(name, unit, amount)
            if name not in self._names:
                self._names[name] = tuple((some.value, some.unit) for text in _named(known) for some in amounts(text))
            yield from self._names[name]
            yield from _filled(known, amount)


def _key(value: Fraction, unit: str) -> _Key:
    """Return an amount as a key: that of a fraction is slow to make."""
    return value.numerator, value.denominator, unit


def _is_about(one: Amount, may: Iterable[_Key]) -> bool:
    """Return whether an amount is one of some, rounded because its decimal does not end."""
    return any(one.means(Fraction(part, whole), unit) for part, whole, unit in may if unit == one.unit)


def _named(known: OrderedProduct) -> tuple[str, ...]:
    return known.on_bottle, known.device, known.brand, known.maker, *(name for name, _ in known.devices)


def _filled(known: OrderedProduct, volume: Fraction) -> Iterator[Needed]:
    """Yield what a syringe holds, and to which lines it is filled for a volume."""
    yield from ((holds.value, "mL") for _, holds in known.devices)
    if known.capacity is None or known.graduation is None or not known.graduation.value:
        return
    full = known.graduation.value * (known.capacity.value // known.graduation.value)
    yield known.capacity.value, "mL"
    yield full, "mL"
    if full:
        yield volume % full, "mL"
