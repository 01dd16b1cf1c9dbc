"""The definition of a rule: its code, its documentation, and its function."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable

from taper.catalog import Limit
from taper.checker.case import Case
from taper.errors import TaperError
from taper.finding import Outcome
from taper.values import dataclass

Function = Callable[[Case], Iterable[Outcome]]

_SECTIONS = ("What", "Why", "What to do")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, its name, the version it came with, and its function.

    Attributes:
        code: Letter and three digits, never reused.
        name: A few words.
        since: Version of the library that introduced it.
        kinds: Kinds of guideline limits that it reads; empty if it needs none.
        topics: Topics of the ``person`` statements that it reads.
        doc: What it looks for, why, and what the clinician can do: the function's docstring.
        function: Takes a case, yields findings and what could not be evaluated.
        second_pass: Whether it is applied after all others, to a case that knows what they found.
    """

    code: str
    name: str
    since: str
    kinds: tuple[str, ...]
    doc: str
    function: Function
    topics: tuple[str, ...] = ()
    second_pass: bool = False

    def __call__(self, case: Case) -> Iterable[Outcome]:
        """Return the findings of the rule for a case."""
        return self.function(case)

    def reads(self, limit: Limit) -> bool:
        """Return whether the rule uses a limit of a guideline."""
        return limit.kind in self.kinds and (limit.kind != "person" or limit.topic in self.topics)

    def section(self, heading: str) -> str:
        """Return the text under one heading of the docstring: What, Why, or What to do."""
        text = f"\n{self.doc}".partition(f"\n{heading}:")[2]
        for following in _SECTIONS:
            text = text.partition(f"\n{following}:")[0]
        return " ".join(text.split())


def rule(
    code: str,
    name: str,
    *,
    since: str,
    kinds: tuple[str, ...] = (),
    topics: tuple[str, ...] = (),
    second_pass: bool = False,
) -> Callable[[Function], Rule]:
    """Turn a function into a rule; its docstring has the sections What, Why and What to do.

    Args:
        code: Letter and three digits, such as ``"T101"``; your own rules begin with another letter.
        name: A few words.
        since: Version that introduced it.
        kinds: Kinds of guideline limits that it reads.
        topics: Topics of the ``person`` statements that it reads; such a rule reads that kind.
        second_pass: Whether it looks at what all others found (`Case.first_pass`).

    Raises:
        TaperError: The code is not written like one, or a section of the docstring is missing.
    """
    if not re.fullmatch("[A-Z][0-9]{3}", code):
        raise TaperError(f"{code!r} is not the code of a rule; write a letter and three digits, such as X101")

    def make(function: Function) -> Rule:
        read = (*kinds, *(("person",) if topics else ()))
        new_rule = Rule(code, name, since, read, inspect.getdoc(function) or "", function, topics, second_pass)
        for heading in _SECTIONS:
            if not new_rule.section(heading):
                raise TaperError(
                    f"rule {code} has no section '{heading}:' in its docstring; every rule explains itself"
                )
        return new_rule

    return make
