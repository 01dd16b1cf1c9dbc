"""Everything `taper` can raise, on one screen.

    TaperError
    ├── QuantityError       a dose, strength, percentage or interval that is not written as one
    ├── OrderError          input that is not an order: bad file, unknown key, drug, product, country
    ├── ScheduleError       a plan document, or another tool's table, that cannot be read as a schedule
    ├── CatalogError        data that cannot load: a row without a source, a source without a locator
    ├── NotMakeableError    a dose that the ordered products cannot make
    │   └── StuckError      no sequence of makeable doses fits the ordered step; carries the ways out
    ├── ProofError          what was about to be given out does not add up: a fault of this program
    └── MissingExtraError   an optional dependency that is not installed

A finding about a schedule is never an exception: findings are values, see `taper.finding`.
Every message says where (file, field), what, why, and what to do next.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, Self, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class TaperError(Exception):
    """Base of all errors raised on purpose by this library.

    Args:
        message: What is wrong, why, and what to do, in one or more plain sentences.
        field: Where in the input, for example ``product[1].split``; empty if the whole input.
        file: Name of the file, if the input came from one.
    """

    def __init__(self, message: str, *, field: str = "", file: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.file = file

    def __str__(self) -> str:
        where = ": ".join(part if len(part) <= 200 else f"{part[:200]}…" for part in (self.file, self.field) if part)
        message = self.message if len(self.message) <= 4000 else f"{self.message[:4000]}…"  # it may quote the input
        return f"{where}: {message}" if where else message

    def at(self, *, field: str = "", file: str = "") -> Self:
        """Return the same error with its file and field filled in where they are still empty."""
        self.field = self.field or field
        self.file = self.file or file
        return self


class QuantityError(TaperError, ValueError):
    """A quantity that is not written in the one safe way."""


class OrderError(TaperError, ValueError):
    """Input that is not an order."""


class ScheduleError(TaperError, ValueError):
    """Input that is not a schedule."""


class CatalogError(TaperError, ValueError):
    """Data that cannot load."""


class NotMakeableError(TaperError, ValueError):
    """A dose that the ordered products cannot make."""


class StuckError(NotMakeableError):
    """No sequence of makeable doses keeps within the ordered step.

    Attributes:
        step: Number of the step at which the plan cannot go on.
        ways_out: Sentences, each a change to the order that was planned and works.
        ways: The same as `taper.planner.ways.Way`, each a change to the leg that is stuck.
        first: Place of the first phase of that leg in the order; None if the order has but one leg.
    """

    def __init__(
        self,
        message: str,
        *,
        step: int,
        ways_out: tuple[str, ...] = (),
        field: str = "",
        ways: tuple[object, ...] = (),
    ) -> None:
        super().__init__(message, field=field)
        self.step = step
        self.ways_out = ways_out
        self.ways = ways
        self.first: int | None = None


class ProofError(TaperError):
    """What was about to be given out does not add up, so it is not given out.

    Args:
        what: What it is, such as "the patient's paper" or "the file for a calendar".
        problem: What it says, and what the plan or the order has instead.
    """

    def __init__(self, what: str, problem: str) -> None:
        super().__init__(
            f"{what} is not given out, because it does not add up: {problem}. This is a fault of taper, not of the "
            "order; nothing was written. Please report it with the order, and write the plan by hand until it is mended"
        )
        self.what = what
        self.problem = problem


class MissingExtraError(TaperError, ImportError):
    """An optional dependency that is not installed."""

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the package '{package}', which is not installed; "
            f"run: pip install 'taper-planner[{extra}]'"
        )


@contextmanager
def located(field: str) -> Iterator[None]:
    """Prefix the field of every error raised inside with `field`."""
    try:
        yield
    except TaperError as problem:
        problem.field = ".".join(part for part in (field, problem.field) if part)
        raise


def brief(value: object) -> str:
    """Return a value as written, shortened for a message.

    >>> brief(1.5), brief("x" * 50)
    ('1.5', "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…")
    """
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


MOST_KNOWN = 12
"""How many known words a hint names."""


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """Return a hint that names the known words closest to an unknown one.

    >>> nearest("diazpam", ["diazepam", "zopiclone"])
    "did you mean 'diazepam'?"
    >>> nearest("xyz", ["b", "a"])
    'known: a, b'
    """
    words = sorted(set(known))
    close = closest(word, words, cutoff=cutoff)
    if close:
        return "did you mean " + " or ".join(f"'{one}'" for one in close) + "?"
    shown = ", ".join(words[:MOST_KNOWN])
    more = f" … ({len(words) - MOST_KNOWN} more)" if len(words) > MOST_KNOWN else ""
    return f"known: {shown}{more}" if words else "none is known"


def closest(word: str, words: Iterable[str], *, cutoff: float = 0.6) -> tuple[str, ...]:
    """Return the known words that are like an unknown one, at most three.

    >>> closest("diazpam", ["diazepam", "zopiclone"]), closest("xyz", ["b", "a"])
    (('diazepam',), ())
    """
    import difflib  # for a word that is wrong

    lowered = {one.lower(): one for one in words}
    return tuple(lowered[one] for one in difflib.get_close_matches(word.lower(), list(lowered), n=3, cutoff=cutoff))


def renamed(**names: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a public function take the old names of its keywords for one more release, with a warning.

    Args:
        names: New name of each keyword by its old one.

    >>> @renamed(colour="color")
    ... def paint(color: str) -> str:
    ...     return color
    >>> with warnings.catch_warnings(action="ignore"):
    ...     paint(colour="red")
    'red'
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def call(*args: P.args, **given: P.kwargs) -> R:
            keywords: dict[str, Any] = dict(given)
            for old, new in names.items():
                if old in keywords and new in keywords:
                    raise TypeError(f"{function.__name__}(): '{old}' is the old name of '{new}'; give one of the two")
                if old in keywords:
                    text = f"{function.__name__}(): '{old}' is now called '{new}'; the old name will go"
                    warnings.warn(text, DeprecationWarning, stacklevel=2)
                    keywords[new] = keywords.pop(old)
            return function(*args, **keywords)

        return call

    return decorate
