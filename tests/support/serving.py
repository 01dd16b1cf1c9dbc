"""`taper serve` as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Self

import httpx2 as httpx

ROOT = Path(__file__).parents[2]


def command(*arguments: str) -> list[str]:
    """Return the command."""
    return [sys.executable, "-m", "taper.cli", "serve", *arguments]


def environment(folder: Path) -> dict[str, str]:
    """Return an environment in which all files that a program might keep are kept in one folder."""
    paths = {name: str(folder) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    return os.environ | paths | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


class Serving:
    """A service in a process of its own; everything that it writes is read."""

    def __init__(self, *arguments: str, folder: Path | None = None) -> None:
        """Start it, and wait until it is ready.

        Args:
            arguments: Options.
            folder: Where it runs.
        """
        folder = folder or Path(tempfile.mkdtemp())
        self.process = subprocess.Popen(
            command("--port", "0", *arguments),
            cwd=folder,
            env=environment(folder),
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        self.lines: list[str] = []
        self._ready = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        assert self._ready.wait(120), "".join(self.lines)
        port = next(json.loads(line)["port"] for line in self.lines if '"listening"' in line)
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60)

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line)
            if '"ready"' in line:
                self._ready.set()
        self._ready.set()

    def end(self) -> tuple[int, str]:
        """End it, and return its exit code and all that it wrote."""
        self.client.close()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        self._reader.join(10)
        assert self.process.stderr is not None
        self.process.stderr.close()
        return code, "".join(self.lines)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.end()
