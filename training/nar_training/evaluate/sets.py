"""The sets that the models are measured on. Only this package may read eval-only data (data/guard.py)."""

import random
import re
from dataclasses import dataclass
from pathlib import Path

from ..data.guard import read_jsonl, read_lines

CWEB_SENTENCES = 1000  # of 6,729, drawn by a fixed seed: the slow checkers need an hour for all of them
_BEFORE_MARK = re.compile(r" +([.,;:!?%)\]}]|n't\b|'(?:s|re|ve|ll|d|m)\b)")
_AFTER_MARK = re.compile(r"([(\[{$]) +")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`])")


@dataclass
class Item:
    id: str
    source: str
    targets: list[str]


def detokenize(text: str) -> str:
    """Space-split tokens as text; sources and references alike, or the spaces are counted as errors."""
    text = _AFTER_MARK.sub(r"\1", _BEFORE_MARK.sub(r"\1", text))
    return re.sub(r'" ([^"]*) "', r'"\1"', text).replace("``", '"').replace(" ''", '"').strip()


def edit_items(path: Path, strength: str | None = None) -> list[Item]:
    return [
        Item(record["id"], record["before"], [record["after"]])
        for record in read_jsonl(path)
        if strength is None or record["strength"] == strength
    ]


def correction_sets(data: Path, limit: int | None = None) -> dict[str, list[Item]]:
    """Technical prose first (decisions), then sets that are only measured. `limit`: at most this many of each,
    by seed.
    """
    edits, measured = data / "edits", data / "eval-only"
    sets = {
        "checked": edit_items(edits / "checked.dev.jsonl.zst"),
        "typo": edit_items(edits / "typo.dev.jsonl.zst"),
        "grammar": edit_items(edits / "grammar.dev.jsonl.zst", "error"),
        "harper-pairs": [
            Item(r["id"], r["source"], r["targets"])
            for r in read_jsonl(data / "public" / "harper_pairs" / "dev.jsonl.zst")
        ],
    }
    cweb = [
        Item(r["id"], r["source"], r["targets"])
        for r in read_jsonl(measured / "cweb" / "dev.jsonl.zst", evaluation=True)
    ]
    sets["cweb"] = random.Random(1).sample(cweb, min(CWEB_SENTENCES, len(cweb)))
    return {
        name: items if limit is None or len(items) <= limit else random.Random(1).sample(items, limit)
        for name, items in sets.items()
    }


def jfleg(data: Path) -> list[Item]:
    records = read_jsonl(data / "eval-only" / "jfleg" / "dev.jsonl.zst", evaluation=True)
    return [Item(r["id"], detokenize(r["source"]), [detokenize(target) for target in r["targets"]]) for r in records]


def clean_prose(data: Path, words: int = 20000, seed: int = 1) -> list[Item]:
    """Sentences of the held-out prose, drawn by a fixed seed until they hold this many words."""
    sentences = [
        sentence
        for line in read_lines(data / "prose" / "dev.txt.zst")
        if line
        for sentence in SENTENCE_END.split(line)
        if 4 <= len(sentence.split()) <= 60
    ]
    random.Random(seed).shuffle(sentences)
    chosen: list[Item] = []
    count = 0
    for index, sentence in enumerate(sentences):
        if count >= words:
            break
        chosen.append(Item(f"prose-{index}", sentence, [sentence]))
        count += len(sentence.split())
    return chosen
