"""Compression at the reference's ratio: how well the "shorten" head ranks the words of a sentence by how dispensable
they are.

The product deletes only what it is sure of, so its own output is mostly longer than a reference. Here as many words are
left as the reference has: those with the least mean 1 - P(keep) over their tokens, read from `nar-text trace --task
shorten`.
"""

import json
import subprocess
from collections.abc import Callable

from .scores import TOKENS, token_f1, tokens
from .sets import Item


def traced(command: list[str], item: Item) -> dict:
    """The trace of one sentence. Raises CalledProcessError with what the program printed."""
    return json.loads(
        subprocess.run(command, input=item.source.encode(), capture_output=True, timeout=120, check=True).stdout
    )


def dispensable(trace: dict) -> list[tuple[str, float]]:
    """Words of the source, in order, each with its mean probability of not being kept."""
    spoken = [
        (place["start"], place["end"], 1 - token["operation"][0])
        for place, token in zip(trace["source"], trace["steps"][0]["tokens"], strict=True)
        if "operation" in token
    ]
    words = []
    for match in TOKENS.finditer(trace["sourceText"]):
        covering = [chance for start, end, chance in spoken if start < match.end() and match.start() < end]
        words.append((match.group(), sum(covering) / len(covering) if covering else 0.0))
    return words


def keep_best(words: list[tuple[str, float]], count: int) -> str:
    """The `count` words that are missed the most, in their order; of equals the earlier one."""
    order = sorted(range(len(words)), key=lambda index: words[index][1])
    return " ".join(words[index][0] for index in sorted(order[:count]))


def measure_compression(items: list[Item], trace: Callable[[Item], dict]) -> dict:
    """F1 of words in per cent, of our ranking and of the first words of the sentence,
    at the length of the first reference.
    """
    ours = first = 0.0
    for item in items:
        count = len(tokens(item.targets[0]))
        ours += max(token_f1(keep_best(dispensable(trace(item)), count), target) for target in item.targets)
        first += max(token_f1(" ".join(tokens(item.source)[:count]), target) for target in item.targets)
    return {
        "f1_at_ratio": round(100 * ours / len(items), 1),
        "first_words_at_ratio": round(100 * first / len(items), 1),
    }
