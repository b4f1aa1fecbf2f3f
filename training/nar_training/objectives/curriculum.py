"""Task-level curriculum (TCL-NAT, Liu 2020, section 3): begin with the easy task, end with the parallel one.

    w_AR(s) = start + (end - start) · f(s),   u(s) likewise,   s = share of the training spent, 0 … 1
    f: linear s | ladder ⌊ s · L ⌋ / (L - 1) | logarithmic log(1 + s (e^3 - 1)) / 3

The paper moves from writing one token a step to writing all; with JANUS's streams that is the weight of the
autoregressive loss falling while the share of hidden tokens rises from few to all. Plain functions of s, no state:
a run that is interrupted goes on with the same values.
"""

import math
from dataclasses import replace

from .janus import JOINT, JanusOptions
from .pairs import LENGTH_WEIGHT

PACINGS = ["linear", "ladder", "logarithmic"]


def paced(spent: float, pacing: str = "linear", rungs: int = 5) -> float:
    """f(s) from 0 to 1. Raises ValueError for an unknown pacing."""
    spent = min(1.0, max(0.0, spent))
    if pacing == "linear":
        return spent
    if pacing == "ladder":
        return min(rungs - 1, math.floor(spent * rungs)) / (rungs - 1)
    if pacing == "logarithmic":
        return math.log(1 + spent * (math.e**3 - 1)) / 3
    raise ValueError(f"pacing must be one of {PACINGS}, not {pacing!r}")


def autoregressive_weight(spent: float, start: float = 1.0, end: float = 0.1, pacing: str = "linear") -> float:
    return start + (end - start) * paced(spent, pacing)


def mask_range(spent: float, easiest: float = 0.3, pacing: str = "linear") -> tuple[float, float]:
    """Share of tokens to hide, drawn uniformly from (lowest, highest): (0, 0.3) at first, (0, 1) at the end."""
    return 0.0, easiest + (1 - easiest) * paced(spent, pacing)


def fully_hidden_share(spent: float, end: float = 0.5, pacing: str = "linear") -> float:
    """Share of rows that start from nothing, the state that decoding starts from: 0 at first."""
    return end * paced(spent, pacing)


def curriculum_weights(spent: float, pacing: str = "linear") -> JanusOptions:
    """JANUS without AUX and divergences, its autoregressive weight falling; queries as the product decodes them."""
    weight = autoregressive_weight(spent, pacing=pacing)
    return replace(JOINT, autoregressive=weight, length=LENGTH_WEIGHT, reduction="mean", smoothing=0.0, own_key=True)
