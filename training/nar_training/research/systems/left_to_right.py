"""The left-to-right writer of the same network: greedy and with a beam, cached. Teacher, judge and energy of others."""

from ...network.model import NarModel
from ...objectives.left_to_right import left_to_right_loss
from ...stages.distil import write_left_to_right
from ..quora import LONGEST
from ..run import Decoder
from .system import Ready, Setting


def beam(width: int) -> Decoder:
    return lambda model, blank: write_left_to_right(model, blank.source, blank.segments, LONGEST, width)


def ready(model: NarModel, setting: Setting) -> Ready:
    return Ready(
        lambda model, pairs, generator, spent: left_to_right_loss(model, pairs),
        {"greedy": beam(1), "beam of 5": beam(5)},
    )
