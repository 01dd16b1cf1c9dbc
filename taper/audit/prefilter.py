"""Which persons need no checker: decided in SQL, in integers, so that it may look at too many and never at too few.

A person is left out only if every row is understood and plain (one even daily amount, no directions of their own
days, one kind of record), the daily dose never rises, never falls by more than the gentlest limit that judges it and
never sooner after a change than the longest of their windows, there is no break longer than the gap, and the supply
reaches the end of the data, or misses it by less than a stop. Then no rule of pace or stop can find anything; a law of
the tests says so on random histories. Doses are micrograms a day as a fraction of two integers, days are integers, and
fractions are compared by multiplication in 128 bits.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from taper import catalog
from taper.audit.conventions import MOST_ROWS, Conventions
from taper.audit.sources import HISTORY, OMOP, quoted
from taper.catalog import Guideline
from taper.checker.case import applying
from taper.exchange.conventions import MOST_PIECES
from taper.exchange.tables.csv_rows import plain_cell
from taper.exchange.tables.meaning import meaning_of
from taper.exchange.tables.pharmacy_history import OMOP_TYPES
from taper.exchange.tables.supply import Problem, Supply

if TYPE_CHECKING:
    import duckdb

_MOST = 10**9
"""Numerators and denominators up to this multiply in 128 bits without running over."""
_LONGEST = 30_000
"""Days from first to last beyond which the reader may refuse a record."""


class Gentle(NamedTuple):
    """The cuts of one drug that no rule of pace can find fault with.

    Attributes:
        part: The largest part of the dose before; zero if every cut must be looked at.
        days: Days that each dose is kept at least.
    """

    part: Fraction
    days: int


NO_CUT = Gentle(Fraction(0), 0)


@lru_cache(maxsize=256)
def gentle(drug: str, guidelines: tuple[str, ...]) -> Gentle:
    """Return the cuts of a drug that are gentle by every limit that judges it.

    Only limits in percent of the current dose, for every dose, can be kept in this way; where there is any other, or
    where none judges the size or the time of a cut, every cut is looked at.
    """
    names = guidelines or catalog.default_guidelines(None, (drug,))[0]
    chosen: tuple[Guideline, ...] = tuple(catalog.guideline(name) for name in dict.fromkeys(names))
    by_kind = applying(chosen, (drug,))
    parts: list[Fraction] = []
    days = 1
    for kind in ("window_ceiling", "step", "first_cut"):
        for _, limit in by_kind.get(kind, ()):
            if limit.fraction is None or limit.basis == "start" or limit.mg is not None:
                return NO_CUT
            parts.append(limit.fraction)
            days = max(days, limit.window_days or 0)
    for _, limit in by_kind.get("interval", ()):
        days = max(days, limit.days or 0)
    ceilings = [limit for _, limit in by_kind.get("window_ceiling", ())]
    if not ceilings or not by_kind.get("interval"):
        return NO_CUT
    for _, limit in by_kind.get("crossover", ()):
        days = max(days, limit.days or 0)
    return Gentle(min(parts), max(days, 2 * 7) + 1)


def prefilter(connection: duckdb.DuckDBPyConnection, conventions: Conventions) -> None:
    """Find the persons of the table ``rows`` who need no checker.

    Makes the tables ``people`` (each person's number), ``meant`` (what the reader makes of each distinct text),
    ``fills`` (the rows in numbers), ``plain`` (one row for each person who needs no checker) and ``spans`` (their
    supplies).

    Args:
        connection: A database with the table ``rows``, whose columns are those of `taper.audit.sources.SCHEMA`.
        conventions: The conventions.
    """
    _understood(connection, conventions)
    carry = conventions.carry_over
    for query in (_PERSONS, _FILLS, _SEVERAL, _DAYS, _SEQUENCE):
        connection.execute(query)
    connection.execute(
        _PEOPLE.format(
            end=conventions.end_of_data.toordinal(),
            gap=conventions.gap,
            carried="e_carry" if carry else "e_own",
            other="e_own" if carry else "e_carry",
            supplied="length" if carry else "least(length, coalesce(d_after - d, length))",
            longest=_LONGEST,
            most_rows=MOST_ROWS,
        )
    )
    connection.execute(
        _SPANS.format(
            start="greatest(d, coalesce(e_carry_before, d))" if carry else "d",
            end="e_carry" if carry else "least(e_own, coalesce(d_after, e_own))",
        )
    )


_MEANT = {
    **dict.fromkeys(("k", "product", "strength", "quantity", "days", "sig"), "string"),
    "ok": "bool",
    "drug": "string",
    "line": "string",
    "num": "int64",
    "den": "int64",
    "length": "int32",
    "part_num": "int64",
    "part_den": "int64",
    "kept": "int32",
    "words": "bool",
    "reason": "string",
}
"""Columns of the table ``meant``, and their types."""


def _understood(connection: duckdb.DuckDBPyConnection, conventions: Conventions) -> None:
    """Ask the reader what each distinct text of the rows means."""
    import pyarrow as pa

    texts = connection.execute(_TEXTS).fetchall()
    rows = [(*text, *_values(_plain_meaning(*map(plain_cell, text[1:])), conventions)) for text in texts]
    schema = pa.schema([(name, pa.type_for_alias(alias)) for name, alias in _MEANT.items()])
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in _MEANT]
    connection.register("meant_table", pa.table(columns, schema=schema))
    connection.execute("CREATE OR REPLACE TABLE meant AS SELECT row_number() OVER () AS id, * FROM meant_table")
    connection.unregister("meant_table")


def _values(one: Plain, conventions: Conventions) -> tuple[object, ...]:
    limits = gentle(one.drug, conventions.guidelines) if one.ok else NO_CUT
    return (
        one.ok,
        one.drug,
        one.line,
        one.amount.numerator,
        one.amount.denominator,
        one.days,
        limits.part.numerator,
        limits.part.denominator,
        limits.days,
        one.words,
        one.reason,
    )


class Plain(NamedTuple):
    """What the reader makes of the texts of a row.

    Attributes:
        ok: Whether it is one even daily amount for known days.
        drug: The drug; empty if it is not clear.
        line: What counts as the same product.
        amount: Micrograms a day.
        days: Days of supply.
        words: Whether the directions were kept as words.
        reason: Why it is not plain, for the table of coverage; empty if a dose is known.
    """

    ok: bool
    drug: str
    line: str
    amount: Fraction
    days: int
    words: bool
    reason: str


@lru_cache(maxsize=65536)
def _plain_meaning(product: str, strength: str, quantity: str, days: str, sig: str) -> Plain:
    medicine, supply, by_months = meaning_of(product, strength, quantity, days, sig)
    drug, problem = medicine.drug, supply.problem
    none = Plain(False, drug, "", Fraction(0), 0, False, _reason(quantity, problem, supply))
    if not supply.stretches or len(supply.stretches) > 1 or by_months or supply.stops or drug not in catalog.drugs():
        return none
    if problem is not None and problem.kind != "text":
        return none
    (stretch,) = supply.stretches
    assert medicine.strength is not None
    amount = medicine.strength.value * stretch.amount / (stretch.days or 1) * 1000
    if stretch.every != 1 or (not medicine.liquid and stretch.daily > MOST_PIECES):
        return none
    if max(amount.numerator, amount.denominator) > _MOST or not amount:
        return none
    line = f"{medicine.strength.number}{' per mL' if medicine.liquid else ''}"
    return Plain(True, drug, line, amount, stretch.days or 0, problem is not None, "")


def _reason(quantity: str, problem: Problem | None, supply: Supply) -> str:
    """Say why a row gives no dose; empty if it does."""
    if problem is None or supply.stretches:
        return ""
    return "The quantity is negative: a reversal" if quantity[:1] in "-−–" and quantity else problem.text


_TEXTS = f"""
SELECT DISTINCT kind, CASE WHEN kind = {quoted(OMOP)} AND product = '' THEN source_value ELSE product END AS product,
    strength, quantity, days, sig
FROM rows WHERE resource = '' ORDER BY ALL"""
_DAY = "'^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].{0,40})?$'"
_MEANINGS = " ".join(f"WHEN {quoted(code)} THEN {quoted(meaning)}" for code, meaning in OMOP_TYPES.items())
_PERSONS = """
CREATE OR REPLACE TABLE people AS
SELECT person, CAST(row_number() OVER (ORDER BY person) AS INTEGER) AS p FROM (SELECT DISTINCT person FROM rows)"""
_FILLS = f"""
CREATE OR REPLACE TABLE fills AS
WITH cells AS (
    SELECT person, source, number, kind, strength, quantity, days, sig,
        CASE WHEN kind = {quoted(OMOP)} AND product = '' THEN source_value ELSE product END AS product,
        CASE WHEN regexp_matches(day, {_DAY}) THEN TRY_CAST(day[1:10] AS DATE) END AS d,
        CASE WHEN kind = {quoted(HISTORY)} THEN 'supplied' ELSE CASE type {_MEANINGS} END END AS meaning,
        refills NOT IN ('', '0') AS refilled,
        verbatim_end = '' AS no_verbatim,
        "end" AS written_end,
        resource = '' AS readable
    FROM rows)
SELECT people.p, source, number, m.id, meaning, refilled, m.drug, m.line, m.num, m.den, m.length, m.part_num,
    m.part_den, m.kept, CAST(date_diff('day', DATE '0001-01-01', d) + 1 AS INTEGER) AS d,
    coalesce(m.ok AND readable AND d IS NOT NULL AND year(d) BETWEEN 1900 AND 2200 AND meaning IS NOT NULL
        AND meaning <> 'taken' AND no_verbatim
        AND (written_end = '' OR written_end = CAST(d + m.length - 1 AS DATE)::VARCHAR), false) AS ok
FROM cells JOIN people USING (person)
LEFT JOIN meant m ON cells.kind = m.k AND cells.product = m.product AND cells.strength = m.strength
    AND cells.quantity = m.quantity AND cells.days = m.days AND cells.sig = m.sig"""
_SEVERAL = """
CREATE OR REPLACE TABLE several AS SELECT p, d FROM fills WHERE d IS NOT NULL GROUP BY p, d HAVING count(*) > 1"""
_DAYS = """
CREATE OR REPLACE TABLE days AS
SELECT p, d, 1 AS fills, ok, length, drug, line AS lines, num, den, NULL::BIGINT[][] AS amounts, part_num, part_den,
    kept
FROM fills ANTI JOIN several USING (p, d)
UNION ALL
SELECT p, d, count(*),
    bool_and(ok) AND count(DISTINCT line) = count(*) AND min(length) = max(length) AND min(drug) = max(drug),
    min(length), min(drug), string_agg(line || '=' || num || '/' || den, '+' ORDER BY line), NULL, NULL,
    list([num, den] ORDER BY line), min(part_num), max(part_den), max(kept)
FROM fills SEMI JOIN several USING (p, d) GROUP BY p, d"""
_SEQUENCE = """
CREATE OR REPLACE TABLE sequence AS
WITH sums AS (
    SELECT *, sum(length) OVER w AS s, lag(num) OVER w AS num_before, lag(den) OVER w AS den_before,
        lag(d) OVER w AS d_before, lead(d) OVER w AS d_after, lag(d + length) OVER w AS e_own_before
    FROM days WINDOW w AS (PARTITION BY p ORDER BY d ROWS UNBOUNDED PRECEDING)),
marked AS (
    SELECT *, coalesce(num::HUGEINT * den_before <> num_before::HUGEINT * den, false) AS changed FROM sums)
SELECT * EXCLUDE (s), d + length AS e_own, CAST(s + max(d - (s - length)) OVER w AS INTEGER) AS e_carry,
    CAST(s - length + max(d - (s - length)) OVER before AS INTEGER) AS e_carry_before,
    max(CASE WHEN changed OR d_before IS NULL THEN d END) OVER before AS kept_since
FROM marked WINDOW w AS (PARTITION BY p ORDER BY d ROWS UNBOUNDED PRECEDING),
    before AS (PARTITION BY p ORDER BY d ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"""
_PEOPLE = """
CREATE OR REPLACE TABLE plain AS
WITH dated AS (
    SELECT *, coalesce(d - {carried}_before, 0) AS gap_days,
        changed AND (
            num::HUGEINT * den_before > num_before::HUGEINT * den
            OR (num_before::HUGEINT * den - num::HUGEINT * den_before) * part_den > num_before::HUGEINT * den * part_num
            OR d - kept_since < kept
            OR {carried}_before < d
            OR greatest(e_carry_before, e_own_before) > d) AS looked_at
    FROM sequence),
judged AS (
    SELECT p, CAST(sum(fills) AS BIGINT) AS n, min(d) AS first_d, arg_max({carried}, d) AS until,
        arg_max({other}, d) AS until_other, bool_or(changed) AS changed, bool_or(gap_days > 0) AS gap,
        min(drug) AS drug,
        CAST(sum(fills * {supplied}) AS BIGINT) AS supply_days,
        bool_and(ok) AND min(drug) = max(drug) AND min(lines) = max(lines) AND NOT bool_or(looked_at)
            AND max(d) - min(d) < {longest} AND sum(fills) <= {most_rows} AND max(gap_days) <= {gap} AS ok
    FROM dated GROUP BY p),
kinds AS (
    SELECT p, min(meaning) AS meaning, min(meaning) = max(meaning) AS one_meaning, list(DISTINCT id ORDER BY id) AS ids,
        bool_or(refilled) AS refilled
    FROM fills GROUP BY p)
SELECT judged.*, kinds.* EXCLUDE (p), {end} - (until - 1) AS unseen
FROM judged JOIN kinds USING (p) WHERE ok AND one_meaning AND {end} - (until - 1) <= {gap}"""
_SPANS = """
CREATE OR REPLACE TABLE spans AS
SELECT p, list(({start}, {end}, coalesce(amounts, [[num, den]])) ORDER BY d) AS spans
FROM sequence SEMI JOIN (SELECT p FROM plain WHERE changed OR gap) USING (p) GROUP BY p
UNION ALL
SELECT p, [(plain.first_d, plain.until, coalesce(amounts, [[num, den]]))]
FROM plain JOIN sequence USING (p) WHERE NOT plain.changed AND NOT plain.gap AND sequence.d = plain.first_d"""
