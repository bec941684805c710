"""Gather the verdicts of studies on one page of the docs: python tools/claims.py STUDY_DIR… [--out docs/claims.md]."""

import argparse
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from glyphspace.core.errors import GlyphspaceError
from glyphspace.core.files import Json, read_json, write_text
from glyphspace.report.apart import RULE
from glyphspace.report.verdict import FAILS, HOLDS, IN_PART, MARKS, UNTOLD
from glyphspace.verbs.study import VERDICTS

HEAD = f"""# What the documents claim, and what holds

Every claim of the documents that a figure can confirm or refute, with its verdict. None is written by hand: a claim is
taken apart, each part is measured, and the verdict follows. It *cannot be told* when most parts cannot; else those that
can decide: it *holds* when all of them do, *does not hold* when none does, and *holds in part* otherwise. A part that
rests on a training that was cut short is ?, whatever its figure.

A heading has our number of the claim and, in brackets, the section of the document. Above each table stands what was
measured and from how many seeds. Behind ± stands the standard deviation from seed to seed, and in brackets the number
of seeds.

{textwrap.fill(RULE, 120)}

A study with `--quick` looks at models that ship and trains little: what it cannot tell, the full study may.
"""


def page(studies: Sequence[Json]) -> str:
    """The page, a chapter for each study in the order given."""
    return "\n".join([HEAD, *_summary(studies), *(line for study in studies for line in _chapter(study))])


def _summary(studies: Sequence[Json]) -> Iterator[str]:
    words = (HOLDS, IN_PART, FAILS, UNTOLD)
    yield f"| document | {' | '.join(words)} |"
    yield f"| --- |{' ---: |' * len(words)}"
    for study in studies:
        counts = (sum(each["verdict"] == word for each in study["verdicts"]) for word in words)
        yield f"| {study['document']} | {' | '.join(map(str, counts))} |"
    yield ""


def _chapter(study: Json) -> Iterator[str]:
    yield f"## {study['document']}"
    yield ""
    quick = " --quick" if study["budget"] == "quick" else ""
    yield f"Measured by `glyphspace study {study['study']}{quick}`, which also draws the figures."
    yield ""
    for each in study["verdicts"]:
        yield f"### {each['number']} ({each['where']}): {each['verdict']}"
        yield ""
        for paragraph in (each["claim"], each["answer"], each["measured"]):
            if paragraph:
                yield paragraph
                yield ""
        yield "| | in the document | here | |"
        yield "| --- | --- | --- | --- |"
        for part in each["parts"]:
            cells = (part["says"], part["reported"] or "—", part["found"], MARKS[part["holds"]])
            yield f"| {' | '.join(cell.replace('|', '∣') for cell in cells)} |"
        yield ""


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="STUDY_DIR")
    parser.add_argument("--out", type=Path, default=Path("docs/claims.md"))
    given = parser.parse_args(words)
    try:
        write_text(given.out, page([read_json(folder / VERDICTS) for folder in given.folders]).rstrip() + "\n")
    except GlyphspaceError as error:
        print(error, file=sys.stderr)
        return 2
    print(given.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
