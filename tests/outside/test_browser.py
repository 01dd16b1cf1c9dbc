"""HTML in a real browser: no violation that axe-core knows, and no text outside its box."""

from __future__ import annotations

import io
import json
from copy import deepcopy
from datetime import date
from typing import Any

import pypdf
import pytest

from taper.checker.checking import check
from taper.order.order import parse_order
from taper.paper.renderers import Sheet, render
from taper.paper.request import PrintRequest
from taper.paper.sheets.patient import build_handout
from taper.paper.words import LANGUAGES
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule
from tests.support.orders import GOLDEN
from tests.support.plans import crossover

PRINTED = date(2026, 1, 2)
PAPERS: tuple[tuple[Sheet, str], ...] = (
    ("patient", ""),
    ("patient", "large, next 4 weeks"),
    ("patient", "gray, dateless"),
    ("patient", "week, next 3 weeks"),
    ("plan", ""),
    ("plan", "large"),
    ("clinician", ""),
    ("pharmacy", ""),
    ("card", ""),
    ("diary", ""),
    ("record", ""),
)

OUTSIDE = """() => {
  const found = [];
  for (const box of document.querySelectorAll('td, th, .day, .dose, .mark, .facts div, .label, .now')) {
    const room = box.getBoundingClientRect();
    if (!room.width) continue;
    for (const part of box.querySelectorAll('*')) {
      if (part.closest('svg') && part.tagName !== 'svg') continue;
      const at = part.getBoundingClientRect();
      if (!at.width && !at.height) continue;
      if (at.right > room.right + 1 || at.bottom > room.bottom + 1 || at.left < room.left - 1)
        found.push(`${box.className || box.tagName}: ${part.textContent.slice(0, 60)}`);
    }
    if (box.scrollWidth > box.clientWidth + 1) found.push(`${box.tagName}: ${box.textContent.slice(0, 60)}`);
  }
  return found;
}"""

OFF_SCREEN = """() => {
  const wide = document.documentElement.clientWidth, found = [];
  for (const part of document.querySelectorAll('body *')) {
    const drawn = part.closest('svg') && part.tagName !== 'svg' && part.tagName !== 'text';
    if (drawn || part.closest('.symbols')) continue;
    const at = part.getBoundingClientRect();
    if (!at.width || !at.height) continue;
    const name = `${part.tagName}.${part.getAttribute('class')}: ${part.textContent.slice(0, 60)}`;
    if (at.right > wide + 1 || at.left < -1) found.push(`off screen, ${name}`);
    if (getComputedStyle(part).overflowX === 'auto' && part.scrollWidth > part.clientWidth + 1)
      found.push(`to be scrolled, ${name}`);
    if (![...part.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())) continue;
    const scale = part.tagName === 'text' ? part.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(part).fontSize) * scale;
    if (size < 15.99) found.push(`${size} px, ${name}`);
  }
  const all = document.documentElement.scrollWidth;
  if (all > wide) found.push(`the page is ${all} wide`);
  return found;
}"""

pytestmark = pytest.mark.browser


def schedules() -> dict[str, Schedule]:
    """A common plan, and one that fills each day to the brim, with long names and free text."""
    full = {
        "drug": "diazepam",
        "country": "GB",
        "start": "2026-08-01",
        "review_every": "1 week",
        "current": dict.fromkeys(("morning", "noon", "evening", "bedtime"), "18 mg"),
        "product": [{"name": f"diazepam tablet {n} mg", "split": "halves"} for n in (10, 5, 2)],
        "phase": [{"reduce": "10% of start", "every": "1 week", "until": "0 mg"}],
        "supply": {"every": "1 week"},
        "handout": {"patient": "W" * 60, "prescriber": "Doctor " + "m" * 110, "phone": "0" * 40},
    }
    return {"common": planned(deepcopy(GOLDEN) | {"supply": {"every": "4 weeks"}}), "full": planned(full)}


def planned(data: dict[str, Any]) -> Schedule:
    return plan(parse_order(data))


@pytest.mark.parametrize(("sheet", "variant"), PAPERS)
def test_axe_finds_nothing(browser: Any, axe: str, sheet: Sheet, variant: str) -> None:
    """WCAG 2.2 A and AA, and best practice."""
    schedule = schedules()["common"]
    content = render(schedule, check(schedule), "html", printed_on=PRINTED, sheet=sheet, variant=variant)
    page = browser.new_page()
    page.set_content(content.decode())
    page.evaluate(axe)
    found = page.evaluate("() => axe.run(document).then((said) => said.violations)")
    page.close()
    assert not found, json.dumps([(one["id"], one["nodes"][0]["html"][:200]) for one in found], indent=1)


@pytest.mark.parametrize("name", ["common", "full"])
@pytest.mark.parametrize(("sheet", "variant"), PAPERS)
def test_nothing_stands_outside_its_box(browser: Any, sheet: Sheet, variant: str, name: str) -> None:
    """On a wide screen and printed: each cell holds what stands in it."""
    schedule = schedules()[name]
    content = render(schedule, check(schedule), "html", printed_on=PRINTED, sheet=sheet, variant=variant)
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.set_content(content.decode())
    found = page.evaluate(OUTSIDE)
    page.emulate_media(media="print")
    if sheet == "patient":
        # as wide as the paper, without its margins: months lie on their side
        page.set_viewport_size({"width": 680 if "large" in variant or "week" in variant else 1040, "height": 720})
    found += page.evaluate(OUTSIDE)
    page.close()
    assert not found, found[:5]


@pytest.mark.parametrize("width", [320, 375])
@pytest.mark.parametrize(("sheet", "variant"), PAPERS)
def test_on_a_phone_nothing_is_off_screen_and_no_text_is_small(
    browser: Any, sheet: Sheet, variant: str, width: int
) -> None:
    """Nothing must be scrolled sideways, and no letter, of charts too, is below 16 pixels."""
    for schedule in (*schedules().values(), crossover()):
        content = render(schedule, check(schedule), "html", printed_on=PRINTED, sheet=sheet, variant=variant)
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.set_content(content.decode())
        found = page.evaluate(OFF_SCREEN)
        page.close()
        assert not found, found[:5]


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_each_day_says_its_date_and_what_to_take(browser: Any, language: str) -> None:
    """The month is a list: the head of the table is gone, and each day has its own name."""
    schedule = planned(deepcopy(GOLDEN) | {"handout": {"language": language}})
    page = browser.new_page(viewport={"width": 375, "height": 800})
    page.set_content(render(schedule, None, "html", printed_on=PRINTED).decode())
    days = page.evaluate(
        """() => [...document.querySelectorAll('.month td:not(.out)')].map((day) => ({
            name: getComputedStyle(day.querySelector('.day'), '::before').content,
            width: day.getBoundingClientRect().width,
            words: [...day.querySelectorAll('.words')].every((part) => part.getBoundingClientRect().width > 0),
        }))"""
    )
    assert not page.evaluate(OFF_SCREEN)
    page.close()
    handout = build_handout(PrintRequest(schedule, printed_on=PRINTED))
    assert [day["name"].strip('"') for day in days] == [day.name for day in handout.days]
    assert all(day["width"] > 300 and day["words"] for day in days)


@pytest.mark.parametrize(("sheet", "variant"), PAPERS)
def test_a_page_runs_nothing_and_loads_nothing(browser: Any, sheet: Sheet, variant: str) -> None:
    """Its own policy allows its own style alone: the style holds, and a script or a picture put in later does not."""
    schedule = schedules()["common"]
    content = render(schedule, check(schedule), "html", printed_on=PRINTED, sheet=sheet, variant=variant).decode()
    said: set[str] = set()
    page = browser.new_page()
    page.on("console", lambda message: said.add(message.text))
    page.set_content(content)
    assert page.evaluate("() => getComputedStyle(document.querySelector('h1')).color") != "rgb(0, 0, 0)"
    assert not said
    bad = '<script>document.title = "run"</script><img src="data:image/gif;base64,R0lG"><p style="color:red">x'
    page.set_content(content.replace("</body>", f"{bad}</body>"))
    assert page.title() != "run"
    assert len(said) == 3
    assert all("Content Security Policy" in message for message in said)
    page.close()


@pytest.mark.parametrize(("sheet", "variant"), PAPERS)
def test_printed_by_a_browser_it_has_at_most_one_page_more_than_the_pdf(
    browser: Any, sheet: Sheet, variant: str
) -> None:
    """And no page ends with a heading or the caption of a chart that stands on the next."""
    for schedule in (schedules()["common"], crossover()):
        asked: dict[str, Any] = {"printed_on": PRINTED, "sheet": sheet, "variant": variant}
        page = browser.new_page()
        page.set_content(render(schedule, check(schedule), "html", **asked).decode())
        printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        captions = page.evaluate(
            "() => [...document.querySelectorAll('h2, h3, .chart > p')].map((one) => one.innerText)"
        )
        page.close()
        made = pypdf.PdfReader(io.BytesIO(render(schedule, check(schedule), "pdf", **asked))).pages
        assert len(printed) <= len(made) + 1
        for one in printed[:-1]:
            body = [line for line in one.extract_text().splitlines() if line.strip() and "printed" not in line]
            assert body[-1].strip() not in captions
