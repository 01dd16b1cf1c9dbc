"""FHIR: write a schedule as R4 drafts, and read medication resources of STU3, R4 and R5."""
