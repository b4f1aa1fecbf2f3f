"""Errors where people make them: the edit network, trained backwards, spoils clean prose (back-translation).

    python -m nar_training.data.prepare_edits --backward --pools training/runs/backward
    python -m nar_training.stages.train --stage polish --name backward --start training/runs/polish.pt --pools \
        training/runs/backward --budget-minutes 12
    python -m nar_training.stages.backward --checkpoint training/runs/backward.pt --sentences 120000 --output \
        training/runs/pools/backward.npz

Rules of noise know how often an article is lost, not where; 36,000 real corrections know where, but are soon known by
heart. A network that learnt them from right to wrong draws errors like them for any sentence (Kiyono 2019, "Back-trans
(noisy)"; ours draws edits, not sentences):

    P(edit of word w) = min(1, k · mean over its tokens of 1 - p(keep)),   P(slots in gap g) = min(1, k · p(g > 0))
    k such that `errors` are expected in a sentence, at most MOST_SCALED;  y_slot ~ p(y | draft) among the TOP likeliest

It saw pairs with an error only, so its own probabilities sum to about one error a sentence and k stays near `errors`.
"""

import argparse
import random
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from tokenizers import Encoding

from ..data.align_words import split_words
from ..data.guard import read_lines, run
from ..data.paths import DATA, LEXICON, WORK
from ..data.pools import Example, save_pool
from ..data.prepare import load_evaluation_keys
from ..data.prepare_edits import Builder
from ..data.tokenizer import BEGIN, DROP, END, FIX, MASK, load_tokenizer, token_texts
from ..network import checkpoint
from ..network.model import NarModel
from ..objectives.rows import DRAFT, IGNORE, Row, append, collate, mask_of, source_row
from ..prior.features import PROTECTED_SPAN, segments_of
from ..prior.lexicon import Lexicon
from .drafts import Proposal, build_draft

MOST_SCALED = 4.0
TOP = 12
LONGEST = 90
BATCH = 48


def rows_hidden(model: NarModel, rows: list[Row]) -> torch.Tensor:
    batch = collate(rows)
    return model.hidden(
        batch["tokens"], batch["positions"], batch["segments"], mask_of(batch)
    )  # [batch, length, width]


def draw_proposals(
    encoding: Encoding,
    text: str,
    segments: list[int],
    operation: np.ndarray,
    gaps: np.ndarray,
    errors: float,
    draws: np.random.Generator,
) -> list[Proposal]:
    """operation [N, 3], gaps [N + 1, 8]: probabilities of one sentence. Protected spans stay as they are."""
    edited, words, at = [], [], 0
    for ids, _ in split_words(encoding, text):
        end = at + len(ids)
        words.append((at, end))
        edited.append(0.0 if PROTECTED_SPAN in segments[at:end] else float(1 - operation[at:end, 0].mean()))
        at = end
    inserted = {
        end: float(1 - gaps[end, 0])
        for _, end in [(0, 0), *words]
        if PROTECTED_SPAN not in segments[max(0, end - 1) : end] or PROTECTED_SPAN not in segments[end : end + 1]
    }
    scale = min(MOST_SCALED, errors / max(1e-6, sum(edited) + sum(inserted.values())))
    proposals: list[Proposal] = []

    def slots_in(gap: int, least: int) -> int:
        shares = gaps[gap, least:] / gaps[gap, least:].sum()
        return least + int(draws.choice(len(shares), p=shares))

    if draws.random() < scale * inserted.get(0, 0.0):
        proposals.append(Proposal(0, 0, slots_in(0, 1), 1.0))
    for (start, end), chance in zip(words, edited, strict=True):
        if draws.random() < scale * chance:
            generate = operation[start:end, 2].mean() / operation[start:end, 1:].mean(0).sum()
            slots = end - start + slots_in(end, 0) if draws.random() < generate else 0
            proposals.append(Proposal(start, end, slots, 1.0))
        elif draws.random() < scale * inserted.get(end, 0.0):
            proposals.append(Proposal(end, end, slots_in(end, 1), 1.0))
    return proposals


@torch.no_grad()
def spoil(
    model: NarModel, encodings: list[Encoding], texts: list[str], errors: float, draws: np.random.Generator
) -> list[list[int]]:
    """Token ids of each text with drawn errors; one that nothing was drawn for comes back as it is."""
    segments = [segments_of(text, encoding, None) for text, encoding in zip(texts, encodings, strict=True)]
    rows = [source_row(FIX, encoding.ids, marks, "") for encoding, marks in zip(encodings, segments, strict=True)]
    hidden = rows_hidden(model, rows)
    operations = model.operation(hidden).float().softmax(2).numpy()
    gaps = model.insertion_logits(hidden).float().softmax(2).numpy()
    drafts: list[tuple[list[int], list[tuple[int, int, int]], list[Proposal]]] = []
    for index, (row, encoding, text) in enumerate(zip(rows, encodings, texts, strict=True)):
        size = len(encoding.ids)
        proposals = draw_proposals(
            encoding, text, segments[index], operations[index, 2 : size + 2], gaps[index, 1 : size + 2], errors, draws
        )
        draft, slots = build_draft(encoding.ids, proposals)
        if slots:
            append(row, [BEGIN, *draft, END], list(range(len(draft) + 2)), [IGNORE] * (len(draft) + 2), DRAFT)
        drafts.append((draft, slots, proposals))
    hidden = rows_hidden(model, rows)
    results = []
    for index, (draft, slots, proposals) in enumerate(drafts):
        first = len(encodings[index].ids) + 4  # <begin> <task> source <end>, then the draft's <begin>
        written: dict[int, list[int]] = {}
        if slots:
            logits = model.token_logits(hidden[index, [first + at for _, _, at in slots]]).float()
            logits[:, END] = -torch.inf
            best = logits.topk(TOP, 1)
            for (proposal, _, _), values, ids in zip(
                slots, best.values.softmax(1).numpy(), best.indices.tolist(), strict=True
            ):
                written.setdefault(proposal, []).append(ids[int(draws.choice(TOP, p=values / values.sum()))])
        results.append(with_proposals(encodings[index].ids, proposals, written))
    return results


def with_proposals(ids: list[int], proposals: list[Proposal], written: dict[int, list[int]]) -> list[int]:
    output, position = [], 0
    for index, proposal in enumerate(proposals):
        output += ids[position : proposal.start] + [
            token for token in written.get(index, []) if token not in (DROP, MASK)
        ]
        position = proposal.end
    return output + ids[position:]


def spoilt_examples(
    model: NarModel, builder: Builder, sentences: Iterator[str], errors: float, seed: int
) -> Iterator[Example]:
    """Labelled (spoilt, clean) pairs of the sentences that got an error, longest text first in no particular order."""
    draws, tokenizer = np.random.default_rng(seed), builder.tokenizer
    while chunk := list(islice(sentences, 64 * BATCH)):
        encoded = [
            (text, encoding)
            for text, encoding in zip(chunk, tokenizer.encode_batch(chunk), strict=True)
            if 4 <= len(encoding.ids) <= LONGEST
        ]
        encoded.sort(key=lambda pair: len(pair[1].ids))
        for start in range(0, len(encoded), BATCH):
            texts, encodings = [list(part) for part in zip(*encoded[start : start + BATCH], strict=True)]
            with torch.autocast("cpu", torch.bfloat16):
                spoilt = spoil(model, encodings, texts, errors, draws)
            for text, encoding, ids in zip(texts, encodings, spoilt, strict=True):
                wrong = tokenizer.decode(ids) if ids != encoding.ids else text
                example = builder.example(wrong, text) if wrong != text else None
                if example:
                    yield example


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--checkpoint", type=Path, required=True, help="weights that learnt pairs of prepare_edits --backward"
    )
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--sentences", type=int, default=120000)
    parser.add_argument("--skip", type=int, default=0, help="prose sentences that other pools have used")
    parser.add_argument("--errors", type=float, default=1.3, help="expected errors a sentence")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--lexicon", type=Path, default=LEXICON)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="print so many pairs")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    model = checkpoint.model_of(
        arguments.checkpoint, checkpoint.load(arguments.checkpoint), token_texts(arguments.work)
    ).eval()
    builder = Builder(
        load_tokenizer(arguments.work / "tokenizer.json"),
        Lexicon.load(arguments.lexicon),
        load_evaluation_keys(arguments.data),
        arguments.seed,
    )
    sentences = islice(
        read_lines(arguments.work / "sentences.txt"), arguments.skip, arguments.skip + arguments.sentences
    )
    examples = []
    for example in spoilt_examples(model, builder, sentences, arguments.errors, arguments.seed):
        examples.append(example)
        if len(examples) <= arguments.show:
            print(
                builder.tokenizer.decode(example.source),
                "->",
                builder.tokenizer.decode(example.target),
                sep="\n",
                end="\n\n",
            )
        if len(examples) % 1000 == 0:
            print(f"\r{len(examples)}", end="", file=sys.stderr, flush=True)
    random.Random(arguments.seed).shuffle(examples)
    save_pool(arguments.output, examples)
    print(f"{arguments.output}: {len(examples)} spoilt sentences of {arguments.sentences}")


if __name__ == "__main__":
    run(main)
