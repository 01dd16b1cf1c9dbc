"""German. A translation of the English text, not checked by a clinician."""

from __future__ import annotations

from types import MappingProxyType

from taper.paper.words.box_label import BOX_LABEL
from taper.paper.words.counting import Forms, counter
from taper.paper.words.en import ENGLISH
from taper.paper.words.language import Language, Noun, Sentence
from taper.paper.words.locales import LOCALES
from taper.paper.words.revision import REVISION
from taper.paper.words.taking import TAKING
from taper.paper.words.tells import TELLS
from taper.paper.words.translation import Texts, translated


def _forms(one: str, many: str, *, neuter: bool = False) -> Forms:
    a, ending = ("ein", "es") if neuter else ("eine", "e")
    return Forms(
        whole={"one": f"{{number}} {one}", "other": f"{{number}} {many}"},
        before={"one": "{number}", "other": "{number}"},
        alone=(f"{a} viertel {one}", f"{a} halb{ending} {one}", f"{a} dreiviertel {one}"),
        behind=(f"und {a} viertel {one}", f"und {a} halb{ending} {one}", f"und {a} dreiviertel {one}"),
    )


_NOUNS: dict[Noun, Forms] = {
    "tablet": _forms("Tablette", "Tabletten"),
    "capsule": _forms("Kapsel", "Kapseln"),
    "film": _forms("Schmelzfolie", "Schmelzfolien"),
    "piece": _forms("Stück", "Stück", neuter=True),
}

_NO_DOSE_DAYS = (
    "An Tagen, an denen „{none}“ steht, nehmen Sie keine Dosis. Lassen Sie sonst keine Dosis aus, "
    "und nehmen Sie nichts zusätzlich. Ausgelassene Dosen können den Entzug verschlimmern."
)

_WHAT_TO_DO: tuple[Texts, ...] = (
    (
        "Nie plötzlich aufhören",
        (
            "Hören Sie nicht auf einmal mit diesem Medikament auf, auch wenn es Ihnen gut geht. "
            "Wenn Sie aufhören oder zu schnell weniger nehmen, können Sie einen Krampfanfall bekommen. "
            "Ein Krampfanfall kann lebensgefährlich sein.",
            "Wenn Ihr Medikament zu früh zu Ende geht oder Sie es verlieren, "
            "rufen Sie sofort in Ihrer Arztpraxis oder Apotheke an.",
        ),
        (),
    ),
    (
        "Sofort Hilfe holen: den Notruf wählen",
        (),
        (
            "Sie haben einen Krampfanfall.",
            "Sie sind verwirrt und wissen nicht, wo Sie sind oder was vor sich geht.",
            "Sie sehen, hören oder glauben Dinge, die nicht wirklich sind.",
            "Sie denken daran, sich etwas anzutun oder sich das Leben zu nehmen.",
            "Sie haben Schmerzen in der Brust, oder Ihr Herz schlägt sehr stark und beruhigt sich nicht.",
            "Ihr Atem ist langsam oder flach, oder Sie sind so schläfrig, dass andere Sie kaum wecken können.",
        ),
    ),
    (
        "Diese Woche in der Arztpraxis anrufen",
        (),
        (
            "Beschwerden belasten Sie, stören Ihren Schlaf oder Ihren Tag. "
            "Der Plan kann langsamer werden oder eine Pause machen.",
            "Sie fühlen sich sehr niedergeschlagen, oder andere machen sich Sorgen um Sie.",
            "Sie haben Dosen ausgelassen, oder Sie haben mehr genommen, als im Plan steht.",
            "Sie sind schwanger, oder Sie möchten es werden.",
            "Jemand gibt Ihnen ein neues Medikament.",
            "Ihr Medikament reicht nicht bis zur nächsten Abholung.",
        ),
    ),
    (
        "Jeden Tag",
        (),
        (
            "Nehmen Sie jede Dosis zu der Tageszeit, die im Kalender steht, und haken Sie das Kästchen ab.",
            "Lassen Sie keine Dosis aus, und nehmen Sie nichts zusätzlich. "
            "Ausgelassene Dosen können den Entzug verschlimmern.",
            TELLS["de"]["missed_day"],
            "Verringern Sie nicht schneller als in diesem Plan, auch nicht an guten Tagen.",
            "Trinken Sie keinen Alkohol. Nehmen Sie keine Opioide (starke Schmerzmittel) und keine anderen "
            "Medikamente, die schläfrig machen, ohne dass Ihre Arztpraxis davon weiß.",
            "Fahren Sie nicht und bedienen Sie keine Maschinen, wenn Sie schläfrig, verlangsamt oder schwindlig sind.",
            "Bringen Sie diesen Plan zu jedem Termin mit.",
        ),
    ),
    (
        "Wie sich Entzug anfühlen kann",
        (
            "Menschen sind verschieden. Manche spüren wenig, andere viel, auch wenn sie langsam verringern.",
            "Es kann bis zu einer Woche nach einer Verringerung dauern, bis Beschwerden beginnen. "
            "Sie können gegen Ende stärker werden.",
        ),
        (
            "Angst, Panik, Niedergeschlagenheit, Unruhe oder schnell gereizt sein.",
            "Schlecht schlafen, schlecht träumen oder zu viel schlafen.",
            "Kopfschmerzen, Schwitzen, Zittern, Muskelschmerzen oder Zuckungen, unsicherer Gang.",
            "Bauchkrämpfe, Durchfall, Übelkeit oder Erbrechen.",
            "Schlechtes Gedächtnis oder schlechte Konzentration, Ohrgeräusche oder Kribbeln.",
            "Licht, Geräusche, Berührung, Geschmack oder Gerüche, die zu stark wirken. "
            "Der Boden kann zu schwanken scheinen.",
        ),
    ),
    (
        "Wenn es schwer wird",
        (
            "Sie können um kleinere Schritte bitten, um mehr Zeit mit einer Dosis oder um eine Pause.",
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
            "Fragen Sie nach KVT-I: Gespräche und Aufgaben, mit denen Sie wieder gut schlafen lernen. "
            "Sie setzt bei den Gedanken und Gewohnheiten an, die Sie wach halten.",
        ),
        (
            "Stehen Sie jeden Tag zur gleichen Zeit auf, auch nach einer schlechten Nacht.",
            "Gehen Sie morgens nach draußen, oder setzen Sie sich in helles Licht.",
            "Vor dem Schlafen kein Kaffee, Tee, Energydrink oder Alkohol, kein Tabak und keine große Mahlzeit.",
            "Tun Sie jeden Abend vor dem Schlafen die gleichen ruhigen Dinge.",
            "Gehen Sie erst ins Bett, wenn Sie müde sind. Nutzen Sie das Bett nur für Schlaf und Sex.",
            "Wenn Sie etwa 20 Minuten wach liegen, stehen Sie auf. Tun Sie etwas Ruhiges, "
            "und gehen Sie zurück, wenn Sie müde sind. Schauen Sie nicht auf die Uhr.",
            "Schlafen Sie nicht am Tag.",
            "Treiben Sie am Tag Sport, aber nicht in den letzten Stunden vor dem Schlafen.",
            "Halten Sie das Schlafzimmer kühl, dunkel und ruhig.",
        ),
    ),
)

_PHRASES = {
    **BOX_LABEL["de"],
    "title": "Ihr Plan für {medicine}",
    "or": " oder ",
    "comma": ", ",
    "unreviewed": "Dieser Text auf {language} ist eine Übersetzung, die ärztlich nicht geprüft ist.",
    "and": "{first} und {last}",
    "summary_stop": "Von {first} am Tag bis auf null",
    "summary_goal": "Von {first} am Tag auf {last} am Tag",
    "summary_keep": "{first} am Tag",
    "summary_drugs": "{drugs}, Schritt für Schritt",
    "fact_now": "Erste Dosis in diesem Plan",
    "fact_next": "Erste neue Dosis",
    "fact_stop": "Erster Tag ohne",
    "fact_end": "Letzter Tag des Plans",
    "a_day": "{dose} am Tag",
    "on_date": "am {date}",
    "for_patient": "Für {name}",
    "prescriber": "Verordnet von: {name}",
    "phone": "Fragen? Rufen Sie an: {phone}",
    "never": "Hören Sie nie plötzlich mit diesem Medikament auf. "
    "Unter „Was tun“ in diesem Plan steht, wann Sie anrufen.",
    "stay": "Bleiben Sie nach dem letzten Tag ({date}) bei dieser Dosis, bis Sie mit Ihrer Arztpraxis entscheiden, "
    "wie es weitergeht.",
    "steps": "Ihre Schritte",
    "chart": "Ihre Dosis im Lauf der Zeit",
    "chart_title": "{drug} am Tag",
    "chart_alt": "Stufenkurve: {drug}, {first} am Tag ab {start}, in {steps} auf {last} ab {end}.",
    "chart_alt_flat": "Stufenkurve: {drug}, {first} am Tag ab {start}.",
    "chart_band": "Die Linie ist Ihre mittlere Dosis am Tag. "
    "Das Band reicht von der niedrigsten Dosis eines Tages bis zur höchsten.",
    "axis_day": "{day}. {month}",
    "axis_year": "{month} {year}",
    "products": "Woraus Sie die Dosis nehmen",
    "products_note": "Die Zeichnungen sind Zeichen, keine Fotos: Ihre eigenen können eine andere Form oder Farbe "
    "haben. Richten Sie sich nach dem Namen und der Stärke auf der Packung.",
    "sentence_stop": "Sie beginnen mit {first} am Tag, gehen in {steps} herunter und hören dann auf. Beginn: {start}. "
    "Erster Tag ohne: {end}.",
    "sentence_goal": "Sie gehen von {first} am Tag in {steps} auf {last} am Tag. Beginn: {start}. "
    "{last} am Tag ab: {end}.",
    "sentence_keep": "Sie nehmen {first} am Tag. Beginn: {start}. Ende: {end}.",
    "sentence_drugs": "Dieser Plan ist für {drugs}. Beginn: {start}. Ende: {end}.",
    "only_weeks": "Dieses Blatt zeigt nur einen Teil. Beginn: {start}. Ende: {end}. "
    "Fragen Sie rechtzeitig nach dem nächsten Teil.",
    "week_of": "Woche ab {date}",
    "column_day": "Tag",
    "column_notes": "Notizen",
    "dateless": "Tag {number}",
    "dateless_alone": "Tag {number}",
    "dateless_span": "Tag {start} bis {end}",
    "dateless_column": "Tag {number} der Woche",
    "dateless_start": "Tag 1 ist: ____________________",
    "diary": "Tagebuch für Schlaf und Beschwerden",
    "diary_note": "Füllen Sie jeden Morgen eine Zeile aus. Schreiben Sie 0 für gar nicht, bis 10 für so schlimm wie "
    "möglich. Bringen Sie es zu jedem Termin mit. Kopieren Sie diese Seite, wenn sie voll ist.",
    "diary_date": "Datum",
    "diary_sleep": "Stunden Schlaf",
    "diary_anxiety": "Angst 0 bis 10",
    "diary_muscles": "Zuckungen oder Krämpfe 0 bis 10",
    "diary_legs": "Unruhige Beine 0 bis 10",
    "diary_own": "Anderes Symptom: ________ 0 bis 10",
    "diary_notes": "Notizen",
    "card": "Ihre Dosis jetzt",
    "card_next": "Ab {date}: {dose} am Tag",
    "card_stop": "Ab {date}: nichts mehr",
    "card_last": "Bleiben Sie bei dieser Dosis, bis Sie mit Ihrer Arztpraxis entscheiden.",
    "card_never": "Nicht plötzlich aufhören. Krampfanfall, Verwirrtheit, Trugbilder, langsame Atmung, Schmerzen in "
    "der Brust oder Gedanken an Selbsttötung: Notruf wählen.",
    "doses_only": "Dieser Plan nennt nur Dosen. Fragen Sie in der Apotheke, wie Sie jede Dosis zusammenstellen.",
    "column_step": "Schritt",
    "column_dates": "Zeitraum",
    "column_total": "Am Tag",
    "column_take": "Was Sie nehmen",
    "column_change": "Änderung",
    "step_now": "Beginn",
    "step_stop": "Ende",
    "from_to": "{start} bis {end}",
    "one_day": "{start}",
    "from": "ab {start}",
    "change_first": "erste Dosis in diesem Plan",
    "change_none": "keine Änderung",
    "change_down": "{amount} weniger ({current} der vorigen Dosis, {start} der ersten Dosis)",
    "change_up": "{amount} mehr ({current} der vorigen Dosis)",
    "change_drug_down": "{drug} {amount} weniger",
    "change_drug_up": "{drug} {amount} mehr",
    "about": "etwa {percent}",
    "none": "nichts",
    "none_day": "Heute nichts",
    "take_of": "{count} zu {strength}",
    "take_named": "{count} ({name})",
    "take_other": "{count} von {name}",
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
    "mark_stop": "Ende: ab heute nichts",
    "mark_review": "Kontrolle",
    "mark_gap": "Nicht in diesem Plan: in der Arztpraxis fragen",
    "calendar_note": "Haken Sie jedes Kästchen ab, wenn Sie die Dosis genommen haben.",
    "weeks": "Woche für Woche",
    "weeks_from": "Ab",
    "weeks_note": "Ein Kästchen für jede Einnahme des Tages, von oben nach unten. "
    "Haken Sie es ab, wenn Sie die Dosis genommen haben.",
    "key_new": "Neue Dosis: der erste Tag eines neuen Schritts",
    "key_review": "Kontrolle: Termin oder Anruf in der Arztpraxis",
    "what_to_do": "Was tun",
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
    "label_take": "{doses} nehmen",
    "label_none": "nichts nehmen",
    "label_dose": "{words} ({dose}) {time}",
    "label_amount": "{amount} {time}",
    "label_morning": "morgens",
    "label_noon": "mittags",
    "label_evening": "abends",
    "label_bedtime": "zur Nacht",
    "label_dates": "{doses} vom {start} bis {end} ({days})",
    "label_date": "{doses} am {start} ({days})",
    "label_days": "{doses}, {days} lang",
    "label_then": "{first}, danach {next}",
    "label_stop": "{first}, danach aufhören",
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
    "semicolon": "; ",
    "dateless_on_days": "an {days} jeder Woche",
    "on_average": "im Mittel {dose} am Tag",
    "summary_week": "Von {first} am Tag auf eine Dosis, die vom Wochentag abhängt",
    "sentence_week": "Sie gehen von {first} am Tag in {steps} auf eine Dosis, die vom Wochentag abhängt. "
    "Beginn: {start}. Diese Dosis gilt ab: {end}.",
    "summary_cycle": "Von {first} am Tag auf eine Dosis, die von Tag zu Tag wechselt",
    "sentence_cycle": "Sie gehen von {first} am Tag in {steps} auf eine Dosis, die "
    "von Tag zu Tag wechselt. Beginn: {start}. Diese Dosis gilt ab: {end}.",
    "change_cycle": "die Dosis wechselt jetzt von Tag zu Tag",
    "change_weekly": "die Dosis hängt jetzt vom Wochentag ab",
    "change_pattern": "andere Dosen an manchen Wochentagen",
    "change_daily": "jetzt jeden Tag dieselbe Dosis",
    "change_week_down": "{amount} weniger in der Woche",
    "change_week_up": "{amount} mehr in der Woche",
    "card_next_week": "Ab {date}: {dose}",
    "label_week": "{days} {doses}",
    "label_week_and": "{first}, und {next}",
    "label_week_none": "nichts",
    "label_week_take": "{doses} nehmen,",
    "fact_line": "{label}: {value}, {detail}.",
    "shape_circle": "Kreis",
    "shape_oval": "Oval",
    "shape_square": "Quadrat",
    "shape_hexagon": "Sechseck",
    "shape_diamond": "Raute",
    "shape_pentagon": "Fünfeck",
    "drug_shape": "{drug}: {shape}",
    "drugs_title": "Mehr als ein Medikament: {drugs}",
    "drugs_apart": "Sie sind nicht gleich. Prüfen Sie bei jeder Dosis den Namen auf der Packung.",
    "drugs_drawn": "In den Zeichnungen: {shapes}.",
    "drug_replaced": "Schritt für Schritt ersetzt {new} das Mittel {old}. Beginn: {start}. Ende: {end}.",
    "drug_replaced_at_once": "{new} ersetzt {old}. Beginn: {start}.",
    "drug_stays": "{drug} bleibt gleich: {dose} am Tag.",
    "drug_waits": "{drug} bleibt zunächst gleich: {dose} am Tag. Letzter Tag mit dieser Dosis: {date}.",
    "drug_last": "Letzter Tag mit {drug}: {date}. Nehmen Sie {drug} nach diesem Tag nicht mehr.",
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
    nouns=MappingProxyType({"tablet": "Tablette", "capsule": "Kapsel", "film": "Schmelzfolie", "piece": "Stück"}),
    count=counter("de", LOCALES["de"].decimal, _NOUNS),
    forms=MappingProxyType(
        {
            "day": {"one": "{number} Tag", "other": "{number} Tage"},
            "drop": {"one": "{number} Tropfen", "other": "{number} Tropfen"},
            "step": {"one": "{number} Schritt", "other": "{number} Schritten"},
            "time": {"one": "einmal", "other": "{number}-mal"},
            "week": {"one": "{number} Woche", "other": "{number} Wochen"},
        }
    ),
    phrase=MappingProxyType(_PHRASES | REVISION["de"] | TAKING["de"] | TELLS["de"]),
    what_to_do=translated(ENGLISH.what_to_do, _WHAT_TO_DO),
    no_dose_days=Sentence(_NO_DOSE_DAYS, ENGLISH.no_dose_days.sources),
    asleep=Sentence(_ASLEEP, ENGLISH.asleep.sources),
)
