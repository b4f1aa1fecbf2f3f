"""Writers with latents: Gaussian (LaNMT), a flow (FlowSeq), codes (VQ-VAE), codes with glancing (latent-GLAT)."""

from ...network.model import NarModel
from ...objectives.glat import glancing_ratio
from ...objectives.latent_codes import add_latent_codes, latent_codes_loss, write_codes
from ...objectives.latent_flow import add_flow, latent_flow_loss, write_flow
from ...objectives.latent_gaussian import add_latents, latent_gaussian_loss, write_refined
from ...objectives.latent_glancing import add_latent_glancing, latent_glancing_loss, write_latent_glancing
from ...objectives.latent_score import add_score, latent_score_loss, write_moved
from .system import Ready, Setting


def warmed(spent: float) -> float:
    """β: from little to 1 in the first half, or the posterior gives the latents up before they say anything."""
    return min(1.0, 0.05 + 2 * spent)


def gaussian(model: NarModel, setting: Setting) -> Ready:
    add_latents(model)
    return Ready(
        lambda model, pairs, generator, spent: latent_gaussian_loss(model, pairs, generator, warmed(spent)),
        {
            f"delta posterior, {steps} step{'' if steps == 1 else 's'}": (
                lambda model, blank, steps=steps: write_refined(model, blank, steps).tolist()
            )
            for steps in (0, 1, 4)
        },
    )


def score(model: NarModel, setting: Setting) -> Ready:
    add_score(model)
    return Ready(
        lambda model, pairs, generator, spent: latent_score_loss(model, pairs, generator, warmed(spent)),
        {
            f"{steps} small step{'' if steps == 1 else 's'}": (
                lambda model, blank, steps=steps: write_moved(model, blank, steps).tolist()
            )
            for steps in (0, 1, 4)
        },
    )


def flow(model: NarModel, setting: Setting) -> Ready:
    add_flow(model)
    return Ready(
        lambda model, pairs, generator, spent: latent_flow_loss(model, pairs, generator, warmed(spent)),
        {
            "zero noise": lambda model, blank: write_flow(model, blank).tolist(),
            "best of 8 samples": lambda model, blank: write_flow(model, blank, 8).tolist(),
        },
    )


def codes(model: NarModel, setting: Setting) -> Ready:
    add_latent_codes(model)
    return Ready(
        lambda model, pairs, generator, spent: latent_codes_loss(model, pairs),
        {"greedy codes, 1 pass": lambda model, blank: write_codes(model, blank).tolist()},
    )


def glancing(model: NarModel, setting: Setting) -> Ready:
    add_latent_glancing(model)
    return Ready(
        lambda model, pairs, generator, spent: latent_glancing_loss(model, pairs, glancing_ratio(spent), generator),
        {"codes, then tokens": lambda model, blank: write_latent_glancing(model, blank).tolist()},
    )
