"""A translated what-to-do page: the sentences of the translation, the tones and sources of the original."""

from __future__ import annotations

from collections.abc import Mapping

from taper.paper.words.language import Passage, Sentence

Texts = tuple[str, tuple[str, ...], tuple[str, ...]]
"""Heading, sentences of the paragraph, sentences of the list."""


def translated(original: tuple[Passage, ...], texts: tuple[Texts, ...]) -> tuple[Passage, ...]:
    """Put the sentences of a translation in the place of the original ones.

    Raises:
        ValueError: A sentence is missing or too many, so that a source would stand under the wrong one.
    """
    return tuple(
        Passage(title, passage.tone, _sentences(passage.lead, lead), _sentences(passage.points, points))
        for passage, (title, lead, points) in zip(original, texts, strict=True)
    )


def _sentences(original: tuple[Sentence, ...], texts: tuple[str, ...]) -> tuple[Sentence, ...]:
    return tuple(Sentence(text, sentence.sources) for sentence, text in zip(original, texts, strict=True))


def french_spaces(phrases: Mapping[str, str]) -> dict[str, str]:
    """Set the space that does not break before the double signs of French.

    >>> french_spaces({"a": "Des questions ? « Oui »"})["a"].count(" ")
    2
    """
    return {name: french_space(text) for name, text in phrases.items()}


def french_space(text: str) -> str:
    """Set it in one text."""
    for sign in (" :", " ;", " ?", " !", " »"):
        text = text.replace(sign, "\N{NO-BREAK SPACE}" + sign[1:])
    return text.replace("« ", "«\N{NO-BREAK SPACE}")
