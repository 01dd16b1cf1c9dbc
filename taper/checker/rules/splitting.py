"""How tablets are split: what their scores and labels say about the parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain

from taper.catalog import Product
from taper.checker.case import Case
from taper.checker.definition import rule
from taper.checker.headline import NO_ORDER, NO_PIECES, NOT_ORDERED, headline
from taper.checker.wording import count_text, day_text, span_text
from taper.finding import Finding, NotEvaluated, Outcome, Severity
from taper.order.product import OrderedProduct
from taper.schedule.regimen import Item
from taper.schedule.schedule import Step
from taper.values import dataclass

_PARTS = {2: "halves", 4: "quarters"}
_FINEST = {"halves": 2, "line": 2, "quarters": 4}
_TOPIC = "splitting"
_PLANNED = (
    "Published tapers plan quarters: EMPOWER prints a quarter of a tablet, and so does the German label of "
    "bromazepam 6 mg."
)


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
        one: What is said of a single product, after its name.
        many: What is said of several, after their number.
        why: What is known, for the detail.
        advice: What could be done.
        noun: What the products are called.
    """

    severity: Severity
    one: str
    many: str
    why: str
    advice: str
    noun: str = "tablet"


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
    missing = [NotEvaluated(code, NOT_ORDERED, f"'{name}'") for name in sorted(unknown)]
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
        advice=kind.advice,
        detail=" ".join([*map(_said, splits), kind.why]),
    )


def _line(kind: _Kind, splits: list[Split], first: date, days: int) -> str:
    names = [split.ordered.name for split in splits]
    parts = _parts_text({part for split in splits for part in split.parts})
    begin, on = f"from {day_text(first)}", f"on {count_text(days, 'day')}"
    if len(names) == 1:
        said, counted = f"{names[0]} is split into {parts}", f"A {kind.noun} {kind.many} is"
        ways = [f"{said} {on} {begin}, {kind.one}.", f"{said} {begin}, {kind.one}."]
    else:
        counted = f"{count_text(len(names), kind.noun)} {kind.many}"
        ways, counted = [f"{counted} ({', '.join(names)}) are split into {parts} {begin}."], f"{counted} are"
    return headline(*ways, f"{counted} split into {parts} {on} {begin}.")


def _parts_text(parts: set[int]) -> str:
    words = [_PARTS.get(part, f"parts of 1/{part}") for part in sorted(parts)]
    return " and ".join(words) if len(words) < 3 else f"parts down to 1/{max(parts)}"


def _said(split: Split) -> str:
    """Say of one product what the line may leave out."""
    maker = f" ({split.ordered.product.maker})" if split.ordered.product.maker else ""
    days, when = count_text(sum(split.days.values()), "day"), span_text(split.first, split.last)
    thrown = " The other part is thrown away, so each uses up a whole one." if split.ordered.discard else ""
    return f"{split.ordered.name}{maker}: {_parts_text(split.parts)} on {days}, {when}.{thrown}"


_SCORED = "Order a scored tablet, a lower strength or a liquid."
_UNSCORED = _Kind(
    Severity.ALERT, "but has no score line", "without a score line", "The tablet has no score line.", _SCORED
)
_QUARTERED = _Kind(
    Severity.WARNING,
    "but is scored for halves only",
    "that are scored for halves only",
    f"This is finer than the score line allows. {_PLANNED}",
    "Have the patient try it first; if it does not work, order a lower strength or a liquid.",
)
_TOO_FINE = _Kind(
    Severity.ALERT,
    "finer than its score line allows",
    "with a score line for larger parts",
    "This is finer than the score line allows.",
    _SCORED,
)


@rule("T202", "split without a score", since="0.1.0")
def split_without_score(case: Case) -> Iterator[Outcome]:
    """A tablet is split that has no line, or more finely than its line allows.

    What: Parts of a tablet whose label says that it is not scored, and parts smaller than quarters: alerts. Quarters of
        one that is scored for halves, where its label says nothing against it: a warning, because published tapers
        plan quarters.
    Why: Without a line the parts may differ in weight, and so in dose.
    What to do: Order a scored tablet, a lower strength or a liquid.
    """

    def kind_of(split: Split) -> _Kind:
        if split.ordered.product.splittable == "unscored":
            return _UNSCORED
        return _QUARTERED if split.finest == 4 else _TOO_FINE

    yield from _judge(case, "T202", kind_of)


_FORBIDDEN = _Kind(
    Severity.ALERT,
    "but its label says the line is not for dividing doses",
    "whose label says the line is not for dividing doses",
    "The label says that the line is not for dividing the tablet into equal doses.",
    "Order another maker's tablet, a lower strength or a liquid.",
)


@rule("T203", "split that the label forbids", since="0.1.0")
def split_against_label(case: Case) -> Iterator[Outcome]:
    """A tablet is split although its label says that the line is not for dosing.

    What: Parts of a tablet whose label says that its line does not divide it into equal doses.
    Why: Some lines are decoration, or only help to swallow the tablet.
    What to do: Order another maker's tablet, a lower strength or a liquid.
    """
    yield from _judge(case, "T203", lambda _: _FORBIDDEN)


_ASK = "Ask the pharmacy which maker's tablet it is, and check its label."
_NOT_KNOWN = _Kind(
    Severity.NOTE,
    "but its score is not known",
    "whose score is not known",
    "The score is unknown or differs between makers.",
    _ASK,
)
_NOT_SAID = _Kind(
    Severity.NOTE,
    "but no source read says the parts are equal",
    "whose label does not call the parts equal",
    "It has a line, but no source read here says that the parts are equal doses.",
    _ASK,
)
_EITHER = _Kind(
    Severity.NOTE,
    "but is not known to be scored for equal doses",
    "not known to be scored for equal doses",
    "The score is not known, differs between makers, or is a line of which no source read here says that the "
    "parts are equal doses.",
    _ASK,
)


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


_EXTENDED = _Kind(
    Severity.ALERT,
    "but is extended-release",
    "with extended release",
    "The extended-release labels read here say not to crush or chew; none allows splitting.",
    "Switch to an immediate-release product; dose and times then need a new decision.",
    "product",
)


@rule("T205", "split of an extended-release form", since="0.1.0")
def split_extended_release(case: Case) -> Iterator[Outcome]:
    """An extended-release tablet or capsule is split.

    What: Parts of a product whose form is an extended-release tablet or capsule.
    Why: Labels of extended-release forms that were read say not to crush or chew them; none allows a part.
    What to do: Change to an immediate-release product; that is a new decision on dose and times.
    """
    yield from _judge(case, "T205", lambda _: _EXTENDED)


_NEVER = _Kind(
    Severity.ALERT,
    "but cannot be split",
    "that cannot be split",
    "The parts cannot be made, or not kept for the next dose.",
    "Order a tablet or a liquid.",
    "product",
)


@rule("T206", "split of a form that is never split", since="0.1.0")
def split_never(case: Case) -> Iterator[Outcome]:
    """A capsule, orally disintegrating tablet or other form that cannot be divided is split.

    What: Parts of a product whose form does not allow parts, extended-release forms aside (T205).
    Why: The parts cannot be made, or not kept for the next dose.
    What to do: Order a tablet or a liquid.
    """
    yield from _judge(case, "T206", lambda _: _NEVER)
