"""The table of the seeded faults, `tests/data/faults.md`: what found each, and whether it was stopped at run time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.support.faults import DANGEROUS, TABLE, Fault, faults

PROVED = re.compile("does not add up")
"""What the error of the proof says."""
_HEAD = "| fault | room | file | what | what is then wrong | caught by | at run time | why not |"
_REFUSED = "refused"


@dataclass(frozen=True)
class Row:
    """What became of a fault.

    Attributes:
        id: The fault.
        caught: The test that failed first; "NOTHING" if none did; empty if none was run.
        stopped: What its probe did; empty if it was not run.
    """

    id: str
    caught: str = ""
    stopped: str = ""

    @property
    def missed(self) -> bool:
        """Whether no test caught it."""
        return self.caught.startswith(("NOTHING", "CANNOT"))

    def over(self, earlier: Row | None) -> Row:
        """Return this row, with what was found earlier where nothing was tried now."""
        if earlier is None:
            return self
        return Row(self.id, self.caught or earlier.caught, self.stopped or earlier.stopped)


def read_table() -> dict[str, Row]:
    """Return the rows of the table by fault."""
    if not TABLE.exists():
        return {}
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| `")]
    return {row[0].strip("`"): Row(*(row[place].strip("`").removeprefix("—") for place in (0, 5, 6))) for row in cells}


def write_table(rows: dict[str, Row]) -> None:
    """Write the table anew."""
    TABLE.write_text("\n".join(lines(rows)) + "\n", encoding="utf-8")


def lines(rows: dict[str, Row]) -> list[str]:
    every = [(fault, rows.get(fault.id, Row(fault.id))) for fault in faults()]
    caught = [row for _, row in every if row.caught and not row.missed]
    dangerous = [(fault, row) for fault, row in every if fault.what in DANGEROUS]
    refused = [row for _, row in dangerous if row.stopped.startswith(_REFUSED)]
    visible = [(fault, row) for fault, row in dangerous if not fault.reason]
    stopped = [row for _, row in visible if row.stopped.startswith(_REFUSED)]
    return [
        "# Seeded faults",
        "",
        "Written by `python -m tests.tools.seeded_faults` from the faults in `tests/data/faults/`. Each is a small,",
        "plausible change of one place, tried alone in a copy of the tree.",
        "",
        f"- faults: {len(every)}; caught by tests: {len(caught)}",
        f"- that change a dose, a day, a drug, a unit or a sentence of safety: {len(dangerous)}; refused at run time: "
        f"{len(refused)}",
        f"- of these, such as the program itself can see: {len(visible)}; refused: {len(stopped)}"
        f" ({_percent(len(stopped), len(visible))})",
        "",
        _HEAD,
        "|---|---|---|---|---|---|---|---|",
        *(_line(fault, row) for fault, row in every),
    ]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part // whole}%" if whole else "none"


def _line(fault: Fault, row: Row) -> str:
    cells = (
        f"`{fault.id}`",
        fault.room,
        fault.edits[0].file.removeprefix("taper/"),
        fault.what,
        fault.harm,
        f"`{row.caught}`" if row.caught else "—",
        row.stopped or "—",
        fault.reason or "—",
    )
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
