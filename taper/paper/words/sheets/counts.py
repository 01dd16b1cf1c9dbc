"""What the clinician's sheet counts, in every language by plural category: findings, rules, tables, intervals.

"each week" and its kind are whole phrases, as "every 2 weeks" and "every week" are built differently in most languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from taper.paper.words.language import Counted
from taper.paper.words.locale import Plural

_Forms = Mapping[Counted, Mapping[Plural, str]]


def _arabic(one: str, two: str, few: str, many: str, other: str) -> dict[Plural, str]:
    return {
        "zero": f"{{number}} {other}",
        "one": one,
        "two": two,
        "few": f"{{number}} {few}",
        "many": f"{{number}} {many}",
        "other": f"{{number}} {other}",
    }


def _each(forms: dict[Plural, str]) -> dict[Plural, str]:
    return {category: f"كل {text}" for category, text in forms.items()}


_ENGLISH: _Forms = {
    "month": {"one": "1 month", "other": "{number} months"},
    "each day": {"one": "every day", "other": "every {number} days"},
    "each week": {"one": "every week", "other": "every {number} weeks"},
    "each month": {"one": "every month", "other": "every {number} months"},
    "alert": {"one": "1 alert", "other": "{number} alerts"},
    "warning": {"one": "1 warning", "other": "{number} warnings"},
    "note": {"one": "1 note", "other": "{number} notes"},
    "rule": {"one": "1 rule", "other": "{number} rules"},
    "table": {"one": "1 table", "other": "{number} tables"},
    "product row": {"one": "1 product row", "other": "{number} product rows"},
}
_GERMAN: _Forms = {
    "month": {"one": "{number} Monat", "other": "{number} Monate"},
    "each day": {"one": "jeden Tag", "other": "alle {number} Tage"},
    "each week": {"one": "jede Woche", "other": "alle {number} Wochen"},
    "each month": {"one": "jeden Monat", "other": "alle {number} Monate"},
    "alert": {"one": "{number} Alarm", "other": "{number} Alarme"},
    "warning": {"one": "{number} Warnung", "other": "{number} Warnungen"},
    "note": {"one": "{number} Hinweis", "other": "{number} Hinweise"},
    "rule": {"one": "{number} Regel", "other": "{number} Regeln"},
    "table": {"one": "{number} Tabelle", "other": "{number} Tabellen"},
    "product row": {"one": "{number} Zeile mit Präparaten", "other": "{number} Zeilen mit Präparaten"},
}
_FRENCH: _Forms = {
    "month": {"one": "{number} mois", "many": "{number} de mois", "other": "{number} mois"},
    "each day": {"one": "tous les jours", "many": "tous les {number} de jours", "other": "tous les {number} jours"},
    "each week": {
        "one": "toutes les semaines",
        "many": "toutes les {number} de semaines",
        "other": "toutes les {number} semaines",
    },
    "each month": {"one": "tous les mois", "many": "tous les {number} de mois", "other": "tous les {number} mois"},
    "alert": {"one": "{number} alerte", "many": "{number} d’alertes", "other": "{number} alertes"},
    "warning": {
        "one": "{number} avertissement",
        "many": "{number} d’avertissements",
        "other": "{number} avertissements",
    },
    "note": {"one": "{number} remarque", "many": "{number} de remarques", "other": "{number} remarques"},
    "rule": {"one": "{number} règle", "many": "{number} de règles", "other": "{number} règles"},
    "table": {"one": "{number} table", "many": "{number} de tables", "other": "{number} tables"},
    "product row": {
        "one": "{number} ligne de produits",
        "many": "{number} de lignes de produits",
        "other": "{number} lignes de produits",
    },
}
_SPANISH: _Forms = {
    "month": {"one": "{number} mes", "many": "{number} de meses", "other": "{number} meses"},
    "each day": {"one": "cada día", "many": "cada {number} de días", "other": "cada {number} días"},
    "each week": {"one": "cada semana", "many": "cada {number} de semanas", "other": "cada {number} semanas"},
    "each month": {"one": "cada mes", "many": "cada {number} de meses", "other": "cada {number} meses"},
    "alert": {"one": "{number} alerta", "many": "{number} de alertas", "other": "{number} alertas"},
    "warning": {"one": "{number} advertencia", "many": "{number} de advertencias", "other": "{number} advertencias"},
    "note": {"one": "{number} nota", "many": "{number} de notas", "other": "{number} notas"},
    "rule": {"one": "{number} regla", "many": "{number} de reglas", "other": "{number} reglas"},
    "table": {"one": "{number} tabla", "many": "{number} de tablas", "other": "{number} tablas"},
    "product row": {
        "one": "{number} fila de productos",
        "many": "{number} de filas de productos",
        "other": "{number} filas de productos",
    },
}
_DUTCH: _Forms = {
    "month": {"one": "{number} maand", "other": "{number} maanden"},
    "each day": {"one": "elke dag", "other": "elke {number} dagen"},
    "each week": {"one": "elke week", "other": "elke {number} weken"},
    "each month": {"one": "elke maand", "other": "elke {number} maanden"},
    "alert": {"one": "{number} alarm", "other": "{number} alarmen"},
    "warning": {"one": "{number} waarschuwing", "other": "{number} waarschuwingen"},
    "note": {"one": "{number} opmerking", "other": "{number} opmerkingen"},
    "rule": {"one": "{number} regel", "other": "{number} regels"},
    "table": {"one": "{number} tabel", "other": "{number} tabellen"},
    "product row": {"one": "{number} productregel", "other": "{number} productregels"},
}
_DAY = _arabic("يوم", "يومين", "أيام", "يومًا", "يوم")
_WEEK = _arabic("أسبوع", "أسبوعين", "أسابيع", "أسبوعًا", "أسبوع")
_MONTH = _arabic("شهر", "شهرين", "أشهر", "شهرًا", "شهر")
_ARABIC: _Forms = {
    "month": _arabic("شهر واحد", "شهران", "أشهر", "شهرًا", "شهر"),
    "each day": _each(_DAY),
    "each week": _each(_WEEK),
    "each month": _each(_MONTH),
    "alert": _arabic("إنذار واحد", "إنذاران", "إنذارات", "إنذارًا", "إنذار"),
    "warning": _arabic("تحذير واحد", "تحذيران", "تحذيرات", "تحذيرًا", "تحذير"),
    "note": _arabic("ملاحظة واحدة", "ملاحظتان", "ملاحظات", "ملاحظة", "ملاحظة"),
    "rule": _arabic("قاعدة واحدة", "قاعدتان", "قواعد", "قاعدة", "قاعدة"),
    "table": _arabic("جدول واحد", "جدولين", "جداول", "جدولًا", "جدول"),
    "product row": _arabic("صف منتجات واحد", "صفّا منتجات", "صفوف منتجات", "صف منتجات", "صف منتجات"),
}
COUNTS: Mapping[str, _Forms] = MappingProxyType(
    {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH, "nl": _DUTCH, "ar": _ARABIC}
)
"""The forms by language, then by what is counted."""
