"""Cut the Arabic font of the paper out of Noto Sans Arabic: the letters of Arabic text, weight as the only axis.

Run by hand when the font has a new edition: ``pip install fonttools fontpkg-noto-sans-arabic``, then
``python tests/make_arabic_font.py NotoSansArabic[wdth,wght].ttf taper/renderers/fonts/NotoSansArabic-Subset.ttf``.
The license (OFL 1.1, no reserved name) stands beside the font.
"""

from __future__ import annotations

import io
import sys

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

LETTERS = [*range(0x0600, 0x06FF + 1), 0x20, 0xA0, 0x200C, 0x200D, 0x200E, 0x200F, 0x25CC]
"""The basic block of Arabic; Latin letters and digits come from the other font."""


def main(source: str, target: str) -> None:
    """Write the smaller font."""
    font = TTFont(source, recalcTimestamp=False)
    narrowed = io.BytesIO()
    instancer.instantiateVariableFont(font, {"wdth": 100, "wght": (400, 700)}).save(narrowed)
    font = TTFont(narrowed, recalcTimestamp=False)  # or the subsetter misses glyphs without a variation
    options = subset.Options()
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    options.hinting = False
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LETTERS)
    cutter.subset(font)
    font.save(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
