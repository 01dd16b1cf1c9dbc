"""Writes the tables of README.md from the data: `python -m tests.tools.readme`."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from taper import catalog
from taper.checker.rules import RULES

README = Path(__file__).parent.parent.parent / "README.md"


def products_table() -> str:
    """Products by country: how many, of how many drugs, and how many were read in the original."""
    lines = [
        "| country | products | drugs | read in the original | a split that the label supports |",
        "|---|--:|--:|--:|--:|",
    ]
    for country in catalog.countries():
        found = catalog.products(country)
        read = sum(product.source.status == "READ" for product in found)
        label = sum(product.splittable == "label" for product in found)
        lines.append(f"| {country} | {len(found)} | {len({p.drug for p in found})} | {read} | {label} |")
    return "\n".join(lines)


def drugs_table() -> str:
    """Drugs: which published values there are."""
    markets = Counter(d for c in catalog.countries() for d in {p.drug for p in catalog.products(c)})
    lines = ["| drug | half-life | equivalence tables | countries with products |", "|---|:-:|--:|--:|"]
    for drug in catalog.drugs().values():
        tables = sum(table.row(drug.name) is not None for table in catalog.tables().values())
        half_life = "yes" if drug.half_lives else "no published value"
        lines.append(f"| {drug.name} | {half_life} | {tables or 'no published value'} | {markets[drug.name]} |")
    return "\n".join(lines)


def guidelines_table() -> str:
    """Guidelines: limits, and whether the original was read."""
    lines = ["| id | guideline | limits | read |", "|---|---|--:|---|"]
    for name in catalog.guidelines():
        found = catalog.guideline(name)
        title = f"{found.title} ({found.edition})" if found.edition else found.title
        read = "original" if found.source.status == "READ" else "in a copy"
        lines.append(f"| `{name}` | {title} | {len(found.limits)} | {read} |")
    return "\n".join(lines)


def rules_table() -> str:
    """Rules of the checker."""
    lines = ["| code | looks at |", "|---|---|"]
    lines += [f"| {rule.code} | {rule.name} |" for rule in RULES]
    return "\n".join(lines)


TABLES = {"products": products_table, "drugs": drugs_table, "guidelines": guidelines_table, "rules": rules_table}


def filled(text: str) -> str:
    """Return README text with every generated table replaced by today's."""
    for name, table in TABLES.items():
        pattern = rf"(<!-- table: {name} -->\n).*?(\n<!-- end -->)"
        made = table()
        text, count = re.subn(pattern, lambda found, made=made: found[1] + made + found[2], text, flags=re.DOTALL)
        if count != 1:
            raise SystemExit(f"README.md: there must be exactly one table '{name}', not {count}")
    return text


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
