"""The desk in a real browser: by keyboard, without script, on a phone, in the dark, and no word to another machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from taper.order.order import parse_order, read_order
from taper.web.desk.form import from_fields, to_fields
from taper.web.desk.words import SAY, VIEWS
from taper.web.hooks.cards import desk_link
from tests.support.proofs import some
from tests.tools.readme import README

ROOT = README.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
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
HOSTILE = "<script>document.title='run'</script><img src=http://evil.example/x onerror=alert(1)>\"'{{7*7}}"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's chromium; skipped where it, or what drives it, is not installed."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium; on Debian: apt-get install chromium")
    driver = pytest.importorskip("playwright.sync_api", reason="no playwright; pip install playwright")
    with driver.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def axe() -> str:
    return axe_source()


def axe_source() -> str:
    """Return the source of axe-core, installed once outside the repository; skip where npm is missing."""
    if not AXE.exists():
        if shutil.which("npm") is None or shutil.which("java") is None:
            pytest.skip("no npm and Java for the gates; on Debian: apt-get install npm default-jdk-headless")
        subprocess.run([str(Path(__file__).parent / "gates" / "prepare")], check=True, capture_output=True)
    return AXE.read_text()


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "import sys; from taper.cli import main; sys.exit(main(sys.argv[1:]))", *arguments]


def run(*arguments: str) -> bytes:
    ran = subprocess.run(command(*arguments), capture_output=True, check=False)
    assert ran.returncode in (0, 1), ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def desk() -> Iterator[str]:
    """The address of a desk, as the command prints it."""
    with subprocess.Popen(command("desk", "--no-open"), stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout is not None
        address = serving.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        yield address
        serving.terminate()
        assert serving.stdout.read() == "", "the address is all that it says"


Opened = Callable[..., Any]


@pytest.fixture
def opened(browser: Any, desk: str) -> Iterator[Opened]:
    """Open the desk; whatever the browser complains of, and whatever it asks another machine for, fails the test."""
    contexts: list[Any] = []
    said: list[str] = []

    def open_page(**options: Any) -> Any:
        context = browser.new_context(**({"viewport": SCREENS["light"]["viewport"]} | options))
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: said.append(request.url) if not request.url.startswith(desk) else None)
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda problem: said.append(str(problem)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.goto(desk)
        return page

    yield open_page
    for context in contexts:
        context.close()
    noise = ("htmx:afterRequest", "htmx:sendAbort")  # a change that was overtaken by the next
    assert [line for line in said if not line.startswith(noise)] == []


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


# By keyboard

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


@pytest.mark.parametrize("path", some(EXAMPLES), ids=lambda path: path.stem)
def test_each_example_is_made_from_an_empty_page_by_keyboard(opened: Opened, path: Path, tmp_path: Path) -> None:
    """It is the equal order, and the page has the steps of `taper plan --json`."""
    make_by_keyboard(opened(), path, tmp_path)


def make_by_keyboard(page: Any, path: Path, tmp_path: Path) -> None:
    """Make an order from an empty page by keyboard, and hold the page to the command line."""
    order = read_order(path)
    page.locator("#drug").focus()
    page.keyboard.press("Shift+Tab")
    write(page, {name: text for name, text in to_fields(order.as_data()).items() if text})
    page.locator("#plan").wait_for()
    assert parse_order(from_fields(fields(page)).data) == order
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


@pytest.mark.parametrize("name", ["diazepam", "crossover"])
def test_what_is_downloaded_is_to_the_byte_what_the_command_line_writes(opened: Opened, name: str) -> None:
    page = opened(accept_downloads=True)
    example(page, name)
    today = date.today().isoformat()  # noqa: DTZ011 - the day that the command prints
    file = str(ROOT / "examples" / f"{name}.toml")
    expected = {
        "patient.pdf": ("render", file, "--sheet", "patient", "--printed-on", today, "--to", "pdf"),
        "clinician.pdf": ("render", file, "--sheet", "clinician", "--printed-on", today, "--to", "pdf"),
        "pharmacy.html": ("render", file, "--sheet", "pharmacy", "--printed-on", today, "--to", "html"),
        "ics": ("export", file, "--to", "ics", "--written-on", today),
        "fhir": ("export", file, "--to", "fhir", "--written-on", today),
        "csv": ("export", file, "--to", "csv"),
        "plan": ("plan", file, "--json"),
    }
    for what, arguments in expected.items():
        if not page.locator(f'button[name="take"][value="{what}"]').first.is_visible():
            page.locator(".takeaway summary").click()
        with page.expect_download() as download:
            page.locator(f'button[name="take"][value="{what}"]').first.click()
        assert Path(download.value.path()).read_bytes().rstrip() == run(*arguments).rstrip(), what


# For everyone


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


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_against_wcag_22_aa(opened: Opened, axe: str, state: str, screen: str) -> None:
    page = opened(bypass_csp=True, **SCREENS[screen])
    STATES[state](page)
    settled(page)
    held_to_wcag(page, axe)


def held_to_wcag(page: Any, axe: str) -> None:
    """Let axe-core look at a page as it stands."""
    page.evaluate(axe)
    found = page.evaluate(
        "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}, iframes: false}).then((s) => s.violations)",
        WCAG,
    )
    assert not found, json.dumps(
        [(one["id"], [node["html"][:160] for node in one["nodes"][:4]]) for one in found], indent=1
    )


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("width", [320, 360, 640])
def test_nothing_has_to_be_scrolled_sideways(opened: Opened, state: str, width: int) -> None:
    page = opened(viewport={"width": width, "height": 780})
    STATES[state](page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_without_script_the_form_posts_and_gets_a_whole_page(opened: Opened) -> None:
    page = opened(java_script_enabled=False)
    page.locator(".menu summary").first.click()
    page.locator('.menu-list button[value="example:diazepam"]').click()
    assert page.locator("#plan h2").inner_text() == "From 20\xa0mg a day to zero"
    page.fill("#phase-0-every", "4 weeks")
    page.locator(f'.said-side >> text="{SAY["update"]}"').click()
    assert page.input_value("#phase-0-every") == "4 weeks"
    assert "2027" in page.locator(".facts-line").inner_text()
    with page.expect_download() as download:
        page.locator('button[name="take"][value="order"]').first.click()
    assert download.value.suggested_filename == "order.toml"


def test_undo_and_redo_go_through_what_was_typed(opened: Opened) -> None:
    page = opened()
    example(page, "diazepam")
    for text in ("4 weeks", "3 weeks"):
        page.fill("#phase-0-every", text)
        page.keyboard.press("Tab")
        settled(page)
    for button, expected in (("#undo", "4 weeks"), ("#undo", "2 weeks"), ("#redo", "4 weeks"), ("#redo", "3 weeks")):
        page.click(button)
        page.wait_for_function(f"() => document.getElementById('phase-0-every').value === '{expected}'")
        settled(page)
    assert page.locator("#redo").is_disabled()
    page.click("#undo")
    page.wait_for_function("() => document.getElementById('phase-0-every').value === '4 weeks'")
    assert "2027" in page.locator(".facts-line").inner_text(), "and the plan goes with it"


def test_a_file_that_is_dropped_on_the_page_is_opened(opened: Opened) -> None:
    page = opened()
    text = (ROOT / "examples" / "lorazepam.toml").read_text()
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.items.add(new File([text], 'order.toml'));
            document.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )
    page.locator("#plan").wait_for()
    assert parse_order(from_fields(fields(page)).data) == parse_order(text)


def test_what_is_typed_while_a_whole_page_is_on_its_way_is_kept(opened: Opened) -> None:
    page = opened()
    page.route("**/", lambda route: (page.wait_for_timeout(0), route.continue_()))
    page.fill("#drug", "diazepam")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("10 mg")
    page.keyboard.press("Tab")
    settled(page)
    assert page.input_value("#current-morning") == "10 mg"


LINKED = {"drug": "diazepam", "country": "US", "start": "2026-01-05", "current": {"bedtime": "10 mg"}}


def test_the_order_of_a_link_stands_in_the_form_and_leaves_the_address_bar(opened: Opened, desk: str) -> None:
    """Also in a page that is open; one that is no order is refused, and the page stays as it is."""
    page = opened()
    page.goto("about:blank")
    page.goto(desk_link(desk, LINKED)[0]["url"])
    page.get_by_text(SAY["linked_from"]).wait_for()
    settled(page)
    assert from_fields(fields(page)).data == LINKED
    assert page.url == desk
    assert page.evaluate("() => document.activeElement.className") == "notice calm"
    page.goto(desk_link(desk, {"drug": "lorazepam"})[0]["url"])
    page.wait_for_function("() => document.getElementById('drug').value === 'lorazepam'")
    settled(page)
    assert page.url == desk
    page.goto(desk_link(desk, {"drug": "lorazepram"})[0]["url"])
    page.get_by_text(SAY["linked_bad"]).wait_for()
    settled(page)
    assert page.input_value("#drug") == "lorazepam"
    page.click("#undo")
    page.wait_for_function("() => document.getElementById('drug').value === 'diazepam'")
    settled(page)
    assert from_fields(fields(page)).data == LINKED


def test_the_link_of_a_card_in_another_site_opens_the_page(browser: Any, desk: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("https://record.example/**", lambda route: route.fulfill(body=site, content_type="text/html"))
    link = desk_link(desk, LINKED)[0]["url"]
    site = f'<a href="{link}" target="_blank">Plan the steps at the desk</a>'
    page.goto("https://record.example/")
    with context.expect_page() as new:
        page.locator("a").click()
    new.value.get_by_text(SAY["linked_from"]).wait_for()
    assert new.value.input_value("#drug") == "diazepam"
    context.close()


def test_a_way_out_is_one_press_and_the_keyboard_goes_to_the_plan(opened: Opened) -> None:
    page = opened()
    stuck(page)
    page.locator(".ways button").first.focus()
    page.keyboard.press("Enter")
    page.locator("#plan").wait_for()
    settled(page)
    assert page.evaluate("() => document.activeElement.id") == "answer"


def test_hostile_text_in_every_field_runs_nothing_and_asks_nobody(opened: Opened) -> None:
    hostile_in_every_field(opened())


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


def test_a_finding_that_was_opened_stays_open_when_a_field_changes(opened: Opened) -> None:
    page = opened()
    example(page, "diazepam")
    page.locator("details.finding summary").first.click()
    code = page.locator("details.finding[open]").first.get_attribute("id")
    page.fill("#patient-age", "40")
    page.keyboard.press("Tab")
    settled(page)
    assert page.locator(f"#{code}[open]").count() == 1


def test_after_a_file_was_taken_a_change_is_answered_as_before(opened: Opened) -> None:
    page = opened(accept_downloads=True)
    example(page, "diazepam")
    with page.expect_download():
        page.evaluate("() => document.querySelector('button[value=order]').click()")
    page.fill("#phase-0-every", "4 weeks")
    page.evaluate("() => document.getElementById('phase-0-every').blur()")
    settled(page)
    assert "2027" in page.locator(".facts-line").inner_text()


def test_the_page_can_be_printed_with_the_plan_and_without_the_form(opened: Opened) -> None:
    page = opened()
    example(page, "diazepam")
    page.emulate_media(media="print")
    assert page.locator("#plan").is_visible()
    assert not page.locator("#drug").is_visible()
    assert not page.locator(".takeaway").is_visible()


def test_a_paper_is_shown_as_it_is_printed_in_each_language(opened: Opened) -> None:
    page = opened()
    view("paper")(page)
    paper = page.frame_locator("iframe.preview")
    paper.locator("h1").wait_for()
    for language, word in (("de", "Ihr"), ("ar", "خط")):
        page.select_option("#print-language", language)
        paper.locator(f"html[lang^={language}] h1").wait_for()
        assert word in paper.locator("h1").inner_text()


def test_when_the_server_is_gone_the_page_says_so_and_keeps_what_was_typed(browser: Any) -> None:
    with subprocess.Popen(command("desk", "--no-open"), stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout is not None
        page = browser.new_page()
        page.goto(serving.stdout.readline().strip())
        page.fill("#drug", "diazepam")
        serving.terminate()
    page.keyboard.press("Tab")
    page.locator("#lost:not([hidden])").wait_for()
    assert page.locator("#answer.stale").count() == 1, "what was shown is not the plan of what is typed"
    assert page.input_value("#drug") == "diazepam"
    page.close()
