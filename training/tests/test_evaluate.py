"""The evaluation: edits, types, scores against values worked out by hand, the command line's format."""

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nar_training.data.guard import DataError
from nar_training.evaluate import correct, report, scores, summarize, systems
from nar_training.evaluate.compression import dispensable, keep_best, measure_compression
from nar_training.evaluate.edits import apply_edits, classify, word_edits
from nar_training.evaluate.paraphrase import measure_paraphrase, preserved
from nar_training.evaluate.scores import bleu, inverse_bleu, repetition, token_f1
from nar_training.evaluate.sets import Item, detokenize
from nar_training.prior.lexicon import Lexicon

KNOWN = set(
    "the server sends a request to client receive its it's changes change separate within use uses using well known now not is are".split()
)


@settings(max_examples=300, deadline=None)
@given(st.text("ab cd,.'`-A", max_size=25), st.text("ab cd,.'`-A", max_size=25))
def test_edits_turn_the_source_into_the_target(source: str, target: str) -> None:
    assert apply_edits(source, word_edits(source, target)) == target


@pytest.mark.parametrize(
    "source, target, kinds",
    [
        ("The server recieve it.", "The server receive it.", ["spelling"]),
        ("a changess", "a changes", ["spelling"]),
        ("sends request", "sends a request", ["article"]),
        ("to the the server", "to the server", ["doubled-word"]),
        ("it use the", "it uses the", ["agreement"]),
        ("by use the", "by using the", ["verb-form"]),
        ("its now", "it's now", ["confusable"]),
        ("in the client", "on the client", ["confusable"]),
        ("from the client", "of the client", ["preposition"]),
        ("the Server", "the server", ["casing"]),
        ("well known", "well-known", ["hyphen"]),
        ("log in now", "login now", ["spacing"]),
        ("the server , now", "the server, now", ["spacing"]),
        ("the client now", "the client, now", ["punctuation"]),
        ("dont change", "don't change", ["punctuation"]),
        ("you to change", "you change", ["extra-word"]),
        ("you change", "you can change", ["missing-word"]),
        ("is a change", "are a change", ["agreement"]),
    ],
)
def test_types(source: str, target: str, kinds: list[str]) -> None:
    edits = word_edits(source, target)
    if kinds == ["hyphen"]:  # two edits of one change: the hyphen and the word that loses its space
        assert {classify(source, edit, KNOWN) for edit in edits} <= {"hyphen", "punctuation", "spacing"}
    else:
        assert [classify(source, edit, KNOWN) for edit in edits] == kinds


def test_precision_recall_and_f() -> None:
    counted = scores.CorrectionScores()
    counted.add("teh server send a a request", "the server sent a a request", ["the server sends a request"], KNOWN)
    assert (counted.total.true, counted.total.false, counted.total.missed) == (1, 1, 2)
    result = counted.result()
    assert result["precision"] == 50.0 and result["recall"] == 33.3
    assert result["f0.5"] == pytest.approx(100 * 1.25 * 0.5 / 3 / (0.25 * 0.5 + 1 / 3), abs=0.1)
    assert result["by_type"]["doubled-word"]["missed"] == 1 and result["exact"] == 0.0


def test_a_correct_output_is_perfect_and_no_output_finds_nothing() -> None:
    counted = scores.CorrectionScores()
    counted.add("teh server", "the server", ["a server", "the server"])
    assert counted.result()["f0.5"] == 100.0 and counted.result()["exact"] == 100.0
    nothing = scores.CorrectionScores()
    nothing.add("teh server", "teh server", ["the server"])
    assert nothing.result()["precision"] is None and nothing.result()["f0.5"] == 0.0


def test_a_single_correction_is_judged_alone() -> None:
    source, target = "teh server sned it", ["the server sends it"]
    assert scores.correction_is_right(source, 0, 3, "the", target)
    assert not scores.correction_is_right(source, 11, 15, "send", target)
    assert not scores.correction_is_right(source, 0, 3, "teh", target)


def test_utf16_offsets_become_characters() -> None:
    assert correct.span_of("🙂 teh", {"startIndex": 3, "endIndex": 6, "correction": "the"}) == (2, 5, "the")
    assert correct.span_of("a teh", {"startIndex": 2, "endIndex": 5, "correction": "the"}) == (2, 5, "the")


def test_calibration_error() -> None:
    error, bins = scores.expected_calibration_error([(0.95, True), (0.95, True), (0.95, False), (0.35, False)])
    assert error == pytest.approx(0.75 * abs(0.95 - 2 / 3) + 0.25 * 0.35, abs=1e-3)
    assert [row["corrections"] for row in bins] == [1, 3]
    assert scores.expected_calibration_error([]) == (None, [])


def test_gleu_rewards_the_reference_and_punishes_copied_errors() -> None:
    source = ["He go to school every day and play with friends there .", "Nothing is wrong with this one ."]
    target = [["He goes to school every day and plays with friends there ."], [source[1]]]
    best, copied = scores.gleu(source, [refs[0] for refs in target], target), scores.gleu(source, source, target)
    assert best == pytest.approx(100.0) and 0 < copied < 70
    half = scores.gleu(source, ["He goes to school every day and play with friends there .", source[1]], target)
    spoilt = scores.gleu(source, [source[0], "Nothing is the wrong with this one ."], target)
    assert spoilt < copied < half < best


def test_sari_of_the_reference_is_100_and_of_a_copy_is_low() -> None:
    source, reference = "in order to start the server you can use this command", "to start the server use this command"
    assert scores.sari(source, reference, [reference]) == pytest.approx(100.0)
    assert scores.sari(source, source, [reference]) < 40
    # One more reference that keeps everything makes copying less wrong.
    assert scores.sari(source, source, [reference, source]) > scores.sari(source, source, [reference])


def test_overlap_counts_words_of_the_source() -> None:
    assert scores.overlap("the server waits", "the server") == 1.0
    assert scores.overlap("the server waits", "the the client") == pytest.approx(1 / 3)


def test_meaning_checks() -> None:
    source = "You must not open `config.yaml` on Windows before 3.5 seconds."
    assert all(preserved(source, "Before 3.5 seconds you must not open `config.yaml` on Windows.").values())
    broken = preserved(source, "You must open the file on Linux before 3 seconds.")
    assert not any(broken.values())


def test_paraphrases_are_measured_beside_copying_and_people() -> None:
    assert token_f1("a b c", "a b d e") == pytest.approx(4 / 7) and token_f1("x", "y") == 0.0
    source, people = "In order to start it you can use 3 keys.", "To start it, use 3 keys."
    answers = {
        "rewrite/a": {"milliseconds": 3, "candidates": [{"text": people, "score": 0}]},
        "rewrite/b": {"milliseconds": 5, "candidates": []},
    }
    row = measure_paraphrase({"rewrite": [Item("a", source, [people]), Item("b", source, [people])]}, answers)["sets"][
        "rewrite"
    ]
    assert row["changed"] == row["equal_to_reference"] == row["no_candidate"] == 50.0
    assert row["of_reference"]["sari"] == 100.0 > row["sari"] > row["of_copying"]
    assert row["numbers"] == 100.0 and row["of_reference"]["length"] < row["length"] < 100.0


def test_detokenize_both_sides_alike() -> None:
    assert detokenize("I do n't know , he said ( yes ) . It 's 5 % .") == "I don't know, he said (yes). It's 5%."
    assert detokenize('He said " no " .') == 'He said "no".'


PAGE = "Start a server.\nThe server waits for requests and the client sends requests. Then the server answers requests of the client.\nUnrelated words here."


def test_summary_baselines() -> None:
    assert summarize.lead(PAGE) == "Start a server."
    assert summarize.textrank(PAGE) in (
        "The server waits for requests and the client sends requests.",
        "Then the server answers requests of the client.",
    )
    assert summarize.oracle(PAGE, "The server answers the client.") == "Then the server answers requests of the client."
    rows = summarize.baselines([Item("1", PAGE, ["Start a server."])])
    assert (
        rows["lead-1"]["rouge1"]
        == rows["author"]["rouge1"]
        == rows["oracle-sentence"]["rouge1"]
        == 100.0
        > rows["textrank"]["rouge1"]
    )


FAKE = """
import json, sys
for line in sys.stdin:
    request = json.loads(line)
    output = request["text"].replace("teh", "the")
    at = request["text"].find("teh")
    corrections = [] if at < 0 else [{"startIndex": at, "endIndex": at + 3, "correction": "the", "type": "spelling", "confidence": 0.9}]
    if request["id"] != "typo/skipped":
        print(json.dumps({"id": request["id"], "output": output, "milliseconds": 2.0, "passes": 2, "corrections": corrections}))
print("told on stderr", file=sys.stderr)
"""


def test_program_to_tables(tmp_path: Path) -> None:
    program = tmp_path / "fake.py"
    program.write_text(FAKE)
    sets = {
        "typo": [Item("1", "teh server 🙂\u2028sent", ["the server 🙂\u2028sent"]), Item("2", "sned it", ["send it"])],
        "prose": [Item("3", "All is well here.", ["All is well here."]), Item("4", "So teh end.", ["So teh end."])],
    }
    answers = systems.run_cli([sys.executable, str(program)], correct.flat(sets))
    result = {"system": "fake", "command": "fake", "by_type": True} | correct.measure(sets, answers, KNOWN)
    assert result["sets"]["typo"]["precision"] == 100.0 and result["sets"]["typo"]["recall"] == 50.0
    assert result["sets"]["prose"]["edits"] == 1 and result["sets"]["prose"]["per_1000_words"] == pytest.approx(
        1000 / 7, abs=0.01
    )
    assert result["calibration"]["expected_calibration_error"] == pytest.approx(0.1)
    assert result["latency"]["median_ms"] == 2.0
    report.write_result(tmp_path, "correction-fake", result)
    page = report.correction_page(report.read_results(tmp_path, "correction"))
    assert "| fake | 100.0 / 50.0 / 83.3 |" in page and "| spelling | 100.0 / 50.0 / 83.3 (2) |" in page


def test_a_program_that_leaves_texts_out_is_an_error(tmp_path: Path) -> None:
    program = tmp_path / "fake.py"
    program.write_text(FAKE)
    with pytest.raises(systems.SystemFailed, match="told on stderr"):
        systems.run_cli([sys.executable, str(program)], [Item("typo/skipped", "teh", ["the"])])


def test_written_predictions(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps({"id": "a", "output": "x", "milliseconds": 1}) + "\n")
    assert systems.read_predictions(path, [Item("a", "y", ["x"])])["a"]["output"] == "x"
    with pytest.raises(DataError, match="no answer for 1 of 1"):
        systems.read_predictions(path, [Item("b", "y", ["x"])])


def test_lookup_row(tmp_path: Path) -> None:
    for name, row in (("misspellings.tsv", "teh\tthe"), ("phrases.tsv", "prior to\tbefore"), ("words.tsv", "the\t9")):
        (tmp_path / name).write_text(row + "\n")
    assert Lexicon.load(tmp_path).words == {"the": 9}
    assert systems.lookup(tmp_path, [Item("a", "Teh `teh` end", [])])["a"]["output"] == "The `teh` end"


def test_bleu_takes_texts_with_different_numbers_of_references() -> None:
    right, wrong = "the server sends a reply to the client", "a b c d e f"
    assert bleu([right, right], [[right], [wrong, right]]) == pytest.approx(100)
    assert bleu([wrong], [[right]]) < 10
    # A copy of the source loses a fifth of what its likeness to the reference gives.
    assert inverse_bleu([right], [right], [[right]]) == pytest.approx(60)
    assert inverse_bleu([wrong], [right], [[right]]) > 75


def test_repetition_counts_words_that_follow_themselves() -> None:
    assert repetition(["the the server", "a b"]) == pytest.approx(1 / 5)
    assert repetition([]) == 0


def trace_of(text: str, chances: list[float]) -> dict:
    """One token a word."""
    at, source = 0, []
    for word in text.split(" "):
        source.append({"start": at, "end": at + len(word)})
        at += len(word) + 1
    return {
        "sourceText": text,
        "source": source,
        "steps": [{"tokens": [{"operation": [1 - chance, chance, 0]} for chance in chances]}],
    }


def test_compression_keeps_what_the_network_would_miss_most() -> None:
    trace = trace_of("the old server runs today", [0.1, 0.8, 0.0, 0.1, 0.9])
    assert dispensable(trace) == [
        ("the", pytest.approx(0.1)),
        ("old", pytest.approx(0.8)),
        ("server", 0.0),
        ("runs", pytest.approx(0.1)),
        ("today", pytest.approx(0.9)),
    ]
    assert keep_best(dispensable(trace), 3) == "the server runs"
    assert keep_best(dispensable(trace), 2) == "the server"  # of equals the earlier one
    row = measure_compression([Item("a", trace["sourceText"], ["the server runs"])], lambda item: trace)
    assert row == {"f1_at_ratio": 100.0, "first_words_at_ratio": pytest.approx(66.7)}
