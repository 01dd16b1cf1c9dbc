"""Doses, percentages and dates as the paper writes them.

A dose is written exactly. One whose decimal does not end, such as 1/150 mg, is written only where the products of the
order make such doses: a dilution or a weighed powder. Then its volume or weight stands first and is exact, and the mg
are marked as rounded, with decimals enough to tell it from the next dose.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from taper.errors import ScheduleError
from taper.order.product import OrderedProduct
from taper.paper.words.language import Language
from taper.quantity import Mg, exact_text, percent_text, rounded

NBSP = "\N{NO-BREAK SPACE}"
LTR, RTL, END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{RIGHT-TO-LEFT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_ISOLATES = str.maketrans(dict.fromkeys((LTR, RTL, END, "\N{WORD JOINER}")))
_YEAR = re.compile(r"(?:,| de)? \{year\}")
_DAY_AND_MONTH = re.compile(r"\{day\}.*\{month\}|\{month\}.*\{day\}")
_BEFORE_NUMBER = re.compile(r" (?=[0-9])")
_UNIT = re.compile(r"(?<=[0-9]) (?=(?:mg|mL|mcg)\b)")


def unbroken(text: str) -> str:
    """Keep number and unit together in a name that somebody else wrote.

    >>> unbroken("5 mL oral syringe").split(" ")[1:]
    ['oral', 'syringe']
    """
    return _UNIT.sub(NBSP, text)


def whole_strength(name: str) -> str:
    """Keep a strength together, and with the word before it, in the name of a product.

    >>> whole_strength("diazepam tablet 5 mg").split(" ")[0]
    'diazepam'
    """
    return _BEFORE_NUMBER.sub(NBSP, unbroken(name))


def bare(text: str) -> str:
    """Return a text without its marks of direction and of lines, for speech and for labels that stand alone."""
    return text.translate(_ISOLATES)


def capitalized(text: str) -> str:
    """Return a text with its first letter large, the others as they are.

    >>> capitalized("à jeun"), capitalized("5 mg")
    ('À jeun', '5 mg')
    """
    return text[:1].upper() + text[1:]


def is_endless(value: Fraction) -> bool:
    """Return whether the decimal of a number does not end.

    >>> is_endless(Fraction(1, 150)), is_endless(Fraction(1, 8))
    (True, False)
    """
    return "/" in exact_text(value)


def _places(products: Iterable[OrderedProduct]) -> int | None:
    """Return the decimals that tell any two doses of some products apart; None if all their doses end as decimals."""
    parts = [product.smallest.value for product in products]
    if not any(map(is_endless, parts)):
        return None
    denominator = math.lcm(*(part.denominator for part in parts))
    smallest = Fraction(math.gcd(*((part * denominator).numerator for part in parts)), denominator)
    return next(places for places in range(2, 100) if Fraction(1, 10**places) < smallest)


class Numbers:
    """What is written of numbers and dates in one language.

    Args:
        words: The language.
        products: The products of the order.
    """

    def __init__(self, words: Language, products: Iterable[OrderedProduct]) -> None:
        self.words = words
        self._places = _places(products)

    def say(self, phrase: str, /, **values: str) -> str:
        """Return a phrase with its blanks filled."""
        return self.words.phrase[phrase].format(**values)

    def dose(self, amount: Mg) -> str:
        """Write a dose; "about", where its decimal does not end and a volume or a weight of powder says it exactly.

        Raises:
            ScheduleError: It does not end as a decimal, and no product of the order makes such a dose.
        """
        if self._places is None or not is_endless(amount.value):
            return self.apart(self._mg(amount))
        about = self._decimal(rounded(amount.value, self._places))
        return self.say("about", percent=self.apart(f"{about}{NBSP}mg"))

    def _mg(self, amount: Mg) -> str:
        return f"{self._exact(amount.value, 'mg')}{NBSP}mg"

    def apart(self, text: str, *, name: bool = False) -> str:
        """Isolate a dose, a number or a foreign name within right-to-left text.

        Without it "2.5 mg" would be shown as "mg 2.5". Text that runs from the left is returned as it is.

        Args:
            text: What has an order of its own.
            name: Whether it may itself run from the right, as a person's name may.
        """
        if self.words.direction == "ltr" or not text:
            return text
        first = next((kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), "L")
        whole = text if name else text.replace(" ", NBSP)  # a number that breaks would be read in the wrong order
        return f"{RTL if name and first != 'L' else LTR}{whole}{END}"

    def computed_dose(self, amount: Mg) -> str:
        """Write a computed dose, rounded if its decimal does not end; for clinicians only.

        A dose that nobody takes, such as a tenth less than 1/3, may be rounded, and is marked as rounded.
        """
        if not is_endless(amount.value) or self._places is not None:
            return self.dose(amount)
        about = f"{self._decimal(rounded(amount.value, 2))}{NBSP}mg"
        return self.say("about", percent=self.apart(about))

    def _exact(self, value: Fraction, unit: str) -> str:
        number = exact_text(value)
        if "/" in number:
            raise ScheduleError(
                f"{number} {unit} does not end as a decimal, so it cannot be printed exactly; "
                "use amounts that do, such as 2.5 mg"
            )
        return number.replace(".", self.words.locale.decimal)

    def _decimal(self, value: Fraction) -> str:
        return exact_text(value).replace(".", self.words.locale.decimal)

    def number(self, value: Fraction) -> str:
        """Write a number without a unit, exactly, with the decimal sign of the locale."""
        return self.apart(self._decimal(value))

    def narrow_percent(self, fraction: Fraction) -> str:
        """Write a percentage for a narrow column; ~ marks a rounded one."""
        text = percent_text(fraction)
        number = text.removeprefix("~").removesuffix("%").strip().replace(".", self.words.locale.decimal)
        written = self.words.locale.percent.format(number=number)
        return self.apart(f"~{written}" if text.startswith("~") else written)

    def percent(self, fraction: Fraction) -> str:
        """Write a percentage, and say so where it is rounded."""
        text = percent_text(fraction)
        number = text.removeprefix("~").removesuffix("%").replace(".", self.words.locale.decimal)
        written = self.apart(self.words.locale.percent.format(number=number))
        return self.say("about", percent=written) if text.startswith("~") else written

    def dated(self, day: date) -> str:
        """Write a date with the name of its month."""
        return self._date(self.words.locale.date, day)

    def day_and_month(self, day: date) -> str:
        """Write a date without its year, where that stands beside it."""
        return self._date(_YEAR.sub("", self.words.locale.date), day)

    def long_date(self, day: date) -> str:
        """Write a date with its weekday."""
        return capitalized(self._date(self.words.locale.long_date, day))

    def date_and_weekday(self, day: date) -> tuple[str, str]:
        """Write a date, and its weekday beside it."""
        return self.dated(day), capitalized(self.words.weekdays[day.weekday()])

    def _date(self, template: str, day: date) -> str:
        month, weekday = self.words.locale.months_in_date[day.month - 1], self.words.weekdays[day.weekday()]
        number = self.words.first_of_month if day.day == 1 else str(day.day)
        # a line may end before the year, which narrow columns need, but never between day and month
        whole = _DAY_AND_MONTH.sub(lambda found: found[0].replace(" ", NBSP), template).replace(
            "de {year}", f"de{NBSP}{{year}}"
        )
        return whole.format(day=number, month=month.replace(" ", NBSP), year=day.year, weekday=weekday)

    def span(self, start: date, end: date) -> str:
        """Write the first and last day of a step."""
        name = "one_day" if start == end else "from_to"
        first, last = (self.dated(day).replace(" ", NBSP) for day in (start, end))
        return self.say(name, start=first, end=last)

    def short_span(self, start: date, end: date) -> str:
        """Write the same for a narrow column: short names of months, and the year once where it is the same."""
        first, last = (self._short(day, with_year=day is end or start.year != end.year) for day in (start, end))
        return last if start == end else self.say("from_to", start=first, end=last)

    def _short(self, day: date, *, with_year: bool) -> str:
        template = self.words.locale.date if with_year else _YEAR.sub("", self.words.locale.date)
        number = self.words.first_of_month if day.day == 1 else str(day.day)
        written = template.format(day=number, month=self.words.months_short[day.month - 1], year=day.year)
        return written.replace(" ", NBSP)

    def listed(self, parts: list[str]) -> str:
        """Join words: a, b and c."""
        if len(parts) < 2:
            return "".join(parts)
        return self.say("and", first=(self.words.between or self.say("comma")).join(parts[:-1]), last=parts[-1])

    def together(self, parts: list[str]) -> str:
        """Join the products of one dose: "and" would be read as that between a whole tablet and a half."""
        first, *others = parts or [""]
        return " ".join([first, *(self.say("short_more", some=part) for part in others)])

    def lines(self, parts: list[str]) -> tuple[str, ...]:
        """Join words as `together` does, a line for each; the sign stays with what it adds."""
        return tuple(
            self.say("short_more", some="\0").replace(" ", NBSP).replace("\0", part) if at else part
            for at, part in enumerate(parts)
        )
