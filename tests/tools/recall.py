"""Recall and precision of the audit on a synthetic practice: ``python -m tests.tools.recall [PERSONS [SEED]]``.

For every kind of history that must be found: how many were found by the rule that must find them; and how many of those
that a rule of pace or stop found, with a warning or an alert, are of such a kind.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq

from taper.audit import Conventions, Settings, audit
from taper.checker.rules import RULES_OF_RECORDS
from tests.support.synthetic import ALL, END_OF_DATA, HEAD, MUST, practice


def main(people: int = 5000, seed: int = 1) -> None:
    """Print both, rule by rule."""
    kinds = {person.name: person.kind for person in practice(people, seed, ALL)}
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / "practice.csv", Path(folder) / "out"
        file.write_text(HEAD + "".join(person.text() for person in practice(people, seed, ALL)), encoding="utf-8")
        audit([file], out, Conventions(END_OF_DATA), Settings(1, 1000), person_level=True)
        rows = pq.read_table(out / "findings.parquet").to_pylist()
    found: dict[str, set[str]] = {}
    noted: dict[str, set[str]] = {}
    for row in rows:
        if row["code"].startswith("T1"):
            (noted if row["severity"] == "note" else found).setdefault(row["code"], set()).add(row["person"])
    pace = {rule.code for rule in RULES_OF_RECORDS if rule.code.startswith("T1")}
    for code in sorted({*pace, *found}):
        meant = {name for name, kind in kinds.items() if code in MUST.get(kind, ())}
        by_rule = found.get(code, set())
        true = {name for name in by_rule if kinds[name] in MUST}
        if not meant and not by_rule:
            print(f"{code}: by the usual guidelines no more than a note, here on {len(noted.get(code, ()))}")
            continue
        recall = f"recall {len(meant & by_rule)} of {len(meant)}" if meant else "nobody must be found by it"
        print(f"{code}: {recall}; precision {len(true)} of {len(by_rule)}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
