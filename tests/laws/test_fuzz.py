"""A small, seeded run of `tests.tools.fuzz`; the large one is run by hand or by night."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from taper.errors import TaperError
from taper.exchange.reading import read_schedule
from tests.tools import coverage_fuzz
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


def test_every_reader_is_tried_by_what_it_reaches(tmp_path: Path) -> None:
    """The page, the service, the words and the audit too: what is valid is answered, and a fault is told."""
    assert {"desk", "hooks", "words", "audited", *seeds()} == set(coverage_fuzz.names())
    for name in coverage_fuzz.OWN:
        read, files = coverage_fuzz.reader_of(name)
        assert [coverage_fuzz.told(read, data, slowest=60) for data in files] == [""] * len(files), name
    assert coverage_fuzz.told(lambda data: data[9], b"short").startswith("IndexError")
    record = tmp_path / "fuzz.toml"
    coverage_fuzz.added(record, "desk", 1.25, 10)
    coverage_fuzz.added(record, "desk", 0.5, 5)
    assert tomllib.loads(record.read_text(encoding="utf-8")) == {"desk": {"minutes": 1.75, "inputs": 15}}


def test_every_reader_was_tried_for_a_while() -> None:
    """An hour in all, as the record says."""
    record = tomllib.loads(coverage_fuzz.RECORD.read_text(encoding="utf-8"))
    assert set(record) == set(coverage_fuzz.names())
    assert sum(entry["minutes"] for entry in record.values()) >= 60
