"""The command line: what does a person at a terminal type?

The only room that reads and writes files, the clock and the terminal. It holds no arithmetic and no sentence of the
papers: every command is a call of the library.
"""

from taper.cli.app import main

__all__ = ["main"]
