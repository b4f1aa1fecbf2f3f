"""Pieces of the packed prose as pairs of a text with itself, for pre-training that spoils one side."""

from pathlib import Path

import numpy as np

from .guard import DataError
from .pools import Example
from .tokenizer import END

SHORTEST, LONGEST = 4, 64  # tokens of a piece


class ProseWindows:
    """Endless pieces at random places, none across the end of a paragraph; the random generator is all the state."""

    def __init__(self, path: Path, seed: int):
        """Raises DataError for prose that is missing or has no paragraph of SHORTEST tokens."""
        if not path.is_file() or path.stat().st_size < 2 * SHORTEST:
            raise DataError(f"{path}: no packed prose; write it with python -m nar_training.data.prepare")
        self.prose = np.memmap(path, dtype=np.uint16, mode="r")
        ends = np.flatnonzero(self.prose == END)
        if not len(ends) or np.diff(ends, prepend=-1).max() <= SHORTEST:
            raise DataError(f"{path}: no paragraph of {SHORTEST} tokens in it; run nar_training.data.prepare again")
        self.last_start = int(ends[-1])
        self.random = np.random.default_rng(seed)

    def highest_token(self) -> int:
        return int(self.prose.max())

    def next(self) -> Example:
        while True:
            start = int(self.random.integers(self.last_start))
            window = np.asarray(self.prose[start : start + LONGEST])
            ends = np.flatnonzero(window == END)
            tokens = window[: ends[0] if len(ends) else LONGEST].tolist()
            if len(tokens) >= SHORTEST:
                return Example(tokens, [0] * len(tokens), [], [], [], [], tokens)

    def state(self) -> dict:
        return self.random.bit_generator.state

    def restore(self, state: dict) -> None:
        self.random.bit_generator.state = state
