"""Edit tags and the Levenshtein loop (docs/decoders/edit-tags.md, levenshtein.md)."""

from .correction_round import Corrector, locks, longest_output
from .network import ReferenceNetwork, Source
from .steps import Tracer
from .token_edits import Edit, apply, compose, touch


def edit_tags(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer, text) -> dict:
    edits, proposed = Corrector(network, tracer, options, text).round(
        source, locks(source, options), list(range(len(source.ids))), longest_output(network, source)
    )
    return after_one_round(source, options, tracer, edits, proposed)


def after_one_round(source: Source, options: dict, tracer: Tracer, edits: list[Edit], proposed: bool) -> dict:
    stop = "fixed" if proposed else "stable"
    tracer.steps[-1]["stop"] = stop
    accepted = [edit for edit in edits if edit.confidence >= options.get("acceptConfidence", 0.5)]
    return {
        "ids": apply(source.ids, accepted),
        "score": tracer.steps[-1]["score"],
        "stop": stop,
        "edits": [edit.as_dict() for edit in edits],
    }


def levenshtein(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer, text, select=list) -> dict:
    corrector = Corrector(network, tracer, options, text, select)
    bar = options.get("acceptConfidence", 0.5)
    current, locked, origins = source, locks(source, options), list(range(len(source.ids)))
    whole: list[Edit] = []
    seen = {tuple(source.ids)}
    score = 0.0
    while True:
        steps = len(tracer.steps)
        edits, _ = corrector.round(current, locked, origins, longest_output(network, source))
        if len(tracer.steps) - steps == 2:
            score = tracer.steps[-1]["score"]
        accepted = [edit for edit in edits if edit.confidence >= bar]
        weak = [
            moved for edit in edits if edit.confidence < bar and (moved := carry_back(edit, origins, len(source.ids)))
        ]
        whole = [edit for edit in compose(whole, accepted) if edit.ids != source.ids[edit.start : edit.end]]
        reported = sorted(
            [*whole, *[edit for edit in weak if not any(touch(edit, other) for other in whole)]],
            key=lambda e: (e.start, e.end),
        )
        current, locked, origins = advance(current, locked, origins, accepted)
        key = tuple(current.ids)
        stop = (
            "stable"
            if not accepted
            else "loop"
            if key in seen
            else "empty"
            if not key
            else None
            if tracer.left >= 2
            else "budget"
        )
        seen.add(key)
        if stop:
            tracer.steps[-1]["stop"] = stop
            return {
                "ids": apply(source.ids, whole),
                "score": score,
                "stop": stop,
                "edits": [edit.as_dict() for edit in reported],
            }


def advance(
    source: Source, locked: list[bool], origins: list[int], edits: list[Edit]
) -> tuple[Source, list[bool], list[int]]:
    marked = apply(list(range(len(source.ids))), [Edit(e.start, e.end, [-1] * len(e.ids), 0, False) for e in edits])
    lexicon = []
    for entry in source.lexicon:
        if entry["start"] in marked:
            start = marked.index(entry["start"])
            size = entry["end"] - entry["start"]
            if marked[start : start + size] == list(range(entry["start"], entry["end"])):
                lexicon.append({**entry, "start": start, "end": start + size})
    return (
        Source(source.task, apply(source.ids, edits), [i >= 0 and source.protected[i] for i in marked], lexicon),
        [i >= 0 and locked[i] for i in marked],
        [-1 if i < 0 else origins[i] for i in marked],
    )


def carry_back(edit: Edit, origins: list[int], length: int) -> Edit | None:
    """The edit over the user's tokens, if it and its neighbours are untouched and still side by side."""
    around = [-1, *origins, length][edit.start : edit.end + 2]  # from the token before to the token after
    if any(token < 0 for token in around[1:]) or (edit.start > 0 and around[0] < 0):
        return None
    if any(right != left + 1 for left, right in zip(around, around[1:], strict=False)):
        return None
    return Edit(around[0] + 1, around[-1], edit.ids, edit.confidence, edit.lexicon)
