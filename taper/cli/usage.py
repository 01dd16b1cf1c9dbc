"""What is said of a command that is not typed right: which argument, why, and what to write."""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args, get_origin

from cyclopts import Argument, CoercionError, CycloptsError, MissingArgumentError

_EXAMPLE_DAY = "2026-03-10"


def explain(problem: CycloptsError) -> str:
    """Return in a line what is wrong and what to do.

    Args:
        problem: The error of the library that reads the arguments.
    """
    argument = problem.argument
    if isinstance(problem, CoercionError) and problem.target_type is date and problem.token and argument:
        name = problem.token.keyword or argument.name
        return f"{name}: '{problem.token.value[:60]}' is not a date; write {_EXAMPLE_DAY}"
    page = " ".join(("taper", *(problem.command_chain or ()), "--help"))
    is_missing = isinstance(problem, MissingArgumentError) and problem.keyword is None and not problem.unused_tokens
    if is_missing and argument:
        return f"{argument.name} is missing: {_purpose(problem, argument)}{_example(argument)}. Run: {page}"
    return f"{problem} Run: {page}"


def _purpose(problem: CycloptsError, argument: Argument) -> str:
    """Return the first part of what the help page says of an argument, to go on after a colon."""
    command = problem.app
    assert command is not None
    explained = command.assemble_argument_collection(parse_docstring=True)
    text = next((each.parameter.help or "" for each in explained if each.name == argument.name), "")
    text = text.partition(";")[0].rstrip(".")
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _example(argument: Argument) -> str:
    if argument.hint is date:
        return f", such as {argument.name} {_EXAMPLE_DAY}"
    return f", one of {', '.join(get_args(argument.hint))}" if get_origin(argument.hint) is Literal else ""
