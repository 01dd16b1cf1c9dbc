"""What a notebook shows of a schedule: its chart and a table of its steps, in the handout's own words.

No package is needed beyond this one. A schedule that cannot be printed says why instead.
"""

from __future__ import annotations

from html import escape

from taper.errors import TaperError
from taper.paper.claims import proved_sheet
from taper.paper.parts import Handout, StepRow
from taper.paper.renderers import svg_chart as chart
from taper.paper.request import PrintRequest
from taper.paper.sheets.patient import build_handout
from taper.proof import prove
from taper.schedule.schedule import Schedule


def as_html(schedule: Schedule) -> str:
    """Return chart and step table as a piece of HTML, every text escaped."""
    try:
        page = _page(schedule)
    except TaperError as problem:
        return f"<p>Schedule: {escape(str(problem))}</p>"
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in page.columns)
    body = "".join(_row(row) for row in page.steps)
    return (
        f'<div class="taper"><p>{escape(page.summary)}</p>{_drawn(page)}'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def as_svg(schedule: Schedule) -> str | None:
    """Return the chart, or one below the other for several drugs; None if the schedule cannot be printed."""
    try:
        return _drawn(_page(schedule))
    except TaperError:
        return None


def _page(schedule: Schedule) -> Handout:
    if not schedule.steps:
        raise TaperError("there is no step, so there is nothing to show")
    prove(schedule, "what a notebook shows")
    request = PrintRequest(schedule, printed_on=schedule.steps[0].start, whole=True)
    return proved_sheet(build_handout(request), request, "patient")


def _drawn(page: Handout) -> str:
    drawings = [chart.draw(figure) for figure in page.charts]
    if len(drawings) == 1:
        return drawings[0]
    width, height = chart.WIDE.width, chart.WIDE.height
    placed = (
        drawing.replace("<svg ", f'<svg y="{index * height}" width="{width}" height="{height}" ', 1)
        for index, drawing in enumerate(drawings)
    )
    size = f"0 0 {width} {height * len(drawings)}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" role="img">{"".join(placed)}</svg>'


def _row(row: StepRow) -> str:
    take = "<br>".join(map(escape, row.lines))
    dates = escape(row.dates) + (f"<br>{escape(row.length)}" if row.length else "")
    cells = (escape(row.label), dates, escape(row.total), take, escape(row.change))
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
