"""Prose to train on: sentences as text, paragraphs as uint16 tokens, nothing that any dev or test set holds.

    python -m nar_training.data.prepare --share 0.5

Writes training/runs/sentences.txt and training/runs/prose.bin (token ids, every paragraph closed by <end>).
"""

import argparse
import hashlib
import random
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from .guard import DataError, run, whole_file
from .paths import DATA, WORK, read_lines
from .tokenizer import END, load_tokenizer

BOUNDARY = re.compile(r"(?<=[.!?:])[\"')\]]?\s+(?=[\"'(\[`]?[A-Z0-9`])")
WORD = re.compile(r"[a-z0-9]+")
# The reference pages of one vendor are a third of the prose and much alike: telling words, two of them cap a document.
REFERENCE = re.compile(
    r"\b(cmdlet|Microsoft|Windows|Azure|HRESULT|WPARAM|Exchange Server|tenant|GUID|Teams|SharePoint|"
    r"interface pointer|PowerShell|Intune|struct(?:ure)? member|Office 365)\b"
)


def key_of(sentence: str) -> str:
    """The key of eval_keys.tsv: first 16 hex digits of the SHA-1 of the lower-cased alphanumeric words."""
    return hashlib.sha1(" ".join(WORD.findall(sentence.lower())).encode()).hexdigest()[:16]


def load_evaluation_keys(data: Path) -> set[str]:
    return {line.split("\t")[0] for line in read_lines(data / "eval_keys.tsv.zst")}


def split_sentences(paragraph: str) -> list[str]:
    return [part for part in BOUNDARY.split(paragraph) if part]


def documents(data: Path, name: str = "train") -> Iterator[list[str]]:
    lines: list[str] = []
    for line in read_lines(data / "prose" / f"{name}.txt.zst"):
        if line:
            lines.append(line)
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


def chosen_paragraphs(data: Path, share: float, reference_share: float, seed: int) -> Iterator[list[str]]:
    """Sentences of each kept paragraph: whole documents are drawn, evaluation sentences and long lines dropped."""
    keys, generator = load_evaluation_keys(data), random.Random(seed)
    for document in documents(data):
        draw = generator.random()
        if draw >= share:
            continue
        is_reference = len(REFERENCE.findall(" ".join(document)[:3000])) >= 2
        if is_reference and draw >= share * reference_share:
            continue
        for paragraph in document:
            sentences = [s for s in split_sentences(paragraph) if len(s) <= 1500 and key_of(s) not in keys]
            if sentences:
                yield sentences


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--share", type=float, default=0.5, help="share of the documents")
    parser.add_argument("--reference-share", type=float, default=0.35, help="of the vendor reference pages among them")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    tokenizer = load_tokenizer(arguments.work / "tokenizer.json")
    paragraphs = list(chosen_paragraphs(arguments.data, arguments.share, arguments.reference_share, arguments.seed))
    random.Random(arguments.seed).shuffle(paragraphs)
    seen: set[str] = set()
    with whole_file(arguments.work / "sentences.txt") as output:
        for sentences in paragraphs:
            for sentence in sentences:
                if 4 <= sentence.count(" ") + 1 <= 60 and sentence not in seen:
                    seen.add(sentence)
                    output.write((sentence + "\n").encode())
    parts = []
    for start in range(0, len(paragraphs), 5000):
        texts = [" ".join(sentences) for sentences in paragraphs[start : start + 5000]]
        for encoding in tokenizer.encode_batch(texts):
            parts.append(np.array([*encoding.ids, END], dtype=np.uint16))
    if not parts:
        raise DataError(f"{arguments.data}: no paragraph was drawn; a larger --share")
    tokens = np.concatenate(parts)
    with whole_file(arguments.work / "prose.bin") as output:
        output.write(tokens.tobytes())
    print(f"{len(paragraphs)} paragraphs, {len(seen)} distinct sentences, {len(tokens) / 1e6:.1f} M tokens")


if __name__ == "__main__":
    run(main)
