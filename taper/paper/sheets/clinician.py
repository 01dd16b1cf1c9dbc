"""The clinician's sheet: who takes what, the findings in a line each, the charts and the steps; then all else.

The first page is what ten minutes need: person, drug, headlines of the findings, dose and modeled level, steps, and
below them the signature. Then each finding in detail, the order, the supply, and at the end the sources. A warning for
the clinician is here and never on the patient's paper; an acknowledgment is printed beside its finding, never instead
of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from taper.finding import Finding, Report
from taper.paper.parts import Fact, Frame
from taper.paper.phrases import Phrases
from taper.paper.report_told import leaves_english, told_report
from taper.paper.request import PrintRequest
from taper.paper.sections import terms
from taper.paper.sections.advice import build_advice
from taper.paper.sections.clinical_charts import ClinicalChart, chart_notes, clinical_charts, half_life_text, modeled
from taper.paper.sections.clinician_facts import drug_facts, order_facts, person_facts
from taper.paper.sections.figures import Table, model_facts, step_name, steps_table
from taper.paper.sections.findings import (
    COPY_MARK,
    by_document,
    headline,
    not_checked,
    other_runs,
    source_lines,
    source_text,
    summary,
)
from taper.paper.sections.order import history_table
from taper.paper.sections.revision import changed_table
from taper.paper.sections.supply_table import supply_table
from taper.paper.sheets.frame import build_frame
from taper.paper.variant import Variant
from taper.paper.words.language import Language
from taper.schedule.schedule import Schedule
from taper.values import dataclass


@dataclass(frozen=True, slots=True)
class Headline:
    """A finding in one line.

    Attributes:
        severity: ``alert``, ``warning`` or ``note``.
        label: Severity and code.
        text: The line.
    """

    severity: str
    label: str
    text: str


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
        sources: Numbers of the sources that print the limits; may be empty.
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
        person: Who takes it; an empty text is a line to write on.
        drug: The drug, its first dose and the end of the plan.
        findings_title: Heading.
        summary: How many findings there are, or that there are none or no check.
        judged_by: By which guidelines the pace was judged; may be empty.
        left_english: That sentences which are not translated stand in English; empty if all are.
        headlines: All findings in a line each, gravest first.
        not_evaluated_title: What stands before it.
        not_evaluated: What could not be evaluated, one text for each reason.
        chart_title: Heading.
        charts: The dose of each drug with its modeled level, and the range of equivalents.
        chart_notes: How to read them.
        tables: The history, if the plan was revised, then the steps, then what the last revision changed.
        signature: Labels of the signature lines, below the plan.
        details_title: Heading.
        findings: The same findings with all that is known of them.
        order_title: Heading.
        facts: The order.
        supply: What the pharmacy hands out, if there is anything.
        models_title: Heading.
        models: Guidelines, tables and models that were used.
        references_title: Heading of the numbered sources.
        references: Source of each limit and model, in the order of their numbers; the first is 1.
        sources_title: Heading.
        sources: The sources of the patient's text, a line a document.
        sources_note: What the mark of some of them means; empty if none has it.
    """

    frame: Frame
    variant: Variant
    notice: str
    person: tuple[Fact, ...]
    drug: tuple[Fact, ...]
    findings_title: str
    summary: str
    judged_by: str
    left_english: str
    headlines: tuple[Headline, ...]
    not_evaluated_title: str
    not_evaluated: tuple[str, ...]
    chart_title: str
    charts: tuple[ClinicalChart, ...]
    chart_notes: tuple[str, ...]
    tables: tuple[Table, ...]
    signature: tuple[str, ...]
    details_title: str
    findings: tuple[FindingText, ...]
    order_title: str
    facts: tuple[Fact, ...]
    supply: tuple[Table, ...]
    models_title: str
    models: tuple[Fact, ...]
    references_title: str
    references: tuple[str, ...]
    sources_title: str
    sources: tuple[str, ...]
    sources_note: str


class _References:
    """Sources by number, each once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    @property
    def lines(self) -> tuple[str, ...]:
        """The sources, the first with the number 1."""
        return tuple(self._numbers)

    def numbers(self, sources: Iterable[str]) -> str:
        """Return the numbers of sources; one that has none yet gets the next."""
        found = [self._numbers.setdefault(source, len(self._numbers) + 1) for source in sources]
        return ", ".join(map(str, sorted(found)))


def build_clinician_sheet(request: PrintRequest) -> ClinicianSheet:
    """Put a schedule, its findings and its supply into words for the clinician.

    It says so if there was no check; it names the language of the patient's paper, and where the schedule replaces
    another one, the days that differ.
    """
    schedule, supply, checked = request.schedule, request.supply, request.report is not None
    phrases, references = request.clinicians, _References()
    words, say, report = phrases.words, phrases.words.clinician, told_report(request.report or Report(), phrases)
    charts = clinical_charts(schedule, phrases)
    none = say["no_findings"] if checked else say["not_checked"]
    sentences = [sentence for part in build_advice(phrases) for sentence in (*part.lead, *part.points)]
    findings = tuple(_finding(finding, report, schedule, references, phrases) for finding in report.gravest_first)
    models = (*model_facts(schedule, phrases), *_half_lives(schedule, references, phrases))
    cited = tuple(source for sentence in sentences for source in sentence.sources)
    marked = any(source.status == "READ_SECONDARY" for source in cited)
    return ClinicianSheet(
        frame=build_frame(request, phrases, _title(schedule, phrases)),
        variant=request.variant,
        notice=say["not_for_patient"],
        person=tuple(person_facts(request)),
        drug=tuple(drug_facts(schedule, phrases)),
        findings_title=say["findings"],
        summary=summary(report, words) if report.findings else none,
        judged_by=report.judged_by,
        left_english=say["left_english"] if _leaves_english(request) else "",
        headlines=tuple(_headline(finding, report, phrases) for finding in report.gravest_first),
        not_evaluated_title=say["not_evaluated"],
        not_evaluated=not_checked(report, words),
        chart_title=say["charts"],
        charts=charts,
        chart_notes=chart_notes(charts, phrases),
        tables=tuple(_tables(request)),
        signature=sign_labels(phrases),
        details_title=say["details"],
        findings=findings,
        order_title=say["order"],
        facts=(*order_facts(schedule, phrases), *_language(request.words, phrases)),
        supply=(supply_table(supply, phrases),) if supply is not None and supply.lines else (),
        models_title=say["models"],
        models=models,
        references_title=say["references"],
        references=references.lines,
        sources_title=say["sources"],
        sources=by_document(cited),
        sources_note=say["copy_note"].format(mark=COPY_MARK) if marked else "",
    )


def _leaves_english(request: PrintRequest) -> bool:
    """Return whether a sentence of the sheet is in English beside another language."""
    order, other = request.schedule.order, not request.clinicians.words.code.startswith("en")
    model = order is not None and order.occupancy is not None  # what a model says of itself is not translated
    return (other and model) or leaves_english(request.report or Report(), request.clinicians)


def _tables(request: PrintRequest) -> Iterator[Table]:
    """Write the revisions, all steps, and the days that the last revision changed."""
    schedule, phrases = request.schedule, request.clinicians
    history = history_table(schedule.order, phrases) if schedule.order is not None else None
    if history is not None:
        yield history
    yield steps_table(schedule, phrases, request.revised_on)
    if request.replaced is not None:
        yield changed_table(request.replaced, schedule, phrases)


def _half_lives(schedule: Schedule, references: _References, phrases: Phrases) -> Iterator[Fact]:
    """Name the half-lives by which the levels of the charts are modeled."""
    say = phrases.words.clinician
    for drug, found in modeled(schedule):
        numbers = references.numbers(source_text(source, phrases.words) for source in found.sources)
        text = say["model_level_text"].format(drug=terms.drug(drug, phrases), half_life=half_life_text(found, phrases))
        yield Fact(
            say["model_level"],
            text,
            say["source" if numbers.isdigit() else "sources_of"].format(source=numbers, sources=numbers),
        )


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
    medicine = phrases.listed([terms.drug(drug, phrases) for drug in schedule.drugs])
    return phrases.words.clinician["title"].format(medicine=medicine)


def _label(finding: Finding, phrases: Phrases) -> str:
    say = phrases.words.clinician
    return say["label"].format(severity=say[f"severity_{finding.severity.value}"], code=finding.code)


def _headline(finding: Finding, report: Report, phrases: Phrases) -> Headline:
    """Write a finding in a line, and who acknowledged it."""
    text = headline(finding, phrases.words)
    marks = report.acknowledgments(finding.code)
    if marks:
        names = phrases.say("comma").join(dict.fromkeys(phrases.apart(mark.by, name=True) for mark in marks))
        text += phrases.words.clinician["headline_acknowledged"].format(by=names)
    return Headline(finding.severity.value, _label(finding, phrases), text)


def _finding(
    finding: Finding, report: Report, schedule: Schedule, references: _References, phrases: Phrases
) -> FindingText:
    say = phrases.words.clinician
    runs, sources = other_runs(finding, phrases.words), source_lines(finding, schedule.order, phrases.words)
    numbers = references.numbers(sources)
    several = "source" if len(sources) == 1 else "sources_of"
    return FindingText(
        severity=finding.severity.value,
        label=_label(finding, phrases),
        when=_when(finding, schedule, phrases),
        message=finding.message,
        detail=finding.detail,
        runs_title=say["runs"] if runs else "",
        runs=runs,
        advice=say["advice"].format(advice=finding.advice) if finding.advice else "",
        sources=say[several].format(source=numbers, sources=numbers) if sources else "",
        acknowledged=tuple(
            say["acknowledged"].format(
                by=phrases.apart(mark.by, name=True), reason=phrases.apart(mark.reason, name=True)
            )
            for mark in report.acknowledgments(finding.code)
        ),
    )


def _when(finding: Finding, schedule: Schedule, phrases: Phrases) -> str:
    """Write the step and the days of a finding."""
    if finding.on is None:
        return ""
    dates = phrases.span(finding.on, finding.until or finding.on)
    if finding.step is None:
        return dates
    name = step_name(finding.step, schedule, phrases)
    return phrases.words.clinician["when" if name.isdigit() else "when_start"].format(step=name, dates=dates)
