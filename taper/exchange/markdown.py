"""Write a schedule as Markdown, for records and web pages: a paragraph, the table of steps, the supply."""

from __future__ import annotations

import re
from collections.abc import Iterable

from taper.errors import renamed
from taper.interval import DayLike, parse_day
from taper.paper.claims import proved_sheet
from taper.paper.label import plain
from taper.paper.parts import StepRow
from taper.paper.phrases import Phrases
from taper.paper.request import PrintRequest
from taper.paper.sections import steps
from taper.paper.sheets.patient import build_handout
from taper.schedule.schedule import Schedule
from taper.schedule.supply import Supply

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~&#$]|:(?=//))")
_START = re.compile(r"\A([-=+]|[0-9]+[.)](?= |\Z))")


def escape(text: str) -> str:
    r"""Escape a text so that Markdown shows it literally: no markup, link or HTML.

    >>> escape("<b>a|b</b>")
    '\\<b\\>a\\|b\\</b\\>'
    """
    shown = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _START.sub(lambda match: f"{match[1][:-1]}\\{match[1][-1]}", shown)


@renamed(printed_on="written_on")
def write_markdown(
    schedule: Schedule, *, written_on: DayLike, supply: Supply | None = None, language: str | None = None
) -> str:
    """Write a schedule as Markdown.

    Args:
        schedule: The schedule.
        written_on: Day of writing, for the last line.
        supply: What the pharmacy hands out; worked out here if not given.
        language: Code of the language; the order's, or English, if not given.

    Raises:
        ScheduleError: The schedule is empty, names a day twice, or has a dose that cannot be written.
        QuantityError: `written_on` is not a date.
    """
    day = parse_day(written_on, "written_on")
    request = PrintRequest(schedule, printed_on=day, language=language, whole=True)
    handout, phrases = proved_sheet(build_handout(request), request, "patient"), request.phrases
    facts = (phrases.say("fact_line", label=f.label, value=f.text, detail=f.more) for f in handout.facts)
    lines = [f"# {_text(handout.frame.title)}", "", f"{_text(handout.summary)}. {_text(' '.join(facts))}", ""]
    lines += [f"## {_text(handout.steps_title)}", ""]
    lines += _table(
        steps.columns(phrases),
        (
            (row.label, _dates(row.dates, row.length), row.total, _doses(row), row.change)
            for row in steps.rows(request.ahead, phrases)
        ),
    )
    if handout.stay:
        lines += ["", _text(handout.stay)]
    told = request.phrases if request.phrases.words.clinician else request.english
    lines += _supply(supply or request.dispensed, told)
    lines += ["", _text(" · ".join(handout.frame.foot))]
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    return escape(plain(text))


def _dates(dates: str, length: str) -> str:
    return f"{dates}, {length}" if length else dates


def _doses(row: StepRow) -> str:
    """Write what to take on one line, because a Markdown cell has only one."""
    return "; ".join(row.lines).replace(":; ", ": ")


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    head = [_text(column) for column in columns]
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    return lines + [f"| {' | '.join(_text(cell) for cell in row)} |" for row in rows]


def _supply(supply: Supply, phrases: Phrases) -> list[str]:
    """Write exact needs, whole pieces to hand out, and what is at hand before and after, product by product.

    In the language of the page; in English where that has no words for a pharmacy.
    """
    if not supply.lines:
        return []
    say = phrases.words.clinician
    rows = [
        (
            plain(phrases.product(line.product)),
            phrases.amount(line.product, line.needed),
            "" if line.dispense is None else str(line.dispense),
            phrases.amount(line.product, line.carried),
            phrases.amount(line.product, line.left),
        )
        for line in (*supply.lines, *supply.unneeded)
    ]
    handed = "dispense" if supply.past is None else "in_all"  # what was handed out must not be handed out again
    columns = tuple(say[f"column_{name}"] for name in ("product", "needed", handed, "stock", "left"))
    return ["", f"## {_text(say['supply'])}", "", *_table(columns, rows)]
