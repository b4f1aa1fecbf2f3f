"""The papers' equations for one pair at a time, in plain loops, to compare the batched objectives with.

Every function lays out its own row of tokens, says in a double loop who sees whom, and asks the network once. Losses
come as lists of single tensors, so that gradients can be compared as well as values.
"""

from dataclasses import replace

import torch
from torch import Tensor

from nar_training.data.tokenizer import BEGIN, DROP, END, MASK, PAD, RESERVED
from nar_training.network.model import CONFIGURATIONS, NarModel, build
from nar_training.objectives.pairs import Pairs


def sharp_network(seed: int = 3, factor: float = 25.0, length_head: str = "change") -> NarModel:
    """Seeded weights so large that the answer depends on every token that is seen; small ones give nearly the same
    answer to everything, and then no test can tell a wrong input from a right one.
    """
    model = build(replace(CONFIGURATIONS["tiny"], length_head=length_head), seed).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() > 1:
                parameter.mul_(factor)
    return model


def pair_of(pairs: Pairs, row: int) -> tuple[list[int], list[int]]:
    """Source `<begin> <task> x <end>` and target without padding."""
    return [token for token in pairs.source[row].tolist() if token != PAD], [
        token for token in pairs.target[row].tolist() if token != PAD
    ]


def states(model: NarModel, row: list[tuple[str, int, int, int]], sees) -> Tensor:
    """Hidden states [length, width] of a row of (kind, token, position, segment); `sees(left, right)` for each pair."""
    kinds = [(kind, position) for kind, _, position, _ in row]
    mask = [
        [index == other or sees(left, right) for other, right in enumerate(kinds)] for index, left in enumerate(kinds)
    ]
    for index, left in enumerate(kinds):
        if left[0] in ("strict query", "strict auxiliary"):
            mask[index][index] = False
    tokens, positions, segments = (torch.tensor([[item[column] for item in row]]) for column in (1, 2, 3))
    return model.hidden(tokens, positions, segments, torch.tensor([mask]))[0]


def source_row(source: list[int]) -> list[tuple[str, int, int, int]]:
    return [("source", token, place, 0) for place, token in enumerate(source)]


def draft_states(
    model: NarModel, source: list[int], slots: list[int], continued: bool = False
) -> tuple[Tensor, Tensor]:
    """States of the source's rows and of the slots, from `source ; <begin> slots <end>` or, continued, from
    `source ; slots <end>` with positions that go on.
    """
    draft = [*slots, END] if continued else [BEGIN, *slots, END]
    first = len(source) if continued else 0
    row = source_row(source) + [("draft", token, first + place, 1) for place, token in enumerate(draft)]
    hidden = states(model, row, lambda left, right: right[0] == "source" or left[0] == right[0] == "draft")
    begin = len(source) + (0 if continued else 1)
    return hidden[: len(source)], hidden[begin : begin + len(slots)]


WRITABLE = [DROP, END, *range(RESERVED, 300)]


def log_probs(model: NarModel, slot_states: Tensor) -> Tensor:
    return torch.log_softmax(model.token_logits(slot_states), -1)


def cross_entropy(known: Tensor, token: int, smoothing: float = 0.0) -> Tensor:
    """Of one slot's log-probabilities."""
    if not smoothing:
        return -known[token]
    return -(1 - smoothing) * known[token] - smoothing * known[WRITABLE].mean()


def length_loss(model: NarModel, source: list[int], source_states: Tensor, size: int) -> Tensor:
    """Cross-entropy of the length: change from the first row, or the length itself from the mean of all rows."""
    offset = model.configuration.length_offset
    if model.configuration.length_head == "pooled":
        total = source_states[0]
        for state in source_states[1:]:
            total = total + state
        return -torch.log_softmax(model.length(total / len(source)), 0)[size]
    return -torch.log_softmax(model.length(source_states[0]), 0)[size - (len(source) - 3) + offset]


def gather(lists: list[list[Tensor]], reduction: str) -> Tensor:
    """Sums within a pair and their mean over the pairs, or the mean over all tokens."""
    total, count = torch.zeros(()), 0
    for losses in lists:
        for loss in losses:
            total, count = total + loss, count + 1
    return total / (len(lists) if reduction == "sum" else count)


def janus_parts(model: NarModel, pairs: Pairs, hidden: Tensor, options) -> dict[str, Tensor]:
    """Eq. 1-4 of JANUS, every stream in a row of its own, who sees whom as section 3.1 says in words."""
    names = ("autoregressive", "parallel", "auxiliary")
    divergences = [(left, right) for left in names for right in names if hasattr(options, f"{left}_{right}")]
    parts: dict[str, list[list[Tensor]]] = {name: [] for name in names}
    parts |= {f"{left}_{right}": [] for left, right in divergences}
    lengths = []
    for row in range(len(pairs.target)):
        source, target = pair_of(pairs, row)
        holes = [place for place in range(len(target)) if hidden[row, place]]
        slots = [MASK if place in holes else token for place, token in enumerate(target)]
        source_states, drafted = draft_states(model, source, slots)
        lengths.append(length_loss(model, source, source_states, len(target)))
        ahead = autoregressive_states(model, source, target, options.own_key)
        helped = auxiliary_states(model, source, target, holes, options.own_key)
        found = {"autoregressive": log_probs(model, ahead), "parallel": log_probs(model, drafted)}
        found["auxiliary"] = dict(zip(holes, log_probs(model, helped), strict=True))
        for name in names:
            wanted = enumerate([*target, END]) if name == "autoregressive" else [(at, target[at]) for at in holes]
            parts[name].append([cross_entropy(found[name][at], token, options.smoothing) for at, token in wanted])
        for left, right in divergences:
            losses = []
            for at in holes:
                p, q = found[left][at][WRITABLE], found[right][at][WRITABLE]
                forth, back = (p.exp() * (p - q)).sum(), (q.exp() * (q - p)).sum()
                losses.append(options.divergence_scale * (forth + back))
            parts[f"{left}_{right}"].append(losses)
    return {name: gather(lists, options.reduction) for name, lists in parts.items()} | {
        "length": torch.stack(lengths).mean()
    }


def autoregressive_states(model: NarModel, source: list[int], target: list[int], own_key: bool) -> Tensor:
    """Query t reads `<begin> y_1 … y_{t-1}`."""
    query = "query" if own_key else "strict query"
    row = source_row(source)
    row += [("content", token, place, 1) for place, token in enumerate([BEGIN, *target])]
    row += [(query, MASK, place, 1) for place in range(1, len(target) + 2)]

    def sees(left, right) -> bool:
        if right[0] == "source":
            return True
        if left[0] == "content":
            return right[0] == "content" and right[1] <= left[1]
        return left[0] == query and right[0] == "content" and right[1] < left[1]

    return states(model, row, sees)[len(source) + len(target) + 1 :]


def auxiliary_states(model: NarModel, source: list[int], target: list[int], holes: list[int], own_key: bool) -> Tensor:
    """Query t reads what stands, the hidden tokens before it and the masks from its place on."""
    query = "auxiliary" if own_key else "strict auxiliary"
    row = source_row(source) + [("kept", BEGIN, 0, 1)]
    for place, token in enumerate(target):
        row.append(("mask", MASK, place + 1, 1) if place in holes else ("kept", token, place + 1, 1))
    row.append(("kept", END, len(target) + 1, 1))
    row += [("gold", target[place], place + 1, 1) for place in holes]
    row += [(query, MASK, place + 1, 1) for place in holes]

    def sees(left, right) -> bool:
        if right[0] == "source":
            return True
        if left[0] == "source":
            return False
        if right[0] == "kept":
            return True
        if left[0] in ("kept", "mask"):
            return right[0] == "mask"
        if right[0] == "gold":
            return right[1] <= left[1] if left[0] == "gold" else right[1] < left[1]
        if right[0] == "mask":
            return right[1] > left[1] if left[0] == "gold" else right[1] >= left[1]
        return False

    return states(model, row, sees)[len(row) - len(holes) :]


def best(model: NarModel, slot_states: Tensor) -> list[int]:
    return model.token_logits(slot_states).argmax(1).tolist()


def mist_parts(
    model: NarModel, pairs: Pairs, shown: Tensor, options, stored: list[list[int]] | None = None
) -> tuple[dict[str, Tensor], list[list[int]]]:
    """Eq. 2-4 of MIST with the tokens of `shown` revealed in Y_M, and the pseudo-targets. `stored`: static ones."""
    token, mixed, lengths, pseudos = [], [], [], []
    for row in range(len(pairs.target)):
        source, target = pair_of(pairs, row)
        slots = [word if shown[row, place] else MASK for place, word in enumerate(target)]
        scored = [place for place in range(len(target)) if options.scored == "all" or not shown[row, place]]
        source_states, found = draft_states(model, source, slots, options.continued)
        pseudo = stored[row] if stored else best(model, found)
        _, again = draft_states(model, [*source[:2], *pseudo, END, *source[2:]], slots, options.continued)
        for losses, slot_states in ((token, found), (mixed, again)):
            known = log_probs(model, slot_states)
            losses.append([cross_entropy(known[place], target[place], options.smoothing) for place in scored])
        lengths.append(length_loss(model, source, source_states, len(target)))
        pseudos.append(pseudo)
    parts = {"token": gather(token, options.reduction), "length": torch.stack(lengths).mean()}
    return parts | ({"mixed_token": gather(mixed, options.reduction)} if options.mixing != "none" else {}), pseudos
