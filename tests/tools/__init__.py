"""Programs that developers run by hand: `python -m tests.tools.NAME`."""
