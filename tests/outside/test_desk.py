"""The desk in a real browser: by keyboard, without script, on a phone, in the dark, and no word to another machine."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from taper.order.order import parse_order, read_order
from taper.web.desk.form import from_fields
from taper.web.desk.words import SAY
from taper.web.hooks.cards import desk_link
from tests.support.desk_pages import (
    ROOT,
    SCREENS,
    STATES,
    TYPED,
    command,
    example,
    fields,
    held_to_wcag_on_every_screen,
    hostile_in_every_field,
    make_by_keyboard,
    new_context,
    run,
    settled,
    stuck,
    view,
)

pytestmark = pytest.mark.browser


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
        context = new_context(browser, **({"viewport": SCREENS["light"]["viewport"]} | options))
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


# By keyboard


@pytest.mark.parametrize("path", TYPED[2:], ids=lambda path: path.stem)
def test_an_example_is_made_from_an_empty_page_by_keyboard(opened: Opened, path: Path, tmp_path: Path) -> None:
    """It is the equal order, and the page has the steps of `taper plan --json`."""
    make_by_keyboard(opened(), path, tmp_path)


@pytest.mark.parametrize("path", TYPED[:2], ids=lambda path: path.stem)
def test_an_example_is_made_by_keyboard_faster_than_it_is_answered(opened: Opened, path: Path, tmp_path: Path) -> None:
    """What is typed goes into the box that was chosen, whatever comes in meanwhile."""
    page = opened()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 400, "downloadThroughput": -1, "uploadThroughput": -1}
    network.send("Network.emulateNetworkConditions", slow)
    make_by_keyboard(page, path, tmp_path)


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


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_against_wcag_22_aa_and_nothing_has_to_be_scrolled_sideways(
    opened: Opened, axe: str, state: str
) -> None:
    page = opened(bypass_csp=True)
    STATES[state](page)
    settled(page)
    held_to_wcag_on_every_screen(page, axe)
    for width in (320, 360, 640):
        page.set_viewport_size({"width": width, "height": 780})
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
    text = (ROOT / "examples" / "lorazepam.toml").read_text(encoding="utf-8")
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


def test_what_is_typed_while_a_file_is_opened_is_not_put_into_its_order(opened: Opened) -> None:
    page = opened()
    example(page, "diazepam")
    held: list[Any] = []
    page.route("**/open", lambda route: held.append(route))
    file = ROOT / "examples" / "lorazepam.toml"
    page.set_input_files("#file", file)
    page.fill("#phase-0-every", "9 weeks")
    first_of(page, held).continue_()
    page.wait_for_function("() => document.getElementById('drug').value === 'lorazepam'")
    settled(page)
    assert parse_order(from_fields(fields(page)).data) == read_order(file)


def test_what_is_typed_while_a_whole_page_is_on_its_way_is_kept(opened: Opened) -> None:
    page = opened()
    page.route("**/", lambda route: (page.wait_for_timeout(0), route.continue_()))
    page.fill("#drug", "diazepam")
    page.keyboard.press("Tab")
    page.locator("#current-morning").focus()
    page.keyboard.type("10 mg")
    page.keyboard.press("Tab")
    settled(page)
    assert page.input_value("#current-morning") == "10 mg"


def first_of(page: Any, held: list[Any]) -> Any:
    """Return the request that is held, once it was made."""
    for _ in range(1000):
        if held:
            break
        page.wait_for_timeout(10)
    return held[0]


def with_a_whole_page_on_its_way(page: Any) -> Any:
    """Change the drug of an example, and return the request for the page with the products of the new one, held."""
    example(page, "diazepam")
    held: list[Any] = []
    page.route("**/", lambda route: route.continue_() if held else held.append(route))
    page.fill("#drug", "lorazepam")
    page.keyboard.press("Tab")
    return first_of(page, held)


def test_no_letter_is_lost_while_a_whole_page_comes_in(opened: Opened) -> None:
    """Not the letters that are typed between its coming in and its settling, and not a button that is chosen."""
    page = opened()
    held = with_a_whole_page_on_its_way(page)
    page.evaluate("() => { document.getElementById('phase-0-rule-date').checked = true; }")
    page.locator("#phase-0-every").fill("3 eks")
    page.evaluate("""() => {
      document.getElementById('phase-0-every').setSelectionRange(2, 2);
      document.addEventListener('htmx:afterSwap', (event) => {
        if (event.detail.target.id === 'page') document.execCommand('insertText', false, 'we');
      });
    }""")
    held.continue_()
    page.wait_for_function("() => document.getElementById('phase-0-every').value.includes('we')")
    settled(page)
    assert page.input_value("#phase-0-every") == "3 weeks"
    assert fields(page)["phase.0.rule"] == "date"
    assert fields(page)["drug"] == "lorazepam"


def test_a_change_does_not_take_the_place_of_a_whole_page_on_its_way(opened: Opened) -> None:
    """The products to choose from are those of the drug, however fast the next box was filled in."""
    page = opened()
    held = with_a_whole_page_on_its_way(page)
    page.fill("#phase-0-every", "3 weeks")
    page.keyboard.press("Tab")
    page.wait_for_timeout(50)
    held.continue_()
    page.locator('#products option[value^="lorazepam"]').first.wait_for(state="attached")
    settled(page)
    assert page.input_value("#phase-0-every") == "3 weeks"


def test_the_keyboard_stays_where_it_is_while_a_whole_page_comes_in(opened: Opened) -> None:
    """In a box inside what was opened by hand, on what opens it, and on a button: the next key goes there too."""
    places = {
        "#phase-0-round_to": "() => document.getElementById('phase-0-round_to').value === '1 mg'",
        "#more-phase-0 > summary": "() => !document.getElementById('more-phase-0').open",
        'button[value="add:hold"]': "() => document.getElementById('hold-0-on')",
    }
    for place, done in places.items():
        page = opened()
        held = with_a_whole_page_on_its_way(page)
        page.locator("#more-phase-0 > summary").press("Enter")
        page.locator(place).focus()
        keys = "1 mg" if place.endswith("round_to") else "\n"
        page.keyboard.type(keys[:-1])
        held.continue_()
        page.locator('#products option[value^="lorazepam"]').first.wait_for(state="attached")
        settled(page)
        page.keyboard.type(keys[-1:])
        page.wait_for_function(done)
        settled(page)


def held_press(page: Any, deed: str) -> Any:
    """Press a button, and return its request for a whole page, held."""
    held: list[Any] = []
    page.route("**/", lambda route: route.continue_() if held else held.append(route))
    page.locator(f'button[name="do"][value="{deed}"]').first.click()
    return first_of(page, held)


def test_what_is_typed_beside_a_row_that_is_taken_away_moves_with_its_own_row(opened: Opened) -> None:
    """Of three products the first goes: what is being typed into the second is not put into the third."""
    page = opened()
    example(page, "crossover")
    names = [page.input_value(f"#product-{number}-name") for number in range(3)]
    request = held_press(page, "drop:product.0")
    page.locator("#more-product-1 > summary").click()
    page.locator("#product-1-maker").focus()
    page.keyboard.type("the sec")
    request.continue_()
    page.wait_for_function("(name) => document.getElementById('product-0-name').value === name", arg=names[1])
    settled(page)
    page.keyboard.type("ond")
    found = fields(page)
    assert [found["product.0.name"], found["product.1.name"]] == names[1:]
    assert (found["product.0.maker"], found["product.1.maker"]) == ("the second", "")
    assert page.evaluate("() => document.getElementById('more-product-0').open")


def test_a_new_row_does_not_call_the_keyboard_back_from_where_it_went_on(opened: Opened) -> None:
    """The last letters of an interval do not end in the day of a pause."""
    page = opened()
    example(page, "diazepam")
    request = held_press(page, "add:hold")
    page.locator("#phase-0-every").fill("")
    page.keyboard.type("3 we")
    request.continue_()
    page.locator("#hold-0-on").wait_for()
    settled(page)
    page.keyboard.type("eks")
    assert (page.input_value("#phase-0-every"), page.input_value("#hold-0-on")) == ("3 weeks", "")


def test_what_is_typed_while_an_example_comes_in_is_not_put_into_it(opened: Opened) -> None:
    page = opened()
    example(page, "diazepam")
    page.locator(".menu summary").first.click()
    request = held_press(page, "example:lorazepam")
    page.fill("#phase-0-every", "9 weeks")
    request.continue_()
    page.wait_for_function("() => document.getElementById('drug').value === 'lorazepam'")
    settled(page)
    assert parse_order(from_fields(fields(page)).data) == read_order(ROOT / "examples" / "lorazepam.toml")


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
    context = new_context(browser)
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
