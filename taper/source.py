"""Where a fact comes from, to the page.

Every number from medicine carries a `Source`. A fact whose title, place and reading
status are unknown cannot be written down: these fields have no default. The status words are those of the dossier.
"""

from __future__ import annotations

from taper.errors import CatalogError
from taper.values import dataclass

STATUSES: dict[str, str] = {
    "READ": "the source itself was read",
    "READ_SECONDARY": "read in a copy, transcription or quotation",
}
"""The reading statuses that may ship. Unverified and partly read rows never do."""

LOW = "low"
"""The standing of a forum, a question site or a shop, and of a text that was read only there."""


@dataclass(frozen=True, slots=True)
class Source:
    """One place in one document.

    Attributes:
        title: Title of the document.
        edition: Year or edition; empty only where the document has none.
        locator: Page, section or table.
        url: Where it can be found; empty only where it is not on the web.
        status: ``READ`` or ``READ_SECONDARY``, see `STATUSES`.
        standing: Empty, or ``low``, see `LOW`: shown as such, and it never decides a limit.

    >>> print(Source("A guideline", "2025", "p. 3", "", "READ"))
    A guideline (2025), p. 3
    >>> print(Source("A forum's ladder", "", "post 7", "", "READ", "low"))
    A forum's ladder, post 7 (source of low standing)
    """

    title: str
    edition: str
    locator: str
    url: str
    status: str
    standing: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "locator", "status"):
            if not getattr(self, name).strip():
                raise CatalogError(f"the source has no {name}; a fact without it cannot load", field=name)
        if self.status not in STATUSES:
            raise CatalogError(
                f"{self.status!r} is not a status that may ship; only {', '.join(STATUSES)}", field="status"
            )
        if self.standing not in ("", LOW):
            raise CatalogError(f"{self.standing!r} is not a standing; write '{LOW}' or leave it out", field="standing")

    def __str__(self) -> str:
        edition = f" ({self.edition})" if self.edition else ""
        standing = " (source of low standing)" if self.standing else ""
        return f"{self.title}{edition}, {self.locator}{standing}"
