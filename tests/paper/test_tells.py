"""What the paper tells: English by country, numbers to call, forgotten doses, and what is told if asked or not."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest

from taper import catalog, parse_order, plan
from taper.catalog.crisis import load_call_numbers
from taper.errors import CatalogError, OrderError
from taper.paper.renderers import render
from taper.paper.request import PrintRequest
from taper.paper.sections.advice import is_hypnotic, missed_kind
from taper.paper.sheets.card import build_card
from taper.paper.sheets.patient import build_handout
from taper.paper.words import ENGLISHES, LANGUAGES, code_for, load
from taper.paper.words.telling import HARD, MISSED_DOSE, SKIPPED_DOSE, SLEEP, SLEEP_COURSE, SUICIDE, TOLD, missed_dose
from taper.quantity import Mg
from taper.schedule.regimen import Intake
from taper.schedule.schedule import Schedule, Step
from tests.oracles.pdf import pdf_texts
from tests.oracles.writing import grade

PRINTED = date(2026, 1, 2)
DIAZEPAM: dict[str, Any] = {
    "drug": "diazepam",
    "country": "US",
    "start": "2026-01-05",
    "current": {"morning": "10 mg", "bedtime": "10 mg"},
    "product": [{"name": "diazepam tablet 5 mg", "split": "halves"}],
    "phase": [{"reduce": "2.5 mg", "every": "2 weeks", "until": "0 mg"}],
}
ZOLPIDEM: dict[str, Any] = DIAZEPAM | {
    "drug": "zolpidem",
    "current": {"bedtime": "10 mg"},
    "product": [{"name": "zolpidem tablet 5 mg", "split": "halves"}],
}
MISSED = ("missed_day", "missed_night", "missed_both", "missed_named")


def planned(data: dict[str, Any] = DIAZEPAM, **changes: Any) -> Schedule:
    return plan(parse_order(deepcopy(data) | changes))


def advice(schedule: Schedule, code: str | None = None) -> list[str]:
    """Every sentence of the page, and its headings."""
    page = build_handout(PrintRequest(schedule, printed_on=PRINTED, language=code))
    return [text for part in page.advice for text in (part.title, *(s.text for s in (*part.lead, *part.points)))]


def texts(schedule: Schedule, sheet: Any = "patient", **options: Any) -> list[str]:
    """The sheet as text, HTML and PDF, with plain spaces."""
    files = [render(schedule, to=to, sheet=sheet, printed_on=PRINTED, **options) for to in ("text", "html")]
    pages = pdf_texts(render(schedule, sheet=sheet, printed_on=PRINTED, **options))
    return [" ".join(text.split()) for text in (*(file.decode() for file in files), " ".join(pages))]


# ---- English by country --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "code", "day", "first", "paper"),
    [
        ("US", "en-US", "January 5, 2026", "Sunday", "letter"),
        ("GB", "en-GB", "5 January 2026", "Monday", "a4"),
        ("AU", "en-GB", "5 January 2026", "Monday", "a4"),
    ],
)
def test_english_is_that_of_the_country(country: str, code: str, day: str, first: str, paper: str) -> None:
    """Dates, the first day of the week, the paper, and the language that a screen reader is told."""
    schedule = planned(country=country)
    page = build_handout(PrintRequest(schedule, printed_on=PRINTED))
    assert (page.frame.language, page.weekdays[0], page.frame.paper) == (code, first, paper)
    assert all(day in text for text in texts(schedule))
    assert f'<html lang="{code}"' in render(schedule, to="html", printed_on=PRINTED).decode()


def test_an_order_or_a_caller_may_name_the_english_of_another_country() -> None:
    """As it may name any language."""
    schedule = planned(handout={"language": "en-GB"})
    assert "5 January 2026" in texts(schedule)[0]
    assert "January 5, 2026" in texts(schedule, language="en-US")[0]
    assert {code_for("en", country) for country in catalog.countries()} == set(ENGLISHES)


def test_spelling_is_british_or_american() -> None:
    """No text mixes the two."""
    american, british = load("en-US"), load("en-GB")
    for ours, theirs in ((american.phrase, "colour"), (british.phrase, "color "), (british.phrase, "milliliter")):
        assert not any(theirs in text for text in ours.values())
    assert "colour" in british.phrase["products_note"]
    assert british.phrase["milliliters"] == "millilitres"
    assert [p.tone for p in british.what_to_do] == [p.tone for p in american.what_to_do]


def test_a_pharmacy_reads_the_dates_of_its_country() -> None:
    """On labels and in its tables."""
    for text in texts(planned(), "pharmacy"):
        assert "January 5, 2026" in text
        assert "5 January 2026" not in text


def test_the_sheet_has_one_row_a_week_also_where_the_week_begins_on_a_sunday() -> None:
    """Its rows begin on the day of new doses."""
    by_week = build_handout(PrintRequest(planned(), printed_on=PRINTED)).by_week
    assert by_week.weekday_names[0] == "Monday"
    for block in by_week.blocks[:-1]:
        assert all(all(week.days) for week in block.weeks)


# ---- numbers to call -------------------------------------------------------------------------------


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("country", ["US", "GB", "FR", "BE", "NZ", "AU", "CA", "NL", "IE", "DE"])
def test_the_numbers_of_the_country_stand_on_handout_and_card(code: str, country: str) -> None:
    """Where one was read; else the general words stay."""
    phrases = load(code).phrase
    schedule = planned(described(country))
    emergency, crisis = (catalog.call_number(country, kind) for kind in ("emergency", "crisis"))
    page = build_handout(PrintRequest(schedule, printed_on=PRINTED, language=code))
    card = build_card(PrintRequest(schedule, printed_on=date(2026, 1, 6), language=code))
    said = " ".join(advice(schedule, code)).replace("\u2066", "").replace("\u2069", "").replace("\xa0", " ")
    contacts = " ".join(fact.text for fact in page.contacts).replace("\xa0", " ")
    if emergency is None:
        assert phrases["call_emergency_hint"] in contacts
        assert phrases["card_never"] in card.never
        assert load(code).what_to_do[1].title.replace("\xa0", " ") in said
    else:
        assert emergency.text in contacts
        assert emergency.text in card.never
        assert emergency.text in said
    assert (crisis is not None) == (phrases["call_crisis"] in [fact.label for fact in page.contacts])
    assert crisis is None or all(crisis.text in text.replace("\xa0", " ") for text in (said, card.never))


def described(country: str) -> dict[str, Any]:
    """The order of a country, with a tablet that is not of its catalog."""
    product = {"name": "T", "source": "clinician", "form": "tablet", "strength": "5 mg", "split": "halves"}
    return DIAZEPAM | {"country": country, "product": [product]}


def test_an_order_names_another_number() -> None:
    """Instead of the country's, on every sheet and in every format."""
    schedule = planned(handout={"emergency": "0032 112"})
    for sheet, options in (("patient", {}), ("card", {"variant": "next 4 weeks"})):
        for text in texts(schedule, sheet, **options):
            assert "0032 112" in text
            assert "911" not in text


def test_each_number_has_its_source_and_its_status() -> None:
    """A row without one does not load; the clinician's sheet names it."""
    assert {one.source.status for one in catalog.call_numbers()} == {"READ", "READ_SECONDARY"}
    assert len({(c, one.kind) for one in catalog.call_numbers() for c in one.countries}) == sum(
        len(one.countries) for one in catalog.call_numbers()
    )
    found = catalog.call_number("US", "crisis")
    assert found is not None
    assert found.source.title in " ".join(texts(planned(), "clinician"))
    source = '[source.a]\ntitle = "A"\nedition = ""\nurl = ""\nstatus = "READ"\n[numbers]\nrows = '
    for row in (
        '[{countries = ["US"], emergency = "1"}]',
        '[{countries = [], emergency = "1", source = "a", locator = "x"}]',
        '[{countries = ["US"], source = "a", locator = "x"}]',
        '[{countries = ["US"], emergency = "1", crisis = "2", source = "a", locator = "x"}]',
    ):
        with pytest.raises(CatalogError):
            load_call_numbers(source + row, "numbers.toml")


# ---- forgotten doses -----------------------------------------------------------------------------------


def intake(drug: str, time: Any) -> Intake:
    return Intake(time, drug, Mg(5))


@pytest.mark.parametrize(
    ("intakes", "kind"),
    [
        ([("diazepam", "morning")], "day"),
        ([("diazepam", "morning"), ("diazepam", "evening")], "day"),
        ([("diazepam", "bedtime")], "night"),
        ([("diazepam", "morning"), ("diazepam", "bedtime")], "both"),
        ([("zolpidem", "bedtime")], "night"),
        ([("zolpidem", "evening")], "night"),
        ([("zopiclone", "bedtime"), ("temazepam", "evening")], "night"),
        ([("diazepam", "morning"), ("zolpidem", "bedtime")], "both"),
        ([("diazepam", "morning"), ("zolpidem", "evening")], "named"),
    ],
)
def test_a_sleeping_pill_and_a_dose_at_bedtime_are_never_caught_up(intakes: list[tuple[str, str]], kind: str) -> None:
    """By drug and by time of day."""
    found, named = missed_kind(intake(*one) for one in intakes)
    assert found == kind
    assert named == (("zolpidem",) if kind == "named" else ())


def test_sleeping_pills_are_told_by_their_class() -> None:
    """Z-drugs, and the hypnotics of ATC; not what is taken against anxiety."""
    assert all(map(is_hypnotic, ("zolpidem", "zopiclone", "zaleplon", "eszopiclone", "temazepam", "triazolam")))
    assert not any(map(is_hypnotic, ("diazepam", "lorazepam", "alprazolam", "clonazepam", "unknown")))


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_sleeping_pill_that_was_forgotten_is_left_out_in_every_language(code: str) -> None:
    """The sentence of doses by day does not stand on its paper; its sources are those of the label."""
    words, said = load(code), advice(planned(ZOLPIDEM), code)
    assert words.phrase["missed_night"] in said
    assert words.phrase["missed_day"] not in said
    passage, place = MISSED_DOSE
    page = build_handout(PrintRequest(planned(ZOLPIDEM), printed_on=PRINTED, language=code))
    points = [point for part in page.advice for point in part.points if point.text == words.phrase["missed_night"]]
    assert points == [missed_dose(words, "night")]
    assert points[0].sources == TOLD["missed_night"]
    assert words.what_to_do[passage].points[place].text == words.phrase["missed_day"]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    "phase",
    [
        {"weekly": [{"usual": "5 mg", "Monday": "0 mg"}], "every": "2 weeks", "until": "0 mg"},
        {"weekly": [{"usual": "5 mg", "Sunday": "0 mg", "Saturday": "0 mg"}], "every": "2 weeks", "until": "0 mg"},
        {"cycles": [["5 mg", "0 mg"]], "every": "2 weeks", "until": "0 mg"},
    ],
)
def test_no_plan_with_nights_without_a_dose_says_do_not_skip_a_dose(code: str, phase: dict[str, Any]) -> None:
    """Weekly patterns and cycles, also if the nights are the last ones before the stop."""
    words = load(code_for(code, "US"))
    passage, place = SKIPPED_DOSE
    said = advice(planned(ZOLPIDEM, phase=[phase]), code)
    assert words.what_to_do[passage].points[place].text not in said
    assert words.no_dose_days.text.format(none=words.phrase["none_day"]) in said


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_plan_that_leaves_a_pill_out_on_some_nights_beside_a_daily_drug_says_so(code: str) -> None:
    """No day is without a dose, so no day is marked; still "do not skip a dose" would be wrong for the pill."""
    daily, pill = intake("diazepam", "morning"), intake("zolpidem", "bedtime")
    monday = date(2026, 1, 5)
    days = [monday + timedelta(days=n) for n in range(14)]
    schedule = Schedule(tuple(Step(n, day, day, (daily, pill) if n % 2 else (daily,)) for n, day in enumerate(days)))
    words, said = load(code), advice(schedule, code)
    passage, place = SKIPPED_DOSE
    assert words.phrase["fewer"] in said
    assert words.what_to_do[passage].points[place].text not in said
    ending = Schedule(tuple(Step(n, day, day, (daily, pill) if n < 7 else (daily,)) for n, day in enumerate(days)))
    assert words.phrase["fewer"] not in advice(ending, code)


# ---- what is told, asked and unasked -------------------------------------------------------------------


def named(code: str, name: str) -> str:
    return load(code).phrase[name]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", ["why", "benefits", "bad_nights", "falls", "lasting", "cramps"])
def test_each_optional_block_is_a_key_of_the_order(code: str, name: str) -> None:
    """Told if asked for, left out if not wanted, with its sources; what is told unasked is known."""
    unasked = {"why", "benefits", "bad_nights"}
    text = named(code, name)
    assert (text in advice(planned(), code)) == (name in unasked)
    assert text in advice(planned(handout={name: True}), code)
    assert text not in advice(planned(handout={name: False}), code)
    page = build_handout(PrintRequest(planned(handout={name: True}), printed_on=PRINTED, language=code))
    found = [s for part in page.advice for s in (*part.lead, *part.points) if s.text == text]
    assert [sentence.sources for sentence in found] == [TOLD[name]]
    assert all(source.status in ("READ", "READ_SECONDARY") for source in TOLD[name])


@pytest.mark.parametrize(("age", "told"), [(64, False), (65, True), (78, True)])
def test_falls_are_told_from_the_age_of_65_on(age: int, told: bool) -> None:
    """Unless the order says otherwise."""
    assert (named("en", "falls") in advice(planned(patient={"age": age}))) == told
    assert named("en", "falls") not in advice(planned(patient={"age": age}, handout={"falls": False}))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_indication_chooses_the_therapy_that_is_named(code: str) -> None:
    """For sleep, for anxiety; both where it is another or not given."""
    course = load(code).what_to_do[SLEEP].lead[SLEEP_COURSE].text
    for indication, told in {
        "sleep": (True, False),
        "anxiety": (False, True),
        "other": (True, True),
        None: (True, True),
    }.items():
        said = advice(planned(handout={"indication": indication} if indication else {}), code)
        assert (course in said, named(code, "anxiety") in said) == told


def test_a_plan_that_keeps_a_dose_does_not_promise_what_comes_without_it() -> None:
    """The benefits of being without belong to a plan that ends with a stop."""
    goal = planned(phase=[{"reduce": "2.5 mg", "every": "2 weeks", "until": "10 mg"}])
    assert named("en", "benefits") not in advice(goal)
    assert load("en").what_to_do[HARD].title in advice(goal)


def test_names_numbers_and_a_note_stand_on_the_paper() -> None:
    """In PDF, HTML and text."""
    lines = {"patient": "Margaret Hale", "pharmacy": "Corner Pharmacy 555 0102", "note": "Call before ten."}
    for text in texts(planned(handout=lines)):
        for line in lines.values():
            assert line in text


def test_every_page_has_the_patients_name_and_its_number_or_a_line_for_the_name() -> None:
    """Loose sheets of two people in a house are told apart."""
    for sheet in ("patient", "plan", "diary", "clinician", "pharmacy"):
        for number, page in enumerate(
            pdf_texts(render(planned(handout={"patient": "Margaret Hale"}), sheet=sheet, printed_on=PRINTED)), start=1
        ):
            assert "Margaret Hale" in page
            assert f"page {number} of" in " ".join(page.split())
    for sheet in ("patient", "plan", "diary"):
        assert all("Name: ____" in page for page in pdf_texts(render(planned(), sheet=sheet, printed_on=PRINTED)))


def test_wrong_lines_are_refused_with_their_place() -> None:
    """A note of any length but no longer, and an indication that is known."""
    for lines, where in (
        ({"indication": "pain"}, "handout.indication"),
        ({"note": "x" * 401}, "handout.note"),
        ({"emergency": ""}, "handout.emergency"),
        ({"falls": "yes"}, "handout.falls"),
    ):
        with pytest.raises(OrderError) as problem:
            parse_order(deepcopy(DIAZEPAM) | {"handout": lines})
        assert problem.value.field == where


def test_a_sixth_grader_can_read_what_is_told() -> None:
    """Grade 6 or below, each sentence block for itself."""
    for name in (*TOLD, "fewer", "crisis_too", "card_call"):
        text = named("en", name).format(medicine="it", crisis="988", emergency="911")
        assert grade(text) <= 6, (name, grade(text))


def test_the_number_against_suicide_stands_in_its_sentence() -> None:
    """Beside the thought, and nowhere else in the list."""
    page = build_handout(PrintRequest(planned(), printed_on=PRINTED))
    passage, place = SUICIDE
    assert [at for at, point in enumerate(page.advice[passage].points) if "988" in point.text] == [place]


@pytest.mark.parametrize("name", MISSED)
def test_forgotten_doses_are_never_doubled(name: str) -> None:
    """Each text ends with the same warning, in every language."""
    for code in LANGUAGES:
        last = [part for part in named(code, "missed_day").replace("؟", ".").split(".") if part.strip()][-1]
        assert last.strip() in named(code, name)
