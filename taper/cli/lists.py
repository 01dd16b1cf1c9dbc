"""The commands that show what the library knows: options, conversions, data, rules, schemas."""

from __future__ import annotations

from pathlib import Path

from taper import alternatives, catalog
from taper.catalog import conversion
from taper.checker.rules import RULES
from taper.cli import progress
from taper.cli.console import Console
from taper.cli.screens.keys import list_keys
from taper.cli.screens.lists import (
    describe_drug,
    describe_guideline,
    describe_preset,
    describe_rule,
    list_conversion,
    list_drugs,
    list_guidelines,
    list_options,
    list_presets,
    list_products,
)
from taper.errors import OrderError, TaperError, nearest
from taper.exchange import schemas
from taper.exchange.schemas import Kind
from taper.order.order import read_order
from taper.order.presets import preset


def options(order: Path, /) -> int:
    """Compare an order with each single change that reaches its goal.

    Args:
        order: The order: a TOML or JSON file, whether it works as it stands or not.
    """
    try:
        with progress.shown("trying changes"):
            compared = alternatives.options(read_order(order))
    except TaperError as problem:
        raise problem.at(file=str(order)) from None
    with Console() as console:
        list_options(console, compared)
    return 0


def convert(dose: str, /, *, to: str) -> int:
    """Show what every equivalence table makes of a dose, and how far they disagree.

    Args:
        dose: Drug and dose, such as "lorazepam 2 mg".
        to: The other drug.
    """
    with Console() as console:
        list_conversion(console, conversion.convert(dose, to))
    return 0


def guidelines(name: str | None = None, /) -> int:
    """List the guidelines, or show one: every limit, its page, what was not read.

    Args:
        name: Id of a guideline, such as asam-2025.
    """
    with Console() as console:
        if name is None:
            list_guidelines(console)
        else:
            describe_guideline(console, catalog.guideline(name))
    return 0


def presets(name: str | None = None, /) -> int:
    """List the published tapers that a phase may name, or show one.

    Args:
        name: Id of a preset, such as bnf-eighth.
    """
    with Console() as console:
        if name is None:
            list_presets(console)
        else:
            describe_preset(console, preset(name))
    return 0


def drugs(name: str | None = None, /) -> int:
    """List the drugs, or show one with every fact and its source.

    Args:
        name: Name of a drug.
    """
    with Console() as console:
        if name is None:
            list_drugs(console)
        else:
            describe_drug(console, catalog.drug(name))
    return 0


def products(drug: str | None = None, /, *, country: str) -> int:
    """List the products of a country: form, strength, score, label claim, source.

    Args:
        drug: Only products of this drug.
        country: Two-letter code, such as US.
    """
    substance = None if drug is None else catalog.drug(drug).name
    with Console() as console:
        list_products(console, catalog.products(country, substance), country, substance)
    return 0


def rules() -> int:
    """List the rules of the checker."""
    with Console() as console:
        console.table(["code", "since", "name"], [[rule.code, rule.since, rule.name] for rule in RULES])
    return 0


def rule(code: str, /) -> int:
    """Explain one rule: what it looks for, why, and the published limits it reads.

    Args:
        code: Code, such as T101.
    """
    known = {rule.code: rule for rule in RULES}
    if code.upper() not in known:
        raise OrderError(f"there is no rule '{code}'; {nearest(code.upper(), known)}")
    with Console() as console:
        describe_rule(console, known[code.upper()])
    return 0


def keys(table: str | None = None, /) -> int:
    """List every key of an order: what it means, and an example.

    Args:
        table: Only the keys of one table, such as phase.
    """
    with Console() as console:
        list_keys(console, table)
    return 0


def schema(what: Kind = "plan", /) -> int:
    """Print the JSON Schema (2020-12) of a document: plan, order, report (check --json), today or diff.

    Args:
        what: Of which.
    """
    with Console() as console:
        console.data(schemas.schema(what))
    return 0
