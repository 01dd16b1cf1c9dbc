"""What the catalog says in words of its own, by a key: these texts stay in the data files, beside their sources.

A finding prints the notes of guidelines on the person, on days without a dose and on high doses, what a country says of
the length of a fill, active metabolites, and the names of a regimen or of a label.

>>> notes()["note.asam-2025.opioid"], key_of("US label of clonazepam")
('Overdose reversal medication, such as naloxone, is offered.', 'note.last dose.clonazepam')
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from taper import catalog
from taper.catalog.fill_limits import supply_limits
from taper.catalog.guidance import Kind
from taper.catalog.last_doses import last_doses

PRINTED: tuple[Kind, ...] = ("person", "drug_free_days", "specialist", "switch_dose")
"""Kinds of limits whose notes stand in a finding; those of the others are for who reads the list of guidelines."""


@lru_cache(maxsize=1)
def notes() -> Mapping[str, str]:
    """Return all of these texts by key; a second one of the same name has a number: ``note.nsw.alcohol.2``."""
    named: dict[str, dict[str, None]] = {}
    seen: set[str] = set()
    for name, text in _all():
        if text and text not in seen:
            named.setdefault(name, {})[text] = None
            seen.add(text)
    return MappingProxyType(
        {f"{name}.{at}" if at > 1 else name: text for name, texts in named.items() for at, text in enumerate(texts, 1)}
    )


@lru_cache(maxsize=1)
def _keys() -> Mapping[str, str]:
    return {text: key for key, text in notes().items()}


def key_of(text: str) -> str:
    """Return the key of a text; empty if it is not one of the packaged catalog."""
    return _keys().get(text, "")


def _all() -> Iterator[tuple[str, str]]:
    for kind in PRINTED:
        for guideline in catalog.guidelines_on(kind):
            yield from ((f"note.{guideline.id}.{row.topic or kind}", row.note) for row in guideline.limits_of(kind))
    for guideline in catalog.guidelines_on("last_dose"):
        rows = guideline.limits_of("last_dose")
        yield from ((f"note.{guideline.id}.{row.variant[:1]}", row.variant) for row in rows if row.variant)
    for row in supply_limits():
        about = "+".join(row.drugs or row.atc)
        yield ".".join(("note.supply", row.country, *filter(None, (row.region, about)))), row.says
    for drug in catalog.drugs().values():
        yield from ((f"note.metabolites.{drug.name}", fact.text) for fact in drug.metabolites if fact.text != "none")
    for label in last_doses():
        if label.pace == "label":
            yield f"note.last dose.{label.drug}", label.name
