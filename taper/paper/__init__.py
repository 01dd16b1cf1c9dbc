"""The paper: how is a schedule said and printed?

Words, sections and sheets put each dose, date and sentence into its final form once; renderers lay them out and add
no text of their own.

What may not enter: computing doses, dates or supply; an abbreviation that can be misread; a finding on the patient's
paper; reading or writing the user's files.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "renderers": ["render"],
        "report_told": ["report_in"],
    },
)
