"""Fourth part of the lexical prior: word forms that two words to the left give away (docs/model-format.md).

"will requires", "can be replace", "more then", "of it's parent", "to setup the server": each is offered to the model as
a candidate, like a listed misspelling; the model judges it in context. Twin of src/english/prior/word-patterns.ts.
"""

import re
from collections.abc import Callable

from .lexicon import Span
from .verb_forms import ALSO_NOUNS, BASE_OF_THIRD_PERSON, PARTICIPLES, third_person
from .words import goes_on, word_ranges

PHRASAL = dict(
    pair.split(":")
    for pair in (
        "setup:set up,login:log in,logout:log out,backup:back up,shutdown:shut down,cleanup:clean "
        "up,checkout:check out,lookup:look up,"
        "rollback:roll back,startup:start up,signup:sign up,fallback:fall back,workaround:work around"
    ).split(",")
)
_ADVERB = "(?: (?:also|only|then|always|never|(?!apply|supply|reply|rely|imply|comply|multiply|fly|family|assembly|only)[a-z]+ly))?"
_COMPARATIVE = "more|less|greater|better|larger|smaller|other|rather|higher|lower|faster|slower|fewer|older|newer|longer|shorter|different|bigger|easier|worse"
# After these a bare verb is right: "let each worker keep its queue".
_BARE_VERB = (
    "let|lets|make|makes|have|has|had|help|helps|does|did|do|can|will|should|must|would|could|may|might|shall|that|require|requires|see|"
    "Let|Make|Have|Help|Does|Did|Do|Can|Will|Should|That|See"
)
# Words after "it's" that make it "it is" even behind a preposition.
_IT_IS = (
    "not|a|an|the|been|being|possible|just|only|also|up|easy|hard|important|worth|very|more|too|so|now|still|always|never|best|good|safe|like|that|your|in|to|"
    "often|really|no|even|usually|better|recommended|ok|okay|time|already|going|because|what|why|how|where|when|currently|you|we|they|all|probably|fine|one|"
    "likely|simply|actually|called|used|necessary|useful|common|clear|at|pretty|quite|sorted"
)


_PLURALS = (
    "results|names|options|tests|files|values|users|changes|methods|functions|commands|settings|errors|tools|"
    "examples|steps|parameters|arguments|features|packages|modules|classes|variables|requests|responses|servers|"
    "clients|models|systems|applications|services|pages|projects|issues|lines|rules|types|fields|objects|items|"
    "elements|images|instances|containers|nodes|keys|tables|columns|messages|events|tasks|jobs|libraries|"
    "components|properties|plugins|templates|resources|operations|policies|permissions|developers|customers|people"
)
# What opens a clause, so that the next noun is its subject.
_CLAUSE_START = r"(?:^|[.!?:;] |, |\b(?:that|because|since|if|when|where|but|so|while|and) )"
# Behind a noun these say that the word before them is a verb: "the results shows that".
_OBJECT = r"(?= (?:that|how|the|a|an|to|it|you|all|any|this|your)\b)"
_THE_NOUNS = (
    rf"{_CLAUSE_START}(?:[Tt]he|[Tt]hese|[Tt]hose|[Aa]ll|[Ss]ome|[Mm]any|[Mm]ost|[Yy]our|[Oo]ur) "
    rf"(?:(?!of\b|for\b|in\b|to\b|that\b|and\b|or\b|with\b)[a-z]+ )?(?:{_PLURALS}) "
    r"(?:(?:still|also|only|always|then) )?([a-z]+)\b"
)


def _plural(word: str) -> str | None:
    base = BASE_OF_THIRD_PERSON.get(word)
    return None if base in ALSO_NOUNS else base


def _participle(word: str) -> str | None:
    participle = PARTICIPLES.get(word)
    return None if word in ALSO_NOUNS or participle == word else participle


def _singular(word: str) -> str | None:
    """The third person of a verb that is nothing else; "have" is no base behind "it"."""
    if word == "have":
        return "has"
    return third_person(word) if word not in ALSO_NOUNS and PARTICIPLES.get(word, word) != word else None


# The word is the first group; what it should be, or None where it may stand.
PATTERNS: list[tuple[re.Pattern, Callable[[str], str | None]]] = [
    (re.compile(rf"\b(?:does|do|did|can|could|will|would|should|must|may|might|shall)(?:n['’]t|['’]t| not)?{_ADVERB} "
        r"([a-z]+)\b"), BASE_OF_THIRD_PERSON.get),
    (re.compile(rf"\b(?:[Tt]hey|[Ww]e){_ADVERB} ([a-z]+)\b"), BASE_OF_THIRD_PERSON.get),
    (re.compile(rf"(?:^|\b(?!(?:{_BARE_VERB})\b)[A-Za-z]+[,;:.!?]? )(?:[Ee]ach|[Ee]very|[Aa]nother) [a-z]+{_ADVERB} "
        r"([a-z]+)\b"), _singular),
    (re.compile(r"(?:^|[.!?] |, (?:and|but|so|because|which) |\b(?:because|since|so|when|if|while|where|although) "
        rf")(?:it|It|this|This){_ADVERB} ([a-z]+)\b"), _singular),
    (re.compile(rf"\b(?:be|been|being){_ADVERB} ([a-z]+)\b"), _participle),
    (re.compile(r"\b(?:in|of|to|with|on|by|from|into|and|has|have|within|through|via|all|set|own) (it['’]s) "
        rf"(?!(?:{_IT_IS})\b)(?=[a-z])"), lambda _: "its"),
    (re.compile(r"\b(it['’]s) (?=own\b)"), lambda _: "its"),
    (re.compile(rf"\b(?:{_COMPARATIVE}) (then)\b(?! (?:you|it|we|they|click|select|just|go)\b)"), lambda _: "than"),
    (re.compile(_THE_NOUNS), _plural),
    (re.compile(_THE_NOUNS + _OBJECT), BASE_OF_THIRD_PERSON.get),
    (re.compile(r"\b(?:more|less) [a-z]+ to [a-z]+ (then)\b"), lambda _: "than"),
    (re.compile(rf"\b[Tt]o ({'|'.join(PHRASAL)})\b"), PHRASAL.get),
    (re.compile(r"\b(?:which|that|it|this|also|and) (let['’]s)\b"), lambda _: "lets"),
    (re.compile(r"\b(let['’]s) (?=(?:you|users|developers)\b)"), lambda _: "lets"),
]  # fmt: skip


def pattern_spans(text: str) -> list[Span]:
    """(start, end, [candidate]) in the order of the text, each word once."""
    words = word_ranges(text)
    found: dict[int, Span] = {}
    for pattern, form_of in PATTERNS:
        for match in pattern.finditer(text):
            candidate = form_of(match[1])
            if candidate is not None and match.span(1) in words and not goes_on(text, match.end(1)):
                found.setdefault(match.start(1), (*match.span(1), [candidate]))
    return [found[at] for at in sorted(found)]
