"""`taper new`: what a clinician answers becomes an order that `taper plan` plans, and nothing else does."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from taper.cli import main
from taper.order.order import parse_order, read_order
from taper.planner.planning import plan
from tests.support.answers import DIAZEPAM, FIRST_ORDER, NO_MORE, REST, STEP


class Terminal(io.StringIO):
    """Answers that are typed at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Answer the questions of `taper new` in an empty folder; returns exit code, screen and error."""
    monkeypatch.chdir(tmp_path)

    def run(*lines: str, terminal: bool = False, command: tuple[str, ...] = ("new", "a.toml")) -> tuple[int, str, str]:
        text = "".join(f"{line}\n" for line in lines)
        monkeypatch.setattr(sys, "stdin", (Terminal if terminal else io.StringIO)(text))
        code = main(list(command))
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


def test_the_answers_of_the_first_example_write_its_order(answer) -> None:  # type: ignore[no-untyped-def]
    code, _, error = answer(*FIRST_ORDER)
    assert (code, error) == (0, "")
    example = read_order(Path(__file__).parents[2] / "examples" / "diazepam.toml").as_data()
    example.pop("check")  # whose guidelines are those of the country if none are named
    assert read_order("a.toml").as_data() == example
    assert main(["plan", "a.toml", "--fail-on", "never"]) == 0


def test_every_key_that_was_said_is_explained_once(answer) -> None:  # type: ignore[no-untyped-def]
    answer(*FIRST_ORDER)
    lines = Path("a.toml").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert all("#" in line for line in lines if line.startswith(("drug", "country", "start", "[current]", "[[phase]]")))
    assert sum("The largest cut allowed." in line for line in lines) == 1


def test_nothing_is_ordered_that_was_not_said(answer) -> None:  # type: ignore[no-untyped-def]
    answer(*DIAZEPAM, *STEP, "", "", "", "")
    assert set(read_order("a.toml").as_data()) == {"drug", "country", "start", "current", "product", "phase"}


@pytest.mark.parametrize(
    ("lines", "phase"),
    [
        (
            "diazepam|GB|2026-01-05||||10 mg|3|1 mL syringe|0.1 mL||finish|2026-12-31|2 weeks|0 mg||0.5 mg||",
            {"finish": "2026-12-31", "every": "2 weeks", "until": "0 mg"},
        ),
        ("zopiclone|CA|2026-01-05||||7.5 mg|3|quarters||preset|empower||Monday||", None),
        (
            "clonazepam|US|2026-01-05||||1 mg|described|tablet|0.25 mg|clonazepam tablet 0.25 mg|halves||"
            "step|0.125 mg|2 weeks|0.5 mg|yes|step|0.125 mg|1 month|0 mg||||",
            {"reduce": "0.125 mg", "every": "2 weeks", "until": "0.5 mg"},
        ),
        (
            "lorazepam|US|2026-03-02||||2 mg|Ativan tablet 1 mg|halves||step|0.5 mg|2 weeks|0 mg||||",
            {"reduce": "0.5 mg", "every": "2 weeks", "until": "0 mg"},
        ),
        (
            "zopiclone|GB|2026-03-02||||15 mg|zopiclone tablet 7.5 mg|halves||step|3.75 mg|1 month|3.75 mg|no|||",
            {"reduce": "3.75 mg", "every": "1 month", "until": "3.75 mg"},
        ),
    ],
    ids=["finish with a liquid", "preset", "a described product, two phases", "a brand", "maintenance"],
)
def test_each_way_of_saying_how_the_dose_falls_is_planned(answer, lines: str, phase: object) -> None:  # type: ignore[no-untyped-def]
    code, _, error = answer(*lines.split("|"))
    assert (code, error) == (0, "")
    order = read_order("a.toml")
    assert plan(order).steps
    if phase is not None:
        assert order.as_data()["phase"][0] == phase


def test_facts_about_the_person_are_recorded_as_said(answer) -> None:  # type: ignore[no-untyped-def]
    facts = ["yes", "78", "520", "", "no", "yes", *[""] * 10]
    code, _, error = answer(*DIAZEPAM, *STEP, "", "", "", *facts)
    assert (code, error) == (0, "")
    said = {"age": 78, "weeks_of_use": 520, "pregnant": False, "opioid": True}
    assert read_order("a.toml").as_data()["patient"] == said


@pytest.mark.parametrize(
    ("at", "wrong", "says"),
    [
        (0, "diazpam", "did you mean 'diazepam'"),
        (0, "", "drug"),
        (0, "Rivotril", "'Rivotril' is a brand of clonazepam, and a brand can be another drug elsewhere"),
        (1, "UK", "write GB"),
        (2, "5 January 2026", "is not a date; write it as 2026-01-05"),
        (2, "1026-01-05", "is not a year between 2000 and 2100"),
        (3, "10", "mg"),
        (3, "10000 mg", "typing error"),
        (7, "99", "there is no product 99 in the list"),
        (7, "Valium", "Valium"),
        (8, "thirds", "must be 'whole', 'halves' or 'quarters'"),
        (12, "slowly", "is none of step, finish, preset"),
        (13, "10%", "does not say of which dose"),
        (14, "fortnight", "is not an interval"),
        (15, "20 mg", "there is nothing to reduce"),
        (16, "Mon", "must be 'Monday'"),
        (17, "0 mg", "allows nothing"),
        (18, "0 weeks", "an interval of zero"),
        (19, "maybe", "neither yes nor no"),
    ],
)
def test_a_wrong_answer_is_told_at_once_and_asked_again_at_a_terminal(  # type: ignore[no-untyped-def]
    answer, at: int, wrong: str, says: str
) -> None:
    """With the error of the order reader; the right answer after it is taken as if nothing had been."""
    lines = FIRST_ORDER
    code, screen, error = answer(*lines[:at], wrong, *lines[at:], terminal=True)
    assert (code, error) == (0, "")
    assert sum(says in line for line in screen.splitlines()) >= 1, screen
    assert plan(read_order("a.toml")).steps
    assert answer(*lines, command=("new", "right.toml"))[0] == 0
    assert read_order("a.toml") == read_order("right.toml")

    code, screen, error = answer(*lines[:at], wrong, *lines[at:], command=("new", "b.toml"))
    assert code == 2, "piped answers cannot be given again"
    assert error.startswith("taper: error: ")
    assert says in error
    assert error.count("\n") == 1
    assert not Path("b.toml").exists()


def test_no_dose_at_all_is_asked_again(answer) -> None:  # type: ignore[no-untyped-def]
    code, screen, _ = answer(*DIAZEPAM[:3], "", "", "", "", *DIAZEPAM[3:], *STEP, *REST, terminal=True)
    assert code == 0
    assert "no dose is given" in screen


def test_an_order_that_cannot_be_planned_is_asked_again_and_never_written(answer) -> None:  # type: ignore[no-untyped-def]
    whole = ["4", "whole", NO_MORE, "step", "1 mg", "2 weeks", "0 mg", "", ""]
    halves = [*DIAZEPAM[7:], *STEP, *REST]
    code, screen, error = answer(*DIAZEPAM[:7], *whole, *halves, terminal=True)
    assert (code, error) == (0, "")
    assert "So it cannot be planned." in screen
    assert len(read_order("a.toml").product) == 2
    code, _, error = answer(*DIAZEPAM[:7], *whole, *REST[2:], command=("new", "b.toml"))
    assert code == 2
    assert not Path("b.toml").exists()


@pytest.mark.parametrize("count", range(len(FIRST_ORDER)))
def test_answers_that_end_too_early_write_nothing(answer, count: int) -> None:  # type: ignore[no-untyped-def]
    for terminal in (False, True):
        code, _, error = answer(*FIRST_ORDER[:count], terminal=terminal)
        assert code == 2
        assert "standard input: the answers end before " in error
        assert os.listdir() == []


def test_a_file_is_never_replaced_without_saying_so(answer) -> None:  # type: ignore[no-untyped-def]
    Path("a.toml").write_text("precious", encoding="utf-8")
    code, screen, error = answer(*FIRST_ORDER)
    assert (code, screen) == (2, ""), "refused before any question"
    assert "a.toml: is there already; name another file, or add --replace" in error
    assert Path("a.toml").read_text(encoding="utf-8") == "precious"
    assert answer(*FIRST_ORDER, command=("new", "a.toml", "--replace"))[0] == 0
    assert plan(read_order("a.toml")).steps


def test_without_a_file_its_name_is_the_first_question(answer) -> None:  # type: ignore[no-untyped-def]
    Path("old.toml").write_text("precious", encoding="utf-8")
    names = ["", "order", "old.toml", "no/folder.txt", "mine.toml"]
    code, screen, error = answer(*names, *DIAZEPAM, *STEP, *REST, command=("new",), terminal=True)
    assert (code, error) == (0, "")
    assert "is there already" in screen
    assert "ends in .toml" in screen
    assert plan(read_order("mine.toml")).steps
    assert Path("old.toml").read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize("name", ["a.json", "a", "folder.toml", "missing/../a.csv"])
def test_a_file_that_cannot_be_the_order_is_one_error(answer, name: str) -> None:  # type: ignore[no-untyped-def]
    Path("folder.toml").mkdir()
    code, screen, error = answer(command=("new", name))
    assert (code, screen) == (2, "")
    assert error.count("\n") == 1


@pytest.mark.parametrize("line", [b"\xff\xfe\n", b"x" * 600 + b"\n", b"dia\x1b[Azepam\n", b"\x00\n"])
def test_what_is_no_answer_is_one_error(line: bytes, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "taper.cli", "new", str(tmp_path / "a.toml")]
    done = subprocess.run(command, input=line, capture_output=True, check=False)
    error = done.stderr.decode()
    assert done.returncode == 2
    assert error.startswith("taper: error: ")
    assert error.count("\n") == 1
    assert "fault of taper" not in error
    assert os.listdir(tmp_path) == []


@pytest.mark.posix
def test_a_closed_input_is_one_error(tmp_path: Path) -> None:
    command = f"'{sys.executable}' -m taper.cli new '{tmp_path}/a.toml' <&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "standard input: is closed" in done.stderr


@pytest.mark.posix
def test_ctrl_c_at_a_terminal_leaves_nothing(tmp_path: Path) -> None:
    """A real terminal, in the middle of the questions."""
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "taper.cli", "new", str(tmp_path / "a.toml")]
    run = subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    os.close(theirs)
    assert run.stdout is not None
    os.write(ours, b"diazepam\nUS\n")
    shown = b""
    until = time.monotonic() + 60
    while b"First day" not in shown and time.monotonic() < until:
        shown += os.read(run.stdout.fileno(), 4096)
    run.send_signal(signal.SIGINT)
    _, error = run.communicate(timeout=60)
    os.close(ours)
    assert run.returncode == 130
    assert error == b"taper: interrupted\n"
    assert os.listdir(tmp_path) == []


def test_text_of_the_clinician_is_written_as_it_was_said(answer) -> None:  # type: ignore[no-untyped-def]
    device = 'a "1 mL" syringe \\ é'
    lines = ["diazepam", "US", "2026-01-05", "", "", "", "10 mg", "1", device, "0.1 mL", NO_MORE]
    code, _, error = answer(*lines, "step", "1 mg", "2 weeks", "0 mg", "", "", "", "")
    assert (code, error) == (0, "")
    assert parse_order(Path("a.toml").read_text(encoding="utf-8")).product[0].device == device
