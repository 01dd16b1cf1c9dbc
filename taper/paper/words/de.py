"""German. A translation of the English text, not checked by a clinician."""

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


def _forms(one: str, many: str, *, a: str = "eine", ending: str = "e") -> Forms:
    return Forms(
        whole={"one": f"{{number}} {one}", "other": f"{{number}} {many}"},
        before={"one": "{number}", "other": "{number}"},
        alone=(f"{a} viertel {one}", f"{a} halb{ending} {one}", f"{a} dreiviertel {one}"),
        behind=(f"und {a} viertel {one}", f"und {a} halb{ending} {one}", f"und {a} dreiviertel {one}"),
    )


_NOUNS: dict[Noun, Forms] = {
    "tablet": _forms("Tablette", "Tabletten"),
    "capsule": _forms("Kapsel", "Kapseln"),
    "film": _forms("Schmelzfilm", "Schmelzfilme", a="ein", ending="er"),
    "piece": _forms("Stück", "Stück", a="ein", ending="es"),
}

_NO_DOSE_DAYS = (
    "An Tagen, an denen „{none}“ steht, nehmen Sie keine Dosis. Lassen Sie sonst keine Dosis aus, "
    "und nehmen Sie keine zusätzliche Dosis. Ausgelassene Dosen können den Entzug verschlimmern."
)

_WHAT_TO_DO: tuple[Texts, ...] = (
    (
        "Nie plötzlich absetzen",
        (
            "Setzen Sie dieses Medikament nicht auf einmal ab, auch wenn es Ihnen gut geht. Wenn Sie es plötzlich "
            "absetzen oder die Dosis zu schnell verringern, können Sie einen Krampfanfall bekommen. "
            "Ein Krampfanfall kann lebensgefährlich sein.",
            "Wenn Ihr Medikament zu früh zu Ende geht oder Sie es verlieren, "
            "rufen Sie sofort in Ihrer Arztpraxis oder Apotheke an.",
        ),
        (),
    ),
    (
        "Sofort den Notruf wählen (Sie oder jemand bei Ihnen), wenn",
        (),
        (
            "Sie haben einen Krampfanfall.",
            "Sie sind verwirrt und wissen nicht, wo Sie sind oder was vor sich geht.",
            "Sie sehen, hören oder glauben Dinge, die nicht wirklich sind.",
            "Sie denken daran, sich etwas anzutun oder sich das Leben zu nehmen.",
            "Sie haben Schmerzen in der Brust, oder Ihr Herz schlägt sehr stark und beruhigt sich nicht.",
            "Sie atmen nur langsam oder flach, oder Sie sind so schläfrig, dass man Sie kaum wecken kann.",
        ),
    ),
    (
        "Diese Woche in der Arztpraxis anrufen",
        (),
        (
            "Beschwerden belasten Sie oder stören Ihren Schlaf oder Ihren Alltag. "
            "Der Plan lässt sich verlangsamen oder unterbrechen.",
            "Sie fühlen sich sehr niedergeschlagen, oder andere machen sich Sorgen um Sie.",
            "Sie haben Dosen ausgelassen, oder Sie haben mehr eingenommen, als im Plan steht.",
            "Sie sind schwanger, oder Sie möchten es werden.",
            "Sie bekommen ein neues Medikament oder möchten eines einnehmen, auch ohne Rezept.",
            "Ihr Medikament reicht nicht bis zum nächsten Rezept.",
        ),
    ),
    (
        "Jeden Tag",
        (),
        (
            "Nehmen Sie jede Dosis zu der Tageszeit ein, die im Kalender steht, und haken Sie dann das Kästchen ab.",
            "Lassen Sie keine Dosis aus, und nehmen Sie keine zusätzliche Dosis. "
            "Ausgelassene Dosen können den Entzug verschlimmern.",
            TELLS["de"]["missed_day"],
            "Verringern Sie die Dosis nicht schneller, als dieser Plan es vorsieht, auch nicht an guten Tagen.",
            "Trinken Sie keinen Alkohol. Nehmen Sie keine Opioide (starke Schmerzmittel) und keine anderen "
            "Medikamente, die schläfrig machen, ohne vorher mit Ihrer Arztpraxis zu sprechen.",
            "Fahren Sie weder Auto noch Rad, und bedienen Sie keine Maschinen, wenn Sie schläfrig oder verlangsamt "
            "sind oder wenn Ihnen schwindlig ist.",
            "Bringen Sie diesen Plan zu jedem Termin mit.",
        ),
    ),
    (
        "Wie sich Entzug anfühlen kann",
        (
            "Jeder Mensch reagiert anders. Manche spüren wenig, andere viel, auch wenn sie die Dosis langsam "
            "verringern.",
            "Nach einer Verringerung kann es bis zu einer Woche dauern, bis Beschwerden auftreten. "
            "Die Beschwerden können gegen Ende stärker werden.",
        ),
        (
            "Angst, Panik, Niedergeschlagenheit, Unruhe oder Gereiztheit.",
            "Schlecht schlafen, schlecht träumen oder zu viel schlafen.",
            "Kopfschmerzen, Schwitzen, Zittern, Muskelschmerzen oder Zuckungen, unsicherer Gang.",
            "Bauchkrämpfe, Durchfall, Übelkeit oder Erbrechen.",
            "Schlechtes Gedächtnis oder schlechte Konzentration, Ohrgeräusche oder Kribbeln.",
            "Empfindlichkeit gegen Licht, Geräusche, Berührung, Geschmack oder Gerüche. "
            "Der Boden kann zu schwanken scheinen.",
        ),
    ),
    (
        "Wenn es schwer wird",
        (
            "Sie können um kleinere Schritte, mehr Zeit auf einer Dosis oder eine Pause bitten.",
            "Manchmal geht man für eine Weile zur vorigen Dosis zurück.",
            "Ändern Sie den Plan nur zusammen mit Ihrer Arztpraxis.",
            "Es kann helfen, sich jeden Tag etwas zu bewegen, genug Wasser zu trinken "
            "und die Muskeln nacheinander zu entspannen.",
        ),
        (),
    ),
    (
        "Schlafen ohne Medikament",
        (
            "Vielleicht schlafen Sie schlecht, während Ihre Dosis sinkt.",
            "Fragen Sie nach einer kognitiven Verhaltenstherapie bei Schlafstörungen (KVT-I). In Gesprächen und "
            "Übungen lernen Sie, wieder gut zu schlafen. Die Therapie setzt bei Gedanken und Gewohnheiten an, "
            "die Sie wach halten.",
        ),
        (
            "Stehen Sie jeden Tag zur gleichen Zeit auf, auch nach einer schlechten Nacht.",
            "Gehen Sie morgens nach draußen, oder setzen Sie sich in helles Licht.",
            "Kurz vor dem Schlafen: kein Kaffee, kein Tee, keine Energydrinks, kein Alkohol, kein Tabak und keine "
            "große Mahlzeit.",
            "Tun Sie jeden Abend vor dem Schlafen die gleichen ruhigen Dinge.",
            "Gehen Sie erst ins Bett, wenn Sie müde sind. Nutzen Sie das Bett nur für Schlaf und Sex.",
            "Wenn Sie etwa 20 Minuten wach liegen, stehen Sie auf. Tun Sie etwas Ruhiges, "
            "und gehen Sie zurück, wenn Sie müde sind. Schauen Sie nicht auf die Uhr.",
            "Schlafen Sie tagsüber nicht.",
            "Treiben Sie am Tag Sport, aber nicht in den letzten Stunden vor dem Schlafen.",
            "Halten Sie das Schlafzimmer kühl, dunkel und ruhig.",
        ),
    ),
)

_PHRASES = {
    **BOX_LABEL["de"],
    "title": "Ihr Dosisplan: {medicine}",
    "or": " oder ",
    "nor": " und ohne ",
    "comma": ", ",
    "unreviewed": "Diese Übersetzung ({language}) wurde nicht ärztlich geprüft.",
    "and": "{first} und {last}",
    "summary_stop": "Von {first} am Tag bis auf null",
    "summary_goal": "Von {first} am Tag auf {last} am Tag",
    "summary_keep": "{first} am Tag",
    "summary_drugs": "{drugs}, Schritt für Schritt",
    "fact_now": "Dosis zu Beginn",
    "fact_next": "Erste Änderung",
    "fact_stop": "Erster Tag ohne {medicine}",
    "fact_end": "Letzter Tag des Plans",
    "a_day": "{dose} am Tag",
    "on_date": "am {date}",
    "for_patient": "Für {name}",
    "prescriber": "Verordnet von: {name}",
    "phone": "Fragen? Rufen Sie an: {phone}",
    "never": "Setzen Sie dieses Medikament nie plötzlich ab. Wann Sie anrufen müssen, steht unter „Was tun?“.",
    "stay": "Bleiben Sie nach dem letzten Tag ({date}) bei dieser Dosis, bis Sie mit Ihrer Arztpraxis entscheiden, "
    "wie es weitergeht.",
    "steps": "Ihre Schritte",
    "chart": "Ihre Dosis im Lauf der Zeit",
    "chart_title": "{drug} am Tag",
    "chart_alt": "Stufenkurve: {drug}, {first} am Tag ab {start}, in {steps} auf {last} ab {end}.",
    "chart_alt_flat": "Stufenkurve: {drug}, {first} am Tag ab {start}.",
    "chart_band": "Die Linie ist Ihre durchschnittliche Dosis am Tag. Das Band reicht von der niedrigsten Dosis "
    "eines Tages bis zur höchsten.",
    "axis_day": "{day}. {month}",
    "axis_year": "{month} {year}",
    "products": "Ihre Medikamente in diesem Plan",
    "products_note": "Die Zeichnungen sind Zeichen, keine Fotos. Ihr eigenes Medikament kann anders aussehen. "
    "Richten Sie sich nach Name und Stärke auf der Packung.",
    "sentence_stop": "Sie verringern die Dosis von {first} am Tag in {steps} und setzen dann ab. Beginn: "
    "{start}. Erster Tag ohne {medicine}: {end}.",
    "sentence_goal": "Sie verringern die Dosis in {steps} von {first} am Tag auf {last} am Tag. Beginn: {start}. "
    "{last} am Tag ab: {end}.",
    "sentence_keep": "Sie nehmen {first} am Tag ein. Beginn: {start}. Ende: {end}.",
    "sentence_drugs": "Dieser Plan ist für {drugs}. Beginn: {start}. Ende: {end}.",
    "only_weeks": "Dieses Blatt zeigt nur einen Teil. Beginn: {start}. Ende: {end}. Fragen Sie vor dem Ende nach "
    "dem nächsten Teil.",
    "week_of": "Woche ab {date}",
    "column_day": "Tag",
    "column_notes": "Notizen",
    "dateless": "Tag {number}",
    "dateless_alone": "Tag {number}",
    "dateless_span": "Tag {start} bis {end}",
    "dateless_column": "Tag {number} der Woche",
    "dateless_start": "Tag 1 ist: ____________________",
    "diary": "Tagebuch für Schlaf und Beschwerden",
    "diary_note": "Füllen Sie jeden Morgen eine Zeile aus: 0 = gar nicht, 10 = so schlimm wie nur möglich. "
    "Bringen Sie das Tagebuch zu jedem Termin mit. Kopieren Sie die Seite, bevor Sie beginnen.",
    "diary_date": "Datum",
    "diary_sleep": "Stunden Schlaf",
    "diary_anxiety": "Angst 0 bis 10",
    "diary_muscles": "Zuckungen oder Krämpfe 0 bis 10",
    "diary_legs": "Unruhige Beine 0 bis 10",
    "diary_own": "Andere Beschwerde: ________ 0 bis 10",
    "diary_notes": "Notizen",
    "card": "Ihre Dosis jetzt",
    "card_next": "Ab {date}: {dose} am Tag",
    "card_stop": "Ab {date}: keine Dosis mehr",
    "card_last": "Bleiben Sie bei dieser Dosis, bis Sie mit Ihrer Arztpraxis entscheiden.",
    "card_never": "Nicht plötzlich absetzen. Bei Krampfanfall, Verwirrtheit, Sehen oder Hören von Dingen, die "
    "nicht da sind, langsamer Atmung, Brustschmerzen oder Suizidgedanken: Notruf wählen.",
    "doses_only": "Dieser Plan nennt nur Dosen. Fragen Sie in der Apotheke, woraus Sie jede Dosis zusammenstellen.",
    "column_step": "Schritt",
    "column_dates": "Zeitraum",
    "column_total": "Am Tag",
    "column_take": "Was Sie einnehmen",
    "column_change": "Änderung",
    "step_now": "Beginn",
    "step_stop": "Ende (Absetzen)",
    "from_to": "{start} bis {end}",
    "one_day": "{start}",
    "from": "ab {start}",
    "change_first": "Dosis zu Beginn",
    "change_none": "keine Änderung",
    "change_down": "{amount} weniger ({current} der vorigen Dosis, {start} der ersten Dosis)",
    "change_up": "{amount} mehr ({current} der vorigen Dosis)",
    "change_drug_down": "{drug} {amount} weniger",
    "change_drug_up": "{drug} {amount} mehr",
    "about": "etwa {percent}",
    "none": "keine Dosis",
    "no_amount": "nichts",
    "none_day": "Heute keine Dosis",
    "take_of": "{count} zu {strength}",
    "take_each": "{count} zu je {strength}",
    "take_mixed": "{count} zu {strength}",
    "take_quarter": "{count} zu {strength}",
    "take_half": "{count} zu {strength}",
    "take_three_quarters": "{count} zu {strength}",
    "take_named": "{count} ({name})",
    "take_other": "{count} von {name}",
    # "Flüssigkeit": a suspension is no "Lösung"
    "take_volume": "{volume} ({dose}) der Flüssigkeit mit {strength}, abgemessen mit: {device}",
    "take_drops": "{volume} ({dose}), gezählt mit: {device}",
    "measured_first": "{measure} ({dose})",
    "powder": "{weight} Pulver",
    "take_powder": "{powder} ({dose}) von {name}, abgewogen mit: {device}",
    "shake": "{name}: Schütteln Sie die Flasche vor jeder Dosis.",
    "weight": "{name}: Eine ganze Tablette wiegt {weight}. Die Dosis wird als Pulver abgewogen. Das Gewicht "
    "des Pulvers ist nicht die Dosis in mg.",
    "discard": "{name}: Wenn Sie eine Einheit teilen, werfen Sie den anderen Teil weg. Heben Sie ihn nicht für "
    "die nächste Dosis auf.",
    "alt": "{time}: {words}",
    "milligrams": "Milligramm",
    "milligram": "Milligramm",
    "milliliters": "Milliliter",
    "per_milliliter": "Milligramm in 1 Milliliter",
    "line": "{time} {dose}",
    "line_drug": "{time} {drug} {dose}",
    "month": "{month} {year}",
    "mark_start": "Plan beginnt",
    "mark_new": "Neue Dosis",
    "mark_stop": "Ende: ab heute keine Dosis mehr",
    "mark_review": "Kontrolle",
    "mark_gap": "Dieser Tag steht nicht im Plan: in der Arztpraxis fragen",
    "calendar_note": "Haken Sie jedes Kästchen ab, wenn Sie die Dosis eingenommen haben.",
    "weeks": "Woche für Woche",
    "weeks_from": "Ab",
    "weeks_note": "Ein Kästchen für jede Einnahme des Tages, von oben nach unten. Haken Sie es ab, wenn Sie die "
    "Dosis eingenommen haben.",
    "key_new": "Neue Dosis: der erste Tag eines neuen Schritts",
    "key_review": "Kontrolle: Termin oder Anruf in der Arztpraxis",
    "what_to_do": "Was tun?",
    "who_to_call": "Wen Sie anrufen",
    "call_prescriber": "Arztpraxis",
    "call_phone": "Telefon",
    "call_pharmacy": "Apotheke",
    "call_emergency": "Notfall",
    "call_emergency_hint": "Ihre Notrufnummer",
    "days_list": "Jeden Tag",
    "plan": "Plan {plan}",
    "no_plan": "keine Plannummer",
    "revision": "Fassung {number}",
    "printed": "gedruckt: {date}",
    "page": "Seite {page} von {pages}",
    "label_take": "{doses} einnehmen",
    "label_none": "nichts davon einnehmen",
    "label_dose": "{words} ({dose}) {time}",
    "label_amount": "{amount} {time}",
    "label_morning": "morgens",
    "label_noon": "mittags",
    "label_evening": "abends",
    "label_bedtime": "zur Nacht",
    "label_dates": "vom {start} bis zum {end}: {doses} ({days})",
    "label_date": "am {start}: {doses} ({days})",
    "label_days": "{doses}, {days} lang",
    "label_then": "{first}, danach {next}",
    "label_stop": "{first}, danach nicht mehr einnehmen",
    "event": "{medicine}: {text}",
    "event_discreet": "Medikament, Tag {number}",
    "event_step": "Schritt {number}",
    "on_days": "{days}",
    "on_monday": "montags",
    "on_tuesday": "dienstags",
    "on_wednesday": "mittwochs",
    "on_thursday": "donnerstags",
    "on_friday": "freitags",
    "on_saturday": "samstags",
    "on_sunday": "sonntags",
    "on_cycle": "{days}, danach alle {cycle}",
    "on_other_days": "an den anderen Tagen",
    "dose_on_days": "{days}:\N{NO-BREAK SPACE}{dose}",
    "colon": ": ",
    "semicolon": "; ",
    "dateless_on_days": "an Wochentag {numbers} (Kalenderspalte {numbers})",
    "on_average": "im Durchschnitt {dose} am Tag",
    "summary_week": "Von {first} am Tag auf eine Dosis, die je nach Wochentag verschieden ist",
    "sentence_week": "Sie verringern die Dosis in {steps} von {first} am Tag auf eine Dosis, die je nach "
    "Wochentag verschieden ist. Beginn: {start}. Diese Dosis gilt ab: {end}.",
    "summary_cycle": "Von {first} am Tag auf eine Dosis, die von Tag zu Tag wechselt",
    "sentence_cycle": "Sie verringern die Dosis in {steps} von {first} am Tag auf eine Dosis, die von Tag zu Tag "
    "wechselt. Beginn: {start}. Diese Dosis gilt ab: {end}.",
    "change_cycle": "die Dosis wechselt jetzt von Tag zu Tag",
    "change_weekly": "die Dosis ist jetzt je nach Wochentag verschieden",
    "change_pattern": "andere Dosen an manchen Wochentagen",
    "change_daily": "jetzt jeden Tag dieselbe Dosis",
    "change_week_down": "{amount} weniger pro Woche",
    "change_week_up": "{amount} mehr pro Woche",
    "card_next_week": "Ab {date}: {dose}",
    "label_week": "{days}: {doses}",
    "label_week_and": "{first}; {next}",
    "label_week_none": "keine Dosis",
    "label_week_take": "{doses}",
    "fact_line": "{label}: {value}, {detail}.",
    "shape_circle": "Kreis",
    "shape_oval": "Oval",
    "shape_square": "Quadrat",
    "shape_hexagon": "Sechseck",
    "shape_diamond": "Raute",
    "shape_pentagon": "Fünfeck",
    "drug_shape": "{drug}: {shape}",
    "drugs_title": "Mehr als ein Medikament: {drugs}",
    "drugs_apart": "Das sind verschiedene Medikamente. Prüfen Sie bei jeder Dosis den Namen auf der Packung.",
    "drugs_drawn": "In den Zeichnungen: {shapes}.",
    "drug_replaced": "Sie wechseln Schritt für Schritt von {old} zu {new}. Beginn: {start}. Ende: {end}.",
    "drug_replaced_at_once": "Ab {start} nehmen Sie {new} statt {old}.",
    "drug_stays": "{drug}: weiter {dose} am Tag.",
    "drug_waits": "{drug}: vorerst weiter {dose} am Tag, letzter Tag mit dieser Dosis: {date}.",
    "drug_last": "Letzter Tag mit {drug}: {date}. Nehmen Sie {drug} nach diesem Tag nicht mehr ein.",
}

_ASLEEP = (
    "Es gibt eine Ausnahme. Sind Sie umhergegangen, Auto gefahren, haben Sie gegessen oder anderes getan, ohne "
    "ganz wach zu sein? Dann nehmen Sie {medicine} nicht mehr, und rufen Sie noch am selben Tag in der Praxis "
    "an."
)

GERMAN = Language(
    code="de",
    name="German",
    own_name="Deutsch",
    reviewed_by="",
    locale=LOCALES["de"],
    times=MappingProxyType({"morning": "Morgens", "noon": "Mittags", "evening": "Abends", "bedtime": "Zur Nacht"}),
    nouns=MappingProxyType({"tablet": "Tablette", "capsule": "Kapsel", "film": "Schmelzfilm", "piece": "Stück"}),
    count=counter("de", LOCALES["de"].decimal, _NOUNS),
    forms=MappingProxyType(
        {
            **COUNTS["de"],
            "day": {"one": "{number} Tag", "other": "{number} Tage"},
            "drop": {"one": "{number} Tropfen", "other": "{number} Tropfen"},
            "step": {"one": "{number} Schritt", "other": "{number} Schritten"},
            "time": {"one": "einmal", "other": "{number}-mal"},
            "week": {"one": "{number} Woche", "other": "{number} Wochen"},
        }
    ),
    phrase=MappingProxyType(_PHRASES | NAMES["de"] | REVISION["de"] | TAKING["de"] | TELLS["de"] | SEVERAL["de"]),
    clinician=words_of("de"),
    what_to_do=translated(ENGLISH.what_to_do, _WHAT_TO_DO),
    no_dose_days=Sentence(_NO_DOSE_DAYS, ENGLISH.no_dose_days.sources),
    asleep=Sentence(_ASLEEP, ENGLISH.asleep.sources),
)
