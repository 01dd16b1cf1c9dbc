"""A product in an order: as the order names it, and as it is looked up, with what may be done with it."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from taper import catalog
from taper.order.parts import Part, Words
from taper.quantity import Mg, Ml, Pieces, Powder
from taper.values import dataclass

SPLITS: dict[str, Fraction] = {"whole": Fraction(1), "halves": Fraction(1, 2), "quarters": Fraction(1, 4)}


class ProductLine(Part):
    """A product as the order names it: one of the catalog, or one described by the clinician.

    Attributes:
        name: Name as in the catalog, such as "diazepam tablet 5 mg".
        maker: Maker or brand, if its score matters.
        split: How tablets may be split, as the clinician decides: whole, halves or quarters; whole if not given.
        discard: Whether the other part of a split piece is thrown away, so that a half uses up a whole tablet.
        device: Syringe or dropper for a liquid, in the clinician's words; the scale for powder.
        graduation: Its smallest line, such as "0.1 mL", or "1 drop" for drops; of a scale its smallest step, "1 mg".
        capacity: What a syringe holds, such as "5 mL"; read from a device that is just "5 mL oral syringe".
        weight: What one tablet weighs, such as "170 mg", if its powder is weighed with a scale.
        shake: Whether the bottle is shaken before each dose; said of a suspension without it.
        source: "clinician" for a product that is described here because no catalog has it.
        form: Form of a described product, such as "tablet" or "oral solution".
        strength: Strength of a described product, such as "0.5 mg", "1 mg/mL" or "2 mg/300 mL".
        drug: Drug of a described product; the order's drug if not given.
        score: Score of a described product, if known: none, halves, quarters or line.
        label_claim: What its label says of the score, if known.
        drops_per_ml: Drops in 1 mL of a described liquid, from its label.
    """

    name: Words
    maker: Words | None = None
    split: Literal["whole", "halves", "quarters"] | None = None
    discard: bool | None = None
    device: Words | None = None
    graduation: Words | None = None
    capacity: Words | None = None
    weight: Words | None = None
    shake: bool | None = None
    source: Literal["clinician"] | None = None
    form: Words | None = None
    strength: Words | None = None
    drug: Words | None = None
    score: Literal["none", "halves", "quarters", "line", "unknown"] | None = None
    label_claim: Literal["equal_doses", "not_for_dosing", "label_doses_part", "unstated"] | None = None
    drops_per_ml: Annotated[int, Field(gt=0, le=100)] | None = None


@dataclass(frozen=True, slots=True)
class Fillings:
    """How a volume is drawn that is more than the device holds.

    Attributes:
        full: Its highest line.
        times: How often it is filled to that line.
        rest: What it is filled to at last; zero if nothing is left.
    """

    full: Ml
    times: int
    rest: Ml

    @property
    def number(self) -> int:
        """Fillings in all."""
        return self.times + bool(self.rest)


@dataclass(frozen=True, slots=True)
class OrderedProduct:
    """A product and what the order allows to be done with it.

    Attributes:
        name: The name by which the plan calls it.
        product: The product, from the catalog or the clinician.
        split: Smallest part of a tablet or capsule, as a fraction; None for a liquid.
        graduation: Smallest measurable volume of a liquid; None for tablets.
        device: What a liquid is measured with, or powder weighed, as the clinician named it.
        in_drops: Whether the device counts drops.
        capacity: What the device holds; None if it is not known.
        weight: What one tablet weighs, if its powder is weighed; else None.
        discard: Whether the other part of a split piece is thrown away.
        shake: Whether the bottle is shaken before each dose.
        brand: The brand by which the order names it; empty if it does not.
        maker: The maker whose product the order asks for, as it stands there; empty if it does not.
        described: Whether the order describes it, so that its name is the clinician's.
        devices: Where `device` is a list of syringes: each with what it holds, the smallest first.
    """

    name: str
    product: catalog.Product
    split: Fraction | None = None
    graduation: Ml | None = None
    device: str = ""
    in_drops: bool = False
    capacity: Ml | None = None
    weight: Powder | None = None
    discard: bool = False
    shake: bool = False
    brand: str = ""
    devices: tuple[tuple[str, Ml], ...] = ()
    maker: str = ""
    described: bool = False

    @property
    def on_bottle(self) -> str:
        """Its name with the strength as the order wrote it, which is that on the bottle: 2 mg/5 mL, not 0.4 mg/mL."""
        looked_up = replace(self.product, per=Ml(1)).name == self.name
        return self.product.name if looked_up else self.name

    def device_for(self, volume: Ml) -> str:
        """Return what measures a volume: of several syringes the smallest that holds it, else the largest."""
        if not self.devices:
            return self.device
        return next((name for name, holds in self.devices if volume <= holds), self.devices[-1][0])

    @property
    def portions(self) -> str:
        """How it is taken, for messages: "halves", "in drops", "in steps of 0.1 mL", "in steps of 1 mg of powder"."""
        if self.graduation is not None:
            return "in drops" if self.in_drops else f"in steps of {self.graduation}"
        if self.weight is not None:
            return f"in steps of {self.powder(Pieces(self.split or 0))} of powder"
        return next(word for word, part in SPLITS.items() if part == self.split)

    @property
    def smallest(self) -> Mg:
        """The amount of drug in the smallest part that can be taken."""
        part = self.graduation.value if self.graduation is not None else self.split
        assert part is not None
        return self.product.strength * part

    def powder(self, count: Pieces) -> Powder:
        """Return the powder in some of a tablet that is weighed."""
        assert self.weight is not None
        return Powder(self.weight.value * count.value)

    def used_up(self, count: Pieces) -> Pieces:
        """Return what an amount takes out of the pack: whole tablets where the other part is thrown away."""
        return Pieces(math.ceil(count.value)) if self.discard else count

    def fillings(self, volume: Ml) -> Fillings | None:
        """Return how a volume is drawn; None for one filling, drops, or a device whose capacity is not known.

        A device is filled to its highest line: 4.8 mL of one that holds 5 mL and has a line every 0.3 mL.
        """
        if self.capacity is None or self.graduation is None or volume <= self.capacity:
            return None
        full = self.graduation * math.floor(self.capacity / self.graduation)
        times, rest = divmod(volume.value, full.value)
        return Fillings(full, int(times), Ml(rest))
