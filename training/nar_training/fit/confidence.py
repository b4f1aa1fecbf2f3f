"""From the network's confidence to an honest one: how often an edit of this kind, as sure as this one, is right.

    p = sigmoid(s_g · logit(raw) + o_g)                                          Platt 1999, for each group g of kinds
    min over s, o of  Σ w_i CE(y_i, p_i)  +  PULL/2 · (4 (s_g - s)² + (o_g - o)²)    (s, o): the fit of all together

The pull keeps a kind that is rare near the fit of all. Honest means: on prose as people have it, where right text is
the rule. Real corrections say which kinds are right how often, but one of their sentences in one holds an error; prose
has the right share and no answers. Its answers are therefore shares: of the errors that are left in it (`errors` in
1,000 words) as many are found at a confidence as of people's errors, and what is proposed beyond them is wrong (the
density ratio of Saerens et al. 2002, by bins).
"""

import math
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from .findings import EDIT_SETS, Finding, Measured

LEAST = 8  # findings of a kind that get a fit of their own
PULL = 4.0
SETTLED = 0.9  # least confidence of a settled word's correction (src/english/prior/settled-words.ts)
BINS = np.array([0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0001])
SURELY = 0.97


@dataclass
class Weights:
    """What one finding of a set counts."""

    edits: float = 0.2
    prose: float = 0.4
    remarks: float = 3.0

    def of(self, name: str) -> float:
        return {"prose": self.prose, "remarks": self.remarks}.get(name, self.edits)


def log_odds(probability: float) -> float:
    bounded = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))


def origin(finding: Finding) -> str:
    """Lists, near words of each make, style, or the network alone: each has its own share of real errors among prose's
    alarms.
    """
    first = finding.keys[0] if finding.keys else ""
    group = first.split("/")[0]
    return "style" if finding.style else first if group == "near" else group if group == "lexicon" else "network"


def with_shares(measured: Measured, errors: float) -> Measured:
    """Prose findings with the share of them that is right. `errors`: mistakes left in 1,000 words of prose."""
    left = errors * measured.words["prose"] / 1000
    gold = {name: sum(measured.wanted.get(name, (0, 0))) for name, _ in EDIT_SETS}
    sets = [name for name, count in gold.items() if count]
    shares: dict[str, np.ndarray] = {}
    for group in {origin(f) for f in measured.findings}:
        own = [f for f in measured.findings if origin(f) == group]
        found = np.zeros(len(BINS) - 1)
        for name in sets:
            rows = [f for f in own if f.set == name and f.right == 1]
            found += np.histogram([f.raw for f in rows], BINS, weights=[len(f.gold) for f in rows])[0] / gold[name]
        alarms = np.histogram([f.raw for f in own if f.set == "prose"], BINS)[0]
        expected = left * found / max(1, len(sets))
        shares[group] = np.minimum(SURELY, rising(expected, alarms))
    return replace(
        measured,
        findings=[
            replace(f, right=float(shares[origin(f)][np.searchsorted(BINS, f.raw, "right") - 1]))
            if f.set == "prose"
            else f
            for f in measured.findings
        ],
    )


def rising(right: np.ndarray, all_: np.ndarray) -> np.ndarray:
    """right / all of each bin, pooled with its neighbours until it never falls (pool adjacent violators)."""
    blocks: list[list[float]] = []  # right, all, bins
    for r, n in zip(right, all_, strict=True):
        blocks.append([float(r), float(n), 1])
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] >= blocks[-1][0] * blocks[-2][1]:
            r, n, bins = blocks.pop()
            blocks[-1] = [blocks[-1][0] + r, blocks[-1][1] + n, blocks[-1][2] + bins]
    return np.concatenate([np.full(int(bins), r / n if n else 0.0) for r, n, bins in blocks])


def platt(
    x: np.ndarray, y: np.ndarray, weights: np.ndarray, start: tuple[float, float], pull: float
) -> tuple[float, float]:
    """Scale and offset of the log-odds: Newton's method on the cross-entropy with a pull towards `start`."""
    rows, target = np.stack([x, np.ones_like(x)], 1), np.array(start)
    at = target.copy()
    pulls = pull * np.array([4.0, 1.0])  # few findings say how much is right, fewer how that grows
    for _ in range(60):
        p = 1 / (1 + np.exp(-rows @ at))
        gradient = rows.T @ (weights * (y - p)) - pulls * (at - target)
        hessian = (rows * (weights * p * (1 - p))[:, None]).T @ rows + np.diag(pulls)
        at = at + np.clip(np.linalg.solve(hessian, gradient), -1, 1)
    return max(0.1, float(at[0])), float(at[1])


def own_fits(findings: list[Finding]) -> set[str]:
    counts = Counter(key for f in findings for key in f.keys)
    return {key for key, count in counts.items() if count >= LEAST}


def fit_confidence(measured: Measured, weights: Weights) -> dict:
    """The manifest's `confidence`: scale and offset, and those of kinds that have their own."""
    findings = [f for f in measured.findings if not f.settled]

    def fit(rows: list[Finding], start: tuple[float, float], pull: float) -> tuple[float, float]:
        x = np.array([log_odds(f.raw) for f in rows])
        y = np.array([f.right for f in rows])
        return platt(x, y, np.array([weights.of(f.set) for f in rows]), start, pull)

    unlisted = [f for f in findings if origin(f) == "network"]
    pooled = fit(unlisted or findings, (1.0, 0.0), 1e-2)
    own = own_fits(findings)
    groups: dict[str, list[Finding]] = {}
    for f in findings:
        key = next((key for key in f.keys if key in own), None)
        if key:
            groups.setdefault(key, []).append(f)
    by_type = {key: as_dict(fit(rows, pooled, PULL)) for key, rows in sorted(groups.items())}
    return as_dict(pooled) | {"byType": by_type}


def as_dict(values: tuple[float, float]) -> dict[str, float]:
    return {"scale": round(values[0], 3), "offset": round(values[1], 3)}


def calibrated(finding: Finding, confidence: dict) -> float:
    """As `calibrated` in src/engine/tasks/correct/thresholds.ts."""
    by_type = confidence.get("byType", {})
    own = next((by_type[key] for key in finding.keys if key in by_type), confidence)
    value = 1 / (1 + math.exp(-(own["scale"] * log_odds(finding.raw) + own["offset"])))
    return max(SETTLED, value) if finding.settled else value


def honest(findings: list[Finding], confidence: dict) -> list[float]:
    """The confidences that the host shows."""
    return [calibrated(f, confidence) for f in findings]
