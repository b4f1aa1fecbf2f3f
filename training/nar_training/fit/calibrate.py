"""Honest confidences and the thresholds of the levels, fitted on what the product itself proposes.

    npm run build
    python -m nar_training.fit.calibrate --model models/nar-base            # fits and writes manifest.json
    python -m nar_training.fit.calibrate --model models/nar-base --check    # scores it as it is

It reads people's corrections (checked, typo, and grammar where the error is one), prose that nobody corrected, and the
remarks in bench/remarks that a person has marked (--texts: where their texts lie). The product runs once over all
of it (findings.py); a confidence is made honest (confidence.py), then each level gets its thresholds (levels.py).
Beside the fitted figures stand those of two folds, each half of the texts scored with what was fitted on the
other: what unseen text may expect.
"""

import argparse
import json
import time
from pathlib import Path

from ..data.guard import DataError, read_json, run
from ..data.paths import DATA, REPOSITORY, WORK
from ..evaluate.scores import Counts, expected_calibration_error
from ..evaluate.systems import SystemFailed
from ..package.folder import write_json
from .confidence import Weights, fit_confidence, honest, with_shares
from .findings import EDIT_SETS, Measured, measure
from .levels import LEVELS, Level, choose_levels, natural, precision_at, tally
from .remarks import read_remarks

HIGH_CONFIDENCE = 0.9


def fit(measured: Measured, weights: Weights, errors: float, levels: dict[str, Level]) -> tuple[dict, dict]:
    """The manifest's confidence and its levels."""
    shared = with_shares(measured, errors)
    confidence = fit_confidence(shared, weights)
    return confidence, choose_levels(shared, confidence, weights, levels)


def figures(measured: Measured, confidence: dict, level: dict, style: bool) -> dict:
    result = tally(measured, confidence, level, style)
    return {
        **{name: result[name].row() for name, _ in EDIT_SETS},
        "perThousandWordsOfProse": round(result["per1000"], 2),
        "remarksRead": result["read"].row(),
    }


def folded(measured: Measured, weights: Weights, errors: float, levels: dict[str, Level]) -> dict:
    """Every half scored with the confidences and thresholds of the other one."""
    result: dict = {}
    fits = [fit(measured.half(which), weights, errors, levels) for which in (0, 1)]
    for name in levels:
        tallies = [
            tally(measured.half(1 - which), fits[which][0], fits[which][1][name], name == "thorough")
            for which in (0, 1)
        ]
        result[name] = {key: add(*(t[key] for t in tallies)).row() for key in [*(n for n, _ in EDIT_SETS), "read"]}
        result[name]["remarksRead"] = result[name].pop("read")
        result[name]["perThousandWordsOfProse"] = round(sum(t["per1000"] for t in tallies) / 2, 2)
    return result


def add(left: Counts, right: Counts) -> Counts:
    return Counts(left.true + right.true, left.false + right.false, left.missed + right.missed)


def calibration_error(measured: Measured, confidence: dict) -> float:
    """Over remarks that a person has read where there are enough of them, else over people's corrections."""
    pairs = list(zip(measured.findings, honest(measured.findings, confidence), strict=True))
    read = [(c, f.right == 1) for f, c in pairs if f.set == "remarks"]
    edits = [(c, f.right == 1) for f, c in pairs if f.set not in ("prose", "remarks")]
    return expected_calibration_error(read if len(read) >= 200 else edits)[0]


def show(title: str, rows: dict) -> None:
    for name, row in rows.items():
        scored = [
            f"{key} {row[key]['precision']}/{row[key]['recall']}/{row[key]['f0.5']}"
            for key, _ in EDIT_SETS
            if row[key]["precision"] is not None
        ]
        read = row["remarksRead"]
        marks = f", remarks right {read['true']} wrong {read['false']}" if read["true"] + read["false"] else ""
        print(
            f"{title} {name}: {' | '.join(scored)} | {row['perThousandWordsOfProse']} in 1,000 words{marks}", flush=True
        )


def legacy(balanced: dict) -> dict:
    """The fields that readers without levels know."""
    by_type = dict(balanced["byType"])
    return {
        "default": balanced["default"],
        "lexicon": by_type.pop("lexicon", balanced["default"]),
        "highConfidence": HIGH_CONFIDENCE,
        "byType": by_type,
    }


def pairs_of(values: list[str]) -> dict[str, float]:
    try:
        return {name: float(value) for name, value in (entry.split("=") for entry in values)}
    except ValueError as error:
        raise DataError(f"{' '.join(values)}: NAME=NUMBER is needed, as in edits=0.2") from error


def levels_of(targets: dict[str, float]) -> dict[str, Level]:
    unknown = set(targets) - set(LEVELS)
    if unknown:
        raise DataError(f"{', '.join(sorted(unknown))}: no level; one of {', '.join(LEVELS)}")
    return {name: Level(targets.get(name, level.precision), level.most, level.least) for name, level in LEVELS.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=REPOSITORY / "models" / "nar-base")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--texts", type=Path, help="texts of bench/remarks, as texts.mjs there writes them")
    parser.add_argument("--prose-words", type=int, default=150000)
    parser.add_argument("--limit", type=int, help="at most so many texts of each set: a trial")
    parser.add_argument("--weights", nargs="*", default=[], help="what a finding counts: edits=0.2 prose=0.4 remarks=3")
    parser.add_argument("--prose-errors", type=float, default=2.0, help="mistakes in 1,000 words of uncorrected prose")
    parser.add_argument("--targets", nargs="*", default=[], help="right remarks of all: careful=0.95 balanced=0.85")
    parser.add_argument("--check", action="store_true", help="score with the manifest as it is, write nothing")
    parser.add_argument("--report", type=Path, default=WORK / "calibration.json")
    arguments = parser.parse_args()
    path = arguments.model / "manifest.json"
    manifest = read_json(path)
    try:
        weights, levels = Weights(**pairs_of(arguments.weights)), levels_of(pairs_of(arguments.targets))
    except TypeError as error:
        raise DataError("--weights takes edits, prose and remarks") from error
    began = time.perf_counter()
    remarks = read_remarks(arguments.texts) if arguments.texts else []
    try:
        measured = measure(arguments.model, arguments.data, arguments.prose_words, remarks, arguments.limit)
    except SystemFailed as error:
        raise DataError(f"{error}\nThe command line has to be built first: npm run build") from error
    print(f"{len(measured.findings)} findings in {time.perf_counter() - began:.0f} s", flush=True)
    report: dict = {"millisecondsPerSentence": round(measured.milliseconds, 2)}
    if not arguments.check:
        manifest["confidence"], fitted = fit(measured, weights, arguments.prose_errors, levels)
        manifest["thresholds"] = {"correct": legacy(fitted["balanced"]) | {"levels": fitted}}
    confidence, thresholds = manifest["confidence"], manifest["thresholds"]["correct"]
    if "levels" not in thresholds:
        raise DataError(f"{path}: it has no levels yet; run without --check")
    report["levels"] = {
        name: figures(measured, confidence, level, name == "thorough") for name, level in thresholds["levels"].items()
    }
    show("fitted", report["levels"])
    report["expectedCalibrationError"] = calibration_error(measured, confidence)
    shared = with_shares(measured, arguments.prose_errors)
    rows = natural(shared.findings, honest(shared.findings, confidence), weights)
    for name, level in thresholds["levels"].items():
        print(f"{name}: from {level['default']}, {100 * precision_at(rows, level['default']):.0f} % right expected")
    print(f"calibration error {report['expectedCalibrationError']}", flush=True)
    if not arguments.check:
        report["otherHalf"] = folded(measured, weights, arguments.prose_errors, levels)
        show("other half", report["otherHalf"])
        manifest["calibration"] = {
            "expectedCalibrationError": report["expectedCalibrationError"],
            "command": f"python -m nar_training.fit.calibrate --model models/{manifest['name']}",
        }
        write_json(path, manifest)
        print(json.dumps(manifest["thresholds"]["correct"]["levels"]))
    arguments.report.parent.mkdir(parents=True, exist_ok=True)
    write_json(arguments.report, report)


if __name__ == "__main__":
    run(main)
