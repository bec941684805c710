"""Arguments that are several in one word."""


def words(text: str) -> tuple[str, ...]:
    """Words apart by commas; one that has a comma in it stands in double quotes."""
    import csv  # only where it is needed: every command reads this file

    return tuple(next(csv.reader([text], skipinitialspace=True), ()))


def numbers(text: str) -> tuple[float, ...]:
    """Numbers apart by commas."""
    return tuple(float(word) for word in text.split(","))


def weights(text: str) -> tuple[tuple[float, ...], ...]:
    """Rows of numbers, apart by slashes."""
    return tuple(numbers(row) for row in text.split("/"))
