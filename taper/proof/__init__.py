"""The proof: does what is about to leave the house add up?

A schedule, and what a paper or a file says of it, are computed a second time: pieces make the dose, days follow each
other, each cut is one that the words of the order allow, what is handed out lasts, and every dose, day and name on
paper or in a file is that of the schedule. A difference is a fault of this program, and stops the output.

What may not enter: the planner, what makes a dose, the reading of reductions, the writing of words or of files: a
fault in one of them must not be believed here. Only amounts, dates, errors and the fields of schedule and order may.

What is believed: of the catalog, the equivalences that an order names, the dose at half of the modeled occupancy, and
the numbers of its country to call, in an emergency and for thoughts of suicide (`catalog.call_number`: "emergency" and
"crisis"). They stand in no order, so a plan or a paper is held against the row as it was loaded: a wrong row is found
by its source and its tests, not here. Of the order, how its names are looked up, its data as text, and which phases a
revision leaves in force (`taper.order.terms`), as far as `taper.proof.history` does not work that out anew.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "sums": ["prove"],
        "supplied": ["prove_supply"],
    },
)
