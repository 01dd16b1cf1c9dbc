"""German, with the case of a number where the sentence asks for it: ``{days:dat}``. Not checked by a clinician."""

from taper.paper.words.findings.de import notes, pace, person, practice, record, remarks, splitting

COUNTED: dict[str, dict[str, str]] = {
    "day": {"one": "{number} Tag", "other": "{number} Tage"},
    "day dat": {"one": "{number} Tag", "other": "{number} Tagen"},
    "night": {"one": "{number} Nacht", "other": "{number} Nächte"},
    "night dat": {"one": "{number} Nacht", "other": "{number} Nächten"},
    "week": {"one": "{number} Woche", "other": "{number} Wochen"},
    "month": {"one": "{number} Monat", "other": "{number} Monate"},
    "month dat": {"one": "{number} Monat", "other": "{number} Monaten"},
    "step": {"one": "{number} Schritt", "other": "{number} Schritte"},
    "step dat": {"one": "{number} Schritt", "other": "{number} Schritten"},
    "cut": {"one": "{number} Reduktion", "other": "{number} Reduktionen"},
    "table": {"one": "{number} Tabelle", "other": "{number} Tabellen"},
    "tablet": {"one": "{number} Tablette", "other": "{number} Tabletten"},
    "product": {"one": "{number} Präparat", "other": "{number} Präparate"},
    "more place": {"one": "{number} weitere Stelle", "other": "{number} weitere Stellen"},
    "row": {"one": "{number} Zeile", "other": "{number} Zeilen"},
    "row dat": {"one": "{number} Zeile", "other": "{number} Zeilen"},
    "number days": {"one": "{number} Tag", "other": "{number} Tage"},
    "number tablets": {"one": "{number} Tablette", "other": "{number} Tabletten"},
    "number capsules": {"one": "{number} Kapsel", "other": "{number} Kapseln"},
    "table dat": {"one": "{number} Tabelle", "other": "{number} Tabellen"},
}
TEXTS = pace.TEXTS | practice.TEXTS | splitting.TEXTS | person.TEXTS | record.TEXTS | remarks.TEXTS | notes.TEXTS
