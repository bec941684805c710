"""What can go wrong that a person can put right.

Every message is one line that says what was wrong and what to do about it; the command line prints it as it
stands and exits with code 2. Anything else that is raised is a bug of ours and may show a traceback.
"""

import difflib
from collections.abc import Iterable


class GlyphspaceError(Exception):
    """Base of all errors that are the caller's to mend."""


class BadInput(GlyphspaceError):
    """A file, an argument or a value that cannot be used."""


class UnknownName(BadInput):
    """A name that is in no registry; the message suggests the nearest ones."""

    def __init__(self, kind: str, name: object, known: Iterable[str]) -> None:
        known = sorted(known)
        near = difflib.get_close_matches(str(name), known, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(known) or 'none'}"
        super().__init__(f"no {kind} is called {str(name)!r}; {hint}")


class Unavailable(GlyphspaceError):
    """Data that none of its sources could give."""


class TrainingFailed(GlyphspaceError):
    """A run that cannot go on: a loss is not a number, or the samples have collapsed."""
