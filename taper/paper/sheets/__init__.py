"""The papers, each a value with every string in its final form."""
