"""Throws broken inputs at every reader: ``python -m tests.tools.fuzz --inputs 200000``.

Each must give an answer or one clear `TaperError`, quickly. What it finds is printed with the seed that makes it again.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import io
import json
import logging
import random
import subprocess
import sys
import time as clock
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, time
from typing import Any

from taper.checker.checking import check
from taper.errors import TaperError
from taper.exchange.formats import export
from taper.exchange.plan_document import read_document, write_document
from taper.exchange.reading import Reading, holds_record, read_schedule
from taper.exchange.sig.read import read_sig
from taper.exchange.tables.plain import read_table
from taper.order.order import parse_order
from taper.planner.planning import plan
from tests.support.orders import GOLDEN
from tests.support.systems import most_memory

CLOCK = tuple({"morning": time(8), "noon": time(12), "evening": time(18), "bedtime": time(22)}.items())
SLOWEST = 2.0
MOST_BYTES = 200_000_000
TIMES = {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "when": ["NIGHT"]}}


def _request(**more: Any) -> dict[str, Any]:
    return {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {"text": "diazepam 5 mg tablets"},
        "subject": {"reference": "Patient/1"},
        "authoredOn": "2026-01-05",
        "dosageInstruction": [
            {
                "sequence": number,
                "text": f"Take {3 - number} tablets at bedtime for 14 days",
                "timing": {"repeat": {**TIMES["repeat"], "boundsDuration": {"value": 14, "unit": "days", "code": "d"}}},
                "doseAndRate": [{"doseQuantity": {"value": 3 - number, "unit": "tablet", "code": "TAB"}}],
            }
            for number in (1, 2)
        ],
        "dispenseRequest": {"quantity": {"value": 42, "unit": "tablet"}},
        **more,
    }


DISPENSE = {
    "resourceType": "MedicationDispense",
    "status": "completed",
    "medication": {"concept": {"text": "diazepam 5 mg tablets"}},
    "quantity": {"value": 28, "unit": "tablet"},
    "daysSupply": {"value": 14, "code": "d"},
    "whenHandedOver": "2026-01-05T10:00:00Z",
    "dosageInstruction": [{"text": "Take 2 tablets at bedtime", "timing": TIMES}],
}
STATEMENT = {
    "resourceType": "MedicationStatement",
    "status": "active",
    "medicationCodeableConcept": {"text": "diazepam"},
    "effectivePeriod": {"start": "2026-01-05", "end": "2026-02-01"},
    "dosage": [{"timing": TIMES, "doseQuantity": {"value": 7.5, "unit": "mg", "code": "mg"}}],
}
GERMAN = {
    "resourceType": "MedicationRequest",
    "status": "stopped",
    "contained": [
        {
            "resourceType": "Medication",
            "id": "m",
            "code": {"coding": [{"system": "http://www.whocc.no/atc", "code": "N05BA01", "display": "Diazepam"}]},
            "ingredient": [
                {
                    "itemCodeableConcept": {"text": "Diazepam"},
                    "strength": {"numerator": {"value": 5, "unit": "mg"}, "denominator": {"value": 1, "unit": "Stück"}},
                }
            ],
        }
    ],
    "medicationReference": {"reference": "#m"},
    "extension": [
        {
            "url": "http://hl7.org/fhir/5.0/StructureDefinition/extension-MedicationRequest.renderedDosageInstruction",
            "valueMarkdown": "1-0-½-0 Stück",
        }
    ],
    "dosageInstruction": [
        {
            "timing": {
                "repeat": {
                    "boundsPeriod": {"start": "2026-01-04T23:00:00Z", "end": "2026-01-11T22:59:59Z"},
                    "timeOfDay": ["08:00:00", "20:00:00"],
                    "count": 14,
                },
                "code": {"coding": [{"system": "http://hl7.org/fhir/v3/GTSAbbreviation", "code": "BID"}]},
            },
            "doseAndRate": [
                {
                    "doseQuantity": {
                        "value": 1,
                        "unit": "Stück",
                        "system": "https://fhir.kbv.de/CodeSystem/KBV_CS_SFHIR_BMP_DOSIEREINHEIT",
                        "code": "1",
                    }
                },
                {"doseQuantity": {"value": 5, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}},
            ],
        },
        {"text": "1-0-½-0", "timing": {"repeat": {"boundsDuration": {"value": 1, "unit": "Monat", "code": "mo"}}}},
        {"text": "Take 1 tablet daily for 7 days, then half a tablet daily for 2 weeks, then stop"},
    ],
}
XML = (
    '<?xml version="1.0" encoding="UTF-8"?><MedicationRequest xmlns="http://hl7.org/fhir"><status value="active"/>'
    '<medicationCodeableConcept><text value="diazepam 5 mg tablets"/></medicationCodeableConcept>'
    '<authoredOn value="2026-01-05"/><dosageInstruction><sequence value="1"/><timing><repeat>'
    '<duration value="2"/><durationUnit value="wk"/><frequency value="1"/><period value="1"/><periodUnit value="d"/>'
    '<when value="HS"/></repeat></timing><doseQuantity><value value="10"/><unit value="mg"/><code value="mg"/>'
    "</doseQuantity></dosageInstruction></MedicationRequest>"
)
HISTORY = (
    "patient,date,product,strength,quantity,days_of_supply,sig\n"
    "1,2026-01-05,diazepam tablets,5 mg,28,14,Take 2 tablets at bedtime\n"
    "1,2026-01-19,diazepam 2 mg tablets,,42,,Take 1 tablet three times daily\n"
)
OMOP = (
    "person_id,drug_exposure_start_date,drug_exposure_end_date,drug_concept_id,drug_type_concept_id,quantity,"
    "days_supply,sig,drug_source_value\n"
    "1,2026-01-05,2026-01-18,0,32825,28,14,,diazepam 5 mg oral tablet\n"
    "1,2026-01-19,,0,32838,28,28,Take 1 tablet at bedtime,diazepam 5 mg oral tablet\n"
)
SIG = "Take 1 tablet by mouth twice daily for 14 days, then half a tablet at bedtime for two weeks, then stop"


def pdf_with(content: bytes) -> bytes:
    """Return a PDF of one empty page with a plan attached."""
    from pypdf import PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_attachment("plan.json", content)
    writer.write(out)
    return out.getvalue()


def seeds() -> dict[str, tuple[Callable[[bytes], object], list[bytes]]]:
    """Return valid inputs for each reader."""
    schedule = plan(parse_order(GOLDEN | {"phase": [{"reduce": "5 mg", "every": "3 days", "until": "0 mg"}]}))
    document = write_document(schedule, check(schedule)).encode()
    files = [document, XML.encode(), HISTORY.encode(), OMOP.encode()]
    for to, style in (
        ("ics", "day"),
        ("ics", "intake"),
        ("fhir", "sequence"),
        ("fhir", "per-step"),
        ("fhir", "german-plan"),
        ("csv", ""),
        ("days", ""),
        ("steps", ""),
    ):
        times = dict(CLOCK) if to == "ics" else None
        files.append(export(schedule, to, written_on=date(2026, 1, 1), style=style or None, times=times))  # type: ignore[arg-type]
    tables = [
        HISTORY.encode(),
        OMOP.encode(),
        *(one for one in files if one.startswith((b"start,", b"date,", b"step,"))),
    ]
    swiss = export(schedule, "emediplan", written_on=date(2026, 1, 1), author="Dr. Test")
    phone = export(schedule, "medtimer", written_on=date(2026, 1, 1), times=dict(CLOCK))

    def into_phone(data: bytes) -> object:
        return export(schedule, "medtimer", written_on=date(2026, 1, 1), times=dict(CLOCK), into=data)

    entries = [{"fullUrl": "urn:1", "resource": one} for one in (_request(), DISPENSE, STATEMENT, GERMAN)]
    files.append(json.dumps({"resourceType": "Bundle", "entry": entries}).encode())
    files.append(
        "\n".join(json.dumps(one) for one in (GERMAN, _request(status="stopped"), DISPENSE, STATEMENT)).encode()
    )
    table = export(schedule, "csv", written_on=date(2026, 1, 1))
    order = (
        b'drug = "diazepam"\ncountry = "US"\nstart = 2026-01-05\n[current]\nbedtime = "10 mg"\n[[product]]\n'
        b'name = "diazepam tablet 5 mg"\nsplit = "halves"\n[[phase]]\nreduce = "25% of current"\nevery = "1 week"\n'
        b'until = "0 mg"\n[check]\nguidelines = ["asam-2025"]\n'
    )
    return {
        "read_schedule": (_audited, files),
        "tables": (_audited, tables),
        "emediplan": (_audited, [swiss, b"CHMED16A0" + gzip.decompress(base64.b64decode(swiss[9:]))]),
        "medtimer": (into_phone, [phone]),
        "read_document": (lambda data: read_document(_text(data)), [document]),
        "read_table": (lambda data: read_table(_text(data)), [table]),
        "parse_order": (lambda data: parse_order(_text(data)), [order, json.dumps(GOLDEN).encode()]),
        "read_sig": (lambda data: read_sig(_text(data)), [SIG.encode()]),
        "holds_record": (holds_record, [*files, order]),
        "pdf": (_audited, [pdf_with(document)]),
    }


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _audited(data: bytes) -> Reading:
    """Read a file, and now and then audit what it holds."""
    reading = read_schedule(data)
    if len(data) % 7 == 0:
        for _, _, schedule in reading.schedules[:3]:
            check(schedule)
    return reading


WORDS = (
    *(
        "0",
        "-1",
        "1e999",
        "9" * 40,
        "1e-400",
        "NaN",
        "Infinity",
        "null",
        "true",
        "[]",
        "{}",
        '""',
        "'",
        '"',
        ",",
        "\r\n",
    ),
    *("\ufeff", "\x00", "\u202e", "½", "۳", "2026-02-30", "9999-12-31", "0001-01-01", "<!DOCTYPE a>", "&a;", "]]>"),
    *("day", "mg", "mL", "1/0", "0.0", ".5", "5.", "1,000", "\\n", "\\", "=", ";", "\t", "x" * 300),
)


def mutated(source: random.Random, data: bytes) -> bytes:
    """Return a valid input with a few things done to it."""
    found = bytearray(data)
    for _ in range(source.choice((1, 1, 2, 4, 16))):
        _mutate(source, found)
    deed = source.randrange(40)
    if deed == 0:
        return found.decode("utf-8", "replace").encode(
            source.choice(("utf-16", "utf-16-le", "utf-32", "utf-7")), "replace"
        )
    if deed == 1:
        return b"\xef\xbb\xbf" + bytes(found)
    if deed == 2:
        return bytes(found).replace(b"\r\n", b"\n").replace(b"\n", source.choice((b"\r\n", b"\r", b"\n\n")))
    return bytes(found)


def _mutate(source: random.Random, found: bytearray) -> None:
    """Do one thing to an input."""
    size = len(found)
    at, end = sorted((source.randrange(size + 1), source.randrange(size + 1)))
    near = min(size, at + source.randrange(1, 60))
    deed = source.randrange(10)
    if deed == 0 and size:
        found[source.randrange(size)] ^= 1 << source.randrange(8)
    elif deed == 1:
        del found[at:near]
    elif deed == 2:
        del found[source.choice((at, end)) :]
    elif deed == 3 and size < 400_000:
        found[at:at] = found[at:near] * source.choice((1, 2, 30))
    elif deed == 4:
        found[at:near] = source.choice(WORDS).encode("utf-8", "surrogatepass")
    elif deed == 5:
        digits = [index for index, byte in enumerate(found) if 48 <= byte <= 57]
        if digits:
            place = source.choice(digits)
            found[place : place + 1] = source.choice((b"0", b"9", b"99999999999", b"1e9", b".", b"-", b"7.3"))
    elif deed == 6:
        found[at:at] = source.choice((b"[", b"{", b'{"a":', b"<a>", b"(", b'"')) * source.choice((1, 5, 3000))
    elif deed == 7:
        found[at:near] = bytes(source.randrange(256) for _ in range(source.randrange(8)))
    elif deed == 8 and size:
        other = source.randrange(size)
        found[at:near] = found[other : other + source.randrange(60)]
    else:
        quotes = [index for index, byte in enumerate(found) if byte == 34]
        if len(quotes) > 3:
            first = source.randrange(len(quotes) - 1)
            found[quotes[first] + 1 : quotes[first + 1]] = source.choice(WORDS).encode("utf-8", "surrogatepass")


def run(inputs: int, seed: int = 0, only: str = "") -> tuple[Counter[str], list[str]]:
    """Throw so many inputs at all readers or one; return the answers, and what must not have happened."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    known, counts, problems = seeds(), Counter[str](), list[str]()
    known = {only: known[only]} if only else known
    names = sorted(known)
    weights = [{"read_schedule": 10, "pdf": 1}.get(name, 2) for name in names]
    for number in range(inputs):
        source = random.Random(f"{seed}/{number}")
        name = source.choices(names, weights)[0]
        reader, files = known[name]
        data = mutated(source, source.choice(files))
        begin = clock.process_time()
        try:
            reader(data)
            counts[f"{name} answered"] += 1
        except TaperError as refused:
            counts[f"{name} refused"] += 1
            if not str(refused).strip() or len(str(refused)) > 4500:
                problems.append(f"{name} {seed}/{number}: an error that is empty or endless")
        except Exception as problem:
            problems.append(f"{name} {seed}/{number}: {type(problem).__name__}: {str(problem)[:200]}")
        if (took := clock.process_time() - begin) > SLOWEST:
            problems.append(f"{name} {seed}/{number}: {took:.1f} s for {len(data):,} bytes")
    return counts, problems


def bombs() -> Iterator[tuple[str, bytes]]:
    """Yield files of up to 5 MB that are meant to cost time or memory."""
    size = 4_900_000

    def repeated(start: str, part: str, end: str = "") -> bytes:
        return (start + part * ((size - len(start) - len(end)) // len(part)) + end).encode()

    request = json.dumps(_request())
    dosage = json.dumps(_request()["dosageInstruction"][0])
    yield "nested lists", b"[" * size
    yield "nested objects", b'{"a":' * (size // 5)
    yield "many empty lists", repeated("[", "[],", "[]]")
    yield "many small objects", repeated("[", '{"a":1},', "{}]")
    yield "a huge number", repeated('{"resourceType":"MedicationRequest","n":', "9", "}")
    yield "a huge exponent", b'{"resourceType":"MedicationRequest","dosageInstruction":[{"sequence":1e999999999}]}'
    yield (
        "a long string",
        repeated('{"resourceType":"MedicationRequest","dosageInstruction":[{"text":"', "take 1 ", '"}]}'),
    )
    yield "many requests", repeated('{"resourceType":"Bundle","entry":[', f'{{"resource":{request}}},', "{}]}")
    yield "one a line", repeated("", request + "\n")
    yield "many dosages", repeated('{"resourceType":"MedicationRequest","dosageInstruction":[', dosage + ",", "{}]}")
    yield (
        "many times",
        repeated(
            '{"resourceType":"MedicationRequest","dosageInstruction":[{"timing":{"repeat":{"when":[',
            '"HS",',
            '"HS"]}}}]}',
        ),
    )
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    yield "a billion laughs", f'<!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]><a>&l11;</a>'.encode()
    yield "an outer entity", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hosts">]><a>&x;</a>'
    yield "nested elements", b"<a>" * (size // 3)
    yield "many elements", repeated("<Bundle>", "<a/>", "</Bundle>")
    yield "many attributes", repeated("<a ", 'b="" ', "/>")
    yield (
        "many entries",
        repeated("<Bundle>", f"<entry><resource>{XML.partition('?>')[2]}</resource></entry>", "</Bundle>"),
    )
    yield "a quote that never ends", repeated('date,product,quantity\n"', "a,b\n")
    yield "many columns", repeated("date,product,quantity,", "a,")
    yield "many columns of one row", repeated("date,product,quantity\n", "a,")
    yield "many fills", repeated(HISTORY.partition("\n")[0] + "\n", HISTORY.partition("\n")[2])
    yield "many empty lines", repeated("start,end,time,drug,dose_mg\n", "\n")
    yield "many rows", repeated("start,end,time,drug,dose_mg\n", "2026-01-05,2035-01-05,bedtime,diazepam,5\n")
    days = "date,step,time,drug,dose_mg\n"
    yield "a day many times", repeated(days, "2026-01-05,0,bedtime,diazepam,5\n")
    event = 'BEGIN:VEVENT\nDTSTART:20260105\nX-TAPER-INTAKES:[["bedtime","diazepam","5",[]]]\nEND:VEVENT\n'
    yield "many events", repeated("BEGIN:VCALENDAR\n", event)
    yield "a folded line", repeated("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a", "\n a")
    yield "a table header in one line", repeated("", "=")
    yield "nested tables", repeated("a = ", "[")
    yield "dotted keys", repeated("", "a.") + b"b = 1"
    yield "dotted keys inside", repeated("x = {", "a.") + b"b = 1}"
    yield "many dotted lines", repeated("", "a." * 199 + "b = 1\n")
    yield "a PDF of nothing", repeated("%PDF-1.7\n", "1 0 obj<<>>endobj ")
    yield "nested PDF", repeated("%PDF-1.7\n1 0 obj", "<</A", " trailer<</Root 1 0 R>>")


def heavy() -> list[str]:
    """Read each bomb in a process of its own; return those that broke, took too long, or took too much memory."""
    problems = []
    for name, data in bombs():
        command = [sys.executable, "-m", "tests.tools.fuzz", "--stdin"]
        try:
            done = subprocess.run(command, input=data, capture_output=True, timeout=60, check=False)
        except subprocess.TimeoutExpired:
            problems.append(f"{name}: no answer within a minute")
            continue
        if done.returncode:
            problems.append(f"{name}: {done.stderr.decode()[-300:]}")
            continue
        took, most, answer = done.stdout.decode().split(" ", 2)
        shown = f"{name}: {float(took):.2f} s, {int(most) // 1_000_000} MB, {answer.strip()[:110]}"
        print(shown)
        if float(took) > SLOWEST or int(most) > MOST_BYTES:
            problems.append(shown)
    return problems


def _one(data: bytes) -> None:
    """Read one file as the command line would, and print seconds, bytes of memory, and the answer."""
    seeds_of = parse_order, read_schedule  # imported before the clock starts
    before = most_memory()
    begin = clock.process_time()
    try:
        found: object = seeds_of[1](data) if holds_record(data) else seeds_of[0](_text(data))
        answer = f"read: {type(found).__name__}"
    except TaperError as refused:
        answer = f"refused: {refused}"
    took = clock.process_time() - begin
    most = most_memory() - before
    print(f"{took:.3f} {most} {answer}".encode("ascii", "replace").decode())


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="one reader, by its name in `seeds`")
    parser.add_argument("--no-bombs", action="store_true", help="leave out the large files")
    parser.add_argument("--stdin", action="store_true", help="read one file from standard input and measure it")
    chosen = parser.parse_args()
    if chosen.stdin:
        _one(sys.stdin.buffer.read())
        return 0
    problems = [] if chosen.no_bombs else heavy()
    counts, found = run(chosen.inputs, chosen.seed, chosen.only)
    for name, count in sorted(counts.items()):
        print(f"{name}: {count:,}")
    for problem in problems + found[:50]:
        print("PROBLEM", problem)
    print(f"{chosen.inputs:,} inputs, {len(problems) + len(found)} problems")
    return 1 if problems or found else 0


if __name__ == "__main__":
    sys.exit(main())
