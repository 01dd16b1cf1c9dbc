"""How a dose is measured and made up, in few words, in every language: for the month, the boxes and the drawings.

In the month a whole tablet and a part of one stand apart, as they are drawn: "2 of 5 mg", "half of 5 mg".
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

MOST_IN_WORDS = 10
"""So many fillings are counted in words; more are written as a number."""

_EN = {
    "fill_full": "fill to {full} {times}",
    "fill_rest": "fill to {full} {times}, then to {rest}",
    "liquid_of": "liquid with {strength}",  # a strength first on a line could be taken for the amount
    "label_measured": "{volume} ({dose}), measured with: {device}",
    "device_with": "measured with: {device}",
    "device_fill": "{device}: {fill}",
    "short_whole": "{number} of {strength}",
    "short_quarter": "a quarter of {strength}",
    "short_half": "half of {strength}",
    "short_three_quarters": "three quarters of {strength}",
    "short_more": "+ {some}",
    "pattern": "{days} {dose}",
    "pattern_others": "other days {dose}",
    "diary_taken": "Dose taken?",
    "diary_mood": "Low mood 0 to 10",
    "diary_falls": "Falls",
    "sign_note": "The number in a drawing is how many mg you take of that {noun}: of a whole one, or of the "
    "filled part. Do not take the part with the dashed line.",
}
_FR = {
    "fill_full": "remplir {times} jusqu’à {full}",
    "fill_rest": "remplir {times} jusqu’à {full}, puis jusqu’à {rest}",
    "liquid_of": "solution buvable à {strength}",
    "label_measured": "{volume} ({dose}), à mesurer avec : {device}",
    "device_with": "à mesurer avec : {device}",
    "device_fill": "{device} : {fill}",
    "short_whole": "{number} de {strength}",
    "short_quarter": "un quart de {strength}",
    "short_half": "la moitié de {strength}",
    "short_three_quarters": "trois quarts de {strength}",
    "short_more": "+ {some}",
    "pattern": "{days} {dose}",
    "pattern_others": "les autres jours {dose}",
    "diary_taken": "Dose prise ?",
    "diary_mood": "Moral bas 0 à 10",
    "diary_falls": "Chutes",
    "sign_note": "Le nombre dans un dessin ({noun}) est ce que vous en prenez, en mg : le tout, ou la partie remplie. "
    "Ne prenez pas la partie en pointillé.",
}
_NL = {
    "fill_full": "vul {times} tot {full}",
    "fill_rest": "vul {times} tot {full} en dan tot {rest}",
    "liquid_of": "drank van {strength}",
    "label_measured": "{volume} ({dose}), af te meten met: {device}",
    "device_with": "af te meten met: {device}",
    "device_fill": "{device}: {fill}",
    "short_whole": "{number} van {strength}",
    "short_quarter": "een kwart van {strength}",
    "short_half": "de helft van {strength}",
    "short_three_quarters": "driekwart van {strength}",
    "short_more": "+ {some}",
    "pattern": "{days} {dose}",
    "pattern_others": "andere dagen {dose}",
    "diary_taken": "Dosis ingenomen?",
    "diary_mood": "Somber 0 tot 10",
    "diary_falls": "Keer gevallen",
    "sign_note": "Het getal in een tekening ({noun}) is hoeveel mg u ervan neemt: van een hele, of van het gevulde "
    "deel. Neem het deel met streepjes niet.",
}
_DE = {
    "fill_full": "{times} bis {full} füllen",
    "fill_rest": "{times} bis {full} füllen, dann bis {rest}",
    "liquid_of": "Flüssigkeit mit {strength}",
    "label_measured": "{volume} ({dose}), abgemessen mit: {device}",
    "device_with": "abgemessen mit: {device}",
    "device_fill": "{device}: {fill}",
    "short_whole": "{number} à {strength}",
    "short_quarter": "ein Viertel von {strength}",
    "short_half": "die Hälfte von {strength}",
    "short_three_quarters": "drei Viertel von {strength}",
    "short_more": "+ {some}",
    "pattern": "{days} {dose}",
    "pattern_others": "an den anderen Tagen {dose}",
    "diary_taken": "Dosis genommen?",
    "diary_mood": "Gedrückte Stimmung 0 bis 10",
    "diary_falls": "Stürze",
    "sign_note": "Die Zahl in einer Zeichnung ({noun}) sagt, wie viel mg Sie davon einnehmen: vom Ganzen oder "
    "vom gefüllten Teil. Den gestrichelten Teil nehmen Sie nicht ein.",
}
_ES = {
    "fill_full": "llenar {times} hasta {full}",
    "fill_rest": "llenar {times} hasta {full} y luego hasta {rest}",
    "liquid_of": "solución oral de {strength}",
    "label_measured": "{volume} ({dose}); mida con: {device}",
    "device_with": "mida con: {device}",
    "device_fill": "{device}: {fill}",
    "short_whole": "{number} de {strength}",
    "short_quarter": "un cuarto de {strength}",
    "short_half": "la mitad de {strength}",
    "short_three_quarters": "tres cuartos de {strength}",
    "short_more": "+ {some}",
    "pattern": "{days} {dose}",
    "pattern_others": "los demás días {dose}",
    "diary_taken": "¿Dosis tomada?",
    "diary_mood": "Ánimo bajo 0 a 10",
    "diary_falls": "Caídas",
    "sign_note": "El número de cada dibujo ({noun}) son los mg que toma: de la unidad entera o de la parte llena. No "
    "tome la parte dibujada con línea discontinua.",
}
_AR = {
    "fill_full": "املأها {times} حتى {full}",
    "fill_rest": "املأها {times} حتى {full} ثم مرة حتى {rest}",
    "liquid_of": "سائل بتركيز {strength}",
    "label_measured": "{volume} ({dose})، القياس باستعمال: {device}",
    "device_with": "القياس باستعمال: {device}",
    "device_fill": "{device}: {fill}",
    "short_whole": "{number} من {strength}",
    "short_quarter": "ربع من {strength}",
    "short_half": "نصف من {strength}",
    "short_three_quarters": "ثلاثة أرباع من {strength}",
    "short_more": "+ {some}",
    "pattern": "{days} {dose}",
    "pattern_others": "الأيام الأخرى {dose}",
    "diary_taken": "هل أخذت الجرعة؟",
    "diary_mood": "مزاج حزين من 0 إلى 10",
    "diary_falls": "السقوط",
    "sign_note": "الرقم داخل الرسم ({noun}) يبيّن عدد المليغرامات (mg، ملغ) التي تأخذها منه: من الكل أو من الجزء "
    "الملون. لا تأخذ الجزء المرسوم بخط متقطع.",
}

_TIMES = {
    "en": ("once", *(f"{n} times" for n in ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])),
    "fr": tuple(f"{n} fois" for n in ["une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"]),
    "nl": tuple(f"{n} keer" for n in ["één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"]),
    "de": tuple(f"{n}mal" for n in ["ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"]),
    "es": (
        "una vez",
        *(f"{n} veces" for n in ["dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"]),
    ),
    "ar": ("مرة واحدة", "مرتين", *(f"{n} مرات" for n in ["ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"])),
}


def _counted(code: str, phrases: dict[str, str]) -> dict[str, str]:
    times = {f"times_{number}": words for number, words in enumerate(_TIMES[code], 1)}
    return phrases | times


TAKING: Mapping[str, dict[str, str]] = MappingProxyType(
    {
        code: _counted(code, phrases)
        for code, phrases in (("en", _EN), ("fr", _FR), ("nl", _NL), ("de", _DE), ("es", _ES), ("ar", _AR))
    }
)
"""Phrases by language."""
