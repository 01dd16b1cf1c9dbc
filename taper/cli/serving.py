"""The command that lets other programs ask over HTTP, and record systems by CDS Hooks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cyclopts import Parameter

from taper import catalog
from taper.cli.option_groups import Flag, Several
from taper.errors import OrderError
from taper.web.hooks.policy import Policy
from taper.web.hooks.trust import read_clients
from taper.web.service.serving import serve as run
from taper.web.service.settings import Limits, Settings


@Parameter(name="*")
@dataclass(frozen=True)
class Access:
    """Who may ask.

    Attributes:
        clients: TOML file with the record systems that are trusted, and their keys.
        production: Answer only them, and only where --base-url is one of HTTPS.
        base_url: Address under which others know the service, such as https://taper.example.org.
        origin: Web page that may ask from a browser, such as https://ehr.example.org; may be given several times.
    """

    clients: Path | None = None
    production: Flag = False
    base_url: str = ""
    origin: Several = ()


@Parameter(name="*")
@dataclass(frozen=True)
class Judging:
    """By what orders of record systems are judged.

    Attributes:
        guideline: Guideline, instead of those of the country; may be given several times.
        country: Country whose guidelines and products count, such as US.
        desk: Address of the desk that cards link to.
    """

    guideline: Several = ()
    country: str | None = None
    desk: str = ""


@Parameter(name="*")
@dataclass(frozen=True)
class Size:
    """How much it may take.

    Attributes:
        workers: Processes that plan, check and print; as many more answer record systems.
        seconds: Most seconds for one request.
        megabytes: Most megabytes of one request.
    """

    workers: int = 2
    seconds: int = 10
    megabytes: int = 2


def serve(
    *,
    port: int = 8080,
    host: str = "127.0.0.1",
    access: Access = Access(),
    judging: Judging = Judging(),
    size: Size = Size(),
) -> int:
    """Serve the library over HTTP, and to record systems by CDS Hooks, until it is ended.

    Args:
        port: Where to listen; 0 for any that is free.
        host: Where to listen; this machine alone if not given.
        access: Who may ask.
        judging: By what orders are judged.
        size: How much it may take.
    """
    for name, value, most in (("workers", size.workers, 64), ("seconds", size.seconds, 600)):
        if not 1 <= value <= most:
            raise OrderError(f"{value} is not from 1 to {most}", field=f"--{name}")
    if not 1 <= size.megabytes <= 50:
        raise OrderError(f"{size.megabytes} is not from 1 to 50", field="--megabytes")
    for guideline in judging.guideline:
        catalog.guideline(guideline)
    country = judging.country.upper() if judging.country else None
    if country is not None:
        catalog.products(country)
    named = urlsplit(access.base_url).hostname or ""
    settings = Settings(
        Limits(workers=size.workers, seconds=size.seconds, body_bytes=size.megabytes * 1_000_000),
        Policy(judging.guideline, country, judging.desk),
        read_clients(access.clients) if access.clients else (),
        access.production,
        access.origin,
        access.base_url,
        tuple(dict.fromkeys(name for name in (*Settings().hosts, host, named) if name)),
    )
    run(settings, host, port)
    return 0
