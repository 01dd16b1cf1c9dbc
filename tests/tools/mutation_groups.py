"""The groups of files that mutants are made of, and the tests that matter for each."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent


class Group(NamedTuple):
    """Files that belong together, and the tests that matter for them.

    Attributes:
        files: The files, as patterns.
        tests: Where their tests are.
        without: Files that the patterns name and another group has.
    """

    files: tuple[str, ...]
    tests: tuple[str, ...]
    without: tuple[str, ...] = ()


_OF_DIRECTIONS = (
    *("tests/exchange/test_sig_amounts.py", "tests/exchange/test_sig_times.py"),
    *("tests/exchange/test_sig.py", "tests/exchange/test_directions.py"),
    "taper/exchange/sig",
)
GROUPS = {
    "quantity": Group(("taper/quantity.py",), ("tests/test_quantity.py", "taper/quantity.py")),
    "notation": Group(
        ("taper/notation.py",), ("tests/test_notation.py", "tests/test_quantity.py", "taper/notation.py")
    ),
    "interval": Group(("taper/interval.py",), ("tests/test_interval.py", "taper/interval.py")),
    "makeable": Group(
        ("taper/schedule/makeable.py",), ("tests/schedule/test_makeable.py", "taper/schedule/makeable.py")
    ),
    "amounts": Group(
        ("taper/exchange/sig/amounts.py", "taper/exchange/sig/values.py", "taper/exchange/sig/words.py"),
        _OF_DIRECTIONS,
    ),
    "sig": Group(
        ("taper/exchange/sig/*.py", "taper/exchange/dosage_text.py"),
        (
            "tests/exchange/test_sig_whole.py",
            "tests/exchange/test_sig_times.py",
            "tests/exchange/test_sig.py",
            "tests/exchange/test_directions.py",
            "tests/exchange/test_dosage_text.py",
            "taper/exchange/sig",
            "taper/exchange/dosage_text.py",
        ),
        ("taper/exchange/sig/amounts.py", "taper/exchange/sig/values.py", "taper/exchange/sig/words.py"),
    ),
    "dosage": Group(
        tuple(
            f"taper/exchange/fhir/{name}.py"
            for name in ("dosage", "dose", "timing", "bounds", "units", "in_words", "sequence", "said", "medicines")
        ),
        (
            "tests/exchange/test_fhir_tables.py",
            "tests/exchange/test_fhir_parts.py",
            "tests/exchange/test_fhir.py",
            "tests/exchange/test_fhir_reading.py",
            "tests/exchange/test_fhir_route.py",
            "tests/exchange/test_fhir_supply.py",
            "tests/exchange/test_german_plan.py",
            "taper/exchange/fhir",
        ),
    ),
    "schedule": Group(("taper/schedule/*.py",), ("tests/schedule", "taper/schedule"), ("taper/schedule/makeable.py",)),
    "checker": Group(
        ("taper/checker/*.py", "taper/checker/rules/*.py"),
        ("tests/checker", "taper/checker"),
    ),
    "planner": Group(("taper/planner/*.py",), ("tests/planner", "tests/proof/test_ordered.py", "taper/planner")),
    "proof": Group(("taper/proof/*.py",), ("tests/proof", "taper/proof")),
}


def files_of(group: Group, root: Path = ROOT) -> list[str]:
    """Return the files of a group, from the root."""
    found = {path.relative_to(root).as_posix() for pattern in group.files for path in root.glob(pattern)}
    return sorted(found - set(group.without))
