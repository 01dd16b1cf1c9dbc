"""Workers: processes of our own that take one call at a time, and are ended if it takes too long.

A worker that was ended, died or got too old is replaced at once. What waits for a worker waits in a queue of bounded
length. Nothing of a call outlives its answer.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal, NamedTuple

from taper.web.service.worker import READY, serve_calls

_CONTEXT = multiprocessing.get_context("spawn")
_START_SECONDS = 60
_END_SECONDS = 2

Trouble = Literal["busy", "slow", "lost"]


class Done(NamedTuple):
    """The answer of a worker, or why there is none: all were busy, it took too long, or the worker died."""

    content: Any = None
    trouble: Trouble | None = None


class _Worker:
    """One process, and the end of the pipe to it."""

    def __init__(self, memory: int, lifetime: int) -> None:
        self.memory, self.lifetime, self.calls = memory, lifetime, 0
        self.process: Any = None
        self.pipe: Any = None  # of a kind that depends on the system

    def start(self) -> None:
        """Start the process and wait until it has loaded what it needs."""
        ours, theirs = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(target=serve_calls, args=(theirs, self.memory), daemon=True)
        self.process.start()
        theirs.close()
        self.pipe, self.calls = ours, 0
        try:
            started = ours.poll(_START_SECONDS) and ours.recv() == READY
        except EOFError:
            started = False
        if not started:
            self.end()
            raise OSError("a worker does not start")

    def ask(self, call: tuple[Any, ...], seconds: float) -> Done:
        """Let the process do a call; it is replaced where it does not answer in time, or not at all."""
        done = Done(trouble="lost")
        try:
            if self.pipe is None:
                self.start()
            assert self.pipe is not None
            self.pipe.send(call)
            done = Done(self.pipe.recv()) if self.pipe.poll(seconds) else Done(trouble="slow")
        except (EOFError, OSError):
            pass
        self.calls += 1
        if done.trouble is not None or self.calls >= self.lifetime:
            self.end()
        return done

    def end(self) -> None:
        """End the process."""
        if self.pipe is not None:
            self.pipe.close()
            self.pipe = None
        if self.process is not None:
            self.process.kill()
            self.process.join(_END_SECONDS)
            self.process.close()
            self.process = None


class Pool:
    """Some workers for calls of one kind."""

    def __init__(self, workers: int, seconds: float, waiting: int, memory: int, lifetime: int) -> None:
        """Make a pool; it has no process until it is started.

        Args:
            workers: How many.
            seconds: Most seconds for a call, and for waiting for a worker.
            waiting: Most calls that wait.
            memory: Most bytes of memory of a worker.
            lifetime: Calls after which a worker is replaced.
        """
        self._workers = [_Worker(memory, lifetime) for _ in range(workers)]
        self._seconds, self._most = seconds, waiting
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="worker")
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self.waiting = 0
        self.ready = False

    async def start(self) -> None:
        """Start all workers."""
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(loop.run_in_executor(self._threads, worker.start) for worker in self._workers))
        for worker in self._workers:
            self._idle.put_nowait(worker)
        self.ready = True

    async def run(self, *call: Any) -> Done:
        """Let a worker do a call: its name and its arguments."""
        if self.waiting >= self._most:
            return Done(trouble="busy")
        self.waiting += 1
        try:
            worker = await asyncio.wait_for(self._idle.get(), self._seconds)
        except TimeoutError:
            return Done(trouble="busy")
        finally:
            self.waiting -= 1
        future = asyncio.get_running_loop().run_in_executor(self._threads, worker.ask, call, self._seconds)
        # also if nobody waits for the answer any more
        future.add_done_callback(self._back(worker))
        return await asyncio.shield(future)

    def _back(self, worker: _Worker) -> Callable[[Any], None]:
        return lambda _: self._idle.put_nowait(worker)

    def end(self) -> None:
        """End all workers."""
        self.ready = False
        for worker in self._workers:
            worker.end()
        self._threads.shutdown(wait=False, cancel_futures=True)
