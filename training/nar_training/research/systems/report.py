"""docs/results/research/systems.json and the part of docs/results/research.md that it fills, from the stored records.

    python -m nar_training.research.systems.report --work WORK      (the folder that the runs were given)

Without records in --work the tables are written again from systems.json alone. A figure with two seeds or more is the
mean and half of the range between the lowest and the highest; with one seed the spread over resampled dev sentences.
"""

import argparse
import json
import os
from pathlib import Path

from ...data.guard import DataError, run
from ...data.paths import REPOSITORY, WORK
from . import SYSTEMS
from .plot import points_of, svg

BEGIN, END = "<!-- systems of the tutorial: written by research.systems.report -->", "<!-- end of the systems -->"


def read_records(folder: Path) -> list[dict]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def merged(old: list[dict], new: list[dict]) -> list[dict]:
    """One record a system and seed, the newer one of two; systems that are no more are left out."""
    both = {(record["name"], record["seed"]): record for record in [*old, *new]}
    order = list(SYSTEMS)
    kept = [record for record in both.values() if record["name"] in SYSTEMS]
    return sorted(kept, key=lambda record: (order.index(record["name"]), record["seed"]))


def figure(values: list[float], spread: float | None = None, digits: int = 1) -> str:
    mean = sum(values) / len(values)
    if len(values) > 1:
        return f"{mean:.{digits}f} ± {(max(values) - min(values)) / 2:.{digits}f}"
    return f"{mean:.{digits}f}" + (f" ± {spread:.{digits}f}" if spread is not None else "")


def rows(records: list[dict], task: str) -> list[str]:
    lines = []
    for name, system in SYSTEMS.items():
        own = [record for record in records if record["name"] == name]
        if not own or system.task != task:
            continue
        for place, label in enumerate(own[0]["decoders"]):
            scores = [record["decoders"][label] for record in own if label in record["decoders"]]

            def column(key: str, spread: str | None = None, scores=scores) -> str:
                return figure([each[key] for each in scores], scores[0][spread] if spread else None)

            first = place == 0
            lines.append(
                "| "
                + " | ".join(
                    [
                        f"{system.title}{f' ({system.paper})' if system.paper else ''}" if first else "",
                        label,
                        column("bleu", "spread"),
                        column("source_bleu") if task == "paraphrase" else column("word_error_rate"),
                        column("repetition"),
                        figure([each["length_ratio"] for each in scores], digits=2),
                        column("milliseconds_a_sentence"),
                        column("one_by_one_milliseconds"),
                        f"{sum(record['steps'] for record in own) // len(own):,}" if first else "",
                        str(len(own)) if first else "",
                    ]
                )
                + " |"
            )
    return lines


def tables(records: list[dict]) -> str:
    if not records:
        return "No system has been measured yet."
    minutes = sorted({record["minutes"] for record in records})
    seeds = sorted({record["seed"] for record in records})
    parts = [
        f"Each system goes on from the common start for the same {' or '.join(f'{m:g}' for m in minutes)} CPU minutes "
        f"with its own objective (seeds {', '.join(map(str, seeds))}); what a step costs decides how many it makes. "
        "`length` is that of the answers over that of the references (below 1: words are left out). `ms` are of one core: "
        "a sentence in a batch of 100, and alone. "
        "`python -m nar_training.research.systems all --minutes "
        f"{minutes[-1]:g} --seeds {' '.join(map(str, seeds))}` makes the runs, "
        "`python -m nar_training.research.systems.report` these tables."
    ]
    heads = {"paraphrase": "as source", "correction": "word errors, %"}
    titles = {
        "paraphrase": "### Paraphrases (Quora; a copy of the question is the reference, see above)",
        "correction": "### Corrections (the same questions with errors put in: `research/systems/noised.py`)",
    }
    for task, title in titles.items():
        lines = rows(records, task)
        if lines:
            parts += [
                title,
                "\n".join(
                    [
                        f"| system | decoder | BLEU-4 | {heads[task]} | repeated, % | length | ms | ms alone | steps | seeds |",
                        "|---|---|---|---|---|---|---|---|---|---|",
                        *lines,
                    ]
                ),
            ]
    if any(SYSTEMS[record["name"]].task == "paraphrase" for record in records):
        parts.append("![BLEU-4 against milliseconds a sentence, a point a decoder](research/quality-speed.svg)")
    missing = [name for name in SYSTEMS if not any(record["name"] == name for record in records)]
    if missing:
        parts.append(f"Not measured yet: {', '.join(missing)}.")
    notes = [
        f"{record['name']}, seed {record['seed']}: complexity of the answers {record['notes']['complexity']} nats, "
        f"distilled {record['notes']['complexity_distilled']}"
        for record in records
        if "complexity_distilled" in record.get("notes", {})
    ]
    if notes:
        parts.append("Data complexity (Zhou 2020, Eq. 3): " + "; ".join(notes) + ".")
    asked = [record for record in records if "dependency" in record.get("notes", {})]
    if asked:
        lines = [
            f"| {SYSTEMS[record['name']].task} | {record['seed']} | {record['notes']['loss_from_source']:.2f} | "
            f"{record['notes']['loss_beside_others']:.2f} | {record['notes']['dependency']:.2f} |"
            for record in asked
        ]
        parts.append(
            "### How much words depend on each other (nats a token, the conditional masked network)\n\n"
            "| task | seed | from the source alone | beside all other words | dependency |\n|---|---|---|---|---|\n"
            + "\n".join(lines)
        )
    return "\n\n".join(parts)


def put_in(text: str, body: str) -> str:
    """The page with the part between the marks replaced. Raises DataError where the marks are not there."""
    if BEGIN not in text or END not in text:
        raise DataError(f"the page has no lines {BEGIN!r} and {END!r} between which the tables belong")
    return text[: text.index(BEGIN) + len(BEGIN)] + "\n\n" + body + "\n\n" + text[text.index(END) :]


def titles() -> dict[str, str]:
    return {name: system.title for name, system in SYSTEMS.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--results", type=Path, default=REPOSITORY / "docs" / "results")
    arguments = parser.parse_args()
    stored = arguments.results / "research" / "systems.json"
    old = json.loads(stored.read_text(encoding="utf-8"))["variants"] if stored.exists() else []
    records = merged(old, read_records(arguments.work / "research" / "systems"))
    page = arguments.results / "research.md"
    text = put_in(page.read_text(encoding="utf-8"), tables(records))
    paraphrases = [name for name, system in SYSTEMS.items() if system.task == "paraphrase"]
    points = points_of(records, paraphrases)
    drawn = [(stored.with_name("quality-speed.svg"), svg(points, titles()))] if points else []
    for path, content in (
        *drawn,
        (stored, json.dumps({"claim": "systems", "variants": records}, indent=1, ensure_ascii=False) + "\n"),
        (page, text),
    ):
        partial = path.with_name(path.name + ".partial")
        partial.write_text(content, encoding="utf-8")
        os.replace(partial, path)
    print(f"{len(records)} records: {stored.name}, {page.name}")


if __name__ == "__main__":
    run(main)
