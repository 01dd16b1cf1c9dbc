"""One Hypothesis profile for everyone: the same run, the same cases, the same result."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture import providers

from tests.support import proofs, systems
from tests.support.orders import GOLDEN

settings.register_profile(
    "same",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.register_profile("search", settings.get_profile("same"), derandomize=False, max_examples=2000)
# Whether a test fails at all, as the tools that put faults in want to know: the smallest example is not looked for.
settings.register_profile("first", settings.get_profile("same"), phases=[Phase.explicit, Phase.generate])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

if settings().derandomize and hasattr(providers, "_get_local_constants"):
    # Hypothesis mixes in constants of the modules that happen to be loaded, or of none in a folder below one that is
    # called "tests": the same test would see other cases elsewhere, alone, or after another test.
    _NO_CONSTANTS = providers.Constants()
    providers._get_local_constants = lambda: _NO_CONSTANTS


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
    # A run in the background ignores Ctrl-C, and so would every program that a test starts in order to interrupt it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def golden() -> dict[str, Any]:
    """The order of the README as plain data, fresh for each test."""
    return deepcopy(GOLDEN)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs another system than this."""
    systems.skip_elsewhere(items)


def pytest_report_header() -> str:
    """Say how much of the costly proofs this run carries out."""
    return proofs.header()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it at the end where a quiet run shows no head."""
    if not terminalreporter.showheader:
        terminalreporter.write_line(proofs.header())


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run where gates must not be skipped, as in continuous integration.

    Files of third parties, which are never part of this repository, may be absent anywhere.
    """
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("TAPER_NO_SKIP") or reporter is None:
        return
    skipped = [str(report.longrepr) for report in reporter.stats.get("skipped", ())]
    left = [reason for reason in skipped if "TAPER_REFERENCE" not in reason]
    if left:
        reporter.write_line("\nskipped although no gate may be: " + "\n  ".join(left), red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's chromium; skipped where it, or what drives it, is not installed."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium; on Debian: apt-get install chromium")
    driver = pytest.importorskip("playwright.sync_api", reason="no playwright; pip install playwright")
    with driver.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core, installed once outside the repository; skipped where npm is missing."""
    from tests.support.desk_pages import axe_source  # its page needs an extra, which other tests do not

    return axe_source()
