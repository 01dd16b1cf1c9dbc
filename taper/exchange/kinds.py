"""What a file that cannot be read seems to be, so that the answer names it and says what to do instead."""

from __future__ import annotations

import re

_CSV_OR_FHIR = "export the record as FHIR (JSON, XML) or as a CSV table"
_BEGINS: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "a zip archive or an Office file (xlsx, docx)", "save the table in it as CSV, or unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (xls, doc)", "save the table in it as CSV"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"BZh", "a bzip2 archive", "unpack it"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it"),
    (b"PAR1", "a Parquet file", "save it as CSV"),
    (b"ARROW1", "an Arrow file", "save it as CSV"),
    (b"SQLite format 3", "an SQLite database", "save the table in it as CSV"),
    (b"\x89PNG", "a picture", "type what it shows, or ask for the file behind it"),
    (b"\xff\xd8\xff", "a picture", "type what it shows, or ask for the file behind it"),
    (b"GIF8", "a picture", "type what it shows, or ask for the file behind it"),
    (b"{\\rtf", "a rich text file (RTF)", "save it as a table or as plain text"),
    (b"\xff\xfe", "text in UTF-16", "save it as UTF-8"),
    (b"\xfe\xff", "text in UTF-16", "save it as UTF-8"),
)
_TEXTS: tuple[tuple[str, str, str], ...] = (
    (r"(?:\x0b)?(?:FHS|BHS|MSH)\|\^~\\&", "an HL7 v2 message", _CSV_OR_FHIR),
    (r"ISA\*", "an X12 message", _CSV_OR_FHIR),
    (r"UN[AB][+:]", "an EDIFACT message", _CSV_OR_FHIR),
    (r"BEGIN:VCARD", "a contact card", "name the file with the record"),
    (r"(?i:<!doctype html|<html)", "a web page", "save the record itself, as FHIR, CSV or JSON"),
    (r"-----BEGIN ", "an encrypted or signed message", "decrypt it first"),
)
_ELEMENTS: tuple[tuple[str, str, str], ...] = (
    (r"ClinicalDocument", "a CDA document", _CSV_OR_FHIR),
    (r"MP\b", "a German medication plan (BMP)", "enter its lines as a table, or ask for its FHIR form"),
    (r"Message\b[^>]{0,400}(?:ncpdp|SCRIPT)", "an NCPDP SCRIPT message", _CSV_OR_FHIR),
    (r"(?:ODM)\b", "a CDISC ODM file", _CSV_OR_FHIR),
    (r"ContinuityOfCareRecord", "a CCR document", _CSV_OR_FHIR),
    (r"(?:workbook|Workbook)\b", "a spreadsheet in XML", "save its table as CSV"),
    (r"svg\b", "a picture", "type what it shows, or ask for the file behind it"),
)


def seems(data: bytes) -> tuple[str, str] | None:
    r"""Return what a file seems to be that is none of those that can be read, and what to do.

    >>> seems(b"MSH|^~\\&|PHARMACY|HOSPITAL|")[0], seems(b"start,end,time,drug,dose_mg")
    ('an HL7 v2 message', None)
    """
    start = data[:4000]
    for mark, what, advice in _BEGINS:
        if start.startswith(mark):
            return what, advice
    text = start.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    for pattern, what, advice in _TEXTS:
        if re.match(pattern, text):
            return what, advice
    if text.startswith("<"):
        return _of_xml(text)
    if text.startswith("{") and '"resourceType"' not in text and '"taper-' not in text:
        return _of_json(text)
    return None


def _of_xml(text: str) -> tuple[str, str] | None:
    root = re.search(r"<(?:[A-Za-z_][\w.-]*:)?(?=[A-Za-z_])", text)
    if root is None:
        return None
    named = text[root.end() :]
    return next(((what, advice) for pattern, what, advice in _ELEMENTS if re.match(pattern, named)), None)


def _of_json(text: str) -> tuple[str, str] | None:
    if re.search(r'"(?:openapi|\$schema)"\s*:', text):
        return "a description of a format (JSON Schema, OpenAPI)", "name the file with the record"
    if re.search(r'"cells"\s*:\s*\[', text):
        return "a notebook", "name the file with the record"
    return None
