"""`taper export`: every format from the command line, into a file or standard output, and clear refusals."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from taper.cli import main
from taper.errors import ScheduleError
from taper.exchange.calendar.write import write_ics
from taper.exchange.fhir.write import fhir_json, write_fhir
from taper.exchange.formats import FORMATS, export, parse_times
from taper.exchange.markdown import write_markdown
from taper.exchange.tables.write import write_days, write_steps, write_table
from taper.order.order import parse_order
from taper.paper.sigs import write_sigs
from taper.planner.planning import plan

DAY = date(2026, 1, 2)


@pytest.fixture
def order_file(golden: dict[str, Any], tmp_path: Path) -> Path:
    path = tmp_path / "order.json"
    path.write_text(json.dumps(golden), encoding="utf-8")
    return path


def test_every_format_is_written_as_its_writer_writes_it(order_file: Path, golden: dict[str, Any]) -> None:
    """The same bytes as from Python."""
    schedule = plan(parse_order(golden))
    wanted = {
        "ics": write_ics(schedule, written_on=DAY),
        "fhir": f"{fhir_json(write_fhir(schedule, written_on=DAY))}\n".encode(),
        "csv": write_table(schedule).encode(),
        "days": write_days(schedule).encode(),
        "steps": write_steps(schedule).encode(),
        "markdown": write_markdown(schedule, written_on=DAY).encode(),
        "medtimer": b"",  # it needs clock times: tests/exchange/test_medtimer.py
        "emediplan": b"",  # it needs an author: tests/exchange/test_emediplan.py
        "sig": "".join(f"{sig.text}\n" for sig in write_sigs(schedule)).encode(),
    }
    assert set(wanted) == set(FORMATS)
    del wanted["medtimer"], wanted["emediplan"]
    for to, content in wanted.items():
        out = order_file.parent / "out" / f"plan.{to}"
        assert main(["export", str(order_file), "--to", to, "--out", str(out), "--written-on", "2026-01-02"]) == 0
        assert out.read_bytes() == content


def test_settings_reach_their_writers(order_file: Path, golden: dict[str, Any]) -> None:
    """Styles, clock times, alarm, horizon, references, fills and labels by product."""
    schedule = plan(parse_order(golden))
    times = dict(parse_times(["morning=08:00", "bedtime=22:00"]))
    cases = {
        "ics --style intake --at morning=08:00 --at bedtime=22:00 --alarm 5 --discreet --weeks 2": write_ics(
            schedule, written_on=DAY, style="intake", times=times, alarm=5, discreet=True, weeks=2
        ),
        "fhir --style per-step --subject Patient/1 --requester Practitioner/2 --transaction": (
            fhir_json(
                write_fhir(
                    schedule,
                    written_on=DAY,
                    style="per-step",
                    kind="transaction",
                    subject="Patient/1",
                    requester="Practitioner/2",
                )
            )
            + "\n"
        ).encode(),
    }
    out = order_file.parent / "out.txt"
    for arguments, content in cases.items():
        options = f"--written-on 2026-01-02 --to {arguments}".split()
        command = ["export", str(order_file), "--out", str(out), *options]
        assert main(command) == 0
        assert out.read_bytes() == content
    labels = export(schedule, "sig", written_on=DAY, every="4 weeks", by_product=True).decode()
    assert labels.splitlines()[0].startswith("diazepam tablet 5 mg: Take 2 tablets (10 mg) in the morning")


def test_the_old_name_of_an_option_still_works_and_warns_in_one_line(
    order_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--dated` was what is now `--written-on`; the help page names the new one alone."""
    options = ["export", str(order_file), "--to", "ics"]
    assert main([*options, "--written-on", "2026-01-02"]) == 0
    new = capsys.readouterr()
    assert main([*options, "--dated", "2026-01-02"]) == 0
    old = capsys.readouterr()
    assert (old.out, new.err) == (new.out, "")
    assert old.err == "taper: warning: --dated is now called --written-on; the old name will go\n"
    assert main([*options, "--dated", "2026-01-02", "--written-on", "2026-01-03"]) == 2
    assert "keep --written-on" in capsys.readouterr().err
    assert main(["export", "--help"]) == 0
    assert "--dated" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--to sig --limit 40", "characters"),
        ("--to ics --style intake", "clock time"),
        ("--to ics --style per-step", "style"),
        ("--to fhir --style day", "style"),
        ("--to ics --style intake --at morning=8", "clock time"),
        ("--to ics --style intake --at midnight=08:00", "time of day"),
        ("--to ics --alarm 5", "no alarm"),
        ("--to pdf", "pdf"),
        ("--to ics --written-on 2030-01-01 --weeks 1", "nothing to show"),
    ],
)
def test_what_cannot_be_written_is_refused_and_no_file_is_left(
    order_file: Path, arguments: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = order_file.parent / "out.txt"
    assert main(["export", str(order_file), "--out", str(out), *arguments.split()]) == 2
    assert message in capsys.readouterr().err
    assert not out.exists()


def test_a_table_written_can_be_checked_and_exported_again(
    order_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Out of one command and into the other."""
    out = order_file.parent / "plan.csv"
    assert main(["export", str(order_file), "--to", "csv", "--out", str(out)]) == 0
    assert main(["check", str(out), "--fail-on", "never"]) == 0
    assert "T101" in capsys.readouterr().out
    times = ["--at", "morning=08:00", "--at", "bedtime=22:00", "--written-on", "2026-01-05"]
    for to in FORMATS:
        more = {"medtimer": times, "emediplan": ["--author", "Dr A"]}.get(to, [])
        assert main(["export", str(out), "--to", to, *more, "--out", str(out.parent / f"again.{to}")]) == 0
    assert (out.parent / "again.csv").read_bytes() == out.read_bytes()


def test_an_unknown_format_is_named(golden: dict[str, Any]) -> None:
    with pytest.raises(ScheduleError, match="not a format"):
        export(plan(parse_order(golden)), "pdf", written_on=DAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(("flag", "field"), [(["--decimal", ","], "decimal"), (["--separator", ";"], "separator")])
def test_a_setting_that_a_format_does_not_have_is_refused_by_its_own_name(
    order_file: Path, capsys: pytest.CaptureFixture[str], flag: list[str], field: str
) -> None:
    """A decimal comma brings its own separator along, which nobody typed and no message may name."""
    assert main(["export", str(order_file), "--to", "fhir", *flag]) == 2
    assert f"{field}: the format fhir has no such setting" in capsys.readouterr().err


@pytest.mark.parametrize(("to", "name"), [("sig", "labels.txt"), ("markdown", "plan.md")])
def test_text_for_people_that_is_given_back_is_called_so(
    to: str, name: str, order_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not an order that is written wrongly."""
    written = tmp_path / name
    assert main(["export", str(order_file), "--to", to, "--out", str(written)]) == 0
    assert main(["check", str(written)]) == 2
    said = capsys.readouterr().err
    assert "is text for people, from which no plan is read" in said
    assert "TOML:" not in said


def test_an_order_with_a_slip_is_an_order_whatever_its_file_is_called(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    slip = tmp_path / "order.txt"
    slip.write_text("drug = diazepam\n", encoding="utf-8")
    assert main(["check", str(slip)]) == 2
    assert "this is not TOML: Invalid value (at line 1, column 8)" in capsys.readouterr().err


def test_a_text_with_very_many_empty_lines_comes_to_an_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each line was the beginning of a search through all that followed."""
    text = tmp_path / "text.txt"
    text.write_text("\n" * 400_000 + "no order", encoding="utf-8")
    assert main(["check", str(text)]) == 2
    assert "is text for people" in capsys.readouterr().err
