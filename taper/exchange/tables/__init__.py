"""CSV: our tables, other tools' tables, pharmacy histories."""
