"""What a worker does: one deed for each address, each from a request to a reply, by calls of the library alone."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from taper import catalog
from taper.alternatives import options
from taper.catalog.conversion import convert
from taper.checker.checking import check
from taper.checker.rules import RULES
from taper.errors import OrderError, ScheduleError, TaperError, located, nearest
from taper.exchange.difference_document import difference_data
from taper.exchange.fhir.json import fhir_json
from taper.exchange.formats import export, parse_times
from taper.exchange.plan_document import Part, document, read_document, report_data
from taper.exchange.reading import read_schedule
from taper.exchange.schemas import KINDS, schema
from taper.finding import Severity
from taper.loading import decode, load_json, validate
from taper.order.history import Event
from taper.order.order import parse_order
from taper.paper.renderers import render
from taper.planner.planning import plan
from taper.planner.reviser import revise
from taper.proof import prove
from taper.proof.files import prove_difference, prove_document
from taper.quantity import exact_text
from taper.schedule.comparison import difference
from taper.schedule.schedule import Schedule
from taper.source import Source
from taper.web.hooks.policy import Policy
from taper.web.hooks.services import answer
from taper.web.service import models
from taper.web.service.replies import Reply, data_reply, problem_reply, refusal

R = TypeVar("R", bound=Part)
_PAPERS = {"pdf": "application/pdf", "html": "text/html; charset=utf-8", "text": "text/plain; charset=utf-8"}
_FILES = {
    "ics": "text/calendar; charset=utf-8",
    "fhir": "application/fhir+json",
    "csv": "text/csv; charset=utf-8",
    "days": "text/csv; charset=utf-8",
    "steps": "text/csv; charset=utf-8",
    "markdown": "text/markdown; charset=utf-8",
    "sig": "text/plain; charset=utf-8",
    "medtimer": "application/json",
    "emediplan": "text/plain; charset=utf-8",
}
_SETTINGS = frozenset(models.ExportRequest.model_fields) - frozenset(models.Subject.model_fields)


def warm_up() -> None:
    """Load data and rules, so that the first request does not wait for them."""
    order = {
        "drug": "diazepam",
        "country": "US",
        "start": "2026-01-05",
        "current": {"morning": "10 mg"},
        "product": [{"name": "diazepam tablet 2 mg", "split": "halves"}],
        "phase": [{"reduce": "25% of current, at least 1 mg", "every": "2 weeks", "until": "5 mg"}],
    }
    schedule = plan(parse_order(order))
    document(schedule, check(schedule))
    read_schedule(export(schedule, "fhir", written_on="2026-01-05"))


def _request(model: type[R], body: bytes) -> R:
    return validate(model, load_json(decode(body, OrderError), OrderError), OrderError)


def _answered(deed: Callable[..., Reply]) -> Callable[..., Reply]:
    """Let a deed answer with a problem where the library refuses."""

    def safe(*arguments: Any) -> Reply:
        try:
            return deed(*arguments)
        except TaperError as problem:
            return refusal(problem)
        except RecursionError:
            return problem_reply("order", 422, "the request is nested too deeply to be one of ours")

    return safe


def _schedule(subject: models.Subject) -> Schedule:
    """Return the schedule of an order, a plan document or a file."""
    given = [name for name in ("order", "plan", "record", "record_base64") if getattr(subject, name) is not None]
    if len(given) != 1:
        raise OrderError("give exactly one of order, plan, record and record_base64")
    if subject.order is not None:
        with located("order"):
            return plan(parse_order(subject.order))
    if subject.plan is not None:
        return _plan(subject.plan, "plan")
    with located(given[0]):
        reading = read_schedule(_file(subject), first_day=subject.first_day)
        return reading.schedule(subject.meaning, subject.person)


def _file(subject: models.Subject) -> bytes | str:
    if subject.record_base64 is not None:
        try:
            return base64.b64decode(subject.record_base64, validate=True)
        except (binascii.Error, ValueError):
            raise ScheduleError("this is not base64") from None
    return subject.record if isinstance(subject.record, str) else fhir_json(subject.record)  # type: ignore[arg-type]


def _plan(data: dict[str, Any], field: str) -> Schedule:
    with located(field):
        return read_document(fhir_json(data))


@_answered
def plan_order(body: bytes) -> Reply:
    """Plan and check an order."""
    asked = _request(models.PlanRequest, body)
    with located("order"):
        schedule = plan(parse_order(asked.order))
    report = check(schedule, guidelines=asked.guidelines, tables=asked.tables)
    return data_reply(prove_document(schedule, document(schedule, report)))


@_answered
def check_schedule(body: bytes) -> Reply:
    """Check an order, a plan or a file."""
    asked = _request(models.CheckRequest, body)
    return data_reply(report_data(check(_schedule(asked), guidelines=asked.guidelines, tables=asked.tables)))


@_answered
def list_options(body: bytes) -> Reply:
    """Compare an order with each single change that reaches its goal."""
    with located("order"):
        found = options(parse_order(_request(models.OrderRequest, body).order))
    return data_reply(
        {
            "options": [
                {
                    "lines": list(option.lines),
                    "stopped_on": option.schedule.stopped_on and option.schedule.stopped_on.isoformat(),
                    "ends": option.schedule.steps[-1].end.isoformat(),
                    "cuts": option.cuts,
                    "largest_cut": None if option.largest_cut is None else exact_text(option.largest_cut),
                    "split_days": option.split_days,
                    "findings": {str(severity): option.findings(severity) for severity in Severity},
                }
                for option in found
            ]
        }
    )


@_answered
def revise_plan(body: bytes) -> Reply:
    """Make the next revision of a plan."""
    asked = _request(models.ReviseRequest, body)
    before = _plan(asked.plan, "plan")
    known = set(Event.model_fields) - {"hash", "at_phase", "handed"}
    for key in asked.change:
        if key not in known:
            raise OrderError(f"the key '{key[:60]}' is unknown; {nearest(key, known)}", field="change")
    if "on" not in asked.change:
        raise OrderError("is missing; name the first day that may change", field="change.on")
    with located("change"):
        schedule = revise(before, **asked.change)
    return data_reply(prove_document(schedule, document(schedule, check(schedule))))


@_answered
def compare_plans(body: bytes) -> Reply:
    """Compare two plans."""
    asked = _request(models.DifferenceRequest, body)
    old, new = _plan(asked.old, "old"), _plan(asked.new, "new")
    for schedule in (old, new):
        prove(schedule, "the difference")
    changes = difference(old, new, old_report=check(old), new_report=check(new))
    return data_reply(prove_difference(old, new, difference_data(changes)))


@_answered
def print_paper(body: bytes) -> Reply:
    """Print a paper."""
    asked = _request(models.RenderRequest, body)
    schedule = _schedule(asked)
    content = render(
        schedule,
        check(schedule),
        asked.to,
        printed_on=asked.printed_on,
        sheet=asked.sheet,
        language=asked.language,
        paper=asked.paper,
        **({"variant": asked.variant} if asked.variant is not None else {}),  # type: ignore[arg-type]
        previous=None if asked.previous is None else _plan(asked.previous, "previous"),
    )
    return Reply(200, _PAPERS[asked.to], content)


@_answered
def export_file(body: bytes) -> Reply:
    """Write a file for another tool."""
    asked = _request(models.ExportRequest, body)
    schedule = _schedule(asked)
    chosen = {name: value for name in _SETTINGS if (value := getattr(asked, name)) is not None}
    to, written_on = chosen.pop("to"), chosen.pop("written_on", None)
    if "times" in chosen:
        chosen["times"] = dict(parse_times(f"{time}={clock}" for time, clock in chosen["times"].items()))
    if "previous" in chosen:
        chosen["previous"] = _plan(chosen["previous"], "previous")
    return Reply(200, _FILES[to], export(schedule, to, written_on=written_on, **chosen))


@_answered
def convert_dose(body: bytes) -> Reply:
    """Convert a dose by every table."""
    asked = _request(models.ConvertRequest, body)
    found = convert(asked.dose, asked.to)
    return data_reply(
        {
            "drug": found.drug,
            "dose_mg": found.dose.number,
            "to": found.to,
            "values": [
                {
                    "table": value.table.id,
                    "low_mg": value.low.number,
                    "high_mg": value.high.number,
                    "sources": [_cited(source) for source in value.sources],
                }
                for value in found.values
            ],
            "no_value": list(found.silent),
        }
    )


def _cited(source: Source) -> dict[str, str]:
    return {name: getattr(source, name) for name in ("title", "edition", "locator", "url", "status")}


@_answered
def list_drugs(_: dict[str, str]) -> Reply:
    """List the drugs."""
    return data_reply(
        {
            "drugs": [
                {
                    "name": drug.name,
                    "drug_class": drug.drug_class,
                    "codes": {code.system: code.value for code in drug.identifiers},
                    "source": _cited(drug.source),
                }
                for drug in catalog.drugs().values()
            ]
        }
    )


@_answered
def list_products(query: dict[str, str]) -> Reply:
    """List the products of a country, or those of one drug."""
    country = query.get("country", "")
    if not country:
        raise OrderError(f"is missing; known: {', '.join(catalog.countries())}", field="country")
    drug = query.get("drug")
    with located("country"):
        catalog.products(country)
    if drug is not None:
        with located("drug"):
            drug = catalog.drug(drug).name
    return data_reply(
        {
            "country": country.upper(),
            "products": [
                {
                    "name": product.name,
                    "drug": product.drug,
                    "form": product.form,
                    "strength_mg": product.strength.number,
                    "liquid": product.is_liquid,
                    "maker": product.maker,
                    "score": product.score,
                    "label_claim": product.label_claim,
                    "code": product.code,
                    "source": _cited(product.source),
                }
                for product in catalog.products(country, drug)
            ],
        }
    )


@_answered
def list_guidelines(_: dict[str, str]) -> Reply:
    """List the guidelines."""
    found = [catalog.guideline(name) for name in catalog.guidelines()]
    return data_reply(
        {
            "guidelines": [
                {
                    **{name: getattr(one, name) for name in ("id", "title", "short", "edition", "country", "not_read")},
                    "limits": len(one.limits),
                    "source": _cited(one.source),
                }
                for one in found
            ]
        }
    )


@_answered
def list_rules(_: dict[str, str]) -> Reply:
    """List the rules of the checker."""
    return data_reply(
        {
            "rules": [
                {
                    "code": rule.code,
                    "name": rule.name,
                    "since": rule.since,
                    "what": rule.section("What"),
                    "why": rule.section("Why"),
                    "what_to_do": rule.section("What to do"),
                }
                for rule in RULES
            ]
        }
    )


@_answered
def show_schema(query: dict[str, str]) -> Reply:
    """Return the JSON Schema of a document."""
    kind = query.get("of", "plan")
    if kind not in KINDS:
        raise OrderError(f"{kind[:40]!r} is not a document; {nearest(kind, KINDS)}", field="of")
    return data_reply(schema(kind))


def answer_hook(service: str, body: bytes, policy: Policy, today: date) -> Reply:
    """Answer a request of CDS Hooks."""
    try:
        said = answer(service, body, policy, today)
    except TaperError as problem:
        return refusal(problem, 400)
    except RecursionError:
        return problem_reply("request", 400, "the request is nested too deeply to be one of CDS Hooks")
    if said.lacks:
        return _lacking(said.lacks)
    content = fhir_json({"cards": list(said.cards)}).encode()
    return Reply(200, "application/json", content, tuple(card["indicator"] for card in said.cards))


def _lacking(what: str) -> Reply:
    """Return that needed data cannot be had, as CDS Hooks 3.0 says it."""
    text = f"This service needs {what}, fetches nothing itself, and did not get it; send it as prefetch."
    issue = {"severity": "error", "code": "required", "diagnostics": text}
    return Reply(412, "application/json", fhir_json({"resourceType": "OperationOutcome", "issue": [issue]}).encode())


DEEDS: dict[str, Callable[..., Reply]] = {
    "plan": plan_order,
    "check": check_schedule,
    "options": list_options,
    "revise": revise_plan,
    "difference": compare_plans,
    "render": print_paper,
    "export": export_file,
    "convert": convert_dose,
    "drugs": list_drugs,
    "products": list_products,
    "guidelines": list_guidelines,
    "rules": list_rules,
    "schema": show_schema,
    "hook": answer_hook,
}
