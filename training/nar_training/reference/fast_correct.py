"""FastCorrect durations from the operation and gap heads (docs/decoders/fast-correct.md)."""

import torch

from ..data.align import DELETE, GENERATE, KEEP
from .correction import after_one_round
from .correction_round import Corrector, Proposal, locks, longest_output
from .network import Heads, ReferenceNetwork, Source
from .steps import Tracer


def duration(operation: list[float], gap: list[float], edited: bool) -> list[float]:
    """P(d = k), or P(d = k and edited): delete owns what the gap misses, keep and generate one more."""
    first = operation[DELETE] * gap[0]
    second = operation[DELETE] * gap[1] + (operation[GENERATE] + (0 if edited else operation[KEEP])) * gap[0]
    rest = [
        operation[DELETE] * (gap[k] if k < len(gap) else 0) + (1 - operation[DELETE]) * gap[k - 1]
        for k in range(2, len(gap) + 1)
    ]
    return [first, second, *rest]


def best(values: list[float]) -> tuple[int, float]:
    index = max(range(len(values)), key=values.__getitem__)
    return index, values[index]


class FastCorrector(Corrector):
    def propose(self, source: Source, locked: list[bool], heads: Heads) -> list[Proposal]:
        bar = self.options.get("minimumEditProbability", 0.2)
        scaled = self.probabilities(heads.operation, "operation").tolist()
        biased = self.probabilities(heads.operation, "operation", self.options.get("keepBias", 0.0)).tolist()
        gaps = self.probabilities(heads.insertion, "insertion").tolist()
        fixed = [a or b for a, b in zip(source.protected, locked, strict=True)]
        counts = [0 if 1 - gap[0] < bar else 1 + best(gap[1:])[0] for gap in gaps]
        found: list[Proposal] = []

        def own(start: int, durations: list[tuple[int, float]], before: int) -> None:
            product = 1.0
            for _, probability in durations:
                product *= probability
            probability = product ** (1 / len(durations)) * (gaps[0][before] if before else 1)
            durations = [(durations[0][0] + before, durations[0][1]), *durations[1:]]
            found.append(
                Proposal(
                    start,
                    start + len(durations),
                    sum(count for count, _ in durations),
                    probability,
                    durations=[c for c, _ in durations],
                )
            )

        for start, end, candidates in self.units(source):
            edited = not any(fixed[start:end]) and sum(1 - p[KEEP] for p in biased[start:end]) / (end - start) >= bar
            before = counts[0] if start == 0 else 0
            usable = [c for c in candidates or [] if c and c != source.ids[start:end]]
            grown = (1 + counts[end], gaps[end][counts[end]])
            if edited and usable and scaled[start][DELETE] <= scaled[start][GENERATE]:
                same = [c for c in usable if len(c) == len(usable[0])]
                slots, size = len(same[0]), end - start
                durations = [int(i < slots) for i in range(size)]
                durations[-1] += max(0, slots - size)
                probability = sum(1 - p[KEEP] for p in scaled[start:end]) / size
                found.append(Proposal(start, end, slots, probability, None, same, durations=durations))
            elif edited:
                own(start, [best(duration(scaled[i], gaps[i + 1], True)) for i in range(start, end)], before)
            elif before and end - start == 1 and not fixed[start]:
                own(start, [grown], before)
            else:
                if before and not fixed[0]:
                    own(0, [(1, 1.0)], before)
                if counts[end] and not fixed[end - 1]:
                    own(end - 1, [grown], 0)
        return found


def fast_correct(network: ReferenceNetwork, source: Source, options: dict, tracer: Tracer, text) -> dict:
    corrector = FastCorrector(network, tracer, options, text)
    locked, origins = locks(source, options), list(range(len(source.ids)))
    proposals = corrector.read(source, locked, origins, longest_output(network, source))
    heads = network.encode(source.tokens(), source.segments())
    operations, gaps = (
        torch.softmax(heads.operation.double(), -1).tolist(),
        torch.softmax(heads.insertion.double(), -1).tolist(),
    )
    counts = [1] * len(source.ids)
    for proposal in proposals:
        counts[proposal.start : proposal.end] = proposal.durations
    for index, (token, count) in enumerate(zip(tracer.steps[-1]["tokens"], counts, strict=True)):
        shown = duration(operations[index], gaps[index + 1], False)
        token["duration"] = {"count": count, "probability": shown[count] if count < len(shown) else 0.0}
    if any(proposal.slots for proposal in proposals):
        corrector.write(source, proposals, locked, origins)
    edits = corrector.edits(source.ids, proposals)
    return after_one_round(source, options, tracer, edits, bool(proposals))
