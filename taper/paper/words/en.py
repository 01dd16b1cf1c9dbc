"""English: plain words for patients, exact words for clinicians.

The medical sentences are our own; the facts in them carry their sources, which are printed on the
clinician's sheet.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from taper.paper.words.language import Language, Noun, Passage, Sentence
from taper.paper.words.locales import LOCALES
from taper.quantity import exact_text
from taper.source import Source

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

_TABLE9 = _pocket("Table 9, /21-22")
_STIMULUS = Source(
    "National Sleep Foundation, Sleep Disorders",
    "",
    "Chapter 2, Insomnia: stimulus control therapy, instructions 1 to 5",
    "https://sleepdisorders.thensf.org/chapter-2-insomnia/cbt-overview/cbt-stimulus-control/",
    "READ_SECONDARY",
)
_LIGHT = Source(
    "M. Twery, National Center on Sleep Disorders Research, quoted by Time",
    "2012",
    "5 ways to survive daylight saving time: soak in the sun",
    "https://healthland.time.com/2012/03/09/5-ways-to-survive-daylight-saving-time/slide/soak-in-the-sun/",
    "READ_SECONDARY",
)
_DRIVING = Source(
    "Patient.info, Diazepam - a benzodiazepine",
    "",
    "first box",
    "http://patient.info/medicine/diazepam-a-benzodiazepine",
    "READ_SECONDARY",
)
_MISSED = Source(
    "Changi General Hospital, Benzodiazepines: dosage and how to use",
    "",
    '"What should I do if I miss a dose?"',
    "https://www.cgh.com.sg/patient-care/medicine/benzodiazepines/dosage",
    "READ_SECONDARY",
)

MISSED_DOSE = Sentence(
    "If you forget a dose, take it when you think of it. If it is almost time for the next dose, "
    "leave the old one out. Never take two doses at once.",
    (_MISSED,),
)
"""What the handout says about a dose that was forgotten."""

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


_WHAT_TO_DO = (
    Passage(
        "Never stop suddenly",
        "firm",
        (
            Sentence(
                "Do not stop this medicine all at once, even if you feel well. "
                "If you stop or go down too fast, you can have a seizure (a fit). "
                "A seizure can put your life at risk.",
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
        "Call your prescriber this week",
        "firm",
        points=(
            Sentence(
                "Symptoms trouble you, or keep you from your sleep or your day. The plan can be slowed down or paused.",
                (_pocket("Recommendation 9, /7"), _pocket("6b, /3")),
            ),
            Sentence(
                "You feel very low, or others worry about you.",
                (_SYMPTOMS,),
            ),
            Sentence("You missed doses, or you took more than the plan says.", (_patient("/13"),)),
            Sentence("You are pregnant, or you plan to be.", (_pocket("Recommendations 28 and 29, /11"),)),
            Sentence("Someone gives you a new medicine."),
            Sentence("You will run out before your next pick-up."),
        ),
    ),
    Passage(
        "Every day",
        "plain",
        points=(
            Sentence("Take each dose at the time of day that the calendar shows, and tick its box."),
            Sentence(
                "Do not skip a dose, and do not take extra. Skipped doses can make withdrawal worse.",
                (_patient("/13"),),
            ),
            MISSED_DOSE,
            Sentence("Do not go down faster than this plan, even on good days.", (_FDA,)),
            Sentence(
                "Do not drink alcohol. Do not take opioids (strong pain medicine) or other medicine that makes "
                "you sleepy unless your prescriber knows.",
                (_pocket("Recommendations 16 and 17, /10"), _NSW),
            ),
            Sentence("Do not drive or use machines if you feel sleepy, slow or dizzy.", (_DRIVING,)),
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
            Sentence("Trouble with sleep, bad dreams, or too much sleep.", (_SYMPTOMS,)),
            Sentence("Headache, sweating, shaking, muscle pain or twitches, poor balance.", (_SYMPTOMS,)),
            Sentence("Stomach cramps, loose stools, feeling sick or being sick.", (_SYMPTOMS,)),
            Sentence(
                "Poor memory or focus, ringing ears, tingling, or light, sound and touch that feel too strong.",
                (_SYMPTOMS,),
            ),
        ),
    ),
    Passage(
        "If it gets hard",
        "plain",
        (
            Sentence(
                "You can ask for smaller steps, more time on a dose, or a pause.",
                (_patient("/9"), _pocket("6b, /3")),
            ),
            Sentence(
                "Now and then, people go back to the dose before for a while.",
                (_patient("/9"), _patient("FAQ, /19")),
            ),
            Sentence("Only change the plan with your prescriber."),
            Sentence(
                "It can help to move a little each day, drink enough water, and relax your muscles one by one.",
                (_TABLE9,),
            ),
        ),
    ),
    Passage(
        "Sleep without medicine",
        "plain",
        (
            Sentence("Bad nights can come while you go down.", (_SYMPTOMS,)),
            Sentence(
                "Ask about CBT-I: talks and tasks that teach you to sleep well again. It works on the thoughts "
                "and habits that keep you awake.",
                (_TABLE9, _pocket("Key takeaway 7, /3")),
            ),
        ),
        (
            Sentence("Get up at the same time each day, also after a bad night.", (_STIMULUS, _TABLE9)),
            Sentence("Go outside or sit in bright light in the morning.", (_LIGHT,)),
            Sentence("Near bedtime, leave out coffee, tea, energy drinks and alcohol.", (_TABLE9,)),
            Sentence("Do the same calm things each night before bed.", (_TABLE9,)),
            Sentence("Go to bed only when you are sleepy. Use your bed for sleep and sex only.", (_STIMULUS,)),
            Sentence(
                "If you lie awake for about 20 minutes, get up. Do something calm, and go back when you are sleepy. "
                "Do not watch the clock.",
                (_STIMULUS,),
            ),
            Sentence("Do not nap during the day.", (_STIMULUS,)),
        ),
    ),
)

_PHRASES = {
    "title": "Your {medicine} plan",
    "or": " or ",
    "comma": ", ",
    "unreviewed": "The {language} text is a translation that no clinician has checked.",
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
    "never": "Never stop this medicine suddenly. "
    "\N{LEFT DOUBLE QUOTATION MARK}What to do\N{RIGHT DOUBLE QUOTATION MARK} in this plan says when to call.",
    "stay": "After {date} stay on this dose until you and your prescriber decide together what comes next.",
    "steps": "Your steps",
    "chart": "Your dose over time",
    "chart_title": "{drug} a day",
    "chart_alt": "Step chart: {drug}, {first} a day from {start}, in {steps} to {last} from {end}.",
    "chart_alt_flat": "Step chart: {drug}, {first} a day from {start}.",
    "axis_day": "{day} {month}",
    "axis_year": "{month} {year}",
    "products": "What you take it from",
    "products_note": (
        "The drawings are signs, not photos: your own may have another shape or color. "
        "Go by the name and the strength on the box."
    ),
    "sentence_stop": "You go from {first} a day down to none in {steps}. It starts on {start}. "
    "The first day with none is {end}.",
    "sentence_goal": "You go from {first} a day to {last} a day in {steps}. It starts on {start}. "
    "You reach {last} a day on {end}.",
    "sentence_keep": "You take {first} a day, from {start} to {end}.",
    "sentence_drugs": "This plan is for {drugs}. It runs from {start} to {end}.",
    "fact_from": "Dose from this day",
    "only_weeks": "This paper shows {start} to {end} only. Ask for the next part in time.",
    "week_of": "Week of {date}",
    "column_day": "Day",
    "column_notes": "Notes",
    "dateless": "day {number}",
    "dateless_alone": "Day {number}",
    "dateless_span": "Days {start} to {end}",
    "dateless_column": "Day {number} of the week",
    "dateless_start": "Day 1 is: ____________________",
    "diary": "Sleep and symptom diary",
    "diary_note": "Fill in one row each morning. Write 0 for not at all, up to 10 for as bad as it can be. "
    "Bring it to each visit. Copy this page when it is full.",
    "diary_date": "Date",
    "diary_sleep": "Hours of sleep",
    "diary_anxiety": "Anxiety 0 to 10",
    "diary_muscles": "Muscle twitches or cramps 0 to 10",
    "diary_legs": "Restless legs 0 to 10",
    "diary_own": "My own: ______________ 0 to 10",
    "diary_notes": "Notes",
    "card": "Your dose now",
    "card_next": "From {date}: {dose} a day",
    "card_stop": "From {date}: none",
    "card_last": "Stay on this dose until you and your prescriber decide.",
    "card_never": "Do not stop suddenly. Seizure, confusion, seeing things, slow breathing, chest pain, "
    "or thoughts of suicide: call emergency.",
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
    "label_take": "take {doses}",
    "label_none": "take none",
    "label_dose": "{words} ({dose}) {time}",
    "label_amount": "{amount} {time}",
    "label_morning": "in the morning",
    "label_noon": "at noon",
    "label_evening": "in the evening",
    "label_bedtime": "at bedtime",
    "label_dates": "{doses} from {start} to {end} ({days})",
    "label_date": "{doses} on {start} ({days})",
    "label_days": "{doses} for {days}",
    "label_then": "{first}, then {next}",
    "label_stop": "{first}, then stop",
    "event": "{medicine}: {text}",
    "event_discreet": "Medicine, day {number}",
    "event_step": "Step {number}",
    "on_days": "on {days}",
    "on_monday": "Monday",
    "on_tuesday": "Tuesday",
    "on_wednesday": "Wednesday",
    "on_thursday": "Thursday",
    "on_friday": "Friday",
    "on_saturday": "Saturday",
    "on_sunday": "Sunday",
    "on_other_days": "on the other days",
    "dose_on_days": "{days}:\N{NO-BREAK SPACE}{dose}",
    "semicolon": "; ",
    "dateless_on_days": "on {days} of each week",
    "on_average": "on average {dose} a day",
    "summary_week": "From {first} a day to a dose that depends on the day of the week",
    "sentence_week": "You go from {first} a day to a dose that depends on the day of the week, in {steps}. "
    "It starts on {start}. You reach that dose on {end}.",
    "change_weekly": "the dose now depends on the day of the week",
    "change_pattern": "other doses on some days of the week",
    "change_daily": "now the same dose every day",
    "change_week_down": "{amount} less in a week",
    "change_week_up": "{amount} more in a week",
    "card_next_week": "From {date}: {dose}",
    "label_week": "{days} {doses}",
    "label_week_and": "{first}, and {next}",
    "label_week_none": "none",
    "label_week_take": "take {doses},",
    "fact_line": "{label}: {value}, {detail}.",
    "shape_circle": "circle",
    "shape_oval": "oval",
    "shape_square": "square",
    "shape_hexagon": "hexagon",
    "shape_diamond": "diamond",
    "shape_pentagon": "pentagon",
    "drug_shape": "{drug}: {shape}",
    "drugs_title": "More than one medicine: {drugs}",
    "drugs_apart": "They are not the same. Check the name on the box each time you take a dose.",
    "drugs_drawn": "In the drawings: {shapes}.",
    "drug_replaced": "From {start} to {end}, {new} takes the place of {old}, step by step.",
    "drug_replaced_at_once": "From {start}, {new} takes the place of {old}.",
    "drug_stays": "{drug} stays the same: {dose} a day.",
    "drug_waits": "{drug} stays the same until {date}: {dose} a day.",
    "drug_last": "Last day of {drug}: {date}. Do not take {drug} again after that day.",
    "revised_title": "Revision {number}",
    "revised_from": "From {date} this plan replaces the one before.",
    "revised_old": "From that day on, throw the old calendar away.",
    "revised_left": "Use what is left of your medicine first, in the doses of this plan. Bring what this plan "
    "does not use back to the pharmacy.",
    "calendar_revised": "revision {number}, from {date}",
    "card_revised": "Revision {number}, from {date}: from then on, throw older cards and calendars away.",
    "changed_title": "What is new",
    "changed_line": "{dates}: {after} instead of {before}",
    "changed_more": "There are more changes: see the calendar.",
    "changed_absent": "not in the plan",
    "changed_stop": "First day with none: {after} instead of {before}.",
    "changed_to_stop": "First day with none: {after}. The plan before had no such day.",
    "changed_to_stay": "This plan does not end with a stop. In the plan before, the first day with none was {before}.",
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
    "supply_all_past": "Whole plan, with what was handed out before the revision",
    "sources": "Sources of the patient\N{RIGHT SINGLE QUOTATION MARK}s text",
    "column_makeable": "Planned",
    "column_equivalent": "Diazepam equivalent",
    "column_occupancy": "Modeled occupancy",
    "range": "{low} to {high}",
    "no_value": "no published value",
    "models": "Tables and models",
    "model_tables": "Equivalence tables",
    "model_tables_text": "{tables}. A range is shown where they differ; none is right for everyone.",
    "model_occupancy": "Occupancy",
    "model_guidelines": "Guidelines",
    "reviews": "Review days",
    "reviews_none": "none ordered",
    "signature": "Signature",
    "sign_name": "Name",
    "sign_signature": "Signature",
    "sign_date": "Date",
    "pharmacy_title": "Pharmacy order: {medicine}",
    "pharmacy_notice": "Exact totals of the plan below. Whole pieces only; what is left is counted in the next fill.",
    "pharmacy_every": "Fill every",
    "pharmacy_max_days": "Most days in one fill",
    "pharmacy_period": "Plan",
    "fill": "Fill {number}: {dates} ({days})",
    "column_carried": "In hand",
    "column_left": "Left over",
    "column_stock": "At hand at the start",
    "column_handed": "Handed out",
    "column_so_far": "Handed out so far",
    "column_in_all": "In all: handed out before the revision, and to hand out",
    "labels": "Label texts",
    "label_long": "too long for a label of 140 characters; this is the text for 1,000 characters",
    "label_fits": "fits 140 characters",
    "pharmacy_total": "Whole plan",
    "pharmacy_halves": "Split pieces pair up: use the other part of a split tablet first.",
    "pharmacy_stock": "At hand at the start",
    "pharmacy_first": "{stock}, used first and already taken off what is to be handed out",
    "pharmacy_differs": "Not as recorded",
    "pharmacy_fewer": "{found} fewer at hand than the record adds up to",
    "pharmacy_more": "{found} more than the record adds up to",
    "pharmacy_ends": "A fill ends",
    "pharmacy_ends_text": "early, when the doses change; the next begins on that day",
    "pharmacy_anew": "The plan was revised: fills begin anew on {date}. What is left from before is used first "
    "and already taken off what is to be handed out.",
    "pharmacy_past": "Before the revision: {dates}",
    "pharmacy_no_products": "This plan gives doses only and names no products; they must be chosen first.",
    "record_stop": "{drugs} taper, plan {plan}, revision {revision}: from {first} a day on {start} in {steps} "
    "to none from {end}.",
    "record_goal": "{drugs} taper, plan {plan}, revision {revision}: from {first} a day on {start} in {steps} "
    "to {last} a day by {end}, then maintenance.",
    "record_drugs": "{drugs}, plan {plan}, revision {revision}: from {start} to {end}.",
    "record_now": "First cut on {date}, to {dose} a day.",
    "record_products": "From: {products}.",
    "record_worst": "Largest cut: {percent} of the current dose, at step {step}.",
    "record_reviews": "Reviews: {dates}.",
    "record_findings": "Checked: {alerts} alerts, {warnings} warnings, {notes} notes ({codes}); {skipped} rules not "
    "evaluated.",
    "record_clean": "Checked: nothing found; {skipped} rules not evaluated.",
    "record_unchecked": "Not checked.",
    "record_acknowledged": "{code} acknowledged by {by}: {reason}.",
    "record_never": "The patient\N{RIGHT SINGLE QUOTATION MARK}s paper says not to stop suddenly, and when to call.",
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
    "fact_merge": "Taken at one time",
    "fact_product": "Product",
    "fact_phase": "Phase {number}",
    "fact_hold": "Hold",
    "fact_check": "Checked by",
    "fact_patient": "Patient",
    "fact_language": "Patient\N{RIGHT SINGLE QUOTATION MARK}s paper",
    "reviewed": "{language}, translation checked by {by}",
    "unreviewed": "{language}, a translation that no clinician has checked",
    "fact_origin": "Origin",
    "fact_stopped": "First day without",
    "fact_stays": "maintenance: no stop in this plan",
    "split": "split: {split}",
    "measured_with": "{device}, smallest line {graduation}",
    "counted_with": "{device}, in drops",
    "phase_reduce": "{reduce} every {every} until {until}",
    "on_average": "on average {dose}",
    "record_worst_week": "Largest cut, by averages of weeks: {percent} of the current dose, at step {step}.",
    "record_now_week": "First change on {date}: {dose}.",
    "phase_doses": "typed doses {doses} every {every}",
    "merge_text": "from {dose} a day on, all at {time}",
    "hold_text": "{length} on {date}",
    "hold_reason": "{length} on {date}: {reason}",
    "fact_other": "Also taken",
    "fact_phase_now": "Phase {number} as revised",
    "phase_until": ", until {until}",
    "phase_finish": "as gently as possible by {finish}, a cut every {every}",
    "phase_weekly": "weekly patterns, each for {every}: {weeks}",
    "phase_switch": "switch to {drug} ({equivalence}), {portion} every {every}{first}",
    "phase_portion": "at most {portion} of the old drug",
    "phase_whole_intakes": "one whole intake",
    "phase_first": ", {times} first",
    "phase_together": "{phase}; begins with the phase before",
    "week_usual": "usually {dose}",
    "history": "Revisions",
    "column_revision": "Revision",
    "column_from": "From",
    "column_changes": "What changed",
    "column_reason": "Why",
    "column_by": "By",
    "changed": "Days that differ from the plan before",
    "changed_none": "No day differs.",
    "column_before": "Before",
    "column_after": "Now",
    "column_change": "Change",
    "event_hold": "hold {value}",
    "event_hold_until": "hold until {value} at least",
    "event_back": "back to the dose of the step before",
    "event_dose": "dose from now on {value}",
    "event_taken": "really taken: {value}",
    "event_since": "{taken}, since {since}",
    "event_reduce": "new step: {value}",
    "event_every": "new interval: {value}",
    "event_until": "new goal: {value}",
    "event_finish": "new finish: {value}",
    "event_stop_from": "last step to none from {value}",
    "event_phase": "new phases: {value}",
    "event_product": "new products: {value}",
    "event_max_units": "most pieces in one intake: {value}",
    "event_spread": "where cuts fall: {value}",
    "event_reduce_first": "reduced first: {value}",
    "event_merge": "{value}",
    "event_change_on": "doses change on {value}",
    "event_review_every": "review every {value}",
    "event_undo": "the revision before it is taken back",
    "event_stock": "counted at hand: {value}",
    "record_revision": "Revision {number} from {date}: {changes}{about}.",
    "record_by": "by {by}",
    "record_reason": "reason: {reason}",
}

ENGLISH = Language(
    code="en",
    name="English",
    own_name="English",
    reviewed_by="",
    locale=replace(LOCALES["en"], long_date="{weekday} {day} {month} {year}", percent="{number}\N{NO-BREAK SPACE}%"),
    times=MappingProxyType({"morning": "Morning", "noon": "Noon", "evening": "Evening", "bedtime": "Bedtime"}),
    nouns=MappingProxyType({"tablet": "tablet", "capsule": "capsule", "film": "film", "piece": "piece"}),
    count=count,
    forms=MappingProxyType(
        {
            "day": {"one": "1 day", "other": "{number} days"},
            "drop": {"one": "1 drop", "other": "{number} drops"},
            "step": {"one": "1 step", "other": "{number} steps"},
        }
    ),
    phrase=MappingProxyType(_PHRASES),
    what_to_do=_WHAT_TO_DO,
    clinician=MappingProxyType(_CLINICIAN),
)
"""The original; percentages with a space and long dates without a comma, as the findings write them."""
