"""The person: facts of the order that guidance links to what should be arranged."""

from __future__ import annotations

from collections.abc import Iterator

from taper.finding import Finding, NotEvaluated, Outcome, Severity, rule
from taper.rules.case import Case

_REVIEW_MONTHS = 3
_REVIEW_DAYS = 92  # the longest three calendar months


def _fact(case: Case, code: str, name: str, what: str) -> tuple[bool, NotEvaluated | None]:
    """Return whether a fact holds, and what to say where the order does not tell."""
    value = getattr(case.order.patient, name) if case.order is not None else None
    if value is None:
        return False, NotEvaluated(code, f"it is not recorded whether {what}")
    return bool(value), None


def _statements(case: Case, code: str, topic: str, message: str, advice: str) -> Iterator[Outcome]:
    limits = [(guideline, limit) for guideline, limit in case.limits("person") if limit.topic == topic]
    if not limits:
        yield case.without_limit(code, f"advice on this topic ({topic.replace('_', ' ')})")
    for guideline, limit in limits:
        yield Finding(
            code=code,
            severity=Severity(limit.severity),
            message=f"{message} ({guideline.title})",
            on=case.taken[0].start if case.taken else None,
            measured="true",
            sources=(limit.source,),
            advice=advice,
        )


@rule("T301", "opioid taken too", since="0.1.0", kinds=("person",))
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
        "opioid",
        "An opioid is taken too: overdose reversal medication should be at hand.",
        "Offer naloxone or another reversal medication.",
    )
    review = case.order.review_every
    rare = review is None or review.months > _REVIEW_MONTHS or review.days > _REVIEW_DAYS
    if rare:
        yield from _statements(
            case,
            "T301",
            "opioid_review",
            "An opioid is taken too, and the order plans no review at least every 3 months.",
            'Set review_every = "3 months" or less.',
        )


@rule("T302", "pregnancy", since="0.1.0", kinds=("person",))
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
            "pregnancy",
            "Pregnancy: risks and benefits are weighed for both.",
            "Decide together with obstetric care.",
        )


@rule("T303", "seizures", since="0.1.0", kinds=("person",))
def seizures(case: Case) -> Iterator[Outcome]:
    """The person has or had seizures.

    What: The order says that there were seizures, now or before.
    Why: Seizures are the gravest sign of withdrawal; where severe or complicated withdrawal was lived
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
            "severe_withdrawal",
            "Seizures, now or before: inpatient care is advised where they came with withdrawal or are expected in it.",
            "Clarify whether the seizures came with withdrawal, and decide on the place of care.",
        )
