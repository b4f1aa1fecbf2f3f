"""Correction: precision, recall and F0.5 by error type, false alarms on clean prose, calibration, latency."""

import os
from pathlib import Path

from ..prior.lexicon import Lexicon
from .edits import word_edits
from .scores import CorrectionScores, correction_is_right, expected_calibration_error, gleu, percentile
from .sets import Item, clean_prose, correction_sets, jfleg
from .systems import Answers


def test_items(data: Path, limit: int | None, prose_words: int) -> dict[str, list[Item]]:
    items = correction_sets(data, limit)
    items["jfleg"] = jfleg(data)
    items["prose"] = clean_prose(data, prose_words)
    return items


def flat(sets: dict[str, list[Item]]) -> list[Item]:
    """All texts as one batch, so that a program starts once; ids carry the name of their set."""
    return [Item(f"{name}/{item.id}", item.source, item.targets) for name, items in sets.items() for item in items]


def known_words(lexicon: Path) -> set[str]:
    return {word.lower() for word in Lexicon.load(lexicon).words}


def measure(sets: dict[str, list[Item]], answers: Answers, known: set[str]) -> dict:
    results: dict[str, dict] = {}
    points: list[tuple[float, bool]] = []
    times: list[float] = []
    for name, items in sets.items():
        replies = [answers[f"{name}/{item.id}"] for item in items]
        times += [reply["milliseconds"] for reply in replies]
        if name == "prose":
            results[name] = false_alarms(items, [reply["output"] for reply in replies])
            continue
        scores = CorrectionScores()
        for item, reply in zip(items, replies, strict=True):
            scores.add(item.source, reply["output"], item.targets, known)
            if name not in ("jfleg", "cweb"):  # their references are not the kind of text that thresholds are set for
                points += [
                    (c["confidence"], correction_is_right(item.source, *span_of(item.source, c), item.targets))
                    for c in reply.get("corrections", [])
                    if "confidence" in c
                ]
        results[name] = scores.result()
        if name == "jfleg":
            sources, targets = [item.source for item in items], [item.targets for item in items]
            results[name]["gleu"] = round(gleu(sources, [reply["output"] for reply in replies], targets), 1)
            results[name]["gleu of the source"] = round(gleu(sources, sources, targets), 1)
    error, bins = expected_calibration_error(points)
    words = [len(item.source.split()) for items in sets.values() for item in items]
    return {
        "sets": results,
        "calibration": {"expected_calibration_error": error, "corrections": len(points), "bins": bins},
        "latency": {
            "sentences": len(times), "mean_words": round(sum(words) / len(words), 1),
            "median_ms": _round(percentile(times, 0.5)), "p95_ms": _round(percentile(times, 0.95)), "load_average": round(os.getloadavg()[0], 1),
        },
    }  # fmt: skip


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def span_of(text: str, correction: dict) -> tuple[int, int, str]:
    """The command line counts UTF-16 units as JavaScript does; Python counts characters."""
    start, end = correction["startIndex"], correction["endIndex"]
    if not text.isascii():
        units = text.encode("utf-16-le")
        start, end = (len(units[: 2 * offset].decode("utf-16-le", "ignore")) for offset in (start, end))
    return start, end, correction["correction"]


def false_alarms(items: list[Item], outputs: list[str]) -> dict:
    """Edits in prose that nobody changed. Some are true finds:
    held-out documentation has mistakes too (see the examples).
    """
    words = sum(len(item.source.split()) for item in items)
    edits = [
        (item.source, edit)
        for item, output in zip(items, outputs, strict=True)
        for edit in word_edits(item.source, output)
    ]
    changed = sum(item.source != output for item, output in zip(items, outputs, strict=True))
    return {
        "words": words, "sentences": len(items), "edits": len(edits),
        "per_1000_words": round(1000 * len(edits) / words, 2), "changed_per_100_sentences": round(100 * changed / len(items), 2),
        "examples": [f"{source[max(0, e.start - 40) : e.start]}[{source[e.start : e.end]}|{e.replacement}]{source[e.end : e.end + 30]}" for source, e in edits[:40]],
    }  # fmt: skip
