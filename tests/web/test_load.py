"""Fifty people at one desk: every answer is right, none is refused, and the memory of the server stays flat.

In full for forty seconds; otherwise for a few seconds.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import httpx2 as httpx
import pytest

from taper.order.order import read_order
from taper.web.desk.form import to_fields
from tests.support.proofs import FULL
from tests.tools.readme import README

CLIENTS, SECONDS = 50, 40 if FULL else 4
WARM = 8 if FULL else 1  # answers for each, after which what is kept for the next is kept
PATIENCE = 60  # seconds for one answer: all of them share a core
MOST_GROWTH = 12_000 if FULL else 24_000  # kilobytes, from that time on
EXAMPLES = ("diazepam", "crossover", "clonazepam", "weekly", "finish")


@pytest.fixture
def desk() -> Iterator[tuple[str, int]]:
    """The address and the process of a desk."""
    command = [sys.executable, "-m", "taper.cli", "desk", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout is not None
        yield serving.stdout.readline().strip(), serving.pid
        serving.terminate()


def memory(process: int) -> int:
    """Return the kilobytes that a process holds."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


async def visit(address: str, number: int, until: float, seen: list[int]) -> int:
    """Change a plan again and again, and hold each answer to the day that was typed; return how many there were."""
    example = EXAMPLES[number % len(EXAMPLES)]
    fields = to_fields(read_order(README.parent / "examples" / f"{example}.toml").as_data())
    first, answered = date.fromisoformat(fields["start"]), 0
    origin = address[: address.index("/", 8)]
    async with httpx.AsyncClient(headers={"origin": origin}, timeout=PATIENCE) as client:
        while asyncio.get_running_loop().time() < until or not answered:
            name = f"{number:02}-{answered}"
            changed = {"handout.patient": name, "review_every": f"{answered % 9 + 1} weeks", "view": "record"}
            if example in ("diazepam", "clonazepam"):
                changed["start"] = (first + timedelta(days=answered % 100)).isoformat()
            reply = await client.post(f"{address}live", data=fields | changed)
            assert reply.status_code == 200, reply.text[:200]
            assert 'id="plan"' in reply.text
            others = [f"{other:02}-" for other in range(CLIENTS) if other != number]
            assert not any(f": {other}" in reply.text for other in others), "the words of another person"
            answered += 1
            seen[number] = answered
    return answered


@pytest.mark.linux
def test_fifty_people_are_answered_and_the_memory_stays_flat(desk: tuple[str, int]) -> None:
    address, process = desk

    async def all_of_them() -> tuple[list[int], int, int]:
        loop = asyncio.get_running_loop()
        seen, until = [0] * CLIENTS, loop.time() + SECONDS
        visits = asyncio.gather(*(visit(address, number, until, seen) for number in range(CLIENTS)))
        while min(seen) < WARM and not visits.done():
            await asyncio.sleep(0.2)
        before = memory(process)
        answered = await visits
        return answered, before, memory(process)

    answered, before, after = asyncio.run(all_of_them())
    assert len(answered) == CLIENTS
    assert min(answered) > 0
    assert after - before < MOST_GROWTH, f"{before} to {after} kB after {sum(answered)} answers"
