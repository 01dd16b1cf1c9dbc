"""Why a FHIR resource is not a dose to count: its state, or something that turns its meaning."""

from __future__ import annotations

from typing import Any

from taper.checker.texts import say
from taper.checker.wording import NOTHING, code_text
from taper.exchange.fhir.shape import many, modifiers, one, text_of, true
from taper.message import Message

STOPPED = say("remark.left out.status", status=code_text("stopped"))
_OUT = frozenset(
    ("cancelled", "entered-in-error", "stopped", "declined", "not-taken", "abandoned", "on-hold", "unknown", "not-done")
)
"""States in which a resource is reported, not read."""
_NOT_TAKING = ("not-taking", "on-hold", "stopped", "unknown", "taking-not-as-directed")


def left_out(resource: dict[str, Any], *sources: dict[str, Any]) -> Message:
    """Return why a resource is left out; empty if it is read.

    Args:
        resource: The resource.
        sources: The resources that say what medicine it is.

    >>> left_out({"status": "on-hold"}), left_out({"status": "active", "doNotPerform": True})
    ('its status is on-hold', 'it is not taken or not to be done')
    """
    inner = [one(resource, "dispenseRequest"), one(resource, "medicationCodeableConcept")]
    inner += [part for source in sources for part in (source, *many(source, "ingredient"))]
    if (changed := modifiers(resource, *inner)) is not None:
        return say("remark.left out.modifier", address=code_text(changed))
    if rules := text_of(resource, "implicitRules"):
        return say("remark.left out.rules", address=code_text(rules[:200]))
    if any(text_of(source, "status") == "entered-in-error" for source in sources):
        return say("remark.left out.in error")
    if any(true(resource, flag) for flag in ("doNotPerform", "wasNotTaken", "notTaken", "notDone")):
        return say("remark.left out.not taken")
    adherence = one(one(resource, "adherence"), "code")
    codes = [text_of(coding, "code") for coding in many(adherence, "coding")]
    if text_of(resource, "taken") in ("n", "unk") or any(code.startswith(_NOT_TAKING) for code in codes):
        return say("remark.left out.not taken")
    state = text_of(resource, "status")
    return say("remark.left out.status", status=code_text(state)) if state in _OUT else NOTHING
