"""Three short pairs of token ids, for objectives that are compared with brute force."""

from nar_training.data.pools import Example
from nar_training.data.tokenizer import REPHRASE
from nar_training.objectives.pairs import Pairs, make_pairs


def example(source: list[int], target: list[int]) -> Example:
    return Example(source, [0] * len(source), [], [], [], [], target)


def three_pairs() -> Pairs:
    return make_pairs(
        [example([40, 41, 42], [50, 51, 52, 53]), example([60, 61], [70, 70, 71]), example([45], [46, 47, 48])],
        [REPHRASE] * 3,
    )
