"""What a drug is called on a paper: its name in the language, from the catalog; where none was read, the English one.

Arabic papers name a drug in both scripts once, and in dose lines as on the box: in the language of the country's boxes.
"""

from __future__ import annotations

from collections.abc import Iterable

from taper import catalog
from taper.catalog.names import without_accents
from taper.errors import TaperError

_BOXES = {"DE": "de", "AT": "de", "CH": "de", "FR": "fr", "ES": "es", "MX": "es", "NL": "nl", "BE": "nl"}
"""The language of the boxes in a country whose papers may be in Arabic; elsewhere they have the English name."""


def tall_man(drug: str) -> str:
    """Return the tall-man spelling that tells a drug from look-alike names, or its plain name if none is published.

    >>> tall_man("lorazepam"), tall_man("diazepam")
    ('LORazepam', 'diazepam')
    """
    try:
        spelling = catalog.drug(drug).tall_man
    except TaperError:  # a foreign table may name what the catalog does not have
        return drug
    return spelling.text if spelling else drug


class DrugNames:
    """The names of drugs in one language.

    Args:
        language: Its code, with or without a country.
        country: The country of the order, if there is one.

    >>> french = DrugNames("fr-CA", "CA")
    >>> french.plain("lorazepam"), french.tall("lorazepam"), french.unread(["lorazepam", "eszopiclone"])
    ('lorazépam', 'LORazépam', ('eszopiclone',))
    >>> arabic = DrugNames("ar", "DE")
    >>> arabic.plain("zopiclone"), arabic.own("zopiclone")
    ('Zopiclon', 'زوبيكلون')
    """

    def __init__(self, language: str, country: str | None) -> None:
        self._own = language.partition("-")[0]
        self._written = _BOXES.get(country or "", "en") if self._own == "ar" else self._own

    def plain(self, drug: str) -> str:
        """Return the name that stands beside doses."""
        return _name(drug, self._written) or drug

    def tall(self, drug: str) -> str:
        """Return the same with the capitals of its tall-man spelling, where that has the same letters."""
        name, spelling = self.plain(drug), tall_man(drug)
        if without_accents(name) != without_accents(spelling):
            return name
        return "".join(own.upper() if tall.isupper() else own for own, tall in zip(name, spelling, strict=True))

    def own(self, drug: str) -> str:
        """Return the name in the script of the language where dose lines have another; else nothing."""
        return _name(drug, self._own) if self._own != self._written else ""

    def unread(self, drugs: Iterable[str]) -> tuple[str, ...]:
        """Return the drugs of the catalog that have no name in the language, as no source of it was read."""
        if self._own == "en":
            return ()
        return tuple(drug for drug in drugs if drug in catalog.drugs() and not _name(drug, self._own))


def _name(drug: str, language: str) -> str:
    found = None if language == "en" else catalog.drug_name(drug, language)
    return "" if found is None else found.text
