"""Read FHIR's XML as the data that its JSON would be: no document type, no entity, nothing fetched."""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from taper.errors import ScheduleError

MAX_DEPTH = 60
MAX_ELEMENTS = 200_000


def load_xml(text: str) -> list[dict[str, Any]]:
    """Return the resources of an XML text, each value as text.

    Raises:
        ScheduleError: Not XML, a document type or entity, or nested too deeply.

    >>> load_xml('<Patient><active value="true"/></Patient>')
    [{'resourceType': 'Patient', 'active': 'true'}]
    """
    builder = _Builder()
    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartDoctypeDeclHandler = builder.refuse
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    try:
        parser.Parse(text, True)
    except expat.ExpatError as problem:
        raise ScheduleError(f"this is not XML: {problem}; check the file") from None
    assert builder.root is not None
    return _resources(builder.root[0], builder.root[1])


class _Builder:
    """Build nested dicts while the parser reads; a repeated name becomes a list."""

    def __init__(self) -> None:
        self.stack: list[tuple[str, dict[str, Any]]] = []
        self.root: tuple[str, dict[str, Any]] | None = None
        self.count = 0

    def refuse(self, *_: object) -> None:
        raise ScheduleError("this XML declares a document type, which FHIR forbids; remove it")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.stack) >= MAX_DEPTH or self.count > MAX_ELEMENTS:
            raise ScheduleError("this XML is nested too deeply, or too large, to be a record; check the file")
        kept = {f"@{key}": value for key, value in attributes.items() if key in ("value", "url", "id")}
        self.stack.append((name.rpartition(":")[2], kept))

    def end(self, _: str) -> None:
        name, content = self.stack.pop()
        if not self.stack:
            self.root = name, content
            return
        value: Any = _value(content)
        parent = self.stack[-1][1]
        if name[:1].isupper():  # the resource inside `resource` or `contained`
            parent["resourceType"] = name
            if isinstance(value, dict):
                parent |= value
        elif isinstance(parent.get(name), list):
            parent[name].append(value)
        elif name in parent:
            parent[name] = [parent[name], value]
        else:
            parent[name] = value


def _value(content: dict[str, Any]) -> Any:
    """Return an element's own value, or its parts."""
    if "@value" in content and all(key.startswith("@") for key in content):
        return content["@value"]
    return {key.removeprefix("@"): element for key, element in content.items() if key not in ("@value", "@id")}


def _resources(name: str, content: dict[str, Any]) -> list[dict[str, Any]]:
    value = _value(content)
    root = {"resourceType": name, **(value if isinstance(value, dict) else {})}
    if name != "Bundle":
        return [root]
    entries = root.get("entry", [])
    resources = []
    for entry in entries if isinstance(entries, list) else [entries]:
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if isinstance(resource, dict) and isinstance(resource.get("resourceType"), str):
            resources.append(resource | {"_fullUrl": entry.get("fullUrl")})
    return resources
