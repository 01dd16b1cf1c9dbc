"""`taper revise` on the command line: what it writes, what it refuses, and that nothing is lost."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from taper.cli import main
from taper.cli.revising import Change
from taper.order.history import Event
from tests.tools.readme import README

EXAMPLES = README.parent / "examples"


@pytest.fixture
def plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The plan document of the diazepam example: 20 mg in two doses, from 5 January 2026."""
    assert main(["plan", str(EXAMPLES / "diazepam.toml"), "--json"]) == 0
    path = tmp_path / "plan.json"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    return path


def revised(capsys: pytest.CaptureFixture[str], plan: Path, *arguments: str) -> dict[str, Any]:
    """Run ``revise --json`` and return the plan document."""
    capsys.readouterr()
    code = main(["revise", str(plan), *arguments, "--json"])
    printed = capsys.readouterr()
    assert code == 0, printed.err
    document: dict[str, Any] = json.loads(printed.out)
    return document


def entry(document: dict[str, Any]) -> dict[str, Any]:
    """The last entry of the history, without what is filled in."""
    last = dict(document["order"]["history"][-1])
    for key in ("hash", "at_phase", "handed"):
        last.pop(key, None)
    return last


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--hold", "2 weeks"], {"hold": "2 weeks"}),
        (["--hold-until", "2026-03-20"], {"hold_until": "2026-03-20"}),
        (["--every", "4 weeks"], {"every": "4 weeks"}),
        (["--reduce", "5% of current, at least 1 mg"], {"reduce": "5% of current, at least 1 mg"}),
        (["--back"], {"back": True}),
        (
            ["--dose", "morning=8 mg", "--dose", "bedtime=8 mg"],
            {"dose": {"morning": "8 mg", "bedtime": "8 mg"}},
        ),
        (
            ["--taken", "morning=7 mg", "--taken", "bedtime=7.3 mg", "--since", "2026-03-01"],
            {"taken": {"morning": "7 mg", "bedtime": "7.3 mg"}, "since": "2026-03-01"},
        ),
        (["--until", "5 mg"], {"until": "5 mg"}),
        (["--finish", "2026-12-01", "--stop-from", "1 mg"], {"finish": "2026-12-01", "stop_from": "1 mg"}),
        (["--change-on", "Monday"], {"change_on": "Monday"}),
        (["--max-units", "6"], {"max_units": 6}),
    ],
)
def test_what_is_said_on_the_command_line_stands_in_the_history(
    plan: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: dict[str, Any]
) -> None:
    document = revised(capsys, plan, "--on", "2026-03-10", "--by", "Dr A", "--reason", "sleep is worse", *arguments)
    assert entry(document) == {"on": "2026-03-10", "reason": "sleep is worse", "by": "Dr A", **said}
    assert document["revision"] == 1
    assert document["plan_id"] == json.loads(plan.read_text(encoding="utf-8"))["plan_id"]


def test_a_split_is_changed_for_one_product(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = revised(capsys, plan, "--on", "2026-03-10", "--split", "diazepam tablet 2 mg=quarters")
    splits = {line["name"]: line.get("split") for line in entry(document)["product"]}
    assert splits["diazepam tablet 2 mg"] == "quarters"
    assert splits["diazepam tablet 5 mg"] == "halves"


def test_changes_of_many_words_come_from_a_file(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changes = tmp_path / "changes.toml"
    changes.write_text('[[phase]]\nreduce = "1 mg"\nevery = "3 weeks"\nuntil = "0 mg"\n', encoding="utf-8")
    document = revised(capsys, plan, "--on", "2026-03-10", "--changes", str(changes))
    assert entry(document)["phase"] == [{"reduce": "1 mg", "every": "3 weeks", "until": "0 mg"}]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('schedule = "x"', "the key 'schedule' is unknown"),
        ('holdd = "1 week"', "did you mean 'hold'"),
        ("on = 2026-01-01", "'on' cannot be set in the file"),
        ('hash = "x"', "'hash' cannot be set in the file"),
    ],
)
def test_a_file_of_changes_names_only_what_may_change(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    changes = tmp_path / "changes.toml"
    changes.write_text(text + "\n", encoding="utf-8")
    assert main(["revise", str(plan), "--on", "2026-03-10", "--changes", str(changes)]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert "changes.toml" in error


OPTIONS = {
    "reason": "sleep",
    "by": "Dr A",
    "drug": "diazepam",
    "hold": "2 weeks",
    "hold_until": "2026-04-01",
    "every": "4 weeks",
    "reduce": "1 mg",
    "back": None,
    "dose": "18 mg",
    "taken": "18 mg",
    "since": "2026-03-01",
    "max_units": "6",
    "change_on": "Monday",
    "until": "5 mg",
    "finish": "2026-12-01",
    "stop_from": "1 mg",
    "undo": None,
}
"""Options that a file of changes may say too, each with something to say."""


def test_options_of_the_test_below_are_all_that_a_file_may_say_too() -> None:
    options = {field.name for field in fields(Change)}
    assert set(OPTIONS) == options & set(Event.model_fields) - {"on"}


@pytest.mark.parametrize("key", [*OPTIONS, "split"])
def test_what_is_said_by_an_option_and_in_the_file_is_refused(
    key: str, plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither wins in silence, also where both say the same."""
    text = OPTIONS.get(key, "diazepam tablet 2 mg=quarters")
    in_file = {"product": [{"name": "diazepam tablet 5 mg"}]} if key == "split" else {key: text or True}
    changes = tmp_path / "changes.json"
    changes.write_text(json.dumps(in_file), encoding="utf-8")
    option = f"--{key.replace('_', '-')}"
    typed = [option] if text is None else [option, text]
    assert main(["revise", str(plan), "--on", "2026-03-10", "--changes", str(changes), *typed]) == 2
    named = "product" if key == "split" else key
    message = f"taper: error: {option} and {named} in {changes} contradict each other; keep one\n"
    assert capsys.readouterr().err == message


def test_an_option_beside_a_file_that_says_something_else_is_heard(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changes = tmp_path / "changes.toml"
    changes.write_text('every = "4 weeks"\n', encoding="utf-8")
    document = revised(capsys, plan, "--on", "2026-03-10", "--changes", str(changes), "--by", "Dr A")
    assert entry(document) == {"on": "2026-03-10", "by": "Dr A", "every": "4 weeks"}


def test_a_revision_that_changes_no_day_says_so(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["revise", str(plan), "--on", "2026-03-10", "--max-units", "7"]) == 0
    printed = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    assert printed.startswith("Revision 1, from March 10, 2026, replaces revision 0. No day differs.\n")


def test_undo_gives_the_days_back_as_a_further_revision(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = json.loads(plan.read_text(encoding="utf-8"))
    held = tmp_path / "held.json"
    held.write_text(json.dumps(revised(capsys, plan, "--on", "2026-03-10", "--hold", "2 weeks")), encoding="utf-8")
    undone = revised(capsys, held, "--on", "2026-03-10", "--undo")
    assert undone["revision"] == 2
    assert undone["steps"] == first["steps"]


def test_the_difference_is_printed_and_the_papers_are_written(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, out = plan.read_bytes(), tmp_path / "out"
    code = main(["revise", str(plan), "--on", "2026-03-10", "--hold", "2 weeks", "--out", str(out)])
    printed = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    assert code == 0
    assert printed.startswith(
        "Revision 1, from March 10, 2026, replaces revision 0. The first day that differs is March 16, 2026.\n"
    )
    assert sorted(path.name for path in out.iterdir()) == ["clinician.pdf", "handout.html", "handout.pdf", "plan.json"]
    assert plan.read_bytes() == before
    html = (out / "handout.html").read_text(encoding="utf-8")
    assert "From March 10, 2026, follow this plan instead of the old one" in html.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--on", "2025-01-01", "--hold", "1 week"], "on: 2025-01-01 is before the plan begins"),
        (["--on", "2036-01-01", "--hold", "1 week"], "on: 2036-01-01 is after its end"),
        (
            ["--on", "2026-03-10"],
            'nothing is changed; say what, such as --hold "2 weeks", --every "4 weeks", --back',
        ),
        (
            ["--on", "2026-03-10", "--by", "Dr A", "--since", "2026-03-01"],
            "nothing is changed; say what, such as --hold",
        ),
        (["--on", "2026-03-10", "--max-units", "0"], "max_units"),
        (
            ["--on", "2026-03-10", *(["--split", "diazepam tablet 2 mg=whole"] * 2)],
            "diazepam tablet 2 mg is named twice; keep one",
        ),
        (["--on", "2026-03-10", "--hold", "for long"], "hold: 'for long' is not an interval"),
        (["--on", "2026-03-10", "--dose", "7.5 mg"], "dose: 7.5 mg a day, but the day has several times"),
        (["--on", "2026-03-10", "--dose", "7.5 mg"], 'command line: --dose "morning=… mg" --dose "bedtime=… mg"'),
        (["--on", "2026-03-10", "--taken", "7 mg"], 'command line: --taken "morning=… mg" --taken "bedtime=… mg"'),
        (["--on", "2026-03-10", "--dose", "dawn=1 mg"], "dose: 'dawn=1 mg' names no time of day"),
        (["--on", "2026-03-10", "--dose", "noon=1 mg", "--dose", "noon=2 mg"], "noon is named twice"),
        (["--on", "2026-03-10", "--split", "diazepam tablet 3 mg=halves"], "did you mean"),
        (["--on", "2026-03-10", "--split", "diazepam tablet 2 mg=thirds"], "split"),
        (["--on", "2026-03-10", "--undo"], "no revision is left to take back"),
        (["--on", "2026-03-10", "--changes", "nowhere.toml"], "there is no such file"),
    ],
)
def test_a_revision_that_cannot_be_is_one_error_and_changes_no_file(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    out = tmp_path / "out"
    assert main(["revise", str(plan), "--on", "2026-03-10", "--hold", "1 week", "--out", str(out)]) == 0
    before = {path: path.read_bytes() for path in (*tmp_path.glob("*.json"), *out.iterdir())}
    capsys.readouterr()
    assert main(["revise", str(plan), *arguments, "--out", str(out)]) == 2
    error = capsys.readouterr().err
    assert error.count("taper: error:") == 1
    assert message in error
    assert {path: path.read_bytes() for path in (*tmp_path.glob("*.json"), *out.iterdir())} == before


def test_a_tampered_history_is_refused_by_revision(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = revised(capsys, plan, "--on", "2026-03-10", "--hold", "2 weeks", "--by", "Dr A")
    document["order"]["history"][0]["by"] = "Dr B"
    plan.write_text(json.dumps(document), encoding="utf-8")
    for command in (["check"], ["revise", "--on", "2026-04-01", "--back"], ["today"], ["render"]):
        assert main([command[0], str(plan), *command[1:]]) == 2
        assert "revision 1 of 2026-03-10" in capsys.readouterr().err


DATED = """
drug = "diazepam"
country = "GB"
start = 2027-01-04
stop_from = "1 mg"
[current]
bedtime = "15 mg"
[[product]]
name = "diazepam tablet 5 mg"
[[product]]
name = "diazepam tablet 2 mg"
split = "halves"
[[phase]]
finish = 2027-07-31
every = "2 weeks"
until = "0 mg"
"""


@pytest.mark.parametrize("by_file", [False, True], ids=["options", "file of changes"])
def test_slower_before_a_finish_date_is_refused_and_writes_nothing(
    by_file: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What anyone types for a person who got worse: a step back, a pause, a longer interval."""
    order, changes, out = tmp_path / "order.toml", tmp_path / "changes.toml", tmp_path / "out"
    order.write_text(DATED, encoding="utf-8")
    changes.write_text('back = true\nhold = "4 weeks"\nevery = "4 weeks"\n', encoding="utf-8")
    said = ["--changes", str(changes)] if by_file else ["--back", "--hold", "4 weeks", "--every", "4 weeks"]
    arguments = ["revise", str(order), "--on", "2027-04-05", *said, "--out", str(out)]
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert "the finish date 2027-07-31 stays in force" in error
    assert "9 mg a day would fall to 3 mg at once, by ~66.7%" in error
    assert '--finish 2028-01-10 or --reduce "1 mg" or --finish 2027-07-31' in error
    assert not out.exists()
    for choice in (["--finish", "2028-01-10"], ["--reduce", "1 mg"]):
        assert main(["revise", str(order), "--on", "2027-04-05", *said, *choice]) == 0
