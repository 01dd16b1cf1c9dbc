"""A file of another tool that is looked at: what it holds is checked and shown, and never made into an order.

The server keeps nothing, so the page itself carries the file, as text of a hidden field.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

from taper.errors import ScheduleError, TaperError
from taper.exchange.reading import Reading, read_schedule
from taper.schedule.schedule import Schedule
from taper.values import dataclass

MOST_BYTES = 2_000_000
"""The largest file of another tool that a page carries; larger ones are for the command line."""
FILE, NAME, MEANING, PERSON, FIRST_DAY = "record", "record.name", "record.meaning", "record.person", "record.first_day"


@dataclass(frozen=True)
class Record:
    """A file that is looked at.

    Attributes:
        name: Its name.
        reading: What it holds; None if it cannot be read.
        schedule: The schedule that was chosen of it; None where there is none.
        problem: Why there is none; empty if there is one.
    """

    name: str
    reading: Reading | None
    schedule: Schedule | None
    problem: str


def carried(data: bytes, name: str) -> dict[str, str]:
    """Return the fields that carry a file.

    Raises:
        ScheduleError: It is too large for a page.
    """
    if len(data) > MOST_BYTES:
        raise ScheduleError(
            f"is larger than {MOST_BYTES:,} bytes, the most that the page looks at; use `taper check` for it"
        )
    return {FILE: base64.b64encode(data).decode("ascii"), NAME: name}


def read_record(fields: Mapping[str, str]) -> Record | None:
    """Return the file that the page carries; None if it carries none."""
    if not fields.get(FILE):
        return None
    name = fields.get(NAME, "")[:120]
    reading: Reading | None = None
    try:
        data = base64.b64decode(fields[FILE], validate=True)
        reading = read_schedule(data, first_day=fields.get(FIRST_DAY) or None)
        meaning = next((one for one in reading.meanings if one == fields.get(MEANING)), None)
        person = fields.get(PERSON) or None
        if person is None and len(reading.people) > 1:
            person = reading.people[0]
        return Record(name, reading, reading.schedule(meaning, person), "")
    except (binascii.Error, ValueError, TaperError) as problem:
        said = problem.message if isinstance(problem, TaperError) else "the file on the page was damaged; open it again"
        return Record(name, reading, None, said)
