"""Orders that need a way out, and some that do not: what `ways` and `options` are asked about."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from tests.support.orders import GOLDEN


def order(dose: str, *products: tuple[str, str], **more: Any) -> dict[str, Any]:
    data: dict[str, Any] = deepcopy(GOLDEN) | {
        "current": {"bedtime": dose},
        "product": [{"name": f"diazepam tablet {name}", "split": split} for name, split in products],
    }
    data["phase"][0]["reduce"] = more.pop("reduce", "10% of current")
    return data | more


TWO_PHASES = [
    {"reduce": "10% of current", "every": "2 weeks", "until": "5 mg"},
    {"reduce": "0.5 mg", "every": "1 month", "until": "0 mg"},
]
CASES = {
    "works": deepcopy(GOLDEN),
    "stuck": order("20 mg", ("5 mg", "halves"), ("2 mg", "halves")),
    "whole": order("20 mg", ("5 mg", "whole")),
    "of start": order("10 mg", ("2 mg", "halves"), reduce="5% of start"),
    "mg": order("10 mg", ("5 mg", "whole"), ("2 mg", "whole"), reduce="1 mg"),
    "works in mg": order("10 mg", ("5 mg", "whole"), ("2 mg", "whole"), reduce="3 mg"),
    "two phases": order("20 mg", ("5 mg", "halves"), ("2 mg", "halves")) | {"phase": TWO_PHASES},
    "points": order("14 mg", ("2 mg", "halves"), reduce="2 points of occupancy", occupancy={"model": "maudsley-2024"}),
    "works in points": order(
        "14 mg", ("2 mg", "halves"), reduce="9.5 points of occupancy", occupancy={"model": "maudsley-2024"}
    ),
    "dose cannot be made": order("7 mg", ("5 mg", "halves")),
    "dose cannot be made, in mg": order("7 mg", ("5 mg", "halves"), reduce="1 mg"),
    "date": order("20 mg", ("5 mg", "halves"))
    | {"phase": [{"finish": "2026-12-31", "every": "2 weeks", "until": "0 mg"}]},
    "country without products": {**order("7 mg", ("5 mg", "halves")), "country": "NL"},
}
