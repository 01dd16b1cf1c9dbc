"""From a request to an answer, without a server: the same for every home of the page.

A request is a path below the page's own address, the fields of the form, and perhaps a file. Nothing is kept between
two of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from taper.errors import TaperError
from taper.values import dataclass
from taper.web.desk.edits import edited, focus_after, of_page
from taper.web.desk.page import Home, Notice, changed_parts, whole_page
from taper.web.desk.words import SAY
from taper.web.desk.work import Work

STATIC = Path(__file__).parent / "static"
_ASSETS = {
    "desk.css": "text/css; charset=utf-8",
    "desk.js": "text/javascript; charset=utf-8",
    "htmx.min.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
LINK = "link.order"
"""The field that carries what stood behind `#order=` in the address."""
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What the page may do: run and load what comes with it, and talk to its own address alone."""
HEADERS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
"""Headers of every answer."""
_PAPER_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """An answer.

    Attributes:
        kind: Its media type.
        body: What is in it.
        status: 200, or 404 where there is nothing.
        name: What the file is called, if it is to be saved.
        policy: What it may do in a browser.
    """

    kind: str
    body: bytes
    status: int = 200
    name: str = ""
    policy: str = PAGE_POLICY

    @property
    def headers(self) -> dict[str, str]:
        """Its headers of HTTP: what it is, and that nobody keeps it."""
        saved = {"content-disposition": f'attachment; filename="{self.name}"'} if self.name else {}
        return HEADERS | {"content-security-policy": self.policy, "content-type": self.kind} | saved


@dataclass(frozen=True)
class Upload:
    """A file that was opened.

    Attributes:
        name: Its name.
        data: Its content.
    """

    name: str
    data: bytes


def answer(
    path: str,
    fields: Mapping[str, str] | None,
    *,
    today: date,
    upload: Upload | None = None,
    in_browser: bool = False,
) -> Reply:
    """Answer a request.

    Args:
        path: What follows the page's own address: nothing, `live`, `open`, `linked`, `take`, or the name of one of
            its files.
        fields: The fields of the form; None if nothing was posted.
        today: The day that papers bear.
        upload: The file that was opened, if one was.
        in_browser: Whether the browser itself answers, without a server; then no PDF is offered.
    """
    home = Home(today, in_browser)
    if fields is None:
        return _page({}, home) if path == "" else asset(path)
    if path == "":
        return _edited(fields, home)
    if path == "live":
        return Reply(_HTML, changed_parts(Work(fields), home).encode())
    if path == "open":
        return _opened(upload, home)
    if path == "linked":
        return _linked(fields, home)
    if path == "take":
        return _taken(fields, home)
    return nothing()


def warm_up(today: date) -> None:
    """Load what plans, checks and prints, so that the first change is answered as fast as the others."""
    answer("live", edited("example:diazepam", {}), today=today)


def nothing() -> Reply:
    """Return the answer where there is nothing."""
    return Reply("text/plain; charset=utf-8", b"There is nothing here.\n", 404)


@lru_cache(maxsize=8)
def asset(path: str) -> Reply:
    """Return one of the page's own files."""
    if path not in _ASSETS:
        return nothing()
    return Reply(_ASSETS[path], (STATIC / path).read_bytes())


def _page(fields: Mapping[str, str], home: Home, notice: Notice | None = None, focus: str = "") -> Reply:
    return Reply(_HTML, whole_page(Work(fields), home, notice, focus).encode())


def _edited(fields: Mapping[str, str], home: Home) -> Reply:
    kept = {name: text for name, text in fields.items() if name != "do"}
    try:
        after = edited(deed := fields.get("do", ""), kept)
        return _page(after, home, focus=focus_after(deed, after))
    except TaperError as problem:
        return _page(kept, home, Notice(SAY["error"], str(problem)))


def _opened(upload: Upload | None, home: Home) -> Reply:
    if upload is None or not upload.name:
        return _page({}, home)
    from taper.web.desk.opening import opened

    try:
        return _page(opened(upload.data, upload.name[:120]), home, focus="answer")
    except TaperError as problem:
        return _page({}, home, Notice(SAY["opened_bad"], str(problem)))


def _linked(fields: Mapping[str, str], home: Home) -> Reply:
    """Show the order of the link that led here; one that is none leaves the page as it was."""
    from taper.web.desk.opening import linked

    kept = {name: text for name, text in fields.items() if name != LINK}
    try:
        notice = Notice(SAY["linked"], SAY["linked_from"], grave=False)
        return _page(of_page(kept) | linked(fields.get(LINK, "")), home, notice, focus="notice")
    except TaperError as problem:
        return _page(kept, home, Notice(SAY["linked_bad"], str(problem)), focus="notice")


def _taken(fields: Mapping[str, str], home: Home) -> Reply:
    from taper.web.desk.takeaway import take

    kept = {name: text for name, text in fields.items() if name != "take"}
    what = fields.get("take", "")
    try:
        if what == "preview":
            return _preview(kept, home)
        file = take(what, Work(kept), home.today)
    except TaperError as problem:
        return _page(kept, home, Notice(SAY["error"], str(problem)))
    policy = _policy_of(file.data) if file.name.endswith("html") else PAGE_POLICY
    return Reply(file.kind, file.data, name=file.name, policy=policy)


def _preview(fields: Mapping[str, str], home: Home) -> Reply:
    """Return a paper as it is printed, to be shown inside the page."""
    from taper.paper.renderers import SHEETS
    from taper.web.desk.takeaway import KINDS, take

    sheet = fields.get("print.sheet") or "patient"
    try:
        file = take(f"{sheet if sheet in SHEETS else 'patient'}.html", Work(fields), home.today)
    except TaperError as problem:
        return Reply(KINDS["txt"], f"{problem}\n".encode(), policy="default-src 'none'; frame-ancestors 'self'")
    return Reply(_HTML, file.data, policy=f"{_policy_of(file.data)}; frame-ancestors 'self'")


def _policy_of(paper: bytes) -> str:
    """Return the policy that a paper names itself: its own style, and nothing else."""
    found = _PAPER_POLICY.search(paper[:2000].decode("utf-8", "replace"))
    return found[1] if found else "default-src 'none'"
