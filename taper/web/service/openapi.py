"""OpenAPI 3.1, made of the models by which requests are read and answers are written."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from taper import __version__, catalog
from taper.order.history import Event
from taper.order.order import Order
from taper.web.hooks.services import HOOKS
from taper.web.service.endpoints import ENDPOINTS, EXAMPLES, REQUIRED, VALUES, Endpoint
from taper.web.service.models import HealthDocument, ProblemDocument
from taper.web.service.replies import JSON, PROBLEM

_ANY: dict[str, Any] = {"type": "object", "additionalProperties": True}
_CARDS: dict[str, Any] = {
    "type": "object",
    "required": ["cards"],
    "properties": {"cards": {"type": "array", "items": _ANY}},
}
_HOOK: dict[str, Any] = {
    "type": "object",
    "required": ["hook", "hookInstance", "context"],
    "properties": {
        "hook": {"type": "string"},
        "hookInstance": {"type": "string", "minLength": 1},
        "context": {
            "type": "object",
            "required": ["patientId"],
            "properties": {"patientId": {"type": "string", "minLength": 1}},
        },
        "prefetch": {"description": "Data by the keys of discovery; null for none."},
    },
}
_FEEDBACK: dict[str, Any] = {
    "type": "object",
    "required": ["feedback"],
    "properties": {
        "feedback": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["card", "outcome", "outcomeTimestamp"],
                "properties": {
                    "card": {"type": "string", "format": "uuid"},
                    "outcome": {"enum": ["accepted", "overridden"]},
                    "outcomeTimestamp": {"type": "string", "format": "date-time"},
                    "acceptedSuggestions": {"type": "array", "items": _ANY},
                    "overrideReason": _ANY,
                },
            },
        }
    },
}
_PROBLEMS = {
    "400": "The request cannot be read",
    "401": "The sender is not trusted",
    "408": "The body did not arrive in time",
    "413": "The body is too large",
    "415": "The body is not JSON",
    "422": "The request cannot be carried out as it is written",
    "500": "What was made does not add up, so it is not given out",
    "501": "A package that this needs is not installed",
    "503": "All workers are busy, or the answer needs too much memory or time; come again",
}


@lru_cache(maxsize=2)
def openapi(base_url: str = "") -> dict[str, Any]:
    """Return the description of all addresses.

    Args:
        base_url: Address under which clients know the service; that from which they read this if it is empty.
    """
    where = {"servers": [{"url": base_url.rstrip("/")}]} if base_url else {}
    return {
        "openapi": "3.1.0",
        **where,
        "info": {
            "title": "taper",
            "version": __version__,
            "summary": "Exact benzodiazepine tapers: planned, checked, printed.",
            "description": "It computes and warns; it never chooses a dose, a step or a drug. Amounts are strings.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": {endpoint.path: _path(endpoint) for endpoint in ENDPOINTS} | _hooks() | _of_service(),
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"client": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
        "security": [{}, {"client": []}],
    }


def _schemas() -> dict[str, Any]:
    models: list[type[BaseModel]] = [Order, Event, ProblemDocument, HealthDocument]
    for endpoint in ENDPOINTS:
        models += [one for one in (endpoint.takes, endpoint.gives) if isinstance(one, type)]
    _, made = models_json_schema(
        [(model, "validation") for model in dict.fromkeys(models)], ref_template="#/components/schemas/{model}"
    )
    schemas: dict[str, Any] = made["$defs"]
    order = {"anyOf": [{"$ref": "#/components/schemas/Order"}, {"type": "null"}]}
    schemas["PlanDocument"]["properties"]["order"] = order
    for name in ("history_gone", "history_new"):
        events = schemas["DiffDocument"]["properties"][name]
        events["items"] = {"$ref": "#/components/schemas/Event"}
    named: dict[str, Any] = _named(schemas)
    return named


def _named(value: Any) -> Any:
    """Put the reference to its model in place of data that is read elsewhere."""
    if isinstance(value, dict):
        if "x-model" in value:
            return {"$ref": f"#/components/schemas/{value['x-model']}"}
        return {key: _named(inner) for key, inner in value.items()}
    return [_named(inner) for inner in value] if isinstance(value, list) else value


def _path(endpoint: Endpoint) -> dict[str, Any]:
    gives = endpoint.gives
    if isinstance(gives, tuple):
        content = {media: {"schema": {"type": "string"}} for media in gives}
        content |= {JSON: {"schema": _ANY}} if JSON in gives else {}
        content |= {media: {"schema": _ANY} for media in gives if media == "application/fhir+json"}
    else:
        content = {JSON: {"schema": _ANY if gives is None else _reference(gives)}}
    said: dict[str, Any] = {
        "operationId": endpoint.deed,
        "summary": endpoint.summary,
        "responses": {"200": {"description": endpoint.summary, "content": content}} | _problems(endpoint.takes),
    }
    if endpoint.takes is not None:
        example = {"example": EXAMPLES[endpoint.deed]} if endpoint.deed in EXAMPLES else {}
        said["requestBody"] = {"required": True, "content": {JSON: {"schema": _reference(endpoint.takes), **example}}}
    if endpoint.query:
        said["parameters"] = [
            {
                "name": name,
                "in": "query",
                "required": name in REQUIRED,
                "description": meaning,
                "schema": {"type": "string"} | _values(name),
            }
            for name, meaning in endpoint.query
        ]
    return {endpoint.method.lower(): said}


def _values(name: str) -> dict[str, Any]:
    """Return what a parameter may be."""
    if name == "country":
        return {"enum": list(catalog.countries())}
    return {"enum": list(catalog.drugs())} if name == "drug" else VALUES[name]


def _reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model.__name__}"}


def _problems(takes: object, leave: tuple[str, ...] = ()) -> dict[str, Any]:
    body = ("400", "408", "413", "415")
    return {
        status: {"description": text, "content": {PROBLEM: {"schema": _reference(ProblemDocument)}}}
        for status, text in _PROBLEMS.items()
        if status not in leave and (takes is not None or status not in body or status == "400")
    }


def _operation(name: str, summary: str, body: dict[str, Any] | None, content: dict[str, Any] | None) -> dict[str, Any]:
    given: dict[str, Any] = {"description": summary}
    if content is not None:
        given["content"] = content
    said: dict[str, Any] = {
        "operationId": name,
        "summary": summary,
        "responses": {"200": given} | _problems(body, ("422", "500", "501")),
    }
    if body is not None:
        said["requestBody"] = {"required": True, "content": {JSON: {"schema": body}}}
    return said


def _hooks() -> dict[str, Any]:
    services = {"type": "object", "required": ["services"], "properties": {"services": {"type": "array"}}}
    discovery = _operation("discovery", "CDS Hooks: which services there are", None, {JSON: {"schema": services}})
    paths: dict[str, Any] = {"/cds-services": {"get": discovery}}
    for service, hooks in HOOKS.items():
        body = _HOOK | {"properties": _HOOK["properties"] | {"hook": {"enum": list(hooks)}}}
        asked = _operation(service, f"CDS Hooks: {' and '.join(hooks)}", body, {JSON: {"schema": _CARDS}})
        asked["responses"]["412"] = {"description": "Needed data was not sent", "content": {JSON: {"schema": _ANY}}}
        paths[f"/cds-services/{service}"] = {"post": asked}
        told = _operation(f"{service}-feedback", "CDS Hooks: what was done with cards", _FEEDBACK, None)
        paths[f"/cds-services/{service}/feedback"] = {"post": told}
    return paths


def _of_service() -> dict[str, Any]:
    health = {JSON: {"schema": _reference(HealthDocument)}}
    ready = _operation("ready", "Whether the service answers", None, health)
    ready["responses"]["503"] = {"description": "It starts or ends", "content": health}
    return {
        "/v1/health": {"get": _operation("health", "Whether the service lives", None, health)},
        "/v1/ready": {"get": ready},
        "/metrics": {
            "get": _operation("metrics", "Figures for Prometheus", None, {"text/plain": {"schema": {"type": "string"}}})
        },
        "/openapi.json": {"get": _operation("openapi", "This description", None, {JSON: {"schema": _ANY}})},
    }
