"""HTML in a real browser: no violation that axe-core knows, and no text outside its box."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from taper.checker.checking import check
from taper.order.order import parse_order
from taper.paper.renderers import Sheet, render
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule
from tests.support.orders import GOLDEN

PRINTED = date(2026, 1, 2)
CACHE = Path(os.environ.get("TAPER_GATES") or Path.home() / ".cache" / "taper-gates")
AXE = CACHE / "node" / "node_modules" / "axe-core" / "axe.min.js"
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
)

OUTSIDE = """() => {
  const found = [];
  for (const box of document.querySelectorAll('td, th, .day, .dose, .mark, .facts div, .label, .now')) {
    const room = box.getBoundingClientRect();
    if (!room.width) continue;
    for (const part of box.querySelectorAll('*')) {
      if (part.closest('svg') && part.tagName !== 'svg') continue;
      const at = part.getBoundingClientRect();
      if (at.right > room.right + 1 || at.bottom > room.bottom + 1 || at.left < room.left - 1)
        found.push(`${box.className || box.tagName}: ${part.textContent.slice(0, 60)}`);
    }
    if (box.scrollWidth > box.clientWidth + 1) found.push(`${box.tagName}: ${box.textContent.slice(0, 60)}`);
  }
  return found;
}"""

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
    """The source of axe-core, installed once outside the repository; skipped where npm is missing."""
    if not AXE.exists():
        if shutil.which("npm") is None or shutil.which("java") is None:
            pytest.skip("no npm and Java for the gates; on Debian: apt-get install npm default-jdk-headless")
        subprocess.run([str(Path(__file__).parent / "gates" / "prepare")], check=True, capture_output=True)
    return AXE.read_text()


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
