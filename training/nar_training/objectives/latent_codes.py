"""Discrete latents (Kaiser 2018, section 3; VQ-VAE for text, Roy 2018): a short sequence of codes stands for an answer.

    code_j = nearest code of the mean state of y_{jr+1} … y_{(j+1)r},    j = 0 … ⌈T / r⌉ - 1,    states seen with X
    loss   = mean_t -log p(y_t | X, codes) + VQ loss + mean_j -log p(code_j | X, code_<j) + 0.1 · CE(T - N)
    slot_t = mask + W code_{⌊(t-1) / r⌋}

The prior is a small left-to-right writer (small_writer.py) over T / r symbols, the text itself is written in one pass.
The paper trains the prior afterwards; here it is trained at the same time, on codes without their gradient.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data.tokenizer import MASK, PAD
from ..network.model import NarModel
from .codebook import Codebook
from .pairs import LENGTH_WEIGHT, Pairs, answers, forward, length_loss, source_stream, token_loss
from .small_writer import SmallWriter, shifted
from .vectors import answers_from_vectors, length_row

CODES, DIMENSIONS, RATE = 256, 32, 2  # RATE: r tokens a code


def add_latent_codes(model: NarModel, codes: int = CODES, dimensions: int = DIMENSIONS) -> None:
    width = model.configuration.width
    model.codebook = Codebook(codes, dimensions)
    model.code_down, model.code_up = nn.Linear(width, dimensions), nn.Linear(dimensions, width)
    model.code_writer = SmallWriter(codes + 1, width)  # symbol 0 begins and ends


def grouped_means(states: Tensor, real: Tensor, rate: int = RATE) -> tuple[Tensor, Tensor]:
    """Mean state of every r tokens [batch, ⌈T / r⌉, width] and which groups have one."""
    missing = -states.shape[1] % rate
    states, real = F.pad(states, (0, 0, 0, missing)), F.pad(real, (0, missing))
    weights = real.unflatten(1, (-1, rate)).to(states.dtype)
    total = (states.unflatten(1, (-1, rate)) * weights[..., None]).sum(2)
    return total / weights.sum(2, keepdim=True).clamp(min=1), weights.sum(2) > 0


def slots_of_codes(model: NarModel, held: Tensor, length: int, rate: int = RATE) -> Tensor:
    """Vectors at the slots [batch, length, width] from code vectors [batch, groups, dimensions]."""
    spread = held.repeat_interleave(rate, 1)[:, :length]
    return model.code_up(spread) + model.tokens.weight[MASK]


def latent_codes_loss(model: NarModel, pairs: Pairs) -> tuple[Tensor, dict[str, float]]:
    seen, _ = answers(model, pairs, pairs.target)
    means, groups = grouped_means(seen, pairs.real)
    vectors = model.code_down(means)
    quantised, chosen, book = model.codebook(vectors[groups])
    held = torch.zeros_like(vectors, dtype=torch.float).masked_scatter(groups[:, :, None], quantised)
    rows, source = answers_from_vectors(model, pairs, slots_of_codes(model, held, pairs.target.shape[1]))
    token = token_loss(model.token_logits(rows[pairs.real]), pairs.target[pairs.real])
    symbols = torch.zeros(groups.shape, dtype=torch.long, device=groups.device).masked_scatter(groups, chosen + 1)
    logits, _ = model.code_writer(source, pairs.source != PAD, shifted(symbols))
    prior = F.cross_entropy(logits[groups], symbols[groups])
    length = length_loss(model, length_row(model, source, pairs), pairs)
    figures = {
        "token": token.item(),
        "book": book.item(),
        "prior": prior.item(),
        "length": length.item(),
        "codes_used": float(len(chosen.unique())),
    }
    return token + book + prior + LENGTH_WEIGHT * length, figures


@torch.no_grad()
def write_codes(model: NarModel, pairs: Pairs, rate: int = RATE) -> Tensor:
    """Codes from left to right, then all tokens at once: slots [batch, T]."""
    (source,) = forward(model, [source_stream(pairs.source, pairs.segments)])
    groups = -(-pairs.target.shape[1] // rate)
    symbols = model.code_writer.write(source, pairs.source != PAD, groups)
    symbols = F.pad(symbols, (0, groups - symbols.shape[1]))
    held = torch.where((symbols > 0)[:, :, None], model.codebook.codes[(symbols - 1).clamp(min=0)], 0.0)
    rows, _ = answers_from_vectors(model, pairs, slots_of_codes(model, held, pairs.target.shape[1]))
    return model.token_logits(rows).argmax(2).masked_fill(~pairs.real, PAD)
