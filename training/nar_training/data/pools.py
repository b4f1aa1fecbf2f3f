"""Packed training examples: a few flat integer arrays a pool, so that a million examples load in a second."""

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .guard import DataError, whole_file

if TYPE_CHECKING:  # the machine that trains has no tokenizers, which align.py needs
    from .align import EditLabels

CORRECTION_POOLS = {"noise", "plain", "slips", "backward", "typo", "grammar", "clean"}
FIELDS = ["source", "segments", "operations", "insertions", "draft", "draft_targets", "target"]


@dataclass
class Example:
    source: list[int]
    segments: list[int]
    operations: list[int]
    insertions: list[int]  # [N + 1]
    draft: list[int]
    draft_targets: list[int]
    target: list[int]
    extra: int = 0  # summarize: index of the oracle sentence and the like

    @classmethod
    def labelled(cls, labels: "EditLabels", segments: list[int] | None = None, extra: int = 0) -> "Example":
        """An edit; without `segments` a source whose words nothing marks."""
        return cls(
            labels.source_ids,
            segments if segments is not None else [0] * len(labels.source_ids),
            labels.operations,
            labels.insertions,
            labels.draft_ids,
            labels.draft_targets,
            labels.target_ids,
            extra,
        )


def save_pool(path: Path, examples: list[Example]) -> None:
    arrays: dict[str, np.ndarray] = {"extra": np.array([example.extra for example in examples], dtype=np.int16)}
    for name in FIELDS:
        lists = [getattr(example, name) for example in examples]
        arrays[name] = np.array([item for values in lists for item in values], dtype=np.int16)
        arrays[name + "_ends"] = np.cumsum([len(values) for values in lists], dtype=np.int64)
    with whole_file(path) as output:
        np.savez(output, **arrays)


class Pool:
    """Examples in shuffled order, epoch after epoch; `cursor` and `epoch` are all the state it has."""

    def __init__(self, path: Path, seed: int):
        """Raises DataError for a file that is empty, cut off or no pool."""
        try:
            with np.load(path) as content:
                self.arrays = {name: content[name] for name in content.files}
        except (OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error) as error:
            raise DataError(
                f"{path}: not a whole pool file ({error or 'empty'}); run python -m "
                "nar_training.data.prepare_edits again"
            ) from error
        missing = sorted({"extra", *FIELDS, *(f"{name}_ends" for name in FIELDS)} - set(self.arrays))
        if missing or not len(self.arrays["extra"]):
            raise DataError(
                f"{path}: {'no ' + missing[0] if missing else 'no examples'} in it; run python -m "
                "nar_training.data.prepare_edits again"
            )
        self.seed, self.epoch, self.cursor = seed, 0, 0
        self.order = self._shuffled()

    def __len__(self) -> int:
        return len(self.arrays["extra"])

    def highest_token(self) -> int:
        return max(int(self.arrays[name].max(initial=0)) for name in ("source", "draft", "target"))

    def __getitem__(self, index: int) -> Example:
        values = {}
        for name in FIELDS:
            ends = self.arrays[name + "_ends"]
            start = int(ends[index - 1]) if index else 0
            values[name] = self.arrays[name][start : int(ends[index])].tolist()
        return Example(**values, extra=int(self.arrays["extra"][index]))

    def _shuffled(self) -> np.ndarray:
        return np.random.default_rng((self.seed, self.epoch)).permutation(len(self))

    def next(self) -> Example:
        if self.cursor == len(self.order):
            self.epoch, self.cursor = self.epoch + 1, 0
            self.order = self._shuffled()
        self.cursor += 1
        return self[int(self.order[self.cursor - 1])]

    def state(self) -> tuple[int, int]:
        return self.epoch, self.cursor

    def restore(self, state: tuple[int, int]) -> None:
        self.epoch, self.cursor = state
        self.order = self._shuffled()
