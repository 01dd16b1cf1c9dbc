"""What `diff` prints: from which day, the changes, the end, the supply, findings and history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from taper.cli.console import Console
from taper.cli.screens.plans import print_finding
from taper.finding import Finding, Report, one_a_rule
from taper.order.history import Event
from taper.paper.phrases import Phrases, words_for
from taper.paper.report_told import told_findings
from taper.paper.sections.order import changes_in_words
from taper.proof.papers.screens import prove_side_by_side
from taper.schedule.changed_days import ChangedDays, ChangedStep, ChangedWeekdays
from taper.schedule.comparison import Difference
from taper.schedule.regimen import Regimen
from taper.schedule.schedule import Schedule


def print_difference(
    console: Console, difference: Difference, old: Schedule, new: Schedule, *, verbose: bool = False
) -> None:
    """Print a difference for clinicians, in the English of the country.

    Args:
        console: Where to.
        difference: How the two differ.
        old: The first, for its products and its end.
        new: The second.
        verbose: Whether findings that are new or gone are printed whole, not in one line for each rule.
    """
    english = words_for(new, "en")
    steps = (*old.steps, *new.steps)  # of both, so that a drug is named wherever the two have several
    before, after = (Phrases(replace(plan, steps=steps), english) for plan in (old, new))
    rows = [_row(part, old, new, before, after) for stretch in difference.stretches for part in _parts(stretch)]
    prove_side_by_side(old, new, english.code, rows)
    for line in _heading(difference, after):
        console.line(line)
    if difference.changes:
        console.line()
        console.table(["days", "before", "after"], rows)
    if difference.moved is not None:
        console.line(f"\nFirst day without the drug: {_moved(difference, after)}")
    _print_supply(console, difference, before, after)
    _print_findings(console, "Findings that are gone", difference.findings_gone, before, verbose)
    _print_findings(console, "Findings that are new", difference.findings_new, after, verbose)
    _print_history(console, "Decided in between", difference.history_new, difference, after)
    _print_history(console, "Only in the first", difference.history_gone, difference, before)
    keys = [key.replace("_", " ") for key in difference.order_keys]
    if keys:
        console.line(f"\nThe orders differ in: {after.listed(keys)}.")


def _print_findings(console: Console, title: str, found: tuple[Finding, ...], phrases: Phrases, verbose: bool) -> None:
    """Print findings that only one of the two has, those of a rule together."""
    if found:
        console.line(f"\n{title}")
    for finding in Report(one_a_rule(told_findings(found, phrases))).gravest_first:
        print_finding(console, finding, phrases.schedule.order, verbose=verbose)


def _heading(difference: Difference, phrases: Phrases) -> list[str]:
    """Say which replaces which, and from which day."""
    if difference.empty:
        return ["Nothing differs."]
    old, new = difference.old.revision, difference.new.revision
    lines = []
    if difference.other_plan:
        lines.append("These are two different plans, not two revisions of one.")
    elif difference.swapped:
        lines.append(
            f"The files stand the other way round: the first is revision {old}, the second revision {new} of the same "
            "plan. What follows leads from the first back to the second."
        )
    elif difference.same_plan and old == new:
        lines.append(f"Both say that they are revision {new} of the same plan, and yet they are not the same.")
    elif not difference.same_plan:
        lines.append("Not both files are plans with a number, so nothing says which one replaces the other.")
    first = None if difference.from_day is None else phrases.dated(difference.from_day)
    if difference.same_plan and old < new:
        # The day that the handout names too; the first day that differs may come later.
        start = f", from {phrases.dated(difference.history_new[0].on)}," if difference.history_new else ""
        differs = f"The first day that differs is {first}." if first else "No day differs."
        lines.append(f"Revision {new}{start} replaces revision {old}. {differs}")
    elif first:
        lines.append(f"The second differs from the first from {first} on.")
    else:
        lines.append("No day differs.")
    return lines


def _parts(stretch: ChangedStep) -> list[tuple[ChangedDays | ChangedWeekdays, date, date]]:
    """Return what makes a row each, with first and last day: kinds of days of the week, or each change."""
    if stretch.pattern:
        return [(part, stretch.first, stretch.last) for part in stretch.pattern]
    return [(change, change.first, change.last) for change in stretch.changes]


def _row(
    part: tuple[ChangedDays | ChangedWeekdays, date, date],
    old: Schedule,
    new: Schedule,
    before: Phrases,
    after: Phrases,
) -> tuple[str, str, str]:
    change, first, last = part
    if isinstance(change, ChangedWeekdays):
        length = f"on each {after.listed([after.words.weekdays[day] for day in change.days])}"
    else:
        length = after.words.days(change.days)
    dates = f"{after.span(first, last)}\n{length}"
    if change.kind == "pieces":
        dates += "\nsame dose, other pieces"
    old_doses, new_doses = _regimen(change.before, first, old, before), _regimen(change.after, first, new, after)
    if old_doses == new_doses:  # tablets of one strength: only their names tell them apart
        old_doses, new_doses = old_doses + _names(change.before, before), new_doses + _names(change.after, after)
    return dates, old_doses, new_doses


def _regimen(regimen: Regimen | None, day: date, schedule: Schedule, phrases: Phrases) -> str:
    """Write what is taken on a day, a line for each intake, or why there is nothing."""
    if regimen is None:
        if schedule.stopped_on is not None and schedule.stopped_on <= day:
            return "stopped"
        if all(step.start > day for step in schedule.steps):
            return "not begun yet"
        return "over" if all(step.end < day for step in schedule.steps) else "nothing recorded"
    doses = phrases.day(regimen).doses
    return "\n".join(f"{d.line}: {d.words}" if d.words else d.line for d in doses) or phrases.say("none")


def _names(regimen: Regimen | None, phrases: Phrases) -> str:
    names = dict.fromkeys(item.product for intake in regimen or () for item in intake.items)
    return f"\nof {phrases.listed([phrases.named(name) for name in names])}" if names else ""


def _moved(difference: Difference, phrases: Phrases) -> str:
    moved = difference.moved
    assert moved is not None
    before, after = ("none" if day is None else phrases.dated(day) for day in (moved.before, moved.after))
    how_far = ""
    if moved.days is not None:
        how_far = f" ({phrases.words.days(abs(moved.days))} {'later' if moved.days > 0 else 'earlier'})"
    return f"{after}{how_far}; before: {before}"


def _print_supply(console: Console, difference: Difference, before: Phrases, after: Phrases) -> None:
    if not difference.supply:
        return
    start = "" if difference.from_day is None else f"from {after.dated(difference.from_day)}"
    rows = []
    for line in difference.supply:
        phrases = after if after.knows(line.product) or not before.knows(line.product) else before
        amounts = (line.later_before, line.later_after, line.before, line.after)
        changed = (line.gained, "more") if line.gained else (line.lost, "less")
        rows.append(
            [
                line.product,
                *(phrases.amount(line.product, amount) for amount in amounts),
                f"{phrases.amount(line.product, changed[0])} {changed[1]}",
            ]
        )
    console.line()
    console.table(["supply", f"{start}, before", f"{start}, now", "in all, before", "in all, now", "change"], rows)


def _print_history(
    console: Console, title: str, events: tuple[Event, ...], difference: Difference, phrases: Phrases
) -> None:
    """Print entries of the history: number, day, what, why, by whom."""
    if events:
        console.line(f"\n{title}")
    for number, event in enumerate(events, difference.history_kept + 1):
        console.line(
            f"Revision {number}, from {phrases.dated(event.on)}: {'; '.join(changes_in_words(event, phrases))}"
        )
        if event.reason:
            console.block(f"Reason: {event.reason}")
        if event.by:
            console.block(f"By: {event.by}")
