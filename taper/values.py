"""Frozen values, made as `dataclasses.dataclass` makes them, in a third of the time.

A run of the command line makes more than a hundred classes of values, and the standard library compiles six methods
for each, which was a sixth of the run. Here one is compiled, `__init__`; the others are the same functions for all.
To type checkers and to readers this is the standard library's decorator: `fields`, `replace`, patterns, copies and
pickles work as they do there. What has other options, or is a kind of another value, is handed on to it.

>>> @dataclass(frozen=True, slots=True)
... class Point:
...     x: int
...     y: int = 0
>>> Point(1), Point(1) == Point(1, 0), hash(Point(1)) == hash(Point(1))
(Point(x=1, y=0), True, True)
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass

    import taper
else:

    def dataclass(cls: type | None = None, /, **options: bool) -> type | Callable[[type], type]:
        """Make a class one of values, as `dataclasses.dataclass` does.

        Args:
            cls: The class, where no option is given.
            options: Those of the standard library.
        """

        def make(cls: type) -> type:
            is_usual = options in ({"frozen": True}, {"frozen": True, "slots": True})
            if not is_usual or any(map(dataclasses.is_dataclass, cls.__mro__[1:])):
                return dataclasses.dataclass(**options)(cls)
            return _frozen(cls, options.get("slots", False))

        return make if cls is None else make(cls)


class Framed:
    """A value that data tools, notebooks and rich show as a table; `taper.to_frame` says which one."""

    __slots__ = ()

    def to_frame(self) -> taper.Frame:
        """Return it as a table for data tools."""
        import taper  # data tools lie above this room, so their names are asked for when somebody wants them

        return taper.to_frame(self)  # type: ignore[arg-type]

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand its table to a library that knows the Arrow PyCapsule interface."""
        return self.to_frame().__arrow_c_stream__(requested_schema)

    def __rich__(self) -> object:
        """Show its table where rich prints."""
        return self.to_frame().__rich__()

    def _repr_html_(self) -> str:
        """Show its table in a notebook."""
        return self.to_frame()._repr_html_()


class _Empty:
    """Shows how the standard library marks a frozen class."""


_FROZEN = dataclasses.dataclass(frozen=True)(_Empty).__dict__["__dataclass_params__"]
_set = object.__setattr__


def _frozen(cls: Any, slots: bool) -> type:
    dataclasses.dataclass(init=False, repr=False, eq=False)(cls)  # finds the fields, and makes no method
    cls.__dataclass_params__ = _FROZEN
    fields = dataclasses.fields(cls)
    made = _slotted(cls, fields) if slots else cls
    own = made.__dict__
    methods = (_init(made, fields), *_shown(fields), *_compared(fields), *_kept(made, fields))
    for method in methods:
        name = method.__name__
        if name not in own or (name == "__hash__" and own[name] is None and "__eq__" in own):
            method.__qualname__ = f"{made.__qualname__}.{name}"
            setattr(made, name, method)
    return made  # type: ignore[no-any-return]


def _slotted(cls: Any, fields: tuple[Field[Any], ...]) -> Any:
    """Return the class anew, with a slot for each field that it adds."""
    names = tuple(field.name for field in fields)
    inherited = {slot for base in cls.__mro__[1:] for slot in getattr(base, "__slots__", ())}
    content = {name: value for name, value in cls.__dict__.items() if name not in (*names, "__dict__", "__weakref__")}
    content["__slots__"] = tuple(name for name in names if name not in inherited)
    anew = type(cls)(cls.__name__, cls.__bases__, content)
    anew.__qualname__ = cls.__qualname__

    def __getstate__(self: Any) -> list[Any]:  # noqa: N807
        return [getattr(self, name) for name in names]

    def __setstate__(self: Any, state: list[Any]) -> None:  # noqa: N807
        for name, value in zip(names, state, strict=True):
            _set(self, name, value)

    for method in (__getstate__, __setstate__):
        if method.__name__ not in content:
            setattr(anew, method.__name__, method)
    return anew


def _init(cls: Any, fields: tuple[Field[Any], ...]) -> Callable[..., None]:
    """Return `__init__`, compiled, because it runs for every value."""
    known: dict[str, Any] = {"_set": _set, "_missing": MISSING}
    taken, keywords, body = ["self"], list[str](), list[str]()
    for field in fields:
        name, value = field.name, field.name
        given = name
        if field.default is not MISSING:
            known[f"_default_{name}"] = field.default
            given = f"{name}=_default_{name}"
        elif field.default_factory is not MISSING:
            known[f"_make_{name}"] = field.default_factory
            given, value = f"{name}=_missing", f"_make_{name}() if {name} is _missing else {name}"
        (keywords if field.kw_only else taken).append(given)
        slot = getattr(cls, name, None)
        if isinstance(slot, MemberDescriptorType):  # which is set without looking up its name
            known[f"_set_{name}"] = slot.__set__
            body.append(f"    _set_{name}(self, {value})")
        else:
            body.append(f"    _set(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        body.append("    self.__post_init__()")
    parameters = ", ".join([*taken, "*", *keywords] if keywords else taken)
    text = f"def __init__({parameters}):\n" + "\n".join(body or ["    pass"])
    exec(text, known)  # of names of fields alone, which are words
    init: Callable[..., None] = known["__init__"]
    return init


def _shown(fields: tuple[Field[Any], ...]) -> tuple[Callable[..., Any], ...]:
    names = tuple(field.name for field in fields if field.repr)

    def __repr__(self: Any) -> str:  # noqa: N807
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return (__repr__,)


def _compared(fields: tuple[Field[Any], ...]) -> tuple[Callable[..., Any], ...]:
    names = [field.name for field in fields if field.compare]
    content: Callable[[Any], Any] = attrgetter(*names) if len(names) > 1 else _short(names)

    def __eq__(self: Any, other: object) -> bool:  # noqa: N807
        return content(self) == content(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(content(self))

    return __eq__, __hash__


def _short(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    return lambda value: tuple(getattr(value, name) for name in names)


def _kept(cls: Any, fields: tuple[Field[Any], ...]) -> tuple[Callable[..., Any], ...]:
    names = frozenset(field.name for field in fields)

    def __setattr__(self: Any, name: str, value: object) -> None:  # noqa: N807
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self: Any, name: str) -> None:  # noqa: N807
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    return __setattr__, __delattr__
