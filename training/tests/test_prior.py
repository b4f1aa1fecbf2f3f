"""The later parts of the lexical prior, on the same lines as their TypeScript twins (test/fixtures/prior)."""

from collections import Counter

import pytest

from nar_training.data.paths import REPOSITORY
from nar_training.prior import word_classes
from nar_training.prior.confused_words import confused_spans
from nar_training.prior.indefinite_article import article_spans
from nar_training.prior.lexicon import Lexicon
from nar_training.prior.names import count_cases, name_spans, settled_names
from nar_training.prior.near_words import NearWords, Prior
from nar_training.prior.run_together import splits
from nar_training.prior.word_patterns import pattern_spans

FIXTURES = REPOSITORY / "test" / "fixtures" / "prior"
NAMES = {"api": "API", "github": "GitHub", "javascript": "JavaScript"}


def lines(name: str) -> list[tuple[str, str]]:
    return [tuple((line + "\t").split("\t")[:2]) for line in (FIXTURES / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("text", "wanted"), lines("indefinite-articles.tsv"))
def test_articles_follow_the_sound_of_the_next_word(text, wanted):
    found = article_spans(
        text,
        lambda word: {"rror": None, "umbrela": None, "enviroment": "environment", "usefull": "useful"}.get(word, word),
    )
    shown = [
        f"{text[start:end]} {''.join(c if c.isalnum() else ' ' for c in text[end + 1 :]).split()[0]}→{'|'.join(other)}"
        for start, end, other in found
    ]
    assert ", ".join(shown) == wanted


@pytest.mark.parametrize(("text", "wanted"), lines("names.tsv"))
def test_names_take_their_settled_case(text, wanted):
    assert ", ".join(f"{text[start:end]}→{'|'.join(found)}" for start, end, found in name_spans(text, NAMES)) == wanted


@pytest.mark.parametrize(("text", "wanted"), lines("word-patterns.tsv"))
def test_words_take_the_form_that_their_left_side_asks_for(text, wanted):
    assert ", ".join(f"{text[start:end]}→{'|'.join(found)}" for start, end, found in pattern_spans(text)) == wanted


@pytest.mark.parametrize(("text", "wanted"), lines("confused-words.tsv"))
def test_words_are_given_away_by_their_neighbours(text, wanted):
    assert (
        ", ".join(f"{text[start:end]}→{'|'.join(found)}" for (start, end, found), _ in confused_spans(text)) == wanted
    )


@pytest.mark.parametrize(("text", "wanted"), lines("near-words.tsv"))
def test_unknown_words_are_offered_their_neighbours_or_two_words(text, wanted):
    near = NearWords(Lexicon({}, words={word: int(count) for word, count in lines("near-words.words.tsv")}))
    assert ", ".join(f"{text[start:end]}→{'|'.join(found)}" for start, end, found in near.spans(text)) == wanted


def test_no_word_without_a_word_of_prose_at_the_seam():
    everything = lambda word: 1000  # noqa: E731
    assert splits("filesystem", everything) == []
    assert splits("forthe", lambda word: {"for": 300, "the": 900, "fo": 100, "rthe": 100}.get(word, 0)) == ["for the"]
    assert splits("ofit", everything) == []  # too short to be sure


def test_only_names_that_nearly_everybody_writes_alike_are_settled():
    forms = {
        "linux": Counter(Linux=96, linux=4),
        "swift": Counter(Swift=99, swift=1),
        "widget": Counter(widget=50, Widget=50),
        "rare": Counter(Rare=29),
    }
    assert settled_names(forms, english={"swift"}) == {"linux": "Linux"}


def test_cases_are_counted_inside_sentences_only():
    counted = count_cases(
        [
            "Linux is a kernel. Linux boots, and linux or Linux stays `Linux` here.",
            "A Title Of Linux Words",
            "We say (Linux) and then Linux again today.",
        ]
    )
    assert counted["linux"] == Counter(Linux=2, linux=1)


def test_one_word_is_offered_once():
    prior = Prior(Lexicon({"teh": ["the"], "github": ["GitHub"]}, names=NAMES, words={"error": 9}))
    assert prior.listed_spans("Use teh github api as a error.") == [
        (4, 7, ["the"]),
        (8, 14, ["GitHub"]),
        (15, 18, ["API"]),
        (22, 23, ["an"]),
    ]


def test_articles_in_a_corpus_are_those_that_the_host_finds():
    """test/unit/english/indefinite-article.test.ts reads the same lines: sentences of our
    documents, articles swapped."""
    corpus = FIXTURES / "article-corpus.tsv"
    rows = [line.split("\t") for line in corpus.read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 500
    for text, wanted in rows:
        found = article_spans(text, lambda word: word)
        assert ", ".join(f"{start} {other}" for start, _, (other,) in found) == wanted, text


def test_the_whole_prior_finds_in_a_corpus_what_the_host_finds():
    """test/unit/english/prior-corpus.test.ts reads the same lines: our sentences, and with slips put in."""
    prior = Prior(Lexicon.load(REPOSITORY / "models" / "lexicon"))
    rows = [line.split("\t") for line in (FIXTURES / "prior-corpus.tsv").read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 1000
    for text, wanted in rows:
        found = ", ".join(f"{start} {'|'.join(candidates)}" for start, _, candidates in prior.candidate_spans(text))
        assert found == wanted, text


def test_a_letter_is_doubled_where_the_prose_doubles_it_and_the_lists_do_not() -> None:
    counts = {name: Counter() for name in ("all", "head", "named", "one", "verb")}
    counts["all"].update(wrap=100, wrapped=50, wrapping=30, wraping=1, open=100, opened=60, opening=40)
    counts["verb"].update(wrap=60, open=60)
    forms = {
        "wrap": {"past": "wrapped", "participle": "wrapped", "ing": "wraping"},
        "open": {"past": "opened", "participle": "opened", "ing": "opening"},
    }
    assert word_classes.classes(counts, forms)["irregular"] == {"wrap": "wrapped wrapped wrapping"}
