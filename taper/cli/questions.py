"""The questions of `taper new`, and how each answer becomes a key of the order.

Nothing has a default: what is not said is not ordered. Only what follows from an answer is left unasked, such as how
to split a capsule.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, get_args

from taper import catalog
from taper.cli.dialogue import Dialogue, yes_or_no
from taper.errors import OrderError, TaperError, nearest
from taper.order.draft import Draft
from taper.order.keys import tables
from taper.order.order import Order
from taper.order.parts import TIMES
from taper.order.patient import Patient
from taper.order.presets import presets
from taper.planner.planning import plan

_INTERVAL = "a number of days, weeks or months"
_DAY = "year-month-day"
_DESCRIBED = "described"
_NUMBER = re.compile(r"[0-9]{1,6}\Z")
_RULES = ("step", "finish", "preset")


def ask_order(dialogue: Dialogue) -> dict[str, Any]:
    """Ask all that an order needs, and return it as data that `parse_order` reads and `plan` plans.

    Args:
        dialogue: Whom to ask.
    """
    draft = Draft()
    _ask_drug(dialogue, draft)
    _ask_current(dialogue, draft)
    while True:
        _ask_products(dialogue, draft)
        _ask_phases(dialogue, draft)
        try:
            plan(draft.reading())
            break
        except TaperError as problem:
            dialogue.refuse(problem)
            dialogue.say("So it cannot be planned. Say products and steps again.")
            for key in ("product", "phase", "change_on", "stop_from"):
                draft.said.pop(key, None)
    _ask_optional(dialogue, draft, "review_every", f"Time between reviews, {_INTERVAL} (empty: none is marked)")
    _ask_patient(dialogue, draft)
    order = ("drug", "country", "start", "change_on", "review_every", "stop_from", "current", "product", "phase")
    return {key: draft.said[key] for key in (*order, "patient") if key in draft.said}


def _ask_drug(dialogue: Dialogue, draft: Draft) -> None:
    def drug(answer: str) -> None:
        if of := catalog.drugs_of_brand(answer):  # which of them, says only the country, and it is not said yet
            raise OrderError(
                f"'{answer[:40]}' is a brand of {' or '.join(of)}, and a brand can be another drug elsewhere; write "
                f"{' or '.join(of)} if that is meant"
            )
        draft.put(drug=catalog.drug(draft.reading(drug=answer).drug).name)

    def start(answer: str) -> None:
        draft.put(start=draft.reading(start=answer).start)

    dialogue.ask("Drug, by its generic name", drug)
    countries = ", ".join(catalog.countries())
    dialogue.ask(
        f"Country whose products are used, one of {countries}", lambda answer: draft.put(country=answer.upper())
    )
    dialogue.ask(f"First day of the plan, {_DAY}; the dose of today is kept until the first cut", start)


def _ask_current(dialogue: Dialogue, draft: Draft) -> None:
    dialogue.say("Doses of today, such as 0.5 mg or 500 mcg; an empty line for a time of day at which none is taken.")
    while True:
        doses: dict[str, str] = {}
        for time in TIMES:

            def dose(answer: str, time: str = time, doses: dict[str, str] = doses) -> None:
                if answer:
                    draft.reading(current=doses | {time: answer})
                    doses[time] = answer

            dialogue.ask(f"  {time}", dose)
        try:
            draft.put(current=doses)
            return
        except OrderError as problem:
            dialogue.refuse(problem)


def _ask_products(dialogue: Dialogue, draft: Draft) -> None:
    rows = catalog.products(draft.said["country"], draft.said["drug"])
    names = list(dict.fromkeys(product.name for product in rows))
    if names:
        dialogue.say(f"Products of {draft.said['drug']} that the catalog has for {draft.said['country']}:")
    else:
        dialogue.say(f"The catalog has no product of {draft.said['drug']} for {draft.said['country']}.")
    for number, name in enumerate(names, start=1):
        product = catalog.agree([row for row in rows if row.name == name])
        known = (
            "" if product.is_liquid else f" (score: {product.score}, label: {product.label_claim.replace('_', ' ')})"
        )
        dialogue.say(f"  {number}  {name}{known}")

    def chosen(answer: str) -> dict[str, Any]:
        if answer.lower() == _DESCRIBED or (not answer and draft.said.get("product")):
            return {"source": "clinician"} if answer else {}
        if not _NUMBER.match(answer):
            line = {"name": answer}
        elif 1 <= int(answer) <= len(names):
            line = {"name": names[int(answer) - 1]}
        else:
            raise OrderError(f"there is no product {answer} in the list; write a number from it, or a name")
        draft.reading_product(line)
        return line

    how = f"by number or name, or '{_DESCRIBED}' for one that the catalog lacks"
    more = ""
    while line := dialogue.ask(f"Product, {how}{more}", chosen):
        if "source" in line:
            line = _ask_description(dialogue, draft, line)
        draft.put(product=[*draft.said.get("product", ()), _ask_portions(dialogue, draft, line)])
        more = " (empty: no more)"


def _ask_description(dialogue: Dialogue, draft: Draft, line: dict[str, Any]) -> dict[str, Any]:
    for key, question in (
        ("form", "Form, such as tablet or oral solution"),
        ("strength", "Strength, in mg, or in mg/mL of a liquid"),
        ("name", "Name, as it is to be printed"),  # last: what it says is held to the strength
    ):
        line = _ask_part(dialogue, line, key, question, draft.reading_product)
    return {key: line[key] for key in ("name", "source", "form", "strength")}


def _ask_portions(dialogue: Dialogue, draft: Draft, line: dict[str, Any]) -> dict[str, Any]:
    """Ask how a product may be split or measured, if it can be."""
    product = draft.reading_product(line).products[-1].product
    if product.splittable == "never":
        dialogue.say(f"  taken whole: the form is {product.form}")
        return line
    if not product.is_liquid:
        question = "Split, as you decide: whole, halves or quarters"
        return _ask_part(dialogue, line, "split", question, draft.reading_product)
    line = _ask_part(dialogue, line, "device", "What it is measured with", draft.reading_product)
    return _ask_part(dialogue, line, "graduation", "Its smallest line, in mL, or 1 drop", draft.reading_product)


def _ask_part(
    dialogue: Dialogue, said: dict[str, Any], key: str, question: str, read: Callable[[dict[str, Any]], Order]
) -> dict[str, Any]:
    """Ask for one key of a product or a phase, and return what was said with it."""

    def check(answer: str) -> str:
        read(said | {key: answer})
        return answer

    return said | {key: dialogue.ask(f"  {question}", check)}


def _ask_phases(dialogue: Dialogue, draft: Draft) -> None:
    _ask_phase(dialogue, draft)
    while (goal := draft.reading().goal) and "preset" not in draft.said["phase"][-1]:
        if not dialogue.ask_if(f"Another phase, below {goal}"):
            break
        _ask_phase(dialogue, draft)
    _ask_optional(dialogue, draft, "change_on", "Day of the week on which doses change, such as Monday (empty: any)")
    if goal or "preset" in draft.said["phase"][-1]:
        return
    question = "Daily dose from which the last step to zero may be made"
    if "finish" in draft.said["phase"][-1]:
        dialogue.ask(question, lambda answer: draft.put(stop_from=answer))
    else:
        _ask_optional(dialogue, draft, "stop_from", f"{question} (empty: as the step allows)")


def _ask_phase(dialogue: Dialogue, draft: Draft) -> None:
    dialogue.say("How the dose falls: step (a largest cut), finish (a day by which it has fallen), preset (published).")

    def rule(answer: str) -> str:
        if answer not in _RULES:
            raise OrderError(f"'{answer[:40]}' is none of {', '.join(_RULES)}; {nearest(answer, _RULES)}")
        return answer

    chosen = dialogue.ask("  step, finish or preset", rule)
    if chosen == "preset":
        phase = _ask_preset(dialogue, draft)
    else:
        key, question = "finish", f"Last day, {_DAY}"
        if chosen == "step":
            key = "reduce"
            question = "Largest cut: N% of current, N% of start, or N mg; with ', at least N mg' if wanted"
        phase = _ask_part(dialogue, {}, key, question, draft.reading_phase)
        phase = _ask_part(dialogue, phase, "every", f"Time between cuts, {_INTERVAL}", draft.reading_phase)
        question = "Daily dose at its end: 0 mg to stop, or a dose to stay on or to go on from"
        phase = _ask_part(dialogue, phase, "until", question, draft.reading_phase)
        if chosen == "finish":
            phase["finish"] = draft.reading_phase(phase).phase[-1].finish
    draft.said["phase"] = [*draft.said.get("phase", ()), phase]


def _ask_preset(dialogue: Dialogue, draft: Draft) -> dict[str, Any]:
    for preset in presets().values():
        if preset.drug in (None, draft.said["drug"]):
            paces = ", then ".join(dict.fromkeys(part.pace for part in preset.phases))
            dialogue.say(f"    {preset.id}  {preset.title} ({paces})")
    phase = _ask_part(dialogue, {}, "preset", "Preset", draft.reading_phase)

    def every(answer: str) -> dict[str, Any]:
        chosen = phase | {"every": answer} if answer else phase
        draft.reading_phase(chosen)
        return chosen

    return dialogue.ask("  Time between cuts, as printed above (empty: the longest printed)", every)


def _ask_optional(dialogue: Dialogue, draft: Draft, key: str, question: str) -> None:
    """Ask for a key at the top of the order that may be left out, if the rest reads without it."""

    def check(answer: str) -> None:
        draft.put(**({key: answer} if answer else {}))

    dialogue.ask(question, check)


def _ask_patient(dialogue: Dialogue, draft: Draft) -> None:
    if not dialogue.ask_if("Facts about the person, which the check uses"):
        return
    facts: dict[str, Any] = {}
    for key in next(table for table in tables() if table.model is Patient).keys:
        for name in key.names:
            is_yes_or_no = bool in get_args(Patient.model_fields[name].annotation)

            def fact(answer: str, name: str = name, is_yes_or_no: bool = is_yes_or_no) -> None:
                if answer:
                    value = yes_or_no(answer) if is_yes_or_no else int(answer) if _NUMBER.match(answer) else answer
                    draft.reading(patient=facts | {name: value})
                    facts[name] = value

            what = "yes or no" if is_yes_or_no else "a number"
            question = f"  {name.replace('_', ' ')} ({key.meaning.rstrip('.')}; {what}; empty: not recorded)"
            dialogue.ask(question, fact)
    if facts:
        draft.put(patient=facts)
