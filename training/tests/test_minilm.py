"""Starting from a pre-trained BERT: layers and embeddings are copied, also into a deeper network."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from nar_training.network.minilm import load_minilm
from nar_training.network.model import Configuration, NarModel
from nar_training.reference.tiny_model import tiny_tokenizer

WIDTH, LAYERS, INNER = 32, 2, 64
PIECES = ["[PAD]", "[unused1]", "[CLS]", "[SEP]", "[MASK]", "the", "server", "##s", "file", "t", "##e"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT checkpoint of two layers, in Hugging Face's names."""
    path = tmp_path_factory.mktemp("bert")
    shapes = {
        "embeddings.word_embeddings.weight": (len(PIECES), WIDTH),
        "embeddings.position_embeddings.weight": (512, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        "pooler.dense.weight": (WIDTH, WIDTH),
        "embeddings.LayerNorm.weight": (WIDTH,),
        "embeddings.LayerNorm.bias": (WIDTH,),
    }
    linear = {
        "attention.self.query": (WIDTH, WIDTH),
        "attention.self.key": (WIDTH, WIDTH),
        "attention.self.value": (WIDTH, WIDTH),
        "attention.output.dense": (WIDTH, WIDTH),
        "intermediate.dense": (INNER, WIDTH),
        "output.dense": (WIDTH, INNER),
    }
    for layer in range(LAYERS):
        for name, shape in linear.items():
            shapes |= {f"encoder.layer.{layer}.{name}.weight": shape, f"encoder.layer.{layer}.{name}.bias": shape[:1]}
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            shapes |= {f"encoder.layer.{layer}.{name}.weight": (WIDTH,), f"encoder.layer.{layer}.{name}.bias": (WIDTH,)}
    generator = torch.Generator().manual_seed(1)
    save_file(
        {f"bert.{name}": torch.randn(shape, generator=generator) for name, shape in shapes.items()},
        path / "model.safetensors",
    )
    (path / "vocab.txt").write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    return path


def loaded(folder: Path, layers: int) -> tuple[NarModel, list[str]]:
    model = NarModel(Configuration(vocabulary=300, width=WIDTH, layers=layers, heads=2, inner=INNER))
    return model, load_minilm(model, tiny_tokenizer(300), folder)


def test_as_many_layers_are_copied_in_order(folder: Path) -> None:
    model, unused = loaded(folder, 2)
    assert unused == ["pooler.dense.weight"]
    shallow, left = loaded(folder, 1)
    assert torch.equal(shallow.layers[0].inner.weight, model.layers[0].inner.weight) and len(left) == 17
    assert not torch.equal(model.layers[0].inner.weight, model.layers[1].inner.weight)


def test_a_deeper_network_takes_layers_twice_in_order(folder: Path) -> None:
    model, _ = loaded(folder, 2)
    deep, unused = loaded(folder, 3)
    assert unused == ["pooler.dense.weight"]
    for layer, source in zip(deep.layers, (0, 0, 1), strict=True):
        for name, tensor in layer.state_dict().items():
            assert torch.equal(tensor, model.layers[source].state_dict()[name]), name
