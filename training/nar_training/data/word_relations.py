"""Which words say the same: forms of a word, its derivations, synonyms, plainer words. Asked by the pair filters.

Verb forms, WordNet's sets of synonyms and the lists of plainer phrases (data/lexicons, models/lexicon/phrases.tsv).
Close enough to refuse an answer that brings in something new; no judge of meaning.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from .paths import LEXICON, read_jsonl, read_lines

WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
# Words that carry grammar, not matter: articles, pronouns, prepositions, conjunctions, auxiliaries. What they say about
# conditions, negation, modals and quantities has filters of its own.
FUNCTION_WORDS = frozenset(
    """a about above across after against all along also although am among an and another any are around as at be
    because been before behind being below beneath beside between beyond both but by can cannot could did do does doing
    done down during each either else etc even ever every everything for from get gets getting got had has have having
    he hence her here hers him his how however i if in including instead into is it its itself just let lets like many
    may me might more most much must my neither no none nor not now please of off on once one ones only onto or other
    others otherwise our ours out over own per rather same she should since so some something such than that the their
    theirs them then there therefore these they this those though through throughout thus till to together too toward
    towards under unless until up upon us very via was way we well were what whatever when whenever where whereas
    wherever whether which while who whom whose why will with within without would yet you
    your yours yourself""".split()
)
# Verbs and nouns so light that a rewriting may bring them in or drop them: their matter is in the word beside them.
LIGHT_WORDS = frozenset(
    """able allow become begin case cause come contain enable ensure example exist fact find follow give go happen help
    include keep know lead let make mean need note occur order perform place possible process provide purpose refer
    require result see set
    start take thing try use utilize want way work""".split()
)
# What editors of documentation take for one another and the word lists below do not know or hold too far apart.
_EDITORS_SYNONYMS = """
provide offer supply give|method way approach means|choose select pick|display show appear
perform do execute run carry|create make build|get retrieve fetch obtain receive|use employ utilize apply leverage
change modify alter adjust|delete remove|begin start initiate launch|end finish complete stop terminate
allow let enable permit|need require necessary must|contain include have hold comprise|problem issue
information info details detail|situation case scenario|easy simple straightforward|difficult hard challenging
call invoke|check verify confirm|help assist aid|big large|fast quick|wish want like desire|send transmit
gather collect|assign allocate|exist present|different various several|specify define name identify state
refer see consult|happen occur|main primary major chief|show demonstrate illustrate|describe discuss explain cover
keep retain maintain preserve|find locate discover|try attempt|assume suppose imagine|enough sufficient adequate
extra additional further more|wrong incorrect|right correct|usually normally generally typically|prevent avoid stop
replace substitute|suggest propose recommend advise|important essential crucial|lead result cause|due because
consider think regard believe|connect link attach|fix repair resolve solve|part section portion
work function operate behave|automatically automatic|improve enhance better|reduce lower decrease|increase raise
put place|set configure|share common|buy purchase|ask request|tell inform notify|before prior previous
after following subsequent|start startup|eliminate remove|many numerous multiple several|option setting|empower enable
goal aim purpose|write record|handle manage deal|download fetch|quantity number amount|mention note
specific particular|full entire complete whole|empty blank|old former|new recent|current present existing|need want"""
# Light to drop, but something new where a rewriting brings them in ("to ensure that it is interpreted correctly").
NEVER_ADDED = frozenset(
    {"ensure", "help", "example", "require", "need", "result", "process", "cause", "contain", "try", "want"}
)
_SUFFIXES = (
    "ization",
    "isation",
    "ations",
    "ation",
    "ition",
    "ments",
    "ment",
    "ances",
    "ance",
    "ences",
    "ence",
    "ities",
    "ity",
    "ions",
    "ion",
    "able",
    "ible",
    "ally",
    "ively",
    "ings",
    "ing",
    "ness",
    "ers",
    "er",
    "ors",
    "or",
    "als",
    "al",
    "ive",
    "ly",
    "ed",
    "es",
    "s",
    "e",
    "y",
)
_SHORTEST_STEM = 4


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, inline code left out, apostrophes straight."""
    return [word.lower().replace("’", "'") for word in WORD.findall(re.sub(r"`[^`]*`", " ", text))]


@cache
def stem(word: str) -> str:
    """What is left of a word without its endings, at least four letters: "configuration" and "configures" meet."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            word = word[: -len(suffix)]
            break
    return word[:-1] if len(word) > _SHORTEST_STEM and word[-1] == word[-2] else word


class WordRelations:
    """Built once from the word lists; `related(left, right)` answers for two lower-case words."""

    def __init__(self, lemmas: dict[str, str], synonyms: dict[str, set[str]]):
        self.lemmas = lemmas
        self.synonyms = synonyms

    def lemma(self, word: str) -> str:
        """The base form: "took" -> "take", "policies" -> "policy"; a word that no list knows stays."""
        word = word.removesuffix("'s")
        if word in self.lemmas:
            return self.lemmas[word]
        if word.endswith("ies") and len(word) > 4:
            return word[:-3] + "y"
        if re.search(r"(?:s|x|z|ch|sh)es$", word):
            return word[:-2]
        return word[:-1] if re.search(r"[^su]s$", word) and len(word) > 3 else word

    def content(self, text: str) -> list[str]:
        """Base forms of the words that carry matter, in their order."""
        words = [word.split("'")[0] for word in words_of(text) if not word.endswith("n't")]
        words = [self.lemma(word) for word in words if word not in FUNCTION_WORDS]
        return [word for word in words if len(word) > 1 and word not in FUNCTION_WORDS]

    def related(self, left: str, right: str) -> bool:
        """Two base forms: one word, derived from one another, or synonyms."""
        if left == right or stem(left) == stem(right):
            return True
        return right in self.synonyms.get(left, ()) or left in self.synonyms.get(right, ())

    def unrelated(self, words: Iterable[str], to: Iterable[str]) -> list[str]:
        """Those of `words` that no word of `to` is related to."""
        known = list(dict.fromkeys(to))
        return [word for word in words if not any(self.related(word, other) for other in known)]


def _connect(synonyms: dict[str, set[str]], groups: Iterable[list[str]]) -> None:
    for group in groups:
        for word in group:
            synonyms[word].update(other for other in group if other != word)


def load_word_relations(data: Path) -> WordRelations:
    """From the lexicons of the data folder and the project's own phrase list."""
    lexicons = data / "lexicons"
    lemmas: dict[str, str] = {}
    for record in read_jsonl(lexicons / "irregular_verbs.jsonl.zst"):
        lemmas |= {record[form]: record["lemma"] for form in ("past", "participle")}
    for record in read_jsonl(lexicons / "verbs.jsonl.zst"):
        lemma = record["lemma"]
        if lemma.endswith("ed") and record["third"] == lemma[:-1] + "s":  # the list has "used", "uses" for "use"
            lemma = lemma[:-1]
        lemmas |= {form: lemma for form in record["all"] if form not in lemmas}
    relations = WordRelations(lemmas, defaultdict(set))
    for record in read_jsonl(lexicons / "wordnet.jsonl.zst"):
        _connect(relations.synonyms, [[member.lower() for member in record["members"]]])
    phrases = [[record["source"], *record["targets"]] for record in read_jsonl(lexicons / "simplify.jsonl.zst")]
    for line in read_lines(LEXICON / "phrases.tsv"):
        if line and not line.startswith("#"):
            before, after = line.split("\t")[:2]
            phrases.append([before, *after.split("|")])
    _connect(relations.synonyms, (group.split() for group in re.split(r"[|\n]", _EDITORS_SYNONYMS)))
    for before, *targets in phrases:
        matter = relations.content(before)
        for target in targets:
            _connect(relations.synonyms, ([word, other] for word in matter for other in relations.content(target)))
    return relations
