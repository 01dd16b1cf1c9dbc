"""Choose a format: from a schedule to the bytes of a file for another tool."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import time
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack

from taper.errors import ScheduleError, nearest
from taper.interval import DayLike, Interval, parse_day
from taper.order.parts import TIMES, TimeOfDay
from taper.proof import prove
from taper.proof.files.prove import prove_file
from taper.schedule.schedule import Schedule, as_schedule
from taper.schedule.supply import Supply

if TYPE_CHECKING:
    from taper.paper.sigs import Sig

Format = Literal["ics", "fhir", "csv", "days", "steps", "markdown", "sig", "medtimer", "emediplan"]
FORMATS: tuple[Format, ...] = ("ics", "fhir", "csv", "days", "steps", "markdown", "sig", "medtimer", "emediplan")


class Settings(TypedDict, total=False):
    """What the formats let be chosen; one that is None is left at its default.

    Attributes:
        language: Code of the language; the order's, or English, if not given; all but ``csv``.
        style: ``ics``: ``day`` or ``intake``; ``fhir``: ``sequence``, ``per-step`` or ``german-plan``.
        times: ``ics``: clock time of each time of day, for timed events; ``medtimer``: likewise, for reminders.
        alarm: ``ics``: minutes before a timed event.
        discreet: ``ics``: whether titles name neither medicine nor dose.
        zone: ``ics``: time zone of the clock times; local wherever the calendar is read if not given.
        weeks: ``ics``: only so many weeks.
        previous: ``ics``: the revision whose calendar was sent before.
        kind: ``fhir``: ``collection``, or ``transaction``: ready to be posted.
        subject: ``fhir``: reference to the patient.
        requester: ``fhir``: reference to the prescriber.
        supply: ``markdown``: what the pharmacy hands out, if it was worked out.
        every: ``sig``: time between fills; one text a step if not given.
        by_product: ``sig``: whether each product gets its own text.
        spans: ``sig``: ``dates`` or ``days``.
        into: ``medtimer``: a backup made on the phone, into which the plan is put; else restoring replaces all there.
        author: ``emediplan``: GLN or name; the order's prescriber if not given.
        limit: ``sig``: most characters of a text.
        separator: ``csv``, ``days``, ``steps``: ``,``, ``;`` or ``tab``.
        decimal: ``csv``, ``days``, ``steps``: ``.`` or ``,``.
        bom: ``csv``, ``days``, ``steps``: whether it begins with a byte order mark.
    """

    language: str | None
    style: Literal["day", "intake", "sequence", "per-step", "german-plan"] | None
    times: Mapping[TimeOfDay, time] | None
    alarm: int | None
    discreet: bool | None
    zone: str | None
    weeks: int | None
    previous: Schedule | None
    kind: Literal["collection", "transaction"] | None
    subject: str | None
    requester: str | None
    supply: Supply | None
    every: str | Interval | None
    by_product: bool | None
    spans: Literal["dates", "days"] | None
    into: bytes | str | None
    author: str | None
    limit: int | None
    separator: Literal[",", ";", "tab"] | None
    decimal: Literal[".", ","] | None
    bom: bool | None


_TABLE = ("separator", "decimal", "bom")

SETTINGS_OF: dict[Format, tuple[str, ...]] = {
    "ics": ("language", "style", "times", "alarm", "discreet", "zone", "weeks", "previous"),
    "fhir": ("language", "style", "kind", "subject", "requester"),
    "csv": _TABLE,
    "days": ("language", *_TABLE),
    "steps": ("language", *_TABLE),
    "markdown": ("language", "supply"),
    "medtimer": ("language", "times", "into"),
    "emediplan": ("language", "author"),
    "sig": ("language", "every", "by_product", "spans", "limit"),
}
"""Which settings each format has."""
_DATED = ("ics", "fhir", "markdown", "medtimer", "emediplan")


def parse_times(written: Iterable[str], field: str = "times") -> tuple[tuple[TimeOfDay, time], ...]:
    """Read clock times written as ``morning=08:00``.

    Args:
        written: One text for each time of day.
        field: What an error calls them.

    Raises:
        ScheduleError: It is not written like that.

    >>> parse_times(["bedtime=22:30"])
    (('bedtime', datetime.time(22, 30)),)
    """
    times: list[tuple[TimeOfDay, time]] = []
    for text in written:
        name, _, clock = text.partition("=")
        known = next((known for known in TIMES if known == name.strip().lower()), None)
        if known is None:
            raise ScheduleError(f"{name!r} is not a time of day; {nearest(name, TIMES)}", field=field)
        try:
            hour, minute = clock.strip().split(":")
            times.append((known, time(int(hour), int(minute))))
        except ValueError:
            raise ScheduleError(f"{clock!r} is not a clock time; write {known}=08:00", field=field) from None
    return tuple(times)


def export(schedule: Schedule, to: Format, *, written_on: DayLike | None = None, **settings: Unpack[Settings]) -> bytes:
    r"""Write a schedule as a file for another tool.

    Args:
        schedule: The schedule.
        to: ``ics`` (calendar), ``fhir`` (FHIR R4), ``csv`` (the plain table, which `read_schedule` reads back),
            ``days`` and ``steps`` (CSV for people), ``markdown``, ``sig`` (label texts), ``medtimer`` (backup file
            of a reminder app) or ``emediplan`` (the Swiss medication plan, CHMED16A).
        written_on: Day of writing; all but ``csv``, ``days``, ``steps`` and ``sig`` need it.
        settings: What the format lets be chosen, such as ``language``; for each see `Settings`.

    Returns:
        The file. The same input gives the same bytes.

    Raises:
        ScheduleError: Unknown format, a setting that it does not have, no day of writing where it carries one, or a
            schedule that the format cannot carry exactly.
        QuantityError: `written_on` is not a date.
        MissingExtraError: The package that makes this format is not installed.
        ProofError: What was written is not what is planned.

    >>> import taper
    >>> order = taper.parse_order('''
    ... drug = "diazepam"
    ... country = "GB"
    ... start = 2026-01-05
    ... current = {bedtime = "2 mg"}
    ... product = [{name = "diazepam tablet 2 mg", split = "halves"}]
    ... phase = [{reduce = "1 mg", every = "2 weeks", until = "0 mg"}]
    ... ''')
    >>> print(export(taper.plan(order), to="csv").decode().replace("\r", ""), end="")
    start,end,time,drug,dose_mg
    2026-01-05,2026-01-18,bedtime,diazepam,2
    2026-01-19,2026-02-01,bedtime,diazepam,1
    2026-02-02,2026-02-02,bedtime,diazepam,0
    """
    schedule = as_schedule(schedule)
    if to not in FORMATS:
        raise ScheduleError(f"{to!r} is not a format; {nearest(to, FORMATS)}", field="to")
    chosen: dict[str, Any] = {name: value for name, value in settings.items() if value is not None}
    for name in chosen:
        if name not in SETTINGS_OF[to]:
            takes = ", ".join(SETTINGS_OF[to])
            raise ScheduleError(f"the format {to} has no such setting; it takes {takes}", field=name)
    prove(schedule, f"the file for {to}")
    if to not in _DATED:
        return prove_file(schedule, to, _undated(schedule, to, chosen), chosen)
    if written_on is None:
        raise ScheduleError(
            f"the format {to} carries the day of writing; name it, such as 2026-01-05", field="written_on"
        )
    content = _dated(schedule, to, written_on, chosen)
    return prove_file(schedule, to, content, chosen, parse_day(written_on, "written_on"))


def _undated(schedule: Schedule, to: Format, chosen: dict[str, Any]) -> bytes:
    if to == "sig":
        from taper.paper.sigs import write_sigs

        return "".join(f"{line}\n" for line in _named(write_sigs(schedule, **chosen))).encode()
    from taper.exchange.tables import write as tables

    writers: dict[Format, Callable[..., str]] = {
        "csv": tables.write_table,
        "days": tables.write_days,
        "steps": tables.write_steps,
    }
    return writers[to](schedule, **chosen).encode()


def _named(sigs: Iterable[Sig]) -> Iterator[str]:
    """Yield label texts with what they are of in front: the product, and the drug wherever there are several."""
    sigs = tuple(sigs)
    several = len({sig.drug for sig in sigs}) > 1
    for sig in sigs:
        drug = sig.drug if several and sig.drug.lower() not in sig.product.lower() else ""
        yield ": ".join(part for part in (drug, sig.product, sig.text) if part)


def _dated(schedule: Schedule, to: Format, written_on: DayLike, chosen: dict[str, Any]) -> bytes:
    if to == "ics":
        from taper.exchange.calendar.write import write_ics

        return write_ics(schedule, written_on=written_on, **chosen)
    if to == "fhir":
        from taper.exchange.fhir.write import fhir_json, write_fhir

        return f"{fhir_json(write_fhir(schedule, written_on=written_on, **chosen))}\n".encode()
    if to == "medtimer":
        from taper.exchange.medtimer.write import write_medtimer

        return write_medtimer(schedule, written_on=written_on, **chosen).encode()
    if to == "emediplan":
        from taper.exchange.emediplan.write import write_emediplan

        return f"{write_emediplan(schedule, written_on=written_on, **chosen)}\n".encode()
    from taper.exchange.markdown import write_markdown

    return write_markdown(schedule, written_on=written_on, **chosen).encode()
