"""Dutch. A translation of the English text, not checked by a clinician.

Volumes stay "mL", as in every language here: a lone l is read as a 1. The number to call comes from the country.
"""

from __future__ import annotations

from types import MappingProxyType

from taper.paper.words.box_label import BOX_LABEL
from taper.paper.words.counting import Forms, counter
from taper.paper.words.en import ENGLISH
from taper.paper.words.language import Language, Noun, Sentence
from taper.paper.words.locales import LOCALES
from taper.paper.words.product_names import NAMES
from taper.paper.words.revision import REVISION
from taper.paper.words.several import SEVERAL
from taper.paper.words.sheets import words_of
from taper.paper.words.sheets.counts import COUNTS
from taper.paper.words.taking import TAKING
from taper.paper.words.tells import TELLS
from taper.paper.words.translation import Texts, translated


def _forms(one: str, many: str, *, half: str = "halve") -> Forms:
    return Forms(
        whole={"one": f"{{number}} {one}", "other": f"{{number}} {many}"},
        before={"one": "{number}", "other": "{number}"},
        alone=(f"een kwart {one}", f"een {half} {one}", f"driekwart {one}"),
        behind=(f"en een kwart {one}", f"en een {half} {one}", f"en driekwart {one}"),
    )


_NOUNS: dict[Noun, Forms] = {
    "tablet": _forms("tablet", "tabletten"),
    "capsule": _forms("capsule", "capsules"),
    "film": _forms("film", "films"),
    "piece": _forms("stuk", "stuks", half="half"),
}

_NO_DOSE_DAYS = (
    "Neem geen dosis op dagen waar “{none}” staat. Sla verder geen dosis over en neem niet meer dan "
    "in het plan staat. Doses overslaan kan de ontwenningsverschijnselen erger maken."
)

_WHAT_TO_DO: tuple[Texts, ...] = (
    (
        "Stop nooit ineens",
        (
            "Stop niet in één keer met dit medicijn, ook niet als u zich goed voelt. "
            "Als u ineens stopt of te snel afbouwt, kunt u een epileptische aanval krijgen. "
            "Een aanval kan levensgevaarlijk zijn.",
            "Raakt uw medicijn te vroeg op of bent u het kwijt? Bel dan meteen uw arts of apotheker.",
        ),
        (),
    ),
    (
        "Zoek meteen hulp: bel het alarmnummer",
        (),
        (
            "U krijgt een epileptische aanval.",
            "U bent verward: u weet niet waar u bent of wat er gebeurt.",
            "U ziet, hoort of gelooft dingen die niet echt zijn.",
            "U denkt eraan uzelf iets aan te doen of een eind aan uw leven te maken.",
            "U hebt pijn op de borst, of uw hart bonst hard en dat gaat niet over.",
            "Uw ademhaling is traag of oppervlakkig, of u bent zo slaperig dat anderen u bijna niet wakker krijgen.",
        ),
    ),
    (
        "Bel deze week uw arts",
        (),
        (
            "De klachten hinderen u, of u kunt er niet door slapen of uw gewone dingen niet door doen. "
            "Het afbouwen kan langzamer, of u kunt even pauzeren.",
            "U voelt zich heel somber, of anderen maken zich zorgen over u.",
            "U hebt doses overgeslagen of vergeten, of u hebt meer ingenomen dan in het plan staat.",
            "U bent zwanger, of u wilt zwanger worden.",
            "U krijgt een nieuw medicijn.",
            "U hebt niet genoeg medicijnen tot u weer nieuwe kunt ophalen.",
        ),
    ),
    (
        "Elke dag",
        (),
        (
            "Neem elke dosis in op het moment van de dag dat in de kalender staat. Zet een kruisje in het vakje.",
            "Sla geen dosis over en neem niet meer dan in het plan staat. Doses overslaan kan de "
            "ontwenningsverschijnselen erger maken.",
            TELLS["nl"]["missed_day"],
            "Bouw niet sneller af dan in dit plan staat, ook niet op goede dagen.",
            "Drink geen alcohol. Neem geen opioïden (sterke pijnstillers) of andere medicijnen waar u slaperig van "
            "wordt: overleg altijd eerst met uw arts.",
            "Rijd niet en gebruik geen machines als u zich slaperig, traag of duizelig voelt.",
            "Neem dit plan mee naar elke afspraak.",
        ),
    ),
    (
        "Wat u kunt merken (ontwenningsverschijnselen)",
        (
            "Iedereen is anders. De een merkt weinig, de ander veel, ook als het afbouwen langzaam gaat.",
            "Na een verlaging kan het tot een week duren voordat de klachten beginnen. "
            "Tegen het einde van het afbouwen kunnen ze sterker worden.",
        ),
        (
            "Angst, paniek, somberheid, onrust of snel geïrriteerd zijn.",
            "Slecht slapen, nare dromen of te veel slapen.",
            "Hoofdpijn, zweten, trillen, spierpijn of spiertrekkingen, problemen met het evenwicht.",
            "Buikkrampen, dunne ontlasting, misselijk zijn of overgeven.",
            "Problemen met geheugen of concentratie, oorsuizen of tintelingen.",
            "Slecht tegen licht, geluid, aanraking, smaken of geuren kunnen. De vloer kan lijken te bewegen.",
        ),
    ),
    (
        "Als het moeilijk wordt",
        (
            "U kunt vragen om kleinere stappen, langer dezelfde dosis of een pauze.",
            "Soms stelt de arts voor om een tijdje terug te gaan naar de vorige dosis.",
            "Verander het plan niet zelf: overleg eerst met uw arts.",
            "Het kan helpen om elke dag wat te bewegen, genoeg water te drinken "
            "en uw spieren één voor één te ontspannen.",
        ),
        (),
    ),
    (
        "Slapen zonder medicijn",
        (
            "U kunt slecht slapen tijdens het afbouwen.",
            "Vraag naar CGT-I (cognitieve gedragstherapie bij slapeloosheid): gesprekken en opdrachten waarmee u "
            "weer goed leert slapen. Deze therapie richt zich op de gedachten en gewoontes die u wakker houden.",
        ),
        (
            "Sta elke dag op dezelfde tijd op, ook na een slechte nacht.",
            "Ga ’s ochtends naar buiten of ga in fel licht zitten.",
            "Kort voor het slapen: geen koffie, thee, energiedrank, alcohol, tabak of grote maaltijd.",
            "Doe elke avond voor het slapen dezelfde rustige dingen.",
            "Ga pas naar bed als u slaperig bent. Gebruik uw bed alleen om te slapen en voor seks.",
            "Ligt u ongeveer 20 minuten wakker? Sta dan op. Doe iets rustigs en ga terug als u slaperig bent. "
            "Kijk niet op de klok.",
            "Doe overdag geen dutje.",
            "Sport of beweeg overdag, maar niet in de laatste uren voor het slapen.",
            "Houd uw slaapkamer koel, donker en stil.",
        ),
    ),
)

_PHRASES = {
    **BOX_LABEL["nl"],
    "title": "Uw schema voor {medicine}",
    "or": " of ",
    "nor": " en zonder ",
    "comma": ", ",
    "unreviewed": "Deze tekst in het {language} is een vertaling die door geen enkele zorgverlener is nagekeken.",
    "and": "{first} en {last}",
    "summary_stop": "Van {first} per dag tot helemaal stoppen",
    "summary_goal": "Van {first} per dag naar {last} per dag",
    "summary_keep": "{first} per dag",
    "summary_drugs": "{drugs}, stap voor stap",
    "fact_now": "Eerste dosis van dit plan",
    "fact_next": "Eerste nieuwe dosis",
    "fact_stop": "Eerste dag zonder {medicine}",
    "fact_end": "Laatste dag van dit plan",
    "a_day": "{dose} per dag",
    "on_date": "op {date}",
    "for_patient": "Voor {name}",
    "prescriber": "Voorgeschreven door: {name}",
    "phone": "Vragen? Bel {phone}",
    "never": "Stop nooit ineens met dit medicijn. Bij “Wat moet u doen?” in dit plan staat wanneer u moet bellen.",
    "stay": "Blijf na {date} deze dosis nemen tot u en uw arts samen besluiten hoe u verdergaat.",
    "steps": "Uw stappen",
    "chart": "Verloop van uw dosis",
    "chart_title": "Dosis per dag: {drug}",
    "chart_alt": "Trapgrafiek: {drug}, {first} per dag vanaf {start}, in {steps}; daarna {last}, vanaf {end}.",
    "chart_alt_flat": "Trapgrafiek: {drug}, {first} per dag vanaf {start}.",
    "chart_band": "De lijn is uw gemiddelde dosis per dag. "
    "De band loopt van de laagste dosis op een dag tot de hoogste.",
    "axis_day": "{day} {month}",
    "axis_year": "{month} {year}",
    "products": "Uw medicijnen",
    "products_note": "De tekeningen zijn symbolen, geen foto’s: uw eigen medicijn kan een andere vorm of kleur "
    "hebben. Let op de naam en de sterkte (mg) op het doosje.",
    "sentence_stop": "U begint met {first} per dag, bouwt af in {steps} en stopt dan helemaal. U begint op {start}. "
    "De eerste dag zonder {medicine} is {end}.",
    "sentence_goal": "U gaat van {first} per dag naar {last} per dag in {steps}. U begint op {start}. Vanaf {end} "
    "neemt u {last} per dag.",
    "sentence_keep": "U neemt {first} per dag, van {start} tot en met {end}.",
    "sentence_drugs": "Dit schema is voor {drugs}. Het loopt van {start} tot en met {end}.",
    "only_weeks": "Op dit blad staan alleen de dagen van {start} tot en met {end}. Vraag op tijd om het volgende deel.",
    "week_of": "Week van {date}",
    "column_day": "Dag",
    "column_notes": "Notities",
    "dateless": "dag {number}",
    "dateless_alone": "Dag {number}",
    "dateless_span": "Dag {start} tot en met {end}",
    "dateless_column": "Dag {number} van de week",
    "dateless_start": "Dag 1 is: ____________________",
    "diary": "Dagboek van slaap en klachten",
    "diary_note": "Vul elke ochtend één rij in. Schrijf 0 voor helemaal niet, tot 10 voor het ergst denkbare. Neem "
    "het mee naar elke afspraak. Kopieer deze pagina voordat u begint.",
    "diary_date": "Datum",
    "diary_sleep": "Uren slaap",
    "diary_anxiety": "Angst 0 tot 10",
    "diary_muscles": "Spiertrekkingen of kramp 0 tot 10",
    "diary_legs": "Rusteloze benen 0 tot 10",
    "diary_own": "Andere klacht: __________ 0 tot 10",
    "diary_notes": "Notities",
    "card": "Uw dosis nu",
    "card_next": "Vanaf {date}: {dose} per dag",
    "card_stop": "Vanaf {date}: niet meer innemen",
    "card_last": "Blijf deze dosis nemen tot u met uw arts iets anders afspreekt.",
    "card_never": "Stop niet ineens. Epileptische aanval, verwardheid, dingen zien die er niet zijn, trage ademhaling, "
    "pijn op de borst of gedachten aan zelfdoding: bel het alarmnummer.",
    "doses_only": "Dit plan geeft alleen doses. Vraag uw apotheker hoe u elke dosis samenstelt.",
    "column_step": "Stap",
    "column_dates": "Data",
    "column_total": "Per dag",
    "column_take": "Wat u inneemt",
    "column_change": "Verandering",
    "step_now": "Begin",
    "step_stop": "Stop",
    "from_to": "{start} tot en met {end}",  # "t/m" breaks at its slash
    "one_day": "{start}",
    "from": "vanaf {start}",
    "change_first": "eerste dosis van dit plan",
    "change_none": "geen verandering",
    "change_down": "{amount} minder ({current} van de vorige dosis, {start} van de eerste dosis)",
    "change_up": "{amount} meer ({current} van de vorige dosis)",
    "change_drug_down": "{drug} {amount} minder",
    "change_drug_up": "{drug} {amount} meer",
    "about": "ongeveer {percent}",
    "none": "geen dosis",
    "no_amount": "geen",
    "none_day": "Vandaag geen dosis",
    "take_of": "{count} van\N{NO-BREAK SPACE}{strength}",
    "take_each": "{count} van\N{NO-BREAK SPACE}{strength}",
    "take_mixed": "{count} van\N{NO-BREAK SPACE}{strength}",
    "take_quarter": "{count} van\N{NO-BREAK SPACE}{strength}",
    "take_half": "{count} van\N{NO-BREAK SPACE}{strength}",
    "take_three_quarters": "{count} van\N{NO-BREAK SPACE}{strength}",
    "take_named": "{count} ({name})",
    "take_other": "{count} van {name}",
    "take_volume": "{volume} ({dose}) van de drank van {strength}, af te meten met: {device}",
    "take_drops": "{volume} ({dose}), te tellen met: {device}",
    "measured_first": "{measure} ({dose})",
    "powder": "{weight} poeder",
    "take_powder": "{powder} ({dose}) van {name}, af te wegen met: {device}",
    "shake": "{name}: schud het flesje vóór elke dosis.",
    "weight": "{name}: een hele tablet weegt {weight}. De dosis wordt als poeder afgewogen. Het gewicht van "
    "het poeder is niet de dosis in mg.",
    "discard": "{name}: als u er een deelt, gooi het andere deel dan weg. Bewaar het niet voor de volgende dosis.",
    "alt": "{time}: {words}",
    "milligrams": "milligram",
    "milligram": "milligram",
    "milliliters": "milliliter",
    "per_milliliter": "milligram in 1 milliliter",
    "line": "{time} {dose}",
    "line_drug": "{time} {drug} {dose}",
    "month": "{month} {year}",
    "mark_start": "Plan begint",
    "mark_new": "Nieuwe dosis",
    "mark_stop": "Stop: vanaf vandaag niet meer innemen",
    "mark_review": "Controle",
    "mark_gap": "Niet in dit plan: vraag het uw arts",
    "calendar_note": "Vink het vakje af als u de dosis hebt ingenomen.",
    "weeks": "Week voor week",
    "weeks_from": "Vanaf",
    "weeks_note": "Een vakje voor elke inname van de dag, van boven naar beneden. Vink het af als u de dosis hebt "
    "ingenomen.",
    "key_new": "Nieuwe dosis: de eerste dag van een nieuwe stap",
    "key_review": "Controle: ga naar uw arts of bel uw arts",
    "what_to_do": "Wat moet u doen?",
    "who_to_call": "Wie u kunt bellen",
    "call_prescriber": "Arts",
    "call_phone": "Telefoon",
    "call_pharmacy": "Apotheek",
    "call_emergency": "Spoed",
    "call_emergency_hint": "uw alarmnummer",
    "days_list": "Dag voor dag",
    "plan": "plan {plan}",
    "no_plan": "geen plannummer",
    "revision": "versie {number}",
    "printed": "afgedrukt op {date}",
    "page": "pagina {page} van {pages}",
    "label_take": "innemen: {doses}",
    "label_none": "hiervan niets innemen",
    "label_dose": "{words} ({dose}) {time}",
    "label_amount": "{amount} {time}",
    "label_morning": "’s ochtends",
    "label_noon": "’s middags (rond 12 uur)",
    "label_evening": "’s avonds",
    "label_bedtime": "voor het slapen",
    "label_dates": "{doses}, van {start} tot en met {end} ({days})",
    "label_date": "{doses}, op {start} ({days})",
    "label_days": "{doses}, gedurende {days}",
    "label_then": "{first}; daarna {next}",
    "label_stop": "{first}; daarna stoppen",
    "event": "{medicine}: {text}",
    "event_discreet": "Medicijn, dag {number}",
    "event_step": "Stap {number}",
    "on_days": "op {days}",
    "on_monday": "maandag",
    "on_tuesday": "dinsdag",
    "on_wednesday": "woensdag",
    "on_thursday": "donderdag",
    "on_friday": "vrijdag",
    "on_saturday": "zaterdag",
    "on_sunday": "zondag",
    "on_cycle": "{days}, daarna elke {cycle}",
    "on_other_days": "op de andere dagen",
    "dose_on_days": "{days}:\N{NO-BREAK SPACE}{dose}",
    "colon": ": ",
    "semicolon": "; ",
    "dateless_on_days": "elke week op {days}",
    "on_average": "gemiddeld {dose} per dag",
    "summary_week": "Van {first} per dag naar een dosis die afhangt van de dag van de week",
    "sentence_week": "U gaat van {first} per dag naar een dosis die afhangt van de dag van de week, in {steps}. U "
    "begint op {start}. Die dosis neemt u vanaf {end}.",
    "summary_cycle": "Van {first} per dag naar een dosis die van dag tot dag wisselt",
    "sentence_cycle": "U gaat van {first} per dag naar een dosis die van dag tot dag wisselt, in {steps}. U begint op "
    "{start}. Die dosis neemt u vanaf {end}.",
    "change_cycle": "de dosis wisselt nu van dag tot dag",
    "change_weekly": "de dosis hangt nu af van de dag van de week",
    "change_pattern": "andere doses op sommige dagen van de week",
    "change_daily": "nu elke dag dezelfde dosis",
    "change_week_down": "{amount} minder per week",
    "change_week_up": "{amount} meer per week",
    "card_next_week": "Vanaf {date}: {dose}",
    "label_week": "{days}: {doses}",
    "label_week_and": "{first}; {next}",
    "label_week_none": "geen dosis",
    "label_week_take": "innemen: {doses}",
    "fact_line": "{label}: {value}, {detail}.",
    "shape_circle": "cirkel",
    "shape_oval": "ovaal",
    "shape_square": "vierkant",
    "shape_hexagon": "zeshoek",
    "shape_diamond": "ruit",
    "shape_pentagon": "vijfhoek",
    "drug_shape": "{drug}: {shape}",
    "drugs_title": "Meer dan één medicijn: {drugs}",
    "drugs_apart": "Het zijn verschillende medicijnen. Kijk bij elke dosis naar de naam op het doosje.",
    "drugs_drawn": "In de tekeningen: {shapes}.",
    "drug_replaced": "Van {start} tot en met {end} komt {new} stap voor stap in de plaats van {old}.",
    "drug_replaced_at_once": "Vanaf {start} komt {new} in de plaats van {old}.",
    "drug_stays": "{drug} blijft gelijk: {dose} per dag.",
    "drug_waits": "{drug} blijft gelijk tot en met {date}: {dose} per dag.",
    "drug_last": "Laatste dag van {drug}: {date}. Neem {drug} na die dag niet meer in.",
}

_ASLEEP = (
    "Er is één uitzondering. Hebt u gelopen, gereden, gegeten of iets anders gedaan terwijl u niet helemaal "
    "wakker was? Neem {medicine} dan niet meer in en bel nog dezelfde dag uw arts."
)

DUTCH = Language(
    code="nl",
    name="Dutch",
    own_name="Nederlands",
    reviewed_by="",
    locale=LOCALES["nl"],
    times=MappingProxyType({"morning": "Ochtend", "noon": "Middag", "evening": "Avond", "bedtime": "Voor het slapen"}),
    nouns=MappingProxyType({"tablet": "tablet", "capsule": "capsule", "film": "film", "piece": "stuk"}),
    count=counter("nl", LOCALES["nl"].decimal, _NOUNS),
    forms=MappingProxyType(
        {
            **COUNTS["nl"],
            "day": {"one": "{number} dag", "other": "{number} dagen"},
            "drop": {"one": "{number} druppel", "other": "{number} druppels"},
            "step": {"one": "{number} stap", "other": "{number} stappen"},
            "time": {"one": "{number} keer", "other": "{number} keer"},
            "week": {"one": "{number} week", "other": "{number} weken"},
        }
    ),
    phrase=MappingProxyType(_PHRASES | NAMES["nl"] | REVISION["nl"] | TAKING["nl"] | TELLS["nl"] | SEVERAL["nl"]),
    clinician=words_of("nl"),
    what_to_do=translated(ENGLISH.what_to_do, _WHAT_TO_DO),
    no_dose_days=Sentence(_NO_DOSE_DAYS, ENGLISH.no_dose_days.sources),
    asleep=Sentence(_ASLEEP, ENGLISH.asleep.sources),
)
