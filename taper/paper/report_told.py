"""A report in the language of a paper or of a screen: each sentence of it as `taper.paper.told` says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from taper.finding import Finding, NotEvaluated, Report
from taper.paper.phrases import Phrases, words_for
from taper.paper.told import Told
from taper.schedule.schedule import Schedule


def told_report(report: Report, phrases: Phrases) -> Report:
    """Return a report with its sentences in a language; what is not told whole stays English, each sentence.

    Args:
        report: What the checker found.
        phrases: The words of the schedule in that language.
    """
    told = Told(phrases)
    if told.as_it_is:
        return report
    return replace(
        report,
        findings=told_findings(report.findings, phrases),
        not_evaluated=tuple(_missing(entry, told) for entry in report.not_evaluated),
        judged_by=told.say(report.judged_by),
    )


def told_findings(found: Iterable[Finding], phrases: Phrases) -> tuple[Finding, ...]:
    """Return findings with their sentences in a language, as `told_report` does."""
    told = Told(phrases)
    return tuple(_finding(finding, told) for finding in found)


def leaves_english(report: Report, phrases: Phrases) -> bool:
    """Return whether a sentence of a report stays English beside another language."""
    if phrases.words.code.startswith("en"):
        return False
    told = Told(phrases)
    found = [one for finding in report.findings for one in (finding, *finding.runs)]
    said = [text for one in found for text in (one.message, one.advice, one.detail)]
    said += [text for entry in report.not_evaluated for text in (entry.reason, entry.about)]
    return not all(told.is_told(text) for text in (*said, report.judged_by) if text)


def _finding(finding: Finding, told: Told) -> Finding:
    return replace(
        finding,
        message=told.say(finding.message),
        advice=told.say(finding.advice),
        detail=told.say(finding.detail),
        runs=tuple(_finding(run, told) for run in finding.runs),
    )


def _missing(entry: NotEvaluated, told: Told) -> NotEvaluated:
    """Tell what was missing: reason and subject make one sentence, told whole or not at all."""
    if not all(told.is_told(text) for text in (entry.reason, entry.about) if text):
        return entry
    return replace(entry, reason=told.say(entry.reason), about=told.say(entry.about))


def words_of_report(schedule: Schedule, language: str | None) -> Phrases:
    """Return the words in which the findings of a schedule are told; English, if the language has no such words.

    Args:
        schedule: The schedule.
        language: Code of the language; English, if None.

    Raises:
        TaperError: No such language.
    """
    words = words_for(schedule, language or "en")
    return Phrases(schedule, words if words.has_sheet else words_for(schedule, "en"))


def report_in(report: Report, schedule: Schedule, language: str) -> Report:
    """Return a report in a language: headlines, advice, details and reasons; codes, values and sources as they are.

    A sentence that the language does not have whole stays in English, whole. No clinician has checked the translations.

    Args:
        report: What `taper.check` found.
        schedule: The schedule that was checked, for its names and its country, which decides how numbers and dates are
            written.
        language: Code of the language, such as ``"de"``, or ``"en-US"``.

    Raises:
        TaperError: No such language; names those there are.

    >>> from taper.checker.texts import say
    >>> from taper.finding import Severity
    >>> found = Report((Finding("T207", Severity.NOTE, say("T207.none")),))
    >>> report_in(found, Schedule(steps=(), stopped_on=None), "de").findings[0].message
    'Keine Kontrolle geplant.'
    """
    return told_report(report, words_of_report(schedule, language))
