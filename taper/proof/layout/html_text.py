"""The words of an HTML page: what stands between its tags, without its style and its drawings."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

_TAG = re.compile(r"<[^>]*>")


def read_lines(page: str) -> Counter[str]:
    """Return the text of each line of its source, with how often it stands there; equal lines are read once.

    A page of a year has a few thousand lines and a few hundred different ones.
    """
    body = page.partition("<body>")[2]
    parts, rest = [], body
    while True:
        before, drawing, behind = rest.partition("<svg xmlns=")
        parts.append(before)
        if not drawing:
            break
        rest = behind.partition("</svg>")[2]
    body = "".join(parts)
    lines = Counter(body.split("\n"))
    if any(line.count("<") != line.count(">") for line in lines):  # a tag of more than one line
        lines = Counter([body])
    found: Counter[str] = Counter()
    for line, times in lines.items():
        text = _TAG.sub(" ", line) if "<" in line else line
        found[unescape(text) if "&" in text else text] += times
    return found
