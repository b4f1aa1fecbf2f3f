"""Edits over source tokens: how they are applied, when two of them touch, and how edits of edits are one."""

from dataclasses import dataclass


@dataclass
class Edit:
    start: int
    end: int
    ids: list[int]
    confidence: float
    lexicon: bool

    def as_dict(self) -> dict:
        return {
            "start": self.start,
            "end": self.end,
            "ids": self.ids,
            "confidence": self.confidence,
            "lexicon": self.lexicon,
        }


def apply(ids: list[int], edits: list[Edit]) -> list[int]:
    output, at = [], 0
    for edit in edits:
        output += ids[at : edit.start] + edit.ids
        at = edit.end
    return output + ids[at:]


def touch(left: Edit, right: Edit) -> bool:
    if left.start == left.end or right.start == right.end:
        return left.start <= right.end and right.start <= left.end
    return left.start < right.end and right.start < left.end


def compose(first: list[Edit], second: list[Edit]) -> list[Edit]:
    """X -> Z from X -> Y and Y -> Z. What overlaps in Y becomes one edit,
    and so does what meets where one side is empty.
    """
    parts, shift = [], 0
    for edit in first:
        parts.append((edit.start + shift, edit.start + shift + len(edit.ids), False, edit))
        shift += len(edit.ids) - (edit.end - edit.start)
    parts += [(edit.start, edit.end, True, edit) for edit in second]
    parts.sort(key=lambda part: part[:3])
    clusters: list[list] = []
    for part in parts:
        if clusters:
            cluster = clusters[-1]
            end = max(member[1] for member in cluster)
            mixed = any(member[2] != part[2] for member in cluster)
            meets = part[0] == end and mixed and (part[0] == part[1] or any(m[0] == m[1] == part[0] for m in cluster))
            if part[0] < end or meets:
                cluster.append(part)
                continue
        clusters.append([part])
    edits, shift = [], 0
    for cluster in clusters:
        low, high = min(part[0] for part in cluster), max(part[1] for part in cluster)
        start = low - shift
        shift += sum(len(part[3].ids) - (part[3].end - part[3].start) for part in cluster if not part[2])
        end = high - shift
        middle = [None] * (high - low)
        for left, right, late, edit in cluster:
            if not late:
                middle[left - low : right - low] = edit.ids
        written = apply(
            middle, [Edit(left - low, right - low, edit.ids, 0, False) for left, right, late, edit in cluster if late]
        )
        confidence = 1.0
        for part in cluster:
            confidence *= part[3].confidence
        if start == end and edits and edits[-1].start == edits[-1].end == start:
            last = edits.pop()  # two insertions at one place are one
            written, confidence = last.ids + written, last.confidence * confidence
        if start < end or written:
            edits.append(Edit(start, end, written, confidence, all(part[3].lexicon for part in cluster)))
    return edits
