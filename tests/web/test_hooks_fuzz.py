"""A small, seeded run of `tests.tools.fuzz_hooks`; the large one is run by hand."""

from __future__ import annotations

import pytest

from tests.support.proofs import FULL
from tests.tools.fuzz_hooks import run


def test_broken_requests_are_answered_or_refused_by_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command holds each answer to two seconds; here only what hangs is told from what is slow."""
    monkeypatch.setattr("tests.tools.fuzz_hooks.SLOWEST", 60.0)
    counts, wrong = run(0, 8_000 if FULL else 1_000)
    assert wrong == []
    assert {"200", "200 with a card", "400", "412"} <= counts.keys()
