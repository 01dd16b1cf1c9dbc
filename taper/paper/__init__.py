"""The paper: how is a schedule said and printed?

Words, sections and sheets put each dose, date and sentence into its final form once; renderers lay them out and add
no text of their own.

What may not enter: computing doses, dates or supply; an abbreviation that can be misread; a finding on the patient's
paper; reading or writing the user's files.
"""

from taper.paper.renderers import render

__all__ = ["render"]
