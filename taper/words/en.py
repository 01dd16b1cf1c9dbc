"""English: plain words for patients, exact words for clinicians.

The medical sentences are our own; the facts in them carry their sources, which are printed on the
clinician's sheet.
"""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType

from taper.quantity import exact_text
from taper.source import Source
from taper.words.language import Language, Noun, Passage, Sentence

_ASAM = "ASAM Joint Clinical Practice Guideline on Benzodiazepine Tapering"
_POCKET_URL = "https://eguideline.guidelinecentral.com/i/1532950"
_PATIENT_URL = "https://eguideline.guidelinecentral.com/i/1539871"


def _pocket(locator: str) -> Source:
    return Source(f"{_ASAM}, pocket guide", "2025", locator, _POCKET_URL, "READ")


def _patient(locator: str) -> Source:
    return Source(f"{_ASAM}, patient guide", "2025", locator, _PATIENT_URL, "READ")


_ABRUPT = _pocket("Key takeaways 3 and 3a, /2")
_SYMPTOMS = _pocket("Table 3, /9")
_FDA = Source("FDA Drug Safety Communication on benzodiazepines", "2020", "23 September 2020", "", "READ")
_LOREEV = Source("Loreev XR Medication Guide", "", '"Get emergency help right away"', "", "READ_SECONDARY")
_NSW = Source(
    "NSW guidelines on alcohol and other drugs, via Withdrawal_App",
    "",
    "risk factors: alcohol, other CNS depressants",
    "https://github.com/Trent-Koessler/Withdrawal_App",
    "READ_SECONDARY",
)

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


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


_WHAT_TO_DO = (
    Passage(
        "Never stop suddenly",
        "firm",
        (
            Sentence(
                "Do not stop this medicine all at once, even if you feel well. "
                "Stopping suddenly, or going down too fast, can cause seizures (fits). "
                "A seizure can be a danger to your life.",
                (_FDA, _ABRUPT),
            ),
            Sentence("If you run out early or lose your medicine, call your prescriber or pharmacist right away."),
        ),
    ),
    Passage(
        "Get help at once: call your emergency number",
        "urgent",
        points=(
            Sentence("You have a seizure (a fit).", (_SYMPTOMS, _LOREEV)),
            Sentence("You are confused and do not know where you are or what is going on.", (_SYMPTOMS, _LOREEV)),
            Sentence("You see, hear or believe things that are not real.", (_SYMPTOMS, _LOREEV)),
            Sentence("You think about harming or killing yourself.", (_SYMPTOMS, _LOREEV)),
            Sentence("You have chest pain, or your heart pounds hard and does not settle.", (_SYMPTOMS,)),
            Sentence(
                "Your breathing is slow or shallow, or you are so sleepy that others can hardly wake you.",
                (_LOREEV,),
            ),
        ),
    ),
    Passage(
        "Every day",
        "plain",
        points=(
            Sentence("Take each dose at the time of day that the calendar shows, and tick its box."),
            Sentence(
                "Do not skip a dose, and do not take extra. Skipping doses can make withdrawal worse.",
                (_patient("/13"),),
            ),
            Sentence("Do not go down faster than this plan, even on good days.", (_FDA,)),
            Sentence(
                "Do not drink alcohol. Do not take opioids (strong pain medicine) or other medicine that makes "
                "you sleepy unless your prescriber knows about it.",
                (_pocket("Recommendations 16 and 17, /10"), _NSW),
            ),
            Sentence("Bring this plan to each visit."),
        ),
    ),
    Passage(
        "What withdrawal can feel like",
        "plain",
        (
            Sentence(
                "People differ. Some feel little, others feel a lot, even when they go down slowly.",
                (_patient("/10"),),
            ),
            Sentence(
                "It can take up to a week after a cut for symptoms to start. "
                "They may get stronger as you come close to the end.",
                (_patient("/10"),),
            ),
        ),
        (
            Sentence("Feeling anxious, panicky, low, restless or easily annoyed.", (_SYMPTOMS,)),
            Sentence("Trouble sleeping, bad dreams, or sleeping too much.", (_SYMPTOMS,)),
            Sentence("Headache, sweating, shaking, muscle pain or twitches, poor balance.", (_SYMPTOMS,)),
            Sentence("Stomach cramps, loose stools, feeling sick or being sick.", (_SYMPTOMS,)),
            Sentence(
                "Poor memory or focus, ringing ears, tingling, or light, sound and touch that feel too strong.",
                (_SYMPTOMS,),
            ),
        ),
    ),
    Passage(
        "If it gets hard: call your prescriber",
        "plain",
        (
            Sentence(
                "Call if symptoms trouble you. The plan can be slowed down or paused.",
                (_pocket("Recommendation 9, /7"), _pocket("6b, /3")),
            ),
            Sentence(
                "Sometimes the dose before is taken again for a while.",
                (_patient("/9"), _patient("FAQ, /19")),
            ),
            Sentence("Change the plan only together with your prescriber."),
        ),
    ),
)

_PHRASES = {
    "title": "Your {medicine} plan",
    "or": " or ",
    "and": "{first} and {last}",
    "summary_stop": "From {first} a day down to none",
    "summary_goal": "From {first} a day to {last} a day",
    "summary_keep": "{first} a day",
    "summary_drugs": "{drugs}, step by step",
    "fact_now": "First dose of this plan",
    "fact_next": "First new dose",
    "fact_stop": "First day with none",
    "fact_end": "Last day of this plan",
    "a_day": "{dose} a day",
    "on_date": "on {date}",
    "for_patient": "For {name}",
    "prescriber": "Prescriber: {name}",
    "phone": "Questions? Call {phone}",
    "never": "Never stop this medicine suddenly. What to do and when to call is on the last page.",
    "stay": "After {date} stay on this dose until you and your prescriber decide together what comes next.",
    "steps": "Your steps",
    "chart": "Your dose over time",
    "chart_title": "{drug} a day",
    "chart_alt": "Step chart: {drug}, {first} a day from {start}, in {steps} to {last} from {end}.",
    "chart_alt_flat": "Step chart: {drug}, {first} a day from {start}.",
    "chart_step_one": "1 step",
    "chart_step_many": "{number} steps",
    "axis_day": "{day} {month}",
    "axis_year": "{month} {year}",
    "products": "What you take it from",
    "products_note": (
        "The drawings are signs, not photos: your own may have another shape or color. "
        "Go by the name and the strength on the box."
    ),
    "doses_only": "This plan gives doses only. Ask your pharmacist how to make up each dose.",
    "sign_note": "The number in a drawing is the strength in mg of one whole {noun}. The dashed part is not taken.",
    "column_step": "Step",
    "column_dates": "Dates",
    "column_total": "In a day",
    "column_take": "What to take",
    "column_change": "Change",
    "step_now": "Start",
    "step_stop": "Stop",
    "from_to": "{start} to\N{NO-BREAK SPACE}{end}",
    "one_day": "{start}",
    "from": "from {start}",
    "change_first": "first dose of this plan",
    "change_none": "no change",
    "change_down": "down {amount} ({current} of the dose before, {start} of the first dose)",
    "change_up": "up {amount} ({current} of the dose before)",
    "change_drug_down": "{drug} down {amount}",
    "change_drug_up": "{drug} up {amount}",
    "about": "about {percent}",
    "none": "none",
    "none_day": "None today",
    "take_of": "{count} of {strength}",
    "take_named": "{count} ({name})",
    "take_other": "{count} of {name}",
    "take_volume": "{volume} ({dose}) of the liquid with {strength}, measured with: {device}",
    "take_drops": "{volume} ({dose}), counted with: {device}",
    "drop_one": "1 drop",
    "drop_many": "{number} drops",
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
    "mark_stop": "Stop: none from today",
    "mark_review": "Review",
    "mark_gap": "Not in this plan: ask your prescriber",
    "calendar_note": "Tick each box when you have taken the dose.",
    "key_new": "New dose: the first day of a new step",
    "key_review": "Review: see or call your prescriber",
    "what_to_do": "What to do",
    "who_to_call": "Who to call",
    "call_prescriber": "Prescriber",
    "call_phone": "Phone",
    "call_pharmacy": "Pharmacy",
    "call_emergency": "Emergency",
    "call_emergency_hint": "your emergency number",
    "days_list": "Every day",
    "plan": "plan {plan}",
    "no_plan": "no plan number",
    "revision": "revision {number}",
    "printed": "printed {date}",
    "page": "page {page} of {pages}",
}

_CLINICIAN = {
    "title": "Clinician\N{RIGHT SINGLE QUOTATION MARK}s sheet: {medicine}",
    "not_for_patient": "For the record. Do not hand to the patient.",
    "sheet": "clinician\N{RIGHT SINGLE QUOTATION MARK}s sheet",
    "order": "Order",
    "findings": "Findings",
    "no_findings": "Nothing found by the rules that could be evaluated.",
    "not_checked": "This schedule was printed without a check.",
    "severity_alert": "Alert",
    "severity_warning": "Warning",
    "severity_note": "Note",
    "label": "{severity} {code}",
    "when": "step {step}, {dates}",
    "advice": "What could be done: {advice}",
    "source": "Source: {source}",
    "status_READ": "",
    "status_READ_SECONDARY": "read in a copy, transcription or quotation",
    "acknowledged": "Acknowledged by {by}: {reason}",
    "not_evaluated": "Not evaluated",
    "steps": "Steps",
    "column_step": "Step",
    "column_dates": "Dates",
    "column_days": "Days",
    "column_total": "Daily dose",
    "column_target": "Ordered step",
    "column_cut": "Cut",
    "column_current": "of current",
    "column_start": "of start",
    "column_take": "Regimen",
    "stop": "stop",
    "none": "none",
    "supply": "Supply",
    "column_product": "Product",
    "column_needed": "Needed",
    "column_dispense": "Hand out",
    "supply_all": "Whole plan",
    "sources": "Sources of the patient\N{RIGHT SINGLE QUOTATION MARK}s text",
    "fact_drug": "Drug",
    "fact_country": "Country",
    "fact_start": "Start",
    "fact_first_cut": "First cut",
    "fact_change_on": "Doses change on",
    "fact_review": "Review every",
    "fact_stop_from": "Stop from",
    "fact_max_units": "Most pieces in one intake",
    "fact_spread": "Where cuts fall",
    "fact_reduce_first": "Reduced first",
    "fact_product": "Product",
    "fact_phase": "Phase {number}",
    "fact_hold": "Hold",
    "fact_check": "Checked by",
    "fact_patient": "Patient",
    "fact_origin": "Origin",
    "fact_stopped": "First day without",
    "fact_stays": "maintenance: no stop in this plan",
    "split": "split: {split}",
    "measured_with": "{device}, smallest line {graduation}",
    "counted_with": "{device}, in drops",
    "phase_reduce": "{reduce} every {every} until {until}",
    "phase_doses": "typed doses {doses} every {every}",
    "hold_text": "{length} on {date}",
    "hold_reason": "{length} on {date}: {reason}",
}

ENGLISH = Language(
    code="en",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    months_short=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    times=MappingProxyType({"morning": "Morning", "noon": "Noon", "evening": "Evening", "bedtime": "Bedtime"}),
    date="{day} {month} {year}",
    long_date="{weekday} {day} {month} {year}",
    count=count,
    days=_days,
    phrase=MappingProxyType(_PHRASES),
    what_to_do=_WHAT_TO_DO,
    clinician=MappingProxyType(_CLINICIAN),
)
