"""taper: exact, makeable benzodiazepine tapers, checked against published guidance.

The way of the data::

    order ──plan──▶ schedule ──check──▶ report
                        ├──dispense──▶ supply
                        ├──render────▶ paper
                        ├──write_document──▶ plan document, and back
                        └──revise────▶ schedule, next revision

It computes and warns. It never chooses a dose, a step or a drug for anyone.

Each room of the package says in its `__init__.py` what it is for and what may not enter. The public names are listed
once, in `__init__.pyi` beside this file; each is loaded when it is first used, so that importing the package costs
nothing.
"""

import lazy_loader

__version__ = "0.2.0"

__getattr__, _, __all__ = lazy_loader.attach_stub(__name__, __file__)
__all__ += ["__version__"]


def __dir__() -> list[str]:
    """Return the public names, for completion in an editor or a notebook."""
    return list(__all__)
