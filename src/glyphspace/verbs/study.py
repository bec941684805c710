"""study: one document from training to its last figure, on one page, its claims tested."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from .. import __version__
from ..core.errors import BadInput, GlyphspaceError
from ..core.files import read_json, write_json
from ..core.progress import Progress, silent
from ..report.page import Block, Page, Section, Text, write_page
from ..report.parts import Absent
from ..report.verdict import FAILS, HOLDS, IN_PART, UNTOLD, Verdict
from ..report.words import duration
from ..training.device import choose_compute
from ..training.interrupt import Interrupted, never
from .studies import FULL, QUICK, studies
from .studies.frame import Bench, Chapter, Results, Stopped, Study

PAGE, SETTINGS, VERDICTS, SECONDS, STEPS = "study.html", "study.json", "verdicts.json", "seconds.json", "steps"


@dataclass(frozen=True)
class Studied:
    """What came of a study.

    Attributes:
        page: the HTML file; None when it was interrupted: the same call goes on.
        verdicts: on each claim and question that could be looked into, in the document's order.
        left_out: why a step found nothing, by its name.
        seconds: that each step took that found something, by its name, with those of goes that were interrupted; not
            of steps that an earlier version did, nor of goes that were killed.
    """

    page: Path | None
    verdicts: tuple[Verdict, ...]
    left_out: dict[str, str]
    seconds: dict[str, float]


def study(
    name: str,
    *,
    out: str | Path,
    budget: str = FULL,
    device: str = "cpu",
    interrupted: Interrupted = never,
    progress: Progress = silent,
) -> Studied:
    """Carry out the steps of a study that are not done yet, and write its page and its verdicts.

    Args:
        name: of the study, which is that of its document.
        out: its folder: the page, the verdicts as JSON, the figures and numbers of each step, the runs.
        budget: "quick" takes minutes, on models that ship; "full" trains everything.
        device: that runs are trained on; all else is computed on the CPU.
        interrupted: asked now and then whether to stop.

    Raises:
        UnknownName: there is no such study or budget.
        BadInput: there is no such device; the folder holds another study, or cannot be written.
    """
    chosen, out = studies[name], Path(out)
    if budget not in (QUICK, FULL):
        raise BadInput(f"a study has the budget {QUICK} or {FULL}, not {budget!r}")
    choose_compute(device)  # which says so if it is not to be had
    _begin(out, name, budget)
    absent: dict[str, Absent] = {}
    results = Results(out / STEPS, absent)
    bench = Bench(out, budget, results, interrupted, progress, device)
    for number, step in enumerate(chosen.steps):
        progress(number, len(chosen.steps), step.name)
        if step.name in results:
            continue
        try:
            bench.breathe()
            with _timed(out, step.name):
                replace(step.measure(bench), experiment=step.name).save(results.folder)
        except Stopped:
            return Studied(None, (), {}, _seconds(out))
        except GlyphspaceError as error:
            absent[step.name] = Absent(str(error))
    return _tell(chosen, bench)


def _begin(out: Path, name: str, budget: str) -> None:
    settings = {"study": name, "budget": budget, "version": __version__}
    if (out / SETTINGS).exists() and (before := read_json(out / SETTINGS)) != settings:
        words = " ".join(map(str, before.values()))
        raise BadInput(f"{out} holds another study ({words}); choose another --out")
    write_json(out / SETTINGS, settings)


@contextmanager
def _timed(folder: Path, step: str) -> Iterator[None]:
    """Add what the block takes to the seconds of a step."""
    began = time.perf_counter()
    try:
        yield
    finally:
        before = _seconds(folder)
        took = before.get(step, 0.0) + time.perf_counter() - began
        write_json(folder / SECONDS, {**before, step: round(took, 1)})


def _seconds(folder: Path) -> dict[str, float]:
    """What is known of the seconds of each step; a file that is damaged costs no result."""
    try:
        known = read_json(folder / SECONDS)
    except BadInput:
        return {}
    return {name: value for name, value in known.items() if isinstance(value, float) and 0 <= value < float("inf")}


def _tell(chosen: Study, bench: Bench) -> Studied:
    verdicts: list[Verdict] = []
    sections = [_section(chapter, bench.earlier, verdicts) for chapter in chosen.chapters]
    about = Section(
        "What this is",
        "about",
        (Text((*chosen.about, _how(bench))),),
    )
    counts = ((word, str(sum(v.verdict == word for v in verdicts))) for word in (HOLDS, IN_PART, FAILS, UNTOLD))
    done = [step.name for step in chosen.steps if step.name in bench.earlier]
    seconds = {name: value for name, value in _seconds(bench.folder).items() if name in done}
    took = [("time", duration(sum(seconds.values())))] if len(seconds) == len(done) else []
    facts = (*counts, *took)
    write_page(bench.folder / PAGE, Page(chosen.title, f"“{chosen.document}”, done again.", (about, *sections), facts))
    found = {"study": chosen.name, "document": chosen.document, "budget": bench.budget}
    write_json(bench.folder / VERDICTS, {**found, "verdicts": [verdict.as_json() for verdict in verdicts]})
    left_out = {name: absent.why for name, absent in bench.earlier.absent.items()}
    return Studied(bench.folder / PAGE, tuple(verdicts), left_out, seconds)


def _how(bench: Bench) -> str:
    if bench.budget == QUICK:
        return (
            "This is the quick study: it looks at models that ship with Glyphspace and trains little, so that a claim "
            "about long training, or about another net, may be left untold. The full study trains everything."
        )
    return "This is the full study: every model it looks at was trained for it, from several seeds."


def _section(chapter: Chapter, results: Results, verdicts: list[Verdict]) -> Section:
    try:
        missing = [step for step in chapter.needs if step not in results]
        if missing:
            results[missing[0]]  # which says why
        told = list(chapter.tell(results))
    except GlyphspaceError as error:
        return Section(chapter.title, chapter.anchor, (Text((f"Left out: {error}.",)),))
    verdicts += [each for each in told if isinstance(each, Verdict)]
    return Section(chapter.title, chapter.anchor, tuple(_blocks(told)))


def _blocks(told: list[Block | Verdict]) -> Iterator[Block]:
    for each in told:
        yield each.block() if isinstance(each, Verdict) else each
