"""The proof of files: what another tool will read in them is what is planned.

The bytes that are about to be given out are read back by small readers of this package's own, and every day, dose,
piece, total and date in them is held against the schedule. Each reader knows one format as its specification has it.

What may not enter: the writers and the readers of `taper.exchange`, and the words of paper: they are what is proved.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "prove": ["prove_difference", "prove_document", "prove_file", "prove_today"],
    },
)
