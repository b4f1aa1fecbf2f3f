"""Confidences made honest, and the levels' thresholds over them."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from nar_training.data.guard import DataError
from nar_training.evaluate.sets import Item
from nar_training.fit.calibrate import folded
from nar_training.fit.confidence import Weights, calibrated, fit_confidence, honest, platt, with_shares
from nar_training.fit.findings import Finding, Measured, findings_of, remarked_findings
from nar_training.fit.levels import LEVELS, Level, choose_level, choose_levels, is_shown, precision_at, tally
from nar_training.fit.remarks import read_remarks

KINDS = {"article": 0.0, "agreement": 1.5}  # how much surer than the network says


def sample(generator: np.random.Generator, set_: str, count: int, first: int = 0) -> list[Finding]:
    """Findings whose share of right ones is known: log-odds of the raw confidence, less one, plus their kind's own."""
    found = []
    for index in range(first, first + count):
        kind = str(generator.choice(list(KINDS)))
        raw = float(generator.uniform(0.05, 0.95))
        p = 1 / (1 + np.exp(-(np.log(raw / (1 - raw)) - 1 + KINDS[kind])))
        right = bool(generator.random() < p)
        gold = frozenset({(set_, index)}) if right else frozenset()
        found.append(Finding(set_, index, (f"{kind}/insert", kind), raw, float(right), gold, int(not right)))
    return found


@pytest.fixture(scope="module")
def measured() -> Measured:
    generator = np.random.default_rng(3)
    findings = [*sample(generator, "grammar", 3000), *sample(generator, "remarks", 1500)]
    return Measured(findings, {name: (1000, 1000) for name in ("checked", "typo", "grammar")}, {"prose": 100_000})


def test_the_fit_finds_scale_and_offset():
    generator = np.random.default_rng(1)
    x = generator.normal(0, 2, 20_000)
    y = (generator.random(20_000) < 1 / (1 + np.exp(-(0.7 * x - 0.4)))).astype(float)
    scale, offset = platt(x, y, np.ones_like(x), (1.0, 0.0), 1e-2)
    assert scale == pytest.approx(0.7, abs=0.03) and offset == pytest.approx(-0.4, abs=0.05)


def test_a_kind_seen_once_stays_near_the_fit_of_all(measured: Measured):
    rare = [Finding("remarks", 9000 + at, ("hyphen/insert", "hyphen"), 0.3, 0.0) for at in range(8)]
    fitted = fit_confidence(Measured([*measured.findings, *rare], measured.wanted, measured.words), Weights())
    one = Finding("remarks", 1, ("hyphen/insert", "hyphen"), 0.3, 0.0)
    alone = calibrated(one, {k: fitted[k] for k in ("scale", "offset")})
    assert 0.35 * alone < calibrated(one, fitted) < 0.95 * alone


def test_calibrated_confidences_say_how_often_an_edit_is_right(measured: Measured):
    confidence = fit_confidence(measured, Weights())
    values = honest(measured.findings, confidence)
    for kind in KINDS:
        for low in (0.2, 0.5, 0.7):
            rows = [
                f.right
                for f, c in zip(measured.findings, values, strict=True)
                if kind in f.keys and low <= c < low + 0.2
            ]
            assert np.mean(rows) == pytest.approx(low + 0.1, abs=0.08)


def test_a_settled_word_is_shown_whatever_the_network_says():
    finding = Finding("typo", 1, ("lexicon/spelling", "lexicon"), 0.1, 1.0, settled=True)
    assert calibrated(finding, {"scale": 1.0, "offset": 0.0}) == 0.9


def test_levels_keep_their_share_of_right_remarks_and_stand_in_order(measured: Measured):
    confidence = fit_confidence(measured, Weights())
    levels = choose_levels(measured, confidence, Weights())
    values = honest(measured.findings, confidence)
    remarks = [(f, c) for f, c in zip(measured.findings, values, strict=True) if f.set == "remarks"]
    shown = {}
    for name, level in levels.items():
        kept = [f.right for f, c in remarks if is_shown(f, c, level)]
        shown[name] = len(kept)
        assert np.mean(kept) >= LEVELS[name].precision - 0.02
    assert 0 < shown["careful"] < shown["balanced"] <= shown["thorough"]


def test_a_kind_that_is_worse_than_its_confidence_gets_a_higher_threshold():
    good = [Finding("remarks", at, ("article/insert", "article"), 0.8, 1.0) for at in range(200)]
    bad = [Finding("remarks", 500 + at, ("casing/replace", "casing"), 0.8, float(at % 4 == 0)) for at in range(40)]
    rare = [Finding("remarks", 900, ("hyphen/insert", "hyphen"), 0.8, 0.0)]
    findings = good + bad + rare
    level = choose_level(Level(0.8, 1.0, 0.5), findings, [0.8] * len(findings), Weights(), 1000)
    assert level["default"] <= 0.8
    assert level["byType"]["casing/replace"] > 0.8
    assert "article/insert" not in level["byType"] and "hyphen/insert" not in level["byType"]


def test_prose_findings_are_as_right_as_errors_are_left_in_it():
    found = [Finding("grammar", at, ("article/insert",), 0.7, 1.0, frozenset({at})) for at in range(50)]
    alarms = [Finding("prose", at, ("article/insert",), 0.7, 0.0) for at in range(100)]
    measured = Measured(found + alarms, {"checked": (0, 0), "typo": (0, 0), "grammar": (50, 50)}, {"prose": 50_000})
    for errors, share in ((2.0, 0.5), (1.0, 0.25)):
        # 100 (50) errors are left, half of all are found at this confidence: 50 (25) of the 100 alarms are right.
        rights = [f.right for f in with_shares(measured, errors).findings if f.set == "prose"]
        assert rights[0] == pytest.approx(share, abs=0.02)


def test_a_level_says_no_more_than_it_may():
    right = [Finding("remarks", at, ("article",), 0.5, 1.0) for at in range(100)]
    alarms = [Finding("prose", at, ("article",), 0.5, 0.9) for at in range(100)]
    confidences = [0.7] * 100 + [0.4 + at / 200 for at in range(100)]
    level = choose_level(Level(0.8, 2.0, 0.4), right + alarms, confidences, Weights(), 10_000)
    shown = [c for c in confidences[100:] if c >= level["default"]]
    assert 18 <= len(shown) <= 20


def test_figures_of_two_folds_count_every_text_once(measured: Measured):
    levels = {"balanced": Level(0.8, 10.0, 0.4)}
    result = folded(measured, Weights(), 2.0, levels)["balanced"]
    row = result["grammar"]
    assert row["true"] + row["missed"] == 2000
    confidence = fit_confidence(measured, Weights())
    whole = tally(measured, confidence, choose_levels(measured, confidence, Weights(), levels)["balanced"], False)
    assert row["f0.5"] == pytest.approx(whole["grammar"].row()["f0.5"], abs=3)


def test_a_correction_is_judged_by_the_words_that_it_changes():
    item = Item("1", "It read teh file on disk.", [])
    gold = {(2, 7, " reads"), (7, 11, " the")}
    corrections = [
        {"startIndex": 8, "endIndex": 11, "correction": "the", "keys": ["lexicon"], "raw": 0.9, "settled": True},
        {"startIndex": 17, "endIndex": 19, "correction": "in", "keys": ["preposition"], "raw": 0.4},
    ]
    right, wrong = findings_of("typo", 3, item, gold, corrections)
    assert (right.right, right.false, right.settled, len(right.gold)) == (1.0, 0, True, 1)
    assert (wrong.right, wrong.false, wrong.keys) == (0.0, 1, ("preposition",))


def test_remarks_of_the_half_that_may_be_seen_are_found_again_however_they_are_spelt(tmp_path: Path):
    text = "Naïve 🙂 users has a file. They reads it."
    (tmp_path / "texts" / "a__b").mkdir(parents=True)
    (tmp_path / "texts" / "a__b" / "README.md").write_text(text, encoding="utf-8")
    place = {"repo": "a/b", "path": "README.md"}
    row = place | {"half": "fit", "offset": 15, "text": "has", "correction": "have", "mark": "right"}
    rows = [row, row | {"half": "held", "offset": 0, "text": "Naïve", "correction": "Naive", "mark": "wrong"}]
    for name, list_ in (
        ("remarks", rows),
        ("index", [place | {"sha256": hashlib.sha256(text.encode()).hexdigest()}]),
    ):
        lines = "".join(json.dumps(entry) + "\n" for entry in list_)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (remark,) = read_remarks(tmp_path / "texts", tmp_path)
    corrections = [
        {"startIndex": 17, "endIndex": 18, "correction": "ve", "keys": ["agreement"], "raw": 0.6},
        {"startIndex": 32, "endIndex": 37, "correction": "read", "keys": ["agreement"], "raw": 0.6},
    ]
    (finding,) = remarked_findings(0, remark, corrections)
    assert finding.right == 1.0 and finding.set == "remarks"
    (tmp_path / "texts" / "a__b" / "README.md").write_text("Other text.", encoding="utf-8")
    with pytest.raises(DataError, match="not the text that was read"):
        read_remarks(tmp_path / "texts", tmp_path)


def test_precision_is_weighted_by_what_a_finding_counts():
    rows = np.array([[0.9, 1.0, 1.0], [0.8, 3.0, 0.0], [0.2, 5.0, 0.0]])
    assert precision_at(rows, 0.5) == pytest.approx(0.25)
    assert precision_at(rows, 0.95) == 1.0
