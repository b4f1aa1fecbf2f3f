"""N-best voting over corrections: three readings in columns, two must agree (docs/decoders/voting.md)."""

from copy import deepcopy
from math import prod

from ..data.tokenizer import CLOSE_DELETED, OPEN_DELETED
from .correction import advance
from .correction_round import Corrector, Proposal, locks, longest_output
from .network import ReferenceNetwork, Source
from .steps import Tracer
from .token_edits import Edit, apply, compose


def voting(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer, text) -> dict:
    corrector = Corrector(network, tracer, options, text)
    ids, bar = source.ids, options.get("acceptConfidence", 0.5)
    locked, origins = locks(source, options), list(range(len(ids)))
    proposals = corrector.read(source, locked, origins, longest_output(network, source))
    if not proposals:
        tracer.steps[-1]["stop"] = "stable"
        return {"ids": ids, "score": 0.0, "stop": "stable", "edits": []}
    readings, score = [], 0.0
    blind = deepcopy(proposals)
    if any(proposal.slots for proposal in proposals):
        score = corrector.write(source, proposals, locked, origins)["score"]
    readings.append(corrector.edits(ids, proposals))
    if any(proposal.slots for proposal in proposals) and tracer.left >= 1:
        fill_blind(corrector, source, blind, locked, origins)
        readings.append(
            [
                edit
                for edit in corrector.edits(ids, blind)
                if any(p.slots and edit.start <= p.start and p.end <= edit.end for p in blind)
            ]
        )
    corrected, still_locked, moved = advance(source, locked, origins, readings[0])
    heard = not corrected.ids
    if not heard and tracer.left >= 1:
        again = corrector.read(corrected, still_locked, moved, longest_output(network, source))
        heard = not any(proposal.slots for proposal in again)
        if not heard and tracer.left >= 1:
            corrector.write(corrected, again, still_locked, moved)
            heard = True
        if heard:
            sure = [edit for edit in corrector.edits(corrected.ids, again) if edit.confidence >= bar]
            readings.append([edit for edit in compose(readings[0], sure) if edit.ids != ids[edit.start : edit.end]])
    found = columns(ids, readings)
    tracer.steps[-1]["columns"] = [
        {
            "start": low,
            "end": high,
            "agreement": agreement(variants)[1],
            "texts": ["".join(map(tracer.text, v[0])) for v in variants],
        }
        for low, high, variants in found
    ]
    elected = []
    for low, high, variants in found:
        chosen, count = agreement(variants)
        if count >= 2 and chosen != ids[low:high]:
            same = [variant for variant in variants if variant[0] == chosen]
            elected.append(
                Edit(
                    low,
                    high,
                    chosen,
                    sum(p for _, p, _ in same) / len(variants),
                    all(lexicon for _, _, lexicon in same),
                )
            )
    stop = "fixed" if heard else "budget"
    tracer.steps[-1]["stop"] = stop
    return {
        "ids": apply(ids, [edit for edit in elected if edit.confidence >= bar]),
        "score": score,
        "stop": stop,
        "edits": [edit.as_dict() for edit in elected],
    }


def columns(ids: list[int], readings: list[list[Edit]]) -> list[tuple[int, int, list[tuple[list[int], float, bool]]]]:
    ranges: list[list[int]] = []
    for low, high in sorted((edit.start, edit.end) for edits in readings for edit in edits):
        if ranges and (low < ranges[-1][1] or [low, high] == ranges[-1]):
            ranges[-1][1] = max(ranges[-1][1], high)
        else:
            ranges.append([low, high])
    found = []
    for low, high in ranges:
        variants = []
        for edits in readings:
            own = [
                e for e in edits if ((e.start, e.end) == (low, high) if low == high else e.start < high and e.end > low)
            ]
            changed = apply(ids[low:high], [Edit(e.start - low, e.end - low, e.ids, 0, False) for e in own])
            variants.append(
                (changed, prod(e.confidence for e in own) if own else 0.0, bool(own) and all(e.lexicon for e in own))
            )
        found.append((low, high, variants))
    return found


def agreement(variants: list) -> tuple[list[int], int]:
    texts = [variant[0] for variant in variants]
    best = max(texts, key=texts.count)  # the first of equals
    return best, texts.count(best)


def fill_blind(
    corrector: Corrector, source: Source, proposals: list[Proposal], locked: list[bool], origins: list[int]
) -> None:
    """As Corrector.write, but the filler does not see the deleted words."""
    full = corrector.draft(source.ids, proposals)
    hidden, inside = [], False
    for token in full:
        if token in (OPEN_DELETED, CLOSE_DELETED):
            inside = token == OPEN_DELETED
        elif not inside:
            hidden.append(token)
    rows = corrector.fill(source, proposals, hidden)
    shown = corrector.filled_tokens(source, proposals, full, rows, corrector.marks(locked, origins), origins)
    kept_or_filled = [token for token in shown if token["state"] != "deleted" or token["alternatives"]]
    corrector.tracer.step("fill", kept_or_filled, len(hidden) + 2)
