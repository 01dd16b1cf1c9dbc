"""One place for words: what is printed stands under `taper/paper/words`, and translators get it as one table."""

from __future__ import annotations

import ast
import csv
import io
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import taper
from taper.errors import TaperError
from taper.paper.words import LANGUAGES, load
from taper.paper.words.table import HEADER, changes, read_table, rows, texts_of, with_texts, written

PACKAGE = Path(taper.__file__).parent
PAPER = PACKAGE / "paper"
TWO_WORDS = re.compile(r"[A-Za-z]{2,}[,:;.]? [A-Za-z]{2,}")
NO_SENTENCES = frozenset(
    {
        "product row",  # a noun that is counted
        "in steps of ",  # of the order's own line, which is taken off
        "fill from ",  # read in a label, to be told from the rest
        "oral film",  # a form of the catalog
        "left out",  # a kind of value
        "The plan document: read it back with taper check",  # of the file in the PDF, for programs
        # what a paper is called in an error
        "what a notebook shows",
        "the patient's paper",
        "the sheet of weeks",
        "the clinician's sheet",
        "the pharmacy order",
        "the pocket card",
        "the diary",
        "the record",
        "the text (.+?) could not be displayed",  # a message of the typesetter, to be recognized
    }
)
"""Texts with two words or more that are not read on a page as sentences, and why."""


def printed_elsewhere(source: str) -> list[str]:
    """Return the texts of a module that look like words for a reader: no docstring, no error, no markup."""
    tree, passed = ast.parse(source), set[int]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise):
            passed |= {id(part) for part in ast.walk(node)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith("Error"):
            passed |= {id(part) for part in ast.walk(node)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed
        if TWO_WORDS.search(node.value) and "<" not in node.value and "font-family" not in node.value
    ]


MODULES = [path for path in sorted(PAPER.rglob("*.py")) if "words" not in path.parts]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PAPER)))
def test_no_module_of_the_paper_has_a_sentence_of_its_own(path: Path) -> None:
    assert [text for text in printed_elsewhere(path.read_text(encoding="utf-8")) if text not in NO_SENTENCES] == []


@pytest.mark.parametrize("path", sorted(PAPER.rglob("*.j2")), ids=lambda path: path.name)
def test_no_template_has_a_sentence_of_its_own(path: Path) -> None:
    """Of a page in HTML all that stands between two tags comes from the words."""
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(encoding="utf-8"), flags=re.S)
    text = re.sub(r"@media[^{]*\{|[^{}<>]*\{[^{}]*\}", "|", text)  # rules of how it looks
    assert TWO_WORDS.findall(re.sub(r"<[^>]*>", "|", text, flags=re.S)) == []


@pytest.mark.parametrize("path", sorted(PAPER.rglob("*.typ")), ids=lambda path: path.name)
def test_no_typst_template_has_a_sentence_of_its_own(path: Path) -> None:
    text = re.sub(r"//[^\n]*", "", path.read_text(encoding="utf-8"))
    assert [one for one in re.findall(r'"([^"]*)"', text) if TWO_WORDS.search(one) and "Sans" not in one] == []


def test_a_sentence_beside_the_words_is_noticed() -> None:
    source = 'def say(dose):\n    """No words here."""\n    return f"Take {dose} every day"\n'
    assert printed_elsewhere(source) == [" every day"]
    assert printed_elsewhere('raise ValueError("write a dose")') == []


def test_each_language_reads_back_as_itself() -> None:
    found = read_table(written())
    for code in LANGUAGES:
        assert with_texts(load(code), found[code]) == load(code)
    assert changes(written()) == ()


def test_a_spreadsheet_runs_no_text_as_a_formula() -> None:
    cells = [cell for row in csv.reader(io.StringIO(written())) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]


def test_nobody_has_signed_a_row() -> None:
    assert {row[-1] for row in rows()} == {""}
    assert all(load(code).reviewed_by == "" for code in LANGUAGES)


def table(*changed: tuple[str, str, str]) -> str:
    """Write the table with some texts changed: key, column, text."""
    all_rows = [list(HEADER), *map(list, rows())]
    for key, column, text in changed:
        next(row for row in all_rows if row[0] == key)[HEADER.index(column)] = text
    out = io.StringIO()
    csv.writer(out).writerows(all_rows)
    return out.getvalue()


def test_a_better_text_is_told_and_makes_a_language() -> None:
    text = table(("times.noon", "fr", "À midi"))
    assert changes(text) == (("fr", "times.noon", load("fr").times["noon"], "À midi"),)
    assert with_texts(load("fr"), read_table(text)["fr"]).times["noon"] == "À midi"


@pytest.mark.parametrize(
    ("key", "column", "text"),
    [
        ("times.noon", "fr", ""),
        ("times.noon", "fr", "À {dose}"),
        ("phrase.from_to", "de", "vom {start} an"),
        ("phrase.from_to", "de", "{start} {end} {"),
        ("times.noon", "key", "times.dawn"),
        ("times.noon", "key", "times.morning"),
        ("finding.every", "en", "every"),
        ("finding.T103.advice", "de", "Jede Dosis mindestens {days:akk} beibehalten."),
        ("finding.T103.advice", "ar", "\u2066{days}"),
    ],
)
def test_a_table_that_is_not_understood_whole_is_refused(key: str, column: str, text: str) -> None:
    """A missing text, another blank or case, an unknown key or one twice, half a mark of direction."""
    with pytest.raises(TaperError, match=r"line|key"):
        read_table(table((key, column, text)))


def test_rows_and_columns_that_are_missing_are_refused() -> None:
    lines = written().splitlines(keepends=True)
    for text in ("", "key,en\r\n", "".join(lines[:-1]), lines[0] + "times.noon,Noon\r\n", lines[0] + '"'):
        with pytest.raises(TaperError):
            read_table(text)


@given(st.data())
def test_a_damaged_table_is_read_or_refused(data: st.DataObject) -> None:
    text = written()
    start = data.draw(st.integers(0, len(text)))
    damaged = text[:start] + data.draw(st.text(max_size=5)) + text[start + data.draw(st.integers(0, 40)) :]
    try:
        found = read_table(damaged)
    except TaperError:
        return
    assert all(found[code].keys() == texts_of(load(code)).keys() for code in LANGUAGES)


def test_the_command_writes_the_table_and_reads_it() -> None:
    command = [sys.executable, "-m", "taper.paper.words"]
    exported = subprocess.run([*command, "export"], capture_output=True, check=True).stdout
    read = subprocess.run([*command, "read"], input=exported, capture_output=True, check=True)
    assert read.stdout == b""
    for arguments, given_text, status in ((["read"], b"\xff", 1), (["read"], b"key", 1), ([], b"", 2)):
        wrong = subprocess.run([*command, *arguments], input=given_text, capture_output=True, check=False)
        assert wrong.returncode == status
        assert wrong.stderr
        assert b"Traceback" not in wrong.stderr


# ---- every blank is filled -----------------------------------------------------------------------


def test_a_table_in_another_encoding_is_refused_with_what_to_do() -> None:
    command = [sys.executable, "-m", "taper.paper.words", "read"]
    given_text = written().encode("utf-16")
    wrong = subprocess.run(command, input=given_text, capture_output=True, check=False)
    assert wrong.returncode == 1
    assert b"save the table as CSV in UTF-8" in wrong.stderr


def test_who_says_a_phrase_fills_each_of_its_blanks() -> None:
    """By the source itself: a sentence that got a blank more would fail only where it is said."""
    phrase, checked = load("en").phrase, 0
    for path in sorted(PACKAGE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not call.args:
                continue
            if getattr(call.func, "attr", getattr(call.func, "id", "")) != "say":
                continue
            given = {word.arg for word in call.keywords}
            for name in ast.walk(call.args[0]):
                if isinstance(name, ast.Constant) and name.value in phrase and None not in given:
                    blanks = {blank for _, blank, _, _ in string.Formatter().parse(phrase[name.value]) if blank}
                    assert blanks <= given, f"{path.name}:{call.lineno}: {name.value}"
                    checked += 1
    assert checked > 100
