"""Options that several commands share, each explained once, as the library of the command line types them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from taper.cli import choices
from taper.cli.choices import Judgment, Printing

__all__ = ["Flag", "Judgment", "Output", "Printing", "Screen", "Several", "Verbose"]

Flag = Annotated[bool, Parameter(negative=(), show_default=False)]
Verbose = Annotated[bool, Parameter(negative=(), show_default=False, alias="-v")]
Several = Annotated[tuple[str, ...], Parameter(negative=(), show_default=False)]

for _group in (Judgment, Printing):
    Parameter(name="*")(_group)  # its options stand beside those of the command


@Parameter(name="*")
@dataclass(frozen=True)
class Output(choices.Output):  # noqa: D101  # explained where it is a plain value
    __doc__ = choices.Output.__doc__

    out: Path | None = None
    json: Flag = False
    verbose: Verbose = False


@Parameter(name="*")
@dataclass(frozen=True)
class Screen(choices.Screen):  # noqa: D101  # likewise
    __doc__ = choices.Screen.__doc__

    json: Flag = False
    verbose: Verbose = False
