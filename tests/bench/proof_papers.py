"""What the proof of a paper's layout costs, beside making it: python -m tests.bench.proof_papers."""

from __future__ import annotations

import sys
import time
from datetime import date

from taper.checker.checking import check
from taper.paper.renderers import FORMATS, SHEETS, _rendered, page_of
from taper.paper.renderers.proving import proved
from taper.paper.request import PrintRequest
from taper.proof.layout.words import words_of
from tests.bench.paper import year

SHARE = 0.05
"""Of the time in which a paper is made."""
LITTLE = 0.002
"""Seconds that are not felt: papers of a page or two are made in as long."""


def cost(sheet: str, to: str, times: int = 7) -> tuple[float, float]:
    """Seconds of processor time that a paper of a year takes to be made, and to be proved; medians."""
    schedule = year()
    report, made, held = check(schedule), [], []
    for number in range(times):
        begin = time.process_time()
        page = page_of(PrintRequest(schedule, report, printed_on=date(2026, 1, 3 + number)), sheet)  # type: ignore[arg-type]
        content = _rendered(page, to, None)  # type: ignore[arg-type]
        made.append(time.process_time() - begin)
        words_of.cache_clear()
        begin = time.process_time()
        proved(page, to, content)
        held.append(time.process_time() - begin)
    return sorted(made)[times // 2], sorted(held)[times // 2]


def main() -> int:
    """Measure, print, and return 1 if a limit is not kept."""
    failed = False
    for sheet in SHEETS:
        for to in FORMATS:
            made, held = cost(sheet, to)
            too_slow = held > max(SHARE * made, LITTLE)
            failed |= too_slow
            sign = " TOO SLOW" if too_slow else ""
            print(
                f"{sheet:10} {to:5} made {made * 1000:8.1f} ms  proved {held * 1000:6.2f} ms  {held / made:6.1%}{sign}"
            )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
