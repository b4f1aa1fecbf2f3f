"""What a compared system is: how it gets ready for training on top of the common start, and how its answers are read.

Adding one is a file beside this one (its decoder and what it adds to the network), an objective in `objectives/`, and
a row in `__init__.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from ...data.pools import Example
from ...data.tokenizer import RESERVED
from ...network.model import NarModel
from .. import decode
from ..quora import Quora
from ..run import Decoder, Objective


@dataclass
class Setting:
    """What a system may ask for while it gets ready."""

    quora: Quora
    seed: int
    teacher: Callable[[], NarModel]  # the finished left-to-right writer of the same seed, trained when first asked for


@dataclass
class Ready:
    objective: Objective
    decoders: dict[str, Decoder]  # label -> what writes the answers to a batch of sources
    examples: list[Example] | None = None  # trains on these instead of the set's own pairs
    notes: dict[str, float] = field(default_factory=dict)  # figures about the data, stored beside the scores
    probe: Callable[[NarModel], dict[str, float]] | None = None  # more such figures, of the trained network


@dataclass
class System:
    title: str
    paper: str
    ready: Callable[[NarModel, Setting], Ready]  # may add modules to the network; seeded by the caller
    task: str = "paraphrase"  # or "correction": noised questions (noised.py)


def text_of(decoder: Decoder) -> Decoder:
    """Its answers without reserved ids: `<end>` and `<drop>` are slots given back, no text."""
    return lambda model, blank: [[token for token in answer if token >= RESERVED] for answer in decoder(model, blank)]


def mask_predict(passes: int) -> Decoder:
    return lambda model, blank: decode.mask_predict(model, blank, passes).tolist()


ONE_PASS = {"1 pass": mask_predict(1)}


def objective_alone(objective: Objective, decoders: dict[str, Decoder] = ONE_PASS) -> Callable:
    """A system that adds nothing to the network and is read like any other with one slot a token."""
    return lambda model, setting: Ready(objective, decoders)
