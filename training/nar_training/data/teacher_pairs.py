"""The teacher's answers, filtered: what a student may learn from.

    python -m nar_training.data.teacher_pairs training/runs/teacher/answers.jsonl
    python -m nar_training.data.teacher_pairs --people --output training/runs/people

Writes training/pairs/MODE.jsonl.zst for rephrase, simpler, shorter, headline, sentence: lines {"id", "from", "source",
"target", "mode", "asked"}. An answer that does not do for the mode that was asked about may do for another: of the
rewritings each mode takes the first that passes its filters, its own before the others'. Prints what share each filter
lets through. Sources that come back as they were go into unchanged.jsonl.zst. Last of all the product's own checker
reads the kept ones (`node dist/cli.js correct --jsonl`, one batch) and must find nothing in them.

With --people the same filters sort what people rewrote into the modes; those pairs are data/edits again and stay out of
the repository.
"""

import argparse
import json
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import zstandard

from ..prior.verb_forms import BASE_OF_THIRD_PERSON
from .guard import DataError, read_jsonl, run, whole_file
from .pair_modes import REWRITINGS, SUMMARIES, filters_for, is_unchanged, prepared
from .paths import DATA, REPOSITORY
from .prepare import key_of, load_evaluation_keys
from .teacher_sources import REWRITES
from .word_relations import WordRelations, load_word_relations

MODES = (*REWRITINGS, *SUMMARIES)
PAIRS = REPOSITORY / "training" / "pairs"
# The word list of verbs lacks some of the commonest ("use", "ensure"); the product has a list of its own.
BASE_VERBS = frozenset(BASE_OF_THIRD_PERSON.values())
COMMAND_LINE = REPOSITORY / "dist" / "cli.js"


@dataclass
class Counts:
    """What became of the answers of one mode. `failed` counts every filter that refuses, `alone` where it is the only
    one;
    `borrowed` are kept pairs whose target was an answer for another mode."""

    answers: int = 0
    unchanged: int = 0
    kept: int = 0
    borrowed: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)


@dataclass
class Sorted:
    """Pairs that pass every filter, by id and mode; sources that came back as they were,
    with the modes; counts by mode."""

    pairs: list[dict]
    unchanged: list[dict]
    counts: dict[str, Counts]


def filter_answers(
    answers: Iterable[dict], relations: WordRelations, base_verbs: frozenset[str], held_out: set[str]
) -> Sorted:
    filters = {mode: filters_for(mode, relations, base_verbs) for mode in MODES}
    counts = {mode: Counts() for mode in MODES}
    pairs: dict[tuple[str, str], dict] = {}
    unchanged: dict[str, dict] = {}
    for answer in answers:
        source = answer["text"]
        row = {"id": answer["id"], "from": answer.get("from", "prose"), "source": source}
        if key_of(source) in held_out:
            continue
        for mode in MODES:
            if mode not in answer:
                continue
            counts[mode].answers += 1
            others = [
                other
                for other in (REWRITINGS if mode in REWRITINGS else ())
                if other != mode and other in answer and answer[other] != answer[mode]
            ]
            for asked in (mode, *others):
                target = prepared(source, answer[asked], mode)
                if is_unchanged(source, target):
                    counts[mode].unchanged += asked == mode
                    continue
                failed = [name for name, passes in filters[mode].items() if not passes(source, target)]
                if key_of(target) in held_out:
                    failed.append("held out")
                if not failed:
                    pairs[answer["id"], mode] = {**row, "target": target, "mode": mode, "asked": asked}
                    break
                if asked == mode:
                    counts[mode].failed.update(failed)
                    counts[mode].alone.update(failed if len(failed) == 1 else [])
            else:
                if is_unchanged(source, prepared(source, answer[mode], mode)):
                    unchanged.setdefault(answer["id"], {**row, "modes": []})["modes"].append(mode)
    return Sorted(list(pairs.values()), list(unchanged.values()), counts)


def people_as_answers(data: Path, limit: int | None = None) -> Iterator[dict]:
    """People's rewrites as if they answered in every mode: the filters tell which of them
    rephrase, simplify, shorten."""
    records = (record for name in REWRITES for record in read_jsonl(data / "edits" / f"{name}.train.jsonl.zst"))
    for record in islice(records, limit):
        row = {"id": key_of(record["before"]), "from": record["repo"], "text": record["before"]}
        yield row | dict.fromkeys(REWRITINGS, record["after"])


def corrections_of(texts: list[str], command: list[str]) -> list[list[dict]]:
    """What the product's checker finds in each text, in one process."""
    request = "".join(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(texts))
    try:
        answered = subprocess.run(command, input=request, capture_output=True, text=True, encoding="utf-8", check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        detail = getattr(error, "stderr", "") or str(error)
        raise DataError(
            f"the checker did not answer ({' '.join(command)}): {detail.strip()[-300:]}; build it with node esbuild.js"
        ) from error
    found: list[list[dict]] = [[] for _ in texts]
    for line in answered.stdout.splitlines():
        record = json.loads(line)
        found[record["id"]] = record["corrections"]
    return found


def without_new_errors(pairs: list[dict], command: list[str], counts: dict[str, Counts]) -> list[dict]:
    """Pairs whose target has no correction that its source does not have too."""
    texts = list(dict.fromkeys(text for pair in pairs for text in (pair["source"], pair["target"])))
    found = dict(zip(texts, corrections_of(texts, command), strict=True))

    def errors(text: str) -> set[tuple[str, str]]:
        return {(text[one["startIndex"] : one["endIndex"]], one["correction"]) for one in found[text]}

    kept = []
    for pair in pairs:
        source = pair["source"] if pair["mode"] in REWRITINGS else ""
        if errors(pair["target"]) - (errors(source) if source else set()):
            counts[pair["mode"]].failed["checker"] += 1
            counts[pair["mode"]].alone["checker"] += 1
        else:
            kept.append(pair)
    return kept


def write_pairs(pairs: list[dict], unchanged: list[dict], folder: Path) -> None:
    """MODE.jsonl.zst for each mode that has pairs, and unchanged.jsonl.zst, by id."""
    files = {mode: [pair for pair in pairs if pair["mode"] == mode] for mode in MODES} | {"unchanged": unchanged}
    for name, rows in files.items():
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in sorted(rows, key=lambda row: row["id"])]
        if lines:
            with whole_file(folder / f"{name}.jsonl.zst") as output:
                output.write(zstandard.ZstdCompressor(level=19).compress("".join(lines).encode()))


def report(counts: dict[str, Counts]) -> str:
    """A Markdown table: answers, unchanged, kept, and the own answers that each filter refuses (it alone)."""
    lines = [
        "| mode | answers | unchanged | kept | from another mode | own kept | own answers refused by (it alone) |",
        "|---|---|---|---|---|---|---|",
    ]
    for mode, count in counts.items():
        if count.answers:
            refused = ", ".join(f"{name} {number} ({count.alone[name]})" for name, number in count.failed.most_common())
            own = 100 * (count.kept - count.borrowed) / count.answers
            cells = (mode, count.answers, count.unchanged, count.kept, count.borrowed, f"{own:.0f} %", refused)
            lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("answers", type=Path, nargs="*", help="what training/teacher/generate.mjs wrote")
    parser.add_argument("--people", action="store_true", help="filter people's rewrites instead (edits/rewrite*.train)")
    parser.add_argument("--limit", type=int, help="of people's rewrites only so many, from the first")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--output", type=Path, default=PAIRS)
    parser.add_argument("--model", default="models/nar-base", help="model folder of the checker")
    parser.add_argument("--no-checker", action="store_true", help="leave the product's own checker out")
    arguments = parser.parse_args()
    if bool(arguments.answers) == arguments.people:
        parser.error("give the teacher's answers, or --people with an --output of its own")
    relations = load_word_relations(arguments.data)
    base_verbs = frozenset(relations.lemmas.values()) | BASE_VERBS
    answers = (record for path in arguments.answers for record in read_jsonl(path))
    if arguments.people:
        answers = people_as_answers(arguments.data, arguments.limit)
    found = filter_answers(answers, relations, base_verbs, load_evaluation_keys(arguments.data))
    pairs = found.pairs
    if not arguments.no_checker:
        command = ["node", str(COMMAND_LINE), "correct", "--jsonl", "--model", arguments.model, "-"]
        pairs = without_new_errors(pairs, command, found.counts)
    for pair in pairs:
        found.counts[pair["mode"]].kept += 1
        found.counts[pair["mode"]].borrowed += pair["asked"] != pair["mode"]
    write_pairs(pairs, found.unchanged, arguments.output)
    print(report(found.counts))


if __name__ == "__main__":
    run(main)
