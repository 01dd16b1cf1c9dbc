"""What one plan's page tells: the passages that every plan has, with what this plan needs put in their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from taper.paper.words.language import Passage, Sentence
from taper.source import Source
from taper.values import dataclass

if TYPE_CHECKING:
    from taper.paper.words.language import Language

Missed = Literal["day", "night", "both", "named"]
Block = Literal["why", "benefits", "bad_nights", "anxiety", "sleep_course", "falls", "lasting", "cramps"]
SKIPPED_DOSE = (3, 1)
"""Where "do not skip a dose" stands in every language: the passage of its page, and the place in the list."""
MISSED_DOSE = (3, 2)
SUICIDE = (1, 3)
URGENT, WITHDRAWAL, HARD, SLEEP = 1, 4, 5, 6
SLEEP_COURSE = 1
"""Where the sentence about a course for sleep stands in the text of its passage."""

_POCKET = Source(
    "ASAM Joint Clinical Practice Guideline on Benzodiazepine Tapering, pocket guide",
    "2025",
    "Table 2, /8",
    "https://eguideline.guidelinecentral.com/i/1532950",
    "READ",
)
_JESMOND = Source(
    "Jesmond Health Partnership (NHS practice), Benzodiazepines and Z-drugs",
    "page as stored",
    "Why should I think about stopping; How should I stop",
    "https://jesmondhealthpartnership.co.uk/Resources/benzodiazepines-and-z-drugs",
    "READ_SECONDARY",
)
_NI = Source(
    "Northern Ireland Formulary",
    "page as stored",
    "4.10.3, fast elimination; length of use",
    "https://niformulary.hscni.net/formulary/4-0-central-nervous-system/4-10-drugs-used-in-substance-dependence/"
    "4-10-3-benzodiazepines-addiction-and-withdrawal/",
    "READ",
)
_HAS = Source(
    "HAS, arrêt des benzodiazépines", "2007 and 2015", "risk factors: attempts that failed", "", "READ_SECONDARY"
)
_FDA = Source("FDA Drug Safety Communication on benzodiazepines", "2020", "23 September 2020", "", "READ")
_REBOUND = Source(
    "Roehrs, Vogel and Roth, Rebound insomnia: its determinants and significance",
    "Am J Med 1990;88(3A)",
    "abstract: one or two nights",
    "https://www.semanticscholar.org/paper/05ded6c18b1e6c948d162c6ea7ddbe54a28912da",
    "READ_SECONDARY",
)
_DEPRESCRIBING = Source(
    "deprescribing.org BZRA deprescribing algorithm, transcribed",
    "2018",
    "engaging patients: usually mild, days to a few weeks",
    "",
    "READ_SECONDARY",
)
_BAD_NIGHT = Source(
    "Sleep advice of the Royal College of Psychiatrists, as printed for Newham",
    "page as stored",
    "the occasional night without sleep",
    "https://newham.million-miles-together.org/health-nutrition/sleep-advice/",
    "READ_SECONDARY",
)
_AASM = Source(
    "American Academy of Sleep Medicine, Sleep tips during isolation: preventing insomnia",
    "page as stored",
    "What to do after a poor night's sleep",
    "https://sleepeducation.org/sleep-tips-during-isolation-preventing-insomnia/",
    "READ_SECONDARY",
)
_RACGP = Source(
    "RACGP, Prescribing drugs of dependence in general practice, Part B",
    "revised 6 November 2019",
    "chapter 5: protracted symptoms",
    "https://www.racgp.org.au/your-practice/guidelines/drugs-of-dependence-b/",
    "READ",
)
_RACGP_ANXIETY = replace(
    _RACGP,
    locator="2.3, key points and recommendation 6",
    url="http://www.racgp.org.au/your-practice/guidelines/drugs-of-dependence-b/"
    "2-evidence-based-guidance-for-benzodiazepines/23-anxiety-disorders/",
    status="READ_SECONDARY",
)
_NHS_ANXIETY = Source(
    "NHS, Treatment: generalised anxiety disorder in adults",
    "page as stored",
    "Guided self-help and cognitive behavioural therapy",
    "http://www.nhs.uk/conditions/Anxiety/pages/treatment.aspx",
    "READ_SECONDARY",
)
_CDC = Source(
    "CDC, Medications can be linked to injuries as we age",
    "2025",
    "information collection 0920, whole page",
    "http://www.m.omb.report/icr/202505-0920-006/doc/157382600",
    "READ_SECONDARY",
)
_MAGNESIUM = Source(
    "Garrison and others, Magnesium for skeletal muscle cramps (Cochrane CD009402.pub3)",
    "2020",
    "abstract",
    "https://www.painpluscpn.ca/Home/Article/98933",
    "READ_SECONDARY",
)
_SYMPTOMS = replace(_POCKET, locator="Table 3, /9")
_COURSE = replace(_POCKET, locator="Recommendation 10, /7")
_ZOLPIDEM = Source(
    "US label of zolpidem (openFDA)",
    "updated 29 September 2026",
    "2.1: once a night, 7 to 8 hours before waking",
    "https://api.fda.gov/drug/label.json?search=set_id%3A%22907c7b18-2638-512c-e053-2995a90ae6fd%22",
    "READ",
)
_ZOPICLONE = Source(
    "Zopiclone 7.5 mg film-coated tablets, SmPC (copy)",
    "not dated",
    "4.2: not again in the same night",
    "https://www.allfiveoceans.com/how-uk/zopiclone-7-5-mg-how-many-can-i-take.html",
    "READ_SECONDARY",
)
_MIMS = Source(
    "MIMS Malaysia, patient medicine information, zopiclone oral",
    "as stored",
    "forgotten dose",
    "https://prdmimsweb.azurewebsites.net/malaysia/drug/info/zopiclone/patientmedicine/zopiclone%2B-%2Boral",
    "READ_SECONDARY",
)
_CHANGI = Source(
    "Changi General Hospital, Benzodiazepines: dosage and how to use",
    "",
    '"What should I do if I miss a dose?"',
    "https://www.cgh.com.sg/patient-care/medicine/benzodiazepines/dosage",
    "READ_SECONDARY",
)
_NIGHT = (_ZOLPIDEM, _ZOPICLONE, _MIMS)

TOLD: Mapping[str, tuple[Source, ...]] = {
    "missed_day": (_CHANGI,),
    "missed_night": _NIGHT,
    "missed_both": (_CHANGI, *_NIGHT),
    "missed_named": (_CHANGI, *_NIGHT),
    "why": (_JESMOND, _FDA),
    "speed": (_POCKET, _NI, _HAS, _FDA),
    "benefits": (_JESMOND,),
    "bad_nights": (_REBOUND, _DEPRESCRIBING, _BAD_NIGHT, _AASM),
    "lasting": (_RACGP,),
    "anxiety": (_NHS_ANXIETY, _RACGP_ANXIETY, _COURSE),
    "falls": (_CDC,),
    "cramps": (_SYMPTOMS, _MAGNESIUM),
}
"""Where each sentence beside the page of every plan comes from, by its name in the phrases."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What the page of one plan needs.

    Attributes:
        sleeping_pills: The Z-drugs of the plan, as the page names them; empty if it has none.
        no_dose_days: Whether the plan has days without a dose before it ends.
        fewer: Whether its days differ in when something is taken.
        missed: What holds for a dose that was forgotten.
        night_only: What is never taken by day, as the page names it, for ``named``.
        emergency: The number to call; empty if it is not known.
        crisis: The line against suicide; empty if it is not known.
        numbers: Where the two numbers stand.
        blocks: What is told beside the page of every plan.
        several: Whether the plan has more than one medicine.
        note: A note of the clinic; empty if there is none.
    """

    sleeping_pills: str = ""
    no_dose_days: bool = False
    fewer: bool = False
    missed: Missed = "day"
    night_only: str = ""
    emergency: str = ""
    crisis: str = ""
    numbers: tuple[Source, ...] = ()
    blocks: frozenset[Block] = frozenset()
    several: bool = False
    note: str = ""


def plural_name(name: str, words: Language, *, several: bool) -> str:
    """Return the name of what a phrase says of several medicines; its own, where it does not differ.

    Args:
        name: Name of the phrase.
        words: The language.
        several: Whether there is more than one medicine.
    """
    return f"{name}_all" if several and f"{name}_all" in words.phrase else name


def missed_dose(words: Language, kind: Missed, night_only: str = "") -> Sentence:
    """Return what is done about a dose that was forgotten, by when it is taken.

    Args:
        words: The language.
        kind: By day, at night, both, or with drugs that are named because they are never taken by day.
        night_only: Their names.
    """
    name = f"missed_{kind}"
    return Sentence(words.phrase[name].format(medicine=night_only), TOLD[name])


def told(words: Language, telling: Telling) -> tuple[Passage, ...]:
    """Return the page of one plan in one language."""
    passages = list(words.what_to_do)
    if telling.several:
        first, *others = passages[0].lead
        passages[0] = replace(passages[0], lead=(replace(first, text=words.phrase["stop_all"]), *others))
    if telling.sleeping_pills:
        exception = replace(words.asleep, text=words.asleep.text.format(medicine=telling.sleeping_pills))
        passages[0] = replace(passages[0], lead=(*passages[0].lead, exception))
    _put(passages, MISSED_DOSE, missed_dose(words, telling.missed, telling.night_only))
    skipped = _skipped(words, telling)
    if skipped is not None:
        _put(passages, SKIPPED_DOSE, skipped)
    _numbers(passages, words, telling)
    return tuple(_blocks(passages, words, telling))


def _put(passages: list[Passage], place: tuple[int, int], sentence: Sentence) -> None:
    passage, number = place
    points = list(passages[passage].points)
    points[number] = sentence
    passages[passage] = replace(passages[passage], points=tuple(points))


def _skipped(words: Language, telling: Telling) -> Sentence | None:
    """Return what stands for "do not skip a dose" where that would be read wrong."""
    if telling.no_dose_days:
        text = words.no_dose_days.text.format(none=words.phrase["none_day"])
        return replace(words.no_dose_days, text=text)
    return Sentence(words.phrase["fewer"], words.no_dose_days.sources) if telling.fewer else None


def _numbers(passages: list[Passage], words: Language, telling: Telling) -> None:
    """Write the numbers to call into the passage of what is urgent, with their sources."""
    if telling.emergency:
        title = words.phrase["urgent_call"].format(emergency=telling.emergency)
        passages[URGENT] = replace(passages[URGENT], title=title)
    passage, number = SUICIDE
    suicide = passages[passage].points[number]
    more = f" {words.phrase['crisis_too'].format(crisis=telling.crisis)}" if telling.crisis else ""
    _put(passages, SUICIDE, Sentence(f"{suicide.text}{more}", (*suicide.sources, *telling.numbers)))


def _blocks(passages: list[Passage], words: Language, telling: Telling) -> list[Passage]:
    """Put in what is told beside the page of every plan, each in its place."""
    told, say = telling.blocks, words.phrase

    def sentences(*names: str) -> tuple[Sentence, ...]:
        return tuple(Sentence(say[plural_name(name, words, several=telling.several)], TOLD[name]) for name in names)

    def passage(name: str) -> list[Passage]:
        return [Passage(say[f"{name}_title"], "plain", sentences(name))] if name in told else []

    sleep, lead = passages[SLEEP], list(passages[SLEEP].lead)
    if "sleep_course" not in told:
        del lead[SLEEP_COURSE]
    if "bad_nights" in told:
        lead[1:1] = sentences("bad_nights")
    passages[SLEEP] = replace(sleep, lead=tuple(lead))
    if "benefits" in told:
        passages[HARD] = replace(passages[HARD], lead=(*sentences("benefits"), *passages[HARD].lead))
    if "lasting" in told:
        passages[WITHDRAWAL] = replace(passages[WITHDRAWAL], lead=(*passages[WITHDRAWAL].lead, *sentences("lasting")))
    why = [Passage(say["why_title"], "plain", sentences("why", "speed"))] if "why" in told else []
    note = [Passage(say["note_title"], "firm", (Sentence(telling.note),))] if telling.note else []
    return [
        *passages[:WITHDRAWAL],
        *note,
        *passage("falls"),
        *why,
        *passages[WITHDRAWAL:SLEEP],
        *passage("cramps"),
        *passage("anxiety"),
        *passages[SLEEP:],
    ]
