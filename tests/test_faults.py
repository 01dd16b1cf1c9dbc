"""The seeded faults stand where they are said to stand, and some of them are put in and found."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.support import proofs
from tests.support.faults import DANGEROUS, KINDS, ROOT, TABLE, Fault, changed, faults, orders, probes, wider
from tests.support.faults_table import lines, read_table
from tests.tools.seeded_faults import Copy

FAULTS = faults()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_each_old_text_stands_in_its_file_as_often_as_is_said(fault: Fault) -> None:
    """Else the fault is not tried any more; what it becomes can still be compiled."""
    for name, text in changed(fault).items():
        if name.endswith(".py"):
            compile(text, name, "exec")


def test_each_fault_names_tests_that_exist_and_commands_that_are_known() -> None:
    for fault in FAULTS:
        assert fault.tests, fault.id
        for test in fault.tests:
            path, *names = test.split("::")
            assert (ROOT / path).exists(), (fault.id, test)
            text = (ROOT / path).read_text(encoding="utf-8") if names else ""
            assert all(re.search(rf"\b(?:def|class) {name.partition('[')[0]}\b", text) for name in names), test
        assert not fault.probe or fault.probe in probes(), fault.id
        assert fault.room in wider(), fault.id


def test_faults_have_names_of_their_own_and_lie_in_every_room() -> None:
    assert [name for name, count in Counter(fault.id for fault in FAULTS).items() if count > 1] == []
    assert {fault.what for fault in FAULTS} == set(KINDS)
    rooms = {Path(edit.file).parts[1] for fault in FAULTS for edit in fault.edits}
    assert {"order", "planner", "schedule", "checker", "catalog", "paper", "exchange", "web", "cli"} <= rooms
    templates = {path.name for path in (ROOT / "taper/paper/renderers/templates").iterdir()}
    assert templates <= {Path(edit.file).name for fault in FAULTS for edit in fault.edits}


def test_what_does_harm_is_tried_at_run_time_or_it_is_said_why_not() -> None:
    silent = [fault.id for fault in FAULTS if fault.what in DANGEROUS and not fault.probe and not fault.reason]
    assert silent == []


def test_the_files_of_the_commands_are_used() -> None:
    written = [part for probe in probes().values() for run in probe.runs for part in run]
    assert [name for name in orders() if name not in written] == []
    assert {fault.probe for fault in FAULTS} - {""} == set(probes())


def test_the_table_has_a_row_for_each_fault_and_each_was_caught() -> None:
    rows = read_table()
    assert [fault.id for fault in FAULTS if fault.id not in rows or not rows[fault.id].caught] == []
    assert [name for name, row in rows.items() if row.missed] == []
    assert "\n".join(lines(rows)) + "\n" == TABLE.read_text(encoding="utf-8")


def test_some_faults_are_put_in_and_found(tmp_path: Path) -> None:
    """Always the same few; all of them with `python -m tests.tools.seeded_faults`."""
    quick = [fault for fault in FAULTS if fault.room == "order" and fault.tests[0].startswith("tests/test_")]
    copy = Copy(tmp_path)
    for fault in random.Random(0).sample(quick, 4 if proofs.FULL else 2):
        with copy.with_fault(fault):
            assert copy.failing(fault.tests), fault.id
    assert not copy.failing((quick[0].tests[0],))
