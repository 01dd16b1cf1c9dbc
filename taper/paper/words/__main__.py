"""The table for translators: `python -m taper.paper.words export > words.csv`, and `… read < words.csv`."""

from __future__ import annotations

import sys

from taper.errors import TaperError
from taper.paper.words.table import changes, written

USAGE = "usage: python -m taper.paper.words export > words.csv, or: python -m taper.paper.words read < words.csv"


def main(arguments: list[str]) -> int:
    """Write the table to the standard output, or say what a table read from the standard input changes."""
    if arguments == ["export"]:
        sys.stdout.buffer.write(b"\xef\xbb\xbf" + written().encode())  # the mark tells a spreadsheet that it is UTF-8
        return 0
    if arguments != ["read"]:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        found = changes(sys.stdin.buffer.read().decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        where = f"byte {problem.start + 1}"
        print(f"words: {where}: this is not UTF-8; save the table as CSV in UTF-8", file=sys.stderr)
        return 1
    except TaperError as problem:
        print(f"words: {problem}", file=sys.stderr)
        return 1
    for code, key, now, then in found:
        print(f"{code} {key}\n- {now}\n+ {then}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
