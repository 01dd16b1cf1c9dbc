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
from taper.exchange.record_lines import MEANINGS
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
    ``fills`` (the rows in numbers, for texts of which it makes the same the same ones), ``plain`` (one row for each
    person who needs no checker) and ``spans`` (their supplies).

    Args:
        connection: A database with the table ``rows``, whose columns are those of `taper.audit.sources.SCHEMA`.
        conventions: The conventions.
    """
    _understood(connection, conventions)
    carry = conventions.carry_over
    carried = "e_carry" if carry else "e_own"
    for query in (_PERSONS, _DATES, _FILLS, _SEVERAL, _MIXED, _DAYS, _SEQUENCE, _LOOKED_AT.format(carried=carried)):
        connection.execute(query)
    connection.execute(
        _PEOPLE.format(
            end=conventions.end_of_data.toordinal(),
            gap=conventions.gap,
            carried=carried,
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
_NUMBERED = """
CREATE OR REPLACE TABLE meant AS
SELECT CAST(row_number() OVER () AS INTEGER) AS id, *,
    CASE WHEN ok THEN CAST(dense_rank() OVER (ORDER BY ok, drug) AS INTEGER) END AS drug_no,
    CASE WHEN ok THEN CAST(dense_rank() OVER (ORDER BY ok, line) AS INTEGER) END AS line_no,
    CASE WHEN ok THEN CAST(dense_rank() OVER (ORDER BY ok, num, den) AS INTEGER) END AS amount_no
FROM meant_table"""


def _understood(connection: duckdb.DuckDBPyConnection, conventions: Conventions) -> None:
    """Ask the reader what each distinct text of the rows means."""
    import pyarrow as pa

    texts = connection.execute(_TEXTS).fetchall()
    rows = [(*text, *_values(_plain_meaning(*map(plain_cell, text[1:])), conventions)) for text in texts]
    schema = pa.schema([(name, pa.type_for_alias(alias)) for name, alias in _MEANT.items()])
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in _MEANT]
    connection.register("meant_table", pa.table(columns, schema=schema))
    connection.execute(_NUMBERED)
    connection.execute(
        "CREATE OR REPLACE TABLE amounts AS SELECT DISTINCT amount_no, num, den FROM meant WHERE ok; "
        "CREATE OR REPLACE TABLE gentle AS "
        "SELECT drug_no, drug, part_num, part_den, kept FROM meant WHERE ok GROUP BY ALL"
    )
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
_MEANINGS = " ".join(f"WHEN {quoted(code)} THEN {MEANINGS.index(meaning)}" for code, meaning in OMOP_TYPES.items())
_PERSONS = """
CREATE OR REPLACE TABLE people AS
SELECT person, CAST(row_number() OVER (ORDER BY person) AS INTEGER) AS p FROM (SELECT DISTINCT person FROM rows)"""
_DATES = f"""
CREATE OR REPLACE TABLE dates AS
SELECT day, CAST(date_diff('day', DATE '0001-01-01', written) + 1 AS INTEGER) AS d,
    coalesce(year(written) BETWEEN 1900 AND 2200, false) AS meant
FROM (SELECT day, CASE WHEN regexp_matches(day, {_DAY}) THEN TRY_CAST(day[1:10] AS DATE) END AS written
    FROM (SELECT DISTINCT day FROM rows))"""
_FILLS = f"""
CREATE OR REPLACE TABLE fills AS
WITH cells AS (
    SELECT person, day, kind, strength, quantity, days, sig,
        CASE WHEN kind = {quoted(OMOP)} AND product = '' THEN source_value ELSE product END AS product,
        CAST(CASE WHEN kind = {quoted(HISTORY)} THEN {MEANINGS.index("supplied")} ELSE CASE type {_MEANINGS} END END
            AS TINYINT) AS meaning,
        refills NOT IN ('', '0') AS refilled,
        verbatim_end = '' AND resource = '' AND known_until = '' AS readable,
        "end" AS written_end
    FROM rows)
SELECT people.p, dates.d, m.id, meaning, refilled, m.drug_no, m.line_no, m.amount_no, m.length,
    coalesce(m.ok AND readable AND dates.meant AND meaning <> {MEANINGS.index("taken")}
        AND CASE WHEN written_end = '' THEN true
            ELSE written_end = CAST(TRY_CAST(day[1:10] AS DATE) + m.length - 1 AS DATE)::VARCHAR END, false) AS ok
FROM cells JOIN people USING (person) JOIN dates USING (day)
LEFT JOIN meant m ON cells.kind = m.k AND cells.product = m.product AND cells.strength = m.strength
    AND cells.quantity = m.quantity AND cells.days = m.days AND cells.sig = m.sig"""
_SEVERAL = """
CREATE OR REPLACE TABLE several AS SELECT p, d FROM fills WHERE d IS NOT NULL GROUP BY p, d HAVING count(*) > 1"""
_MIXED = """
CREATE OR REPLACE TABLE mixed AS
SELECT *, CAST(-dense_rank() OVER (ORDER BY lines) AS INTEGER) AS line_no
FROM (SELECT p, d, CAST(count(*) AS INTEGER) AS fills,
        bool_and(fills.ok) AND count(DISTINCT line) = count(*) AND min(fills.length) = max(fills.length)
            AND min(fills.drug_no) = max(fills.drug_no) AS ok,
        min(fills.length) AS length, min(fills.drug_no) AS drug_no,
        string_agg(line || '=' || num || '/' || den, '+' ORDER BY line) AS lines,
        list([num, den] ORDER BY line) AS amounts
    FROM fills SEMI JOIN several USING (p, d) LEFT JOIN meant m USING (id) GROUP BY p, d)"""
_DAYS = """
CREATE OR REPLACE TABLE days AS
SELECT p, d, 1 AS fills, ok, length, drug_no, line_no, amount_no FROM fills ANTI JOIN several USING (p, d)
UNION ALL
SELECT p, d, fills, ok, length, drug_no, line_no, NULL FROM mixed"""
# of one row a person and day, all in integers: each window sorts all of them
_SEQUENCE = """
CREATE OR REPLACE TABLE sequence AS
WITH sums AS (
    SELECT *, CAST(sum(length) OVER w AS INTEGER) AS s, lag(amount_no) OVER w AS amount_before,
        lead(d) OVER w AS d_after, lag(d + length) OVER w AS e_own_before
    FROM days WINDOW w AS (PARTITION BY p ORDER BY d ROWS UNBOUNDED PRECEDING)),
moved AS (
    SELECT *, max(d - (s - length))
        OVER (PARTITION BY p ORDER BY d ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS most_before
    FROM sums)
SELECT * EXCLUDE (s, most_before), d + length AS e_own, s + greatest(most_before, d - (s - length)) AS e_carry,
    s - length + most_before AS e_carry_before, coalesce(amount_no <> amount_before, false) AS changed
FROM moved"""
_LOOKED_AT = """
CREATE OR REPLACE TABLE looked_at AS
WITH marked AS (
    SELECT *, lag(d) OVER (PARTITION BY p ORDER BY d) AS kept_since
    FROM sequence SEMI JOIN (SELECT p FROM sequence WHERE changed) USING (p)
    WHERE changed OR e_own_before IS NULL)
SELECT DISTINCT p
FROM marked JOIN amounts a USING (amount_no) JOIN amounts b ON b.amount_no = amount_before JOIN gentle USING (drug_no)
WHERE changed AND (
    a.num::HUGEINT * b.den > b.num::HUGEINT * a.den
    OR (b.num::HUGEINT * a.den - a.num::HUGEINT * b.den) * part_den > b.num::HUGEINT * a.den * part_num
    OR d - kept_since < kept
    OR {carried}_before < d
    OR greatest(e_carry_before, e_own_before) > d)"""
_PEOPLE = f"""
CREATE OR REPLACE TABLE plain AS
WITH judged AS (
    SELECT p, CAST(sum(fills) AS BIGINT) AS n, min(d) AS first_d, arg_max({{carried}}, d) AS until,
        arg_max({{other}}, d) AS until_other, bool_or(changed) AS changed,
        coalesce(max(d - {{carried}}_before), 0) AS gap_days, min(drug_no) AS drug_no,
        CAST(sum(fills * {{supplied}}) AS BIGINT) AS supply_days,
        bool_and(ok) AND min(drug_no) = max(drug_no) AND min(line_no) = max(line_no)
            AND max(d) - min(d) < {{longest}} AND sum(fills) <= {{most_rows}} AS ok
    FROM sequence GROUP BY p),
kinds AS (
    SELECT p, min(meaning) AS meaning, min(meaning) = max(meaning) AS one_meaning, list(DISTINCT id ORDER BY id) AS ids,
        bool_or(refilled) AS refilled
    FROM fills GROUP BY p)
SELECT judged.* EXCLUDE (gap_days, drug_no), gap_days > 0 AS gap, gentle.drug, {{end}} - (until - 1) AS unseen, p, ids,
    refilled, CASE meaning {" ".join(f"WHEN {place} THEN {quoted(name)}" for place, name in enumerate(MEANINGS))} END
    AS meaning
FROM judged ANTI JOIN looked_at USING (p) JOIN kinds USING (p) JOIN gentle USING (drug_no)
WHERE ok AND gap_days <= {{gap}} AND one_meaning AND {{end}} - (until - 1) <= {{gap}}"""
_SPANS = """
CREATE OR REPLACE TABLE spans AS
WITH first_ends AS (SELECT p, first_d AS d, until FROM plain WHERE NOT changed AND NOT gap),
chosen AS (
    SELECT p, d, {start} AS since, {end} AS until, amount_no
    FROM sequence SEMI JOIN (SELECT p FROM plain WHERE changed OR gap) USING (p)
    UNION ALL
    SELECT p, d, d, until, amount_no FROM sequence JOIN first_ends USING (p, d))
SELECT p, list((since, until, coalesce(mixed.amounts, [[num, den]])) ORDER BY d) AS spans
FROM chosen LEFT JOIN mixed USING (p, d) LEFT JOIN amounts USING (amount_no) GROUP BY p"""
