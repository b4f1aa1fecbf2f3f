"""N-gram counts: borders, thresholds, and the packed size. That the host reads the same numbers is what the golden
traces show.
"""

import numpy as np
import pytest

from nar_training.data.guard import DataError
from nar_training.package.ngrams import NgramTable, codes, count, pack, pruned, size_of

END = 3
TOKENS = np.array([40, 41, 42, END, 40, 41, 43, END, 40, 41, 42, END], dtype=np.uint16)


def test_no_trigram_reaches_over_the_border_of_a_paragraph() -> None:
    counts = count(TOKENS, 50, END)
    middles = (counts.trigrams >> 16) & 0xFFFF
    assert END not in middles.tolist()
    table = NgramTable(counts)
    assert table.bigrams[END << 16 | 40] == pytest.approx(2, rel=0.05)
    assert table.trigrams[40 << 32 | 41 << 16 | 42] == pytest.approx(2, rel=0.05)


def test_back_off_goes_from_three_tokens_to_one() -> None:
    table = NgramTable(count(TOKENS, 50, END))
    assert np.exp(table.log_score([40, 41], 42)) == pytest.approx(2 / 3, rel=0.06)
    assert np.exp(table.log_score([42, 41], 43)) == pytest.approx(0.4 * 1 / 3, rel=0.06)
    assert np.exp(table.log_score([43, 43], 40)) == pytest.approx(0.16 * 3 / 12, rel=0.06)
    assert table.log_score([], 49) < table.log_score([], 43)


def test_a_threshold_takes_trigrams_with_their_bigrams() -> None:
    counts = pruned(count(TOKENS, 50, END), 3)
    assert counts.bigrams.tolist() == [40 << 16 | 41]
    assert len(counts.trigrams) == 0
    assert len(pack(counts)) == size_of(counts)
    assert len(pack(count(TOKENS, 50, END))) == size_of(count(TOKENS, 50, END))


def test_counts_in_a_byte_are_right_within_five_per_cent() -> None:
    numbers = np.arange(1, 100_000)
    decoded = 2 ** ((codes(numbers).astype(float) - 1) / 8)
    assert np.abs(decoded / numbers - 1).max() < 0.05
    assert codes(np.array([0]))[0] == 0


def test_ids_beyond_the_vocabulary_are_refused() -> None:
    with pytest.raises(DataError, match="do not fit"):
        count(TOKENS, 40, END)
