"""The set on which correctors are compared: Quora questions with errors put in, the question itself as the answer.

An error hits a word piece with probability `RATE`: it is replaced by another piece of the same first letter (the slips
of a recogniser or a typist are near what was meant), left out, doubled, or followed by a frequent piece (FastCorrect's
kinds). Every draw depends on (part, index) alone.
"""

from collections import Counter

import numpy as np

from ...data.pools import Example
from ...data.tokenizer import RESERVED
from ..quora import LONGEST, Quora

RATE = 0.12
KINDS = {"replace": 0.6, "leave out": 0.15, "double": 0.1, "insert": 0.15}


def near_pieces(pieces: list[str]) -> list[list[int]]:
    """For every piece the ids of those with the same first letter and the same place in a word, itself left out."""
    groups: dict[tuple[bool, str], list[int]] = {}
    keys = [(piece.startswith("##"), piece.removeprefix("##")[:1]) for piece in pieces]
    for index, key in enumerate(keys):
        groups.setdefault(key, []).append(RESERVED + index)
    return [[other for other in groups[key] if other != RESERVED + index] for index, key in enumerate(keys)]


def with_errors(ids: list[int], near: list[list[int]], frequent: list[int], random: np.random.Generator) -> list[int]:
    out: list[int] = []
    names, shares = list(KINDS), list(KINDS.values())
    for token in ids:
        if random.random() >= RATE:
            out.append(token)
            continue
        kind = names[int(random.choice(len(names), p=shares))]
        others = near[token - RESERVED] if token - RESERVED < len(near) else []
        if kind == "replace" and others:
            out.append(others[int(random.integers(len(others)))])
        elif kind == "double":
            out += [token, token]
        elif kind == "insert":
            out += [token, frequent[int(random.integers(len(frequent)))]]
        elif kind == "replace":
            out.append(token)
    return out[:LONGEST] or list(ids)


def noised(quora: Quora) -> Quora:
    """The set of noised questions made from the paraphrase set."""
    near = near_pieces(quora.pieces)
    counts = Counter(token for example in quora.train for token in example.target)
    frequent = [token for token, _ in counts.most_common(50)]
    parts = {}
    for number, (part, examples) in enumerate((("train", quora.train), ("dev", quora.dev))):
        parts[part] = [
            Example(
                source := with_errors(example.target, near, frequent, np.random.default_rng((number, index))),
                [0] * len(source),
                [],
                [],
                [],
                [],
                example.target,
            )
            for index, example in enumerate(examples)
        ]
    sources = quora.tokenizer.decode_batch([example.source for example in parts["dev"]])
    texts = [(source, reference) for source, (_, reference) in zip(sources, quora.dev_texts, strict=True)]
    return Quora(parts["train"], parts["dev"], texts, quora.tokenizer, quora.pieces)
