"""What a command prints: collected, and shown at its end all at once; tables and paragraphs, never cut off.

On a terminal, rich draws tables and colors (NO_COLOR is honored). Anywhere else the same words come as
plain aligned columns: no boxes, no color, no line ever shortened.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from taper.cli import streams
from taper.paper.wrapping import held, released, wrapped

if TYPE_CHECKING:
    from rich.console import Console as RichConsole, RenderableType

_STYLES = {"alert": "bold red", "warning": "yellow", "note": "cyan"}
_LEAST = 40  # columns that lines are broken at, however narrow the terminal
TABLE_WIDTH = 110  # columns that a table of steps needs; below, and where there is no terminal, each step is a block


class Console:
    """Where commands print. As a context it shows what was printed when its block ends well.

    Args:
        terminal: Whether standard output is a terminal; found out if not given.
    """

    def __init__(self, terminal: bool | None = None) -> None:
        self.terminal = streams.is_terminal() if terminal is None else terminal
        self._collected = io.StringIO()
        self._drawn = io.StringIO()
        self._rich = _drawing(self._drawn) if self.terminal else None

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

    @property
    def width(self) -> int | None:
        """Columns of the terminal; None where there is none, and no line is broken."""
        return max(_LEAST, self._rich.width) if self._rich else None

    def text(self, text: str) -> None:
        """Print a text as it stands."""
        self._collected.write(text)

    def data(self, value: object) -> None:
        """Print plain data as JSON."""
        self.text(f"{json.dumps(value, indent=2, ensure_ascii=False)}\n")

    def line(self, text: str = "", style: str = "") -> None:
        """Print one paragraph; a word such as "alert" as style colors it on a terminal."""
        for part in text.split("\n"):
            self._lines(part, style)

    def block(self, text: str, indent: int = 4) -> None:
        """Print a paragraph set in, wrapped only on a terminal."""
        pad = " " * indent
        self._lines(text, first=pad, more=pad)

    def hanging(self, text: str, style: str = "", *, indent: int = 0) -> None:
        """Print a paragraph whose further lines are set in, wrapped only on a terminal."""
        pad = " " * indent
        self._lines(text, style, first=pad, more=pad + " " * (2 if indent else 4))

    def _lines(self, text: str, style: str = "", *, first: str = "", more: str = "") -> None:
        if self.width is None:
            self.text(f"{first}{text}\n")
            return
        for line in wrapped(text, self.width, more, first) or [""]:
            self._draw(line, style=_STYLES.get(style, style), markup=False, highlight=False, soft_wrap=True)

    def _draw(self, what: RenderableType, **how: Any) -> None:
        """Let rich draw something; what must not be parted comes to it without a blank, and gets it back here."""
        assert self._rich is not None
        self._rich.print(what, **how)
        self.text(released(self._drawn.getvalue()))
        self._drawn.seek(0)
        self._drawn.truncate()

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], title: str = "") -> None:
        """Print a table; cells may hold several lines."""
        if self._rich:
            from rich.table import Table
            from rich.text import Text

            table = Table(title=Text(title) if title else None, title_justify="left", show_lines=False)
            for heading in headings:
                table.add_column(Text(heading), overflow="fold")
            for row in rows:
                table.add_row(*(Text(held(str(cell))) for cell in row))
            self._draw(table)
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
