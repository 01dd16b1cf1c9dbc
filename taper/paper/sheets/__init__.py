"""One module per sheet of paper: each builds a frozen value with every string in its final form.

A sheet decides what is on the paper and in which order; how it looks is for the renderers. Findings never enter the
patient's sheet, card or diary.
"""
