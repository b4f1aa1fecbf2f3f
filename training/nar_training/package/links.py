"""The file of a directed acyclic transformer's links (docs/model-format.md): how likely vertex j follows vertex i."""

import numpy as np

MAGIC = b"NARDAG1\0"


def pack(query: np.ndarray, key: np.ndarray, distance: np.ndarray, upsampling: int) -> bytes:
    """W_Q and W_K, float32 [width, rank]; b, float32 [distances]; vertices for each source token."""
    if query.shape != key.shape or query.ndim != 2:
        raise ValueError(f"W_Q {query.shape} and W_K {key.shape} must be [width, rank] both")
    if distance.ndim != 1 or len(distance) < 1 or upsampling < 1:
        raise ValueError(
            f"b {distance.shape} must be a list of at least one distance, and {upsampling} vertices for a "
            "token at least 1"
        )
    header = np.array([*query.shape, len(distance), upsampling], dtype="<u4").tobytes()
    return MAGIC + header + b"".join(part.astype("<f4").tobytes() for part in (query, key, distance))
