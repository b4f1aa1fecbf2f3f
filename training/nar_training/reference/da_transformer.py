"""The directed acyclic transformer: links between vertices and the three searches for a path
(docs/decoders/da-transformer.md).
"""

from dataclasses import dataclass

import numpy as np

from ..data.tokenizer import BEGIN, DROP, END, MASK
from .ctc import choices
from .generation import given
from .network import ReferenceNetwork, Source
from .steps import Tracer, finish_output

SHOWN_LINKS = 3


@dataclass
class LinkTable:
    query: np.ndarray  # [width, rank]
    key: np.ndarray  # [width, rank]
    distance: np.ndarray  # [distances]
    upsampling: int

    def log_probabilities(self, values: np.ndarray) -> np.ndarray:
        """log E [V, V] of V vertices, the two ends included; -inf where no link is: values [V, width]."""
        values = values.astype(np.float64)
        scores = (values @ self.query) @ (values @ self.key).T / self.query.shape[1] ** 0.5
        size = len(values)
        table = np.full((size, size), -np.inf)
        for i in range(size - 1):
            following = [j for j in range(i + 1, size) if i > 0 or j < size - 1]
            row = np.array([scores[i, j] + self.distance[min(j - i, len(self.distance)) - 1] for j in following])
            table[i, following] = row - row.max() - np.log(np.exp(row - row.max()).sum())
        return table


def passing(links: np.ndarray, fixed: list[int]) -> np.ndarray:
    """`links` without those that jump over a vertex of `fixed`."""
    result = links.copy()
    for vertex in fixed:
        result[:vertex, vertex + 1 :] = -np.inf
    return result


def step_by_step(links: np.ndarray, emissions: np.ndarray) -> list[int]:
    """From vertex to vertex to the best next one, argmax of E[i, j] · exp(emissions[j]); the ends not named."""
    path, last = [0], len(links) - 1
    while path[-1] != last:
        path.append(int(np.argmax(links[path[-1]] + emissions)))
    return path[1:-1]


def viterbi(links: np.ndarray, emissions: np.ndarray, penalty: float) -> list[int]:
    """The path of T vertices with the highest log-probability / T^penalty, over all T."""
    last = len(links) - 1
    reached, back, best = links[0] + emissions, [], (-np.inf, 0, 0)
    for length in range(1, last):
        ends = reached + links[:, last]
        ends[last] = -np.inf
        value = ends.max() / length**penalty
        if value > best[0]:
            best = (value, length, int(ends.argmax()))
        longer = reached[:, None] + links
        back.append(longer.argmax(0))
        reached = longer.max(0) + emissions
    _, length, vertex = best
    path = [vertex]
    for pointers in reversed(back[: length - 1]):
        path.insert(0, int(pointers[path[0]]))
    return path


def find_path(links: np.ndarray, emissions: np.ndarray, options: dict) -> list[int]:
    search = options.get("pathSearch", "lookahead")
    if search == "viterbi":
        return viterbi(links, emissions, options.get("lengthPenalty", 1))
    return step_by_step(links, emissions if search == "lookahead" else np.zeros_like(emissions))


def shown_links(row: np.ndarray, following: int | None) -> list[dict]:
    """The most probable next vertices and the one that the path takes; tokens count from 0,
    the number of tokens is the end.
    """
    ranked = [int(j) for j in np.argsort(-row, kind="stable")[:SHOWN_LINKS] if row[j] > -np.inf]
    if following is not None and following not in ranked:
        ranked.append(following)
    return [{"position": j - 1, "probability": float(np.exp(row[j]))} for j in ranked]


def da_transformer(table: LinkTable):
    def decode(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> dict:
        count = len(source.ids)
        rate = max(1, min(options.get("upsampling", table.upsampling), (network.maximum_positions - 2) // count))
        kept = [source.protected[i] or i in options.get("lockedTokens", []) for i in range(count)]
        owners = [i for i in range(count) for _ in range(1 if kept[i] else rate)]
        tracer.step("encode", given(tracer, source), count + 3)
        target = [BEGIN, *[source.ids[i] if kept[i] else MASK for i in owners], END]
        rows, values = network.vertices(source.tokens(), source.segments(), target)
        vertices = [
            [(source.ids[owner], 0.0)] if kept[owner] else choices(network, row)
            for owner, row in zip(owners, rows, strict=True)
        ]
        links = table.log_probabilities(values.numpy())
        emissions = np.array([0.0, *[best[0][1] for best in vertices], 0.0])
        path = find_path(
            passing(links, [index + 1 for index, owner in enumerate(owners) if kept[owner]]), emissions, options
        )
        following = dict(zip(path, [*path[1:], len(links) - 1], strict=True))
        tokens = []
        for index, (owner, (best, *_)) in enumerate(zip(owners, vertices, strict=True)):
            on_path = index + 1 in following
            more = {"sourceIndex": owner, "links": shown_links(links[index + 1], following.get(index + 1))}
            if kept[owner]:
                tokens.append(tracer.plain(best[0], "given", **more, locked=True))
            else:
                tokens.append(tracer.predicted(best[0], rows[index], "new" if on_path else "deleted", **more))
        tracer.step("predict", tokens, len(target), stop="fixed")
        whole = [0, *path, len(links) - 1]
        total = sum(links[i, j] + emissions[j] for i, j in zip(whole, whole[1:], strict=False))
        ids = [vertices[vertex - 1][0][0] for vertex in path]
        return {"ids": finish_output(ids, END, DROP, MASK), "score": float(total) / len(path), "stop": "fixed"}

    return lambda network, source, options, tracer, text: decode(network, source, options, tracer)
