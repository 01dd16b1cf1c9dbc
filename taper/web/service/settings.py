"""What whoever runs the service chooses, and the limits within which it works."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from taper.values import dataclass
from taper.web.hooks.policy import Policy
from taper.web.hooks.trust import Client


@dataclass(frozen=True)
class Limits:
    """How much one request may take, and all of them together.

    Attributes:
        workers: Processes that plan, check and print; as many more answer hooks.
        seconds: Most seconds for one request.
        hook_seconds: Most seconds for one hook.
        body_seconds: Most seconds in which the head of a request must have arrived, and then its body.
        body_bytes: Most bytes of a body.
        waiting: Most requests that wait for a worker; more are told to come again.
        memory_bytes: Most memory of a worker.
        lifetime: Requests after which a worker is replaced by a new one.
    """

    workers: int = 2
    seconds: float = 10
    hook_seconds: float = 5
    body_seconds: float = 10
    body_bytes: int = 2_000_000
    waiting: int = 128
    memory_bytes: int = 1_500_000_000
    lifetime: int = 20_000


@dataclass(frozen=True)
class Settings:
    """How the service runs.

    Attributes:
        limits: The limits.
        policy: By what the hooks judge.
        clients: Record systems that are trusted, by their tokens.
        production: Whether every request needs the token of one of them.
        origins: Web pages that may ask from a browser, such as ``https://ehr.example.org``.
        base_url: Address under which clients know the service; that of the request if it is empty.
        hosts: Names by which it may be called; a page that made itself a name for this machine is refused.
        today: Gives the day of today.
    """

    limits: Limits = Limits()
    policy: Policy = Policy()
    clients: tuple[Client, ...] = ()
    production: bool = False
    origins: tuple[str, ...] = ()
    base_url: str = ""
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    today: Callable[[], date] = date.today
