"""The network: a BERT-compatible post-norm encoder with edit heads, used for source, draft and target alike.

One forward serves every decoder (docs/model-format.md): what differs between Mask-Predict, Levenshtein, JANUS or MIST
is only `attention_mask`, `positions`, `segments` and whether the source comes from the cache.
Post-norm, GELU, learned positions and token types are BERT's, so that MiniLM, BERT or UniLM weights can start it.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..data.tokenizer import DROP, END, RESERVED

# What the length head reads and says. change: the class of T - N + offset from row 0, which learns from few pairs.
# pooled: the class of T from the mean of the source's states (MIST, "Model"; JANUS, section 3.3).
LENGTH_HEADS = ("change", "pooled")
NEVER = -1e9  # log-probability of a special token: finite, so that 0 * NEVER stays 0 in the entropy


@dataclass
class Configuration:
    vocabulary: int = 16384
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    maximum_positions: int = 512
    segments: int = 4
    candidates: int = 8
    maximum_insertion: int = 7
    length_offset: int = 64
    dropout: float = 0.0
    length_head: str = "change"  # one of LENGTH_HEADS

    @property
    def head_size(self) -> int:
        return self.width // self.heads

    def as_dict(self) -> dict:
        return asdict(self)


CONFIGURATIONS = {
    "base": Configuration(),
    # DistilBERT-base-cased with its own word pieces (distilbert.py): the network that corrects.
    "distilbert": Configuration(vocabulary=28923, width=768, layers=6, heads=12, inner=3072),
    # Fixture for the decoders' golden traces: seeded random weights, an ONNX file well below 1 MB.
    "tiny": Configuration(vocabulary=300, width=32, layers=2, heads=2, inner=64),
}


class Layer(nn.Module):
    """Self-attention and feed-forward, each followed by residual and norm (BERT, post-norm)."""

    def __init__(self, configuration: Configuration):
        super().__init__()
        self.heads, self.head_size = configuration.heads, configuration.head_size
        self.query_key_value = nn.Linear(configuration.width, 3 * configuration.width)
        self.attention_output = nn.Linear(configuration.width, configuration.width)
        self.attention_norm = nn.LayerNorm(configuration.width, eps=1e-12)
        self.inner = nn.Linear(configuration.width, configuration.inner)
        self.output = nn.Linear(configuration.inner, configuration.width)
        self.output_norm = nn.LayerNorm(configuration.width, eps=1e-12)
        self.dropout = configuration.dropout

    def project(self, hidden: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        batch, length, _ = hidden.shape
        split = self.query_key_value(hidden).view(batch, length, 3, self.heads, self.head_size)
        query, key, value = split.permute(2, 0, 3, 1, 4).unbind(0)  # each [batch, heads, length, headSize]
        return query, key, value

    def finish(self, hidden: Tensor, attended: Tensor) -> Tensor:
        batch, _, length, _ = attended.shape
        merged = attended.transpose(1, 2).reshape(batch, length, -1)  # [batch, length, width]
        hidden = self.attention_norm(hidden + self.drop(self.attention_output(merged)))
        return self.output_norm(hidden + self.drop(self.output(F.gelu(self.inner(hidden)))))

    def drop(self, hidden: Tensor) -> Tensor:
        return F.dropout(hidden, self.dropout, self.training) if self.dropout else hidden


def attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None) -> Tensor:
    """Fused attention on a GPU; plain products on a CPU, where the fused backward pass is slower."""
    if query.is_cuda:
        return F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
    scores = torch.matmul(query * query.shape[3] ** -0.5, key.transpose(2, 3))  # [batch, heads, length, length]
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e4)
    return torch.matmul(torch.softmax(scores, dim=3, dtype=scores.dtype), value)


class NarModel(nn.Module):
    def __init__(self, configuration: Configuration):
        super().__init__()
        if configuration.length_head not in LENGTH_HEADS:
            raise ValueError(f"length_head must be one of {LENGTH_HEADS}, not {configuration.length_head!r}")
        self.configuration = configuration
        width = configuration.width
        self.tokens = nn.Embedding(configuration.vocabulary, width)
        self.positions = nn.Embedding(configuration.maximum_positions, width)
        self.segments = nn.Embedding(configuration.segments, width)
        self.embedding_norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(configuration) for _ in range(configuration.layers))
        self.operation = nn.Linear(width, 3)  # keep, delete, generate
        self.insertion = nn.Linear(2 * width, configuration.maximum_insertion + 1)  # reads [h_i; h_{i+1}]
        self.length = nn.Linear(width, 2 * configuration.length_offset + 1)
        self.salience = nn.Linear(width, 1)
        self.head_transform = nn.Linear(width, width)
        self.head_norm = nn.LayerNorm(width, eps=1e-12)
        self.head_bias = nn.Parameter(torch.zeros(configuration.vocabulary))  # the head's matrix is tied to `tokens`
        forbidden = torch.zeros(configuration.vocabulary)
        forbidden[:RESERVED] = NEVER
        forbidden[[DROP, END]] = 0
        self.register_buffer("forbidden", forbidden, persistent=False)
        self.frozen_layers = 0
        self.apply(self._initialize)

    @staticmethod
    def _initialize(module: nn.Module) -> None:
        if isinstance(module, nn.Linear | nn.Embedding):
            nn.init.normal_(module.weight, std=0.02)
        if isinstance(module, nn.Linear):
            nn.init.zeros_(module.bias)

    def freeze(self, layers: int) -> None:
        """Embeddings and the lowest `layers` keep what pre-training gave them; 0 trains everything.

        A backward pass costs two forward ones, so half of six layers frozen saves a third of a step.
        """
        self.frozen_layers = layers
        for part in (self.tokens, self.positions, self.segments, self.embedding_norm, *self.layers[:layers]):
            part.requires_grad_(layers == 0)

    def embed(self, token_ids: Tensor, positions: Tensor, segments: Tensor) -> Tensor:
        return self.embed_vectors(self.tokens(token_ids), positions, segments)

    def embed_vectors(self, vectors: Tensor, positions: Tensor, segments: Tensor) -> Tensor:
        """The same for vectors [batch, length, width] that stand where a token's would: copies, latents, mixtures."""
        return self.embedding_norm(vectors + self.positions(positions) + self.segments(segments))

    def hidden(self, token_ids: Tensor, positions: Tensor, segments: Tensor, attention_mask: Tensor | None) -> Tensor:
        """Training path: source and target lie in one row and the mask keeps the source blind to the target.

        Equal to encode-then-refine with cached keys (tested), but one pass instead of two.
        """
        return self.hidden_and_values(token_ids, positions, segments, attention_mask)[0]  # [batch, length, width]

    def hidden_and_values(
        self, token_ids: Tensor, positions: Tensor, segments: Tensor, attention_mask: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        """Also the last layer's values [batch, heads, length, headSize]:
        the one vector a token that the graph gives out.
        """
        return self.through_layers(self.embed(token_ids, positions, segments), attention_mask)

    def through_layers(
        self,
        hidden: Tensor,
        attention_mask: Tensor | None,
        between: Callable[[int, Tensor], Tensor] | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Embedded rows [batch, length, width] through all layers; the last layer's values as above.

        `between` may look at what each layer gives, and change what the next one gets: (layer, hidden) -> hidden.
        """
        mask = None if attention_mask is None else attention_mask[:, None]  # [batch, 1, length, length]
        for index, layer in enumerate(self.layers):
            with torch.set_grad_enabled(torch.is_grad_enabled() and index >= self.frozen_layers):
                query, key, value = layer.project(hidden)
                hidden = layer.finish(hidden, attend(query, key, value, mask))
                if between is not None:
                    hidden = between(index, hidden)
        return hidden, value

    def hidden_with_past(
        self,
        token_ids: Tensor,
        positions: Tensor,
        segments: Tensor,
        attention_mask: Tensor,
        past_mask: Tensor,
        past_keys: Tensor,
        past_values: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Inference path with a cache; `past` may be 0. Written out so that the exporter makes plain MatMul nodes."""
        batch, length = token_ids.shape
        hidden = self.embed(token_ids, positions, segments)
        visible = torch.cat([past_mask[:, None, :].expand(batch, length, past_mask.shape[1]), attention_mask], dim=2)
        bias = torch.where(visible, 0.0, NEVER)[:, None]  # [batch, 1, length, past + length]
        keys, values = [], []
        for index, layer in enumerate(self.layers):
            query, key, value = layer.project(hidden)
            keys.append(key)
            values.append(value)
            all_keys = torch.cat(
                [past_keys[index].to(key.dtype), key], dim=2
            )  # [batch, heads, past + length, headSize]
            all_values = torch.cat([past_values[index].to(key.dtype), value], dim=2)
            scores = torch.matmul(query * layer.head_size**-0.5, all_keys.transpose(2, 3)) + bias  # float32: NEVER fits
            hidden = layer.finish(hidden, torch.matmul(torch.softmax(scores, dim=3).to(value.dtype), all_values))
        return hidden, torch.stack(keys), torch.stack(values)

    def length_state(self, hidden: Tensor, source: Tensor) -> Tensor:
        """What the length head reads [batch, width]: hidden [batch, length, width], and bool [batch, length] which of
        these rows are the source's.
        """
        if self.configuration.length_head == "change":
            return hidden[:, 0]
        share = source.to(hidden.dtype) / source.sum(1, keepdim=True)
        return torch.matmul(share[:, None], hidden)[:, 0]

    def length_changes(self, hidden: Tensor, source: Tensor) -> Tensor:
        """Logits of the classes T - N + offset [batch, 2 · offset + 1], as the graph gives them out (model-format.md).

        A pooled head's classes are those of T; NEVER where T - N has none.
        """
        logits = self.length(self.length_state(hidden, source))
        if self.configuration.length_head == "change":
            return logits
        last = 2 * self.configuration.length_offset
        change = torch.arange(last + 1, device=logits.device) - self.configuration.length_offset
        length = source.sum(1)[:, None] - 3 + change  # <begin>, task and <end> are no text
        return logits.gather(1, length.clamp(0, last)).masked_fill((length < 1) | (length > last), NEVER)

    def insertion_logits(self, hidden: Tensor) -> Tensor:
        return self.insertion(torch.cat([hidden[:, :-1], hidden[:, 1:]], dim=2))  # [batch, length - 1, 8]

    def head_features(self, rows: Tensor) -> Tensor:
        return self.head_norm(F.gelu(self.head_transform(rows)))  # [..., width]

    def token_logits(self, rows: Tensor) -> Tensor:
        """Only chosen rows reach this head: the vocabulary-wide product is a third of a full forward's cost."""
        return F.linear(self.head_features(rows), self.tokens.weight, self.head_bias + self.forbidden)  # [..., V]


def with_length_head(model: NarModel, length_head: str | None) -> NarModel:
    """The same weights with a new length head of this kind at random (JANUS, section 3.3: "new target length
    prediction modules with random initialization"); None keeps the old one. Raises ValueError for an unknown kind.
    """
    if length_head is None:
        return model
    renewed = NarModel(replace(model.configuration, length_head=length_head))
    body = {name: value for name, value in model.state_dict().items() if not name.startswith("length.")}
    renewed.load_state_dict({**renewed.state_dict(), **body})
    return renewed


def describe(model: NarModel) -> str:
    total = sum(parameter.numel() for parameter in model.parameters())
    body = sum(parameter.numel() for parameter in model.layers.parameters())
    return f"{total / 1e6:.1f} M parameters, {body / 1e6:.1f} M in {model.configuration.layers} layers"


def build(name_or_configuration: str | Configuration, seed: int = 1) -> NarModel:
    torch.manual_seed(seed)
    if isinstance(name_or_configuration, str):
        name_or_configuration = CONFIGURATIONS[name_or_configuration]
    return NarModel(name_or_configuration)
