"""Real runs, killed with SIGKILL at random moments and resumed, beside one that nobody disturbed.

Claim: whatever the moment (starting up, within a step, writing a checkpoint, drawing a sheet), the run that is resumed
ends with the same bytes of weights and of sample sheets as the run that was never stopped.

Checkpoints are made far more often than usual, so that many kills fall into the writing of one. A run that ends
before it is killed is compared too, and another is begun.

    python -m benchmarks.resume --kills 20
"""

import itertools
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from glyphspace.core.errors import GlyphspaceError
from glyphspace.core.tensors import load_tensors

from .common import HERE, machine, parser, save, workspace


@dataclass(frozen=True)
class Kill:
    """One kill: seconds after the start of the process, the step it could go back to, and half-written files."""

    seconds: float
    step: int
    half_written: int


@dataclass(frozen=True)
class Attempt:
    """How to start the same run again and again."""

    words: tuple[str, ...]

    def start(self, out: Path) -> subprocess.Popen[str]:
        """A process that begins or resumes the run in `out`."""
        command = [sys.executable, "-m", "glyphspace", "train", *self.words, "--out", str(out), "--resume"]
        return subprocess.Popen(command, cwd=HERE.parent, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def finish(self, out: Path) -> float:
        """Let the run in `out` end; the seconds that took."""
        began = time.perf_counter()
        process = self.start(out)
        _, said = process.communicate()
        check(process, said)
        return time.perf_counter() - began


def main() -> int:
    options = parser(__doc__ or "", "resume")
    options.add_argument("--kills", type=int, default=20, help="default: 20")
    options.add_argument("--recipe", default="gan-fast", help="default: gan-fast")
    options.add_argument("--steps", type=int, default=1500, help="of each run (default: 1500)")
    options.add_argument("--seed", type=int, default=0, help="of the run and of the moments (default: 0)")
    options.add_argument("--checkpoint-seconds", type=float, default=0.2, help="default: 0.2")
    options.add_argument("--threads", type=int, metavar="N", help="CPU threads (default: torch's choice)")
    options.add_argument("more", nargs="*", metavar="-- WORD", help="more words for the train command")
    arguments = options.parse_args()
    words = [arguments.recipe, "--data", arguments.data, "--seed", arguments.seed, "--steps", arguments.steps]
    words += ["--checkpoint-seconds", arguments.checkpoint_seconds]
    words += ["--threads", arguments.threads] if arguments.threads else []
    attempt = Attempt(tuple(map(str, (*words, *arguments.more))))

    where, kills, same = machine(), list[Kill](), list[bool]()
    with workspace(arguments.keep) as folder:
        seconds = attempt.finish(folder / "undisturbed")
        expected = outcome(folder / "undisturbed")
        training = json.loads((folder / "undisturbed" / "run.json").read_text())["seconds"]
        start_up, each = seconds - training, 2 * training / max(arguments.kills, 1)
        print(
            f"undisturbed: {arguments.steps:,} steps in {training:.1f} s, and {start_up:.1f} s of starting and ending"
        )
        chance = random.Random(arguments.seed)
        moments = (chance.uniform(0.3 * start_up, start_up + each) for _ in itertools.count())
        while len(kills) < arguments.kills or not same:
            out = folder / f"killed-{len(same)}"
            for kill in itertools.islice(disturb(attempt, out, moments), arguments.kills - len(kills)):
                kills.append(kill)
                print(f"kill {len(kills):>2} {told(kill)}", flush=True)
            attempt.finish(out)
            same.append(outcome(out) == expected)
            print(f"run {len(same)} ended: {'the same bytes' if same[-1] else 'OTHER BYTES'}", flush=True)

    torn = sum(kill.half_written > 0 for kill in kills)
    print(f"\n{len(kills)} kills, {torn} of them while a file was written:")
    print(f"{sum(same)} of {len(same)} runs ended with the bytes of the undisturbed one, in {len(expected)} files")
    figures = {"kills": [asdict(kill) for kill in kills], "runs": len(same), "runs with the same bytes": sum(same)}
    save(arguments, where, {**figures, "files compared": sorted(expected)})
    return 0 if all(same) else 1


def disturb(attempt: Attempt, out: Path, moments: Iterator[float]) -> Iterator[Kill]:
    """Begin or resume the run in `out` and kill it, again and again until it ends before its moment comes."""
    for moment in moments:
        process = attempt.start(out)
        try:
            _, said = process.communicate(timeout=moment)
        except subprocess.TimeoutExpired:
            process.kill()  # SIGKILL, which no process can hear
            process.communicate()
        else:
            check(process, said)
            return
        yield Kill(round(moment, 2), checkpoint_step(out), len(list(out.rglob(".*.part"))))


def check(process: subprocess.Popen[str], said: str) -> None:
    """End with what the process said if it failed."""
    if process.returncode:
        sys.exit(f"a run ended with code {process.returncode}: {said.strip()}")


def told(kill: Kill) -> str:
    left = f"a checkpoint of step {kill.step:,}" if kill.step else "no checkpoint yet"
    return f"after {kill.seconds:4.1f} s: {left}{' and a file half written' if kill.half_written else ''}"


def checkpoint_step(out: Path) -> int:
    """The step a resumed run goes back to."""
    try:
        return int(load_tensors(out / "checkpoint.safetensors")[1]["step"])
    except GlyphspaceError as error:
        if (out / "checkpoint.safetensors").exists():
            sys.exit(f"a kill left a broken checkpoint: {error}")
        return 0


def outcome(out: Path) -> dict[str, bytes]:
    """The models and the sample sheets that a run left, to the byte."""
    models = [file for file in out.glob("*.safetensors") if file.name != "checkpoint.safetensors"]
    return {str(file.relative_to(out)): file.read_bytes() for file in sorted([*models, *out.glob("frames/*.png")])}


if __name__ == "__main__":
    sys.exit(main())
