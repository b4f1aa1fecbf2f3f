"""The file of a CRF layer's low-rank transition table (docs/model-format.md): transition(a, b) = E1[a] · E2[b]."""

import numpy as np

MAGIC = b"NARCRF1\0"


def pack(left: np.ndarray, right: np.ndarray) -> bytes:
    """E1 and E2, float32 [vocabulary, rank]."""
    if left.shape != right.shape or left.ndim != 2:
        raise ValueError(f"E1 {left.shape} and E2 {right.shape} must be [vocabulary, rank] both")
    return (
        MAGIC
        + np.array(left.shape, dtype="<u4").tobytes()
        + left.astype("<f4").tobytes()
        + right.astype("<f4").tobytes()
    )
