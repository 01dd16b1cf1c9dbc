"""Printing to a terminal or to a file: tables and paragraphs, never cut off.

On a terminal, rich draws tables and colors (NO_COLOR is honored). Anywhere else the same words come as
plain aligned columns: no boxes, no color, no line ever shortened.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from taper.errors import MissingExtraError

if TYPE_CHECKING:
    from rich.console import Console as RichConsole

_STYLES = {"alert": "bold red", "warning": "yellow", "note": "cyan"}


class Console:
    """Where commands print.

    Args:
        terminal: Whether standard output is a terminal; found out if not given.
    """

    def __init__(self, terminal: bool | None = None) -> None:
        self.terminal = sys.stdout.isatty() if terminal is None else terminal

    def line(self, text: str = "", style: str = "") -> None:
        """Print one paragraph; a word such as "alert" as style colors it on a terminal."""
        if self.terminal:
            self._rich().print(text, style=_STYLES.get(style, style), markup=False, highlight=False)
        else:
            print(text)

    def block(self, text: str, indent: int = 4) -> None:
        """Print a paragraph set in, wrapped only on a terminal."""
        pad = " " * indent
        if self.terminal:
            width = max(40, self._rich().width)
            text = textwrap.fill(text, width, initial_indent=pad, subsequent_indent=pad, break_long_words=False)
            self.line(text)
        else:
            self.line(pad + text)

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], title: str = "") -> None:
        """Print a table; cells may hold several lines."""
        if self.terminal:
            self._rich_table(headings, rows, title)
            return
        if title:
            print(title)
        cells = [[str(cell).splitlines() or [""] for cell in row] for row in (headings, *rows)]
        widths = [max(len(line) for row in cells for line in row[i]) for i in range(len(headings))]
        for row in cells:
            for level in range(max(len(cell) for cell in row)):
                line = "  ".join(
                    (cell[level] if level < len(cell) else "").ljust(width)
                    for cell, width in zip(row, widths, strict=True)
                )
                print(line.rstrip())

    def _rich(self) -> RichConsole:
        try:
            from rich.console import Console as RichConsole
        except ImportError:
            raise MissingExtraError("rich", "cli", "printing to a terminal") from None
        return RichConsole()

    def _rich_table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], title: str) -> None:
        from rich.table import Table
        from rich.text import Text

        table = Table(title=Text(title) if title else None, title_justify="left", show_lines=False)
        for heading in headings:
            table.add_column(Text(heading), overflow="fold")
        for row in rows:
            table.add_row(*(Text(str(cell)) for cell in row))
        self._rich().print(table)
