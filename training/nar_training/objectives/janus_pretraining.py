"""JANUS's second phase of pre-training (Liang 2022, section 3.3 and Figure 3): a text from its own spoilt copy.

    X = the text with 30 % of its tokens hidden in spans,  Y = the text,  50 % of Y hidden in spans in the draft
    loss = L_AR + L_NAR + L_AUX + L_KL  of janus.py

Every hidden token has a mask of its own, in the source as in the draft. More is hidden in the draft than in the source,
so that the draft's own context does not suffice and the source has to be read. There is no length to learn: the copy
has it. Fine-tuning goes on with any other objective, with a new length head (network.model.with_length_head).
"""

from dataclasses import replace

import torch
from torch import Tensor

from ..data.tokenizer import MASK, PAD
from ..network.model import NarModel
from .janus import JANUS, janus_loss
from .pairs import Pairs
from .spans import hidden_spans

SOURCE_SHARE = 0.3


def spoilt_source(pairs: Pairs, share: float = SOURCE_SHARE, generator: torch.Generator | None = None) -> Pairs:
    """Pairs whose source has ceil(share · N) masks; `<begin>`, the task and `<end>` stand."""
    text = torch.zeros_like(pairs.source, dtype=torch.bool)
    text[:, 2:-1] = pairs.source[:, 3:] != PAD  # the last real token is `<end>`
    hidden = torch.zeros_like(text)
    hidden[:, 2:-1] = hidden_spans(text[:, 2:-1], share, generator=generator)
    return replace(pairs, source=pairs.source.masked_fill(hidden, MASK))


def janus_pretraining_loss(
    model: NarModel, pairs: Pairs, generator: torch.Generator | None = None
) -> tuple[Tensor, dict[str, float]]:
    """`pairs`: texts as their own source, data/prose_windows.py."""
    return janus_loss(model, spoilt_source(pairs, generator=generator), JANUS["pretraining"], None, generator)
