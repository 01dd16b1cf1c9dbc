"""Where words stand on a page, as poppler sees them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import lxml.html
import pytest


def word_boxes(content: bytes, folder: Path) -> list[tuple[float, float, list[tuple[float, float, float, float, str]]]]:
    """Width, height and words with their places, page by page, as poppler sees them."""
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext; on Debian: apt-get install poppler-utils")
    file = folder / "paper.pdf"
    file.write_bytes(content)
    done = subprocess.run(["pdftotext", "-bbox", str(file), "-"], capture_output=True, check=True)
    pages = []
    for page in lxml.html.fromstring(done.stdout.decode()).iter("page"):
        boxes = [
            (*(float(word.get(side)) for side in ("xmin", "ymin", "xmax", "ymax")), word.text or "")
            for word in page.iter("word")
        ]
        pages.append((float(page.get("width")), float(page.get("height")), boxes))
    return pages  # type: ignore[return-value]


def ink(box: tuple[float, float, float, float, str]) -> tuple[float, float]:
    """Top and bottom of the letters: a box is as high as the font's line, a letter about half of that."""
    high = box[3] - box[1]
    return box[1] + 0.3 * high, box[3] - 0.28 * high
