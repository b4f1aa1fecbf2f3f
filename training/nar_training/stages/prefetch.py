"""Batches from worker processes, so that a GPU does not wait for Python to build rows.

Every worker owns a stage with a seed of its own and runs ahead by two batches. What needs the model's answers (second
policy, pseudo-targets) stays in the trainer's process: workers only say which rows to follow up (stages.FollowUp).
With workers a resumed run goes on with other batches than it would have seen; exact continuation needs `--workers 0`.
"""

import argparse
import multiprocessing
import os
import queue
import signal
import sys
import time
import traceback

import numpy as np

from ..data.guard import DataError
from .stage import Batch, make_stage

AHEAD = 2  # batches a worker may be ahead
PATIENCE = 5.0  # seconds between looks at whether the other side is alive
LONGEST_WAIT = 90.0  # seconds without any batch: the workers hang


class WorkerError(DataError):
    """A worker process ended or failed; the message is its last word."""


def derived_seed(*numbers: int) -> int:
    """One seed from several numbers (seed, rank, worker, step); close numbers give unrelated streams."""
    return int(np.random.SeedSequence(numbers).generate_state(1)[0])


def work(arguments: argparse.Namespace, texts: list[str], seed: int, output: multiprocessing.Queue) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the trainer saves and ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = os.getppid()
    try:
        stage = make_stage(arguments, texts, seed)
        while True:
            batch = stage.make_batch()
            while True:
                try:
                    output.put(batch, timeout=PATIENCE)
                    break
                except queue.Full:
                    if os.getppid() != parent:  # the trainer is gone without a word
                        output.cancel_join_thread()
                        return
    except DataError as error:
        output.put(str(error))
    except Exception:  # a fault of the program: the trainer shows where
        output.put(traceback.format_exc())


class Prefetcher:
    """`count` workers. Create it before the GPU is touched: on Linux they are forked,
    and CUDA does not survive that.
    """

    def __init__(self, arguments: argparse.Namespace, texts: list[str], count: int, *seed: int):
        context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self.queue = context.Queue(maxsize=AHEAD * count)
        self.workers = [
            context.Process(target=work, args=(arguments, texts, derived_seed(*seed, index), self.queue), daemon=True)
            for index in range(count)
        ]
        for worker in self.workers:
            worker.start()

    def next(self) -> Batch:
        """Raises WorkerError instead of waiting for ever."""
        began = time.monotonic()
        while True:
            try:
                item = self.queue.get(timeout=PATIENCE)
            except queue.Empty:
                dead = next((worker for worker in self.workers if not worker.is_alive()), None)
                if dead is not None:
                    raise WorkerError(f"a batch worker ended with exit code {dead.exitcode}") from None
                if time.monotonic() - began > LONGEST_WAIT:
                    raise WorkerError(f"no batch worker has sent anything for {LONGEST_WAIT:.0f} seconds") from None
                continue
            if isinstance(item, str):
                raise WorkerError(f"a batch worker failed: {item}")
            return item

    def close(self) -> None:
        for worker in self.workers:
            worker.terminate()
        for worker in self.workers:
            worker.join(PATIENCE)
        self.queue.close()
