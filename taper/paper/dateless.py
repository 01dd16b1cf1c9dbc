"""Days counted from 1 instead of dates, for a plan whose start is not fixed yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from taper.paper.phrases import NBSP, Phrases
from taper.paper.words.language import Language
from taper.schedule.schedule import Schedule


class DatelessPhrases(Phrases):
    """The words of a schedule, with the number of the day in place of each date."""

    dateless = True

    def __init__(self, schedule: Schedule, words: Language) -> None:
        super().__init__(schedule, words)
        self._first = schedule.steps[0].start

    def day_number(self, day: date) -> str:
        """Return the number of a day of the plan: 1 is the first."""
        return str((day - self._first).days + 1)

    def dated(self, day: date) -> str:
        """Write a day inside a sentence."""
        return self.say("dateless", number=self.day_number(day)).replace(" ", NBSP)

    def long_date(self, day: date) -> str:
        """Write a day that stands alone."""
        return self.say("dateless_alone", number=self.day_number(day)).replace(" ", NBSP)

    def date_and_weekday(self, day: date) -> tuple[str, str]:
        """Write a day; it has no weekday."""
        return self.long_date(day), ""

    def on_days(self, weekdays: Iterable[int]) -> str:
        """Write days of the week by their number, as the calendar heads them."""
        numbers = sorted((day - self._first.weekday()) % 7 + 1 for day in weekdays)
        days = [self.say("dateless", number=str(number)).replace(" ", NBSP) for number in numbers]
        columns = self.listed([str(number) for number in numbers])
        return self.say("dateless_on_days", days=self.listed(days), numbers=columns)

    def pattern_days(self, weekdays: Iterable[int]) -> str:
        """Write days of the week before their dose, by their number."""
        return self.on_days(weekdays)

    def span(self, start: date, end: date) -> str:
        """Write the first and last day of a step."""
        if start == end:
            return self.long_date(start)
        return self.say("dateless_span", start=self.day_number(start), end=self.day_number(end))
