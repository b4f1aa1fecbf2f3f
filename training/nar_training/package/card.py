"""The model card (README.md of a model folder), with the figures that calibrate.py measured.

python -m nar_training.package.card --model models/nar-base --reports training/runs/reports --pretrain-tokens 7.6 --edit-rows 110
"""

import argparse
import json
from pathlib import Path

from ..data.paths import REPOSITORY, WORK

TEXT = """---
license: other
license_name: Apache-2.0 AND CC-BY-4.0 AND CC-BY-SA-4.0
language: en
tags: [text-editing, grammatical-error-correction, non-autoregressive, onnx]
---

# {name}

Corrects technical English prose with one parallel pass for a clean sentence and two for one with an error; the same weights rephrase, shorten and summarize by Mask-Predict, Levenshtein, MIST or JANUS decoding. A BERT-compatible encoder ({layers} layers, width {width}, {heads} heads, {parameters}), cased ByteLevel BPE with 16,384 entries, int8 for processors and fp16 for GPUs. Graph, layouts and tokens: `docs/model-format.md`.

## How it was made

- Start: the first {layers} layers of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), vocabulary transferred by word pieces.
- {pretrain_tokens} M tokens of masked and spoilt words on technical prose, some of them between the edits, and about {edit_rows} thousand rows of labelled edits (noised sentences, real corrections three times over, rewrites, summaries); at the end with a small pool of a/an swaps, doubled words and names in small letters, decaying to zero.
- Then 125 thousand rows more with half of them rewordings (stage `wording`); those weights were averaged with the ones before, 3 parts in 10 (`average.py`): other wordings got better, correction stayed.
- Then about 230 thousand rows, a third of them clean prose that the network itself had spoilt after it had learnt people's corrections from right to wrong (`backward.py`); averaged with the ones before, 7 parts in 10.
- Hardware and time: one CPU core, at the end two (bf16), about six hours in all. This is little: see "Limits".
- Seeds, commands and every option: `training/README.md`.

## Data

Only data whose licence allows shipped weights: prose and the edit history of about 100 open-source documentation projects (CC-BY-4.0, CC-BY-SA-4.0, MIT, Apache-2.0, BSD, CC0), page descriptions of the same, harper_pairs and eracond. Misspelling lists: `models/lexicon/NOTICE.md`. WikiSplit (CC BY-SA 4.0), for compressions. No large learner corpus, news or books: it knows technical prose best. Dev and test sentences were removed from training by key.

## Correction, held-out repositories

{table}

`P`, `R` and `F0.5` in per cent over word-level edits; alarms: edits shown in 1,000 words of clean held-out prose (some of these are errors that the prose really has). {speed}
Commands: `python -m nar_training.fit.calibrate --model models/{name} --lookup` (fits temperatures, the scale of the confidences and thresholds on these dev sets, so read that row as fitted and the one below it, where each half is scored with the other half's thresholds, as the honest one), `--check`, `--check --no-lexicon`, `--check --no-near`, `--check --graph FILE`. The product's own figures, measured through its command line: `docs/results/correction.md`.

By type, with the shipped thresholds (typo, grammar and checked together); words that the lists back are shown from {lexicon} on, neighbours of unknown words from {near} on:

{types}

Expected calibration error of the confidences over all proposals: {ece}.

## Limits

- What limits it is compute. Finding the place is ahead of knowing what to write: shown the right place, it filled about 75 % of the slots of corrections right at the end of training. Typos are therefore carried by the lists and near words with the model as judge, and most grammar errors are left alone at the shipped thresholds: precision was bought with recall.
- Scores against compute, and what would reach the figures that it misses: `docs/results/compute.md`.
- Of single agreement, verb-form and preposition errors in good pages it shows one in fifteen; of about ninety errors of all kinds in twenty hasty paragraphs of ours it showed 62, 60 of them rightly (`node dist/cli.js correct bench/texts/hasty.md`), and one in ten clean ones. Missing articles and words are seen (at 50 to 90 %) and seldom shown. An unknown word that a writer coined may be taken for its neighbour ("imputer" for "impute"); the dictionary of the editor is for that.
- Rephrasing, shortening and summaries had a third of a short training: take them as a demonstration of the decoders, guarded by the host's checks, not as good writing.
- English only, sentences up to about 90 tokens in training. Do not use it on languages other than English or for text where a wrong edit does harm unseen.
"""


def row(name: str, result: dict) -> str:
    cells = [
        f"{result[part]['precision']} / {result[part]['recall']} / **{result[part]['f0.5']}**"
        for part in ("checked", "typo", "grammar")
    ]
    return f"| {name} | {' | '.join(cells)} | {result['falseAlarmsPerThousandWords']} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=REPOSITORY / "models" / "nar-base")
    parser.add_argument("--reports", type=Path, default=WORK / "reports")
    parser.add_argument("--pretrain-tokens", default="7.6")
    parser.add_argument("--edit-rows", default="100")
    arguments = parser.parse_args()
    manifest = json.loads((arguments.model / "manifest.json").read_text(encoding="utf-8"))
    reports = {
        path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(arguments.reports.glob("*.json"))
    }
    main_report = reports["both"]
    lines = [
        "| P / R / F0.5 | checked (75 pairs) | typo (738) | grammar, errors (1,092) | alarms |",
        "|---|---|---|---|---|",
    ]
    for title, name, part in (
        ("lookup alone (lists and near words, no context)", "both", "lookup"),
        ("lists alone", "lists", "lookup"),
        ("model alone (int8, no marks, no candidates, thresholds as shipped)", "alone", "model"),
        ("lists and model", "lists", "model"),
        ("**lists, near words and model (int8, as shipped)**", "both", "model"),
        ("the same, thresholds fitted on the other half of each set", "both", "cross"),
        ("as shipped, fp32", "fp32", "model"),
    ):
        if name in reports and part in reports[name]:
            lines.append(row(title, reports[name][part]))
    types = ["| type | threshold | P | R | right edits |", "|---|---|---|---|---|"]
    for kind, counts in main_report["model"].get("byType", {}).items():
        least = counts["thresholds"]
        shown = (
            ", ".join(f"{name.split('/')[-1]} {t}" if "/" in name else str(t) for name, t in least.items())
            if isinstance(least, dict)
            else least
        )
        types.append(
            f"| {kind} | {shown} | {counts['precision'] if counts['precision'] is not None else '–'} | {counts['recall']} | {counts['true']} of {counts['true'] + counts['missed']} |"
        )
    graph = manifest["graph"]
    text = TEXT.format(
        name=manifest["name"],
        layers=graph["layers"],
        width=graph["width"],
        heads=graph["heads"],
        parameters=f"{13.8 if graph['layers'] == 4 else 17.4} M parameters",
        pretrain_tokens=arguments.pretrain_tokens,
        edit_rows=arguments.edit_rows,
        table="\n".join(lines),
        lexicon=manifest["thresholds"]["correct"]["lexicon"],
        near=manifest["thresholds"]["correct"]["byType"].get("near", "the threshold of their kind"),
        types="\n".join(types),
        ece=main_report["model"]["expectedCalibrationError"],
        speed=f"{main_report['model']['millisecondsPerSentence']} ms a sentence in Python on one busy core.",
    )
    (arguments.model / "README.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
