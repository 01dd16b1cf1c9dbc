"""iCalendar: writing and reading."""
