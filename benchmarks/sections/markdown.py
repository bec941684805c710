"""What all sections of the page of speed are made of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table whose first column is words, and all others figures."""
    yield "| " + " | ".join(head) + " |"
    yield "| --- |" + " ---: |" * (len(head) - 1)
    for row in rows:
        yield "| " + " | ".join(map(str, row)) + " |"


def figure(value: float | None, digits: int = 2) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def listed(names: Sequence[str]) -> str:
    """Names as a sentence has them."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def missed(shortfalls: Iterable[str]) -> Iterator[str]:
    """What was aimed at and not reached, if anything was."""
    if told := list(shortfalls):
        yield ""
        yield f"**Missed:** {'; '.join(told)}."


def slower(
    pace: Mapping[str, float], ours: Sequence[str], theirs: Sequence[str], what: str, word: str = "Slower"
) -> Iterator[str]:
    """Which of ours have a lower pace than which of theirs, of those that have one; alike ones are told together."""
    trailing: dict[tuple[str, ...], list[str]] = {}
    for name in filter(pace.__contains__, ours):
        if ahead := tuple(other for other in theirs if pace.get(other, 0) > pace[name]):
            trailing.setdefault(ahead, []).append(f"`{name}`")
    for ahead, names in trailing.items():
        yield ""
        yield f"**{word} than {listed(ahead)}**, {what}: {listed(names)}."
