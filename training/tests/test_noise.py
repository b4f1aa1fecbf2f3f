"""Noise: reproducible, close to the profile's shares, and never inside code, URLs or identifiers."""

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from noise_fixture import make_data

from nar_training.data.noise import NoiseMaker, Tables
from nar_training.data.noise import letters as letter_noise
from nar_training.data.noise import maker as maker_module
from nar_training.data.noise.units import Units
from nar_training.data.paths import DATA
from nar_training.prior.words import PROTECTED, WORD, is_plain_word, keep_case, split_units

PROTECTED_TEXTS = [
    "`the settings`",
    "``a ` tick``",
    "https://example.org/the_path?a=b",
    "getServerName",
    "snake_case_name",
    "foo.bar.baz",
    "v1.2.3",
    # fmt: skip
    "HTTP",
    "x86",
    "--dry-run-all",
    "src/app/main.ts",
    "user@example.org",
    "main()",
    "$HOME",
    "file.txt",
    "XMLHttpRequest",
    "URLs",
    "3.14",
]
PLAIN = "The server sends some messages to the client, and it waits until an answer arrives from the service.".split()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_data(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def tables(data: Path) -> Tables:
    return Tables(data)


def sentences(count: int, seed: int = 1) -> list[str]:
    """Sentences with a place for every kind of error, protected pieces among them."""
    generator = random.Random(seed)
    parts = [
        "When the server sends a request, it returns these messages to a user's client in the directory.",
        "The user can configure the service by using an option of every file, because the method uses its "
        "default value.",
        "GitHub is a well-known service that automatically sends different messages; you cannot receive some "
        "of the files.",
    ]
    return [
        f"{generator.choice(parts)[:-1]} {generator.choice(PROTECTED_TEXTS)} {generator.choice(parts).lower()}"
        for _ in range(count)
    ]


def test_the_same_seed_gives_the_same_errors(tables: Tables, data: Path) -> None:
    texts = sentences(200)
    first = [NoiseMaker(7, data, tables=tables).corrupt(text) for text in texts[:1]]
    runs = []
    for seed in (7, 7, 8):
        maker = NoiseMaker(seed, data, tables=tables)
        runs.append([maker.corrupt(text) for text in texts])
    assert runs[0] == runs[1] and runs[0][:1] == first
    assert runs[0] != runs[2]


def test_clean_share_and_number_of_errors(tables: Tables, data: Path) -> None:
    texts = sentences(3000)
    maker = NoiseMaker(1, data, tables=tables)
    counts = Counter(len(maker.corrupt_with_kinds(text)[1]) for text in texts)
    assert 0.34 < counts[0] / len(texts) < 0.42
    assert counts[1] > counts[2] > counts[3] > 0
    assert sum(counts[number] for number in counts if number > 3) == 0


def test_a_noised_sentence_differs_and_a_clean_one_is_untouched(tables: Tables, data: Path) -> None:
    maker = NoiseMaker(2, data, tables=tables)
    for text in sentences(500, 2):
        noised, kinds = maker.corrupt_with_kinds(text)
        assert (noised != text) == bool(kinds)


def test_every_kind_finds_its_place(tables: Tables, data: Path) -> None:
    maker = NoiseMaker(3, data, clean_share=0.0, tables=tables)
    seen = Counter(kind for text in sentences(3000, 3) for kind in maker.corrupt_with_kinds(text)[1])
    assert set(seen) == set(maker_module.KINDS)


@pytest.mark.parametrize("kind", sorted(maker_module.KINDS))
def test_protected_text_is_never_touched(kind: str, tables: Tables) -> None:
    generator = random.Random(kind)
    applied = 0
    for text in sentences(150, 4):
        protected = [piece for piece in PROTECTED_TEXTS if f" {piece} " in text]
        tables.confusion_table = maker_module.replacements.confusion_table(tables.confusions)
        units = Units(text)
        applied += maker_module.KINDS[kind](units, generator, tables)
        for piece in protected:
            assert piece in units.text(), f"{kind} changed {piece}: {units.text()}"
    assert applied > 0


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PLAIN + PROTECTED_TEXTS), min_size=1, max_size=14), st.integers(0, 10**6))
def test_protected_text_survives_any_mixture(words: list[str], seed: int) -> None:
    tables = test_protected_text_survives_any_mixture.tables
    maker = NoiseMaker(seed, Path(), clean_share=0.0, errors={3: 1.0}, tables=tables)
    noised = maker.corrupt(" ".join(words))
    for piece in set(words) & set(PROTECTED_TEXTS):
        assert noised.count(piece) >= words.count(piece), noised


@pytest.fixture(autouse=True)
def _tables_for_hypothesis(tables: Tables) -> None:
    test_protected_text_survives_any_mixture.tables = tables


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_units_join_to_the_text(text: str) -> None:
    texts, kinds = split_units(text)
    assert "".join(texts) == text and len(texts) == len(kinds)


@pytest.mark.parametrize("piece", PROTECTED_TEXTS)
def test_what_is_protected(piece: str) -> None:
    texts, kinds = split_units(f"Open {piece}, then wait.")
    assert piece in texts and kinds[texts.index(piece)] == PROTECTED


def test_plain_words_are_found_between_marks() -> None:
    texts, kinds = split_units("(The well-known “client” doesn't wait.)")
    assert [text for text, kind in zip(texts, kinds, strict=True) if kind == WORD] == [
        "The",
        "well",
        "known",
        "client",
        "doesn't",
        "wait",
    ]
    assert (
        not is_plain_word("GitHub") and not is_plain_word("API") and not is_plain_word("v2") and is_plain_word("Naïve")
    )
    assert keep_case("Teh", "the") == "The" and keep_case("TEH", "the") == "THE" and keep_case("teh", "the") == "the"


def test_guards_of_the_tables(tables: Tables) -> None:
    assert "can" not in tables.confusions  # ca -> can was seen twice: junk
    assert "through" not in tables.prepositions  # via -> through is style
    assert "file name" not in tables.spacing and "filename" not in tables.spacing  # both directions: style
    assert tables.spacing["cannot"] == "can not"
    assert "service" not in tables.names and "GitHub" in tables.names
    assert "from" not in tables.misspellings and "color" not in tables.misspellings  # the wrong side is a word
    assert "receive" in tables.misspellings


def test_a_misspelling_is_no_word_and_keeps_its_case(tables: Tables) -> None:
    generator = random.Random(5)
    for _ in range(2000):
        word = generator.choice(["Separate", "necessary", "different", "Receive", "directory", "application"])
        wrong = letter_noise.misspell(word, generator, tables)
        if wrong is None:
            continue
        assert wrong.lower() not in tables.known and wrong != word
        assert wrong[0].isupper() == word[0].isupper()


def test_letter_operations_do_what_they_say(tables: Tables) -> None:
    generator = random.Random(6)
    for _ in range(300):
        assert len(letter_noise.drop("separate", generator, tables) or "") == 7
        assert len(letter_noise.insert("separate", generator, tables) or "") == 9
        assert sorted(letter_noise.transpose("separate", generator, tables) or "") == sorted("separate")
        assert letter_noise.undouble("occurred", generator, tables) in ("ocurred", "occured")
        assert letter_noise.undouble("client", generator, tables) is None
        assert letter_noise.double("test", generator, tables) in ("teest", "tesst", "testt")


def test_removing_the_first_word_moves_the_capital() -> None:
    units = Units("The server waits")
    assert units.remove_word(0) and units.text() == "Server waits"


@pytest.mark.skipif(not (DATA / "edits" / "profile.json").exists(), reason="../shared/data is not here")
def test_shares_on_real_prose_are_close_to_the_profile() -> None:
    from nar_training.data.noise.__main__ import sample_sentences

    maker = NoiseMaker(11, DATA, clean_share=0.0)
    counts = Counter(kind for text in sample_sentences(DATA, 6000, 12) for kind in maker.corrupt_with_kinds(text)[1])
    total = sum(counts.values())
    for kind, share in maker.tables.target_shares.items():
        assert abs(counts[kind] / total - share) < 0.015, (kind, counts[kind] / total, share)
