"""The values of an order as clinicians read them: intervals, steps, times, splitting, products, facts of the person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, Self

from taper import catalog
from taper.errors import TaperError
from taper.interval import Interval
from taper.order.parts import WEEKDAYS
from taper.paper.phrases import Phrases, unbroken
from taper.quantity import Pieces, exact_text

if TYPE_CHECKING:
    from taper.order.product import OrderedProduct
    from taper.order.reduction import Reduction
    from taper.quantity import Ml, Powder

_Unit = Literal["day", "week", "month"]


class Length(str):
    """An interval in words; ``{every:each}`` in a template asks for it as "every 2 weeks".

    >>> length = Length("2 weeks", "every 2 weeks")
    >>> f"{length}, {length:each}"
    '2 weeks, every 2 weeks'
    """

    __slots__ = ("_each",)
    _each: str

    def __new__(cls, text: str, each: str) -> Self:
        """Make it of both its forms."""
        length = super().__new__(cls, text)
        length._each = each
        return length

    def __format__(self, form: str) -> str:
        """Return one of the forms."""
        return self._each if form == "each" else str(self)


def _number(span: Interval) -> tuple[int, _Unit]:
    if span.months:
        return span.months, "month"
    return (span.days // 7, "week") if span.days % 7 == 0 else (span.days, "day")


def length(span: Interval, phrases: Phrases) -> Length:
    """Write an interval: "1 week", "2 weeks"."""
    number, unit = _number(span)
    return Length(phrases.words.counted(unit, number), phrases.words.counted(f"each {unit}", number))  # type: ignore[arg-type]


def every(span: Interval, phrases: Phrases) -> Length:
    """Write an interval that follows "every": "week", "2 weeks"."""
    written = length(span, phrases)
    return Length(written.removeprefix("1 "), f"{written:each}")


def reduction(rule: Reduction, phrases: Phrases) -> str:
    """Write how far one cut may go."""
    say, locale = phrases.words.clinician, phrases.words.locale
    if rule.points is not None:
        text = say["reduce_points"].format(points=phrases.apart(_decimal(exact_text(rule.points * 100), phrases)))
    elif rule.fraction is not None:
        percent = locale.percent.format(number=_decimal(exact_text(rule.fraction * 100), phrases))
        text = say[f"reduce_{rule.basis}"].format(percent=phrases.apart(percent))
    else:
        assert rule.amount is not None
        text = phrases.dose(rule.amount)
    return text if rule.at_least is None else say["reduce_floor"].format(reduce=text, dose=phrases.dose(rule.at_least))


def _decimal(number: str, phrases: Phrases) -> str:
    return number.replace(".", phrases.words.locale.decimal)


def time(name: str, phrases: Phrases) -> str:
    """Write a time of day within a line."""
    written = phrases.words.times[name]  # type: ignore[index]
    return written[:1].lower() + written[1:]


def times(names: Iterable[str], phrases: Phrases) -> str:
    """Write some times of day in their order."""
    return phrases.say("comma").join(time(name, phrases) for name in names)


def weekday(name: str, phrases: Phrases) -> str:
    """Write a day of the week."""
    return phrases.words.weekdays[WEEKDAYS.index(name)]


def spread(name: str, phrases: Phrases) -> str:
    """Write which of the doses of a day is cut."""
    return phrases.words.clinician[f"spread_{name}"]


def scale(ordered: OrderedProduct, phrases: Phrases) -> str:
    """Write the smallest weight of powder that its scale tells apart."""
    if phrases.words.code.startswith("en"):
        return ordered.portions.removeprefix("in steps of ")
    return phrases.say("powder", weight=amount(ordered.powder(Pieces(ordered.split or 0)), phrases))


def split(name: str, phrases: Phrases) -> str:
    """Write a name of the parts of a tablet; one that has no word stays as it is."""
    return phrases.words.clinician.get(f"split_{name}", name)


def amount(some: Ml | Powder, phrases: Phrases) -> str:
    """Write a volume or a weight of powder as the order has it."""
    return phrases.apart(_decimal(unbroken(str(some)), phrases))


def drug(name: str, phrases: Phrases) -> str:
    """Write the name of a drug with its tall-man letters."""
    return phrases.apart(phrases.tall_name(name), name=True)


def equivalence(named: str, phrases: Phrases) -> str:
    """Write the table that a switch names, with its title, or the clinician's own equivalence as given."""
    try:
        return phrases.apart(f"{named}, {catalog.table(named).title}", name=True)
    except TaperError:
        return phrases.apart(unbroken(named), name=True)


def product(name: str, phrases: Phrases) -> str:
    """Write the name of a product: in English as the order has it, else by drug, form and strength."""
    return unbroken(name) if phrases.words.code.startswith("en") else phrases.named(name)


def products(names: Iterable[str], phrases: Phrases) -> str:
    """Write the names of some products; a comma may be part of one in other languages than English."""
    between = "comma" if phrases.words.code.startswith("en") else "semicolon"
    return phrases.say(between).join(product(name, phrases) for name in names)


def fact(name: str, value: object, phrases: Phrases) -> str:
    """Write a fact about the person as the order has it."""
    say = phrases.words.clinician
    text = say["yes" if value else "no"] if isinstance(value, bool) else str(value)
    return say["recorded"].format(name=say[f"patient_{name}"], value=text)
