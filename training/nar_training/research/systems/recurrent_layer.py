"""One parallel pass and a tiny recurrent layer that goes over its states from left to right."""

from ...network.model import NarModel
from ...objectives.recurrent_layer import add_recurrent_layer, recurrent_layer_loss, write_recurrently
from .system import ONE_PASS, Ready, Setting


def ready(model: NarModel, setting: Setting) -> Ready:
    add_recurrent_layer(model)
    return Ready(
        lambda model, pairs, generator, spent: recurrent_layer_loss(model, pairs),
        {"greedy cell": write_recurrently, "without the cell": ONE_PASS["1 pass"]},
    )
