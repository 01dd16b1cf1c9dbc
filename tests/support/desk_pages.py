"""The desk in a browser, in either of its homes: typed by keyboard, in each of its states, and what is held of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from taper.order.order import parse_order, read_order
from taper.web.desk.form import from_fields, to_fields
from taper.web.desk.words import SAY, VIEWS
from tests.tools.readme import README

ROOT = README.parent

EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))

_SHORT = "lorazepam_dilution crossover seven_days"
_LONG = "patient handout four_days_a_week two_drugs described_product clonazepam"
TYPED = [ROOT / "examples" / f"{name}.toml" for name in f"{_SHORT} {_LONG}".split()]
"""What is typed by keyboard: between them they have nearly every kind of field that an example fills in."""

CACHE = Path(os.environ.get("TAPER_GATES") or Path.home() / ".cache" / "taper-gates")

AXE = CACHE / "node" / "node_modules" / "axe-core" / "axe.min.js"

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

SCREENS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1380, "height": 1000}},
    "dark": {"viewport": {"width": 1380, "height": 1000}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 780}},
    "dark phone": {"viewport": {"width": 360, "height": 780}, "color_scheme": "dark"},
    "zoomed": {"viewport": {"width": 640, "height": 500}, "device_scale_factor": 2},  # 200 % of 1280 by 1000
}

PATIENCE = 120_000  # milliseconds for an answer, on a busy machine

HOSTILE = "<script>document.title='run'</script><img src=http://evil.example/x onerror=alert(1)>\"'{{7*7}}"


def axe_source() -> str:
    """Return the source of axe-core, installed once outside the repository; skip where npm is missing."""
    if not AXE.exists():
        if shutil.which("npm") is None or shutil.which("java") is None:
            pytest.skip("no npm and Java for the gates; on Debian: apt-get install npm default-jdk-headless")
        subprocess.run([str(ROOT / "tests" / "outside" / "gates" / "prepare")], check=True, capture_output=True)
    return AXE.read_text(encoding="utf-8")


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "import sys; from taper.cli import main; sys.exit(main(sys.argv[1:]))", *arguments]


def run(*arguments: str) -> bytes:
    ran = subprocess.run(command(*arguments), capture_output=True, check=False)
    assert ran.returncode in (0, 1), ran.stderr
    return ran.stdout


def new_context(browser: Any, **options: Any) -> Any:
    """Return a context of a browser whose pages are waited for on a busy machine too."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    return context


def settled(page: Any) -> None:
    """Wait until no answer is under way."""
    page.wait_for_timeout(30)
    page.wait_for_function("() => !document.querySelector('.htmx-request')")
    page.wait_for_timeout(30)


def example(page: Any, name: str) -> None:
    page.locator(".menu summary").first.click()
    page.locator(f'.menu-list button[value="example:{name}"]').click()
    page.locator("#plan").wait_for()
    settled(page)


def fields(page: Any) -> dict[str, str]:
    """Return what the page would post."""
    posts: dict[str, str] = page.evaluate("() => Object.fromEntries(new FormData(document.getElementById('desk')))")
    return {name: text.replace("\r\n", "\n") for name, text in posts.items()}


HERE = """() => {
  const at = document.activeElement;
  const inside = at.tagName === 'SUMMARY'
    ? [...at.parentElement.querySelectorAll('[name]')].map((one) => one.name === 'do' ? one.value : one.name) : [];
  return {tag: at.tagName, kind: at.type || '', name: at.name || '', value: at.value || '', inside,
          open: at.tagName === 'SUMMARY' && at.parentElement.open,
          checked: at.checked || false, last: at.matches('.takeaway *')};
}"""


def rows_wanted(wanted: dict[str, str]) -> dict[str, int]:
    """Return how many rows each list of an order has."""
    found: dict[str, int] = {}
    for name in wanted:
        parts = name.split(".")
        for index, part in enumerate(parts):
            if part.isdigit():
                table = ".".join(parts[:index])
                found[table] = max(found.get(table, 0), int(part) + 1)
    return found


def choose(page: Any, name: str, text: str) -> None:
    """Choose in a list, or among radio buttons, with the arrow keys."""
    for _ in range(60):
        settled(page)
        now = page.evaluate(
            "(name) => { const box = document.getElementById('desk').elements.namedItem(name); return box.value; }",
            name,
        )
        if now == text:
            return
        at = page.evaluate(HERE)
        assert at["name"] == name, (at, name)
        page.keyboard.press("Space" if at["kind"] == "radio" and not at["checked"] and not now else "ArrowDown")
    raise AssertionError(f"{name} cannot be set to {text}")


def write(page: Any, wanted: dict[str, str]) -> None:
    """Make an order from the page as it stands, with the Tab key, the arrow keys and letters alone."""
    left, rows, added = dict(wanted), rows_wanted(wanted), dict.fromkeys(("phase",), 1)
    for _ in range(1500):
        page.keyboard.press("Tab")
        at = page.evaluate(HERE)
        name = at["name"]
        if at["last"]:
            break
        if at["tag"] == "SUMMARY":
            if not at["open"] and any(one in left or one.removeprefix("add:") in rows for one in at["inside"] if one):
                page.keyboard.press("Enter")
        elif name == "do" and at["value"].startswith("add:"):
            table = at["value"].removeprefix("add:")
            started = added.get(table, 1 if table.endswith("weekly") else 0)
            if started < rows.get(table, 0):
                page.keyboard.press("Enter")
                added[table] = started + 1
                page.wait_for_function(f"() => document.querySelectorAll('[name^=\"{table}.{started}.\"]').length")
                settled(page)
                page.keyboard.press("Shift+Tab")  # the keyboard is in the new row already
        elif name in left:
            text = left.pop(name)
            if at["tag"] == "SELECT" or at["kind"] == "radio":
                choose(page, name, text)
            elif at["kind"] == "checkbox":
                page.keyboard.press("Space")
            else:
                page.keyboard.press("Control+a")
                for number, line in enumerate(text.split("\n")):
                    if number:
                        page.keyboard.press("Enter")
                    page.keyboard.type(line)
    settled(page)
    assert not left, left


def make_by_keyboard(page: Any, path: Path, tmp_path: Path) -> None:
    """Make an order from an empty page by keyboard, and hold the page to the command line."""
    order = read_order(path)
    page.locator("#drug").focus()
    page.keyboard.press("Shift+Tab")
    write(page, {name: text for name, text in to_fields(order.as_data()).items() if text})
    page.locator("#plan").wait_for()
    made = fields(page)
    assert parse_order(from_fields(made).data) == order, made
    with page.expect_download() as download:
        page.locator('button[name="take"][value="order"]').first.click()
    saved = tmp_path / "order.toml"
    download.value.save_as(saved)
    assert read_order(saved) == order
    plan = json.loads(run("plan", str(saved), "--json"))
    rows = page.locator("table.steps tbody tr").all_inner_texts()
    numbered = {step["number"] for step in plan["steps"]}
    assert len(rows) == len(numbered) + (plan["stopped_on"] is not None)
    codes = [one.get_attribute("id") for one in page.locator("details.finding").all()]
    assert {f"finding-{one['code']}" for one in plan["report"]["findings"]} == set(codes)
    for step in plan["steps"]:
        for intake in step["intakes"]:
            if len(intake["dose_mg"]) < 7 and "/" not in intake["dose_mg"]:
                assert any(f"{intake['dose_mg']}\xa0mg" in row for row in rows), intake


def stuck(page: Any) -> None:
    example(page, "diazepam")
    page.fill("#phase-0-reduce", "5% of current")
    page.keyboard.press("Tab")
    page.locator(".ways").wait_for()


def proposed(page: Any) -> None:
    example(page, "diazepam")
    page.locator("details.revise > summary").click()
    page.fill("#revise-on", "2026-03-10")
    page.fill("#revise-hold", "2 weeks")
    page.keyboard.press("Tab")
    page.locator(".proposed").wait_for()


def accepted(page: Any) -> None:
    proposed(page)
    page.get_by_text(SAY["accept"]).click()
    page.get_by_text(SAY["fixed"]).wait_for()


def wrong(page: Any) -> None:
    page.fill("#drug", "diazpam")
    page.keyboard.press("Tab")
    page.locator("#said-drug:not(:empty)").wait_for()


def all_open(page: Any) -> None:
    example(page, "clonazepam")
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def looked_at(page: Any) -> None:
    page.locator("#file").set_input_files(
        {
            "name": "fills.csv",
            "mimeType": "text/csv",
            "buffer": b"date,product,quantity,days_of_supply\n2026-01-05,diazepam 5 mg tablets,28,14\n",
        }
    )
    page.locator(".record").wait_for()


def linked(page: Any) -> None:
    page.evaluate(
        "(order) => { location.hash = `order=${encodeURIComponent(order)}`; }", json.dumps({"drug": "diazepam"})
    )
    page.get_by_text(SAY["linked_from"]).wait_for()


def stuck_revision(page: Any) -> None:
    example(page, "diazepam")
    page.locator("details.revise > summary").click()
    page.fill("#revise-on", "2026-03-10")
    page.fill("#revise-reduce", "2% of current")
    page.keyboard.press("Tab")
    page.locator(".ways").wait_for()


def view(name: str) -> Callable[[Any], None]:
    def show(page: Any) -> None:
        example(page, "crossover")
        page.locator(f"label[for=view-{name}]").click()
        page.locator(f"#view-{name}[checked]").wait_for(state="attached")
        settled(page)

    return show


STATES: dict[str, Callable[[Any], None]] = {
    "empty": lambda _: None,
    "wrong": wrong,
    "stuck": stuck,
    "stuck revision": stuck_revision,
    "a link": linked,
    "proposed": proposed,
    "accepted": accepted,
    "all open": all_open,
    "a file": looked_at,
} | {f"view {name}": view(name) for name, _ in VIEWS}


def held_to_wcag(page: Any, where: str) -> None:
    """Let axe-core, which the page has loaded, look at it as it stands."""
    found = page.evaluate(
        "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}, iframes: false}).then((s) => s.violations)",
        WCAG,
    )
    assert not found, f"{where}: " + json.dumps(
        [(one["id"], [node["html"][:160] for node in one["nodes"][:4]]) for one in found], indent=1
    )


def held_to_wcag_on_every_screen(page: Any, axe: str) -> None:
    """Let axe-core look at a page in light and dark, on a phone and zoomed: only the screen is another."""
    page.evaluate(axe)
    for name, screen in SCREENS.items():
        page.set_viewport_size(screen["viewport"])
        page.emulate_media(color_scheme=screen.get("color_scheme", "light"))
        page.wait_for_function("() => document.getAnimations().every((one) => one.playState !== 'running')")
        held_to_wcag(page, name)


def hostile_in_every_field(page: Any) -> None:
    """Type hostile text into each field, and see that it is text."""
    example(page, "diazepam")
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    names = page.evaluate(
        "() => [...document.querySelectorAll('#desk input:not([type]), #desk textarea[name]')].map((box) => box.id)"
    )
    assert len(names) > 60
    for first in range(0, len(names), 8):  # several at a time: an order that is read in part goes on to the next
        page.evaluate(
            """([ids, text]) => {
                const boxes = ids.map((id) => document.getElementById(id));
                boxes.forEach((box) => { box.dataset.before = box.value; box.value = text; });
                document.getElementById('desk').dispatchEvent(new Event('change', {bubbles: true}));
            }""",
            [names[first : first + 8], HOSTILE],
        )
        settled(page)
        page.evaluate(
            "() => document.querySelectorAll('[data-before]').forEach((b) => { b.value = b.dataset.before; })"
        )
    assert page.title() == SAY["title"]
    assert page.locator("#page img").count() == 0
