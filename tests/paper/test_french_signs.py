"""French papers have a space that does not break before a colon and a semicolon, also those that the renderer sets."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from taper.order.order import read_order
from taper.paper.renderers import render
from taper.planner.planning import plan

DAY = date(2026, 1, 5)
FOLDER = Path(__file__).parent.parent.parent / "examples"
SIGN = re.compile(r"[^\s\d/\N{NO-BREAK SPACE}»][:;](?!//)[^\w]")


def seen(page: str) -> list[str]:
    """Return the lines of a text without sources, which are English."""
    lines = (line for line in page.splitlines() if "http" not in line and "taper products" not in line)
    return [line for line in lines if SIGN.search(f"{line} ") and not re.search(r"Guideline|guide|ASAM|/\d", line)]


@pytest.mark.parametrize("name", ["diazepam", "two_drugs", "weekly", "diazepam_liquid"])
@pytest.mark.parametrize("sheet", ["patient", "plan", "card", "pharmacy", "clinician"])
def test_no_sign_follows_a_word_at_once(sheet: Any, name: str) -> None:
    schedule = plan(read_order(FOLDER / f"{name}.toml"))
    page = render(schedule, to="text", sheet=sheet, language="fr", printed_on=DAY).decode()
    body = page.partition("\nSources")[0]
    assert not seen(body)
    page = render(schedule, to="html", sheet=sheet, language="fr", printed_on=DAY).decode()
    body = re.sub(r"(?s)<style.*?</style>|<script.*?</script>|<svg.*?</svg>", "", page.partition("<body")[2])
    text = html.unescape(re.sub(r"<[^>]+>", "\n", body))
    assert not [line for line in seen(text.partition("\nSources")[0]) if not re.match(r"\d+\.|[A-Z][\w ,]+:", line)]
