"""Every sentence of a finding in English, by its key; nothing else of the checker is read by a person.

`say` fills the blanks of one and keeps the key and the values, so that paper can say the same in another language.
No sentence is put together from parts of sentences: what differs in more than a value has a key of its own.

>>> say("T104.advice"), say("T104.advice").key
('Plan again from the order, or change the order if the larger cut is intended.', 'T104.advice')
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from taper.checker.texts import common, pace, person, practice, record, remarks, splitting
from taper.message import Message

TEXTS: Mapping[str, str] = MappingProxyType(
    common.TEXTS | pace.TEXTS | practice.TEXTS | splitting.TEXTS | person.TEXTS | record.TEXTS | remarks.TEXTS
)


def say(key: str, /, **blanks: object) -> Message:
    """Return a sentence with its blanks filled.

    Args:
        key: Its key.
        blanks: What stands in each blank, as `taper.checker.wording` writes it; a whole number stands as it is.
    """
    return Message(TEXTS[key].format_map(blanks), key, blanks) if blanks else _without_blanks(key)


@cache
def _without_blanks(key: str) -> Message:
    return Message(TEXTS[key].format_map({}), key, {})
