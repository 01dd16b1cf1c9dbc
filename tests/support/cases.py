"""The cases of the rules: reading tests/data/rules/*.toml and making the schedules that they write down.

``doses`` is a line such as "20x14 -x3 18x14 stop": 20 mg for 14 days, three days without a record,
18 mg for 14 days, then a recorded zero; "1/2/2/2/1/2/2x14" is a weekly pattern from Monday to Sunday. A table
of such lines has one for each drug. ``steps`` names pieces and volumes too, and the number that runs of days share.
``order`` overrides keys of `ORDER`; its history gets its hashes here. ``beside`` names rules that are applied before.
``record`` is a file of somebody else's, as `read_schedule` reads it. ``said.txt`` has all sentences of
all cases, ``names.txt`` the names of the rules.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from taper.checker.checking import check
from taper.checker.definition import Rule
from taper.checker.rules import RULES
from taper.exchange.reading import read_schedule
from taper.exchange.tables.plain import read_table
from taper.finding import Report
from taper.order.order import Order, parse_order
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.regimen import Intake, Item
from taper.schedule.schedule import Schedule, Step
from tests.support.histories import with_history

BY_CODE = {rule.code: rule for rule in RULES}
FOLDER = Path(__file__).parent.parent / "data" / "rules"
START = date(2026, 1, 5)
HEADER = "start,end,time,drug,dose_mg"
ORDER: dict[str, Any] = {
    "drug": "diazepam",
    "country": "US",
    "start": "2026-01-05",
    "current": {"bedtime": "20 mg"},
    "product": [
        {"name": "diazepam tablet 5 mg", "split": "halves"},
        {"name": "diazepam tablet 2 mg", "split": "halves"},
    ],
    "phase": [{"reduce": "10% of current", "every": "2 weeks", "until": "0 mg"}],
}


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each case with the code of its rule."""
    for path in sorted(FOLDER.glob("T[0-9][0-9][0-9].toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        for case in data["case"]:
            yield path.stem, case


def rows(line: str, drug: str = "diazepam", time: str = "bedtime") -> list[str]:
    """Turn "20x14 stop" into rows of a table."""
    found, day = [], START
    for token in line.split():
        dose, days = ("0", 1) if token == "stop" else (token.partition("x")[0], int(token.partition("x")[2]))
        week = dose.split("/")
        for offset in range(days if len(week) == 7 else 0):
            one = day + timedelta(days=offset)
            found.append(f"{one},{one},{time},{drug},{week[one.weekday()]}")
        if dose != "-" and len(week) == 1:
            found.append(f"{day},{day + timedelta(days=days - 1)},{time},{drug},{dose}")
        day += timedelta(days=days)
    return found


def table(doses: str | dict[str, str]) -> Schedule:
    """Return the schedule of one line, or of one line for each drug."""
    lines = {"diazepam": doses} if isinstance(doses, str) else doses
    found = [row for drug, line in lines.items() for row in rows(line, drug)]
    return read_table("\n".join([HEADER, *found])) if found else Schedule(())


def _made(steps: list[dict[str, Any]]) -> Schedule:
    found: list[Step] = []
    day = START
    for number, entry in enumerate(steps):
        end = day + timedelta(days=entry["days"] - 1)
        items = [Item(name, Pieces(count)) for name, count in entry.get("pieces", {}).items()]
        items += [Item(name, volume=Ml(volume)) for name, volume in entry.get("volumes", {}).items()]
        intake = Intake(entry.get("time", "bedtime"), entry.get("drug", "diazepam"), Mg(entry["dose"]), tuple(items))
        found.append(Step(entry.get("number", number), day, end, (intake,) if intake.dose else ()))
        day = end + timedelta(days=1)
    return Schedule(tuple(found), origin="csv")


def schedule_of(case: dict[str, Any]) -> Schedule:
    """Return the schedule of a case."""
    if "steps" in case:
        schedule = _made(case["steps"])
    elif "record" in case:
        schedule = read_schedule(case["record"].strip()).schedule()
    elif "table" in case:
        schedule = read_table(case["table"].strip())
    else:
        schedule = table(case["doses"])
    if "order" not in case:
        return schedule
    return replace(schedule, order=order_of(ORDER | case["order"]))


def order_of(data: dict[str, Any]) -> Order:
    """Read an order; the entries of its history get the hashes that `taper revise` would give them."""
    order = parse_order({key: value for key, value in data.items() if key != "history"})
    return with_history(order, *data.get("history", ()))


def report_of(code: str, case: dict[str, Any]) -> Report:
    """Return what the rule of a case says, and those beside it."""
    applied = [BY_CODE[other] for other in (*case.get("beside", ()), code)]
    return check(schedule_of(case), applied, guidelines=case.get("guidelines"), tables=case.get("tables"))


def said(code: str, case: dict[str, Any], report: Report) -> str:
    """Return all sentences of the rule of a case, each on a line of its own below the name of the case."""
    lines = [f"{code}: {case['name']}"]
    for finding in (finding for finding in report.findings if finding.code == code):
        lines += [f"  {finding.message}", f"    {finding.detail}", f"    {finding.advice}"]
        lines += [f"    [{source.title}, {source.locator}]" for source in finding.sources]
    lines += [f"  not evaluated: {one.about}: {one.reason}" for one in report.not_evaluated if one.code == code]
    return "\n".join(line.replace("\n", " / ").rstrip() for line in lines if line.strip())


def title(rule: Rule) -> str:
    """Return what a rule is called."""
    return f"{rule.code} {rule.name}, since {rule.since}"


def recorded_rules() -> list[str]:
    """Return what the rules were called when they were last read over."""
    return (FOLDER / "names.txt").read_text(encoding="utf-8").splitlines()


def recorded() -> dict[str, str]:
    """Return what the cases said when they were last read over, by the first line of each."""
    blocks = (FOLDER / "said.txt").read_text(encoding="utf-8").strip().split("\n\n")
    return {block.partition("\n")[0]: block for block in blocks}


def record() -> None:
    """Write what the cases say; who changed a sentence reads the difference, line by line."""
    blocks = [said(code, case, report_of(code, case)) for code, case in cases()]
    (FOLDER / "said.txt").write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    (FOLDER / "names.txt").write_text("".join(f"{title(rule)}\n" for rule in RULES), encoding="utf-8")
