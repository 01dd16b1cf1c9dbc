"""Opening a file: an order, a plan document, our PDF, or anyone else's record, recognized by what it holds.

And the order behind the `#` of a link, such as that of a card in a record system.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote_to_bytes

from taper.errors import OrderError, ScheduleError, TaperError
from taper.exchange.kinds import seems
from taper.exchange.reading import holds_record, read_schedule
from taper.loading import MAX_BYTES, decode, load_json
from taper.order.draft import STAND_INS, Draft
from taper.order.order import parse_order
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule
from taper.web.desk.form import from_fields, to_fields
from taper.web.desk.record import carried
from taper.web.desk.work import readable


def opened(data: bytes, name: str) -> dict[str, str]:
    """Return the fields of the page for a file.

    An order, or a plan that its own order leads to, is filled in and can be gone on with. Everything else is looked at
    as it is: a plan whose steps were changed by hand too.

    Raises:
        TaperError: It cannot be read; says why, and names the file.
    """
    try:
        if len(data) > MAX_BYTES:
            raise ScheduleError(f"is larger than {MAX_BYTES:,} bytes, the most that is read here; check the file")
        if not data.strip():
            raise ScheduleError("the file is empty; choose another one")
        if name.lower().endswith(".csv") or holds_record(data) or seems(data):
            reading = read_schedule(data)
            if reading.format == "plan document" and (fields := _of_plan(reading.schedule())) is not None:
                return fields
            return carried(data, name)
        return to_fields(parse_order(decode(data, OrderError)).as_data())
    except TaperError as problem:
        raise problem.at(file=name) from None


def linked(text: str) -> dict[str, str]:
    """Return the fields of an order that a link carries, which may leave unsaid what the clinician decides.

    Args:
        text: JSON of the order, percent-encoded as in an address.

    Raises:
        OrderError: It is no order, or says what the page could not show.

    >>> linked("%7B%22drug%22:%22diazepam%22%7D")
    {'drug': 'diazepam'}
    """
    data = load_json(decode(unquote_to_bytes(text.encode("utf-8", "surrogatepass")), OrderError), OrderError)
    if isinstance(data, dict) and data and not STAND_INS.keys() <= data.keys():
        return _unfinished(data)
    return to_fields(parse_order(data).as_data())


def _unfinished(data: dict[str, Any]) -> dict[str, str]:
    """Return the fields of an order of which not all is said; each key is read, and none is left out."""
    Draft(readable(data)).reading()
    try:
        fields = to_fields(data)
    except (AttributeError, TypeError, ValueError):  # of another shape, in a part that cannot be read alone yet
        fields = {}
    back = from_fields(fields).data
    lost = next((key for key in data if back.get(key) != data[key]), None)
    if lost is not None:
        raise OrderError("cannot be shown before the order says more; open the order as a file", field=str(lost))
    return fields


def _of_plan(schedule: Schedule) -> dict[str, str] | None:
    """Return the fields of a plan; None if its order does not lead to its steps."""
    if schedule.order is None:
        return None
    try:
        same = plan(schedule.order)
    except TaperError:
        return None
    is_same = (same.steps, same.stopped_on, same.plan_id) == (schedule.steps, schedule.stopped_on, schedule.plan_id)
    return to_fields(schedule.order.as_data()) if is_same else None
