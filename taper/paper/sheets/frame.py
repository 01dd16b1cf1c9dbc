"""What is on every page of every paper."""

from __future__ import annotations

from taper.paper.parts import Frame
from taper.paper.phrases import NBSP, Phrases
from taper.paper.request import PrintRequest


def build_frame(request: PrintRequest, phrases: Phrases, title: str, *, blank: bool = False) -> Frame:
    """Build what is on every page.

    Args:
        request: What is printed.
        phrases: The schedule in the language of this paper.
        title: The title.
        blank: Whether there is a line to write the patient's name on, where the order does not give it.
    """
    schedule, say = phrases.schedule, phrases.say
    name = dict(request.people)["for_patient"]
    medicines = phrases.medicines(schedule.drugs)
    named = say("for_patient", name=phrases.apart(name, name=True)) if name else say("name_blank") if blank else ""
    foot = (
        *((named,) if named else ()),  # sheets of two people in a house
        say("plan", plan=phrases.apart(schedule.plan_id[:8])) if schedule.plan_id else say("no_plan"),
        *((say("revision", number=str(schedule.revision)),) if schedule.revision else ()),  # nobody asks for number 0
        say("printed", date=Phrases.dated(phrases, request.printed_on)),  # a date also where the plan has none
    )
    return Frame(
        language=phrases.words.code,
        paper=request.paper,
        title=title,
        running=title.replace(phrases.introduced(schedule.drugs), medicines),
        medicine=medicines,
        foot=foot,
        page=phrases.words.phrase["page"],
        printed=request.printed_on,
        direction=phrases.words.direction,
        unreviewed=phrases.unreviewed,
        colon=phrases.say("colon"),
        semicolon=phrases.say("semicolon"),
    )


def unbroken_phone(number: str, phrases: Phrases) -> str:
    """Write a phone number, which stays on one line."""
    return phrases.apart(number.replace(" ", NBSP))


def people(request: PrintRequest) -> tuple[str, ...]:
    """Write for whom and by whom, and whom to call, in the patient's language; what is not known is left out."""
    phrases = request.phrases
    return tuple(
        phrases.say(name, name=phrases.apart(text, name=True), phone=unbroken_phone(text, phrases))
        for name, text in request.people
        if text
    )
