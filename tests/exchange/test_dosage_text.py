"""The plain facts of a dosage's text: each by itself, and none that the text gives twice or not clearly."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from taper.exchange.dosage_text import DosageFacts, plain_facts
from taper.quantity import Mg

NIGHT, BOTH = frozenset({"bedtime"}), frozenset({"morning", "bedtime"})


def facts(**given: Any) -> DosageFacts:
    return DosageFacts(**{"whole": True, **given})


FACTS = [
    ("Take 1 tablet daily", facts(count=Fraction(1), often=1)),
    ("Take 2 capsules twice daily for 7 days", facts(count=Fraction(2), often=2, days=7)),
    ("Take 1 film at bedtime", facts(count=Fraction(1), often=1, times=NIGHT)),
    ("Take 2 pills at bedtime", facts(count=Fraction(2), often=1, times=NIGHT)),
    ("Take 20 drops at bedtime", facts(often=1, times=NIGHT)),
    ("Take 2.5 mL at bedtime", facts(often=1, times=NIGHT)),
    ("Take 5 mg at bedtime", facts(dose=Mg(5), often=1, times=NIGHT)),
    ("Take 1 tablet in the morning and 2 tablets at bedtime", facts(often=2, times=BOTH, uneven=True)),
    ("Take 1 tablet in the morning and 1 tablet at bedtime", facts(count=Fraction(1), often=2, times=BOTH)),
    ("Take 5 mg in the morning and 10 mg at bedtime", facts(often=2, times=BOTH, uneven=True)),
    ("Take 1 tablet in the morning and at bedtime", facts(count=Fraction(1), often=2, times=BOTH)),
    ("Take 1 tablet of 5 mg at bedtime", facts(count=Fraction(1), often=1, strength=Mg(5), times=NIGHT)),
    ("Take 1 tablet of Valium 5mg at bedtime", facts(count=Fraction(1), often=1, strength=Mg(5), times=NIGHT)),
    ("Take 1 tablet every other day at bedtime", facts(count=Fraction(1), times=NIGHT)),
    ("Take 1 tablet at bedtime as needed", facts(count=Fraction(1), often=1, times=NIGHT, if_needed=True)),
    ("Take 1 tablet daily for 7 days, then stop", facts(count=Fraction(1), often=1, days=7, stops=True)),
    ("Take 2 tablets daily for 3 days, then 1 tablet daily for 3 days, then stop", facts(stops=True)),
    (
        "On Mondays, take 1 tablet at bedtime; on all other days, take 2 tablets at bedtime, for 14 days",
        facts(days=14),
    ),
    ("Take 1 tablet as directed", DosageFacts()),
    ("Take 1 tablet as directed if needed", DosageFacts(if_needed=True)),
    ("", DosageFacts()),
]


@pytest.mark.parametrize(("text", "expected"), FACTS)
def test_a_text_that_is_understood_whole_gives_its_facts_and_no_others(text: str, expected: DosageFacts) -> None:
    assert plain_facts(text) == expected


def test_what_a_text_does_not_give_is_none() -> None:
    none = DosageFacts()
    assert (none.count, none.dose, none.often, none.days, none.strength, none.times) == (None,) * 6
    assert (none.stops, none.if_needed, none.whole) == (False, False, False)
