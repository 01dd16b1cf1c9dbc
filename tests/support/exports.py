"""Every way to export a plan: each format with its settings, and plans of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

from taper.exchange.formats import FORMATS
from taper.order.order import read_order
from taper.order.parts import TimeOfDay
from taper.planner.planning import plan
from taper.schedule.schedule import Schedule

CLOCKS: dict[TimeOfDay, time] = {"morning": time(8), "noon": time(12), "evening": time(18), "bedtime": time(22)}
LANGUAGES = ("en", "de", "fr", "es", "nl", "ar")
DATED = ("ics", "fhir", "markdown", "medtimer", "emediplan")
"""Formats that carry the day of writing."""
SPREADSHEET: dict[str, Any] = {"separator": ";", "decimal": ",", "bom": True}
OTHERS: dict[str, Any] = {
    "medicines": {
        "version": 25,
        "list": [
            {
                "medicine": {"name": "Metformin", "notes": "with food", "sortOrder": 2.5},
                "reminders": [{"reminderId": 7, "amount": "1", "timeInMinutes": 480}],
            }
        ],
    }
}
"""A backup of a phone with another medicine."""
CHOICES: dict[str, tuple[dict[str, Any], ...]] = {
    "csv": ({}, SPREADSHEET, {"separator": "tab"}),
    "days": ({}, SPREADSHEET),
    "steps": ({}, SPREADSHEET),
    "ics": (
        {},
        {"style": "intake", "times": CLOCKS, "alarm": 5},
        {"weeks": 3},
        {"discreet": True},
        {"style": "intake", "times": CLOCKS, "zone": "Europe/Berlin", "discreet": True, "weeks": 30},
    ),
    "fhir": ({}, {"style": "per-step"}, {"style": "german-plan"}, {"kind": "transaction", "subject": "Patient/1"}),
    "markdown": ({},),
    "sig": (
        {},
        {"every": "4 weeks"},
        {"by_product": True},
        {"by_product": True, "every": "4 weeks"},
        {"spans": "days"},
        {"every": "1 month", "spans": "days", "limit": 100_000},
    ),
    "medtimer": ({"times": CLOCKS}, {"times": CLOCKS, "into": OTHERS}),
    "emediplan": ({"author": "Dr A"},),
}
"""Settings of each format, but for the language."""
EXAMPLES = sorted(Path(__file__).parents[2].glob("examples/*.toml"))


def settings() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every format with each of its settings, in each language that it has words in."""
    for to in FORMATS:
        for place, chosen in enumerate(CHOICES[to]):
            spoken = () if to == "csv" else LANGUAGES
            yield to, chosen
            yield from ((to, chosen | {"language": language}) for language in (spoken if not place else spoken[1:3]))


def planned_examples() -> Iterator[tuple[str, Schedule]]:
    """The plan of every example that is an order."""
    for path in EXAMPLES:
        yield path.stem, plan(read_order(path))


def written_on(schedule: Schedule, to: str, offset: int = 0) -> date | None:
    """A day of writing for a format that has one."""
    if to not in DATED or not schedule.steps:
        return None
    return date.fromordinal(schedule.steps[0].start.toordinal() + offset)
