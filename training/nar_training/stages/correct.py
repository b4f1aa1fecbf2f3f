"""The network that corrects: every row is a correction, read in one pass or through its draft.

A draft doubles a row's cost. What a single token says is learnt from the source's own rows; where an edit has several
slots, only the draft shows them all.
"""

from ..data.pools import Example
from ..data.tokenizer import FIX
from ..objectives.edit import edit_row, example_slots, first_tokens
from ..objectives.rows import Row
from .stage import Batch, EditStage, collate_arrays

ONE_SLOT_DRAFT_SHARE, SLOTS_DRAFT_SHARE = 0.2, 0.7


def draft_share(example: Example) -> float:
    """How often a row gets its draft."""
    return SLOTS_DRAFT_SHARE if len(example_slots(example)) > len(first_tokens(example)) else ONE_SLOT_DRAFT_SHARE


class CorrectStage(EditStage):
    def draw(self) -> Row:
        name = self.names[int(self.random.choice(len(self.names), p=self.shares))]
        example = self.pools[name].next()
        return edit_row(example, FIX, self.random, name, self.random.random() < draft_share(example), one_pass=True)

    def batch_of(self, rows: list[Row]) -> Batch:
        """No second policy: people's corrections are not used up before the network is good enough for it."""
        return Batch("rows", collate_arrays(rows))
