"""Write the catalog as the program reads it, from its TOML files: ``python -m tests.tools.ready_catalog``.

One line a file, so that a difference shows which file it is of. What is written is JSON: it can hold nothing but data.
"""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal

from taper.catalog.rows import DATA, READY


def tables() -> dict[str, object]:
    """Return what each TOML file of the catalog holds, by its name."""
    files = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.toml"))
    return {name: tomllib.loads((DATA / name).read_text(encoding="utf-8"), parse_float=Decimal) for name in files}


def ready() -> bytes:
    """Return the ready catalog; a number that is not whole, or a date, is refused: the rows write them as text."""
    lines = [
        f"{json.dumps(name)}:{json.dumps(content, ensure_ascii=False, separators=(',', ':'))}"
        for name, content in tables().items()
    ]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


if __name__ == "__main__":
    READY.write_bytes(ready())
