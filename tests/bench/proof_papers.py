"""What the proof of a paper costs, beside making it: ``python -m tests.bench.proof_papers``.

Each line: a sheet in a format; CPU time of making it, of holding what it says against the plan, and of reading the
finished file back, medians of a running program that has made one before; the share of the proof. What the proof of
whole commands costs is measured by `tests.bench.proof_commands`.
"""

from __future__ import annotations

import sys
import time
from datetime import date

from taper.checker.checking import check
from taper.paper.claims import proved_sheet
from taper.paper.renderers import FORMATS, SHEETS, Format, Sheet, _rendered, page_of
from taper.paper.renderers.proving import proved
from taper.paper.request import PrintRequest
from taper.proof.layout.words import words_of
from tests.bench.paper import year

SHARE = 0.05
"""Of the time in which a paper is made."""
LITTLE = 0.002
"""Seconds that are not felt: papers of a page or two are made in as long."""


def cost(sheet: Sheet, to: Format, times: int = 7) -> tuple[float, float, float]:
    """Seconds of processor time that a paper of a year takes to be made, to be held against its plan, and to be read.

    Each has another day of printing, so that nothing but words of the language is known from the one before.
    """
    schedule = year()
    report = check(schedule)
    made, held, read = list[float](), list[float](), list[float]()
    for number in range(times + 1):
        request = PrintRequest(schedule, report, printed_on=date(2026, 1, 3 + number))
        words_of.cache_clear()
        begin = time.process_time()
        page = page_of(request, sheet)
        content = _rendered(page, to, None)
        laid = time.process_time()
        proved_sheet(page, request, sheet)
        agreed = time.process_time()
        proved(page, to, content)
        end = time.process_time()
        if number:  # the first one imports
            made.append(laid - begin)
            held.append(agreed - laid)
            read.append(end - agreed)
    return sorted(made)[times // 2], sorted(held)[times // 2], sorted(read)[times // 2]


def main() -> int:
    """Measure, print, and return 1 if a limit is not kept."""
    failed = False
    for sheet in SHEETS:
        for to in FORMATS:
            made, held, read = cost(sheet, to)
            share = (held + read) / made
            too_slow = held + read > max(SHARE * made, LITTLE)
            failed |= too_slow
            sign = " TOO SLOW" if too_slow else ""
            print(
                f"{sheet:10} {to:5} made {made * 1000:7.1f} ms  plan {held * 1000:5.2f} ms  "
                f"file {read * 1000:6.2f} ms  {share:6.1%}{sign}"
            )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
