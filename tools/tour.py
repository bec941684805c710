"""Run the notebook of the docs and keep what its cells show in it: python tools/tour.py [NOTEBOOK.ipynb]

Cells are run here, one after the other, as a notebook's kernel would run them, so that neither this nor the tests need
one: what is printed is kept, and the picture or the text of an expression that stands last.
"""

import argparse
import ast
import base64
import contextlib
import io
import json
from pathlib import Path
from typing import Any

from PIL import Image

from glyphspace.core.files import Json, write_text

NOTEBOOK = Path(__file__).parents[1] / "docs" / "tour.ipynb"
COLOURS = 128  # that cover most, so that the few dots of a legend keep theirs


def run(notebook: Json, folder: Path) -> Json:
    """The notebook with the outputs that its cells have when they are run in `folder`; the first error ends it."""
    names: dict[str, Any] = {"__name__": "__main__"}
    cells, count = [], 0
    with contextlib.chdir(folder):
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                count += 1
                outputs = outputs_of("".join(cell["source"]), count, names)
                cell = {**cell, "execution_count": count, "outputs": outputs}
            cells.append(cell)
    return {**notebook, "cells": cells}


def outputs_of(source: str, count: int, names: dict[str, Any]) -> list[Json]:
    """What cell number `count` shows, as the format of notebooks has it."""
    body = ast.parse(source, f"cell {count}").body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    printed = io.StringIO()
    value = None
    with contextlib.redirect_stdout(printed):
        exec(compile(ast.Module(body, []), f"cell {count}", "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), f"cell {count}", "eval"), names)
    outputs: list[Json] = []
    if text := printed.getvalue():
        outputs.append({"output_type": "stream", "name": "stdout", "text": text.splitlines(keepends=True)})
    if value is not None:
        data = {"text/plain": repr(value).splitlines(keepends=True)}
        if hasattr(value, "_repr_png_"):
            data["image/png"] = base64.b64encode(light(value._repr_png_())).decode()
        outputs.append({"output_type": "execute_result", "execution_count": count, "metadata": {}, "data": data})
    return outputs


def light(png: bytes) -> bytes:
    """The picture in few colours: what is kept in a repository should weigh little."""
    content = io.BytesIO()
    few = (
        Image.open(io.BytesIO(png))
        .convert("RGB")
        .quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    )
    few.save(content, "PNG", optimize=True)
    return content.getvalue()


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("notebook", nargs="?", type=Path, default=NOTEBOOK, help="default: docs/tour.ipynb")
    path = options.parse_args().notebook
    shown = run(json.loads(path.read_text()), path.parent)
    write_text(path, json.dumps(shown, indent=1, ensure_ascii=False) + "\n")
    print(path)


if __name__ == "__main__":
    main()
