"""docs/results: one JSON file a run, and Markdown tables made from all of them."""

import json
from pathlib import Path

from ..data.guard import read_json

SETS = {
    "checked": "checked dev (75 sentences read one by "
        "one)", "typo": "typo dev", "grammar": "grammar dev, errors only", "harper-pairs": "Harper's rule pairs dev",
    "cweb": "CWEB dev (1,000 by seed; measure only)", "jfleg": "JFLEG dev (measure only)",
}  # fmt: skip
# The rows below our own models, in this order.
PEERS = [
    "do nothing",
    "lookup alone",
    "lookup and near words",
    "codespell",
    "cspell",
    "aspell",
    "hunspell",
    "harper",
    "phrases alone",
    "lead-1",
    "textrank",
    "oracle-sentence",
    "author",
]


def write_result(folder: Path, name: str, result: dict) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def read_results(folder: Path, prefix: str) -> list[dict]:
    """Results of one kind, in the order in which their tables list them."""
    results = [read_json(path) for path in sorted(folder.glob(f"{prefix}-*.json"))]
    return sorted(
        results,
        key=lambda result: (
            PEERS.index(result["system"]) if result["system"] in PEERS else -1,
            result.get("order", 50),
            result["system"],
        ),
    )


def show(value: float | None, digits: int = 1) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def triple(row: dict) -> str:
    return f"{show(row['precision'])} / {show(row['recall'])} / {show(row['f0.5'])}"


def table(header: list[str], rows: list[list[str]]) -> list[str]:
    return [
        "| " + " | ".join(header) + " |",
        "|" + "---|" * len(header),
        *("| " + " | ".join(row) + " |" for row in rows),
        "",
    ]


def correction_page(results: list[dict]) -> str:
    lines = [
        "# Correction", "",
        "Precision / recall / F0.5 in percent over word-level edits "
            "(`training/nar_training/evaluate/edits.py`); a system's row is its own output,",
        "with its first suggestion applied everywhere. CWEB and JFLEG are measured only: no threshold, "
            "checkpoint or training choice looked at them.",
        "The row *lookup alone* applies the misspelling lists of `models/lexicon` without a model, *lookup and "
            "near words* adds the",
        "nearest known word of every unknown one: a typo score means little without these two rows.",
        "Harper's rule pairs are the unit tests of Harper's own rules, so its row has a home game there; the "
            "spell checkers see plain words only,",
        "code and identifiers are kept from them. The thresholds of our models were chosen on checked, typo, "
            "grammar and prose dev.", "",
    ]  # fmt: skip
    names = [name for name in SETS if any(name in result["sets"] for result in results)]
    lines += table(
        ["system", *(SETS[name] for name in names)],
        [
            [result["system"], *(triple(result["sets"][name]) if name in result["sets"] else "–" for name in names)]
            for result in results
        ],
    )
    lines += [
        "## False alarms and speed",
        "",
        "Held-out prose as it was published (some of these edits are right: published text has mistakes too). "
        "Times are wall-clock on a machine",
        "that was busy with other work (load average in the JSON files): compare rows, and see the bench for "
        "what an idle machine does.",
    ]
    lines.append("")
    rows = []
    for result in results:
        prose, latency = result["sets"].get("prose"), result["latency"]
        gleu = result["sets"].get("jfleg", {})
        rows.append([
            result["system"], show(prose and prose["per_1000_words"], 2), show(prose and prose["changed_per_100_sentences"], 2),
            show(latency["median_ms"], 2), show(latency["p95_ms"], 2), show(result["calibration"]["expected_calibration_error"], 3),
            f"{show(gleu.get('gleu'))} ({show(gleu.get('gleu of the source'))})",
        ])  # fmt: skip
    header = [
        "system",
        "edits per 1,000 words",
        "changed per 100 sentences",
        "median ms",
        "95 % ms",
        "expected calibration error",
        "JFLEG GLEU (of the source)",
    ]
    lines += table(header, rows)
    for result in results:
        if result.get("by_type"):
            lines += by_type(result)
    lines += (
        ["## Commands", ""]
        + [f"- {result['system']}: `{result['command']}`{versions(result)}" for result in results]
        + [""]
    )
    return "\n".join(lines)


def versions(result: dict) -> str:
    return f" ({result['version']})" if result.get("version") else ""


def by_type(result: dict) -> list[str]:
    names = [name for name in ("checked", "typo", "grammar", "harper-pairs") if name in result["sets"]]
    kinds: dict[str, int] = {}
    for name in names:
        for kind, row in result["sets"][name]["by_type"].items():
            kinds[kind] = kinds.get(kind, 0) + row["true"] + row["missed"]
    rows = []
    for kind in sorted(kinds, key=lambda kind: -kinds[kind]):
        cells = []
        for name in names:
            row = result["sets"][name]["by_type"].get(kind)
            cells.append(f"{triple(row)} ({row['true'] + row['missed']})" if row else "–")
        rows.append([kind, *cells])
    return [
        f"## {result['system']} by error type",
        "",
        "In brackets: how many errors of the type the references have.",
        "",
        *table(["type", *names], rows),
    ]


def paraphrase_page(results: list[dict]) -> str:
    lines = [
        "# Paraphrase", "",
        "First candidate on sentences that people rewrote in the history of documentation. SARI (higher is "
            "better) has its own two anchors: the",
        "score of copying the sentence and 100 for the reference. *F1 of words* is against the best reference, "
            "*length* and *overlap* (share of the",
        "output's words that the source has) against the source; iBLEU is 0.8 BLEU against the references less "
            "0.2 BLEU against the source (of copying in brackets), *repeated* the share of",
        "words that repeat their neighbour. Numbers, names, negation, code: share of sentences in which all of "
            "them survive. In brackets: the same for the people's own rewrites. *phrases alone* applies "
            "`models/lexicon/phrases.tsv` without a model. ASSET and Google's compression set are measured only.", "",
    ]  # fmt: skip
    rows = []
    for result in results:
        for name, row in result["sets"].items():
            people = row["of_reference"]
            kept = [
                f"{show(row[check])} ({show(people[check])})"
                for check in ("overlap", "numbers", "names", "negation", "code")
            ]
            rows.append(
                [
                    f"{result['system']}, {result['mode']}",
                    name,
                    f"{show(row['sari'])} ({show(row['of_copying'])})",
                    show(row["bleu"]),
                    f"{show(row['ibleu'])} ({show(row['ibleu_of_copying'])})",
                    show(row["repeated"], 2),
                    f"{show(row['f1'])} ({show(people['f1'])})",
                    f"{show(row['length'])} ({show(people['length'])})",
                    show(row["changed"]),
                    *kept,
                    show(result["latency"]["median_ms"], 1),
                ]
            )
    lines += table(
        [
            "system",
            "set",
            "SARI (of copying)",
            "BLEU",
            "iBLEU (of copying)",
            "repeated %",
            "F1 of words",
            "length %",
            "changed %",
            "overlap %",
            "numbers %",
            "names %",
            "negation %",
            "code %",
            "median ms",
        ],
        rows,
    )
    for result in results:
        for name, row in result["sets"].items():
            if "f1_at_ratio" in row:
                lines += [
                    f"**{result['system']}, {name}, at the reference's ratio:** F1 of words "
                    f"{show(row['f1_at_ratio'])} when as many words are left as the reference has, "
                    "chosen by the network (`evaluate/compression.py`); the first so many words have "
                    f"{show(row['first_words_at_ratio'])}.",
                    "",
                ]
    lines += (
        ["## Commands", ""]
        + [f"- {result['system']}, {result['mode']}: `{result['command']}`{versions(result)}" for result in results]
        + [""]
    )
    for result in results:
        for name, row in result["sets"].items():
            lines += [
                f"## Examples: {result['system']}, {result['mode']}, {name} (the first of the set, none picked)",
                "",
            ]
            lines += [
                f"- {source}\n  - {output}\n  - people: {target}" for source, output, target in row["examples"]
            ] + [""]
    return "\n".join(lines)


def summary_page(results: list[dict]) -> str:
    lines = [
        "# Summaries", "",
        "One sentence for a documentation page against the sentence that its author wrote (ROUGE F1, stemmed). "
            "*oracle-sentence* picks the best",
        "source sentence with the answer in hand, so it is the ceiling of extraction; *author* is the "
            "reference against itself, for its length and",
        "for how much of it the page has. Most of these summaries stand almost word for word in the page, so "
            "lead-1 is strong.", "",
    ]  # fmt: skip
    rows = []
    for result in results:
        latency = result.get("latency", {})
        rows.append(
            [
                result["system"],
                *(show(result[name]) for name in ("rouge1", "rouge2", "rougeL")),
                show(result["mean_words"]),
                # fmt: skip
                show(result["copied"]),
                show(result.get("with_sources")),
                show(latency.get("median_ms"), 1),
            ]
        )
    lines += table(
        ["system", "ROUGE-1", "ROUGE-2", "ROUGE-L", "mean words", "words of the page %", "with sources %", "median ms"],
        rows,
    )
    lines += (
        ["## Commands", ""]
        + [f"- {result['system']}: `{result['command']}`{versions(result)}" for result in results]
        + [""]
    )
    for result in results:
        if result.get("examples"):
            lines += [f"## Examples: {result['system']} (the first of the set, none picked)", ""]
            lines += [f"- {output}\n  - author: {target}" for output, target in result["examples"]] + [""]
    return "\n".join(lines)
