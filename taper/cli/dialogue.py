"""Questions to a person, and answers that are checked at once.

At a terminal a wrong answer is told and asked for again. Where answers come from a file or another program, a wrong
one ends the dialogue: what follows it would answer other questions.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TextIO, TypeVar

from taper.cli import streams
from taper.errors import TaperError

T = TypeVar("T")

_LONGEST = 500
_INPUT = "standard input"


class Dialogue:
    """Asks on standard output, and reads from standard input.

    Args:
        answers: Where the answers come from; standard input if not given.
    """

    def __init__(self, answers: TextIO | None = None) -> None:
        self._answers = answers or sys.stdin
        self.at_terminal = self._answers is not None and not self._answers.closed and self._answers.isatty()

    def say(self, text: str = "") -> None:
        """Say a line."""
        streams.write(f"{text}\n")

    def ask(self, question: str, check: Callable[[str], T]) -> T:
        """Ask until the answer is right, and return what was made of it.

        Args:
            question: The question, without a mark at its end.
            check: Makes something of an answer, without space around it, or raises an error that says what is wrong.

        Raises:
            TaperError: The answers ended; or one was wrong and nobody can be asked again.
        """
        while True:
            streams.write(f"{question}: ")
            answer = self._line(question)
            try:
                return check(answer)
            except TaperError as problem:
                self.refuse(problem)

    def refuse(self, problem: TaperError) -> None:
        """Say what is wrong with an answer, or raise it where nobody can be asked again."""
        if not self.at_terminal:
            raise problem.at(file=_INPUT)
        self.say(f"  {problem}")

    def ask_if(self, question: str) -> bool:
        """Ask a question that is answered by yes, or by an empty line."""
        return self.ask(f"{question} (yes; empty: no)", lambda answer: bool(answer) and yes_or_no(answer))

    def _line(self, question: str) -> str:
        if self._answers is None or self._answers.closed:
            raise TaperError("is closed; run this at a terminal, or pipe one answer a line", file=_INPUT)
        try:
            line = self._answers.readline(_LONGEST + 1)
            line.encode()
        except UnicodeError:
            raise TaperError("this is not UTF-8 text; set the terminal to UTF-8", file=_INPUT) from None
        if not self.at_terminal:
            streams.write("\n")
        if not line:
            if self.at_terminal:
                streams.write("\n")
            raise TaperError(f'the answers end before "{question}"; nothing was written', file=_INPUT)
        if len(line) > _LONGEST:
            raise TaperError(f"an answer is longer than {_LONGEST} characters; nothing was written", file=_INPUT)
        return line.strip()


def yes_or_no(answer: str) -> bool:
    """Read yes or no.

    Raises:
        TaperError: It is neither.

    >>> yes_or_no("yes"), yes_or_no("N")
    (True, False)
    """
    if answer.lower() in ("yes", "y"):
        return True
    if answer.lower() in ("no", "n"):
        return False
    raise TaperError(f"'{answer[:40]}' is neither yes nor no")
