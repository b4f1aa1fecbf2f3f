"""Deep encoder with a left-to-right decoder of one layer: the baseline in speed and quality that the tutorial names."""

from ...network.model import NarModel
from ...objectives.deep_shallow import add_shallow_decoder, deep_shallow_loss, write_shallow
from ..quora import LONGEST
from .system import Ready, Setting


def ready(model: NarModel, setting: Setting) -> Ready:
    add_shallow_decoder(model)
    return Ready(
        lambda model, pairs, generator, spent: deep_shallow_loss(model, pairs),
        {"greedy": lambda model, blank: write_shallow(model, blank, LONGEST)},
    )
