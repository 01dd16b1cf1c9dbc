"""Values of the house behave as those of the standard library do, and are made in less time."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import time
from dataclasses import FrozenInstanceError, field
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given, strategies as st

from taper import values
from tests.tools.use_values import modules, taken

OPTIONS = ({"frozen": True}, {"frozen": True, "slots": True})


class Base:
    """What both decorators are given: defaults of each kind, fields that are not shown or compared."""

    KIND: ClassVar[str] = "kind"

    a: int
    b: str = "b"
    c: list[int] = field(default_factory=list)
    hidden: int = field(default=0, repr=False)
    aside: int = field(default=0, compare=False)
    last: int = field(default=0, kw_only=True)

    def __post_init__(self) -> None:
        if self.a < 0:
            raise ValueError("below zero")

    @property
    def twice(self) -> int:
        return self.a * 2


def made(decorator: Any, options: dict[str, bool]) -> Any:
    content = {name: value for name, value in Base.__dict__.items() if name not in ("__dict__", "__weakref__")}
    return decorator(**options)(type("Pair", (), content))


PAIRS = [(made(values.dataclass, options), made(dataclasses.dataclass, options)) for options in OPTIONS]
OURS = [ours for ours, _ in PAIRS]
PAIRS_BY_NAME = pytest.mark.parametrize(("ours", "theirs"), PAIRS, ids=["plain", "slots"])


@values.dataclass(frozen=True, slots=True)
class Point:
    """One that can be pickled, because it has a name in a module."""

    x: int
    y: tuple[int, ...] = ()


@PAIRS_BY_NAME
def test_a_value_says_of_itself_what_the_standard_library_says(ours: Any, theirs: Any) -> None:
    assert ours.__match_args__ == theirs.__match_args__
    assert [f.name for f in dataclasses.fields(ours)] == [f.name for f in dataclasses.fields(theirs)]
    assert list(inspect.signature(ours).parameters) == list(inspect.signature(theirs).parameters)
    assert getattr(ours, "__slots__", None) == getattr(theirs, "__slots__", None)
    assert ours.KIND == theirs.KIND
    assert ours.__dataclass_params__.frozen
    assert hasattr(ours(1), "__dict__") == hasattr(theirs(1), "__dict__")


@PAIRS_BY_NAME
@given(a=st.integers(0, 3), b=st.sampled_from("xy"), hidden=st.integers(0, 1), aside=st.integers(0, 1), more=st.data())
def test_two_values_are_equal_when_those_of_the_standard_library_are(
    ours: Any, theirs: Any, a: int, b: str, hidden: int, aside: int, more: st.DataObject
) -> None:
    one = {"a": a, "b": b, "c": (), "hidden": hidden, "aside": aside}
    other = one | more.draw(st.fixed_dictionaries({}, optional={name: st.just(1) for name in one}))
    assert repr(ours(**one)) == repr(theirs(**one))
    assert (ours(**one) == ours(**other)) == (theirs(**one) == theirs(**other))
    assert hash(ours(**one)) == hash(theirs(**one))
    assert ours(**one) != theirs(**one)
    assert dataclasses.replace(ours(**one), **other) == ours(**other)
    assert dataclasses.asdict(ours(**one)) == dataclasses.asdict(theirs(**one))


@pytest.mark.parametrize("ours", OURS)
def test_a_value_cannot_be_changed(ours: Any) -> None:
    value = ours(1)
    for name in ("a", "last", "new"):
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, 2)
    with pytest.raises(FrozenInstanceError):
        del value.a
    assert value == ours(1)


@pytest.mark.parametrize("ours", OURS)
def test_wrong_calls_are_refused(ours: Any) -> None:
    for arguments, named in (((), {}), ((1, "b", [], 0, 0, 0), {}), ((1,), {"unknown": 1}), ((1,), {"a": 1})):
        with pytest.raises(TypeError):
            ours(*arguments, **named)
    with pytest.raises(ValueError, match="below zero"):
        ours(-1)


@pytest.mark.parametrize("ours", OURS)
def test_each_value_has_a_default_of_its_own(ours: Any) -> None:
    first, second = ours(1), ours(1)
    first.c.append(1)
    assert second.c == []


def test_a_value_is_copied_and_pickled() -> None:
    value = Point(1, (2, 3))
    for again in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert again == value
        assert again is not value
    match value:
        case Point(x, y):
            assert (x, y) == (1, (2, 3))


def test_what_a_class_defines_itself_is_kept() -> None:
    @values.dataclass(frozen=True, slots=True)
    class Own:
        a: int

        def __repr__(self) -> str:
            return "own"

        def __eq__(self, other: object) -> bool:
            return True

    assert repr(Own(1)) == "own"
    assert Own(1) == Own(2)
    assert hash(Own(1)) == hash((1,)), "as the standard library does for a frozen class"


def test_a_value_may_be_a_kind_of_another() -> None:
    @values.dataclass(frozen=True, slots=True)
    class Space(Point):
        z: int = 0

    @dataclasses.dataclass(frozen=True)
    class Theirs(Point):
        z: int = 0

    assert Space(1, (2,), 3) == Space(1, (2,), 3) != Space(1, (2,), 4)
    assert Theirs(1, (2,), 3).x == 1
    with pytest.raises(FrozenInstanceError):
        Space(1).x = 2  # type: ignore[misc]


def test_other_options_are_those_of_the_standard_library() -> None:
    @values.dataclass(slots=True)
    class Changing:
        a: int

    @values.dataclass
    class Plain:
        a: int

    for kind in (Changing, Plain):
        value = kind(1)
        value.a = 2
        assert value == kind(2)


def test_they_are_made_in_less_time() -> None:
    """Half of it at most: that is what they are for."""

    def spent(decorator: Any) -> float:
        began = time.process_time()
        for _ in range(60):
            made(decorator, {"frozen": True, "slots": True})
        return time.process_time() - began

    assert min(spent(values.dataclass) for _ in range(3)) < min(spent(dataclasses.dataclass) for _ in range(3)) * 0.6


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.stem)
def test_the_package_takes_its_values_from_the_house(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == taken(text), "python -m tests.tools.use_values && ruff check --fix taper"
