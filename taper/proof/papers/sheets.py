"""Each paper as a whole: which of its parts are held against what; what only one needs is imported for it alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from taper.proof.papers.case import Asked, Case, ahead
from taper.proof.papers.notices import prove_notices
from taper.proof.papers.telling import (
    prove_advice,
    prove_contacts,
    prove_facts,
    prove_foot,
    prove_legend,
    prove_never,
    prove_never_any,
    prove_people,
    prove_sentences,
    prove_stay,
    prove_window,
)

if TYPE_CHECKING:
    from taper.proof.papers.days import Calendar

_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "patient": "the patient's paper",
        "plan": "the sheet of weeks",
        "clinician": "the clinician's sheet",
        "pharmacy": "the pharmacy order",
        "card": "the card",
        "diary": "the diary",
        "record": "the text for the record",
    }
)


def prove_paper(sheet: str, page: Any, asked: Asked) -> None:
    """Hold a paper against the schedule and the order.

    Args:
        sheet: Which paper: ``patient``, ``plan``, ``clinician``, ``pharmacy``, ``card``, ``diary`` or ``record``.
        page: The paper: a value with a field for each of its texts.
        asked: What was asked for.

    Raises:
        ProofError: It says something else than what is planned, or has lost something.
    """
    _PROOFS[sheet](_NAMES[sheet], page, asked)


def _span(asked: Asked) -> tuple[date, date]:
    """Return the first and last day that a patient's paper may have: from the last revision on, to the stop."""
    schedule = asked.schedule
    history = schedule.order.history if schedule.order is not None and schedule.revision else ()
    first, last = schedule.steps[0].start, schedule.stopped_on or schedule.steps[-1].end
    if history and not asked.whole:
        first = min(max(first, history[-1].on), last)
    return first, last


def _window(asked: Asked) -> tuple[date, date]:
    """Return the first and last day of a patient's paper: all of that, or some weeks of it."""
    first, last = _span(asked)
    named = asked.weeks is not None or asked.first is not None
    if named and not asked.dateless:
        first = max(first, asked.first or asked.printed_on)
    if asked.weeks is not None:
        last = min(last, first + timedelta(days=7 * asked.weeks - 1))
    return first, last


def _patients_case(what: str, page: Any, asked: Asked) -> tuple[Case, Calendar, bool]:
    from taper.proof.papers.days import Calendar

    first, last = _window(asked)
    steps = ahead(asked.schedule, first)
    case = Case(what, asked, page.frame.language, steps, dateless=asked.dateless)
    over = not any(step.intakes for step in asked.schedule.steps if step.end >= first)
    return case, Calendar(case, first, last, _span(asked)[0]), over


def _patient(what: str, page: Any, asked: Asked) -> None:
    from taper.proof.papers.days import prove_weeks
    from taper.proof.papers.steps import prove_chart, prove_steps

    case, calendar, over = _patients_case(what, page, asked)
    first, last = calendar.first, calendar.last
    calendar.prove_months(page.months, page.weekdays, page.variant.layout)
    prove_weeks(calendar, page.by_week)
    prove_steps(case, page.steps, first, last)
    for chart, drug in zip(page.charts, case.drugs, strict=False):
        prove_chart(case, chart, drug)
    case.hold(over or len(page.charts) == len(case.drugs), "the chart of a drug is lost")
    prove_facts(case, page.facts, first)
    prove_sentences(case, page.summary, page.sentence, over=over)
    prove_legend(case, page.products, over=over)
    prove_people(case, page.people)
    prove_contacts(case, page.contacts)
    prove_never_any(case, page.never)
    prove_stay(case, page.stay)
    prove_advice(case, page.advice)
    prove_notices(case, page.notices, over=over, full=True)
    prove_window(case, page.only, page.start_line, first, last, _span(asked))
    prove_foot(case, page.frame)


def _plan(what: str, page: Any, asked: Asked) -> None:
    from taper.proof.papers.days import prove_weeks

    case, calendar, over = _patients_case(what, page, asked)
    prove_weeks(calendar, page.by_week)
    prove_people(case, page.people)
    prove_never_any(case, page.never)
    prove_stay(case, page.stay)
    prove_notices(case, page.notices, over=over, full=False)
    prove_window(case, page.only, page.start_line, calendar.first, calendar.last, _span(asked))
    prove_foot(case, page.frame)


def _whole(what: str, page: Any, asked: Asked) -> Case:
    return Case(what, asked, page.frame.language, asked.schedule.steps)


def _clinician(what: str, page: Any, asked: Asked) -> None:
    from taper.proof.papers.clinic import prove_findings, prove_person, prove_step_table, prove_supply_table

    case = _whole(what, page, asked)
    prove_step_table(case, page.tables)
    prove_findings(case, page)
    prove_person(case, page.person)
    prove_supply_table(case, page.supply)
    case.hold(page.notice, "that it is not for the patient is lost")
    prove_foot(case, page.frame)


def _pharmacy(what: str, page: Any, asked: Asked) -> None:
    from taper.proof.papers.pharmacy import prove_order

    case = _whole(what, page, asked)
    prove_order(case, page)
    prove_foot(case, page.frame)


def _card(what: str, page: Any, asked: Asked) -> None:
    from taper.proof.papers.pharmacy import prove_card

    begin = _span(asked)[0]
    steps = ahead(asked.schedule, begin)
    case = Case(what, asked, page.frame.language, steps, dateless=asked.dateless)
    day = begin if asked.dateless else max(asked.first or asked.printed_on, begin)
    prove_card(case, page, day)
    prove_legend(case, page.products, over=False)
    prove_people(case, page.people, pharmacy=True)
    prove_never(case, page.never)
    prove_foot(case, page.frame)


def _record(what: str, page: Any, asked: Asked) -> None:
    from taper.proof.papers.clinic import prove_record

    case = _whole(what, page, asked)
    prove_record(case, page.text)
    case.hold(page.notice, "that it is not for the patient is lost")
    prove_foot(case, page.frame)


def prove_text(text: str, code: str, asked: Asked) -> None:
    """Hold the text for the record, without the paper around it, against the schedule and the report.

    Args:
        text: The text.
        code: Code of its language.
        asked: What was asked for.

    Raises:
        ProofError: It says something else than what is planned, or has lost something.
    """
    from taper.proof.papers.clinic import prove_record

    prove_record(Case(_NAMES["record"], asked, code, asked.schedule.steps), text)


def _diary(what: str, page: Any, asked: Asked) -> None:
    prove_foot(_whole(what, page, asked), page.frame)


_PROOFS: Mapping[str, Callable[[str, Any, Asked], None]] = MappingProxyType(
    {
        "patient": _patient,
        "plan": _plan,
        "clinician": _clinician,
        "pharmacy": _pharmacy,
        "card": _card,
        "diary": _diary,
        "record": _record,
    }
)
