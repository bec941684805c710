"""Studies and the pages that show them: what to run, what to compare with, and one HTML file at the end.

`page` lays out text, pictures and tables; it knows nothing of runs.
"""
