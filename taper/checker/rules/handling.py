"""What a patient handles: pieces, quarters, products that can be confused, volumes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.headline import NO_ORDER, NO_PIECES, headline, left_out
from taper.checker.uses import Use, missing, uses_of
from taper.checker.wording import count_text, day_text, dose_text, span_text
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.order.product import OrderedProduct
from taper.quantity import Mg, Pieces, exact_text, plain_text
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
        yield NotEvaluated("T208", NO_ORDER, "pieces in one intake")
        return
    if not case.takings.items:
        yield NotEvaluated("T208", NO_PIECES, "pieces in one intake")
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
    what = "tablets or capsules" if all(item.volume is None for item in case.takings.items) else "pieces or measures"
    if use is not None:
        yield Finding(
            code="T208",
            severity=Severity.WARNING,
            message=f"Up to {exact_text(use.worst)} {what} at a time on {count_text(use.days, 'day')} from "
            f"{day_text(use.first)}; the order allows {most}.",
            step=use.step,
            on=use.first,
            until=use.last,
            measured=exact_text(use.worst),
            limit=str(most),
            advice="Add a higher strength, or allow more at a time if this is intended.",
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
    yield from missing(case, "T209", "quarters")
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
        f"{name}: {_parts(use.worst)} ({smallest[name]}) on {count_text(use.days, 'day')}, "
        f"{span_text(use.first, use.last)}."
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
        advice="Have the patient try it first; if it does not work, order a lower strength or a liquid.",
        detail=" ".join([*said, "No published size of this tablet was read."]),
    )


def _quarters_line(uses: dict[str, Use], smallest: dict[str, str], first: Use) -> str:
    parts = " and ".join(dict.fromkeys(_parts(use.worst) for use in uses.values()))
    parts, begin = parts if len(parts) < 40 else "small parts", f"from {day_text(first.first)}."
    many = f"{count_text(len(uses), 'product')} {'is' if len(uses) == 1 else 'are'} taken in {parts}"
    ways = [f"{many} ({', '.join(uses)}) {begin}"]
    if len(uses) == 1:
        ((name, use),) = uses.items()
        ways = [f"{name} is taken in {parts} ({smallest[name]} each) on {count_text(use.days, 'day')} {begin}"]
    return headline(*ways, f"{many} {begin}")


def _parts(part: Fraction) -> str:
    return "quarters" if part == 4 else f"parts of 1/{part}"


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
    yield from missing(case, "T210", "products alike")
    if case.order is None:
        return
    products = case.products
    uses = uses_of(case, lambda _item, _ordered: _ONE)
    for name, other in combinations(uses, 2):
        weak, strong = sorted((products[name], products[other]), key=lambda ordered: ordered.product.strength)
        likeness = _alike(weak, strong)
        if likeness is not None:
            severity, why = likeness
            since = f" from {day_text(max(uses[name].first, uses[other].first))}"
            ratio = strong.product.strength / weak.product.strength
            both = f"{weak.name} and {strong.name} are both in the plan"
            line = headline(f"{both}{since}: {why}.", f"{both}: {why}.", f"Two products are in the plan{since}: {why}.")
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
                advice="Leave one out, or point out the difference on the handout and at the pharmacy.",
                detail=left_out(line, _as_named(weak), _as_named(strong)),
            )


def _alike(weak: OrderedProduct, strong: OrderedProduct) -> tuple[Severity, str] | None:
    ratio = strong.product.strength / weak.product.strength
    if weak.product.is_liquid != strong.product.is_liquid:
        return None
    if weak.product.is_liquid:
        if ratio == 1:
            return None
        return Severity.WARNING, f"the same volume holds {_times(ratio)} the dose"
    if ratio == 1:
        same = weak.product.form == strong.product.form
        return (
            None
            if same
            else (Severity.NOTE, f"same strength, different form ({weak.product.form}, {strong.product.form})")
        )
    if ratio.denominator == 1 and set(str(ratio.numerator)) == {"1", "0"}:
        return Severity.NOTE, f"same digits, {_times(ratio)} the dose"
    return None


def _times(ratio: Fraction) -> str:
    return f"{plain_text(ratio)} times"


def _as_named(ordered: OrderedProduct) -> str:
    return f"{ordered.name}{f' ({ordered.product.maker})' if ordered.product.maker else ''}"


@rule("T211", "volume that cannot be measured", since="0.1.0")
def unmeasurable(case: Case) -> Iterator[Outcome]:
    """A volume is not a multiple of the device's graduation.

    What: Each volume of a liquid against the graduation that the order names for it; drops against
        whole drops. No tolerance: amounts are exact.
    Why: Between two lines a volume is guessed. Which lines a syringe has depends on its maker: 1 mL
        syringes are read with lines of 0.01, 0.02 and 0.1 mL, so the order names the device.
    What to do: Choose a dose on a line, or name a device with finer lines.
    """
    yield from missing(case, "T211", "volumes to be measured")
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
        line = f"{plain_text(ordered.graduation.value)} mL"
        what = (
            f"is not a whole number of drops ({line} each)"
            if ordered.in_drops
            else f"lies between two lines (every {line})"
        )
        when = f"on {count_text(use.days, 'day')} from {day_text(use.first)}."
        volume = f"{plain_text(use.worst)} mL"
        yield Finding(
            code="T211",
            severity=Severity.ALERT,
            message=headline(f"{volume} of {name} {what} {when}", f"{volume} of a liquid {what} {when}"),
            step=use.step,
            on=use.first,
            until=use.last,
            measured=exact_text(use.worst),
            limit=exact_text(ordered.graduation.value),
            advice="Choose a dose on a line, or a device with finer lines.",
            detail=f"{name}; measured with: {ordered.device}."
            f"{'' if ordered.in_drops else ' Between two lines a volume is guessed.'}",
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
    yield from missing(case, "T212", "drops")
    if case.order is None:
        return
    products = case.products

    def in_ml(item: Item, ordered: OrderedProduct) -> Fraction | None:
        product = ordered.product
        drops = product.form == "oral drops" and product.drops_per_ml is not None and not ordered.in_drops
        return item.volume.value if drops and item.volume is not None else None

    for name, use in uses_of(case, in_ml).items():
        product = products[name].product
        what = f"measured in mL on {count_text(use.days, 'day')} from {day_text(use.first)}"
        counts = f"but its label counts drops ({product.drops_per_ml} in 1 mL)."
        line = headline(f"{name} is {what}, {counts}", f"A liquid is {what}, {counts}")
        yield Finding(
            code="T212",
            severity=Severity.NOTE,
            message=line,
            step=use.step,
            on=use.first,
            until=use.last,
            measured=exact_text(use.worst),
            sources=product.sources,
            advice="Order it in drops, counted with the dropper of the bottle.",
            detail=left_out(line, _as_named(products[name])),
        )
