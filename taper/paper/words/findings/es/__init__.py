"""Spanish, for Spain and the Americas. Not checked by a clinician."""

from taper.paper.words.findings.es import common, notes, pace, person, practice, record, remarks, splitting


def _counted(one: str, many: str) -> dict[str, str]:
    """Return the plural forms of a noun; a whole million takes "de"."""
    return {"one": f"{{number}} {one}", "many": f"{{number}} de {many}", "other": f"{{number}} {many}"}


COUNTED: dict[str, dict[str, str]] = {
    "day": _counted("día", "días"),
    "night": _counted("noche", "noches"),
    "week": _counted("semana", "semanas"),
    "month": _counted("mes", "meses"),
    "step": _counted("paso", "pasos"),
    "cut": _counted("reducción", "reducciones"),
    "table": _counted("tabla", "tablas"),
    "tablet": _counted("producto", "productos"),  # a "comprimido" in Spain, a "tableta" in the Americas
    "product": _counted("producto", "productos"),
    "row": _counted("fila", "filas"),
    "number days": _counted("día", "días"),
    "number tablets": _counted("comprimido", "comprimidos"),
    "number capsules": _counted("cápsula", "cápsulas"),
    "percent un": {"one": "un\N{NO-BREAK SPACE}{number}", "other": "un\N{NO-BREAK SPACE}{number}"},
    "more place": _counted("lugar más", "lugares más"),
}
TEXTS = (
    common.TEXTS
    | pace.TEXTS
    | practice.TEXTS
    | splitting.TEXTS
    | person.TEXTS
    | record.TEXTS
    | remarks.TEXTS
    | notes.TEXTS
)
