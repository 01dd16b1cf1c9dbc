"""Cut the Arabic font of the paper out of IBM Plex Sans Arabic: the letters of Arabic text, under a name of its own.

Run by hand when the font has a new edition: ``pip install fonttools fontpkg-ibm-plex-sans-arabic``, then
``python tests/tools/make_arabic_font.py FOLDER taper/paper/renderers/fonts``, FOLDER being that of the package's files.
The license (OFL 1.1) reserves the name Plex, so the smaller font is called Taper Sans Arabic; the license
stands beside it. Fonts that build a letter from its body and its dots, as Noto's do, were tried and left: what
is copied or read aloud from such a PDF has letters doubled.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "Taper Sans Arabic"
STYLES = ("Regular", "Bold")
LETTERS = [*range(0x0600, 0x06FF + 1), 0x20, 0xA0, *range(0x200C, 0x200F + 1), 0x25CC, *range(0x2066, 0x2069 + 1)]
"""The basic block of Arabic and the marks of direction; Latin letters and digits come from the other font."""


def main(source: str, target: str) -> None:
    """Write the smaller fonts."""
    for style in STYLES:
        font = TTFont(Path(source) / f"IBMPlexSansArabic-{style}.ttf", recalcTimestamp=False)
        options = subset.Options()
        options.layout_features = ["*"]
        options.name_IDs = ["*"]
        options.hinting = False
        options.recalc_timestamp = False
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=LETTERS)
        cutter.subset(font)
        _rename(font, style)
        font.save(Path(target) / f"TaperSansArabic-{style}.ttf")


def _rename(font: TTFont, style: str) -> None:
    compact = FAMILY.replace(" ", "")
    names = {1: FAMILY, 2: style, 3: f"{compact}-{style}", 4: f"{FAMILY} {style}", 6: f"{compact}-{style}"}
    for record in list(font["name"].names):
        if record.nameID in names:
            record.string = names[record.nameID]
        elif record.nameID not in (0, 5, 13, 14):  # copyright, version, license
            font["name"].removeNames(nameID=record.nameID)


if __name__ == "__main__":
    main(*sys.argv[1:])
