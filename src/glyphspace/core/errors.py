"""What can go wrong that a person can put right.

Every message is one line that says what was wrong and what to do about it; the command line prints it as it
stands and exits with code 2. Anything else that is raised is a bug of ours and may show a traceback.
"""

import difflib
from collections.abc import Iterable

LONGEST = 1000  # characters of a message, which may quote a hostile file


class GlyphspaceError(Exception):
    """Base of all errors that are the caller's to mend: whatever its message quotes, it is one printable line."""

    def __init__(self, message: str) -> None:
        short = message if len(message) <= LONGEST else f"{message[:LONGEST]}…"
        super().__init__("".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in short))


class BadInput(GlyphspaceError):
    """A file, an argument or a value that cannot be used."""


class UnknownName(BadInput, KeyError):
    """A name that is in no registry; the message suggests the nearest ones. (A KeyError is what a Mapping raises.)"""

    __str__ = BadInput.__str__  # a KeyError shows the repr of its message

    def __init__(self, kind: str, name: object, known: Iterable[str]) -> None:
        self.kind, self.name = kind, str(name)
        known, asked = sorted(known), str(name)[:100]
        within = [name for name in known if len(asked) > 2 and asked in name][:3]
        near = within or difflib.get_close_matches(asked, known, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(known) or 'none'}"
        super().__init__(f"no {kind} is called {asked!r}; {hint}")


class Unavailable(GlyphspaceError):
    """Data that none of its sources could give."""


class TrainingFailed(GlyphspaceError):
    """A run that cannot go on: a figure of it is not a finite number."""
