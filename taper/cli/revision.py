"""The command that revises a plan: what was said on the command line becomes one entry of its history."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from taper.cli.console import Console
from taper.errors import OrderError, TaperError, nearest

if TYPE_CHECKING:
    from taper.order.order import Order

Flag = Annotated[bool, Parameter(negative=())]
Several = Annotated[tuple[str, ...], Parameter(negative=())]
Paper = Literal["a4", "letter"]
_FILLED_IN = {"on", "hash", "at_phase", "handed"}
FailOn = Literal["note", "warning", "alert", "never"]


def revise(
    plan: Path,
    /,
    *,
    on: date,
    reason: str | None = None,
    by: str | None = None,
    drug: str | None = None,
    hold: str | None = None,
    hold_until: date | None = None,
    every: str | None = None,
    reduce: str | None = None,
    back: Flag = False,
    dose: Several = (),
    taken: Several = (),
    since: date | None = None,
    split: Several = (),
    max_units: int | None = None,
    change_on: str | None = None,
    until: str | None = None,
    finish: date | None = None,
    stop_from: str | None = None,
    changes: Path | None = None,
    undo: Flag = False,
    out: Path | None = None,
    json: Flag = False,
    paper: Paper | None = None,
    language: Literal["en", "fr", "nl", "de", "es", "ar"] | None = None,
    printed_on: date | None = None,
    fail_on: FailOn = "alert",
) -> int:
    """Revise a plan: days before the date stay as they are, the rest is planned anew and checked.

    Nothing is overwritten unless --out names the folder of the old plan; an error leaves every file as it was.

    Args:
        plan: Plan document (plan.json, or our PDF with the plan inside), or an order that was not revised yet.
        on: First day that may change.
        reason: Why, for the record.
        by: Who decided it.
        drug: The drug concerned, where several are reduced at the time.
        hold: Keep the dose for so much longer, such as "2 weeks", or "review": until the next review day.
        hold_until: Keep the dose until this day at least.
        every: New time between cuts.
        reduce: New largest cut, such as "5% of current".
        back: Return to the dose of the step before.
        dose: Take this from now on: "7.5 mg", or for each time of day "morning=2.5 mg".
        taken: What was really taken lately, where it differed; written likewise.
        since: First day of it; the day before the revision if not given.
        split: How a product may be split from now on, such as "diazepam tablet 5 mg=quarters".
        max_units: Most pieces in one intake.
        change_on: Day of the week on which doses change.
        until: New daily dose at which the taper ends.
        finish: New day by which the goal is to be reached.
        stop_from: New daily dose from which the last step to zero may be made.
        changes: TOML or JSON file with changes that need more words: product, phase, stock, reduce_first and all above.
        undo: Take the last revision back.
        out: Folder for handout.pdf, handout.html, clinician.pdf and plan.json.
        json: Print the plan document instead of the difference.
        paper: Size of the paper; the order's, or the country's, if not given.
        language: Language of the patient's paper; the order's, or English, if not given.
        printed_on: Day printed on the paper; today if not given.
        fail_on: Lowest severity of a finding that makes the exit code 1.
    """
    from taper.checker.checking import check
    from taper.cli.files import exit_code, load, papers, refuse_folder, write_all
    from taper.cli.screens.difference import print_difference
    from taper.cli.screens.plan import print_report
    from taper.exchange.plan_document import write_document
    from taper.planner.reviser import revise as revise_plan
    from taper.schedule.comparison import difference
    from taper.schedule.supply import dispense

    old = load(plan)
    given: dict[str, Any] = {
        **_from_file(changes),
        **_said(
            {
                "reason": reason,
                "by": by,
                "drug": drug,
                "hold": hold,
                "every": every,
                "reduce": reduce,
                "max_units": max_units,
                "change_on": change_on,
                "until": until,
                "stop_from": stop_from,
                "hold_until": hold_until,
                "since": since,
                "finish": finish,
                "back": back,
                "undo": undo,
                "dose": _doses("dose", dose),
                "taken": _doses("taken", taken),
            }
        ),
    }
    try:
        if split and old.order is not None:
            given["product"] = _resplit(old.order, split)
        new = revise_plan(old, **{"on": on, **given})
        report, supply = check(new), dispense(new)
        before = check(old)
    except TaperError as problem:
        raise problem.at(file=str(plan)) from None
    if out is not None:
        refuse_folder(out)
        write_all(out, papers(new, report, supply, printed_on or date.today(), paper, language, previous=old))
    if json:
        sys.stdout.write(write_document(new, report, supply))
    else:
        console = Console()
        print_difference(console, difference(old, new, old_report=before, new_report=report), old, new)
        print_report(console, report)
        if out is not None:
            console.line(f"\nWritten to {out}: handout.pdf, handout.html, clinician.pdf, plan.json")
    return exit_code(report, fail_on)


def _said(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None and value is not False}


def _from_file(path: Path | None) -> dict[str, Any]:
    """Read changes from a file; they are verified with the others."""
    if path is None:
        return {}
    from taper.loading import decode, load_json, load_toml, read_bytes
    from taper.order.history import Event

    try:
        text = decode(read_bytes(path, OrderError), OrderError)
        found = load_json(text, OrderError) if text.lstrip()[:1] == "{" else load_toml(text, OrderError)
    except TaperError as problem:
        raise problem.at(file=str(path)) from None
    if not isinstance(found, dict):
        raise OrderError('this is no table of changes; write for example hold = "2 weeks"', file=str(path))
    known = set(Event.model_fields) - _FILLED_IN
    for key in found:
        if key in _FILLED_IN:
            raise OrderError(f"'{key}' is not said in the file; leave it out", file=str(path), field=key)
        if key not in known:
            raise OrderError(f"the key '{key[:60]}' is unknown; {nearest(key, known)}", file=str(path))
    return found


def _doses(option: str, texts: tuple[str, ...]) -> object:
    """Read "7.5 mg", or several of "morning=2.5 mg"; None if nothing was said."""
    from taper.order.parts import TIMES

    if not texts:
        return None
    if len(texts) == 1 and "=" not in texts[0]:
        return texts[0]
    found: dict[str, str] = {}
    for text in texts:
        time, equals, amount = (part.strip() for part in text.partition("="))
        if not equals or time not in TIMES:
            hint = nearest(time, TIMES)
            raise OrderError(
                f'{text!r} names no time of day ({hint}); write for example "morning=2.5 mg"', field=option
            )
        if time in found:
            raise OrderError(f"{time} is named twice; keep one", field=option)
        found[time] = amount
    return found


def _resplit(order: Order, texts: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the products in force with some of them split otherwise."""
    from taper.order.terms import terms_of

    lines = [line.model_dump(mode="json", exclude_none=True) for line in terms_of(order)[-1].product]
    known = {line["name"]: line for line in lines}
    for text in texts:
        name, _, how = (part.strip() for part in text.rpartition("="))
        if name not in known:
            raise OrderError(f"{name!r} is no product of this plan; {nearest(name, known)}", field="split")
        known[name]["split"] = how
    return lines


COMMANDS = (revise,)
