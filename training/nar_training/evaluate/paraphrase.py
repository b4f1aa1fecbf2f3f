"""Paraphrases: SARI against people's rewrites, how much is copied, and whether numbers, names,
negation and code survive.
"""

import random
import re
from collections import Counter
from pathlib import Path

from ..data.guard import read_jsonl
from ..prior.words import PROTECTED, split_units
from .scores import bleu, inverse_bleu, overlap, percentile, repetition, sari, token_f1, tokens
from .sets import Item, edit_items
from .systems import Answers

NEGATION = re.compile(r"\b(?:not|no|never|none|nothing|nobody|neither|nor|without|cannot|\w+n['’]t)\b", re.IGNORECASE)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
NAME = re.compile(r"(?<=[a-z,;:)] )[A-Z][A-Za-z]+")


MEASURED_SENTENCES = 300  # of the eval-only sets, drawn by a fixed seed
SHORTER = 0.85


def paraphrase_items(data: Path, mode: str) -> dict[str, list[Item]]:
    """Rewrites of documentation for every mode, and the public set of the mode (measured only)."""
    sets = {name: edit_items(data / "edits" / f"{name}.dev.jsonl.zst") for name in ("rewrite_checked", "rewrite")}
    if mode == "shorter":
        both = [item for items in sets.values() for item in items]
        sets = {
            "rewrite that got shorter": [item for item in both if len(item.targets[0]) <= SHORTER * len(item.source)]
        }
        sets["google_compression"] = measured_items(data, "google_compression")
    elif mode == "simpler":
        sets["asset"] = measured_items(data, "asset")
    return sets


def measured_items(data: Path, name: str) -> list[Item]:
    records = read_jsonl(data / "eval-only" / name / "dev.jsonl.zst", evaluation=True)
    items = [Item(record["id"], record["source"], record["targets"]) for record in records]
    return random.Random(1).sample(items, min(MEASURED_SENTENCES, len(items)))


def kept(pattern: re.Pattern, source: str, output: str) -> bool:
    """Every match of the source stands in the output as often."""
    return not Counter(pattern.findall(source)) - Counter(pattern.findall(output))


def code_of(text: str) -> Counter:
    return Counter(piece for piece, kind in zip(*split_units(text), strict=True) if kind == PROTECTED)


def preserved(source: str, output: str) -> dict[str, bool]:
    """Deterministic checks of meaning (nar.md section 3.6): the same that the product uses to hold a candidate back."""
    return {
        "numbers": kept(NUMBER, source, output),
        "names": not set(NAME.findall(source)) - set(re.findall(r"[A-Za-z]+", output)),
        "negation": len(NEGATION.findall(source)) == len(NEGATION.findall(output)),
        "code": not code_of(source) - code_of(output),
    }


def first_candidate(reply: dict, source: str) -> str:
    candidates = reply.get("candidates", [])
    return candidates[0]["text"] if candidates else reply.get("output", source)


def measure_set(items: list[Item], outputs: list[str]) -> dict:
    checks = [preserved(item.source, output) for item, output in zip(items, outputs, strict=True)]
    pairs = list(zip(items, outputs, strict=True))
    changed = [(item, output) for item, output in pairs if output != item.source]
    result = {
        "sentences": len(items),
        "bleu": round(bleu(outputs, [item.targets for item in items]), 1),
        "ibleu": round(inverse_bleu([item.source for item in items], outputs, [item.targets for item in items]), 1),
        "repeated": round(100 * repetition(outputs), 2),
        "sari": round(sum(sari(item.source, output, item.targets) for item, output in pairs) / len(pairs), 1),
        "overlap": round(100 * sum(overlap(item.source, output) for item, output in pairs) / len(pairs), 1),
        "f1": round(
            100 * sum(max(token_f1(output, target) for target in item.targets) for item, output in pairs) / len(pairs),
            1,
        ),
        "length": round(
            100 * sum(len(tokens(output)) for _, output in pairs) / sum(len(tokens(item.source)) for item in items), 1
        ),
        "changed": round(100 * len(changed) / len(pairs), 1),
        "equal_to_reference": round(100 * sum(output in item.targets for item, output in pairs) / len(pairs), 1),
    }
    for check in ("numbers", "names", "negation", "code"):
        result[check] = round(100 * sum(row[check] for row in checks) / len(checks), 1)
    return result


def measure_paraphrase(sets: dict[str, list[Item]], answers: Answers) -> dict:
    results, times, counts = {}, [], []
    for name, items in sets.items():
        replies = [answers[f"{name}/{item.id}"] for item in items]
        times += [reply["milliseconds"] for reply in replies]
        counts += [len(reply.get("candidates", [])) for reply in replies]
        outputs = [first_candidate(reply, item.source) for item, reply in zip(items, replies, strict=True)]
        results[name] = measure_set(items, outputs)
        results[name]["no_candidate"] = round(
            100 * sum(not reply.get("candidates", [True]) for reply in replies) / len(items), 1
        )
        copying = measure_set(items, [item.source for item in items])
        results[name] |= {"of_copying": copying["sari"], "ibleu_of_copying": copying["ibleu"]}
        results[name]["of_reference"] = measure_set(items, [item.targets[0] for item in items])
        results[name]["examples"] = [
            [item.source, output, item.targets[0]] for item, output in list(zip(items, outputs, strict=True))[:15]
        ]
    return {
        "sets": results, "mean_candidates": round(sum(counts) / len(counts), 2),
        "latency": {"median_ms": percentile(times, 0.5), "p95_ms": percentile(times, 0.95)},
    }  # fmt: skip
