"""Whole checkpoints or none: written beside the old one and moved over it, so an interrupt never leaves half a file."""

import os
import random
from pathlib import Path

import numpy as np
import torch

from ..data.guard import DataError, ForbiddenData
from ..data.tokenizer import vocabulary_key
from .model import Configuration, NarModel


class CheckpointError(DataError):
    """A checkpoint that cannot be read, written or used; the message says which and what to do."""


def random_state(generators: dict[str, np.random.Generator]) -> dict:
    return {
        "torch": torch.get_rng_state(),
        "python": random.getstate(),
        "numpy": np.random.get_state(),
        "generators": {name: generator.bit_generator.state for name, generator in generators.items()},
    }


def restore_random_state(state: dict, generators: dict[str, np.random.Generator]) -> None:
    torch.set_rng_state(state["torch"])
    random.setstate(state["python"])
    np.random.set_state(state["numpy"])
    for name, generator in generators.items():
        if name in state["generators"]:
            generator.bit_generator.state = state["generators"][name]


def save(path: Path, content: dict) -> None:
    """Raises CheckpointError (a full disk, say); what was there before is still whole then."""
    temporary = path.with_suffix(".partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as output:
            torch.save(content, output)
            output.flush()
            os.fsync(output.fileno())
        os.replace(temporary, path)
    except (OSError, RuntimeError) as error:  # torch reports a failed write as either
        temporary.unlink(missing_ok=True)
        kept = "the checkpoint before it is whole" if path.exists() else "there is no earlier one"
        raise CheckpointError(
            f"{path} cannot be written ({str(error).splitlines()[0]}); {kept}. Free some space and run the "
            "same command again"
        ) from error


def keep(path: Path, model: NarModel, vocabulary: str, step: int, count: int) -> None:
    """The weights alone in a file of their own beside `path`, for average.py; of more than `count` the oldest goes.
    Raises CheckpointError.
    """
    content = {"configuration": model.configuration.as_dict(), "vocabulary": vocabulary, "step": step}
    save(path.with_name(f"{path.stem}-step-{step:07d}.pt"), {**content, "model": model.state_dict()})
    for old in sorted(path.parent.glob(f"{path.stem}-step-*.pt"))[:-count]:
        old.unlink()


def load(path: Path, research: bool = False) -> dict:
    """Raises ForbiddenData for weights that learnt from research-only data, unless the research runs themselves ask."""
    try:
        content = torch.load(path, map_location="cpu", weights_only=False)
    except FileNotFoundError as error:
        raise CheckpointError(f"{path}: no such checkpoint; give another with --start or --checkpoint") from error
    except Exception as error:  # torch and pickle have a dozen names for a file that is cut off or something else
        raise CheckpointError(
            f"{path}: not a whole checkpoint ({str(error).splitlines()[0] if str(error) else 'empty'}); use an "
            "earlier one"
        ) from error
    if not isinstance(content, dict) or "model" not in content:
        raise CheckpointError(f"{path}: no checkpoint of this package: it has no weights")
    if content.get("research_only") and not research:
        raise ForbiddenData(
            f"{path}: these weights learnt from research-only data and may not be shipped or trained on"
        )
    return content


def model_of(path: Path, content: dict, texts: list[str] | None = None) -> NarModel:
    """The network with a checkpoint's weights. With `texts`, its vocabulary must be this one (tokenizer.token_texts).

    Raises CheckpointError when configuration and weights do not fit, or when the ids stand for something else.
    """
    if "configuration" not in content:
        raise CheckpointError(f"{path}: no configuration beside the weights, so their shape is unknown")
    try:
        configuration = Configuration(**content["configuration"])
        model = NarModel(configuration)
        model.load_state_dict(content["model"])
    except (RuntimeError, TypeError, AttributeError) as error:
        detail = [line.strip() for line in str(error).splitlines() if line.strip()]
        raise CheckpointError(
            f"{path}: the weights have another shape than this network: {detail[1] if len(detail) > 1 else detail[0]}"
        ) from error
    if texts is not None and configuration.vocabulary != len(texts):
        raise CheckpointError(
            f"{path}: a vocabulary of {configuration.vocabulary}, but the tokenizer has {len(texts)} entries; "
            "use the tokenizer it was trained with"
        )
    if texts is not None and content.get("vocabulary", vocabulary_key(texts)) != vocabulary_key(texts):
        raise CheckpointError(
            f"{path}: trained with another tokenizer of the same size; use the tokenizer it was trained with"
        )
    return model
