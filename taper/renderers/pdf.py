"""The paper as PDF/UA-1, set by typst.

The words go in as a JSON file, the drawings as SVG files, all in memory: nothing is read from disk
but the packaged font, and no text is ever taken for markup. typst refuses a character that no
packaged font can show, and so do we: a handout with a hole in it is worse than none.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taper.errors import MissingExtraError, TaperError
from taper.handout_clinician import ClinicianSheet
from taper.handout_parts import DayDoses, Handout
from taper.renderers import chart, pictogram
from taper.renderers.plain import plain

if TYPE_CHECKING:
    from types import ModuleType

_HERE = Path(__file__).parent
_PAPERS = {"a4": "a4", "letter": "us-letter"}
_EPOCH = 0  # the file's creation date is not a fact about the plan


def render(page: Handout | ClinicianSheet) -> bytes:
    """Return the PDF file.

    Raises:
        MissingExtraError: typst is not installed.
        TaperError: A text has a character that no packaged font can show.
    """
    files = _handout(page) if isinstance(page, Handout) else _clinician(page)
    typst = _typst()
    try:
        made = typst.compile(
            files,
            format="pdf",
            font_paths=_fonts(),
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=_EPOCH,
        )
    except typst.TypstError as problem:
        raise _translate(str(problem)) from None
    assert isinstance(made, bytes)
    return made


def _typst() -> ModuleType:
    try:
        import typst
    except ImportError:
        raise MissingExtraError("typst", "pdf", "a PDF") from None
    return typst


@lru_cache(maxsize=1)
def _fonts() -> Any:
    return _typst().Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_HERE / "fonts")])


@lru_cache(maxsize=8)
def _template(name: str) -> bytes:
    return (_HERE / name).read_bytes()


def _translate(message: str) -> TaperError:
    """Turn typst's complaint into one that a clinician can act on."""
    missing = re.search(r"the text (.+?) could not be displayed", message, re.DOTALL)
    if missing:
        return TaperError(
            f"the text {missing[1]} has a character that the packaged font cannot show, so no PDF is made; "
            "write the name or device in Latin, Greek or Cyrillic letters, or print the HTML",
            field="handout",
        )
    return TaperError(f"the PDF could not be set: {message.splitlines()[0]}; print the HTML instead")


def _data(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _clinician(page: ClinicianSheet) -> dict[str, bytes]:
    content = plain(page)
    content["paper"] = _PAPERS[page.frame.paper]
    return {
        "main.typ": _template("clinician.typ"),
        "page.typ": _template("page.typ"),
        "data.json": _data(content),
    }


def _handout(page: Handout) -> dict[str, bytes]:
    """Lay the files of a handout beside each other; what repeats is written once."""
    products = {product.key: product for product in page.products}
    files: dict[str, bytes] = {}
    strips: dict[object, dict[str, Any]] = {}
    doses: list[dict[str, Any]] = []
    index: dict[int, int] = {}

    def strip(pictograms: tuple[Any, ...]) -> dict[str, Any] | None:
        if not pictograms:
            return None
        if pictograms not in strips:
            name = f"strip{len(strips)}.svg"
            files[name] = pictogram.strip(pictograms, products).encode()
            strips[pictograms] = {"file": name, "width": pictogram.width(pictograms)}
        return strips[pictograms]

    def refer(day: DayDoses | None) -> int | None:
        if day is None:
            return None
        if id(day) not in index:
            entry = plain(day)
            for written, dose in zip(entry["doses"], day.doses, strict=True):
                written["strip"] = strip(dose.pictograms)
            index[id(day)] = len(doses)
            doses.append(entry)
        return index[id(day)]

    for number, one in enumerate(page.charts):
        files[f"chart{number}.svg"] = chart.draw(one, for_pdf=True).encode()
    for product in page.products:
        files[f"{product.key}.svg"] = pictogram.sign(product).encode()
    content: dict[str, Any] = plain(page, skip=("steps", "months", "charts"))
    content["paper"] = _PAPERS[page.frame.paper]
    content["steps"] = [plain(row, skip=("doses",)) | {"doses": refer(row.doses)} for row in page.steps]
    content["months"] = [
        {
            "title": month.title,
            "weeks": [
                [
                    None
                    if day is None
                    else {
                        "number": day.number,
                        "none": day.none,
                        "marks": plain(day.marks),
                        "doses": refer(day.doses),
                    }
                    for day in week
                ]
                for week in month.weeks
            ],
        }
        for month in page.months
    ]
    content["charts"] = [
        {"title": one.title, "alt": one.alt, "file": f"chart{number}.svg"} for number, one in enumerate(page.charts)
    ]
    content["regimens"] = doses
    files["data.json"] = _data(content)
    files["page.typ"] = _template("page.typ")
    return {"main.typ": _template("handout.typ"), **files}
