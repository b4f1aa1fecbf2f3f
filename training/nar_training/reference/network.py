"""The network as the reference decoders use it: encode, and predict rows of a target that lies behind its source."""

from dataclasses import dataclass

import torch
from torch import Tensor

from ..data.tokenizer import BEGIN, END, TASKS
from ..network.model import NEVER, NarModel


@dataclass
class Source:
    task: str
    ids: list[int]
    protected: list[bool]
    lexicon: list[dict]  # {"start", "end", "candidates"}

    def tokens(self) -> list[int]:
        return [BEGIN, TASKS[self.task], *self.ids, END]

    def segments(self) -> list[int]:
        marked = {index for entry in self.lexicon for index in range(entry["start"], entry["end"])}
        body = [3 if self.protected[index] else 2 if index in marked else 0 for index in range(len(self.ids))]
        return [0, 0, *body, 0]


@dataclass
class Heads:
    operation: Tensor  # [N, 3] logits of x_1 … x_N
    insertion: Tensor  # [N + 1, 8] logits of the gaps before x_1 … after x_N
    length: Tensor  # [129]


class ReferenceNetwork:
    def __init__(self, model: NarModel):
        self.model = model
        self.candidates = model.configuration.candidates
        self.offset = model.configuration.length_offset
        self.maximum_positions = model.configuration.maximum_positions

    def with_positions(self, maximum: int) -> "ReferenceNetwork":
        """The same weights, believed to have fewer positions."""
        fewer = ReferenceNetwork(self.model)
        fewer.maximum_positions = maximum
        return fewer

    @torch.no_grad()
    def encode(self, tokens: list[int], segments: list[int]) -> Heads:
        size = len(tokens)
        hidden = self.model.hidden(
            torch.tensor([tokens]),
            torch.arange(size)[None],
            torch.tensor([segments]),
            torch.ones(1, size, size, dtype=torch.bool),
        )
        insertion = self.model.insertion_logits(hidden)[0]  # [size - 1, 8], gap after row r
        length = self.model.length_changes(hidden, torch.ones(1, size, dtype=torch.bool))[0]
        return Heads(self.model.operation(hidden)[0, 2:-1], insertion[1:], length)

    @torch.no_grad()
    def read(self, tokens: list[int], segments: list[int], target: list[int]) -> Heads:
        """Edit heads on the rows of a target `<begin> y_1 … y_T <end>`: operations of y_1 … y_T, gaps 0 … T."""
        before, size = len(tokens), len(target)
        mask = torch.ones(before + size, before + size, dtype=torch.bool)
        mask[:before, before:] = False
        hidden = self.model.hidden(
            torch.tensor([tokens + target]),
            torch.tensor([[*range(before), *range(size)]]),
            torch.tensor([segments + [1] * size]),
            mask[None],
        )[:, before:]
        return Heads(
            self.model.operation(hidden)[0, 1:-1],
            self.model.insertion_logits(hidden)[0],
            self.model.length(hidden[0, 0]),
        )

    @torch.no_grad()
    def predict(
        self,
        tokens: list[int],
        segments: list[int],
        target: list[int],
        rows: list[int],
        positions: list[int] | None = None,
        within: Tensor | None = None,
        target_segments: list[int] | None = None,
    ) -> Tensor:
        """Log-probabilities [rows, V]. `within` [T, T] says what target rows see of the target; default: all of it,
        all of segment 1.
        """
        before, size = len(tokens), len(target)
        total = before + size
        mask = torch.zeros(total, total, dtype=torch.bool)
        mask[:, :before] = True  # everybody sees the source, the source sees nothing else
        mask[before:, before:] = True if within is None else within
        places = list(range(before)) + (positions or list(range(size)))
        hidden = self.model.hidden(
            torch.tensor([tokens + target]),
            torch.tensor([places]),
            torch.tensor([segments + (target_segments or [1] * size)]),
            mask[None],
        )
        logits = self.model.token_logits(hidden[0, before:][rows])
        return torch.log_softmax(logits, 1).clamp(min=NEVER)

    @torch.no_grad()
    def vertices(self, tokens: list[int], segments: list[int], target: list[int]) -> tuple[Tensor, Tensor]:
        """Of a target `<begin> y_1 … y_T <end>` that sees all of itself: log-probabilities [T, V],
        and the last layer's values [T + 2, width].
        """
        before, size = len(tokens), len(target)
        mask = torch.ones(before + size, before + size, dtype=torch.bool)
        mask[:before, before:] = False
        hidden, values = self.model.hidden_and_values(
            torch.tensor([tokens + target]),
            torch.tensor([[*range(before), *range(size)]]),
            torch.tensor([segments + [1] * size]),
            mask[None],
        )
        log_probs = torch.log_softmax(self.model.token_logits(hidden[0, before + 1 : -1]), 1).clamp(min=NEVER)
        return log_probs, values[0].transpose(0, 1).flatten(1)[before:]
