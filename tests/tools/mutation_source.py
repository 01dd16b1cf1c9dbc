"""Mutants of a source file: mutmut's operators at every place of it, and by rule at some places not at all.

mutmut's own runner skips decorated functions and what runs at import, and starts the tests anew for each mutant. Here
its operators are asked at each node of the syntax tree. What no test can be asked to notice is left out by rule:

* what only types look at: annotations, aliases of types, overloads, `cast`, `if TYPE_CHECKING`;
* what changes no answer: the arguments of `lru_cache` and `dataclass`, `__slots__`, `__all__`;
* a guard that cannot fail in correct code: `assert`, `strict=` of `zip`;
* the literal words of an error and the descriptions of a JSON Schema; numbers and names inside an f-string stay in;
* the case of letters in a raw string, in a file whose regular expressions ignore case;
* documentation, and the calls that mutmut itself never changes (`len`, `isinstance`).
"""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator, Set
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import libcst as cst

_REMEMBERS = {"lru_cache", "cache", "dataclass", "dataclasses.dataclass", "overload"}
_UNMUTATED_CALLS = {"len", "isinstance", "cast", "TypeVar", "NewType"}
_LAYOUT = {"__slots__", "__all__"}
_DESCRIBES = {"description", "title", "doc"}


class Mutant(NamedTuple):
    """One change of one file.

    Attributes:
        file: The file, from the root of the repository.
        within: The function or class that it is in; empty at the top of the module.
        line: The first line that it changes, as it was.
        becomes: What stands there afterwards.
        at: The number of that line.
        span: First and last line of the statement up to the end of what is changed.
        at_import: Whether what is changed runs when the module is imported.
        source: The whole file with the change.
    """

    file: str
    within: str
    line: str
    becomes: str
    at: int
    span: tuple[int, int]
    at_import: bool
    source: str

    @property
    def name(self) -> tuple[str, str, str, str]:
        """What tells it from others, whatever is added above it."""
        return self.file, self.within, self.line, self.becomes


def mutants_of(root: Path, file: str, sample: int | None = None, chooser: random.Random | None = None) -> list[Mutant]:
    """Return the mutants of a file, or a sample of them."""
    source = _source(root, file)
    places = source.places
    if sample is not None and chooser is not None and sample < len(places):
        places = [places[number] for number in sorted(chooser.sample(range(len(places)), sample))]
    return [mutant for place in places if (mutant := source.mutant(place)) is not None]


def mutants_named(root: Path, names: Set[tuple[str, str, str, str]]) -> list[Mutant]:
    """Return the mutants of these names; only what is within the function of one of them is made."""
    found = []
    for file in sorted({file for file, *_ in names}):
        source, within = _source(root, file), {where for of, where, *_ in names if of == file}
        for place in source.places:
            if place.within in within:
                mutant = source.mutant(place)
                found += [mutant] if mutant is not None and mutant.name in names else []
    return found


def count_of(root: Path, file: str) -> int:
    """Return how many mutants a file has."""
    return len(_source(root, file).places)


def forget() -> None:
    """Let go of all syntax trees: each fork would carry them."""
    _source.cache_clear()


def impossible(text: str) -> str:
    """Return a file in which no function works."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.body.insert(0, ast.parse("raise RuntimeError").body[0])
    return ast.unparse(ast.fix_missing_locations(tree))


class _Place(NamedTuple):
    statement: int
    node: cst.CSTNode
    changed: cst.CSTNode
    within: str
    span: tuple[int, int]
    at_import: bool


class _Source:
    """A file, its syntax tree, and the text of each statement at its top."""

    def __init__(self, root: Path, file: str) -> None:
        import libcst as cst
        from libcst.metadata import MetadataWrapper, PositionProvider

        self.file = file
        self.text = (root / file).read_text(encoding="utf-8")
        wrapper = MetadataWrapper(cst.parse_module(self.text))
        self._module = wrapper.module
        self._positions = wrapper.resolve(PositionProvider)
        self._statements = [self._module.code_for_node(statement) for statement in self._module.body]
        self._head = "".join(self._module.code_for_node(line) for line in self._module.header)
        self._foot = self.text[len(self._head) + sum(map(len, self._statements)) :]
        assert self.text == "".join((self._head, *self._statements, self._foot))

    @cached_property
    def places(self) -> list[_Place]:
        """Every place and what may stand there instead."""
        places = _Places(self._positions, "re.IGNORECASE" in self.text)
        return [
            place
            for number, statement in enumerate(self._module.body)
            for place in places.of(self._module, statement, number)
        ]

    def mutant(self, place: _Place) -> Mutant | None:
        """Return the file with one change; None if that is no Python, or no change."""
        anew = self._module.body[place.statement].deep_replace(place.node, place.changed)
        statements = list(self._statements)
        statements[place.statement] = self._module.code_for_node(anew)  # type: ignore[arg-type]
        source = "".join((self._head, *statements, self._foot))
        try:
            ast.parse(source)
        except SyntaxError:
            return None
        before, after = self.text.splitlines(), source.splitlines()
        first = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), None)
        if first is None:
            return None
        tail = 0
        while tail < min(len(before), len(after)) - first - 1 and before[-1 - tail] == after[-1 - tail]:
            tail += 1
        becomes = " ⏎ ".join(line.strip() for line in after[first : len(after) - tail])
        line = before[first].strip()
        return Mutant(self.file, place.within, line, becomes, first + 1, place.span, place.at_import, source)


@lru_cache(maxsize=256)
def _source(root: Path, file: str) -> _Source:
    """Return a file with its places, kept: they are counted before they are drawn."""
    return _Source(root, file)


class _Places:
    """Every node that an operator changes, with what it is in."""

    def __init__(self, positions: Any, ignores_case: bool) -> None:
        import libcst as cst
        from mutmut.mutation.mutators import mutation_operators

        self._cst = cst
        self._operators = mutation_operators
        self._positions = positions
        self._number = 0
        self._ignores_case = ignores_case

    def of(self, module: cst.Module, statement: cst.CSTNode, number: int) -> Iterator[_Place]:
        """Yield the places of one statement of a module."""
        self._number = number
        yield from self._visit(statement, (module,), "", True)

    def _visit(
        self, node: cst.CSTNode, above: tuple[cst.CSTNode, ...], within: str, at_import: bool
    ) -> Iterator[_Place]:
        cst = self._cst
        if self._left_out(node, above):
            return
        for kind, operator in self._operators:
            if isinstance(node, kind) and not self._not_mutated(node, above):
                span = self._span(node, above)
                for changed in operator(node):
                    if not self._of_strict(node, changed) and not self._of_case(node, changed):
                        yield _Place(self._number, node, changed, within, span, at_import)
        inner = ".".join((*([within] if within else []), node.name.value)) if self._named(node) else within
        for child in node.children:
            runs_later = isinstance(node, cst.FunctionDef) and child is node.body
            yield from self._visit(child, (*above, node), inner, at_import and not runs_later)

    def _named(self, node: cst.CSTNode) -> bool:
        return isinstance(node, self._cst.FunctionDef | self._cst.ClassDef)

    def _span(self, node: cst.CSTNode, above: tuple[cst.CSTNode, ...]) -> tuple[int, int]:
        cst = self._cst
        kinds = (cst.SimpleStatementLine, cst.BaseCompoundStatement)
        statement = next((one for one in (node, *reversed(above)) if isinstance(one, kinds)), node)
        end = next(place.end.line for one in (node, *reversed(above)) if (place := self._positions.get(one)))
        return self._positions[statement].start.line, end

    def _left_out(self, node: cst.CSTNode, above: tuple[cst.CSTNode, ...]) -> bool:
        """Whether a node and all below it is left out."""
        cst = self._cst
        if isinstance(node, cst.Annotation | cst.Assert | cst.Import | cst.ImportFrom | cst.TypeAlias):
            return True
        if isinstance(node, cst.Expr) and isinstance(node.value, cst.SimpleString | cst.ConcatenatedString):
            return True
        if isinstance(node, cst.Decorator):
            return self._name(node.decorator) in _REMEMBERS
        if isinstance(node, cst.FunctionDef):
            return any(self._name(one.decorator) == "overload" for one in node.decorators)
        if isinstance(node, cst.If):
            return self._name(node.test) == "TYPE_CHECKING"
        if isinstance(node, cst.Call):
            return self._name(node) in _UNMUTATED_CALLS
        if isinstance(node, cst.Assign):
            target = self._name(node.targets[0].target)
            return target in _LAYOUT or (not self._in_function(above) and self._is_type(node.value))
        if isinstance(node, cst.Arg) and node.keyword is not None:
            described = node.keyword.value in _DESCRIBES and isinstance(node.value, cst.SimpleString)
            return described or (node.keyword.value == "strict" and self._name(above[-1]) == "zip")
        return False

    def _not_mutated(self, node: cst.CSTNode, above: tuple[cst.CSTNode, ...]) -> bool:
        """Whether a node itself is left out, though not what is below it: the words of an error."""
        cst = self._cst
        if not isinstance(node, cst.SimpleString):
            return False
        calls = [one for one in above if isinstance(one, cst.Call)]
        in_expression = any(isinstance(one, cst.FormattedStringExpression) for one in above)
        return not in_expression and any(self._name(call).endswith("Error") for call in calls)

    def _of_strict(self, node: cst.CSTNode, changed: cst.CSTNode) -> bool:
        """Whether all that changes is `strict=` of `zip`."""
        cst = self._cst
        if not (isinstance(node, cst.Call) and isinstance(changed, cst.Call) and self._name(node) == "zip"):
            return False
        return [one for one in node.args if one.keyword is None] == [one for one in changed.args if one.keyword is None]

    def _of_case(self, node: cst.CSTNode, changed: cst.CSTNode) -> bool:
        """Whether all that changes is the case of letters in a pattern that ignores it."""
        cst = self._cst
        if not (self._ignores_case and isinstance(node, cst.SimpleString) and isinstance(changed, cst.SimpleString)):
            return False
        return "r" in node.prefix and node.value.lower() == changed.value.lower()

    def _name(self, node: cst.CSTNode) -> str:
        cst = self._cst
        if isinstance(node, cst.Call):
            return self._name(node.func)
        if isinstance(node, cst.Attribute):
            return f"{self._name(node.value)}.{node.attr.value}"
        return node.value if isinstance(node, cst.Name) else ""

    def _in_function(self, above: tuple[cst.CSTNode, ...]) -> bool:
        return any(isinstance(one, self._cst.FunctionDef) for one in above)

    def _is_type(self, value: cst.CSTNode) -> bool:
        """Whether a value is an alias of types: names joined by |, or with types in brackets."""
        cst = self._cst
        if isinstance(value, cst.BinaryOperation):
            joined = isinstance(value.operator, cst.BitOr)
            return joined and self._is_type(value.left) and self._is_type(value.right)
        if isinstance(value, cst.Subscript):
            return isinstance(value.value, cst.Name | cst.Attribute)
        return isinstance(value, cst.Name) and (value.value[:1].isupper() or value.value in {"int", "str", "date"})
