"""Temperatures and thresholds of a model folder, fitted on the TRAIN-OK dev sets alone.

    python -m nar_training.fit.calibrate --model models/nar-base            # fits and writes manifest.json
    python -m nar_training.fit.calibrate --model models/nar-base --check    # scores it as it is

Precision first: at most 0.5 false alarms per 1,000 words of held-out prose, then the best F0.5 over real corrections.
Edits fall into independent groups (one a type, or a type and form where both are frequent, those that the lists back,
and neighbours of unknown words), so for a price λ of a false alarm and μ of a wrong edit each group picks its own
threshold; a sweep over the prices finds the best mean F0.5 of the three sets: the typos, which are easy, must not
decide for the grammar.
"""

import argparse
import json
import math
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ..data.guard import read_jsonl, run
from ..data.paths import DATA, LEXICON, REPOSITORY, WORK
from ..data.tokenizer import load_tokenizer
from ..evaluate import edits as word_level
from ..evaluate import sets
from ..evaluate.scores import Counts, expected_calibration_error
from ..package.folder import write_json
from ..prior.lexicon import Lexicon
from ..prior.near_words import Prior
from .correct import SETTLED, Corrector, Edit, apply
from .error_density import with_error_density

ALARMS_PER_THOUSAND = 0.5
MARGIN = 0.95  # fitted to this share of the budget
GRID = [*np.arange(0.3, 0.95, 0.05).round(2).tolist(), 0.93, 0.95, 0.97, 0.98, 0.99, 1.01]  # 1.01: never
# Listed misspellings are not traded for other edits: all 19 that stand in 150,000 words of the "clean" dev prose are
# real.
MOST_LEXICON = 1 + GRID.index(0.6)
# An unknown word one slip from a known one is what a writer expects to be underlined (docs/decisions/0008).
MOST_NEAR = 1 + GRID.index(0.85)
# What neither the lists nor a doubled word backs is not shown where two of five would be wrong, whatever the sum of all
# says.
LEAST_SHOWN = GRID.index(0.6)
BACKED = ("lexicon", "doubled-word")
LEAST_EDITS = 12  # a type seen less often takes the default threshold
LEAST_OF_FORM = 60  # proposals of a type in one form ("article/insert") that make a group of its own
SETS = ("checked", "typo", "grammar")
LISTED_KINDS = (
    "article",
    "casing",
)  # articles and names of the lexical prior have thresholds of their own, beside the misspellings


@dataclass
class Found:
    """One proposed edit of the model, judged."""

    set: str
    sentence: int
    kind: str
    form: str  # insert, delete or replace
    lexicon: bool
    confidence: float
    gold: frozenset  # the word-level edits it makes that a reference makes too
    false: int  # those that no reference makes
    settled: bool = False  # its confidence does not depend on the network alone
    near: bool = False

    @property
    def right(self) -> bool:
        return bool(self.gold) and not self.false


@dataclass
class Measured:
    found: list[Found]
    wanted: dict[str, int]  # gold edits a set
    wanted_types: dict[str, int]  # and a type
    wanted_halves: dict[str, tuple[int, int]]  # gold edits of even and odd sentences
    words: int  # of clean prose
    milliseconds: float


def text_of(corrector: Corrector, ids: list[int], edit: Edit) -> str:
    return corrector.tokenizer.decode(apply(ids, [edit]))


def measure(corrector: Corrector, data: Path, prose_words: int) -> Measured:
    found: list[Found] = []
    wanted: dict[str, int] = {}
    types: Counter[str] = Counter()
    halves: dict[str, tuple[int, int]] = {}
    known = set(corrector.prior.words) if corrector.prior else None
    prose = sets.clean_prose(data, prose_words)
    items = {
        name: sets.edit_items(data / "edits" / f"{name}.dev.jsonl.zst", strength)
        for name, strength in (("checked", None), ("typo", None), ("grammar", "error"))
    } | {"prose": prose}
    began, sentences = time.perf_counter(), 0
    for name, list_ in items.items():
        gold_edits = [set(word_level.word_edits(item.source, item.targets[0])) for item in list_]
        wanted[name] = sum(map(len, gold_edits))
        halves[name] = sum(map(len, gold_edits[::2])), sum(map(len, gold_edits[1::2]))
        types.update(
            word_level.classify(item.source, edit, known)
            for item, gold in zip(list_, gold_edits, strict=True)
            for edit in gold
        )
        for index, (item, gold) in enumerate(zip(list_, gold_edits, strict=True)):
            encoding, edits = corrector.edits(item.source)
            sentences += 1
            for edit in edits:
                made = word_level.word_edits(item.source, text_of(corrector, encoding.ids, edit))
                if made:
                    right = frozenset(made) & gold
                    found.append(
                        Found(
                            name,
                            index,
                            word_level.classify(item.source, made[0], known),
                            form_of(item.source, made[0]),
                            edit.lexicon,
                            edit.confidence,
                            frozenset(right),
                            len(made) - len(right),
                            edit.settled,
                            edit.near,
                        )
                    )
    return Measured(
        found,
        wanted,
        dict(types),
        halves,
        sum(len(item.source.split()) for item in prose),
        1000 * (time.perf_counter() - began) / sentences,
    )


def fit_temperatures(corrector: Corrector, data: Path, limit: int = 1200) -> dict[str, float]:
    """One scalar a head: the temperature of least cross-entropy on real dev pairs (Guo 2017), operation and gap."""
    from ..data.align import labels_from_encodings
    from ..data.tokenizer import BEGIN, END, FIX
    from ..prior.features import segments_of

    logits: dict[str, list] = defaultdict(list)
    labels: dict[str, list] = defaultdict(list)
    records = [
        *read_jsonl(data / "edits" / "typo.dev.jsonl.zst"),
        *(r for r in read_jsonl(data / "edits" / "grammar.dev.jsonl.zst") if r["strength"] == "error"),
    ]
    for record in records[:: max(1, len(records) // limit)]:
        source, target = corrector.tokenizer.encode(record["before"]), corrector.tokenizer.encode(record["after"])
        answer = labels_from_encodings(source, target, record["before"], record["after"])
        if answer is None:
            continue
        segments = segments_of(record["before"], source, corrector.prior)
        result = corrector.forward([BEGIN, FIX, *source.ids, END], [0, 0, *segments, 0], None, [], [])
        logits["operation"].append(result["operation_logits"][0, 2:-1])
        labels["operation"] += answer.operations
        logits["insertion"].append(result["insertion_logits"][0, 1:])
        labels["insertion"] += answer.insertions
        slots = [index for index, wanted in enumerate(answer.draft_targets) if wanted >= 0]
        if slots:
            scores = [answer.draft_targets[index] for index in slots]
            fill = corrector.forward(
                [BEGIN, *answer.draft_ids, END],
                [1] * (len(answer.draft_ids) + 2),
                (result["keys"], result["values"]),
                [index + 1 for index in slots],
                scores,
            )
            best, own = fill["candidate_log_probs"][0], fill["score_log_probs"][0][:, None]
            rest = np.log(np.maximum(1e-9, 1 - np.exp(best).sum(1, keepdims=True)))
            logits["fill"].append(np.concatenate([best, rest], 1))
            at = [
                int(np.argmin(np.abs(row - score))) if abs(row - score).min() < 1e-4 else best.shape[1]
                for row, score in zip(best, own[:, 0], strict=True)
            ]
            labels["fill"] += at
    temperatures = {}
    for name in ("operation", "insertion", "fill"):
        rows, wanted = np.concatenate(logits[name]).astype(np.float64), np.array(labels[name])
        losses = {}
        for temperature in np.exp(np.linspace(math.log(0.3), math.log(3), 47)):
            scaled = rows / temperature
            scaled -= scaled.max(1, keepdims=True)
            losses[temperature] = float((np.log(np.exp(scaled).sum(1)) - scaled[np.arange(len(wanted)), wanted]).mean())
        temperatures[name] = round(float(min(losses, key=losses.__getitem__)), 3)
    return temperatures


def form_of(source: str, edit: word_level.Edit) -> str:
    """insert, delete or replace; letters put into or taken out of a word replace it. Twin of editForm in
    src/english/judge/classify.ts.
    """
    before, after = source[edit.start : edit.end], edit.replacement
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    old, new = before[first : len(before) - last], after[first : len(after) - last]
    if old and new:
        return "replace"
    core, left, right = old or new, source[: edit.start + first], source[edit.end - last :]
    joined = (core[:1].isalnum() and left[-1:].isalnum()) or (core[-1:].isalnum() and right[:1].isalnum())
    return "replace" if joined or not core.strip() else "delete" if old else "insert"


def groups_of(found: list[Found]) -> dict[str, list[Found]]:
    """Proposals by the threshold that holds for them: lexicon, near, type/form, type, or default for the rare ones."""
    unbacked = [f for f in found if f.set != "prose" and not f.lexicon and not f.near]
    forms = Counter(f"{f.kind}/{f.form}" for f in unbacked)
    kinds: Counter[str] = Counter()
    for f in unbacked:
        kinds[f.kind] += len(f.gold)
    groups: dict[str, list[Found]] = defaultdict(list)
    for f in found:
        form = f"{f.kind}/{f.form}"
        listed = f"lexicon/{f.kind}" if f.kind in LISTED_KINDS else "lexicon"
        name = (
            listed
            if f.lexicon
            else "near"
            if f.near
            else "default"
            if kinds[f.kind] < LEAST_EDITS
            else form
            if forms[form] >= LEAST_OF_FORM
            else f.kind
        )
        groups[name].append(f)
    return groups


def fit_confidence(measured: Measured) -> dict[str, float]:
    """scale and offset of the log-odds of an edit's confidence,
    by least cross-entropy on real corrections (Platt 1999).

    The heads' temperatures make each head honest by itself; their product, chosen as the best of many, is too sure.
    """
    found = [f for f in measured.found if f.set != "prose" and not f.settled]
    x = np.array([[log_odds(f.confidence), 1.0] for f in found])
    y, weights = np.array([f.right for f in found], dtype=float), np.array([1.0, 0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(2)
        weights += np.linalg.solve(hessian, x.T @ (y - p) - 1e-3 * (weights - [1.0, 0.0]))
    return {"scale": round(float(weights[0]), 3), "offset": round(float(weights[1]), 3)}


def log_odds(probability: float) -> float:
    bounded = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))


def honest(measured: Measured, confidence: dict[str, float]) -> Measured:
    """The same proposals with the confidences that the host shows: calibrated, then in the light of the other edits."""
    sentences: dict[tuple[str, int], list[Found]] = defaultdict(list)
    for f in measured.found:
        sentences[(f.set, f.sentence)].append(f)
    found = []
    for rows in sentences.values():
        calibrated = [
            1 / (1 + math.exp(-(confidence["scale"] * log_odds(f.confidence) + confidence["offset"]))) for f in rows
        ]
        calibrated = [max(c, SETTLED) if f.settled else c for f, c in zip(rows, calibrated, strict=True)]
        found += [replace(f, confidence=c) for f, c in zip(rows, with_error_density([calibrated])[0], strict=True)]
    return replace(measured, found=found)


def threshold_table(found: list[Found]) -> np.ndarray:
    """[threshold, 2 S + 1]: right edits of each set, wrong edits of each set, alarms on clean prose."""
    rows = []
    for t in GRID:
        kept = [f for f in found if f.confidence >= t]
        rows.append(
            [sum(len(f.gold) for f in kept if f.set == name) for name in SETS]
            + [sum(f.false for f in kept if f.set == name) for name in SETS]
            + [sum(f.set == "prose" for f in kept)]
        )
    return np.array(rows, dtype=float)


def choose_thresholds(measured: Measured) -> dict:
    table = {name: threshold_table(found) for name, found in groups_of(measured.found).items()}
    budget, size = MARGIN * ALARMS_PER_THOUSAND * measured.words / 1000, len(SETS)
    best: tuple[float, dict[str, float]] = (-1.0, {})
    for grammar_weight in (1, 1.5, 2, 3, 4):
        weights = np.array([grammar_weight if name == "grammar" else 1 for name in SETS])
        for alarm_price in (0, 0.15, 0.25, 0.4, 0.5, 0.7, 1, 1.5, 2, 2.5, 3, 4, 5, 6.5, 8, 10, 12, 16, 20, 30, 40):
            for wrong_price in np.arange(0.1, 3, 0.1):
                # Ties go to the higher threshold: unseen text is less like dev than dev is.
                picks = {}
                for name, counts in table.items():
                    gain = (
                        counts[:, :size] @ weights
                        - wrong_price * counts[:, size : 2 * size] @ weights
                        - alarm_price * counts[:, -1]
                    )
                    last = {"lexicon": MOST_LEXICON, "near": MOST_NEAR}.get(name, len(GRID))
                    first = 0 if name.startswith(BACKED) else LEAST_SHOWN
                    picks[name] = last - 1 - int(np.argmax(gain[first:last][::-1]))
                total = sum(table[name][at] for name, at in picks.items())
                if total[-1] > budget:
                    continue
                score = sum(
                    Counts(int(total[i]), int(total[size + i]), int(measured.wanted.get(name, 0) - total[i])).f() or 0.0
                    for i, name in enumerate(SETS)
                )
                if score > best[0]:
                    best = score, {name: GRID[at] for name, at in picks.items()}
    chosen = {name: min(1.0, threshold) for name, threshold in best[1].items()}
    lexicon, default = chosen.pop("lexicon", 0.3), max(chosen.pop("default", 1.0), 0.5)
    return {"default": default, "lexicon": lexicon, "highConfidence": 0.9, "byType": dict(sorted(chosen.items()))}


def accepted(found: Found, thresholds: dict) -> bool:
    by_type = thresholds["byType"]
    of_type = by_type.get(f"{found.kind}/{found.form}", by_type.get(found.kind, thresholds["default"]))
    listed = by_type.get(f"lexicon/{found.kind}", thresholds["lexicon"])
    near = by_type.get("near", of_type) if found.near else of_type
    return found.confidence >= (listed if found.lexicon else near)


def scores(measured: Measured, thresholds: dict) -> dict:
    kept = [f for f in measured.found if accepted(f, thresholds)]
    result: dict = {}
    for name, wanted in measured.wanted.items():
        rows = [f for f in kept if f.set == name]
        if name == "prose":
            result["falseAlarmsPerThousandWords"] = round(1000 * len(rows) / measured.words, 3)
            continue
        right = len({(f.sentence, edit) for f in rows for edit in f.gold})
        result[name] = Counts(right, sum(f.false for f in rows), wanted - right).row()
    result["byType"] = {}
    for kind, wanted in sorted(measured.wanted_types.items(), key=lambda item: -item[1]):
        rows = [f for f in kept if f.set != "prose" and f.kind == kind]
        right = len({(f.set, f.sentence, edit) for f in rows for edit in f.gold})
        result["byType"][kind] = {
            **Counts(right, sum(f.false for f in rows), max(0, wanted - right)).row(),
            "thresholds": {name: t for name, t in thresholds["byType"].items() if name.split("/")[0] == kind}
            or thresholds["default"],
        }
    pairs = [(f.confidence, f.right) for f in measured.found if f.set != "prose"]
    result["expectedCalibrationError"] = expected_calibration_error(pairs)[0]
    result["millisecondsPerSentence"] = round(measured.milliseconds, 2)
    return result


def half(measured: Measured, which: int) -> Measured:
    return Measured(
        [f for f in measured.found if f.sentence % 2 == which],
        {name: counts[which] for name, counts in measured.wanted_halves.items()},
        {},
        {},
        measured.words // 2,
        measured.milliseconds,
    )


def cross_scores(measured: Measured) -> dict:
    """Thresholds fitted on even sentences score the odd ones and the other way round: what unseen text may expect."""
    totals: dict[str, Counts] = defaultdict(Counts)
    alarms = 0
    for which in (0, 1):
        thresholds, other = choose_thresholds(half(measured, which)), half(measured, 1 - which)
        kept = [f for f in other.found if accepted(f, thresholds)]
        alarms += sum(f.set == "prose" for f in kept)
        for name, wanted in other.wanted.items():
            if name != "prose":
                rows = [f for f in kept if f.set == name]
                right = len({(f.sentence, edit) for f in rows for edit in f.gold})
                before = totals[name]
                totals[name] = Counts(
                    before.true + right, before.false + sum(f.false for f in rows), before.missed + wanted - right
                )
    return {name: counts.row() for name, counts in totals.items()} | {
        "falseAlarmsPerThousandWords": round(1000 * alarms / measured.words, 3)
    }


def lookup_scores(lexicon: Prior, data: Path, prose_words: int) -> dict:
    """The misspelling lists alone, first candidate, no context: the row to beat."""
    result: dict = {}
    for name, strength in (("checked", None), ("typo", None), ("grammar", "error")):
        counts = Counts()
        for item in sets.edit_items(data / "edits" / f"{name}.dev.jsonl.zst", strength):
            made = set(word_level.word_edits(item.source, lexicon.correct(item.source)))
            gold = set(word_level.word_edits(item.source, item.targets[0]))
            counts = Counts(
                counts.true + len(made & gold), counts.false + len(made - gold), counts.missed + len(gold - made)
            )
        result[name] = counts.row()
    prose = sets.clean_prose(data, prose_words)
    alarms = sum(len(lexicon.candidate_spans(item.source)) for item in prose)
    result["falseAlarmsPerThousandWords"] = round(1000 * alarms / sum(len(item.source.split()) for item in prose), 3)
    return result


def settled_counts(corrector: Corrector, data: Path, prose_words: int) -> dict[str, dict[str, int]]:
    """Words that need no judge (src/english/prior/settled-words.ts): how many a set has,
    and how many a reference corrects so.
    """
    items = {
        name: sets.edit_items(data / "edits" / f"{name}.dev.jsonl.zst", strength)
        for name, strength in (("checked", None), ("typo", None), ("grammar", "error"))
    } | {"prose": sets.clean_prose(data, prose_words)}
    result = {}
    for name, list_ in items.items():
        words = right = 0
        for item in list_:
            encoding, gold = (
                corrector.tokenizer.encode(item.source),
                set(word_level.word_edits(item.source, item.targets[0])),
            )
            for edit in corrector.settled_words(item.source, encoding, []):
                words += 1
                right += set(word_level.word_edits(item.source, text_of(corrector, encoding.ids, edit))) <= gold
        result[name] = {"words": words, "right": right}
    return result


def show(title: str, result: dict) -> None:
    rows = [
        f"{name} P {row['precision']} R {row['recall']} F0.5 {row['f0.5']}"
        for name, row in result.items()
        if isinstance(row, dict) and "precision" in row
    ]
    print(
        f"{title}: {' | '.join(rows)} | {result['falseAlarmsPerThousandWords']} false alarms per 1,000 clean words"
        + (
            f", ECE {result['expectedCalibrationError']}, {result['millisecondsPerSentence']} ms a sentence"
            if "millisecondsPerSentence" in result
            else ""
        ),
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=REPOSITORY / "models" / "nar-base")
    parser.add_argument("--graph", type=Path, help="another graph with this folder's tokenizer and thresholds (fp32)")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--lexicon", type=Path, default=LEXICON)
    parser.add_argument("--prose-words", type=int, default=150000)
    parser.add_argument("--no-lexicon", action="store_true", help="the model alone")
    parser.add_argument("--no-near", action="store_true", help="the lists without the near words")
    parser.add_argument("--check", action="store_true", help="score with the thresholds of the manifest, write nothing")
    parser.add_argument("--lookup", action="store_true", help="also score the lists alone")
    parser.add_argument("--report", type=Path, default=WORK / "calibration.json")
    arguments = parser.parse_args()
    path = arguments.model / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    prior = Prior(Lexicon.load(arguments.lexicon), near=not arguments.no_near)
    graph = arguments.graph or arguments.model / "onnx" / "model_int8.onnx"
    corrector = Corrector(
        graph,
        load_tokenizer(arguments.model / "tokenizer.json"),
        None if arguments.no_lexicon else prior,
        manifest["temperatures"] if arguments.check else None,
    )
    report: dict = {}
    if arguments.lookup:
        report["lookup"] = lookup_scores(prior, arguments.data, arguments.prose_words)
        show("lookup alone", report["lookup"])
        report["settled"] = settled_counts(corrector, arguments.data, arguments.prose_words)
        print(f"settled words {report['settled']}", flush=True)
    if not arguments.check:
        corrector.temperatures = manifest["temperatures"] = fit_temperatures(corrector, arguments.data)
        print(f"temperatures {manifest['temperatures']}", flush=True)
    measured = measure(corrector, arguments.data, arguments.prose_words)
    if not arguments.check:
        manifest["confidence"] = fit_confidence(measured)
        print(f"confidence {manifest['confidence']}", flush=True)
    measured = honest(measured, manifest.get("confidence", {"scale": 1.0, "offset": 0.0}))
    if not arguments.check:
        manifest["thresholds"] = {"correct": choose_thresholds(measured)}
    thresholds = manifest["thresholds"]["correct"]
    report["model"] = scores(measured, thresholds) | {"thresholds": thresholds, "temperatures": corrector.temperatures}
    show(f"{graph.name}{' without lexicon' if arguments.no_lexicon else ''}", report["model"])
    if not arguments.check:
        report["cross"] = cross_scores(measured)
        show("thresholds fitted on the other half", report["cross"])
        print(json.dumps(thresholds))
        manifest["calibration"] = {
            "expectedCalibrationError": report["model"]["expectedCalibrationError"],
            "command": f"python -m nar_training.fit.calibrate --model models/{manifest['name']}",
        }
        write_json(path, manifest)
    arguments.report.parent.mkdir(parents=True, exist_ok=True)
    write_json(arguments.report, report)


if __name__ == "__main__":
    run(main)
