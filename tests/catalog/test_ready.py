"""The catalog that the program reads is that of the TOML files which people read and correct."""

from __future__ import annotations

import json

from taper.catalog.rows import DATA, READY, data_names, read_data
from tests.tools.ready_catalog import ready, tables

HOW = "the TOML files have changed: python -m tests.tools.ready_catalog"


def test_the_ready_catalog_holds_what_the_files_hold() -> None:
    """Value by value, files and their order too."""
    files = tables()
    assert list(json.loads(READY.read_bytes())) == list(files), HOW
    for name, content in files.items():
        assert read_data(name) == content, f"{name}: {HOW}"


def test_the_ready_catalog_is_what_would_be_written_today() -> None:
    assert READY.read_bytes() == ready(), HOW


def test_files_are_found_by_their_folder() -> None:
    for folder in ("products", "guidelines"):
        assert data_names(folder) == tuple(sorted(path.stem for path in (DATA / folder).glob("*.toml")))


def test_what_one_reader_is_given_another_finds_unchanged() -> None:
    """A document takes its sources out of the tables: out of its own."""
    from taper.catalog.rows import Document

    Document(read_data("drugs.toml"), "drugs.toml")
    assert "source" in read_data("drugs.toml")
