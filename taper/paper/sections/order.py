"""The order and its history in words, for the clinician: phases, other drugs, and what each revision changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from taper import catalog
from taper.order.current import Current
from taper.order.history import Event
from taper.order.order import Order
from taper.order.parts import WEEKDAYS, DailyDoses, Merge, Stock
from taper.order.phase import Phase, Week
from taper.order.product import OrderedProduct
from taper.order.product_line import ProductLine
from taper.order.terms import terms_of
from taper.paper.parts import Fact
from taper.paper.phrases import Phrases, unbroken
from taper.paper.sections import terms
from taper.paper.sections.figures import Table
from taper.paper.words import load
from taper.quantity import Mg


def phase_facts(order: Order, phrases: Phrases) -> Iterator[Fact]:
    """Write the other drugs, the phases as first ordered, and those in force where revisions changed them."""
    say = phrases.words.clinician
    for other in order.other:
        yield Fact(say["fact_other"], _of(other.drug, _taken(other.current, phrases), phrases))
    if order.current.weekly is not None:
        yield Fact(say["fact_current"], _taken(order.current, phrases))
    for number, text in enumerate(_phases(order, order.phase, phrases), start=1):
        yield Fact(say["fact_phase"].format(number=number), text)
    now = terms_of(order)[-1].phase
    if now != order.phase:
        for number, text in enumerate(_phases(order, now, phrases), start=1):
            yield Fact(say["fact_phase_now"].format(number=number), text)


def brands_text(order: Order | None, phrases: Phrases | None = None) -> str:
    """Say by which brands the order called its drugs; empty if by none; in English if no phrases are given."""
    if order is None:
        return ""
    if phrases is None:
        said = load("en").clinician["ordered_as"]
        return ", ".join(said.format(brand=brand, drug=drug) for brand, drug in order.brands.items())
    said = phrases.words.clinician["ordered_as"]
    named = ((phrases.apart(brand, name=True), phrases.plain_name(drug)) for brand, drug in order.brands.items())
    return phrases.say("comma").join(said.format(brand=brand, drug=drug) for brand, drug in named)


def _of(drug: str, text: str, phrases: Phrases) -> str:
    """Write what is said of one drug."""
    return phrases.words.clinician["line"].format(label=terms.drug(catalog.drug(drug).name, phrases), text=text)


def product_text(ordered: OrderedProduct, phrases: Phrases) -> tuple[str, str]:
    """Write a product of the order, and what may be done with it."""
    say = phrases.words.clinician
    device = phrases.devices(ordered) if ordered.device else ""
    if ordered.weight is not None:
        weight = terms.amount(ordered.weight, phrases)
        parts = [say["weighed_with"].format(device=device, scale=terms.scale(ordered, phrases), weight=weight)]
    elif ordered.graduation is None:
        parts = [say["split"].format(split=terms.split(ordered.portions, phrases))]
    elif ordered.in_drops:
        parts = [say["counted_with"].format(device=device)]
    else:
        parts = [say["measured_with"].format(device=device, graduation=terms.amount(ordered.graduation, phrases))]
    parts += [say["holds"].format(capacity=terms.amount(ordered.capacity, phrases))] if ordered.capacity else []
    parts += [say["discarded"]] if ordered.discard else []
    parts += [say["shaken"]] if ordered.shake else []
    name = terms.product(ordered.name, phrases)
    if ordered.brand:
        name = say["of_brand"].format(name=name, brand=phrases.apart(ordered.brand, name=True))
    return unbroken(name), unbroken(phrases.say("comma").join(parts))


def _taken(current: Current, phrases: Phrases) -> str:
    """Write what is taken at the start: every day, or by the day of the week."""
    return typed(current, phrases) if current.weekly is None else week_text(current.weekly, phrases)


def _phases(order: Order, phases: tuple[Phase, ...], phrases: Phrases) -> Iterator[str]:
    several = len(order.drugs) > 1
    for phase, drug in zip(phases, order.phase_drugs(phases), strict=True):
        text = phase_text(phase, phrases)
        yield _of(drug, text, phrases) if several else text


def phase_text(phase: Phase, phrases: Phrases) -> str:
    """Write a phase: its rule, its pace and its end."""
    say = phrases.words.clinician
    until = say["phase_until"].format(until=phrases.dose(phase.until)) if phase.until is not None else ""
    if phase.switch_to is not None:
        text = _switch(phase, phrases)
    elif phase.weekly is not None:
        weeks = _numbered([week_text(week, phrases) for week in phase.weekly], phrases)
        text = say["phase_weekly"].format(weeks=weeks, every=terms.length(phase.every, phrases)) + until
    elif phase.cycles is not None:
        cycles = _numbered([_cycle(cycle, phrases) for cycle in phase.cycles], phrases)
        text = say["phase_cycles"].format(cycles=cycles, every=terms.length(phase.every, phrases)) + until
    elif phase.doses is not None:
        typed_doses = (typed(dose, phrases) for dose in phase.doses)
        divider = _divider(phase.doses, phrases)
        text = say["phase_doses"].format(doses=divider.join(typed_doses), every=terms.every(phase.every, phrases))
    elif phase.finish is not None:
        text = say["phase_finish"].format(
            until=phrases.dose(phase.goal),
            finish=phrases.dated(phase.finish),
            every=terms.every(phase.every, phrases),
        )
    else:
        assert phase.reduce is not None
        text = say["phase_reduce"].format(
            reduce=terms.reduction(phase.reduce, phrases),
            every=terms.every(phase.every, phrases),
            until=phrases.dose(phase.goal),
        )
        text += _rounding(phase, phrases)
    if phase.products is not None:
        text += say["phase_products"].format(products=terms.products(phase.products, phrases))
    return say["phase_together"].format(phase=text) if phase.together else text


def _divider(doses: tuple[Mg | DailyDoses, ...], phrases: Phrases) -> str:
    """Return what stands between doses; regimens have commas of their own."""
    return phrases.say("semicolon" if any(isinstance(dose, DailyDoses) for dose in doses) else "comma")


def _numbered(texts: list[str], phrases: Phrases) -> str:
    """Write patterns that follow each other, with their numbers so that they do not run into each other."""
    if len(texts) == 1:
        return texts[0]
    return phrases.say("semicolon").join(f"({number}) {text}" for number, text in enumerate(texts, 1))


def _rounding(phase: Phase, phrases: Phrases) -> str:
    """Write which doses a phase prefers; nothing where it prefers none."""
    if phase.round_to is None:
        return ""
    key = "phase_round_above" if phase.round_to.above else "phase_round"
    to, above = phrases.dose(phase.round_to.to), phrases.dose(phase.round_to.above)
    return phrases.words.clinician[key].format(to=to, above=above)


def _cycle(cycle: tuple[Mg | DailyDoses, ...], phrases: Phrases) -> str:
    """Write the doses of a cycle in turn, and its length."""
    doses = _divider(cycle, phrases).join(typed(dose, phrases) for dose in cycle)
    return phrases.words.clinician["cycle"].format(doses=doses, days=phrases.words.days(len(cycle)))


def _switch(phase: Phase, phrases: Phrases) -> str:
    say = phrases.words.clinician
    assert phase.switch_to is not None
    portion = "" if phase.portion is None else say["phase_portion"].format(portion=phrases.dose(phase.portion))
    first = (
        "" if phase.switch_first is None else say["phase_first"].format(times=terms.times(phase.switch_first, phrases))
    )
    return say["phase_switch"].format(
        drug=terms.drug(catalog.drug(phase.switch_to).name, phrases),
        equivalence=terms.equivalence(phase.equivalence or "", phrases),
        every=terms.every(phase.every, phrases),
        portion=portion or say["phase_whole_intakes"],
        first=first,
    )


def week_text(week: Week, phrases: Phrases) -> str:
    """Write a weekly pattern: the usual dose, then the days that differ."""
    say = phrases.words.clinician
    days = ((terms.weekday(day, phrases), getattr(week, day)) for day in WEEKDAYS)
    named = [f"{day} {typed(dose, phrases)}" for day, dose in days if dose is not None]
    usual = [say["week_usual"].format(dose=typed(week.usual, phrases))] if week.usual is not None else []
    return phrases.say("comma").join([*usual, *named])


def typed(dose: Mg | DailyDoses, phrases: Phrases) -> str:
    """Write a typed dose, or a regimen with its times of day."""
    if isinstance(dose, Mg):
        return phrases.dose(dose) if dose else phrases.say("none")
    return phrases.listed([f"{terms.time(at, phrases)} {phrases.dose(some)}" for at, some in dose.by_time().items()])


def merged(merge: Merge, phrases: Phrases) -> str:
    """Write from which daily dose on all is taken at one time."""
    at = terms.time(merge.into, phrases)
    return phrases.words.clinician["merge_text"].format(dose=phrases.dose(merge.at_most), time=at)


def _counted(stock: tuple[Stock, ...], phrases: Phrases) -> str:
    """Write what was counted."""
    texts = []
    for line in stock:
        amount = phrases.measure(line.product, line.volume) if line.volume is not None else f"{line.count} ×"
        texts.append(f"{amount} {terms.product(line.product, phrases)}")
    return phrases.say("comma").join(texts)


def _listed(lines: tuple[ProductLine, ...], phrases: Phrases) -> str:
    """Write products as a revision names them, with how they may be split."""
    texts = []
    for line in lines:
        parts = f" ({terms.split(line.split, phrases)})" if line.split else ""
        texts.append(f"{terms.product(line.name, phrases)}{parts}")
    return phrases.say("comma" if phrases.words.code.startswith("en") else "semicolon").join(texts)


_SAID: dict[str, Callable[[Event, Phrases], str]] = {
    "hold": lambda event, phrases: terms.length(event.hold, phrases) if event.hold else "",
    "reduce": lambda event, phrases: terms.reduction(event.reduce, phrases) if event.reduce else "",
    "every": lambda event, phrases: terms.length(event.every, phrases) if event.every else "",
    "review_every": lambda event, phrases: terms.length(event.review_every, phrases) if event.review_every else "",
    "change_on": lambda event, phrases: terms.weekday(event.change_on, phrases) if event.change_on else "",
    "spread": lambda event, phrases: terms.spread(event.spread, phrases) if event.spread else "",
    "hold_until": lambda event, phrases: phrases.dated(event.hold_until) if event.hold_until else "",
    "back": lambda *_: "",
    "dose": lambda event, phrases: typed(event.dose, phrases) if event.dose is not None else "",
    "taken": lambda event, phrases: typed(event.taken, phrases) if event.taken is not None else "",
    "until": lambda event, phrases: phrases.dose(event.until) if event.until is not None else "",
    "finish": lambda event, phrases: phrases.dated(event.finish) if event.finish else "",
    "stop_from": lambda event, phrases: phrases.dose(event.stop_from) if event.stop_from else "",
    "phase": lambda event, phrases: phrases.say("semicolon").join(
        phase_text(phase, phrases) for phase in event.phase or ()
    ),
    "product": lambda event, phrases: _listed(event.product or (), phrases),
    "reduce_first": lambda event, phrases: terms.times(event.reduce_first or (), phrases),
    "merge": lambda event, phrases: merged(event.merge, phrases) if event.merge else "",
    "undo": lambda *_: "",
    "stock": lambda event, phrases: _counted(event.stock, phrases),
}
"""How to write the value of a change, if not as it is in the order."""


def changes_in_words(event: Event, phrases: Phrases) -> tuple[str, ...]:
    """Write each change of a revision."""
    say, texts = phrases.words.clinician, []
    for name in event.changes:
        write = _SAID.get(name)
        value = write(event, phrases) if write else str(getattr(event, name))
        template = say.get(f"event_{name}", f"{name.replace('_', ' ')}: {{value}}")
        text = template.format(value=value)  # `value` may know a second form, as "every 2 weeks"
        if name == "taken" and event.since is not None:
            text = say["event_since"].format(taken=text, since=phrases.dated(event.since))
        texts.append(text)
    if event.drug is not None:
        texts[0] = _of(event.drug, texts[0], phrases)
    return tuple(texts)


def history_table(order: Order, phrases: Phrases) -> Table | None:
    """Build the table of revisions: first day, changes, reason, author; None without revisions."""
    say = phrases.words.clinician
    rows = tuple(
        (
            str(number),
            phrases.dated(event.on),
            phrases.say("semicolon").join(changes_in_words(event, phrases)),
            phrases.apart(event.reason or "", name=True),
            phrases.apart(event.by or "", name=True),
        )
        for number, event in enumerate(order.history, start=1)
    )
    columns = tuple(say[f"column_{name}"] for name in ("revision", "from", "changes", "reason", "by"))
    return Table(say["history"], columns, rows, shares=(0, 2, 5, 3, 2)) if rows else None


def history_sentences(order: Order, phrases: Phrases) -> Iterator[str]:
    """Write every revision as a sentence, for the record."""
    say = phrases.words.clinician
    for number, event in enumerate(order.history, start=1):
        about = [say["record_by"].format(by=phrases.apart(event.by, name=True))] if event.by else []
        about += [say["record_reason"].format(reason=phrases.apart(event.reason, name=True))] if event.reason else []
        yield say["record_revision"].format(
            number=number,
            date=phrases.dated(event.on),
            changes=phrases.say("semicolon").join(changes_in_words(event, phrases)),
            about=f" ({phrases.say('semicolon').join(about)})" if about else "",
        )
