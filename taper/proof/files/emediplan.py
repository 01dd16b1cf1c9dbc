"""A Swiss medication plan (CHMED16A) read back: the pieces of each product at four times of day, on every day."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from taper.errors import ProofError
from taper.proof.claims import Claim
from taper.proof.facts import Run, Taken
from taper.proof.files.days import Plan, hold, laid, together
from taper.proof.files.figures import day
from taper.proof.named import TIMES
from taper.proof.words import strength

if TYPE_CHECKING:
    from taper.order.product_line import OrderedProduct

_UNITS = {"STK": "pieces", "ML": "mL", "MG": "mg"}


def prove_emediplan(plan: Plan, content: bytes, settings: Mapping[str, Any], what: str) -> None:
    """Prove a plan: its days, amounts, products, stop and revision."""
    head, text = content[:9], content[9:].strip()
    if head == b"CHMED16A1":
        text = gzip.decompress(base64.b64decode(text, validate=True))
    elif head != b"CHMED16A0":
        raise ValueError(f"{head!r} is no eMediplan")
    data = json.loads(text, parse_float=Fraction, parse_int=Fraction)
    _prove_fields(plan, {field["Nm"]: field["Val"] for field in data["PFields"]}, what)
    if data["Dt"][:10] != settings["written_on"].isoformat():
        raise ProofError(what, f"it says that it is of {data['Dt']}")
    placed, last = list[Claim](), []
    seen: set[tuple[str, str]] = set()
    for medicament in data["Medicaments"]:
        name, unit, where = medicament["Id"], _UNITS[medicament["Unit"]], f"medicament {medicament['Id']}"
        if (name, unit) in seen or medicament["IdType"] != 1:
            raise ValueError(f"{name} stands twice, or has a number")
        seen.add((name, unit))
        for position in medicament["Pos"]:
            counts = dict(zip(TIMES, position["D"], strict=True))
            taken = tuple(_taken(plan, name, unit, time, amount) for time, amount in counts.items() if amount)
            placed.append(Claim(day(position["DtFrom"]), day(position["DtTo"]), taken, where))
        last.append((placed[-1].end, "AppInstr" in medicament))
    stays = plan.schedule.stopped_on is None
    if any(told is not (stays and end == plan.last) for end, told in last):
        raise ProofError(what, "it does not say rightly whether the plan stays on its last dose")
    if any(map(_is_odd, plan.runs)):
        return
    claims = [claim._replace(taken=together(claim.taken)) for claim in laid(placed)]
    weighed = (run._replace(taken=together(one for one in run.taken if one.mg)) for run in plan.runs)
    hold(weighed, claims, what)


def _is_odd(run: Run) -> bool:
    """Return whether a day has one drug twice at one time, or nothing of a product: records from elsewhere may.

    One of the two may be in mg, and nothing of a product is not written: such a day cannot be held against the plan.
    """
    twice = len({one[:2] for one in run.taken}) < len(run.taken)
    return twice or any(not amount for one in run.taken for _, _, amount in one.items or ())


def _taken(plan: Plan, name: str, unit: str, time: str, amount: Fraction) -> Taken:
    """Return what an amount of a medicament is: mg of a drug, or some of a product of the order."""
    if unit == "mg":
        return Taken(time, name, amount)
    # the longest name first: one may begin with another
    known = [one for one in plan.products.values() if _is_called(one, name)]
    product = max(known, key=lambda one: len(one.name))
    return Taken(time, product.product.drug, None, ((product.name, unit, amount),))


def _is_called(ordered: OrderedProduct, name: str) -> bool:
    """Return whether a product is called so: by its name, behind which its drug and strength may stand."""
    front = f"{ordered.name}: {ordered.product.drug} "
    told = name.startswith(front) and strength(name.removeprefix(front)) == ordered.product.strength.value
    return told or name == ordered.name


def _prove_fields(plan: Plan, fields: dict[str, str], what: str) -> None:
    schedule, stop = plan.schedule, plan.schedule.stopped_on
    wanted = {"revision": str(schedule.revision)} | ({} if stop is None else {"stopped_on": stop.isoformat()})
    if {name: value for name, value in fields.items() if name != "plan"} != wanted:
        raise ProofError(what, f"its own fields are {fields}, and revision and stop are {wanted}")
    if schedule.plan_id and fields["plan"] != schedule.plan_id:
        raise ProofError(what, "it is of another plan")
