"""The Levenshtein Transformer's rounds over a batch: place slots, fill them, delete what is wrong, until nothing moves.

From nothing (Gu 2019), or from as many slots as the length classifier says. At most three passes a round.
"""

import torch

from ...data.tokenizer import MASK
from ...network.model import NarModel
from ...objectives.levenshtein import levenshtein_loss
from ...objectives.pairs import Pairs, draft_stream, forward, padded, source_stream
from ..quora import LONGEST
from ..run import Decoder
from .system import Ready, Setting

ROUNDS = 4


def states_of(model: NarModel, pairs: Pairs, drafts: list[list[int]]) -> torch.Tensor:
    """`<begin>` draft `<end>` of each row: hidden states [batch, longest + 2, width]."""
    lengths = torch.tensor([len(draft) for draft in drafts])
    streams = [source_stream(pairs.source, pairs.segments), draft_stream(padded(drafts), lengths)]
    return forward(model, streams)[1]


def with_slots(draft: list[int], counts: list[int], longest: int = LONGEST) -> list[int]:
    """The draft with so many masks in the gap before, between and behind its tokens; at most `longest` tokens."""
    out = [MASK] * min(counts[0], max(0, longest - len(draft)))
    for place, token in enumerate(draft):
        room = longest - len(out) - (len(draft) - place)
        out += [token] + [MASK] * max(0, min(counts[place + 1], room))
    return out


def rounds(most: int, from_length: bool) -> Decoder:
    def decoder(model: NarModel, blank: Pairs) -> list[list[int]]:
        drafts: list[list[int]] = [[MASK] * count if from_length else [] for count in blank.lengths.tolist()]
        for number in range(most):
            before = drafts
            if number or not from_length:
                wanted = model.insertion_logits(states_of(model, blank, drafts)).float()
                wanted[[not draft for draft in drafts], :, 0] = -torch.inf  # an empty text is no answer
                counts = wanted.argmax(2).tolist()
                drafts = [with_slots(draft, row) for draft, row in zip(drafts, counts, strict=True)]
            if any(MASK in draft for draft in drafts):
                best = model.token_logits(states_of(model, blank, drafts)[:, 1:-1]).argmax(2).tolist()
                drafts = [
                    [found if token == MASK else token for token, found in zip(draft, row, strict=False)]
                    for draft, row in zip(drafts, best, strict=True)
                ]
            kept = model.operation(states_of(model, blank, drafts)[:, 1:-1]).float().softmax(2)[:, :, 0] >= 0.5
            left = [
                [token for token, stays in zip(draft, row, strict=False) if stays]
                for draft, row in zip(drafts, kept.tolist(), strict=True)
            ]
            # What the last round would delete stays: there is no round left that could write something better.
            if number + 1 < most:
                drafts = [draft if not some else some for draft, some in zip(drafts, left, strict=True)]
            if drafts == before:
                break
        return drafts

    return decoder


def ready(model: NarModel, setting: Setting) -> Ready:
    return Ready(
        lambda model, pairs, generator, spent: levenshtein_loss(model, pairs, generator),
        {
            "from the predicted length": rounds(ROUNDS, True),
            "the same, 1 round": rounds(1, True),
            "from nothing": rounds(ROUNDS, False),
        },
    )
