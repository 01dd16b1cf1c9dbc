"""The Swiss medication plan: what is written reads back as the same days; what others write is read whole or kept.

The two examples in the publisher's specification, one compressed and one not, were read and found equal; their
medicaments have Pharmacodes, so each becomes a remark. Here are inputs of the same shape, written anew.
"""

from __future__ import annotations

import base64
import gzip
import json
import random
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from taper.checker.checking import check
from taper.cli import main
from taper.errors import ScheduleError, TaperError
from taper.exchange.emediplan import MILLIGRAMS, PIECES
from taper.exchange.emediplan.write import write_emediplan
from taper.exchange.reading import holds_record, read_schedule
from taper.exchange.tables.plain import read_table
from taper.order.order import read_order
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule
from tests.strategies import living_plans, real_plans, weekly_schedules

EXAMPLES = Path(__file__).parents[2] / "examples"


def content(text: str) -> dict[str, Any]:
    """Decompress a plan as another program does."""
    assert text.startswith("CHMED16A1")
    found: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(text.strip()[9:])))
    return found


def plan_of(*medicaments: dict[str, Any], **more: Any) -> str:
    data = {"Auth": "7601000000000", "Dt": "2026-01-05T08:00:00+01:00", "Id": "x", "MedType": 1, "Patient": {}}
    return f"CHMED16A0{json.dumps(data | {'Medicaments': list(medicaments)} | more)}"


def medicament(*pos: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"Id": "Diazepam 5 mg Tabletten", "IdType": 1, "Unit": "STK", "AutoMed": 0, "Pos": list(pos)} | more


def pos(start: str, end: str | None, *doses: float, **more: Any) -> dict[str, Any]:
    return {"DtFrom": start, "D": list(doses)} | ({} if end is None else {"DtTo": end}) | more


def codes(text: str) -> set[str]:
    return {f.code for f in check(read_schedule(text).schedule()).findings if f.code.startswith("T4")}


def doses(schedule: Schedule) -> dict[date, list[tuple[str, str, str]]]:
    return {
        day: sorted((intake.time, intake.drug, str(intake.dose)) for intake in step.intakes if intake.dose)
        for day, step in schedule.days()
    }


@given(real_plans() | weekly_schedules() | living_plans())
def test_written_and_read_back_are_the_same_days(schedule: Schedule) -> None:
    try:
        text = write_emediplan(schedule, written_on="2026-01-05", author="Dr A")
    except ScheduleError as problem:
        assert "does not end as a decimal" in problem.message  # noqa: PT017 - it may be refused, never rounded
        return
    read = read_schedule(text).schedule()
    wanted = doses(schedule)
    assert {day: taken for day, taken in doses(read).items() if taken} == {d: t for d, t in wanted.items() if t}
    assert schedule.stopped_on in (None, read.stopped_on)
    assert (read.plan_id, read.revision) == (schedule.plan_id, schedule.revision)
    assert not read.remarks
    assert text == write_emediplan(schedule, written_on="2026-01-05", author="Dr A")


@given(real_plans())
def test_pieces_of_a_day_are_those_of_the_plan(schedule: Schedule) -> None:
    """Read as another program does: by product, day and time, to the last quarter tablet; the last day counts."""
    with suppress(ScheduleError):
        data = content(write_emediplan(schedule, written_on="2026-01-05", author="Dr A"))
        if any(entry["Unit"] == "MG" for entry in data["Medicaments"]):
            return  # no name tells what a piece is
        for day, step in schedule.days():
            found = {
                (entry["Id"].partition(": ")[0], place): number
                for entry in data["Medicaments"]
                for one in entry["Pos"]
                if one["DtFrom"] <= day.isoformat() <= one["DtTo"]
                for place, number in enumerate(one["D"])
                if number and entry["Unit"] == "STK"
            }
            wanted: dict[tuple[str, int], float] = {}
            for intake in step.intakes:
                for item in intake.items:
                    if item.count is not None:
                        key = item.product, ("morning", "noon", "evening", "bedtime").index(intake.time)
                        wanted[key] = wanted.get(key, 0) + float(item.count)
            assert found == wanted


def test_what_the_specification_requires_is_there() -> None:
    data = content(write_emediplan(PLAN, written_on="2026-01-05", author="Dr A"))
    assert {"Patient", "Medicaments", "MedType", "Id", "Auth", "Dt"} <= set(data)
    assert data["Dt"] == "2026-01-05T00:00:00+00:00"
    for entry in data["Medicaments"]:
        assert {"Id", "IdType", "Unit", "AutoMed"} <= set(entry)
        assert all(len(one["D"]) == 4 and not isinstance(one["D"][0], str) for one in entry["Pos"])
    plain = write_emediplan(PLAN, written_on="2026-01-05", author="Dr A", compress=False)
    assert json.loads(plain.removeprefix("CHMED16A0")) == data


PLAN = plan(read_order(EXAMPLES / "diazepam.toml"))


def test_an_author_is_named() -> None:
    with pytest.raises(ScheduleError, match="names its author"):
        write_emediplan(PLAN, written_on="2026-01-05")


def test_a_taper_of_another_program_is_read() -> None:
    text = plan_of(
        medicament(pos("2026-01-05", "2026-01-18", 1, 0, 0, 2), pos("2026-01-19", "2026-02-01", 0.5, 0, 0, 2, InRes=0))
    )
    for one in (text, text.replace("CHMED16A", "ChMed16a", 1)):
        assert holds_record(one.encode())
        schedule = read_schedule(one).schedule()
        assert [(str(s.start), str(s.end), str(s.total)) for s in schedule.steps] == [
            ("2026-01-05", "2026-01-18", "15 mg"),
            ("2026-01-19", "2026-02-01", "12.5 mg"),
        ]
        assert schedule.stopped_on is None
        assert not schedule.remarks


KEPT: list[tuple[dict[str, Any], str]] = [
    (medicament(pos("2026-01-05", "2026-01-18", 1, 0, 0, 0, InRes=1)), "T411"),
    (medicament(pos("2026-01-05", "2026-01-18", 1, 0, 0, 0, CyDu=2)), "T411"),
    (medicament(pos("2026-01-05", "2026-01-18", TT=[{"Off": 28800, "DoFrom": 1}])), "T411"),
    (medicament(pos("2026-01-05", "2026-01-18", 1, 0, 1)), "T411"),
    (medicament(pos("2026-01-05", None, 0, 0, 0, 0)), "T411"),
    (medicament(pos("2026-01-05", "2026-01-18", -1, 0, 0, 0)), "T411"),
    (medicament(pos("2026-01-05", "2026-01-18", 1, 0, 0, 0), Unit="TRO"), "T410"),
    (medicament(pos("2026-01-05", "2026-01-18", 1, 0, 0, 0), Unit="ML"), "T410"),
    (medicament(pos("2026-01-05", "2026-01-18", 1, 0, 0, 0), Id="Diazepam Tabletten"), "T410"),
    (medicament(pos("2026-01-05", "2026-01-18", 1, 0, 0, 0), Id="1551274", IdType=3), "T412"),
    (medicament(pos("05.01.2026", "2026-01-18", 1, 0, 0, 0)), "T408"),
    (medicament(pos("2026-01-18", "2026-01-05", 1, 0, 0, 0)), "T408"),
    (medicament(), "T408"),
]


@pytest.mark.parametrize(("entry", "code"), KEPT, ids=lambda part: str(part)[:60])
def test_what_has_more_than_one_meaning_is_kept_as_words(entry: dict[str, Any], code: str) -> None:
    """No dose is made of it, and a remark says so."""
    text = plan_of(entry, medicament(pos("2026-01-05", "2026-01-18", 1, 0, 0, 0), Id="lorazepam 1 mg"))
    assert code in codes(text)
    schedule = read_schedule(text).schedule()
    assert schedule.drugs == ("lorazepam",)


def test_a_step_without_an_end_lasts_until_the_next() -> None:
    text = plan_of(medicament(pos("2026-01-05", None, 1, 0, 0, 0), pos("2026-01-19", None, 0.5, 0, 0, 0)))
    assert "T409" in codes(text)
    steps = read_schedule(text).schedule().steps
    assert [(str(s.start), str(s.end)) for s in steps] == [("2026-01-05", "2026-01-18"), ("2026-01-19", "2026-01-19")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("CHMED23A.H4sI", "only CHMED16A is read"),
        ("CHMED16B0{}", "only CHMED16A is read"),
        ("CHMED16A2{}", "0 or 1"),
        ("CHMED16A1x", "cannot be decompressed"),
        ("CHMED16A1H4sIé", "cannot be decompressed"),
        ("CHMED16A1" + base64.b64encode(gzip.compress(b"{}" * 99, mtime=0)[:-9]).decode(), "not complete"),
        ("CHMED16A1" + base64.b64encode(gzip.compress(b" " * 20_000_000, mtime=0)).decode(), "holds more than"),
        ("CHMED16A0{}", "no list of medicaments"),
        ("CHMED16A0[", "JSON"),
        (plan_of(MedType=2), "only a medication plan"),
    ],
    ids=lambda part: part[:30],
)
def test_what_cannot_be_read_says_why(text: str, said: str) -> None:
    with pytest.raises(ScheduleError, match=said):
        read_schedule(text)


@settings(max_examples=300)
@given(st.integers(0, 10**9))
def test_a_broken_plan_is_never_a_traceback(seed: int) -> None:
    chance = random.Random(seed)
    data = json.loads(
        plan_of(medicament(pos("2026-01-05", "2026-01-18", 1, 0, 0, 2)), PSchema="taper").removeprefix("CHMED16A0")
    )
    data["PFields"] = [{"Nm": "stopped_on", "Val": "2026-01-19"}, {"Nm": "revision", "Val": "1"}]
    here: Any = data
    while isinstance(here, (dict, list)) and here:
        key = chance.choice(list(here)) if isinstance(here, dict) else chance.randrange(len(here))
        if chance.random() < 0.3 or not isinstance(here[key], (dict, list)) or not here[key]:
            here[key] = chance.choice(
                [None, 0, -1, 2**70, 0.5, 1e300, "", "x", "2026-02-30", [], {}, True, [None], [[]]]
            )
            break
        here = here[key]
    with suppress(TaperError):
        check(read_schedule(f"CHMED16A0{json.dumps(data)}").schedule())


def test_the_command_writes_and_checks_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "plan.chmed"
    order = str(EXAMPLES / "diazepam.toml")
    assert main(["export", order, "--to", "emediplan", "--author", "Dr A", "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8").startswith("CHMED16A1")
    assert main(["check", str(out), "--fail-on", "never"]) == 0
    assert "T101" in capsys.readouterr().out


def test_doses_of_a_record_without_products_are_written_in_mg() -> None:
    """Five milligrams must not become five tablets."""
    record = read_table("start,end,time,drug,dose_mg\n2026-01-05,2026-01-11,bedtime,diazepam,5\n")
    written = write_emediplan(record, written_on="2026-01-02", author="Dr. Ada", compress=False)
    (medicament,) = json.loads(written.removeprefix("CHMED16A0"))["Medicaments"]
    assert (medicament["Id"], medicament["Unit"]) == ("diazepam", MILLIGRAMS)
    assert MILLIGRAMS != PIECES
