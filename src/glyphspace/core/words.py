"""Numbers as people say them."""


def duration(seconds: float) -> str:
    """Seconds as "4.2 s", "48 s", "3 min 20 s" or "1 h 05 min"."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{seconds:.1f} s" if 0 <= seconds < 9.95 else f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
