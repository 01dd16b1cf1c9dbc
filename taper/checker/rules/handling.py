"""What a patient handles: pieces, quarters, products that can be confused, volumes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.headline import NO_ORDER, NO_PIECES, headline, left_out
from taper.checker.texts import say
from taper.checker.uses import Use, missing, uses_of
from taper.checker.wording import (
    day_text,
    days_text,
    device_text,
    dose_text,
    form_text,
    joined,
    listed,
    made_by,
    ml_text,
    number_text,
    plain_number,
    product_text,
    span_text,
)
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.message import Message
from taper.order.product import OrderedProduct
from taper.quantity import Mg, Pieces, exact_text
from taper.schedule.regimen import Item

_ONE = Fraction(1)


@rule("T208", "pieces in one intake", since="0.1.0")
def many_pieces(case: Case) -> Iterator[Outcome]:
    """An intake has more pieces than the order allows.

    What: The tablets and capsules of each intake, a half or a quarter counted as one piece, three
        quarters as two, a liquid or a weighed powder as one measure, against the most pieces in one
        intake that the order allows. No guidance that was read prints such a number: it is the order's own.
    Why: Many pieces are miscounted, and a schedule from elsewhere may not know the order.
    What to do: Add a stronger product, or allow more pieces in one intake if so many are meant.
    """
    if case.order is None:
        yield NotEvaluated("T208", NO_ORDER, say("T208.about"))
        return
    if not case.takings.items:
        yield NotEvaluated("T208", NO_PIECES, say("T208.about"))
    most = case.order.max_units
    use: Use | None = None
    powders = {ordered.name for ordered in case.order.products if ordered.weight is not None}
    units_of = [1 if item.product in powders else _units(item) for item in case.takings.items]
    for step, intakes in case.takings.steps:
        for places in intakes:
            units = sum([units_of[place] for place in places])
            if units > most:
                use = use or Use(step.number, step.start, step.end, Fraction(units))
                use.add(step, Fraction(units))
    solid = all(item.volume is None for item in case.takings.items)
    if use is not None:
        said = {"count": number_text(use.worst), "days": days_text(use.days), "day": day_text(use.first)}
        yield Finding(
            code="T208",
            severity=Severity.WARNING,
            message=say("T208.message" if solid else "T208.measures", most=most, **said),
            step=use.step,
            on=use.first,
            until=use.last,
            measured=exact_text(use.worst),
            limit=str(most),
            advice=say("T208.advice"),
        )


def _units(item: Item) -> int:
    if item.count is None:
        return int(bool(item.volume))
    count = item.count.value
    whole, rest = divmod(count.numerator, count.denominator)
    return whole + (2 if (rest, count.denominator) == (3, 4) else rest > 0)


@rule("T209", "quarters", since="0.1.0")
def quarters(case: Case) -> Iterator[Outcome]:
    """A tablet is taken in quarters, or in smaller parts.

    What: Each product of which a quarter or a smaller part is taken, with the dose in the smallest
        part. Whether the label allows it is for T202 to T206.
    Why: A quarter of a small tablet is hard to make and hard to see. No size of a tablet, and no size
        below which it should not be quartered, is in any source that was read: so this is a note
        that measures, without a limit.
    What to do: Let the person try it before the step begins; if it does not work, order a lower
        strength or a liquid.
    """
    yield from missing(case, "T209", say("T209.about"))
    if case.order is None:
        return
    products = case.products
    uses = uses_of(case, lambda item, ordered: None if ordered.weight is not None else _fine_part(item.count))
    if not uses:
        return
    smallest = {name: dose_text(Mg(products[name].product.strength.value / use.worst)) for name, use in uses.items()}
    first = min(uses.values(), key=lambda use: use.first)
    finest = max(use.worst for use in uses.values())
    said = [
        say(
            "T209.one",
            product=product_text(name),
            parts=_parts(use.worst),
            dose=smallest[name],
            days=days_text(use.days),
            span=span_text(use.first, use.last),
        )
        for name, use in uses.items()
    ]
    yield Finding(
        code="T209",
        severity=Severity.NOTE,
        message=_quarters_line(uses, smallest, first),
        step=first.step,
        on=first.first,
        until=max(use.last for use in uses.values()),
        measured=f"1/{finest}",
        sources=tuple(dict.fromkeys(source for name in uses for source in products[name].product.sources)),
        advice=say("T209.advice"),
        detail=joined(*said, say("T209.detail")),
    )


def _quarters_line(uses: dict[str, Use], smallest: dict[str, Message], first: Use) -> Message:
    parts = listed(list(dict.fromkeys(_parts(use.worst) for use in uses.values())), " and ")
    said = {"parts": parts if len(parts) < 40 else say("T209.small parts"), "day": day_text(first.first)}
    if len(uses) == 1:
        ((name, use),) = uses.items()
        whole = say("T209.message", product=product_text(name), dose=smallest[name], days=days_text(use.days), **said)
        return headline(whole, say("T209.short", **said))
    names = listed([product_text(name) for name in uses], ", ")
    several = say("T209.several", count=len(uses), products=names, **said)
    return headline(several, say("T209.several.short", count=len(uses), **said))


def _parts(part: Fraction) -> Message:
    return say("parts.quarters") if part == 4 else say("parts.of", part=plain_number(part))


def _fine_part(count: Pieces | None) -> Fraction | None:
    part = count.value.denominator if count is not None else 1
    return Fraction(part) if part > 2 else None


@rule("T210", "products that can be taken for each other", since="0.1.0")
def look_alikes(case: Case) -> Iterator[Outcome]:
    """Two products of one drug in the same plan can be taken for each other.

    What: Two liquids of different strength (a warning); two strengths of tablets or capsules that are
        ten, a hundred … times apart, so that the same digits stand on both packs, and two forms of
        the same strength, such as a tablet and an extended-release tablet (notes).
    Why: The volume of one liquid, drawn from the other, is many times the dose: both US liquids of
        diazepam stand on one label, fivefold apart, two UK ones on one leaflet. That tablets are
        mixed up by their digits is not a finding of a source that was read; how many times the dose
        would be is arithmetic.
    What to do: Do without one of the two; if both are needed, say so on the paper and at the pharmacy.
    """
    yield from missing(case, "T210", say("T210.about"))
    if case.order is None:
        return
    products = case.products
    uses = uses_of(case, lambda _item, _ordered: _ONE)
    for name, other in combinations(uses, 2):
        weak, strong = sorted((products[name], products[other]), key=lambda ordered: ordered.product.strength)
        likeness = _alike(weak, strong)
        if likeness is not None:
            severity, why = likeness
            day = day_text(max(uses[name].first, uses[other].first))
            ratio = strong.product.strength / weak.product.strength
            both = {"weak": product_text(weak.name), "strong": product_text(strong.name)}
            line = headline(
                say("T210.message", day=day, why=why, **both),
                say("T210.both", why=why, **both),
                say("T210.short", day=day, why=why),
            )
            later = max(uses[name], uses[other], key=lambda use: use.first)
            yield Finding(
                code="T210",
                severity=severity,
                message=line,
                step=later.step,
                on=later.first,
                until=max(uses[name].last, uses[other].last),
                measured=exact_text(ratio),
                limit="1",
                sources=tuple(dict.fromkeys((*weak.product.sources, *strong.product.sources))),
                advice=say("T210.advice"),
                detail=left_out(line, _as_named(weak), _as_named(strong)),
            )


def _alike(weak: OrderedProduct, strong: OrderedProduct) -> tuple[Severity, Message] | None:
    ratio = strong.product.strength / weak.product.strength
    if weak.product.is_liquid != strong.product.is_liquid:
        return None
    if weak.product.is_liquid:
        if ratio == 1:
            return None
        return Severity.WARNING, say("T210.volume", times=_times(ratio))
    if ratio == 1:
        one, other = weak.product.form, strong.product.form
        if one == other:
            return None
        return Severity.NOTE, say("T210.forms", one=form_text(one), other=form_text(other))
    if ratio.denominator == 1 and set(str(ratio.numerator)) == {"1", "0"}:
        return Severity.NOTE, say("T210.digits", times=_times(ratio))
    return None


def _times(ratio: Fraction) -> Message:
    return say("times", number=plain_number(ratio))


def _as_named(ordered: OrderedProduct) -> Message:
    return made_by(ordered.name, ordered.product.maker)


@rule("T211", "volume that cannot be measured", since="0.1.0")
def unmeasurable(case: Case) -> Iterator[Outcome]:
    """A volume is not a multiple of the device's graduation.

    What: Each volume of a liquid against the graduation that the order names for it; drops against
        whole drops. No tolerance: amounts are exact.
    Why: Between two lines a volume is guessed. Which lines a syringe has depends on its maker: 1 mL
        syringes are read with lines of 0.01, 0.02 and 0.1 mL, so the order names the device.
    What to do: Choose a dose on a line, or name a device with finer lines.
    """
    yield from missing(case, "T211", say("T211.about"))
    if case.order is None:
        return
    products = case.products

    def off(item: Item, ordered: OrderedProduct) -> Fraction | None:
        if item.volume is None or ordered.graduation is None:
            return None
        return None if (item.volume / ordered.graduation).denominator == 1 else item.volume.value

    for name, use in uses_of(case, off).items():
        ordered = products[name]
        assert ordered.graduation is not None
        said = {"volume": ml_text(use.worst), "line": ml_text(ordered.graduation.value)}
        said |= {"days": days_text(use.days), "day": day_text(use.first)}
        ways = [say("T211.message", product=product_text(name), **said), say("T211.short", **said)]
        if ordered.in_drops:
            ways = [say("T211.drops", product=product_text(name), **said), say("T211.drops.short", **said)]
        detail = {"product": product_text(name), "device": device_text(ordered.device)}
        yield Finding(
            code="T211",
            severity=Severity.ALERT,
            message=headline(*ways),
            step=use.step,
            on=use.first,
            until=use.last,
            measured=exact_text(use.worst),
            limit=exact_text(ordered.graduation.value),
            advice=say("T211.advice"),
            detail=say("T211.drops.detail", **detail) if ordered.in_drops else say("T211.detail", **detail),
        )


@rule("T212", "drops measured in mL", since="0.1.0")
def drops_in_ml(case: Case) -> Iterator[Outcome]:
    """Drops with a published number of drops in 1 mL are measured in mL.

    What: Oral drops whose label prints how many make 1 mL, where the order measures them with a
        syringe.
    Why: Such a label gives its doses in drops; one that was read (clonazepam, Australia) says "as
        DROPS ONLY".
    What to do: Name the dropper of the bottle as device and "1 drop" as graduation.
    """
    yield from missing(case, "T212", say("T212.about"))
    if case.order is None:
        return
    products = case.products

    def in_ml(item: Item, ordered: OrderedProduct) -> Fraction | None:
        product = ordered.product
        drops = product.form == "oral drops" and product.drops_per_ml is not None and not ordered.in_drops
        return item.volume.value if drops and item.volume is not None else None

    for name, use in uses_of(case, in_ml).items():
        product = products[name].product
        assert product.drops_per_ml is not None
        said = {"days": days_text(use.days), "day": day_text(use.first), "drops": product.drops_per_ml}
        line = headline(say("T212.message", product=product_text(name), **said), say("T212.short", **said))
        yield Finding(
            code="T212",
            severity=Severity.NOTE,
            message=line,
            step=use.step,
            on=use.first,
            until=use.last,
            measured=exact_text(use.worst),
            sources=product.sources,
            advice=say("T212.advice"),
            detail=left_out(line, _as_named(products[name])),
        )
