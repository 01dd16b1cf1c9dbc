"""The command that writes a first order."""

from __future__ import annotations

import shlex
from pathlib import Path

from taper.cli.dialogue import Dialogue
from taper.cli.files import refuse_file, write_file
from taper.cli.option_groups import Flag
from taper.cli.questions import ask_order
from taper.errors import OrderError
from taper.order.order import parse_order
from taper.order.written import commented


def new(file: Path | None = None, /, *, replace: Flag = False) -> int:
    """Write a first order by question and answer.

    Args:
        file: The file to write, such as my_order.toml; asked for if not given.
        replace: Replace the file if it exists.
    """
    if file is not None:
        _refuse(file, replace)
    dialogue = Dialogue()
    if file is None:
        file = dialogue.ask("File to write, such as my_order.toml", lambda answer: _named(answer, replace))
    data = ask_order(dialogue)
    text = commented(data)
    assert parse_order(text) == parse_order(data), "what is written must be what was said"
    _refuse(file, replace)  # it may have come into being meanwhile
    write_file(file, text.encode())
    dialogue.say(f"\nWritten to {file}. Now type: taper plan {shlex.quote(str(file))}")
    return 0


def _named(answer: str, replace: bool) -> Path:
    if not answer:
        raise OrderError("a file needs a name")
    file = Path(answer)
    _refuse(file, replace)
    return file


def _refuse(file: Path, replace: bool) -> None:
    """Refuse a file that is there, is no TOML, or cannot be written."""
    if file.suffix.lower() != ".toml":
        raise OrderError("an order is written as TOML; name a file that ends in .toml", file=str(file))
    refuse_file(file)
    if file.exists() and not replace:
        raise OrderError("is there already; name another file, or add --replace to replace it", file=str(file))
