"""The web: what does a person at a page, or another program over HTTP, ask?

One page and one interface over exactly the calls of the library. Below this room nobody knows a server.

What may not enter: arithmetic on doses, a sentence of the papers, a second way to plan, check, print or export.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs={"service.app": ["service_app"]})
