"""Training data as small files that the standard library unpacks: token streams behind xz (lzma).

Prose takes about one byte a token in chunks of four million. A pool's source, draft and target of an example lie side
by side in one stream, because each is nearly a copy of the one before: about 45 bytes an example instead of 94.
"""

import io
import lzma
from pathlib import Path

import numpy as np

from .guard import DataError
from .pools import FIELDS

CHUNK_TOKENS = 4_000_000
SIDE_BY_SIDE = ("source", "draft", "target")


def compress(content: bytes) -> bytes:
    return lzma.compress(content, preset=9)


def decompress(path: Path) -> bytes:
    """Raises DataError for a file that is cut off or something else."""
    try:
        return lzma.decompress(path.read_bytes())
    except (OSError, lzma.LZMAError, EOFError) as error:
        raise DataError(f"{path}: not a whole xz file ({error}); copy it again") from error


def pool_bytes(pool: Path) -> bytes:
    """A pool (pools.py) as an uncompressed byte string for `compress`. Raises DataError when a value is out of
    range.
    """
    with np.load(pool) as content:
        arrays = {name: content[name] for name in content.files}
    lengths = np.stack([np.diff(arrays[name + "_ends"], prepend=0) for name in FIELDS])  # [fields, examples]
    small = {
        name: arrays[name].astype(np.int8) for name in FIELDS if name not in SIDE_BY_SIDE and name != "draft_targets"
    }
    if any((small[name] != arrays[name]).any() for name in small) or lengths.max(initial=0) > np.iinfo(np.uint16).max:
        raise DataError(
            f"{pool}: a label or a length is out of range; run python -m nar_training.data.prepare_edits again"
        )
    field_of = _field_of(lengths)
    stream = np.empty(len(field_of), np.uint16)
    for index, name in enumerate(SIDE_BY_SIDE):
        stream[field_of == index] = arrays[name]
    output = io.BytesIO()
    np.savez(
        output,
        lengths=lengths.astype(np.uint16),
        stream=stream,
        extra=arrays["extra"],
        draft_targets=arrays["draft_targets"],
        **small,
    )
    return output.getvalue()


def write_pool(content: bytes, pool: Path) -> None:
    """Inverse of `pool_bytes`."""
    with np.load(io.BytesIO(content)) as packed:
        parts = {name: packed[name] for name in packed.files}
    lengths = parts["lengths"].astype(np.int64)
    field_of = _field_of(lengths)
    arrays = {"extra": parts["extra"]}
    for index, name in enumerate(FIELDS):
        values = parts["stream"][field_of == SIDE_BY_SIDE.index(name)] if name in SIDE_BY_SIDE else parts[name]
        arrays[name] = values.astype(np.int16)
        arrays[name + "_ends"] = np.cumsum(lengths[index])
    pool.parent.mkdir(parents=True, exist_ok=True)
    with pool.open("wb") as output:
        np.savez(output, **arrays)


def _field_of(lengths: np.ndarray) -> np.ndarray:
    """For every token of the side-by-side stream, which of the three fields it belongs to."""
    chosen = lengths[[FIELDS.index(name) for name in SIDE_BY_SIDE]]  # [3, examples]
    return np.repeat(np.tile(np.arange(len(SIDE_BY_SIDE), dtype=np.int8), chosen.shape[1]), chosen.T.ravel())
