"""Masked refinement with `exact: false` (Fast-dLLM's dual cache, docs/decoders):
kept tokens keep the keys and values of an older pass.
"""

import torch
from torch import Tensor

from ..network.model import NEVER, attend
from .network import ReferenceNetwork, Source

REFRESH = 3  # passes 1, 4, 7 … compute every token again


class SlicedDraft:
    """One draft over its source, layer by layer: `keys` and `values` are those of the pass that last computed each
    position.
    """

    @torch.no_grad()
    def __init__(self, network: ReferenceNetwork, source: Source):
        self.model, self.read, self.computed = network.model, None, 0
        tokens = source.tokens()
        hidden = self.model.embed(
            torch.tensor([tokens]), torch.arange(len(tokens))[None], torch.tensor([source.segments()])
        )
        self.source = []
        for layer in self.model.layers:
            query, key, value = layer.project(hidden)
            self.source.append((key, value))
            hidden = layer.finish(hidden, attend(query, key, value, None))

    @torch.no_grad()
    def predict(self, target: list[int], rows: list[int], number: int) -> Tensor:
        """Log-probabilities [rows, V] in pass `number` (1-based) of the target `<begin> y_1 … y_T <end>`;
        `computed` says how many positions it took.
        """
        everything = self.read is None or number % REFRESH == 1
        asked = [
            place for place, token in enumerate(target) if everything or place in rows or token != self.read[place]
        ] or [0]
        if self.read is None:
            shape = (1, self.model.layers[0].heads, len(target), self.model.layers[0].head_size)
            self.cache = [(torch.zeros(shape), torch.zeros(shape)) for _ in self.model.layers]
        hidden = self.model.embed(
            torch.tensor([[target[place] for place in asked]]),
            torch.tensor([asked]),
            torch.ones(1, len(asked), dtype=torch.long),
        )
        for layer, (source_key, source_value), (keys, values) in zip(
            self.model.layers, self.source, self.cache, strict=True
        ):
            query, key, value = layer.project(hidden)
            keys[:, :, asked], values[:, :, asked] = key, value
            hidden = layer.finish(
                hidden, attend(query, torch.cat([source_key, keys], 2), torch.cat([source_value, values], 2), None)
            )
        self.read, self.computed = list(target), len(asked)
        logits = self.model.token_logits(hidden[0][[asked.index(row) for row in rows]])
        return torch.log_softmax(logits, 1).clamp(min=NEVER)
