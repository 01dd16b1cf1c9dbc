"""The paper as plain text, for terminals and records: the steps, then every day."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from taper.handout_clinician import ClinicianSheet
from taper.handout_parts import DayDoses, Handout

WIDTH = 100


def render(page: Handout | ClinicianSheet) -> str:
    """Return the text, lines ended by a line feed."""
    lines = _clinician(page) if isinstance(page, ClinicianSheet) else _handout(page)
    foot = "  ".join((page.frame.title, *page.frame.foot))
    return "\n".join([*lines, "", foot, ""])


def _wrapped(text: str, indent: str = "", first: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _heading(title: str) -> list[str]:
    return ["", title, "-" * len(title)]


def _handout(page: Handout) -> Iterator[str]:
    yield page.frame.title
    yield "=" * len(page.frame.title)
    yield page.summary
    yield from page.people
    yield from _wrapped(page.never)
    yield from _heading(page.steps_title)
    for row in page.steps:
        length = f" ({row.length})" if row.length else ""
        yield f"{row.label}: {row.dates}{length}: {row.total}"
        for dose in row.doses.doses if row.doses else ():
            words = f"{dose.line}: {dose.words}" if dose.words else dose.line
            yield from _wrapped(words, "      ", "    ")
        yield from _wrapped(row.change, "      ", "    ")
    if page.stay:
        yield from _wrapped(page.stay)
    if page.products_notes and not page.products:
        yield from _wrapped(page.products_notes[0])
    yield from _heading(page.days_title)
    for day in page.days:
        marks = "".join(f" [{mark.text}]" for mark in day.marks)
        doses = _day(day.doses) if day.doses else ""
        yield f"{day.name}: {doses or day.none}{marks}".rstrip()
    yield from _heading(page.advice_title)
    for part in page.advice:
        yield part.title
        if part.lead:
            yield from _wrapped(" ".join(sentence.text for sentence in part.lead), "  ")
        for sentence in part.points:
            yield from _wrapped(sentence.text, "    ", "  - ")
    yield from _heading(page.contacts_title)
    for contact in page.contacts:
        yield f"{contact.label}: {contact.text or '_' * 30}"


def _day(doses: DayDoses) -> str:
    taken = "; ".join(f"{one.line} = {one.measure}" if one.measure else one.line for one in doses.doses)
    return f"{taken} ({doses.devices})" if doses.devices else taken


def _clinician(page: ClinicianSheet) -> Iterator[str]:
    yield page.frame.title
    yield "=" * len(page.frame.title)
    yield page.notice
    yield from _heading(page.findings_title)
    if page.findings_none:
        yield page.findings_none
    for finding in page.findings:
        yield f"{finding.label}{f' ({finding.when})' if finding.when else ''}"
        for text in (finding.message, *finding.details, *finding.acknowledged):
            yield from _wrapped(text, "    ")
    if page.not_evaluated:
        yield from _heading(page.not_evaluated_title)
        for one in page.not_evaluated:
            yield from _wrapped(f"{one.label}: {one.text}", "    ", "")
    yield from _heading(page.order_title)
    for fact in page.facts:
        yield f"{fact.label}: {fact.text}{f' ({fact.more})' if fact.more else ''}"
    for table in page.tables:
        yield from _heading(table.title)
        for row in table.rows:
            cells = (f"{name}: {value}" for name, value in zip(table.columns, row, strict=True) if value)
            yield from _wrapped(" | ".join(cells), "    ", "")
    yield from _heading(page.sources_title)
    for source in page.sources:
        yield from _wrapped(source, "    ", "  - ")
