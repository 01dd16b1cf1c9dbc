"""The clinician's sheet: the order, every finding with its source, the exact steps, the supply.

A warning for the clinician is here and never on the patient's paper; an acknowledgment is printed beside its
finding, never instead of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from taper.finding import Finding, Report
from taper.order.order import Order
from taper.paper.parts import Fact, Frame
from taper.paper.phrases import Phrases, noun_of, tall_man, unbroken
from taper.paper.request import PrintRequest
from taper.paper.sections.advice import build_advice
from taper.paper.sections.figures import Table, model_facts, steps_table
from taper.paper.sections.findings import not_checked, other_runs, source_lines, source_text, summary
from taper.paper.sections.order import brands_text, history_table, phase_facts, product_text
from taper.paper.sections.revision import changed_table
from taper.paper.sheets.frame import build_frame
from taper.paper.variant import Variant
from taper.paper.words.language import Language
from taper.quantity import Ml, Pieces, exact_text
from taper.schedule.calendar import review_days
from taper.schedule.schedule import Schedule
from taper.values import dataclass

if TYPE_CHECKING:
    from taper.schedule.supply import Supply, SupplyLine


@dataclass(frozen=True, slots=True)
class FindingText:
    """A finding in print.

    Attributes:
        severity: ``alert``, ``warning`` or ``note``.
        label: Severity and code.
        when: Step and days.
        message: What was found, in one line.
        detail: What that line leaves out; may be empty.
        runs_title: Heading of the other runs; empty if there are none.
        runs: What else the rule found, one line each.
        advice: What could be done; may be empty.
        sources: Where the limits are printed; may be empty.
        acknowledged: By whom and why, one line each; empty if not.
    """

    severity: str
    label: str
    when: str
    message: str
    detail: str
    runs_title: str
    runs: tuple[str, ...]
    advice: str
    sources: str
    acknowledged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClinicianSheet:
    """The clinician's paper.

    Attributes:
        frame: What is on every page.
        variant: How it is laid out.
        notice: That it is not for the patient.
        findings_title: Heading.
        summary: How many findings there are, or that there are none or no check.
        judged_by: By which guidelines the pace was judged; may be empty.
        findings: All findings, most severe first.
        not_evaluated_title: Heading.
        not_evaluated: What could not be evaluated, a line for each reason.
        order_title: Heading.
        facts: The order.
        tables: The history and what changed, if the plan was revised, then the steps, then the supply.
        models_title: Heading.
        models: Guidelines, tables and models that were used.
        reviews_title: Heading.
        reviews: Days of review.
        sources_title: Heading.
        sources: Each source of the patient's text, once.
        signature: Labels of the signature lines.
    """

    frame: Frame
    variant: Variant
    notice: str
    findings_title: str
    summary: str
    judged_by: str
    findings: tuple[FindingText, ...]
    not_evaluated_title: str
    not_evaluated: tuple[str, ...]
    order_title: str
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]
    models_title: str
    models: tuple[Fact, ...]
    reviews_title: str
    reviews: str
    sources_title: str
    sources: tuple[str, ...]
    signature: tuple[str, ...]


def build_clinician_sheet(request: PrintRequest) -> ClinicianSheet:
    """Put a schedule, its findings and its supply into English words for the clinician.

    It says so if there was no check; it names the language of the patient's paper, and where the schedule replaces
    another one, the days that differ.
    """
    schedule, supply, checked = request.schedule, request.supply, request.report is not None
    report = request.report or Report()
    phrases, say = request.english, request.english.words.clinician
    none = say["no_findings"] if checked else say["not_checked"]
    tables = [*_history(request), steps_table(schedule, phrases)]
    if supply is not None and supply.lines:
        tables.append(_supply(schedule, supply, phrases))
    sentences = [sentence for part in build_advice(phrases) for sentence in (*part.lead, *part.points)]
    sources = dict.fromkeys(source for sentence in sentences for source in sentence.sources)
    return ClinicianSheet(
        frame=build_frame(request, phrases, _title(schedule, phrases)),
        variant=request.variant,
        notice=say["not_for_patient"],
        findings_title=say["findings"],
        summary=summary(report) if report.findings else none,
        judged_by=report.judged_by,
        findings=tuple(_finding(finding, report, schedule.order, phrases) for finding in report.gravest_first),
        not_evaluated_title=say["not_evaluated"],
        not_evaluated=tuple(f"{text[0].upper()}{text[1:]}" for text in not_checked(report)),
        order_title=say["order"],
        facts=(*_facts(schedule, phrases), *_language(request.words, phrases)),
        tables=tuple(tables),
        models_title=say["models"],
        models=tuple(model_facts(schedule, phrases)),
        reviews_title=say["reviews"],
        reviews=", ".join(phrases.dated(day) for day in review_days(schedule)) or say["reviews_none"],
        sources_title=say["sources"],
        sources=tuple(source_text(source) for source in sources),
        signature=sign_labels(phrases),
    )


def _history(request: PrintRequest) -> Iterator[Table]:
    """Write the revisions, and the days that the last one changed."""
    schedule, phrases = request.schedule, request.english
    history = history_table(schedule.order, phrases) if schedule.order is not None else None
    if history is not None:
        yield history
    if request.replaced is not None:
        yield changed_table(request.replaced, schedule, phrases)


def _language(printed: Language, phrases: Phrases) -> Iterator[Fact]:
    """Name a language other than English, and who reviewed the translation."""
    say = phrases.words.clinician
    if printed.name != phrases.words.name:
        text = say["reviewed" if printed.reviewed_by else "unreviewed"]
        yield Fact(say["fact_language"], text.format(language=printed.name, by=printed.reviewed_by))


def sign_labels(phrases: Phrases) -> tuple[str, ...]:
    """Return the labels of the signature lines at the end of a sheet."""
    return tuple(phrases.words.clinician[f"sign_{name}"] for name in ("name", "signature", "date"))


def _title(schedule: Schedule, phrases: Phrases) -> str:
    medicine = phrases.listed([tall_man(drug) for drug in schedule.drugs])
    return phrases.words.clinician["title"].format(medicine=medicine)


def _finding(finding: Finding, report: Report, order: Order | None, phrases: Phrases) -> FindingText:
    say = phrases.words.clinician
    when = ""
    if finding.on is not None:
        when = phrases.span(finding.on, finding.until or finding.on)
        if finding.step is not None:
            when = say["when"].format(step=finding.step, dates=when)
    runs, sources = other_runs(finding), source_lines(finding, order)
    several = "source" if len(sources) == 1 else "sources_of"
    return FindingText(
        severity=finding.severity.value,
        label=say["label"].format(severity=say[f"severity_{finding.severity.value}"], code=finding.code),
        when=when,
        message=finding.message,
        detail=finding.detail,
        runs_title=say["runs"] if runs else "",
        runs=runs,
        advice=say["advice"].format(advice=finding.advice) if finding.advice else "",
        sources=say[several].format(source=sources[0], sources="; ".join(sources)) if sources else "",
        acknowledged=tuple(
            say["acknowledged"].format(by=mark.by, reason=mark.reason) for mark in report.acknowledgments(finding.code)
        ),
    )


def _facts(schedule: Schedule, phrases: Phrases) -> Iterator[Fact]:
    say, order = phrases.words.clinician, schedule.order
    yield Fact(say["fact_drug"], phrases.listed([tall_man(drug) for drug in schedule.drugs]), brands_text(order))
    yield Fact(say["fact_start"], phrases.long_date(schedule.steps[0].start))
    stopped = schedule.stopped_on
    yield Fact(say["fact_stopped"], phrases.long_date(stopped) if stopped else say["fact_stays"])
    if order is None:
        yield Fact(say["fact_origin"], schedule.origin)
        return
    yield Fact(say["fact_country"], order.country)
    yield from phase_facts(order, phrases)
    for ordered in order.products:
        yield Fact(say["fact_product"], *product_text(ordered, phrases))
    for hold in order.hold:
        name = "hold_reason" if hold.reason else "hold_text"
        text = say[name].format(length=hold.length, date=phrases.dated(hold.on), reason=hold.reason)
        yield Fact(say["fact_hold"], text)
    optional: dict[str, str | None] = {
        "fact_first_cut": phrases.long_date(order.first_cut) if order.first_cut else None,
        "fact_change_on": order.change_on,
        "fact_review": str(order.review_every) if order.review_every else None,
        "fact_stop_from": phrases.dose(order.stop_from) if order.stop_from else None,
        "fact_max_units": str(order.max_units),
        "fact_spread": order.spread,
        "fact_reduce_first": ", ".join(order.reduce_first) if order.reduce_first else None,
        "fact_merge": say["merge_text"].format(dose=phrases.dose(order.merge.at_most), time=order.merge.into)
        if order.merge
        else None,
        "fact_check": _checked_by(order, phrases),
        "fact_patient": _patient(order),
    }
    for name, value in optional.items():
        if value:
            yield Fact(say[name], value)


def _checked_by(order: Order, phrases: Phrases) -> str:
    named = order.check.guidelines
    if named is None:
        named = (phrases.words.clinician["by_country"].format(country=order.country),)
    return ", ".join((*named, *(order.check.tables or ())))


def _patient(order: Order) -> str:
    facts = order.patient.model_dump(exclude_none=True)
    yes = {True: "yes", False: "no"}
    return ", ".join(
        f"{name.replace('_', ' ')}: {yes[value] if isinstance(value, bool) else value}" for name, value in facts.items()
    )


def _supply(schedule: Schedule, supply: Supply, phrases: Phrases) -> Table:
    say = phrases.words.clinician
    names = ("dates", "product", "carried", "dispense", "needed", "left", "so_far")
    nouns = (
        {ordered.name: noun_of(ordered.product.form) for ordered in schedule.order.products} if schedule.order else {}
    )

    def amount(product: str, some: Pieces | Ml) -> str:
        if not some:
            return say["none"]
        if isinstance(some, Ml):
            return phrases.measure(product, some)
        return f"{exact_text(some.value)} × {nouns.get(product, 'piece')}"

    def row(when: str, line: SupplyLine) -> tuple[str, ...]:
        account = (line.carried, line.handed, line.needed, line.left, line.so_far)
        return when, unbroken(line.product), *(amount(line.product, some) for some in account)

    rows, past = list[tuple[str, ...]](), supply.past
    if past is not None:
        when = say["pharmacy_past"].format(dates=phrases.span(past.start, past.end))
        rows += [row(when, line) for line in (*past.lines, *past.unneeded)]
    fills = supply.fills if supply.is_length_ordered else ()  # else the pharmacy order has them
    for fill in fills:
        rows += [row(phrases.span(fill.start, fill.end), line) for line in (*fill.lines, *fill.unneeded)]
    if len(fills) != 1 or past is not None:
        whole = say["supply_all" if past is None else "supply_all_past"]
        rows += [row(whole, line) for line in (*supply.lines, *supply.unneeded)]
    columns = tuple(say[f"column_{name}"] for name in names)
    return Table(say["supply"], columns, tuple(rows), 1 if past is None else 0)
