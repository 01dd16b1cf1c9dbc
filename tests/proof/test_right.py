"""Right orders that the proof once kept back: what they say is right, however odd it is."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from taper.exchange.formats import Format as FileFormat, export
from taper.order.order import parse_order
from taper.paper.renderers import Format, Sheet, html, proved_page, render
from taper.paper.renderers.proving import proved
from taper.paper.request import PrintRequest
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.schedule.schedule import Schedule

PRINTED = date(2026, 1, 5)
TABLET: dict[str, Any] = {"name": "diazepam tablet 2 mg", "split": "halves"}
LIQUID: dict[str, Any] = {
    "name": "diazepam oral solution 1 mg/mL",
    "source": "clinician",
    "form": "oral solution",
    "strength": "1 mg/mL",
    "graduation": "0.1 mL",
}
TWO: dict[str, Any] = {
    "product": [TABLET, {"name": "lab zopiclone", "source": "clinician", "drug": "zopiclone"}],
    "other": [{"drug": "zopiclone", "current": {"bedtime": "3.75 mg"}}],
    "phase": [
        {"drug": "zopiclone", "reduce": "3.75 mg", "every": "1 week", "until": "0 mg"},
        {"drug": "diazepam", "reduce": "1 mg", "every": "2 weeks", "until": "0 mg"},
    ],
}
TWO["product"][1] |= {"form": "tablet", "strength": "3.75 mg"}
NIGHTS: dict[str, Any] = {
    "drug": "zopiclone",
    "current": {"bedtime": "7.5 mg"},
    "product": [{"name": "zopiclone tablet 7.5 mg"}, {"name": "zopiclone tablet 3.75 mg"}],
    "phase": [{"every": "2 weeks", "weekly": [{"usual": "0 mg", "Monday": "3.75 mg"}], "until": "0 mg"}],
}


def planned(**said: Any) -> Schedule:
    """Return the plan of a small order, some of whose keys are other ones."""
    order: dict[str, Any] = {
        "drug": "diazepam",
        "country": "GB",
        "start": "2026-01-05",
        "stop_from": "1 mg",
        "current": {"morning": "2 mg", "bedtime": "2 mg"},
        "product": [TABLET],
        "phase": [{"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"}],
    }
    return plan(parse_order(order | said))


@pytest.mark.parametrize("to", ["text", "html"])
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "nl", "ar"])
@pytest.mark.parametrize("country", ["US", "GB", "CA", "CH", "BE", "DE"])
def test_two_drugs_are_spoken_of_as_each_country_does(country: str, language: str, to: Format) -> None:
    """Medicines have another name in Belgium: the sentence that must be seen speaks of all of them there too."""
    two = TWO | {"product": [TABLET | {"source": "clinician", "form": "tablet", "strength": "2 mg"}, TWO["product"][1]]}
    schedule = planned(country=country, **two)
    assert render(schedule, to=to, printed_on=PRINTED, language=language)


YEAR: dict[str, Any] = {"start": "2026-11-02", "phase": [{"reduce": "1 mg", "every": "16 weeks", "until": "0 mg"}]}


@pytest.mark.parametrize(
    "code", ["en-US", "en-GB", "de-AT", "de-CH", "es-US", "es-MX", "fr-CA", "fr-CH", "nl-BE", "ar"]
)
def test_all_months_are_called_as_in_each_country(code: str) -> None:
    """Austria's January has a name of its own, on papers of more than a year as on all others."""
    schedule = planned(**YEAR)
    assert {day.month for day, _ in schedule.days()} == set(range(1, 13))
    sheets: list[Sheet] = ["patient", "plan", "card"]
    for sheet, printed_on in product(sheets, (schedule.steps[0].start, date(2027, 1, 4))):
        request = PrintRequest(schedule, printed_on=printed_on, language=code)
        page = proved_page(request, sheet)
        assert proved(page, "html", html.render(page).encode())


@pytest.mark.parametrize("sheet", ["patient", "plan"])
def test_a_box_in_a_name_or_a_note_is_no_box_to_tick(sheet: Any) -> None:
    name = "\N{BALLOT BOX} bring all tablets"
    schedule = planned(handout={"patient": name, "pharmacy": name, "note": name})
    assert name in render(schedule, to="text", printed_on=PRINTED, sheet=sheet).decode()


def test_a_name_with_a_sign_that_nobody_sees_is_that_name() -> None:
    schedule = planned(handout={"prescriber": "Anna\N{WORD JOINER}Maria", "pharmacy": "x\N{WORD JOINER}y"})
    assert render(schedule, to="text", printed_on=PRINTED)


DEVICES = ["5 mg spoon", "10 mL syringe, morning line", "oral syringe (use for 28 days)", "Monday cup from 5 May 2026"]


@pytest.mark.parametrize("device", DEVICES)
def test_what_the_name_of_a_device_says_is_no_dose_and_no_day(device: str) -> None:
    """It is the clinician's own; the times, days and lengths beside it are held against the plan as ever."""
    schedule = planned(product=[LIQUID | {"device": device}])
    assert render(schedule, to="text", printed_on=PRINTED)
    files: tuple[FileFormat, ...] = ("ics", "fhir", "days", "steps", "markdown", "sig")
    for to in files:
        dated: dict[str, Any] = {"written_on": PRINTED} if to in ("ics", "fhir", "markdown") else {}
        assert export(schedule, to, language="en", **dated)


@pytest.mark.parametrize("name", ["diazepam, morning tablet 2 mg", "diazepam 2 mg (made 5 January 2026, for 28 days)"])
def test_what_the_name_of_a_product_says_is_no_dose_and_no_day(name: str) -> None:
    product = TABLET | {"name": name, "source": "clinician", "form": "tablet", "strength": "2 mg"}
    schedule = planned(product=[product])
    assert export(schedule, "sig", language="en", by_product=True)
    assert export(schedule, "fhir", language="en", written_on=PRINTED)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_note_of_a_product_is_read_behind_its_name(language: str) -> None:
    """Also where the name has a sign that nobody sees."""
    name = "lab\N{WORD JOINER}tablet"
    schedule = planned(product=[TABLET | {"name": name, "source": "clinician", "form": "tablet", "strength": "2 mg"}])
    assert export(schedule, "fhir", language=language, written_on=PRINTED)


def test_labels_of_the_one_drug_that_is_left_need_not_name_it() -> None:
    """Fills begin anew where a revision recorded what was at hand: the other drug has no label then."""
    schedule = revise(planned(**TWO), on="2026-02-02", review_every="2 weeks")
    text = export(schedule, "sig", language="en", every="2 weeks").decode()
    assert "zopiclone" not in text
    assert "stop taking it" in text


@pytest.mark.parametrize("to", ["text", "html", "pdf"])
@pytest.mark.parametrize("variant", ["", "plan", "dateless"])
def test_the_last_days_of_a_week_without_a_dose_can_be_printed(variant: str, to: Format) -> None:
    """On the day of a revision no dose lies ahead, and the pattern that is under way shows those behind."""
    schedule = planned(**NIGHTS)
    last = schedule.steps[-1].end
    revised = revise(schedule, on=last, review_every="3 weeks")
    assert not schedule.steps[-1].intakes
    assert render(revised, to=to, printed_on=PRINTED, variant=variant, previous=schedule)


@pytest.mark.parametrize("to", ["text", "html"])
def test_weeks_that_end_with_the_first_day_of_a_pattern_can_be_printed(to: Format) -> None:
    """One day of it is shown, and its doses by the days of the week."""
    schedule = planned(**NIGHTS)
    first = schedule.steps[1].start
    assert render(schedule, to=to, printed_on=first - timedelta(days=13), variant="next 2 weeks")


def test_a_sentence_that_begins_as_a_day_does_is_not_that_day() -> None:
    """A line of the text begins with "Tag 1.", as the first of the days does."""
    drops = LIQUID | {"form": "oral drops", "strength": "10 mg/mL", "drops_per_ml": 20, "graduation": "1 drop"}
    product = drops | {"name": "lab drops 10 mg/mL", "device": "dropper"}
    schedule = planned(country="DE", current={"morning": "2 mg", "bedtime": "4 mg"}, product=[product])
    revised = revise(schedule, on="2026-01-08", hold="2 weeks", by="Dr. Z", reason="r")
    asked: dict[str, Any] = {"variant": "dateless", "previous": schedule, "language": "de", "printed_on": PRINTED}
    text = render(revised, to="text", **asked).decode()
    lines = [line for line in text.split("\n") if line.startswith("Tag\N{NO-BREAK SPACE}1")]
    assert any(line.startswith("Tag\N{NO-BREAK SPACE}1.") for line in lines)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "nl", "ar"])
@pytest.mark.parametrize("start", ["2026-01-05", "2026-01-06"])
def test_a_draft_may_name_the_days_without_a_dose(start: str, language: str) -> None:
    """Where most days have one, the sentence of the only step names the others; its fields name those with a dose."""
    weekly = {"usual": "0 mg"} | {day: {"bedtime": "7.5 mg"} for day in ("Monday", "Tuesday", "Thursday", "Saturday")}
    schedule = planned(**NIGHTS | {"start": start, "current": {"weekly": weekly}})
    stopped = revise(schedule, on=start, phase=[{"doses": ["0 mg"], "every": "1 week"}])
    assert export(stopped, "fhir", language=language, written_on=PRINTED)


@pytest.mark.parametrize("device", ["محقنة", "كوب (٥) cup 12.5 mg"])
@pytest.mark.parametrize("variant", ["", "list"])
def test_a_name_that_runs_from_the_right_may_stand_in_a_paper_that_runs_from_the_left(
    variant: str, device: str
) -> None:
    """In a PDF its words stand in the order of places, beside the others of the day."""
    schedule = planned(product=[LIQUID | {"device": device}])
    assert render(schedule, to="pdf", printed_on=PRINTED, variant=variant, language="es")
