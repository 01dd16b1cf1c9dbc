"""The person, continued: other medicines, conditions and what happened in an earlier withdrawal."""

from __future__ import annotations

from collections.abc import Iterator

from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.statements import Fact, judged
from taper.checker.texts import say
from taper.finding import Outcome

_SEDATIVE = Fact(
    "T310",
    "sedative",
    say("T310.about"),
    say("T310.fact"),
    ("sedative",),
    say("T310.advice"),
)
_LUNG = Fact(
    "T311",
    "lung",
    say("T311.about"),
    say("T311.fact"),
    ("lung",),
    say("T311.advice"),
)
_KIDNEY = Fact(
    "T312",
    "kidney",
    say("T312.about"),
    say("T312.fact"),
    ("kidney",),
    say("T312.advice"),
)
_BREASTFEEDING = Fact(
    "T313",
    "breastfeeding",
    say("T313.about"),
    say("T313.fact"),
    ("breastfeeding",),
    say("T313.advice"),
)
_WITHDRAWAL = Fact(
    "T314",
    "complicated_withdrawal",
    say("T314.about"),
    say("T314.fact"),
    ("severe_withdrawal",),
    say("T314.advice"),
)
_EPILEPSY = Fact(
    "T315",
    "epilepsy",
    say("T315.about"),
    say("T315.fact"),
    ("epilepsy",),
    say("T315.advice"),
)
_SUICIDAL = Fact(
    "T316",
    "suicidal",
    say("T316.about"),
    say("T316.fact"),
    ("suicidal",),
    say("T316.advice"),
)


@rule("T310", "other sedatives", since="0.2.0", topics=("sedative",))
def sedatives(case: Case) -> Iterator[Outcome]:
    """A gabapentinoid or another sedative is taken together with the drug.

    What: The order says that another sedative is taken. Opioids have T301, alcohol T307.
    Why: Sedatives add up: drowsiness, falls, and breathing that becomes too slow.
    What to do: Look for drowsiness and slow breathing, and change one sedative at a time.
    """
    yield from judged(case, _SEDATIVE)


@rule("T311", "lung disease or sleep apnea", since="0.2.0", topics=("lung",))
def lung(case: Case) -> Iterator[Outcome]:
    """The person has lung disease or sleep apnea.

    What: The order says that there is lung disease or sleep apnea.
    Why: The drug can slow the breathing; guidance and labels ask for caution or advise against some drugs.
    What to do: Look for slow breathing, above all while one drug replaces another.
    """
    yield from judged(case, _LUNG)


@rule("T312", "kidney disease", since="0.2.0", topics=("kidney",))
def kidney(case: Case) -> Iterator[Outcome]:
    """The person has kidney disease.

    What: The order says that there is kidney disease.
    Why: What the kidney removes stays longer; sources that speak of it ask for lower doses or caution.
    What to do: Expect stronger and longer effects, above all after a switch.
    """
    yield from judged(case, _KIDNEY)


@rule("T313", "breastfeeding", since="0.2.0", topics=("breastfeeding",))
def breastfeeding(case: Case) -> Iterator[Outcome]:
    """The person breastfeeds.

    What: The order says that the person breastfeeds.
    Why: The drug passes into the milk and may build up in the child; ASAM encourages it after exposure in the womb.
    What to do: Tell whoever cares for the child, and look for drowsiness and poor feeding.
    """
    yield from judged(case, _BREASTFEEDING)


@rule("T314", "earlier complicated withdrawal", since="0.2.0", topics=("severe_withdrawal",))
def complicated_withdrawal(case: Case) -> Iterator[Outcome]:
    """An earlier withdrawal was severe or complicated.

    What: The order says that an earlier withdrawal was severe or complicated, such as by seizures or delirium.
    Why: It may come again. Where it is expected, guidance asks to consider inpatient care.
    What to do: Decide on the place of care before the first cut.
    """
    yield from judged(case, _WITHDRAWAL)


@rule("T315", "epilepsy treated with the drug", since="0.2.0", topics=("epilepsy",))
def epilepsy(case: Case) -> Iterator[Outcome]:
    """The drug is taken for epilepsy.

    What: The order says that the drug treats epilepsy. Seizures themselves have T303.
    Why: Stopping an antiepileptic can bring the seizures back, beside those of withdrawal.
    What to do: Decide with whoever treats the epilepsy.
    """
    yield from judged(case, _EPILEPSY)


@rule("T316", "suicidality", since="0.2.0", topics=("suicidal",))
def suicidality(case: Case) -> Iterator[Outcome]:
    """The person is or was suicidal.

    What: The order says that there are or were suicidal thoughts or acts.
    Why: Withdrawal can bring them back, and a supply at home can be taken at once.
    What to do: Assess the risk now, decide on the place of care, and let the pharmacy hand out small amounts.
    """
    yield from judged(case, _SUICIDAL)
