"""Dutch, for the Netherlands and Belgium. Not checked by a clinician."""

from taper.paper.words.findings.nl import common, notes, pace, person, practice, record, remarks, splitting

COUNTED: dict[str, dict[str, str]] = {
    "day": {"one": "{number} dag", "other": "{number} dagen"},
    "night": {"one": "{number} nacht", "other": "{number} nachten"},
    "week": {"one": "{number} week", "other": "{number} weken"},
    "month": {"one": "{number} maand", "other": "{number} maanden"},
    "step": {"one": "{number} stap", "other": "{number} stappen"},
    "cut": {"one": "{number} verlaging", "other": "{number} verlagingen"},
    "table": {"one": "{number} tabel", "other": "{number} tabellen"},
    "tablet": {"one": "{number} tablet", "other": "{number} tabletten"},
    "product": {"one": "{number} product", "other": "{number} producten"},
    "row": {"one": "{number} rij", "other": "{number} rijen"},
    "number days": {"one": "{number} dag", "other": "{number} dagen"},
    "number tablets": {"one": "{number} tablet", "other": "{number} tabletten"},
    "number capsules": {"one": "{number} capsule", "other": "{number} capsules"},
    "more place": {"one": "{number} andere plaats", "other": "{number} andere plaatsen"},
}
_CHECKED = common.TEXTS | pace.TEXTS | practice.TEXTS | splitting.TEXTS | person.TEXTS
TEXTS = _CHECKED | record.TEXTS | remarks.TEXTS | notes.TEXTS
