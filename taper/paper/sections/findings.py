"""What the checker found, in words: the same on a terminal, on the clinician's sheet and in the record.

The sentences of a report are in one language already (`taper.paper.told`); the words around them are those of the
language that is named, English if none is.

Here it is decided what a finding shows first, and which of its sources are told in one line. Data (the plan document,
a report as JSON) is not made from this: it has every source and every run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from taper import catalog
from taper.finding import Finding, Report, Severity, Skipped, in_runs
from taper.paper.words import load
from taper.paper.words.apart import apart
from taper.paper.words.language import Counted, Language
from taper.source import Source

if TYPE_CHECKING:
    from taper.order.order import Order

COPY_MARK = "*"
"""Behind a source that was not read itself, in a list that says so below."""
MOST_PRODUCT_ROWS = 3
"""Up to so many rows of the catalog are listed; more become one line that says how to list them."""

_CODE = re.compile(r"T[0-9]+")

_NOUNS: tuple[tuple[Severity, Counted], ...] = (
    (Severity.ALERT, "alert"),
    (Severity.WARNING, "warning"),
    (Severity.NOTE, "note"),
)


def summary(report: Report, words: Language | None = None) -> str:
    """Count the findings, gravest first.

    >>> summary(Report((Finding("T101", Severity.NOTE, "a"), Finding("T105", Severity.ALERT, "b"))))
    '1 alert, 1 note'
    >>> summary(Report())
    'No findings.'
    """
    words = words or load("en")
    counts = ((noun, report.count(severity)) for severity, noun in _NOUNS)
    found = [words.counted(noun, number) for noun, number in counts if number]
    return words.phrase["comma"].join(found) or words.clinician["none_found"]


def headline(finding: Finding, words: Language | None = None) -> str:
    """Write the one line of a finding, with how many more things its rule found.

    >>> runs = (Finding("T101", Severity.NOTE, "A cut of 30%."),) * 4
    >>> headline(Finding("T101", Severity.NOTE, "A cut of 30%.", runs=runs))
    'A cut of 30%. (+3 more)'
    """
    more = (words or load("en")).clinician["more"]
    return f"{finding.message} {more.format(number=finding.others)}" if finding.others else finding.message


def other_runs(finding: Finding, words: Language | None = None) -> tuple[str, ...]:
    """Write the line of each run that is not the headline's, in the order of the days; another severity is named."""
    runs, say = list(finding.runs), (words or load("en")).clinician
    own = next((run for run in runs if (run.message, run.severity) == (finding.message, finding.severity)), None)
    if own is not None:
        runs.remove(own)
    return tuple(
        run.message
        if run.severity is finding.severity
        else say["line"].format(label=say[f"severity_{run.severity}"], text=run.message)
        for run in runs
    )


def source_text(source: Source, words: Language | None = None) -> str:
    """Write a source to the page, with its address, and whether the original was read."""
    status = (words or load("en")).clinician[f"status_{source.status}"]
    return ", ".join(part for part in (str(source), source.url, status) if part)


def by_document(sources: Iterable[Source]) -> tuple[str, ...]:
    """Write sources a line a document: what it is and where, then each place in it once.

    Behind one that was read in a copy stands `COPY_MARK`.

    >>> pages = [Source("A guideline", "2025", f"p. {page}", "https://example.org", "READ") for page in (3, 9, 3)]
    >>> by_document(pages)
    ('A guideline (2025), https://example.org: p. 3; p. 9',)
    """
    places: dict[str, dict[str, None]] = {}
    for source in sources:
        named = str(source).replace(f", {source.locator}", "", 1)
        mark = COPY_MARK if source.status == "READ_SECONDARY" else ""
        document = ", ".join(part for part in (f"{named}{mark}", source.url) if part)
        places.setdefault(document, {})[source.locator] = None
    return tuple(f"{document}: {'; '.join(found)}" for document, found in places.items())


def source_lines(finding: Finding, order: Order | None, words: Language | None = None) -> tuple[str, ...]:
    """Write the sources of a finding, a line each; many rows of the catalog's products are one line.

    Args:
        finding: The finding.
        order: The order that was checked, for the country and the drugs of the rows; None if there is none.
        words: The language.
    """
    words = words or load("en")
    rows = _product_rows(order) if len(finding.sources) > MOST_PRODUCT_ROWS else {}
    by_drug: dict[str, int] = {}
    for source in finding.sources:
        if source in rows:
            by_drug[rows[source]] = by_drug.get(rows[source], 0) + 1
    if order is None or sum(by_drug.values()) <= MOST_PRODUCT_ROWS:
        return tuple(source_text(source, words) for source in finding.sources)
    said = words.clinician["product_rows"]
    folded = [
        said.format(rows=words.counted("product row", number), country=order.country, drug=drug)
        for drug, number in by_drug.items()
    ]
    return (*(source_text(source, words) for source in finding.sources if source not in rows), *folded)


def _product_rows(order: Order | None) -> dict[Source, str]:
    """Return the drug of each source that is a row of a product, for the drugs and the country of an order."""
    if order is None:
        return {}
    products = (product for drug in order.drugs for product in catalog.products(order.country, drug))
    return {source: product.drug for product in products for source in product.sources}


def not_checked(report: Report, words: Language | None = None) -> tuple[str, ...]:
    """Write what could not be evaluated, a line for each reason."""
    return tuple(_skipped(skipped, words or load("en")) for skipped in report.skipped)


def _skipped(skipped: Skipped, words: Language) -> str:
    say, comma = words.clinician, words.phrase["comma"]
    codes = comma.join(in_runs(skipped.codes, say["range"]))
    if words.direction == "rtl":  # one after the other from the right, each as it is
        codes = _CODE.sub(lambda found: apart(found[0]), codes)
    if not skipped.about:
        return say["skipped_alone"].format(reason=skipped.reason, codes=codes)
    return say["skipped"].format(about=comma.join(skipped.about), reason=skipped.reason, codes=codes)


def rules_not_evaluated(report: Report) -> int:
    """Count the rules that could not be evaluated, each once, however much it missed."""
    return len({entry.code for entry in report.not_evaluated})
