"""Mask-CTC (Higuchi 2020, section 3): one network learns CTC over the upsampled source and to fill hidden tokens.

    loss = γ · CTC(Y | X) + (1 - γ) · mean over hidden y_t of -log p(y_t | X, Y_visible)          γ = 0.3

Writing begins with the greedy CTC answer, so that no length is predicted; its unsure tokens are hidden and filled by
the conditional masked mode (research/systems/ctc_family.py).
"""

import torch
from torch import Tensor

from ..network.model import NarModel
from .cmlm import cmlm_loss
from .ctc import ctc_loss
from .pairs import Pairs

CTC_SHARE = 0.3


def mask_ctc_loss(
    model: NarModel, pairs: Pairs, generator: torch.Generator | None = None, share: float = CTC_SHARE
) -> tuple[Tensor, dict[str, float]]:
    aligned, first = ctc_loss(model, pairs)
    filled, second = cmlm_loss(model, pairs, 0.0, generator)
    return share * aligned + (1 - share) * filled, {
        "ctc": first["token"],
        "infeasible": first["infeasible"],
        "token": second["token"],
        "length": second["length"],
    }
