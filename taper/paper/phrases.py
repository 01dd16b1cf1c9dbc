"""Doses, dates and percentages as the paper says them: each formatted here, once.

Safe writing: a leading zero and no trailing one, a space that does not break before the unit,
halves in words, month names instead of numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from taper import catalog
from taper.errors import ScheduleError, TaperError
from taper.order.parts import WEEKDAYS
from taper.paper import words as languages
from taper.paper.drawings import OUTLINES, Drawings, Drawn
from taper.paper.parts import DayDoses, Dose, ProductKey, WeekPart
from taper.paper.words.language import Language, Noun, Passage
from taper.quantity import Mg, Ml, Pieces, exact_text, percent_text, rounded
from taper.schedule.curve import curve
from taper.schedule.regimen import Intake, Item, Regimen
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import OrderedStep, WeekRegimen

if TYPE_CHECKING:
    from taper.order.product import OrderedProduct

NBSP = "\N{NO-BREAK SPACE}"
LTR, RTL, END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{RIGHT-TO-LEFT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_ISOLATES = str.maketrans(dict.fromkeys((LTR, RTL, END)))
_UNIT = re.compile(r"(?<=[0-9]) (?=(?:mg|mL|mcg)\b)")


def unbroken(text: str) -> str:
    """Keep number and unit together in a name that somebody else wrote.

    >>> unbroken("5 mL oral syringe").split(" ")[1:]
    ['oral', 'syringe']
    """
    return _UNIT.sub(NBSP, text)


def bare(text: str) -> str:
    """Return a text without its marks of direction, for speech and for labels that stand alone."""
    return text.translate(_ISOLATES)


def capitalized(text: str) -> str:
    """Return a text with its first letter large, the others as they are.

    >>> capitalized("à jeun"), capitalized("5 mg")
    ('À jeun', '5 mg')
    """
    return text[:1].upper() + text[1:]


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
    """Return the language asked for, else the order's, else English; the country never chooses it.

    Raises:
        TaperError: No such language.
    """
    return languages.load(language or (schedule.order and schedule.order.handout.language) or "en")


def _has_days_without(schedule: Schedule) -> bool:
    """Return whether there are days without any dose between days with one."""
    levels = curve(schedule)
    given = [level for level in levels if level.doses]
    return any(not level.doses and given[0].end < level.start < given[-1].start for level in levels if given)


class Phrases:
    """The words of one schedule in one language."""

    def __init__(self, schedule: Schedule, words: Language) -> None:
        self.words = words
        self.schedule = schedule
        products = schedule.order.products if schedule.order else ()
        self._products = {ordered.name: ordered for ordered in products}
        self._drawings = Drawings(schedule)
        self._of = self._strengths()
        self._known: dict[Regimen, DayDoses] = {}
        self._one_drug = len(schedule.drugs) <= 1
        self._names = {} if self._one_drug else {drug: tall_man(drug) for drug in schedule.drugs}

    @property
    def advice(self) -> tuple[Passage, ...]:
        """The what-to-do page.

        For a Z-drug it has the exception to "never stop suddenly", where that is translated; in a plan with days
        without a dose it says so instead of "do not skip a dose".
        """
        known = catalog.drugs()
        sleeping_pills = [d for d in self.schedule.drugs if d in known and known[d].drug_class == "Z-drug"]
        named = self.listed([self.medicine(drug) for drug in sleeping_pills])
        return self.words.advice(named, no_dose_days=_has_days_without(self.schedule))

    @property
    def unreviewed(self) -> tuple[str, ...]:
        """The line on every page of a translation that no clinician reviewed; empty for the English original."""
        if self.words.code == "en" or self.words.reviewed_by:
            return ()
        english = languages.load("en").phrase["unreviewed"].format(language=self.words.name)
        return (self.say("unreviewed", language=self.words.own_name), self.apart(english, name=True))

    def say(self, phrase: str, /, **values: str) -> str:
        """Return a phrase with its blanks filled."""
        return self.words.phrase[phrase].format(**values)

    def dose(self, amount: Mg) -> str:
        """Write a dose.

        Raises:
            ScheduleError: It does not end as a decimal, so it cannot be written exactly.
        """
        return self.apart(self._dose_text(amount))

    def _dose_text(self, amount: Mg) -> str:
        return f"{self._exact(amount.value, 'mg')}{NBSP}mg"

    def apart(self, text: str, *, name: bool = False) -> str:
        """Isolate a dose, a number or a foreign name within right-to-left text.

        Without it "2.5 mg" would be shown as "mg 2.5". Text that runs from the left is returned as it is.

        Args:
            text: What has an order of its own.
            name: Whether it may itself run from the right, as a person's name may.
        """
        if self.words.direction == "ltr" or not text:
            return text
        first = next((kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), "L")
        whole = text if name else text.replace(" ", NBSP)  # a number that breaks would be read in the wrong order
        return f"{RTL if name and first != 'L' else LTR}{whole}{END}"

    def computed_dose(self, amount: Mg) -> str:
        """Write a computed dose, rounded if its decimal does not end; for clinicians only.

        A dose that nobody takes, such as a tenth less than 1/3, may be rounded, and is marked as rounded.
        """
        if "/" not in exact_text(amount.value):
            return self.dose(amount)
        about = f"{self._decimal(rounded(amount.value, 2))}{NBSP}mg"
        return self.say("about", percent=self.apart(about))

    def _exact(self, value: Fraction, unit: str) -> str:
        number = exact_text(value)
        if "/" in number:
            raise ScheduleError(
                f"{number} {unit} does not end as a decimal, so it cannot be printed exactly; "
                "use amounts that do, such as 2.5 mg"
            )
        return number.replace(".", self.words.locale.decimal)

    def _decimal(self, value: Fraction) -> str:
        return exact_text(value).replace(".", self.words.locale.decimal)

    def percent(self, fraction: Fraction) -> str:
        """Write a percentage, and say so where it is rounded."""
        text = percent_text(fraction)
        number = text.removeprefix("~").removesuffix(" %").replace(".", self.words.locale.decimal)
        written = self.apart(self.words.locale.percent.format(number=number))
        return self.say("about", percent=written) if text.startswith("~") else written

    def dated(self, day: date) -> str:
        """Write a date with the name of its month."""
        return self._date(self.words.locale.date, day)

    def long_date(self, day: date) -> str:
        """Write a date with its weekday."""
        return capitalized(self._date(self.words.locale.long_date, day))

    def date_and_weekday(self, day: date) -> tuple[str, str]:
        """Write a date, and its weekday beside it."""
        return self.dated(day), capitalized(self.words.weekdays[day.weekday()])

    def _date(self, template: str, day: date) -> str:
        month, weekday = self.words.locale.months_in_date[day.month - 1], self.words.weekdays[day.weekday()]
        number = self.words.first_of_month if day.day == 1 else str(day.day)
        return template.format(day=number, month=month, year=day.year, weekday=weekday)

    def span(self, start: date, end: date) -> str:
        """Write the first and last day of a step."""
        name = "one_day" if start == end else "from_to"
        first, last = (self.dated(day).replace(" ", NBSP) for day in (start, end))
        return self.say(name, start=first, end=last)

    def listed(self, parts: list[str]) -> str:
        """Join words: a, b and c."""
        if len(parts) < 2:
            return "".join(parts)
        return self.say("and", first=self.say("comma").join(parts[:-1]), last=parts[-1])

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

    def daily(self, step: OrderedStep) -> str:
        """Write the daily dose of a step: 7.5 mg, on Monday and Friday 3.75 mg."""
        if not step.varies:
            return self.total(step.usual)
        usual, *others = (self._total_of(step.drugs, part.regimen) for part in step.parts)
        pairs = zip(step.parts[1:], others, strict=True)
        named = [self.say("dose_on_days", days=self._days_of(step, part), dose=dose) for part, dose in pairs]
        if any(step.usual.totals.values()):
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
        words = self.listed([self._item(item) for item in intake.items])
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
            measure=self.listed([self.measure(i.product, i.volume) for i in intake.items if i.volume is not None]),
            pictograms=tuple(drawn for item in intake.items for drawn in self._drawings.of(item)),
            alt=self._spoken(self.say("alt", time=time[:1].lower() + time[1:], words=spoken)),
        )

    def _item(self, item: Item) -> str:
        ordered = self._products.get(item.product)
        if item.volume is not None:
            volume = self.measure(item.product, item.volume)
            if ordered is None:
                return self.say("take_other", count=volume, name=self.named(item.product))
            name = "take_drops" if ordered.in_drops else "take_volume"
            strength, device = self._strength(ordered), self.named(ordered.device)
            mg = self.dose(ordered.product.strength * item.volume.value)
            return self.say(name, volume=volume, dose=mg, strength=strength, device=device)
        if item.count is None:
            return self.named(item.product)
        self._exact(item.count.value, "pieces")
        if ordered is None:
            count = self.words.count(item.count.value, "piece")
            return self.say("take_other", count=count, name=self.named(item.product))
        count = self.words.count(item.count.value, noun_of(ordered.product.form))
        return self.say(
            self._of[item.product], count=count, strength=self._strength(ordered), name=self.named(item.product)
        )

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
        return self.words.count(some.value, noun_of(ordered.product.form) if ordered is not None else "piece")

    def _strength(self, ordered: OrderedProduct) -> str:
        return self.apart(self._dose_text(ordered.product.strength) + ("/mL" if ordered.product.is_liquid else ""))

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
