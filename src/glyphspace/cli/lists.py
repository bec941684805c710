"""Arguments that are several in one word."""

import argparse


def words(text: str) -> tuple[str, ...]:
    """One or more words apart by commas; one that has a comma in it stands in double quotes."""
    import csv  # only where it is needed: every command reads this file

    try:
        found = tuple(next(csv.reader([text], skipinitialspace=True), ()))
    except csv.Error as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of words in one line") from error
    if not found:
        raise argparse.ArgumentTypeError("an empty list names nothing")
    return found


def numbers(text: str) -> tuple[float, ...]:
    """Numbers apart by commas."""
    return tuple(float(word) for word in text.split(","))


def weights(text: str) -> tuple[tuple[float, ...], ...]:
    """Rows of numbers, apart by slashes."""
    return tuple(numbers(row) for row in text.split("/"))
