"""How a dose is measured, on paper: fillings, dilutions, powder, parts that are thrown away, in every language."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from taper.exchange.sig.read import read_sig
from taper.order.order import parse_order, read_order
from taper.paper.phrases import Phrases, bare
from taper.paper.renderers import Format, Sheet, render
from taper.paper.request import PrintRequest
from taper.paper.sheets.clinician import build_clinician_sheet
from taper.paper.sheets.patient import build_handout
from taper.paper.sheets.pharmacy import build_pharmacy_order
from taper.paper.sigs import write_sigs
from taper.paper.words import LANGUAGES, load
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.quantity import Mg
from taper.schedule.needs import needed
from taper.schedule.schedule import Schedule
from tests.oracles.readback import spaced, whole_text
from tests.support.orders import GOLDEN

EXAMPLES = Path(__file__).parents[2] / "examples"
PRINTED = date(2026, 1, 2)
LIQUID = {"name": "diazepam oral solution 1 mg/mL", "device": "5 mL oral syringe", "graduation": "0.5 mL"}


def example(name: str) -> Schedule:
    """The plan of an example."""
    return plan(read_order(EXAMPLES / f"{name}.toml"))


def liquid(*doses: str, **changes: Any) -> Schedule:
    """A plan of typed doses at bedtime, as a liquid."""
    data = deepcopy(GOLDEN) | {"product": [LIQUID], "current": {"bedtime": doses[0]}}
    return plan(parse_order(data | {"phase": [{"doses": [*doses[1:], "0 mg"], "every": "1 week"}]} | changes))


def words(schedule: Schedule, language: str = "en") -> list[str]:
    """What to take, of each step, in words."""
    phrases = Phrases(schedule, load(language))
    return [
        bare(dose.words).replace("\N{NO-BREAK SPACE}", " ")
        for s in schedule.steps
        for dose in phrases.day(s.regimen).doses
    ]


def test_more_than_one_filling_is_said_and_one_is_not() -> None:
    said = words(liquid("12.5 mg", "10 mg", "5.5 mg", "5 mg"))
    ends = [text.partition("5 mL oral syringe")[2] for text in said]
    assert ends == [
        " (fill to 5 mL two times, then to 2.5 mL)",
        " (fill to 5 mL two times)",
        " (fill to 5 mL once, then to 0.5 mL)",
        "",
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_fillings_are_said_in_every_language(code: str) -> None:
    """The full volume, how often, and the rest; nothing is left in English."""
    (first, *_, last) = words(liquid("12.5 mg", "5 mg"), code)
    decimal = load(code).locale.decimal
    device = bare(Phrases(liquid("5 mg"), load(code)).instrument("5 mL oral syringe")).replace(
        "\N{NO-BREAK SPACE}", " "
    )
    tail = first.partition(device)[2]
    assert "5 mL" in tail
    assert f"2{decimal}5 mL" in tail
    assert code == "en" or "fill to" not in tail
    assert last.endswith(device)


@pytest.mark.parametrize("volume", ["12.5 mg", "10 mg", "17 mg"])
def test_a_label_with_fillings_can_be_read_back(volume: str) -> None:
    (sig, *_) = write_sigs(liquid(volume, "5 mg"))
    reading = read_sig(sig.text)
    assert reading.complete, reading.not_understood
    assert reading.parts[0].doses[0].dose == Mg(volume)


def test_each_dose_of_a_dilution_is_its_exact_volume_with_the_mg_marked_as_rounded() -> None:
    """The exact volume stands first, no two doses look alike, and the label reads back to the last fraction of a mg."""
    schedule = example("lorazepam_dilution")
    phrases = Phrases(schedule, load("en"))
    seen = set()
    for step in schedule.steps:
        for dose, intake in zip(phrases.day(step.regimen).doses, step.intakes, strict=True):
            found = re.fullmatch(r"([0-9.]+)\WmL \((about )?([0-9.]+)\Wmg\)", dose.amount)
            assert found is not None, dose.amount
            assert intake.dose == Mg(Fraction(found[1]) / 150)
            assert (found[2] is None) == (Mg(found[3]) == intake.dose)
            assert abs(Fraction(found[3]) - intake.dose.value) <= Fraction(1, 200)
            seen.add(found[3])
    assert len(seen) == len([step for step in schedule.steps if step.intakes])
    for sig, step in zip(write_sigs(schedule), schedule.steps, strict=False):
        reading = read_sig(sig.text)
        assert reading.complete, reading.not_understood
        assert reading.parts[0].doses[0].dose == step.total


def test_a_dose_that_does_not_end_is_still_refused_where_nothing_measures_it() -> None:
    """No product of this order makes such a dose, so it came from elsewhere and cannot be printed."""
    phrases = Phrases(liquid("5 mg"), load("en"))
    with pytest.raises(Exception, match="does not end as a decimal"):
        phrases.dose(Mg(Fraction(1, 3)))


def test_powder_is_written_in_grams_and_never_as_mg_of_the_drug() -> None:
    """The weight is exact, its drug is marked as rounded, and a label reader does not take the one for the other."""
    schedule = example("diazepam_weighed")
    weight = Fraction(150, 1000)
    for text, step in zip(words(schedule), schedule.steps, strict=False):
        found = re.fullmatch(
            r"([0-9.]+) g of powder \((?:about )?([0-9.]+) mg\) of diazepam tablet 2 mg, weighed with: pocket scale",
            text,
        )
        assert found is not None, text
        assert Mg(Fraction(found[1]) / weight * 2) == step.total
    for sig in write_sigs(schedule):
        assert not read_sig(sig.text).complete


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "phrase"), [("lorazepam_dilution", "shake"), ("diazepam_weighed", "weight"), ("alprazolam_odt", "discard")]
)
def test_what_must_be_known_stands_in_a_box_of_the_patients_paper(name: str, phrase: str, code: str) -> None:
    """To shake, to weigh, to throw the other part away: in words, in every language and every format."""
    schedule = example(name)
    (box,) = build_handout(PrintRequest(schedule, printed_on=PRINTED, language=code)).notices
    (line,) = box.lines
    assert box.kind == "handling"
    fixed = max(re.split(r"\{\w+\}", load(code).phrase[phrase]), key=len).strip()
    assert fixed in line
    for to in ("html", "text"):
        text = render(schedule, None, to, printed_on=PRINTED, language=code).decode()
        assert fixed[:20].split(":")[-1].strip()[:12] in text


def test_nothing_is_said_of_shaking_a_solution_or_keeping_a_half() -> None:
    assert build_handout(PrintRequest(liquid("5 mg"), printed_on=PRINTED)).notices == ()


def test_each_half_of_what_is_thrown_away_needs_a_whole_tablet() -> None:
    """In the supply, and on the pharmacy's sheet, which does not say that halves pair up."""
    schedule = example("alprazolam_odt")
    tablets = sum(
        -(-item.count.value // 1) * step.days
        for step in schedule.steps
        for intake in step.intakes
        for item in intake.items
        if item.count is not None
    )
    (line,) = needed(schedule.steps, schedule.order)
    assert line.amount.value == tablets == 308
    (kept,) = needed(schedule.steps, None)
    assert kept.amount.value == 252
    sheet = build_pharmacy_order(PrintRequest(schedule, printed_on=PRINTED))
    assert any("the other part of a split one is thrown away" in text for text in sheet.notice)
    assert not any("pair up" in text for text in sheet.notice)
    assert all(fill.table.rows[0][2] == fill.table.rows[0][3] for fill in sheet.fills)


def test_the_clinicians_sheet_says_how_each_product_is_handled() -> None:
    said = {
        "lorazepam_dilution": "measuring cylinder, smallest line 10 mL, holds 300 mL, shaken before each dose",
        "diazepam_weighed": "powder weighed with pocket scale in steps of 2 mg of powder; one tablet weighs 150 mg",
        "alprazolam_odt": "split: halves, the other part is thrown away",
    }
    for name, how in said.items():
        facts = build_clinician_sheet(PrintRequest(example(name), printed_on=PRINTED)).facts
        (fact,) = [fact for fact in facts if fact.label == "Product"]
        assert fact.more.replace("\N{NO-BREAK SPACE}", " ") == how


def test_a_brand_is_said_to_the_clinician_and_not_to_the_patient() -> None:
    schedule = liquid("5 mg", drug="Valium")
    facts = build_clinician_sheet(PrintRequest(schedule, printed_on=PRINTED)).drug
    assert "ordered as Valium, which is diazepam" in {fact.more for fact in facts}
    for to in ("html", "text"):
        assert "Valium" not in render(schedule, None, to, printed_on=PRINTED).decode()


def two_drugs_with_liquid() -> Schedule:
    """Diazepam as a liquid, and zolpidem tablets that stay the same while it is lowered."""
    return plan(
        parse_order(
            {
                "drug": "diazepam",
                "country": "GB",
                "start": date(2026, 3, 2),
                "current": {"morning": "4 mg", "bedtime": "6 mg"},
                "other": [{"drug": "zolpidem", "current": {"bedtime": "10 mg"}}],
                "product": [
                    {
                        "name": "diazepam oral solution 2 mg/5 mL",
                        "device": "5 mL oral syringe",
                        "graduation": "0.5 mL",
                    },
                    {"name": "zolpidem tablet 5 mg", "split": "halves"},
                ],
                "phase": [
                    {"drug": "diazepam", "reduce": "1 mg", "every": "2 weeks", "until": "0 mg"},
                    {"drug": "zolpidem", "reduce": "2.5 mg", "every": "2 weeks", "until": "0 mg"},
                ],
            }
        )
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_volume_of_a_liquid_stands_first_beside_other_drugs_too(code: str) -> None:
    """The dose of today on the first page: of the liquid its mL, then its mg; of tablets their mg."""
    handout = build_handout(PrintRequest(two_drugs_with_liquid(), printed_on=PRINTED, language=code))
    now = bare(handout.facts[0].text).replace("\N{NO-BREAK SPACE}", " ")
    assert now.index("25 mL") < now.index("10 mg"), now
    assert re.search(r"[zZ]olpidem 10.mg", now), now


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_dose_of_today_of_a_revised_liquid_is_said_once_and_the_old_one_in_ml(code: str) -> None:
    """The box has no second line that repeats it, and what is new holds volumes against volumes."""
    before = liquid("12.5 mg", "10 mg", "7.5 mg", "5 mg")
    after = revise(before, on=before.steps[1].start, dose={"morning": "4 mg", "bedtime": "5 mg"})
    request = PrintRequest(after, printed_on=PRINTED, language=code, previous=before)
    handout = build_handout(request)
    assert bare(handout.facts[0].text).count("mL") == 2
    assert not handout.facts[0].more
    (new,) = (notice for notice in handout.notices if notice.kind == "changed")
    for line in new.lines:
        text = bare(line)
        assert text.count("mL") >= text.count("mg"), text


@pytest.mark.parametrize("sheet", ["patient", "card"])
@pytest.mark.parametrize("to", ["pdf", "html", "text"])
def test_the_liquid_of_a_weekly_pattern_is_named_below_the_doses_of_each_of_its_days(to: Format, sheet: Sheet) -> None:
    """Doses of one liquid say it once, below them: so do those of a Monday, and those of the other days."""
    week = {"usual": {"morning": "2 mg", "bedtime": "2 mg"}, "Monday": {"morning": "1 mg", "bedtime": "2 mg"}}
    data = GOLDEN | {"product": [LIQUID], "current": {"morning": "3 mg", "bedtime": "3 mg"}}
    schedule = plan(parse_order(data | {"phase": [{"weekly": [week], "every": "2 weeks"}]}))
    shown = whole_text(render(schedule, None, to, printed_on=schedule.steps[-1].start, sheet=sheet), to)
    said = spaced(shown).partition("Mondays")[2]
    assert spaced(said).count("liquid with 1 mg/mL, measured with: 5 mL oral syringe") >= 2
