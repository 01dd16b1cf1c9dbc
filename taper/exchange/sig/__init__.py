"""Directions in words (sigs): read them. `taper.paper.sigs` writes them, because a label is paper."""
