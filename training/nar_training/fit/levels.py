"""How much to see: the thresholds of the three levels, from honest confidences.

Where confidences are honest, one threshold for all kinds finds most of what is right for any number of wrong remarks
(Neyman and Pearson), so a level is one number: the lowest threshold at which the share of right remarks on prose as
people have it is the level's target, and its remarks are no more than it allows. A kind whose own remarks at that
threshold are much worse (a fit has two numbers and may miss) gets a higher one; what is known of a rare kind counts
beside PRIOR remarks as good as the target.
"""

from dataclasses import dataclass

import numpy as np

from ..evaluate.scores import Counts
from .confidence import Weights, honest, own_fits
from .findings import EDIT_SETS, Finding, Measured

GRID = np.arange(0.2, 0.996, 0.01).round(2)
NEVER = 1.0
PRIOR = 6.0
SLACK = 0.15  # a kind may be worse than the level's target by this much


@dataclass
class Level:
    precision: float  # least share of right remarks
    most: float  # remarks in 1,000 words of prose that nobody corrected
    least: float  # no remark less sure than this


LEVELS = {"careful": Level(0.95, 1.0, 0.6), "balanced": Level(0.85, 3.0, 0.4), "thorough": Level(0.75, 10.0, 0.25)}


def natural(findings: list[Finding], confidences: list[float], weights: Weights) -> np.ndarray:
    """[findings of prose and remarks, 3]: confidence, weight, right share."""
    rows = [
        (c, weights.of(f.set), f.right)
        for f, c in zip(findings, confidences, strict=True)
        if f.set in ("prose", "remarks") and not f.style
    ]
    return np.array(rows, dtype=float).reshape(-1, 3)


def precision_at(rows: np.ndarray, threshold: float) -> float:
    kept = rows[rows[:, 0] >= threshold]
    return float((kept[:, 1] * kept[:, 2]).sum() / kept[:, 1].sum()) if len(kept) else 1.0


def choose_level(
    level: Level, findings: list[Finding], confidences: list[float], weights: Weights, words: int
) -> dict[str, float | dict[str, float]]:
    """`words`: of the prose."""
    rows = natural(findings, confidences, weights)
    prose = np.array(
        [c for f, c in zip(findings, confidences, strict=True) if f.set == "prose" and not f.style], dtype=float
    )
    good = [
        t
        for t in GRID
        if t >= level.least
        and precision_at(rows, t) >= level.precision
        and 1000 * (prose >= t).sum() <= level.most * words
    ]
    default = float(good[0]) if good else float(GRID[-1])
    own, by_type = own_fits(findings), {}
    groups: dict[str, list[tuple[float, float, float]]] = {}
    for f, c in zip(findings, confidences, strict=True):
        key = next((key for key in f.keys if key in own), None)
        if key and not f.settled:
            groups.setdefault(key, []).append((c, weights.of(f.set), f.right))
    for key, values in sorted(groups.items()):
        table, floor = np.array(values), level.precision - SLACK
        shown = [t for t in [*GRID[GRID >= default], NEVER] if expected(table, t, level.precision) >= floor]
        if shown[0] > default:
            by_type[key] = float(shown[0])
    return {"default": round(default, 2), "byType": by_type}


def expected(table: np.ndarray, threshold: float, prior: float) -> float:
    kept = table[table[:, 0] >= threshold]
    weight = kept[:, 1].sum() + PRIOR
    return float(((kept[:, 1] * kept[:, 2]).sum() + PRIOR * prior) / weight)


def choose_levels(measured: Measured, confidence: dict, weights: Weights, levels: dict[str, Level] = LEVELS) -> dict:
    confidences = honest(measured.findings, confidence)
    return {
        name: choose_level(level, measured.findings, confidences, weights, measured.words["prose"])
        for name, level in levels.items()
    }


def is_shown(finding: Finding, confidence: float, level: dict) -> bool:
    by_type = level["byType"]
    return confidence >= next((by_type[key] for key in finding.keys if key in by_type), level["default"])


def tally(measured: Measured, confidence: dict, level: dict, style: bool) -> dict[str, tuple[Counts | float, ...]]:
    """Right, wrong and missed edits of each corrected set; remarks of prose in 1,000 words, marks of read remarks."""
    kept = [
        f
        for f, c in zip(measured.findings, honest(measured.findings, confidence), strict=True)
        if is_shown(f, c, level) and (style or not f.style)
    ]
    result: dict = {}
    for name, _ in EDIT_SETS:
        rows = [f for f in kept if f.set == name]
        right = len({(f.sentence, edit) for f in rows for edit in f.gold})
        result[name] = Counts(right, sum(f.false for f in rows), sum(measured.wanted[name]) - right)
    prose = [f for f in kept if f.set == "prose"]
    result["per1000"] = 1000 * len(prose) / max(1, measured.words["prose"])
    read = [f for f in kept if f.set == "remarks"]
    result["read"] = Counts(sum(f.right == 1 for f in read), sum(f.right == 0 for f in read))
    return result
