"""The papers, held against the schedule: every word that can be read back says what is planned.

A paper is a value of final texts. Each of them that names a dose, a piece, a volume, a day or a person is read here,
with words and arithmetic of its own, and compared with the schedule and the order. What cannot be read back surely is
left alone: a plan that is refused without reason is as much of a danger as one that is wrong.

What may not enter: anything of the room that writes papers. Papers are known by the names of their fields alone.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "case": ["Asked"],
        "sheets": ["prove_paper", "prove_text"],
    },
)
