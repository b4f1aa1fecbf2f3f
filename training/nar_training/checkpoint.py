"""Whole checkpoints or none: written beside the old one and moved over it, so an interrupt never leaves half a file."""

import os
import random
from pathlib import Path

import numpy as np
import torch

from .data_guard import ForbiddenData


def random_state(generators: dict[str, np.random.Generator]) -> dict:
    return {"torch": torch.get_rng_state(), "python": random.getstate(), "numpy": np.random.get_state(),
            "generators": {name: generator.bit_generator.state for name, generator in generators.items()}}


def restore_random_state(state: dict, generators: dict[str, np.random.Generator]) -> None:
    torch.set_rng_state(state["torch"])
    random.setstate(state["python"])
    np.random.set_state(state["numpy"])
    for name, generator in generators.items():
        if name in state["generators"]:
            generator.bit_generator.state = state["generators"][name]


def save(path: Path, content: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".partial")
    torch.save(content, temporary)
    os.replace(temporary, path)


def load(path: Path, research: bool = False) -> dict:
    """Raises ForbiddenData for weights that learnt from research-only data, unless the research runs themselves ask."""
    content = torch.load(path, map_location="cpu", weights_only=False)
    if content.get("research_only") and not research:
        raise ForbiddenData(f"{path}: these weights learnt from research-only data and may not be shipped or trained on")
    return content
