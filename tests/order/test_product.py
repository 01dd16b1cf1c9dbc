"""What may be done with a product: every key that says so is kept exactly, or refused in its place."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from taper.checker.checking import check
from taper.errors import OrderError
from taper.exchange.plan_document import read_document, write_document
from taper.order.order import Order, parse_order, read_order
from taper.order.product import OrderedProduct
from taper.planner.planning import plan
from taper.quantity import Mg, Ml, Pieces, Powder, exact_text
from tests.support.orders import GOLDEN
from tests.support.toml import toml

LIQUID = {"name": "diazepam oral solution 1 mg/mL", "device": "5 mL oral syringe", "graduation": "0.2 mL"}
DILUTION = {
    "name": "own dilution",
    "source": "clinician",
    "form": "oral suspension",
    "strength": "2 mg/300 mL",
    "device": "cylinder",
    "graduation": "1 mL",
}
OWN = {"name": "own", "source": "clinician", "form": "tablet", "strength": "5 mg"}
POWDER = {"name": "diazepam tablet 2 mg", "weight": "170 mg", "device": "scale", "graduation": "1 mg"}
ODT = {"name": "alprazolam ODT 0.25 mg", "maker": "MPR", "split": "halves"}
EXAMPLES = Path(__file__).parents[2] / "examples"
NEW = ("lorazepam_dilution", "diazepam_weighed", "alprazolam_odt")


def order(product: dict[str, Any], **changes: Any) -> Order:
    """The golden order with one product."""
    return parse_order(deepcopy(GOLDEN) | {"product": [product]} | changes)


def ordered(product: dict[str, Any], **changes: Any) -> OrderedProduct:
    """That product, looked up."""
    (found,) = order(product, **changes).products
    return found


BAD: list[tuple[dict[str, Any], str, list[str]]] = [
    # a device
    (LIQUID | {"capacity": "0.1 mL", "device": "cup"}, "capacity", ["holds 0.1 mL", "no line every 0.2 mL"]),
    (LIQUID | {"capacity": "0 mL", "device": "cup"}, "capacity", ["holds 0 mL"]),
    (LIQUID | {"capacity": "5"}, "capacity", ["write 5 mL"]),
    (LIQUID | {"capacity": "10 mL"}, "capacity", ["10 mL, but the device is a '5 mL oral syringe'"]),
    (LIQUID | {"device": "0.1 mL oral syringe"}, "device", ["holds 0.1 mL", "no line every 0.2 mL"]),
    (LIQUID | {"weight": "1 mg"}, "weight", ["is a liquid"]),
    (LIQUID | {"discard": True}, "discard", ["is a liquid"]),
    (
        {"name": "diazepam oral drops 10 mg/mL", "device": "dropper", "graduation": "1 drop", "capacity": "1 mL"},
        "capacity",
        ["drops are counted"],
    ),
    (OWN | {"capacity": "5 mL"}, "capacity", ["for liquids"]),
    (OWN | {"shake": True}, "shake", ["for liquids"]),
    # a scale
    (POWDER | {"graduation": None}, "graduation", ['graduation = "1 mg"']),
    (POWDER | {"device": None}, "device", ["pocket scale"]),
    (POWDER | {"graduation": "171 mg"}, "graduation", ["steps of 171 mg", "more than one tablet weighs, 170 mg"]),
    (POWDER | {"graduation": "0 mg"}, "graduation", ["a graduation of zero"]),
    (POWDER | {"weight": "0 mg"}, "weight", ["a weight of zero"]),
    (POWDER | {"weight": "1 mg"}, "weight", ["cannot weigh 1 mg"]),
    (POWDER | {"weight": "170"}, "weight", ["write 170 mg"]),
    (POWDER | {"weight": "1 mL"}, "weight", ["is a volume"]),
    (POWDER | {"split": "halves"}, "split", ["either split or weighed"]),
    (OWN | {"form": "capsule", "weight": "170 mg", "graduation": "1 mg"}, "weight", ["only the powder of an ordinary"]),
    (OWN | {"form": "ER tablet", "weight": "170 mg", "graduation": "1 mg"}, "weight", ["only the powder"]),
    # a part that is thrown away
    (OWN | {"discard": True}, "discard", ["split is whole"]),
    # a strength and a name
    (DILUTION | {"strength": "2 mg"}, "strength", ["written in mg/mL"]),
    (DILUTION | {"strength": "2 mg/0 mL"}, "strength", ["zero"]),
    (DILUTION | {"name": "2 mg in 100 mL"}, "name", ["says 2 mg in 100 mL", "given as 2 mg/300 mL"]),
    (OWN | {"name": "diazepam tablet 10 mg"}, "name", ["says 10 mg", "given as 5 mg"]),
    (OWN | {"name": "lorazepam tablet 5 mg"}, "name", ["'lorazepam'", "described as diazepam"]),
    (OWN | {"name": "Lorazepam-Maker"}, "name", ["'lorazepam'", "described as diazepam"]),
    (OWN | {"name": "lorazépam comprimé 5 mg"}, "name", ["'lorazepam'", "described as diazepam"]),
    (OWN | {"name": "diazepam 2,5 mg"}, "name", ["says 2,5 mg", "given as 5 mg"]),
    (OWN | {"name": "diazepam 0,5 mg"}, "name", ["says 0,5 mg", "given as 5 mg"]),
    (DILUTION | {"name": "diazepam 2 mg/2,5 mL"}, "name", ["says 2 mg/2,5 mL", "given as 2 mg/300 mL"]),
    (OWN | {"name": "Ativan 5 mg"}, "name", ["'ativan', which is lorazepam"]),
    (OWN | {"name": "diazepam 1 mg/mL"}, "name", ["says 1 mg/mL", "given as 5 mg"]),
]


@pytest.mark.parametrize(("product", "field", "said"), BAD)
def test_a_product_that_cannot_be_is_one_clear_error(product: dict[str, Any], field: str, said: list[str]) -> None:
    product = {key: value for key, value in product.items() if value is not None}
    country = "DE" if "drops" in product["name"] else "US"
    with pytest.raises(OrderError) as caught:
        order(product, country=country)
    assert caught.value.field == f"product[0].{field}", caught.value
    for part in said:
        assert part in caught.value.message


GOOD_NAMES = [
    "own 5 mg",
    "diazepam tablet 5 mg",
    "5 mg (half of 10 mg)",
    "Valium 5 mg",
    "tablet of Dr. Gold 7",
    "Diazépam-Maker 5,0 mg",
    "diazepam 5,000 mcg",
    "diazepam 5 mg, 30 tablets",
]


@pytest.mark.parametrize("name", GOOD_NAMES)
def test_a_name_that_says_the_same_or_nothing_is_kept(name: str) -> None:
    assert ordered(OWN | {"name": name}).name == name


def test_a_liquid_may_be_named_by_what_is_in_it() -> None:
    """A name such as "2 mg in water" does not say in how much, so it contradicts nothing."""
    assert ordered(DILUTION | {"name": "lorazepam-free diazepam 2 mg in 300 mL"}).product.strength == Mg(
        Fraction(1, 150)
    )
    assert ordered(DILUTION | {"name": "diazepam 2 mg in water"}).product.strength_text == "2 mg/300 mL"


@pytest.mark.parametrize(
    ("device", "capacity", "holds"),
    [
        ("5 mL oral syringe", None, "5"),
        ("5 ml syringe", None, "5"),
        ("10 mL oral syringe, then 1 mL oral syringe", None, "10"),
        ("a small syringe, then 1 mL oral syringe", None, None),
        ("oral syringe", None, None),
        ("oral syringe", "3 mL", "3"),
        ("5 mL oral syringe", "5 mL", "5"),
        ("dropper of the 5 mL bottle", None, None),
    ],
)
def test_a_capacity_is_what_the_clinician_said(device: str, capacity: str | None, holds: str | None) -> None:
    """A device named by a volume and "syringe" says its capacity, of several the largest; else nothing is assumed."""
    keys = {"device": device} | ({} if capacity is None else {"capacity": capacity})
    assert ordered(LIQUID | keys).capacity == (None if holds is None else Ml(holds))


@given(st.integers(1, 60), st.integers(1, 20), st.integers(1, 400))
def test_fillings_add_up_to_the_volume(lines: int, tenths: int, places: int) -> None:
    """Each filling is to a line of the device, none above what it holds, and as few as can be."""
    graduation = Ml(Fraction(tenths, 10))
    capacity = graduation * lines + Ml(Fraction(tenths, 30))
    product = ordered(LIQUID)
    syringe = OrderedProduct("l", product.product, graduation=graduation, device="s", capacity=capacity)
    volume = graduation * places
    drawn = syringe.fillings(volume)
    if drawn is None:
        assert volume <= capacity
        return
    assert drawn.full * drawn.times + drawn.rest == volume
    assert drawn.full <= capacity
    assert drawn.rest < drawn.full
    assert (drawn.full / graduation).denominator == (drawn.rest / graduation).denominator == 1
    assert drawn.number == -(-places // lines) > 1


def test_a_suspension_is_shaken_and_a_solution_only_where_the_clinician_says_so() -> None:
    assert ordered(DILUTION).shake
    assert not ordered(DILUTION | {"form": "oral solution"}).shake
    assert ordered(DILUTION | {"form": "oral solution", "shake": True}).shake
    assert not ordered(LIQUID).shake
    onfi = {"name": "clobazam oral suspension 2.5 mg/mL", "device": "5 mL oral syringe", "graduation": "0.1 mL"}
    assert ordered(onfi, drug="clobazam", current={"bedtime": "10 mg"}).shake  # the words of its source


def test_a_part_of_a_powder_is_exact() -> None:
    """3 mg of the powder of a 2 mg tablet that weighs 170 mg hold 3/85 mg."""
    product = ordered(POWDER)
    assert product.smallest == Mg(Fraction(2, 170))
    assert product.powder(Pieces(Fraction(3, 170))) == Powder(3)
    assert product.portions == "in steps of 1 mg of powder"


def test_whole_tablets_and_their_powder_are_two_products() -> None:
    """8 whole tablets weigh no multiple of 3 mg; the message says how the powder is told from them."""
    data: dict[str, Any] = {
        "drug": "diazepam",
        "country": "GB",
        "start": "2026-02-02",
        "current": {"bedtime": "16 mg"},
        "product": [{"name": "diazepam tablet 2 mg"}, {"name": "diazepam tablet 2 mg"}],
        "phase": [{"reduce": "0.036 mg", "every": "2 days", "until": "0 mg"}],
    }
    with pytest.raises(OrderError, match=r"is listed twice; keep one\Z"):
        plan(parse_order(data))
    data["product"][1] |= {"weight": "170 mg", "device": "scale", "graduation": "3 mg"}
    with pytest.raises(OrderError, match="give the powder a name of its own") as caught:
        plan(parse_order(data))
    described = dict(re.findall(r'(\w+) = "([^"]+)"', caught.value.message))
    data["product"][1] |= described | {"name": "powder of the 2 mg tablet"}
    schedule = plan(parse_order(data))
    today, next_step = (step.intakes[0].items for step in schedule.steps[:2])
    assert [(item.product, str(item.count)) for item in today] == [("diazepam tablet 2 mg", "8")]
    assert {item.product for item in next_step} == {"diazepam tablet 2 mg", "powder of the 2 mg tablet"}


def test_half_of_a_scored_odt_can_be_ordered_where_its_source_calls_it_scored() -> None:
    """The label has the other half thrown away, whatever the order says."""
    keys = {"drug": "alprazolam", "current": {"bedtime": "1 mg"}}
    product = ordered(ODT, **keys)
    assert product.discard
    assert product.used_up(Pieces("1.5")) == Pieces(2)
    with pytest.raises(OrderError, match="unused parts are thrown away"):
        order(ODT | {"discard": False}, **keys)
    with pytest.raises(OrderError, match=r'an ODT must not be split.*maker = "generic \(MPR entry\)"'):
        order({"name": ODT["name"], "split": "halves"}, **keys)


@pytest.mark.parametrize("name", NEW)
def test_what_the_examples_order_survives_every_way_of_writing(name: str) -> None:
    """As data, JSON and TOML; and the plan as a document, exact to the last part of a mg."""
    read = read_order(EXAMPLES / f"{name}.toml")
    written = read.as_data()
    assert parse_order(written) == parse_order(json.dumps(written)) == parse_order(toml(written)) == read
    schedule = plan(read)
    again = read_document(write_document(schedule, check(schedule)))
    assert again == schedule


@settings(max_examples=25, deadline=None)
@given(lines=st.integers(4, 80), strength=st.integers(1, 5), line=st.sampled_from([1, 3, 5, 10]))
def test_a_dilution_in_any_volume_is_exact_in_the_plan_and_in_its_document(
    lines: int, strength: int, line: int
) -> None:
    """Each dose is its volume times the strength, as a fraction, also after JSON."""
    data: dict[str, Any] = {
        **deepcopy(GOLDEN),
        "product": [DILUTION | {"strength": f"{strength} mg/{line * lines} mL", "graduation": f"{line} mL"}],
        "current": {"bedtime": f"{strength} mg"},
        "phase": [{"reduce": "30% of start", "every": "1 week", "until": "0 mg"}],
    }
    schedule = plan(parse_order(data))
    for intake in (intake for step in schedule.steps for intake in step.intakes):
        (item,) = intake.items
        assert item.volume is not None
        assert intake.dose == Mg(Fraction(strength, line * lines) * item.volume.value)
    assert read_document(write_document(schedule, check(schedule))) == schedule


@settings(max_examples=25, deadline=None)
@given(steps=st.integers(6, 60), graduation=st.sampled_from(["1 mg", "2 mg", "0.5 mg"]))
def test_every_dose_of_a_powder_is_a_multiple_of_the_scale(steps: int, graduation: str) -> None:
    """The drug is that of the weight, exactly, also after JSON; the pack loses what is weighed."""
    step = Fraction(graduation.removesuffix(" mg"))
    weight = step * steps
    product = POWDER | {"weight": f"{exact_text(weight)} mg", "graduation": graduation}
    data: dict[str, Any] = {
        **deepcopy(GOLDEN),
        "product": [product],
        "current": {"bedtime": "4 mg"},
        "phase": [{"reduce": "30% of start", "every": "1 week", "until": "0 mg"}],
    }
    if weight < 2:
        return
    schedule = plan(parse_order(data))
    for intake in (intake for one in schedule.steps for intake in one.intakes):
        (item,) = intake.items
        assert item.count is not None
        assert (item.count.value * weight / step).denominator == 1
        assert intake.dose == Mg(2) * item.count.value
    assert read_document(write_document(schedule, check(schedule))) == schedule


@pytest.mark.parametrize(("country", "brand", "drug"), [("US", "Valium", "diazepam"), ("CA", "valium", "diazepam")])
def test_a_brand_is_read_as_its_drug_and_kept_to_be_said(country: str, brand: str, drug: str) -> None:
    data = deepcopy(GOLDEN) | {"country": country, "drug": brand}
    read = parse_order(data)
    assert (read.drug, read.drugs, read.brands) == (drug, (drug,), {brand: drug})
    assert parse_order(read.as_data()) == read
    assert plan(read).steps == plan(parse_order(data | {"drug": drug})).steps


def test_a_brand_stands_wherever_a_drug_may() -> None:
    data = deepcopy(GOLDEN) | {"other": [{"drug": "Ativan", "current": {"bedtime": "1 mg"}}]}
    data["product"] = [*data["product"], {"name": "Ativan tablet 1 mg"}]
    data["phase"] = [*data["phase"], {"drug": "Ativan", "doses": ["0 mg"], "every": "1 week"}]
    read = parse_order(data)
    assert read.drugs == ("diazepam", "lorazepam")
    assert read.brands == {"Ativan": "lorazepam"}
    assert [product.brand for product in read.products] == ["", "", "Ativan"]
    assert read.products[2].name == "lorazepam tablet 1 mg"


def test_a_brand_that_was_not_read_for_the_country_is_refused_with_its_drug() -> None:
    """A brand can be another drug elsewhere: Serenase is lorazepam in Belgium."""
    with pytest.raises(
        OrderError, match=r"'Serenase' is lorazepam in BE, but no product of this brand was read for US"
    ):
        parse_order(deepcopy(GOLDEN) | {"drug": "Serenase"})
    with pytest.raises(OrderError, match="leave it out") as caught:
        parse_order(deepcopy(GOLDEN) | {"brands": {"Ativan": "diazepam"}})
    assert caught.value.field == "brands.Ativan"


@pytest.mark.parametrize(
    ("name", "strength", "refused"),
    [
        ("Diazepam Tablette 2,5 mg", "2.5 mg", ""),
        ("Diazepam Tablette 2,5 mg", "5 mg", "the name says 2,5 mg"),
        ("diazepam 2.5 mg", "5 mg", "the name says 2.5 mg"),
        ("diazepam 1/2 mg", "2 mg", "the name says 1/2 mg, a fraction that is easily misread"),
        ("diazepam ½ mg", "1 mg", "the name says ½ mg, a fraction that is easily misread"),
        ("diazepam 2½mg", "2.5 mg", "the name says 2½mg, a fraction that is easily misread"),
        ("diazepam 1,000 mcg", "1 mg", ""),
    ],
)
def test_a_strength_in_a_name_is_read_as_it_is_written(name: str, strength: str, refused: str) -> None:
    """A decimal comma is one; "2,5 mg" is not 5 mg, and "1/2 mg" is not 2 mg."""
    data = {
        "drug": "diazepam",
        "country": "DE",
        "start": "2026-01-05",
        "current": {"bedtime": "10 mg"},
        "product": [{"name": name, "source": "clinician", "form": "tablet", "strength": strength}],
        "phase": [{"doses": ["0 mg"], "every": "2 weeks"}],
    }
    if not refused:
        assert parse_order(data).products[0].name == name
        return
    with pytest.raises(OrderError, match=re.escape(refused)) as caught:
        parse_order(data)
    assert caught.value.field == "product[0].name"


def test_a_product_that_is_named_by_brand_is_found_where_the_order_speaks_of_it() -> None:
    """Phases and stock may call it as its line does, or by its own name; a plan document reads back."""
    data = {
        "drug": "lorazepam",
        "country": "US",
        "start": "2026-01-05",
        "current": {"bedtime": "2 mg"},
        "product": [{"name": "Ativan tablet 1 mg", "split": "halves"}],
        "phase": [
            {"reduce": "0.5 mg", "every": "2 weeks", "until": "1 mg", "products": ["Ativan tablet 1 mg"]},
            {"reduce": "0.5 mg", "every": "2 weeks", "until": "0 mg", "products": ["lorazepam tablet 1 mg"]},
        ],
        "supply": {"every": "4 weeks", "stock": [{"product": "Ativan tablet 1 mg", "count": "3.5"}]},
    }
    schedule = plan(parse_order(data))
    assert read_document(write_document(schedule, check(schedule))).steps == schedule.steps
    with pytest.raises(OrderError, match="'Xanax tablet 1 mg' is not a product of the order"):
        parse_order(data | {"supply": {"stock": [{"product": "Xanax tablet 1 mg", "count": "3"}]}})
