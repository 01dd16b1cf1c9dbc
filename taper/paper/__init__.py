"""The paper: how is a schedule said and printed?

Words, sections and sheets put each dose, date and sentence into its final form once; renderers lay them out and write
nothing of their own. Nothing here reads or writes a file of the user's, and nothing is worked out but words.
"""

from taper.paper.renderers import render

__all__ = ["render"]
