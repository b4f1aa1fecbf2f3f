"""Which pairs count as compressions, and where they come from."""

import itertools
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from noise_fixture import write_records

from nar_training.data.compressions import common_words, compressions, is_compression

LONG = "The second sequel was the first to appear, though the director did not return because of other work."


@given(st.lists(st.sampled_from("abc"), max_size=6), st.lists(st.sampled_from("abc"), max_size=6))
def test_common_words_against_all_subsequences(left: list[str], right: list[str]) -> None:
    def subsequences(words: list[str]) -> set[tuple[str, ...]]:
        return {tuple(chosen) for size in range(len(words) + 1) for chosen in itertools.combinations(words, size)}

    assert common_words(left, right) == max(map(len, subsequences(left) & subsequences(right)))


def test_a_sentence_without_its_last_clause_is_a_compression() -> None:
    assert is_compression(LONG, "The second sequel was the first to appear.")
    assert is_compression(LONG, "The third sequel was the first to appear.")  # one word may be new
    assert not is_compression(LONG, "A third sequel was the first to appear.")
    assert not is_compression(LONG, "The appear to first the was sequel.")  # another order
    assert not is_compression(LONG, "The sequel appear.")  # too short to be a sentence
    assert not is_compression(LONG, LONG.replace("second ", ""))  # hardly shorter


def test_pairs_of_splits_and_of_descriptions(tmp_path: Path) -> None:
    first, rest = "The second sequel was the first to appear.", "The director did not return."
    write_records(
        tmp_path / "public" / "wikisplit" / "train.jsonl.zst",
        [
            {"source": LONG, "targets": [f"{first} {rest}"]},
            {"source": LONG, "targets": [f"Nothing of it stayed as it was. {rest}"]},
        ],
    )
    page = {"source": f"A page. {LONG} More of it.", "summary": first}
    assert list(compressions(tmp_path, [page, {"source": "A page.", "summary": first}])) == [
        (LONG, first),
        (LONG, first),
    ]
