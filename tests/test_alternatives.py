"""`options`: every line planned and checked, nothing that changes nothing, ranked, and none recommended."""

from __future__ import annotations

from pathlib import Path

import pytest

from taper import cli
from taper.alternatives import Option, options
from taper.checker.checking import check
from taper.errors import OrderError, StuckError
from taper.finding import Severity
from taper.order.order import parse_order, read_order
from taper.planner.planning import plan
from taper.schedule.cuts import largest_cut
from tests.support.open_ways import CASES
from tests.support.toml import toml

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.toml"))


@pytest.mark.parametrize("case", ["works", "stuck", "two phases", "points", "dose cannot be made", "date"])
def test_every_option_is_its_own_plan_and_report(case: str) -> None:
    order = parse_order(CASES[case])
    found = options(order)
    assert found
    for option in found:
        planned = plan(order if option.way is None else option.way.order)
        assert option.schedule == planned
        assert option.report == check(planned)
        assert (
            option.largest_cut == largest_cut(planned) == max(cut.of_current for cut in planned.cuts if not cut.stops)
        )
        assert option.cuts == len(planned.steps) - (planned.stopped_on is None)
        assert option.split_days == sum(
            step.days
            for step in planned.steps
            if any(str(item.count)[-2:] in (".5", "25", "75") for intake in step.intakes for item in intake.items)
        )


def test_the_order_as_it_stands_comes_first_if_it_works() -> None:
    found = options(parse_order(CASES["works"]))
    assert found[0].way is None
    assert found[0].lines == ()
    assert all(option.way is not None for option in found[1:])
    assert all(option.way is not None for option in options(parse_order(CASES["stuck"])))


def test_a_change_that_changes_nothing_is_dropped() -> None:
    """Quarters of a tablet of which the plan takes whole ones only are no gain."""
    for example in EXAMPLES:
        asis, *others = options(read_order(example))
        assert all(option.schedule.steps != asis.schedule.steps for option in others), example.name
    data = CASES["works in mg"] | {"phase": [{"doses": ["8 mg", "6 mg", "0 mg"], "every": "2 weeks"}]}
    assert "split" not in {option.way.kind for option in options(parse_order(data)) if option.way}


@pytest.mark.parametrize("case", ["works", "stuck", "dose cannot be made"])
def test_fewest_alerts_then_warnings_then_the_smallest_worst_cut_then_the_latest_end(case: str) -> None:
    ranks = [
        (
            o.findings(Severity.ALERT),
            o.findings(Severity.WARNING),
            o.largest_cut,
            -o.schedule.steps[-1].end.toordinal(),
        )
        for o in options(parse_order(CASES[case]))
        if o.way is not None
    ]
    assert len(ranks) > 2
    assert ranks == sorted(ranks)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(list(arguments))
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def columns(option: Option) -> tuple[object, ...]:
    """What the table shows of an option."""
    last = option.schedule.steps[-1]
    end = option.schedule.stopped_on or (last.total, last.start)
    findings = tuple(option.findings(severity) for severity in Severity)
    return end, option.cuts, option.largest_cut, findings, option.split_days


@pytest.mark.parametrize("case", ["works", "stuck", "dose cannot be made"])
def test_the_command_prints_each_change_and_recommends_none(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    file = tmp_path / "order.toml"
    file.write_text(toml(CASES[case]), encoding="utf-8")
    code, out, _ = run(capsys, "options", str(file))
    assert code == 0
    first, *changes = options(parse_order(CASES[case]))
    gains = [one for one in changes if first.lines or columns(one) != columns(first)]
    for option in (first, *gains):
        for line in (line for block in option.lines for line in block.split("\n")):
            assert line in out
    idle = len(changes) - len(gains)
    assert ("the same in every column as ordered" in out) == bool(idle)
    assert "None is a recommendation." in out
    words = out.replace("None is a recommendation.", "").lower()
    for word in ("recommend", "best", "should", "better", "prefer", "safe", "choose", "ideal"):
        assert word not in words


def test_the_command_says_what_is_wrong_where_nothing_helps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "order.toml"
    file.write_text(toml(CASES["works"] | {"current": {"bedtime": "7.003 mg"}}), encoding="utf-8")
    code, out, err = run(capsys, "options", str(file))
    assert (code, out) == (2, "")
    assert f"{file}: current.bedtime: 7.003 mg cannot be made" in err


def test_a_stuck_order_of_capsules_is_never_split() -> None:
    """Only another product is offered, and for none of the forms that must not be split a split."""
    capsule = {"name": "t", "source": "clinician", "form": "capsule", "strength": "10 mg"}
    order = parse_order(CASES["stuck"] | {"product": [capsule]})
    found = options(order)
    assert {option.way.kind for option in found if option.way} <= {"product", "at least", "step", "last dose"}
    with pytest.raises(StuckError):
        plan(order)


def test_a_date_that_is_too_near_is_said() -> None:
    near = {"finish": "2026-01-10", "every": "2 weeks", "until": "0 mg"}
    with pytest.raises(OrderError, match="nearest date that works"):
        options(parse_order(CASES["date"] | {"stop_from": "2.5 mg", "phase": [near]}))
