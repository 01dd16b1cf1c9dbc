"""The commands that show what the library knows: options, conversions, data, rules, schemas."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from taper.cli.console import Console
from taper.errors import OrderError, TaperError, nearest


def options(order: Path, /) -> int:
    """Compare an order with each single change that reaches its goal: what does it lead to?

    Every line was planned and checked in full. None is a recommendation.

    Args:
        order: The order: a TOML or JSON file, whether it works as it stands or not.
    """
    from taper.alternatives import options as find_options
    from taper.cli.screens.lists import list_options
    from taper.order.order import read_order

    try:
        list_options(Console(), find_options(read_order(order)))
    except TaperError as problem:
        raise problem.at(file=str(order)) from None
    return 0


def convert(dose: str, /, *, to: str) -> int:
    """Show what every equivalence table makes of a dose, with sources and how far the tables disagree.

    Args:
        dose: Drug and dose, such as "lorazepam 2 mg".
        to: The other drug.
    """
    from taper.catalog.conversion import convert as convert_dose
    from taper.cli.screens.lists import list_conversion

    list_conversion(Console(), convert_dose(dose, to))
    return 0


def guidelines(name: str | None = None, /) -> int:
    """List the guidelines, or show one with every limit, its page, and what of it was not read.

    Args:
        name: Id of a guideline, such as asam-2025.
    """
    from taper import catalog
    from taper.cli.screens.lists import describe_guideline, list_guidelines

    if name is None:
        list_guidelines(Console())
    else:
        describe_guideline(Console(), catalog.guideline(name))
    return 0


def presets(name: str | None = None, /) -> int:
    """List the published tapers that a phase may name, or show one with its phases and pages.

    Args:
        name: Id of a preset, such as bnf-eighth.
    """
    from taper.cli.screens.lists import describe_preset, list_presets
    from taper.order.presets import preset

    if name is None:
        list_presets(Console())
    else:
        describe_preset(Console(), preset(name))
    return 0


def drugs(name: str | None = None, /) -> int:
    """List the drugs of the catalog, or show one with its half-lives, equivalences and sources.

    Args:
        name: Name of a drug.
    """
    from taper import catalog
    from taper.cli.screens.lists import describe_drug, list_drugs

    if name is None:
        list_drugs(Console())
    else:
        describe_drug(Console(), catalog.drug(name))
    return 0


def products(drug: str | None = None, /, *, country: str) -> int:
    """List the products of a country with form, strength, score, label claim and source.

    Args:
        drug: Only products of this drug.
        country: Two-letter code, such as US.
    """
    from taper import catalog
    from taper.cli.screens.lists import list_products

    substance = None if drug is None else catalog.drug(drug).name
    list_products(Console(), catalog.products(country, substance), country, substance)
    return 0


def rules() -> int:
    """List the rules of the checker."""
    from taper.checker.rules import RULES

    Console().table(["code", "since", "name"], [[r.code, r.since, r.name] for r in RULES])
    return 0


def rule(code: str, /) -> int:
    """Explain one rule: what it looks for, why, what can be done, and every published limit it reads.

    Args:
        code: Code, such as T101.
    """
    from taper.checker.rules import RULES
    from taper.cli.screens.lists import describe_rule

    found = next((r for r in RULES if r.code == code.upper()), None)
    if found is None:
        raise OrderError(f"there is no rule '{code}'; {nearest(code.upper(), [r.code for r in RULES])}")
    describe_rule(Console(), found)
    return 0


def schema(what: Literal["plan", "order"] = "plan", /) -> int:
    """Print the JSON Schema (2020-12) of the plan document or of an order.

    Args:
        what: Which of the two.
    """
    import json as writer

    from taper.exchange import plan_document as document

    made = document.schema() if what == "plan" else document.order_schema()
    print(writer.dumps(made, indent=2, ensure_ascii=False))
    return 0


COMMANDS = (options, convert, guidelines, presets, drugs, products, rules, rule, schema)
