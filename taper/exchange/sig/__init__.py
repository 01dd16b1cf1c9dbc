"""Directions in words (sigs): reading them."""
