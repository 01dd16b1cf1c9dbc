"""A paper that lost a word, a number, a day or a part of a drawing is not given out; a right one always is.

The faults are those of `tests.tools.seeded_faults`, put into the templates and modules that are loaded here.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import date
from functools import lru_cache
from importlib import import_module
from itertools import product
from typing import Any

import pikepdf
import pytest

from taper.checker.checking import check
from taper.errors import ProofError, TaperError
from taper.order.order import parse_order
from taper.paper.renderers import FORMATS, SHEETS, Format, Sheet, html, page_of, pdf, render
from taper.paper.renderers.proving import proved
from taper.paper.request import PrintRequest
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.schedule.schedule import Schedule
from tests.support.orders import GOLDEN
from tests.support.proofs import some
from tests.tools.seeded_faults import ROOT

PRINTED = date(2026, 1, 2)
TABLETS: dict[str, Any] = {
    "drug": "diazepam",
    "country": "GB",
    "start": "2026-01-05",
    "current": {"morning": "12 mg", "bedtime": "5 mg"},
    "product": [
        {"name": "diazepam tablet 2 mg", "split": "halves"},
        {"name": "diazepam tablet 10 mg", "split": "quarters"},
    ],
    "phase": [{"doses": [{"morning": "7.5 mg", "bedtime": "4 mg"}, "6 mg", "2.5 mg", "0 mg"], "every": "1 week"}],
    "acknowledge": [{"code": "T101", "reason": "as the patient wishes", "by": "Dr. Ada"}],
    "handout": {"patient": "A. Patient", "prescriber": "Dr. Ada", "phone": "01 23 45"},
}
LIQUID: dict[str, Any] = TABLETS | {
    "current": {"morning": "5 mg", "bedtime": "7 mg"},
    "product": [{"name": "diazepam oral solution 2 mg/5 mL", "device": "5 mL oral syringe", "graduation": "0.1 mL"}],
    "phase": [{"doses": [{"morning": "4 mg", "bedtime": "6 mg"}, "3.2 mg", "0 mg"], "every": "1 week"}],
}
MANY: dict[str, Any] = TABLETS | {
    "current": {"morning": "12 mg"},
    "product": [{"name": "diazepam tablet 2 mg", "split": "halves"}],
    "phase": [{"doses": ["11 mg", "7 mg"], "every": "1 week"}],
}


@lru_cache
def made(name: str) -> Schedule:
    order = {"tablets": TABLETS, "liquid": LIQUID, "stays": MANY, "revised": MANY}[name]
    schedule = plan(parse_order(order))
    return (
        revise(schedule, on="2026-01-14", dose="9 mg", reason="worse", by="Dr. Ada") if name == "revised" else schedule
    )


def printed(name: str, sheet: Sheet, to: Format, variant: str = "", **asked: Any) -> bytes:
    schedule = made(name)
    return render(schedule, check(schedule), to, printed_on=PRINTED, sheet=sheet, variant=variant, **asked)


# ---- never refused -------------------------------------------------------------------------------

VARIANTS = ("", "large", "gray", "week", "list", "plan", "dateless", "next 2 weeks")


@pytest.mark.parametrize(
    ("variant", "to", "name"), some(list(product(VARIANTS, FORMATS, ("tablets", "liquid", "revised"))))
)
def test_a_right_paper_is_given_out_however_it_is_laid_out(variant: str, to: Format, name: str) -> None:
    for sheet in ("patient", "plan", "card") if variant else SHEETS:
        assert printed(name, sheet, to, variant)  # type: ignore[arg-type]


@pytest.mark.parametrize(("to", "language"), some(list(product(FORMATS, ("ar", "de", "es", "fr", "nl", "en-GB")))))
def test_a_right_paper_is_given_out_in_every_language(to: Format, language: str) -> None:
    for sheet in SHEETS:
        assert printed("tablets", sheet, to, language=language)


NAMES = (
    'A "B" <b>C</b> & D',
    "&amp; &lt; &#65;",
    "\N{RIGHT-TO-LEFT ISOLATE}علي\N{POP DIRECTIONAL ISOLATE} Smith",
    "عليّ بن أحمد",
    "Supercalifragilistic" * 5,
    "Ann\N{NO-BREAK SPACE}Marie",
    "Zoe\u0308 A\u0301",
    "soft\u00adhyphen",
    "zero\u200bwidth",
    "Bettina Müller-Lüdenscheidt-Schulze-Hohenstein",
    "100 mg, 5 mL",
    "Γιάννης Ян",
    "1234567890123456789012345678901234567890123456",
    "https://example.org/a/very/long/address/of-a-practice/benzodiazepines-and-others?x=1",
)


@pytest.mark.parametrize(("name", "to"), some(list(product(NAMES, FORMATS))))
def test_no_name_keeps_a_right_paper_back(name: str, to: Format) -> None:
    """Whatever its letters are, and however a line breaks it; in an Arabic paper too."""
    data = deepcopy(GOLDEN) | {"handout": {"patient": name, "prescriber": name, "phone": name[:40], "pharmacy": name}}
    try:
        schedule = plan(parse_order(data))
    except TaperError:  # a name that no order may have
        return
    for sheet, language in (("patient", None), ("card", "ar"), ("clinician", None), ("pharmacy", "de"), ("plan", "ar")):
        asked: dict[str, Any] = {"sheet": sheet, "language": language, "variant": "large" if sheet == "plan" else ""}
        try:
            assert render(schedule, None, to, printed_on=PRINTED, **asked)
        except ProofError:
            raise
        except TaperError:  # a letter that no font can show
            assert to == "pdf"


# ---- faults of templates and modules -------------------------------------------------------------


@contextmanager
def fault(file: str, old: str, new: str) -> Iterator[None]:
    """Change a line of a template or of a module that is loaded, for as long as it lasts."""
    text = (ROOT / "taper/paper/renderers" / file).read_text(encoding="utf-8")
    assert old in text, f"{file} has changed; write the fault anew"
    if file.endswith(".py"):
        module = import_module(f"taper.paper.renderers.{file.removesuffix('.py')}")
        kept = dict(vars(module))
        exec(compile(text.replace(old, new, 1), file, "exec"), vars(module))
        try:
            yield
        finally:
            vars(module).update(kept)
        return
    name = file.removeprefix("templates/")
    with pytest.MonkeyPatch.context() as patch:
        if name.endswith(".typ"):
            usual: Callable[[str], bytes] = pdf._template
            changed = text.replace(old, new, 1).encode()
            patch.setattr(pdf, "_template", lambda asked: changed if asked == name else usual(asked))
        else:
            from jinja2 import ChoiceLoader, DictLoader

            html.environment.cache_clear()
            environment = html.environment()
            assert environment.loader is not None
            environment.loader = ChoiceLoader([DictLoader({name: text.replace(old, new, 1)}), environment.loader])
        try:
            yield
        finally:
            html.environment.cache_clear()


_T = "templates/"
FAULTS: dict[str, tuple[str, str, str, str, Sheet, Format]] = {
    "mL gone from the months": (
        f"{_T}calendar.typ",
        "dosed(dose, large: 1.08em)",
        "dose.time",
        "liquid",
        "patient",
        "pdf",
    ),
    "mL gone from the months of HTML": (
        f"{_T}month.html.j2",
        '<span class="tick"></span><b>{{ parts.said(dose) }}</b>{% for piece in dose.short %}',
        '<span class="tick"></span><b>{{ dose.time }}</b>{% for piece in dose.short %}',
        "liquid",
        "patient",
        "html",
    ),
    "pieces gone from the card": (
        f"{_T}card.typ",
        "dose.pieces.enumerate()",
        "().enumerate()",
        "tablets",
        "card",
        "pdf",
    ),
    "pieces gone from the steps": (
        f"{_T}handout.typ",
        "dose.pieces.join(linebreak())",
        "none",
        "tablets",
        "patient",
        "pdf",
    ),
    "half drawn whole": (
        "pictogram.py",
        '"M5 50A45 45 0 0 0 95 50Z"',
        '"M5 50A45 45 0 0 1 95 50A45 45 0 0 1 5 50Z"',
        "stays",
        "patient",
        "pdf",
    ),
    "six drawn as five": ("pictogram.py", 'f"{drawn.times}×"', 'f"{drawn.times - 1}×"', "stays", "patient", "pdf"),
    "six gone from HTML": ("html.py", "f'{strokes}<use", "f'<use", "stays", "patient", "html"),
    "never stop suddenly gone": (
        f"{_T}handout.typ",
        "text(size: 11pt * k, weight: 650, data.never)",
        '""',
        "tablets",
        "patient",
        "pdf",
    ),
    "what comes last gone": (f"{_T}handout.typ", '#if data.stay != ""', "#if false", "stays", "patient", "pdf"),
    "steps drawn lower": (
        "svg_chart.py",
        "(plane.x(end), plane.y(height))]",
        "(plane.x(end), plane.y(height * 19 / 20))]",
        "tablets",
        "patient",
        "pdf",
    ),
    "zero line moved": (
        "svg_chart.py",
        "(size.height - size.edge - size.days))",
        "(size.height - size.edge - size.days) * 9 / 10)",
        "tablets",
        "patient",
        "html",
    ),
    "rows gone from the pharmacy order": (
        f"{_T}pharmacy.typ",
        "..part.rows.map(row",
        "..part.rows.slice(0, 1).map(row",
        "tablets",
        "pharmacy",
        "pdf",
    ),
    "acknowledgments gone": (
        f"{_T}clinician.typ",
        "for line in finding.acknowledged { par(text(weight: 650, line)) }",
        "",
        "tablets",
        "clinician",
        "pdf",
    ),
    "acknowledgments gone from HTML": (
        f"{_T}clinician.html.j2",
        '{% for line in finding.acknowledged %}<p class="acknowledged">{{ line }}</p>{% endfor %}',
        "",
        "tablets",
        "clinician",
        "html",
    ),
    "not evaluated gone": (
        f"{_T}clinician.typ",
        "#if data.not_evaluated.len() > 0",
        "#if false",
        "tablets",
        "clinician",
        "pdf",
    ),
    "revised gone from the card": (f"{_T}card.html.j2", "<b>{{ page.revised }}</b>", "", "revised", "card", "html"),
    "next gone from the card": (f"{_T}card.typ", "(data.next, data.later)", "(data.later,)", "tablets", "card", "pdf"),
    "columns of tables gone": (
        "text.py",
        "zip(table.columns, row, strict=True)",
        "zip(table.columns[:4], row[:4], strict=True)",
        "tablets",
        "pharmacy",
        "text",
    ),
    "a day late": (
        f"{_T}month.html.j2",
        "<span>{{ day.doses.corner if day.doses }}</span>",
        "<span>{{ page.months[0].weeks[-1][0].doses.corner }}</span>",
        "tablets",
        "patient",
        "html",
    ),
    "people exchanged with labels": (
        f"{_T}parts.html.j2",
        "<dt>{{ fact.label }}</dt><dd>{{ fact.text }}",
        "<dt>{{ fact.text }}</dt><dd>{{ fact.label }}",
        "tablets",
        "clinician",
        "html",
    ),
    "a dose twice": (
        f"{_T}card.html.j2",
        "<b>{{ parts.said(dose) }}</b>",
        "<b>{{ parts.said(dose) }}</b> <b>{{ parts.said(dose) }}</b>",
        "tablets",
        "card",
        "html",
    ),
    "a sentence added": (f"{_T}record.typ", "data.text))", 'data.text + " 5 mg"))', "tablets", "record", "pdf"),
    "a column of the diary gone": (
        f"{_T}diary.typ",
        "..diary.columns.map(name",
        "..diary.columns.slice(0, 9).map(name",
        "tablets",
        "diary",
        "pdf",
    ),
    "the sheet of weeks without words": (
        f"{_T}plan.typ",
        "if pieces.len() == 0 { return block(label) }",
        "return block(label)",
        "tablets",
        "plan",
        "pdf",
    ),
    "the sheet of weeks without words in HTML": (
        f"{_T}weeks.html.j2",
        '<span class="piece">{{ piece }}</span> ',
        "",
        "tablets",
        "plan",
        "html",
    ),
    "the foot gone": (f"{_T}page.typ", "frame.foot.map(part", "().map(part", "tablets", "patient", "pdf"),
    "a day gone from the text": (
        "text.py",
        "for day in page.days:",
        "for day in page.days[1:]:",
        "tablets",
        "patient",
        "text",
    ),
    "a box to tick too few in HTML": (
        f"{_T}weeks.html.j2",
        "{% for _ in range(number) %}",
        "{% for _ in range(number - 1) %}",
        "tablets",
        "plan",
        "html",
    ),
    "one box to tick a day in the text": (
        "text.py",
        '* sum(day.boxes) or "-"',
        '* bool(sum(day.boxes)) or "-"',
        "tablets",
        "plan",
        "text",
    ),
    "pieces gone from the text of days": (
        "text.py",
        '" ".join(dose.short)',
        '" ".join(())',
        "tablets",
        "patient",
        "text",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_paper_with_a_fault_is_not_given_out(name: str) -> None:
    """Each fault alone, and the same paper without it is given out."""
    file, old, new, order, sheet, to = FAULTS[name]
    with fault(file, old, new), pytest.raises(ProofError, match="Please report it"):
        printed(order, sheet, to)
    assert printed(order, sheet, to)


def test_a_drawing_is_read_anew_on_each_page() -> None:
    """A name of a page that means the drawing of another dose, as it may on every page, is a fault that is found."""
    schedule = plan(parse_order(GOLDEN))
    page = page_of(PrintRequest(schedule, printed_on=PRINTED), "patient")
    content = pdf.render(page, None)
    assert proved(page, "pdf", content) == content
    with pikepdf.open(io.BytesIO(content)) as document:
        named = [one.obj.Resources.get("/XObject", {}) for one in document.pages]
        name, at = next(
            (name, at)
            for at, drawings in enumerate(named)
            for name in drawings
            if any(name in one for one in named[:at])
        )
        other = next(drawing for drawings in named for key, drawing in drawings.items() if key != name)
        named[at][name] = other
        changed = io.BytesIO()
        document.save(changed)
    with pytest.raises(ProofError, match="the drawing of"):
        proved(page, "pdf", changed.getvalue())
