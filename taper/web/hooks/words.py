"""The words of the cards: what is taken, what an order makes of it, and how the record was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlsplit

from taper.checker.wording import count_text, day_text, dose_text
from taper.exchange.fhir.used_up import BY_SUPPLY
from taper.finding import Finding, Report
from taper.quantity import Mg
from taper.source import Source
from taper.web.hooks.entries import Entry

MOST_SUMMARY = 139
_MOST_RUNS = 12
_SPECIAL = re.compile(r"([\\`*_\[\]<>&#|~!])")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_WHY = ("unit", "unread", "text", "period")
"""Kinds of remarks that say why a dose could not be read, the most telling first."""
_NOT_WHOLE = "not understood whole"
_UNDERSTOOD = "all of which were understood"


def plain(text: str) -> str:
    r"""Return words of a record as one line without control characters.

    >>> plain("Diazepam\u202e 5 mg\n tablet")
    'Diazepam 5 mg tablet'
    """
    return " ".join(_CONTROLS.sub(" ", text).split())


def escaped(text: str) -> str:
    r"""Return words of a record so that Markdown shows them as they are, and nothing of them becomes markup.

    >>> print(escaped("Diazepam [Valium] <b>5</b>"))
    Diazepam \[Valium\] \<b\>5\</b\>
    """
    return _SPECIAL.sub(r"\\\1", plain(text))


def named(drug: str) -> str:
    """Return the name of a drug as the beginning of a sentence."""
    return drug[:1].upper() + drug[1:]


def change(now: Mg | None, then: Mg | None) -> str:
    """Write a change of the daily dose; None for a dose that is not recorded.

    >>> change(Mg(20), Mg(10)), change(None, Mg(10)), change(Mg(20), Mg(20)), change(Mg(20), Mg(0))
    ('20 → 10 mg a day', '10 mg a day', '20 mg a day', '20 mg a day → stopped')
    """
    if then is not None and not then and now:
        return f"{dose_text(now)} a day → stopped"
    if now is None or then is None or now == then:
        return f"{dose_text(then or now or Mg(0))} a day"
    return f"{dose_text(now).removesuffix(' mg')} → {dose_text(then)} a day"


def summary(drug: str, doses: str, what: str) -> str:
    """Return one line with the drug, its doses and what is to be said, as far as they fit; nothing is cut in a number.

    >>> summary("diazepam", "20 → 10 mg a day", "Dose drops 50% overnight: 20 → 10 mg by 28 November 2026.")
    'Diazepam dose drops 50% overnight: 20 → 10 mg by 28 November 2026.'
    """
    name = named(drug)
    first = doses.removesuffix(" a day").removesuffix(" mg")
    whole = f"{name}: {what}" if "→" in first and first in what else f"{name} {doses}: {what}"
    whole = whole.replace(f"{name}: Dose ", f"{name} dose ")
    parts = [f"{name} {doses}: {what.partition(mark)[0]}" for mark in ("; ", ". ", ", ")]
    short = (whole, *(f"{part.rstrip('.')}." for part in parts), f"{name} {doses}: open for what was found.")
    fitting = next((text for text in map(plain, short) if len(text) <= MOST_SUMMARY), None)
    return fitting or f"{plain(name)[:40]}: open for what was found."


def order_words(entry: Entry) -> str:
    """Name an order of the record: its medicine, its day and state."""
    written = f", written on {day_text(entry.written)}" if entry.written else ""
    state = f", {plain(entry.status)[:20]}" if entry.status else ""
    kind = "order" if entry.is_order else "fill"
    return f"{escaped(entry.medicine)} ({kind}{written}{state})"


def names_words(names: Sequence[str]) -> str:
    """Write names as a list: "a", "a and b", "a, b and c"."""
    return " and ".join((", ".join(names[:-1]), names[-1]) if len(names) > 1 else names)


def orders_words(entries: Iterable[Entry]) -> str:
    """Name some orders of the record."""
    return names_words([order_words(entry) for entry in entries])


def source_words(source: Source) -> str:
    """Name where a limit stands, to the page, with its address."""
    title = escaped(f"{source.title}{f' ({source.edition})' if source.edition else ''}")
    linked = f"[{title}]({source.url})" if is_address(source.url) else title
    return f"{linked}, {escaped(source.locator)}"


def is_address(url: str) -> bool:
    """Return whether a text is an absolute web address that Markdown can hold."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"[\s()<>]", url)


def finding_words(finding: Finding, line: Finding, others: Sequence[Finding] = ()) -> str:
    """Write a finding as an item of a list: its line, detail, further runs of days, sources and what could be done."""
    text = f"- **{line.severity}, {finding.code}:** {escaped(line.message)}"
    detail = line.detail or finding.detail
    if detail:
        text += f" {escaped(detail)}"
    if others:
        text += f" *Also:* {' '.join(escaped(other.message) for other in others[:_MOST_RUNS])}"
        more = len(others) - _MOST_RUNS
        text += f" And {count_text(more, 'more run')} of days." if more > 0 else ""
    advice = line.advice or finding.advice
    if advice:
        text += f"\n\n  *What could be done:* {escaped(advice)}"
    sources = line.sources or finding.sources
    if sources:
        text += f"\n\n  *Source:* {'; '.join(source_words(source) for source in sources[:3])}."
    return text


def reading_words(entry: Entry) -> str:
    """Say how the days of an order were found where it has no dates of its own, and what of its words was not read."""
    said = []
    if any(line.rule == BY_SUPPLY for line in entry.lines) and entry.start and entry.end:
        said.append(f"laid out for its supply, {day_text(entry.start)} to {day_text(entry.end)}")
    if any(remark.kind == "mismatch" and remark.unknown and _NOT_WHOLE in remark.text for remark in entry.remarks):
        said.append("its words were not understood whole, so only its fields were judged")
    return "; ".join(said)


def why_not_read(entry: Entry) -> str:
    """Say why a dose could not be read, in the words of the remark that explains it best."""
    if not entry.drug:
        return f"it names several drugs ({names_words(sorted(entry.named))})"
    for kind in _WHY:
        for remark in entry.remarks:
            if remark.kind == kind and not remark.unknown and _UNDERSTOOD not in remark.text:
                why = remark.text.partition(", so ")[0].partition("; ")[0]
                return why[:1].lower() + why[1:]
    return "no dose of a day follows from it"


def not_evaluated_words(report: Report) -> str:
    """Say in one line what could not be looked at; empty if all was."""
    codes = {code for skipped in report.skipped for code in skipped.codes}
    if not codes:
        return ""
    what = "an order says nothing of the person, and not how the doses go on"
    return f"{count_text(len(codes), 'more rule')} could not be evaluated: {what}."


def on_day(day: date) -> str:
    """Write from which day on."""
    return f"from {day_text(day)}"


def doses_words(doses: dict[str, Mg]) -> str:
    """Write the daily dose of each drug."""
    if not any(doses.values()):
        return "nothing is recorded" if not doses else "nothing"
    return names_words([f"{drug} {dose_text(dose)} a day" for drug, dose in doses.items()])


def listed(lines: Sequence[str]) -> str:
    """Return lines as a list in Markdown."""
    return "\n".join(line if line.startswith("- ") else f"- {line}" for line in lines)


def paragraphs(*parts: str) -> str:
    """Return the paragraphs of a detail, without those that are empty."""
    return "\n\n".join(part for part in parts if part)


def judged_words(report: Report) -> str:
    """Say by what a report was judged, and what it is not."""
    by = escaped(report.judged_by.partition(", because")[0].rstrip("."))
    return f"{by}. taper computes and warns; it chooses no dose, step or drug."
