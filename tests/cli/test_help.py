"""Help, completion and start-up: what a person sees before the first command works."""

from __future__ import annotations

import inspect
import io
import json
import shlex
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from taper.cli import main
from taper.cli.app import app
from tests.support.answers import FIRST_ORDER
from tests.tools.readme import README

DAY = ("desk", "new", "plan", "check", "audit", "render", "export", "today", "revise", "diff", "options")
LOOK_UPS = ("keys", "convert", "guidelines", "presets", "drugs", "products", "rules", "rule", "schema")
COMMANDS = (*DAY, "serve", *LOOK_UPS)
SHELLS = ("bash", "zsh", "fish", "powershell")


@pytest.fixture(autouse=True)
def eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """The width of a terminal that nobody has changed."""
    monkeypatch.setenv("COLUMNS", "80")


def page(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    assert main([*command, "--help"]) == 0
    return capsys.readouterr().out


def examples(text: str, command: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(f"taper {command} ") or line == f"taper {command}"]


def test_commands_stand_in_the_order_of_a_days_work(capsys: pytest.CaptureFixture[str]) -> None:
    words = [line.split()[0] for line in page(capsys).splitlines() if line.startswith("  ") and line.split()]
    assert [word for word in words if word in COMMANDS] == list(COMMANDS)
    assert {name for name in app if not name.startswith("-")} == set(COMMANDS)


def test_taper_alone_begins_with_where_to_start(capsys: pytest.CaptureFixture[str]) -> None:
    """What to type first, in the order in which it is typed, above the list of commands."""
    assert main([]) == 0
    text = capsys.readouterr().out
    above = text.partition("Making and keeping a plan")[0]
    lines = [line.split()[1] for line in above.splitlines() if line.startswith("  taper ")]
    assert above.index("Start here:") < above.index("taper desk ")
    assert lines == ["desk", "new", "plan", "check"]


def test_help_imports_no_command_and_no_library_that_only_commands_need() -> None:
    code = "from taper.cli import main; main(['--help']); import json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = set(json.loads(done.stdout.splitlines()[-1]))
    assert not {"pydantic", "jinja2", "typst", "icalendar", "taper.order", "taper.planner"} & modules
    ours = {name.removeprefix("taper.cli.") for name in modules if name.startswith("taper.cli.")}
    assert ours == {"app", "guard", "shortcut", "signals", "streams"}


@pytest.mark.parametrize("command", ["", *COMMANDS, "--install-completion"])
def test_pages_are_readable_on_80_columns(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No line is longer, no word is cut, and nothing but letters that every terminal shows."""
    text = page(capsys, *filter(None, [command]))
    assert max(len(line) for line in text.splitlines()) <= 80
    assert text.isascii()
    assert "()" not in text
    assert "default: ()" not in text


@pytest.mark.parametrize("command", COMMANDS)
def test_a_flag_has_no_opposite_and_no_default(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = page(capsys, command).replace("--no-open", "")  # a flag of its own, which has none
    assert "--no-" not in text
    assert "default: False" not in text


@pytest.mark.parametrize("command", [*DAY[1:], *LOOK_UPS])  # desk and serve do not end: they have tests of their own
def test_each_example_of_a_help_page_runs(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the folder of the examples, each line by itself; `serve`, which does not end, has tests of its own."""
    lines = examples(page(capsys, command), command)
    assert lines
    for number, line in enumerate(lines):
        folder = tmp_path / str(number)
        shutil.copytree(README.parent / "examples", folder)
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join([*FIRST_ORDER, ""])))  # what `new` asks
        assert main(shlex.split(line)[1:]) in (0, 1), line
        assert capsys.readouterr().err == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_registered_with_the_first_line_of_its_documentation(command: str) -> None:
    documentation = inspect.getdoc(function(command))
    assert documentation is not None
    assert app[command].help.splitlines()[0] == documentation.splitlines()[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_takes_more_than_six_parameters(command: str) -> None:
    assert len(inspect.signature(function(command)).parameters) <= 6


def function(command: str) -> Any:
    command_of = app[command].default_command
    assert command_of is not None
    assert import_module(command_of.__module__) is sys.modules[command_of.__module__]
    return command_of


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_completes_every_command_and_its_options(shell: Any) -> None:
    script = app.generate_completion(shell=shell)
    for word in (*COMMANDS, "--printed-on", "--hold-until"):
        assert word in script or word.removeprefix("--") in script


@pytest.mark.posix
def test_the_completion_of_bash_completes(tmp_path: Path) -> None:
    """Sourced and asked as bash asks: `taper re` has two answers, `taper render --sh` one."""
    script = tmp_path / "taper.bash"
    script.write_text(app.generate_completion(shell="bash"), encoding="utf-8")
    ask = (
        'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}\n'
        'function=$(complete -p taper | sed "s/.*-F \\([^ ]*\\).*/\\1/")\n'
        '"$function" taper "${COMP_WORDS[COMP_CWORD]}"; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    for words, answers in ((["taper", "re"], {"render", "revise"}), (["taper", "render", "--sh"], {"--sheet"})):
        done = subprocess.run(
            ["bash", "-c", ask, "bash", str(script), *words], capture_output=True, text=True, check=True
        )
        assert set(done.stdout.split()) == answers


@pytest.mark.posix
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_installed_below_the_home_folder(
    shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("ZSH", raising=False)
    monkeypatch.delenv("ZSH_CUSTOM", raising=False)
    assert main(["--install-completion", "--shell", shell]) == 0
    written = Path(capsys.readouterr().out.removeprefix("Written to ").partition(". Open")[0])
    assert written.is_relative_to(tmp_path)
    assert "render" in written.read_text(encoding="utf-8")


@pytest.mark.posix
def test_a_home_folder_that_cannot_be_written_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("HOME", str(tmp_path / "file"))
    assert main(["--install-completion", "--shell", "bash"]) == 2
    shown = capsys.readouterr()
    assert shown.err.startswith(f"taper: error: {tmp_path / 'file'}")
    assert shown.err.count("\n") == 1
