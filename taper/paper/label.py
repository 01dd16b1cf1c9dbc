"""The words of a label: what to take of one drug, when, and for how long, in one sentence.

Label texts, FHIR dosages and calendars only join these sentences. They begin in lower case, name no drug and
have no period, so that other systems can join them with ", then ".
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from taper.paper.phrases import NBSP, Phrases, noun_of, words_for
from taper.schedule.calendar import printable
from taper.schedule.regimen import Intake, Item, Regimen
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import OrderedStep, ordered_steps

NAMESPACE = uuid.UUID("0d2a3c0b-8f57-5a43-9c1e-6b1f6f5c7a42")


def plain(text: str) -> str:
    """Return a text with ordinary spaces, as other programs expect them, and without marks for the end of a line."""
    return text.replace(NBSP, " ").replace("\N{WORD JOINER}", "")


def plan_key(schedule: Schedule) -> str:
    """Return the key of a plan: its identifier, or one made from the content of another tool's table."""
    if schedule.plan_id:
        return schedule.plan_id
    content = [
        (str(step.start), str(step.end), [(i.time, i.drug, i.dose.number) for i in step.intakes])
        for step in schedule.steps
    ]
    return str(uuid.uuid5(NAMESPACE, repr((content, str(schedule.stopped_on)))))


def identifier(schedule: Schedule, *parts: object) -> str:
    """Return a UUID for a part of a plan: the same plan and part, the same UUID."""
    return str(uuid.uuid5(NAMESPACE, "/".join([plan_key(schedule), *map(str, parts)])))


class Labels:
    """The sentences of one schedule in one language.

    Args:
        schedule: The schedule.
        language: Code of the language.

    Raises:
        ScheduleError: It is empty, names a day twice, or has a dose that cannot be written.
    """

    def __init__(self, schedule: Schedule, language: str | None = None) -> None:
        self.schedule = schedule = printable(schedule)
        self.phrases = Phrases(schedule, words_for(schedule, language))
        self._endings: dict[str, OrderedStep | None] = {}
        self._ordered = {product.name: product for product in (schedule.order.products if schedule.order else ())}

    def product(self, name: str) -> str:
        """Return the name of a product in the language of the label, in ordinary spaces; in English as in the plan."""
        return name if self.phrases.words.code.startswith("en") else plain(self.phrases.named(name))

    def ending(self, drug: str) -> OrderedStep | None:
        """Return the last step with a drug, if the schedule says that the drug stops after it.

        Days of its week or cycle without the drug belong to a step with a pattern, and do not end it.
        """
        if drug not in self._endings:
            steps = ordered_steps(self.schedule.steps)
            last = next(step for step in reversed(steps) if drug in step.drugs)
            # of a cycle each night stands for itself here, and a night off behind the last dose is one of its step
            stops = self.schedule.stopped_on is not None or last.number != steps[-1].number
            self._endings[drug] = last if stops else None
        return self._endings[drug]

    def say(self, phrase: str, /, **values: str) -> str:
        """Return a phrase with its blanks filled, in ordinary spaces."""
        return plain(self.phrases.say(phrase, **values))

    def intakes(self, regimen: Regimen, drug: str | None = None) -> tuple[tuple[Intake, str], ...]:
        """Return each intake of a day, or of one drug in it, with its amount and time in words."""
        texts = (dose.words for dose in self.phrases.day(regimen).doses)
        return tuple(
            (intake, self._intake(intake, words))
            for intake, words in zip(regimen.taken, texts, strict=True)
            if drug is None or intake.drug == drug
        )

    def _intake(self, intake: Intake, words: str) -> str:
        time, dose = self.say(f"label_{intake.time}"), self.phrases.dose(intake.dose)
        if not words:
            return self.say("label_amount", amount=dose, time=time)
        if len(intake.items) == 1 and self._names_mg(intake.items[0]):
            return self.say("label_amount", amount=words, time=time)  # these words already contain the mg
        return self.say("label_dose", words=words, dose=dose, time=time)

    def _names_mg(self, item: Item) -> bool:
        """Return whether the words of an item contain its mg: those of a volume and of powder do."""
        ordered = self._ordered.get(item.product)
        return ordered is not None and (item.volume is not None or ordered.weight is not None)

    def of_product(self, regimen: Regimen, product: str) -> tuple[str, ...]:
        """Return what to take of one product in a day, without its strength, which is on its label."""
        return tuple(self._item(intake, item) for intake in regimen for item in intake.items if item.product == product)

    def _item(self, intake: Intake, item: Item) -> str:
        time, ordered = self.say(f"label_{intake.time}"), self._ordered.get(item.product)
        if ordered is None or (item.count is None and item.volume is None):  # a record may name a product alone
            words = self.phrases.day(Regimen((replace(intake, items=(item,)),))).doses[0].words
            return self.say("label_amount", amount=words, time=time)
        if item.count is None:
            phrase = "take_drops" if ordered.in_drops else "label_measured"
            return self.say("label_amount", amount=self.phrases.from_bottle(phrase, ordered, item), time=time)
        if ordered.weight is not None:
            return self.say("label_amount", amount=self.phrases.weighed(ordered, item.count), time=time)
        count = self.phrases.words.count(item.count.value, noun_of(ordered.product.form))
        dose = self.phrases.dose(ordered.product.strength * item.count.value)
        return self.say("label_dose", words=count, dose=dose, time=time)

    def take(self, doses: Iterable[str]) -> str:
        """Return the sentence that says what to take in a day."""
        written = list(doses)
        return self.say("label_take", doses=self.phrases.listed(written)) if written else self.say("label_none")

    def of_week(self, days: Iterable[tuple[tuple[int, ...], Iterable[str]]], cycle: OrderedStep | None = None) -> str:
        """Return the sentence that says what to take on which days of the week or of a cycle.

        Days on which the same is taken are named once; those of the usual regimen are "the other days", named last.

        Args:
            days: Days of the week, Monday is 0, or places in a cycle, each with what to take on them.
            cycle: The step, if it is a cycle.
        """
        alike: dict[tuple[str, ...], tuple[int, ...]] = {}
        for weekdays, doses in days:
            key = tuple(doses)
            alike[key] = tuple(sorted({*alike.get(key, ()), *weekdays}))
        if len(alike) == 1:
            return self.take(next(iter(alike)))
        usual = min(alike, key=lambda key: (-len(alike[key]), cycle is not None and bool(key), alike[key]))
        others = sorted((key for key in alike if key != usual), key=alike.__getitem__)
        if cycle is None:
            when = {key: self.phrases.on_days(alike[key]) for key in others}
        else:
            ordered = sorted(others, key=lambda key: cycle.first_days(alike[key]))
            when = {key: self.phrases.on_cycle(cycle, alike[key]) for key in ordered}
        parts = [self._on_days(text, key) for key, text in when.items()]
        return self._weekly([*parts, self._on_days(self.say("on_other_days"), usual)])

    def on_days(self, weekdays: Iterable[int], doses: Iterable[str]) -> str:
        """Return the sentence that says what to take on some weekdays, without mentioning the others."""
        return self._weekly([self._on_days(self.phrases.on_days(weekdays), tuple(doses))])

    def _on_days(self, days: str, doses: tuple[str, ...]) -> str:
        taken = self.phrases.listed(list(doses)) if doses else self.say("label_week_none")
        return plain(self.say("label_week", days=days, doses=taken))

    def _weekly(self, parts: list[str]) -> str:
        first, *others = parts
        for part in others:
            first = self.say("label_week_and", first=first, next=part)
        return self.say("label_week_take", doses=first)

    def dated(self, sentence: str, start: date, end: date) -> str:
        """Add the first and last day, and the number of days."""
        days = self.phrases.words.days((end - start).days + 1)
        name = "label_date" if start == end else "label_dates"
        return self.say(name, doses=sentence, start=self.phrases.dated(start), end=self.phrases.dated(end), days=days)

    def lasting(self, sentence: str, start: date, end: date) -> str:
        """Add the number of days."""
        return self.say("label_days", doses=sentence, days=self.phrases.words.days((end - start).days + 1))

    def joined(self, sentences: Iterable[str]) -> str:
        """Join sentences that follow each other in time."""
        first, *others = sentences
        for sentence in others:
            first = self.say("label_then", first=first, next=sentence)
        return first
