"""What the page answers: the numbers of the library, the bytes of the command line, and the words of its errors."""

from __future__ import annotations

import io
import re
import tomllib
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import given, strategies as st

from taper.alternatives import options
from taper.checker.checking import check
from taper.cli import main
from taper.errors import StuckError, TaperError
from taper.exchange.formats import export
from taper.exchange.plan_document import document, write_document
from taper.order.order import parse_order, read_order
from taper.order.parts import WEEKDAYS
from taper.paper.renderers import render
from taper.paper.report_told import report_in
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.schedule.schedule import Schedule
from taper.schedule.supply import dispense
from taper.schedule.weekly import shown_steps
from taper.web.desk import lists
from taper.web.desk.answering import Reply, Upload, answer
from taper.web.desk.edits import edited
from taper.web.desk.fields import FIELDS, Shape
from taper.web.desk.form import from_fields, to_fields
from taper.web.desk.takeaway import KINDS
from taper.web.desk.words import LABELS, SAY, TAKE, VIEWS
from taper.web.desk.work import Work
from tests.support.proofs import proof
from tests.support.unproved import changed_document
from tests.tools.readme import README

TODAY = date(2026, 1, 2)
EXAMPLES = sorted((README.parent / "examples").glob("*.toml"))
STUCK = {"phase.0.reduce": "5% of current"}
NUMBER = re.compile(r"~?[0-9]+(?:\.[0-9]+)?")


def leaves(shape: Shape, place: str) -> list[str]:
    """Return the names of all fields of a shape, with one row in each list."""
    if isinstance(shape, str):
        return [place]
    table, row = (shape[0], ".0") if isinstance(shape, tuple) else (shape, "")
    return [leaf for key, part in table.items() for leaf in leaves(part, f"{place}{row}.{key}")]


ALL_FIELDS = [*(leaf for key, shape in FIELDS.items() for leaf in leaves(shape, key)), "phase.0.rule"]
ALL_SAID = {"handout.prescriber": "A. Prescriber", "print.at.morning": "08:00", "print.at.bedtime": "22:00"}
"""What an eMediplan and a reminder app need beside the plan."""


def fields_of(name: str) -> dict[str, str]:
    return to_fields(read_order(README.parent / "examples" / f"{name}.toml").as_data())


def posted(path: str, fields: dict[str, str], **more: Any) -> Reply:
    return answer(path, fields, today=TODAY, **more)


def tree(reply: Reply) -> Any:
    return lxml.html.fromstring(reply.body.decode())


def text(element: Any) -> str:
    return " ".join(element.text_content().replace("\xa0", " ").split())


def boxes(page: Any) -> dict[str, str]:
    """Return what a browser would post of a page."""
    [form] = page.cssselect("#desk")
    posts: dict[str, str] = {}
    for box in form.cssselect("[name]"):
        kind = box.get("type")
        if box.tag == "select":
            chosen = box.cssselect("option[selected]") or box.cssselect("option")[:1]
            posts[box.get("name")] = chosen[0].get("value") if chosen else ""
        elif box.tag == "textarea":
            posts[box.get("name")] = (box.text or "").removeprefix("\n")
        elif box.tag == "input" and (kind not in ("radio", "checkbox") or "checked" in box.attrib):
            posts[box.get("name")] = box.get("value") or ""
    return posts


def numbers(words: str) -> list[Fraction]:
    return [Fraction(found) for found in re.findall(r"[0-9]+(?:\.[0-9]+)?", words)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_number_of_the_steps_is_that_of_the_plan_document(path: Path) -> None:
    """Dose of the day, each dose, each cut and its percentage, of each step; and as many steps."""
    order = read_order(path)
    schedule = plan(order)
    found = document(schedule, check(schedule), dispense(schedule))
    page = tree(posted("live", to_fields(order.as_data()) | {"view": "steps"}))
    rows = page.cssselect("table.steps tbody tr")
    shown = shown_steps(schedule.steps)
    assert len(rows) == len(shown) + (schedule.stopped_on is not None)
    for row, step in zip(rows, shown, strict=False):
        cells = {cell.get("data-name"): text(cell) for cell in row.cssselect("td[data-name]")}
        written = text(row)
        for part in found["steps"]:
            if part["number"] != step.number:
                continue
            for intake in part["intakes"]:
                if Fraction(intake["dose_mg"]).denominator in (1, 2, 4, 5, 8, 10, 16, 20, 25, 40, 50, 100, 1000):
                    assert Fraction(intake["dose_mg"]) in numbers(written), (written, intake)
                for item in intake["items"]:
                    if "volume_ml" in item and len(item["volume_ml"]) < 6 and "drop" not in item["product"]:
                        assert Fraction(item["volume_ml"]) in numbers(written)
        if not step.varies and len(schedule.drugs) == 1:
            [part] = [part for part in found["steps"] if part["number"] == step.number]
            cut = Fraction(part["cut_mg"] or 0)
            said = numbers(cells.get(SAY["cut_column"], ""))
            if cut and said and cut.denominator in (1, 2, 4, 5, 8, 10, 20, 40, 100):
                assert said == [abs(cut)]
                percent = numbers(cells[SAY["of_current"]])[0]
                assert abs(percent - abs(Fraction(part["cut_of_current"])) * 100) <= Fraction(1, 20)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_head_says_how_many_cuts_the_end_and_each_finding(path: Path) -> None:
    schedule = plan(read_order(path))
    report = report_in(check(schedule), schedule, "en")
    page = tree(posted("live", fields_of(path.stem)))
    head = text(page.cssselect(".facts-line")[0])
    cuts = len(shown_steps(schedule.steps)) - 1 + (schedule.stopped_on is not None)
    assert head.startswith(f"{cuts} cut")
    codes = [one.get("id").removeprefix("finding-") for one in page.cssselect("details.finding")]
    assert codes == [finding.code for finding in report.gravest_first]
    for finding in report.findings:
        assert " ".join(finding.message.split()) in text(page.cssselect(f"#finding-{finding.code} summary")[0])
        body = text(page.cssselect(f"#finding-{finding.code} .body")[0])
        assert " ".join(finding.detail.split()) in body
    assert text(page.cssselect(".findings > p.quiet")[-1]) == report.judged_by if report.judged_by else True
    assert len(page.cssselect(".not-checked")) == len(report.skipped)


@pytest.mark.parametrize("view", [name for name, _ in VIEWS])
@pytest.mark.parametrize("name", ["diazepam", "crossover", "weekly", "diazepam_liquid", "diazepam_weighed"])
def test_each_view_of_each_kind_of_plan_is_shown(name: str, view: str) -> None:
    page = tree(posted("live", fields_of(name) | {"view": view}))
    assert page.cssselect(f"#view-{view}[checked]")
    assert not page.cssselect(".blocking")


def test_the_calendar_has_each_day_with_its_doses() -> None:
    schedule = plan(read_order(README.parent / "examples" / "diazepam.toml"))
    page = tree(posted("live", fields_of("diazepam") | {"view": "calendar"}))
    days = [day for day in page.cssselect(".month td") if "out" not in day.get("class")]
    assert schedule.stopped_on is not None
    assert len(days) == (schedule.stopped_on - schedule.steps[0].start).days + 1


# What is taken away


def run(*arguments: str) -> bytes:
    """Run the command line and return what it prints."""
    out = io.StringIO()
    with redirect_stdout(out):
        assert main(list(arguments)) in (0, 1)
    return out.getvalue().encode()


PAPERS = [
    (value, value.partition(".")[0], value.partition(".")[2])
    for _, files in TAKE
    for value, _ in files
    if value.endswith((".pdf", ".html", ".txt"))
] + [("patient.pdf", "patient", "pdf"), ("clinician.pdf", "clinician", "pdf")]


@pytest.mark.parametrize(("language", "paper"), [("", ""), ("de", "letter")])
@pytest.mark.parametrize(("what", "sheet", "ending"), PAPERS)
def test_each_paper_is_that_of_the_command_line(
    tmp_path: Path, what: str, sheet: str, ending: str, language: str, paper: str
) -> None:
    """To the byte, from the order that the page saves."""
    fields = fields_of("diazepam") | {"print.language": language, "print.paper": paper}
    file = tmp_path / "order.toml"
    file.write_bytes(posted("take", fields | {"take": "order"}).body)
    out = tmp_path / f"out.{ending}"
    chosen = [*(["--language", language] if language else []), *(["--paper", paper] if paper else [])]
    command = ["render", str(file), "--sheet", sheet, "--printed-on", str(TODAY), "--out", str(out), *chosen]
    assert main(command) == 0
    reply = posted("take", fields | {"take": what})
    assert reply.body == out.read_bytes()
    assert reply.name.endswith(f".{ending}")
    assert reply.kind == KINDS[ending]


@pytest.mark.parametrize("what", ["ics", "fhir", "csv", "days", "steps", "sig", "markdown", "medtimer", "emediplan"])
def test_each_file_for_other_tools_is_that_of_the_command_line(tmp_path: Path, what: str) -> None:
    fields = fields_of("diazepam") | ALL_SAID
    file, out = tmp_path / "order.toml", tmp_path / "out"
    file.write_bytes(posted("take", fields | {"take": "order"}).body)
    timed = ["--at", "morning=08:00", "--at", "bedtime=22:00"] if what in ("ics", "medtimer") else []
    assert main(["export", str(file), "--to", what, "--written-on", str(TODAY), "--out", str(out), *timed]) == 0
    assert posted("take", fields | {"take": what}).body == out.read_bytes()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_saved_order_and_the_plan_document_are_those_of_the_command_line(tmp_path: Path, path: Path) -> None:
    fields = fields_of(path.stem)
    file = tmp_path / "order.toml"
    file.write_bytes(posted("take", fields | {"take": "order"}).body)
    assert read_order(file) == read_order(path)
    assert posted("take", fields | {"take": "plan"}).body.rstrip() == run("plan", str(file), "--json").rstrip()


def test_every_file_that_is_offered_is_made() -> None:
    fields = fields_of("diazepam") | ALL_SAID
    for what in [value for _, files in TAKE for value, _ in files]:
        reply = posted("take", fields | {"take": what})
        assert reply.name, what
        assert reply.body


def test_a_finding_says_who_has_seen_it_and_why_it_is_gone_against() -> None:
    seen = {
        "acknowledge.0.code": "T101",
        "acknowledge.0.reason": "as the patient wishes",
        "acknowledge.0.by": "Dr. Ada",
    }
    [line] = tree(posted("live", fields_of("supply") | seen)).cssselect("#finding-T101 .seen")
    assert "as the patient wishes" in text(line)
    assert "Dr. Ada" in text(line)


def test_nothing_is_taken_away_before_there_is_a_plan_or_while_a_revision_is_not_accepted() -> None:
    """A paper or an order of the old plan, while the page shows the new one, would be taken for it."""
    revised = fields_of("diazepam") | {"revise.on": "2026-03-10", "revise.hold": "2 weeks"}
    for fields in ({}, {"drug": "diazepam"}, revised):
        for what in ("patient.pdf", "order", "plan", "ics"):
            reply = posted("take", fields | {"take": what})
            assert not reply.name
            assert tree(reply).cssselect(".notice")


def test_a_preview_is_the_paper_with_its_own_policy_inside_the_page_alone() -> None:
    fields = fields_of("diazepam") | {"print.sheet": "plan", "print.language": "fr", "take": "preview"}
    reply = posted("take", fields)
    schedule = plan(read_order(README.parent / "examples" / "diazepam.toml"))
    expected = render(
        schedule, check(schedule), "html", printed_on=TODAY, sheet="plan", language="fr", supply=dispense(schedule)
    )
    assert reply.body == expected
    assert "frame-ancestors 'self'" in reply.policy
    assert "'unsafe-inline'" not in reply.policy


# An order in the making


def test_nothing_is_filled_in_on_an_empty_page() -> None:
    """Not a drug, a country, a day, a step or a fact: what a browser would post of it says nothing."""
    posts = boxes(tree(answer("", None, today=TODAY)))
    assert {name for name, value in posts.items() if value} == set()
    assert from_fields(posts).data == {}


def test_what_is_missing_is_named_and_is_no_error() -> None:
    page = tree(posted("live", {"drug": "diazepam", "country": "US"}))
    missing = text(page.cssselect(".missing")[0])
    assert SAY["missing_start"] in missing
    assert SAY["missing_product"] in missing
    assert SAY["missing_drug"] not in missing
    assert not page.cssselect(".blocking")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"drug": "diazpam"}, "drug"),
        ({"current.bedtime": "10"}, "current.bedtime"),
        ({"country": "US", "drug": "diazepam", "product.0.name": "diazepam tablet 3 mg"}, "product.0.name"),
        ({"start": "5.1.2026"}, "start"),
        ({"patient.age": "old", "current.bedtime": "5 mg"}, "patient.age"),
        ({"check.guidelines": "asam"}, "check.guidelines"),
    ],
)
def test_an_error_stands_beside_its_field_in_the_words_of_the_order_reader(typed: dict[str, str], field: str) -> None:
    """Before the order is whole, too."""
    page = tree(posted("", typed))
    said = page.cssselect(f"#said-{field.replace('.', '-')}")[0]
    [problem] = Work(typed).problems
    assert problem.field == field
    assert text(said) == " ".join(problem.message.split())
    box = page.cssselect(f"#{field.replace('.', '-')}")[0]
    assert box.get("aria-invalid") == "true"
    assert box.get("aria-describedby") == said.get("id")
    with pytest.raises(TaperError) as refused:
        parse_order(read_order(README.parent / "examples" / "diazepam.toml").as_data() | from_fields(typed).data)
    assert refused.value.message == problem.message


def test_the_page_names_no_key_of_another_field() -> None:
    """Of several mistakes the first is told, at its field; the keys of the others are words of the order's file."""
    page = tree(
        posted("", fields_of("diazepam") | {"current.bedtime": "10", "phase.0.reduce": "5%", "phase.0.until": "0"})
    )
    assert "has no unit" in text(page.cssselect(".blocking")[0])
    assert "phase[0]" not in text(page)


def test_which_drug_a_brand_is_waits_for_the_country() -> None:
    assert not Work({"drug": "Valium"}).problems
    assert lists.drug_of("Valium", "") is None
    assert lists.drug_of("Valium", "US") == "diazepam"


def test_a_liquid_is_asked_for_its_device_and_a_tablet_is_drawn_as_it_is_split() -> None:
    typed = {"drug": "diazepam", "country": "US", "product.0.name": "diazepam oral solution 1 mg/mL"}
    page = tree(posted("", typed))
    [problem] = Work(typed).problems
    assert (problem.field, problem.unsaid) == ("product.0.device", True)
    assert not page.cssselect('#product-0-device[aria-invalid="true"]'), "what is not typed yet is no mistake"
    typed = typed | {"product.0.name": "diazepam tablet 5 mg", "product.0.split": "quarters"}
    assert len(tree(posted("", typed)).cssselect("#drawn-product-0 svg")) == 3
    assert len(tree(posted("", typed | {"product.0.split": ""})).cssselect("#drawn-product-0 svg")) == 1


def test_the_products_that_are_offered_are_those_of_drug_and_country() -> None:
    page = tree(posted("", {"drug": "zopiclone", "country": "GB"}))
    offered = [one.get("value") for one in page.cssselect("#new-product option") if one.get("value")]
    assert offered == [name for name, _ in lists.products_of(("zopiclone",), "GB")]
    assert offered


def test_rows_come_and_go() -> None:
    fields = edited("add:product", {"new.product": "diazepam tablet 2 mg", "product.0.name": "diazepam tablet 5 mg"})
    assert fields == {"product.0.name": "diazepam tablet 5 mg", "product.1.name": "diazepam tablet 2 mg"}
    assert edited("drop:product.0", fields) == {"product.0.name": "diazepam tablet 2 mg"}
    two = edited("add:phase", {"phase.0.reduce": "1 mg"})
    assert set(two) == {"phase.0.reduce", "phase.1.every"}
    assert set(edited("add:phase", {})) == {"phase.0.every", "phase.1.every"}
    assert edited("acknowledge:T202", {}) == {"acknowledge.0.code": "T202"}
    weeks = edited("add:phase.0.weekly", {"phase.0.weekly.0.usual": "5 mg"})
    assert edited("drop:phase.0.weekly.0", weeks) == {"phase.0.weekly.0.usual": ""}


@pytest.mark.parametrize(
    "deed", ["drop:drug", "drop:x.0", "add:current", "add:__proto__", "example:../x", "way:9", "accept", "fly"]
)
def test_a_deed_that_the_page_does_not_have_is_refused_and_changes_nothing(deed: str) -> None:
    fields = fields_of("diazepam")
    page = tree(posted("", fields | {"do": deed}))
    assert page.cssselect(".notice")
    assert from_fields(boxes(page)).data == from_fields(fields).data


def test_the_packaged_examples_are_those_of_the_folder() -> None:
    names = [name for name, _ in lists.examples()]
    assert len(names) >= 6
    for name in names:
        packaged = (lists.EXAMPLES / f"{name}.toml").read_bytes()
        assert packaged == (README.parent / "examples" / f"{name}.toml").read_bytes()
        assert plan(parse_order(from_fields(edited(f"example:{name}", {})).data)).steps


# A stuck order


def test_each_way_out_of_a_stuck_order_is_one_press_away() -> None:
    fields = fields_of("diazepam") | STUCK
    page = tree(posted("", fields))
    assert SAY["stuck"] in text(page.cssselect(".blocking")[0])
    presses = [one.get("value") for one in page.cssselect(".ways button")]
    found = options(parse_order(from_fields(fields).data))
    assert len(presses) == len(found) >= 3
    reached = set()
    for press in presses:
        after = tree(posted("", fields | {"do": press}))
        assert after.cssselect("#plan"), press
        reached.add(parse_order(from_fields(boxes(after)).data).as_data()["phase"][0]["reduce"])
    assert reached == {one.way.order.as_data()["phase"][0]["reduce"] for one in found if one.way}
    ranks = {str(one.way.order.as_data()): one.way.rank for one in found if one.way}
    offered = [ranks[str(one.data)] for one in Work(fields).ways_out]
    assert offered == sorted(offered), "first what keeps the ordered step"


OF_PARTS: dict[str, tuple[str, dict[str, str]]] = {
    "the second drug": ("two_drugs", {"phase.1.reduce": "5% of current", "stop_from": ""}),
    "the first drug": ("two_drugs", {"phase.0.reduce": "2 mg"}),
    "drugs side by side": ("together", {"phase.1.reduce": "10% of current"}),
    "after a switch": ("crossover", {"phase.1.reduce": "5% of current"}),
    "a phase with products of its own": ("tablets_then_liquid", {"phase.0.reduce": "5% of current"}),
    "after weekly patterns": (
        "weekly",
        {"phase.0.until": "", "phase.1.reduce": "10% of current", "phase.1.every": "2 weeks", "phase.1.until": "0 mg"}
        | {f"phase.0.weekly.{week}.{day}": "" for week in (3, 4) for day in ("usual", *WEEKDAYS)},
    ),
}


@pytest.mark.parametrize("case", OF_PARTS)
def test_each_way_out_of_an_order_of_several_parts_is_one_press_away(case: str) -> None:
    """Where the order as a whole can be carried out with it; each is the order with that change, planned in full."""
    name, change = OF_PARTS[case]
    fields = fields_of(name) | change
    page = tree(posted("", fields))
    assert SAY["stuck"] in text(page.cssselect(".blocking")[0])
    presses = [one.get("value") for one in page.cssselect(".ways button")]
    assert presses
    before = parse_order(from_fields(fields).data)
    found = options(before)
    assert len(presses) == len(found)
    with pytest.raises(StuckError) as stuck:
        plan(before)
    assert len(found) == len(stuck.value.ways_out) or SAY["ways_more"].partition(" ")[0] in text(page)
    offered = Work(fields).ways_out
    assert sorted(map(str, (one.schedule for one in offered))) == sorted(map(str, (one.schedule for one in found)))
    for number in {0, len(offered) - 1}:
        after = tree(posted("", fields | {"do": presses[number]}))
        assert after.cssselect("#plan")
        assert plan(parse_order(from_fields(boxes(after)).data)) == offered[number].schedule


@pytest.mark.parametrize("case", OF_PARTS)
def test_the_lines_of_a_way_out_pasted_into_an_order_of_several_parts_are_that_order(case: str) -> None:
    """A line says to which phase or product it belongs, counted in the whole order."""
    name, change = OF_PARTS[case]
    before = parse_order(from_fields(fields_of(name) | change).data)
    for option in options(before):
        assert option.way is not None
        data = before.as_data()
        for block in option.lines:
            keys, place = tomllib.loads(block), block.partition("\n")[0].partition("  # ")[2]
            if "product" in keys:
                data["product"] += keys["product"]
            elif place.startswith("phase "):
                data["phase"][int(place.removeprefix("phase ")) - 1] |= keys
            elif place:
                next(line for line in data["product"] if line["name"] == place).update(keys)
            else:
                data |= keys
        assert parse_order(data) == option.way.order


def test_a_change_that_frees_one_part_while_another_is_stuck_has_no_button_and_the_page_says_why() -> None:
    page = tree(posted("", fields_of("two_drugs") | {"phase.0.reduce": "2 mg", "phase.1.reduce": "5% of current"}))
    assert not page.cssselect(".ways")
    assert "Each of these changes" in text(page.cssselect(".blocking")[0])
    assert text(page.cssselect(".no-ways")[0]) == SAY["ways_none_whole"]


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("two_drugs", {"current.bedtime": "10.3 mg"}, "ways_none_compound"),
        ("diazepam", {"hold.0.on": "2035-01-01", "hold.0.for": "2 weeks"}, "ways_none"),
    ],
)
def test_where_the_step_is_not_in_the_way_the_page_says_that_no_change_is_offered(
    name: str, change: dict[str, str], words: str
) -> None:
    page = tree(posted("", fields_of(name) | change))
    assert page.cssselect(".blocking")
    assert text(page.cssselect(".no-ways")[0]) == SAY[words]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("diazepam", {"reduce": "2% of current"}),
        ("two_drugs", {"drug": "diazepam", "reduce": "1% of current"}),
        ("diazepam", {"phase.0.reduce": "2% of current", "phase.0.every": "2 weeks", "phase.0.until": "0 mg"}),
        (
            "diazepam",
            {"reduce": "2% of current", "product.0.name": "diazepam tablet 5 mg", "product.0.split": "quarters"}
            | {"product.1.name": "diazepam tablet 2 mg", "reason": "sleep"},
        ),
    ],
)
def test_each_way_out_of_a_stuck_revision_is_one_press_away_and_the_order_stays(
    name: str, said: dict[str, str]
) -> None:
    fields = fields_of(name) | {"revise.on": "2026-03-10"} | {f"revise.{key}": value for key, value in said.items()}
    page = tree(posted("", fields))
    assert SAY["stuck_revision"] in text(page.cssselect(".blocking")[0])
    (link,) = page.cssselect(".blocking a")
    beside = page.cssselect(f"{link.get('href')}, {link.get('href').replace('#', '#said-')}")
    assert len(beside) == 2, "the field that the message is about is on the page"
    assert "dead end" in text(beside[-1]) or "dead end" in text(beside[0])
    assert "Each of these changes" not in text(page), "the ways out stand with their buttons alone"
    presses = [one.get("value") for one in page.cssselect(".ways button")]
    assert len(presses) >= 2
    order = parse_order(from_fields(fields).data)
    for press in {presses[0], presses[-1]}:
        after = tree(posted("", fields | {"do": press}))
        assert after.cssselect(".proposed"), "it is shown, and not accepted yet"
        asked = from_fields(boxes(after))
        assert parse_order(asked.data) == order
        assert asked.revision["on"] == "2026-03-10"
        assert asked.revision.get("reason") == said.get("reason")
        assert revise(plan(order), **asked.revision) == Work(boxes(after)).revised
    shown = [one.text_content() for one in page.cssselect(".ways dt, .ways dd")]
    assert "diazepam tablet 5 mg" not in shown, "only what changes is named"


# Revising


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ({"hold": "2 weeks", "reason": "sleep is worse"}, {"hold": "2 weeks", "reason": "sleep is worse"}),
        ({"every": "4 weeks"}, {"every": "4 weeks"}),
        ({"back": "yes"}, {"back": True}),
        ({"taken": "morning 8 mg, bedtime 7 mg"}, {"taken": {"morning": "8 mg", "bedtime": "7 mg"}}),
        ({"stop_from": "1 mg", "max_units": "6"}, {"stop_from": "1 mg", "max_units": 6}),
    ],
)
def test_a_revision_is_shown_before_it_is_accepted_and_then_is_that_of_the_library(
    said: dict[str, str], changes: dict[str, Any]
) -> None:
    fields = fields_of("diazepam") | {"revise.on": "2026-03-10"} | {f"revise.{key}": one for key, one in said.items()}
    page = tree(posted("", fields))
    assert page.cssselect(".proposed table")
    accepted = boxes(tree(posted("", fields | {"do": "accept"})))
    expected = revise(plan(read_order(README.parent / "examples" / "diazepam.toml")), on="2026-03-10", **changes)
    order = parse_order(from_fields(accepted).data)
    assert order == expected.order
    assert plan(order) == expected
    supply = dispense(expected)
    assert posted("take", accepted | {"take": "plan"}).body.decode() == write_document(
        expected, check(expected), supply
    )


def test_a_plan_can_be_revised_again_and_again_and_undone() -> None:
    fields = fields_of("diazepam")
    for on, change in (
        ("2026-03-10", {"hold": "2 weeks"}),
        ("2026-04-20", {"every": "4 weeks"}),
        ("2026-04-20", {"undo": "yes"}),
    ):
        fields = boxes(
            tree(posted("", fields | {"revise.on": on, "do": "accept"} | {f"revise.{k}": v for k, v in change.items()}))
        )
        assert "revise.on" not in {name for name, value in fields.items() if value}
    order = parse_order(from_fields(fields).data)
    assert [event.changes for event in order.history] == [("hold",), ("every",), ("undo",)]
    assert plan(order).revision == 3


def test_a_revised_order_is_shown_and_not_editable_so_that_its_history_stays_whole() -> None:
    fields = fields_of("diazepam") | {"revise.on": "2026-03-10", "revise.hold": "2 weeks", "do": "accept"}
    page = tree(posted("", fields))
    assert page.cssselect('input[type="hidden"][name="phase.0.reduce"]')
    assert not page.cssselect("#phase-0-reduce")
    assert "hold 2 weeks" in text(page)


def test_a_revision_that_is_not_whole_says_what_is_missing_at_its_field() -> None:
    for typed, field in (({"revise.hold": "2 weeks"}, "revise.on"), ({"revise.on": "2026-03-10"}, "revise")):
        [problem] = Work(fields_of("diazepam") | typed).problems
        assert (problem.field, problem.unsaid) == (field, True)
    [problem] = Work(fields_of("diazepam") | {"revise.on": "2025-01-01", "revise.hold": "2 weeks"}).problems
    assert problem.field == "revise.on"


# Opening


def opened(name: str, data: bytes) -> Any:
    return tree(posted("open", {}, upload=Upload(name, data)))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_saved_order_is_opened_as_it_was(path: Path) -> None:
    order = read_order(path)
    page = opened(path.name, path.read_bytes())
    assert parse_order(from_fields(boxes(page)).data) == order


def revised() -> Schedule:
    return revise(plan(read_order(README.parent / "examples" / "diazepam.toml")), on="2026-03-10", hold="2 weeks")


@pytest.mark.parametrize("kind", ["plan.json", "handout.pdf"])
def test_a_plan_document_and_our_pdf_are_opened_as_a_plan_that_can_be_revised(kind: str) -> None:
    schedule = revised()
    written = write_document(schedule, check(schedule), dispense(schedule))
    data = (
        written.encode() if kind == "plan.json" else render(schedule, None, "pdf", printed_on=TODAY, document=written)
    )
    page = opened(kind, data)
    assert parse_order(from_fields(boxes(page)).data) == schedule.order
    assert page.cssselect("details.revise")


@pytest.mark.parametrize("to", ["ics", "fhir", "csv", "emediplan"])
def test_another_tools_file_is_checked_as_it_is(to: Any) -> None:
    schedule = plan(parse_order(from_fields(fields_of("diazepam") | ALL_SAID).data))
    page = opened(f"file.{to}", export(schedule, to, written_on=TODAY))
    posts = boxes(page)
    assert posts["record"]
    assert page.cssselect(".record")
    assert len(page.cssselect("table.steps tbody tr")) >= len(shown_steps(schedule.steps)) - 1
    again = tree(posted("live", posts | {"view": "supply"}))
    assert again.cssselect("#plan"), "the page carries the file along"
    sheet = posted("take", posts | {"take": "clinician.html"})
    assert sheet.name == "clinician.html"


def test_an_order_can_begin_with_the_last_doses_of_a_file_and_with_nothing_else_of_it() -> None:
    """What follows from the file is the drug and what is taken; country, products, day and step are the clinician's."""
    for name, doses in (("zopiclone_maintenance", {"bedtime": "3.75 mg"}), ("diazepam", {"bedtime": "1 mg"})):
        table = export(plan(read_order(README.parent / "examples" / f"{name}.toml")), "csv")
        begun = from_fields(boxes(tree(posted("", boxes(opened("a.csv", table)) | {"do": "begin"})))).data
        assert begun == {"drug": name.partition("_")[0], "current": doses}


def test_no_order_begins_with_an_average_or_with_a_time_of_day_that_is_not_recorded() -> None:
    """What was supplied is no dose, and the time under which a reader puts it down is nobody's decision."""
    looked_at = boxes(
        opened("a.csv", b"date,product,quantity,days_of_supply\n2026-01-05,diazepam 5 mg tablets,28,14\n")
    )
    page = tree(posted("", looked_at | {"do": "begin"}))
    assert page.cssselect(".notice")
    assert not page.cssselect('button[value="begin"]'), "so it is not offered"
    assert boxes(page)["record"] == looked_at["record"]


def test_a_plan_that_its_order_does_not_lead_to_is_looked_at_and_not_taken_for_its_order() -> None:
    """Steps that somebody changed would be planned away if the order were filled in."""
    data = read_order(README.parent / "examples" / "diazepam.toml").as_data()
    slower = parse_order(data | {"phase": [data["phase"][0] | {"every": "4 weeks"}]})
    schedule = replace(plan(parse_order(data)), order=slower)
    page = opened("plan.json", changed_document(schedule, check(schedule)).encode())
    assert page.cssselect(".record")
    assert "was changed after it was written" in text(page.cssselect(".blocking")[0])
    assert page.cssselect("#finding-T415"), "it is checked all the same"
    assert not posted("take", boxes(page) | {"take": "patient.pdf"}).name, "and never printed"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.toml", b"drug = ", "TOML"),
        ("a.xlsx", b"PK\x03\x04....", "zip archive"),
        ("a.toml", b"", "empty"),
        ("a.toml", b'drug = "diazepam"\n', "country"),
        ("a.pdf", b"%PDF-1.7\n", "PDF"),
        ("a.csv", b"x,y\n1,2\n", "table"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(name: str, data: bytes, says: str) -> None:
    page = opened(name, data)
    said = text(page.cssselect(".notice, .blocking")[0])
    assert says in said


# Hostile text

TYPED = (
    *(
        "0",
        "0 mg",
        "1 mg",
        "2.5 mg",
        "1/3 mg",
        "500 mcg",
        "-1 mg",
        "1e9 mg",
        "morning 1 mg, bedtime 2 mg",
        "5 mg; 0 mg",
    ),
    *("2026-03-10", "2026-02-30", "9999-12-31", "2 weeks", "1 month", "0 days", "review", "yes", "no", "maybe", "12"),
    *("10% of current", "5 points of occupancy", "diazepam", "Valium", "US", "XX", "halves", "diazepam tablet 10 mg"),
    *("clinician", "oral drops", "1 mg/mL", "1 drop", "bedtime", "Monday", "T101", "asam-2025", "empower", "switch"),
    *("ashton-2002", "1 mg = 10 mg", "{}", "[]", "null", "ä" * 130, "\x00", "\u202e", "\ud7ff", "<b>", "x\ny", "=1+1"),
)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}{% raw %}${1}`"


def test_hostile_text_in_any_field_stays_text() -> None:
    """Whole page and changed parts: it is shown as it was typed, and makes no element."""
    known = boxes(tree(posted("", fields_of("diazepam"))))
    for name in known:
        for path in ("", "live"):
            fields = fields_of("diazepam") | {name: HOSTILE, "view": "record"}
            page = tree(posted(path, fields))
            made = {one.tag for one in page.iter() if isinstance(one.tag, str)}
            assert "img" not in made, name
            assert all(one.get("src") for one in page.iter("script")), name
            assert not [one for one in page.iter() if any(key.startswith("on") for key in one.attrib)], name


@proof(60)
@given(
    st.sampled_from(["diazepam", "crossover", "weekly", "tablets_then_liquid", "supply", "two_drugs", "empower"]),
    st.dictionaries(st.sampled_from(ALL_FIELDS), st.sampled_from(TYPED), min_size=1, max_size=5),
    st.sampled_from(["", *(name for name, _ in VIEWS)]),
    st.booleans(),
)
def test_whatever_is_typed_over_a_plan_is_answered(name: str, typed: dict[str, str], view: str, revises: bool) -> None:
    """With a page, whole and in part; never with a fault of the program, and each problem stands on it."""
    fields = fields_of(name) | ({"revise.on": "2026-04-01"} if revises else {}) | typed | {"view": view}
    page, parts = tree(posted("", fields)), tree(posted("live", fields))
    for problem in Work(fields).problems:
        assert " ".join(problem.text.split())[:60] in text(page)
        assert " ".join(problem.text.split())[:60] in text(parts)
    assert page.cssselect("#plan, .blocking, .missing")


def test_hostile_names_of_fields_and_files_do_no_harm() -> None:
    fields = {HOSTILE: "x", "product.999999999999.name": "x", "a" * 9000: "y", "phase.0": "x", "phase.0.reduce.z": "y"}
    page = tree(posted("", fields))
    assert page.cssselect("#desk")
    page = opened(HOSTILE, b"drug = ")
    assert not page.cssselect("img")


def test_each_field_of_the_page_has_a_name_above_it() -> None:
    page = tree(posted("", fields_of("diazepam") | {"view": "paper"}))
    for box in page.cssselect("#desk input, #desk select, #desk textarea"):
        if box.get("type") in ("hidden", "radio"):
            continue
        labels = page.cssselect(f'label[for="{box.get("id")}"]')
        assert labels, box.get("name")
        assert text(labels[0]) != box.get("name"), "its place is no name"
    assert all(LABELS.values())


def test_each_id_of_the_page_is_there_once() -> None:
    for fields in (
        {},
        fields_of("diazepam"),
        fields_of("weekly") | {"view": "calendar"},
        fields_of("diazepam") | STUCK,
    ):
        page = tree(posted("", fields))
        ids = [one.get("id") for one in page.iter() if one.get("id")]
        assert sorted(ids) == sorted(set(ids))


def test_every_part_that_an_answer_changes_stands_on_the_page() -> None:
    for name in ("diazepam", "weekly", "crossover", "supply", "two_drugs"):
        fields = boxes(tree(posted("", fields_of(name))))
        page = {one.get("id") for one in tree(posted("", fields)).iter() if one.get("id")}
        changed = {one.get("id") for one in tree(posted("live", fields)).cssselect("[hx-swap-oob]")}
        assert changed <= page, changed - page


def test_nothing_is_loaded_from_another_machine_and_no_address_is_absolute() -> None:
    """So the same page can be served from any folder."""
    for reply in (answer("", None, today=TODAY), posted("", fields_of("diazepam"))):
        page = tree(reply)
        for one in page.iter():
            for key in ("src", "href", "action", "formaction", "hx-post"):
                value = one.get(key)
                assert value is None or not re.match(r"[a-z]+:|/", value), (key, value)
        assert not page.cssselect("style, [style]")


def test_every_word_of_the_page_stands_in_the_one_file_of_words() -> None:
    """A template or the script with a word of its own could not be translated; every word in the file is used."""
    folder = lists.EXAMPLES.parent
    templates = {path.name: path.read_text(encoding="utf-8") for path in (folder / "templates").glob("*.j2")}
    assert len(templates) > 8
    for name, source in templates.items():
        bare = source
        for markup in (r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", r"<[^<>]*>", r'[\w-]+="[^"]*"'):
            bare = re.sub(markup, " ", bare, flags=re.DOTALL)
        assert set(re.findall(r"[A-Za-z]{2,}", bare)) <= {"taper", "autofocus"}, name
        assert not re.findall(r'(?:aria-label|title|placeholder|alt)="[^"{]+"', source), name
    code = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py")) + "".join(templates.values())
    built = ("missing_", "meaning_", "score_", "claim_")
    forms = ('"{}"', "['{}']", "say.{}")
    unused = [key for key in SAY if not key.startswith(built) and not any(form.format(key) in code for form in forms)]
    assert not unused
