"""How fast and how steadily the service answers: `python -m tests.bench.serving`, with two workers on two cores.

`order-sign` at 20 requests a second, then 100 clients at once for a minute, over HTTP on this machine: median, 99th
percentile, refusals, and the memory of all its processes before and after. The specification of CDS Hooks asks for
500 ms; our aims are 50 ms and 200 ms. They hold for a computer that does nothing else.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx2 as httpx

from taper.web.service.deeds import answer_hook
from tests.bench.__main__ import row
from tests.support.hooks import DAY, POLICY, active, order, request
from tests.support.serving import Serving

MEDIAN_MS, WORST_MS = 50.0, 200.0
A_SECOND = 20
CLIENTS = 100
BODY = request(order(count=4, often=1), record=[active(count=3, often=1)])


async def ask(client: httpx.AsyncClient, times: list[float], counts: Counter[int]) -> None:
    """Send one order to be signed, and note how long it took."""
    begun = time.perf_counter()
    answer = await client.post("/cds-services/taper-pace", json=BODY)
    times.append((time.perf_counter() - begun) * 1000)
    counts[answer.status_code] += 1


async def at_a_rate(address: str, seconds: int) -> list[float]:
    """Send so many orders a second, each at its time, whether the one before was answered or not."""
    times: list[float] = []
    counts: Counter[int] = Counter()
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        await ask(client, [], Counter())
        begun = time.perf_counter()
        tasks = []
        for number in range(A_SECOND * seconds):
            await asyncio.sleep(max(0.0, begun + number / A_SECOND - time.perf_counter()))
            tasks.append(asyncio.create_task(ask(client, times, counts)))
        await asyncio.gather(*tasks)
    assert set(counts) == {200}, counts
    return times


async def at_once(address: str, seconds: int) -> tuple[list[float], Counter[int]]:
    """Let many clients ask one order after the other."""
    times: list[float] = []
    counts: Counter[int] = Counter()
    until = time.perf_counter() + seconds

    async def one() -> None:
        async with httpx.AsyncClient(base_url=address, timeout=60) as client:
            while time.perf_counter() < until:
                await ask(client, times, counts)

    await asyncio.gather(*(one() for _ in range(CLIENTS)))
    return times, counts


def processor_time(body: dict[str, Any], rounds: int = 200) -> float:
    """Return the milliseconds of processor time that a worker takes for a request, whatever else the computer does."""
    content = json.dumps(body).encode()
    answer_hook("taper-pace", content, POLICY, DAY)
    begun = time.process_time()
    for _ in range(rounds):
        answer_hook("taper-pace", content, POLICY, DAY)
    return (time.process_time() - begun) * 1000 / rounds


def memory(parent: int) -> float:
    """Return the megabytes of a process and its children that are theirs alone."""
    children = subprocess.run(["pgrep", "-P", str(parent)], capture_output=True, text=True, check=False).stdout.split()
    total = 0
    for pid in (str(parent), *children):
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        total += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total / 1024


def percentile(times: list[float], part: float) -> float:
    """Return the time below which so large a part of all times lies."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    seconds = parser.parse_args().seconds
    row("order-sign with a suggestion, processor time", processor_time(BODY))
    row("order-sign without one, processor time", processor_time(request(order(count=1), record=[active()])))
    row("another drug, processor time", processor_time(request(order("Amoxicillin 500 MG Oral Capsule"))))
    with Serving("--workers", "2", "--country", "US") as served:
        address = str(served.client.base_url)
        times = asyncio.run(at_a_rate(address, seconds))
        before = memory(served.process.pid)
        row(f"order-sign at {A_SECOND} a second, median", statistics.median(times), aim=MEDIAN_MS)
        row(f"order-sign at {A_SECOND} a second, 99th percentile", percentile(times, 0.99), aim=WORST_MS)
        many, counts = asyncio.run(at_once(address, seconds))
        after = memory(served.process.pid)
        row(
            f"{CLIENTS} clients at once, median", statistics.median(many), f"{len(many) / seconds:.0f} answers a second"
        )
        row(f"{CLIENTS} clients at once, 99th percentile", percentile(many, 0.99), f"statuses {dict(counts)}")
        print(f"memory of all processes: {before:.0f} MB, then {after:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
