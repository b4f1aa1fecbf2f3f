"""The lexical prior: guards of the compiler, case, and what is skipped."""

from pathlib import Path

import pytest
from noise_fixture import write_records

from nar_training.data.guard import DataError
from nar_training.data.paths import LEXICON
from nar_training.prior import compile_known_words, compile_lexicon
from nar_training.prior.compile_lexicon import Corpus, compile_misspellings, count_corpus, why_not, write_table
from nar_training.prior.dialects import dialect_spellings
from nar_training.prior.lexicon import Lexicon
from nar_training.prior.phrases import plainer_phrases

SHIPPED = pytest.mark.skipif(not (LEXICON / "misspellings.tsv").exists(), reason="models/lexicon is not compiled")
SMALL = Lexicon(
    {"teh": ["the"], "recieve": ["receive"], "alot": ["a lot"], "dont": ["don't"], "chech": ["check", "czech"]}
)


def lists(**targets: list[str]) -> dict[str, list[str]]:
    return targets


def corpus(counts: dict[str, int], forms: dict[str, str] | None = None, code: dict[str, int] | None = None) -> Corpus:
    return Corpus(counts, {word: word for word in counts} | (forms or {}), code or {})


def test_spans_and_case() -> None:
    text = "Teh server dont recieve TEH alot."
    spans = SMALL.candidate_spans(text)
    assert [(text[start:end], found) for start, end, found in spans] == [
        ("Teh", ["The"]), ("dont", ["don't"]), ("recieve", ["receive"]), ("TEH", ["THE"]), ("alot", ["a lot"]),
    ]  # fmt: skip
    assert SMALL.correct(text) == "The server don't receive THE a lot."


def test_a_possessive_is_looked_up_without_its_ending() -> None:
    assert SMALL.correct("Chech's key, teh’s end") == "Check's key, the’s end"


def test_the_longest_phrase_is_made_plainer() -> None:
    lexicon = Lexicon(
        {}, {"in addition": ["also"], "in addition to": ["besides"], "utilize": ["use"], "in the process of": [""]}
    )
    assert lexicon.plainer("In addition to it, we utilize `utilize`.") == "Besides it, we use `utilize`."
    assert lexicon.plainer("In addition, it is in the process of stopping.") == "Also, it is stopping."
    assert lexicon.plainer("In  addition it is, in addition. to") == "In  addition it is, also. to"


@pytest.mark.parametrize(
    "text",
    ["`teh`", "https://a.org/teh", "recieveAll", "teh_file", "teh.txt", "teh2", "--teh", "src/recieve/x", "`x`recieve"],
)
def test_code_urls_and_identifiers_are_skipped(text: str) -> None:
    assert SMALL.candidate_spans(f"See {text} now.") == []


def test_a_word_in_brackets_quotes_or_with_a_hyphen_is_found() -> None:
    assert SMALL.correct('(recieve) "teh" well-recieve, teh-') == '(receive) "the" well-receive, teh-'


@pytest.mark.parametrize(
    "wrong, entry, known, reason",
    [
        ("recieve", lists(a=["receive"]), corpus({"recieve": 19}), None),
        ("recieve", lists(a=["receive"]), corpus({"recieve": 20}), "frequent in prose"),
        ("kapacitr", lists(a=["capacitor"]), corpus({}, code={"kapacitr": 20}), "frequent in code"),
        ("colour", lists(a=["color"]), corpus({}), "accepted word"),
        ("hdinsigt", lists(a=["hindsight"]), corpus({"hdinsigt": 3}, {"hdinsigt": "HDInsigt"}), "name or acronym"),
        ("pilars", lists(a=["pillars"]), corpus({"pilars": 8}, {"pilars": "Pilars"}), "name or acronym"),
        ("lso", lists(a=["also"], b=["also"]), corpus({}), "too short"),
        ("teh", lists(a=["the"], b=["the"], c=["the"]), corpus({"teh": 6}), None),
        ("hte", lists(a=["the"], b=["the"]), corpus({"hte": 2, "the": 5000}), None),
        ("hte", lists(a=["the"], b=["hate"]), corpus({"the": 5000}), "too short"),
        ("als", lists(a=["also"], b=["also"], c=["also"]), corpus({"als": 2}, {"als": "ALS"}), "too short"),
        ("taht", lists(a=["that"]), corpus({}), "too short"),
        ("taht", lists(a=["that"], b=["that", "taut"]), corpus({}), None),
        ("well-knwon", lists(a=["well-known"]), corpus({}), "not one word"),
    ],
)
def test_guards(wrong: str, entry: dict[str, list[str]], known: Corpus, reason: str | None) -> None:
    assert why_not(wrong, entry, known, {"colour", "color"}) == reason


def test_wordnet_is_outvoted_by_three_lists() -> None:
    two, three = lists(a=["negotiate"], b=["negotiate"]), lists(a=["negotiate"], b=["negotiate"], c=["negotiate"])
    assert why_not("negociate", two, corpus({}), set(), {"negociate"}) == "accepted word"
    assert why_not("negociate", three, corpus({}), set(), {"negociate"}) is None


def test_contractions_come_from_the_prose() -> None:
    found = compile_lexicon.contractions(corpus({"don't": 90, "shan't": 2, "user's": 90}))
    assert found == {"dont": {"prose": ["don't"]}}
    assert why_not("dont", found["dont"], corpus({"dont": 6}, code={"dont": 25}), set()) is None
    assert why_not("wont", {"prose": ["won't"]}, corpus({}), {"wont"}) == "accepted word"


def test_corpus_counts_prose_and_code_apart() -> None:
    counted = count_corpus(["The Server's `recieveAll` value, and the API (the end)."] * 2 + ["GitHub github GitHub"])
    assert counted.counts["the"] == 6 and counted.counts["server's"] == 2 and counted.forms["github"] == "GitHub"
    assert "recieveall" not in counted.counts and counted.in_code["recieve"] == 2 and counted.forms["api"] == "API"


def test_candidates_by_agreement_then_frequency(tmp_path: Path) -> None:
    entries = {name: [] for name in compile_lexicon.LISTS}
    entries["codespell"] = [
        {"source": "Chekcs", "targets": ["checks", "cheques"]},
        {"source": "allright", "targets": ["all right"]},
    ]
    entries["typos"] = [{"source": "chekcs", "targets": ["cheques"]}, {"source": "zzzzzzq", "targets": ["unheardof"]}]
    entries["misspell"] = [{"source": "colourr", "targets": ["colour", "color"]}]
    entries["wikipedia_misspellings"] = [{"source": "color", "targets": ["colour"]}]
    for name, records in entries.items():
        write_records(tmp_path / "lexicons" / f"{name}.jsonl.zst", records)
    write_records(
        tmp_path / "lexicons" / "wordlist_en_gb.jsonl.zst", [{"word": "cheques"}, {"word": "all"}, {"word": "right"}]
    )
    write_records(tmp_path / "lexicons" / "varcon.jsonl.zst", [{"variants": {"A": "color", "B": "colour"}}])
    write_records(tmp_path / "lexicons" / "wordnet.jsonl.zst", [{"members": ["check"]}])
    table, stopped = compile_misspellings(tmp_path, corpus({"checks": 900, "cheques": 3, "color": 50, "colour": 5}))
    assert table == {"chekcs": ["cheques", "checks"], "allright": ["all right"], "colourr": ["color", "colour"]}
    assert stopped == {"accepted word": 1, "no correction is a word": 1}


def test_rare_accepted_words_near_a_common_one_are_known() -> None:
    counts = {"neighboring": 40, "client": 90, "seldom": 4, "clients": 90}
    accepted = {"neighbouring", "client", "sclient", "zygote", "seldo"}
    assert set(compile_lexicon.rare_words(accepted, counts, {})) == {"neighbouring"}


def test_bad_tables_name_their_line(tmp_path: Path) -> None:
    for name in ("misspellings.tsv", "phrases.tsv", "words.tsv"):
        (tmp_path / name).write_text("teh\tthe\nbroken line\n", encoding="utf-8")
    with pytest.raises(DataError, match="line 2"):
        Lexicon.load(tmp_path)


def test_tables_are_sorted_by_code_unit(tmp_path: Path) -> None:
    write_table(tmp_path / "t.tsv", {"é": "1", "b": "2", "a b": "3", "ab": "4", "B": "5"})
    assert (tmp_path / "t.tsv").read_bytes() == "B\t5\na b\t3\nab\t4\nb\t2\né\t1\n".encode()


def test_phrases_are_lower_case_and_no_answer_repeats_its_question() -> None:
    phrases = plainer_phrases()
    for phrase, plainer in phrases.items():
        assert phrase == phrase.lower().strip() and plainer and phrase not in plainer
        assert "_" not in phrase + "".join(plainer)
    assert phrases["utilized"] == ["used"] and phrases["in order to"] == ["to"] and phrases["in the process of"] == [""]
    # "in addition to" must exist beside "in addition": the longest match wins, and "also to" would be wrong.
    assert phrases["in addition to"] == ["besides"]
    for trap in ("encounter", "terminate", "function", "therefore", "modified", "utilization"):
        assert trap not in phrases


@SHIPPED
def test_shipped_lexicon_is_well_formed() -> None:
    lexicon = Lexicon.load(LEXICON)
    assert len(lexicon.misspellings) > 50_000
    for name in ("misspellings.tsv", "words.tsv", "phrases.tsv", "names.tsv"):
        rows = [line.split("\t")[0] for line in (LEXICON / name).read_text(encoding="utf-8").splitlines()]
        assert rows == sorted(set(rows), key=lambda row: row.encode("utf-16-be"))
    assert sum((LEXICON / name).stat().st_size for name in ("misspellings.tsv", "words.tsv")) < 3_000_000
    assert (
        lexicon.names["javascript"] == "JavaScript" and "swift" not in lexicon.names and "manager" not in lexicon.names
    )
    for word in (
        "colour",
        "organise",
        "behaviour",
        "cancelled",
        "kubernetes",
        "async",
        "inout",
        "github",
        "dialog",
        "licence",
        "artefact",
    ):
        assert word not in lexicon.misspellings, word
    for word, right in {
        "recieve": "receive",
        "seperate": "separate",
        "occured": "occurred",
        "teh": "the",
        "dont": "don't",
    }.items():
        assert lexicon.misspellings[word][0] == right
    assert lexicon.words["neighbouring"] == 1 and "neighboring" in lexicon.words
    assert not {word.lower() for word in lexicon.words} & set(lexicon.misspellings)


def test_words_of_one_dialect_are_those_that_the_other_never_writes(tmp_path: Path) -> None:
    variants = [
        {"A": "color", "Cv": "color", "B": "colour"},
        {"A": "check", "B": "cheque"},
        {"A": "meter", "B": "metre"},
        {"A": "organize", "Z": "organize", "B": "organise"},
        {"A": "practice", "B": "practise"},
        {"A": "practice", "B": "practice"},
        {"A": "mom", "B": "mum"},
        {"A": "flavor", "B": "flavour"},
    ]
    write_records(tmp_path / "lexicons" / "varcon.jsonl.zst", [{"variants": pair} for pair in variants])
    gb = [{"word": word} for word in ("check", "meter", "colour", "practice")]
    write_records(tmp_path / "lexicons" / "wordlist_en_gb.jsonl.zst", gb)
    used = {"color", "check", "metre", "organise", "practice", "mom"}
    assert dialect_spellings(tmp_path, used) == {
        "color": "british\tcolour",
        "colour": "american\tcolor",
        "cheque": "american\tcheck",  # "check" is a word of both
        "metre": "american\tmeter",
        "organise": "american\torganize",  # "organize" is British too
    }


def test_known_words_stay_where_the_prose_of_another_gathering_lacks_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = tmp_path / "known-words.txt"
    words.write_text(compile_known_words.front_coded({"flatpak", "recieve", "servers", "wrongg"}), encoding="utf-8")
    (tmp_path / "words.tsv").write_text("servers\t50\n", encoding="utf-8")
    (tmp_path / "misspellings.tsv").write_text("recieve\treceive\n", encoding="utf-8")
    monkeypatch.setattr(compile_known_words, "dictionary_words", lambda _: {"beheld"})
    monkeypatch.setattr(compile_known_words, "prose_words", lambda _: set())
    monkeypatch.setattr(compile_known_words, "corrected_words", lambda _: {"wrongg"})
    monkeypatch.setattr("sys.argv", ["compile_known_words", "--output", str(tmp_path)])
    compile_known_words.main()
    known = compile_known_words.words_of(words.read_text(encoding="utf-8"))
    assert known == {"beheld", "flatpak", *compile_known_words.OF_PROGRAMMERS}
