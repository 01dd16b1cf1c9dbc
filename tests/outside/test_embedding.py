"""Using the library inside other programs: notebooks, threads, other processes, web services, data frames."""

from __future__ import annotations

import ast
import asyncio
import copy
import inspect
import json
import pickle
import runpy
import subprocess
import sys
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import taper
from taper.exchange.plan_document import write_document
from taper.order.order import parse_order
from taper.schedule.regimen import Intake
from taper.schedule.schedule import Schedule, Step

EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "embedding"
STABLE = {
    "check": "(schedule, rules=…, *, guidelines=…, tables=…)",
    "difference": "(old, new, *, old_report=…, new_report=…)",
    "convert": "(dose, to)",
    "dispense": "(schedule, every=…)",
    "document": "(schedule, report, supply=…)",
    "export": "(schedule, to, *, written_on=…, **settings)",
    "options": "(order)",
    "parse_order": "(data)",
    "plan": "(order)",
    "read_document": "(text)",
    "read_order": "(path)",
    "read_schedule": "(data, *, name=…, first_day=…, supplied=…)",
    "read_table": "(text, file=…)",
    "render": "(schedule, report=…, to=…, *, printed_on, sheet=…, language=…, paper=…, supply=…, variant=…)",
    "revise": "(schedule, *, on, reason=…, by=…, **changes)",
    "rule": "(code, name, *, since, kinds=…)",
    "today": "(schedule, on, every=…)",
    "write_document": "(schedule, report, supply=…)",
    "write_fhir": "(schedule, *, written_on, style=…, kind=…, subject=…, requester=…, language=…)",
    "write_ics": "(schedule, *, written_on, style=…, times=…, alarm=…, discreet=…, weeks=…, previous=…, language=…)",
    "Mg": "(value)",
    "Ml": "(value)",
    "Pieces": "(value)",
    "Intake": "(time, drug, dose, items=…)",
    "Item": "(product, count=…, volume=…)",
    "Step": "(number, start, end, intakes, target=…)",
}
"""Parameters that callers rely on; new ones may be added only at the end, or by name, with a default."""
NAMES = (
    *("RULES", "CatalogError", "Fill", "Finding", "Intake", "Item", "Mg", "MissingExtraError", "Ml", "NotEvaluated"),
    *("NotMakeableError", "Order", "OrderError", "Pieces", "QuantityError", "Reading", "Remark", "Report", "Rule"),
    *("Schedule", "ScheduleError", "Severity", "Source", "Step", "StuckError", "Supply", "SupplyLine", "TaperError"),
    *("__version__", "check", "dispense", "parse_order", "plan", "read_document", "read_order", "read_schedule"),
    *("read_table", "render", "rule", "write_document"),
    *("Difference", "difference"),
    *("Today", "revise", "today"),
    *("Case", "Conversion", "Drug", "Guideline", "Option", "Product", "convert", "document", "drug", "drugs", "export"),
    *("guideline", "guidelines", "options", "products", "report_data", "today_data"),
    *("fhir_json", "read_sig", "write_fhir", "write_ics", "write_markdown", "write_sigs"),
)


def _shown(signature: inspect.Signature) -> str:
    plain = [
        parameter.replace(
            annotation=inspect.Parameter.empty,
            default=inspect.Parameter.empty if parameter.default is inspect.Parameter.empty else _Any(),
        )
        for parameter in signature.parameters.values()
    ]
    return str(inspect.Signature(plain))


class _Any:
    def __repr__(self) -> str:
        return "…"


def test_no_public_name_is_ever_lost() -> None:
    """Names may be added; one that is here stays, and every one of them loads."""
    assert set(taper.__all__) >= set(NAMES)
    assert len(taper.__all__) == len(set(taper.__all__))
    for name in taper.__all__:
        assert getattr(taper, name) is not None
    assert set(dir(taper)) >= set(taper.__all__)
    with pytest.raises(AttributeError, match="no_such_name"):
        getattr(taper, "no_such_name")  # noqa: B009 - the name is no identifier of the module


@pytest.mark.parametrize("name", STABLE)
def test_signatures_are_stable(name: str) -> None:
    """Everything that could be passed can be passed still: old parameters first, in their order."""
    old = STABLE[name].strip("()").split(", ")
    new = _shown(inspect.signature(getattr(taper, name))).strip("()").split(", ")
    assert [part for part in new if part in old] == old
    added = [part for part in new if part not in old and part != "*"]
    assert all(part.endswith("=…") for part in added), added


def test_the_package_says_that_it_is_typed() -> None:
    assert files("taper").joinpath("py.typed").is_file()


def test_a_notebook_shows_chart_and_steps(golden: dict[str, Any]) -> None:
    """Well-formed, the same bytes each time, and the same words as the handout."""
    schedule = taper.plan(parse_order(golden))
    shown = schedule._repr_html_()
    assert shown == schedule._repr_html_()
    root = ET.fromstring(shown.replace("<br>", "<br/>"))
    assert len(root.findall(".//tbody/tr")) == len(schedule.steps) + 1  # and the stop
    assert "8.5 mg" in "".join(root.itertext()).replace("\N{NO-BREAK SPACE}", " ")
    drawn = schedule._repr_svg_()
    assert drawn is not None
    assert drawn in shown
    assert ET.fromstring(drawn).tag.endswith("svg")


def test_a_notebook_shows_two_drugs_below_each_other(golden: dict[str, Any]) -> None:
    day = taper.plan(parse_order(golden)).steps[0].start
    intakes = (Intake("morning", "diazepam", taper.Mg(5)), Intake("morning", "lorazepam", taper.Mg(1)))
    drawn = Schedule((Step(0, day, day, intakes),), origin="csv")._repr_svg_()
    assert drawn is not None
    assert len(ET.fromstring(drawn).findall("{http://www.w3.org/2000/svg}svg")) == 2


def test_a_schedule_that_cannot_be_shown_says_why() -> None:
    """A notebook never shows a traceback for it, nor anything that is not escaped."""
    assert "nothing to show" in Schedule(())._repr_html_()
    assert Schedule(())._repr_svg_() is None
    day = taper.read_table("start,end,time,drug,dose_mg\n2026-01-05,2026-01-06,noon,diazepam,5\n").steps[0].start
    twice = Schedule(tuple(Step(n, day, day, (Intake("noon", "<b>", taper.Mg(5)),)) for n in (0, 1)))
    assert "<b>" not in twice._repr_html_()


def test_values_travel_to_other_processes(golden: dict[str, Any]) -> None:
    """Pickled and copied, they are equal."""
    schedule = taper.plan(parse_order(golden))
    schedule.cuts  # noqa: B018 - fills the cache, which must not get in the way
    reading = taper.read_schedule("date,product,quantity,days_of_supply\n2026-01-05,diazepam 5 mg tablets,28,14\n")
    for value in (schedule, taper.check(schedule), taper.dispense(schedule), schedule.order, reading):
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            assert pickle.loads(pickle.dumps(value, protocol)) == value
        assert copy.deepcopy(value) == value


def test_many_threads_plan_check_and_read_at_once(golden: dict[str, Any]) -> None:
    """All of them get what one alone gets, also while the catalog is loaded for the first time."""
    from taper import catalog
    from taper.catalog.substances import drugs

    orders = [golden | {"start": f"2026-01-{day:02d}"} for day in range(1, 9)]

    def work(data: dict[str, Any]) -> str:
        schedule = taper.plan(parse_order(data))
        document = write_document(schedule, taper.check(schedule))
        assert taper.read_schedule(document).schedule() == schedule
        return document + schedule._repr_html_()

    alone = [work(data) for data in orders]
    drugs.cache_clear()
    for found in (catalog.tables, catalog.guidelines, catalog.countries):
        getattr(found, "cache_clear", lambda: None)()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, orders * 2)) == alone * 2


def run(example: str, *packages: str) -> list[str]:
    """Run an example as a person does, and return the lines that it prints."""
    for package in packages:
        pytest.importorskip(package, reason=f"{package} is not installed")
    done = subprocess.run([sys.executable, str(EXAMPLES / example)], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_the_fastapi_example_plans_and_checks() -> None:
    """An order that is no order, a key too many and a file that is none are answers, each with its field."""
    pytest.importorskip("fastapi", reason="fastapi is not installed")
    httpx = pytest.importorskip("httpx", reason="httpx is not installed")
    app = runpy.run_path(str(EXAMPLES / "fastapi_app.py"))["app"]
    order = taper.read_order(EXAMPLES.parent / "diazepam.toml").as_data()

    async def post(path: str, **content: Any) -> Any:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return await client.post(path, **content)

    made = asyncio.run(post("/plan", json={"order": order}))
    assert made.status_code == 200
    assert made.json()["steps"][0]["total_mg"] == {"diazepam": "20"}
    audited = asyncio.run(post("/check", content=json.dumps(made.json())))
    assert audited.json()["intended"] == {"schema": "taper-report/1", **made.json()["report"]}
    judged = asyncio.run(post("/plan", json={"order": order, "guidelines": ["bnf"]}))
    assert "BNF" in judged.json()["report"]["judged_by"]
    refused = asyncio.run(post("/plan", json={"order": order | {"drug": "diazpam"}}))
    assert refused.status_code == 422
    assert refused.json()["field"] == "drug"
    assert asyncio.run(post("/plan", json={"order": order, "mood": "good"})).status_code == 422
    assert asyncio.run(post("/check", content=b"\xff\x00")).status_code == 422


def test_the_fastapi_example_holds_up_nobody_while_it_plans() -> None:
    """Its calls are no coroutines, so each runs in a thread."""
    pytest.importorskip("fastapi", reason="fastapi is not installed")
    routes = runpy.run_path(str(EXAMPLES / "fastapi_app.py"))
    assert not any(inspect.iscoroutinefunction(routes[name]) for name in ("plan", "check"))


def test_the_pandas_example_has_a_row_for_every_day() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    example = runpy.run_path(str(EXAMPLES / "pandas_days.py"))
    schedule = taper.plan(taper.read_order(EXAMPLES.parent / "diazepam.toml"))
    frame = example["days"](schedule)
    assert len(frame) == sum(step.days for step in schedule.steps)
    assert next(iter(frame["dose_mg"])) == 20
    assert "diazepam tablet 5 mg    259" in run("pandas_days.py")


def test_the_polars_example_adds_up_each_week_exactly() -> None:
    first, steps = run("polars_steps.py", "polars", "pyarrow")
    assert first.startswith("[(datetime.date(2026, 1, 5), Decimal('140.000000'))")
    assert "(2, datetime.date(2026, 2, 2), Decimal('16.500000'))" in steps


def test_the_duckdb_example_counts_findings() -> None:
    assert "diazepam note 3" in run("duckdb_findings.py", "duckdb", "pyarrow")


def test_the_notebook_runs_from_top_to_bottom_and_shows_something_in_every_cell() -> None:
    """Each cell is run as a notebook does; what its last line gives has HTML, or is a plain value."""
    cells = json.loads((EXAMPLES / "notebook.ipynb").read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    shown = []
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        assert not cell["outputs"]
        *lines, last = ast.parse("".join(cell["source"])).body
        exec(compile(ast.Module(lines, []), "notebook", "exec"), names)
        assert isinstance(last, ast.Expr)
        shown.append(eval(compile(ast.Expression(last.value), "notebook", "eval"), names))
    for value in shown[:-1]:
        root = ET.fromstring(value._repr_html_().replace("<br>", "<br/>"))
        assert root.findall(".//tbody/tr")
    assert [dose for _, dose in shown[-1]] == [10.0, 9.0, 8.0]


@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_every_example_stands_in_the_list_of_examples_and_is_run_here(path: Path) -> None:
    """But `audit_on_spark.py`, which `tests/outside/test_spark.py` runs on a real Spark."""
    if path.name == "__pycache__":
        return
    assert path.name in (EXAMPLES.parent / "README.md").read_text(encoding="utf-8")
    assert path.name in Path(__file__).read_text(encoding="utf-8")
