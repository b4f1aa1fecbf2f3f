"""The network that corrects and rewords: every row is an edit of its source, read in one pass or through its draft.

A draft doubles a row's cost. What a single token says is learnt from the source's own rows; where an edit has several
slots, only the draft shows them all. A rewording always has its draft, and part of its slots filled now and then: the
host fills them in several passes.
"""

from ..data.pools import CORRECTION_POOLS, Example
from ..data.tokenizer import FIX, TASKS
from ..objectives.edit import edit_row, example_slots, first_tokens
from ..objectives.rows import Row
from .stage import Batch, EditStage, collate_arrays

ONE_SLOT_DRAFT_SHARE, SLOTS_DRAFT_SHARE = 0.2, 0.7
PARTLY_FILLED_SHARE = 0.5  # of the drafts of rewordings


def draft_share(example: Example) -> float:
    """How often a row gets its draft."""
    return SLOTS_DRAFT_SHARE if len(example_slots(example)) > len(first_tokens(example)) else ONE_SLOT_DRAFT_SHARE


class CorrectStage(EditStage):
    def draw(self) -> Row:
        name = self.names[int(self.random.choice(len(self.names), p=self.shares))]
        example = self.pools[name].next()
        if name not in CORRECTION_POOLS:
            revealed = self.random.random() if self.random.random() < PARTLY_FILLED_SHARE else 0.0
            return edit_row(example, TASKS[name], self.random, name, one_pass=True, revealed_share=revealed)
        return edit_row(example, FIX, self.random, name, self.random.random() < draft_share(example), one_pass=True)

    def batch_of(self, rows: list[Row]) -> Batch:
        """No second policy: people's corrections are not used up before the network is good enough for it."""
        return Batch("rows", collate_arrays(rows))
