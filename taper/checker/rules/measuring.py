"""How a dose is measured at home: fillings of a syringe, powder on a scale."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.headline import headline, left_out
from taper.checker.texts import say
from taper.checker.uses import missing, uses_of
from taper.checker.wording import (
    day_text,
    days_text,
    device_text,
    dose_text,
    drug_text,
    exact_dose,
    exact_ml,
    joined,
    number_text,
    product_text,
)
from taper.finding import Finding, Outcome, Severity
from taper.order.product import OrderedProduct
from taper.quantity import Mg, Pieces, exact_text
from taper.schedule.regimen import Item


@rule("T215", "more than one filling", since="0.2.0")
def fillings(case: Case) -> Iterator[Outcome]:
    """A volume is more than the device holds, so it is drawn in several fillings.

    What: Each volume of a liquid against what the order says that its device holds, or a device that is named by its
        volume alone, such as "5 mL oral syringe". Nothing is assumed of a device whose capacity is not known.
    Why: Each filling is one more chance to miscount. No source that was read says from how many fillings on this
        matters, so this is a note that counts.
    What to do: Name a device that holds the dose, or order tablets or a stronger liquid for the larger doses.
    """
    yield from missing(case, "T215", say("T215.about"))
    if case.order is None:
        return
    products = case.products

    def number(item: Item, ordered: OrderedProduct) -> Fraction | None:
        drawn = ordered.fillings(item.volume) if item.volume is not None else None
        return None if drawn is None else Fraction(drawn.number)

    for name, use in uses_of(case, number).items():
        ordered = products[name]
        assert ordered.capacity is not None
        said = {"count": number_text(use.worst), "capacity": exact_ml(ordered.capacity)}
        said |= {"days": days_text(use.days), "day": day_text(use.first)}
        line = headline(say("T215.message", product=product_text(name), **said), say("T215.short", **said))
        yield Finding(
            code="T215",
            severity=Severity.NOTE,
            message=line,
            step=use.step,
            on=use.first,
            until=use.last,
            measured=exact_text(use.worst),
            limit="1",
            advice=say("T215.advice"),
            detail=joined(left_out(line, product_text(name)), say("T215.detail", device=device_text(ordered.device))),
        )


@rule("T216", "weighed powder", since="0.2.0")
def weighed_powder(case: Case) -> Iterator[Outcome]:
    """A dose is weighed as the powder of a tablet.

    What: Each product whose powder the order has weighed with a scale, with the drug in the smallest step of the scale.
    Why: No label that was read supports it: labels say what a whole tablet holds, and some that a part of it is an
        equal dose; none that its powder holds the same in every milligram. How the powder keeps is not said either.
    What to do: Order a lower strength, a liquid, or a suspension that a pharmacy makes.
    """
    yield from missing(case, "T216", say("T216.about"))
    if case.order is None:
        return
    products = case.products

    def powder(item: Item, ordered: OrderedProduct) -> Fraction | None:
        return item.count.value if ordered.weight is not None and item.count is not None else None

    for name, use in uses_of(case, powder).items():
        ordered = products[name]
        assert ordered.weight is not None
        said = {"days": days_text(use.days), "day": day_text(use.first)}
        line = headline(say("T216.message", product=product_text(name), **said), say("T216.short", **said))
        step = dose_text(Mg(ordered.smallest.value))
        scale = exact_dose(Mg(ordered.powder(Pieces(ordered.split or 0)).value))
        detail = say(
            "T216.detail",
            weight=exact_dose(Mg(ordered.weight.value)),
            scale=say("T216.of powder", amount=scale),
            step=step,
            drug=drug_text(ordered.product.drug),
            device=device_text(ordered.device),
        )
        yield Finding(
            code="T216",
            severity=Severity.WARNING,
            message=line,
            step=use.step,
            on=use.first,
            until=use.last,
            measured=exact_text(ordered.smallest.value),
            sources=ordered.product.sources,
            advice=say("T216.advice"),
            detail=joined(left_out(line, product_text(name)), detail),
        )
