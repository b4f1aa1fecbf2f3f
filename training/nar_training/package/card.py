"""The model card (README.md of a model folder), with the figures that calibrate.py measured.

python -m nar_training.package.card --model models/nar-base --pretrain-tokens 7.6 --edit-rows 110
"""

import argparse
from pathlib import Path

from ..data.guard import read_json, run
from ..data.paths import REPOSITORY, WORK

TEXT = """---
license: other
license_name: Apache-2.0 AND CC-BY-4.0 AND CC-BY-SA-4.0
language: en
tags: [text-editing, grammatical-error-correction, non-autoregressive, onnx]
---

# {name}

Corrects technical English prose with one parallel pass for a clean sentence and two for one with an error; the same weights rephrase, shorten and summarize by Mask-Predict, Levenshtein or left-to-right decoding. A BERT-compatible encoder ({layers} layers, width {width}, {heads} heads, {parameters}), cased ByteLevel BPE with 16,384 entries, int8 for processors and fp16 for GPUs. Graph, layouts and tokens: `docs/model-format.md`.

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

`P`, `R` and `F0.5` in per cent over word-level edits; remarks: edits shown in 1,000 words of held-out prose that nobody corrected (some of these are errors that the prose really has); read: of the remarks that a person has read (bench/remarks) and that this model makes at the level, those that are right. {speed}
Command: `python -m nar_training.fit.calibrate --model models/{name}`. It fits confidences and thresholds on these sets, so read the first rows as fitted and those of the other half, where each half of the texts is scored with what the other one gave, as the honest ones. The product's own figures, measured through its command line: `docs/results/correction.md`.

Least confidence of what is shown; kinds that are not named have the level's own:

{types}

Expected calibration error of the confidences: {ece}.

## Limits

- What limits it is compute. Finding the place is ahead of knowing what to write: shown the right place, it filled about 75 % of the slots of corrections right at the end of training. Typos are therefore carried by the lists and near words with the model as judge, and most grammar errors are left alone at the shipped thresholds: precision was bought with recall.
- Scores against compute, and what would reach the figures that it misses: `docs/results/compute.md`.
- Of single agreement, verb-form and preposition errors in good pages it shows one in fifteen; of about ninety errors of all kinds in twenty hasty paragraphs of ours it showed 62, 60 of them rightly (`node dist/cli.js correct bench/texts/hasty.md`), and one in ten clean ones. Missing articles and words are seen (at 50 to 90 %) and seldom shown. An unknown word that a writer coined may be taken for its neighbour ("imputer" for "impute"); the dictionary of the editor is for that.
- Rephrasing, shortening and summaries had a third of a short training: take them as a demonstration of the decoders, guarded by the host's checks, not as good writing.
- English only, sentences up to about 90 tokens in training. Do not use it on languages other than English or for text where a wrong edit does harm unseen.
"""


def row(title: str, result: dict) -> str:
    cells = [
        f"{result[part]['precision']} / {result[part]['recall']} / **{result[part]['f0.5']}**"
        for part in ("checked", "typo", "grammar")
    ]
    read = result["remarksRead"]
    marks = f"{read['true']} of {read['true'] + read['false']}" if read["true"] + read["false"] else "–"
    return f"| {title} | {' | '.join(cells)} | {result['perThousandWordsOfProse']} | {marks} |"


def figures(report: dict) -> str:
    lines = [
        "| level | checked (75 pairs) | typo (738) | grammar, errors (1,092) | remarks | read |",
        "|---|---|---|---|---|---|",
    ]
    lines += [row(name, result) for name, result in report["levels"].items()]
    lines += [row(f"{name}, the other half", result) for name, result in report.get("otherHalf", {}).items()]
    return "\n".join(lines)


def thresholds(levels: dict) -> str:
    rows = ["| level | all kinds | kinds of their own |", "|---|---|---|"]
    for name, level in levels.items():
        own = ", ".join(f"{kind} {least if least < 1 else 'never'}" for kind, least in level["byType"].items())
        rows.append(f"| {name} | {level['default']} | {own or '–'} |")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=REPOSITORY / "models" / "nar-base")
    parser.add_argument("--report", type=Path, default=WORK / "calibration.json", help="as fit.calibrate writes it")
    parser.add_argument("--pretrain-tokens", default="7.6")
    parser.add_argument("--edit-rows", default="100")
    arguments = parser.parse_args()
    manifest, report = read_json(arguments.model / "manifest.json"), read_json(arguments.report)
    graph = manifest["graph"]
    text = TEXT.format(
        name=manifest["name"],
        layers=graph["layers"],
        width=graph["width"],
        heads=graph["heads"],
        parameters=f"{13.8 if graph['layers'] == 4 else 17.4} M parameters",
        pretrain_tokens=arguments.pretrain_tokens,
        edit_rows=arguments.edit_rows,
        table=figures(report),
        types=thresholds(manifest["thresholds"]["correct"]["levels"]),
        ece=report["expectedCalibrationError"],
        speed=f"{report['millisecondsPerSentence']} ms a sentence on one busy core.",
    )
    (arguments.model / "README.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    run(main)
