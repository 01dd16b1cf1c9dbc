"""Exchange: how do other tools write a schedule, and read it?

Our own plan document, CSV, iCalendar, FHIR, Markdown and directions in words, each format by itself. What is read is
kept as it was found, with remarks on what was not understood.

What may not enter: a guess about a dose, planning, judging; one format's code in another; the file system.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "formats": ["export"],
        "reading": ["Reading", "read_schedule"],
    },
)
