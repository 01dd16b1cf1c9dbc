"""How old the packaged data is, by country: ``python -m tests.tools.data_age`` writes the tables of SAFETY.md anew."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median_low

from taper import catalog
from taper.catalog.by_country import default_guidelines
from taper.source import Source

SAFETY = Path(__file__).parent.parent.parent / "SAFETY.md"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BEFORE = re.compile(r"\bbefore ((?:19|20)\d\d)\b")


def year(source: Source) -> int | None:
    """Return the last year that the edition of a source names, or before which its title puts it; None without one.

    >>> [year(Source("A list", edition, "p. 1", "", "READ")) for edition in ("4 May 2011", "2007 and 2015", "")]
    [2011, 2015, None]
    >>> year(Source("A table, before 2010", "", "p. 1", "", "READ"))
    2009
    """
    years = [int(found) for found in _YEAR.findall(source.edition)]
    if not years:
        years = [int(found) - 1 for found in _BEFORE.findall(source.title)]
    return max(years, default=None)


def _table(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _products() -> str:
    rows: list[tuple[object, ...]] = []
    for country in catalog.countries():
        sources = [product.source for product in catalog.products(country)]
        years = [found for found in map(year, sources) if found is not None]
        seen = (min(years), median_low(years), max(years)) if years else ("unknown",) * 3
        read = sum(source.status == "READ" for source in sources)
        rows.append((country, len(sources), read, len(sources) - len(years), *seen))
    return _table(("country", "products", "source itself read", "without a date", "oldest", "median", "newest"), rows)


def _edition(name: str) -> str:
    guideline = catalog.guideline(name)
    copy = ", copy or quotation" if guideline.source.status != "READ" else ""
    standing = ", low standing: no limit" if guideline.source.standing else ""
    return f"{guideline.short} ({guideline.edition or 'no date'}{copy}{standing})"


def _guidelines() -> str:
    own: dict[str, list[str]] = {country: [] for country in catalog.countries()}
    for name in catalog.guidelines():
        own.setdefault(catalog.guideline(name).country, []).append(name)
    rows: list[tuple[object, ...]] = []
    for country in sorted(own):
        judging = default_guidelines(country, ("diazepam",))[0]
        others = [name for name in own[country] if name not in judging]
        rows.append((country, *("; ".join(map(_edition, names)) or "none" for names in (judging, others))))
    return _table(("country", "judge the pace of a benzodiazepine by default", "others of the country"), rows)


def tables() -> dict[str, str]:
    """Return the tables by the name of the mark that encloses each in SAFETY.md."""
    return {"products": _products(), "guidelines": _guidelines()}


def between(name: str) -> re.Pattern[str]:
    """Return the pattern of what stands between the marks of a table."""
    return re.compile(rf"(?<=<!-- age of {name} -->\n)[^<]*(?=\n<!-- end -->)")


def main() -> None:
    """Write the tables into SAFETY.md."""
    text = SAFETY.read_text(encoding="utf-8")
    for name, table in tables().items():
        text = between(name).sub(table.replace("\\", r"\\"), text)
    SAFETY.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
