"""The commands that are typed most, without the library of the command line, which takes longer to load than a plan.

Only `plan FILE`, perhaps with `--json`, `--verbose`, `-v` and `--out FOLDER`, each at most once and as a word of its
own, and `desk`, perhaps with `--no-open`: what can be read in one way only. Everything else is left to the library,
with its messages and its help.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

_FLAGS = {"--json": "json", "--verbose": "verbose", "-v": "verbose"}  # the fields of `taper.cli.choices.Output`


def shortcut(arguments: list[str] | None) -> Callable[[], int] | None:
    """Return what to run, or None if the library has to read what was typed.

    Args:
        arguments: What was typed after `taper`; that of the process if not given.
    """
    command, *rest = (sys.argv[1:] if arguments is None else arguments) or [""]
    if command == "desk" and rest in ([], ["--no-open"]):
        return lambda: _desk(opened=not rest)
    if command != "plan":
        return None
    given: dict[str, bool | Path] = {}
    words = iter(rest)
    for word in words:
        key = _FLAGS.get(word, "out" if word == "--out" else "file")
        value = next(words, "") if key == "out" else word
        is_flag = word in _FLAGS
        if key in given or not value or (value.startswith("-") and not is_flag):
            return None
        given[key] = is_flag or Path(value)
    file = given.pop("file", None)
    return (lambda: _plan(file, given)) if isinstance(file, Path) else None


def _desk(*, opened: bool) -> int:
    from taper.cli import page

    return page.show(0, opened=opened)


def _plan(file: Path, given: dict[str, bool | Path]) -> int:
    from taper.cli.choices import Judgment, Output, Printing
    from taper.cli.planned import carry_out

    code = carry_out(file, Output(**given), Printing(), Judgment())  # type: ignore[arg-type]  # as read above
    sys.stdout.flush()
    return code
