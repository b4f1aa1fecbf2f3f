"""From texts to the teacher's questions, and from its answers to pairs: small data, a stand-in for the checker."""

import sys
from pathlib import Path

import pytest
from noise_fixture import verb, write_lines, write_records

from nar_training.data.guard import DataError, read_jsonl
from nar_training.data.prepare import key_of
from nar_training.data.teacher_pairs import (
    MODES,
    Counts,
    corrections_of,
    filter_answers,
    people_as_answers,
    report,
    without_new_errors,
    write_pairs,
)
from nar_training.data.teacher_sources import in_blocks, is_section, is_usable, sections_of, select, sort_of
from nar_training.data.word_relations import load_word_relations

WORDY = "There are a number of files that are removed by the relay in order to free space."
PLAIN = "Every relay keeps its messages in segments on the local disk of one machine."
LINE = "Segments on the disk that a relay keeps for its own use"
QUESTION = "Why does the relay keep its messages in segments on the disk?"
SOURCE = "If the disk is full, the oldest segments are removed by the relay."
SECTION = (
    "When a relay starts, it reads all of its segments from the disk. Broken segments are cut at the last message that is whole. "
    "The log then says how many bytes were lost. A segment that nobody can read is renamed and stays where it is."
)
# Stands in for the product: one correction wherever a text says "segmnts".
CHECKER = [
    sys.executable,
    "-c",
    """
import json, sys
for line in sys.stdin:
    row = json.loads(line)
    at = row["text"].find("segmnts")
    found = [{"startIndex": at, "endIndex": at + 7, "correction": "segments"}] if at >= 0 else []
    print(json.dumps({"id": row["id"], "corrections": found}))
""",
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    held_out = "This sentence is one of those that are kept for the tests of the project."
    write_lines(tmp_path / "eval_keys.tsv.zst", [f"{key_of(held_out)}\ttest"])
    write_lines(tmp_path / "prose" / "train.txt.zst", [WORDY, held_out, "", PLAIN, "", *[SECTION] * 2])
    write_lines(tmp_path / "prose" / "train2.txt.zst", [LINE, "", QUESTION])
    rewrite = {
        "id": "rewrite-1",
        "repo": "a/b",
        "before": "It is possible for segments to be removed by a relay.",
        "after": "",
    }
    for name in ("rewrite", "rewrite_light", "rewrite_loose"):
        write_records(tmp_path / "edits" / f"{name}.train.jsonl.zst", [rewrite])
    lexicons = tmp_path / "lexicons"
    write_records(
        lexicons / "verbs.jsonl.zst",
        [
            {**verb(*forms), "all": list(forms)}
            for forms in (("remove", "removes", "removing", "removed"), ("used", "uses", "using", "used"))
        ],
    )
    write_records(lexicons / "irregular_verbs.jsonl.zst", [{"lemma": "cut", "past": "cut", "participle": "cut"}])
    write_records(lexicons / "wordnet.jsonl.zst", [{"members": ["remove", "delete"]}])
    write_records(lexicons / "simplify.jsonl.zst", [{"source": "sufficient", "targets": ["enough"]}])
    return tmp_path


def test_what_a_sentence_is_chosen_as() -> None:
    assert [sort_of(text) for text in (WORDY, PLAIN, LINE, QUESTION)] == ["mend", "chance", "line", "question"]
    assert is_usable(PLAIN)
    assert not is_usable("Too short.") and not is_usable(PLAIN + " `open") and not is_usable(PLAIN.lower())
    assert not is_usable(PLAIN.replace("disk", "https://disk.example"))


def test_sections_stand_alone() -> None:
    assert is_section([SECTION]) and list(sections_of(["Short.", SECTION])) == [f"Short. {SECTION}", SECTION]
    assert (
        not is_section(["This " + SECTION]) and not is_section([SECTION + " For example:"]) and not is_section([PLAIN])
    )


def test_the_selection_mixes_kinds_and_leaves_held_out_text(data: Path) -> None:
    rows = select(data, sentences=20, sections=5, share=1, seed=1)
    texts = [row["text"] for row in rows]
    assert {WORDY, QUESTION} <= set(texts) and len(set(texts)) == len(texts)
    assert not any("kept for the tests" in text for text in texts)
    assert next(row["from"] for row in rows if "possible" in row["text"]) == "a/b"
    assert next(row["from"] for row in rows if row["text"] == WORDY) == "prose/train:0"
    known = select(data, sentences=20, sections=5, share=1, seed=1, known=[key_of(WORDY)])
    assert WORDY not in [row["text"] for row in known]


def test_blocks_of_one_kind() -> None:
    rows = list(in_blocks([{"kind": "sentence"}] * 200, [{"kind": "section"}] * 25))
    kinds = [row["kind"] for row in rows]
    assert kinds == ["sentence"] * 96 + ["section"] * 20 + ["sentence"] * 96 + ["section"] * 5 + ["sentence"] * 8


def test_answers_become_pairs_and_counts(data: Path, tmp_path: Path) -> None:
    answers = [
        {
            "id": "1",
            "from": "a/b",
            "text": SOURCE,
            "rephrase": "The relay deletes the oldest segments if the disk is full.",
            "simpler": SOURCE,
            "shorter": "The relay removes segments.",
        },
        {
            "id": "2",
            "text": "This sentence is one of those that are kept for the tests of the project.",
            "rephrase": "A kept one.",
        },
    ]
    relations = load_word_relations(data)
    assert relations.lemma("uses") == "use"
    verbs = frozenset(relations.lemmas.values())
    found = filter_answers(answers, relations, verbs, {key_of(answers[1]["text"])})
    pairs, counts = found.pairs, found.counts
    made = [(pair["id"], pair["from"], pair["mode"], pair["asked"]) for pair in pairs]
    assert made == [
        ("1", "a/b", "rephrase", "rephrase"),
        ("1", "a/b", "simpler", "rephrase"),
        ("1", "a/b", "shorter", "rephrase"),
    ]
    assert counts["simpler"].unchanged == 1 and counts["rephrase"].answers == 1
    assert {"conditions", "lost"} <= set(counts["shorter"].failed)
    write_pairs(pairs, found.unchanged, tmp_path / "pairs")
    assert list(read_jsonl(tmp_path / "pairs" / "rephrase.jsonl.zst")) == pairs[:1]
    assert not (tmp_path / "pairs" / "headline.jsonl.zst").exists()
    assert "| simpler | 1 | 1 | 0 | 0 |" in report(counts)


def test_what_comes_back_as_it_was_is_kept_apart(data: Path, tmp_path: Path) -> None:
    answers = [
        {"id": "1", "from": "a/b", "text": SOURCE, "rephrase": SOURCE, "simpler": SOURCE.upper(), "shorter": "No."}
    ]
    found = filter_answers(answers, load_word_relations(data), frozenset(), set())
    assert found.pairs == []
    assert found.unchanged == [{"id": "1", "from": "a/b", "source": SOURCE, "modes": ["rephrase", "simpler"]}]
    write_pairs(found.pairs, found.unchanged, tmp_path / "pairs")
    assert list(read_jsonl(tmp_path / "pairs" / "unchanged.jsonl.zst")) == found.unchanged


def test_people_s_rewrites_are_sorted_into_the_modes(data: Path) -> None:
    after = "The relay deletes the oldest segments if the disk is full."
    record = {"id": "rewrite-1", "repo": "a/b", "before": SOURCE, "after": after}
    write_records(data / "edits" / "rewrite.train.jsonl.zst", [record])
    answers = list(people_as_answers(data, limit=1))
    assert [answer["from"] for answer in answers] == ["a/b"]
    found = filter_answers(answers, load_word_relations(data), frozenset(), set())
    assert {pair["mode"] for pair in found.pairs} == {"rephrase", "simpler", "shorter"}


def test_the_checker_refuses_new_errors_only() -> None:
    pairs = [
        {"id": str(number), "source": source, "target": target, "mode": "rephrase", "asked": "rephrase"}
        for number, (source, target) in enumerate(
            [
                ("The segments go.", "The segmnts leave."),
                ("The segmnts go.", "The segmnts leave."),
                ("The segments go.", "The segments leave."),
            ]
        )
    ]
    counts = {mode: Counts() for mode in MODES}
    assert [pair["id"] for pair in without_new_errors(pairs, CHECKER, counts)] == ["1", "2"]
    assert counts["rephrase"].failed["checker"] == 1


def test_a_checker_that_does_not_run_is_told_of() -> None:
    with pytest.raises(DataError, match="build it with"):
        corrections_of(["A text."], [sys.executable, "-c", "import sys; sys.exit(3)"])
