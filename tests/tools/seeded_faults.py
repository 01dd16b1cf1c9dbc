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
        right: The text that is changed; the first of several that the file has.
        wrong: What it becomes.
    """

    name: str
    harm: str
    file: str
    right: tuple[str, ...]
    wrong: str


_MEASURED = 'if dose.measure != "" { " =" + sym.space.nobreak + dose.measure }'
FAULTS = (
    Fault(
        "V1",
        "the mL are gone from the months of the PDF",
        f"{_TEMPLATES}/calendar.typ",
        (f"          dose.line\n          {_MEASURED}\n          if dose.strip", "said(dose)"),
        "          dose.amount\n          if dose.strip",
    ),
    Fault(
        "V9",
        "the mL are gone from the months of the HTML",
        f"{_TEMPLATES}/handout.html.j2",
        (
            '{{ dose.line }}{% if dose.measure %} =&nbsp;{{ dose.measure }}{% endif %} {{ parts.drawing(dose, strips, '
            'widths) }}{{ words(dose) }}</p>{% else %}',
            '<span class="tick"></span>{{ dose.line }}{% if dose.measure %} =&nbsp;{{ dose.measure }}{% endif %}',
        ),
        '<span class="tick"></span>{{ dose.line }}',
    ),
    Fault("V7", "the pieces are gone from the card", f"{_TEMPLATES}/card.typ", ('if dose.words != ""',), "if false"),
    Fault(
        "V12",
        "half a tablet is drawn whole",
        f"{_RENDERERS}/pictogram.py",
        ('"half": "M-4 -4H50V104H-4Z"', '"half": "M-4 50H104V104H-4Z"'),
        '"half": "M-4 -4H104V104H-4Z"',
    ),
    Fault("V13", "6 tablets are drawn as 5", f"{_RENDERERS}/pictogram.py", ('f"{drawn.times}×"',), 'f"{drawn.times - 1}×"'),
    Fault("V22", "the 6 × is gone from the HTML", f"{_RENDERERS}/html.py", ("f'{strokes}<use",), "f'<use"),
    Fault(
        "V6",
        "never stop suddenly is gone from the PDF",
        f"{_TEMPLATES}/handout.typ",
        ("#callout(amber, amber-ink, above: 3.5mm, text(size: 11pt * k, weight: 650, data.never))",),
        "",
    ),
    Fault("V5", "what comes after the last day is gone from the PDF", f"{_TEMPLATES}/handout.typ", ("data.stay)",), '"")'),
    Fault(
        "V17",
        "the zero line of the chart is moved",
        f"{_RENDERERS}/svg_chart.py",
        ("(1 - at) * (size.height - size.edge - size.days)",),
        "(1 - at) * (size.height - size.edge - size.days) * 9 / 10",
    ),
    Fault(
        "V18",
        "the end of each step is drawn lower",
        f"{_RENDERERS}/svg_chart.py",
        ("(plane.x(end), plane.y(height))]",),
        "(plane.x(end), plane.y(height * 19 / 20))]",
    ),
    Fault("V21", "tables of the pharmacy lose their rows", f"{_TEMPLATES}/pharmacy.typ", ("..part.rows.map(row",), "..part.rows.slice(0, 1).map(row"),
    Fault(
        "T1",
        "acknowledgments are gone from the clinician's PDF",
        f"{_TEMPLATES}/clinician.typ",
        ("for line in finding.acknowledged { par(text(weight: 650, line)) }",),
        "",
    ),
    Fault(
        "T3",
        "acknowledgments are gone from the clinician's HTML",
        f"{_TEMPLATES}/clinician.html.j2",
        ('{% for line in finding.acknowledged %}<p class="acknowledged">{{ line }}</p>{% endfor %}',),
        "",
    ),
    Fault(
        "T2",
        "what was not checked is gone from the clinician's PDF",
        f"{_TEMPLATES}/clinician.typ",
        ("#if data.not_evaluated.len() > 0",),
        "#if false",
    ),
    Fault("T4", "that the card is revised is gone from its HTML", f"{_TEMPLATES}/card.html.j2", ("<b>{{ page.revised }}</b>",), ""),
    Fault("T5", "what comes next is gone from the card's PDF", f"{_TEMPLATES}/card.typ", ("+ data.next)", "data.next"), '+ "")'),
    Fault(
        "T7",
        "the colors of a new dose and of the stop are exchanged",
        f"{_TEMPLATES}/calendar.typ",
        ('"new": amber, stop: red-pale', '"new": amber, stop: red-pale'),
        '"new": red-pale, stop: amber',
    ),
    # faults of the same kinds where they were not tried before
    Fault("N1", "headlines are gone from the clinician's PDF", f"{_TEMPLATES}/clinician.typ", ('text(weight: 600, "  " + finding.text)',), '""'),
    Fault("N2", "the last columns of a table are gone in text", f"{_RENDERERS}/text.py", ("zip(table.columns, row, strict=True) if value",), "zip(table.columns[:4], row[:4], strict=True) if value"),
    Fault("N3", "the modeled level has no note", f"{_TEMPLATES}/clinician.typ", ("data.chart_notes.join(\" \") })",), "\"\" })"),
    Fault("N4", "a quarter is drawn as a half", f"{_RENDERERS}/pictogram.py", ('"quarter": "M-4 -4H50V50H-4Z"', '"quarter": "M-4 50H50V104H-4Z"'), '"quarter": "M-4 -4H50V104H-4Z"'),
    Fault("N5", "whom to call is gone from the card's PDF", f"{_TEMPLATES}/card.typ", ("data.people.map(soft).join",), "data.people.slice(0, 1).map(soft).join"),
)


def found(fault: Fault, folder: Path) -> str:
    """Return what finds a fault: the first line of a failing test; empty if nothing does.

    Raises:
        ValueError: The file has none of the texts that the fault changes.
    """
    file = folder / fault.file
    text = (ROOT / fault.file).read_text(encoding="utf-8")
    right = next((right for right in fault.right if right in text), None)
    if right is None:
        raise ValueError(f"{fault.name}: {fault.file} has changed; write the fault anew")
    file.write_text(text.replace(right, fault.wrong, 1), encoding="utf-8")
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
            by = found(fault, folder)
            missed += not by
            print(f"{fault.name:4} {'found ' if by else 'MISSED'} {fault.harm}{f': {by}' if by else ''}", flush=True)
    return missed


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 125))
