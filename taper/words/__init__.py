"""The sentences of the paper, one file a language.

>>> load("en").weekdays[0]
'Monday'
"""

from __future__ import annotations

from taper.errors import TaperError
from taper.words.en import ENGLISH
from taper.words.language import Language

LANGUAGES: dict[str, Language] = {ENGLISH.code: ENGLISH}
"""The languages that can be printed, by code."""


def load(language: str) -> Language:
    """Return the words of a language.

    Args:
        language: Code of the language, such as ``"en"``.

    Raises:
        TaperError: No such language; names those there are.
    """
    try:
        return LANGUAGES[language]
    except KeyError:
        known = ", ".join(sorted(LANGUAGES))
        raise TaperError(
            f"{language!r} is not a language that can be printed; known: {known}", field="language"
        ) from None
