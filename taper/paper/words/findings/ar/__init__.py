"""Arabic: nominal sentences where a verb would have to agree with a number or a name. Not checked by a clinician."""

from taper.paper.words.findings.ar import (
    change,
    common,
    notes,
    pace,
    person,
    practice,
    record,
    remarks,
    splitting,
)
from taper.paper.words.findings.ar.counted import COUNTED as COUNTED

TEXTS = (
    common.TEXTS
    | pace.TEXTS
    | change.TEXTS
    | practice.TEXTS
    | splitting.TEXTS
    | person.TEXTS
    | record.TEXTS
    | remarks.TEXTS
    | notes.TEXTS
)
