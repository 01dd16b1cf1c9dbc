"""Exchange: how do other tools write a schedule, and read it?

Our own plan document, CSV, iCalendar, FHIR, Markdown and directions in words, each format by itself. What is read is
kept as it was found, with remarks on what was not understood.

What may not enter: a guess about a dose, planning, judging; one format's code in another; the file system.
"""

from taper.exchange.formats import export
from taper.exchange.reading import Reading, read_schedule

__all__ = ["Reading", "export", "read_schedule"]
