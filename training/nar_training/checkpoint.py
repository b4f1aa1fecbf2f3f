"""Whole checkpoints or none: written beside the old one and moved over it, so an interrupt never leaves half a file."""

import os
import random
from pathlib import Path

import numpy as np
import torch


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


def load(path: Path) -> dict:
    return torch.load(path, map_location="cpu", weights_only=False)
