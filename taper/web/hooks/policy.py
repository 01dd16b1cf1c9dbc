"""What whoever runs the services chooses."""

from __future__ import annotations

from taper.values import dataclass


@dataclass(frozen=True)
class Policy:
    """What whoever runs the services chooses.

    Attributes:
        guidelines: Ids of the guidelines that judge the pace; none for those of the country.
        country: Two-letter code of the country whose guidelines and products count.
        desk: Address of the desk that cards link to; empty for no link.
    """

    guidelines: tuple[str, ...] = ()
    country: str | None = None
    desk: str = ""
