"""What a command prints: collected, and shown at its end all at once; tables and paragraphs, never cut off.

On a terminal, rich draws tables and colors (NO_COLOR is honored). Anywhere else the same words come as
plain aligned columns: no boxes, no color, no line ever shortened.
"""

from __future__ import annotations

import io
import json
import textwrap
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from taper.cli import streams

if TYPE_CHECKING:
    from rich.console import Console as RichConsole

_STYLES = {"alert": "bold red", "warning": "yellow", "note": "cyan"}


class Console:
    """Where commands print. As a context it shows what was printed when its block ends well.

    Args:
        terminal: Whether standard output is a terminal; found out if not given.
    """

    def __init__(self, terminal: bool | None = None) -> None:
        self.terminal = streams.is_terminal() if terminal is None else terminal
        self._collected = io.StringIO()
        self._rich = _drawing(self._collected) if self.terminal else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _problem: object, _trace: TracebackType | None) -> None:
        if kind is None:
            self.show()

    def verify(self) -> None:
        """Refuse what was printed so far if standard output could not show it, before files are written."""
        streams.fitted(self._collected.getvalue())

    def show(self) -> None:
        """Write what was printed to standard output, whole."""
        streams.write(self._collected.getvalue())
        self._collected.seek(0)
        self._collected.truncate()

    def text(self, text: str) -> None:
        """Print a text as it stands."""
        self._collected.write(text)

    def data(self, value: object) -> None:
        """Print plain data as JSON."""
        self.text(f"{json.dumps(value, indent=2, ensure_ascii=False)}\n")

    def line(self, text: str = "", style: str = "") -> None:
        """Print one paragraph; a word such as "alert" as style colors it on a terminal."""
        if self._rich:
            self._rich.print(text, style=_STYLES.get(style, style), markup=False, highlight=False)
        else:
            self.text(f"{text}\n")

    def block(self, text: str, indent: int = 4) -> None:
        """Print a paragraph set in, wrapped only on a terminal."""
        pad = " " * indent
        if self._rich:
            width = max(40, self._rich.width)
            text = textwrap.fill(text, width, initial_indent=pad, subsequent_indent=pad, break_long_words=False)
            self.line(text)
        else:
            self.line(pad + text)

    def hanging(self, text: str, style: str = "", *, indent: int = 0) -> None:
        """Print a paragraph whose further lines are set in, wrapped only on a terminal."""
        pad = " " * indent
        if self._rich:
            width = max(40, self._rich.width)
            deeper = pad + " " * (2 if indent else 4)
            text = textwrap.fill(text, width, initial_indent=pad, subsequent_indent=deeper, break_long_words=False)
            self.line(text, style)
        else:
            self.line(pad + text, style)

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], title: str = "") -> None:
        """Print a table; cells may hold several lines."""
        if self._rich:
            from rich.table import Table
            from rich.text import Text

            table = Table(title=Text(title) if title else None, title_justify="left", show_lines=False)
            for heading in headings:
                table.add_column(Text(heading), overflow="fold")
            for row in rows:
                table.add_row(*(Text(str(cell)) for cell in row))
            self._rich.print(table)
            return
        if title:
            self.line(title)
        cells = [[str(cell).splitlines() or [""] for cell in row] for row in (headings, *rows)]
        widths = [max(len(line) for row in cells for line in row[i]) for i in range(len(headings))]
        for columns in cells:
            for level in range(max(len(cell) for cell in columns)):
                line = "  ".join(
                    (cell[level] if level < len(cell) else "").ljust(width)
                    for cell, width in zip(columns, widths, strict=True)
                )
                self.line(line.rstrip())


def _drawing(stream: io.StringIO) -> RichConsole:
    """Return what draws for a terminal; nobody else loads its library."""
    from rich.console import Console as RichConsole

    return RichConsole(file=stream, force_terminal=True)
