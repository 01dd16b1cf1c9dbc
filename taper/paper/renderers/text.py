"""The paper as plain text, for terminals and records: the steps, then every day."""

from __future__ import annotations

from collections.abc import Iterator

from taper.paper.parts import DayDoses, Diary, DiarySheet, Fact, Frame, Handout
from taper.paper.sections.figures import Table
from taper.paper.sheets.card import Card
from taper.paper.sheets.clinician import ClinicianSheet, FindingText
from taper.paper.sheets.one_sheet import PlanSheet
from taper.paper.sheets.pharmacy import PharmacyOrder
from taper.paper.sheets.record import RecordSheet
from taper.paper.step_lines import WIDTH, dose_lines, step_lines, week_lines
from taper.paper.week_parts import WeekDay, WeekTable
from taper.paper.wrapping import wrapped

_KEPT = "\x1f"
"""A space on which a line is not broken: a short cell of a table stays on its line."""


def render(page: Handout | PlanSheet | ClinicianSheet | PharmacyOrder | Card | DiarySheet | RecordSheet) -> str:
    """Return the text, lines ended by a line feed."""
    if isinstance(page, ClinicianSheet):
        lines = _clinician(page)
    elif isinstance(page, PharmacyOrder):
        lines = _pharmacy(page)
    elif isinstance(page, Card):
        lines = _card(page)
    elif isinstance(page, PlanSheet):
        lines = _plan(page)
    elif isinstance(page, RecordSheet):
        lines = iter((*_title(page.frame.title), page.notice, *_wrapped(page.text)))
    else:
        lines = _handout(page) if isinstance(page, Handout) else _diary(page)
    foot = "  ".join((page.frame.running, *page.frame.foot))
    mark = [line for text in page.frame.unreviewed for line in _wrapped(text)]
    return "\n".join([*mark, *lines, "", foot, *mark, ""])


def _wrapped(text: str, indent: str = "", first: str | None = None) -> list[str]:
    return wrapped(text, WIDTH, indent, first)


def _heading(title: str) -> list[str]:
    return ["", title, "-" * len(title)]


def _handout(page: Handout) -> Iterator[str]:
    yield from _title(page.frame.title)
    yield from _facts(page.facts, page.frame)
    yield from _noticed(page, "revised")
    yield from _wrapped(page.sentence)
    yield from (line for line in (page.earlier, page.only, page.start_line) if line)
    yield from page.people
    yield from _noticed(page, "changed", "drugs", "handling")
    yield from _wrapped(page.never)
    yield from _heading(page.by_week.title)
    yield from _by_week(page.by_week, page.frame)
    if page.variant.layout != "plan":  # else the sheet stands for the steps and the days
        yield from _heading(page.steps_title)
        for row in page.steps:
            yield from step_lines(row, colon=page.frame.colon)
    if page.stay:
        yield from _wrapped(page.stay)
    if page.products_notes and not page.products:
        yield from _wrapped(page.products_notes[0])
    if page.variant.layout != "plan":
        yield from _days(page)
    yield from _heading(page.advice_title)
    for part in page.advice:
        yield part.title
        if part.lead:
            yield from _wrapped(" ".join(sentence.text for sentence in part.lead), "  ")
        for sentence in part.points:
            yield from _wrapped(sentence.text, "    ", "  - ")
    yield from _heading(page.contacts_title)
    for contact in page.contacts:
        yield f"{contact.label}{page.frame.colon}{contact.text or '_' * 30}"
    yield from _heading(page.diary.title)
    yield from _diary_rows(page.diary)


def _days(page: Handout) -> Iterator[str]:
    yield from _heading(page.days_title)
    for day in page.days:
        marks = "".join(f" [{mark.text}]" for mark in day.marks)
        doses = _day(day.doses, page.frame) if day.doses else ""
        yield f"{day.name}{page.frame.colon}{doses or day.none}{marks}".rstrip()


def _noticed(page: Handout | PlanSheet, *kinds: str) -> Iterator[str]:
    for notice in (notice for notice in page.notices if notice.kind in kinds):
        yield from _wrapped(notice.title)
        for line in notice.lines:
            yield from _wrapped(line, "    ", "  - ")


def _plan(page: PlanSheet) -> Iterator[str]:
    yield from _title(f"{page.frame.title} · {page.by_week.title}")
    yield from _facts(page.facts, page.frame)
    yield from _noticed(page, "revised")
    yield from page.people
    yield from (line for line in (page.only, page.start_line) if line)
    yield from _by_week(page.by_week, page.frame)
    yield ""
    if page.stay:
        yield from _wrapped(page.stay)
    yield from _wrapped(page.never)


def _by_week(plan: WeekTable, frame: Frame) -> Iterator[str]:
    """Yield each step: its words, then a row for each of its weeks."""
    yield from _wrapped(" ".join((plan.note, *(f"[{key.text}]" for key in plan.keys if key.kind != "none"))))
    for block in plan.blocks:
        yield ""
        yield from _wrapped(block.total)
        for part in block.parts:
            yield from _wrapped(part.when, "      ", "    ")
            for line in part.lines:
                taken = " ".join(line.pieces)
                yield from _wrapped(frame.colon.join(filter(None, (line.label, taken))), "      ", "    ")
        for week in block.weeks:
            days = zip(plan.weekdays, week.days, strict=True)
            row = "  ".join(_boxes(name, day) for name, day in days if day)
            yield from _wrapped(f"{week.start} {week.year}".strip() + f"{frame.colon} {row}", "        ", "    ")


def _boxes(weekday: str, day: WeekDay) -> str:
    boxes = "\N{BALLOT BOX}" * sum(day.boxes) or "-"
    marks = "".join(f" [{mark.text}]" for mark in day.marks if mark.kind in ("new", "review"))
    name = "" if weekday.isdigit() else f"{weekday} "  # a plan without dates numbers the days of the week too
    return f"{name}{day.number} {boxes}{marks}".replace(" ", "\N{NO-BREAK SPACE}")


def _diary(page: DiarySheet) -> Iterator[str]:
    yield from _title(page.frame.title)
    yield from _diary_rows(page.diary)


def _diary_rows(diary: Diary) -> Iterator[str]:
    yield from _wrapped(diary.note)
    for name in diary.columns:
        yield f"  {name}"


def _card(page: Card) -> Iterator[str]:
    yield from _title(page.frame.title)
    yield from page.people
    if page.revised:
        yield from _wrapped(page.revised)
    yield from page.blanks
    yield page.frame.colon.join(filter(None, (page.heading, page.dates, page.total)))
    if page.doses is not None:
        yield from dose_lines(page.doses)
    yield from week_lines(page.week, colon=page.frame.colon)
    yield page.next
    yield from filter(None, (page.later,))
    yield from _wrapped(page.never)


def _pharmacy(page: PharmacyOrder) -> Iterator[str]:
    yield from _title(page.frame.title)
    for line in page.notice:
        yield from _wrapped(line)
    yield from _facts(page.facts, page.frame)
    yield from _table(page.total, page.frame)
    for fill in page.fills:
        yield from _table(fill.table, page.frame)
        for label in fill.labels:
            yield f"{page.labels_title}{page.frame.colon}{label.product}"
            for line in label.lines:
                yield from _wrapped(line, "      ", "    ")
            if label.short:
                yield from _wrapped(f"{page.short_title}{page.frame.colon}{label.short}", "      ", "    ")
    yield from _signing(page.signature, page.frame)


def _title(title: str) -> Iterator[str]:
    yield title
    yield "=" * len(title)


def _facts(facts: tuple[Fact, ...], frame: Frame) -> Iterator[str]:
    for fact in facts:
        label = f"{fact.label}{frame.colon}" if fact.label else ""
        yield from _wrapped(f"{label}{fact.text}{f' ({fact.more})' if fact.more else ''}", "    ", "")


def _table(table: Table, frame: Frame) -> Iterator[str]:
    yield from _heading(table.title)
    for row in table.rows:
        named = ((name, value) for name, value in zip(table.columns, row, strict=True) if value)
        cells = (f"{name}{frame.colon}{value}".replace("\n", " ") for name, value in named)
        joined = " | ".join(cell if len(cell) > WIDTH // 2 else cell.replace(" ", _KEPT) for cell in cells)
        yield from (line.replace(_KEPT, " ") for line in _wrapped(joined, "    ", ""))


def _signing(labels: tuple[str, ...], frame: Frame) -> Iterator[str]:
    yield ""
    yield from (f"{label}{frame.colon}{'_' * 30}" for label in labels)


def _day(doses: DayDoses, frame: Frame) -> str:
    lines = (frame.colon.join(filter(None, (dose.line, " ".join(dose.short)))) for dose in doses.doses)
    taken = frame.semicolon.join(lines)
    return f"{taken}{frame.semicolon}{doses.devices}" if doses.devices else taken


def _clinician(page: ClinicianSheet) -> Iterator[str]:
    yield from _title(page.frame.title)
    yield page.notice
    yield from (f"{fact.label}{page.frame.colon}{fact.text or '_' * 30}" for fact in page.person)
    yield from _facts(page.drug, page.frame)
    yield from _heading(page.findings_title)
    yield page.summary
    yield from _wrapped(page.judged_by)
    yield from _wrapped(page.left_english)
    for line in page.headlines:
        yield from _wrapped(f"{line.label}{page.frame.colon}{line.text}", "    ", "")
    if page.not_evaluated:
        yield from _wrapped(
            f"{page.not_evaluated_title}{page.frame.colon}{page.frame.semicolon.join(page.not_evaluated)}.", "    ", ""
        )
    if page.charts:
        yield from _heading(page.chart_title)
        for figure in page.charts:
            yield from _wrapped(f"{figure.chart.title}{page.frame.colon}{figure.chart.alt} {figure.note}", "    ", "")
        yield from _wrapped(" ".join(page.chart_notes))
    for table in page.tables:
        yield from _table(table, page.frame)
    yield from _signing(page.signature, page.frame)
    if page.findings:
        yield from _heading(page.details_title)
        for finding in page.findings:
            yield from _finding(finding, page.frame)
    yield from _heading(page.order_title)
    yield from _facts(page.facts, page.frame)
    for table in page.supply:
        yield from _table(table, page.frame)
    if page.models:
        yield from _heading(page.models_title)
        yield from _facts(page.models, page.frame)
    if page.references:
        yield from _heading(page.references_title)
        for number, source in enumerate(page.references, start=1):
            yield from _wrapped(source, "    ", f"{number}. ")
    yield from _heading(page.sources_title)
    for source in page.sources:
        yield from _wrapped(source, "    ", "  - ")
    yield from _wrapped(page.sources_note, "  ")


def _finding(finding: FindingText, frame: Frame) -> Iterator[str]:
    yield ""
    yield from _wrapped(f"{finding.label}{frame.colon}{finding.message}", "    ", "")
    for text in (finding.when, finding.detail, finding.runs_title):
        yield from _wrapped(text, "    ")
    for run in finding.runs:
        yield from _wrapped(run, "      ", "    - ")
    for text in (finding.advice, *finding.acknowledged, finding.sources):
        yield from _wrapped(text, "    ")
