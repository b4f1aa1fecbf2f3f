"""Masked refinement beyond Mask-Predict: source copy, iNAT, LLaDA, Dream, Fast-dLLM, ReMDM (docs/decoders),
draft by draft.

A draft is a list of slots; each pass predicts the open ones, a rule says which predictions are shown, another one which
shown tokens are opened again.
"""

import math
from dataclasses import dataclass, field

import torch
from torch import Tensor

from ..data.tokenizer import BEGIN, DROP, END, MASK
from .generation import beam, given, length_guesses
from .network import ReferenceNetwork, Source
from .random import Random
from .steps import Tracer, finish_output


@dataclass
class Draft:
    shown: list[int]
    inputs: list[int]
    certain: list[float]
    open: list[int]
    history: list[list[int]] = field(default_factory=list)
    stop: str | None = None

    @classmethod
    def empty(cls, length: int) -> "Draft":
        return cls([MASK] * length, [MASK] * length, [0.0] * length, list(range(length)))

    @property
    def score(self) -> float:
        return sum(self.certain) / len(self.certain)


def half_up(value: float) -> int:
    return math.floor(value + 0.5)


def masked_refinement(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer) -> dict:
    system, passes = tracer.system, 1 if tracer.system == "single-pass" else tracer.budget
    heads = network.encode(source.tokens(), source.segments())
    guesses = length_guesses(network, heads.length, len(source.ids))
    lengths = (
        [options["targetLength"]]
        if "targetLength" in options
        else [guess["length"] for guess in guesses[: options.get("lengthBeam", BEAMS[system])]]
    )
    drafts = [Draft.empty(length) for length in lengths]
    if options.get("sourceCopy"):
        for draft in drafts:
            last = len(draft.shown) - 1
            draft.inputs = [
                source.ids[half_up(slot * (len(source.ids) - 1) / last) if last else 0] for slot in draft.open
            ]
    tracer.step("encode", given(tracer, source), len(source.ids) + 3, lengths=guesses[:9])
    random = Random(options.get("seed", 0))
    for number in range(1, passes + 1):
        rows = [predict(network, source, draft, tracer, system, options, number, passes, random) for draft in drafts]
        best = max(range(len(drafts)), key=lambda index: (drafts[index].score, -index))
        done = not any(draft.open for draft in drafts)
        stop = drafts[best].stop or ("budget" if number == passes and system in ("inat", "fast-dllm") else "fixed")
        width = max(len(draft.shown) for draft in drafts) + 2
        more = beam(tracer, [draft.shown for draft in drafts], [draft.score for draft in drafts], best)
        tracer.step("predict", rows[best], width * len(drafts), **more, **({"stop": stop} if done else {}))
        if done:
            break
    ranked = sorted(drafts, key=lambda draft: -draft.score)
    results = [{"ids": finish_output(draft.shown, END, DROP, MASK), "score": draft.score} for draft in ranked]
    return {
        "ids": results[0]["ids"],
        "score": results[0]["score"],
        "stop": stop,
        **({"candidates": results} if len(results) > 1 else {}),
    }


BEAMS = {"single-pass": 3, "inat": 1, "llada": 1, "dream": 1, "fast-dllm": 1, "remdm": 1}


def predict(
    network: ReferenceNetwork,
    source: Source,
    draft: Draft,
    tracer: Tracer,
    system: str,
    options: dict,
    number: int,
    passes: int,
    random: Random,
) -> list[dict]:
    """One pass over one draft; the tokens of its trace."""
    tokens = [
        {**tracer.plain(token, "kept"), "logProbability": certain}
        for token, certain in zip(draft.shown, draft.certain, strict=True)
    ]
    if not draft.open:
        return tokens
    rows = dict(
        zip(
            draft.open,
            network.predict(
                source.tokens(), source.segments(), [BEGIN, *draft.inputs, END], [slot + 1 for slot in draft.open]
            ),
            strict=True,
        )
    )
    reveal = draft.open if number == passes else revealed(system, options, draft, rows, number, passes)
    before = list(draft.shown)
    guessed = {slot: int(row.argmax()) for slot, row in rows.items()}
    for slot, row in rows.items():
        draft.certain[slot] = row[guessed[slot]].item()
        draft.shown[slot] = guessed[slot] if slot in reveal else MASK
        tokens[slot] = shown_token(tracer, guessed[slot], row, before[slot], draft.shown[slot])
    again = [] if number == passes else reopened(system, draft, number, passes, random)
    draft.stop = stopped(system, options, draft, before, number)
    draft.history.append(list(draft.shown))
    draft.open = [] if draft.stop else sorted({slot for slot in rows if slot not in reveal} | set(again))
    if draft.open and all(math.exp(draft.certain[slot]) >= options.get("sureProbability", 2.0) for slot in draft.open):
        for slot in draft.open:
            if draft.shown[slot] == MASK:
                draft.shown[slot] = guessed[slot]
                tokens[slot] = shown_token(tracer, guessed[slot], rows[slot], before[slot], guessed[slot])
        draft.open, draft.stop = [], "confident"
    draft.inputs = [
        MASK if slot in draft.open and system != "inat" else token for slot, token in enumerate(draft.shown)
    ]
    return tokens


def shown_token(tracer: Tracer, guess: int, row: Tensor, before: int, now: int) -> dict:
    state = "masked" if now == MASK else "new" if before == MASK else "kept" if before == now else "changed"
    return {**tracer.predicted(guess, row, state), "id": now, "text": tracer.text(now)}


def revealed(system: str, options: dict, draft: Draft, rows: dict[int, Tensor], number: int, passes: int) -> list[int]:
    """Slots whose prediction is shown."""
    if system in ("single-pass", "inat"):
        return list(rows)
    by_probability = sorted(rows, key=lambda slot: (-rows[slot].max().item(), slot))
    length = len(draft.shown)
    if system == "llada":
        blocks = max(1, min(passes, math.ceil(length / options.get("blockSize", length))))
        block = (number - 1) * blocks // passes
        reach = (block + 1) * math.ceil(length / blocks)
        last = -(-(block + 1) * passes // blocks)
        reachable = [slot for slot in by_probability if slot < reach]
        return reachable[: math.ceil(len(reachable) / (last - number + 1))]
    if system == "dream":
        times = [1 + (1e-3 - 1) * index / passes for index in range(passes + 1)]
        count = math.floor(len(rows) * (1 - times[number] / times[number - 1]))
        return sorted(rows, key=lambda slot: (-ORDERS[options.get("order", "entropy")](rows[slot]), slot))[:count]
    if system == "fast-dllm":
        sure = [
            slot for slot in rows if rows[slot].max().exp().item() >= options.get("sureProbability", FAST_DLLM_SURE)
        ]
        return sure or by_probability[:1]
    hidden = len(rows)
    return by_probability[: max(0, length * number // passes - (length - hidden))]


FAST_DLLM_SURE = 0.7
ORDERS = {
    "probability": lambda row: row.max().item(),
    "margin": lambda row: (row.exp().topk(2).values @ torch.tensor([1.0, -1.0])).item(),
    "entropy": lambda row: (row.exp() * row).sum().item(),
}


def reopened(system: str, draft: Draft, number: int, passes: int, random: Random) -> list[int]:
    """Shown slots that the next pass predicts again."""
    if system == "inat":
        return list(range(len(draft.shown)))
    if system != "remdm":
        return []
    shown = [slot for slot, token in enumerate(draft.shown) if token != MASK]
    most = min(1.0, (1 - (number + 1) / passes) / (number / passes))
    weights = [math.exp(-math.exp(draft.certain[slot])) for slot in shown]
    return [slot for slot, weight in zip(shown, weights, strict=True) if random.next() < most * weight / sum(weights)]


def stopped(system: str, options: dict, draft: Draft, before: list[int], number: int) -> str | None:
    if system == "inat":
        return "stable" if number > 1 and draft.shown == before else "loop" if draft.shown in draft.history else None
    if system == "fast-dllm" and MASK not in draft.shown:
        return (
            "confident"
            if all(math.exp(p) >= options.get("sureProbability", FAST_DLLM_SURE) for p in draft.certain)
            else None
        )
    return None
