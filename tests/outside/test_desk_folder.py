"""The desk as a folder, in a real browser: the numbers of the command line, offline, and no word to any server."""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from taper.order.order import parse_order, read_order
from taper.web.desk.form import from_fields
from taper.web.desk.words import SAY
from taper.web.hooks.cards import desk_link
from tests.support import desk_pages
from tests.support.desk_pages import new_context, run
from tests.tools.readme import README

ROOT = README.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
CACHE = Path(os.environ.get("TAPER_GATES") or Path.home() / ".cache" / "taper-gates")
WIDE = {"viewport": {"width": 1380, "height": 1000}}

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, as the command writes it; skipped where what it is made of cannot be got."""
    if shutil.which("npm") is None and not (CACHE / "desk" / "tested.toml").exists():
        pytest.skip("no npm to get Pyodide with; on Debian: apt-get install npm")
    subprocess.run([str(Path(__file__).parent / "gates" / "prepare"), "desk"], check=True, capture_output=True)
    made = tmp_path_factory.mktemp("desk") / "page"
    assert b"contents.txt" in run("desk", "--static", str(made), "--from", str(CACHE / "desk"))
    return made


class Host:
    """A web server that knows nothing but files, on this machine alone.

    Attributes:
        asked: Method and path of every request.
        address: Where it is.
    """

    def __init__(self, folder: Path) -> None:
        self.asked: list[tuple[str, str]] = []
        asked = self.asked

        class Handler(http.server.SimpleHTTPRequestHandler):
            def handle_one_request(self) -> None:
                super().handle_one_request()
                if getattr(self, "command", None):
                    asked.append((self.command, self.path))

            def log_message(self, *_: object) -> None:
                pass

        handler = functools.partial(Handler, directory=str(folder))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def end(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def host(folder: Path) -> Iterator[Host]:
    started = Host(folder)
    yield started
    started.end()


Opened = Callable[..., Any]


@pytest.fixture(scope="module")
def context(browser: Any, host: Host) -> Iterator[Any]:
    """A browser that has the program already; whatever it complains of or asks another machine for is a fault."""
    found = new_context(browser, **WIDE)
    said: list[str] = []
    found.on("request", lambda asked: said.append(asked.url) if not asked.url.startswith(host.address) else None)
    found.on("console", lambda line: said.append(line.text) if line.type in ("error", "warning") else None)
    found.on("weberror", lambda problem: said.append(str(problem.error)))
    yield found
    found.close()
    noise = ("htmx:afterRequest", "htmx:sendAbort")
    assert [line for line in said if not line.startswith(noise)] == []


def enter(context: Any, address: str) -> Any:
    page = context.new_page()
    page.goto(address)
    page.locator("#desk").wait_for()
    page.locator("#starting").wait_for(state="hidden")
    return page


@pytest.fixture(scope="module")
def desk(context: Any, host: Host) -> Any:
    return enter(context, host.address)


def settled(page: Any) -> None:
    page.wait_for_timeout(30)
    page.wait_for_function("() => !document.querySelector('.htmx-request')")
    page.wait_for_timeout(30)


def taken(page: Any, what: str) -> bytes:
    button = page.locator(f'button[name="take"][value="{what}"]').first
    if not button.is_visible():
        page.locator(".takeaway summary").click()
    with page.expect_download() as download:
        button.click()
    return Path(download.value.path()).read_bytes()


def open_file(page: Any, path: Path) -> None:
    page.locator("#file").set_input_files(str(path))
    settled(page)
    page.locator("#plan").wait_for()


def fields(page: Any) -> dict[str, str]:
    posts: dict[str, str] = page.evaluate("() => Object.fromEntries(new FormData(document.getElementById('desk')))")
    return {name: text.replace("\r\n", "\n") for name, text in posts.items()}


def same_as_the_command_line(page: Any, path: Path) -> None:
    """The plan document to the byte, which holds every number, and each dose of it in the steps of the page."""
    written = run("plan", str(path), "--json")
    assert taken(page, "plan").rstrip() == written.rstrip()
    plan = json.loads(written)
    rows = page.locator("table.steps tbody tr").all_inner_texts()
    assert len(rows) == len({step["number"] for step in plan["steps"]}) + (plan["stopped_on"] is not None)
    for step in plan["steps"]:
        for intake in step["intakes"]:
            if len(intake["dose_mg"]) < 7 and "/" not in intake["dose_mg"]:
                assert any(f"{intake['dose_mg']}\xa0mg" in row for row in rows), intake


@pytest.mark.parametrize("path", EXAMPLES[::6], ids=lambda path: path.stem)
def test_each_example_is_opened_and_every_number_is_that_of_the_command_line(desk: Any, path: Path) -> None:
    open_file(desk, path)
    assert parse_order(from_fields(fields(desk)).data) == read_order(path)
    same_as_the_command_line(desk, path)


def test_an_order_is_typed_from_an_empty_page(context: Any, host: Host, tmp_path: Path) -> None:
    page = enter(context, host.address)
    typed = {"drug": "lorazepam", "current-morning": "1 mg", "current-bedtime": "1 mg", "start": "2026-01-05"}
    typed |= {"phase-0-reduce": "0.5 mg", "phase-0-every": "2 weeks", "phase-0-until": "0 mg"}
    page.select_option("#country", "US")
    settled(page)
    page.locator('[name="phase.0.rule"][value="step"]').check(force=True)
    page.locator("#phase-0-reduce").wait_for()
    settled(page)
    for name, text in typed.items():
        page.fill(f"#{name}", text)
        page.keyboard.press("Tab")
        settled(page)
    page.select_option("#new-product", "lorazepam tablet 0.5 mg")
    page.locator('button[value="add:product"]').click()
    page.locator("#plan").wait_for()
    settled(page)
    order = tmp_path / "order.toml"
    order.write_bytes(taken(page, "order"))
    same_as_the_command_line(page, order)
    page.close()


def test_what_is_downloaded_is_to_the_byte_what_the_command_line_writes(desk: Any) -> None:
    path = ROOT / "examples" / "crossover.toml"
    open_file(desk, path)
    today = date.today().isoformat()  # noqa: DTZ011 - the day that the command prints
    expected = {
        f"{sheet}.html": ("render", str(path), "--sheet", sheet, "--printed-on", today, "--to", "html")
        for sheet in ("patient", "clinician", "pharmacy")
    }
    expected |= {to: ("export", str(path), "--to", to, "--written-on", today) for to in ("ics", "fhir")}
    expected |= {to: ("export", str(path), "--to", to) for to in ("csv", "sig", "markdown")}
    for what, arguments in expected.items():
        assert taken(desk, what).rstrip() == run(*arguments).rstrip(), what


def test_a_paper_is_shown_as_it_is_printed(desk: Any) -> None:
    open_file(desk, ROOT / "examples" / "diazepam.toml")
    desk.locator("label[for=view-paper]").click()
    paper = desk.frame_locator("iframe.preview")
    paper.locator("h1").wait_for()
    desk.select_option("#print-language", "de")
    paper.locator("html[lang^=de] h1").wait_for()
    desk.select_option("#print-language", "")
    settled(desk)
    desk.locator("label[for=view-steps]").click()
    settled(desk)


def test_a_paper_that_cannot_be_made_is_an_error_on_the_page_and_the_page_goes_on(context: Any, host: Host) -> None:
    """The answer is a whole page at another address, with a worker of its own."""
    page = enter(context, host.address)
    page.locator('button[name="take"][value="patient.html"]').first.click()
    page.locator(".notice").wait_for()
    page.fill("#drug", "diazpam")
    page.keyboard.press("Tab")
    page.locator("#said-drug:not(:empty)").wait_for()
    page.fill("#drug", "diazepam")
    page.keyboard.press("Tab")
    page.locator("#said-drug:empty").wait_for(state="attached")
    page.close()


def test_on_a_phone_every_file_is_within_reach(browser: Any, host: Host) -> None:
    phone = new_context(browser, viewport={"width": 360, "height": 780})
    try:
        page = enter(phone, host.address)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
        more = page.locator(".takeaway summary").bounding_box()
        assert more["x"] + more["width"] <= 360
        page.locator(".takeaway summary").click()
        assert page.locator(f'text="{SAY["browser_no_pdf"]}"').is_visible()
        assert page.locator('.menu-list button[value="clinician.html"]').is_visible()
    finally:
        phone.close()


def test_the_order_of_a_link_stands_in_the_form_for_a_browser_that_never_saw_the_page(browser: Any, host: Host) -> None:
    """Through the page that loads the program, and in a second one, where the program is kept already."""
    order = {"drug": "diazepam", "country": "US", "start": "2026-01-05", "current": {"bedtime": "10 mg"}}
    first = new_context(browser, **WIDE)
    try:
        for data in (order, {"drug": "lorazepam"}):
            asked = len(host.asked)
            page = first.new_page()
            page.goto(desk_link(host.address, data)[0]["url"])
            page.get_by_text(SAY["linked_from"]).wait_for()
            settled(page)
            assert from_fields(fields(page)).data == data
            assert page.url == host.address
            assert not [path for _, path in host.asked[asked:] if "order" in path], "it is never sent"
            page.close()
    finally:
        first.close()


@pytest.mark.parametrize("path", desk_pages.TYPED[:2], ids=lambda path: path.stem)
def test_an_example_is_made_from_an_empty_page_by_keyboard(
    context: Any, host: Host, path: Path, tmp_path: Path
) -> None:
    page = enter(context, host.address)
    desk_pages.make_by_keyboard(page, path, tmp_path)
    page.close()


MANY_CHANGES = """async (count) => {
  const ask = (number) => {
    const fields = new FormData(document.getElementById('desk'));
    fields.set('note', String(number));
    return fetch('live', { method: 'POST', body: fields }).then((reply) => reply.status);
  };
  return Promise.all([...Array(count).keys()].map(ask));
}"""


def test_of_changes_that_come_faster_than_answers_only_the_last_is_worked_out(context: Any, host: Host) -> None:
    """On a slow machine each would wait for all that the page has let go of already."""
    page = enter(context, host.address)
    *overtaken, last = page.evaluate(MANY_CHANGES, 12)
    assert last == 200
    assert set(overtaken) <= {200, 204}
    assert overtaken.count(204) >= 8
    page.close()


def test_hostile_text_in_every_field_runs_nothing_and_asks_nobody(context: Any, host: Host) -> None:
    page = enter(context, host.address)
    desk_pages.hostile_in_every_field(page)
    page.close()


@pytest.fixture(scope="module")
def loaded(browser: Any) -> Iterator[Any]:
    """A browser that has the program already, and lets a test run a script of its own."""
    context = new_context(browser, bypass_csp=True, **desk_pages.SCREENS["light"])
    yield context
    context.close()


@pytest.mark.parametrize("state", list(desk_pages.STATES)[::6])
def test_axe_finds_nothing_against_wcag_22_aa(loaded: Any, host: Host, axe: str, state: str) -> None:
    """Every state is looked at with a server; the page is the same here but for what loads it."""
    page = enter(loaded, host.address)
    desk_pages.STATES[state](page)
    settled(page)
    desk_pages.held_to_wcag_on_every_screen(page, axe)
    page.close()


def test_the_page_that_loads_the_program_is_held_to_wcag_too(browser: Any, folder: Path, axe: str) -> None:
    """It is seen for some seconds, or for longer where it says why it cannot go on."""
    context = new_context(browser, bypass_csp=True, service_workers="block")
    try:
        host = Host(folder)
        page = context.new_page()
        page.goto(host.address)
        page.locator("#said.lost").wait_for()
        page.evaluate(axe)
        desk_pages.held_to_wcag(page, "while it loads")
        host.end()
    finally:
        context.close()


def test_the_folder_is_to_the_byte_the_same_when_it_is_built_again(folder: Path, tmp_path: Path) -> None:
    """What Node compiles too: whoever builds it can be checked by whoever builds it again."""
    run("desk", "--static", str(tmp_path / "again"), "--from", str(CACHE / "desk"))
    for one in folder.iterdir():
        assert (tmp_path / "again" / one.name).read_bytes() == one.read_bytes(), one.name
    with zipfile.ZipFile(folder / "packages.zip") as archive:
        compiled = "taper/web/desk/answering.pyc" in archive.namelist()
    assert compiled == (shutil.which("node") is not None)


def test_a_reload_past_what_is_kept_leads_back_to_the_page(context: Any, host: Host) -> None:
    page = enter(context, host.address)
    context.new_cdp_session(page).send("Page.reload", {"ignoreCache": True})
    page.wait_for_timeout(500)
    page.locator("#desk").wait_for()
    page.locator("#starting").wait_for(state="hidden")
    assert page.url == host.address
    page.close()


def test_nothing_but_the_files_of_the_folder_was_asked_of_the_server(desk: Any, folder: Path, host: Host) -> None:
    """Last of those that share a browser: no post, nothing that was typed, no file twice but the two that begin."""
    open_file(desk, ROOT / "examples" / "diazepam.toml")
    assert {method for method, _ in host.asked} == {"GET"}
    names = [path.removeprefix("/") for _, path in host.asked]
    assert set(names) <= {"", *(one.name for one in folder.iterdir())}
    browsers = names.count("packages.zip")
    for large in ("pyodide.asm.wasm", "python_stdlib.zip"):
        assert names.count(large) == browsers <= 4, "once for each browser that came"


def test_without_a_server_it_opens_again_and_plans(browser: Any, folder: Path) -> None:
    host = Host(folder)
    context = new_context(browser, **WIDE)
    try:
        enter(context, host.address).close()
        host.end()
        page = enter(context, host.address)
        open_file(page, ROOT / "examples" / "lorazepam.toml")
        same_as_the_command_line(page, ROOT / "examples" / "lorazepam.toml")
    finally:
        context.close()


@pytest.mark.parametrize("name", ["packages.zip", "page.txt"])
def test_a_file_that_is_not_the_one_that_was_built_is_never_run(
    browser: Any, folder: Path, tmp_path: Path, name: str
) -> None:
    shutil.copytree(folder, tmp_path / "page")
    damaged = tmp_path / "page" / name
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"X")
    host = Host(tmp_path / "page")
    context = new_context(browser, **WIDE)
    try:
        page = context.new_page()
        page.goto(host.address)
        page.locator("#said.lost").wait_for()
        assert page.locator("#said").inner_text() == SAY["browser_damaged"].format(file=name)
        assert page.locator("form").count() == 0
    finally:
        context.close()
        host.end()
