"""Which tests need a system of one kind: what each needs, and why it is skipped elsewhere, is said here alone.

A test is marked with ``@pytest.mark.posix`` or ``@pytest.mark.linux``; `tests/test_systems.py` finds who is not.
"""

from __future__ import annotations

import os
import sys

import pytest

if sys.platform != "win32":
    import resource

NEEDS = {
    "posix": (os.name == "posix", "needs POSIX: signals between processes, links, pipes, owners or a shell"),
    "linux": (sys.platform.startswith("linux"), "needs Linux: /proc or /dev/full"),
}
"""The marks: whether this system has what they need, and the reason of the skip."""


def skip_elsewhere(items: list[pytest.Item]) -> None:
    """Skip the tests that need what this system does not have."""
    for item in items:
        for mark, (has, reason) in NEEDS.items():
            if not has and item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=reason))


def most_memory() -> int:
    """Return the most bytes that this process has held; 0 where the system does not tell (Windows)."""
    if sys.platform == "win32":
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024  # macOS counts in bytes, Linux in kilobytes
