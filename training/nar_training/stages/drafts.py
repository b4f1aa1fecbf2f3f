"""Proposed edits of a sentence as the draft that the network fills (docs/model-format.md, "Edit labels")."""

from dataclasses import dataclass

from ..data.tokenizer import CLOSE_DELETED, MASK, OPEN_DELETED


@dataclass
class Proposal:
    start: int  # tokens [start, end) of the source
    end: int
    slots: int
    probability: float


def build_draft(ids: list[int], proposals: list[Proposal]) -> tuple[list[int], list[tuple[int, int, int]]]:
    """Draft tokens and (proposal, slot, draft index); neighbouring proposals share one bracket."""
    draft: list[int] = []
    slots: list[tuple[int, int, int]] = []

    def place(index: int) -> None:
        for slot in range(proposals[index].slots):
            slots.append((index, slot, len(draft)))
            draft.append(MASK)

    following, at = 0, 0
    while at <= len(ids):
        while following < len(proposals) and proposals[following].start == proposals[following].end == at:
            place(following)
            following += 1
        if at == len(ids):
            break
        if following == len(proposals) or proposals[following].start != at:
            draft.append(ids[at])
            at += 1
            continue
        first = following
        draft.append(OPEN_DELETED)
        while following < len(proposals) and proposals[following].start == at < proposals[following].end:
            draft += ids[at : proposals[following].end]
            at = proposals[following].end
            following += 1
        draft.append(CLOSE_DELETED)
        for index in range(first, following):
            place(index)
    return draft, slots
