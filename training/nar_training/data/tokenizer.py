"""ByteLevel BPE: cased, lossless, no normalizer, 16,384 entries of which 32 are reserved (docs/model-format.md).

    python -m nar_training.data.tokenizer --output training/runs/tokenizer.json

The reserved entries live in the vocabulary only, not in `added_tokens`: the Hugging Face library matches added tokens
inside text, and a user's "<mask>" must stay six plain characters. No merge rule leads to them, so encoding cannot
produce them.

The `tokenizers` library is imported where it is used: a training machine without it needs the ids and texts only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from pathlib import Path
from typing import TYPE_CHECKING

from .guard import DataError, run
from .paths import DATA, WORK, read_lines

if TYPE_CHECKING:
    from tokenizers import Tokenizer

NAMED = [
    "<pad>",
    "<mask>",
    "<begin>",
    "<end>",
    "<blank>",
    "<copy>",
    "<deleted>",
    "</deleted>",
    "<drop>",
    "<fix>",
    "<rephrase>",
    "<simplify>",
    "<shorten>",
    "<summarize>",
]
RESERVED = 32
SPECIAL_TOKENS = NAMED + [f"<reserved-{index}>" for index in range(len(NAMED), RESERVED)]
PAD, MASK, BEGIN, END, BLANK, COPY, OPEN_DELETED, CLOSE_DELETED, DROP, FIX, REPHRASE, SIMPLIFY, SHORTEN, SUMMARIZE = (
    range(14)
)
TASKS = {"fix": FIX, "rephrase": REPHRASE, "simplify": SIMPLIFY, "shorten": SHORTEN, "summarize": SUMMARIZE}


def sample_documents(data: Path, share: float, seed: int) -> list[str]:
    """A random share of the prose, whole paragraphs; the file is ordered by repository, so every line is offered."""
    generator = random.Random(seed)
    return [line for line in read_lines(data / "prose" / "train.txt.zst") if line and generator.random() < share]


def train_tokenizer(lines: list[str], vocabulary: int = 16384) -> Tokenizer:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=SPECIAL_TOKENS,
        show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        min_frequency=2,
    )
    tokenizer.train_from_iterator(lines, trainer)
    return without_added_tokens(tokenizer)


def without_added_tokens(tokenizer: Tokenizer) -> Tokenizer:
    from tokenizers import Tokenizer

    content = json.loads(tokenizer.to_str())
    content["added_tokens"] = []
    return Tokenizer.from_str(json.dumps(content, ensure_ascii=False))


def load_tokenizer(path: Path | str = WORK / "tokenizer.json") -> Tokenizer:
    """Raises DataError when the file is missing, is no tokenizer, or numbers the special tokens in another way."""
    from tokenizers import Tokenizer

    if not Path(path).is_file():
        raise DataError(f"{path}: no such file; write it with python -m nar_training.data.tokenizer")
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises bare Exception for whatever it cannot read
        raise DataError(f"{path}: not a tokenizer file: {error}") from error
    for index, name in enumerate(SPECIAL_TOKENS):
        if tokenizer.token_to_id(name) != index:
            raise DataError(
                f"{path}: {name} must have id {index}; this tokenizer was not made by nar_training.data.tokenizer"
            )
    return tokenizer


def token_texts(work: Path) -> list[str]:
    """What every id stands for, "" for the reserved ones: from the tokenizer, or from its packed list (pack.py)."""
    packed = work / "token-texts.json"
    if not (work / "tokenizer.json").exists() and packed.exists():
        return json.loads(packed.read_text(encoding="utf-8"))
    tokenizer = load_tokenizer(work / "tokenizer.json")
    return [""] * RESERVED + [tokenizer.decode([index]) for index in range(RESERVED, tokenizer.get_vocab_size())]


def vocabulary_key(texts: list[str]) -> str:
    """Sixteen hex digits that two tokenizers share only if every id stands for the same text."""
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def tokenizer_config() -> dict:
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": 512,
        "clean_up_tokenization_spaces": False,
        "pad_token": "<pad>",
        "mask_token": "<mask>",
        "cls_token": "<begin>",
        "bos_token": "<begin>",
        "sep_token": "<end>",
        "eos_token": "<end>",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--output", type=Path, default=WORK / "tokenizer.json")
    parser.add_argument("--share", type=float, default=0.15, help="share of the prose paragraphs to learn from")
    parser.add_argument("--vocabulary", type=int, default=16384)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    lines = sample_documents(arguments.data, arguments.share, arguments.seed)
    tokenizer = train_tokenizer(lines, arguments.vocabulary)
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(arguments.output))
    tokenizer = load_tokenizer(arguments.output)
    sample = lines[:2000] + ["<mask> and </deleted>", "tab\there,  two spaces ", "naïve 日本 🙂 é", "\r\n x"]
    pieces = 0
    for line in sample:
        ids = tokenizer.encode(line).ids
        assert tokenizer.decode(ids) == line and min(ids, default=RESERVED) >= RESERVED, line
        pieces += len(ids)
    words = sum(len(line.split()) for line in sample)
    print(
        f"{tokenizer.get_vocab_size()} entries, {len(lines)} paragraphs, {pieces / words:.3f} pieces a word, "
        "round trip checked"
    )


if __name__ == "__main__":
    run(main)
