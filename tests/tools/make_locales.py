"""Write taper/paper/words/locales.py from CLDR, read through Babel.

Run ``python -m tests.tools.make_locales > locales.py``, look at it, and put it in the place of
taper/paper/words/locales.py.
Each locale is read in a process of its own, because Babel 2.18 gives one locale the month names of another
that was read before. Babel is needed here only, never where paper is printed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

REGIONS = {
    "en": "en_001",
    "en-US": "en_US",
    "en-GB": "en_GB",
    "fr": "fr_FR",
    "nl": "nl_NL",
    "de": "de_DE",
    "es": "es_ES",
    "ar": "ar_EG",
}
"""The locale that stands for each language, and for each English of its own."""

_FIELDS = {"EEEE": "{weekday}", "MMMM": "{month}", "d": "{day}", "y": "{year}"}
_TOKEN = re.compile(r"'([^']*)'|([A-Za-z]+)")


def template(pattern: str) -> str:
    """Turn a pattern of CLDR into a template: ``d 'de' MMMM`` becomes ``{day} de {month}``."""
    return _TOKEN.sub(lambda found: found[1] if found[1] is not None else _FIELDS[found[2]], pattern)


def read(region: str) -> dict[str, Any]:
    """Read one locale; call this once in a process."""
    from babel import Locale

    locale = Locale.parse(region)

    def months(context: str, width: str) -> list[str]:
        return [locale.months[context][width][number] for number in range(1, 13)]

    def weekdays(width: str) -> list[str]:
        return [locale.days["stand-alone"][width][number] for number in range(7)]

    symbols = locale.number_symbols["latn"]
    short = weekdays("short")
    return {
        "region": region,
        "direction": locale.text_direction,
        "months": months("stand-alone", "wide"),
        "months_in_date": months("format", "wide"),
        "months_short": months("stand-alone", "abbreviated"),
        "weekdays": weekdays("wide"),
        # a language that hardly shortens them has a letter for each
        "weekdays_short": [day.rstrip(".") for day in short] if max(map(len, short)) < 4 else weekdays("narrow"),
        "first_weekday": locale.first_week_day,
        "date": template(locale.date_formats["long"].pattern),
        "long_date": template(locale.date_formats["full"].pattern),
        "decimal": symbols["decimal"],
        "percent": "{number}" + locale.percent_formats[None].pattern.split("0", 1)[1],
        "plurals": {str(number): locale.plural_form(number) for number in range(201)},
    }


def read_apart(region: str) -> dict[str, Any]:
    """Read one locale in a process of its own."""
    done = subprocess.run([sys.executable, __file__, region], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def table() -> str:
    """Return the module with the table of locales."""
    import babel

    lines = [
        f'"""Names and patterns of CLDR, through Babel {babel.__version__}: made by tests/tools/make_locales.py."""',
        "",
        "from taper.paper.words.locale import Locale",
        "",
        "LOCALES = {",
    ]
    for code, region in REGIONS.items():
        lines.append(f'    "{code}": Locale(')
        for name, value in read_apart(region).items():
            if name != "plurals":
                shown = json.dumps(value, ensure_ascii=False).replace("\N{NO-BREAK SPACE}", r"\xa0")
                shown = f"({shown[1:-1]})" if isinstance(value, list) else shown
                lines.append(f"        {name}={shown},")
        lines.append("    ),")
    return "\n".join(
        [*lines, "}", '"""The locale of each language, and of each English of its own, by its code."""', ""]
    )


def formatted(module: str) -> str:
    """Return the module as the formatter would leave it."""
    return subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(Path(__file__).with_name("locales.py")), "-"],
        input=module,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(read(sys.argv[1])))
    else:
        sys.stdout.write(formatted(table()))
