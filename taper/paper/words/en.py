"""English: plain words for patients, exact words for clinicians.

The medical sentences are our own; the facts in them carry their sources, which are printed on the
clinician's sheet.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from taper.paper.words.advice import ASLEEP, NO_DOSE_DAYS, WHAT_TO_DO
from taper.paper.words.box_label import BOX_LABEL
from taper.paper.words.clinician import CLINICIAN
from taper.paper.words.language import Language, Noun
from taper.paper.words.locales import LOCALES
from taper.paper.words.product_names import NAMES
from taper.paper.words.revision import REVISION
from taper.paper.words.several import SEVERAL
from taper.paper.words.sheets.counts import COUNTS
from taper.paper.words.sheets.terms import TERMS
from taper.paper.words.taking import TAKING
from taper.paper.words.tells import TELLS
from taper.quantity import exact_text

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_PARTS = {
    Fraction(1, 4): ("a quarter of a {noun}", "a quarter"),
    Fraction(1, 2): ("half a {noun}", "a half"),
    Fraction(3, 4): ("three quarters of a {noun}", "three quarters"),
}


def _number(value: int) -> str:
    if value < 20:
        return _SMALL[value]
    if value > 99:
        return str(value)
    tens, ones = divmod(value, 10)
    return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")


def count(pieces: Fraction, noun: Noun) -> str:
    """Write a number of tablets or capsules so that it cannot be misread.

    Args:
        pieces: How many; quarters are written in words, other parts as a decimal.
        noun: What they are.

    >>> count(Fraction(1, 2), "tablet"), count(Fraction(9, 4), "tablet"), count(Fraction(1), "capsule")
    ('half a tablet', 'two and a quarter tablets', '1 capsule')
    """
    whole, part = divmod(pieces, 1)
    if not part:
        return f"{whole} {noun}{'' if whole == 1 else 's'}"
    if part not in _PARTS:
        return f"{exact_text(pieces)} of a {noun}" if pieces < 1 else f"{exact_text(pieces)} {noun}s"
    alone, behind = _PARTS[part]
    return f"{_number(whole)} and {behind} {noun}s" if whole else alone.format(noun=noun)


_PHRASES = {
    **BOX_LABEL["en"],
    "title": "Your {medicine} plan",
    "or": " or ",
    "nor": " or ",
    "comma": ", ",
    "unreviewed": "The {language} text is a translation that no clinician has checked.",
    "and": "{first} and {last}",
    "summary_stop": "From {first} a day to zero",
    "summary_goal": "From {first} a day to {last} a day",
    "summary_keep": "{first} a day",
    "summary_drugs": "{drugs}, step by step",
    "fact_now": "Starting dose",
    "fact_next": "First change",
    "fact_stop": "First day without {medicine}",
    "fact_end": "Last day of this plan",
    "a_day": "{dose} a day",
    "on_date": "on {date}",
    "for_patient": "For {name}",
    "prescriber": "Prescriber: {name}",
    "phone": "Questions? Call {phone}",
    "never": "Never stop this medicine suddenly. See \N{LEFT DOUBLE QUOTATION MARK}What to "
    "do\N{RIGHT DOUBLE QUOTATION MARK} for when to call.",
    "stay": "After {date}, stay on this dose until you and your prescriber decide what to do next.",
    "steps": "Your steps",
    "chart": "Your dose over time",
    "chart_title": "{drug} a day",
    "chart_alt": "Step chart: {drug}, {first} a day from {start}, in {steps} to {last} from {end}.",
    "chart_alt_flat": "Step chart: {drug}, {first} a day from {start}.",
    "chart_band": "The line is your average dose a day. The band goes from the lowest dose of a day to the highest.",
    "axis_day": "{day} {month}",
    "axis_year": "{month} {year}",
    "products": "Your medicine",
    "products_note": "The drawings are symbols, not photos. Your own medicine may have a different shape or "
    "color. Always check the name and strength on the box.",
    "sentence_stop": "You lower your dose from {first} a day in {steps}, and then stop. The plan starts on "
    "{start}. Your first day without {medicine} is {end}.",
    "sentence_goal": "Your dose goes from {first} a day to {last} a day in {steps}. The plan starts on {start}. "
    "You reach {last} a day on {end}.",
    "sentence_keep": "You take {first} a day, from {start} to {end}.",
    "sentence_drugs": "This plan is for {drugs}. It runs from {start} to {end}.",
    "only_weeks": "These pages cover {start} to {end} only. Ask for the next part before then.",
    "week_of": "Week of {date}",
    "column_day": "Day",
    "column_notes": "Notes",
    "dateless": "day {number}",
    "dateless_alone": "Day {number}",
    "dateless_span": "Days {start} to {end}",
    "dateless_column": "Day {number} of the week",
    "dateless_start": "Day 1 is: ____________________",
    "diary": "Sleep and symptom diary",
    "diary_note": "Fill in one row each morning. Use 0 for \N{LEFT DOUBLE QUOTATION MARK}not at "
    "all\N{RIGHT DOUBLE QUOTATION MARK} up to 10 for \N{LEFT DOUBLE QUOTATION MARK}as bad as it can "
    "be\N{RIGHT DOUBLE QUOTATION MARK}. Bring the diary to each visit. Copy this page before you start.",
    "diary_date": "Date",
    "diary_sleep": "Hours of sleep",
    "diary_anxiety": "Anxiety 0 to 10",
    "diary_muscles": "Muscle twitches or cramps 0 to 10",
    "diary_legs": "Restless legs 0 to 10",
    "diary_own": "Another symptom: ________ 0 to 10",
    "diary_notes": "Notes",
    "card": "Your dose now",
    "card_next": "From {date}: {dose} a day",
    "card_stop": "From {date}: no dose",
    "card_last": "Stay on this dose until you and your prescriber decide.",
    "card_never": "Do not stop suddenly. Call your emergency number for: a seizure (fit), confusion, seeing "
    "things, slow breathing, chest pain, or thoughts of suicide.",
    "doses_only": "This plan lists doses only. Ask your pharmacist which tablets or how much liquid make each dose.",
    "column_step": "Step",
    "column_dates": "Dates",
    "column_total": "Total a day",
    "column_take": "What to take",
    "column_change": "Change",
    "step_now": "Start",
    "step_stop": "Stop",
    "from_to": "{start} to\N{NO-BREAK SPACE}{end}",
    "one_day": "{start}",
    "from": "from {start}",
    "change_first": "starting dose",
    "change_none": "no change",
    "change_down": "down {amount} ({current} of the previous dose, {start} of the first dose)",
    "change_up": "up {amount} ({current} of the previous dose)",
    "change_drug_down": "{drug} down {amount}",
    "change_drug_up": "{drug} up {amount}",
    "about": "about {percent}",
    "none": "no dose",
    "no_amount": "none",
    "none_day": "No dose today",
    "take_of": "{count} of {strength}",
    "take_each": "{count} of {strength} each",
    "take_mixed": "{count} of {strength} each",
    "take_quarter": "a quarter of one {strength} {noun}",
    "take_half": "half of one {strength} {noun}",
    "take_three_quarters": "three quarters of one {strength} {noun}",
    "take_named": "{count} ({name})",
    "take_other": "{count} of {name}",
    # one sentence each, not two: labels join them by "+" and "and"
    "take_volume": "{volume} ({dose}) of the {strength} liquid, measured with: {device}",
    "take_drops": "{volume} ({dose}), counted with: {device}",
    "measured_first": "{measure} ({dose})",
    "powder": "{weight} of powder",
    "take_powder": "{powder} ({dose}) of {name}, weighed with: {device}",
    "shake": "{name}: shake the bottle before each dose.",
    "weight": "{name}: one whole tablet weighs {weight}. The dose is weighed as powder. The weight of the "
    "powder is not the dose in mg.",
    "discard": "{name}: when you split one, throw the other part away. Do not keep it for the next dose.",
    "alt": "{time}: {words}",
    "milligrams": "milligrams",
    "milligram": "milligram",
    "milliliters": "milliliters",
    "per_milliliter": "milligrams in 1 milliliter",
    "line": "{time} {dose}",
    "line_drug": "{time} {drug} {dose}",
    "month": "{month} {year}",
    "mark_start": "Plan starts",
    "mark_new": "New dose",
    "mark_stop": "Stop: no dose from today on",
    "mark_review": "Check-up",
    "mark_gap": "This day is not in the plan: ask your prescriber",
    "calendar_note": "Check off each box after you take the dose.",
    "weeks": "Week by week",
    "weeks_from": "From",
    "weeks_note": "One box for each dose of the day, from top to bottom. Check it off after you take the dose.",
    "key_new": "New dose: the first day of a new step",
    "key_review": "Check-up: see or call your prescriber",
    "what_to_do": "What to do",
    "who_to_call": "Who to call",
    "call_prescriber": "Prescriber",
    "call_phone": "Prescriber's phone",
    "call_pharmacy": "Pharmacy",
    "call_emergency": "Emergency",
    "call_emergency_hint": "your emergency number",
    "days_list": "Every day",
    "plan": "plan {plan}",
    "no_plan": "no plan number",
    "revision": "revision {number}",
    "printed": "printed {date}",
    "page": "page {page} of {pages}",
    "label_take": "take {doses}",
    "label_none": "do not take any",
    "label_dose": "{words} ({dose}) {time}",
    "label_amount": "{amount} {time}",
    "label_morning": "in the morning",
    "label_noon": "at noon",
    "label_evening": "in the evening",
    "label_bedtime": "at bedtime",
    # "from" also before the dates of others' labels, and read back by it
    "label_dates": "{doses} from {start} to {end} ({days})",
    "label_date": "{doses} on {start} ({days})",
    "label_days": "{doses} for {days}",
    "label_then": "{first}, then {next}",
    "label_stop": "{first}, then stop taking it",
    "event": "{medicine}: {text}",
    "event_discreet": "Medicine, day {number}",
    "event_step": "Step {number}",
    "on_days": "on {days}",
    "on_monday": "Mondays",
    "on_tuesday": "Tuesdays",
    "on_wednesday": "Wednesdays",
    "on_thursday": "Thursdays",
    "on_friday": "Fridays",
    "on_saturday": "Saturdays",
    "on_sunday": "Sundays",
    "on_cycle": "every {cycle} beginning {days}",
    "on_other_days": "on all other days",
    "dose_on_days": "{days}:\N{NO-BREAK SPACE}{dose}",
    "colon": ": ",
    "semicolon": "; ",
    "dateless_on_days": "on weekdays {numbers} (columns {numbers} of the calendar)",
    "on_average": "on average {dose} a day",
    "summary_week": "From {first} a day to a different dose on some days",
    "sentence_week": "Your dose goes from {first} a day to a weekly pattern in {steps}. The plan starts on "
    "{start}. The pattern starts on {end}.",
    "summary_cycle": "From {first} a day to a dose that changes from day to day",
    "sentence_cycle": "Your dose goes from {first} a day to a dose that changes from day to day, in {steps}. The "
    "plan starts on {start}. That pattern starts on {end}.",
    "change_cycle": "the dose now changes from day to day",
    "change_weekly": "the dose now depends on the day of the week",
    "change_pattern": "different doses on some days",
    "change_daily": "now the same dose every day",
    "change_week_down": "{amount} less a week",
    "change_week_up": "{amount} more a week",
    "card_next_week": "From {date}: {dose}",
    "label_week": "{days}, take {doses}",
    "label_week_and": "{first}; {next}",
    "label_week_none": "no dose",
    "label_week_take": "{doses},",
    "fact_line": "{label}: {value}, {detail}.",
    "shape_circle": "circle",
    "shape_oval": "oval",
    "shape_square": "square",
    "shape_hexagon": "hexagon",
    "shape_diamond": "diamond",
    "shape_pentagon": "pentagon",
    "drug_shape": "{drug}: {shape}",
    "drugs_title": "More than one medicine: {drugs}",
    "drugs_apart": "These medicines are not the same. Check the name on the box every time.",
    "drugs_drawn": "In the drawings: {shapes}.",
    "drug_replaced": "Between {start} and {end} you switch from {old} to {new}, step by step.",
    "drug_replaced_at_once": "From {start} on, take {new} instead of {old}.",
    "drug_stays": "{drug}: keep taking {dose} a day.",
    "drug_waits": "{drug}: keep taking {dose} a day until {date}.",
    "drug_last": "Last day of {drug}: {date}. Do not take {drug} after that day.",
}

ENGLISH = Language(
    code="en",
    name="English",
    own_name="English",
    reviewed_by="",
    locale=replace(LOCALES["en"], long_date="{weekday} {day} {month} {year}"),
    times=MappingProxyType({"morning": "Morning", "noon": "Noon", "evening": "Evening", "bedtime": "Bedtime"}),
    nouns=MappingProxyType({"tablet": "tablet", "capsule": "capsule", "film": "film", "piece": "piece"}),
    count=count,
    forms=MappingProxyType(
        {
            **COUNTS["en"],
            "day": {"one": "1 day", "other": "{number} days"},
            "drop": {"one": "1 drop", "other": "{number} drops"},
            "step": {"one": "1 step", "other": "{number} steps"},
            "time": {"one": "once", "other": "{number} times"},
            "week": {"one": "1 week", "other": "{number} weeks"},
        }
    ),
    phrase=MappingProxyType(_PHRASES | NAMES["en"] | REVISION["en"] | TAKING["en"] | TELLS["en"] | SEVERAL["en"]),
    what_to_do=WHAT_TO_DO,
    no_dose_days=NO_DOSE_DAYS,
    asleep=ASLEEP,
    clinician=MappingProxyType({**CLINICIAN, **TERMS["en"]}),
)
"""The original; long dates without a comma, as the findings write them."""
