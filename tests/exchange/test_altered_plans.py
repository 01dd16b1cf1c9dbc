"""A plan document that was changed so that all its sums still add up is found, and never printed or exported."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest

from taper.checker.checking import check
from taper.cli import main
from taper.errors import ScheduleError
from taper.exchange.formats import FORMATS, export
from taper.exchange.plan_document import read_document, write_document
from taper.exchange.reading import attachment, read_schedule
from taper.finding import Report, Severity
from taper.order.order import parse_order
from taper.paper.renderers import render
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.quantity import Pieces
from taper.schedule.day import today
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import ONE_DAY, Schedule, Step
from tests.support.unproved import changed_document

ORDER: dict[str, Any] = {
    "drug": "diazepam",
    "country": "US",
    "start": "2026-01-05",
    "current": {"morning": "2 mg", "bedtime": "10 mg"},
    "product": [
        {"name": "diazepam tablet 2 mg", "split": "halves"},
        {"name": "diazepam tablet 5 mg", "split": "halves"},
    ],
    "phase": [{"reduce": "1 mg", "every": "2 weeks", "until": "0 mg"}],
}
PLAN = plan(parse_order(ORDER))


def each(change: Callable[[Intake], Intake]) -> Schedule:
    """Change every intake."""
    steps = (replace(step, intakes=tuple(map(change, step.intakes))) for step in PLAN.steps)
    return replace(PLAN, steps=tuple(steps))


def later(days: int) -> Schedule:
    """Move every day."""
    by = timedelta(days=days)
    steps = tuple(replace(step, start=step.start + by, end=step.end + by) for step in PLAN.steps)
    assert PLAN.stopped_on is not None
    return replace(PLAN, steps=steps, stopped_on=PLAN.stopped_on + by)


def products(name: Callable[[str], str]) -> Callable[[Intake], Intake]:
    return lambda intake: replace(
        intake, items=tuple(replace(item, product=name(item.product)) for item in intake.items)
    )


def last_half_tablet(step: Step) -> Step:
    """Make the dose of other pieces that add up to the same."""
    one = Item("diazepam tablet 2 mg", Pieces("1/2"))
    return replace(step, intakes=tuple(replace(intake, items=(one, one)) for intake in step.intakes))


ALTERED: dict[str, Schedule] = {
    "another strength": each(products(lambda name: name.replace("2 mg", "10 mg"))),
    "another drug": each(lambda intake: replace(intake, drug="lorazepam")),
    "other times of day": each(lambda i: replace(i, time="noon" if i.time == "morning" else "evening")),
    "a day late": later(1),
    "a week early": later(-7),
    "the steps of a slower plan": replace(
        PLAN, **{k: getattr(plan(parse_order(ORDER | {"start": "2026-02-02"})), k) for k in ("steps", "stopped_on")}
    ),
    "another plan's identifier": replace(PLAN, plan_id="00000000-0000-5000-8000-000000000000"),
    "no identifier": replace(PLAN, plan_id=""),
    "another patient": replace(PLAN, order=parse_order(ORDER | {"handout": {"patient": "Somebody Else"}})),
    "no pieces": each(lambda intake: replace(intake, items=())),
    "a step left out": replace(PLAN, steps=PLAN.steps[1:]),
    "another number": replace(PLAN, steps=tuple(replace(step, number=step.number + 1) for step in PLAN.steps)),
    "another goal of a step": replace(PLAN, steps=(replace(PLAN.steps[0], target=None), *PLAN.steps[1:])),
    "the same dose of other pieces": replace(PLAN, steps=tuple(map(last_half_tablet, PLAN.steps))),
    "a first day more": replace(
        PLAN, steps=(replace(PLAN.steps[0], start=PLAN.steps[0].start - ONE_DAY), *PLAN.steps[1:])
    ),
}


@pytest.mark.parametrize("name", ALTERED)
def test_a_consistent_alteration_is_found_and_neither_printed_nor_exported(name: str) -> None:
    text = changed_document(ALTERED[name])
    read = read_document(text)
    (finding,) = [finding for finding in check(read).findings if finding.code == "T415"]
    assert finding.severity is Severity.ALERT
    for use in (
        lambda: render(read, Report(), "text", printed_on="2026-01-02"),
        lambda: render(read, Report(), "html", printed_on="2026-01-02", sheet="clinician"),
        lambda: today(read, "2026-01-06"),
        lambda: revise(read, on="2026-01-20", hold="1 week"),
        *(lambda to=to: export(read, to, written_on="2026-01-02") for to in FORMATS),
    ):
        with pytest.raises(ScheduleError):
            use()


def test_a_plan_as_it_was_written_has_no_remark_through_its_revisions() -> None:
    schedule = PLAN
    for day, change in ((date(2026, 1, 20), {"hold": "1 week"}), (date(2026, 3, 2), {"every": "3 weeks"})):
        schedule = revise(schedule, on=day, **change)  # type: ignore[arg-type]
        assert read_document(write_document(schedule, Report())) == schedule


def test_the_day_and_both_doses_are_named() -> None:
    read = read_document(changed_document(ALTERED["other times of day"]))
    with pytest.raises(ScheduleError) as caught:
        today(read, "2026-01-06")
    assert caught.value.field == "step 0"
    message = str(caught.value)
    assert "5 January 2026" in message
    assert "noon 2 mg diazepam (1 x diazepam tablet 2 mg)" in message
    assert "by the order morning 2 mg diazepam (1 x diazepam tablet 2 mg)" in message


def test_the_commands_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check` fails with an alert; what would print or hand on a dose is one line of error and exit code 2."""
    file = tmp_path / "plan.json"
    file.write_text(changed_document(ALTERED["another strength"]), encoding="utf-8")
    assert main(["check", str(file)]) == 1
    assert "T415" in capsys.readouterr().out
    for command in (
        ["render", str(file), "--to", "text"],
        ["export", str(file), "--to", "days"],
        ["today", str(file), "2026-01-06"],
    ):
        assert main(command) == 2
        shown = capsys.readouterr()
        assert not shown.out
        assert "the order leads to" in shown.err or "order and its history lead to" in shown.err


def test_an_item_of_another_drug_is_named_without_an_order() -> None:
    made = json.loads(changed_document(ALTERED["another drug"]))
    made["order"], made["plan_id"] = None, ""
    for step in made["steps"]:
        step["target_mg"] = None
    (finding,) = [f for f in check(read_schedule(json.dumps(made)).schedule()).findings if f.code == "T403"]
    assert finding.severity is Severity.ALERT
    assert "'diazepam tablet 2 mg' is diazepam, but stands for lorazepam" in finding.message


def test_a_pdf_with_two_plans_is_refused_by_their_names() -> None:
    texts = [write_document(one, Report()) for one in (PLAN, revise(PLAN, on="2026-01-20", hold="1 week"))]

    def pdf(*documents: str) -> bytes:
        writer = pypdf.PdfWriter()
        writer.add_blank_page(100, 100)
        for number, text in enumerate(documents):
            writer.add_attachment(f"plan{number}.json", text.encode())
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    with pytest.raises(ScheduleError, match="holds 2 plans") as caught:
        read_schedule(pdf(*texts))
    assert f"{PLAN.plan_id} revision 1" in str(caught.value)
    assert attachment(pdf(texts[0], texts[0])) == texts[0].encode()
