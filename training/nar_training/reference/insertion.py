"""Insertion Transformer: at most one token a gap and pass, all gaps at once (docs/decoders/insertion.md)."""

from dataclasses import replace
from math import ceil, log2

from ..data.tokenizer import BEGIN, DROP, END, MASK
from .correction import levenshtein
from .correction_round import Proposal, longest_output
from .generation import given
from .levenshtein_draft import Draft, shown, start_draft
from .network import ReferenceNetwork, Source
from .steps import Tracer, finish_output
from .token_words import word_starts


def missing_words(proposals: list[Proposal]) -> list[Proposal]:
    return [
        replace(proposal, slots=1, gap={**proposal.gap, "count": 1})
        for proposal in proposals
        if proposal.start == proposal.end
    ]


def usual_passes(network: ReferenceNetwork, source: Source) -> int:
    return 3 if source.task == "fix" else ceil(log2(longest_output(network, source) + 1)) + 1


def insertion(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer, text) -> dict:
    tracer.budget = options.get("passes", usual_passes(network, source))
    if source.task == "fix":
        return levenshtein(network, source, options, tracer, text, missing_words)
    tracer.step("encode", given(tracer, source), len(source.ids) + 3)
    draft: Draft = [token for token in start_draft(source, options) if token[0] != MASK]
    starts = word_starts([tracer.text(token) for token in source.ids])
    longest, score = longest_output(network, source), 0.0
    while True:
        target, rows = [BEGIN], {}
        for gap in range(len(draft) + 1):
            if not inside_locked_word(draft, gap, starts):
                rows[gap] = len(target)
                target.append(MASK)
            if gap < len(draft):
                target.append(draft[gap][0])
        log_probs = dict(
            zip(
                rows,
                network.predict(source.tokens(), source.segments(), [*target, END], list(rows.values())),
                strict=True,
            )
        )
        best = {}
        for gap, row in log_probs.items():
            free = row.clone()
            free[[DROP, END]] = float("-inf")
            best[gap] = int(free.argmax())
        wanted = [
            gap for gap, row in log_probs.items() if row[best[gap]] > row[DROP] - options.get("noInsertionPenalty", 0)
        ]
        wanted.sort(key=lambda gap: (-log_probs[gap][best[gap]].item(), gap))
        taken = set(wanted[: max(0, longest - len(draft))])
        tokens, grown, more = [], [], {}
        for gap in range(len(draft) + 1):
            said = {}
            if gap in log_probs:
                nothing = log_probs[gap][DROP].exp().item()
                said = {"gap": {"count": int(gap in taken), "probability": 1 - nothing if gap in taken else nothing}}
            if gap:
                tokens.append({**shown(tracer, draft[gap - 1], "kept"), **said})
                grown.append(draft[gap - 1])
            elif said:
                more["leadingGap"] = said["gap"]
            if gap in taken:
                tokens.append(tracer.predicted(best[gap], log_probs[gap], "inserted"))
                grown.append((best[gap], -1))
        step = tracer.step("insert", tokens, len(target) + 1, **more)
        draft, score = grown, step["score"] if taken else score
        stop = "stable" if not taken else "fixed" if len(draft) >= longest else "budget" if tracer.left < 1 else None
        if stop:
            step["stop"] = stop
            return {"ids": finish_output([token for token, _ in draft], END, DROP, MASK), "score": score, "stop": stop}


def inside_locked_word(draft: Draft, gap: int, starts: list[int]) -> bool:
    if not 0 < gap < len(draft):
        return False
    left, right = draft[gap - 1][1], draft[gap][1]
    return left >= 0 and right == left + 1 and right not in starts
