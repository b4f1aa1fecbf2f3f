"""Edit labels: applying them gives the target byte for byte, and every tie is broken the same way."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nar_training.data import align, align_words
from nar_training.data.align import DELETE, GENERATE, IGNORE, KEEP, apply_draft, edit_labels
from nar_training.data.align_words import similarity
from nar_training.data.tokenizer import CLOSE_DELETED, MASK, OPEN_DELETED, train_tokenizer

SENTENCES = [
    "The server sends a request to the client and waits until the answer arrives.",
    "It's well-known that an API doesn't work without a key; don't log in twice.",
    "You can set up a lot of options in `config.yaml` before the well known service starts.",
    "Naïve users don't like the the doubled word, v2.1 (see https://example.org/a_b).",
]
TOKENIZER = train_tokenizer(SENTENCES * 3, vocabulary=600)


def described(source: str, target: str) -> list[str]:
    """Word groups in order: kept as they are, "-deleted", "+inserted", "~before>after"."""
    sides = []
    for text in (source, target):
        words = TOKENIZER.pre_tokenizer.pre_tokenize_str(text)
        sides.append([((hash(text[start:end]),), text[start:end]) for _, (start, end) in words])
    shown = []
    for group in align_words.align_words(*sides):
        before = "".join(word[1] for word in sides[0][group.source_start : group.source_end])
        after = "".join(word[1] for word in sides[1][group.target_start : group.target_end])
        shown.append(
            before
            if group.kept
            else f"~{before}>{after}"
            if before and after
            else f"-{before}"
            if before
            else f"+{after}"
        )
    return shown


def check(source: str, target: str) -> align.EditLabels | None:
    labels = edit_labels(source, target, TOKENIZER)
    if labels is None:
        return None
    fills = [token for token in labels.draft_targets if token != IGNORE]
    output = apply_draft(labels.draft_ids, fills)
    assert output == labels.target_ids
    assert TOKENIZER.decode(output).encode() == target.encode()
    assert len(labels.insertions) == len(labels.source_ids) + 1
    assert len(labels.operations) == len(labels.durations) == len(labels.source_ids)
    assert sum(labels.durations) == len(labels.target_ids)
    assert len(labels.draft_ids) == len(labels.draft_targets)
    slots = sum(operation == GENERATE for operation in labels.operations) + sum(labels.insertions)
    assert slots == labels.draft_ids.count(MASK) == len(fills)
    assert all(
        (token == MASK) == (goal != IGNORE) for token, goal in zip(labels.draft_ids, labels.draft_targets, strict=True)
    )
    # Deleted and replaced source tokens stay visible, in order, between brackets.
    inside = [t for t, operation in zip(labels.source_ids, labels.operations, strict=True) if operation != KEEP]
    visible, open_bracket = [], False
    for token in labels.draft_ids:
        if token == OPEN_DELETED:
            open_bracket = True
        elif token == CLOSE_DELETED:
            open_bracket = False
        elif open_bracket:
            visible.append(token)
    assert visible == inside
    return labels


WORDS = st.sampled_from(
    [
        "the",
        "The",
        "a",
        "an",
        "server",
        "servers",
        "log",
        "in",
        "login",
        "it's",
        "its",
        "well-known",
        "well",
        "known",
        ".",
        ",",
        ";",
        "don't",
        "dont",
        "alot",
        "lot",
        "to",
        "too",
        "12",
        "v2",
        "(",
        ")",
        "naïve",
        "日本",
        "🙂",
    ]
)
JOINTS = st.sampled_from([" ", " ", " ", "", "  ", "-", "\n", " "])
TEXT = st.lists(st.tuples(WORDS, JOINTS), min_size=0, max_size=9).map(
    lambda pairs: "".join(word + joint for word, joint in pairs)
)


@settings(max_examples=600, deadline=None)
@given(TEXT, TEXT)
def test_edits_applied_give_the_target(source: str, target: str) -> None:
    check(source, target)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=20), st.text(max_size=20))
def test_any_unicode_text(source: str, target: str) -> None:
    check(source, target)


@settings(max_examples=200, deadline=None)
@given(TEXT.filter(bool))
def test_identity_is_all_keep(text: str) -> None:
    labels = check(text, text)
    assert labels is not None
    assert set(labels.operations) == {KEEP}
    assert not any(labels.insertions)
    assert labels.durations == [1] * len(labels.source_ids)
    assert labels.draft_ids == labels.source_ids


def test_empty_source_is_unusable_and_empty_target_deletes_all() -> None:
    assert edit_labels("", "the", TOKENIZER) is None
    labels = check("the server", "")
    assert labels is not None and set(labels.operations) == {DELETE} and set(labels.durations) == {0}


def test_gap_over_seven_is_unusable() -> None:
    assert check("the client", "the a a a a a a a client") is not None
    assert check("the client", "the a a a a a a a a client") is None


@pytest.mark.parametrize(
    "source, target, expected",
    [
        # Of a doubled word the second copy goes: alone, at the start, as a phrase, after another edit.
        ("to the the server", "to the server", ["to", " the", "- the", " server"]),
        ("the the server", "the server", ["the", "- the", " server"]),
        ("sends to the to the key", "sends to the key", ["sends", " to", " the", "- to", "- the", " key"]),
        ("a the the server", "an the server", ["~a>an", " the", "- the", " server"]),
        # Insertions: at their place, after the first of two equal words, before a word that only changes its case.
        ("sends request", "sends a request", ["sends", "+ a", " request"]),
        ("very good", "very very good", ["very", "+ very", " good"]),
        ("Server waits", "The server waits", ["+The", "~Server> server", " waits"]),
        # Apostrophes, joins and splits belong to the word that they change.
        ("it knows its key", "it knows it's key", ["it", " knows", "~ its> it's", " key"]),
        ("it knows it's key", "it knows its key", ["it", " knows", "~ it's> its", " key"]),
        ("I dont know", "I don't know", ["I", "~ dont> don't", " know"]),
        ("you alot see", "you a lot see", ["you", "~ alot> a lot", " see"]),
        ("you log in twice", "you login twice", ["you", "~ log in> login", " twice"]),
        ("go in to it", "go into it", ["go", "~ in to> into", " it"]),
        ("the well known key", "the well-known key", ["the", " well", "+-", "~ known>known", " key"]),
        # Punctuation glued to words.
        ("a client ,and key", "a client, and key", ["a", " client", "~ ,>,", "~and> and", " key"]),
        ("a client and key", "a client, and key", ["a", " client", "+,", " and", " key"]),
        ("see it", "see it.", ["see", " it", "+."]),
        # An unrelated extra word beside a change stays a pure deletion or insertion.
        ("waits on teh server", "waits the server", ["waits", "- on", "~ teh> the", " server"]),
    ],
)
def test_canonical_groups(source: str, target: str, expected: list[str]) -> None:
    assert described(source, target) == expected
    check(source, target)


def test_changed_word_is_generated_first_and_the_rest_deleted_or_a_gap_after_it() -> None:
    words = [((40, 41), " alot"), ((42,), " see")]
    longer = [((50, 51, 52), " a lot"), ((42,), " see")]
    groups = [align_words.Group(False, 0, 1, 0, 1), align_words.Group(True, 1, 2, 1, 2)]
    labels = align._expand([40, 41, 42], [50, 51, 52, 42], words, longer, groups)
    assert labels is not None
    assert labels.operations == [GENERATE, GENERATE, KEEP] and labels.insertions == [0, 0, 1, 0]
    assert labels.draft_ids == [OPEN_DELETED, 40, 41, CLOSE_DELETED, MASK, MASK, MASK, 42]
    assert labels.draft_targets == [IGNORE] * 4 + [50, 51, 52] + [IGNORE]
    assert labels.durations == [1, 2, 1]
    shorter = align._expand([50, 51, 52, 42], [40, 42], longer, [((40,), " one"), ((42,), " see")], groups)
    assert shorter is not None
    assert shorter.operations == [GENERATE, DELETE, DELETE, KEEP] and shorter.insertions == [0] * 5
    assert shorter.durations == [1, 0, 0, 1]


def test_a_gap_belongs_to_the_changed_neighbour() -> None:
    assert align.durations([KEEP, GENERATE, KEEP], [1, 1, 0, 2]) == [2, 2, 3]


def test_draft_brackets_come_before_their_slots() -> None:
    labels = edit_labels("to the the server", "to the client", TOKENIZER)
    assert labels is not None
    pieces = [TOKENIZER.id_to_token(token) for token in labels.draft_ids]
    start, end = pieces.index("<deleted>"), pieces.index("</deleted>")
    assert start < end < pieces.index("<mask>")
    assert pieces.count("<deleted>") == 1  # one run of changed tokens, one bracket


def brute_force_distance(source: list, target: list) -> int:
    table = list(range(len(target) + 1))
    for row, left in enumerate(source, 1):
        diagonal, table[0] = table[0], row
        for column, right in enumerate(target, 1):
            diagonal, table[column] = (
                table[column],
                min(table[column] + 1, table[column - 1] + 1, diagonal + (left != right)),
            )
    return table[-1]


def test_the_path_has_the_minimum_edit_distance() -> None:
    generator = random.Random(3)
    for _ in range(400):
        letters = [[generator.choice(["ab", "cde", "x"]) for _ in range(generator.randrange(9))] for _ in range(2)]
        source, target = ([((ord(letter[0]),), letter) for letter in side] for side in letters)
        groups = align_words._best_path(source, target, 0, len(source), len(target))
        assert sum(not group.kept for group in groups) == brute_force_distance(*letters)


def brute_force_common(left: str, right: str) -> int:
    if not left or not right:
        return 0
    if left[0] == right[0]:
        return 1 + brute_force_common(left[1:], right[1:])
    return max(brute_force_common(left[1:], right), brute_force_common(left, right[1:]))


@settings(max_examples=150, deadline=None)
@given(st.text("abc", max_size=7), st.text("abcd", max_size=7))
def test_bit_parallel_common_subsequence(left: str, right: str) -> None:
    assert align_words.common_subsequence_length(left, right) == brute_force_common(left, right)


def test_similarity_ignores_spaces_and_punishes_case_lightly() -> None:
    assert similarity(" server", "server") == 1000
    assert similarity("Server", " server") == 999
    assert similarity(" teh", " the") > similarity(" teh", " client")
    assert similarity(" ", "") == 0
