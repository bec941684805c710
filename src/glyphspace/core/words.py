"""Numbers as people say them, and names that can be shown."""

import unicodedata

UNSEEN = ("Cc", "Cs", "Zl", "Zp")  # control characters, halves of characters, ends of lines and paragraphs


def can_be_shown(text: str) -> bool:
    """Whether a text stands in one line: what no writing has is not in it, but joiners and odd spaces may be."""
    return not any(unicodedata.category(each) in UNSEEN for each in text)


def duration(seconds: float) -> str:
    """Seconds as "4.2 s", "48 s", "3 min 20 s" or "1 h 05 min"."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{seconds:.1f} s" if 0 <= seconds < 9.95 else f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
