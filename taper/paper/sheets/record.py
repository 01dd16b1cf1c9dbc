"""The record text: the plan as one paragraph for the patient's record."""

from __future__ import annotations

from collections.abc import Iterator

from taper.finding import Report
from taper.paper.parts import Frame
from taper.paper.phrases import NBSP, Phrases, capitalized
from taper.paper.report_told import leaves_english
from taper.paper.request import PrintRequest
from taper.paper.sections import terms
from taper.paper.sections.figures import average, single_cuts
from taper.paper.sections.findings import rules_not_evaluated, summary
from taper.paper.sections.order import history_sentences
from taper.paper.sheets.frame import build_frame
from taper.paper.told import Told
from taper.paper.variant import Variant
from taper.schedule.calendar import review_days
from taper.schedule.schedule import Schedule
from taper.schedule.weekly import shown_steps
from taper.values import dataclass


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """The paragraph as a paper of its own.

    Attributes:
        frame: What is on every page.
        variant: How it is laid out.
        notice: That it is not for the patient.
        text: The paragraph; a dose and its unit stay on one line.
    """

    frame: Frame
    variant: Variant
    notice: str
    text: str


def build_record_sheet(request: PrintRequest) -> RecordSheet:
    """Write the plan as one paragraph; it says so if there was no check."""
    phrases = request.clinicians
    say = phrases.words.clinician
    drugs = [terms.drug(drug, phrases) for drug in request.schedule.drugs]
    title = say["record_title"].format(medicine=phrases.listed(drugs))
    frame = build_frame(request, phrases, title)
    return RecordSheet(frame, request.variant, say["not_for_patient"], " ".join(_sentences(request)))


def build_record(request: PrintRequest) -> str:
    """Write the plan as one paragraph in ordinary spaces, to be pasted into a record system.

    It ends with the line that stands on each page of a translation that no clinician checked.
    """
    return " ".join((*_sentences(request), *request.clinicians.unreviewed)).replace(NBSP, " ")


def _sentences(request: PrintRequest) -> Iterator[str]:
    schedule, phrases = request.schedule, request.clinicians
    history = history_sentences(schedule.order, phrases) if schedule.order is not None else ()
    yield from (*_plan(schedule, phrases), *history, *_check(request.report, phrases))
    yield f"{capitalized(phrases.say('printed', date=phrases.dated(request.printed_on)))}."


def _plan(schedule: Schedule, phrases: Phrases) -> Iterator[str]:
    steps = shown_steps(schedule.steps)
    say, first, last = phrases.words.clinician, steps[0], steps[-1]
    stop, single_drug = schedule.stopped_on, len(schedule.drugs) == 1
    number = len(steps) - (0 if stop else 1)
    drugs = phrases.listed([terms.drug(drug, phrases) for drug in schedule.drugs])
    name = "record_drugs" if not single_drug else "record_stop" if stop else "record_goal"
    yield say[name].format(
        drugs=capitalized(drugs) if say[name].startswith("{drugs}") else drugs,
        plan=phrases.apart(schedule.plan_id[:8]) or phrases.say("no_plan"),
        revision=schedule.revision,
        start=phrases.dated(first.start),
        end=phrases.dated(stop or (last.start if single_drug else last.end)),
        first=average(first, phrases) if first.varies else phrases.daily(first, in_mg=True),
        last=average(last, phrases) if last.varies else phrases.daily(last, in_mg=True),
        steps=phrases.words.counted("step", number),
    )
    pairs = zip(single_cuts(schedule), steps, strict=True)
    cuts = [(cut, step) for cut, step in pairs if cut is not None and cut.amount.value > 0]
    if single_drug and cuts:
        _, step = cuts[0]
        name = "record_now_week" if step.varies else "record_now"
        yield say[name].format(date=phrases.dated(step.start), dose=phrases.daily(step, in_mg=True))
        worst, at = max(cuts, key=lambda pair: pair[0].of_current)
        name = "record_worst_week" if any(step.varies for step in steps) else "record_worst"
        yield say[name].format(percent=phrases.percent(worst.of_current), step=at.number)
    products = [product.name for product in phrases.products()]
    if products:
        between = "comma" if phrases.words.code.startswith("en") else "semicolon"
        yield say["record_products"].format(products=phrases.say(between).join(products))
    reviews = review_days(schedule)
    if reviews:
        yield say["record_reviews"].format(dates=phrases.say("semicolon").join(phrases.dated(day) for day in reviews))


def _check(report: Report | None, phrases: Phrases) -> Iterator[str]:
    say = phrases.words.clinician
    if report is None:
        yield say["record_unchecked"]
        return
    skipped = phrases.words.counted("rule", rules_not_evaluated(report))
    if not report.findings:
        yield say["record_clean"].format(skipped=skipped)
    else:
        yield say["record_findings"].format(
            summary=summary(report, phrases.words),
            codes=", ".join(dict.fromkeys(finding.code for finding in report.findings)),
            skipped=skipped,
        )
    if report.judged_by:
        yield Told(phrases).say(report.judged_by)
        if leaves_english(Report(judged_by=report.judged_by), phrases):
            yield say["left_english"]
    for mark in report.acknowledged:
        by, reason = (phrases.apart(text, name=True) for text in (mark.by, mark.reason))
        yield say["record_acknowledged"].format(code=mark.code, by=by, reason=reason)
    yield say["record_never"]
