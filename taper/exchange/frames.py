"""Schedules, supplies and reports as tables for data tools: pandas, polars, DuckDB, whatever reads Arrow.

A frame is columns of plain values: days are dates, doses are exact `decimal.Decimal`s, counts are integers. Any library
that knows the Arrow PyCapsule interface takes it as it is (`polars.DataFrame(frame)`, `duckdb.sql("from frame")`,
`pandas.DataFrame.from_arrow(frame)`); for that alone pyarrow is imported. Without it there are the columns:
`pandas.DataFrame(frame.columns)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from taper.errors import MissingExtraError, QuantityError, ScheduleError
from taper.finding import Finding, Report
from taper.order.parts import TIMES
from taper.paper.sections import findings
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.regimen import Item
from taper.schedule.schedule import Schedule
from taper.schedule.supply import Fill, Supply
from taper.values import dataclass

if TYPE_CHECKING:
    from rich.table import Table

Content = Literal["days", "steps"]
Kind = Literal["text", "date", "integer", "decimal", "float"]

_PLACES = 6  # of a column of decimals, more where a value needs them: the same type whatever the plan
_MOST_PLACES = 18
_REASONS = ("measured", "limit", "advice", "sources")


@dataclass(frozen=True)
class Frame:
    """A table of plain values.

    Attributes:
        name: What its rows are: days, steps, supply or findings.
        columns: The values of each column, by its name; None where there is none.
        kinds: What kind of values each column has: text, date, integer, decimal (exact) or float.
        notes: What is to be said beside the table: of a report by what it was judged, and what was not checked.
    """

    name: str
    columns: dict[str, list[Any]]
    kinds: dict[str, Kind]
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(next(iter(self.columns.values())))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield each row by the names of its columns."""
        for values in zip(*self.columns.values(), strict=True):
            yield dict(zip(self.columns, values, strict=True))

    def to_arrow(self) -> Any:
        """Return a `pyarrow.Table`.

        Raises:
            MissingExtraError: The package pyarrow is not installed.
            ScheduleError: An amount has more decimals than a table can carry.
        """
        try:
            import pyarrow as pa
        except ImportError:
            raise MissingExtraError("pyarrow", "arrow", "an Arrow table") from None

        types = {"text": pa.string(), "date": pa.date32(), "integer": pa.int64(), "float": pa.float64()}
        fields, arrays = [], []
        for name, values in self.columns.items():
            kind = self.kinds[name]
            of = types[kind] if kind != "decimal" else pa.decimal128(38, _places(name, values))
            fields.append(pa.field(name, of))
            arrays.append(pa.array(values, type=of))
        return pa.table(arrays, schema=pa.schema(fields, metadata={"taper": self.name}))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the table to a library that knows the Arrow PyCapsule interface."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __rich__(self) -> Table:
        """Show it where rich prints."""
        from rich.table import Table
        from rich.text import Text

        shown = Table(title=self.name, caption=Text("\n".join(self.notes)) if self.notes else None)
        for name in self._shown:
            shown.add_column(name, justify="left" if self.kinds[name] in ("text", "date") else "right")
        for row in self.rows():
            shown.add_row(*(Text(_plain(row[name])) for name in self._shown))  # as it is, no markup
        return shown

    @property
    def _shown(self) -> list[str]:
        """The columns that people see: of findings what stands in their one line, as everywhere."""
        return [name for name in self.columns if self.name != "findings" or name not in _REASONS]

    def _repr_html_(self) -> str:
        """Show it in a notebook, every text escaped."""
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self._shown)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(_plain(row[name]))}</td>' for name in self._shown)}</tr>"
            for row in self.rows()
        )
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        return f'<div class="taper">{notes}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def to_frame(value: Schedule | Supply | Report, of: Content = "days") -> Frame:
    r"""Return a schedule, a supply or a report as a table.

    Args:
        value: A schedule gives its days or steps; a supply a row for each fill and product; a report a row for each run
            of days that a rule found.
        of: Of a schedule: ``days``, a row for each intake of each day (one with 0 mg for a day without a dose), or
            ``steps``, a row for each step and drug. The first day without the drug is no row: `Schedule.stopped_on`.

    Raises:
        ScheduleError: It is something else, or has an amount that no decimal can carry.

    >>> import taper
    >>> table = "start,end,time,drug,dose_mg\n2026-01-05,2026-01-06,bedtime,diazepam,2.5\n"
    >>> to_frame(taper.read_table(table)).columns["dose_mg"]
    [Decimal('2.5'), Decimal('2.5')]
    """
    if isinstance(value, Schedule):
        if of not in ("days", "steps"):
            raise ScheduleError(f"{of!r} is not one of days, steps", field="of")
        return _frame("days", _DAYS, _days(value)) if of == "days" else _frame("steps", _STEPS, _steps(value))
    if isinstance(value, Supply):
        return _frame("supply", _SUPPLY, _fills(value))
    if isinstance(value, Report):
        rows = (row for finding in value.findings for row in _finding(finding))
        said = (f"Not checked: {reason}" for reason in findings.not_checked(value))
        notes = (findings.summary(value), value.judged_by, *said)
        return _frame("findings", _FINDINGS, rows, tuple(note for note in notes if note))
    raise ScheduleError(f"this takes a schedule, a supply or a report, not {type(value).__name__!r}")


_DAYS: dict[str, Kind] = {
    "date": "date",
    "step": "integer",
    "time": "text",
    "drug": "text",
    "dose_mg": "decimal",
    "products": "text",
    "day_total_mg": "decimal",
}
_STEPS: dict[str, Kind] = {
    "step": "integer",
    "start": "date",
    "end": "date",
    "days": "integer",
    "drug": "text",
    "total_mg": "decimal",
    **{f"{time}_mg": "decimal" for time in TIMES},
    "cut_mg": "decimal",
    "cut_of_current": "float",
    "cut_of_start": "float",
}
_SUPPLY: dict[str, Kind] = {
    "fill": "integer",
    "start": "date",
    "end": "date",
    "product": "text",
    "unit": "text",
    "needed": "decimal",
    "handed": "decimal",
    "carried": "decimal",
    "left": "decimal",
    "so_far": "decimal",
}
_FINDINGS: dict[str, Kind] = {
    "code": "text",
    "severity": "text",
    "step": "integer",
    "on": "date",
    "until": "date",
    "message": "text",
    "measured": "text",
    "limit": "text",
    "advice": "text",
    "sources": "text",
}


def _frame(name: str, kinds: dict[str, Kind], rows: Iterable[tuple[Any, ...]], notes: tuple[str, ...] = ()) -> Frame:
    columns: dict[str, list[Any]] = {column: [] for column in kinds}
    try:
        for row in rows:
            for values, value in zip(columns.values(), row, strict=True):
                values.append(value)
    except QuantityError as problem:
        raise ScheduleError(f"{problem.message}; no table has the {name} exactly", field=name) from None
    return Frame(name, columns, kinds, notes)


def _days(schedule: Schedule) -> Iterator[tuple[Any, ...]]:
    for step in schedule.steps:
        totals = step.totals
        cells: list[tuple[Any, ...]] = [
            (
                intake.time,
                intake.drug,
                intake.dose.decimal,
                " + ".join(map(_item, intake.items)),
                totals[intake.drug].decimal,
            )
            for intake in step.intakes
        ] or [(None, None, Decimal(0), "", Decimal(0))]
        for offset in range(step.days):
            yield from ((step.start + timedelta(days=offset), step.number, *row) for row in cells)


def _steps(schedule: Schedule) -> Iterator[tuple[Any, ...]]:
    several = len(schedule.drugs) > 1
    for index, step in enumerate(schedule.steps):
        cut = schedule.cuts[index] if index and not several else None
        cuts: tuple[Any, ...] = (None, None, None)
        if cut is not None:
            current = cut.of_current if cut.before or not cut.after else None
            # A part such as a third has no decimal: these columns are for statistics; the mg are exact.
            cuts = cut.amount.decimal, None if current is None else float(current), float(cut.of_start)
        drugs: list[str | None] = [*dict.fromkeys(intake.drug for intake in step.intakes)]
        for drug in drugs or [None]:
            own = [intake for intake in step.intakes if intake.drug == drug]
            doses = [sum((i.dose for i in own if i.time == time), Mg(0)).decimal for time in TIMES]
            total = sum((intake.dose for intake in own), Mg(0)).decimal
            yield step.number, step.start, step.end, step.days, drug, total, *doses, *cuts


def _fills(supply: Supply) -> Iterator[tuple[Any, ...]]:
    """Yield a row for each fill and product; the days before a revision are fill 0."""
    numbered: list[tuple[int, Fill]] = [(0, supply.past)] if supply.past is not None else []
    for number, fill in [*numbered, *enumerate(supply.fills, 1)]:
        for line in (*fill.lines, *fill.unneeded):
            unit = "mL" if isinstance(line.needed, Ml) else "pieces"
            amounts: tuple[Pieces | Ml, ...] = (line.needed, line.handed, line.carried, line.left, line.so_far)
            yield number, fill.start, fill.end, line.product, unit, *(amount.decimal for amount in amounts)


def _finding(finding: Finding) -> Iterator[tuple[Any, ...]]:
    sources = "; ".join(f"{source.title}, {source.locator}" for source in finding.sources)
    for run in finding.runs or (finding,):
        yield (
            finding.code,
            str(run.severity),
            run.step,
            run.on,
            run.until,
            run.message,
            run.measured,
            run.limit,
            finding.advice,
            sources,
        )


def _item(item: Item) -> str:
    if item.volume is not None:
        return f"{item.volume.number} mL x {item.product}"
    return item.product if item.count is None else f"{item.count.number} x {item.product}"


def _places(column: str, values: list[Any]) -> int:
    """Return how many decimals a column has, at least six."""
    exponents = (-int(value.as_tuple().exponent) for value in values if value is not None)
    most = max([_PLACES, *exponents])
    if most > _MOST_PLACES:
        raise ScheduleError(
            f"a value has {most} decimals, more than {_MOST_PLACES}, which no table carries", field=column
        )
    return most


def _plain(value: Any) -> str:
    """Write a value for people."""
    if isinstance(value, float):
        return f"{value:.4g}"
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
