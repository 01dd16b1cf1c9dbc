"""Show every key of an order."""

from __future__ import annotations

import textwrap

from taper.cli.console import Console
from taper.errors import OrderError, nearest
from taper.order.keys import tables

_WIDTH = 40  # of an example, so that keys and meanings stay close to each other


def list_keys(console: Console, name: str | None) -> None:
    """Print each key with its meaning and an example.

    Args:
        console: Where to.
        name: Only the keys of this table, such as "phase", and of the tables inside it; None for all.

    Raises:
        OrderError: There is no such table.
    """
    known = tables()
    written = None if name is None else name.strip("[] ")
    chosen = [table for table in known if written in (None, table.path, table.path.partition(".")[0])]
    if not chosen:
        hint = nearest(written or "", [table.path for table in known])
        raise OrderError(f"an order has no table '{(name or '')[:60]}'; {hint}")
    rows: list[list[str]] = []
    for table in chosen:
        rows += [["", "", ""]] if rows else []
        rows.append([table.heading or ("at the top" if table.path == "order" else table.path), "", table.meaning])
        for key in table.keys:
            names = "\n".join(f"  {name}" for name in key.names)
            rows.append([names, textwrap.fill(key.example, _WIDTH, break_long_words=False), key.meaning])
    console.table(["key", "example", "meaning"], rows)
