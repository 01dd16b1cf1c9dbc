"""The layout: does the finished file say what the sheet says, no less and no more?

Each format has a reader of its own, which knows how such a file is built and nothing of how ours is made: the text of
HTML between its tags, the letters of a PDF by the tables of its fonts, strokes and areas of drawings. What is read is
held against the strings of the sheet as plain values. Places and areas on a page are floats, held to a tolerance; none
becomes a dose: what they show is one of a few exact shares and counts.

What may not enter: the renderers, the sheets, the writing of words.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "boxes": ["prove_boxes", "prove_run"],
        "charts": ["Figure", "prove_chart_of_pdf", "prove_chart_of_svg"],
        "drawings": ["Piece", "prove_in_html", "prove_in_pdf"],
        "html_text": ["read_page"],
        "pdf_text": ["read_pages"],
        "tiles": ["lies_in", "squeezed"],
        "words": ["Box", "Said", "prove_foot", "prove_neighbors", "prove_words"],
    },
)
