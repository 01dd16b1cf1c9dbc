"""Doses, dates and percentages as the paper says them: each formatted here, once.

Safe writing: a leading zero and no trailing one, a space that does not break before the unit,
halves in words, month names instead of numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from taper import catalog
from taper.errors import TaperError
from taper.order.parts import WEEKDAYS
from taper.paper import words as languages
from taper.paper.drawings import OUTLINES, Drawings, Drawn
from taper.paper.numbers import (
    END as END,
    LTR as LTR,
    NBSP as NBSP,
    RTL as RTL,
    Numbers,
    bare as bare,
    capitalized as capitalized,
    is_endless,
    unbroken as unbroken,
    whole_strength as whole_strength,
)
from taper.paper.parts import DayDoses, Dose, ProductKey, WeekPart
from taper.paper.words.language import Language, Noun
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.regimen import Intake, Item, Regimen
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import OrderedStep, WeekRegimen, cycle_place

if TYPE_CHECKING:
    from taper.order.product import OrderedProduct


def noun_of(form: str) -> Noun:
    """Return what a piece of a form is called."""
    if "capsule" in form:
        return "capsule"
    return "film" if form == "oral film" else "tablet"


def tall_man(drug: str) -> str:
    """Return the tall-man spelling that tells a drug from look-alike names, or its plain name if none is published.

    >>> tall_man("lorazepam"), tall_man("diazepam")
    ('LORazepam', 'diazepam')
    """
    try:
        spelling = catalog.drug(drug).tall_man
    except TaperError:  # a foreign table may name what the catalog does not have
        return drug
    return spelling.text if spelling else drug


def words_for(schedule: Schedule, language: str | None) -> Language:
    """Return the language asked for, else the order's, else English; the country chooses only which English.

    Raises:
        TaperError: No such language.
    """
    code = language or (schedule.order and schedule.order.handout.language) or "en"
    return languages.load(languages.english_of(schedule.order.country) if code == "en" and schedule.order else code)


class Phrases(Numbers):
    """The words of one schedule in one language."""

    def __init__(self, schedule: Schedule, words: Language) -> None:
        self.schedule = schedule
        products = schedule.order.products if schedule.order else ()
        super().__init__(words, products)
        self._products = {ordered.name: ordered for ordered in products}
        self._drawings = Drawings(schedule)
        self._of = self._strengths()
        self._known: dict[Regimen, DayDoses] = {}
        self._one_drug = len(schedule.drugs) <= 1
        self._names = {} if self._one_drug else {drug: tall_man(drug) for drug in schedule.drugs}

    @property
    def unreviewed(self) -> tuple[str, ...]:
        """The line on every page of a translation that no clinician reviewed; empty for the English original."""
        if self.words.code.partition("-")[0] == "en" or self.words.reviewed_by:
            return ()
        english = languages.load("en").phrase["unreviewed"].format(language=self.words.name)
        return (self.say("unreviewed", language=self.words.own_name), self.apart(english, name=True))

    def medicine(self, drug: str) -> str:
        """Return the name of a drug as written beside its doses.

        In a plan with several drugs it has tall-man letters where they are published, else it is the plain name.
        """
        return self.apart(self._names.get(drug, drug), name=True)

    def outline(self, drug: str) -> str:
        """Describe the drawings of a drug; empty in a plan with one drug or without drawings."""
        outline = self._drawings.outline(drug)
        return "" if outline is None else self.say(f"shape_{outline}")

    def total(self, regimen: Regimen) -> str:
        """Write the daily dose of each drug."""
        totals = regimen.totals
        if not any(totals.values()):
            return self.say("none")
        if self._one_drug:
            return self.dose(regimen.total)
        return self.listed([f"{self.medicine(drug)} {self.dose(dose)}" for drug, dose in totals.items() if dose])

    def on_days(self, weekdays: Iterable[int]) -> str:
        """Write days of the week inside a sentence, Monday is 0: on Monday and Friday."""
        first = self.words.locale.first_weekday
        ordered = sorted(weekdays, key=lambda day: (day - first) % 7)
        return self.say("on_days", days=self.listed([self.say(f"on_{WEEKDAYS[day].lower()}") for day in ordered]))

    def _days_of(self, step: OrderedStep, part: WeekRegimen) -> str:
        """Write the days of one regimen of a step: of the week, or the first ones of a cycle and its length."""
        return self.on_days(part.weekdays) if step.weekly else self.on_cycle(step, part.weekdays)

    def on_cycle(self, step: OrderedStep, places: Iterable[int]) -> str:
        """Write days of a cycle inside a sentence: every 4 days beginning 2 March and 3 March."""
        days = self.listed([self.dated(day) for day in step.first_days(places)])
        return self.say("on_cycle", days=days, cycle=self.words.days(step.cycle))

    def week(self, step: OrderedStep) -> tuple[WeekPart, ...]:
        """Write what is taken on which weekdays, the usual regimen last; empty if all days are alike."""
        if not step.varies:
            return ()
        when = [self._days_of(step, part) for part in step.parts[1:]] + [self.say("on_other_days")]
        pairs = zip(when, step.usual_last, strict=True)
        return tuple(WeekPart(capitalized(days), self.day(part.regimen)) for days, part in pairs)

    def daily(self, step: OrderedStep, on: date | None = None) -> str:
        """Write the daily dose of a step: 7.5 mg, on Monday and Friday 3.75 mg.

        Args:
            step: The step.
            on: A day of it whose dose is to stand first, where the dose is not the same on all days.
        """
        if not step.varies:
            return self.total(step.usual)
        usual, *others = (self._total_of(step.drugs, part.regimen) for part in step.parts)
        pairs = list(zip(step.parts[1:], others, strict=True))
        today = [pair for pair in pairs if on is not None and cycle_place(on, step.cycle) in pair[0].weekdays]
        pairs.sort(key=lambda pair: pair not in today)
        named = [self.say("dose_on_days", days=self._days_of(step, part), dose=dose) for part, dose in pairs]
        if any(step.usual.totals.values()) and not today:
            return self.say("semicolon").join([usual, *named])
        others_too = self.say("dose_on_days", days=self.say("on_other_days"), dose=usual)
        return self.say("semicolon").join([*named, others_too])

    def _total_of(self, drugs: Iterable[str], regimen: Regimen) -> str:
        """Write the daily dose of each of some drugs, also of one that is not taken on these days."""
        totals = regimen.totals
        if self._one_drug or not any(totals.values()):
            return self.total(regimen)
        doses = ((drug, totals.get(drug)) for drug in drugs)
        parts = ((self.medicine(drug), self.dose(dose) if dose else self.say("none")) for drug, dose in doses)
        return self.listed([f"{drug} {amount}" for drug, amount in parts])

    def regimen(self, step: OrderedStep) -> tuple[int, tuple[tuple[tuple[int, ...], DayDoses], ...]]:
        """Return the key that tells steps apart: the doses, and their days of the week or cycle."""
        cycle = step.cycle if step.varies else 0
        return cycle, tuple((part.weekdays if step.varies else (), self.day(part.regimen)) for part in step.parts)

    def day(self, regimen: Regimen) -> DayDoses:
        """Write all doses of a day; the same doses give the same value."""
        taken = regimen.taken
        if taken not in self._known:
            liquids = [self._products.get(item.product) for intake in taken for item in intake.items]
            devices = dict.fromkeys(self.named(ordered.device) for ordered in liquids if ordered and ordered.device)
            total = self.total(regimen)
            self._known[taken] = DayDoses(
                tuple(self._dose(intake) for intake in taken),
                total if self._one_drug and taken else "",
                total,
                self.say("comma").join(devices),
            )
        return self._known[taken]

    def _dose(self, intake: Intake) -> Dose:
        time, amount = self.words.times[intake.time], self.dose(intake.dose)
        items = [self._item(item) for item in intake.items]
        words = self.listed(items)
        measure = self.listed([text for item in intake.items if (text := self._measured(item))])
        if is_endless(intake.dose.value):
            self._refuse_bare(intake)
        if self._places is not None and measure and len(intake.items) == 1:  # what is exact stands first
            amount, measure = self.say("measured_first", measure=measure, dose=amount), ""
        spoken = words or amount
        if not self._one_drug:  # speech has no capitals within a word: the plain name
            spoken = f"{intake.drug} {amount}: {words}" if words else f"{intake.drug} {amount}"
        return Dose(
            time=time,
            amount=amount,
            line=self.say("line", time=time, dose=amount)
            if self._one_drug
            else self.say("line_drug", time=time, drug=self.medicine(intake.drug), dose=amount),
            words=words,
            measure=measure,
            pictograms=tuple(drawn for item in intake.items for drawn in self._drawings.of(item)),
            alt=self._spoken(self.say("alt", time=time[:1].lower() + time[1:], words=spoken)),
            pieces=self.lines([self._firm(*pair) for pair in zip(items, intake.items, strict=True)]),
        )

    def measured(self, dose: Dose) -> str:
        """Write a dose for a sentence: what is measured first, the mg behind it."""
        return self.say("measured_first", measure=dose.measure, dose=dose.amount) if dose.measure else dose.amount

    def _firm(self, words: str, item: Item) -> str:
        """Keep a count and its noun on one line."""
        ordered = self._products.get(item.product)
        if item.count is None or (ordered is not None and ordered.weight is not None):
            return words
        count = self.words.count(item.count.value, noun_of(ordered.product.form) if ordered is not None else "piece")
        return words.replace(count, count.replace(" ", NBSP), 1)

    def _refuse_bare(self, intake: Intake) -> None:
        """Refuse a dose that only its pieces could say exactly, where it names none."""
        if not intake.items:
            self._exact(intake.dose.value, "mg")

    def _measured(self, item: Item) -> str:
        """Write a volume or a weight of powder; nothing for pieces."""
        if item.volume is not None:
            return self.measure(item.product, item.volume)
        ordered = self._products.get(item.product)
        if ordered is None or ordered.weight is None or item.count is None:
            return ""
        return self.powder(ordered, item.count)

    def _item(self, item: Item) -> str:
        ordered = self._products.get(item.product)
        if item.volume is not None:
            volume = self.measure(item.product, item.volume)
            if ordered is None:
                return self.say("take_other", count=volume, name=self.named(item.product))
            name = "take_drops" if ordered.in_drops else "take_volume"
            mg = self.dose(ordered.product.strength * item.volume.value)
            device = f"{self.named(ordered.device)}{self._filled(ordered, item.volume)}"
            return self.say(name, volume=volume, dose=mg, strength=self.strength(ordered), device=device)
        if item.count is None:
            return self.named(item.product)
        if ordered is not None and ordered.weight is not None:
            return self.weighed(ordered, item.count)
        self._exact(item.count.value, "pieces")
        if ordered is None:
            count = self.words.count(item.count.value, "piece")
            return self.say("take_other", count=count, name=self.named(item.product))
        count = self.words.count(item.count.value, noun_of(ordered.product.form))
        return self.say(
            self._of[item.product], count=count, strength=self.strength(ordered), name=self.named(item.product)
        )

    def _filled(self, ordered: OrderedProduct, volume: Ml) -> str:
        """Write how often a syringe is filled that holds less than the volume."""
        fillings = ordered.fillings(volume)
        if fillings is None:
            return ""
        full, rest = (self.measure(ordered.name, some) for some in (fillings.full, fillings.rest))
        times = self.words.counted("time", fillings.times)
        name = "fill_rest" if fillings.rest else "fill_full"
        return f" ({self.say(name, times=times, full=full, rest=rest)})"

    def powder(self, ordered: OrderedProduct, count: Pieces) -> str:
        """Write a weight of powder, in grams: mg beside mg of the drug would be taken for each other."""
        grams = f"{self._exact(ordered.powder(count).value / 1000, 'g')}{NBSP}g"
        return self.say("powder", weight=self.apart(grams))

    def weighed(self, ordered: OrderedProduct, count: Pieces) -> str:
        """Write a dose of powder: its weight, the mg of the drug in it, the tablet and the scale."""
        return self.say(
            "take_powder",
            powder=self.powder(ordered, count),
            dose=self.dose(ordered.product.strength * count.value),
            name=self.named(ordered.name),
            device=self.named(ordered.device),
        )

    def cautions(self) -> tuple[str, ...]:
        """Write what must be known of the products that the plan uses: to shake, to weigh, to throw a part away."""
        used = {item.product for step in self.schedule.steps for intake in step.intakes for item in intake.items}
        said = []
        for name, ordered in self._products.items():
            if name in used and ordered.shake:
                said.append(self.say("shake", name=self.named(name)))
            if name in used and ordered.weight is not None:
                said.append(self.say("weight", name=self.named(name), weight=self._one_tablet(ordered)))
            if name in used and ordered.discard:
                said.append(self.say("discard", name=self.named(name)))
        return tuple(said)

    def _one_tablet(self, ordered: OrderedProduct) -> str:
        assert ordered.weight is not None
        return self.apart(f"{self._exact(ordered.weight.value / 1000, 'g')}{NBSP}g")

    def named(self, name: str) -> str:
        """Write a name that somebody else chose: number and unit kept together, direction isolated."""
        return self.apart(unbroken(name), name=True)

    def measure(self, product: str, volume: Ml) -> str:
        """Write a volume of a product in mL, or in drops where the order counts drops."""
        ordered = self._products.get(product)
        if ordered is None or not ordered.in_drops or ordered.graduation is None:
            return self.apart(f"{self._exact(volume.value, 'mL')}{NBSP}mL")
        drops = volume / ordered.graduation
        if drops.denominator == 1:
            return self.words.counted("drop", drops.numerator).replace(" ", NBSP)
        return self.words.forms["drop"]["other"].format(number=self._exact(drops, "drops")).replace(" ", NBSP)

    def knows(self, product: str) -> bool:
        """Return whether the order has a product."""
        return product in self._products

    def amount(self, product: str, some: Pieces | Ml) -> str:
        """Write some of a product: pieces in words, or a volume."""
        if not some:
            return self.say("none")
        if isinstance(some, Ml):
            return self.measure(product, some)
        ordered = self._products.get(product)
        if ordered is not None and ordered.weight is not None and some.value.denominator != 1:
            return self._rest_of_powder(ordered, some)
        return self.words.count(some.value, noun_of(ordered.product.form) if ordered is not None else "piece")

    def _rest_of_powder(self, ordered: OrderedProduct, some: Pieces) -> str:
        """Write whole tablets, and the powder of a part of one."""
        whole, part = divmod(some.value, 1)
        powder = self.powder(ordered, Pieces(part))
        return (
            self.listed([self.words.count(Fraction(whole), noun_of(ordered.product.form)), powder]) if whole else powder
        )

    def strength(self, ordered: OrderedProduct) -> str:
        """Write the strength of a product as its source writes it: 5 mg, 1 mg/mL, 2 mg/300 mL."""
        product = ordered.product
        if not product.is_liquid:
            return self.apart(self._mg(product.strength))
        per = "" if product.per == Ml(1) else f"{self._exact(product.per.value, 'mL')}{NBSP}"
        return self.apart(f"{self._mg(product.strength * product.per.value)}/{per}mL")

    def _strengths(self) -> dict[str, str]:
        """Choose a name for each product: its strength, or its full name if two share a strength."""
        called: dict[tuple[str, Mg], list[str]] = {}
        for name, ordered in self._products.items():
            product = ordered.product
            noun = "" if product.is_liquid else noun_of(product.form)
            called.setdefault((noun, product.strength), []).append(name)
        return {name: "take_of" if len(names) == 1 else "take_named" for names in called.values() for name in names}

    def _spoken(self, text: str) -> str:
        """Write units out, for speech."""
        phrase, text = self.words.phrase, bare(text)
        text = text.replace(f"{NBSP}mg/mL", f" {phrase['per_milliliter']}")
        text = text.replace(f"{NBSP}mL", f" {phrase['milliliters']}")
        return text.replace(f"{NBSP}mg", f" {phrase['milligrams']}")

    def products(self) -> tuple[ProductKey, ...]:
        """Return the legend: the products that the plan uses, those of one drug together."""
        return tuple(self._product_key(drawn) for drawn in self._drawings.legend())

    def _product_key(self, drawn: Drawn) -> ProductKey:
        ordered, drug = drawn.ordered, ""
        mark = "" if ordered.product.is_liquid else self._decimal(ordered.product.strength.value)
        if drawn.family is not None:
            named = self.apart(tall_man(ordered.product.drug), name=True)
            drug = self.say("drug_shape", drug=named, shape=self.say(f"shape_{OUTLINES[drawn.family]}"))
        name, note = self.named(ordered.name), self.named(ordered.device)
        return ProductKey(drawn.key, drawn.index, drawn.kind, mark, name, note, drug, drawn.family)
