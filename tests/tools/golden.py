"""Write the golden files anew: ``python -m tests.tools.golden``; then read the difference line by line: ``git diff``.

``contract`` holds what other programs read: a change there may break them. ``look`` holds what people read.
Both are written by the command line from a few of the orders in ``examples``, all dated on one day. The sentences of
the cases of the rules, ``tests/data/rules/said.txt``, are written too.
"""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from functools import partial
from pathlib import Path

from taper.cli import main
from taper.order.order import parse_order
from taper.paper.renderers.plain import plain
from taper.paper.request import PrintRequest
from taper.paper.sheets.patient import build_handout
from taper.paper.variant import parse_variant
from taper.planner.planning import plan
from tests.support import cases
from tests.support.orders import GOLDEN

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "tests" / "golden"
DAY = "2026-01-05"
ORDERS = ("diazepam", "diazepam_liquid", "two_drugs", "weekly")
CONTRACT: dict[str, list[str]] = {
    "plan.json": ["plan", "--json", "--fail-on", "never"],
    "check.json": ["check", "--json", "--fail-on", "never"],
    "ics": ["export", "--to", "ics", "--written-on", DAY, "--weeks", "5"],
    "intakes.ics": [
        *("export", "--to", "ics", "--written-on", DAY, "--weeks", "2", "--style", "intake", "--alarm", "10"),
        *("--at", "morning=08:00", "--at", "bedtime=22:00"),
    ],
    "fhir.json": ["export", "--to", "fhir", "--written-on", DAY],
    "csv": ["export", "--to", "csv", "--written-on", DAY],
    "days.csv": ["export", "--to", "days", "--written-on", DAY],
    "steps.csv": ["export", "--to", "steps", "--written-on", DAY],
    "sig.txt": ["export", "--to", "sig", "--written-on", DAY],
}
LOOK: dict[str, list[str]] = {
    "plan.txt": ["plan", "--printed-on", DAY, "--fail-on", "never"],
    "check.txt": ["check", "--fail-on", "never"],
    "md": ["export", "--to", "markdown", "--written-on", DAY],
    "handout.txt": ["render", "--to", "text", "--printed-on", DAY],
    "sheet.txt": ["render", "--to", "text", "--printed-on", DAY, "--sheet", "plan"],
    "handout.html": ["render", "--to", "html", "--printed-on", DAY, "--variant", "next 4 weeks"],
    "clinician.html": ["render", "--to", "html", "--printed-on", DAY, "--sheet", "clinician"],
    "card.txt": ["render", "--to", "text", "--printed-on", DAY, "--sheet", "card"],
    "pharmacy.txt": ["render", "--to", "text", "--printed-on", DAY, "--sheet", "pharmacy", "--every", "2 weeks"],
}
WHOLE: dict[str, list[str]] = {"look/weekly.whole.html": ["render", "--to", "html", "--printed-on", DAY]}
"""One handout with all its days: others show the first weeks, which is enough to see a change."""

MODELS = {"month": "next 1 weeks", "list": "large, list, next 1 weeks", "dateless": "dateless, next 1 weeks"}


def printed(*arguments: str) -> bytes:
    """Return what a command prints to a file, run at the top of the repository."""
    with io.BytesIO() as content, io.TextIOWrapper(content, encoding="utf-8", newline="\n") as out:
        with contextlib.chdir(ROOT), contextlib.redirect_stdout(out):
            code = main(list(arguments))
        out.flush()
        assert code == 0, f"taper {' '.join(arguments)}: exit code {code}"
        return content.getvalue()


def model(variant: str) -> bytes:
    """Return the first week of the handout model as JSON, without its drawings and the sentences that have sources."""
    schedule = plan(parse_order(deepcopy(GOLDEN) | {"review_every": "4 weeks"}))
    handout = build_handout(PrintRequest(schedule, printed_on=date(2026, 1, 2), variant=parse_variant(variant)))
    data = plain(handout)
    for chart in data["charts"]:
        chart.pop("steps")
    data.pop("advice")
    return f"{json.dumps(data, indent=1, ensure_ascii=False)}\n".encode()


def files() -> dict[str, Callable[[], bytes]]:
    """Return every golden file with what makes it."""
    made: dict[str, Callable[[], bytes]] = {
        f"contract/handout_{name}.json": partial(model, variant) for name, variant in MODELS.items()
    }
    made |= {
        f"contract/{what}.schema.json": partial(printed, "schema", what)
        for what in ("plan", "order", "report", "today", "diff")
    }
    for folder, kinds in (("contract", CONTRACT), ("look", LOOK)):
        for order in ORDERS:
            for kind, (command, *options) in kinds.items():
                made[f"{folder}/{order}.{kind}"] = partial(printed, command, f"examples/{order}.toml", *options)
    for name, (command, *options) in WHOLE.items():
        order = Path(name).name.partition(".")[0]
        made[name] = partial(printed, command, f"examples/{order}.toml", *options)
    return made


def write() -> None:
    """Write every file anew, and remove what is no longer among them."""
    made = files()
    for path in [path for path in FOLDER.rglob("*") if path.is_file()]:
        if path.relative_to(FOLDER).as_posix() not in made:
            path.unlink()
    for name, make in made.items():
        (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / name).write_bytes(make())
    cases.record()


if __name__ == "__main__":
    write()
