"""A work folder as training/runs is, in miniature: tokenizer, packed prose, pools, held-out data."""

from pathlib import Path

import numpy as np

from nar_training.data.align import edit_labels
from nar_training.data.pools import Example, save_pool
from nar_training.data.tokenizer import END, train_tokenizer

SENTENCES = [
    "The server reads the file and sends a reply to the client.", "You can use a small model to correct the text.",
    "Every request is written to the log.", "The editor shows a hint when the word is wrong.",
    "Set the value before you start the program.", "This page tells you how to install the tool.",
]  # fmt: skip
VOCABULARY = 300


def make_work(folder: Path) -> Path:
    tokenizer = train_tokenizer(SENTENCES * 3, VOCABULARY)
    (folder / "dev").mkdir(parents=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    tokens = [token for sentence in SENTENCES * 40 for token in [*tokenizer.encode(sentence).ids, END]]
    for name in ("prose.bin", "dev/prose.bin"):
        np.array(tokens, dtype=np.uint16).tofile(folder / name)
    pairs = []
    for sentence in SENTENCES:
        labels = edit_labels(sentence.replace("e", "", 1), sentence, tokenizer)
        assert labels is not None
        pairs.append(Example.labelled(labels))
    for name in ("pools/typo", "pools/grammar", "pools/noise", "pools/rephrase", "dev/typo", "dev/grammar"):
        save_pool(folder / f"{name}.npz", pairs)
    return folder
