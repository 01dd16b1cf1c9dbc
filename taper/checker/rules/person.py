"""The person: facts in the order for which guidance asks for special arrangements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from taper import catalog
from taper.catalog import Limit
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.measure import no_equivalent
from taper.checker.wording import count_text, doses_text, mg_beside
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.quantity import exact_text

_REVIEW_MONTHS = 3
_REVIEW_DAYS = 92  # the longest three calendar months


def _fact(case: Case, code: str, name: str, what: str) -> tuple[bool, NotEvaluated | None]:
    """Return whether a fact is true, and what to report if the order does not say."""
    value = getattr(case.order.patient, name) if case.order is not None else None
    if value is None:
        return False, NotEvaluated(code, f"it is not recorded whether {what}")
    return bool(value), None


def _number(case: Case, code: str, name: str, what: str) -> tuple[int | None, NotEvaluated | None]:
    """Return a number among the facts, or what to report if the order does not say."""
    value: int | None = getattr(case.order.patient, name) if case.order is not None else None
    return value, NotEvaluated(code, f"{what} not recorded") if value is None else None


def _statements(case: Case, code: str, message: str, advice: str, *topics: str) -> Iterator[Outcome]:
    limits = [(guideline, limit) for guideline, limit in case.limits("person") if limit.topic in topics]
    if not limits:
        yield case.without_limit(code, f"advice on this topic ({topics[0].replace('_', ' ')})")
    for guideline, limit in limits:
        yield _statement(case, code, f"{message} ({guideline.title})", advice, limit)


def _statement(
    case: Case, code: str, message: str, advice: str, limit: Limit, compared: tuple[str, str] = ("true", "")
) -> Finding:
    """Return the finding of a statement; `compared` is what was measured, and the limit it is held against."""
    measured, at = compared
    return Finding(
        code=code,
        severity=Severity(limit.severity),
        message=message,
        on=case.taken[0].start if case.taken else None,
        measured=measured,
        limit=at,
        sources=(limit.source,),
        advice=advice,
    )


@rule("T301", "opioid taken too", since="0.1.0", topics=("opioid", "opioid_review"))
def opioid(case: Case) -> Iterator[Outcome]:
    """An opioid is taken together with the drug.

    What: The order says that an opioid is taken. A second finding if the order has no review at least
        every three months.
    Why: Together they can stop the breathing; guidance asks for overdose reversal medication at hand
        and for regular reviews.
    What to do: Offer naloxone or another reversal medication, and set `review_every`. Acknowledge the
        finding once this is done.
    """
    holds, unknown = _fact(case, "T301", "opioid", "an opioid is taken too")
    if unknown is not None:
        yield unknown
    if not holds or case.order is None:
        return
    yield from _statements(
        case,
        "T301",
        "An opioid is taken too: overdose reversal medication should be at hand.",
        "Offer naloxone or another reversal medication.",
        "opioid",
    )
    review = case.all_terms[-1].review_every
    rare = review is None or review.months > _REVIEW_MONTHS or review.days > _REVIEW_DAYS
    if rare:
        yield from _statements(
            case,
            "T301",
            "An opioid is taken too, and the order plans no review at least every 3 months.",
            'Set review_every = "3 months" or less.',
            "opioid_review",
        )


@rule("T302", "pregnancy", since="0.1.0", topics=("pregnancy",))
def pregnancy(case: Case) -> Iterator[Outcome]:
    """The person is pregnant.

    What: The order says that the person is pregnant.
    Why: Both the drug and its withdrawal concern two people; guidance asks to weigh both.
    What to do: Decide with obstetric care; acknowledge the finding once this is done.
    """
    holds, unknown = _fact(case, "T302", "pregnant", "the person is pregnant")
    if unknown is not None:
        yield unknown
    if holds:
        yield from _statements(
            case,
            "T302",
            "Pregnancy: risks and benefits are weighed for both.",
            "Decide together with obstetric care.",
            "pregnancy",
        )


@rule("T303", "seizures", since="0.1.0", topics=("severe_withdrawal", "seizures", "epilepsy"))
def seizures(case: Case) -> Iterator[Outcome]:
    """The person has or had seizures.

    What: The order says that there were seizures, now or before. Clobazam and clonazepam may be taken
        for epilepsy, of which guidance that says so is cited too.
    Why: Seizures in withdrawal can be life-threatening (FDA 2020); where severe or complicated withdrawal was lived
        through or is expected, guidance asks for inpatient care.
    What to do: Clarify whether the seizures came with withdrawal, and decide on the place of care.
    """
    holds, unknown = _fact(case, "T303", "seizures", "there were seizures")
    if unknown is not None:
        yield unknown
    if holds:
        yield from _statements(
            case,
            "T303",
            "Seizures, now or before: inpatient care is advised where they came with withdrawal or are expected in it.",
            "Clarify whether the seizures came with withdrawal, and decide on the place of care.",
            "severe_withdrawal",
        )
        for guideline, limit in case.limits("person"):
            if limit.topic in _SEIZURES:
                advice = "Decide with whoever treats the seizures."
                message = f"{_SEIZURES[limit.topic]} ({guideline.title})"
                yield _statement(case, "T303", message.format(drug=limit.drug), advice, limit)


_SEIZURES = {
    "seizures": "Seizures, now or before, are among the factors of high risk in withdrawal.",
    "epilepsy": "Seizures, now or before, and {drug}, which may be taken for epilepsy: caution.",
}


@rule("T304", "older people", since="0.1.0", topics=("older_adult",))
def older(case: Case) -> Iterator[Outcome]:
    """The person is of an age for which guidance has advice of its own.

    What: The age in the order against the age from which a guideline speaks of older people.
    Why: Guidance supports a taper at this age more strongly, whatever the time of use.
    What to do: Nothing, if the taper is under way; T306 looks at the drug.
    """
    age, unknown = _number(case, "T304", "age", "the age is")
    if unknown is not None:
        yield unknown
    limits = [(guideline, limit) for guideline, limit in case.limits("person") if limit.topic == "older_adult"]
    if age is not None and not limits:
        yield case.without_limit("T304", "advice on this topic (older adult)")
    for guideline, limit in limits:
        if age is not None and limit.age_from is not None and age >= limit.age_from:
            message = f"{age} years old. From {limit.age_from} years, a taper is advised. ({guideline.title})"
            advice = "Go on with the taper, unless compelling reasons speak against it."
            yield _statement(case, "T304", message, advice, limit, (str(age), str(limit.age_from)))


@rule("T305", "liver disease", since="0.1.0", topics=("liver",))
def liver(case: Case) -> Iterator[Outcome]:
    """The person has liver disease.

    What: The order says that there is liver disease.
    Why: The liver removes these drugs; guidance that speaks of it asks for specialist advice.
    What to do: Ask a specialist before changing the drug or the pace; T306 looks at the drug.
    """
    holds, unknown = _fact(case, "T305", "liver", "there is liver disease")
    if unknown is not None:
        yield unknown
    if holds:
        yield from _statements(
            case,
            "T305",
            "Liver disease: specialist advice is recommended.",
            "Ask a specialist before changing the drug or the pace.",
            "liver",
        )


@rule("T306", "active metabolites", since="0.1.0", topics=("metabolites",))
def metabolites(case: Case) -> Iterator[Outcome]:
    """A drug with active metabolites, in liver disease or old age.

    What: Where the order says that there is liver disease, or an age from which a guideline speaks:
        the active metabolites of each drug of the schedule, as published. A drug that is published
        to have none is not a finding.
    Why: Metabolites may stay far longer than the drug. Drugs that are bound to glucuronic acid are
        considered safer in older people and in liver disease (ASAM 2025, Table 8).
    What to do: Expect effects and withdrawal to come late, and leave more time between cuts.
    """
    liver_disease, no_liver = _fact(case, "T306", "liver", "there is liver disease")
    age, no_age = _number(case, "T306", "age", "the age is")
    limits = [(guideline, limit) for guideline, limit in case.limits("person") if limit.topic == "metabolites"]
    if not limits:
        yield case.without_limit("T306", "advice on this topic (metabolites)")
    missing = [what for what, entry in (("liver disease", no_liver), ("age", no_age)) if entry is not None]
    if missing and not liver_disease:
        yield NotEvaluated("T306", f"not recorded: {' and '.join(missing)}")
    concerned = [
        (guideline, limit)
        for guideline, limit in limits
        if liver_disease or (age is not None and limit.age_from is not None and age >= limit.age_from)
    ]
    for drug in case.schedule.drugs if concerned else ():
        published = catalog.drugs()[drug].metabolites if drug in catalog.drugs() else ()
        if not published:
            yield NotEvaluated("T306", f"no value was read for active metabolites of {drug}")
        active = [fact for fact in published if fact.text != "none"]
        for guideline, limit in concerned if active else ():
            yield replace(
                _statement(
                    case,
                    "T306",
                    f"{drug} has active metabolites ({'; '.join(fact.text for fact in active)}). Drugs that are bound "
                    f"to glucuronic acid are considered safer in older people and in liver disease. "
                    f"({guideline.title})",
                    "Expect effects and withdrawal to come late, and leave more time between cuts.",
                    limit,
                ),
                sources=(limit.source, *dict.fromkeys(fact.source for fact in active)),
            )


@rule("T307", "alcohol", since="0.1.0", topics=("alcohol",))
def alcohol(case: Case) -> Iterator[Outcome]:
    """The person is dependent on alcohol or drinks heavily.

    What: The order says that there is alcohol dependence or heavy use.
    Why: Guidance counts it among the factors of high risk in withdrawal.
    What to do: Settle first how the drinking is treated, and decide on the place of care.
    """
    holds, unknown = _fact(case, "T307", "alcohol", "there is alcohol dependence or heavy use")
    if unknown is not None:
        yield unknown
    if holds:
        yield from _statements(
            case,
            "T307",
            "Alcohol dependence or heavy use is among the factors of high risk in withdrawal.",
            "Settle how the drinking is treated, and decide on the place of care.",
            "alcohol",
        )


@rule("T308", "short use", since="0.1.0", topics=("short_use",))
def short_use(case: Case) -> Iterator[Outcome]:
    """The drug was used for so short a time that guidance lets the taper be faster.

    What: The weeks of use in the order against the time below which a guideline says so. A month is
        counted as four weeks.
    Why: A finding on pace weighs less after a short use, and may be acknowledged with it.
    What to do: Nothing; go faster only if the dose is low and each cut is borne well.
    """
    weeks, unknown = _number(case, "T308", "weeks_of_use", "the weeks of use are")
    if unknown is not None:
        yield unknown
    limits = [(guideline, limit) for guideline, limit in case.limits("person") if limit.topic == "short_use"]
    if weeks is not None and not limits:
        yield case.without_limit("T308", "advice on this topic (short use)")
    for guideline, limit in limits:
        if weeks is not None and limit.holds_after(weeks):
            message = (
                f"Used for {count_text(weeks, 'week')}. After less than {limit.weeks_below} weeks: "
                f'"{limit.wording}". ({guideline.title})'
            )
            advice = "Go faster only if the dose is low and each cut is borne well."
            yield _statement(case, "T308", message, advice, limit, (str(weeks), str(limit.weeks_below)))


@rule("T309", "dose for a specialist", since="0.1.0", kinds=("specialist",))
def specialist(case: Case) -> Iterator[Outcome]:
    """The starting dose is above that from which guidance asks for a specialist.

    What: The first daily dose, in diazepam equivalents by the strictest of the chosen tables, against
        the dose above which a guideline does.
    Why: Withdrawal from high doses is more often severe.
    What to do: Ask a specialist, or acknowledge the finding once this is done.
    """
    limits = case.limits("specialist")
    if not limits:
        yield case.without_limit("T309", "dose above which a specialist is asked")
        return
    if not case.taken:
        return
    first = case.highest(case.levels[0])
    span = case.equivalent(first)
    if span is None:
        yield no_equivalent("T309", first.drugs)
        return
    for guideline, limit in limits:
        assert limit.diazepam_mg is not None
        daily, most = span[1].value, limit.diazepam_mg.value
        asked = "may be asked" if limit.severity == "note" else "is asked"  # as firmly as the source says it
        if daily > most:
            yield _statement(
                case,
                "T309",
                f"The starting dose, {doses_text(first)} a day, is {mg_beside(daily, most)} of diazepam equivalent. "
                f"Above {limit.diazepam_mg} a specialist {asked}. ({guideline.title})",
                "Ask a specialist.",
                limit,
                (exact_text(daily), exact_text(most)),
            )
