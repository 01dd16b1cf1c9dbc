"""Choose a format: from a schedule to the bytes of a file for another tool."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Literal

from taper.errors import ScheduleError, nearest
from taper.order.parts import TIMES, TimeOfDay

if TYPE_CHECKING:
    from taper.schedule.schedule import Schedule

Format = Literal["ics", "fhir", "csv", "days", "steps", "markdown", "sig"]
FORMATS: tuple[Format, ...] = ("ics", "fhir", "csv", "days", "steps", "markdown", "sig")


@dataclass(frozen=True, slots=True)
class Settings:
    """Options of the formats; each format reads its own.

    Attributes:
        style: iCalendar ``day`` or ``intake``; FHIR ``sequence`` or ``per-step``; empty for the default.
        times: Clock times for timed events.
        alarm: Minutes before a timed event.
        discreet: Whether calendar titles name no medicine.
        weeks: Weeks of the calendar.
        previous: Revision of the calendar that was sent before.
        subject: FHIR reference to the patient.
        requester: FHIR reference to the prescriber.
        transaction: Whether the FHIR bundle is ready to be posted.
        every: Time between fills, for label texts.
        by_product: Whether each product gets its own label text.
        limit: Most characters of a label text.
    """

    style: str = ""
    times: tuple[tuple[TimeOfDay, time], ...] = ()
    alarm: int | None = None
    discreet: bool = False
    weeks: int | None = None
    previous: Schedule | None = None
    subject: str | None = None
    requester: str | None = None
    transaction: bool = False
    every: str | None = None
    by_product: bool = False
    limit: int = 1000


def parse_times(written: Iterable[str]) -> tuple[tuple[TimeOfDay, time], ...]:
    """Read clock times written as ``morning=08:00``.

    Raises:
        ScheduleError: It is not written like that.

    >>> parse_times(["bedtime=22:30"])
    (('bedtime', datetime.time(22, 30)),)
    """
    found: list[tuple[TimeOfDay, time]] = []
    for text in written:
        name, _, clock = text.partition("=")
        known = next((known for known in TIMES if known == name.strip().lower()), None)
        if known is None:
            raise ScheduleError(f"{name!r} is not a time of day; {nearest(name, TIMES)}", field="at")
        try:
            hour, minute = clock.strip().split(":")
            found.append((known, time(int(hour), int(minute))))
        except ValueError:
            raise ScheduleError(f"{clock!r} is not a clock time; write {known}=08:00", field="at") from None
    return tuple(found)


def export(schedule: Schedule, to: Format, *, dated: date, settings: Settings | None = None) -> bytes:
    """Write a schedule for another tool.

    Args:
        schedule: The schedule.
        to: ``ics``, ``fhir``, ``csv`` (the plain table), ``days``, ``steps``, ``markdown`` or ``sig``.
        dated: Day of writing, for the formats that carry one.
        settings: Options of the formats; their defaults if None.

    Raises:
        ScheduleError: Unknown format, or a schedule that the format cannot carry exactly.
        MissingExtraError: The package that makes this format is not installed.
    """
    chosen = settings or Settings()
    if to in ("ics", "fhir"):
        return _for_systems(schedule, to, dated, chosen)
    if to in ("csv", "days", "steps"):
        from taper.exchange.tables import write as tables

        writers = {"csv": tables.write_table, "days": tables.write_days, "steps": tables.write_steps}
        return writers[to](schedule).encode()
    if to == "markdown":
        from taper.exchange.markdown import write_markdown

        return write_markdown(schedule, printed_on=dated).encode()
    if to == "sig":
        from taper.paper.sigs import write_sigs

        sigs = write_sigs(schedule, every=chosen.every, by_product=chosen.by_product, limit=chosen.limit)
        return "".join(f"{f'{sig.product}: ' if sig.product else ''}{sig.text}\n" for sig in sigs).encode()
    raise ScheduleError(f"{to!r} is not a format; {nearest(to, FORMATS)}", field="to")


def _for_systems(schedule: Schedule, to: Format, dated: date, chosen: Settings) -> bytes:
    styles = ("day", "intake") if to == "ics" else ("sequence", "per-step")
    style = chosen.style or styles[0]
    if style not in styles:
        raise ScheduleError(f"{style!r} is not a style of {to}; known: {', '.join(styles)}", field="style")
    if to == "ics":
        from taper.exchange.calendar.write import write_ics

        return write_ics(
            schedule,
            stamp=dated,
            style="intake" if style == "intake" else "day",
            times=dict(chosen.times),
            alarms=chosen.alarm,
            discreet=chosen.discreet,
            weeks=chosen.weeks,
            previous=chosen.previous,
        )
    from taper.exchange.fhir.write import fhir_json, write_fhir

    made = write_fhir(
        schedule,
        authored_on=dated,
        style="per-step" if style == "per-step" else "sequence",
        kind="transaction" if chosen.transaction else "collection",
        subject=chosen.subject,
        requester=chosen.requester,
    )
    return f"{fhir_json(made)}\n".encode()
