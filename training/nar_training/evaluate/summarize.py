"""One-sentence summaries of documentation pages: ROUGE against the author's own, beside lead-1,
TextRank and an oracle.
"""

import math
import random
from collections import Counter
from pathlib import Path

from rouge_score.rouge_scorer import RougeScorer

from ..data.guard import read_jsonl
from .scores import overlap, percentile, tokens
from .sets import SENTENCE_END, Item
from .systems import Answers

MEASURES = ("rouge1", "rouge2", "rougeL")
SCORER = RougeScorer(list(MEASURES), use_stemmer=True)
DAMPING = 0.85


def summary_items(data: Path, limit: int | None) -> list[Item]:
    items = [Item(r["id"], r["source"], [r["summary"]]) for r in read_jsonl(data / "descriptions" / "dev.jsonl.zst")]
    return items if limit is None or len(items) <= limit else random.Random(1).sample(items, limit)


def sentences(text: str) -> list[str]:
    """Paragraphs of the set are lines; inside a line a stop before a capital ends a sentence."""
    return [sentence.strip() for line in text.split("\n") for sentence in SENTENCE_END.split(line) if sentence.strip()]


def rouge(target: str, output: str) -> dict[str, float]:
    return {name: 100 * score.fmeasure for name, score in SCORER.score(target, output).items()}


def lead(text: str) -> str:
    found = sentences(text)
    return found[0] if found else text


def textrank(text: str) -> str:
    """The sentence that is most like the others (Mihalcea and Tarau 2004):
    shared words over the logs of the lengths.
    """
    found = sentences(text)
    bags = [Counter(word.lower() for word in tokens(sentence) if len(word) > 2) for sentence in found]
    if len(found) < 3:
        return found[0] if found else text
    weights = [[0.0] * len(found) for _ in found]
    for i, left in enumerate(bags):
        for j in range(i):
            norm = math.log(1 + sum(left.values())) + math.log(1 + sum(bags[j].values()))
            weights[i][j] = weights[j][i] = sum((left & bags[j]).values()) / norm if norm else 0.0
    ranks = [1.0] * len(found)
    totals = [sum(row) for row in weights]
    for _ in range(30):
        ranks = [
            (1 - DAMPING) + DAMPING * sum(ranks[j] * weights[j][i] / totals[j] for j in range(len(found)) if totals[j])
            for i in range(len(found))
        ]
    return found[max(range(len(found)), key=lambda index: (ranks[index], -index))]


def oracle(text: str, target: str) -> str:
    """The best single sentence if the summary were known: the ceiling of extraction."""
    return max(sentences(text) or [text], key=lambda sentence: sum(rouge(target, sentence).values()))


def score(items: list[Item], outputs: list[str]) -> dict:
    totals: Counter = Counter()
    for item, output in zip(items, outputs, strict=True):
        totals.update(rouge(item.targets[0], output))
    words = [len(output.split()) for output in outputs]
    return {
        **{name: round(totals[name] / len(items), 2) for name in MEASURES}, "summaries": len(items),
        "mean_words": round(sum(words) / len(words), 1),
        "copied": round(100 * sum(overlap(item.source, output) for item, output in zip(items, outputs, strict=True)) / len(items), 1),
    }  # fmt: skip


def baselines(items: list[Item]) -> dict[str, dict]:
    return {
        "lead-1": score(items, [lead(item.source) for item in items]),
        "textrank": score(items, [textrank(item.source) for item in items]),
        "oracle-sentence": score(items, [oracle(item.source, item.targets[0]) for item in items]),
        "author": score(items, [item.targets[0] for item in items]),
    }


def measure_summaries(items: list[Item], answers: Answers) -> dict:
    replies = [answers[item.id] for item in items]
    outputs = [reply["output"] for reply in replies]
    times = [reply["milliseconds"] for reply in replies]
    backed = sum(bool(reply.get("sources")) for reply in replies)
    result = score(items, outputs)
    result["with_sources"] = round(100 * backed / len(items), 1)
    result["latency"] = {"median_ms": percentile(times, 0.5), "p95_ms": percentile(times, 0.95)}
    result["examples"] = [[output, item.targets[0]] for item, output in list(zip(items, outputs, strict=True))[:15]]
    return result
