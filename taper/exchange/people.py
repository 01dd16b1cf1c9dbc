r"""Read the records of many persons in one file, one person after the other.

Of a table only where its rows are is kept in mind, not what they say, so that memory does not grow with what is
read of them.

>>> text = "person,date,product,quantity,days_of_supply\n7,2026-01-05,diazepam 5 mg,28,14\n"
>>> text += "9,2026-01-05,diazepam 2 mg,28,14\n"
>>> [(person, str(reading.schedule().steps[0].total)) for person, reading in read_people(text)]
[('7', '10 mg'), ('9', '4 mg')]
"""

from __future__ import annotations

from collections.abc import Iterator

from taper.errors import ScheduleError
from taper.exchange.conventions import AS_RECORDED, Supplies
from taper.exchange.reading import Reading, laid_out, read_schedule, readable_text
from taper.exchange.record_lines import Line, Meaning
from taper.exchange.tables import pharmacy_history
from taper.exchange.tables.csv_rows import header_of, rows_at, rows_by
from taper.schedule.schedule import Schedule


def read_people(
    data: bytes | str, *, name: str = "", supplied: Supplies = AS_RECORDED
) -> Iterator[tuple[str, Reading | ScheduleError]]:
    """Yield each person and what the file holds about this person, in order of first appearance.

    A record of one person that cannot be laid out does not keep the others from being read: its error comes in
    place of its reading.

    Args:
        data: The content of a file.
        name: Its name, for error messages.
        supplied: The conventions by which supplies are read.

    Raises:
        ScheduleError: The file as a whole cannot be read.
    """
    try:
        text = None if data[:5] in (b"%PDF-", "%PDF-") else readable_text(data)
        header = header_of(text) if text is not None and text.lstrip()[:1] not in ("<", "{", "[") else ()
        table = pharmacy_history.table_of(header)
        if text is None or table is None:
            yield from _split(read_schedule(data, name=name, supplied=supplied))
            return
        del data  # as large as the text
        for person, places in rows_by(text, table.person_column(header)).items():
            try:
                yield person, laid_out(table.kind, table.origin, table.collect(header, rows_at(text, places), supplied))
            except ScheduleError as problem:
                yield person, problem.at(file=name)
    except ScheduleError as problem:
        raise problem.at(file=name) from None


def _split(reading: Reading) -> Iterator[tuple[str, Reading]]:
    lines: dict[str, list[Line]] = {}
    for line in reading.lines:
        lines.setdefault(line.person, []).append(line)
    schedules: dict[str, list[tuple[Meaning, str, Schedule]]] = {}
    for entry in reading.schedules:
        schedules.setdefault(entry[1], []).append(entry)
    for person, own in schedules.items():
        remarks = tuple(dict.fromkeys(remark for _, _, schedule in own for remark in schedule.remarks))
        yield person, Reading(reading.format, tuple(lines.get(person, ())), remarks, tuple(own))
