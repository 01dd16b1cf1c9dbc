"""Tablets and capsules in words, for languages in which whole and part follow each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from taper.paper.words.language import Noun
from taper.paper.words.locale import Plural, part_plural, plural
from taper.quantity import exact_text
from taper.values import dataclass

_PARTS = {Fraction(1, 4): 0, Fraction(1, 2): 1, Fraction(3, 4): 2}


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of one noun.

    Attributes:
        whole: A whole number of pieces, by plural category, with {number} where it is a figure.
        alone: A quarter, a half, three quarters of a piece.
        behind: The same behind a whole number.
        before: A whole number with a part behind it, where that differs from `whole`: without a noun, where the part
            has it, so that a strength behind the two belongs to both.
    """

    whole: Mapping[Plural, str]
    alone: tuple[str, str, str]
    behind: tuple[str, str, str]
    before: Mapping[Plural, str] | None = None


def counter(code: str, decimal: str, forms: Mapping[Noun, Forms]) -> Callable[[Fraction, Noun], str]:
    """Return the function that writes a number of pieces in a language.

    Args:
        code: Code of the language.
        decimal: Its decimal sign.
        forms: The forms of each noun.
    """

    def count(pieces: Fraction, noun: Noun) -> str:
        form = forms[noun]
        number, part = divmod(pieces, 1)
        if part and part not in _PARTS:
            number_text = exact_text(pieces).replace(".", decimal)
            return form.whole[part_plural(code, pieces)].format(number=number_text)
        if part and not number:
            return form.alone[_PARTS[part]]
        wholes = form.before if part and form.before else form.whole
        written = wholes[plural(code, number)].format(number=number)
        return f"{written} {form.behind[_PARTS[part]]}" if part else written

    return count
