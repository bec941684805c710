"""report: the page of a run, with all that can be told of it."""

from pathlib import Path

from ..core.errors import BadInput
from ..core.progress import Progress, silent
from ..nets.model import Model
from ..report.page import write_page
from ..report.run import run_facts
from ..training.recipes import GanRecipe
from ..training.run import RunFolder
from .report_classifier import report_classifier
from .report_generator import report_generator
from .train import load_run

PAGE = "report.html"
FEWEST = 100  # images


def report(
    run: str | Path,
    *,
    classifier: str | Path | Model | None = None,
    judge_by: str | Path | Model | None = None,
    message: str = "2026",
    count: int | None = None,
    out: str | Path | None = None,
    progress: Progress = silent,
) -> Path:
    """Write the page of a run, one HTML file that needs nothing else, and return its path.

    What cannot be told, of a run that was interrupted, say, or for lack of a judging network, is left out with a
    sentence that says why.

    Args:
        run: the run folder.
        classifier: what labels a generator's images; by default the one that ships for the dataset.
        judge_by: the network whose features judge a generator; by default the one that ships for the dataset.
        message: what to write with a generator.
        count: images to generate for the figures, by default 10,000, or 26,000 stacked ones.
        out: where to write the page; by default `report.html` in the run folder.

    Raises:
        BadInput: the folder holds no run or one that is damaged, there is no such model, there are too few images, or
            the page cannot be written.
    """
    found = load_run(run)
    facts = run_facts(RunFolder(found.folder).description, found.step, found.seconds)
    if isinstance(facts.recipe, GanRecipe) and count is not None and count < FEWEST:
        raise BadInput(f"{count} images are too few for a page; generate at least {FEWEST}, better 10,000")
    if not isinstance(facts.recipe, GanRecipe) and (classifier, judge_by, count) != (None, None, None):
        raise BadInput(
            f"{run} is the run of a classifier, which draws nothing, and nothing else labels or judges; leave that out"
        )
    if isinstance(facts.recipe, GanRecipe):
        page = report_generator(found, facts, classifier, judge_by, message, count, progress)
    else:
        page = report_classifier(found, facts, progress)
    path = Path(out) if out is not None else found.folder / PAGE
    write_page(path, page)
    return path
