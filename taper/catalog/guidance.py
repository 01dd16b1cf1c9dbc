"""Published guidance on pace, as data: the limits that a machine can check, each with its page.

A limit is what a source prints, with its own basis and unit. Nothing here judges a schedule;
that is for the rules. A number whose source was not read is not here. What a source of low standing
prints, such as a forum, is information: it is loaded and shown, and no rule can reach it as a limit.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Literal, get_args

from taper.catalog.rows import Document, Row, Tables, data_names, read_data
from taper.errors import CatalogError, OrderError, QuantityError, nearest
from taper.quantity import Mg, parse_percent
from taper.source import Source
from taper.values import dataclass

Kind = Literal[
    "window_ceiling",
    "first_cut",
    "interval",
    "step",
    "last_dose",
    "crossover",
    "abrupt_stop",
    "drug_free_days",
    "increase",
    "total_time",
    "review",
    "specialist",
    "switch_dose",
    "person",
]
Basis = Literal["current", "start", "unspecified"]
Severity = Literal["note", "warning", "alert"]
Stance = Literal["", "avoid", "allowed"]

_AMOUNTS = ("fraction", "diazepam_mg", "mg", "days")
_ALLOWED: dict[str, tuple[str, ...]] = {
    "window_ceiling": ("fraction", "diazepam_mg", "mg"),
    "first_cut": ("fraction", "diazepam_mg"),
    "interval": ("days",),
    "step": ("fraction", "diazepam_mg"),
    "last_dose": ("diazepam_mg",),
    "crossover": ("days",),
    "total_time": ("days",),
    "review": ("days",),
    "specialist": ("diazepam_mg",),
    "switch_dose": ("diazepam_mg",),
}
_MAY_LACK_AMOUNT = frozenset({"review"})
_CONDITIONS: dict[str, tuple[str, ...]] = {
    "weeks_from": ("total_time", "person"),
    "weeks_below": ("total_time", "person", "abrupt_stop"),
    "age_from": ("person",),
    "above_part": ("step", "interval"),
    "to_part": ("step", "interval"),
    "drug": ("window_ceiling", "person", "abrupt_stop"),
    "atc": ("total_time",),
}
_KEYS = frozenset(
    {"kind", "basis", "stance", "topic", "variant", "fraction", "diazepam_mg", "mg", "days", "window_days"}
    | {"above_mg", "below_mg", "severity", "wording", "note", "firmness", *_CONDITIONS}
)
_HEAD = frozenset({"title", "short", "edition", "country", "document", "not_read", "tables", "limit"})
MAX_QUOTED_WORDS = 15


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that a guideline says about pace or person.

    Attributes:
        kind: What is limited. ``window_ceiling``: the cut within any `window_days` days;
            ``first_cut``: the first cut; ``step``: any single cut; ``interval``: the shortest
            usual time between cuts; ``last_dose``: the largest dose to stop from; ``crossover``:
            the shortest time for changing drugs; ``total_time``: the shortest usual time from the
            first cut to the stop; ``review``: the longest time between reviews, without days a
            review with each cut; ``specialist``: the daily dose above which a specialist is asked;
            ``switch_dose``: the daily dose of diazepam above which a switch to it should not begin;
            ``abrupt_stop``, ``drug_free_days`` and ``increase`` (back to the dose before): a
            `stance`; ``person``: a `topic`.
        basis: The dose that a fraction is a part of; ``unspecified`` if the source does not say.
        fraction: Part of the dose, or None.
        diazepam_mg: Dose in diazepam equivalents, or None.
        mg: Dose of `drug` itself, or None.
        days: Days, or None. At most one of the four amounts is given.
        window_days: Length of the rolling window of a ``window_ceiling``.
        drug: The only drug that the limit applies to; empty for all.
        atc: Beginning of the ATC codes of the drugs that the limit applies to; empty for all.
        above_mg: The limit holds from this daily dose up, in diazepam equivalents; None for no bound.
        below_mg: The limit holds below this daily dose, in diazepam equivalents; None for no bound.
        above_part: The limit holds above this part of the starting dose; None for no bound.
        to_part: The limit holds up to this part of the starting dose; None for no bound.
        weeks_from: The limit holds from this many weeks of use on; None for no bound.
        weeks_below: The limit holds below this many weeks of use; None for no bound.
        age_from: The limit holds from this age on, in years; None for any age.
        severity: How a finding is to be shown.
        stance: ``avoid`` or ``allowed`` where the limit has no amount, else empty.
        topic: What a ``person`` statement is about, else empty.
        example: Whether the source shows it in an example schedule and prints no limit.
        variant: The regimen of the source that this belongs to, where it prints several.
        wording: A very short quotation; may be empty.
        note: How the wording was interpreted, if it is ambiguous; may be empty.
        source: Where it stands.
    """

    kind: Kind
    basis: Basis
    fraction: Fraction | None
    diazepam_mg: Mg | None
    mg: Mg | None
    days: int | None
    window_days: int | None
    drug: str
    atc: str
    above_mg: Mg | None
    below_mg: Mg | None
    above_part: Fraction | None
    to_part: Fraction | None
    weeks_from: int | None
    weeks_below: int | None
    age_from: int | None
    severity: Severity
    stance: Stance
    topic: str
    example: bool
    variant: str
    wording: str
    note: str
    source: Source

    def applies_to(self, daily: Mg) -> bool:
        """Return whether the limit covers a daily dose, in diazepam equivalents."""
        return (self.above_mg is None or not daily < self.above_mg) and (self.below_mg is None or daily < self.below_mg)

    def asks_for_weeks(self) -> bool:
        """Return whether the limit depends on how long the drug was used."""
        return self.weeks_from is not None or self.weeks_below is not None

    def holds_after(self, weeks: int) -> bool:
        """Return whether the limit applies after this many weeks of use."""
        return (self.weeks_from is None or weeks >= self.weeks_from) and (
            self.weeks_below is None or weeks < self.weeks_below
        )


@dataclass(frozen=True, slots=True, eq=False)  # each is loaded once, and is itself
class Guideline:
    """A published guideline, as far as it was read.

    Attributes:
        id: Short name, as orders write it: ``asam-2025``.
        title: Its title.
        short: Name for a single line, such as "ASAM 2025".
        edition: Year or edition; may be empty.
        country: Two-letter code of the country it was written for.
        not_read: What was not read of it, and what is left out on purpose.
        tables: Ids of the equivalence tables that it prints itself.
        limits: What it says.
        information: What only a source of low standing says of it; never a limit.
        source: The document, with its reading status.
    """

    id: str
    title: str
    short: str
    edition: str
    country: str
    not_read: str
    tables: tuple[str, ...]
    limits: tuple[Limit, ...]
    information: tuple[Limit, ...]
    source: Source

    def limits_of(self, kind: Kind) -> tuple[Limit, ...]:
        """Return the limits of one kind.

        >>> guideline("asam-2025").limits_of("window_ceiling")[0].fraction
        Fraction(1, 4)
        """
        return tuple(limit for limit in self.limits if limit.kind == kind)


def _check_shape(row: Row, kind: Kind) -> None:
    """Reject a row whose amount, stance, topic or condition does not belong to its kind."""
    given = [name for name in _AMOUNTS if row.get(name) is not None]
    allowed = _ALLOWED.get(kind, ())
    fewest = 0 if kind in _MAY_LACK_AMOUNT else int(bool(allowed))
    if not fewest <= len(given) <= bool(allowed) or not set(given) <= set(allowed):
        need = f"exactly one of {', '.join(allowed)}" if allowed else "no amount"
        row.refuse("", f"a {kind} has {need}, not {', '.join(given) or 'none'}; correct the row")
    if (kind == "window_ceiling") != (row.get("window_days") is not None):
        row.refuse("window_days", "belongs to a window_ceiling, and only to it; correct the row")
    stance = row.choice("stance", get_args(Stance), "")
    if bool(stance) != (kind in ("abrupt_stop", "drug_free_days", "increase")):
        row.refuse("stance", f"does not fit a {kind}; write avoid or allowed where there is no amount")
    if kind == "abrupt_stop" and stance == "allowed" and row.get("weeks_below") is None and row.get("drug") is None:
        row.refuse("stance", "allows every abrupt stop; add weeks_below or drug, or leave the row out")
    if bool(row.text("topic", "")) != (kind == "person"):
        row.refuse("topic", "belongs to a person, and only to it; correct the row")
    for name, kinds in _CONDITIONS.items():
        if row.get(name) is not None and kind not in kinds:
            row.refuse(name, f"belongs to {' or '.join(kinds)}, not to a {kind}; correct the row")
    if "mg" in given and row.get("drug") is None:
        row.refuse("mg", "is a dose of one drug, which the row does not name; add drug = NAME")
    if row.source.standing and row.text("severity", "") != "note":
        row.refuse("severity", "is that of a source of low standing, which decides nothing; write note")
    if len(row.text("wording", "").split()) > MAX_QUOTED_WORDS:
        row.refuse("wording", f"quotes more than {MAX_QUOTED_WORDS} words; shorten it")


def _part(row: Row, key: str) -> Fraction | None:
    """Return a percentage as a fraction, or None where the row has none."""
    if row.get(key) is None:
        return None
    try:
        return parse_percent(row.get(key))
    except QuantityError as error:
        row.refuse(key, error.message)


def _limit(row: Row) -> Limit:
    kind: Kind = row.choice("kind", get_args(Kind))
    _check_shape(row, kind)
    return Limit(
        kind=kind,
        basis=row.choice("basis", get_args(Basis), "unspecified"),
        fraction=_part(row, "fraction"),
        diazepam_mg=row.mg("diazepam_mg"),
        mg=row.mg("mg"),
        days=row.count("days"),
        window_days=row.count("window_days"),
        drug=row.text("drug", ""),
        atc=row.text("atc", ""),
        above_mg=row.mg("above_mg"),
        below_mg=row.mg("below_mg"),
        above_part=_part(row, "above_part"),
        to_part=_part(row, "to_part"),
        weeks_from=row.count("weeks_from"),
        weeks_below=row.count("weeks_below"),
        age_from=row.count("age_from"),
        severity=row.choice("severity", get_args(Severity)),
        stance=row.choice("stance", get_args(Stance), ""),
        topic=row.text("topic", ""),
        example=row.choice("firmness", ("limit", "example"), "limit") == "example",
        variant=row.text("variant", ""),
        wording=row.text("wording", ""),
        note=row.text("note", ""),
        source=row.source,
    )


def load_guideline(content: str | Tables, guideline_id: str, file: str) -> Guideline:
    """Read one guideline from its tables or its TOML text.

    Raises:
        CatalogError: A limit without source, with two amounts, or an unknown key.
    """
    document = Document(content, file)
    head = {key: value for key, value in document.data.items() if key != "limit"}
    for key in document.data.keys() - _HEAD:
        raise CatalogError(f"unknown key; {nearest(key, _HEAD)}", field=key, file=file)
    for key in _HEAD - document.data.keys():
        raise CatalogError(f"the key is missing; add {key} to the head of the file", field=key, file=file)
    tables = head["tables"]
    if not isinstance(tables, list):
        raise CatalogError("is not a list; write tables = []", field="tables", file=file)
    rows = tuple(_limit(row) for row in document.rows(document.data["limit"], "limit", _KEYS))
    return Guideline(
        id=guideline_id,
        title=str(head["title"]),
        short=str(head["short"]),
        edition=str(head["edition"]),
        country=str(head["country"]),
        not_read=str(head["not_read"]),
        tables=tuple(str(name) for name in tables),
        limits=tuple(limit for limit in rows if not limit.source.standing),
        information=tuple(limit for limit in rows if limit.source.standing),
        source=document.source(head["document"], "whole document", "document"),
    )


@lru_cache(maxsize=1)
def guidelines() -> tuple[str, ...]:
    """Return the ids of all packaged guidelines.

    >>> "asam-2025" in guidelines()
    True
    """
    return data_names("guidelines")


@lru_cache(maxsize=64)
def _read_guideline(guideline_id: str) -> Guideline:
    name = f"guidelines/{guideline_id}.toml"
    return load_guideline(read_data(name), guideline_id, name)


def guideline(guideline_id: str) -> Guideline:
    """Return one guideline.

    Raises:
        OrderError: No such guideline; the message names the closest.

    >>> guideline("asam-2025").country
    'US'
    """
    if guideline_id not in guidelines():
        raise OrderError(f"no guideline '{guideline_id}'; {nearest(guideline_id, guidelines())}")
    return _read_guideline(guideline_id)


@lru_cache(maxsize=64)
def guidelines_on(kind: Kind) -> tuple[Guideline, ...]:
    """Return the packaged guidelines that have a limit of one kind; the others are not even read.

    >>> [guideline.id for guideline in guidelines_on("specialist")]
    ['etg', 'wa']
    """
    files = ((name, read_data(f"guidelines/{name}.toml")) for name in guidelines())
    return tuple(guideline(name) for name, file in files if any(row["kind"] == kind for row in file["limit"]))
