"""The tables that may be shared: counts only, small cells redacted, each with the conventions that made it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from taper.audit import small_cells
from taper.audit.conventions import GAPS, Conventions
from taper.audit.measures import DOSE_BANDS
from taper.audit.small_cells import Rule
from taper.audit.sources import quoted
from taper.checker.rules import RULES

if TYPE_CHECKING:
    import duckdb

Count = int | None
_SHORT = "not long enough, or days are unknown"
_TOO_FAST = "pace_worst IN ('warning', 'alert')"
_READ = "status <> 'not read'"
_ABRUPT = "codes LIKE '%T106:alert%' OR codes LIKE '%T106:warning%'"
STATUSES = ("on treatment", "too early to say", "stopped", "unknown")
DOSES = (
    f"up to {DOSE_BANDS[0]} mg",
    *(f"{low} to {high} mg" for low, high in pairwise(DOSE_BANDS)),
    f"above {DOSE_BANDS[-1]} mg",
    "no equivalence",
)
CUTS = ("none", "up to 10 %", "10 to 25 %", "25 to 50 %", "above 50 %", "no equivalence")
MONTHS = (
    "no fall",
    "up to 10 %",
    "11 to 20 %",
    "21 to 30 %",
    "over 30 %",
    "less than two months",
    "days are unknown",
    "no equivalence",
)
PARTS = ("all", "80 % and more", "50 to 80 %", "below 50 %", "not known")
_COVERED = (
    "CASE WHEN coalesce(span, 0) = 0 THEN 'not known' WHEN covered >= span THEN 'all' "
    "WHEN 100 * covered >= 80 * span THEN '80 % and more' WHEN 100 * covered >= 50 * span THEN '50 to 80 %' "
    "ELSE 'below 50 %' END"
)


class Shared(NamedTuple):
    """A table of counts that may be shared.

    Attributes:
        name: Its name in the tidy tables.
        title: What it shows, for people.
        note: The conventions beside it.
        labels: What its rows are divided by.
        columns: What is counted.
        rows: The labels and the counts of each row; None is redacted.
    """

    name: str
    title: str
    note: str
    labels: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[Count, ...]], ...]

    def value(self, column: str, *labels: str) -> Count:
        """Return one count; zero where there is no such row."""
        place = self.columns.index(column)
        return next((counts[place] for own, counts in self.rows if own == labels), 0)


def shared_tables(connection: duckdb.DuckDBPyConnection, conventions: Conventions, broken: int) -> list[Shared]:
    """Return all tables that may be shared.

    Args:
        connection: A database with the tables of an audit.
        conventions: The conventions.
        broken: Lines of the sources that are no rows.
    """
    made = _Maker(connection, conventions)
    stop = (
        f"a stop is more than {conventions.gap} days without supply that the data show, up to {conventions.end_of_data}"
    )
    tables = [made.flow(broken), made.status(stop), made.sensitivity()]
    tables.append(made.codes())
    tables += [
        made.by_level(
            "pace",
            "Gravest finding of pace or stop (persons)",
            "rules T101 to T117; a severity is graded by danger",
            f"SELECT coalesce(nullif(pace_worst, ''), 'none') AS level FROM persons WHERE {_READ}",
            ("none", "note", "warning", "alert"),
        ),
        made.stops(stop),
        made.by_level(
            "cuts",
            "Largest cut between two neighboring doses (persons)",
            "the stop is not a cut; diazepam equivalent by the highest of the tables",
            f"SELECT largest_cut AS level FROM persons WHERE {_READ}",
            CUTS,
        ),
        made.by_level(
            "monthly",
            "Largest fall from one 30-day mean to the next (persons; bands of PMC11044711, opioids)",
            "days without supply count as zero up to the last day that is known",
            f"SELECT monthly AS level FROM persons WHERE {_READ}",
            MONTHS,
        ),
        made.by_level(
            "windows",
            f"A {conventions.window}-day mean 15 % or more below the first (persons; after Fenton 2019, opioids)",
            f"six windows of {conventions.window} days, 30 days apart; the first of the data is the baseline, with no "
            "demand on the time before",
            f"SELECT coalesce(nullif(fenton, ''), {quoted(_SHORT)}) AS level FROM persons WHERE {_READ}",
            ("taper", "no taper", _SHORT),
        ),
        made.by_level(
            "covered",
            "Days with supply, of those from the first to the last (persons)",
            "supplied, never taken; every day without supply between them counts",
            f"SELECT {_COVERED} AS level FROM persons WHERE {_READ}",
            PARTS,
        ),
        made.denominators(),
        *(made.by_stratum(*stratum) for stratum in _STRATA),
        made.coverage(),
        made.unread(),
        made.time_to_zero(),
    ]
    return [table for table in tables if table.rows]


_STRATA = (
    ("drug", "By drug", "drugs"),
    ("prescriber", "By prescriber, the last one of each person", "prescriber"),
    ("practice", "By practice", "practice"),
    ("sex", "By sex", "sex"),
    ("age_band", "By age band", "age_band"),
    ("year", "By year of the first supply", "CAST(year(first_day) AS VARCHAR)"),
)


class _Maker:
    def __init__(self, connection: duckdb.DuckDBPyConnection, conventions: Conventions) -> None:
        self._connection, self._conventions = connection, conventions
        self._rule = Rule(conventions.small_cells, conventions.round_to)

    def _ask(self, query: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(query).fetchall()

    def _one_family(
        self, head: tuple[str, str, str], label: str, counts: Iterable[tuple[str, int]], column: str = "persons"
    ) -> Shared:
        found = list(counts)
        shown = small_cells.family([count for _, count in found], self._rule)
        rows = tuple(((level,), (count,)) for (level, _), count in zip(found, shown, strict=True))
        return Shared(*head, (label,), (column,), rows)

    def by_level(self, name: str, title: str, note: str, query: str, order: Sequence[str] = ()) -> Shared:
        """Return how many persons there are of each level of a column."""
        found = dict(self._ask(f"SELECT level, count(*) FROM ({query}) GROUP BY level ORDER BY level"))
        levels = [*order, *(level for level in found if level not in order)]
        return self._one_family((name, title, note), "level", ((level, found.get(level, 0)) for level in levels))

    def codes(self) -> Shared:
        """Return how many persons have a finding of each rule, by its gravest severity."""
        found = self._ask(
            "SELECT split_part(code, ':', 1), split_part(code, ':', 2), count(*) FROM "
            "(SELECT unnest(string_split(codes, ' ')) AS code FROM persons WHERE codes <> '') GROUP BY ALL ORDER BY ALL"
        )
        names = {rule.code: rule.name for rule in RULES}
        severities = ("alert", "warning", "note")
        by_code: dict[str, dict[str, int]] = {}
        for code, severity, count in found:
            by_code.setdefault(code, dict.fromkeys(severities, 0))[severity] = count
        shown = small_cells.table(list(by_code.values()), {}, self._rule)
        rows = tuple(
            ((f"{code}: {names.get(code, '')}",), tuple(row[severity] for severity in severities))
            for code, row in zip(by_code, shown, strict=True)
        )
        title, note = "Findings of every rule (persons)", "the rules of taper check; taper rule CODE explains one"
        return Shared("codes", title, note, ("rule",), severities, rows)

    def flow(self, broken: int) -> Shared:
        """Return how many of the sources' persons come through to each stage."""
        (counts,) = self._ask(
            f"SELECT count(*), count(*) FILTER ({_READ}), count(*) FILTER ({_READ} AND checked), "
            f"count(*) FILTER ({_TOO_FAST}), count(*) FILTER (pace_worst = 'alert') FROM persons"
        )
        stages = (
            "persons in the sources",
            "with a dose that is known",
            "not plain, so looked at by the checker",
            "with a warning or an alert of pace or stop",
            "with an alert of pace or stop",
        )
        totals = small_cells.stages(counts, self._rule)
        rows = tuple(((stage,), (total,)) for stage, total in zip(stages, totals, strict=True))
        note = (
            f"lines of the sources that are no rows at all: {broken}" if broken > self._conventions.small_cells else ""
        )
        return Shared("flow", "Flow of persons", note, ("stage",), ("persons",), rows)

    def status(self, stop: str) -> Shared:
        """Return how the supplies end."""
        return self.by_level(
            "status",
            "How the supplies end (persons)",
            stop,
            f"SELECT status AS level FROM persons WHERE {_READ}",
            STATUSES,
        )

    def sensitivity(self) -> Shared:
        """Return the same for each gap, with and without carry-over."""
        own, other = ("carried over", "not carried over")[:: 1 if self._conventions.carry_over else -1]
        rows: list[tuple[tuple[str, ...], tuple[Count, ...]]] = []
        for prefix, name in (("status", own), ("other", other)):
            for gap in GAPS:
                found = dict(self._ask(f"SELECT {prefix}_{gap}, count(*) FROM persons WHERE {_READ} GROUP BY 1"))
                counts = small_cells.family([found.get(status, 0) for status in STATUSES], self._rule)
                rows.append(((str(gap), name), tuple(counts)))
        return Shared(
            "sensitivity",
            "How the supplies end, by gap and carry-over (persons)",
            "the headline under other conventions",
            ("gap in days", "early refills"),
            STATUSES,
            tuple(rows),
        )

    def stops(self, stop: str) -> Shared:
        """Return the stops by last dose."""
        found = {
            level: counts
            for level, *counts in self._ask(
                f"SELECT last_band, count(*), count(*) FILTER ({_ABRUPT}), count(*) FILTER (pace_worst = 'alert') "
                "FROM persons WHERE status = 'stopped' GROUP BY 1"
            )
        }
        columns = ("stopped", "not reduced before", "with an alert")
        counts = [dict(zip(columns, found.get(level, (0, 0, 0)), strict=True)) for level in DOSES]
        shown = small_cells.table(counts, {columns[1]: columns[0], columns[2]: columns[0]}, self._rule)
        rows = tuple(
            ((level,), tuple(row[column] for column in columns)) for level, row in zip(DOSES, shown, strict=True)
        )
        note = f"{stop}; the last dose in diazepam equivalent by the highest of the tables"
        return Shared("stops", "Stops by last daily dose (persons)", note, ("last dose",), columns, rows)

    def denominators(self) -> Shared:
        """Return the same doses over four denominators."""
        names = {
            "days of supply added up": "band_days_supply",
            "days with supply": "band_days_covered",
            "all days up to the end of the data": "band_window",
            "highest day": "band_highest",
        }
        rows = []
        for name, column in names.items():
            found = dict(self._ask(f"SELECT {column}, count(*) FROM persons WHERE {_READ} GROUP BY 1"))
            rows.append(((name,), tuple(small_cells.family([found.get(level, 0) for level in DOSES], self._rule))))
        title = "Mean daily dose by four denominators (persons)"
        note = (
            "studies differ threefold by the denominator alone (PMC8270512); diazepam equivalent by the highest table"
        )
        return Shared("denominators", title, note, ("denominator",), DOSES, tuple(rows))

    def by_stratum(self, name: str, title: str, column: str) -> Shared:
        """Return the headline for each stratum."""
        found = self._ask(
            f"SELECT coalesce(nullif({column}, ''), 'not recorded') AS stratum, count(*), count(*) FILTER (cuts > 0), "
            f"count(*) FILTER ({_TOO_FAST}), count(*) FILTER (status = 'stopped'), count(*) FILTER ({_ABRUPT}) "
            f"FROM persons WHERE {_READ} GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        columns = ("persons", "reduced", "warning or alert", "stopped", "stopped abruptly or broken off")
        if [row[0] for row in found] == ["not recorded"]:
            return Shared(name, title, "", (name,), columns, ())
        counts = [dict(zip(columns, row[1:], strict=True)) for row in found]
        shown = small_cells.table(counts, dict.fromkeys(columns[1:], columns[0]), self._rule)
        rows = tuple(
            ((row[0],), tuple(one[column] for column in columns)) for row, one in zip(found, shown, strict=True)
        )
        return Shared(name, f"{title} (persons)", "one stratum a person", (name,), columns, rows)

    def coverage(self) -> Shared:
        """Return of how many rows the dose is known."""
        found = self._ask("SELECT drug, reason, CAST(sum(rows) AS BIGINT) FROM coverage GROUP BY 1, 2 ORDER BY 1, 2")
        shown = small_cells.family([count for _, _, count in found], self._rule)
        rows = tuple(
            ((drug, reason or "dose is known"), (count,)) for (drug, reason, _), count in zip(found, shown, strict=True)
        )
        return Shared("coverage", "Coverage of doses (rows)", "each row for itself", ("drug", "dose"), ("rows",), rows)

    def unread(self) -> Shared:
        """Return why rows do not count."""
        found = self._ask("SELECT reason, count(*) FROM unread GROUP BY 1 ORDER BY 2 DESC, 1")
        head = (
            "unread",
            "Rows that do not count, by reason",
            "never used for pace; listed row by row with --person-level",
        )
        return self._one_family(head, "reason", found, "rows")

    def time_to_zero(self) -> Shared:
        """Return the time from the first cut to the stop, month by month, by Kaplan and Meier.

        Events of a month that are too few are counted in the next month that has enough.
        """
        found = self._ask(
            f"""SELECT greatest(date_diff('day', first_cut, CASE status WHEN 'stopped' THEN last_day + 1
            WHEN 'on treatment' THEN greatest(known_until, last_day) ELSE last_day END), 0) // 30 AS month,
            count(*) FILTER (status = 'stopped'), count(*)
            FROM persons WHERE {_READ} AND cuts > 0 GROUP BY 1 ORDER BY 1"""
        )
        at_risk = sum(row[2] for row in found)
        rows: list[tuple[tuple[str, ...], tuple[Count, ...]]] = []
        events, left, survival = 0, at_risk, (1, 1)
        by_month = {month: (stopped, gone) for month, stopped, gone in found}
        for month in range(max(by_month, default=-1) + 1):
            stopped, gone = by_month.get(month, (0, 0))
            events += stopped
            shown_risk, shown = self._rule.rounded(left), 0
            if self._rule.is_small(left):
                break
            if events and not self._rule.is_small(events):
                shown, events = self._rule.rounded(events), 0
                part = max(shown_risk - shown, 0)
                survival = (survival[0] * part, survival[1] * shown_risk)
            percent = (2 * 100 * survival[0] + survival[1]) // (2 * survival[1])
            rows.append(((str(month),), (shown_risk, shown, percent)))
            left -= gone
        note = "from the first cut, among those with a cut; censored where the supply is last known; of rounded counts"
        columns = ("at risk", "stopped", "percent not stopped")
        return Shared("time_to_zero", "Time from the first cut to zero", note, ("months",), columns, tuple(rows))


def as_csv(tables: Sequence[Shared]) -> str:
    """Return all tables as one long tidy table: one estimate a row, with its strata and its conventions."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("table", "strata_name", "strata_level", "estimate_name", "estimate_value", "convention"))
    for table in tables:
        for labels, counts in table.rows:
            for column, count in zip(table.columns, counts, strict=True):
                value = "redacted" if count is None else str(count)
                strata = (" and ".join(table.labels), " and ".join(map(_disarmed, labels)))
                writer.writerow((table.name, *strata, column, value, table.note))
    return out.getvalue()


def _disarmed(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
