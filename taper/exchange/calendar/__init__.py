"""iCalendar (RFC 5545): write a schedule as events, and read back the calendars that this library wrote."""
