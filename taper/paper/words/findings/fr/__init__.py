"""French, in sentences that need no "de" or "que" before a name or a rounded number. Not checked by a clinician."""

from taper.paper.words.findings.fr import common, notes, pace, person, practice, record, remarks, splitting
from taper.paper.words.translation import french_spaces

COUNTED: dict[str, dict[str, str]] = {
    "day": {"one": "{number} jour", "many": "{number} de jours", "other": "{number} jours"},
    "night": {"one": "{number} nuit", "many": "{number} de nuits", "other": "{number} nuits"},
    "week": {"one": "{number} semaine", "many": "{number} de semaines", "other": "{number} semaines"},
    "month": {"one": "{number} mois", "many": "{number} de mois", "other": "{number} mois"},
    # what comes again: "tous les 3 jours", "toutes les 2 semaines"
    "day chaque": {"one": "tous les {number} jours", "other": "tous les {number} jours"},
    "week chaque": {"one": "toutes les {number} semaines", "other": "toutes les {number} semaines"},
    "month chaque": {"one": "tous les {number} mois", "other": "tous les {number} mois"},
    "step": {"one": "{number} étape", "many": "{number} d’étapes", "other": "{number} étapes"},
    "step nombre": {"one": "{number}", "other": "{number}"},
    "cut": {"one": "{number} baisse", "many": "{number} de baisses", "other": "{number} baisses"},
    "table": {"one": "{number} table", "many": "{number} de tables", "other": "{number} tables"},
    "tablet": {"one": "{number} comprimé", "many": "{number} de comprimés", "other": "{number} comprimés"},
    "product": {"one": "{number} produit", "many": "{number} de produits", "other": "{number} produits"},
    "row": {"one": "{number} ligne", "many": "{number} de lignes", "other": "{number} lignes"},
    "number days": {"one": "{number} jour", "many": "{number} de jours", "other": "{number} jours"},
    "more place": {
        "one": "{number} autre endroit",
        "many": "{number} d’autres endroits",
        "other": "{number} autres endroits",
    },
}
TEXTS = french_spaces(
    {
        **(common.TEXTS | pace.TEXTS | practice.TEXTS | splitting.TEXTS),
        **(person.TEXTS | record.TEXTS | remarks.TEXTS | notes.TEXTS),
    }
)
