"""Standard output and what goes wrong: one line on standard error and exit code 2, and never a traceback."""

from __future__ import annotations

import errno
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from taper.cli import guard, main, streams
from taper.cli.console import Console
from taper.errors import TaperError
from tests.tools.readme import README

DIAZEPAM = str(README.parent / "examples" / "diazepam.toml")
SHOWING = {
    "help": ["--help"],
    "help of a command": ["plan", "--help"],
    "version": ["--version"],
    "plan": ["plan", DIAZEPAM],
    "json": ["plan", DIAZEPAM, "--json"],
    "pdf": ["render", DIAZEPAM],
    "export": ["export", DIAZEPAM, "--to", "csv"],
    "list": ["rules"],
}


def run(*arguments: str, shell: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line as a process; `shell` says where standard output goes."""
    command = [sys.executable, "-m", "taper.cli", *arguments]
    if shell:
        command = ["bash", "-c", f'"$@" {shell}', "bash", *command]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, check=False)


def one_line(done: subprocess.CompletedProcess[bytes], *words: str, code: int = 2) -> None:
    """Assert that a run said one line of error, and nothing else."""
    error = done.stderr.decode()
    assert done.returncode == code, error
    assert error.startswith("taper: error: "), error
    assert error.count("\n") == 1
    for word in words:
        assert word in error


@pytest.mark.linux
@pytest.mark.parametrize("name", SHOWING)
@pytest.mark.parametrize(
    ("shell", "reason"),
    [
        (">/dev/full", "No space left on device"),
        (">&-", "closed"),
    ],
    ids=["full", "closed"],
)
def test_output_that_cannot_be_written_is_one_line_that_names_it(name: str, shell: str, reason: str) -> None:
    one_line(run(*SHOWING[name], shell=shell), "standard output", reason)


def without_reader(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line where the reader has closed its end before anything comes."""
    here, there = os.pipe()
    os.close(here)
    command = [sys.executable, "-m", "taper.cli", *arguments]
    with os.fdopen(there, "wb") as pipe:
        return subprocess.run(command, stdout=pipe, stderr=subprocess.PIPE, check=False)


@pytest.mark.parametrize("name", ["plan", "pdf", "json"])
def test_a_reader_that_has_gone_is_one_line(name: str) -> None:
    one_line(without_reader(*SHOWING[name]), "standard output: ", "the program that reads it has ended")


@pytest.mark.parametrize("arguments", [[], ["--help"], ["plan", "--help"], ["--version"]], ids=" ".join)
def test_a_reader_who_has_seen_enough_of_a_help_page_is_told_nothing(arguments: list[str]) -> None:
    """As in `taper | head -5`: nothing is lost, so there is nothing to say."""
    done = without_reader(*arguments)
    assert (done.returncode, done.stderr) == (2, b"")


@pytest.mark.parametrize("setting", ["ascii", "ascii:replace", "ascii:ignore", "latin-1:replace"])
def test_a_letter_that_output_cannot_show_is_never_left_out_or_replaced(setting: str, tmp_path: Path) -> None:
    """A mark in its place might stand for a half. Nothing comes out, and nothing was written to files before."""
    out, encoding = tmp_path / "out", setting.split(":")[0].replace("latin-1", "iso8859-1")
    asked = ["revise", DIAZEPAM, "--on", "2026-03-10", "--hold", "2 weeks", "--by", "Ł ½", "--out", str(out)]
    done = run(*asked, PYTHONIOENCODING=setting)
    one_line(done, rf"standard output: cannot show '\u0141' because it is set to {encoding}", "PYTHONUTF8=1")
    assert done.stdout == b""
    assert not out.exists()


def test_an_ascii_output_shows_all_that_is_ascii_and_every_dose() -> None:
    """Spaces that hold a dose to its unit become ordinary ones; nothing else is changed."""
    ascii_only = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    convert = ["convert", "lorazepam 2 mg", "--to", "diazepam"]
    for arguments in (["--help"], ["plan", DIAZEPAM], ["export", DIAZEPAM, "--to", "csv"], convert):
        shown, usual = run(*arguments, **ascii_only), run(*arguments, PYTHONUTF8="1")
        assert shown.returncode == 0, shown.stderr
        assert shown.stdout.decode("ascii") == usual.stdout.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_papers_go_out_as_they_are_whatever_the_encoding() -> None:
    """A file on standard output is bytes: no letter of it is turned into another."""
    asked = ["render", DIAZEPAM, "--to", "html", "--printed-on", "2026-01-02"]
    assert run(*asked, PYTHONIOENCODING="ascii").stdout == run(*asked).stdout != b""


@pytest.mark.posix
def test_without_standard_error_an_error_does_not_go_to_standard_output() -> None:
    done = run("plan", "nowhere.toml", shell="2>&-")
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"")


def test_nothing_is_shown_of_a_command_that_fails(capsys: pytest.CaptureFixture[str]) -> None:

    def half() -> None:
        with Console(terminal=False) as console:
            console.line("a plan, first half")
            raise TaperError("no second half")

    with pytest.raises(TaperError, match="no second half"):
        half()
    assert capsys.readouterr().out == ""


def test_a_terminal_gets_all_or_nothing_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables of rich are collected like plain ones."""
    shown = io.TextIOWrapper(io.BytesIO(), encoding="ascii", write_through=True)
    monkeypatch.setattr(sys, "stdout", shown)
    console = Console(terminal=True)
    console.line("plain")
    console.table(["dose"], [["½"]])
    with pytest.raises(TaperError, match="cannot show"):
        console.show()
    assert shown.buffer.getvalue() == b""  # type: ignore[attr-defined]


# ---- whatever else goes wrong --------------------------------------------------------------------


@pytest.mark.linux
def test_a_folder_a_file_of_nobody_and_a_broken_link_are_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "link.toml").symlink_to(tmp_path / "nowhere")
    for place in (tmp_path, tmp_path / "link.toml", Path("/proc/self/mem")):
        for command in (["plan"], ["check"], ["render"], ["diff", DIAZEPAM]):
            assert main([*command, str(place)]) == 2
            shown = capsys.readouterr()
            assert (shown.out, shown.err.count("\n")) == ("", 1)
            assert shown.err.startswith(f"taper: error: {place}: ")


@pytest.mark.parametrize("name", ["deep.json", "deep.toml", "deep.csv", "deep.xml", "deep.ics"])
def test_an_input_nested_ever_deeper_is_one_line(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deep = {
        "deep.json": "[" * 200_000,
        "deep.toml": "a = " + "[" * 200_000,
        "deep.csv": '"' * 200_000,
        "deep.xml": '<Bundle xmlns="http://hl7.org/fhir">' + "<entry>" * 100_000,
        "deep.ics": "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 50_000,
    }
    path = tmp_path / name
    path.write_text(deep[name], encoding="utf-8")
    assert main(["check", str(path)]) == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("\n")) == ("", 1)
    assert shown.err.startswith(f"taper: error: {path}: ")


@pytest.mark.parametrize(
    ("problem", "code", "line"),
    [
        (KeyboardInterrupt(), 130, "taper: interrupted"),
        (RecursionError("maximum recursion depth exceeded"), 2, "taper: error: the input is nested too deeply"),
        (MemoryError(), 2, "taper: error: there is not enough memory"),
        (OSError(errno.EIO, "Input/output error", "some.toml"), 2, "taper: error: some.toml: Input/output error"),
        (KeyError("x"), 2, "taper: error: this is a fault of taper itself (KeyError"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_whatever_goes_wrong_is_one_line_and_never_exit_code_1(
    problem: BaseException, code: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """1 means findings: a program that reads exit codes must never take a fault for them."""

    def command() -> int:
        raise problem

    assert guard.answer(command) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(line)
    assert shown.err.count("\n") == 1


def test_who_looks_for_a_fault_can_see_where_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def command() -> int:
        raise KeyError("x")

    monkeypatch.setenv("TAPER_TRACEBACK", "1")
    assert guard.answer(command) == 2
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.posix
@pytest.mark.parametrize(
    ("number", "code", "line"),
    [(signal.SIGINT, 130, "taper: interrupted\n"), (signal.SIGTERM, 143, "taper: terminated\n")],
    ids=["Ctrl-C", "SIGTERM"],
)
@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("cyclopts", ["--paper", "a4"]),
        ("taper.cli.planning", ["--paper", "a4"]),
        ("taper.cli.planned", []),
        ("taper.checker.rules.pace", []),
        ("taper.paper.renderers.pdf", []),
    ],
    ids=["cyclopts", "planning", "planned", "pace", "pdf"],
)
def test_an_interruption_at_any_time_is_one_line(
    module: str, options: list[str], number: signal.Signals, code: int, line: str, tmp_path: Path
) -> None:
    """While libraries load, while commands load, and while a paper is made."""
    hook = (
        "import signal, sys\n"
        "class Hook:\n"
        "    def find_spec(self, name, *rest):\n"
        f"        if name == {module!r}: signal.raise_signal({int(number)})\n"
        "sys.meta_path.insert(0, Hook())\n"
        "from taper.cli import main\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", hook, "plan", DIAZEPAM, *options, "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", line)
    assert not (tmp_path / "out").exists()


def test_who_calls_the_command_line_gets_the_signal_handlers_back(capsys: pytest.CaptureFixture[str]) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    assert main(["rules"]) == 0
    assert main(["rule", "T999"]) == 2
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
    assert capsys.readouterr().out


def test_a_closed_output_does_not_break_the_program_that_calls_the_command_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stdout", closed)
    with pytest.raises(TaperError, match="standard output: is closed"):
        streams.write("text")
