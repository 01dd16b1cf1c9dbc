"""What another tool will read in a file is what is planned: nothing right is refused, and no altered file goes out."""

from __future__ import annotations

import base64
import gzip
import json
import random
import re
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given, strategies as st

from taper.errors import ProofError, TaperError
from taper.exchange import formats
from taper.exchange.formats import export
from taper.exchange.plan_document import document, write_document
from taper.finding import Report
from taper.order.order import read_order
from taper.planner.planning import plan
from taper.proof.files import prove_document, prove_file
from taper.schedule.schedule import Schedule
from tests.strategies import living_plans, mixed_schedules, weekly_schedules
from tests.strategies.odd import odd_order
from tests.strategies.orders import cycle_orders
from tests.strategies.schedules import foreign_schedules
from tests.support.exports import EXAMPLES, OTHERS, settings, written_on
from tests.support.planning import plan_or_none

SETTINGS = list(settings())


def _planned(data: dict[str, Any] | None) -> Schedule | None:
    return None if data is None else plan_or_none(data)


def _chosen(chosen: dict[str, Any]) -> dict[str, Any]:
    return chosen | ({"into": json.dumps(OTHERS)} if "into" in chosen else {})


def _exported(schedule: Schedule, to: str, chosen: dict[str, Any], offset: int = 0) -> bytes | None:
    """A file, or None for what the format cannot carry; a refusal of the proof is none of that."""
    dated = {"written_on": day} if (day := written_on(schedule, to, offset)) is not None else {}
    try:
        return export(schedule, to, **dated, **_chosen(chosen))  # type: ignore[arg-type]
    except ProofError:
        raise
    except TaperError:
        return None


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_file_of_an_example_is_refused(path: Any) -> None:
    """Each format, and of its settings and languages a share that is another one for each example."""
    schedule = plan(read_order(path))
    share = SETTINGS[EXAMPLES.index(path) % 4 :: 4]
    written = [_exported(schedule, to, chosen, place % 30) for place, (to, chosen) in enumerate(share)]
    assert sum(content is not None for content in written) > len(share) // 2
    write_document(schedule, Report())


@given(
    living_plans()
    | weekly_schedules()
    | mixed_schedules()
    | foreign_schedules()
    | cycle_orders().map(_planned)
    | st.integers(0, 10**6).map(odd_order).map(_planned),
    st.sampled_from(SETTINGS),
    st.integers(-10, 60),
)
def test_nothing_right_is_refused(schedule: Schedule | None, setting: Any, offset: int) -> None:
    """Whatever the plan is, also after revisions or from elsewhere, and whatever is chosen of a format."""
    if schedule is None or (schedule.origin != "plan" and "by_product" in setting[1]):
        return
    to, chosen = setting
    _exported(schedule, to, chosen, offset)
    write_document(schedule, Report())


# What an altered file is taken from: several drugs, pieces of all sizes and a liquid, a weekly pattern, a stop.
SOURCES = ("two_drugs", "tablets_then_liquid", "weekly", "together")
MANY: tuple[tuple[str, dict[str, Any]], ...] = tuple(
    setting for setting in SETTINGS if setting[1].get("language", "en") in ("en", "de") and "supply" not in setting[1]
)


@cache
def _plan_of(name: str) -> Schedule:
    return plan(read_order(next(path for path in EXAMPLES if path.stem == name)))


@cache
def _file(name: str, place: int) -> tuple[bytes, bytes] | None:
    """A file, and the same as it is to be altered: an eMediplan unpacked."""
    to, chosen = MANY[place]
    content = _exported(_plan_of(name), to, chosen)
    if content is None:
        return None
    open_content = b"CHMED16A0" + gzip.decompress(base64.b64decode(content[9:])) if to == "emediplan" else content
    return content, open_content


def _refused(name: str, place: int, content: bytes) -> bool:
    to, chosen = MANY[place]
    schedule = _plan_of(name)
    try:
        prove_file(schedule, to, content, _chosen(chosen), written_on(schedule, to))
    except ProofError:
        return True
    return False


NOT_CLAIMED = {
    # identifiers, which say nothing of a dose, and what the writer's library adds
    "ics": rb"UID:.*|LAST-MODIFIED:.*|X-TAPER-PLAN:.*|PRODID.*|VERSION:.*|SEQUENCE:.*|TRIGGER.*|"
    rb"BEGIN:VTIMEZONE(?s:.*?)END:VTIMEZONE|BEGIN:VALARM(?s:.*?)END:VALARM",
    # identifiers and addresses, codes of registers, and the grouping of the steps by name
    "fhir": rb'"urn:uuid:[^"]*"|identifier=[^"]*|"created": "[^"]*"|"coding": \[[^\]]*\]|"http[^"]*"|'
    rb'"actionId": "[^"]*"|"title": "[^"]*"|algorithmVersion.*?\}|"resourceType": "(?:RequestGroup|CarePlan)".*?"div": '
    rb'"(?:\\.|[^"\\])*"|"[a-z-]*urn:ietf[^"]*"|"authoredOn": "[^"]*", "action"',
    # fields of the app that the plan does not use, at their defaults; the medicine of the phone is held as a whole
    "medtimer": rb'"(?:reminderId|color|notificationImportance|iconId|productionDate|expirationDate|createdTimestamp|'
    rb'cycleStartDay|linkedReminderId|interval\w+|outOfStockThreshold|sortOrder|version)": .*|taper plan [^\\]*',
    # the title, and the short key of the plan in the last line
    "markdown": rb"# [^\n]*|plan [0-9a-f]{8}|Plan [0-9a-f]{8}",
    # the identifier of the file, kinds that the specification fixes, and the clock of the day of writing
    "emediplan": rb'"Id":"[0-9a-f-]{36}"|"MedType":1|"AutoMed":0|T00:00:00\+00:00|CHMED16A0',
}
"""What of a file is not held against the plan, and why; every other digit of it is."""


@cache
def _digits(name: str, place: int) -> list[int]:
    file = _file(name, place)
    if file is None:
        return []
    masked: set[int] = set()
    for match in re.finditer(NOT_CLAIMED.get(MANY[place][0], rb"\Z"), file[1]):
        masked.update(range(*match.span()))
    return [at for at, byte in enumerate(file[1]) if chr(byte).isdigit() and at not in masked]


@given(st.sampled_from(SOURCES), st.integers(0, len(MANY) - 1), st.randoms(use_true_random=False))
def test_no_file_goes_out_with_a_digit_changed(name: str, place: int, rng: random.Random) -> None:
    """Of a dose, a date, a number of pieces, a volume, a quantity, a length: wherever a digit stands in a file."""
    digits = _digits(name, place)
    if not digits:
        return
    file = _file(name, place)
    assert file is not None
    at = rng.choice(digits)
    other = rng.choice([digit for digit in b"0123456789" if digit != file[1][at]])
    altered = file[1][:at] + bytes([other]) + file[1][at + 1 :]
    around = altered[max(0, at - 60) : at + 40]
    assert _refused(name, place, altered), (MANY[place], around, "was", chr(file[1][at]))


def _swap(one: bytes, other: bytes, content: bytes) -> bytes:
    """Exchange two words wherever they stand."""
    return other.join(part.replace(other, one) for part in content.split(one))


def _parts(to: str, content: bytes) -> list[bytes]:
    """A file in the parts that can be lost or doubled: rows, events, drafts, medicines."""
    if to == "ics":
        return re.split(rb"(?=BEGIN:VEVENT)|(?=END:VCALENDAR)", content)
    if to == "fhir":
        return re.split(rb'(?<=\}), (?=\{"fullUrl")|(?<=\}), (?=\{"sequence")', content)
    if to == "emediplan":
        return re.split(rb'(?<=\}),(?=\{"DtFrom)', content)
    if to == "medtimer":
        return re.split(rb'(?<=\}),(?=\s+\{\s+"reminderId")|(?<=\}),(?=\s+\{\s+"medicine")', content)
    return content.splitlines(keepends=True)


def _joined(to: str, parts: list[bytes]) -> bytes:
    return {"fhir": b", ", "emediplan": b",", "medtimer": b","}.get(to, b"").join(parts)


def _spoken(to: str, part: bytes) -> bool:
    """Whether a part says what is taken, so that it must not be lost: no head, no line of a table's frame."""
    if to == "markdown":
        taken = re.search(rb"[0-9] m[gL]|tablet|Tablette", part)
        return part.startswith(b"| ") and b"---" not in part and taken is not None
    return re.search(rb"[0-9]", part) is not None


@pytest.mark.parametrize("place", range(len(MANY)), ids=lambda place: f"{MANY[place][0]}-{place}")
def test_no_file_goes_out_with_a_part_lost_doubled_or_moved(place: int) -> None:
    """Neither without a row, an event or a draft, nor with one twice, nor with two that have exchanged their days."""
    files = {name: file for name in SOURCES if (file := _file(name, place)) is not None}
    assert files, "no plan is tried in this format"
    for name, file in files.items():
        _without_parts(name, place, file[1])


def _without_parts(name: str, place: int, content: bytes) -> None:
    to = MANY[place][0]
    parts = _parts(to, content)
    spoken = [at for at, part in enumerate(parts) if _spoken(to, part) and 0 < at < len(parts) - 1]
    if len(spoken) < 3:
        spoken = [at for at, part in enumerate(parts) if _spoken(to, part)]
    for at in (spoken[0], spoken[len(spoken) // 2], spoken[-1]):
        lost = _joined(to, parts[:at] + parts[at + 1 :])
        doubled = _joined(to, [*parts[: at + 1], *parts[at:]])
        assert _refused(name, place, lost), (name, MANY[place], "lost", parts[at][:200])
        assert _refused(name, place, doubled), (name, MANY[place], "doubled", parts[at][:200])


WORDS: tuple[tuple[bytes, bytes], ...] = (
    (b"bedtime", b"morning"),
    (b"NIGHT", b"MORN"),
    (b"zur Nacht", b"morgens"),
    (b" mg", b" mL"),
    (b'"mg"', b'"ug"'),
    (b"half", b"three quarters"),
    (b"halbe", b"viertel"),
    (b"tablet 2 mg", b"tablet 5 mg"),
    (b'"STK"', b'"ML"'),
    (b'"mon"', b'"tue"'),
    (b"Monday", b"Tuesday"),
    (b"January", b"June"),
    (b"diazepam", b"lorazepam"),
    (b'"d"', b'"wk"'),
    (b"CONFIRMED", b"CANCELLED"),
    (b"VALUE=DATE:2026", b"VALUE=DATE:2027"),
    (b"then stop taking it", b"then go on"),
    (b'"asNeededBoolean": false', b'"asNeededBoolean": true'),
    (b'"active": true', b'"active": false'),
    (b'"frequency": 1', b'"frequency": 2'),
    (b"{tablet}", b"{capsule}"),
    (b"422327006", b"422327007"),
)
"""Words and the words put in their place."""
HARMLESS: dict[tuple[bytes, str], str] = {
    (b"Monday", "markdown"): "the weekday beside a date is not read; the date is",
    (b"Monday", "medtimer"): "the same, in the notes of a medicine",
}
"""What passes, and why."""


@pytest.mark.parametrize(("word", "other"), WORDS, ids=lambda word: word.decode())
def test_no_file_goes_out_with_another_word(word: bytes, other: bytes) -> None:
    """A time of day, a unit, a product, a drug, a day of the week, a stop: in every format that has the word."""
    tried = 0
    for name in SOURCES:
        for place, (to, _) in enumerate(MANY):
            file = _file(name, place)
            if file is None or word not in file[1]:
                continue
            altered = file[1].replace(word, other)
            if (word, to) in HARMLESS:
                continue
            tried += 1
            assert _refused(name, place, altered), (name, MANY[place], word)
    assert tried


def test_a_file_that_cannot_be_read_is_refused() -> None:
    """Cut short, empty, or of another format."""
    schedule = _plan_of("two_drugs")
    for place, (to, chosen) in enumerate(MANY):
        file = _file("two_drugs", place)
        if file is None:
            continue
        for broken in (b"", file[0][: len(file[0]) // 2], b"{}", b"\xff\xfe"):
            with pytest.raises(ProofError):
                prove_file(schedule, to, broken, _chosen(chosen), written_on(schedule, to))


CUTS = ("cut_mg", "cut_of_current", "cut_of_start")
KEYS = ("number", "start", "end", "days", "total_mg", *CUTS, "intakes", "target_mg")


@pytest.mark.parametrize("key", KEYS)
def test_no_plan_document_goes_out_with_a_field_changed(key: str) -> None:
    """Each field of a step, put into the step after it, is refused; where two steps have the same the next is tried."""
    tried = 0
    for name in SOURCES:
        schedule = _plan_of(name)
        data = document(schedule, Report())
        steps = data["steps"]
        place = next((at for at in range(1, len(steps) - 1) if steps[at][key] != steps[at + 1][key]), None)
        if place is None:
            continue
        prove_document(schedule, data)
        steps[place][key] = steps[place + 1][key]
        tried += 1
        with pytest.raises(ProofError, match="the plan document"):
            prove_document(schedule, data)
    assert tried, "all steps of all plans have the same"


@pytest.mark.parametrize("change", ["stopped_on", "revision", "plan_id", "supply", "steps", "order"])
def test_no_plan_document_goes_out_of_another_plan(change: str) -> None:
    schedule = _plan_of("two_drugs")
    data = document(schedule, Report())
    others: dict[str, Any] = {
        "stopped_on": date(2026, 12, 8).isoformat(),
        "revision": 1,
        "plan_id": "other",
        "supply": data["supply"][:-1],
        "steps": data["steps"][:-1],
        "order": data["order"] | {"drug": "lorazepam"},
    }
    with pytest.raises(ProofError):
        prove_document(schedule, data | {change: others[change]})


def test_a_fault_of_a_writer_stops_the_export(monkeypatch: pytest.MonkeyPatch) -> None:
    """Export gives nothing out that its writer got wrong."""
    schedule = _plan_of("two_drugs")
    written = formats._undated
    monkeypatch.setattr(formats, "_undated", lambda *given: written(*given).replace(b",10\r\n", b",100\r\n"))
    with pytest.raises(ProofError, match="the file for csv is not given out"):
        export(schedule, "csv")
