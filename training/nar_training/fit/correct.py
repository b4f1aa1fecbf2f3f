"""Correction as the host does it (edit-tags: one encode, at most one fill), for thresholds and scores.

Twin of src/decode/edit/{proposals,felix-draft,fills}.ts at batch 1, so that int8 results are the host's. Every edit carries the
host's confidence: P(action) · Π p(fill); words of the lexical prior choose among the prior's candidates.
"""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Encoding, Tokenizer

from ..data.align import split_words
from ..data.tokenizer import BEGIN, CLOSE_DELETED, DROP, END, FIX, MASK, OPEN_DELETED
from ..package.export import OUTPUTS, open_session
from ..prior.confused_words import confused_spans
from ..prior.features import PROTECTED_SPAN, lexicon_range, segments_of
from ..prior.near_words import Prior

LOWEST = 0.2  # proposals below this probability of an edit are not even filled (host: defaultMinimumEditProbability)
SUSPECT = 0.6  # no word and no gap that is wrong with this probability: no fill pass (host: leastErrorProbability)
CANDIDATES = 8
SETTLED = 0.9  # least confidence of a settled word's correction (host: settledConfidence)
SURE_OTHER = 0.5


@dataclass
class Edit:
    start: int  # tokens [start, end) of the source
    end: int
    ids: list[int]
    confidence: float
    lexicon: bool
    action: float = 1.0  # P(edit) alone, without the fill
    settled: bool = False  # a word of the lists with one correction only
    near: bool = False  # one of the neighbours of an unknown word, or that word in two


@dataclass
class Proposal:
    start: int
    end: int
    slots: int
    probability: float
    candidates: list[list[int]] | None = None
    listed: bool = False  # the candidates come from the misspelling lists, not from near words


def softmax(logits: np.ndarray, temperature: float) -> np.ndarray:
    scaled = logits.astype(np.float64) / temperature
    exponent = np.exp(scaled - scaled.max(-1, keepdims=True))
    return exponent / exponent.sum(-1, keepdims=True)


class Corrector:
    def __init__(
        self, model: Path, tokenizer: Tokenizer, prior: Prior | None, temperatures: dict[str, float] | None = None
    ):
        self.session, self.tokenizer, self.prior = open_session(model), tokenizer, prior
        self.temperatures = {"operation": 1.0, "insertion": 1.0, "fill": 1.0} | (temperatures or {})
        shape = next(value for value in self.session.get_inputs() if value.name == "past_keys").shape
        self.cache_shape = (shape[0], 1, shape[2], 0, shape[4])

    def forward(
        self,
        tokens: list[int],
        segments: list[int],
        cache: tuple[np.ndarray, np.ndarray] | None,
        rows: list[int],
        score_ids: list[int],
    ) -> dict[str, np.ndarray]:
        length = len(tokens)
        empty = np.zeros(self.cache_shape, np.float32)
        keys, values = cache or (empty, empty)
        inputs = {
            "token_ids": np.array([tokens]),
            "positions": np.arange(length)[None],
            "segments": np.array([segments]),
            "attention_mask": np.ones((1, length, length), bool),
            "past_mask": np.ones((1, keys.shape[3]), bool),
            "past_keys": keys,
            "past_values": values,
            "logit_positions": np.array([rows], np.int64).reshape(1, -1),
            "score_ids": np.array([score_ids], np.int64).reshape(1, -1),
        }
        return dict(zip(OUTPUTS, self.session.run(OUTPUTS, inputs), strict=True))

    def edits(self, text: str) -> tuple[Encoding, list[Edit]]:
        encoding = self.tokenizer.encode(text)
        ids = encoding.ids
        if not ids or len(ids) > 500:
            return encoding, []
        segments = segments_of(text, encoding, self.prior)
        result = self.forward([BEGIN, FIX, *ids, END], [0, 0, *segments, 0], None, [], [])
        proposals = self.propose(text, encoding, segments, result)
        if not proposals:
            return encoding, self.settled_words(text, encoding, [])
        draft, slots = build_draft(ids, proposals)
        queries = [
            (proposal, slot, at, candidate)
            for proposal, slot, at in slots
            for candidate in (proposals[proposal].candidates or [None])
        ]
        fill = None
        if queries:
            rows = [at + 1 for _, _, at, _ in queries]
            scores = [candidate[slot] if candidate else 0 for _, slot, _, candidate in queries]
            fill = self.forward(
                [BEGIN, *draft, END], [1] * (len(draft) + 2), (result["keys"], result["values"]), rows, scores
            )
        return encoding, self.settled_words(text, encoding, self.read(ids, proposals, queries, fill))

    def settled_words(self, text: str, encoding: Encoding, edits: list[Edit]) -> list[Edit]:
        """Words that need no judge join the edits. Twin of src/english/prior/settled-words.ts, which says why."""
        if not self.prior:
            return edits
        found = self.prior.lexicon.candidate_spans(text)
        listed = {span[:2]: span[2] for span in found}
        confused = {span[:2]: span[2] for span, settled in confused_spans(text) if settled}
        articles = {span[:2]: span[2] for span, misspelled in self.prior.articles(text, found) if misspelled}
        # In the host's order: where two overlap, the later one finds a sure edit in its place.
        units = self.units(text, encoding) if listed or confused or articles else []
        for known, unknown_only in ((listed, True), (confused, False), (articles, False)):
            for start, end, candidates, span in units:
                if not candidates or len(known.get(span, ())) != 1:
                    continue
                word = text[slice(*span)]
                if (unknown_only and word.lower() in self.prior.lower) or (
                    word[0].isupper() and text[: span[0]].strip()
                ):
                    continue
                ids = candidates[0]
                same = next((edit for edit in edits if (edit.start, edit.end, edit.ids) == (start, end, ids)), None)
                others = [edit for edit in edits if edit is not same and edit.start < end and start < edit.end]
                if any(edit.confidence >= SURE_OTHER for edit in others):
                    continue
                edits = [edit for edit in edits if edit is not same and edit not in others]
                edits.append(
                    Edit(
                        start,
                        end,
                        ids,
                        same.confidence if same else SETTLED,
                        True,
                        same.action if same else SETTLED,
                        True,
                    )
                )
        return sorted(edits, key=lambda edit: (edit.start, edit.end))

    def propose(
        self, text: str, encoding: Encoding, segments: list[int], result: dict[str, np.ndarray]
    ) -> list[Proposal]:
        operation = softmax(result["operation_logits"][0, 2:-1], self.temperatures["operation"])  # [N, 3]
        gaps = softmax(result["insertion_logits"][0, 1:], self.temperatures["insertion"])  # [N + 1, 8]
        if max((1 - operation[:, 0]).max(), (1 - gaps[:, 0]).max()) < SUSPECT:
            return []
        ids, proposals, taken = encoding.ids, [], 0

        def insertion(gap: int) -> None:
            if 1 - gaps[gap, 0] >= LOWEST:
                count = int(gaps[gap, 1:].argmax()) + 1
                proposals.append(Proposal(gap, gap, count, float(gaps[gap, count])))

        listed = {span[:2] for span in self.prior.listed_spans(text)} if self.prior else set()
        for start, end, candidates, span in self.units(text, encoding):
            inside = start > 0 and segments[start - 1] == segments[start] == PROTECTED_SPAN
            if start >= taken and not inside:
                insertion(start)
            edited = 1 - operation[start:end, 0]
            if PROTECTED_SPAN in segments[start:end] or edited.mean() < LOWEST:
                continue
            if candidates and operation[start, 1] <= operation[start, 2]:
                same = [c for c in candidates if len(c) == len(candidates[0])]
                proposals.append(Proposal(start, end, len(same[0]), float(edited.mean()), same, span in listed))
            else:
                generate = operation[start:end, 2] >= operation[start:end, 1]
                likelier = operation[start:end, 1:].max(1)
                count = int(gaps[end].argmax())
                probability = math.exp(np.log(likelier).mean()) * (float(gaps[end, count]) if count else 1.0)
                proposals.append(Proposal(start, end, int(generate.sum()) + count, probability))
            taken = end + 1
        if len(ids) >= taken:
            insertion(len(ids))
        return proposals

    def units(
        self, text: str, encoding: Encoding
    ) -> list[tuple[int, int, list[list[int]] | None, tuple[int, int] | None]]:
        """Words as token ranges; where the prior knows one, its candidates' ids (leading blank kept)
        and its characters.
        """
        offsets, known = encoding.offsets, {}
        for start, end, candidates in self.prior.candidate_spans(text) if self.prior else []:
            covered = lexicon_range(text, offsets, start, end)
            if covered:
                blank = text[offsets[covered[0]][0] : start]
                encoded = [self.tokenizer.encode(blank + candidate).ids for candidate in candidates]
                known[covered] = [c for c in encoded if c and c != encoding.ids[slice(*covered)]], (start, end)
        units, position = [], 0
        for ids, _ in split_words(encoding, text):
            units.append((position, position + len(ids), *known.get((position, position + len(ids)), (None, None))))
            position += len(ids)
        return units

    def read(
        self, ids: list[int], proposals: list[Proposal], queries: list[tuple], fill: dict[str, np.ndarray] | None
    ) -> list[Edit]:
        edits: list[Edit] = []
        for index, proposal in enumerate(proposals):
            own = [at for at, query in enumerate(queries) if query[0] == index]
            written, probability = [], 1.0
            if proposal.candidates and own:
                sums = [
                    sum(float(fill["score_log_probs"][0, at]) for at in own if queries[at][3] is candidate)
                    for candidate in proposal.candidates
                ]
                shares = softmax(np.array(sums), self.temperatures["fill"])
                written, probability = proposal.candidates[int(shares.argmax())], float(shares.max())
            else:
                for at in own:
                    best, log_probs = fill["candidate_ids"][0, at], fill["candidate_log_probs"][0, at]
                    chosen = 1 if best[0] == END else 0
                    written.append(int(best[chosen]))
                    probability *= scaled(log_probs, chosen, self.temperatures["fill"])
            written = [token for token in written if token != DROP]
            edit = Edit(
                proposal.start,
                proposal.end,
                list(written),
                proposal.probability * probability,
                proposal.listed,
                proposal.probability,
                near=bool(proposal.candidates) and not proposal.listed,
            )
            last = edits[-1] if edits else None
            if (
                last
                and last.end == edit.start
                and last.start < last.end
                and edit.start < edit.end
                and not self.separate(ids, last, edit)
                and min(last.action, edit.action) >= max(last.action, edit.action) / 2
            ):  # a doubtful action is no half of a sure one's change
                last.end, last.ids = edit.end, last.ids + edit.ids
                last.confidence = min(last.confidence, edit.confidence)
                last.action = min(last.action, edit.action)
                last.lexicon, last.near = last.lexicon and edit.lexicon, last.near and edit.near
            else:
                edits.append(edit)
        return [self.keep_first_copy(ids, edit) for edit in edits if edit.ids != ids[edit.start : edit.end]]

    def keep_first_copy(self, ids: list[int], edit: Edit) -> Edit:
        """Of a doubled word the network may want both copies gone;
        the first one stays. Twin of keepFirstCopy in src/engine/document/sentence-edits.ts.
        """
        half = (edit.end - edit.start) // 2
        if not edit.ids and half and (edit.end - edit.start) % 2 == 0:
            copies = [
                self.tokenizer.decode(ids[at : at + half]).strip().lower() for at in (edit.start, edit.start + half)
            ]
            if copies[0] and copies[0] == copies[1]:
                edit.start += half
        return edit

    def separate(self, ids: list[int], left: Edit, right: Edit) -> bool:
        """Two neighbouring words stay two edits when each has new text that begins as the old one did."""
        begins = [self.tokenizer.decode([token])[:1].isspace() for token in (right.ids[:1] + [ids[right.start]])]
        return bool(left.ids) and bool(right.ids) and begins[0] == begins[1]


def scaled(log_probs: np.ndarray, chosen: int, temperature: float) -> float:
    """Probability under the temperature; all tokens outside the best eight count as one class."""
    if temperature == 1:
        return float(np.exp(log_probs[chosen]))
    rest = max(0.0, 1 - float(np.exp(log_probs).sum()))
    total = float(np.exp(log_probs / temperature).sum()) + rest ** (1 / temperature)
    return float(np.exp(log_probs[chosen] / temperature)) / total


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


def apply(ids: list[int], edits: list[Edit]) -> list[int]:
    output, position = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        output += ids[position : edit.start] + edit.ids
        position = max(position, edit.end)
    return output + ids[position:]
