"""The planner: how is the order carried out exactly?

It turns an order into a schedule, and a schedule with a revision into the next one. The same order always gives the
same schedule.

What may not enter: a guideline or a finding (the planner never judges), a dose that the products cannot make, a cut
larger than ordered.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "planning": ["plan"],
        "reviser": ["revise"],
    },
)
