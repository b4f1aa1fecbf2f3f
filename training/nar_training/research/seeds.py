"""docs/seeds.md: every row of the three documents that the project is built from, where it lives and what was measured.

    python -m nar_training.research.seeds

The rows are docs/seeds.tsv. A path must exist, a system must be one of the comparison, a row that is left out or partly
there must say why: otherwise nothing is written. Figures come from docs/results/research/systems.json.
"""

import argparse
import csv
import json
import os
from collections import Counter
from pathlib import Path

from ..data.guard import DataError, run
from ..data.paths import REPOSITORY
from .systems import SYSTEMS

COLUMNS = ["number", "document", "item", "state", "where", "systems", "measured", "note"]
STATES = ["works", "partly", "left out"]
DOCUMENTS = {
    "tutorial": "Non-autoregressive sequence generation (ACL 2022 tutorial)",
    "MIST": "MIST: pseudo-targets in the source",
    "JANUS": "JANUS: joint left-to-right and parallel training",
}
HEAD = """# What the source documents describe, and what is here

The project is built from three documents. Every row of an audit of them is here, with where it lives, what was measured, and what was left out and why. `works`: code and a test that compares it with brute force or a plain loop. `partly`: something of it is missing, the note says what. Figures are BLEU-4 of the best decoder of each system in [the comparison at equal training time](results/research.md#the-systems-of-the-tutorial-at-equal-training-time), minutes on one core: they say that it runs and learns here. `python -m nar_training.research.seeds` writes this page from `docs/seeds.tsv`.
"""


def parts(cell: str, separator: str) -> list[str]:
    return [part.strip() for part in cell.split(separator) if part.strip()]


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        if reader.fieldnames != COLUMNS:
            raise DataError(f"{path}: the columns must be {', '.join(COLUMNS)}")
        return list(reader)


def faults(rows: list[dict[str, str]], repository: Path) -> list[str]:
    """What is wrong with the rows, one sentence each."""
    found = []
    if [row["number"] for row in rows] != [str(number) for number in range(1, len(rows) + 1)]:
        found.append("the rows must be numbered 1, 2, 3 … in their order")
    for row in rows:
        name = f"row {row['number']}"
        if row["document"] not in DOCUMENTS:
            found.append(f"{name}: no document is called {row['document']!r}")
        if row["state"] not in STATES:
            found.append(f"{name}: the state must be one of {', '.join(STATES)}, not {row['state']!r}")
        if row["state"] != "works" and not row["note"]:
            found.append(f"{name}: {row['state']}, and no note says why")
        named = [*parts(row["where"], ";"), *parts(row["measured"], ";")]
        found += [f"{name}: {place} does not exist" for place in named if not (repository / place).exists()]
        found += [
            f"{name}: no system is called {name_!r}" for name_ in parts(row["systems"], ",") if name_ not in SYSTEMS
        ]
    return found


def best_figures(records: list[dict]) -> dict[str, str]:
    """The best decoder's BLEU of each measured system, the mean of its seeds."""
    best = {}
    for name in SYSTEMS:
        own = [record["decoders"] for record in records if record["name"] == name]
        if own:
            labels = [label for label in own[0] if all(label in decoders for decoders in own)]
            best[name] = max(sum(decoders[label]["bleu"] for decoders in own) / len(own) for label in labels)
    return {name: f"{value:.1f}" for name, value in best.items()}


def link(place: str) -> str:
    """From docs/seeds.md to a path of the repository."""
    shown = place.removeprefix("training/nar_training/")
    return f"[{shown}]({place.removeprefix('docs/') if place.startswith('docs/') else '../' + place})"


def page(rows: list[dict[str, str]], figures: dict[str, str]) -> str:
    out = [HEAD]
    counts = Counter((row["document"], row["state"]) for row in rows)
    out.append("| | " + " | ".join(STATES) + " |\n|---|" + "---|" * len(STATES))
    for document in DOCUMENTS:
        out[-1] += f"\n| {document} | " + " | ".join(str(counts[document, state]) for state in STATES) + " |"
    out[-1] += (
        "\n| together | " + " | ".join(str(sum(row["state"] == state for row in rows)) for state in STATES) + " |"
    )
    for document, title in DOCUMENTS.items():
        lines = ["| | what | state | where | measured | note |", "|---|---|---|---|---|---|"]
        for row in (row for row in rows if row["document"] == document):
            measured = [
                f"{name} {figures[name]}" if name in figures else f"{name}: not yet"
                for name in parts(row["systems"], ",")
            ] + [link(place) for place in parts(row["measured"], ";")]
            cells = [
                row["number"],
                row["item"],
                row["state"],
                ", ".join(link(place) for place in parts(row["where"], ";")),
                ", ".join(measured),
                row["note"],
            ]
            lines.append("| " + " | ".join(cells) + " |")
        out.append(f"## {title}\n\n" + "\n".join(lines))
    return "\n\n".join(part.strip() for part in out) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--docs", type=Path, default=REPOSITORY / "docs")
    arguments = parser.parse_args()
    rows = read_rows(arguments.docs / "seeds.tsv")
    wrong = faults(rows, arguments.docs.parent)
    if wrong:
        raise DataError("docs/seeds.tsv: " + "; ".join(wrong))
    stored = arguments.docs / "results" / "research" / "systems.json"
    records = json.loads(stored.read_text(encoding="utf-8"))["variants"] if stored.exists() else []
    partial = arguments.docs / "seeds.md.partial"
    partial.write_text(page(rows, best_figures(records)), encoding="utf-8")
    os.replace(partial, arguments.docs / "seeds.md")
    print(f"{len(rows)} rows: seeds.md")


if __name__ == "__main__":
    run(main)
