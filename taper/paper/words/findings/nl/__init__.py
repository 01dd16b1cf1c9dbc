"""Dutch, for the Netherlands and Belgium. Not checked by a clinician."""

from taper.paper.words.findings.nl import common, pace, person, practice, record, splitting

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
    "more place": {"one": "{number} andere plaats", "other": "{number} andere plaatsen"},
}
TEXTS = common.TEXTS | pace.TEXTS | practice.TEXTS | splitting.TEXTS | person.TEXTS | record.TEXTS
