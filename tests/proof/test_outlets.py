"""Where a plan leaves the house, one that does not add up is stopped: no paper, no file, no answer, no suggestion."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

import taper
from taper.cli import main
from taper.errors import ProofError
from taper.exchange.formats import FORMATS
from taper.exchange.markdown import write_markdown
from taper.paper.parts import Handout
from taper.paper.renderers import FORMATS as RENDERED, SHEETS
from taper.paper.request import PrintRequest
from taper.paper.sheets.patient import build_handout
from taper.planner.course import Course, steps
from taper.schedule.schedule import Step
from taper.web.desk.form import to_fields
from taper.web.desk.plan_view import calendar_view, request_of, view
from taper.web.desk.work import Work
from taper.web.hooks.policy import Policy
from taper.web.hooks.services import answer
from taper.web.service import deeds
from tests.support.hooks import active, order, request
from tests.support.unproved import changed_document

ROOT = Path(__file__).parents[2]
DIAZEPAM = ROOT / "examples" / "diazepam.toml"
ORDER: dict[str, Any] = json.loads(json.dumps(tomllib.loads(DIAZEPAM.read_text(encoding="utf-8")), default=str))
PRINTED = "2026-01-02"
REFUSED = "does not add up"


def wrong_steps(asked: taper.Order, course: Course) -> tuple[Step, ...]:
    """A fault of the planner: the second step has twice the dose, of twice the pieces."""
    made = list(steps(asked, course))
    doubled = (
        replace(
            one,
            dose=one.dose * 2,
            items=tuple(replace(item, count=item.count and item.count * 2) for item in one.items),
        )
        for one in made[1].intakes
    )
    made[1] = replace(made[1], intakes=tuple(doubled))
    return tuple(made)


def without_first_step(asked: taper.Order) -> taper.Schedule:
    """A fault of a revision: the first step is lost."""
    made = taper.plan(asked)
    return replace(made, steps=made.steps[1:])


@pytest.fixture
def fault() -> Iterator[None]:
    """The planner makes plans that are wrong."""
    with patch("taper.planner.planning.steps", wrong_steps):
        yield


COMMANDS: dict[str, tuple[str, ...]] = {
    "plan": (),
    "plan --json": ("--json",),
    "render": ("--to", "html"),
    "export": ("--to", "csv"),
    "today": (PRINTED,),
    "today --json": ("2026-01-06", "--json"),
}


@pytest.mark.usefixtures("fault")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_answers_with_2_and_shows_no_dose(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command.split()[0], str(DIAZEPAM), *COMMANDS[command]]) == 2
    shown = capsys.readouterr()
    assert REFUSED in shown.err
    assert "Please report it" in " ".join(shown.err.split())
    assert "mg" not in shown.out


@pytest.mark.usefixtures("fault")
def test_two_wrong_plans_are_not_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(DIAZEPAM), str(DIAZEPAM)]) == 2
    assert REFUSED in capsys.readouterr().err


def test_earlier_files_stay_as_they_were(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written, and nothing is left behind; neither by a plan nor by its revision."""
    out = tmp_path / "out"
    assert main(["plan", str(DIAZEPAM), "--out", str(out)]) in (0, 1)
    before = {file.name: file.read_bytes() for file in out.iterdir()}
    assert len(before) == 4
    capsys.readouterr()
    with patch("taper.planner.planning.steps", wrong_steps):
        assert main(["plan", str(DIAZEPAM), "--out", str(out)]) == 2
        assert REFUSED in capsys.readouterr().err
        assert main(["render", str(DIAZEPAM), "--to", "pdf", "--out", str(out / "handout.pdf")]) == 2
        assert main(["export", str(DIAZEPAM), "--to", "ics", "--out", str(out / "plan.ics")]) == 2
    with patch(
        "taper.planner.reviser.plan", lambda asked: replace(taper.plan(asked), steps=taper.plan(asked).steps[1:])
    ):
        arguments = ["--on", "2026-02-10", "--hold", "2 weeks", "--out", str(out)]
        assert main(["revise", str(out / "plan.json"), *arguments]) == 2
    assert REFUSED in capsys.readouterr().err
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before


@pytest.mark.usefixtures("fault")
@pytest.mark.parametrize(
    ("deed", "more"),
    [
        (deeds.plan_order, {}),
        (deeds.print_paper, {"to": "html", "sheet": "patient", "printed_on": PRINTED}),
        (deeds.export_file, {"to": "fhir", "written_on": PRINTED}),
    ],
    ids=["plan", "render", "export"],
)
def test_the_service_answers_with_a_problem_of_its_own(deed: Callable[[bytes], Any], more: dict[str, str]) -> None:
    """500, named so that no program takes it for an error of the order."""
    reply = deed(json.dumps({"order": ORDER} | more).encode())
    said = json.loads(reply.content)
    assert reply.status == said["status"] == 500
    assert said["type"] == "urn:taper:problem:proof"
    assert REFUSED in said["detail"]


def test_the_hooks_suggest_no_dose_that_does_not_add_up() -> None:
    body = json.dumps(request(order(count=4, often=1), record=[active(count=3, often=1)])).encode()

    def offered() -> list[Any]:
        said = answer("taper-pace", body, Policy(country="US"), date(2026, 11, 28))
        return [one for card in said.cards for one in card.get("suggestions", ())]

    assert offered()
    with patch("taper.planner.planning.steps", wrong_steps):
        assert not offered()


def test_the_service_compares_no_wrong_plans() -> None:
    """A document that a faulty version wrote is what its order leads to, by the same fault."""
    with patch("taper.planner.planning.steps", wrong_steps):
        document = json.loads(changed_document(taper.plan(taper.parse_order(ORDER))))
        reply = deeds.compare_plans(json.dumps({"old": document, "new": document}).encode())
    assert reply.status == 500


@pytest.mark.usefixtures("fault")
def test_the_page_shows_the_error_and_no_plan() -> None:
    work = Work(to_fields(ORDER))
    assert work.planned is None
    (problem,) = work.problems
    assert REFUSED in problem.message
    assert not work.stuck


@pytest.mark.usefixtures("fault")
def test_the_library_gives_nothing_out() -> None:
    """Every sheet in every format, every file, the document, and what a notebook shows."""
    schedule = taper.plan(taper.parse_order(ORDER))
    report = taper.check(schedule)
    uses: list[Callable[[], Any]] = [
        lambda: taper.document(schedule, report),
        lambda: taper.write_document(schedule, report),
    ]
    for sheet, to in product(SHEETS, RENDERED):
        uses.append(partial(taper.render, schedule, report, to, printed_on=PRINTED, sheet=sheet))
    uses += [partial(taper.export, schedule, to, written_on=PRINTED) for to in FORMATS]
    for use in uses:
        with pytest.raises(ProofError, match=REFUSED):
            use()
    assert REFUSED in taper.as_html(schedule)
    assert taper.as_svg(schedule) is None


def without_stop(request: PrintRequest) -> Handout:
    """A fault of the handout: its boxes do not say the end."""
    page = build_handout(request)
    return replace(page, facts=(*page.facts[:-1], replace(page.facts[-1], text=page.facts[0].more)))


def test_what_is_shown_or_copied_of_a_paper_is_proved_as_the_paper_is() -> None:
    """In a notebook, on the page and in Markdown: the plan is right, and what is said of it is not."""
    schedule = taper.plan(taper.parse_order(ORDER))
    request = PrintRequest(schedule, taper.check(schedule), printed_on=date.fromisoformat(PRINTED), whole=True)
    assert calendar_view(request)["handout"]
    with patch("taper.paper.renderers.notebook.build_handout", without_stop):
        assert REFUSED in taper.as_html(schedule)
        assert taper.as_svg(schedule) is None
    with patch("taper.web.desk.plan_view.build_handout", without_stop), pytest.raises(ProofError):
        calendar_view(request)
    with patch("taper.exchange.markdown.build_handout", without_stop), pytest.raises(ProofError):
        write_markdown(schedule, written_on=PRINTED)


def test_the_text_for_the_record_on_the_page_is_proved() -> None:
    work = Work(to_fields(ORDER))
    assert work.planned is not None
    request = request_of(work.planned, work, date.fromisoformat(PRINTED))
    assert view("record", work, request)["record_text"]
    with patch("taper.web.desk.plan_view.build_record", return_value="Diazepam taper."), pytest.raises(ProofError):
        view("record", work, request)
