"""The one-pass writer with an adversary that tells its answers from people's."""

from ...network.model import NarModel
from ...objectives.adversarial import add_discriminator, adversarial_loss
from .system import ONE_PASS, Ready, Setting


def ready(model: NarModel, setting: Setting) -> Ready:
    add_discriminator(model)
    return Ready(lambda model, pairs, generator, spent: adversarial_loss(model, pairs), ONE_PASS)
