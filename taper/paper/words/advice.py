"""The advice of the handout in English, each sentence with its source; other languages translate it."""

from __future__ import annotations

from taper.paper.words.language import Passage, Sentence
from taper.paper.words.telling import TOLD
from taper.paper.words.tells import TELLS
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
_SLEEPWALKING = Source(
    "FDA Drug Safety Communication on sleepwalking with certain prescription insomnia medicines",
    "2019",
    "30 April 2019, boxed warning of zolpidem, zaleplon and eszopiclone",
    "https://www.fda.gov/drugs/drug-safety-and-availability/"
    "fda-adds-boxed-warning-risk-serious-injuries-caused-sleepwalking-certain-prescription-insomnia",
    "READ",
)
_SLEEPWALKING_ZOPICLONE = Source(
    "NHS Specialist Pharmacy Service, Revised SPC: Zimovane (zopiclone)",
    "",
    "commentary",
    "https://www.medicinesresources.nhs.uk/revised-spc-zimovane-zopiclone-7-5mg-film-coated-tablets.html",
    "READ",
)
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
_CHARACTERISTIC = Source(
    "Benzodiazepine withdrawal symptoms, from GPnotebook",
    "last reviewed 01/2018",
    "symptoms relatively specific to benzodiazepine withdrawal",
    "https://nursing-notebook.com/simplepage.cfm?ID=x20111116174146106296&linkID=74489",
    "READ_SECONDARY",
)
_MOVING = Source(
    "List of symptoms associated with benzodiazepines and withdrawal, Kilen, Sweden",
    "",
    "Changes in perception: a sense of instability",
    "https://benzo.org.uk/kilenlist.htm",
    "READ_SECONDARY",
)
_HYGIENE = Source(
    "Breathe (European Respiratory Society), advice on sleep hygiene that can be given in primary care",
    "",
    "Table 8",
    "https://breathe.ersjournals.com/highwire/markup/11131/expansion",
    "READ",
)
_HYGIENE_NIH = Source(
    "Twelve tips for healthy sleep, from the US National Institutes of Health",
    "",
    "exercise; nicotine; large meals; bedroom dark and cool",
    "https://doctorthangs.in/post-details/12-tips-for-healthy-sleep",
    "READ_SECONDARY",
)
MISSED_DOSE = Sentence(TELLS["en"]["missed_day"], TOLD["missed_day"])
"""What the handout says about a dose that was forgotten, where it is taken by day."""

NO_DOSE_DAYS = Sentence(
    "On days marked \N{LEFT DOUBLE QUOTATION MARK}{none}\N{RIGHT DOUBLE QUOTATION MARK}, take no dose. "
    "Do not skip any other dose, and do not take extra doses. Skipping doses can make withdrawal worse.",
    (_patient("/13"),),
)
"""Stands for "do not skip a dose" where a plan has days without one; a template, filled with their mark."""

ASLEEP = Sentence(
    "There is one exception. Did you walk, drive, eat or do other things while not fully awake? "
    "Then stop taking {medicine} and call your prescriber the same day.",
    (_SLEEPWALKING, _SLEEPWALKING_ZOPICLONE),
)
"""The exception to "never stop suddenly", for the papers of a Z-drug; a template, filled with its name."""

WHAT_TO_DO = (
    Passage(
        "Never stop suddenly",
        "firm",
        (
            Sentence(
                "Do not stop this medicine all at once, even if you feel well. "
                "Stopping or cutting down too fast can cause a seizure (a fit). "
                "A seizure can be life-threatening.",
                (_FDA, _ABRUPT),
            ),
            Sentence("If you run out early or lose your medicine, call your prescriber or pharmacist right away."),
        ),
    ),
    Passage(
        "Get help right now: you, or someone with you, should call your emergency number if",
        "urgent",
        points=(
            Sentence("You have a seizure (a fit).", (_SYMPTOMS, _LOREEV)),
            Sentence("You are confused and do not know where you are or what is going on.", (_SYMPTOMS, _LOREEV)),
            Sentence("You see, hear or believe things that are not real.", (_SYMPTOMS, _LOREEV)),
            Sentence("You are thinking about harming or killing yourself.", (_SYMPTOMS, _LOREEV)),
            Sentence("You have chest pain, or your heart is pounding and will not slow down.", (_SYMPTOMS,)),
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
                "Symptoms bother you, or get in the way of your sleep or your day. "
                "The plan can be slowed down or paused.",
                (_pocket("Recommendation 9, /7"), _pocket("6b, /3")),
            ),
            Sentence(
                "You feel very low, or others worry about you.",
                (_SYMPTOMS,),
            ),
            Sentence("You missed doses, or you took more than the plan says.", (_patient("/13"),)),
            Sentence("You are pregnant, or you plan to be.", (_pocket("Recommendations 28 and 29, /11"),)),
            Sentence("You are given a new medicine, or want to take one, even without a prescription."),
            Sentence("Your medicine will not last until your next refill."),
        ),
    ),
    Passage(
        "Every day",
        "plain",
        points=(
            Sentence("Take each dose at the time the calendar shows, then check off its box."),
            Sentence(
                "Do not skip doses, and do not take extra doses. Skipping doses can make withdrawal worse.",
                (_patient("/13"),),
            ),
            MISSED_DOSE,
            Sentence("Do not cut down faster than this plan, even on good days.", (_FDA,)),
            Sentence(
                "Do not drink alcohol. Do not take opioids (strong pain medicine) or other medicines that make "
                "you sleepy, unless your prescriber knows about it.",
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
                "Everyone is different. Some people feel little, others a lot, even on a slow taper.",
                (_patient("/10"),),
            ),
            Sentence(
                "Symptoms can start up to a week after a cut. They may get stronger near the end.",
                (_patient("/10"),),
            ),
        ),
        (
            Sentence("Feeling anxious, panicky, low, restless or easily annoyed.", (_SYMPTOMS,)),
            Sentence("Trouble sleeping, bad dreams, or sleeping too much.", (_SYMPTOMS,)),
            Sentence("Headache, sweating, shaking, muscle pain or twitches, poor balance.", (_SYMPTOMS,)),
            Sentence("Stomach cramps, loose stools, nausea or throwing up.", (_SYMPTOMS,)),
            Sentence("Trouble remembering or focusing, ringing in your ears, or tingling.", (_SYMPTOMS,)),
            Sentence(
                "Light, sound, touch, tastes or smells may feel too strong. The floor may seem to move.",
                (_SYMPTOMS, _CHARACTERISTIC, _MOVING),
            ),
        ),
    ),
    Passage(
        "If it gets hard",
        "plain",
        (
            Sentence(
                "You can ask for smaller steps, more time at the same dose, or a pause.",
                (_patient("/9"), _pocket("6b, /3")),
            ),
            Sentence(
                "Sometimes people go back to the previous dose for a while.",
                (_patient("/9"), _patient("FAQ, /19")),
            ),
            Sentence("Change the plan only together with your prescriber."),
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
            Sentence("You may sleep badly while your dose comes down.", (_SYMPTOMS,)),
            Sentence(
                "Ask about CBT-I (cognitive behavioral therapy for insomnia): a course that helps you sleep "
                "without medicine. The course works on the thoughts and habits that keep you awake.",
                (_TABLE9, _pocket("Key takeaway 7, /3")),
            ),
        ),
        (
            Sentence("Get up at the same time every day, even after a bad night.", (_STIMULUS, _TABLE9)),
            Sentence("Go outside or sit in bright light in the morning.", (_LIGHT,)),
            Sentence(
                "Close to bedtime, avoid coffee, tea, energy drinks, alcohol, tobacco and big meals.",
                (_TABLE9, _HYGIENE, _HYGIENE_NIH),
            ),
            Sentence("Do the same calm things each night before bed.", (_TABLE9,)),
            Sentence("Go to bed only when you are sleepy. Use your bed for sleep and sex only.", (_STIMULUS,)),
            Sentence(
                "If you lie awake for about 20 minutes, get up. Do something calm, and go back when you are sleepy. "
                "Do not watch the clock.",
                (_STIMULUS,),
            ),
            Sentence("Do not nap during the day.", (_STIMULUS,)),
            Sentence("Exercise by day, but not in the last hours before bed.", (_HYGIENE, _HYGIENE_NIH)),
            Sentence("Keep your bedroom cool, dark and quiet.", (_HYGIENE, _HYGIENE_NIH)),
        ),
    ),
)
