"""The command that revises a plan: the options become one entry of its history."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from cyclopts import Parameter

from taper.checker.checking import check
from taper.cli import progress
from taper.cli.console import Console
from taper.cli.files import PAPERS, load, papers, write_papers
from taper.cli.option_groups import Flag, Judgment, Output, Printing, Several
from taper.cli.screens.differences import print_difference
from taper.cli.screens.plans import print_report
from taper.cli.writing import refuse
from taper.errors import OrderError, TaperError, nearest
from taper.exchange.plan_document import write_document
from taper.loading import decode, is_json, load_json, load_toml, read_bytes
from taper.order.history import Event
from taper.order.order import Order
from taper.order.parts import TIMES
from taper.order.terms import terms_of
from taper.paper.report_told import words_of_report
from taper.planner import reviser
from taper.proof import prove
from taper.schedule.comparison import difference
from taper.schedule.supply import dispense

_FILLED_IN = {"on", "hash", "at_phase", "handed"}
_ABOUT = {"on", "reason", "by", "drug", "since"}
"""Options that say something of a change and are none by themselves."""


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Change:
    """What changes, from which day, why and by whom.

    Attributes:
        on: The first day that may change.
        reason: Why, for the record.
        by: Who decided it.
        drug: The drug concerned, where several are reduced at the time.
        hold: Keep the dose for this much longer, such as "2 weeks", or "review": until the next review day.
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
        finish: New day by which the goal is to be reached; beside a pause or a slower pace, the one that holds then.
        stop_from: New daily dose from which the last step to zero may be made.
        changes: TOML or JSON file with changes that need more words: product, phase, stock, reduce_first and all above.
        undo: Take the last revision back.
    """

    on: date
    reason: str | None = None
    by: str | None = None
    drug: str | None = None
    hold: str | None = None
    hold_until: date | None = None
    every: str | None = None
    reduce: str | None = None
    back: Flag = False
    dose: Several = ()
    taken: Several = ()
    since: date | None = None
    split: Several = ()
    max_units: int | None = None
    change_on: str | None = None
    until: str | None = None
    finish: date | None = None
    stop_from: str | None = None
    changes: Path | None = None
    undo: Flag = False

    def as_event_data(self, order: Order | None) -> dict[str, Any]:
        """Return the changes as an entry of the history has them, those of the file among them.

        Args:
            order: The order that is revised, for its products; None if the plan has none.

        Raises:
            OrderError: Nothing is changed, or an option says what the file says too.
        """
        options = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "changes"}
        options |= {"dose": _doses("dose", self.dose), "taken": _doses("taken", self.taken)}
        options["split"] = self.split or None
        given = {name: value for name, value in options.items() if value is not None and value is not False}
        in_file = _read_changes(self.changes)
        for name in given:
            key = "product" if name == "split" else name
            if key in in_file:
                option = f"--{name.replace('_', '-')}"
                raise OrderError(f"{option} and {key} in {self.changes} contradict each other; keep one")
        if not in_file and not given.keys() - _ABOUT:
            raise OrderError('nothing is changed; say what, such as --hold "2 weeks", --every "4 weeks", --back')
        if given.pop("split", None) and order is not None:
            given["product"] = _resplit(order, self.split)
        return in_file | given


def revise(
    plan: Path,
    /,
    *,
    change: Change,
    output: Output = Output(),
    printing: Printing = Printing(),
    judgment: Judgment = Judgment(),
) -> int:
    """Revise a plan: days before a date stay, the rest is planned anew and checked.

    Args:
        plan: Plan document (plan.json, or our PDF with the plan inside), or an order that was not revised yet.
        change: What changes.
        output: Where the new plan goes.
        printing: How its papers are printed.
        judgment: What decides the exit code.
    """
    if output.out is not None:
        refuse(output.out, PAPERS)
    old = load(plan)
    changes = change.as_event_data(old.order)
    try:
        with progress.shown("planning"):
            new = reviser.revise(old, **changes)
            prove(new, "the revised plan")
        report, supply = check(new), dispense(new)
        before = check(old)
    except TaperError as problem:
        raise problem.at(file=str(plan)) from None
    with Console() as console:
        if output.json:
            console.text(write_document(new, report, supply))
        else:
            changes_made = difference(old, new, old_report=before, new_report=report)
            print_difference(console, changes_made, old, new, verbose=output.verbose)
            console.line()
            print_report(console, report, new.order, phrases=words_of_report(new, None), verbose=output.verbose)
        if output.out is not None:
            write_papers(papers(new, report, supply, printing, old), output, console)
    return judgment.exit_code(report)


def _read_changes(path: Path | None) -> dict[str, Any]:
    """Read changes from a file; they are verified with the others."""
    if path is None:
        return {}
    try:
        text = decode(read_bytes(path, OrderError), OrderError)
        changes = load_json(text, OrderError) if is_json(text) else load_toml(text, OrderError)
    except TaperError as problem:
        raise problem.at(file=str(path)) from None
    if not isinstance(changes, dict):
        raise OrderError('this is not a table of changes; write for example hold = "2 weeks"', file=str(path))
    known = set(Event.model_fields) - _FILLED_IN
    for key in changes:
        if key in _FILLED_IN:
            message = f"'{key}' cannot be set in the file, because the command fills it in; remove it"
            raise OrderError(message, file=str(path), field=key)
        if key not in known:
            raise OrderError(f"the key '{key[:60]}' is unknown; {nearest(key, known)}", file=str(path))
    return changes


def _doses(option: str, texts: tuple[str, ...]) -> object:
    """Read "7.5 mg", or several of "morning=2.5 mg"; None if nothing was said."""
    if not texts:
        return None
    if len(texts) == 1 and "=" not in texts[0]:
        return texts[0]
    doses: dict[str, str] = {}
    for text in texts:
        time, equals, amount = (part.strip() for part in text.partition("="))
        if not equals or time not in TIMES:
            hint = nearest(time, TIMES)
            raise OrderError(
                f'{text!r} names no time of day ({hint}); write for example "morning=2.5 mg"', field=option
            )
        if time in doses:
            raise OrderError(f"{time} is named twice; keep one", field=option)
        doses[time] = amount
    return doses


def _resplit(order: Order, texts: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the products in force with some of them split differently."""
    lines = [line.model_dump(mode="json", exclude_none=True) for line in terms_of(order)[-1].product]
    known = {line["name"]: line for line in lines}
    split_anew = set[str]()
    for text in texts:
        name, _, how = (part.strip() for part in text.rpartition("="))
        if name not in known:
            raise OrderError(f"{name!r} is not a product of this plan; {nearest(name, known)}", field="split")
        if name in split_anew:
            raise OrderError(f"{name} is named twice; keep one", field="split")
        split_anew.add(name)
        known[name]["split"] = how
    return lines
