"""Who takes which drug, and what the order says, as labeled lines for the clinician."""

from __future__ import annotations

from collections.abc import Iterator

from taper.order.order import Order
from taper.paper.parts import Fact
from taper.paper.phrases import Phrases
from taper.paper.request import PrintRequest
from taper.paper.sections import terms
from taper.paper.sections.order import brands_text, merged, phase_facts, product_text
from taper.schedule.calendar import review_days
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import shown_steps


def person_facts(request: PrintRequest) -> Iterator[Fact]:
    """Write who the patient is, as far as the order says; an empty text is a line to write on."""
    phrases, order, people = request.clinicians, request.schedule.order, dict(request.people)
    say = phrases.words.clinician
    recorded = order.patient.model_dump(exclude_none=True) if order is not None else {}
    yield Fact(say["person_name"], phrases.apart(people["for_patient"] or "", name=True))
    yield Fact(say["person_age"], str(recorded.pop("age", "")))
    indication = order.handout.indication if order is not None else None
    yield Fact(say["person_indication"], say[f"indication_{indication}"] if indication in ("sleep", "anxiety") else "")
    for label, name in (("pharmacy_prescriber", people["prescriber"]), ("pharmacy_phone", people["phone"])):
        if name:  # else the prescriber writes a name below the plan
            yield Fact(say[label], phrases.apart(name, name=True))
    if recorded:
        facts = (terms.fact(name, value, phrases) for name, value in recorded.items())
        yield Fact(say["person_recorded"], phrases.say("comma").join(facts))


def drug_facts(schedule: Schedule, phrases: Phrases) -> Iterator[Fact]:
    """Write the drug, its first dose and the end of the plan."""
    say = phrases.words.clinician
    drugs = phrases.listed([terms.drug(drug, phrases) for drug in schedule.drugs])
    yield Fact(say["fact_drug"], drugs, brands_text(schedule.order, phrases))
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
        text = say[name].format(
            length=terms.length(hold.length, phrases),
            date=phrases.dated(hold.on),
            reason=phrases.apart(hold.reason or "", name=True),
        )
        yield Fact(say["fact_hold"], text)
    optional: dict[str, str | None] = {
        "fact_first_cut": phrases.long_date(order.first_cut) if order.first_cut else None,
        "fact_change_on": terms.weekday(order.change_on, phrases) if order.change_on else None,
        "fact_review": terms.length(order.review_every, phrases) if order.review_every else None,
        "fact_stop_from": phrases.dose(order.stop_from) if order.stop_from else None,
        "fact_max_units": str(order.max_units),
        "fact_spread": terms.spread(order.spread, phrases) if order.spread else None,
        "fact_reduce_first": terms.times(order.reduce_first, phrases) if order.reduce_first else None,
        "fact_merge": merged(order.merge, phrases) if order.merge else None,
        "fact_check": _checked_by(order, phrases),
    }
    for name, value in optional.items():
        if value:
            yield Fact(say[name], value)
    days = phrases.say("semicolon").join(phrases.short_span(day, day) for day in review_days(schedule))
    yield Fact(say["reviews"], days or say["reviews_none"])


def _checked_by(order: Order, phrases: Phrases) -> str:
    named = order.check.guidelines
    if named is None:
        named = (phrases.words.clinician["by_country"].format(country=order.country),)
    return phrases.say("comma").join((*named, *(order.check.tables or ())))
