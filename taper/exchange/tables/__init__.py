"""CSV: write our tables, and read them, plain tables of other tools, and pharmacy histories."""
