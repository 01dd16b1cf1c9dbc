"""Faults for the renderers, put in one at a time: each must be found by a test that reads the paper back.

`python -m tests.tools.seeded_faults` copies the package to a folder of its own, changes one line of the copy, runs
the tests that read papers back, and says what found it. `python -m tests.tools.seeded_faults V7 T2` tries some.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
TESTS = "tests/paper/test_read_back.py"
_RENDERERS = "taper/paper/renderers"
_TEMPLATES = f"{_RENDERERS}/templates"


class Fault(NamedTuple):
    """A fault.

    Attributes:
        name: Its short name.
        harm: What the paper then gets wrong.
        file: Where it is put.
        edits: What is changed, and what it becomes; the first of several that the file has.
    """

    name: str
    harm: str
    file: str
    edits: tuple[tuple[str, str], ...]


_MEASURED = 'if dose.measure != "" { " =" + sym.space.nobreak + dose.measure }'
_IN_HTML = "{% if dose.measure %} =&nbsp;{{ dose.measure }}{% endif %}"
_CALENDAR, _CARD, _CLINICIAN = (f"{_TEMPLATES}/{name}.typ" for name in ("calendar", "card", "clinician"))
_PICTOGRAM, _CHART = f"{_RENDERERS}/pictogram.py", f"{_RENDERERS}/svg_chart.py"
FAULTS = (
    Fault(
        "V1",
        "the mL are gone from the months of the PDF",
        _CALENDAR,
        (
            (f"          dose.line\n          {_MEASURED}\n", "          dose.line\n"),
            ("dosed(dose, large: 1.08em)", "dose.time"),
        ),
    ),
    Fault(
        "V9",
        "the mL are gone from the months of the HTML",
        f"{_TEMPLATES}/handout.html.j2",
        (
            (f'<span class="tick"></span>{{{{ dose.line }}}}{_IN_HTML}', '<span class="tick"></span>{{ dose.line }}'),
            ('<p class="dose"><span class="tick"></span><b>{{ parts.said(dose) }}</b>', '<p class="dose">'),
        ),
    ),
    Fault(
        "V7",
        "the pieces are gone from the card's PDF",
        _CARD,
        (('if dose.words != ""', "if false"), ("dose.pieces", "()")),
    ),
    Fault(
        "V12",
        "half a tablet is drawn whole",
        _PICTOGRAM,
        (
            ('"half": "M-4 -4H50V104H-4Z"', '"half": "M-4 -4H104V104H-4Z"'),
            ('"half": "M-4 50H104V104H-4Z"', '"half": "M-4 -4H104V104H-4Z"'),
        ),
    ),
    Fault("V13", "6 tablets are drawn as 5", _PICTOGRAM, (('f"{drawn.times}×"', 'f"{drawn.times - 1}×"'),)),
    Fault("V22", "the 6 × is gone from the HTML", f"{_RENDERERS}/html.py", (("f'{strokes}<use", "f'<use"),)),
    Fault(
        "V6",
        "never stop suddenly is gone from the first page after the sheet",
        f"{_TEMPLATES}/handout.typ",
        (("text(size: 11pt * k, weight: 650, data.never)", '""'),),
    ),
    Fault(
        "V5",
        "what comes after the last day is gone from below the steps",
        f"{_TEMPLATES}/handout.typ",
        (('#if data.stay != ""', "#if false"),),
    ),
    Fault(
        "V17",
        "the zero line of the chart is moved",
        _CHART,
        (("(size.height - size.edge - size.days))", "(size.height - size.edge - size.days) * 9 / 10)"),),
    ),
    Fault(
        "V18",
        "the end of each step is drawn lower",
        _CHART,
        (("(plane.x(end), plane.y(height))]", "(plane.x(end), plane.y(height * 19 / 20))]"),),
    ),
    Fault(
        "V21",
        "tables of the pharmacy lose their last rows",
        f"{_TEMPLATES}/pharmacy.typ",
        (("..part.rows.map(row", "..part.rows.slice(0, 1).map(row"),),
    ),
    Fault(
        "T1",
        "acknowledgments are gone from the clinician's PDF",
        _CLINICIAN,
        (("for line in finding.acknowledged { par(text(weight: 650, line)) }", ""),),
    ),
    Fault(
        "T3",
        "acknowledgments are gone from the clinician's HTML",
        f"{_TEMPLATES}/clinician.html.j2",
        (('{% for line in finding.acknowledged %}<p class="acknowledged">{{ line }}</p>{% endfor %}', ""),),
    ),
    Fault(
        "T2",
        "what was not checked is gone from the clinician's PDF",
        _CLINICIAN,
        (("#if data.not_evaluated.len() > 0", "#if false"),),
    ),
    Fault(
        "T4",
        "that it is revised is gone from the card's HTML",
        f"{_TEMPLATES}/card.html.j2",
        (("<b>{{ page.revised }}</b>", ""),),
    ),
    Fault(
        "T5",
        "what comes next is gone from the card's PDF",
        _CARD,
        (("+ data.next)", '+ "")'), ("(data.next, data.later)", "(data.later,)")),
    ),
    Fault(
        "T7",
        "the colors of a new dose and of the stop are exchanged",
        _CALENDAR,
        (('"new": amber, stop: red-pale', '"new": red-pale, stop: amber'),),
    ),
    # the same kinds of fault at other places
    Fault("N1", "headlines are gone from the clinician's PDF", _CLINICIAN, (('"  " + finding.text', '""'),)),
    Fault(
        "N2",
        "the last columns of tables are gone in text",
        f"{_RENDERERS}/text.py",
        (("zip(table.columns, row, strict=True)", "zip(table.columns[:4], row[:4], strict=True)"),),
    ),
    Fault(
        "N3",
        "that a level is modeled is not said below the clinician's chart",
        _CLINICIAN,
        (('figure.note + " " + data.chart_notes.join(" ")', "figure.note"),),
    ),
    Fault(
        "N4",
        "a quarter is drawn as a half",
        _PICTOGRAM,
        (
            ('"quarter": "M-4 -4H50V50H-4Z"', '"quarter": "M-4 -4H50V104H-4Z"'),
            ('"quarter": "M-4 50H50V104H-4Z"', '"quarter": "M-4 -4H50V104H-4Z"'),
        ),
    ),
    Fault(
        "N5",
        "whom to call is gone from the card's PDF",
        _CARD,
        (("data.people.map(soft)", "data.people.slice(0, 1).map(soft)"),),
    ),
    Fault(
        "N6",
        "the pieces are gone from the steps of the PDF",
        f"{_TEMPLATES}/handout.typ",
        (('if dose.words != ""', "if false"), ("dose.pieces", "()")),
    ),
    Fault(
        "N7",
        "the pieces are gone from the one sheet of the PDF",
        f"{_TEMPLATES}/plan.typ",
        (("if pieces.len() == 0 { return block(label) }", "return block(label)"),),
    ),
)


def found(fault: Fault, folder: Path) -> str:
    """Return what finds a fault: the first line of a failing test; empty if nothing does.

    Raises:
        ValueError: The file has none of the texts that the fault changes.
    """
    file = folder / fault.file
    text = (ROOT / fault.file).read_text(encoding="utf-8")
    edit = next((edit for edit in fault.edits if edit[0] in text), None)
    if edit is None:
        raise ValueError(f"{fault.file} has changed; write the fault anew")
    file.write_text(text.replace(*edit, 1), encoding="utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--no-header", TESTS],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        file.write_text(text, encoding="utf-8")
    lines = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return lines[0] if done.returncode and lines else ""


def main(names: list[str]) -> int:
    """Try the faults, and return how many were not found."""
    missed = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for part in ("taper", "tests", "examples"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", folder)
        for fault in FAULTS:
            if names and fault.name not in names:
                continue
            try:
                by = found(fault, folder)
            except ValueError as problem:
                by, fault = "", fault._replace(harm=f"{fault.harm} ({problem})")
            missed += not by
            print(f"{fault.name:4} {'found ' if by else 'MISSED'} {fault.harm}{f': {by}' if by else ''}", flush=True)
    return missed


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 125))
