r"""Read any tool's taper: `read_schedule` detects what a file holds, and reads it without guessing.

Our own files (plan document, tables, calendar, the PDF with the plan inside), FHIR (JSON, XML, one resource a
line), pharmacy histories and OMOP's drug_exposure. What was intended, what was supplied and what was taken are
three schedules, never one.

>>> text = "date,product,quantity,days_of_supply\n2026-01-05,diazepam 5 mg tablets,28,14\n"
>>> reading = read_schedule(text)
>>> reading.format, reading.meanings, str(reading.schedule().steps[0].total)
('pharmacy history', ('supplied',), '10 mg')
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from heapq import merge
from operator import itemgetter

from taper.checker.texts import say
from taper.checker.wording import as_written, exact_dose
from taper.errors import MissingExtraError, ScheduleError, TaperError
from taper.exchange.collector import Collector, Note
from taper.exchange.conventions import AS_RECORDED, Supplies
from taper.exchange.kinds import seems
from taper.exchange.medicine import mg_of_items
from taper.exchange.no_supply import without_supply
from taper.exchange.record_lines import MEANINGS, Line, Meaning, lay_out
from taper.exchange.tables.csv_rows import header_of, with_points
from taper.interval import DayLike, parse_day
from taper.loading import MAX_BYTES, MAX_TABLE_BYTES, decode, is_json
from taper.schedule.schedule import ONE_DAY, Remark, Schedule
from taper.values import dataclass

__all__ = ["Line", "Meaning", "Reading", "attachment", "holds_record", "read_schedule"]

_KNOWN = (
    "start,end,time,drug,dose_mg (plain table); date,step,time,drug,dose_mg (day table); "
    "step,start,end,drug,morning_mg … (step table); date,product,quantity,days_of_supply (pharmacy history); "
    "drug_exposure_start_date,drug_concept_id … (OMOP)"
)
_KINDS = {"<": "FHIR file", "{": "FHIR file or plan document", "[": "FHIR file"}
"""What a file is by its first character; all others are tables."""
_EMEDIPLAN = re.compile(r"CHMED[0-9]{2}[A-Z]", re.IGNORECASE)
_NAME = re.compile(r"[^\n<>{}]{0,250}[.](?:csv|ics|json|ndjson|pdf|tsv|txt|xml)\s*", re.IGNORECASE)
"""The name of a file, in place of what it holds."""
_OF_FILLS = ("history", "omop")
_TABLE_WORDS = frozenset(
    ("start", "end", "time", "drug", "dose_mg", "date", "product", "quantity", "drug_concept_id", "person_id", "sig")
)


@dataclass(frozen=True)
class Reading:
    """What a file holds.

    Attributes:
        format: What kind of file it is.
        lines: Its entries, in its own order, each with its meaning.
        remarks: What was not understood, and what is wrong with the record.
        schedules: The schedule of each meaning and person; the person is empty if the file names none.
    """

    format: str
    lines: tuple[Line, ...]
    remarks: tuple[Remark, ...]
    schedules: tuple[tuple[Meaning, str, Schedule], ...]

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """The meanings that occur in the file: intended, supplied, taken, in this order."""
        return tuple(meaning for meaning in MEANINGS if any(what == meaning for what, _, _ in self.schedules))

    @property
    def people(self) -> tuple[str, ...]:
        """The persons, in order of first appearance."""
        return tuple(dict.fromkeys(person for _, person, _ in self.schedules))

    def schedule(self, meaning: Meaning | None = None, person: str | None = None) -> Schedule:
        """Return one schedule.

        Args:
            meaning: Which; the first that the file has if not given: intended, else supplied, else taken.
            person: Whose; may be left out where the file has only one.

        Raises:
            ScheduleError: The file has none of that meaning or person, or several persons and none was named.
        """
        chosen = meaning or self.meanings[0]
        people = self.people if person is None else (person,)
        if len(people) > 1:
            shown = ", ".join(people[:5])
            raise ScheduleError(f"the file holds the records of {len(people)} persons ({shown} …); name one of them")
        matches = [schedule for what, whose, schedule in self.schedules if what == chosen and whose in people]
        if not matches:
            whose = f" for {people[0]}" if people and people[0] else ""
            raise ScheduleError(f"the file holds nothing that was {chosen}{whose}; it has: {', '.join(self.meanings)}")
        return matches[0]


def read_schedule(
    data: bytes | str, *, name: str = "", first_day: DayLike | None = None, supplied: Supplies = AS_RECORDED
) -> Reading:
    """Read a file, whatever it holds.

    Args:
        data: Its content.
        name: Its name, for error messages.
        first_day: First day of steps that have lengths but no dates, if it is known from elsewhere.
        supplied: The conventions by which supplies are read; nothing is declared if not given.

    Raises:
        ScheduleError: The file cannot be read as a schedule; says why, and which files can.
        TaperError: The order inside a plan document is not one.
        MissingExtraError: A PDF, and the package that reads it is not installed.
    """
    if not isinstance(data, bytes | str) or (isinstance(data, str) and _NAME.fullmatch(data)):
        raise ScheduleError("this takes what a file holds, not its name; read it first: Path(name).read_bytes()")
    try:
        return _read(data, None if first_day is None else parse_day(first_day, "first_day"), supplied)
    except TaperError as problem:
        raise problem.at(file=name) from None
    except RecursionError:
        raise ScheduleError("this file is nested too deeply to be a record; check it", file=name) from None


def holds_record(data: bytes) -> bool:
    """Return whether a file holds a record or a schedule rather than an order, judged by its content.

    >>> holds_record(b'drug = "diazepam"'), holds_record(b"start,end,time,drug,dose_mg")
    (False, True)
    """
    start = data[:4000].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if start.startswith(("<", "%PDF-")) or start[:15].upper() == "BEGIN:VCALENDAR" or _EMEDIPLAN.match(start):
        return True
    if is_json(start) and re.match(r"\{|\[\s*[{\[]", start):
        return start.startswith("[") or any(mark in data for mark in (b'"resourceType"', b'"taper-plan/'))
    return not start.startswith(("#", "[")) and len(_TABLE_WORDS & set(header_of(start))) > 1


def _read(data: bytes | str, first_day: date | None, supplied: Supplies) -> Reading:
    if isinstance(data, bytes) and data.lstrip()[:5] == b"%PDF-":
        inside = attachment(data)
        if inside is None:
            raise ScheduleError("this PDF has no plan inside; read the plan document or the table it was made from")
        data = inside
    text = readable_text(data)
    start = text.lstrip()[:200]
    if start.startswith("<"):
        from taper.exchange.fhir.read import read_fhir
        from taper.exchange.fhir.xml import load_xml

        return laid_out("FHIR", "fhir", read_fhir(load_xml(text), first_day, supplied))
    if start.upper().startswith("BEGIN:VCALENDAR"):
        from taper.exchange.calendar.read import read_ics

        return laid_out("calendar", "ics", read_ics(text))
    if _EMEDIPLAN.match(start):
        from taper.exchange.emediplan.read import read_emediplan

        return laid_out("eMediplan", "emediplan", read_emediplan(text))
    return _json(text, first_day, supplied) if is_json(start) else _table(text, supplied)


def readable_text(data: bytes | str) -> str:
    """Return the text of a file that is not too large and not of a kind that cannot be read.

    Raises:
        ScheduleError: It is; names what the file seems to be.
    """
    start = data[:4000] if isinstance(data, str) else data[:4000].decode("utf-8", "replace")
    known = seems(data[:4000] if isinstance(data, bytes) else start.encode("utf-8", "replace"))
    if known is not None:
        what, advice = known
        raise ScheduleError(f"this seems to be {what}, which cannot be read; {advice}")
    begin = start.lstrip("\ufeff \t\r\n")
    calendar = begin[:15].upper() == "BEGIN:VCALENDAR"
    kind = "calendar" if calendar else _KINDS.get(begin[:1], "table")
    most = MAX_TABLE_BYTES if kind == "table" else MAX_BYTES
    if len(data) > most:
        raise ScheduleError(f"this {kind} is larger than {most:,} bytes, the most that is read of one; split the file")
    return decode(data if isinstance(data, bytes) else data.encode("utf-8", "replace"), ScheduleError)


def _json(text: str, first_day: date | None, supplied: Supplies) -> Reading:
    from taper.exchange.fhir.read import load_resources, read_fhir
    from taper.exchange.plan_document import SCHEMA, read_document

    if f'"{SCHEMA.partition("/")[0]}/' in text and '"resourceType"' not in text:
        return _whole("plan document", read_document(text))
    return laid_out("FHIR", "fhir", read_fhir(load_resources(text), first_day, supplied))


def _table(text: str, supplied: Supplies) -> Reading:
    from taper.exchange.tables import pharmacy_history as from_history, read as from_tables
    from taper.exchange.tables.plain import COLUMNS, read_table

    header = header_of(text)
    if from_tables.is_days(header):
        return laid_out("day table", "days", from_tables.read_days(with_points(text)))
    if from_tables.is_steps(header):
        return laid_out("step table", "steps", from_tables.read_steps(with_points(text)))
    if from_history.is_omop(header):
        return laid_out("OMOP drug_exposure", "omop", from_history.read_omop(text, supplied))
    if from_history.is_history(header):
        return laid_out("pharmacy history", "history", from_history.read_history(text, supplied))
    if len(set(COLUMNS) & set(header)) > 1:
        return _whole("table", read_table(with_points(text)))
    shown = ",".join(header)[:80] or text.lstrip()[:40]
    raise ScheduleError(f"{shown!r} is not the header of a table that can be read; known: {_KNOWN}", field="line 1")


def _whole(kind: str, schedule: Schedule) -> Reading:
    """Return the reading of a file that is one intended schedule."""
    lines = tuple(
        Line(
            "intended",
            f"step {step.number}",
            ", ".join(step.totals),
            start=step.start,
            end=step.end,
            days=step.days,
            intakes=step.intakes,
            step=step.number,
        )
        for step in schedule.steps
    )
    return Reading(kind, lines, schedule.remarks, (("intended", "", schedule),))


def _hold_items(collector: Collector) -> None:
    """Report doses that are not what the strengths in the names of their items make, once for each such pair."""
    told: set[object] = set()
    seen: set[tuple[str, int]] = set()  # rows that say the same share their intakes
    for line in collector.lines:
        if (line.person, id(line.intakes)) in seen:
            continue
        seen.add((line.person, id(line.intakes)))
        for intake in line.intakes or ():
            key = (line.person, intake.dose, intake.items)
            if not intake.items or key in told:
                continue
            told.add(key)
            made = mg_of_items(intake.items)
            if made is None or made == intake.dose:
                continue
            text = say("remark.items", made=exact_dose(made), dose=exact_dose(intake.dose))
            quote = " + ".join(item.product for item in intake.items)[:200]
            what = {"quote": quote, "measured": made.number, "limit": intake.dose.number}
            collector.note("mismatch", text, line.place, line.meaning, line.person, on=line.start, **what)


def laid_out(kind: str, origin: str, collector: Collector) -> Reading:
    """Lay out what a reader collected, separately for each meaning and person."""
    _hold_items(collector)
    notes = list(collector.notes)
    keys = dict.fromkeys((line.meaning, line.person) for line in collector.lines)
    keys |= dict.fromkeys((note.meaning, note.person) for note in notes if note.meaning is not None)
    if not keys:
        raise ScheduleError(
            "nothing in this file says what is taken" + (f": {notes[0].remark.text}" if notes else "; check the file")
        )
    by_key: dict[tuple[Meaning, str], list[Line]] = {key: [] for key in keys if key[0] is not None}
    for line in collector.lines:
        by_key[line.meaning, line.person].append(line)
    about = _by_person(notes, keys)
    schedules: list[tuple[Meaning, str, Schedule]] = []
    for (meaning, person), lines in sorted(by_key.items(), key=lambda entry: MEANINGS.index(entry[0][0])):
        kept, left = one_subject(lines)
        notes += [Note(meaning, person, remark) for remark in left]
        remarks = [note.remark for note in about.get(person, about[""]) if note.meaning in (None, meaning)]
        schedules.append((meaning, person, _schedule(origin, collector, meaning, kept, (*remarks, *left))))
    return Reading(kind, tuple(collector.lines), tuple(note.remark for note in notes), tuple(schedules))


def _by_person(notes: list[Note], keys: Iterable[tuple[Meaning | None, str]]) -> dict[str, list[Note]]:
    """Return the notes of each person, in their order; those without a person are everybody's, or nobody's else.

    Where some entries name no person, a note without a person is about one of them.
    """
    own: dict[str, list[tuple[int, Note]]] = {"": []}
    for index, note in enumerate(notes):
        own.setdefault(note.person, []).append((index, note))
    shared = [] if any(person == "" for _, person in keys) else own[""]
    return {
        person: [note for _, note in (merge(found, shared, key=itemgetter(0)) if person else found)]
        for person, found in own.items()
    }


def _schedule(
    origin: str, collector: Collector, meaning: Meaning, lines: list[Line], remarks: tuple[Remark, ...]
) -> Schedule:
    stopped_on = (collector.stopped_on or _stop(lines)) if meaning == "intended" else None
    if collector.supplied.gap is not None and (meaning == "supplied" or origin in _OF_FILLS) and stopped_on is None:
        lines, stopped_on, said = without_supply(lines, collector.supplied)
        remarks += said
    record = Schedule((), stopped_on, None, collector.plan_id, collector.revision, origin, remarks)
    return lay_out(lines, record, numbered=collector.numbered)


def _stop(lines: list[Line]) -> date | None:
    """Return the day after the last, if the last entry of every drug says that it is stopped then."""
    last: dict[str, date] = {}
    for line in lines:
        if line.end is not None:
            last[line.drug] = max(line.end, last.get(line.drug, line.end))
    stopped = {line.drug for line in lines if line.stops and line.end == last.get(line.drug)}
    return max(last.values()) + ONE_DAY if last and stopped >= last.keys() else None


def one_subject(lines: list[Line]) -> tuple[list[Line], list[Remark]]:
    """Leave out medicines that are not in the catalog, if the record has others that are."""
    from taper import catalog

    known = catalog.drugs()
    others: dict[str, str] = {}
    for line in lines:
        if line.drug and line.drug not in known:
            others.setdefault(line.drug, line.place)
    if not others:
        return lines, []
    if not any(line.drug in known for line in lines):
        return lines, [Remark("unread", say("remark.not in catalog", drug=as_written(drug))) for drug in others]
    left = [
        Remark("unread", say("remark.not of the schedule", drug=as_written(drug)), place)
        for drug, place in others.items()
    ]
    return [line for line in lines if line.drug in known or not line.drug], left


def attachment(data: bytes) -> bytes | None:
    """Return the plan document that is attached to one of our PDFs, or None if there is none.

    Raises:
        MissingExtraError: The package that reads PDF is not installed.
        ScheduleError: Not a PDF, too large, or several plans are attached: which of them was printed is not known.
    """
    try:
        from pypdf import PdfReader
    except ImportError:
        raise MissingExtraError("pypdf", "read-pdf", "reading a PDF") from None
    import io

    if len(data) > MAX_BYTES:
        raise ScheduleError(f"this PDF is larger than {MAX_BYTES:,} bytes, the most that is read; check the file")
    try:
        attached = PdfReader(io.BytesIO(data), strict=True).attachments
        contents = [content for name in attached for content in attached[name]]
    except Exception as problem:
        raise ScheduleError(f"this PDF cannot be read ({type(problem).__name__}); check the file") from None
    plans = list(dict.fromkeys(content for content in contents if b'"taper-plan/' in content[:400]))
    if len(plans) > 1:
        raise ScheduleError(
            f"the PDF holds {len(plans)} plans ({', '.join(map(_identified, plans))}), and which of them is printed is "
            "not known; read the plan document itself, or the PDF as it was written"
        )
    return plans[0] if plans else None


def _identified(content: bytes) -> str:
    """Return identifier and revision of a plan document, as far as they can be read."""
    found = (re.search(rf'"{key}":\s*"?([\w-]{{1,60}})'.encode(), content) for key in ("plan_id", "revision"))
    plan_id, revision = (match[1].decode("ascii", "replace") if match else "unknown" for match in found)
    return f"{plan_id} revision {revision}"
