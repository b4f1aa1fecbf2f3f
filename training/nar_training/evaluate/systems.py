"""Systems under test: the product through its own command line, the lookup alone, and other checkers if installed.

A system answers a list of texts with records {"output", "milliseconds", "corrections"?...}; the product's come from
`node dist/cli.js <command> --jsonl`, so the numbers are those of what users run.
"""

import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ..data.guard import DataError, read_jsonl
from ..prior.lexicon import Lexicon
from ..prior.near_words import Prior
from ..prior.words import WORD, keep_case, split_units
from .sets import Item

PEERS = Path(__file__).parent / "peers"
Answers = dict[str, dict]


class SystemFailed(Exception):
    """A system that did not answer; the message holds what it printed."""


def run_cli(command: list[str], items: list[Item], timeout: float = 3600) -> Answers:
    """Answers of a program that reads and writes JSON lines, by id."""
    with tempfile.TemporaryFile() as requests:
        requests.write("".join(json.dumps({"id": item.id, "text": item.source}) + "\n" for item in items).encode())
        requests.seek(0)
        result = subprocess.run(command, stdin=requests, capture_output=True, timeout=timeout, check=False)
    answers: Answers = {}
    for line in result.stdout.decode("utf-8").split("\n"):
        if line.strip():
            record = json.loads(line)
            answers[str(record["id"])] = record
    missing = [item.id for item in items if item.id not in answers]
    if missing:
        tail = result.stderr.decode("utf-8", "replace").strip()[-2000:]
        raise SystemFailed(
            f"{' '.join(command)}: exit code {result.returncode}, no answer for {len(missing)} of {len(items)} "
            f"texts\n{tail}"
        )
    return answers


def read_predictions(path: Path, items: list[Item]) -> Answers:
    """Answers that were written before, in the format of the command line."""
    answers = {str(record["id"]): record for record in read_jsonl(path)}
    missing = [item.id for item in items if item.id not in answers]
    if missing:
        raise DataError(f"{path}: no answer for {len(missing)} of {len(items)} texts, for example {missing[0]}")
    return answers


def _timed(correct: Callable[[str], str], items: list[Item]) -> Answers:
    answers: Answers = {}
    for item in items:
        start = time.perf_counter()
        output = correct(item.source)
        answers[item.id] = {"id": item.id, "output": output, "milliseconds": 1000 * (time.perf_counter() - start)}
    return answers


def lookup(folder: Path, items: list[Item]) -> Answers:
    return _timed(Lexicon.load(folder).correct, items)


def near_lookup(folder: Path, items: list[Item]) -> Answers:
    """The whole lexical prior without a model: lists and near words, first candidates."""
    return _timed(Prior(Lexicon.load(folder)).correct, items)


def phrases(folder: Path, items: list[Item]) -> Answers:
    """The plainer phrases without a model: the first of every phrase that the list knows."""
    return _timed(Lexicon.load(folder).plainer, items)


def unchanged(items: list[Item]) -> Answers:
    return _timed(lambda text: text, items)


def spell_checker(command: list[str], items: list[Item]) -> Answers:
    """aspell and hunspell (`-a`): the first suggestion for every plain word that they do not know; code is left out."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", bufsize=1
    ) as process:
        process.stdout.readline()  # the banner
        suggestions: dict[str, str | None] = {}

        def suggest(word: str) -> str | None:
            if word not in suggestions:
                process.stdin.write(f"^{word}\n")
                process.stdin.flush()
                suggestions[word] = None
                while (line := process.stdout.readline().strip()) != "":
                    if line.startswith("&"):
                        suggestions[word] = line.split(": ", 1)[1].split(", ")[0]
            return suggestions[word]

        def correct(text: str) -> str:
            texts, kinds = split_units(text)
            for index, kind in enumerate(kinds):
                if kind == WORD and texts[index].isascii():
                    better = suggest(texts[index])
                    if better is not None:
                        texts[index] = keep_case(texts[index], better) if texts[index][0].isupper() else better
            return "".join(texts)

        answers = _timed(correct, items)
        process.stdin.close()
    return answers


def codespell(command: list[str], items: list[Item]) -> Answers:
    """codespell -w on one text a file line: what it would change on its own (ambiguous words are left)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.txt"
        path.write_text("".join(item.source.replace("\n", " ") + "\n" for item in items), encoding="utf-8")
        start = time.perf_counter()
        subprocess.run([*command, "-w", "-q", "35", str(path)], capture_output=True, check=False)
        each = 1000 * (time.perf_counter() - start) / max(1, len(items))
        lines = path.read_text(encoding="utf-8").split("\n")
    return {
        item.id: {"id": item.id, "output": line, "milliseconds": each} for item, line in zip(items, lines, strict=False)
    }
