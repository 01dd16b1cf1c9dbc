"""What a dose is made of, in words: pieces of tablets, volumes, weights of powder, and what measures them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from taper.paper.numbers import NBSP, Numbers, capitalized, unbroken, whole_strength
from taper.paper.words.language import Language, Noun
from taper.paper.words.product_names import DEVICE_KEYS, FORM_KEYS
from taper.paper.words.taking import MOST_IN_WORDS
from taper.quantity import Mg, Ml, Pieces
from taper.schedule.regimen import Intake, Item

if TYPE_CHECKING:
    from taper.catalog import Product
    from taper.order.product import OrderedProduct

_DEVICE = re.compile(r"(?:(?P<size>[0-9]+(?:\.[0-9]+)?) ?mL )?(?P<kind>[a-z ]+)\Z", re.IGNORECASE)
_PARTS = {Fraction(1, 4): "quarter", Fraction(1, 2): "half", Fraction(3, 4): "three_quarters"}


def noun_of(form: str) -> Noun:
    """Return what a piece of a form is called."""
    if "capsule" in form:
        return "capsule"
    return "film" if form == "oral film" else "tablet"


def _of_strength(pieces: Fraction) -> str:
    """Return the phrase that ties a strength to the whole piece: behind a half or "2 tablets" it could be the dose."""
    if pieces in _PARTS:
        return f"take_{_PARTS[pieces]}"
    if pieces.denominator != 1 and pieces > 1:
        return "take_mixed"
    return "take_each" if pieces > 1 else "take_of"


class Taking(Numbers):
    """What is written of the products of an order in one language.

    Args:
        words: The language.
        products: The products of the order.
        spelling: How the name of a drug is written, by drug; as it is, where it is absent.
    """

    def __init__(self, words: Language, products: Iterable[OrderedProduct], spelling: dict[str, str]) -> None:
        products = tuple(products)
        super().__init__(words, products)
        self._products = {ordered.name: ordered for ordered in products}
        self._spelling = spelling
        self._of = self._strengths()

    def knows(self, product: str) -> bool:
        """Return whether the order has a product."""
        return product in self._products

    def named(self, name: str) -> str:
        """Write the name of a product: one of the catalog by its drug, form and strength in the language.

        What the order describes, and what is of another tool, stays as it was written: number and unit kept together,
        direction isolated.
        """
        ordered = self._products.get(name)
        if ordered is None or ordered.described:
            return self.apart(unbroken(self._as_written(name, ordered)), name=True)
        return self.say(
            "product_name",
            drug=self.apart(self._spelling.get(ordered.product.drug, ordered.product.drug), name=True),
            form=self.say(FORM_KEYS[ordered.product.form]),
            strength=self.strength(ordered),
        )

    def _as_written(self, name: str, ordered: OrderedProduct | None) -> str:
        """Return a name that somebody else chose; in English with the one spelling that a plan has for each drug."""
        if ordered is None or not self.words.code.startswith("en"):
            return name
        drug = ordered.product.drug
        return name.replace(drug, self._spelling.get(drug, drug))

    def made_by(self, ordered: OrderedProduct) -> str:
        """Write the name of a product with the brand or maker that the order names, as it stands there."""
        name, maker = self.named(ordered.name), ordered.brand or ordered.maker
        if not maker or "generic" in maker.lower():  # that is no name on a box
            return name
        return self.say("product_by", name=name, maker=self.apart(unbroken(maker), name=True))

    def product(self, name: str) -> str:
        """Write the name of a product with the strength as it stands on the bottle, which stays on one line."""
        ordered = self._products.get(name)
        if ordered is None or ordered.described or self.words.code.startswith("en"):
            return whole_strength(name if ordered is None else ordered.on_bottle)
        return self.named(name)

    def instrument(self, name: str) -> str:
        """Write what measures a dose: a syringe, dropper or scale in the language, else as the order names it.

        Args:
            name: One device, in the words of the order.
        """
        found = _DEVICE.match(name)
        key = DEVICE_KEYS.get(found["kind"].lower()) if found else None
        if found is None or key is None or self.words.code.startswith("en"):
            return self.apart(unbroken(name), name=True)
        kind = self.say(key)
        if not found["size"]:
            return kind
        size = self.apart(f"{self._decimal(Fraction(found['size']))}{NBSP}mL")
        return self.say("device_size", device=kind, size=size)

    def devices(self, ordered: OrderedProduct) -> str:
        """Write all that measures a product, in the order's sequence."""
        if not ordered.devices or self.words.code.startswith("en"):
            return self.instrument(ordered.device)
        listed = sorted((name for name, _ in ordered.devices), key=ordered.device.find)
        first, *others = map(self.instrument, listed)
        for other in others:
            first = self.say("device_then", first=first, next=other)
        return first

    def strength(self, ordered: OrderedProduct) -> str:
        """Write the strength of a product as it stands on the bottle: 5 mg, 1 mg/mL, 2 mg/5 mL."""
        return self.strength_of(ordered.product)

    def strength_of(self, product: Product) -> str:
        """Write the strength of a product of the catalog."""
        if not product.is_liquid:
            return self.apart(self._mg(product.strength))
        per = "" if product.per == Ml(1) else f"{self._exact(product.per.value, 'mL')}{NBSP}"
        return self.apart(f"{self._mg(product.strength * product.per.value)}/{per}mL")

    def _strengths(self) -> dict[str, str]:
        """Choose a name for each product: its strength, or its full name if two of its drug share a strength.

        A dose names its drug wherever there are several.
        """
        called: dict[tuple[str, str, Mg], list[str]] = {}
        for name, ordered in self._products.items():
            product = ordered.product
            noun = "" if product.is_liquid else noun_of(product.form)
            called.setdefault((product.drug, noun, product.strength), []).append(name)
        return {name: "take_of" if len(names) == 1 else "take_named" for names in called.values() for name in names}

    def measure(self, product: str, volume: Ml) -> str:
        """Write a volume of a product in mL, or in drops where the order counts drops."""
        ordered = self._products.get(product)
        if ordered is None or not ordered.in_drops or ordered.graduation is None:
            return self.apart(f"{self._exact(volume.value, 'mL')}{NBSP}mL")
        drops = volume / ordered.graduation
        if drops.denominator == 1:
            return self.words.counted("drop", drops.numerator).replace(" ", NBSP)
        form = self.words.forms["drop"]["one" if self.words.is_one(drops) else "other"]
        return form.format(number=self._exact(drops, "drops")).replace(" ", NBSP)

    def amount(self, product: str, some: Pieces | Ml) -> str:
        """Write some of a product: pieces in words, or a volume."""
        if not some:
            return self.say("no_amount")
        if isinstance(some, Ml):
            return self.measure(product, some)
        ordered = self._products.get(product)
        if ordered is not None and ordered.weight is not None and some.value.denominator != 1:
            return self._rest_of_powder(ordered, some)
        return self.words.count(some.value, noun_of(ordered.product.form) if ordered is not None else "piece")

    def _rest_of_powder(self, ordered: OrderedProduct, some: Pieces) -> str:
        """Write whole tablets, and the powder of a part of one."""
        whole, part = divmod(some.value, 1)
        powder = self.powder(ordered, Pieces(part))
        return (
            self.listed([self.words.count(Fraction(whole), noun_of(ordered.product.form)), powder]) if whole else powder
        )

    def powder(self, ordered: OrderedProduct, count: Pieces) -> str:
        """Write a weight of powder, in grams: mg beside mg of the drug would be taken for each other."""
        grams = f"{self._exact(ordered.powder(count).value / 1000, 'g')}{NBSP}g"
        return self.say("powder", weight=self.apart(grams))

    def weighed(self, ordered: OrderedProduct, count: Pieces) -> str:
        """Write a dose of powder: its weight, the mg of the drug in it, the tablet and the scale."""
        return self.say(
            "take_powder",
            powder=self.powder(ordered, count),
            dose=self.dose(ordered.product.strength * count.value),
            name=self.named(ordered.name),
            device=self.devices(ordered),
        )

    def measured(self, intake: Intake) -> str:
        """Write the one volume or weight of powder that a dose is; nothing for pieces and for several products."""
        return self._measured(intake.items[0]) if len(intake.items) == 1 else ""

    def _measured(self, item: Item) -> str:
        if item.volume is not None:
            return self.measure(item.product, item.volume)
        ordered = self._products.get(item.product)
        if ordered is None or ordered.weight is None or item.count is None:
            return ""
        return self.powder(ordered, item.count)

    def device(self, item: Item) -> str:
        """Name what a volume is measured with, by its capacity where that is known."""
        ordered = self._products.get(item.product)
        if ordered is None or not ordered.device or item.volume is None:
            return ""
        name, holds = ordered.device_for(item.volume), ordered.capacity
        # "5 mL oral syringe" says it already, and of several syringes each does
        if holds is None or ordered.devices or holds.number in name:
            return self.instrument(name)
        return f"{self.instrument(name)} ({self.measure(item.product, holds)})"

    def filled(self, item: Item) -> str:
        """Write how often a syringe is filled that holds less than the volume; nothing for one filling."""
        ordered = self._products.get(item.product)
        fillings = ordered.fillings(item.volume) if ordered is not None and item.volume is not None else None
        if fillings is None:
            return ""
        full, rest = (self.measure(item.product, some) for some in (fillings.full, fillings.rest))
        in_words = fillings.times <= MOST_IN_WORDS
        times = self.say(f"times_{fillings.times}") if in_words else self.words.counted("time", fillings.times)
        return self.say(
            "fill_rest" if fillings.rest else "fill_full", times=times.replace(" ", NBSP), full=full, rest=rest
        )

    def item(self, item: Item) -> str:
        """Write some of a product in words: pieces and their strength, or a volume, its mg and what measures it."""
        ordered = self._products.get(item.product)
        if item.volume is not None:
            if ordered is None:
                volume = self.measure(item.product, item.volume)
                return self.say("take_other", count=volume, name=self.named(item.product))
            return self.from_bottle("take_drops" if ordered.in_drops else "take_volume", ordered, item)
        if item.count is None:
            return self.named(item.product)
        if ordered is not None and ordered.weight is not None:
            return self.weighed(ordered, item.count)
        self._exact(item.count.value, "pieces")
        if ordered is None:
            count = self.words.count(item.count.value, "piece")
            return self.say("take_other", count=count, name=self.named(item.product))
        noun, phrase = noun_of(ordered.product.form), self._of[item.product]
        return self.say(
            _of_strength(item.count.value) if phrase == "take_of" else phrase,
            count=self.words.count(item.count.value, noun),
            noun=self.words.nouns[noun],
            strength=self.strength(ordered),
            name=self.named(item.product),
        )

    def from_bottle(self, phrase: str, ordered: OrderedProduct, item: Item) -> str:
        """Write a volume, its mg, and what measures it in how many fillings."""
        assert item.volume is not None
        filled, device = self.filled(item), self.device(item)
        return self.say(
            phrase,
            volume=self.measure(item.product, item.volume),
            dose=self.dose(ordered.product.strength * item.volume.value),
            strength=self.strength(ordered),
            device=f"{device} ({filled})" if filled else device,
        )

    def pieces(self, intake: Intake, *, named_below: bool) -> tuple[str, ...]:
        """Write what makes a dose, a product a line; of a volume that the dose already says, where from and how.

        Args:
            intake: The dose.
            named_below: Whether the liquid and its device are said once below all doses of the day.
        """
        how = self.how(intake)
        if how:
            filled = self.filled(intake.items[0])
            if named_below or not filled:
                return (filled,) if named_below and filled else () if named_below else how
            return (*how[:-1], self.say("device_fill", device=how[-1], fill=filled))
        words = [self.item(item) for item in intake.items]
        return self.lines([self._firm(*pair) for pair in zip(words, intake.items, strict=True)])

    def how(self, intake: Intake) -> tuple[str, ...]:
        """Write where a volume comes from, and what measures it; nothing for pieces, powder and several products."""
        if not self.measured(intake) or intake.items[0].volume is None:
            return ()
        item = intake.items[0]
        ordered, device = self._products.get(item.product), self.device(item)
        if device and ordered is not None and not ordered.in_drops:
            # the capacity of a syringe alone on a line could be taken for the amount
            device = self.say("device_with", device=device)
        if ordered is None or self._of[item.product] == "take_named":
            source = self.named(item.product)
        else:
            source = "" if ordered.in_drops else self.say("liquid_of", strength=self.strength(ordered))
        if source and device:
            return (f"{source}{self.say('comma').rstrip()}", device)
        return tuple(filter(None, (source, device)))

    def _firm(self, words: str, item: Item) -> str:
        """Keep a count and its noun on one line, and a strength with the word before it.

        A strength alone at the start of a line would be read as a dose.
        """
        ordered = self._products.get(item.product)
        if item.count is None or (ordered is not None and ordered.weight is not None):
            return words
        count = self.words.count(item.count.value, noun_of(ordered.product.form) if ordered is not None else "piece")
        whole = words.replace(count, count.replace(" ", NBSP), 1)
        if ordered is None or self._of[item.product] != "take_of":
            return whole
        strength, noun = self.strength(ordered), self.words.nouns[noun_of(ordered.product.form)]
        whole = whole.replace(f" {strength}", f"{NBSP}{strength}")
        return whole.replace(f"{strength} {noun}", f"{strength}{NBSP}{noun}")

    def short(self, intake: Intake, *, named_below: bool) -> tuple[str, ...]:
        """Write the same as `pieces` for the box of a day: what of which strength, a whole and a part apart.

        Args:
            intake: The dose.
            named_below: Whether the box names the one device of its day below all doses.
        """
        if self.measured(intake):
            item = intake.items[0]
            device, filled = "" if named_below else self.device(item), self.filled(item)
            both = self.say("device_fill", device=device, fill=filled) if device and filled else device or filled
            return (both,) if both else ()
        parts = [part for item in intake.items for part in self._brief(item)]
        return tuple(self.say("short_more", some=part) if at else part for at, part in enumerate(parts))

    def _brief(self, item: Item) -> Iterable[str]:
        ordered = self._products.get(item.product)
        if ordered is None or item.count is None or ordered.weight is not None or self._of[item.product] != "take_of":
            yield self._firm(self.item(item), item)
            return
        whole, part = divmod(item.count.value, 1)
        strength = self.strength(ordered)
        if part and part not in _PARTS:
            yield self._firm(self.item(item), item)
            return
        if whole:
            yield self.say("short_whole", number=str(whole), strength=strength).replace(" ", NBSP)
        if part:
            yield self.say(f"short_{_PARTS[part]}", strength=strength).replace(" ", NBSP)

    def handling(self, used: set[str]) -> tuple[str, ...]:
        """Write what must be known of the products that are used: to shake, to weigh, to throw a part away."""
        said = []
        for name, ordered in self._products.items():
            if name in used and ordered.shake:
                said.append(self.say("shake", name=self.named(name)))
            if name in used and ordered.weight is not None:
                said.append(self.say("weight", name=self.named(name), weight=self._one_tablet(ordered)))
            if name in used and ordered.discard:
                said.append(self.say("discard", name=self.named(name)))
        return tuple(map(capitalized, said))

    def _one_tablet(self, ordered: OrderedProduct) -> str:
        assert ordered.weight is not None
        return self.apart(f"{self._exact(ordered.weight.value / 1000, 'g')}{NBSP}g")
