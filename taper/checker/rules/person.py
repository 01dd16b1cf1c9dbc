"""The person: facts in the order for which guidance asks for special arrangements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from taper import catalog
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.falls import NO_VALUE
from taper.checker.statements import NOT_RECORDED, Fact, Statement, judged, of_age, recorded, spoken, statements
from taper.checker.texts import say
from taper.checker.wording import (
    NOTHING,
    as_written,
    capitalized,
    count_text,
    drug_text,
    guideline_text,
    joined,
    listed,
    note_text,
)
from taper.finding import Finding, NotEvaluated, Outcome, Severity

ADULT = 18
_REVIEW_MONTHS = 3
_REVIEW_DAYS = 92  # the longest three calendar months

_OPIOID = Fact(
    "T301",
    "opioid",
    say("T301.about"),
    say("T301.fact"),
    ("opioid",),
    say("T301.advice"),
)
_OPIOID_REVIEW = _OPIOID._replace(
    says=say("T301.no review"),
    topics=("opioid_review",),
    advice=say("T301.no review.advice"),
)
_PREGNANCY = Fact(
    "T302",
    "pregnant",
    say("T302.about"),
    say("T302.fact"),
    ("pregnancy",),
    say("T302.advice"),
)
_SEIZURES = Fact(
    "T303",
    "seizures",
    say("T303.about"),
    say("T303.fact"),
    ("severe_withdrawal", "seizures", "epilepsy"),
    say("T303.advice"),
)
_OLDER = Fact(
    "T304",
    "age",
    say("T304.about"),
    NOTHING,
    ("older_adult",),
    say("T304.advice"),
)
_LIVER = Fact(
    "T305",
    "liver",
    say("T305.about"),
    say("T305.fact"),
    ("liver",),
    say("T305.advice"),
)
_ALCOHOL = Fact(
    "T307",
    "alcohol",
    say("T307.about"),
    say("T307.fact"),
    ("alcohol",),
    say("T307.advice"),
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
    yield from judged(case, _OPIOID)
    if not recorded(case, "opioid"):
        return
    review = case.all_terms[-1].review_every
    if review is None or review.months > _REVIEW_MONTHS or review.days > _REVIEW_DAYS:
        yield spoken(case, _OPIOID_REVIEW, statements(case, "opioid_review"))


@rule("T302", "pregnancy", since="0.1.0", topics=("pregnancy",))
def pregnancy(case: Case) -> Iterator[Outcome]:
    """The person is pregnant.

    What: The order says that the person is pregnant.
    Why: Both the drug and its withdrawal concern two people; guidance asks to weigh both.
    What to do: Decide with obstetric care; acknowledge the finding once this is done.
    """
    yield from judged(case, _PREGNANCY)


@rule("T303", "seizures", since="0.1.0", topics=("severe_withdrawal", "seizures", "epilepsy"))
def seizures(case: Case) -> Iterator[Outcome]:
    """The person has or had seizures.

    What: The order says that there were seizures, now or before. Clobazam and clonazepam may be taken
        for epilepsy, of which guidance that says so is cited too; T315 is about epilepsy.
    Why: Seizures in withdrawal can be life-threatening (FDA 2020); where severe or complicated withdrawal
        is expected, guidance asks to consider inpatient care.
    What to do: Clarify whether the seizures came with withdrawal, and decide on the place of care.
    """
    value = recorded(case, "seizures")
    if not value:
        yield from judged(case, _SEIZURES)
        return
    found = statements(case, *_SEIZURES.topics)
    # of epilepsy only what is said of this drug: seizures alone do not say that the drug treats them
    yield spoken(case, _SEIZURES, tuple(e for e in found if e.limit.topic != "epilepsy" or e.limit.drug))


@rule("T304", "older people", since="0.1.0", topics=("older_adult",))
def older(case: Case) -> Iterator[Outcome]:
    """The person is of an age for which guidance has advice of its own.

    What: The age in the order against the age from which a guideline speaks of older people. Below 18 it is a
        warning: no guidance was read, and the program is not made for it.
    Why: Guidance supports a taper at this age more strongly, whatever the time of use.
    What to do: Nothing, if the taper is under way; T306 looks at the drug.
    """
    age = recorded(case, "age")
    if age is None:
        yield NotEvaluated("T304", NOT_RECORDED, _OLDER.about)
        return
    if age < ADULT:
        yield Finding(
            "T304",
            Severity.WARNING,
            say("T304.minor", age=age, adult=ADULT),
            on=case.taken[0].start if case.taken else None,
            measured=str(age),
            limit=str(ADULT),
            advice=say("T304.minor.advice"),
        )
    found = of_age(case, statements(case, "older_adult"))
    if found:
        says = _OLDER._replace(says=say("T304.fact", age=age))
        yield spoken(case, says, found, measured=str(age), limit=str(found[0].limit.age_from))


@rule("T305", "liver disease", since="0.1.0", topics=("liver",))
def liver(case: Case) -> Iterator[Outcome]:
    """The person has liver disease.

    What: The order says that there is liver disease.
    Why: The liver removes these drugs; guidance that speaks of it asks for specialist advice.
    What to do: Ask a specialist before changing the drug or the pace; T306 looks at the drug.
    """
    yield from judged(case, _LIVER)


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
    liver_disease, age = recorded(case, "liver"), recorded(case, "age")
    for about, value in ((say("T305.about"), liver_disease), (say("T304.about"), age)):
        if value is None and not liver_disease:
            yield NotEvaluated("T306", NOT_RECORDED, about)
    found = statements(case, "metabolites")
    concerned = found if liver_disease else of_age(case, found)
    for drug in case.schedule.drugs if concerned else ():
        published = catalog.drugs()[drug].metabolites if drug in catalog.drugs() else ()
        if not published:
            yield NotEvaluated("T306", NO_VALUE, say("T306.about", drug=drug_text(drug)))
        if any(fact.text != "none" for fact in published):
            yield _metabolites(case, drug, concerned)


def _metabolites(case: Case, drug: str, found: tuple[Statement, ...]) -> Finding:
    active = [fact for fact in catalog.drugs()[drug].metabolites if fact.text != "none"]
    what = Fact(
        "T306",
        "",
        NOTHING,
        say("T306.fact", drug=capitalized(drug_text(drug))),
        (),
        say("T306.advice"),
    )
    said = spoken(case, what, found)
    return replace(
        said,
        detail=joined(
            say(
                "T306.detail",
                drug=drug_text(drug),
                metabolites=listed([note_text(fact.text, fact.text) for fact in active], "; "),
            ),
            *(entry.text for entry in found),
        ),
        sources=(*said.sources, *dict.fromkeys(fact.source for fact in active)),
    )


@rule("T307", "alcohol", since="0.1.0", topics=("alcohol",))
def alcohol(case: Case) -> Iterator[Outcome]:
    """The person is dependent on alcohol or drinks heavily.

    What: The order says that there is alcohol dependence or heavy use.
    Why: Guidance counts it among the factors of high risk in withdrawal.
    What to do: Settle first how the drinking is treated, and decide on the place of care.
    """
    yield from judged(case, _ALCOHOL)


@rule("T308", "short use", since="0.1.0", topics=("short_use",))
def short_use(case: Case) -> Iterator[Outcome]:
    """The drug was used for so short a time that guidance lets the taper be faster.

    What: The weeks of use in the order against the time below which a chosen guideline says so. A month is
        counted as four weeks. Guidelines that were not chosen are not asked: this allows more and warns of nothing.
    Why: A finding on pace weighs less after a short use, and may be acknowledged with it.
    What to do: Nothing; go faster only if the dose is low and each cut is borne well.
    """
    weeks = recorded(case, "weeks_of_use")
    if weeks is None:
        yield NotEvaluated("T308", NOT_RECORDED, say("about.weeks of use"))
        return
    found = tuple(entry for entry in statements(case, "short_use") if entry.chosen)
    if not found:
        yield case.without_limit("T308", say("T308.about"))
    for entry in found:
        if entry.limit.holds_after(weeks):
            below = entry.limit.weeks_below
            what = Fact(
                "T308",
                "",
                NOTHING,
                say("T308.fact", weeks=count_text(weeks, "week")),
                (),
                say("T308.advice"),
            )
            line = say(
                "T308.message",
                fact=what.says,
                guideline=guideline_text(entry.guideline),
                weeks=below,
                wording=as_written(entry.limit.wording),
            )
            yield replace(spoken(case, what, (entry,), measured=str(weeks), limit=str(below)), message=line)
