"""French. A translation of the English text, not checked by a clinician.

One space that does not break stands before all double signs: other programs do not know the narrow one.
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
from taper.paper.words.translation import Texts, french_space, french_spaces, translated


def forms_of(one: str, many: str, *, of: str, feminine: bool) -> Forms:
    """Return the forms of a noun, in French."""
    half = "demie" if feminine else "demi"
    return Forms(
        whole={"one": f"{{number}} {one}", "many": f"{{number}} de {many}", "other": f"{{number}} {many}"},
        # "la moitié": "un demi-comprimé de 5 mg" may be a half that holds 5 mg
        alone=(f"un quart {of}", f"la moitié d’un{'e' if feminine else ''} {one}", f"trois quarts {of}"),
        behind=(f"et un quart {of}", f"et {half}", f"et trois quarts {of}"),
    )


NOUNS: dict[Noun, Forms] = {
    "tablet": forms_of("comprimé", "comprimés", of="de comprimé", feminine=False),
    "capsule": forms_of("gélule", "gélules", of="de gélule", feminine=True),
    "film": forms_of("film", "films", of="de film", feminine=False),
    "piece": forms_of("unité", "unités", of="d’unité", feminine=True),
}

_NO_DOSE_DAYS = (
    "Les jours marqués « {none} », ne prenez aucune dose. Ne sautez aucune autre dose et ne prenez pas de dose en "
    "plus. Sauter des doses peut aggraver les symptômes de sevrage."
)

_WHAT_TO_DO: tuple[Texts, ...] = (
    (
        "N’arrêtez jamais d’un coup",
        (
            "N’arrêtez pas ce médicament d’un coup, même si vous vous sentez bien. "
            "Si vous arrêtez ou si vous baissez la dose trop vite, vous pouvez faire une crise convulsive (crise "
            "d’épilepsie). "
            "Une crise peut mettre votre vie en danger.",
            "Si votre médicament est fini avant la date prévue ou si vous le perdez, "
            "appelez tout de suite votre médecin ou votre pharmacien.",
        ),
        (),
    ),
    (
        "Demandez de l’aide tout de suite : appelez le numéro d’urgence",
        (),
        (
            "Vous faites une crise convulsive (crise d’épilepsie).",
            "Vous avez l’esprit confus : vous ne savez plus où vous êtes ni ce qui se passe.",
            "Vous voyez, entendez ou croyez des choses qui ne sont pas réelles.",
            "Vous pensez à vous faire du mal ou à vous tuer.",
            "Vous avez mal dans la poitrine, ou votre cœur bat très fort et ne se calme pas.",
            "Votre respiration est lente ou superficielle, ou vous avez tellement sommeil qu’on a du mal "
            "à vous réveiller.",
        ),
    ),
    (
        "Appelez votre médecin cette semaine",
        (),
        (
            "Des symptômes vous gênent, ou vous empêchent de dormir ou de vivre normalement. "
            "Le plan peut être ralenti ou mis en pause.",
            "Votre moral est très bas, ou votre entourage s’inquiète pour vous.",
            "Vous avez oublié des doses, ou vous en avez pris plus que ce qui est prévu dans le plan.",
            "Vous êtes enceinte, ou vous souhaitez l’être.",
            "On vous prescrit ou on vous donne un nouveau médicament.",
            "Vous n’aurez pas assez de médicament jusqu’à votre prochain passage à la pharmacie.",
        ),
    ),
    (
        "Chaque jour",
        (),
        (
            "Prenez chaque dose au moment de la journée indiqué par le calendrier, et cochez sa case.",
            "Ne sautez pas de dose et ne prenez pas de dose en plus. Sauter des doses peut aggraver les symptômes "
            "de sevrage.",
            TELLS["fr"]["missed_day"],
            "Ne baissez pas la dose plus vite que ce plan ne le prévoit, même les bons jours.",
            "Ne buvez pas d’alcool. Ne prenez pas d’opioïdes (médicaments puissants contre la douleur) ni d’autres "
            "médicaments qui donnent envie de dormir sans en parler d’abord à votre médecin.",
            "Ne conduisez pas et n’utilisez pas de machines si vous avez sommeil, si vous vous sentez au ralenti ou "
            "si vous avez la tête qui tourne.",
            "Apportez ce plan à chaque rendez-vous.",
        ),
    ),
    (
        "Ce que l’on peut ressentir pendant le sevrage",
        (
            "Chaque personne est différente. Certaines ressentent peu de choses, d’autres beaucoup, "
            "même quand elles diminuent la dose lentement.",
            "Les symptômes peuvent commencer jusqu’à une semaine après une baisse. "
            "Ils peuvent devenir plus forts vers la fin de la diminution.",
        ),
        (
            "Anxiété, panique, tristesse, agitation ou irritabilité.",
            "Mauvais sommeil, cauchemars ou trop de sommeil.",
            "Mal de tête, sueurs, tremblements, douleurs ou secousses musculaires, troubles de l’équilibre.",
            "Crampes au ventre, selles molles, nausées ou vomissements.",
            "Troubles de la mémoire ou de la concentration, bourdonnements d’oreilles ou fourmillements.",
            "Gêne à la lumière, au bruit, au toucher, aux goûts ou aux odeurs. Le sol peut sembler bouger.",
        ),
    ),
    (
        "Si cela devient difficile",
        (
            "Vous pouvez demander des baisses plus petites, de rester plus longtemps à la même dose, ou de faire "
            "une pause.",
            "Parfois, le médecin propose de revenir pour un temps à la dose précédente.",
            "Ne changez pas le plan sans l’accord de votre médecin.",
            "Il peut être utile de bouger un peu chaque jour, de boire assez d’eau "
            "et de détendre vos muscles un par un.",
        ),
        (),
    ),
    (
        "Dormir sans médicament",
        (
            "Vous dormirez peut-être mal pendant la diminution des doses.",
            "Renseignez-vous sur la TCC-I (thérapie cognitive et comportementale de l’insomnie) : des entretiens "
            "et des exercices qui apprennent à bien dormir de nouveau. "
            "Elle agit sur les pensées et les habitudes qui vous empêchent de dormir.",
        ),
        (
            "Levez-vous à la même heure chaque jour, même après une mauvaise nuit.",
            "Le matin, sortez ou exposez-vous à une lumière vive.",
            "Dans les heures avant le coucher, évitez le café, le thé, les boissons énergisantes, l’alcool, "
            "le tabac et les gros repas.",
            "Faites les mêmes choses calmes chaque soir avant le coucher.",
            "Allez au lit seulement quand vous avez sommeil. Réservez le lit au sommeil et aux rapports sexuels.",
            "Si vous ne dormez pas au bout d’environ 20 minutes, levez-vous. Faites quelque chose de calme, "
            "et recouchez-vous quand vous avez sommeil. Ne regardez pas l’heure.",
            "Ne faites pas de sieste dans la journée.",
            "Faites de l’exercice dans la journée, mais pas dans les dernières heures avant le coucher.",
            "Gardez la chambre fraîche, sombre et calme.",
        ),
    ),
)

_PHRASES = {
    **BOX_LABEL["fr"],
    "title": "Votre plan : {medicine}",
    "or": " ou ",
    "nor": " ni ",
    "comma": ", ",
    "unreviewed": "Ce texte en {language} est une traduction qu’aucun professionnel de santé n’a vérifiée.",
    "and": "{first} et {last}",
    "summary_stop": "De {first} par jour jusqu’à l’arrêt",
    "summary_goal": "De {first} par jour à {last} par jour",
    "summary_keep": "{first} par jour",
    "summary_drugs": "{drugs}, étape par étape",
    "fact_now": "Première dose de ce plan",
    "fact_next": "Premier changement de dose",
    "fact_stop": "Premier jour sans {medicine}",
    "fact_end": "Dernier jour de ce plan",
    "a_day": "{dose} par jour",
    "on_date": "le {date}",
    "for_patient": "Pour {name}",
    "prescriber": "Médecin : {name}",
    "phone": "Des questions ? Appelez le {phone}",
    "never": "N’arrêtez jamais ce médicament d’un coup. La partie « Que faire » de ce plan dit quand appeler.",
    "stay": "Après le {date}, gardez la même dose jusqu’à ce que vous décidiez de la suite avec votre médecin.",
    "steps": "Vos étapes",
    "chart": "Votre dose au fil du temps",
    "chart_title": "Dose par jour : {drug}",
    "chart_alt": "Courbe en escalier : {drug}, {first} par jour à partir du {start}, en {steps}, puis {last} à partir "
    "du {end}.",
    "chart_alt_flat": "Courbe en escalier : {drug}, {first} par jour à partir du {start}.",
    "chart_band": "La ligne est votre dose moyenne par jour. "
    "La bande va de la dose la plus basse d’un jour à la plus haute.",
    "axis_day": "{day} {month}",
    "axis_year": "{month} {year}",
    "products": "Vos médicaments",
    "products_note": "Les dessins sont des symboles, pas des photos : votre médicament peut avoir une autre forme ou "
    "une autre couleur. Regardez le nom et le dosage (en mg) inscrits sur la boîte.",
    "sentence_stop": "Vous partez de {first} par jour, vous baissez la dose en {steps}, puis vous arrêtez. Vous "
    "commencez le {start}. Le premier jour sans {medicine} est le {end}.",
    "sentence_goal": "Vous passez de {first} par jour à {last} par jour en {steps}. Vous commencez le {start}. Vous "
    "prenez {last} par jour à partir du {end}.",
    "sentence_keep": "Vous prenez {first} par jour, du {start} au {end}.",
    "sentence_drugs": "Ce plan concerne {drugs}. Il va du {start} au {end}.",
    "only_weeks": "Cette feuille montre seulement la partie du {start} au {end}. Demandez la suite à temps.",
    "week_of": "Semaine du {date}",
    "column_day": "Jour",
    "column_notes": "Notes",
    "dateless": "jour {number}",
    "dateless_alone": "Jour {number}",
    "dateless_span": "Jours {start} à {end}",
    "dateless_column": "Jour {number} de la semaine",
    "dateless_start": "Le jour 1 est le : ____________________",
    "diary": "Journal du sommeil et des symptômes",
    "diary_note": "Remplissez une ligne chaque matin. Écrivez 0 pour pas du tout, et jusqu’à 10 pour le pire "
    "possible. Apportez-le à chaque rendez-vous. Photocopiez cette page avant de la remplir.",
    "diary_date": "Date",
    "diary_sleep": "Heures de sommeil",
    "diary_anxiety": "Anxiété 0 à 10",
    "diary_muscles": "Secousses musculaires ou crampes 0 à 10",
    "diary_legs": "Jambes sans repos 0 à 10",
    "diary_own": "Autre symptôme : __________ 0 à 10",
    "diary_notes": "Notes",
    "card": "Votre dose actuelle",
    "card_next": "À partir du {date} : {dose} par jour",
    "card_stop": "À partir du {date} : n’en prenez plus",
    "card_last": "Gardez cette dose jusqu’à ce que vous décidiez de la suite avec votre médecin.",
    "card_never": "N’arrêtez pas d’un coup. Convulsions, confusion, hallucinations, respiration lente, douleur dans "
    "la poitrine ou idées de suicide : appelez le numéro d’urgence.",
    "doses_only": "Ce plan donne seulement les doses. Demandez à votre pharmacien comment préparer chaque dose.",
    "column_step": "Étape",
    "column_dates": "Dates",
    "column_total": "Par jour",
    "column_take": "À prendre",
    "column_change": "Changement",
    "step_now": "Début",
    "step_stop": "Arrêt",
    "from_to": "du\N{NO-BREAK SPACE}{start} au\N{NO-BREAK SPACE}{end}",
    "one_day": "{start}",
    "from": "à partir du {start}",
    "change_first": "première dose de ce plan",
    "change_none": "pas de changement",
    "change_down": "{amount} de moins ({current} de la dose précédente, {start} de la première dose)",
    "change_up": "{amount} de plus ({current} de la dose précédente)",
    "change_drug_down": "{drug} : {amount} de moins",
    "change_drug_up": "{drug} : {amount} de plus",
    "about": "environ {percent}",
    "none": "aucune dose",
    "no_amount": "aucun",
    "none_day": "Aucune dose aujourd’hui",
    "take_of": "{count} à\N{NO-BREAK SPACE}{strength}",
    "take_each": "{count} à\N{NO-BREAK SPACE}{strength}",
    "take_mixed": "{count} à\N{NO-BREAK SPACE}{strength}",
    "take_quarter": "{count} à\N{NO-BREAK SPACE}{strength}",
    "take_half": "{count} à\N{NO-BREAK SPACE}{strength}",
    "take_three_quarters": "{count} à\N{NO-BREAK SPACE}{strength}",
    "take_named": "{count} ({name})",
    "take_other": "{count} du produit {name}",
    "take_volume": "{volume} ({dose}) de la solution buvable à {strength}, à mesurer avec : {device}",
    "take_drops": "{volume} ({dose}), à compter avec : {device}",
    "measured_first": "{measure} ({dose})",
    "powder": "{weight} de poudre",
    "take_powder": "{powder} ({dose}) du produit {name}, à peser avec : {device}",
    "shake": "{name} : agitez le flacon avant chaque dose.",
    "weight": "{name} : un comprimé entier pèse {weight}. La dose est pesée sous forme de poudre. Le poids de "
    "la poudre n’est pas la dose en mg.",
    "discard": "{name} : quand vous en coupez un, jetez l’autre partie. Ne la gardez pas pour la dose suivante.",
    "alt": "{time} : {words}",
    "milligrams": "milligrammes",
    "milligram": "milligramme",
    "milliliters": "millilitres",
    "per_milliliter": "milligrammes dans 1 millilitre",
    "line": "{time} {dose}",
    "line_drug": "{time} {drug} {dose}",
    "month": "{month} {year}",
    "mark_start": "Début du plan",
    "mark_new": "Nouvelle dose",
    "mark_stop": "Arrêt : à partir d’aujourd’hui, n’en prenez plus",
    "mark_review": "Suivi",
    "mark_gap": "Pas dans ce plan : demandez à votre médecin",
    "calendar_note": "Cochez chaque case quand vous avez pris la dose.",
    "weeks": "Semaine par semaine",
    "weeks_from": "À partir du",
    "weeks_note": "Une case pour chaque prise du jour, de haut en bas. Cochez-la quand vous avez pris la dose.",
    "key_new": "Nouvelle dose : premier jour d’une nouvelle étape",
    "key_review": "Suivi : consultez ou appelez votre médecin",
    "what_to_do": "Que faire",
    "who_to_call": "Qui appeler",
    "call_prescriber": "Médecin",
    "call_phone": "Téléphone",
    "call_pharmacy": "Pharmacie",
    "call_emergency": "Numéro d’urgence",
    "call_emergency_hint": "votre numéro d’urgence",
    "days_list": "Jour par jour",
    "plan": "plan {plan}",
    "no_plan": "pas de numéro de plan",
    "revision": "version {number}",
    "printed": "imprimé le {date}",
    "page": "page {page} sur {pages}",
    "label_take": "prendre {doses}",
    "label_none": "ne pas en prendre",
    "label_dose": "{words} ({dose}) {time}",
    "label_amount": "{amount} {time}",
    "label_morning": "le matin",
    "label_noon": "à midi",
    "label_evening": "le soir",
    "label_bedtime": "au coucher",
    "label_dates": "{doses}, du {start} au {end} ({days})",
    "label_date": "{doses}, le {start} ({days})",
    "label_days": "{doses}, pendant {days}",
    "label_then": "{first} ; puis {next}",
    "label_stop": "{first} ; puis arrêter",
    "event": "{medicine} : {text}",
    "event_discreet": "Médicament, jour {number}",
    "event_step": "Étape {number}",
    "on_days": "{days}",
    "on_monday": "le lundi",
    "on_tuesday": "le mardi",
    "on_wednesday": "le mercredi",
    "on_thursday": "le jeudi",
    "on_friday": "le vendredi",
    "on_saturday": "le samedi",
    "on_sunday": "le dimanche",
    "on_cycle": "{days}, puis tous les {cycle}",
    "on_other_days": "les autres jours",
    "dose_on_days": "{days} :\N{NO-BREAK SPACE}{dose}",
    "colon": " : ",
    "semicolon": " ; ",
    "dateless_on_days": "chaque semaine, {days}",
    "on_average": "en moyenne {dose} par jour",
    "summary_week": "De {first} par jour à une dose qui dépend du jour de la semaine",
    "sentence_week": "Vous passez de {first} par jour à une dose qui dépend du jour de la semaine, en {steps}. Vous "
    "commencez le {start}. Cette dose commence le {end}.",
    "summary_cycle": "De {first} par jour à une dose qui change d’un jour à l’autre",
    "sentence_cycle": "Vous passez de {first} par jour à une dose qui change d’un jour à l’autre, en {steps}. Vous "
    "commencez le {start}. Cette dose commence le {end}.",
    "change_cycle": "la dose change maintenant d’un jour à l’autre",
    "change_weekly": "la dose dépend maintenant du jour de la semaine",
    "change_pattern": "d’autres doses certains jours de la semaine",
    "change_daily": "maintenant la même dose chaque jour",
    "change_week_down": "{amount} de moins par semaine",
    "change_week_up": "{amount} de plus par semaine",
    "card_next_week": "À partir du {date} : {dose}",
    "label_week": "{days} : {doses}",
    "label_week_and": "{first} ; {next}",
    "label_week_none": "aucune dose",
    "label_week_take": "à prendre : {doses}",
    "fact_line": "{label} : {value}, {detail}.",
    "shape_circle": "cercle",
    "shape_oval": "ovale",
    "shape_square": "carré",
    "shape_hexagon": "hexagone",
    "shape_diamond": "losange",
    "shape_pentagon": "pentagone",
    "drug_shape": "{drug} : {shape}",
    "drugs_title": "Plus d’un médicament : {drugs}",
    "drugs_apart": "Ce sont des médicaments différents. Vérifiez le nom sur la boîte chaque fois que vous prenez une "
    "dose.",
    "drugs_drawn": "Dans les dessins : {shapes}.",
    "drug_replaced": "Du {start} au {end}, {new} remplace {old} étape par étape.",
    "drug_replaced_at_once": "À partir du {start}, {new} remplace {old}.",
    "drug_stays": "{drug} ne change pas : {dose} par jour.",
    "drug_waits": "{drug} ne change pas jusqu’au {date} inclus : {dose} par jour.",
    "drug_last": "{drug} : dernier jour le {date}. Ne prenez plus {drug} après ce jour.",
}

_ASLEEP = (
    "Il y a une exception. Avez-vous marché, conduit, mangé ou fait autre chose alors que vous dormiez encore à "
    "moitié ? Alors ne prenez plus {medicine} et appelez votre médecin le jour même."
)

FRENCH = Language(
    code="fr",
    name="French",
    own_name="français",
    reviewed_by="",
    locale=LOCALES["fr"],
    times=MappingProxyType({"morning": "Matin", "noon": "Midi", "evening": "Soir", "bedtime": "Au coucher"}),
    nouns=MappingProxyType({"tablet": "comprimé", "capsule": "gélule", "film": "film", "piece": "unité"}),
    count=counter("fr", LOCALES["fr"].decimal, NOUNS),
    forms=MappingProxyType(
        {
            **COUNTS["fr"],
            "day": {"one": "{number} jour", "many": "{number} de jours", "other": "{number} jours"},
            "drop": {"one": "{number} goutte", "many": "{number} de gouttes", "other": "{number} gouttes"},
            "step": {"one": "{number} étape", "many": "{number} d’étapes", "other": "{number} étapes"},
            "time": {"one": "{number} fois", "many": "{number} de fois", "other": "{number} fois"},
            "week": {"one": "{number} semaine", "many": "{number} de semaines", "other": "{number} semaines"},
        }
    ),
    phrase=MappingProxyType(
        french_spaces(_PHRASES | NAMES["fr"] | REVISION["fr"] | TAKING["fr"] | TELLS["fr"] | SEVERAL["fr"])
    ),
    clinician=MappingProxyType(french_spaces(words_of("fr"))),
    what_to_do=translated(
        ENGLISH.what_to_do,
        tuple(
            (french_space(title), tuple(map(french_space, lead)), tuple(map(french_space, points)))
            for title, lead, points in _WHAT_TO_DO
        ),
    ),
    no_dose_days=Sentence(french_space(_NO_DOSE_DAYS), ENGLISH.no_dose_days.sources),
    asleep=Sentence(french_space(_ASLEEP), ENGLISH.asleep.sources),
    first_of_month="1er",
)
