"""The page of an audit: what a person looks at first. It holds no person, unless asked for, and loads nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from taper.audit.charts import bars, survival
from taper.audit.conventions import Conventions
from taper.audit.shared import Shared

_STYLE = """
:root { color-scheme: light; }
body { font: 17px/1.5 system-ui, sans-serif; color: #1f2933; background: #fff; max-width: 62rem; margin: 2rem auto;
  padding: 0 1.25rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.6rem 0 .25rem; }
p.lead { font-size: 1.1rem; margin: .3rem 0 1rem; }
p.note { color: #55606b; font-size: .95rem; margin: .1rem 0 .8rem; }
table { border-collapse: collapse; margin: .6rem 0; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid #d9dee3; vertical-align: top; }
th.n, td.n { text-align: right; }
td.redacted { color: #66727f; }
svg { width: 100%; min-width: 40rem; height: auto; margin: .4rem 0; }
table.bars { width: 100%; }
table.bars td { border: 0; padding: .2rem .8rem .2rem 0; }
table.bars td:first-child { width: 22rem; max-width: 45vw; }
table.bars td.n { width: 5rem; }
td.bar div { background: #2f6690; height: 1.1rem; border-radius: .15rem; print-color-adjust: exact; }
code { white-space: nowrap; }
.scroll { overflow-x: auto; }
.keys { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1rem; margin: 1.2rem 0; }
.key { border: 1px solid #d9dee3; border-radius: .5rem; padding: .8rem 1rem; }
.key b { display: block; font-size: 1.7rem; line-height: 1.2; }
.bad b { color: #a4161a; }
@media print { body { margin: 0; font-size: 12pt; } h2 { break-after: avoid; } table, svg { break-inside: avoid; } }
"""
MOST_ROWS = 20
_ORDER = (
    "pace",
    "stops",
    "cuts",
    "time_to_zero",
    "drug",
    "prescriber",
    "practice",
    "sex",
    "age_band",
    "year",
    "status",
    "sensitivity",
    "codes",
    "monthly",
    "windows",
    "covered",
    "denominators",
    "flow",
    "coverage",
    "unread",
    "broken",
)
"""What is looked at first stands first."""
_CHARTS = ("status", "pace", "cuts", "monthly", "unread")


def page(
    tables: Sequence[Shared], conventions: Conventions, sources: Sequence[str], gravest: Iterable[tuple[str, ...]]
) -> str:
    """Return the page.

    Args:
        tables: The shared tables.
        conventions: The conventions.
        sources: Names of the sources.
        gravest: Where persons are asked for: person, severity, codes and drugs of the gravest; else nothing.
    """
    by_name = {table.name: table for table in tables}
    parts = [
        "<!doctype html><html lang=en><head><meta charset=utf-8><meta name=viewport content='width=device-width'>",
        f"<title>Reductions of a practice</title><style>{_STYLE}</style></head><body>",
        "<h1>Who is reduced too fast, or was stopped abruptly</h1>",
        f"<p class=lead>{escape(', '.join(sources))}; data up to {conventions.end_of_data}.</p>",
        "<p>These are doses that were supplied, judged by the rules of <code>taper check</code>. Supplied is not "
        "taken: a finding is a reason to look and to ask, never a verdict about a person or a prescriber. Nothing "
        "here chooses a dose, a step or a drug for anyone.</p>",
        _keys(by_name),
        _gravest(list(gravest)),
        *(_section(by_name[name]) for name in _ORDER if name in by_name),
        "<h2>Conventions</h2><p class=note>Each is a choice; each has an option of <code>taper audit</code>.</p>",
        _conventions(conventions),
        "</body></html>\n",
    ]
    return "\n".join(part for part in parts if part)


def _keys(tables: dict[str, Shared]) -> str:
    flow = tables["flow"]
    stops = tables.get("stops")
    stopped = tables["status"].value("persons", "stopped") if "status" in tables else 0
    known = [(labels[0], counts[0], "") for labels, counts in flow.rows[:2]]
    known.append((flow.rows[-2][0][0], flow.rows[-2][1][0], "bad"))
    known.append(("stopped", stopped, ""))
    if stops is not None:
        counts = [row[1][1] for row in stops.rows]
        known.append(("stopped without a reduction", None if None in counts else sum(c or 0 for c in counts), "bad"))
    cells = (f'<div class="key {kind}"><b>{_shown(count)}</b>{escape(label)}</div>' for label, count, kind in known)
    return f"<div class=keys>{''.join(cells)}</div>"


def _section(table: Shared) -> str:
    note = f"<p class=note>{escape(_sentence(table.note))}</p>" if table.note else ""
    head = f"<h2>{escape(table.title)}</h2>{note}"
    chart = ""
    if table.name in _CHARTS:
        chart = bars(table.title, [(labels[0], counts[0]) for labels, counts in table.rows])
        return head + chart
    if table.name == "time_to_zero":
        chart = survival(table.title, [(int(labels[0]), counts[0], counts[2]) for labels, counts in table.rows])
        return f"{head}<div class=scroll>{chart}</div>"
    if table.name == "stops":
        chart = bars(f"{table.title}, stopped", [(labels[0], counts[0]) for labels, counts in table.rows])
    return head + chart + _as_html(table)


def _as_html(table: Shared) -> str:
    heads = "".join(f"<th>{escape(label)}</th>" for label in table.labels)
    heads += "".join(f"<th class=n>{escape(column)}</th>" for column in table.columns)
    rows = []
    for labels, counts in table.rows[:MOST_ROWS]:
        cells = "".join(f"<td>{escape(label)}</td>" for label in labels)
        for count in counts:
            kind = "n redacted" if count is None else "n"
            cells += f'<td class="{kind}">{_shown(count)}</td>'
        rows.append(f"<tr>{cells}</tr>")
    more = len(table.rows) - len(rows)
    note = f"<p class=note>{more:,} further rows are in tables/{table.name}.csv.</p>" if more else ""
    return f"<div class=scroll><table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>{note}"


def _gravest(gravest: list[tuple[str, ...]]) -> str:
    if not gravest:
        return ""
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in gravest)
    return (
        "<h2>The gravest</h2><p class=note>This part names persons, because it was asked for: do not share it.</p>"
        "<div class=scroll><table><thead><tr><th>person</th><th>drug</th><th>severity</th><th>what</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _conventions(conventions: Conventions) -> str:
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{escape(value)}</td><td><code>{escape(option)}</code></td></tr>"
        for name, value, option in conventions.said()
    )
    return f"<div class=scroll><table><tbody>{rows}</tbody></table></div>"


def _shown(count: int | None) -> str:
    return "redacted" if count is None else f"{count:,}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
