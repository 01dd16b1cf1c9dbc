"""Histories of pharmacies and of OMOP: what the label says, when it ended, whose it is, and of any size."""

from __future__ import annotations

import json
import time
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from taper.checker.checking import check
from taper.cli import main
from taper.errors import ScheduleError
from taper.exchange.kinds import seems
from taper.exchange.people import read_people
from taper.exchange.reading import Reading, holds_record, read_schedule
from taper.loading import MAX_BYTES
from taper.schedule.schedule import Schedule

HEAD = "date,product,quantity,days_of_supply,sig\n"
OMOP = (
    "person_id,drug_concept_id,drug_exposure_start_date,drug_exposure_end_date,verbatim_end_date,"
    "drug_type_concept_id,quantity,days_supply,sig,refills,drug_source_value\n"
)


def told(schedule: Schedule) -> list[tuple[str, int, str]]:
    """Return first day, days and dose of each step."""
    return [(str(step.start), step.days, str(step.total)) for step in schedule.steps]


def kinds(schedule: Schedule) -> list[str]:
    """Return the kinds of the remarks, without the one that every supply has."""
    return [remark.kind for remark in schedule.remarks if not remark.text.startswith("The doses are averages")]


@pytest.mark.parametrize(
    ("row", "steps"),
    [
        # the bedtime that is said twice is one: 30 tablets last 30 days
        ("2026-01-05,zolpidem 10 mg,30,,Take 1 tablet by mouth every night at bedtime", [("2026-01-05", 30, "10 mg")]),
        ("2026-01-05,zolpidem 10 mg,30,30,Take 1 tablet every night at bedtime", [("2026-01-05", 30, "10 mg")]),
        (
            '2026-01-05,diazepam 5 mg,42,28,"Take 1 tablet bd for 14 days, THEN 1 tablet nightly for 14 days"',
            [("2026-01-05", 14, "10 mg"), ("2026-01-19", 14, "5 mg")],
        ),
        (
            '2026-01-05,diazepam 5 mg,42,,"Take 1 tablet bd for 14 days, THEN 1 tablet nightly for 14 days"',
            [("2026-01-05", 14, "10 mg"), ("2026-01-19", 14, "5 mg")],
        ),
        (  # the last part lasts as long as the rest of the tablets
            '2026-01-05,diazepam 5 mg,42,,"Take 1 tablet bd for 14 days, then 1 tablet nightly"',
            [("2026-01-05", 14, "10 mg"), ("2026-01-19", 14, "5 mg")],
        ),
        (
            '2026-01-05,diazepam 5 mg,87,,"Take 1 tablet bd for one month, then 1 tablet nightly"',
            [("2026-01-05", 31, "10 mg"), ("2026-02-05", 25, "5 mg")],
        ),
        ("2026-01-05,diazepam 5 mg,30,,Take 5 mg at night", [("2026-01-05", 30, "5 mg")]),
        ("2026-01-05,diazepam 2 mg/5 mL,100,,Take 5 mL at night", [("2026-01-05", 20, "2 mg")]),
        ("2026-01-05,diazepam 5 mg,28,,1-0-1-0", [("2026-01-05", 14, "10 mg")]),
        (
            "2026-01-05,diazepam 5 mg,2,4,Take 1 tablet every other night",
            [
                ("2026-01-05", 1, "5 mg"),
                ("2026-01-06", 1, "0 mg"),
                ("2026-01-07", 1, "5 mg"),
                ("2026-01-08", 1, "0 mg"),
            ],
        ),
    ],
)
def test_the_directions_of_a_label_are_followed(row: str, steps: list[Any]) -> None:
    schedule = read_schedule(HEAD + row + "\n").schedule()
    assert told(schedule) == steps
    assert kinds(schedule) == []


@pytest.mark.parametrize(
    ("row", "kind", "steps"),
    [
        # parts that need more or less than was handed out
        ('2026-01-05,diazepam 5 mg,40,28,"1 tablet bd for 14 days, then 1 tablet nightly for 14 days"', "mismatch", 1),
        ('2026-01-05,diazepam 5 mg,42,30,"1 tablet bd for 14 days, then 1 tablet nightly for 14 days"', "mismatch", 1),
        ('2026-01-05,diazepam 5 mg,40,,"1 tablet bd for 14 days, then 1 tablet nightly for 14 days"', "period", 0),
        # words that contradict the product or the days
        ("2026-01-05,diazepam 5 mg,28,28,Take 1 tablet (10 mg total) nightly", "mismatch", 1),
        ("2026-01-05,diazepam 5 mg,28,28,Take one 2mg tablet nightly", "mismatch", 1),
        ("2026-01-05,diazepam 5 mg,28,28,Take 1 tablet nightly for 14 days", "mismatch", 1),
        ("2026-01-05,diazepam 5 mg,14,28,Take 1 tablet nightly", "mismatch", 1),
        ("2026-01-05,diazepam 5 mg,60,,Take 1 tablet nightly for 14 days", "period", 0),
        # no daily amount: kept as words
        ("2026-01-05,diazepam 5 mg,28,28,Take 1 tablet nightly as needed", "text", 1),
        ("2026-01-05,diazepam 2 mg/5 mL,100,20,Take 1 tablet at night", "text", 1),
        ('2026-01-05,diazepam 5 mg,60,30,"Take 2 tablets at bedtime, take 10 mg at bedtime"', "text", 1),
        ("2026-01-05,chlordiazepoxide-clidinium 5-2.5 mg,90,30,1 capsule tds", "unit", 0),
        ("2026-01-05,Lorazepam 0.5-1 mg,28,28,", "unit", 0),
        ("2026-01-05,Diazepam 2.5mg/1.25ml rectal tube,5,5,", "unit", 0),
        ("2026-01-05,Diazepam 10 mg rectal gel,4,30,", "unit", 0),
        ("2026-01-05,Midazolam 10 mg nasal spray,2,30,", "unit", 0),
        ("2026-01-05,Diazepam 10 mg suppository,10,30,1 daily", "unit", 0),
        ("2026-01-05,{30 (diazepam 5 MG Oral Tablet) } Pack,1,30,", "unit", 0),
    ],
)
def test_what_does_not_agree_is_remarked(row: str, kind: str, steps: int) -> None:
    schedule = read_schedule(HEAD + row + "\n").schedule()
    assert kinds(schedule) == [kind]
    assert len(schedule.steps) == steps


def test_a_strength_that_contradicts_the_name_is_not_used() -> None:
    head = "date,product,strength,quantity,days_of_supply\n2026-01-05,"
    assert told(read_schedule(head + "diazepam 5 mg tablets,5 mg,28,14\n").schedule()) == [("2026-01-05", 14, "10 mg")]
    schedule = read_schedule(head + "diazepam 5 mg tablets,2 mg,28,14\n").schedule()
    assert (told(schedule), kinds(schedule)) == ([], ["mismatch"])


def test_a_plain_table_knows_the_drug_in_other_languages() -> None:
    for name in ("Zopiclon", "zopiclona", "Zopiclone"):
        table = f"start,end,time,drug,dose_mg\n2026-01-05,2026-01-05,bedtime,{name},7.5\n"
        assert read_schedule(table).schedule().steps[0].intakes[0].drug == "zopiclone"


def omop(*rows: str) -> Schedule:
    return read_schedule(OMOP + "".join(f"7,0,{row}\n" for row in rows)).schedule()


def test_a_recorded_last_day_is_the_truth() -> None:
    """Four prescriptions for 30 days, each ended after a week; the verbatim end before the other."""
    schedule = omop(
        "2026-01-05,2026-02-03,2026-01-11,32839,60,30,Take 1 tablet twice daily,0,diazepam 10 mg",
        "2026-01-12,2026-01-18,,32839,90,30,Take 1 tablet three times daily,,diazepam 5 mg",
        "2026-01-19,2026-01-25,2026-01-25,32839,60,30,,,diazepam 5 mg",
        "2026-01-26,2026-02-01,2026-02-01,32839,30,,Take 1 tablet daily,,diazepam 5 mg",
    )
    assert told(schedule) == [
        ("2026-01-05", 7, "20 mg"),
        ("2026-01-12", 7, "15 mg"),
        ("2026-01-19", 7, "10 mg"),
        ("2026-01-26", 7, "5 mg"),
    ]
    assert kinds(schedule) == []


def test_a_last_day_that_is_after_the_supply_counts_too() -> None:
    assert told(omop("2026-01-05,,2026-01-18,32825,14,7,,,diazepam 5 mg")) == [("2026-01-05", 14, "10 mg")]


def test_a_taper_on_a_label_ends_on_the_recorded_last_day() -> None:
    sig = '"Take 1 tablet twice daily for 14 days, then 1 tablet daily for 14 days"'
    row = f"2026-01-05,,{{end}},32839,42,28,{sig},,diazepam 5 mg"
    assert told(omop(row.format(end="2026-01-25"))) == [("2026-01-05", 14, "10 mg"), ("2026-01-19", 7, "5 mg")]
    assert told(omop(row.format(end="2026-01-11"))) == [("2026-01-05", 7, "10 mg")]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("lorazepam 1 mg tab", None),
        ("00093-0063-01", None),
        ("lorazepam 2 mg", "mismatch"),
        ("diazepam 1 mg", "mismatch"),
    ],
)
def test_the_name_of_a_concept_and_that_of_its_source_agree(source: str, kind: str | None) -> None:
    head = OMOP.replace("drug_source_value", "drug_source_value,drug_concept_name")
    row = f"7,0,2026-01-05,2026-01-18,,32838,28,14,,,{source},lorazepam 1 MG Oral Tablet\n"
    schedule = read_schedule(head + row).schedule()
    assert told(schedule) == ([] if kind else [("2026-01-05", 14, "2 mg")])
    assert kinds(schedule) == ([kind] if kind else [])


@pytest.mark.parametrize("ends", ["2026-01-05,", "2026-01-04,", ",2026-01-04", "2026-01,", ",soon"])
def test_a_last_day_that_cannot_be_meant_is_not_taken(ends: str) -> None:
    schedule = omop(f"2026-01-05,{ends},32825,60,30,,,diazepam 5 mg")
    assert (told(schedule), kinds(schedule)) == ([], ["period"])


def test_refills_are_remarked_and_not_counted() -> None:
    schedule = omop("2026-01-05,,,32839,30,30,Take 1 tablet daily,2,diazepam 5 mg")
    assert told(schedule) == [("2026-01-05", 30, "5 mg")]
    assert "Refills are named in 1 row" in next(r.text for r in schedule.remarks if "Refills" in r.text)


ALTERNATE = "start,end,time,drug,dose_mg\n" + "".join(
    f"2026-01-{day:02},2026-01-{day:02},bedtime,zopiclone,{'7.5' if day % 2 else '0'}\n" for day in range(5, 13)
)


def test_a_record_that_ends_on_a_day_off_does_not_say_that_it_stops() -> None:
    schedule = read_schedule(ALTERNATE).schedule()
    assert schedule.stopped_on is None
    assert "T106" not in {finding.code for finding in check(schedule).findings}
    longer = read_schedule(ALTERNATE + "2026-01-13,2026-01-13,bedtime,zopiclone,0\n").schedule()
    assert longer.stopped_on == date(2026, 1, 12)


# sizes


def many(people: int, fills: int = 10, header: str = "person," + HEAD) -> str:
    """Return a history whose rows are sorted by day, so that the persons are mixed."""
    rows = [
        f"{person},{2000 + fill * 2}-01-05,diazepam 5 mg,28,14,Take 2 tablets at night"
        for fill in range(fills)
        for person in range(people)
    ]
    return header + "\n".join(rows) + "\n"


def test_a_record_may_reach_over_decades() -> None:
    schedule = read_schedule(many(1, 25)).schedule()
    assert len([step for step in schedule.steps if step.intakes]) == 25
    assert {finding.code for finding in check(schedule).findings} >= {"T401"}
    with pytest.raises(ScheduleError, match="a hundred years"):
        read_schedule(HEAD + "1926-01-05,diazepam 5 mg,28,14,\n2126-01-05,diazepam 5 mg,28,14,\n")


def test_one_by_one_says_what_all_at_once_says() -> None:
    data = many(7) + '"a ""b""",2026-01-05,diazepam 5 mg,28,,"Take 1 tablet\nnightly, maybe"\n'
    whole, alone = read_schedule(data), dict(read_people(data.encode()))
    assert tuple(alone) == (*map(str, range(7)), 'a "b"')
    assert alone.keys() == set(whole.people)
    for person, reading in alone.items():
        assert isinstance(reading, Reading)
        assert reading.schedules[0][2] == whole.schedule(person=person)


def test_other_files_are_split_by_person() -> None:
    request: dict[str, Any] = {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {"text": "diazepam 5 mg tablets"},
        "dosageInstruction": [{"text": "1 tablet at night"}],
    }
    entries = [{"resource": request | {"subject": {"reference": f"Patient/{n}"}}} for n in (1, 2)]
    found = dict(read_people(json.dumps({"resourceType": "Bundle", "entry": entries})))
    assert list(found) == ["Patient/1", "Patient/2"]


def test_one_person_that_cannot_be_laid_out_does_not_hide_the_others() -> None:
    rows = "".join("1,2026-01-05,diazepam 5 mg,28,14,\n" for _ in range(3))
    crowd = "".join(f"2,2026-01-05,diazepam {n} mg,28,14,\n" for n in range(1, 120))
    found = dict(read_people("person," + HEAD + crowd + rows))
    assert isinstance(found["2"], ScheduleError)
    assert isinstance(found["1"], Reading)


def test_the_time_to_read_grows_with_the_rows_and_no_faster() -> None:
    """Every row has a remark; four times the people must not take many times as long."""

    def seconds(people: int) -> float:
        data = many(people, 8).replace("2 tablets", "3 tablets")
        began = time.process_time()
        read_schedule(data)
        return time.process_time() - began

    seconds(50)
    assert seconds(2000) < 12 * max(seconds(500), 0.05)


def wide(people: int) -> bytes:
    """Return a history whose rows are long, so that any copy of the file shows."""
    return many(people, 2).replace(",Take", f",{'Take with care. ' * 60}Take").encode()


def test_the_time_to_read_people_one_by_one_grows_with_them_and_no_faster() -> None:
    """The file must not be copied for each person: 20,000 persons took twelve times as long as 5,000."""

    def seconds(people: int) -> float:
        data = wide(people)
        began = time.process_time()
        assert sum(1 for _ in read_people(data)) == people
        return time.process_time() - began

    seconds(50)
    assert seconds(4000) < 8 * max(seconds(1000), 0.05)


def test_people_one_by_one_take_the_memory_of_the_file_and_little_more() -> None:
    data = wide(4000)
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_people(data)) == 4000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1.4 * len(data)


def test_all_persons_are_checked_one_line_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "people.csv"
    file.write_text(many(3), encoding="utf-8")
    assert main(["check", str(file), "--all", "--fail-on", "never"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["0", "1", "2"]
    assert all("supplied, 2000-01-05 to 2018-01-18: " in line for line in lines)
    assert main(["check", str(file), "--all", "--json", "--fail-on", "note"]) == 1
    assert [json.loads(line)["person"] for line in capsys.readouterr().out.splitlines()] == ["0", "1", "2"]
    assert main(["check", str(file), "--all", "--as", "taken"]) == 2
    assert capsys.readouterr().out.count("nothing that was taken") == 3
    assert main(["check", str(file), "--all", "--person", "1"]) == 2
    assert "leave out" in capsys.readouterr().err


def test_a_table_may_be_larger_than_other_files() -> None:
    rows = (f"{n},2026-01-05,diazepam 5 mg,28,14,{'Take with care. ' * 60}\n" for n in range(6000))
    data = "person," + HEAD + "".join(rows)
    assert len(data) > MAX_BYTES
    assert len(read_schedule(data.encode()).people) == 6000
    with pytest.raises(ScheduleError, match="FHIR file or plan document is larger than 5,000,000 bytes"):
        read_schedule("{" + " " * MAX_BYTES)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"MSH|^~\\&|PHARM|HOSP|\rPID|1\r", "HL7 v2"),
        (b'<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"/>', "CDA"),
        (b'<MP v="025" U="x"/>', "German medication plan"),
        (b"UNA:+.? 'UNB+", "EDIFACT"),
        (b"ISA*00*", "X12"),
        (b"PK\x03\x04rest", "Office file"),
        (b"\xd0\xcf\x11\xe0", "old Office file"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"PAR1", "Parquet"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"\x89PNG\r\n", "picture"),
        (b"<!DOCTYPE html><html>", "web page"),
        ("date,product\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_an_unknown_file_is_answered_with_what_it_seems_to_be(
    data: bytes, what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ScheduleError, match=f"seems to be .*{what}"):
        read_schedule(data)
    file = tmp_path / "record"
    file.write_bytes(data)
    assert main(["check", str(file)]) == 2
    assert what in capsys.readouterr().err


@given(st.binary(max_size=40) | st.text(max_size=60).map(str.encode))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    seems(data)
    holds_record(data)
    for prefix in (b"", b"<", b"{", HEAD.encode(), OMOP.encode(), b"person," + HEAD.encode()):
        try:
            read_schedule(prefix + data)
            list(read_people(prefix + data))
        except ScheduleError:
            pass


CELLS = st.sampled_from(
    [
        *("2026-01-05", "2026-13-01", "", "x", "diazepam 5 mg", "diazepam 1/2 mg", "28", "14", "0", "-1", "1e9", "2,5"),
        *(
            "1 tablet nightly",
            "1 tab bd x 7d then 1 tab nocte",
            "1-0-1-0",
            "2 tablets daily for 3 months",
            "32825",
            "32839",
        ),
    ]
)


@given(st.lists(st.lists(CELLS, min_size=11, max_size=11), max_size=6))
def test_a_row_of_anything_is_a_dose_or_a_remark(rows: list[list[str]]) -> None:
    """One entry for each row that is about a dose, each with a dose or with a remark on why not."""
    for header in (OMOP, "person,date,product,strength,quantity,days_of_supply,sig,refills,a,b,c\n"):
        body = "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)
        try:
            reading = read_schedule(header + body)
        except ScheduleError:
            continue
        for line in reading.lines:
            assert line.intakes or any(remark.place == line.place for remark in reading.remarks)
