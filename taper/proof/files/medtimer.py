"""A backup of MedTimer read back: each reminder with its days, its clock time, its days of the week and its amount."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from taper.errors import ProofError
from taper.proof.claims import Claim
from taper.proof.facts import Taken
from taper.proof.files.days import Plan, clipped, hold, laid, on_weekdays
from taper.proof.files.figures import amounts
from taper.proof.files.words import Words
from taper.proof.sums import is_plan

_EPOCH = date(1970, 1, 1)
_MARK = "taper plan "


def prove_backup(plan: Plan, content: bytes, settings: Mapping[str, Any], what: str) -> None:
    """Prove a backup: all that the phone had stays, and the reminders of the plan are all of its doses to come."""
    entries = _ours(json.loads(content)["medicines"]["list"], settings.get("into"), plan, what)
    clocks: dict[int, list[str]] = {}
    for name, at in (settings.get("times") or {}).items():
        clocks.setdefault(at.hour * 60 + at.minute, []).append(name)
    used = {one.time for run in plan.runs for one in run.taken}
    words, first = Words(plan, settings.get("language")), settings["written_on"]
    placed: list[Claim] = []
    numbers: list[int] = []
    drugs = _drugs(plan, len(entries), first, what)
    for entry, drug in zip(entries, _in_order(entries, drugs, plan), strict=True):
        _prove_medicine(plan, entry["medicine"], drug, words, what)
        for place, reminder in enumerate(entry["reminders"], 1):
            where = f"{drug}, reminder {place}"
            numbers.append(reminder["reminderId"])
            times = [name for name in clocks[reminder["timeInMinutes"]] if name in used]
            claim = _claim(plan, reminder, drug, times, where)
            _prove_words(plan, reminder, claim, words, f"{what}, {where}")
            placed += on_weekdays(claim, [day for day in range(7) if reminder["days"][day]])
    if len(set(numbers)) != len(numbers):
        raise ProofError(what, "two reminders have one number")
    ahead = clipped(plan.runs, first, plan.last)
    claims = (claim for claim in laid(placed) if claim.end >= first)
    hold(
        (run for run in ahead if run.taken),
        (claim._replace(start=max(claim.start, first)) for claim in claims),
        what,
    )


def _drugs(plan: Plan, count: int, first: date, what: str) -> list[str]:
    """Return the drugs of which it has reminders: those with a dose to come, and those of a step that goes on.

    Where the plan stays on its last dose, that has no last day.
    """
    stays = plan.schedule.stopped_on is None
    lasting = {n for run, n in plan.numbered if run.end >= first} | ({plan.numbers[-1]} if stays else set())
    to_come = list(dict.fromkeys(one.drug for run in plan.runs if run.end >= first for one in run.taken))
    going_on = list(dict.fromkeys(one.drug for run, n in plan.numbered if n in lasting for one in run.taken))
    found = next((drugs for drugs in (to_come, going_on) if len(drugs) == count), None)
    if found is None:
        raise ProofError(what, f"it has {count} medicines of the plan, and {len(to_come)} are taken")
    return found


def _ours(entries: list[Any], into: bytes | str | None, plan: Plan, what: str) -> list[Any]:
    """Return the medicines of the plan; those of the phone must stand before them as they were."""
    if into is None:
        return entries
    mark = _mark(entries[-1])
    if plan.schedule.plan_id and mark != f"{_MARK}{plan.schedule.plan_id}":
        raise ProofError(what, "its last medicine is not one of this plan")
    text = into.decode("utf-8-sig") if isinstance(into, bytes) else into
    kept = [entry for entry in json.loads(text)["medicines"]["list"] if _mark(entry) != mark]
    if entries[: len(kept)] != kept:
        raise ProofError(what, "the other medicines of the phone are not as they were")
    return entries[len(kept) :]


def _mark(entry: Any) -> str:
    notes = entry["medicine"].get("notes")
    return notes.partition("\n")[0].rstrip("\r") if isinstance(notes, str) else ""


def _in_order(entries: list[Any], drugs: list[str], plan: Plan) -> list[str]:
    """Return the drug of each medicine: by its name where that is the drug's own, else by the order of the plan."""
    named = {drug.casefold(): drug for drug in plan.drugs}
    found = [named.get(entry["medicine"]["name"].casefold()) for entry in entries]
    return [drug or due for drug, due in zip(found, drugs, strict=True)]


def _prove_medicine(plan: Plan, medicine: dict[str, Any], drug: str, words: Words, what: str) -> None:
    if words.language == "en" and medicine["name"].casefold() != drug.casefold():
        raise ProofError(what, f"{medicine['name']} is said of {drug}")
    if medicine["amount"] or medicine["unit"]:
        raise ProofError(what, f"{medicine['name']} has a stock that the phone would count down")
    mark, revision, *stop = medicine["notes"].split("\n")
    key = plan.schedule.plan_id
    if not mark.startswith(f"{_MARK}{key}") or revision != f"revision {plan.schedule.revision}":
        raise ProofError(what, f"its notes say {mark!r} and {revision!r}")
    stopped = plan.schedule.stopped_on
    if len(stop) != (stopped is not None):
        raise ProofError(what, f"its notes do not say that the first day without the drug is {stopped}")
    if stopped is not None:
        words.prove_dates(stop[0], (stopped,), what)


def _claim(plan: Plan, reminder: dict[str, Any], drug: str, times: list[str], where: str) -> Claim:
    """Return what a reminder says of its days; without a last day it goes on to that of the plan."""
    start = _EPOCH + timedelta(days=reminder["periodStart"])
    end = _EPOCH + timedelta(days=reminder["periodEnd"]) if reminder["periodEnd"] else plan.last
    stays = plan.schedule.stopped_on is None
    if not reminder["periodEnd"] and not stays:
        raise ValueError(f"{where} has no last day, and the plan stops")
    if reminder["periodEnd"] and stays and end == plan.last and is_plan(plan.schedule) and not _cycles(plan):
        raise ValueError(f"{where} ends on {end}, and the plan stays on its dose")
    fixed = {"active": True, "consecutiveDays": 1, "pauseDays": 0, "activeDaysOfMonth": -1, "variableAmount": False}
    if any(reminder[name] != value for name, value in fixed.items()) or len(reminder["days"]) != 7:
        raise ValueError(f"{where} is not one of every week")
    doses = [one for one in amounts(reminder["amount"]) if one.unit == "mg"]
    (dose,) = doses
    here = next(run for run in plan.runs if run.start <= start <= run.end)
    due = [one for run in plan.runs if run.end >= here.start for one in run.taken if one.drug == drug]
    near = [one for one in due if one.time in times and one.mg is not None and dose.means(one.mg, "mg")]
    if not near:
        raise ProofError(
            where, f"it says {reminder['amount']!r} at {' or '.join(times)}, and the plan has no such dose"
        )
    return Claim(start, end, (Taken(near[0].time, drug, near[0].mg),), where)


def _cycles(plan: Plan) -> bool:
    """Return whether any dose may be taken in cycles, whose reminders end with the last day."""
    order = plan.schedule.order
    phases = (*order.phase, *(one for event in order.history for one in event.phase or ())) if order is not None else ()
    return any(phase.cycles is not None for phase in phases)


def _prove_words(plan: Plan, reminder: dict[str, Any], claim: Claim, words: Words, where: str) -> None:
    """Prove the amount of a reminder, and what makes it, by the first day on which it rings."""
    rings = [day for day in range(7) if reminder["days"][day]]
    day = next(on_weekdays(claim, rings)).start
    said = claim.taken[0]
    run = next((run for run in plan.runs if run.start <= day <= run.end), None)
    due = [one for one in (run.taken if run is not None else ()) if (one.time, one.drug, one.mg) == said[:3]]
    if len(due) != 1:
        return  # the days are held against the plan as a whole
    words.prove_figures(reminder["amount"], tuple(due), where, "line")
    words.prove_figures(reminder["instructions"], tuple(due), where, "makes")
