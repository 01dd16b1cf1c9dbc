"""How tablets are split: what their scores and labels say about the parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from taper.catalog import Product
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.wording import count_text, day_text
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.order.product import OrderedProduct

_PARTS = {2: "halves", 4: "quarters"}
_FINEST = {"halves": 2, "line": 2, "quarters": 4}


@dataclass(slots=True)
class Split:
    """The parts of one product that one rule is about.

    Attributes:
        ordered: The product.
        part: The smallest part: 2 for halves, 4 for quarters, larger where the count is finer still.
        step: First step that needs it.
        first: First day.
        last: Last day.
        days: Number of days.
    """

    ordered: OrderedProduct
    part: int
    step: int
    first: date
    last: date
    days: int = 0


def judge(product: Product, part: int) -> str:
    """Return the code of the rule about a part of a product; empty if its label allows the part.

    Args:
        product: The product.
        part: 2 for halves, 4 for quarters.
    """
    if product.is_liquid:
        return ""
    if product.splittable == "never":
        return "T205" if product.form.startswith("ER ") else "T206"
    if product.splittable == "forbidden":
        return "T203"
    finest = _FINEST.get(product.score)
    if product.splittable == "unscored" or part > (finest or 4):
        return "T202"
    by_label = product.splittable == "label" and (finest is not None or part == 2)
    return "" if by_label else "T204"


def _splits(case: Case, code: str) -> tuple[list[Split], list[NotEvaluated]]:
    """Find the splits that a rule is about, one for each product, and what could not be evaluated."""
    if case.order is None:
        return [], [NotEvaluated(code, "the schedule has no order that names its products")]
    products = {ordered.name: ordered for ordered in case.order.products}
    splits: dict[str, Split] = {}
    unknown: set[str] = set()
    named = False
    for step in case.schedule.steps:
        parts: dict[str, int] = {}
        for item in (item for intake in step.intakes for item in intake.items):
            named = True
            part = item.count.value.denominator if item.count is not None else 1
            if part > 1 and item.product not in products:
                unknown.add(item.product)
            elif part > 1 and judge(products[item.product].product, part) == code:
                parts[item.product] = max(part, parts.get(item.product, 0))
        for name, part in parts.items():
            split = splits.setdefault(name, Split(products[name], part, step.number, step.start, step.end))
            split.part, split.last = max(part, split.part), max(step.end, split.last)
            split.days += step.days
    reasons = [f"'{name}' is not among the products of the order" for name in sorted(unknown)]
    if not named:
        reasons.append("the schedule does not name the pieces of any dose")
    return [splits[name] for name in sorted(splits)], [NotEvaluated(code, reason) for reason in reasons]


def _judge(case: Case, code: str, severity: Severity, why: Callable[[Split], str], advice: str) -> Iterator[Outcome]:
    splits, missing = _splits(case, code)
    yield from missing
    for split in splits:
        parts = _PARTS.get(split.part, f"parts of 1/{split.part}")
        product = split.ordered.product
        yield Finding(
            code=code,
            severity=severity,
            message=f"{split.ordered.name}{f' ({product.maker})' if product.maker else ''} is split into {parts} on "
            f"{count_text(split.days, 'day')}, first on {day_text(split.first)}. {why(split)}",
            step=split.step,
            on=split.first,
            until=split.last,
            measured=f"1/{split.part}",
            limit="1",
            sources=product.sources,
            advice=advice,
        )


@rule("T202", "split without a score", since="0.1.0")
def split_without_score(case: Case) -> Iterator[Outcome]:
    """A tablet is split that has no line, or more finely than its line allows.

    What: Parts of a tablet whose label says that it is not scored, quarters of one that is scored for
        halves, and parts smaller than quarters.
    Why: Without a line the parts may differ in weight, and so in dose.
    What to do: Order a scored tablet, a lower strength or a liquid.
    """

    def why(split: Split) -> str:
        if split.ordered.product.splittable == "unscored":
            return "The tablet has no score line."
        return "This is finer than its score line allows."

    yield from _judge(case, "T202", Severity.ALERT, why, "Order a scored tablet, a lower strength or a liquid.")


@rule("T203", "split that the label forbids", since="0.1.0")
def split_against_label(case: Case) -> Iterator[Outcome]:
    """A tablet is split although its label says that the line is not for dosing.

    What: Parts of a tablet whose label says that its line does not divide it into equal doses.
    Why: Some lines are decoration, or only help to swallow the tablet.
    What to do: Order another maker's tablet, a lower strength or a liquid.
    """
    yield from _judge(
        case,
        "T203",
        Severity.ALERT,
        lambda _: "Its label says that the line is not for dividing it into equal doses.",
        "Order another maker's tablet, a lower strength or a liquid.",
    )


@rule("T204", "split of a tablet with an unknown score", since="0.1.0")
def split_unknown(case: Case) -> Iterator[Outcome]:
    """A tablet is split, and no source that was read says that its parts are equal.

    What: Parts of a tablet whose score is not known, differs between makers, or whose label does not
        say that the parts are equal doses.
    Why: A score belongs to a maker's product, not to a drug and a strength.
    What to do: Ask the pharmacy which maker's tablet it supplies, and read its label.
    """

    def why(split: Split) -> str:
        if split.ordered.product.score in _FINEST:
            return "It has a line, but no source that was read says that the parts are equal doses."
        return "Its score is not known, or differs between makers."

    yield from _judge(
        case, "T204", Severity.NOTE, why, "Ask the pharmacy which maker's tablet it is, and read its label."
    )


@rule("T205", "split of an extended-release form", since="0.1.0")
def split_extended_release(case: Case) -> Iterator[Outcome]:
    """An extended-release tablet or capsule is split.

    What: Parts of a product whose form is an extended-release tablet or capsule.
    Why: Labels of extended-release forms that were read say not to crush or chew them; none allows a part.
    What to do: Change to an immediate-release product; that is a new decision on dose and times.
    """
    yield from _judge(
        case,
        "T205",
        Severity.ALERT,
        lambda _: "Labels of extended-release forms that were read say not to crush or chew them; none allows a part.",
        "Change to an immediate-release product; that is a new decision on dose and times.",
    )


@rule("T206", "split of a form that is never split", since="0.1.0")
def split_never(case: Case) -> Iterator[Outcome]:
    """A capsule, orally disintegrating tablet or other form that cannot be divided is split.

    What: Parts of a product whose form does not allow parts, extended-release forms aside (T205).
    Why: The parts cannot be made, or not kept for the next dose.
    What to do: Order a tablet or a liquid.
    """
    yield from _judge(
        case,
        "T206",
        Severity.ALERT,
        lambda split: f"A form like this ({split.ordered.product.form}) is not divided.",
        "Order a tablet or a liquid.",
    )
