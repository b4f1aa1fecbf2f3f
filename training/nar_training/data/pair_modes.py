"""The filters of each mode of the teacher's answers, by name and in the order of their report.

A rewriting (rephrase, simpler, shorter) must say all that its source says; a headline and a one-sentence summary may
leave things out, so for them a set on the source's side need only contain the target's.
"""

import difflib
import re
from collections import Counter
from collections.abc import Callable
from functools import partial

from . import pair_filters as says
from .restore_style import restore_style
from .word_relations import LIGHT_WORDS, NEVER_ADDED, WordRelations, stem, words_of

REWRITINGS = ("rephrase", "simpler", "shorter")
SUMMARIES = ("headline", "sentence")
# Words of the target by words of the source, least and most; for "shorter" words or letters, whichever says less.
_LENGTH_RATIO = {"rephrase": (0.55, 1.35), "simpler": (0.5, 1.5), "shorter": (0.35, 0.9)}
_WORDS = {"headline": (2, 10), "sentence": (6, 30)}
# Share of the source's content words that the target holds itself, in another form or by a synonym.
_LEAST_COVERED = {"rephrase": 1.0, "simpler": 1.0, "shorter": 0.95}
# Similarity of letters (difflib's ratio of common runs): below, another sentence; a rephrasing above changes nothing.
_LEAST_SIMILAR = 0.3
_FEWEST_CHANGED = {"rephrase": 2, "simpler": 2, "shorter": 1}

_PRONOUN = re.compile(r"\b(?:it|its|them|they|their|one|ones)\b", re.I)
# Content words that say little: a rewriting may drop them.
_FILLERS = frozenset(
    """actual actually associated basically corresponding essentially given instance own particular particularly quite
    really
    respective simply specific specifically various""".split()
)
# Base forms that an editor strikes out: a rewriting may keep them, not bring them in.
_HEAVY = frozenset(
    """utilize utilise leverage facilitate demonstrate commence initiate terminate eliminate enhance employ possess
    obtain acquire ascertain situate necessitate endeavor subsequently prior illustrate transmit execute permit
    additionally furthermore
    thereby wherein whilst upon via refer please""".split()
)

_MOST_MOVED, _MOST_MOVED_WITH_VOICE = 3, 5
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being) (?:\w+ly )?(?:\w{2,}ed|made|set|given|written|done|taken|built|sent|run|shown)\b",
    re.I,
)

Filter = Callable[[str, str], bool]


def right_length(source: str, target: str, mode: str) -> bool:
    count = len(target.split())
    if mode in _WORDS:
        least, most = _WORDS[mode]
        return least <= count <= most
    least, most = _LENGTH_RATIO[mode]
    ratio = count / max(1, len(source.split()))
    return least <= (min(ratio, len(target) / max(1, len(source))) if mode == "shorter" else ratio) <= most


def changed_words(source: str, target: str) -> int:
    """Words replaced, added or left out, the larger side of each change counted."""
    changes = difflib.SequenceMatcher(None, words_of(source), words_of(target), autojunk=False).get_opcodes()
    return sum(max(end - start, last - first) for kind, start, end, first, last in changes if kind != "equal")


def changes_enough(source: str, target: str, mode: str) -> bool:
    return changed_words(source, target) >= _FEWEST_CHANGED[mode]


def is_similar(source: str, target: str) -> bool:
    return difflib.SequenceMatcher(None, source.lower(), target.lower(), autojunk=False).ratio() >= _LEAST_SIMILAR


def nothing_added(source: str, target: str, relations: WordRelations) -> bool:
    """Every content word of the target is in the source, a form or a synonym of what is there, or a light word."""
    new = relations.unrelated(relations.content(target), relations.content(source))
    return all(word in LIGHT_WORDS and word not in NEVER_ADDED for word in new)


def matches(source: list[str], target: list[str], relations: WordRelations) -> list[int]:
    """For each word of the target that a word of the source stands for, the place of that word; each place once. Of
    several the next one on, so that a word that stands twice does not look moved."""
    free = list(range(len(source)))
    places: list[int] = []
    for word in target:
        same = [place for place in free if source[place] == word] or [
            place for place in free if relations.related(source[place], word)
        ]
        if same:
            following = [place for place in same if not places or place > places[-1]]
            places.append((following or same)[0])
            free.remove(places[-1])
    return places


def nothing_lost(source: str, target: str, mode: str, relations: WordRelations) -> bool:
    """Words of matter that stand for nothing in the target, by share of all. One that the source says again may become
    a pronoun ("returns an object for accessing it")."""
    before, after = relations.content(source), relations.content(target)
    found = set(matches(before, after, relations))
    lost = [before[place] for place in range(len(before)) if place not in found]
    lost = [word for word in lost if word not in LIGHT_WORDS and word not in _FILLERS]
    pronouns = max(0, len(_PRONOUN.findall(target)) - len(_PRONOUN.findall(source)))
    spared = 2 * pronouns + (mode == "shorter")  # a repetition is what "shorter" is to cut
    for word in [word for word in lost if word in after][:spared]:
        lost.remove(word)
    return 1 - len(lost) / max(1, len(before)) >= _LEAST_COVERED[mode]


def moved_places(source: str, target: str, relations: WordRelations) -> int:
    """How often two words of matter that follow one another in the target do not in the source, both ends counted;
    words of one side alone are left out. A clause put first makes 3, two words that change places make 4."""
    places = matches(relations.content(source), relations.content(target), relations)
    rank = {place: number for number, place in enumerate(sorted(places), 1)}
    ranks = [0, *(rank[place] for place in places), len(places) + 1]
    return sum(right != left + 1 for left, right in zip(ranks, ranks[1:], strict=False))


def same_places(source: str, target: str, relations: WordRelations) -> bool:
    """Nothing and nobody change places ("A sends to B" is not "B sends to A"): at most one part of the sentence moves,
    or the voice changes between passive and active."""
    most = _MOST_MOVED if count_passives(source) == count_passives(target) else _MOST_MOVED_WITH_VOICE
    return moved_places(source, target, relations) <= most


def count_passives(text: str) -> int:
    return len(_PASSIVE.findall(text))


def no_heavier_words(source: str, target: str, relations: WordRelations) -> bool:
    """No "utilize" for "use"."""
    words, known = ({relations.lemma(word) for word in words_of(text)} for text in (target, source))
    return not (words - known) & _HEAVY


def nothing_repeated(source: str, target: str, relations: WordRelations) -> bool:
    """No word of matter stands more often in the target ("supports package support", "the names or names")."""
    often, known = (Counter(stem(word) for word in relations.content(text)) for text in (target, source))
    return all(count == 1 or count <= known[word] for word, count in often.items())


def only_from_source(source: str, target: str) -> bool:
    """Numbers, code, names and negations of a summary are the text's own."""
    numbers, code, names = ((of(source), of(target)) for of in (says.numbers, says.protected_pieces, says.names))
    negated = says.count_negations(target) <= says.count_negations(source)
    spelled = all(name.lower() in source.lower() for name in names[1])
    return numbers[1] <= numbers[0] and all(piece in source for piece in code[1]) and spelled and negated


def summary_ending(source: str, target: str, mode: str) -> bool:
    """A headline has no final stop, a sentence has one; neither begins with a word that points to text before it."""
    if re.match(r"(?:this|these|that|those|it|they|he|she|such|also|however|but|and)\b", target, re.I):
        return False
    return bool(re.search(r"[.!?]$", target)) == (mode == "sentence") and target[:1].isupper()


def not_copied(source: str, target: str) -> bool:
    """A summary that is a sentence of the text, or a headline that is its beginning, teaches choosing, not writing."""
    return " ".join(words_of(target)) not in " ".join(words_of(source))


def filters_for(mode: str, relations: WordRelations, base_verbs: frozenset[str]) -> dict[str, Filter]:
    """Name and filter, cheap ones first. Units: texts with their style restored (`prepared`)."""
    if mode in SUMMARIES:
        return {
            "whole": lambda source, target: says.is_whole(target),
            "length": partial(right_length, mode=mode),
            "ending": partial(summary_ending, mode=mode),
            "written": not_copied,
            "source": only_from_source,
            "modals": says.no_new_modals,
            "added": partial(nothing_added, relations=relations),
        }
    return {
        "whole": lambda source, target: says.is_whole(target),
        "changed": partial(changes_enough, mode=mode),
        "length": partial(right_length, mode=mode),
        "similar": is_similar,
        "numbers": says.same_numbers,
        "code": says.same_code,
        "links": says.same_links,
        "names": partial(says.same_names, base_verbs=base_verbs),
        "negation": says.same_negation,
        "modals": partial(says.same_modals, base_verbs=base_verbs),
        "quantities": says.same_quantities,
        "conditions": says.same_conditions,
        "persons": says.same_persons,
        "tense": says.same_tense,
        "kind": partial(says.same_kind, base_verbs=base_verbs),
        "subject": partial(says.same_subject, base_verbs=base_verbs),
        "ending": says.same_ending,
        "style": says.same_style,
        "plain": partial(no_heavier_words, relations=relations),
        "places": partial(same_places, relations=relations),
        "repeated": partial(nothing_repeated, relations=relations),
        "added": partial(nothing_added, relations=relations),
        "lost": partial(nothing_lost, mode=mode, relations=relations),
    }


def prepared(source: str, target: str, mode: str) -> str:
    """The answer as it is judged: style restored; of a headline the final stop and a pair of quotes go."""
    target = target.strip()
    if mode == "headline":
        return re.sub(r"\.$", "", target.strip('"“”* '))
    return target if mode == "sentence" else restore_style(source, target)


def is_unchanged(source: str, target: str) -> bool:
    """Nothing but letters' height and marks differ: the teacher found nothing to mend."""
    return words_of(source) == words_of(target)
