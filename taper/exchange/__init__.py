"""Writing schedules for other tools, and reading theirs."""
