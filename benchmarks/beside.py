"""Measurements beside each other, each in a process of its own."""

import argparse
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

Name, Found = TypeVar("Name"), TypeVar("Found")


def ask_of_trainings(made: argparse.ArgumentParser, seeds: Sequence[int]) -> None:
    """Add the options of trainings that are judged, alone or beside each other."""
    told = " ".join(map(str, seeds))
    made.add_argument("--seeds", type=int, nargs="+", default=list(seeds), help=f"default: {told}")
    made.add_argument("--count", type=int, default=10_000, help="images to judge (default: 10000)")
    made.add_argument("--judge", metavar="MODEL", help="the network that judges (default: the one that ships)")
    made.add_argument("--threads", type=int, metavar="N", help="CPU threads (default: torch's choice)")
    made.add_argument("--at-once", type=int, metavar="N", help="train N beside each other, each by one thread")


def beside(
    measure: Callable[..., Found], jobs: Mapping[Name, tuple[Any, ...]], at_once: int
) -> Iterator[tuple[Name, Found]]:
    """What `measure` finds for each job, a name and its arguments, as they end; `at_once` are under way at a time.

    What has not begun does not after an error or Ctrl-C, and no process outlives the one that it works for.
    """
    with ProcessPoolExecutor(at_once, get_context("spawn"), _end_with_parent) as processes:
        under_way = {processes.submit(measure, *given): name for name, given in jobs.items()}
        try:
            for ended in as_completed(under_way):
                yield under_way[ended], ended.result()
        finally:
            processes.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    """See to it that this process ends when the one that began it does, however that comes."""
    Thread(target=_wait_and_end, daemon=True).start()


def _wait_and_end() -> None:
    parent = parent_process()
    assert parent is not None  # this is a process of a pool
    parent.join()
    os._exit(1)
