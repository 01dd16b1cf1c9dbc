"""A usual run carries out a share of the costly proofs and says so; continuous integration carries out all."""

from __future__ import annotations

import os
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import pytest

from taper.errors import StuckError
from taper.order.order import parse_order
from taper.planner.planning import plan
from tests.support import proofs
from tests.support.orders import GOLDEN
from tests.support.planning import dead_ends_unexplained

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(("full", "examples", "orders"), [(True, 60, 160), (False, 15, 32)])
def test_a_full_run_takes_every_example_and_a_usual_one_a_share(
    monkeypatch: pytest.MonkeyPatch, full: bool, examples: int, orders: int
) -> None:
    monkeypatch.setattr(proofs, "FULL", full)
    assert proofs.proof(60).max_examples == examples
    assert len(proofs.some(range(160))) == orders


def test_no_proof_is_left_without_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "FULL", False)
    assert proofs.proof(1).max_examples == 1
    assert {place % 4 for place in proofs.some(range(160))} == {0, 1, 2, 3}


@pytest.mark.parametrize("quiet", [[], ["-q"]])
@pytest.mark.parametrize(("wanted", "said"), [("full", "proofs: in full"), ("", "TAPER_PROOFS=full")])
def test_every_run_says_how_much_is_proved(wanted: str, said: str, quiet: list[str]) -> None:
    """In its head; at its end where it is quiet, as the line of the README is."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            *quiet,
            "-p",
            "no:cacheprovider",
            "tests/test_proofs.py::test_continuous_integration_proves_all",
        ],
        cwd=ROOT,
        env=os.environ | {"TAPER_PROOFS": wanted},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count(said) == 1


def test_continuous_integration_proves_all() -> None:
    assert "TAPER_PROOFS=full" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_strategies_do_not_explain_dead_ends() -> None:
    """The search for ways out takes minutes for some orders, and strategies throw such orders away."""
    stuck = deepcopy(GOLDEN)
    stuck["product"] = [{"name": "diazepam tablet 10 mg"}]
    stuck["phase"] = [{"reduce": "5% of current", "every": "2 weeks", "until": "0 mg"}]
    order = parse_order(stuck)
    with pytest.raises(StuckError, match="step 1 is stuck at 20 mg a day"):
        plan(order)
    with dead_ends_unexplained(), pytest.raises(StuckError, match="nobody asked to explain"):
        plan(order)
