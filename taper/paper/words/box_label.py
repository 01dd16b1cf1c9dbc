"""The sentences of the label of a box, in every language: the same keys and blanks in each."""

from __future__ import annotations

from collections.abc import Mapping

BOX_LABEL: Mapping[str, Mapping[str, str]] = {
    "en": {
        "box_line": "{dates}: {doses}.",
        "box_start": "Start on {date}.",
        "box_none": "do not take any of this",
        "box_stop": "{first}; after that, stop taking it",
        "box_calendar": "take as your taper calendar says",
        "box_new": "New dose on {days}.",
    },
    "fr": {
        "box_line": "{dates} : {doses}.",
        "box_start": "Commencer le {date}.",
        "box_none": "ne pas en prendre",
        "box_stop": "{first}\N{NO-BREAK SPACE}; ensuite, ne plus en prendre",
        "box_calendar": "prendre comme l’indique votre calendrier",
        "box_new": "Nouvelle dose le {days}.",
    },
    "nl": {
        "box_line": "{dates}: {doses}.",
        "box_start": "Begin op {date}.",
        "box_none": "hiervan niets innemen",
        "box_stop": "{first}; daarna niet meer innemen",
        "box_calendar": "innemen zoals in uw kalender staat",
        "box_new": "Nieuwe dosis op {days}.",
    },
    "de": {
        "box_line": "{dates}: {doses}.",
        "box_start": "Am {date} beginnen.",
        "box_none": "nichts davon einnehmen",
        "box_stop": "{first}; danach nicht mehr einnehmen",
        "box_calendar": "so einnehmen, wie es in Ihrem Kalender steht",
        "box_new": "Neue Dosis am {days}.",
    },
    "es": {
        "box_line": "{dates}: {doses}.",
        "box_start": "Empezar el {date}.",
        "box_none": "no tomar nada de esto",
        "box_stop": "{first}; después, no tomarlo más",
        "box_calendar": "tomar como indica su calendario",
        "box_new": "Nueva dosis el {days}.",
    },
    "ar": {
        "box_line": "{dates}: {doses}.",
        "box_start": "ابدأ في {date}.",
        "box_none": "لا تأخذ منه شيئا",
        "box_stop": "{first}؛ بعد ذلك توقف عن أخذه",
        "box_calendar": "الجرعة كما في التقويم",
        "box_new": "جرعة جديدة في {days}.",
    },
}
"""By code of the language; "this" is what is in one box or bottle."""
