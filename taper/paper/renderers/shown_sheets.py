"""What the papers of clinicians and pharmacies, the diary and the record say in each format, and how often."""

from __future__ import annotations

from taper.paper.parts import DiarySheet, Fact
from taper.paper.sections.figures import Table
from taper.paper.sheets.clinician import ClinicianSheet
from taper.paper.sheets.pharmacy import FillSheet, PharmacyOrder
from taper.paper.sheets.record import RecordSheet
from taper.proof.layout.words import Said


def said_elsewhere(page: object, said: Said, to: str) -> None:
    """Add what a sheet says in a format."""
    if isinstance(page, ClinicianSheet):
        _clinician(page, said, to)
    elif isinstance(page, PharmacyOrder):
        _pharmacy(page, said, to)
    elif isinstance(page, DiarySheet):
        for text in (page.frame.title, page.diary.note, *page.diary.columns):
            said.say(text)
    elif isinstance(page, RecordSheet):
        for text in (page.frame.title, page.notice, page.text):
            said.say(text)


def _facts(rows: tuple[Fact, ...], said: Said) -> None:
    for fact in rows:
        said.say(fact.label, fact.text, fact.more if fact.text else "")


def _table(table: Table, said: Said, to: str) -> None:
    """Say a table: its heads once, in text before each of its cells."""
    said.say(table.title)
    if to == "text":
        for row in table.rows:
            for name, value in zip(table.columns, row, strict=True):
                if value:
                    said.say(name, value)
        return
    for name in table.columns:
        said.say(name)
    for row in table.rows:
        said.say(*row)


def _clinician(page: ClinicianSheet, said: Said, to: str) -> None:
    said.say(page.frame.title)
    said.say(page.notice)
    _facts(page.person, said)
    _facts(page.drug, said)
    for text in (page.findings_title, page.summary, page.judged_by, page.left_english):
        said.say(text)
    for line in page.headlines:
        said.say(line.label, line.text)
    if page.not_evaluated:
        said.say(page.not_evaluated_title)
        for text in page.not_evaluated:
            said.say(text)
    if page.charts:
        _charts(page, said, to)
    for table in page.tables:
        _table(table, said, to)
    for label in page.signature:
        said.say(label)
    _findings(page, said)
    said.say(page.order_title)
    _facts(page.facts, said)
    for table in page.supply:
        _table(table, said, to)
    _sources(page, said, to)


def _sources(page: ClinicianSheet, said: Said, to: str) -> None:
    if page.models:
        said.say(page.models_title)
        _facts(page.models, said)
    if page.references:
        said.say(page.references_title)
        for number, source in enumerate(page.references, start=1):
            said.say("" if to == "html" else str(number), source)  # HTML numbers them by its element
    for text in (page.sources_title, *page.sources, page.sources_note):
        said.say(text)


def _charts(page: ClinicianSheet, said: Said, to: str) -> None:
    said.say(page.chart_title)
    for figure in page.charts:
        titled = to == "text" or len(page.charts) > 1
        alt = figure.chart.alt if to != "html" else ""  # which is read with the drawing
        said.say(figure.chart.title if titled else "", alt, figure.note)
        if to != "text":
            from taper.paper.renderers.shown_charts import figure_of

            mirrored = page.frame.direction == "rtl"
            said.figures.append(figure_of(figure.chart, *figure.edges, *figure.levels, mirrored=mirrored))
    for note in page.chart_notes:
        said.say(note)


def _findings(page: ClinicianSheet, said: Said) -> None:
    if page.findings:
        said.say(page.details_title)
    for finding in page.findings:
        said.say(finding.label, finding.message)
        texts = (finding.when, finding.detail, finding.runs_title, *finding.runs, finding.advice)
        for text in (*texts, *finding.acknowledged, finding.sources):
            said.say(text)


def _pharmacy(page: PharmacyOrder, said: Said, to: str) -> None:
    for text in (page.frame.title, *page.notice):
        said.say(text)
    _facts(page.facts, said)
    _table(page.total, said, to)
    for fill in page.fills:
        _table(fill.table, said, to)
        _labels(fill, page, said, to)
    for label in page.signature:
        said.say(label)


def _labels(fill: FillSheet, page: PharmacyOrder, said: Said, to: str) -> None:
    for number, label in enumerate(fill.labels):
        if number == 0 or to == "text":
            said.say(page.labels_title)
        for text in (label.product, *label.lines):
            said.say(text)
        if label.short:
            said.say(page.short_title)
            said.say(label.short)
