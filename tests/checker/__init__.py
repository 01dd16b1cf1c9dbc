"""How a schedule stands against guidance."""
