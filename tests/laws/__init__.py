"""Laws that cross rooms, and published schedules as witnesses."""
