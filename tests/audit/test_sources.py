"""The same history in every source gives the same answer, and a source that is broken gives one clear error."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("duckdb", reason="taper audit needs DuckDB: pip install 'taper-planner[audit]'")
pytest.importorskip("pyarrow", reason="taper audit needs pyarrow: pip install 'taper-planner[audit]'")

import duckdb
import pyarrow.parquet as pq

from taper.audit import Conventions, Given, Settings, audit
from taper.audit.ingest import parted
from taper.audit.sources import connect
from taper.errors import OrderError, ScheduleError, TaperError

CONVENTIONS = Conventions(date(2025, 12, 31), small_cells=0, round_to=1)
HEAD = "person,date,drug,strength,quantity,days_supply\n"


def history() -> str:
    rows = []
    for person in range(6):
        day = date(2025, 1, 1)
        for number in range(9 if person % 3 else 6):
            quantity = 120 if person % 2 else max(120 - 40 * (number // 3), 30)
            rows.append(f"{person},{day},diazepam,5 mg,{quantity},30\n")
            day += timedelta(days=30)
    return HEAD + "".join(rows)


def audited(
    folder: Path, *files: Path, end: date = CONVENTIONS.end_of_data, **more: Any
) -> dict[str, list[dict[str, Any]]]:
    out = folder / "out"
    audit(Given(files, **more), out, replace(CONVENTIONS, end_of_data=end), Settings(1, 500), person_level=True)
    return {name: pq.read_table(out / f"{name}.parquet").to_pylist() for name in ("persons", "findings")}


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    file = tmp_path / "practice.csv"
    file.write_text(history(), encoding="utf-8")
    return file


def without_places(found: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Return what was found without the numbers of rows: they are those of the source."""
    return {
        name: [{key: value for key, value in row.items() if key not in ("rows", "message")} for row in rows]
        for name, rows in found.items()
    }


@pytest.mark.parametrize("kind", ["parquet", "folder", "duckdb", "sqlite", "semicolon"])
def test_every_source_says_the_same(kind: str, csv: Path, tmp_path: Path) -> None:
    expected = without_places(audited(tmp_path / "csv", csv))
    assert {row["status"] for row in expected["persons"]} == {"stopped"}
    read = f"SELECT * FROM read_csv('{csv}', types={{'quantity': 'DECIMAL(9,2)', 'date': 'DATE', 'person': 'VARCHAR'}})"
    other = tmp_path / f"practice.{kind}"
    if kind == "parquet":
        duckdb.sql(f"COPY ({read}) TO '{other}' (FORMAT parquet)")
    elif kind == "folder":
        other.mkdir()
        duckdb.sql(f"COPY ({read} WHERE person < '3') TO '{other}/a.parquet' (FORMAT parquet)")
        duckdb.sql(f"COPY ({read} WHERE person >= '3') TO '{other}/b.parquet' (FORMAT parquet)")
    elif kind == "duckdb":
        with duckdb.connect(str(other)) as connection:
            connection.execute(f"CREATE TABLE other AS SELECT 1 AS a; CREATE TABLE dispensings AS {read}")
    elif kind == "sqlite":
        with sqlite3.connect(other) as connection:
            connection.execute("CREATE TABLE fills (person, date, drug, strength, quantity, days_supply)")
            rows = [line.split(",") for line in history().splitlines()[1:]]
            connection.executemany("INSERT INTO fills VALUES (?, ?, ?, ?, ?, ?)", rows)
        connection.close()
    else:
        other.write_text(history().replace(",", ";"), encoding="utf-8")
    assert without_places(audited(tmp_path / "other", other)) == expected


def test_omop_and_its_concepts(csv: Path, tmp_path: Path) -> None:
    """The drug stands in the concept table only; the end dates are those that the days of supply give."""
    head = "person_id,drug_concept_id,drug_exposure_start_date,drug_exposure_end_date,drug_type_concept_id,quantity,"
    head += "days_supply,drug_source_value\n"
    rows = ""
    for line in history().splitlines()[1:]:
        person, day, _, _, quantity, days = line.split(",")
        end = date.fromisoformat(day) + timedelta(days=int(days) - 1)
        rows += f"{person},722095,{day},{end},32825,{quantity},{days},\n"
    file, concepts = tmp_path / "drug_exposure.csv", tmp_path / "CONCEPT.csv"
    file.write_text(head + rows, encoding="utf-8")
    concepts.write_text(
        "concept_id\tconcept_name\tvocabulary_id\n722095\tdiazepam 5 MG Oral Tablet\tRxNorm\n", encoding="utf-8"
    )
    expected = audited(tmp_path / "csv", csv)["persons"]
    found = audited(tmp_path / "omop", file, concepts=concepts)["persons"]
    columns = ("person", "status", "cuts", "covered", "pace_worst", "last_high", "drugs")
    assert [[row[name] for name in columns] for row in found] == [[row[name] for name in columns] for row in expected]
    coded = file.with_name("coded.csv")
    coded.write_text(head + rows.replace(",\n", ",197591\n"), encoding="utf-8")  # RxNorm: diazepam 5 mg tablet
    assert audited(tmp_path / "coded", coded)["persons"][0]["drugs"] in ("diazepam", "")


def test_fhir_one_resource_a_line(csv: Path, tmp_path: Path) -> None:
    file = tmp_path / "dispenses.ndjson"
    lines = [json.dumps({"resourceType": "Medication", "id": "m1", "code": {"text": "diazepam 5 mg tablets"}})]
    for line in history().splitlines()[1:]:
        person, day, _, _, quantity, days = line.split(",")
        lines.append(
            json.dumps(
                {
                    "resourceType": "MedicationDispense",
                    "status": "completed",
                    "medicationReference": {"reference": "Medication/m1"},
                    "subject": {"reference": f"Patient/{person}"},
                    "whenHandedOver": day,
                    "quantity": {"value": int(quantity), "code": "TAB", "unit": "tablet"},
                    "daysSupply": {"value": int(days), "code": "d"},
                }
            )
        )
    file.write_text("\n".join([*lines, "no json", '{"resourceType": "Patient", "id": "1"}']), encoding="utf-8")
    expected = {row["person"]: row["status"] for row in audited(tmp_path / "csv", csv)["persons"]}
    found = {row["person"]: row["status"] for row in audited(tmp_path / "fhir", file)["persons"]}
    assert found.pop("") == "not read"  # the line that is no resource
    assert found == {f"Patient/{person}": status for person, status in expected.items()}


def test_an_order_that_ends_is_not_read_as_a_stop(tmp_path: Path) -> None:
    """No convention on supplies makes a stop of the last day of a prescription."""
    request = {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {"text": "diazepam 5 mg tablets"},
        "subject": {"reference": "Patient/1"},
        "dosageInstruction": [
            {
                "timing": {
                    "repeat": {
                        "frequency": 1,
                        "period": 1,
                        "periodUnit": "d",
                        "boundsPeriod": {"start": "2025-01-01", "end": "2025-02-28"},
                    }
                },
                "doseAndRate": [{"doseQuantity": {"value": 2, "unit": "tablet", "code": "{tbl}"}}],
            }
        ],
    }
    file = tmp_path / "requests.ndjson"
    file.write_text(json.dumps(request) + "\n", encoding="utf-8")
    (person,) = audited(tmp_path, file)["persons"]
    assert (person["meaning"], person["status"], person["last_day"]) == ("intended", "unknown", date(2025, 2, 28))


def test_several_files_are_one_history(tmp_path: Path) -> None:
    """A person's rows may lie in several files; each row says in which."""
    rows = history().splitlines()[1:]
    for number in (0, 1):
        (tmp_path / f"part{number}.csv").write_text(HEAD + "\n".join(rows[number::2]) + "\n", encoding="utf-8")
    whole = tmp_path / "whole.csv"
    whole.write_text(history(), encoding="utf-8")
    expected = without_places(audited(tmp_path / "a", whole))
    found = audited(tmp_path / "b", tmp_path / "part0.csv", tmp_path / "part1.csv")
    assert without_places(found) == expected
    assert "of part1.csv" in found["findings"][0]["rows"] + found["findings"][1]["rows"]


BROKEN: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "not the columns"),
    "other table": (b"a,b\n1,2\n", "not the columns of a table"),
    "a column twice": (b"person,date,product,quantity,quantity\n", "stands twice"),
    "broken Parquet": (b"PAR1" + b"\x00" * 60 + b"PAR1", "cannot be read"),
    "a database that is none": (b"SQLite format 3\x00" + b"\x01" * 40, "cannot be read"),
    "UTF-16": ("person,date\n".encode("utf-16"), "UTF-16"),
    "gzip": (b"\x1f\x8b\x08\x00", "gzip"),
    "a picture": (b"\x89PNG\r\n", "picture"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_source_that_cannot_be_read_is_one_clear_error(name: str, tmp_path: Path) -> None:
    content, message = BROKEN[name]
    file = tmp_path / "source"
    file.write_bytes(content)
    with pytest.raises(TaperError, match=message):
        audit([file], tmp_path / "out", CONVENTIONS, Settings(1, 500))
    assert not list((tmp_path / "out").glob("*.html"))


def test_a_table_of_several_must_be_named(tmp_path: Path) -> None:
    file = tmp_path / "many.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("CREATE TABLE a AS SELECT 1 AS x; CREATE TABLE b AS SELECT 1 AS x")
    with pytest.raises(ScheduleError, match="name it with --table"):
        audit([file], tmp_path / "out", CONVENTIONS, Settings(1, 500))


def test_bad_rows_are_counted_and_listed_and_the_others_read(tmp_path: Path) -> None:
    """Another encoding, too few cells, impossible days, negative and missing supplies, letters for numbers."""
    good = "".join(f"g,{date(2025, 1, 1) + timedelta(days=30 * n)},diazepam,5 mg,120,30\n" for n in range(13))
    bad = (
        b"a,2025-01-01\n"
        b"b,2025-01-01,diaz\xe9pam,5 mg,120,30\n"
        b"c,2025-02-30,diazepam,5 mg,120,30\n"
        b"d,2025-01-01,diazepam,5 mg,-120,-30\n"
        b"e,2025-01-01,diazepam,5 mg,many,30\n"
        b"f,2025-01-01,diazepam,5 mg,120,-30\n"
        b"f,01/02/2025,diazepam,5 mg,120,30\n"
        b",2025-01-01,diazepam,5 mg,120,30\n"
    )
    file = tmp_path / "bad.csv"
    file.write_bytes(HEAD.encode() + good.encode() + bad)
    lines = {line.split(b",")[0].decode(): number for number, line in enumerate(bad.splitlines(), 15)}
    persons = {row["person"]: row for row in audited(tmp_path, file)["persons"]}
    assert persons["g"]["status"] == "on treatment"
    assert {persons[name]["status"] for name in "cdef"} == {"not read"}
    assert persons[""]["status"] == "stopped"  # nobody's rows are somebody's
    unread = (tmp_path / "out" / "unread.csv").read_text(encoding="utf-8")
    for mark in ("missing columns", "invalid encoding", "The date is not written", "The quantity is negative"):
        assert mark in unread, mark
    for name in "abcde":  # each is named by its line, whatever lines before are no rows
        assert f"line {lines[name]}," in unread, name


def test_a_person_with_too_many_rows_is_set_aside(tmp_path: Path) -> None:
    file = tmp_path / "crowd.csv"
    rows = "".join(f"x,2025-01-01,diazepam,5 mg,{n},30\n" for n in range(1, 20_100))
    file.write_text(HEAD + rows + "y,2025-01-01,diazepam,5 mg,120,30\n", encoding="utf-8")
    persons = {row["person"]: row for row in audited(tmp_path, file)["persons"]}
    assert (persons["x"]["status"], persons["y"]["status"]) == ("not read", "stopped")
    assert "20,000 of one person" in persons["x"]["error"]


def with_ends(column: str, ends: dict[str, str]) -> str:
    """Return the history with a column of the last day of which something is known of a person."""
    head, *rows = history().splitlines()
    return "\n".join([f"{head},{column}", *(f"{row},{ends.get(row[0], '')}" for row in rows)]) + "\n"


@pytest.mark.parametrize("column", ["known_until", "Death Date", "left_on"])
def test_a_person_who_died_or_left_is_no_stop(column: str, tmp_path: Path) -> None:
    """The supplies of 0 and 3 end on 29 June; whoever is known up to that day, or some days more, has not stopped."""
    file = tmp_path / "practice.csv"
    file.write_text(with_ends(column, {"0": "2025-06-29", "3": "2025-07-09", "1": "2026-03-01"}), encoding="utf-8")
    found = audited(tmp_path, file)
    persons = {row["person"]: row for row in found["persons"]}
    assert [persons[name]["status"] for name in "013"] == ["on treatment", "stopped", "too early to say"]
    assert [persons[name]["known_until"] for name in "012"] == [
        date(2025, 6, 29),
        date(2025, 12, 31),
        date(2025, 12, 31),
    ]
    stops = {row["person"] for row in found["findings"] if row["code"] in ("T105", "T106")}
    assert stops == {"1", "2", "4", "5"}
    own = audited(tmp_path / "alone", *_only(tmp_path, "0"), end=date(2025, 6, 29))
    assert [row["message"] for row in found["findings"] if row["person"] == "0"] == [
        row["message"] for row in own["findings"]
    ]


def _only(folder: Path, person: str) -> list[Path]:
    """Write the rows of one person on their own lines, without the column."""
    head, *rows = history().splitlines()
    file = folder / "one.csv"
    file.write_text("\n".join([head, *(row for row in rows if row[0] == person)]) + "\n", encoding="utf-8")
    return [file]


def test_an_end_that_cannot_be_read_or_is_not_one_is_counted_and_not_guessed(tmp_path: Path) -> None:
    file = tmp_path / "practice.csv"
    text = with_ends("death_date", {"0": "31/12/2025", "1": "2025-12-01"})
    file.write_text(text.replace("2025-12-01\n", "2025-12-02\n", 1), encoding="utf-8")
    found = audited(tmp_path, file)
    assert {row["person"] for row in found["persons"] if row["status"] == "not read"} == {"0", "1"}
    assert "until when this person is known is not one day" in (tmp_path / "out" / "unread.csv").read_text(
        encoding="utf-8"
    )


def test_two_columns_of_an_end_are_one_clear_error(tmp_path: Path) -> None:
    file = tmp_path / "practice.csv"
    file.write_text(history().replace("days_supply\n", "days_supply,death_date,left_on\n"), encoding="utf-8")
    with pytest.raises(ScheduleError, match="both say until when"):
        audited(tmp_path, file)


def test_a_line_that_is_no_resource_is_counted_whatever_it_is(tmp_path: Path) -> None:
    file = tmp_path / "all.ndjson"
    file.write_text('{"resourceType": "MedicationDispense"}\n[1]\n5\nnull\n{"a": 1}\n', encoding="utf-8")
    (person,) = audited(tmp_path, file)["persons"]
    assert person["status"] == "not read"
    assert "4 lines are no FHIR resource" in (tmp_path / "out" / "unread.csv").read_text(encoding="utf-8")


def test_what_may_be_shared_holds_no_words_of_the_product_column(tmp_path: Path) -> None:
    """A product may be mistyped into anything, also into a name: only drugs of the catalog are named."""
    file = tmp_path / "practice.csv"
    rows = "".join(f"{n},2025-01-01,Jane Roe {n % 2} tablet,5 mg,30,30\n" for n in range(30))
    file.write_text(history() + rows + "1,2025-02-03,Jane Roe 5 mg,,30,30\n", encoding="utf-8")
    audited(tmp_path, file)
    assert "jane" in (tmp_path / "out" / "unread.csv").read_text(encoding="utf-8").lower()
    shared = [*(tmp_path / "out" / "tables").glob("*.csv")]
    assert len(shared) > 5
    for path in shared:
        assert "jane" not in path.read_text(encoding="utf-8").lower(), path.name


def _many(rows: int, target: Path) -> Path:
    """Write so many rows of 20 a person as Parquet."""
    row = "'p' || (range // 20) AS person, '2025-01-05' AS date, 'Diazepam 5 mg tablet' AS product, '56' AS quantity"
    duckdb.connect().execute(f"COPY (SELECT {row}, '28' AS days_supply FROM range({rows})) TO '{target}'")
    return target


@pytest.mark.parametrize("parts", [1, 10, 600])
def test_the_rows_held_in_memory_do_not_grow_with_the_partitions(parts: int, tmp_path: Path) -> None:
    """50 million rows in 309 partitions ran out of memory."""
    source = _many(2000, tmp_path / "rows.parquet")
    with connect(1, "200MB", tmp_path / "spill") as connection:
        parted(connection, Given((source,)), tmp_path / "rows", parts)
        held = connection.execute("SELECT current_setting('partitioned_write_flush_threshold')").fetchone()
        assert held is not None
        assert parts * held[0] <= max(1_000_000, 2048 * parts)
        written = connection.execute(f"SELECT count(*) FROM '{tmp_path}/rows/*/*/*.parquet'").fetchone()
        assert written == (2000,)


def test_too_little_memory_is_said_and_not_laid_to_the_file(tmp_path: Path) -> None:
    source = _many(100_000, tmp_path / "rows.parquet")
    with connect(1, "1MB", None) as connection, pytest.raises(OrderError, match=r"more memory .* --memory") as caught:
        parted(connection, Given((source,)), tmp_path / "rows", 300)
    assert caught.value.file == str(source)


def test_what_is_not_taken_by_mouth_hides_no_stop(tmp_path: Path) -> None:
    """A rectal gel at the end of the year: the tablets had stopped in spring."""
    rows = ["P,2025-01-01,Diazepam 10 mg tablets,60,30", "P,2025-01-31,Diazepam 10 mg tablets,60,30"]
    gel = ["P,2025-12-20,Diazepam 10 mg rectal gel,2,1", "P,2025-03-05,Midazolam nasal spray 5 mg,2,1"]
    found = []
    for number, more in enumerate(([], gel[:1], gel[1:])):
        file = tmp_path / f"{number}.csv"
        file.write_text("\n".join(["person,date,drug,quantity,days_supply", *rows, *more]) + "\n", encoding="utf-8")
        found.append(
            {row["code"] for row in audited(tmp_path / f"{number}", file)["findings"] if row["drug"] == "diazepam"}
        )
    assert all("T106" in codes for codes in found)
    assert found[1] - found[0] <= {"T410"}
