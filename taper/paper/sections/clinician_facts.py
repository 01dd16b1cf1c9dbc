"""Who takes which drug, and what the order says, as labeled lines for the clinician."""

from __future__ import annotations

from collections.abc import Iterator

from taper.order.order import Order
from taper.paper.parts import Fact
from taper.paper.phrases import Phrases, tall_man
from taper.paper.request import PrintRequest
from taper.paper.sections.order import brands_text, phase_facts, product_text
from taper.schedule.calendar import review_days
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import shown_steps


def person_facts(request: PrintRequest) -> Iterator[Fact]:
    """Write who the patient is, as far as the order says; an empty text is a line to write on."""
    say, order, people = request.english.words.clinician, request.schedule.order, dict(request.people)
    recorded = order.patient.model_dump(exclude_none=True) if order is not None else {}
    yield Fact(say["person_name"], people["for_patient"] or "")
    yield Fact(say["person_age"], str(recorded.pop("age", "")))
    indication = order.handout.indication if order is not None else None
    yield Fact(say["person_indication"], say[f"indication_{indication}"] if indication in ("sleep", "anxiety") else "")
    for label, name in (("pharmacy_prescriber", people["prescriber"]), ("pharmacy_phone", people["phone"])):
        if name:  # else the prescriber writes a name below the plan
            yield Fact(say[label], name)
    if recorded:
        yield Fact(say["person_recorded"], ", ".join(_recorded(name, value) for name, value in recorded.items()))


def _recorded(name: str, value: object) -> str:
    """Write a fact about the person as the order has it."""
    text = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    return f"{name.replace('_', ' ')}: {text}"


def drug_facts(schedule: Schedule, phrases: Phrases) -> Iterator[Fact]:
    """Write the drug, its first dose and the end of the plan."""
    say = phrases.words.clinician
    yield Fact(
        say["fact_drug"], phrases.listed([tall_man(drug) for drug in schedule.drugs]), brands_text(schedule.order)
    )
    start = phrases.daily(shown_steps(schedule.steps)[0])
    yield Fact(say["fact_start"], phrases.long_date(schedule.steps[0].start), say["a_day"].format(dose=start))
    stopped = schedule.stopped_on
    yield Fact(say["fact_stopped"], phrases.long_date(stopped) if stopped else say["fact_stays"])


def order_facts(schedule: Schedule, phrases: Phrases) -> Iterator[Fact]:
    """Write what the order says beside who takes what: phases, products, holds and policies."""
    say, order = phrases.words.clinician, schedule.order
    if order is None:
        yield Fact(say["fact_origin"], schedule.origin)
        return
    yield Fact(say["fact_country"], order.country)
    yield from phase_facts(order, phrases)
    for ordered in order.products:
        yield Fact(say["fact_product"], *product_text(ordered, phrases))
    for hold in order.hold:
        name = "hold_reason" if hold.reason else "hold_text"
        text = say[name].format(length=hold.length, date=phrases.dated(hold.on), reason=hold.reason)
        yield Fact(say["fact_hold"], text)
    optional: dict[str, str | None] = {
        "fact_first_cut": phrases.long_date(order.first_cut) if order.first_cut else None,
        "fact_change_on": order.change_on,
        "fact_review": str(order.review_every) if order.review_every else None,
        "fact_stop_from": phrases.dose(order.stop_from) if order.stop_from else None,
        "fact_max_units": str(order.max_units),
        "fact_spread": order.spread,
        "fact_reduce_first": ", ".join(order.reduce_first) if order.reduce_first else None,
        "fact_merge": say["merge_text"].format(dose=phrases.dose(order.merge.at_most), time=order.merge.into)
        if order.merge
        else None,
        "fact_check": _checked_by(order, phrases),
    }
    for name, value in optional.items():
        if value:
            yield Fact(say[name], value)
    days = ", ".join(phrases.short_span(day, day) for day in review_days(schedule))
    yield Fact(say["reviews"], days or say["reviews_none"])


def _checked_by(order: Order, phrases: Phrases) -> str:
    named = order.check.guidelines
    if named is None:
        named = (phrases.words.clinician["by_country"].format(country=order.country),)
    return ", ".join((*named, *(order.check.tables or ())))
