"""Quality against time for each decoder and budget: what the defaults and the "effort" setting are chosen from.

    python -m nar_training.evaluate curves --model models/NAME

Every row is one run of the product's command line on the dev sets; times are medians of a sentence. Budgets are those
of the papers' curves (iterations 0, 1, 4, 10 are 1, 2, 5, 11 passes) and the defaults.
"""

from collections.abc import Callable
from pathlib import Path

from . import correct
from .paraphrase import measure_paraphrase, paraphrase_items
from .report import show, table
from .scores import percentile
from .sets import Item
from .systems import Answers

Ask = Callable[[str, list[Item], tuple[str, ...]], Answers]

CORRECTION = [
    ("edit-tags", 1), ("fast-correct", 1), ("levenshtein", 1), ("levenshtein", 2), ("levenshtein", 5), ("levenshtein", 11), ("voting", 5),
]  # fmt: skip
PARAPHRASE = [
    ("single-pass", 1), ("mask-predict", 1), ("mask-predict", 2), ("mask-predict", 4), ("mask-predict", 5), ("mask-predict", 11), ("mist", 5), ("levenshtein-draft", 4),
    ("autoregressive", 64),
]  # fmt: skip
SENTENCES, PROSE_WORDS = 300, 10_000
CONCLUSION = "## What *effort* takes"


def measure(data: Path, lexicon: Path, ask: Ask) -> dict:
    return {"correction": _correction(data, lexicon, ask), "paraphrase": _paraphrase(data, ask)}


def _correction(data: Path, lexicon: Path, ask: Ask) -> list[dict]:
    everything = correct.test_items(data, SENTENCES, PROSE_WORDS)
    sets = {name: everything[name] for name in ("checked", "typo", "grammar", "prose")}
    known = correct.known_words(lexicon)
    rows = []
    for decoder, passes in CORRECTION:
        answers = ask("correct", correct.flat(sets), ("--decoder", decoder, "--passes", str(passes)))
        result = correct.measure(sets, answers, known)
        rows.append({
            "decoder": decoder, "passes": passes, **{name: result["sets"][name]["f0.5"] for name in ("checked", "typo", "grammar")},
            "alarms": result["sets"]["prose"]["per_1000_words"], **_costs(answers),
        })  # fmt: skip
    return rows


def _paraphrase(data: Path, ask: Ask) -> list[dict]:
    sets = paraphrase_items(data, "rephrase")
    rows = []
    for decoder, passes in PARAPHRASE:
        answers = ask("paraphrase", correct.flat(sets), ("--decoder", decoder, "--passes", str(passes)))
        result = measure_paraphrase(sets, answers)
        scored = result["sets"]["rewrite"]
        rows.append(
            {
                "decoder": decoder,
                "passes": passes,
                "sari": scored["sari"],
                "changed": scored["changed"],
                "candidates": result["mean_candidates"],
                **_costs(answers),
            }
        )
    return rows


def _costs(answers: Answers) -> dict:
    forward = [answer["passes"] for answer in answers.values()]
    return {
        "median_ms": round(percentile([answer["milliseconds"] for answer in answers.values()], 0.5), 1),
        "p95_ms": round(percentile([answer["milliseconds"] for answer in answers.values()], 0.95), 1),
        "forward_passes": round(sum(forward) / len(forward), 2),
    }


def page(result: dict, former: str = "") -> str:
    """The tables; a row whose quality another one reaches in less time has no star. What people concluded in `former`
    stays.
    """
    lines = [
        "# Quality against time: how the defaults were chosen", "",
        "Each row is the product's command line on the same sentences of the dev sets with another decoder and "
            "budget (*passes*: most refinement",
        f"passes after the encode). Correction: {SENTENCES} sentences of each set at most, {PROSE_WORDS:,} "
            "words of held-out prose for the false alarms. Paraphrase: *rewrite* dev,",
        "first candidate; phrase list and rules propose in every row, so a row shows what the decoder adds. A "
            "star: no other row is both better",
        "(mean of the three F0.5; SARI) and faster.", "",
        "## Correction", "",
    ]  # fmt: skip
    rows = result["correction"]
    for row in rows:
        row["quality"] = sum(row[name] for name in ("checked", "typo", "grammar")) / 3
    lines += table(
        ["decoder", "passes", "F0.5 checked", "typo", "grammar", "edits per 1,000 clean words", "forward passes", "median ms", "95 % ms", ""],
        [[row["decoder"], str(row["passes"]), *(show(row[name]) for name in ("checked", "typo", "grammar")), show(row["alarms"], 2), show(row["forward_passes"], 2),
          show(row["median_ms"]), show(row["p95_ms"]), "★" if best(row, rows, "quality") else ""] for row in rows],
    )  # fmt: skip
    rows = result["paraphrase"]
    lines += ["## Paraphrase", ""]
    lines += table(
        ["decoder", "passes", "SARI", "changed %", "candidates", "forward passes", "median ms", "95 % ms", ""],
        [[row["decoder"], str(row["passes"]), show(row["sari"]), show(row["changed"]), show(row["candidates"], 2), show(row["forward_passes"], 1), show(row["median_ms"]),
          show(row["p95_ms"]), "★" if best(row, rows, "sari") else ""] for row in rows],
    )  # fmt: skip
    conclusion = former.partition(CONCLUSION)[2].partition("## Command")[0]
    return "\n".join(
        [
            *lines,
            *([CONCLUSION + conclusion.rstrip(), ""] if conclusion else []),
            "## Command",
            "",
            f"`{result['command']}` ({result['version']})",
            "",
        ]
    )


def best(row: dict, rows: list[dict], quality: str) -> bool:
    return not any(other[quality] >= row[quality] and other["median_ms"] < row["median_ms"] for other in rows)
