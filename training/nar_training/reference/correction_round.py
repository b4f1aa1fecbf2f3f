"""One round of a correction: what the heads propose, the draft, its fills, and the edits that they make."""

from dataclasses import dataclass, field

import torch
from torch import Tensor

from ..data.align import DELETE, GENERATE, KEEP, build_draft
from ..data.tokenizer import BEGIN, CLOSE_DELETED, DROP, END, MASK, OPEN_DELETED
from .network import Heads, ReferenceNetwork, Source
from .steps import Tracer
from .token_edits import Edit
from .token_words import is_space, word_starts


@dataclass
class Proposal:
    start: int
    end: int
    slots: int
    probability: float
    gap: dict | None = None
    candidates: list[list[int]] | None = None
    durations: list[int] = field(default_factory=list)
    fills: list[int] = field(default_factory=list)
    fill_probability: float = 1.0


class Corrector:
    def __init__(self, network: ReferenceNetwork, tracer: Tracer, options: dict, text, select=list):
        """`select` takes its pick of a round's proposals."""
        self.network, self.tracer, self.options, self.text, self.select = network, tracer, options, text, select

    def probabilities(self, logits: Tensor, head: str, bias: float = 0.0) -> Tensor:
        shifted = logits.double()
        if bias:
            shifted = shifted + torch.tensor([bias, 0.0, 0.0], dtype=torch.double)
        return torch.softmax(shifted / self.options.get("temperatures", {}).get(head, 1.0), -1)

    def units(self, source: Source) -> list[tuple[int, int, list | None]]:
        """Words, cut where a lexicon range begins or ends; a range is one unit whatever words it covers."""
        count = len(source.ids)
        ranges = {(entry["start"], entry["end"]): entry["candidates"] for entry in source.lexicon}
        cuts = set(word_starts([self.text(token) for token in source.ids])) | {count}
        for start, end in ranges:
            cuts = {cut for cut in cuts if not start < cut < end} | {start, end}
        bounds = sorted(cuts)
        return [(start, end, ranges.get((start, end))) for start, end in zip(bounds, bounds[1:], strict=False)]

    def propose(self, source: Source, locked: list[bool], heads) -> list[Proposal]:
        bar = self.options.get("minimumEditProbability", 0.2)
        count = len(source.ids)
        scaled = self.probabilities(heads.operation, "operation")
        biased = self.probabilities(heads.operation, "operation", self.options.get("keepBias", 0.0))
        gaps, raw_gaps = self.probabilities(heads.insertion, "insertion"), torch.softmax(heads.insertion.double(), -1)
        proposals: list[Proposal] = []
        taken: set[int] = set()

        def insertion(gap: int) -> None:
            if gap in taken or 1 - gaps[gap, 0] < bar:
                return
            if 0 < gap < count and source.protected[gap - 1] and source.protected[gap]:
                return
            slots = int(gaps[gap, 1:].argmax()) + 1
            proposals.append(
                Proposal(
                    gap,
                    gap,
                    slots,
                    gaps[gap, slots].item(),
                    {"count": slots, "probability": raw_gaps[gap, slots].item()},
                )
            )

        for start, end, candidates in self.units(source):
            insertion(start)
            inside = range(start, end)
            if any(source.protected[i] or locked[i] for i in inside) or (1 - biased[start:end, 0]).mean() < bar:
                continue
            taken.add(end)
            usable = [c for c in candidates or [] if c and c != source.ids[start:end]]
            if usable and scaled[start, DELETE] <= scaled[start, GENERATE]:
                same = [c for c in usable if len(c) == len(usable[0])]
                proposals.append(
                    Proposal(start, end, len(same[0]), (1 - scaled[start:end, 0]).mean().item(), None, same)
                )
                continue
            chosen = torch.maximum(scaled[start:end, DELETE], scaled[start:end, GENERATE])
            proposal = Proposal(
                start,
                end,
                int((scaled[start:end, GENERATE] >= scaled[start:end, DELETE]).sum()),
                chosen.log().mean().exp().item(),
            )
            extra = int(gaps[end].argmax())
            if extra:
                proposal.slots += extra
                proposal.probability *= gaps[end, extra].item()
                proposal.gap = {"count": extra, "probability": raw_gaps[end, extra].item()}
            proposals.append(proposal)
        insertion(count)
        return proposals

    def fit(self, proposals: list[Proposal], size: int, longest: int) -> list[Proposal]:
        """The likeliest first: the draft must fit the positions, and the output may be `longest` tokens at most."""
        kept: list[Proposal] = []
        tokens, growth = size, 0
        for proposal in sorted(proposals, key=lambda p: (-p.probability, p.start)):
            deleted = proposal.end - proposal.start
            cost, added = proposal.slots + (2 if deleted else 0), max(0, proposal.slots - deleted)
            if tokens + cost <= self.network.maximum_positions - 2 and growth + added <= longest - size:
                kept.append(proposal)
                tokens, growth = tokens + cost, growth + added
        return [proposal for proposal in proposals if proposal in kept]

    def draft(self, ids: list[int], proposals: list[Proposal]) -> list[int]:
        """By way of the training labels' own draft builder."""
        operations, insertions = [KEEP] * len(ids), [0] * (len(ids) + 1)
        for proposal in proposals:
            size = proposal.end - proposal.start
            written = min(size, proposal.slots)
            operations[proposal.start : proposal.end] = [GENERATE] * written + [DELETE] * (size - written)
            insertions[proposal.end] += proposal.slots - written
        return build_draft(ids, operations, insertions, [0] * sum(proposal.slots for proposal in proposals))[0]

    def fill(self, source: Source, proposals: list[Proposal], draft: list[int]) -> list[Tensor]:
        """Fills every proposal; returns the log-probabilities of the slots in order."""
        places = [index for index, token in enumerate(draft) if token == MASK]
        rows = self.network.predict(
            source.tokens(), source.segments(), [BEGIN, *draft, END], [place + 1 for place in places]
        )
        temperature = self.options.get("temperatures", {}).get("fill", 1.0)
        used = 0
        for proposal in proposals:
            own = rows[used : used + proposal.slots]
            used += proposal.slots
            if proposal.candidates:
                scores = torch.tensor(
                    [sum(row[token].item() for row, token in zip(own, c, strict=True)) for c in proposal.candidates],
                    dtype=torch.double,
                )
                chosen = int(scores.argmax())
                proposal.fills = proposal.candidates[chosen]
                proposal.fill_probability = torch.softmax(scores / temperature, 0)[chosen].item()
                continue
            for row in own:
                best = torch.topk(row, 2).indices.tolist()
                token = best[1] if best[0] == END else best[0]
                proposal.fills.append(token)
                proposal.fill_probability *= self.scaled(row, token, temperature)
        return list(rows)

    def scaled(self, row: Tensor, token: int, temperature: float) -> float:
        """Top 8 and the rest as one class: all that the graph gives the host."""
        if temperature == 1:
            return row[token].exp().item()
        best = torch.topk(row, self.network.candidates).values.double().exp()
        total = (best ** (1 / temperature)).sum().item() + max(0.0, 1 - best.sum().item()) ** (1 / temperature)
        return row[token].double().exp().item() ** (1 / temperature) / total

    def edits(self, ids: list[int], proposals: list[Proposal]) -> list[Edit]:
        groups: list[list[Proposal]] = []
        for proposal in proposals:
            last = groups[-1] if groups else None
            adjacent = (
                last is not None and last[-1].end == proposal.start and last[-1].start < proposal.start < proposal.end
            )
            if adjacent:
                before = [token for member in last for token in member.fills if token != DROP]
                after = [token for token in proposal.fills if token != DROP]
                alone = (
                    before
                    and after
                    and is_space(self.text(after[0])[:1]) == is_space(self.text(ids[proposal.start])[:1])
                )
                lesser, greater = sorted((min(member.probability for member in last), proposal.probability))
                if not alone and lesser >= greater / 2:  # a doubtful action is no half of a sure one's change
                    last.append(proposal)
                    continue
            groups.append([proposal])
        edits = []
        for group in groups:
            action = min(proposal.probability for proposal in group)
            fill = 1.0
            for proposal in group:
                fill *= proposal.fill_probability
            written = [token for proposal in group for token in proposal.fills if token != DROP]
            edit = Edit(
                group[0].start, group[-1].end, written, action * fill, all(p.candidates is not None for p in group)
            )
            if written != ids[edit.start : edit.end]:
                edits.append(edit)
        return edits

    def round(self, source: Source, locked: list[bool], origins: list[int], longest: int) -> tuple[list[Edit], bool]:
        """Edits over this round's tokens, and whether anything was proposed."""
        proposals = self.read(source, locked, origins, longest)
        if any(proposal.slots for proposal in proposals):
            self.write(source, proposals, locked, origins)
        return self.edits(source.ids, proposals), bool(proposals)

    @staticmethod
    def marks(locked: list[bool], origins: list[int]):
        return lambda index: {
            **({"sourceIndex": origins[index]} if origins[index] >= 0 else {}),
            **({"locked": True} if locked[index] else {}),
        }

    def read(self, source: Source, locked: list[bool], origins: list[int], longest: int) -> list[Proposal]:
        """The encode step."""
        heads = self.network.encode(source.tokens(), source.segments())
        proposals = (
            self.fit(self.select(self.propose(source, locked, heads)), len(source.ids), longest)
            if self.suspect(heads)
            else []
        )
        operations = torch.softmax(heads.operation.double(), -1).tolist()
        marks = self.marks(locked, origins)
        gone = {index for proposal in proposals for index in range(proposal.start, proposal.end)}
        tokens = [
            self.tracer.plain(
                token, "deleted" if index in gone else "given", **marks(index), operation=operations[index]
            )
            for index, token in enumerate(source.ids)
        ]
        more = {}
        for proposal in proposals:
            if proposal.gap and proposal.end > 0:
                tokens[proposal.end - 1]["gap"] = proposal.gap
            elif proposal.gap:
                more["leadingGap"] = proposal.gap
        self.tracer.step("encode", tokens, len(source.ids) + 3, **more)
        return proposals

    def suspect(self, heads: Heads) -> bool:
        """Sentence gate: the likeliest error of all tokens and gaps."""
        most = max(
            (1 - self.probabilities(heads.operation, "operation")[:, KEEP]).max(),
            (1 - self.probabilities(heads.insertion, "insertion")[:, 0]).max(),
        )
        return most.item() >= self.options.get("minimumErrorProbability", 0)

    def write(self, source: Source, proposals: list[Proposal], locked: list[bool], origins: list[int]) -> dict:
        """The fill step."""
        draft = self.draft(source.ids, proposals)
        rows = self.fill(source, proposals, draft)
        return self.tracer.step(
            "fill",
            self.filled_tokens(source, proposals, draft, rows, self.marks(locked, origins), origins),
            len(draft) + 2,
        )

    def filled_tokens(
        self, source: Source, proposals: list[Proposal], draft: list[int], rows: list[Tensor], marks, origins: list[int]
    ) -> list[dict]:
        slots = iter([(proposal, slot) for proposal in proposals for slot in range(proposal.slots)])
        filled = iter(rows)
        tokens, index, inside = [], 0, False
        for token in draft:
            if token in (OPEN_DELETED, CLOSE_DELETED):
                inside = token == OPEN_DELETED
            elif token == MASK:
                proposal, slot = next(slots)
                new = proposal.fills[slot]
                state = "deleted" if new == DROP else "changed" if proposal.end > proposal.start else "inserted"
                at = proposal.start + slot
                more = {"sourceIndex": origins[at]} if at < proposal.end and origins[at] >= 0 else {}
                tokens.append(self.tracer.predicted(new, next(filled), state, **more))
            else:
                tokens.append(self.tracer.plain(token, "deleted" if inside else "kept", **marks(index)))
                index += 1
        return tokens


def longest_output(network: ReferenceNetwork, source: Source) -> int:
    return min(max(10, 2 * len(source.ids)), network.maximum_positions - 3)


def locks(source: Source, options: dict) -> list[bool]:
    return [index in options.get("lockedTokens", []) for index in range(len(source.ids))]
