"""The diary of sleep and symptoms: beside the handout, or as a paper of its own."""

from __future__ import annotations

from taper.paper.parts import Diary, DiarySheet
from taper.paper.phrases import Phrases
from taper.paper.request import PrintRequest
from taper.paper.sheets.frame import build_frame

SHORT_DIARY, LONG_DIARY = 14, 28  # rows: two weeks beside the text, four on a page of its own


COLUMNS = ("date", "sleep", "taken", "anxiety", "mood", "muscles", "legs", "falls", "own", "notes")
NARROW = ("date", "sleep", "anxiety", "muscles", "legs", "own", "notes")  # as many as large print has room for


def build_diary(phrases: Phrases, rows: int, *, large: bool) -> Diary:
    """Build the rows for sleep and symptoms: neutral scales from 0 to 10, not a published questionnaire."""
    say, columns = phrases.say, NARROW if large else COLUMNS
    return Diary(say("diary"), say("diary_note"), tuple(say(f"diary_{name}") for name in columns), rows)


def build_diary_sheet(request: PrintRequest) -> DiarySheet:
    """Write the diary as a paper of its own."""
    phrases = Phrases(request.ahead, request.words)  # its rows are dated by hand, whatever the plan
    frame = build_frame(request, phrases, phrases.say("diary"), blank=True)
    return DiarySheet(frame, request.variant, build_diary(phrases, LONG_DIARY, large=request.variant.large))
