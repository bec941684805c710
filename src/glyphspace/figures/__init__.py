"""Figures of runs, samples and spaces: plain arrays in, a matplotlib `Figure` (or an array of pixels) out.

Nothing here touches pyplot or any other global state. `save` turns a figure into the content of a file.
"""
