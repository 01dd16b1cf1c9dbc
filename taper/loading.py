"""Load text that came from a file, or say in one clear error what is wrong with it.

The one place that turns bytes into data (TOML and JSON, numbers kept exact) and a failed
validation into the house's errors: file, field, what, why, what to do.
"""

from __future__ import annotations

import json
import re
import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from taper.errors import TaperError, nearest

M = TypeVar("M", bound=BaseModel)
MAX_BYTES = 5_000_000
"""The largest order, plan document, FHIR file or calendar that is read."""
MAX_TABLE_BYTES = 500_000_000
"""The largest table: some millions of rows."""
_MOST_DOTS = 200
_MOST_SIGNS = 100_000  # of "=" in a TOML text: reading more takes seconds
_MOST_KEYS = 10_000  # of one table in JSON: naming each that is unknown takes seconds too
_TABLE_HEADER = re.compile(r"\s*\[\[?[ \t]*[A-Za-z_\"'][^\[\]{},\n]*\]\]?[ \t]*(?:#[^\n]*)?\r?(?:\n|$)")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")
_NO_CHARACTER = "this holds half of a surrogate pair, which is not a character; save the text as UTF-8"
_LABELS = {
    "missing": "is missing",
    "string_type": "must be text in quotes",
    "date_type": "must be a date such as 2026-01-05",
    "date_from_datetime_parsing": "must be a date such as 2026-01-05",
    "date_from_datetime_inexact": "must be a date without a time, such as 2026-01-05",
    "date_parsing": "must be a date such as 2026-01-05",
    "bool_type": "must be true or false",
    "dict_type": "must be a table of keys",
    "model_type": "must be a table of keys",
    "tuple_type": "must be a list",
    "int_type": "must be a whole number",
    "too_short": "must not be empty",
    "string_too_short": "must not be empty",
    "string_pattern_mismatch": "must be one line of text without control characters",
}


def read_bytes(path: str | Path, error: type[TaperError], most: int = MAX_BYTES) -> bytes:
    """Return the content of a file, or raise one clear error.

    Args:
        path: The file.
        error: Class to raise: what the file was meant to be.
        most: The most bytes that are read.
    """
    try:
        with open(path, "rb") as stream:
            data = stream.read(most + 1)
    except FileNotFoundError:
        raise error("there is no such file; check the name", file=str(path)) from None
    except IsADirectoryError:
        raise error("is a folder, not a file; name the file in it", file=str(path)) from None
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise error(f"cannot be read ({reason}); check the file", file=str(path)[:200]) from None
    if len(data) > most:
        raise error(f"is larger than {most:,} bytes, the most that is read; check the file", file=str(path))
    return data


def decode(data: bytes, error: type[TaperError]) -> str:
    """Return UTF-8 text, refusing an empty or binary file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise error(f"the file is not UTF-8 text (byte {problem.start}); save it as UTF-8") from None
    if not text or text.isspace():
        raise error("the file is empty; start from one in examples/")
    if "\x00" in text:
        raise error("the file is binary, not text; name a TOML, JSON or CSV file")
    return text


def is_json(text: str) -> bool:
    r"""Return whether a text begins as JSON does, and not with a table of TOML such as ``[current]``.

    >>> is_json('{"drug": "diazepam"}'), is_json('[{"resourceType": "Bundle"}]'), is_json('[["a", 1]]')
    (True, True, True)
    >>> is_json('drug = "diazepam"'), is_json('[current]\nbedtime = "5 mg"'), is_json("[[product]] # tablets")
    (False, False, False)
    """
    text = text.lstrip("\ufeff \t\r\n")
    return text[:1] in ("{", "[") and not _TABLE_HEADER.match(text)


def load_toml(text: str, error: type[TaperError]) -> dict[str, Any]:
    """Return the tables of a TOML text, numbers as `Decimal`."""
    lines = text.splitlines()
    if any(line.partition("=")[0].count(".") > _MOST_DOTS or line.count(".") > 10 * _MOST_DOTS for line in lines):
        raise error("this is nested too deeply; compare with one in examples/")  # and would take hours to read
    if text.count("=") > _MOST_SIGNS:
        raise error(f"this has more than {_MOST_SIGNS:,} equals signs; compare it with an order in examples/")
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, ValueError, InvalidOperation) as problem:
        raise error(f"this is not TOML: {problem}; compare with one in examples/") from None
    except RecursionError:
        raise error("this is nested too deeply; compare with one in examples/") from None


def load_json(text: str, error: type[TaperError]) -> Any:
    """Return the value of a JSON text, numbers as `Decimal`, refusing a key written twice."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(pairs) > _MOST_KEYS:
            raise error(f"a table in this JSON has {len(pairs):,} keys, more than {_MOST_KEYS:,}; check the file")
        seen: dict[str, Any] = {}
        for key, value in pairs:
            if key in seen:
                raise error(f"the key '{key[:60]}' is written twice; keep one")
            seen[key] = value
        return seen

    try:
        value = json.loads(text, parse_float=Decimal, object_pairs_hook=once)
        if _SURROGATE.search(text):  # half of a pair is not a character, and nothing could print it
            json.dumps(value, ensure_ascii=False, default=str).encode()
        return value
    except TaperError:
        raise
    except UnicodeEncodeError:
        raise error(_NO_CHARACTER) from None
    except json.JSONDecodeError as problem:
        raise error(f"this is not JSON: {problem}") from None
    except (ValueError, InvalidOperation):
        raise error("this JSON holds a number too large to be meant; check the file") from None
    except RecursionError:
        raise error("this JSON is nested too deeply to be one of ours") from None


def validate(model: type[M], data: object, error: type[TaperError]) -> M:
    """Return `data` as a model, or raise one error that names the field and how to fix it."""
    if not isinstance(data, dict):
        raise error("this is not a table of keys; compare with one in examples/")
    try:
        return model.model_validate(data)
    except ValidationError as failed:
        raise _translate(model, failed, error) from None
    except UnicodeEncodeError:
        raise error(_NO_CHARACTER) from None


def _translate(model: type[BaseModel], failed: ValidationError, error: type[TaperError]) -> TaperError:
    """Turn pydantic's first error into ours, and name the fields of the others."""
    problems = failed.errors(include_url=False)
    # An unknown key explains the missing one beside it, so it speaks first.
    problems.sort(key=lambda p: p["type"] != "extra_forbidden")
    first = problems[0]
    cause = (first.get("ctx") or {}).get("error")
    field = _place(first["loc"])
    if isinstance(cause, TaperError):
        message, field = cause.message, ".".join(part for part in (field, cause.field) if part)
    elif first["type"] == "extra_forbidden":
        message = _unknown_key(model, first["loc"])
    elif isinstance(cause, Exception):
        message = str(cause)
    elif first["type"] == "too_long":
        message = "has {actual_length} entries, and may have {max_length}; leave some out".format(**first["ctx"])
    else:
        expected = (first.get("ctx") or {}).get("expected")
        message = _LABELS.get(first["type"], f"must be {expected}" if expected else first["msg"])
        message = message.replace("Input should be", "must be").replace("String should have", "must have")
        if first["type"] not in ("missing", "too_short"):
            message += f", not {str(first['input'])[:40]!r}"
    places = dict.fromkeys(_place(p["loc"]) for p in problems[1:4])
    others = [place for place in places if not field.startswith(place)]
    if others:
        message += f" (then look at {', '.join(others)})"
    return error(message, field=field)


def _place(loc: tuple[int | str, ...]) -> str:
    """Write ("product", 1, "split") as product[1].split."""
    place = ""
    for part in loc:
        place += f"[{part}]" if isinstance(part, int) else f".{part}" if place else str(part)
    return place


def _unknown_key(model: type[BaseModel], loc: tuple[int | str, ...]) -> str:
    """Say that a key is unknown, and where it belongs or which known key is closest."""
    key, home = str(loc[-1]), _model_at(model, loc[:-1])
    known = _keys(home or model)
    if home is not None and home is not model and key in _keys(model):
        return f"the key '{key}' belongs at the top of the file, above the first [table]"
    for name, field in model.model_fields.items():
        inner = _inner(field.annotation)
        if inner is not None and inner is not home and key in _keys(inner):
            return f"the key '{key}' belongs under {field.alias or name}; {nearest(key, known)}"
    return f"the key '{key[:60]}' is unknown; {nearest(key, known)}"


def _keys(model: type[BaseModel]) -> list[str]:
    also: tuple[str, ...] = getattr(model, "also_keys", ())
    return [*(field.alias or name for name, field in model.model_fields.items()), *also]


def _inner(annotation: object) -> type[BaseModel] | None:
    """Find the model inside a list, an optional or an annotated type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        if (model := _inner(argument)) is not None:
            return model
    return None


def _model_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> type[BaseModel] | None:
    here: type[BaseModel] | None = model
    for key in loc:
        if isinstance(key, int) or here is None:
            continue
        fields = {field.alias or name: field for name, field in here.model_fields.items()}
        here = _inner(fields[key].annotation) if key in fields else None
    return here
