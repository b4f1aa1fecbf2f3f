"""Sequence-level distillation (Kim & Rush 2016) from the same weights: their autoregressive mode writes the targets.

    python -m nar_training.stages.distil --checkpoint training/runs/edit.pt --task rephrase --output \
        training/runs/pools/rephrase-distilled.npz

    Y'(X) = argmax_Y Σ_t log p_AR(y_t | X, y_<t)   (beam),   then train the parallel mode on (X, Y')

A parallel writer cannot choose between two good targets; a teacher that always chooses the same way leaves it less to
choose. How much less is printed: the complexity of the corpus (Zhou 2019, Eq. 3), before and after.
Correction is refused: its teacher would "correct" rare names to common words, and that is what its student must not do.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..data.align import edit_labels
from ..data.guard import DataError, run
from ..data.paths import WORK
from ..data.pools import CORRECTION_POOLS, Example, Pool, save_pool
from ..data.tokenizer import BEGIN, DROP, END, MASK, PAD, TASKS, load_tokenizer
from ..network import checkpoint
from ..network.model import Configuration, NarModel
from ..objectives.pairs import make_pairs, source_stream
from ..objectives.rows import attention_mask

CORRECTION_TASKS = {"fix"}


@torch.no_grad()
def write_left_to_right(
    model: NarModel, source: Tensor, segments: Tensor, longest: int, beam: int = 1, own_key: bool = True
) -> list[list[int]]:
    """The best answers of at most `longest` tokens for sources [batch, N + 3], scored by mean log-probability.

    One encode; then every step feeds content y_{t-1} (its keys stay in the cache) and the query y_t (its keys do not).
    `own_key` as the network was trained (objectives/janus.py): whether the query attends to itself.
    """
    configuration, stream = model.configuration, source_stream(source, segments)
    count = len(source)
    empty = torch.zeros(configuration.layers, count, configuration.heads, 0, configuration.head_size)
    nothing = torch.zeros(count, 0, dtype=torch.bool)
    _, keys, values = model.hidden_with_past(
        stream.tokens,
        stream.positions,
        segments,
        attention_mask(stream.groups, stream.positions),
        nothing,
        empty,
        empty,
    )
    keys, values = keys.repeat_interleave(beam, 1), values.repeat_interleave(beam, 1)  # [layers, count · beam, …]
    seen = (source != PAD).repeat_interleave(beam, 0)
    step_mask = torch.tensor([[True, False], [True, own_key]]).expand(count * beam, 2, 2)
    total = torch.full((count, beam), -torch.inf)
    total[:, 0] = 0.0  # at first all beams are the same: only one may branch
    lengths = torch.zeros(count, beam)
    done = torch.zeros(count, beam, dtype=torch.bool)
    written = torch.full((count, beam, 0), PAD)
    last = torch.full((count * beam,), BEGIN)
    for place in range(longest + 1):
        tokens = torch.stack([last, torch.full_like(last, MASK)], 1)
        places = torch.tensor([[place, place + 1]]).expand(count * beam, 2)
        hidden, new_keys, new_values = model.hidden_with_past(
            tokens, places, torch.ones_like(tokens), step_mask, seen, keys, values
        )
        log_probs = torch.log_softmax(model.token_logits(hidden[:, 1]).float(), 1)
        log_probs[:, DROP] = -torch.inf  # a slot given back: nothing for a writer who has no slots
        if place == longest:
            log_probs[:, :END], log_probs[:, END + 1 :] = -torch.inf, -torch.inf
        log_probs = log_probs.view(count, beam, -1)
        log_probs[done] = -torch.inf
        log_probs[..., PAD] = torch.where(done, 0.0, log_probs[..., PAD])  # what is finished goes on at no cost
        grown = (total[:, :, None] + log_probs).flatten(1)
        divisor = (lengths + ~done)[:, :, None].expand_as(log_probs).flatten(1)
        chosen = (grown / divisor).topk(beam, 1).indices  # [count, beam]
        parent, token = chosen // log_probs.shape[2], chosen % log_probs.shape[2]
        total = grown.gather(1, chosen)
        lengths = (lengths + ~done).gather(1, parent)
        done = done.gather(1, parent) | (token == END)
        written = torch.cat([written.gather(1, parent[:, :, None].expand(-1, -1, place)), token[:, :, None]], 2)
        if done.all():
            break
        rows = (parent + beam * torch.arange(count)[:, None]).flatten()
        keys, values = (
            torch.cat([keys, new_keys[:, :, :, :1]], 3)[:, rows],
            torch.cat([values, new_values[:, :, :, :1]], 3)[:, rows],
        )
        seen = torch.cat([seen, torch.ones(len(seen), 1, dtype=torch.bool)], 1)
        last = token.flatten()
    best = (total / lengths).argmax(1)
    return [[token for token in row if token not in (PAD, END)] for row in written[torch.arange(count), best].tolist()]


def complexity(pairs: list[tuple[list[int], list[int]]], iterations: int = 5) -> float:
    """C = 1/|V_x| Σ_x H(y | x) in nats, with p(y | x) of IBM model 1 (expectation maximisation over all pairs of
    words).

    0: every source word has one translation. Only corpora with the same sources are comparable.
    """
    sentence, left, right, offset = [], [], [], 0
    for source, target in pairs:
        places = np.arange(offset, offset + len(target))  # one normalisation a target word
        sentence.append(np.repeat(places, len(source)))
        right.append(np.repeat(np.array(target, dtype=np.int64), len(source)))
        left.append(np.tile(np.array(source, dtype=np.int64), len(target)))
        offset += len(target)
    if not offset:
        raise ValueError("no target words to measure")
    sentences, x, y = np.concatenate(sentence), np.concatenate(left), np.concatenate(right)
    unique, kind = np.unique((x << 32) | y, return_inverse=True)
    sources, source_of = np.unique(unique >> 32, return_inverse=True)
    probability = np.ones(len(unique)) / np.bincount(source_of)[source_of]
    for _ in range(iterations):
        weight = probability[kind]
        weight /= np.bincount(sentences, weight)[sentences]
        expected = np.bincount(kind, weight)
        probability = expected / np.bincount(source_of, expected)[source_of]
    information = -probability * np.log(np.maximum(probability, 1e-300))
    return float(information.sum() / len(sources))


def distilled_example(example: Example, target: list[int], tokenizer) -> Example | None:
    """The example with another target. Edit labels, where it had some, are made anew; None where they cannot be."""
    if not target:
        return None
    if not example.operations:
        return Example(example.source, example.segments, [], [], [], [], target, example.extra)
    labels = edit_labels(tokenizer.decode(example.source), tokenizer.decode(target), tokenizer)
    if labels is None or labels.source_ids != example.source:
        return None
    return Example.labelled(labels, example.segments, example.extra)


def distil(
    model: NarModel,
    examples: list[Example],
    task: str,
    tokenizer,
    beam: int = 4,
    batch: int = 32,
    longest: int = 48,
    show=lambda count: None,
) -> list[Example]:
    """Examples with the teacher's targets, in the same order; one whose answer is unusable keeps its own target."""
    if task in CORRECTION_TASKS:
        raise DataError(f"{task}: correction is never distilled, the student would learn to change rare names")
    model.eval()
    order = sorted(range(len(examples)), key=lambda index: len(examples[index].source))  # little padding
    results: list[Example | None] = [None] * len(examples)
    for begin in range(0, len(order), batch):
        indices = order[begin : begin + batch]
        pairs = make_pairs([examples[index] for index in indices], [TASKS[task]] * len(indices))
        for index, target in zip(
            indices, write_left_to_right(model, pairs.source, pairs.segments, longest, beam), strict=True
        ):
            results[index] = distilled_example(examples[index], target, tokenizer) or examples[index]
        show(begin + len(indices))
    return [result for result in results if result is not None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkpoint", type=Path, required=True, help="weights trained with the autoregressive stream")
    parser.add_argument("--task", choices=sorted(TASKS), required=True)
    parser.add_argument("--pool", type=Path, help="examples to rewrite (default: the task's pool in the work folder)")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--keep", action="store_true", help="store the original examples too, one to one")
    parser.add_argument("--examples", type=int, help="only so many")
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    path = arguments.pool or arguments.work / "pools" / f"{arguments.task}.npz"
    if arguments.task in CORRECTION_TASKS or path.stem.split("-")[0] in CORRECTION_POOLS:
        raise DataError(
            f"{arguments.task}, {path.name}: correction is never distilled, the student would learn to change "
            "rare names"
        )
    if not path.is_file():
        raise DataError(f"{path}: no such pool; run nar_training.data.prepare_edits first")
    content = checkpoint.load(arguments.checkpoint)
    model = NarModel(Configuration(**content["configuration"]))
    model.load_state_dict(content["model"])
    pool = Pool(path, 1)
    examples = [pool[index] for index in range(min(len(pool), arguments.examples or len(pool)))]
    distilled = distil(
        model,
        examples,
        arguments.task,
        load_tokenizer(arguments.work / "tokenizer.json"),
        arguments.beam,
        show=lambda count: print(f"\r{count} of {len(examples)}", end="", file=sys.stderr, flush=True),
    )
    print(file=sys.stderr)
    before = complexity([(example.source, example.target) for example in examples])
    after = complexity([(example.source, example.target) for example in distilled])
    changed = sum(old.target != new.target for old, new in zip(examples, distilled, strict=True))
    save_pool(arguments.output, [*distilled, *examples] if arguments.keep else distilled)
    print(
        f"{arguments.output}: {len(distilled)} examples, {changed} with another target; complexity "
        f"{before:.3f} -> {after:.3f} nats"
    )


if __name__ == "__main__":
    run(main)
