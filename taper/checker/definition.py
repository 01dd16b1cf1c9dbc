"""The definition of a rule: its code, its documentation, and its function."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from taper.catalog import Limit
from taper.errors import TaperError
from taper.finding import Outcome


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
        function: Takes a `taper.checker.case.Case`, returns findings and what could not be evaluated.
    """

    code: str
    name: str
    since: str
    kinds: tuple[str, ...]
    doc: str
    function: Callable[[Any], Iterable[Outcome]]
    topics: tuple[str, ...] = ()

    def __call__(self, case: Any) -> Iterable[Outcome]:
        """Return the findings of the rule for a case."""
        return self.function(case)

    def reads(self, limit: Limit) -> bool:
        """Return whether the rule uses a limit of a guideline."""
        return limit.kind in self.kinds and (limit.kind != "person" or limit.topic in self.topics)

    def section(self, heading: str) -> str:
        """Return the text under one heading of the docstring: What, Why, or What to do."""
        found = re.search(rf"^{heading}:\s*(.*?)(?=^(?:What|Why|What to do):|\Z)", self.doc, re.DOTALL | re.MULTILINE)
        return " ".join(found[1].split()) if found else ""


def rule(
    code: str, name: str, *, since: str, kinds: tuple[str, ...] = (), topics: tuple[str, ...] = ()
) -> Callable[[Callable[[Any], Iterable[Outcome]]], Rule]:
    """Turn a function into a rule; its docstring has the sections What, Why and What to do.

    Args:
        code: Letter and three digits, such as ``"T101"``; your own rules begin with another letter.
        name: A few words.
        since: Version that introduced it.
        kinds: Kinds of guideline limits that it reads.
        topics: Topics of the ``person`` statements that it reads; such a rule reads that kind.

    Raises:
        TaperError: The code is not written like one, or a section of the docstring is missing.
    """
    if not re.fullmatch("[A-Z][0-9]{3}", code):
        raise TaperError(f"{code!r} is not the code of a rule; write a letter and three digits, such as X101")

    def make(function: Callable[[Any], Iterable[Outcome]]) -> Rule:
        read = (*kinds, *(("person",) if topics else ()))
        made = Rule(code, name, since, read, inspect.getdoc(function) or "", function, topics)
        for heading in ("What", "Why", "What to do"):
            if not made.section(heading):
                raise TaperError(
                    f"rule {code} has no section '{heading}:' in its docstring; every rule explains itself"
                )
        return made

    return make
