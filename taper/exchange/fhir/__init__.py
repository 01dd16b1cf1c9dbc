"""FHIR R4: writing and reading medication resources."""
