"""latent-GLAT (Bao 2022, section 3): a discrete latent a token, predicted in parallel, with glances at both kinds.

    z_t  = nearest code of (down E[y_t])
    loss = mean over hidden t of -log p(z_t | X, glanced z)  +  mean over hidden t of -log p(y_t | X, z, glanced y)
           + VQ loss + 0.1 · CE(T - N)
    ẑ, Ŷ from all hidden;   shown: floor(ρ · Hamming(ẑ, z)) codes, floor(ρ · Hamming(Ŷ, Y)) tokens

Codes say roughly which word comes where, so that the second pass has fewer answers to choose from. Two passes to write:
the codes, then the tokens.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data.tokenizer import MASK, PAD
from ..network.model import NarModel
from .codebook import Codebook
from .glat import revealed
from .pairs import LENGTH_WEIGHT, Pairs, length_loss, token_loss
from .vectors import answers_from_vectors, length_row

CODES, DIMENSIONS = 128, 32


def add_latent_glancing(model: NarModel, codes: int = CODES, dimensions: int = DIMENSIONS) -> None:
    width = model.configuration.width
    model.glance_book = Codebook(codes, dimensions)
    model.glance_down, model.glance_up = nn.Linear(width, dimensions), nn.Linear(dimensions, width)
    model.glance_head = nn.Linear(width, codes)


def with_codes(model: NarModel, chosen: Tensor, shown: Tensor) -> Tensor:
    """Slots that hold the mask and, where shown [batch, T], their code: [batch, T, width]."""
    held = model.glance_up(model.glance_book.codes[chosen])
    return model.tokens.weight[MASK] + torch.where(shown[:, :, None], held, 0.0)


def code_logits(model: NarModel, pairs: Pairs, chosen: Tensor, shown: Tensor) -> tuple[Tensor, Tensor]:
    rows, source = answers_from_vectors(model, pairs, with_codes(model, chosen, shown))
    return model.glance_head(rows).float(), length_row(model, source, pairs)


def latent_glancing_loss(
    model: NarModel, pairs: Pairs, ratio: float, generator: torch.Generator | None = None
) -> tuple[Tensor, dict[str, float]]:
    real, nothing = pairs.real, torch.zeros_like(pairs.real)
    vectors = model.glance_down(model.tokens(pairs.target))
    quantised, chosen_flat, book = model.glance_book(vectors[real])
    chosen = torch.zeros_like(pairs.target).masked_scatter(real, chosen_flat)
    held = torch.zeros_like(vectors, dtype=torch.float).masked_scatter(real[:, :, None], quantised)
    slots = model.glance_up(held) + model.tokens.weight[MASK]  # all codes, with the gradient through them
    with torch.no_grad():
        guessed = code_logits(model, pairs, chosen, nothing)[0].argmax(2)
        shown = revealed(guessed, chosen, real, ratio, generator)
        rows, _ = answers_from_vectors(model, pairs, slots)
        guesses = model.token_logits(rows).argmax(2)
        given = revealed(guesses, pairs.target, real, ratio, generator)
    logits, first = code_logits(model, pairs, chosen, shown)
    latent = F.cross_entropy(logits[real & ~shown], chosen[real & ~shown])
    rows, _ = answers_from_vectors(model, pairs, torch.where(given[:, :, None], model.tokens(pairs.target), slots))
    hidden = real & ~given
    token = token_loss(model.token_logits(rows[hidden]), pairs.target[hidden])
    length = length_loss(model, first, pairs)
    figures = {
        "token": token.item(),
        "latent": latent.item(),
        "book": book.item(),
        "length": length.item(),
        "codes_used": float(len(chosen_flat.unique())),
        "latent_right": ((guessed == chosen) & real).sum().item() / real.sum().item(),
    }
    return token + latent + book + LENGTH_WEIGHT * length, figures


@torch.no_grad()
def write_latent_glancing(model: NarModel, pairs: Pairs) -> Tensor:
    """Codes in one pass, tokens in the next: slots [batch, T]."""
    nothing = torch.zeros_like(pairs.real)
    chosen = code_logits(model, pairs, torch.zeros_like(pairs.target), nothing)[0].argmax(2)
    rows, _ = answers_from_vectors(model, pairs, with_codes(model, chosen, pairs.real))
    return model.token_logits(rows).argmax(2).masked_fill(~pairs.real, PAD)
