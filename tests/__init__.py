"""The tests: laws first, worked examples beside them."""
