"""How tablets are split: what their scores and labels say about the parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain

from taper.catalog import Product
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.headline import NO_ORDER, NO_PIECES, NOT_ORDERED, headline
from taper.checker.texts import say
from taper.checker.wording import (
    count_text,
    day_text,
    days_text,
    joined,
    listed,
    made_by,
    product_text,
    quoted,
    span_text,
)
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.message import Message
from taper.order.product import OrderedProduct
from taper.schedule.regimen import Item
from taper.schedule.schedule import Step
from taper.values import dataclass

_FINEST = {"halves": 2, "line": 2, "quarters": 4}
_TOPIC = say("splitting.about")


@dataclass(frozen=True, slots=True)
class Split:
    """The parts of one product that one rule is about.

    Attributes:
        ordered: The product.
        parts: The parts: 2 for halves, 4 for quarters, larger where the count is finer still.
        step: First step that needs it.
        first: First day.
        last: Last day.
        days: Number of days on each step that needs it, by the place of the step.
    """

    ordered: OrderedProduct
    parts: set[int]
    step: int
    first: date
    last: date
    days: dict[int, int]

    @property
    def finest(self) -> int:
        """The smallest part."""
        return max(self.parts)


@dataclass(frozen=True, slots=True)
class _Kind:
    """How the splits of one kind are said.

    Attributes:
        severity: How much they matter.
        key: Beginning of the keys of its texts.
        noun: What the products are called.
    """

    severity: Severity
    key: str
    noun: str = "tablet"

    def says(self, what: str, **blanks: object) -> Message:
        """Return one of its texts: its line for one product or several, what is known, or what could be done."""
        return say(f"splitting.{self.key}.{what}", **blanks)


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
        return [], [NotEvaluated(code, NO_ORDER, _TOPIC)]
    found = _judged(case).get(code, {})
    items = case.takings.items
    unknown = {item.product for item in items if _part(item) > 1 and item.product not in case.products}
    missing = [NotEvaluated(code, NOT_ORDERED, quoted(product_text(name))) for name in sorted(unknown)]
    if not items:
        missing.append(NotEvaluated(code, NO_PIECES, _TOPIC))
    return [_split(case.products[name], *found[name]) for name in sorted(found)], missing


def _split(ordered: OrderedProduct, parts: set[int], steps: dict[int, Step]) -> Split:
    first, last = steps[min(steps)], max(step.end for step in steps.values())
    return Split(ordered, parts, first.number, first.start, last, {place: step.days for place, step in steps.items()})


def _part(item: Item) -> int:
    """Return which part of a product is taken: 1 for whole pieces and liquids."""
    return 1 if item.count is None else item.count.value.denominator


def _judged(case: Case) -> dict[str, dict[str, tuple[set[int], dict[int, Step]]]]:
    """Return what each rule is about, by its code: of each product the parts, and the steps that need them by place."""
    if not case.parts:
        found: list[tuple[set[int], dict[int, Step]] | None] = []
        for item in case.takings.items:
            part, ordered = _part(item), case.products.get(item.product)
            if part > 1 and ordered is not None and ordered.weight is None:  # powder is for T216
                of_rule = case.parts.setdefault(judge(ordered.product, part), {})
                split = of_rule.setdefault(item.product, (set(), {}))
                split[0].add(part)
            else:
                split = None
            found.append(split)
        for place, (step, intakes) in enumerate(case.takings.steps):
            for split in (found[item] for item in chain.from_iterable(intakes)):
                if split is not None:
                    split[1][place] = step
    return case.parts


def _judge(case: Case, code: str, kind_of: Callable[[Split], _Kind]) -> Iterator[Outcome]:
    """Report the splits of a rule: one finding for all products of which the same is said."""
    splits, missing = _splits(case, code)
    yield from missing
    kinds: dict[_Kind, list[Split]] = {}
    for split in splits:
        kinds.setdefault(kind_of(split), []).append(split)
    for kind, alike in kinds.items():
        yield _finding(code, kind, alike)


def _finding(code: str, kind: _Kind, splits: list[Split]) -> Finding:
    first = min(splits, key=lambda split: split.first)
    finest = max(split.finest for split in splits)
    days = sum({place: days for split in splits for place, days in split.days.items()}.values())
    return Finding(
        code=code,
        severity=kind.severity,
        message=_line(kind, splits, first.first, days),
        step=first.step,
        on=first.first,
        until=max(split.last for split in splits),
        measured=f"1/{finest}",
        limit="1",
        sources=tuple(dict.fromkeys(source for split in splits for source in split.ordered.product.sources)),
        advice=kind.says("advice"),
        detail=joined(*map(_said, splits), kind.says("why")),
    )


def _line(kind: _Kind, splits: list[Split], first: date, days: int) -> Message:
    names = [product_text(split.ordered.name) for split in splits]
    said = {"parts": _parts_text({part for split in splits for part in split.parts}), "day": day_text(first)}
    on = days_text(days)
    if len(names) == 1:
        return headline(
            kind.says("message", product=names[0], days=on, **said),
            kind.says("shorter", product=names[0], **said),
            kind.says("short", days=on, **said),
        )
    products = count_text(len(names), kind.noun)
    return headline(
        kind.says("several", count=products, products=listed(names, ", "), **said),
        kind.says("several.short", count=products, days=on, **said),
    )


def _parts_text(parts: set[int]) -> Message:
    if len(parts) > 2:
        return say("parts.down to", part=max(parts))
    return listed([_part_text(part) for part in sorted(parts)], " and ")


def _part_text(part: int) -> Message:
    if part in (2, 4):
        return say("parts.halves") if part == 2 else say("parts.quarters")
    return say("parts.of", part=part)


def _said(split: Split) -> Message:
    """Say of one product what the line may leave out."""
    said = say(
        "splitting.one",
        product=made_by(split.ordered.name, split.ordered.product.maker),
        parts=_parts_text(split.parts),
        days=days_text(sum(split.days.values())),
        span=span_text(split.first, split.last),
    )
    return joined(said, say("splitting.thrown away")) if split.ordered.discard else said


_UNSCORED = _Kind(Severity.ALERT, "unscored")
_QUARTERED = _Kind(Severity.WARNING, "quartered")
_LINED = _Kind(Severity.WARNING, "lined")
_TOO_FINE = _Kind(Severity.ALERT, "too fine")


@rule("T202", "split without a score", since="0.1.0")
def split_without_score(case: Case) -> Iterator[Outcome]:
    """A tablet is split that has no line, or more finely than its line allows.

    What: Parts of a tablet whose label says that it is not scored, and parts smaller than quarters: alerts. Quarters of
        one that is scored for halves, or that has a line of which no source says more, where its label says nothing
        against it: a warning, because published tapers plan quarters.
    Why: Without a line the parts may differ in weight, and so in dose.
    What to do: Order a scored tablet, a lower strength or a liquid.
    """

    def kind_of(split: Split) -> _Kind:
        if split.ordered.product.splittable == "unscored":
            return _UNSCORED
        if split.finest != 4:
            return _TOO_FINE
        return _LINED if split.ordered.product.score == "line" else _QUARTERED

    yield from _judge(case, "T202", kind_of)


_FORBIDDEN = _Kind(Severity.ALERT, "forbidden")


@rule("T203", "split that the label forbids", since="0.1.0")
def split_against_label(case: Case) -> Iterator[Outcome]:
    """A tablet is split although its label says that the line is not for dosing.

    What: Parts of a tablet whose label says that its line does not divide it into equal doses.
    Why: Some lines are decoration, or only help to swallow the tablet.
    What to do: Order another maker's tablet, a lower strength or a liquid.
    """
    yield from _judge(case, "T203", lambda _: _FORBIDDEN)


_NOT_KNOWN = _Kind(Severity.NOTE, "not known")
_NOT_SAID = _Kind(Severity.NOTE, "not said")
_EITHER = _Kind(Severity.NOTE, "either")


@rule("T204", "split of a tablet with an unknown score", since="0.1.0")
def split_unknown(case: Case) -> Iterator[Outcome]:
    """A tablet is split, and no source that was read says that its parts are equal.

    What: Parts of a tablet whose score is not known, differs between makers, or whose label does not
        say that the parts are equal doses.
    Why: A score belongs to a maker's product, not to a drug and a strength.
    What to do: Ask the pharmacy which maker's tablet it supplies, and read its label.
    """
    lined = {split.ordered.product.score in _FINEST for split in _splits(case, "T204")[0]}
    kind = _EITHER if len(lined) == 2 else _NOT_SAID if True in lined else _NOT_KNOWN
    yield from _judge(case, "T204", lambda _: kind)


_EXTENDED = _Kind(Severity.ALERT, "extended", "product")


@rule("T205", "split of an extended-release form", since="0.1.0")
def split_extended_release(case: Case) -> Iterator[Outcome]:
    """An extended-release tablet or capsule is split.

    What: Parts of a product whose form is an extended-release tablet or capsule.
    Why: Labels of extended-release forms that were read say not to crush or chew them; none allows a part.
    What to do: Change to an immediate-release product; that is a new decision on dose and times.
    """
    yield from _judge(case, "T205", lambda _: _EXTENDED)


_NEVER = _Kind(Severity.ALERT, "never", "product")


@rule("T206", "split of a form that is never split", since="0.1.0")
def split_never(case: Case) -> Iterator[Outcome]:
    """A capsule, orally disintegrating tablet or other form that cannot be divided is split.

    What: Parts of a product whose form does not allow parts, extended-release forms aside (T205).
    Why: The parts cannot be made, or not kept for the next dose.
    What to do: Order a tablet or a liquid.
    """
    yield from _judge(case, "T206", lambda _: _NEVER)
