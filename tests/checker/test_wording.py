"""What stands in a blank of a sentence: written in English, with all that another language needs to write it anew."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from taper import catalog
from taper.checker import wording
from taper.checker.definition import Rule
from taper.checker.rules import RULES
from taper.interval import parse_interval
from taper.message import Message
from taper.paper.phrases import Phrases
from taper.paper.told import Told
from taper.paper.words import load
from taper.quantity import Mg, Ml
from taper.schedule.schedule import Schedule
from tests.support.cases import recorded_rules, title

GERMAN = Told(Phrases(Schedule(()), load("de")))
FIRST = "Benzodiazepines and Z-drugs are to be avoided"
SECOND = "Treatment of withdrawal and of seizures is among the exceptions for benzodiazepines"
ERST = "Benzodiazepine und Z-Substanzen sollen vermieden werden"
DANN = "Ausgenommen sind bei Benzodiazepinen unter anderem die Behandlung des Entzugs und von Krampfanfällen"
NOTE = f"{FIRST}. {SECOND}."
WRITTEN: dict[str, tuple[Message, str, str]] = {
    "day": (wording.day_text(date(2026, 1, 5)), "5 January 2026", "5. Januar 2026"),
    "span": (
        wording.span_text(date(2026, 1, 5), date(2026, 2, 1)),
        "5 January to 1 February 2026",
        "5. Januar 2026 bis 1. Februar 2026",
    ),
    "days": (wording.days_text(2), "2 days", "2 Tage"),
    "one day": (wording.days_text(1), "1 day", "1 Tag"),
    "number of days": (wording.days_number(Fraction(5, 2)), "2.5 days", "2,5 Tage"),
    "percent": (wording.percent_of(Fraction(1, 3)), "about 33.3%", "etwa 33,3 %"),
    "percent beside": (wording.percent_beside(Fraction(2504, 10000), Fraction(1, 4)), "25.04%", "25,04 %"),
    "mg": (wording.mg_text(Fraction(10, 3)), "about 3.33 mg", "etwa 3,33 mg"),
    "mg beside": (wording.mg_beside(Fraction("5.001"), Fraction(5)), "5.001 mg", "5,001 mg"),
    "dose": (wording.dose_text(Mg("2.5")), "2.5 mg", "2,5 mg"),
    "exact dose": (wording.exact_dose(Mg("2.50")), "2.5 mg", "2,5 mg"),
    "exact volume": (wording.exact_ml(Ml("2.5")), "2.5 mL", "2,5 mL"),
    "volume": (wording.ml_text(Fraction(1, 4)), "0.25 mL", "0,25 mL"),
    "strength": (wording.exact_strength(Mg("2.5")), "2.5 mg", "2,5 mg"),
    "number": (wording.number_text(Fraction(5, 2)), "2.5", "2,5"),
    "plain number": (wording.plain_number(Fraction(5, 2)), "2.5", "2,5"),
    "drug": (wording.drug_text("clorazepate"), "clorazepate", "Dikaliumclorazepat"),
    "device": (wording.device_text("oral syringe"), "oral syringe", "Oralspritze"),
    "form": (wording.form_text("tablet"), "tablet", "Tablette"),
    "made by": (
        wording.made_by("diazepam tablet 5 mg", "Acme"),
        "diazepam tablet 5 mg (Acme)",
        "diazepam tablet 5 mg (Acme)",
    ),
    "made by nobody": (wording.made_by("diazepam tablet 5 mg", None), "diazepam tablet 5 mg", "diazepam tablet 5 mg"),
    "time": (wording.time_text("bedtime"), "bedtime", "zur Nacht"),
    "weekday": (wording.weekday_text("Tuesday"), "Tue", "Dienstag"),
    "place": (wording.place_text("DE"), "DE", "DE"),
    "interval": (wording.interval_text(parse_interval("4 weeks")), "4 weeks", "4 Wochen"),
    "product": (
        wording.product_text("diazepam oral solution 0.4 mg/mL"),
        "diazepam oral solution 0.4 mg/mL",
        "diazepam oral solution 0.4 mg/mL",
    ),
    "guideline": (wording.guideline_text(catalog.guideline("us-labels")), "US labels", "US-Fachinformationen"),
    "title": (wording.title_text("A Title"), "A Title", "A Title"),
    "note": (
        wording.note_text(NOTE),
        f"{FIRST}. {SECOND}",
        f"{ERST}. {DANN}",
    ),
    "note with its period": (
        wording.note_text(NOTE, NOTE),
        f"{FIRST}. {SECOND}.",
        f"{ERST}. {DANN}.",
    ),
    "gist": (
        wording.gist_text(NOTE, FIRST),
        FIRST,
        ERST,
    ),
    "as written": (wording.as_written("as it is"), "as it is", "as it is"),
    "code": (wording.code_text("10% of current"), "10% of current", "10% of current"),
    "line": (wording.address_text("line 7"), "line 7", "Zeile 7"),
    "event": (wording.address_text("event 7"), "event 7", "Termin 7"),
    "step": (wording.address_text("step 7"), "step 7", "Schritt 7"),
    "dosage": (
        wording.address_text("MedicationRequest 2, dosage 1"),
        "MedicationRequest 2, dosage 1",
        "MedicationRequest 2, Dosierung 1",
    ),
    "another address": (wording.address_text("row 7"), "row 7", "row 7"),
    "an address without a number": (wording.address_text("line seven"), "line seven", "line seven"),
    "capitalized": (wording.capitalized(wording.time_text("bedtime")), "Bedtime", "Zur Nacht"),
    "quoted": (wording.quoted(wording.time_text("bedtime")), "'bedtime'", "„zur Nacht“"),
    "lowered": (wording.lowered(wording.capitalized(wording.time_text("bedtime"))), "bedtime", "Zur Nacht"),
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_what_stands_in_a_blank_is_written_in_each_language(kind: str) -> None:
    """In English, and in German with another decimal sign, other names and other cases."""
    message, english, german = WRITTEN[kind]
    assert (str(message), GERMAN.say(message).replace("\N{NO-BREAK SPACE}", " ")) == (english, german)
    assert message.key == "title" or GERMAN.is_told(message)


def test_a_message_stays_the_message_that_it_is() -> None:
    """Where a text may be one already."""
    message = wording.time_text("bedtime")
    for write in (wording.as_written, wording.code_text, wording.remark_text):
        assert write(message) is message


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_keeps_its_name(rule: Rule) -> None:
    """People acknowledge a finding by its code, and look it up by its name."""
    assert title(rule) in recorded_rules()
