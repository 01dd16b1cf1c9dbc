"""Doses, dates and percentages as the paper says them: each formatted here, once.

Safe writing: a leading zero and no trailing one, a space that does not break before the unit,
halves in words, month names instead of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from taper import catalog
from taper.errors import TaperError
from taper.order.parts import WEEKDAYS
from taper.paper import words as languages
from taper.paper.drawings import OUTLINES, Drawings, Drawn
from taper.paper.drug_names import DrugNames, tall_man as tall_man
from taper.paper.numbers import (
    END as END,
    LTR as LTR,
    NBSP as NBSP,
    RTL as RTL,
    bare as bare,
    capitalized as capitalized,
    is_endless,
    unbroken as unbroken,
    whole_strength as whole_strength,
)
from taper.paper.parts import DayDoses, Dose, ProductKey, WeekPart
from taper.paper.taking import Taking, noun_of as noun_of
from taper.paper.words.language import Language
from taper.paper.words.product_names import FORM_KEYS
from taper.schedule.regimen import Intake, Regimen
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import OrderedStep, WeekRegimen, cycle_place

_MG = re.compile(f"([0-9]+(?:[.,][0-9]+)?){NBSP}mg")


def words_for(schedule: Schedule, language: str | None) -> Language:
    """Return the language asked for, else the order's, else English, as the country of the order writes it.

    Raises:
        TaperError: No such language.
    """
    code = language or (schedule.order and schedule.order.handout.language) or "en"
    return languages.load_for(code, schedule.order.country if schedule.order else None)


class Phrases(Taking):
    """The words of one schedule in one language."""

    def __init__(self, schedule: Schedule, words: Language) -> None:
        self.schedule = schedule
        products = schedule.order.products if schedule.order else ()
        self._one_drug = len(schedule.drugs) <= 1
        self._called = DrugNames(words.code, schedule.order.country if schedule.order else None)
        named = {*schedule.drugs, *(ordered.product.drug for ordered in products)}
        spell = self._called.plain if self._one_drug else self._called.tall
        super().__init__(words, products, {drug: spell(drug) for drug in named})
        self._drawings = Drawings(schedule, self._decimal)
        self._known: dict[Regimen, DayDoses] = {}

    def cautions(self) -> tuple[str, ...]:
        """Write what must be known of the products that the plan uses: to shake, to weigh, how the box may be named."""
        steps = self.schedule.steps
        used = {item.product for step in steps for intake in step.intakes for item in intake.items}
        unread = self._called.unread(self.schedule.drugs)
        names = (self.say("name_unread", names=self.medicines(unread)),) if unread else ()
        return (*self.handling(used), *map(capitalized, names))

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
        return self.apart(self._spelling.get(drug, drug), name=True)

    def plain_name(self, drug: str) -> str:
        """Return the name of a drug for speech and for labels: without tall-man letters and marks of direction."""
        return self._called.plain(drug)

    def tall_name(self, drug: str) -> str:
        """Return the name of a drug with tall-man letters where they are published, however many the plan has."""
        return self._called.tall(drug)

    def of_catalog(self, name: str) -> str:
        """Write the name of a product that the order may not have: one of the catalog by drug, form and strength.

        Without tall-man letters, as a finding writes the drug itself.
        """
        order, ordered = self.schedule.order, self._products.get(name)
        if order is None or (ordered is not None and ordered.described) or self.words.code.startswith("en"):
            return self.named(name)
        try:
            found = catalog.find_products(order.country, name)[0] if ordered is None else ordered.product
        except TaperError:
            return self.named(name)
        drug, form = self.apart(self.plain_name(found.drug), name=True), self.say(FORM_KEYS[found.form])
        return self.say("product_name", drug=drug, form=form, strength=self.strength_of(found))

    def introduced(self, drugs: Iterable[str]) -> str:
        """Write the names of some drugs for a heading: in both scripts where the box has another than the paper."""
        return self.listed([self._introduced(drug) for drug in drugs])

    def _introduced(self, drug: str) -> str:
        name, own = self.medicine(drug), self._called.own(drug)
        return f"{own} ({name})" if own else name

    def without(self, drugs: Iterable[str]) -> str:
        """Write the names of some drugs behind "without": none of them is taken."""
        return self.say("nor").join(self.medicine(drug) for drug in drugs)

    def medicines(self, drugs: Iterable[str]) -> str:
        """Write the names of some drugs, each as beside its doses."""
        return self.listed([self.medicine(drug) for drug in drugs])

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
        ordered = (drug for drug in self.schedule.drugs if totals.get(drug))  # as the title names them
        return self.listed([f"{self.medicine(drug)} {self.dose(totals[drug])}" for drug in ordered])

    def measured_total(self, regimen: Regimen) -> str:
        """Write the same as `total`, but the volume of a liquid before its mg."""
        totals = regimen.totals
        if not any(totals.values()):
            return self.say("none")
        ordered = [drug for drug in self.schedule.drugs if totals.get(drug)]
        if self._one_drug:
            return self.measured_dose(ordered[0], regimen)
        return self.listed([f"{self.medicine(drug)} {self.measured_dose(drug, regimen)}" for drug in ordered])

    def measured_dose(self, drug: str, regimen: Regimen) -> str:
        """Write the daily dose of one drug: of a liquid its volume, then its mg."""
        taken = [intake for intake in regimen.taken if intake.drug == drug]
        dose, items = self.dose(regimen.totals[drug]), [item for intake in taken for item in intake.items]
        volumes = [item.volume for item in items if item.volume is not None]
        one_bottle = len(volumes) == len(items) and len({item.product for item in items}) == 1
        if not one_bottle or not all(intake.items for intake in taken):
            return dose
        volume = self.measure(items[0].product, sum(volumes[1:], volumes[0]))
        return self.say("measured_first", measure=volume, dose=dose)

    def on_days(self, weekdays: Iterable[int]) -> str:
        """Write days of the week inside a sentence, Monday is 0: on Monday and Friday."""
        days = self._weekdays(weekdays)
        few = self.words.on_few_days.get(len(days))
        return few.format(days=self.listed(days)) if few else self.say("on_days", days=self.listed(days))

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

    def daily(self, step: OrderedStep, on: date | None = None, *, in_mg: bool = False) -> str:
        """Write the daily dose of a step: Monday and Friday 3.75 mg, other days 7.5 mg.

        Args:
            step: The step.
            on: A day of it whose dose is to stand first, where the dose is not the same on all days.
            in_mg: Whether a liquid is written in mg alone, for clinicians.
        """
        if not step.varies:
            return self.total(step.usual) if in_mg else self.measured_total(step.usual)
        usual, *others = (self._total_of(step.drugs, part.regimen, in_mg=in_mg) for part in step.parts)
        pairs = list(zip(step.parts[1:], others, strict=True))
        today = [pair for pair in pairs if on is not None and cycle_place(on, step.cycle) in pair[0].weekdays]
        pairs.sort(key=lambda pair: pair not in today)
        if step.weekly:
            return self.say("comma").join([*self._pattern(pairs), self.say("pattern_others", dose=usual)])
        named = [self.say("dose_on_days", days=self._days_of(step, part), dose=dose) for part, dose in pairs]
        if any(step.usual.totals.values()) and not today:
            return self.say("semicolon").join([usual, *named])
        others_too = self.say("dose_on_days", days=self.say("on_other_days"), dose=usual)
        return self.say("semicolon").join([*named, others_too])

    def _pattern(self, pairs: Iterable[tuple[WeekRegimen, str]]) -> Iterator[str]:
        """Write the doses of some days of the week: Monday and Friday 3.75 mg."""
        for part, dose in pairs:
            yield self.say("pattern", days=self.pattern_days(part.weekdays), dose=dose).replace(
                f" {dose}", f"{NBSP}{dose}"
            )

    def pattern_days(self, weekdays: Iterable[int]) -> str:
        """Write days of the week before their dose, Monday is 0: Monday and Friday."""
        return self.listed(self._weekdays(weekdays))

    def _weekdays(self, weekdays: Iterable[int]) -> list[str]:
        first = self.words.locale.first_weekday
        ordered = sorted(weekdays, key=lambda day: (day - first) % 7)
        return [self.say(f"on_{WEEKDAYS[day].lower()}") for day in ordered]

    def _total_of(self, drugs: Iterable[str], regimen: Regimen, *, in_mg: bool = False) -> str:
        """Write the daily dose of each of some drugs, also of one that is not taken on these days."""
        totals = regimen.totals
        if self._one_drug or not any(totals.values()):
            return self.total(regimen) if in_mg else self.measured_total(regimen)

        def amount(drug: str) -> str:
            dose = totals.get(drug)
            if not dose:
                return self.say("none")
            return self.dose(dose) if in_mg else self.measured_dose(drug, regimen)

        return self.listed([f"{self.medicine(drug)} {amount(drug)}" for drug in drugs])

    def regimen(self, step: OrderedStep) -> tuple[int, tuple[tuple[tuple[int, ...], DayDoses], ...]]:
        """Return the key that tells steps apart: the doses, and their days of the week or cycle."""
        cycle = step.cycle if step.varies else 0
        return cycle, tuple((part.weekdays if step.varies else (), self.day(part.regimen)) for part in step.parts)

    def day(self, regimen: Regimen) -> DayDoses:
        """Write all doses of a day; the same doses give the same value."""
        taken = regimen.taken
        if taken not in self._known:
            total, devices, source = self.measured_total(taken), self._devices(taken), self._source(taken)
            liquid = bool(taken) and all(intake.items and self.measured(intake) for intake in taken)
            self._known[taken] = DayDoses(
                tuple(self._dose(intake, len(devices) == 1, source=bool(source)) for intake in taken),
                total if self._one_drug and taken else "",
                total,
                devices[0] if len(devices) == 1 else "",
                corner=total if self._one_drug and taken and not liquid else "",
                source=source,
            )
        return self._known[taken]

    def _devices(self, regimen: Regimen) -> tuple[str, ...]:
        """Name what a day's volumes are measured with."""
        named = dict.fromkeys(self.device(item) for intake in regimen for item in intake.items)
        return tuple(filter(None, named))

    def _source(self, regimen: Regimen) -> str:
        """Write where all volumes of a day come from and what measures them; nothing where they differ."""
        sources = {self.how(intake) for intake in regimen}
        return " ".join(sources.pop()) if len(sources) == 1 else ""

    def _dose(self, intake: Intake, named_below: bool, *, source: bool) -> Dose:
        time, amount, measure = self.words.times[intake.time], self.dose(intake.dose), self.measured(intake)
        words = self.together([self.item(item) for item in intake.items])
        if is_endless(intake.dose.value):
            self._refuse_bare(intake)
        if measure:  # what is measured stands first: 5 before mg would be drawn up as 5 mL
            amount = self.say("measured_first", measure=measure, dose=amount)
        spoken = words or amount
        if not self._one_drug:  # speech has no capitals within a word: the plain name
            plain = self.plain_name(intake.drug)
            spoken = f"{plain} {amount}{self.say('colon')}{words}" if words else f"{plain} {amount}"
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
            pieces=self.pieces(intake, named_below=source),
            short=self.short(intake, named_below=named_below),
            colon=self.say("colon"),
        )

    def _refuse_bare(self, intake: Intake) -> None:
        """Refuse a dose that only its pieces could say exactly, where it names none."""
        if not intake.items:
            self._exact(intake.dose.value, "mg")

    def _spoken(self, text: str) -> str:
        """Write units out, for speech."""
        phrase, text = self.words.phrase, bare(text)
        text = text.replace(f"{NBSP}mg/mL", f" {phrase['per_milliliter']}")
        text = text.replace(f"{NBSP}mL", f" {phrase['milliliters']}")
        return self._written_out(text)

    def _written_out(self, text: str) -> str:
        """Write "mg" out behind each number, one or many."""
        nouns = tuple(self.words.nouns.values())

        def unit(found: re.Match[str]) -> str:
            # "a 5 milligram tablet", where a language puts the strength before the noun
            before_noun = text[found.end() :].lstrip(f" {NBSP}").startswith(nouns)
            one = before_noun or self.words.is_one(Fraction(found[1].replace(self.words.locale.decimal, ".")))
            return f"{found[1]} {self.words.phrase['milligram' if one else 'milligrams']}"

        return _MG.sub(unit, text).replace(f"{NBSP}mg", f" {self.words.phrase['milligrams']}")

    def products(self) -> tuple[ProductKey, ...]:
        """Return the legend: the products that the plan uses, those of one drug together."""
        return tuple(self._product_key(drawn) for drawn in self._drawings.legend())

    def _product_key(self, drawn: Drawn) -> ProductKey:
        ordered, drug = drawn.ordered, ""
        mark = "" if ordered.product.is_liquid else self._decimal(ordered.product.strength.value)
        if drawn.family is not None:
            named = self.medicine(ordered.product.drug)
            drug = self.say("drug_shape", drug=named, shape=self.say(f"shape_{OUTLINES[drawn.family]}"))
        name, note = self.made_by(ordered), self.devices(ordered)
        return ProductKey(drawn.key, drawn.index, drawn.kind, mark, name, note, drug, drawn.family)
