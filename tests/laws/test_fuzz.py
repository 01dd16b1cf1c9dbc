"""A small, seeded run of `tests.tools.fuzz`; the large one is run by hand or by night."""

from __future__ import annotations

import pytest

from taper.errors import TaperError
from taper.exchange.reading import read_schedule
from tests.tools.fuzz import bombs, heavy, run, seeds

pytest.importorskip("pypdf", reason="pypdf is not installed")


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command holds each answer to two seconds; on a busy machine only what hangs is told from what is slow."""
    monkeypatch.setattr("tests.tools.fuzz.SLOWEST", 60.0)


def test_every_seed_is_read() -> None:
    """Mutations of inputs that are refused anyway would prove little."""
    for name, (reader, files) in seeds().items():
        for data in files:
            assert reader(data) is not None, name


def test_broken_inputs_give_an_answer_or_one_clear_error() -> None:
    """Never a traceback, and none hangs; and mutations that are answered as well as refused."""
    counts, problems = run(4000, seed=1)
    assert problems == []
    assert sum(counts.values()) == 4000
    for name in seeds():
        assert counts[f"{name} answered"] > 0, name


def test_bombs_take_neither_time_nor_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few of the large files, each in a process of its own: none hangs, and none takes 200 MB."""
    chosen = {"many small objects", "a billion laughs", "nested elements", "many elements", "dotted keys", "many fills"}
    some = [bomb for bomb in bombs() if bomb[0] in chosen]
    assert len(some) == len(chosen)
    monkeypatch.setattr("tests.tools.fuzz.bombs", lambda: iter(some))
    assert heavy() == []


def test_an_entity_is_never_followed() -> None:
    """Neither inside the file nor out of it."""
    for name, data in bombs():
        if name in ("a billion laughs", "an outer entity"):
            with pytest.raises(TaperError, match="document type"):
                read_schedule(data)
