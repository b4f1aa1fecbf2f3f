"""A shipped fp16 graph becomes the network again that it was exported from."""

from pathlib import Path

import pytest
import torch

from nar_training.data.guard import DataError
from nar_training.network.from_graph import read_graph
from nar_training.network.model import CONFIGURATIONS, build
from nar_training.package.export import export_onnx
from nar_training.package.idle_head import skip_idle_head


@pytest.mark.parametrize("branched", [False, True], ids=["as exported", "as shipped"])
def test_weights_come_back_up_to_half_precision(tmp_path: Path, branched: bool) -> None:
    model = build("tiny", seed=4).eval()
    with torch.no_grad():
        for parameter in model.parameters():  # zeros would hide what was mixed up
            parameter.copy_(torch.randn_like(parameter))
    export_onnx(model, tmp_path / "model_fp16.onnx", half=True)
    if branched:
        skip_idle_head(tmp_path / "model_fp16.onnx", CONFIGURATIONS["tiny"].candidates)
    again = read_graph(tmp_path / "model_fp16.onnx", CONFIGURATIONS["tiny"])
    for name, value in model.state_dict().items():
        if name == "head_bias":
            value = torch.where(model.forbidden < 0, 0.0, value)
        assert torch.allclose(again.state_dict()[name], value, rtol=2e-3, atol=2e-3), name


def test_another_shape_is_told(tmp_path: Path) -> None:
    export_onnx(build("tiny").eval(), tmp_path / "model_fp16.onnx", half=True)
    with pytest.raises(DataError, match="fp16 graph"):
        read_graph(tmp_path / "model_fp16.onnx", CONFIGURATIONS["base"])
