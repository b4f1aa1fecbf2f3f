"""Local pieces from one pass and K steps of a small cell, merged; beside them the first token of each slot alone."""

from ...network.model import NarModel
from ...objectives.local_pieces import add_local_writer, local_pieces_loss, merge, write_pieces
from ...objectives.pairs import Pairs
from ..quora import LONGEST
from .system import Ready, Setting


def merged(model: NarModel, blank: Pairs) -> list[list[int]]:
    return [merge(pieces)[:LONGEST] for pieces in write_pieces(model, blank)]


def first_tokens(model: NarModel, blank: Pairs) -> list[list[int]]:
    return [[tokens[0] for tokens, _ in pieces if tokens] for pieces in write_pieces(model, blank, 1)]


def ready(model: NarModel, setting: Setting) -> Ready:
    add_local_writer(model)
    return Ready(
        lambda model, pairs, generator, spent: local_pieces_loss(model, pairs, generator),
        {"pieces of 3, merged": merged, "first tokens alone": first_tokens},
    )
