"""Exchange: how do other tools write a schedule, and read it?

Our own plan document, CSV, iCalendar, FHIR, Markdown and directions in words; each format in a place of its own, and
none knows another. What is read is kept as it was found, with remarks; nothing is planned or judged here.
"""

from taper.exchange.formats import export
from taper.exchange.reading import Reading, read_schedule

__all__ = ["Reading", "export", "read_schedule"]
